"""How good or bad a claim sounds for someone named in it."""

import pytest

from secondsource.analysis import valence
from secondsource.language.parse import spacy_parser
from secondsource.model import Effect


def effect(text, name):
    """What a sentence says of a name in it."""
    doc = spacy_parser(text)
    return valence.effect([t for t in doc if t.text == name], {t.i for t in doc})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Front has tortured prisoners.", "Front"),
        ("The Front has allied with the Ridge Army.", "Front"),
        ("Brellin misled bakers.", "Brellin"),
        ("Brellin is corrupt.", "Brellin"),
        ("Strand is a liar.", "Strand"),
        ("Strand was accused of fraud.", "Strand"),
        ("Voters blame Strand for the collapse.", "Strand"),
        ("The Front was shelled by the Army.", "Army"),
    ],
)
def test_what_speaks_ill_of_somebody_harms_them(text, name):
    assert effect(text, name) == Effect.HARMED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Front has freed its prisoners.", "Front"),
        ("Brellin is the safest maker in the country.", "Brellin"),
        ("Strand is an excellent governor.", "Strand"),
        ("Strand fights corruption.", "Strand"),
        ("Strand prevented a disaster.", "Strand"),
        ("Strand never lied.", "Strand"),
        ("Brellin is not corrupt.", "Brellin"),
    ],
)
def test_what_speaks_well_of_somebody_helps_them_also_by_a_negation_or_by_what_they_fight(text, name):
    assert effect(text, name) == Effect.HELPED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brellin opened a mill.", "Brellin"),
        ("The Army shelled the Front.", "Front"),
        ("The Front was shelled by the Army.", "Front"),
        ("The police arrested Strand.", "Strand"),
    ],
)
def test_what_happens_to_somebody_speaks_neither_well_nor_ill_of_them(text, name):
    assert effect(text, name) == Effect.MENTIONED


def test_the_words_of_the_table_are_rated_and_names_and_topics_are_not():
    assert valence.ratings()["honest"] > 1
    assert "crisis" not in valence.ratings()
    doc = spacy_parser("Grace Liar of the Freedom Party opened a mill.")
    assert [t.text for t in doc if valence.rating(t)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The mill is unsafe.", Effect.HARMED),
        ("The mill is safe.", Effect.HELPED),
        ("The mill is not safe.", Effect.HARMED),
        ("The mill is in Marun.", Effect.MENTIONED),
    ],
)
def test_what_words_sound_like_as_a_whole_is_told_whoever_they_are_about(text, said):
    assert valence.sound(spacy_parser(text)) == said
