"""The recipes of docs/client.md are run from top to bottom, and print what the page says."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from secondsource.local import serve
from secondsource_client import Report

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "client.md"
README = ROOT / "clients" / "python" / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Loading the language models takes most of it.
pytestmark = pytest.mark.timeout(300)


class Recipe(NamedTuple):
    """A block of Python, and what the page says that it prints."""

    code: str
    line: int
    printed: str


class Run(NamedTuple):
    """What the recipes have left behind: their names, their files, and what each has printed."""

    names: dict[str, Any]
    folder: Path
    printed: list[str]


def _recipes(page: Path) -> list[Recipe]:
    text, found = page.read_text(encoding="utf-8"), []
    for block in _BLOCK.finditer(text):
        kind, body = block.groups()
        if kind == "python":
            found.append(Recipe(body, text.count("\n", 0, block.start(2)), ""))
        elif kind == "text":
            found[-1] = found[-1]._replace(printed=body)
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The recipes after they have run, against a server that reads the articles as the real one does."""
    folder = tmp_path_factory.mktemp("recipes")
    (folder / "examples").symlink_to(ROOT / "examples")
    printed: list[str] = []

    def say(*values: object) -> None:
        printed[-1] += " ".join(map(str, values)) + "\n"

    names: dict[str, Any] = {"__name__": "recipes", "print": say}
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        running = stack.enter_context(serve.start(0))
        patch.setenv("SECONDSOURCE_URL", running.url)
        patch.setenv("SECONDSOURCE_KEY", running.api_key)
        patch.chdir(folder)
        for recipe in _recipes(PAGE):
            printed.append("")
            # The lines of an error are those of the page.
            exec(compile("\n" * recipe.line + recipe.code, str(PAGE), "exec"), names)
        stack.callback(names["client"].close)
        yield Run(names, folder, printed)


def test_the_recipes_print_what_the_page_says(run: Run) -> None:
    assert run.printed == [recipe.printed for recipe in _recipes(PAGE)]


def test_the_flags_of_the_day_are_a_table(run: Run) -> None:
    with (run.folder / "flags.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["publisher"] for row in rows} >= {"The Calvorne Courier", "Hinterpost"}
    assert {"shared_origin", "motivated_source", "disputed"} <= {row["flag"] for row in rows}
    assert all(row["claim"] and row["reason"] and row["words"] for row in rows if row["flag"] == "disputed")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\n=", "＝", "－", "＋", "＠"])
def test_no_cell_is_a_formula(run: Run, start: str) -> None:
    assert run.names["cell"](f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["", "Dam", "1=1", "a-b", "“=”", "'"])
def test_a_cell_that_is_none_stays_as_it_is(run: Run, text: str) -> None:
    assert run.names["cell"](text) == text


def _hostile() -> Report:
    flag = {
        "code": "disputed",
        "level": "caution",
        "confidence": 0.9,
        "reason": "+1; =2",
        "evidence": [],
        "rule": {"id": "disputed/1"},
        "scope": {"kind": "article"},
    }
    claim = {"id": "c1", "text": '</script>=1+1,"', "spans": [], "flags": [flag]}
    return Report.model_validate(
        {
            "id": "art_1",
            "kind": "text",
            "title": "=HYPERLINK(1)",
            "publisher": "@a;=1+1",
            "added_at": "2026-05-04T09:00:00Z",
            "text": "",
            "claims": [claim],
        }
    )


def test_hostile_words_stay_words_in_the_table(run: Run) -> None:
    path = run.folder / "hostile.csv"
    run.names["flags_csv"]([_hostile()], path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file)
    assert row[1:] == ["'@a;=1+1", "'=HYPERLINK(1)", "", '</script>=1+1,"', "disputed", "caution", "'+1; =2", ""]
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith('"')


def test_the_claims_of_the_day_are_json_ld(run: Run) -> None:
    document = json.loads((run.folder / "claims.jsonld").read_text(encoding="utf-8"))
    claims = {claim["identifier"]: claim for claim in document["@graph"]}

    shared = claims[run.names["headline"].claim_id]
    publishers = {found["publisher"]["name"] for found in shared["appearance"]}
    assert document["@context"] == "https://schema.org"
    assert {claim["@type"] for claim in claims.values()} == {"Claim"}
    assert publishers == {"The Calvorne Courier", "Hinterpost"}
    assert "shared_origin" in {found["keywords"] for found in shared["comment"]}


def test_hostile_words_end_no_script_element(run: Run) -> None:
    text = run.names["claims_json_ld"]([_hostile()])

    assert "<" not in text
    assert json.loads(text)["@graph"][0]["text"] == '</script>=1+1,"'


def test_the_readmes_lines_are_python() -> None:
    assert [compile(recipe.code, str(README), "exec") for recipe in _recipes(README)]
