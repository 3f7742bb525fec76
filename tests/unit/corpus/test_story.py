"""The story of an article: how it is found, and how like another it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.story import BEGINNING, INDEXED, index_terms, likeness, mean, opening, pairs, story, telling
from secondsource.text.vectors import unpack
from tests.unit.services.newsroom import embed

VOCABULARY = (
    "gunmen customs harbour ferry smoke flag quarry tarn lantern envoy treaty mill granary bridge levee orchard"
).split()
TEXTS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12).map(" ".join)


def of(text, title=None):
    return story(title, text, embed([opening(title, text)])[0])


def test_only_the_beginning_of_an_article_tells_its_story():
    lead = "Gunmen seized the customs house at the harbour. "
    text = lead * (BEGINNING // len(lead) + 1)

    assert of(text).terms == of(text + " The quarry flooded the orchard.").terms
    assert "quarri" not in telling(None, text + " The quarry flooded the orchard.")


def test_the_title_is_part_of_the_story():
    assert opening("Harbour seized", "Gunmen came.") == "Harbour seized\nGunmen came."
    assert "harbour" in of("Gunmen came.", title="Harbour seized").terms


def test_the_terms_of_a_story_have_length_one():
    terms = of("Gunmen seized the customs house at the harbour and raised a flag").terms

    assert sum(weight**2 for weight in terms.values()) == pytest.approx(1, abs=1e-3)


def test_a_story_has_few_index_terms_and_their_pairs_are_keys():
    terms = index_terms("Harbour seized", "Gunmen seized the customs house and raised a flag over the ferry in smoke.")

    assert len(terms) == INDEXED
    assert len(pairs(terms)) == INDEXED * (INDEXED - 1) // 2
    assert pairs(["b", "a", "b"]) == ["a~b"]


def test_an_empty_text_tells_nothing():
    assert index_terms(None, "") == []
    assert of("").terms == {}
    assert mean([]) is None


def test_a_story_is_like_itself_and_unlike_another():
    one, other = of("Gunmen seized the customs harbour"), of("A quarry flooded the orchard and the granary")

    assert likeness(one, one) == pytest.approx(1, abs=0.01)
    assert likeness(one, other) < 0.2


def test_two_stories_that_say_nothing_alike_have_a_mean_nevertheless():
    vector = embed(["Gunmen seized the harbour"])[0]
    opposite = [story(None, "gunmen", vector), story(None, "gunmen", -vector)]

    found = mean(opposite)

    assert found is not None
    assert found.length == pytest.approx(0, abs=1e-6)
    assert likeness(found, opposite[0]) == pytest.approx(0.5, abs=0.01)


@given(TEXTS, TEXTS)
def test_likeness_lies_between_nought_and_one_and_is_the_same_from_both_sides(one, other):
    a, b = of(one), of(other)

    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == pytest.approx(likeness(b, a))


@given(st.lists(TEXTS, min_size=1, max_size=5), st.lists(TEXTS, min_size=1, max_size=5))
def test_the_likeness_of_two_means_is_the_mean_over_all_pairs(ones, others):
    first, second = [of(text) for text in ones], [of(text) for text in others]
    a, b = mean(first), mean(second)
    assert a is not None and b is not None

    expected = np.mean([unbounded(one, other) for one in first for other in second])
    assert likeness(a, b) == pytest.approx(max(0, expected), abs=0.02)
    assert likeness(a, second[0]) == pytest.approx(max(0, np.mean([unbounded(s, second[0]) for s in first])), abs=0.02)


def unbounded(one, other):
    """The likeness of two stories, which may be less than nought where their vectors point away from each other."""
    return (
        unpack(one.vector) @ unpack(other.vector) + sum(w * other.terms.get(t, 0) for t, w in one.terms.items())
    ) / 2
