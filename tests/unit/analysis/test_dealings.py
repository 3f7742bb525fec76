"""Who asks for what, who pays whom, who makes or owns what, who stands by whom."""

import pytest

from secondsource.model import RelationType
from tests.unit.analysis.reading import relations


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("The Front asked for weapons.", "Front seeks weapons"),
        ("The Front is seeking weapons from abroad.", "Front seeks weapons"),
        ("The Harbour Union called for higher wages.", "Harbour Union seeks wages"),
        ("Brellin Foods is lobbying the council to approve a loan.", "Brellin Foods seeks loan"),
        ("The study was funded by Brellin Foods.", "study funded_by Brellin Foods"),
        ("The study, which was paid for by Brellin Foods, is new.", "study funded_by Brellin Foods"),
        ("Brellin Foods sponsors the trial.", "trial funded_by Brellin Foods"),
        ("The Brellin-funded study was published in May.", "study funded_by Brellin"),
        ("The Harrow Institute receives money from Brellin Foods.", "Harrow Institute funded_by Brellin Foods"),
        (
            "Owen Strand, a paid consultant to Brellin Foods, spoke in Marun.",
            "Owen Strand funded_by Brellin Foods",
        ),
        ("Brellin Foods makes Vellitose.", "Brellin Foods makes Vellitose"),
        ("Vellitose is made by Brellin Foods.", "Brellin Foods makes Vellitose"),
        ("The Harrow Institute is owned by Brellin Foods.", "Harrow Institute owned_by Brellin Foods"),
        (
            "The Harrow Institute, which is owned by Brellin Foods, opened an office.",
            "Harrow Institute owned_by Brellin Foods",
        ),
        (
            "Ardsel Ingredients, a subsidiary of Brellin Foods, opened a mill.",
            "Ardsel Ingredients owned_by Brellin Foods",
        ),
        ("Senator Owen Strand endorsed Mayor Tessa Rowe.", "Owen Strand ally_of Tessa Rowe"),
        ("Mayor Tessa Rowe was endorsed by the Harbour Union.", "Tessa Rowe party_to the election"),
        ("Owen Strand, a retired general who backs Tessa Rowe, spoke.", "Owen Strand ally_of Tessa Rowe"),
        ("The Front is allied with the Salt Road Committee.", "Front ally_of Salt Road Committee"),
    ],
)
def test_what_is_asked_paid_owned_made_and_endorsed_is_stated(text, stated):
    assert stated in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Front is not seeking weapons.",
        "The Front could ask for weapons.",
        "The Front is seeking peace.",
        "Tessa Rowe is seeking help.",
        "The study was not funded by Brellin Foods.",
        "Brellin Foods may fund the study.",
        "Did Brellin Foods pay for the study?",
        "Brellin Foods would make Vellitose if it could.",
        "Brellin Foods does not make Vellitose.",
        "Senator Owen Strand declined to endorse Mayor Tessa Rowe.",
        "Brellin Foods supports the plan.",
    ],
)
def test_what_is_negated_supposed_or_asked_is_not(text):
    assert relations(text) == set()


def test_what_belongs_to_a_maker_is_its_own_both_ways():
    text = "The Harrow Institute, which is owned by Brellin Foods, opened an office."

    assert relations(text, RelationType.MAKES) == {"Brellin Foods makes Harrow Institute"}
