"""The table of how rare stems are: what it counts, and that the one that ships is such a table."""

import json
from importlib import resources

import pytest

from infra.build_document_frequency import DOCUMENTS, WORDS, table

SHIPPED = json.loads(resources.files("secondsource.text").joinpath("data/document_frequency.json").read_text("utf-8"))


def listed(**centibels: int) -> list[list[str]]:
    """Words in the list of their frequency."""
    levels: list[list[str]] = [[] for _ in range(1000)]
    for word, level in centibels.items():
        levels[level].append(word)
    return levels


def test_a_stem_is_expected_in_as_many_texts_as_its_frequency_says() -> None:
    # One word in a thousand: a text of 400 words lacks it with probability exp(-0.4).
    assert table(listed(mill=300)) == {"mill": round(10_000 * (1 - 0.67032))}
    assert (DOCUMENTS, WORDS) == (10_000, 400)


def test_forms_of_a_word_are_counted_together() -> None:
    together = table(listed(mill=300, mills=300, river=270))

    assert together["mill"] == pytest.approx(together["river"], abs=10)


def test_a_frequent_stem_is_in_all_texts_and_a_very_rare_one_is_left_out() -> None:
    assert table(listed(the=0, yarmesh=800)) == {"the": DOCUMENTS}


def test_what_is_no_single_word_is_left_out() -> None:
    assert table([["mill", "at home", "c++", "\U0001f600", "e-mail", "don't"]]).keys() == {"mill", "e-mail", "don't"}


def test_stems_stand_in_order_so_that_two_builds_make_one_file() -> None:
    found = table(listed(river=300, mill=310, dam=290))

    assert list(found) == sorted(found)


def test_the_table_that_ships_has_been_built_so() -> None:
    counts = SHIPPED["stems"]

    assert SHIPPED["documents"] == DOCUMENTS
    assert list(counts) == sorted(counts)
    assert all(0 < n <= DOCUMENTS for n in counts.values())
    assert counts["state"] > counts["allianc"] > counts["estuari"]
