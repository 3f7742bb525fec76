"""What `sam build` makes of the functions: entries that import as the template names them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A function's artifact, made in a scratch copy as SAM does."""
    scratch, artifact = tmp_path / "scratch", tmp_path / "artifact"
    shutil.copytree(ROOT / "functions", scratch, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        ["make", "-s", "build-ApiFunction", f"ARTIFACTS_DIR={artifact}"], cwd=scratch, check=True, capture_output=True
    )
    return artifact


def test_it_holds_the_entries_and_nothing_else(built: Path) -> None:
    files = {str(path.relative_to(built)) for path in built.rglob("*") if path.is_file()}
    source = {
        str(path.relative_to(ROOT)) for path in (ROOT / "functions").rglob("*.py") if "__pycache__" not in path.parts
    }

    assert files == source


@pytest.mark.parametrize("function", ["api", "annotate", "register", "webhooks", "worker", "notify", "authorizer"])
def test_every_entry_imports_from_it(built: Path, function: str) -> None:
    # In Lambda the package is at the root of the layer; here it is where it lies in the checkout.
    code = f"import functions.{function}.main as entry; print(entry.__file__, callable(entry.handler))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=built,
        env={"PYTHONPATH": f"{built}:{ROOT / 'shared'}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == [str(built / "functions" / function / "main.py"), "True"]


def test_there_is_a_target_for_each_function_of_the_template() -> None:
    makefile = (ROOT / "functions" / "Makefile").read_text()

    for function in ("Api", "Annotate", "Worker", "Notify", "Authorizer"):
        assert f"  {function}Function:" in (ROOT / "template.yaml").read_text()
        assert f"build-{function}Function" in makefile
