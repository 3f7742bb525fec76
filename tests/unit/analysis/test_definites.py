"""A bare "the nurse", "the force", "the lender": somebody named before, or it cannot be said who."""

import pytest

from secondsource.model import SourceKind
from tests.unit.analysis.reading import tell

CLOSED = "said the building had been closed since Monday"


def again(who, then):
    """The sources of what ``who`` says first and of what ``then`` says further on."""
    told = tell(f"{who} {CLOSED}.\n\nThe fire started on the second floor, {then} said.")
    return told.by(0), told.by(1)


@pytest.mark.parametrize(
    ("who", "then"),
    [
        ("Nurse Ellie Tarn", "the nurse"),
        ("Gen. Mark Tarn", "the general"),
        ("Dr Ana Tarn", "the doctor"),
        ("Headteacher Lucy Tarn", "the headteacher"),
        ("Goalkeeper Paul Tarn", "the goalkeeper"),
        ("Author Clara Tarn", "the novelist"),
        ("Virologist Ana Tarn", "the scientist"),
        ("Inspector Orin Tarn", "the officer"),
        ("Ambassador Paul Tarn", "the diplomat"),
        ("Tenor Luca Tarn", "the singer"),
        ("Paul Tarn, a plumber from Marun,", "the plumber"),
        ("Karen Tarn, who chairs the committee,", "the chairwoman"),
        ("Tom Tarn, who runs the shelter,", "the manager"),
        ("Actor Daniel Tarn", "the 45-year-old actor"),
        ("Tom Tarn, 64,", "the pensioner"),
        ("Clara Tarn, 51, a voter,", "the 51-year-old voter"),
    ],
)
def test_who_has_the_role_is_meant(who, then):
    first, second = again(who, then)

    assert second is first
    assert first.kind == SourceKind.NAMED_PERSON


@pytest.mark.parametrize(
    ("who", "then"),
    [
        ("Tarnshire Police", "the force"),
        ("The Home Office of Kelmar", "the department"),
        ("Germany's Foreign Ministry", "the ministry"),
        ("The Royal College of Dentists", "the college"),
        ("The National Rain Service", "the service"),
        ("Brellin Bank", "the lender"),
        ("Brellin Motors", "the manufacturer"),
        ("Corda Rail", "the train operator"),
        ("Corda Rail", "the operator, which is based in Marun,"),
    ],
)
def test_what_body_can_be_called_so_is_meant(who, then):
    first, second = again(who, then)

    assert second is first


@pytest.mark.parametrize(
    ("who", "then"),
    [
        ("Mayor Ellie Tarn", "the driver"),
        ("Nurse Ellie Tarn", "a nurse"),
        ("Nurse Ellie Tarn", "the other nurse"),
        ("Nurse Ellie Tarn", "the ward nurse"),
        ("Tom Tarn, 34,", "the mum"),
        ("Ellie Tarn", "the source"),
        ("Japan", "the operator"),
        ("The Foreign Ministry", "the operator"),
        ("The Tarn Army", "the force"),
        ("Brellin Bank", "the union"),
        ("Brellin Bank", "the watchdog"),
    ],
)
def test_who_or_what_cannot_be_called_so_is_another_one(who, then):
    first, second = again(who, then)

    assert second is not first
    assert second.kind not in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) or second.anonymity is not None


@pytest.mark.parametrize(
    "text",
    [
        f"Ellie Tarn {CLOSED}.\n\nThe nurse said the lifts had failed.",
        f"Nurse Ellie Tarn {CLOSED}. Nurse Amy Lorn said it was open.\n\nThe nurse said the lifts had failed.",
        f"Nurse Ellie Tarn {CLOSED}. A nurse was hurt when a lift fell.\n\nThe nurse said the lifts had failed.",
    ],
    ids=["nothing told of her", "two nurses", "another nurse"],
)
def test_where_somebody_named_may_be_meant_it_is_not_said_that_nobody_is_named(text):
    told = tell(text)
    found = told.by(len(told.said) - 1)

    assert found.kind == SourceKind.UNNAMED_PERSON
    assert found.anonymity is None


def test_one_told_of_before_by_the_same_word_stays_who_it_was():
    told = tell(f"Ellie Tarn {CLOSED}. A porter was hurt when a lift fell.\n\nThe porter said the lifts had failed.")

    assert told.by(1).anonymity is not None


def test_of_two_who_had_the_office_who_has_it_still_is_meant():
    told = tell(
        "President Ana Lorn said the port was shut. Former president Jon Holt said it was open.\n\nShips turned "
        "away.\n\nThe president said the harbour had failed."
    )

    assert told.by(2).name == "Ana Lorn"
