"""Sides in politics: who is of which party, who runs, who runs against whom."""

import pytest

from secondsource.model import RelationType
from tests.unit.analysis.reading import mutual, relations

STRAND, ROWE = "Owen Strand", "Tessa Rowe"
MEMBER, RUNS, RIVAL = RelationType.MEMBER_OF, RelationType.PARTY_TO, RelationType.RIVAL_OF


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Republican nominee Owen Strand spoke in Marun.", "Republican Party"),
        ("Owen Strand, a Democrat, spoke in Marun.", "Democratic Party"),
        ("Senator Owen Strand (D-Marun) spoke on Monday.", "Democratic Party"),
        ("Harbour Party leader Owen Strand spoke in Marun.", "Harbour Party"),
    ],
)
def test_a_party_beside_a_name_is_a_membership(text, party):
    assert f"{STRAND} member_of {party}" in relations(text, MEMBER)
    assert f"{party} party_to the election" in relations(text, RUNS)


@pytest.mark.parametrize(
    "text",
    [
        "A liberal arts college opened in Marun.",
        "Owen Strand spoke of the green fields of Marun.",
        "Owen Strand praised a democratic republic.",
        "Owen Strand is a conservative investor.",
    ],
)
def test_a_word_that_is_also_a_party_s_is_no_party_by_itself(text):
    assert relations(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Owen Strand, the candidate for governor, spoke in Marun.",
        "The Strand campaign opened an office. Owen Strand spoke.",
        "Owen Strand is running for governor.",
        "Republican nominee Owen Strand spoke in Marun.",
    ],
)
def test_a_candidate_is_a_party_to_the_election(text):
    assert f"{STRAND} party_to the election" in relations(text, RUNS)


@pytest.mark.parametrize(
    "text",
    [
        "A former candidate, Owen Strand, spoke in Marun.",
        "Owen Strand is running late.",
        "Owen Strand ran to the bank.",
    ],
)
def test_who_ran_before_or_runs_otherwise_is_none(text):
    assert relations(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Voters will choose between Owen Strand and Tessa Rowe in May.",
        "Owen Strand is challenging Tessa Rowe for the seat.",
        "Owen Strand trails Tessa Rowe by six points in the race for governor.",
        "Republican nominee Owen Strand met Democratic nominee Tessa Rowe.",
    ],
)
def test_two_who_want_the_same_seat_are_rivals(text):
    assert mutual(RIVAL, STRAND, ROWE) <= relations(text, RIVAL)


def test_parties_that_an_article_names_compete():
    text = "Republican nominee Owen Strand met Democratic nominee Tessa Rowe."

    assert mutual(RIVAL, "Republican Party", "Democratic Party") <= relations(text, RIVAL)


def test_candidates_of_one_party_and_running_mates_are_no_rivals():
    of_one_party = "Republican nominee Owen Strand met Republican candidate Tessa Rowe."
    mates = "Republican nominee Owen Strand spoke. Tessa Rowe, Owen Strand's running mate, spoke in Marun."

    assert relations(of_one_party, RIVAL) == set()
    assert relations(mates, RIVAL) == set()
    assert mutual(RelationType.ALLY_OF, STRAND, ROWE) == relations(mates, RelationType.ALLY_OF)
