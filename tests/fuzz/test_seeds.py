"""Every seed of the fuzzer, once: what has broken something somewhere breaks nothing here."""

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from tests.fuzz import checks
from tests.fuzz.run import mutated, shrunk
from tests.fuzz.seeds import PAGES, TEXTS


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(spacy_parser, Tagger())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_stored_as_it_came_and_every_span_stands_in_it(pipeline: Pipeline, name: str) -> None:
    checks.text(pipeline, TEXTS[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_and_every_span_stands_in_it(pipeline: Pipeline, name: str) -> None:
    checks.page(pipeline, PAGES[name])


def test_the_same_number_makes_the_same_input() -> None:
    assert mutated(TEXTS, 7) == mutated(TEXTS, 7) != mutated(TEXTS, 8)


def test_what_fails_is_made_small() -> None:
    def fails(given: str) -> bool:
        return "x" in given and "y" in given

    assert sorted(shrunk("a" * 500 + "x" + "b" * 500 + "y", fails)) == ["x", "y"]
