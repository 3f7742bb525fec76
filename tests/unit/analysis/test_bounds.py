"""Where an attribution ends: at its paragraph, and at what is no part of the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.analysis.bounds import bounded
from secondsource.analysis.draft import Draft
from secondsource.model import Label, Stance
from tests.unit.analysis.reading import read

NEWS = "The ferry ran aground off Tarn on Sunday, the coastguard said."


def draft(source, cue, content):
    return Draft(None, cue, source, content, Stance.ASSERT, Label.SPEECH, "tagger")


def words(text, ranges):
    return [text[s:e] for s, e in ranges]


def test_what_is_said_ends_with_its_paragraph():
    text = "The mill will close, a clerk said\nTwo managers left"
    (found,) = bounded(text, [draft([(21, 28)], [(29, 33)], [(0, 19), (29, 46)])])

    assert words(text, found.content) == ["The mill will close", "said"]


def test_a_source_that_begins_in_another_paragraph_is_what_stands_beside_the_cue():
    text = "No choice left, union says\nTwo managers said it fell"
    (found,) = bounded(text, [draft([(16, 39)], [(40, 44)], [(45, 52)])])

    assert words(text, found.source) == ["Two managers"]


@pytest.mark.parametrize("line", ["READ MORE: Ferry captain was drunk, court told", "Related: Mill burns, police say"])
def test_what_points_to_another_article_says_nothing_here(line):
    found = read(f"{NEWS}\n\n{line}\n\nTwo managers said the radar had failed.")

    assert [c.text for c in found.analysis.claims] == [
        "The ferry ran aground off Tarn on Sunday",
        "the radar had failed",
    ]


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this article said that the mill would cut 430 jobs.",
        "A previous version of this report stated that the mill would cut 430 jobs.",
        "The original version said the mill would cut 430 jobs.",
    ],
)
def test_what_an_article_said_before_it_was_corrected_is_no_claim(note):
    found = read(f"The mill would cut 40 jobs, the firm said.\n\nThis article was amended on 6 May. {note}")

    assert [c.text for c in found.analysis.claims] == ["The mill would cut 40 jobs"]


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to what Stan Hobb said last week, the mill in Tarn will not be sold in May.",
        "The mill in Tarn will not be sold in May, contrary to what Stan Hobb said last week.",
        "The mill in Tarn will not be sold in May, despite what Stan Hobb said last week.",
    ],
)
def test_who_said_the_opposite_says_not_what_stands_beside(text):
    (claim,) = read(text).analysis.claims

    assert "will not be sold" in claim.text
    assert claim.attribution_ids == ()


def test_who_speaks_behind_what_another_said_does_say_it():
    found = read("Despite what Stan Hobb said, Ana Lorn said that the mill in Tarn will not be sold in May.")

    assert found.names(found.headline.attribution_ids) == ["Ana Lorn"]


RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda r: (r[0], r[0] + r[1])), max_size=3)


@given(st.text(alphabet="ab \n", min_size=90, max_size=90), RANGES, RANGES, RANGES.filter(len))
def test_nothing_grows_and_no_piece_holds_the_end_of_a_paragraph_but_at_its_edge(text, source, cue, content):
    for found in bounded(text, [draft(list(source), list(cue[:1]), list(content))]):
        for s, e in found.content:
            assert any(a <= s and e <= b for a, b in content)
            assert "\n" not in text[s:e].strip()
