"""Several people of one surname: whom it means alone, by what stands with it and by whom the text is about."""

import pytest

from tests.unit.analysis.reading import names, tell


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Lee Marsh was jailed after a jury found he had killed his stepson, Jake Marsh, 5.\n\nMarsh said the boy fell "
            "down the stairs.",
            "Lee Marsh",
        ),
        (
            "Actor Tom Marsh has been charged with hitting his brother, Simon Marsh.\n\nMarsh told officers that he "
            "was attacked.",
            "Tom Marsh",
        ),
        (
            "Kate Marsh, 36, says her son Leo Marsh was bullied.\n\nMarsh said the school had done nothing.",
            "Kate Marsh",
        ),
        (
            "Owen Marsh stabbed Clara Marsh, 41, at the mill in May.\n\nMarsh told police that burglars broke in.",
            "Owen Marsh",
        ),
        (
            "Owen Marsh was jailed on Monday. Clara Marsh, his sister, wept in court. Marsh said the trial was unfair.",
            "Owen Marsh",
        ),
        ("Paul Marsh, 52, and his wife, Linda Marsh, bought the mill.\n\nMr Marsh said it was damp.", "Paul Marsh"),
        ("Paul Marsh, 52, and his wife, Linda Marsh, bought the mill.\n\nMrs Marsh said it was damp.", "Linda Marsh"),
        ("Anna Marsh said the mill was sold. Tom Marsh said it was not.\n\nMarsh said he saw the deed.", "Tom Marsh"),
    ],
    ids=["stepson", "brother", "son", "subject", "sister after her name", "Mr", "Mrs", "he"],
)
def test_a_surname_is_whom_the_text_is_about_or_whom_a_title_tells(text, name):
    told = tell(text)

    assert told.by(len(told.said) - 1).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Anna Marsh said the mill was sold. Tom Marsh said it was not.\n\nMarsh said the buyer was a bank.",
        "Owen Marsh was jailed. His wife, Clara Marsh, wept.\n\nClara Marsh said it was unfair. Marsh said it rained.",
    ],
)
def test_a_surname_that_may_be_either_s_is_neither_s(text):
    told = tell(text)

    assert told.by(len(told.said) - 1).name == "Marsh"


def test_a_surname_without_namesakes_is_its_bearer_s_whatever_comes_between():
    told = tell("Owen Marsh said the roof leaked. Anna Tarn said it did not. Marsh said it rained.")

    assert told.by(2).name == "Owen Marsh"


def test_mrs_is_nobody_whose_first_name_is_a_man_s():
    told = tell("Mrs Marsh said the roof leaked. Owen Marsh said it did not.")

    assert told.said[0].source_id != told.said[1].source_id


def test_the_names_of_a_text_know_whom_a_surname_means_too():
    found = names("Lee Marsh was jailed for killing his stepson, Jake Marsh, 5. Marsh denied it.")

    assert {n.canonical: len(n.mentions) for n in found.all if n.person} == {"Lee Marsh": 2, "Jake Marsh": 1}
