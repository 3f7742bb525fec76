"""Wording that reports share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.reuse import ENOUGH, Shared, wording
from tests.unit.corpus.reports import report, telling

MET = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh before dawn"
WORDS = st.lists(st.sampled_from("envoys tarn mill flooded quarry lantern harbour sealed the of".split()), max_size=40)


def shared(*reports):
    return Shared([wording(o) for o in reports])


def told(name, *passages):
    return telling(name, says="The pact has been sealed", passages=passages)


def test_the_share_is_of_the_shorter_one_s_runs():
    long = f"{MET}, and " + " ".join(f"quarry{n} lantern{n} harbour{n}" for n in range(40))

    found = shared(told("Courier", long), told("Record", MET))

    assert found.counts[0, 1] == found.counts[1, 0] >= ENOUGH
    # Of fewer than forty runs the share is of forty: a few words are no whole text.
    assert found.runs[0, 1] == pytest.approx(found.counts[0, 1] / 40)


def test_few_runs_in_common_are_none():
    found = shared(
        told("Courier", "envoys of both groups met in the border village yesterday"),
        told("Record", "envoys of both groups met in secret"),
    )

    assert 0 < found.counts[0, 1] < ENOUGH
    assert found.runs[0, 1] == 0


def test_runs_of_words_without_content_are_not_counted():
    assert wording(report("Courier", says="it was that which they had to be in for")).runs == {}


def test_a_sentence_alone_says_less_than_a_whole_story_of_the_same_words():
    alone = shared(report("Courier", says=MET), report("Record", says=MET))
    whole = shared(told("Courier", MET), told("Record", MET))

    assert alone.counts[0, 1] == whole.counts[0, 1]
    assert alone.runs[0, 1] < whole.runs[0, 1]


def test_both_sides_are_shown_the_sentences_that_hold_what_they_share():
    other = "The market was quiet and the bread was dear in all the villages around"
    found = shared(told("Courier", MET, other), told("Record", "Nothing else was known of it", MET))

    evidence = found.evidence(0, 1)

    assert [(shown.article_id, shown.exact) for shown in evidence] == [("art_courier", MET), ("art_record", MET)]


def test_details_that_all_reports_have_weigh_next_to_nothing():
    background = "the quarry had flooded when the tarn burst its embankment"
    common = shared(
        *(told(name, f"{background} {own}") for name, own in zip("ABC", ("ferry", "lantern", "gavel"), strict=True))
    )
    rare = shared(
        told("A", f"{background} ferry"), told("B", f"{background} lantern"), told("C", "the gavel lay in the lobby")
    )

    assert common.details[0, 1] < rare.details[0, 1]


def test_a_word_or_two_in_common_are_less_alike_than_many():
    few = shared(told("A", "the quarry flooded"), told("B", "the quarry flooded"), told("C", "the gavel fell"))
    many = shared(
        *(told(name, "the quarry flooded when the tarn burst its embankment near the granary") for name in "AB"),
        told("C", "the gavel fell"),
    )

    assert 0 < few.details[0, 1] < many.details[0, 1]


def test_names_are_no_details():
    assert wording(told("Courier", "Yarmesh Ondresia Calvorne")).details.isdisjoint({"yarmesh", "ondresia", "calvorn"})


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_shares_are_symmetric_and_no_more_than_one(texts):
    found = shared(*(told(f"Outlet {n}", "It was " + " ".join(text)) for n, text in enumerate(texts)))

    for matrix in (found.runs, found.details):
        assert matrix.shape == (len(texts), len(texts))
        assert np.allclose(matrix, matrix.T)
        assert (matrix >= -1e-9).all() and (matrix <= 1 + 1e-9).all()
