"""Which capitalised words are an outlet's name, and what it takes. Real names stand here as far as the table has them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondsource.analysis.outlet_names import How, outlet_in, people_of

HOWS: tuple[How, ...] = ("told", "according", "passed", "credited", "reports", "says")


def name(whole: str, how: How = "told", before: str = "", introduced: bool = False) -> str | None:
    """The outlet's name in words that stand behind others."""
    text = f"{before}{whole} it."
    span = outlet_in(text, len(before), whole, introduced, how, people_of(text))
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("whole", ["Reuters", "The New York Times", "Daily Bugle", "The Bugle Times", "Radio Marun"])
def test_a_telling_name_is_enough_whatever_cites_it(whole: str, how: How) -> None:
    assert name(whole, how) == whole


@pytest.mark.parametrize(
    ("whole", "outlet"),
    [
        ("Reuters Monday", "Reuters"),
        ("Reuters’s Ana Lorn", "Reuters"),
        ("Daily Bugle's Ana Lorn", "Daily Bugle"),
        ("Ana Lorn of the Daily Bugle", "Daily Bugle"),
        ("The Daily Bugle Monday", "The Daily Bugle"),
        ("CNN Ondresia", "CNN"),
        ("People’s Daily", "People’s Daily"),
        ("Voice of America", "Voice of America"),
    ],
)
def test_the_name_is_the_longest_beginning_that_is_one(whole: str, outlet: str) -> None:
    assert name(whole) == outlet


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(
    "whole",
    ["Hill", "Sun", "Independent Senator Ana Lorn", "Atlantic Council", "Ana Lorn", "Press Secretary", "Twitter"],
)
def test_what_is_a_person_or_another_body_is_no_outlet_whatever_cites_it(whole: str, how: How) -> None:
    assert name(whole, how) is None


@pytest.mark.parametrize(
    ("whole", "hows"),
    [
        ("Millwatch.com", {"told", "according", "passed", "credited", "reports"}),
        ("MillNews", {"told", "according", "passed", "credited", "reports"}),
        ("MillCorp", {"told", "passed", "credited"}),
        ("MLN", {"passed"}),
        ("KVRN", {"told", "passed"}),
        ("Millwright", set()),
    ],
)
def test_the_less_a_name_tells_the_more_it_takes_to_cite_it(whole: str, hows: set[How]) -> None:
    assert {how for how in HOWS if name(whole, how)} == hows


@pytest.mark.parametrize("whole", ["Millwright", "MLN", "MillCorp", "Time", "Hill"])
def test_a_name_that_the_text_calls_an_outlets_is_one(whole: str) -> None:
    assert name(whole, "says", "The newspaper ", introduced=True) == whole


def test_a_common_word_with_the_capital_of_a_sentence_reports_nothing() -> None:
    assert name("Time", "reports") is None
    assert name("Time", "reports", "It is so. ") is None
    assert name("Time", "reports", "It is so, as ") == "Time"
    assert name("TIME", "reports") == "TIME"


def test_names_of_people_are_told_by_their_first_names() -> None:
    assert people_of("Ana Forbes met J. Fox. The Slate is grey, and Dawn Lorn left.") == {"forbes", "fox", "dawn"}
    assert people_of("The Bloomberg report and Dawn News said so. In Sky they trust.") == frozenset()


@example("", " ’s", False, "says")
@given(st.text(max_size=40), st.text(min_size=1, max_size=60).filter(str.strip), st.booleans(), st.sampled_from(HOWS))
def test_a_name_in_any_words_stands_in_them(before: str, whole: str, introduced: bool, how: How) -> None:
    span = outlet_in(before + whole, len(before), whole, introduced, how, frozenset())

    assert span is None or len(before) <= span[0] < span[1] <= len(before + whole)
