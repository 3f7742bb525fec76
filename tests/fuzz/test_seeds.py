"""Every seed of the fuzzer, once: what has broken something somewhere breaks nothing here."""

from itertools import count

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.text.limits import MAX_HTML_BYTES
from tests.fuzz import checks
from tests.fuzz.run import main, mutated, shrunk
from tests.fuzz.seeds import PAGES, TEXTS


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(spacy_parser, Tagger())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_stored_as_it_came_and_every_span_stands_in_it(pipeline: Pipeline, name: str) -> None:
    assert checks.text(pipeline, TEXTS[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_and_every_span_stands_in_it(pipeline: Pipeline, name: str) -> None:
    assert checks.page(pipeline, PAGES[name])


def test_the_same_number_makes_the_same_input() -> None:
    assert mutated(TEXTS, 7) == mutated(TEXTS, 7) != mutated(TEXTS, 8)


@pytest.mark.parametrize(("one_in", "status"), [(1, 1), (20, 1), (200, 0)])
def test_a_run_fails_where_more_than_a_few_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], one_in: int, status: int
) -> None:
    asked = count(1)

    def check(pipeline: Pipeline, given: str) -> bool:
        return next(asked) % one_in != 0

    monkeypatch.setattr(checks, "text", check)
    monkeypatch.setattr(checks, "page", check)
    monkeypatch.setattr("sys.argv", ["run", "0.5", "0"])

    assert main() == status
    assert ("too many" in capsys.readouterr().out) is bool(status)


def test_what_refuses_is_not_taken_for_what_reads(pipeline: Pipeline) -> None:
    assert not checks.text(pipeline, "\ud800")
    assert not checks.page(pipeline, "x" * (MAX_HTML_BYTES + 1))


def test_what_fails_is_made_small() -> None:
    def fails(given: str) -> bool:
        return "x" in given and "y" in given

    assert sorted(shrunk("a" * 500 + "x" + "b" * 500 + "y", fails)) == ["x", "y"]
