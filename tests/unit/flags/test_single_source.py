"""single_source: one source in the article, and one origin across all articles known."""

from secondsource.flags.single_source import assess
from secondsource.model import FlagLevel
from tests.unit.corpus.reports import nameless, person, report
from tests.unit.flags.cases import not_assessed, quotes, raised

STRAND, MARSH = person("Owen Strand"), person("Dela Marsh")


def test_one_source_in_the_only_report_is_flagged_and_named():
    (flag,) = raised(assess, report("Courier", STRAND))

    assert "Owen Strand" in flag.reason
    assert "Courier" in flag.reason
    assert quotes(flag) == ["Owen Strand"]
    assert (flag.scope.kind, flag.scope.articles) == ("article", 1)


def test_the_headline_claim_asks_for_more_care_than_another_one():
    (headline,) = raised(assess, report("Courier", STRAND))
    (other,) = raised(assess, report("Courier", STRAND, headline=False))

    assert (headline.level, other.level) == (FlagLevel.CAUTION, FlagLevel.NOTE)


def test_two_sources_are_not_flagged():
    assert raised(assess, report("Courier", STRAND, MARSH)) == []


def test_two_who_are_named_in_one_breath_are_not_flagged():
    at = report("Courier", STRAND, MARSH)
    strand, marsh = at.attributions
    together = strand.model_copy(update={"other_source_ids": (marsh.source_id,)})

    assert raised(assess, at.model_copy(update={"attributions": (together,)})) == []
    assert len(raised(assess, at.model_copy(update={"attributions": (strand,)}))) == 1


def test_a_source_and_an_outlet_that_is_cited_are_two():
    assert raised(assess, report("Courier", STRAND, cites=["Reuters"])) == []


def test_a_single_outlet_that_is_cited_is_the_one_source():
    (flag,) = raised(assess, report("Courier", cites=["Reuters"]))

    assert quotes(flag) == ["Reuters"]


def test_what_the_newsroom_saw_itself_is_not_flagged():
    assert raised(assess, report("Courier", STRAND, own_witness=True)) == []


def test_a_report_without_any_source_is_not_flagged_here():
    assert raised(assess, report("Courier")) == []


def test_an_independent_second_report_takes_the_flag_away():
    assert raised(assess, report("Courier", STRAND), report("Record", MARSH)) == []


def test_a_second_report_from_the_same_source_does_not_take_it_away():
    flags = raised(assess, report("Courier", STRAND), report("Record", STRAND))

    assert [flag.evidence[0].article_id for flag in flags] == ["art_courier", "art_record"]
    assert all("all 2 reports known rest on one origin" in flag.reason for flag in flags)
    assert {flag.scope.articles for flag in flags} == {2}


def test_an_article_that_only_denies_the_claim_is_not_flagged():
    assert raised(assess, report("Tribune", denied_by=[STRAND], reporting=False)) == []


def test_it_can_always_look():
    assert not_assessed(assess, report("Courier"), report("Record", STRAND)) == []


def test_a_report_without_a_name_is_this_one():
    (flag,) = raised(assess, nameless(report("Courier", STRAND)))

    assert flag.reason == "In this report the claim rests on one source, Owen Strand."
