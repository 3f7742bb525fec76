"""Which claims "could not be verified" is said of: the claim, not every claim of a text that cannot confirm a detail."""

import pytest

from tests.unit.analysis.reading import read

TAKEN = "Rebels shot down an army helicopter near Dremna on Friday, rebel spokesman Idris Kane said."
KILLED = "General Otto Prem was killed near Dremna on Friday, rebel spokesman Idris Kane said."
DEAD = "At least 40 people were killed in the raid on Dremna, rebel spokesman Idris Kane said."
VIDEO = "The video shows soldiers beating a prisoner, Clara Venning said on Monday."
LEAVES = "Ana Lorn will leave the council of Tarn in May, Clara Venning said."


def states(text):
    """The states of the headline claim."""
    return {s.state for s in read(text).headline.states}


@pytest.mark.parametrize(
    "text",
    [
        f"{TAKEN} The claim could not be independently verified.",
        f"{TAKEN} This could not be confirmed.",
        f"{TAKEN} It could not be independently confirmed that the helicopter had been shot down.",
        f"{TAKEN} The Daily Sentinel could not confirm whether rebels had shot down a helicopter.",
        f"{KILLED} His death could not be confirmed.",
        f"{KILLED} The army has not confirmed the death of General Prem.",
        f"{DEAD} The death toll could not be independently verified.",
        f"{VIDEO} The Daily Sentinel could not verify the video.",
        f"{VIDEO} The authenticity of the video could not be verified.",
        "Ana Lorn has been chosen as head of the bank, Clara Venning said. The bank has not confirmed the appointment.",
        f"{TAKEN} There was no independent confirmation.",
        "Clara Venning said rebels had taken Dremna, a claim that could not be independently verified.",
    ],
)
def test_a_claim_is_unverified_where_it_is_that_which_could_not_be_confirmed(text):
    assert states(text) == {"unverified"}


@pytest.mark.parametrize(
    "text",
    [
        "Three people died when a house burned down in Tarn, Clara Venning said. The cause of the fire has not been "
        "confirmed.",
        "Three people died when a house burned down in Tarn, Clara Venning said. The cause of the fire has not been "
        "confirmed, Ana Lorn said.",
        f"{KILLED} The army has not confirmed how he died.",
        f"{DEAD} It has not been confirmed how many of them were soldiers.",
        f"{DEAD} The identity of the dead has not been confirmed.",
        f"{DEAD} Their names have not been confirmed.",
        f"{VIDEO} The Daily Sentinel has verified the video. It could not confirm when it was filmed.",
        f"{LEAVES} Her successor has not been confirmed.",
        f"{LEAVES} A second departure has not been confirmed.",
        "Dremna beat Tarn 2-1 to reach the final, Clara Venning said. The date of the final has not been confirmed.",
        f"{LEAVES} On Sunday a website had spread an unconfirmed rumour that the mayor was ill.",
        f"{LEAVES} On Sunday a website had spread an unconfirmed rumour.",
        "A virus has killed 12 people in Tarn, Clara Venning said. She has not confirmed reports of cases in other cities.",
    ],
)
def test_a_claim_is_not_unverified_because_something_else_is(text):
    assert states(text) == set()


@pytest.mark.parametrize(
    "said",
    [
        "Unconfirmed reports said that the rebels had left the town of Dremna.",
        "There were unconfirmed reports that the rebels had left the town of Dremna.",
        "According to unverified reports, the rebels had left the town of Dremna.",
    ],
)
def test_what_unconfirmed_reports_say_is_unverified_and_nothing_else_is(said):
    found = read(f"{said} The army said that the dam at Tarn was safe and would be opened in May.")

    assert [s.state for s in found.claim("rebels").states] == ["unverified"]
    assert found.claim("dam").states == ()


def test_a_chain_of_reports_of_reports_has_an_end():
    assert states(f"{TAKEN} The report {'of the report ' * 200}could not be confirmed.") is not None
