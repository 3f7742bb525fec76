"""Whom "he" or "she" means: a speaker or subject nearby, of that gender as far as the text or a first name tells."""

import pytest

from secondsource.model import SourceKind
from tests.unit.analysis.reading import tell


def last(text):
    """The source of the last attribution of a text."""
    told = tell(text)
    return told.by(len(told.said) - 1)


LANE = "Detective Mark Lane said the gang sought out the old. “They are ruthless,” he said."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Finance Minister David Cole told lawmakers that the bank was sound.\n\nA senior official at the central "
            "bank said two lenders had asked for loans. He said a third was expected to.",
            "A senior official at the central bank",
        ),
        (
            "Mayor Ana Lorn said the bridge was safe.\n\nAn engineer who worked on it said the bolts were loose. She "
            "said she had told the council.",
            "An engineer",
        ),
        (
            "Jonas Ravik said the dam was safe. A neighbour told the Courier that water came in. He said it smelt of "
            "oil.",
            "A neighbour",
        ),
        (
            "Clara Venning said the dam was safe.\n\nA woman who lives below it saw water come through the wall. She "
            "said it smelt of oil.",
            "A woman",
        ),
    ],
    ids=["official", "engineer", "same paragraph", "subject that does not speak"],
)
def test_an_unnamed_speaker_nearby_is_meant_and_no_named_one_before(text, name):
    found = last(text)

    assert (found.name, found.kind) == (name, SourceKind.UNNAMED_PERSON)


@pytest.mark.parametrize(
    "story",
    [
        "Tom Lyle, 82, lost 40,000 in three days. He said the caller knew his name.",
        "Tom Lyle, 82, lost 40,000 in three days. “They knew my name,” he said.",
        "Tom Lyle lives with two dogs in Marun. In May, he said, the caller knew his name.",
        "In May, police called on Tom Lyle, 82. He had lost 40,000. He said the caller knew his name.",
        "The gang robbed Tom Lyle, 82, in May. He said the caller knew his name.",
    ],
)
def test_whom_a_new_paragraph_is_about_is_meant_and_not_who_spoke_in_the_last_one(story):
    assert last(f"{LANE}\n\n{story}").name == "Tom Lyle"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("The gang robbed Clara Lyle, 82, in May. He said it would be caught.", "Mark Lane"),
        ("The gang was first seen in Marun in May. He said it would be caught.", "Mark Lane"),
        ("Clara Lyle, 82, lost 40,000 in May. He said the gang would be caught.", "Mark Lane"),
    ],
)
def test_who_spoke_before_is_meant_where_nobody_else_may_be(story, name):
    assert last(f"{LANE}\n\n{story}").name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Mary Clarke said the firm had lied to her. The firm's boss, John Price, said she was wrong. She said she "
            "would sue it.",
            "Mary Clarke",
        ),
        ("Robert Lorn said his account was shut. Jennifer Tarn said it was not. He said it was.", "Robert Lorn"),
        (
            "“It was awful,” said Alice Lorn. Her boyfriend, Orin Tarn, said they ran. She said it was hot.",
            "Alice Lorn",
        ),
        (
            "Marn Lorn, who lost her job, said it was wrong. John Tarn said it was right. She said she wept.",
            "Marn Lorn",
        ),
    ],
    ids=["she", "he", "by what he is to her", "by her job"],
)
def test_she_is_no_man_and_he_no_woman(text, name):
    assert last(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Clara Venning said the wall was old. Marn Vass said it was new. She said it would fall.",
        f"{LANE}\n\nThe gang robbed Orin Lyle, 82, in May. He said it would be caught.",
    ],
    ids=["the other may be a woman too", "robbed or telling of it"],
)
def test_where_it_may_be_one_or_another_nobody_is_meant(text):
    found = last(text)

    assert found.kind == SourceKind.UNNAMED_PERSON
    assert found.anonymity is None


def test_several_are_not_he():
    told = tell("Jonas Ravik said the dam was safe.\n\nTwo officials said it was not. He said they were wrong.")

    assert told.by(2).name == "Jonas Ravik"


def test_who_is_quoted_does_not_mean_himself_by_he():
    told = tell("“He said he was scared,” Tom Lyle told the court.")

    assert [s.name for s in told.sources.values() if s.kind == SourceKind.NAMED_PERSON] == ["Tom Lyle"]
    assert len({s.source_id for s in told.said}) == 2


def test_of_whom_somebody_speaks_is_not_who_speaks():
    assert (
        last(
            "Clara Venning said the wall was old. Tom Lyle said Mark Lane had lied. He said so twice to the court that the wall fell."
        ).name
        == "Tom Lyle"
    )


def test_who_accuses_somebody_may_deny_something_else():
    said = "Clara Venning accused Ana Lorn of lying. She denied"

    assert last(f"{said} that she had been in Dremna on Monday.").name == "Clara Venning"
    assert last(f"{said} it.").name == "Ana Lorn"
