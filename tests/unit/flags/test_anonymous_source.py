"""anonymous_source: every source is unnamed; the less a reader is told, the graver."""

import pytest

from secondsource.flags.anonymous_source import assess
from secondsource.model import Anonymity, FlagLevel, SourceKind
from tests.unit.corpus.reports import person, report, unnamed
from tests.unit.flags.cases import not_assessed, quotes, raised

REASON = "because they were not authorised to speak"


def level(grade, reason=None, headline=True):
    (flag,) = raised(assess, report("Courier", unnamed("officials", grade=grade, reason=reason), headline=headline))
    return flag.level


@pytest.mark.parametrize(
    ("grade", "reason", "expected"),
    [
        ("vague", None, FlagLevel.WARNING),
        ("vague", REASON, FlagLevel.CAUTION),
        ("general", None, FlagLevel.CAUTION),
        ("general", REASON, FlagLevel.CAUTION),
        ("specific", None, FlagLevel.CAUTION),
        ("specific", REASON, FlagLevel.CAUTION),
    ],
)
def test_the_level_follows_from_description_and_reason(grade, reason, expected):
    assert level(grade, reason) == expected


def test_well_described_sources_of_a_claim_that_is_no_headline_are_a_note():
    assert level("specific", REASON, headline=False) == FlagLevel.NOTE
    assert level("vague", headline=False) == FlagLevel.WARNING


@pytest.mark.parametrize(
    ("name", "role", "kind"),
    [
        ("a police spokesman", "spokesman", SourceKind.UNNAMED_PERSON),
        ("prosecutors", "prosecutor", SourceKind.UNNAMED_GROUP),
        ("the governor", "governor", SourceKind.UNNAMED_PERSON),
        ("Marun's chief of police", "chief", SourceKind.UNNAMED_PERSON),
    ],
)
def test_who_answers_for_what_is_said_is_a_note(name, role, kind):
    (flag,) = raised(assess, report("Courier", unnamed(name, role=role, kind=kind)))

    assert flag.level is FlagLevel.NOTE
    assert "by office or body" in flag.reason


@pytest.mark.parametrize(
    ("name", "role", "kind"),
    [
        ("a spokesman", "spokesman", SourceKind.UNNAMED_PERSON),
        ("a minister", "minister", SourceKind.UNNAMED_PERSON),
        ("a prosecutor", "prosecutor", SourceKind.UNNAMED_PERSON),
        ("two governors", "governor", SourceKind.UNNAMED_GROUP),
    ],
)
def test_who_may_be_anybody_is_a_caution(name, role, kind):
    (flag,) = raised(assess, report("Courier", unnamed(name, role=role, kind=kind)))

    assert flag.level is FlagLevel.CAUTION


def test_a_spokesman_who_does_not_want_to_be_named_is_no_note():
    spokesman = unnamed("a police spokesman", role="spokesman", kind=SourceKind.UNNAMED_PERSON, reason=REASON)
    (flag,) = raised(assess, report("Courier", spokesman))

    assert flag.level is FlagLevel.CAUTION


@pytest.mark.parametrize(
    ("name", "role"),
    [("a judge", "judge"), ("an inquest jury", "jury"), ("58% of voters", "voter"), ("nine in ten", None)],
)
def test_a_ruling_and_a_share_of_many_raise_nothing(name, role):
    assert raised(assess, report("Courier", unnamed(name, role=role))) == []


def test_the_reason_that_the_article_gives_is_told_and_shown():
    (flag,) = raised(assess, report("Courier", unnamed("two officials", reason=REASON)))

    assert REASON in flag.reason
    assert quotes(flag) == ["two officials", REASON]


def test_where_no_reason_is_given_that_is_told():
    (flag,) = raised(assess, report("Courier", unnamed("two officials")))

    assert "no reason is given" in flag.reason
    assert "two officials" in flag.reason


def test_one_named_source_beside_unnamed_ones_is_enough():
    assert raised(assess, report("Courier", unnamed("officials"), person("Owen Strand"))) == []


def test_two_unnamed_sources_are_still_unnamed():
    (flag,) = raised(assess, report("Courier", unnamed("officials"), unnamed("two diplomats")))

    assert quotes(flag) == ["officials", "two diplomats"]


def test_of_several_unnamed_sources_the_one_of_whom_most_is_told_decides():
    vague, described = unnamed("officials", grade="vague"), unnamed("two diplomats", grade="specific", reason=REASON)

    (flag,) = raised(assess, report("Courier", vague, described))
    (alone,) = raised(assess, report("Courier", vague))

    assert (flag.level, alone.level) == (FlagLevel.CAUTION, FlagLevel.WARNING)


def test_a_second_report_with_names_leaves_the_first_flagged():
    flags = raised(assess, report("Courier", unnamed("officials")), report("Record", person("Owen Strand")))

    assert [flag.evidence[0].article_id for flag in flags] == ["art_courier"]


def test_a_group_one_of_whom_is_named_further_down_is_not_flagged():
    researchers = unnamed("researchers at the institute")
    named = researchers.model_copy(
        update={"anonymity": Anonymity(grade="general", description="researchers", named_later="Lena Orvik")}
    )

    assert raised(assess, report("Courier", named)) == []


@pytest.mark.parametrize(
    "told",
    [
        report("Courier", person("Owen Strand")),
        report("Courier"),
        report("Courier", unnamed("officials"), own_witness=True),
        report("Courier", denied_by=[unnamed("officials")], reporting=False),
    ],
    ids=["named", "no source", "own witness", "only denied"],
)
def test_it_is_not_raised_without_unnamed_carriers_alone(told):
    assert raised(assess, told) == []
    assert not_assessed(assess, told) == []


def test_where_the_newsroom_has_learned_it_who_told_it_is_asked():
    newsroom, member, minister = (
        person("Courier", SourceKind.OUTLET_ITSELF),
        unnamed("a member of the council"),
        person("Ana Lorn"),
    )
    alone = report("Courier", newsroom)
    told, named = (
        report("Courier", newsroom, who).model_copy(update={"told_by": ("s2",)}) for who in (member, minister)
    )

    assert raised(assess, alone) == []
    (flag,) = raised(assess, told)
    assert quotes(flag) == ["a member of the council"]
    assert raised(assess, named) == []
