"""The actors of an article: its names, and what it calls them by otherwise."""

import pytest

from secondsource.analysis.actors import actors_of
from secondsource.language.parse import spacy_parser


def meant(text, word, n=-1):
    """The actor that the n-th place of a word stands for."""
    doc = spacy_parser(text)
    token = [t for t in doc if t.text == word][n]
    found = actors_of(doc).of(token)
    return found.canonical if found else None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Brellin Foods opened a mill. The company hired bakers.", "company", "Brellin Foods"),
        ("Mayor Tessa Rowe opened a mill. The mayor spoke.", "mayor", "Tessa Rowe"),
        ("The Harbour Party met in Marun. The party chose a leader.", "party", "Harbour Party"),
    ],
)
def test_a_definite_noun_stands_for_who_was_named(text, word, name):
    assert meant(text, word) == name


@pytest.mark.parametrize(
    ("word", "name"), [("fishermen", "fisherman"), ("plaintiffs", "plaintiff"), ("people", None), ("town", None)]
)
def test_people_who_act_together_are_an_actor_by_their_noun_and_people_in_general_are_none(word, name):
    doc = spacy_parser(f"The {word} met in Marun.")
    found = actors_of(doc).common(doc[1])

    assert (found and found.canonical) == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Brellin Foods opened a mill. A company hired bakers.", "company"),
        ("Mayor Tessa Rowe and Mayor Owen Strand met. The mayor spoke.", "mayor"),
        ("The company hired bakers.", "company"),
        ("Brellin Foods opened a mill. The companies hired bakers.", "companies"),
    ],
)
def test_any_other_noun_stands_for_nobody(text, word):
    assert meant(text, word) is None


def test_its_is_of_the_group_that_was_the_subject_and_his_of_the_person():
    doc = spacy_parser("Brellin Foods fired Owen Strand. Its director praised his work.")
    actors = actors_of(doc)
    its, his = (next(t for t in doc if t.lower_ == word) for word in ("its", "his"))

    assert actors.owner(its).canonical == "Brellin Foods"
    assert actors.owner(his).canonical == "Owen Strand"


def client(text):
    """Whose lawyer the last sentence of a text speaks of."""
    doc = spacy_parser(text)
    pronoun = [t for t in doc if t.lower_ in ("his", "her") and t.head.lower_ in ("lawyer", "solicitor")][-1]
    found = actors_of(doc).owner(pronoun)
    return found and found.canonical


JAILED = "Owen Strand, 22, was jailed for four years in Marun. "


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (f"{JAILED}“He drove like a fool,” said Judge Peter Tarn. His lawyer, Mo Callan, said Strand had slept.", "Owen Strand"),
        (f"{JAILED}Magistrate Peter Tarn set no bail. His lawyer, Mo Callan, said he was ill.", "Owen Strand"),
        (f"{JAILED}Detective Peter Tarn said he had driven on. His lawyer, Mo Callan, said he was ill.", "Owen Strand"),
        ("A man was jailed in Marun. Judge Peter Tarn said he was a fool. His lawyer, Mo Callan, said he was ill.", None),
        ("Mr Owen Strand met Mrs Helen Brann in Marun. Her lawyer, Mo Callan, said nobody had paid.", "Helen Brann"),
        ("Mrs Helen Brann met Mr Owen Strand in Marun. Her lawyer, Mo Callan, said nobody had paid.", "Helen Brann"),
        ("Owen Strand met Idris Kane in Marun. His lawyer, Mo Callan, said that Kane was ill.", "Idris Kane"),
        ("Owen Strand met Idris Kane in Marun. His lawyer, Mo Callan, said that nobody was ill.", "Owen Strand"),
        ("Detective Peter Tarn was charged with assault. His lawyer, Mo Callan, said he was ill.", "Peter Tarn"),
        ("Judge Peter Tarn denied that he had been bribed. His lawyer, Mo Callan, said he was ill.", "Peter Tarn"),
    ],
)  # fmt: skip
def test_his_lawyer_is_no_judge_s_nor_a_woman_s_but_his_whom_the_sentence_names(text, whose):
    assert client(text) == whose


def test_the_actors_of_a_document_are_found_once():
    doc = spacy_parser("Brellin Foods opened a mill.")

    assert actors_of(doc) is actors_of(doc)
