"""Stems, how rare they are, and how much two sets of them have in common."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.terms import overlap, rarity, stem, stems, telling, words

TERMS = st.frozensets(st.sampled_from("dam river mill pact council rebel bridg harbour levi zyx".split()), max_size=6)


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("rebels", "rebel"),
        ("Rebels'", "rebel"),
        ("Rebel's", "rebel"),
        ("Rebel’s", "rebel"),
        ("ALLIANCES", "allianc"),
        ("running", "run"),
    ],
)
def test_forms_of_a_word_have_one_stem(word, root):
    assert stem(word) == root


def test_words_keep_their_hyphens_and_apostrophes():
    assert words("The rebels' U.S-made e-mail—it's signed") == ["The", "rebels", "U.S-made", "e-mail", "it's", "signed"]


def test_content_stems_come_in_order_without_stop_words_and_numbers():
    assert stems("The rebels said the two alliances of 2019 have 9,000 fighters and a plan.") == [
        "rebel",
        "allianc",
        "fighter",
        "plan",
    ]


def test_letters_of_other_alphabets_and_accents_stay_in_a_stem():
    assert stems("Zürich’s émigrés") == ["zürich", "émigré"]


def test_a_text_without_words_has_no_stems():
    assert stems(" —… “” ") == []


@pytest.mark.parametrize(
    "said", ["They didn't sign the pact.", "They did n't sign the pact.", "It's not signed: the pact."]
)
def test_a_contraction_of_stop_words_is_no_content_stem(said):
    assert set(stems(said)) == {"sign", "pact"}


def test_a_stem_that_the_table_does_not_know_is_rarer_than_one_that_every_article_has():
    assert rarity("yarmesh") > rarity("allianc") > rarity("state") > 0


def test_rarity_is_finite_for_any_term():
    assert all(math.isfinite(rarity(term)) for term in ("", "state", "\U0001f600", "x" * 1000))


@given(TERMS)
def test_a_set_of_terms_is_wholly_like_itself(terms):
    assert overlap(terms, terms) == (pytest.approx((1.0, 1.0)) if terms else (0.0, 0.0))


@given(TERMS, TERMS)
def test_likeness_is_symmetric_and_a_share(a, b):
    cosine, contained = overlap(a, b)

    assert (cosine, contained) == pytest.approx(overlap(b, a))
    assert 0 <= cosine <= 1 + 1e-9
    assert 0 <= contained <= 1 + 1e-9
    assert (cosine > 0) == (contained > 0) == bool(a & b)


def test_a_subset_is_contained_though_the_sets_are_not_alike():
    cosine, contained = overlap(frozenset({"dam", "river"}), frozenset({"dam", "river", "mill", "yarmesh"}))

    assert contained == pytest.approx(1.0)
    assert cosine < 0.9


def test_rare_terms_in_common_weigh_more_than_common_ones():
    rare = overlap(frozenset({"yarmesh", "state"}), frozenset({"yarmesh", "year"}))
    common = overlap(frozenset({"yarmesh", "state"}), frozenset({"dremna", "state"}))

    assert rare > common


@given(TERMS, TERMS, st.floats(0.05, 1))
def test_sets_that_share_no_telling_term_are_less_alike_than_that(a, b, cosine):
    if not frozenset(telling(a, cosine)) & b:
        assert overlap(a, b)[0] < cosine


def test_the_telling_terms_are_the_rare_ones():
    terms = frozenset(stems("The zyzzogeton of the mayor in the city was new"))

    assert telling(terms, 0.9) == sorted(terms, key=lambda term: -rarity(term))[:1]
    assert set(telling(terms, 0.01)) == terms
    assert telling(frozenset(), 0.5) == []
