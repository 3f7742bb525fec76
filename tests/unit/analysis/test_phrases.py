"""What a source is called."""

import pytest
import spacy
from spacy.tokens import Span

from secondsource.analysis.phrases import clean_name, name_length

VOCAB = spacy.blank("en")


def named(text, label="PERSON"):
    doc = VOCAB(text)
    return Span(doc, 0, len(doc), label=label)


@pytest.mark.parametrize(
    "text",
    [
        "Clara Venning told",
        "Clara Venning told the Courier",
        "Clara Venning tells Global Herald",
        "Clara Venning - who",
        "Clara Venning's dismissal",
        "Clara Venning told police",
        "Clara Venning, who is a lawyer",
        "Clara Venning - a lawyer",
        "Dr. Clara Venning",
        "Clara Venning's",
    ],
)
def test_a_person_s_name_ends_before_what_the_model_has_taken_with_it(text):
    assert clean_name(named(text)) == "Clara Venning"


@pytest.mark.parametrize(
    "name", ["Clara Venning’s lawyer", "Tella Sayswell", "Anne-Marie Venning", "Hugo von Tellsen", "Clara O'Venning"]
)
def test_a_name_that_only_looks_so_is_left_whole(name):
    assert clean_name(named(name)) == name


def test_a_group_s_name_keeps_its_possessive():
    assert clean_name(named("Calvorne's fire brigade", "ORG")) == "Calvorne's fire brigade"


def test_no_name_ends_in_who_was_told_whatever_the_model_takes_it_for():
    assert clean_name(named("Clara Venning told", "ORG")) == "Clara Venning"
    assert clean_name(named("Émile de Venning told", "GPE")) == "Émile de Venning"
    assert clean_name(named("Abu al-Marun told Reuters", "ORG")) == "Abu al-Marun"
    assert clean_name(named("Simon Says", "ORG")) == "Simon Says"
    assert clean_name(named("Owen Strand Jr. told the Courier")) == "Owen Strand"


@pytest.mark.parametrize(
    "title", ["Mama told me not to come", "He said, she said", "What the butler said", "What Ana Lorn said"]
)
def test_a_title_with_such_a_word_is_left_whole(title):
    assert clean_name(named(title, "WORK_OF_ART")) == title


def test_the_name_in_what_the_model_has_taken_is_as_long_as_it_is():
    assert name_length(named("Clara Venning told the Courier")) == len("Clara Venning")
    assert name_length(named("Clara\nVenning told")) == len("Clara\nVenning")
    assert name_length(named("Clara Venning Jr.")) == len("Clara Venning Jr.")
