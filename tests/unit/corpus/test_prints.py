"""Fingerprints of wording: what a copy has in common with what it was copied from."""

import random
import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.prints import MOST, RUN, count, in_common, least, prints, together

WORDS = "gunmen customs harbour ferry smoke flag quarry tarn lantern envoy treaty mill granary bridge levee".split()
COPIED = (
    "Gunmen who had come down from the quarry by night seized the customs house at Dremna, tied its two clerks to "
    "the stove and raised a green flag over the harbour before the ferry from Marrenport had turned its bow."
)
SURE = RUN + 7
"""Words in a row that two texts cannot have in common without a print."""
TEXT = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def words(n, seed):
    """So many words in a row that no other seed has."""
    return " ".join(f"{random.Random(f'{seed}{k}').choice(WORDS)}{seed}{k}" for k in range(n))


@given(before=TEXT, between=TEXT, after=TEXT, seed=st.integers(0, 10**6))
def test_what_two_texts_have_in_common_in_enough_words_leaves_a_print_in_both(before, between, after, seed):
    passage = words(SURE, seed)

    one, other = prints(f"{before} {passage} {after}"), prints(f"{between} {passage}")

    assert in_common(one, other) >= 1


@given(TEXT, TEXT)
def test_prints_in_common_are_those_of_both_in_either_order(a, b):
    one, other = prints(a), prints(b)

    assert in_common(one, other) == in_common(other, one) <= min(count(one), count(other))
    assert in_common(one, one) == count(one)


def test_texts_of_other_words_have_nothing_in_common():
    assert in_common(prints(words(400, "a")), prints(words(400, "b"))) == 0


def test_a_long_passage_leaves_several_wherever_it_stands():
    lead = "Whenever I was ill at school I used to watch the boats go out, and the old lighthouse keeper with them. "

    assert in_common(prints(COPIED), prints(lead + COPIED)) >= 4


@pytest.mark.parametrize(
    "set_otherwise",
    [
        str.upper,
        lambda text: text.replace(",", ""),
        lambda text: text.replace(" the ", "  the\t"),
        lambda text: textwrap.fill(text, 20),
        lambda text: text.replace("'", "’"),
        lambda text: text.replace("seized", "sei\xadzed"),
        lambda text: unicodedata.normalize("NFD", text),
    ],
    ids=["in capitals", "without marks", "with other spaces", "in short lines", "curly", "hyphenated", "decomposed"],
)
def test_how_a_text_is_set_makes_no_other_prints(set_otherwise):
    text = COPIED.replace("bow", "bow, the town's café owners didn't dare so much as to ring the sexton's bell")

    assert prints(set_otherwise(text)) == prints(text)


def test_furniture_of_a_page_and_words_without_content_leave_none():
    assert prints("Please share this article by using the link below and no other link on this page.") == b""
    assert prints("It was that which they had to be in for as he is on it by them and we are not.") == b""
    assert prints("") == b"" and prints("Gunmen seized the harbour.") == b""


def test_a_record_of_several_reports_has_the_prints_that_two_of_them_have_at_least():
    common, first, second = (prints(words(60, seed)) for seed in "abc")
    one, other = together_of(common, first), together_of(common, second)

    assert together([one]) == one
    assert together([one, other]) == together([other, one]) == common
    assert together([one, other, second]) == together_of(common, second)
    assert together([one, second]) == together([]) == b""


def test_of_very_many_those_stay_that_most_reports_have():
    usual, rare = (prints(words(5 * MOST, seed)) for seed in "ab")
    assert count(usual) > MOST

    assert count(together([usual])) == count(together([usual, usual])) == MOST
    some = usual[: 4 * 10]
    kept = together([rare, rare, some, some, some])
    assert count(kept) == MOST
    assert in_common(kept, some) == 10


def together_of(*many):
    """The prints that any of these have."""
    return b"".join(sorted({bytes(one[n : n + 4]) for one in many for n in range(0, len(one), 4)}, key=_value))


def _value(packed):
    return int.from_bytes(packed, "little")


def test_a_few_of_them_are_index_keys():
    keys = least(prints(COPIED))

    assert len(keys) == len(set(keys)) == 4
    assert keys == least(prints(COPIED.upper()))
    assert least(b"") == []
