"""Which claim a denial is about that does not say it: "denied this", "rejected the claim"."""

import pytest

from tests.unit.analysis.reading import read

FERRY = "The ferry at Marun will stop in June, the harbour board said on Monday."
FARES = f"{FERRY}\n\nThe board said that fares had doubled since May.\n\n"
"""An article that is past its lead."""


@pytest.mark.parametrize("apart", [" ", "\n\n"])
@pytest.mark.parametrize(
    "denial",
    [
        "The operator denied this.",
        "The operator denied that on Tuesday.",
        "The operator rejected the claim.",
        "The operator disputed this and said that the wall was new.",
        "Its chair, Ana Lorn, said that was untrue.",
        "“That is a lie,” said its chair, Ana Lorn.",
        "The operator denied that this was so.",
    ],
)
def test_a_denial_is_of_what_was_said_just_before_it(denial, apart):
    found = read(f"{FARES}Drivers said that the quay was unsafe in winter.{apart}{denial}")

    assert len(found.claim("quay was unsafe").disputed_by) == 1
    assert not found.headline.disputed_by


def test_an_accusation_in_the_paragraph_before_is_what_is_denied():
    found = read(f"{FARES}Drivers accused the operator of hiding a crack in the quay.\n\nThe operator denied this.")

    assert found.names(found.claim("hiding").disputed_by) == ["The operator"]
    assert not found.headline.disputed_by


def test_a_denial_of_what_makes_no_claim_is_of_no_claim():
    found = read(f"{FARES}The Jorrel Front alleged irregularities in three ports. The operator denied this.")

    assert all(claim.disputed_by == () for claim in found.analysis.claims)


@pytest.mark.parametrize(
    "between",
    ["", "It would run to Tarn until then, the board said. ", "\n\n"],
)
@pytest.mark.parametrize(
    "denial", ["The operator denied it.", "The operator denied this.", "“That is not true,” said Ana Lorn."]
)
def test_a_denial_in_the_lead_is_of_the_headline_claim(between, denial):
    assert read(f"{FERRY} {between}{denial}").headline.disputed_by


@pytest.mark.parametrize(
    ("goes_on", "disputes"), [("One of the officials", True), ("Drivers", False), ("Clara Venning", False)]
)
def test_a_paragraph_by_those_who_make_the_headline_claim_belongs_to_it(goes_on, disputes):
    found = read(
        "The Jorrel Front has sealed a pact with the Vesker Brigades, three officials said on Monday.\n\n"
        f"{goes_on} said that the road to Tarn was closed.\n\nThe Front denied it."
    )

    assert bool(found.headline.disputed_by) == disputes
    assert bool(found.claim("road to Tarn").disputed_by) != disputes


@pytest.mark.parametrize("denial", ["denied the report", "dismissed the story", "denied the allegations"])
def test_a_report_is_of_the_headline_claim_further_down_too(denial):
    assert read(f"{FARES}The operator {denial}.").headline.disputed_by


def test_a_second_denial_is_of_what_the_first_denies():
    found = read(f"{FARES}Drivers said that the quay was unsafe. The operator denied this. Ana Lorn denied it, too.")

    assert found.names(found.claim("quay was unsafe").disputed_by) == ["The operator", "Ana Lorn"]


def test_what_was_said_far_before_is_not_what_is_denied():
    between = "The harbour was busy on Monday.\n\nThe sun shone on the quay."

    found = read(f"{FARES}Drivers said that the quay was unsafe.\n\n{between}\n\nThe operator denied this.")

    assert all(claim.disputed_by == () for claim in found.analysis.claims)


@pytest.mark.parametrize(
    "denied",
    [
        "it was over budget",
        "that it was short of staff",
        "that it had lied to drivers in Marun",
        "this would cost money",
        "that it will stop the ferry from Tarn",
    ],
)
def test_it_with_a_verb_of_its_own_is_not_what_was_said_before(denied):
    found = read(f"{FERRY}\n\nThe operator denied {denied}.")

    assert not found.headline.disputed_by


@pytest.mark.parametrize("denied", ["it", "this on Monday", "that it had happened", "that this was the case"])
def test_it_that_is_or_was_so_is_what_was_said_before(denied):
    assert read(f"{FERRY}\n\nThe operator denied {denied}.").headline.disputed_by


@pytest.mark.parametrize("accused", ["her", "Ana Lorn"])
@pytest.mark.parametrize("accuser", ["A critic", "Clara Venning"])
def test_who_accuses_is_not_who_denies_it(accuser, accused):
    found = read(
        f"Ana Lorn has sung in Marun since May. “I like it there,” says Lorn.\n\n"
        f"{accuser} once accused {accused} of pretending to be poor in Tarn. She denies it."
    )

    assert found.names(found.claim("pretending").disputed_by) == ["Ana Lorn"]
