"""Numbers in one form, however a text writes them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.amounts import amounts

SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
PIECES = [
    *SMALL,
    *TENS,
    "dozen",
    "hundred",
    "thousand",
    "million",
    "half",
    "a",
    "and",
    "-",
    "to",
    "$",
    "m",
    "bn",
    "job",
]


def in_words(number):
    """An English number in words, from 1 up to the trillions."""
    for value, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= value:
            more = number % value
            joint = " and " if 0 < more < 100 else " "
            return f"{in_words(number // value)} {name}" + (joint + in_words(more) if more else "")
    if number >= 100:
        return f"{in_words(number // 100)} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10 - 1]}" if number % 10 else "")
    return SMALL[number - 1]


def of(text):
    return amounts(text.split())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200", {"1200"}),
        ("1.2 thousand", {"1200"}),
        ("twelve hundred", {"1200"}),
        ("Five hundred jobs", {"500"}),
        ("12.50", {"12.5"}),
        ("$ 1.2 million", {"1200000"}),
        ("$ 1.2 m", {"1200000"}),
        ("$ 1.2m", {"1200000"}),
        ("£ 3bn", {"3000000000"}),
        ("5 m", {"5", "5000000"}),
        ("5m", {"5", "5000000"}),
        ("3.4m patients", {"3.4", "3400000"}),
        ("500k", {"500000"}),
        ("a million", {"1000000"}),
        ("half a million people", {"500000"}),
        ("half of 5", {"5"}),
        ("two dozen", {"24"}),
        ("twenty - five", {"25"}),
        ("twenty-five", {"25"}),
        ("five to ten", {"5", "10"}),
        ("five and ten", {"5", "10"}),
        ("twenty and thirty", {"20", "30"}),
        ("3 hundred and 4 thousand", {"300", "4000"}),
        ("one of five", {"5"}),
        ("one", set()),
        ("hundreds of millions", set()),
        ("", set()),
    ],
)
def test_a_number_has_one_form(text, numbers):
    assert of(text) == numbers


def test_what_is_not_read_ends_a_number():
    assert amounts(["five", None, "hundred"]) == {"5", "100"}


def test_a_number_of_many_digits_is_kept_as_it_is():
    assert amounts(["9" * 5_000]) == {"9" * 5_000}


@given(st.integers(2, 10**12 - 1))
def test_a_number_in_words_is_the_one_in_digits(number):
    assert of(in_words(number)) == of(f"{number:,}") == {str(number)}


@given(
    st.lists(st.none() | st.sampled_from(PIECES) | st.text() | st.from_regex(r"[\d.,]{1,40}[kmbn]{0,2}"), max_size=12)
)
def test_whatever_the_words_are_numbers_come_out(words):
    for number in amounts(words):
        assert re.fullmatch(r"\d+(\.\d+)?(?:k|mn?|bn?|tn)?", number)
        assert len(number) > 30 or Decimal(number) >= 0
