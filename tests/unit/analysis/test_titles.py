"""Titles before a name: no part of it, the role of who has it, and nobody's group."""

import pytest

from secondsource.model import SourceKind
from tests.unit.analysis.reading import tell

DAM = "said the dam was unsafe."


def only(text):
    """The one source of a text."""
    (source,) = tell(text).sources.values()
    return source


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ("Councillor Jane Tarn", "Cllr Tarn", "Jane Tarn"),
        ("Cllr Tom Tarn", "Cllr Tarn", "Tom Tarn"),
        ("Acting Superintendent Rob Tarn", "Supt Tarn", "Rob Tarn"),
        ("Assistant Chief Constable Mark Tarn", "ACC Tarn", "Mark Tarn"),
        ("Rev. Al Tarn", "The Rev Tarn", "Al Tarn"),
        ("Baroness Hale", "Lady Hale", "Baroness Hale"),
        ("Sir Keir Tarn", "Sir Keir", "Keir Tarn"),
        ("Nurse Ellie Tarn", "Tarn", "Ellie Tarn"),
    ],
)
def test_another_title_or_its_short_form_is_the_same_person(first, then, name):
    told = tell(f"{first} {DAM} {then} said residents had been heard.")

    assert [s.name for s in told.sources.values()] == [name]
    assert told.by(0).kind == SourceKind.NAMED_PERSON


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Chief Constable", "Chief Constable"),
        ("Chief Superintendent", "Chief Superintendent"),
        ("Home Secretary", "Home Secretary"),
        ("Farmer", "Farmer"),
    ],
)
def test_the_whole_title_is_the_role_and_none_of_it_the_name(title, role):
    source = only(f"{title} Ann Tarn {DAM}")

    assert (source.name, source.role) == ("Ann Tarn", role)


@pytest.mark.parametrize(
    "title",
    [
        "Home Secretary",
        "Detective Inspector",
        "Prime Minister",
        "Interior Minister",
        "Foreign Secretary",
        "Finance Minister",
        "Culture Secretary",
        "Attorney General",
        "District Attorney",
        "Fire Chief",
        "Police Chief",
        "Deputy Mayor",
        "Shadow chancellor",
    ],
)
def test_a_part_of_a_title_is_no_group_and_we_are_who_speaks(title):
    told = tell(f"{title} Paul Tarn said: “We believe the men fled in a van.”")

    assert [s.name for s in told.sources.values()] == ["Paul Tarn"]
    assert told.by(0).affiliations == ()


@pytest.mark.parametrize(
    ("who", "group"),
    [
        ("Brellin Foods chief executive Jo Tarn", "Brellin Foods"),
        ("Treasury Secretary Paul Tarn", "Treasury"),
        ("Marun Police Chief Ana Lorn", "Marun Police"),
        ("Labour leader Ellen Tarn", "Labour"),
    ],
)
def test_a_body_before_a_role_is_the_group_of_who_has_it(who, group):
    assert [a.name for a in only(f"{who} {DAM}").affiliations] == [group]


def test_officials_of_a_ministry_are_tied_to_it():
    assert [a.name for a in only(f"Interior ministry officials {DAM}").affiliations] != []


@pytest.mark.parametrize("name", ["Dean Tarn", "General Motors", "Prince Harald", "Di Tarn"])
def test_what_is_a_name_is_no_title(name):
    assert only(f"{name} {DAM}").name == name
