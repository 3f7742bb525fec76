"""Who is accused, charged or criticised in an article, and who is a party to a case."""

import pytest

from secondsource.analysis.accusations import Accused
from secondsource.analysis.actors import actors_of
from secondsource.language.parse import spacy_parser


def accused(text, name="Owen Strand"):
    """What is said against a name: whether in court, and the words that say so."""
    doc = spacy_parser(text)
    found = Accused(doc, actors_of(doc)).charges(name)
    return {charge.court for charge in found}


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("Owen Strand was charged with fraud.", True),
        ("The bank sued Owen Strand.", True),
        ("Owen Strand pleaded guilty.", True),
        ("The defendant, Owen Strand, spoke.", True),
        ("Owen Strand pleaded not guilty to two counts of fraud.", True),
        ("Owen Strand appealed against his conviction.", True),
        ("Owen Strand appealed the ruling in May.", True),
        ("Owen Strand has appealed to the Supreme Court.", True),
        ("Owen Strand faces a lawsuit.", True),
        ("Owen Strand was criticised for the delay.", False),
        ("Critics accused Owen Strand of fraud.", False),
        ("Owen Strand is under investigation.", False),
        ("Owen Strand has come under fire.", False),
        ("An inquiry into Owen Strand began.", False),
        ("Criticism of Owen Strand grew.", False),
    ],
)
def test_who_is_accused_is_known_and_whether_in_court(text, court):
    assert accused(text) == {court}


@pytest.mark.parametrize(
    "text",
    [
        "Owen Strand was not charged.",
        "Owen Strand could be charged with fraud.",
        "Was Owen Strand charged with fraud?",
        "Owen Strand charged that the bank was closed.",
        "Owen Strand criticised the bank.",
        "Owen Strand opened a bank under a bridge.",
        "Owen Strand appealed for calm after a night of riots.",
        "Owen Strand has appealed for witnesses.",
        "Owen Strand appealed to both sides to stop shooting.",
        "Owen Strand appealed for blankets and tents.",
        "Owen Strand pleaded with the gunmen to let the children go.",
        "Owen Strand pleaded for more time.",
    ],
)
def test_who_is_not_or_may_not_be_or_accuses_others_is_not(text):
    assert accused(text) == set()


def test_an_accusation_is_of_the_one_whom_it_is_made_against():
    text = "Critics accused Owen Strand of fraud. Tessa Rowe opened a bank."

    assert accused(text, "Tessa Rowe") == set()
    assert accused(text, "owen strand") == {False}


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("Owen Strand faces an inquiry.", "Owen Strand faces an inquiry"),
        ("Owen Strand faces a lawsuit.", "Owen Strand faces a lawsuit"),
        ("Owen Strand rejected criticism of the ferry.", "Owen Strand faces criticism"),
        ("An investigation into Owen Strand began.", "Owen Strand is the object of an investigation"),
    ],
)
def test_what_is_said_against_somebody_is_told_in_good_english(text, shows):
    doc = spacy_parser(text)

    assert [c.shows for c in Accused(doc, actors_of(doc)).charges("Owen Strand")] == [shows]
