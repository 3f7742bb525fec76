"""remote_source: all sources speak from elsewhere than where it happened."""

import pytest

from secondsource.flags.remote_source import assess
from secondsource.model import FlagLevel, SourceKind
from tests.unit.corpus.reports import person, report
from tests.unit.flags.cases import not_assessed, quotes, raised

STRAND = person("Owen Strand")
SAYS = "The two groups have sealed a pact in Yarmesh"


def told(*sources, spoke_from="Marrenport", **more):
    return report("Courier", *sources, spoke_from=spoke_from, **({"place": "Yarmesh", "says": SAYS} | more))


def test_a_source_that_speaks_from_elsewhere_is_flagged_with_both_places():
    (flag,) = raised(assess, told(STRAND))

    assert flag.level == FlagLevel.NOTE
    assert flag.reason == "Owen Strand spoke from Marrenport; the claim is about Yarmesh."
    assert "Marrenport" in quotes(flag)


@pytest.mark.parametrize("place", ["Yarmesh", "yarmesh", "eastern Yarmesh"])
def test_a_source_that_speaks_from_there_is_not_flagged(place):
    assert raised(assess, told(STRAND, spoke_from=place)) == []


def test_a_source_whose_place_is_not_told_can_not_be_assessed():
    (reason,) = not_assessed(assess, told(STRAND, spoke_from=None))

    assert reason == "no words were found in Courier's report that say where Owen Strand spoke from."
    assert raised(assess, told(STRAND, spoke_from=None)) == []


def test_a_claim_without_a_place_can_not_be_assessed():
    """What is not recognised may stand there all the same."""
    assert not_assessed(assess, told(STRAND, place=None)) == ["no place was recognised in the claim."]


def test_a_source_at_any_of_the_places_that_the_claim_names_is_on_the_spot():
    there = told(
        STRAND, spoke_from="Yarmesh", place="Marun", says="The rebels took the town of Yarmesh in eastern Marun"
    )

    assert raised(assess, there) == []
    assert not_assessed(assess, there) == []


def test_a_place_whose_name_is_only_part_of_a_word_of_the_claim_is_none_of_it():
    elsewhere = told(STRAND, spoke_from="Arm", says="The army has left the town of Yarmesh")

    assert len(raised(assess, elsewhere)) == 1


def test_who_speaks_at_the_scene_is_on_the_spot():
    there = told(STRAND, spoke_from="the scene")

    assert raised(assess, there) == []
    assert not_assessed(assess, there) == []


def test_where_a_building_stands_is_not_known():
    inside = told(STRAND, spoke_from="Tarn Hospital")

    assert raised(assess, inside) == []
    assert not_assessed(assess, inside) == ["whether Tarn Hospital is in Yarmesh is not known."]


@pytest.mark.parametrize("kind", [SourceKind.DOCUMENT, SourceKind.POLL, SourceKind.POST])
def test_documents_speak_from_nowhere(kind):
    paper = told(STRAND.model_copy(update={"kind": kind}), spoke_from=None)

    assert raised(assess, paper) == []
    assert not_assessed(assess, paper) == []


@pytest.mark.parametrize("occurrence", [told(), told(STRAND, headline=False)], ids=["no source", "no headline"])
def test_claims_without_a_source_and_those_that_are_no_headline_are_passed_over(occurrence):
    assert raised(assess, occurrence) == []
    assert not_assessed(assess, occurrence) == []
