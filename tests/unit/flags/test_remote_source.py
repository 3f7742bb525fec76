"""remote_source: all sources speak from elsewhere than where it happened."""

import pytest

from secondsource.flags.remote_source import assess
from secondsource.model import FlagLevel
from tests.unit.corpus.reports import person, report
from tests.unit.flags.cases import not_assessed, quotes, raised

STRAND = person("Owen Strand")
SAYS = "The two groups have sealed a pact in Yarmesh"


def told(*sources, spoke_from="Marrenport", **more):
    return report("Courier", *sources, says=SAYS, spoke_from=spoke_from, **({"place": "Yarmesh"} | more))


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

    assert "Owen Strand" in reason
    assert raised(assess, told(STRAND, spoke_from=None)) == []


def test_a_claim_without_a_place_can_not_be_assessed():
    assert not_assessed(assess, told(STRAND, place=None)) == ["the claim does not say where it takes place."]


@pytest.mark.parametrize("occurrence", [told(), told(STRAND, headline=False)], ids=["no source", "no headline"])
def test_claims_without_a_source_and_those_that_are_no_headline_are_passed_over(occurrence):
    assert raised(assess, occurrence) == []
    assert not_assessed(assess, occurrence) == []
