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
    ],
)
def test_who_is_not_or_may_not_be_or_accuses_others_is_not(text):
    assert accused(text) == set()


def test_an_accusation_is_of_the_one_whom_it_is_made_against():
    text = "Critics accused Owen Strand of fraud. Tessa Rowe opened a bank."

    assert accused(text, "Tessa Rowe") == set()
    assert accused(text, "owen strand") == {False}
