"""What the functions import when they start, and what the layer and a function's own files must hold together."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "spacy",
    "thinc",
    "numpy",
    "trafilatura",
    "lxml",
    "jinja2",
    "grandalf",
    "moto",
    "starlette",
    "uvicorn",
    "typer",
)


def _imported_by(module: str) -> list[str]:
    code = f"import sys, json; import {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'shared'}:{ROOT}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    names: list[str] = json.loads(done.stdout)
    return names


@pytest.mark.parametrize("function", ["api", "annotate", "register", "webhooks", "authorizer", "worker", "notify"])
def test_a_function_starts_without_what_only_the_analysis_or_a_desk_needs(function: str) -> None:
    imported = {name.partition(".")[0] for name in _imported_by(f"functions.{function}.main")}

    assert "secondsource" in imported
    # What notify is there for is counting origins, which takes numpy.
    assert imported.isdisjoint(set(HEAVY) - ({"numpy"} if function == "notify" else set()))


def test_a_function_starts_without_settings() -> None:
    assert "secondsource.wiring" in _imported_by("functions.api.main")
