"""Fingerprints of wording: what a copy has in common with what it was copied from."""

import random

from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.prints import MOST, RUN, in_common, least, prints, together

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

    assert in_common(one, other) == in_common(other, one) <= min(len(one), len(other)) // 4
    assert in_common(one, one) == len(one) // 4


def test_texts_of_other_words_have_nothing_in_common():
    assert in_common(prints(words(400, "a")), prints(words(400, "b"))) == 0


def test_a_long_passage_leaves_several_wherever_it_stands():
    lead = "Whenever I was ill at school I used to watch the boats go out, and the old lighthouse keeper with them. "

    assert in_common(prints(COPIED), prints(lead + COPIED)) >= 4


def test_case_marks_and_lines_make_no_other_prints():
    assert prints(COPIED) == prints(COPIED.upper().replace(",", "").replace(" the ", "  THE\t"))


def test_furniture_of_a_page_and_words_without_content_leave_none():
    assert prints("Please share this article by using the link below and no other link on this page.") == b""
    assert prints("It was that which they had to be in for as he is on it by them and we are not.") == b""
    assert prints("") == b"" and prints("Gunmen seized the harbour.") == b""


def test_a_record_has_the_prints_of_all_its_reports_those_first_that_most_have():
    common, first, second = (prints(words(3 * MOST, seed)) for seed in "abc")
    assert len(common) // 4 < MOST

    both = together([common + b"", first, common, second])

    assert len(both) // 4 == MOST
    assert in_common(both, common) == len(common) // 4
    assert both == together([second, common, first, common])
    assert together([]) == b""


def test_a_few_of_them_are_index_keys():
    keys = least(prints(COPIED))

    assert len(keys) == len(set(keys)) == 4
    assert keys == least(prints(COPIED.upper()))
    assert least(b"") == []
