"""Who is at odds with whom, as an article states it."""

import pytest

from secondsource.analysis import interests
from secondsource.language.parse import spacy_parser
from secondsource.model import RelationType
from tests.unit.analysis.reading import mutual, relations

RIVAL = RelationType.RIVAL_OF
FRONT, ARMY, BRELLIN, ARDSEL = "Front", "Ridge Army", "Brellin Foods", "Ardsel Ingredients"


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Front is fighting the Ridge Army in the east.", FRONT, ARMY),
        ("The Front fights against the Ridge Army.", FRONT, ARMY),
        ("The Front has attacked the Ridge Army.", FRONT, ARMY),
        ("The Ridge Army was ousted by the Front in May.", FRONT, ARMY),
        ("Brellin Foods was sued by Ardsel Ingredients in May.", BRELLIN, ARDSEL),
        ("Brellin Foods has criticised Ardsel Ingredients.", BRELLIN, ARDSEL),
        ("Brellin Foods, a rival of Ardsel Ingredients, opened a mill.", BRELLIN, ARDSEL),
        ("Brellin Foods is a competitor of Ardsel Ingredients.", BRELLIN, ARDSEL),
        ("Ondresia and Kelmara fought a border war.", "Ondresia", "Kelmara"),
        ("A dispute between Brellin Foods and Ardsel Ingredients began in May.", BRELLIN, ARDSEL),
        ("Brellin Foods is locked in a battle with Ardsel Ingredients.", BRELLIN, ARDSEL),
        ("Mayor Tessa Rowe mocked Senator Owen Strand.", "Tessa Rowe", "Owen Strand"),
        ("The fishermen are suing Brellin Foods.", "fisherman", BRELLIN),
    ],
)
def test_who_fights_sues_or_rivals_another_is_at_odds_with_them_and_they_with_him(text, one, other):
    assert relations(text, RIVAL) == mutual(RIVAL, one, other)


@pytest.mark.parametrize(
    ("text", "loser", "winner"),
    [
        ("The Front lost the town of Marun to the Ridge Army.", FRONT, ARMY),
        ("The Front voted no confidence in the Ridge Army.", FRONT, ARMY),
        ("The Ridge Army captured the town of Marun from the Front.", FRONT, ARMY),
        ("The Ridge Army drove the Front out of Marun.", FRONT, ARMY),
        ("The Front was driven out by the Ridge Army.", FRONT, ARMY),
        ("Ardsel Ingredients lost a supply contract to Brellin Foods.", ARDSEL, BRELLIN),
        ("Ardsel Ingredients lost its contract with the largest bakery chain to Brellin Foods.", ARDSEL, BRELLIN),
    ],
)
def test_who_lost_something_to_another_has_that_against_them_and_not_they_against_him(text, loser, winner):
    assert relations(text, RIVAL) == {f"{loser} rival_of {winner}"}


@pytest.mark.parametrize(
    "text",
    [
        "The Front did not attack the Ridge Army.",
        "The Front never attacked the Ridge Army.",
        "The Front could attack the Ridge Army.",
        "The Front refused to attack the Ridge Army.",
        "Did the Front attack the Ridge Army?",
        "If the Front attacks the Ridge Army, the truce is over.",
        "The Front praised the Ridge Army.",
        "The Front met the Ridge Army in Marun.",
        "The Front lost its way.",
        "The Front did not lose the town of Marun to the Ridge Army.",
    ],
)
def test_what_did_not_or_may_not_happen_is_no_enmity(text):
    assert relations(text, RIVAL) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Police charged Owen Strand with fraud.",
        "The court condemned Owen Strand.",
        "Police raided Brellin Foods.",
        "Prosecutors charged Brellin Foods with fraud.",
    ],
)
def test_who_acts_by_office_is_no_enemy(text):
    assert relations(text, RIVAL) == set()


def test_there_are_no_enemies_in_sport():
    text = "The Hawks attacked the Rovers early in the match. The coach praised his striker after the game."

    assert relations(text, RIVAL) == set()


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("The Liberals have fought the Conservatives in five elections.", "Liberals fight Conservatives"),
        ("Brellin Foods has fought Ardsel Ingredients for years.", "Brellin Foods fights Ardsel Ingredients"),
    ],
)
def test_the_words_that_show_it_agree_with_who_does_it(text, shows):
    assert {r.shows for r in interests.relations(spacy_parser(text)) if r.holder.canonical in shows} >= {shows}


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("The Conservatives left.", "“Conservatives” is the Conservative Party"),
        ("The Tories left.", "“Tories” is the Conservative Party"),
    ],
)
def test_a_word_for_a_party_is_told_as_a_word(text, shows):
    assert shows in {r.shows for r in interests.relations(spacy_parser(text))}
