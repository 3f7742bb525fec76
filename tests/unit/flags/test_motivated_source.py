"""motivated_source: all who carry the claim have a stake that it serves."""

from dataclasses import replace

import pytest

from secondsource.flags.motivated_source import assess
from secondsource.model import Evidence, Flag, FlagLevel, Position, Relation, RelationType, Stake, StakeLevel, Tie
from tests.unit.corpus.reports import body, person, report, unnamed
from tests.unit.flags.cases import case, not_assessed, quotes, raised

COUNCIL = "Ondresian National Council"
LOST = "The council lost the town of Dremna to the Front"


def stake(
    source_id="s1",
    name="Idris Kane",
    level=StakeLevel.LIKELY,
    confidence=0.74,
    motivated=True,
    article="art_courier",
    **more,
):
    return Stake(
        article_id=article,
        source_id=source_id,
        source_name=name,
        level=level,
        confidence=confidence,
        motivated=motivated,
        reason="the council lost to the Front",
        evidence=(Evidence(article_id="", start=0, end=0, exact=LOST, shows="lost to the Front"),),
        **more,
    )


def told_by(*sources, name="Courier"):
    return report(name, *sources, adds=f" {LOST}.")


KANE = person("Idris Kane", role="spokesman", group=COUNCIL)
ORVIK = person("Lena Orvik", role="analyst", group="Harrow Institute")


def test_a_source_with_a_stake_that_carries_the_claim_alone_is_flagged_with_the_words_that_show_it():
    (flag,) = raised(assess, told_by(KANE), stakes=[stake()])

    assert flag.level == FlagLevel.WARNING
    assert flag.confidence == 0.74
    assert flag.reason == "Idris Kane has a stake in this claim: the council lost to the Front."
    assert quotes(flag) == ["Idris Kane", LOST]
    assert (flag.scope.kind, flag.scope.articles) == ("article", 1)


def test_nobody_is_called_biased_or_a_liar():
    (flag,) = raised(assess, told_by(KANE), stakes=[stake()])

    assert "has a stake in this claim" in flag.reason
    assert not any(word in flag.reason.lower() for word in ("bias", "lie", "lying", "motiv"))


@pytest.mark.parametrize(
    ("name", "has"),
    [
        ("The rebels", "have"),
        ("Liberals", "have"),
        ("Tories", "have"),
        ("Harrow police", "have"),
        ("Brellin Foods", "has"),
        ("United Nations", "has"),
        ("Jorrel Press", "has"),
        ("Free Valley Front", "has"),
    ],
)
def test_a_group_of_several_have_a_stake_and_a_firm_has_one(name, has):
    (flag,) = raised(assess, told_by(body(name)), stakes=[stake(name=name)])

    assert f"{name} {has} a stake in this claim".casefold() in flag.reason.casefold()


def test_a_stake_that_is_only_possible_is_a_caution():
    (flag,) = raised(assess, told_by(KANE), stakes=[stake(level=StakeLevel.POSSIBLE, confidence=0.5)])

    assert flag.level == FlagLevel.CAUTION


def test_a_stake_that_is_hardly_possible_is_listed_but_not_flagged():
    assert raised(assess, told_by(KANE), stakes=[stake(level=StakeLevel.POSSIBLE, confidence=0.4)]) == []


def test_one_source_without_a_stake_is_enough():
    assert raised(assess, told_by(KANE, ORVIK), stakes=[stake()]) == []


def test_all_sources_with_a_stake_are_named_and_the_weakest_decides():
    brann = person("Helen Brann", role="spokeswoman", group="Ridge Army")
    strong = stake(against=("the front",))
    weak = stake("s2", "Helen Brann", StakeLevel.POSSIBLE, 0.5, against=("the front",))
    (flag,) = [f for f in raised(assess, told_by(KANE, brann), stakes=[strong, weak]) if f.scope.kind == "article"]

    assert "Idris Kane and Helen Brann each have a stake" in flag.reason
    assert (flag.level, flag.confidence) == (FlagLevel.CAUTION, 0.5)


def test_a_stake_that_the_claim_does_not_serve_is_not_flagged():
    assert raised(assess, told_by(KANE), stakes=[stake(motivated=False)]) == []


def test_a_source_without_a_stake_is_not_flagged():
    told = told_by(ORVIK)

    assert raised(assess, told) == []
    assert not_assessed(assess, told) == []


def test_whom_a_bare_name_speaks_for_can_not_be_assessed():
    (reason,) = not_assessed(assess, told_by(person("Owen Strand", role=None)))

    assert reason == "no role or group of Owen Strand was recognised in Courier's report."


def before_the_claim(occurrence, **more):
    """The article, with where its source stands."""
    (source,) = occurrence.sources
    stands = Position(source_id=source.id, source_name=source.name, **more)
    return occurrence.model_copy(update={"positions": (stands,)})


@pytest.mark.parametrize(
    "more",
    [
        {"ties": (Tie(name="Owen Strand", strength=1.0), Tie(name="hospital", strength=1.0))},
        {"aside": "tells what happened to them"},
    ],
    ids=["heads the hospital", "was trapped in the lift"],
)
def test_nothing_is_missing_of_who_speaks_for_a_body_or_only_of_what_happened_to_him(more):
    assert not_assessed(assess, before_the_claim(told_by(person("Owen Strand", role=None)), **more)) == []


def test_that_somebody_speaks_for_himself_tells_nothing():
    told = before_the_claim(told_by(person("Owen Strand", role=None)), ties=(Tie(name="Owen Strand", strength=1.0),))

    assert len(not_assessed(assess, told)) == 1


def test_a_report_without_sources_or_of_an_outlet_is_left_to_other_rules():
    assert raised(assess, told_by()) == []
    assert not_assessed(assess, told_by()) == []


def test_a_stake_that_another_article_shows_holds_for_the_same_source():
    first = told_by(unnamed("three members", role="member", group=COUNCIL))
    second = report("Record", unnamed("members of it", role="member", group=COUNCIL))

    flags = raised(assess, first, second, stakes=[stake(name="three members")])

    assert [flag.evidence[0].article_id for flag in flags] == ["art_courier", "art_record"]
    assert flags[1].scope.articles == 2
    assert LOST in quotes(flags[1])


def test_a_stake_holds_for_the_same_source_wherever_it_was_first_named():
    """Each report's source is drawn to that of the first; from the third to the second lead two edges."""
    first, second = told_by(KANE, name="Tribune"), told_by(KANE, name="Courier")

    flags = raised(assess, first, second, told_by(KANE, name="Record"), stakes=[stake()])

    assert len(flags) == 3


def test_a_stake_that_another_article_shows_does_not_hold_for_another_source():
    first = told_by(unnamed("three members", role="member", group=COUNCIL))
    second = report("Record", ORVIK)

    flags = raised(assess, first, second, stakes=[stake(name="three members")])

    assert [flag.evidence[0].article_id for flag in flags] == ["art_courier"]


def test_nor_for_one_who_is_hardly_surely_the_same():
    members = unnamed("three members", role="member", group=COUNCIL)
    known = case(told_by(members), report("Record", members), stakes=[stake(name="three members")])

    def flagged(sure):
        edges = tuple(e.model_copy(update={"confidence": sure}) for e in known.origins.edges)
        found = assess(replace(known, origins=known.origins.model_copy(update={"edges": edges})))
        return [f.evidence[0].article_id for f in found if isinstance(f, Flag)]

    assert flagged(0.7) == ["art_courier", "art_record"]
    assert flagged(0.6) == ["art_courier"]


def test_an_article_that_only_denies_the_claim_is_not_flagged():
    denial = report("Tribune", denied_by=[KANE], reporting=False, adds=f" {LOST}.")

    assert raised(assess, denial, stakes=[stake(article="art_tribune")]) == []


# --- all sources of a claim on one side -----------------------------------------------------------------------

OLT = person("Mara Olt", role="officer", group="Kestrel Brigade")
JOINS = Relation(holder="Kestrel Brigade", type=RelationType.MEMBER_OF, other=COUNCIL, shows="is part of the council")


def one_sided(flags):
    """The flags that say so of the claim as a whole."""
    return [flag for flag in flags if flag.rule.id.startswith("one_sided_sources/")]


def by_two(kane=(), olt=(), joins=False):
    """The flags where Kane speaks in the Courier and Olt in the Record; what their stakes are besides."""
    first, second = told_by(KANE), told_by(OLT, name="Record")
    if joins:
        second = second.model_copy(update={"relations": (JOINS,)})
    stakes = [stake(**{"group": COUNCIL, **dict(kane)})]
    stakes.append(stake(name="Mara Olt", article="art_record", **{"group": "Kestrel Brigade", **dict(olt)}))
    return raised(assess, first, second, stakes=stakes)


@pytest.mark.parametrize(
    "given",
    [
        {"olt": {"group": COUNCIL}},
        {"joins": True},
        {"kane": {"against": ("front",)}, "olt": {"against": ("front",)}},
    ],
    ids=["one group", "groups that belong together", "one adversary"],
)
def test_sources_of_two_articles_that_stand_on_one_side_are_told_for_the_claim_as_a_whole(given):
    (flag,) = one_sided(by_two(**given))

    assert "All sources of this claim stand on one side" in flag.reason
    assert "Idris Kane, Mara Olt" in flag.reason
    assert (flag.scope.kind, flag.scope.articles) == ("corpus", 2)
    assert {shown.article_id for shown in flag.evidence} == {"art_courier", "art_record"}
    assert flag.level == FlagLevel.WARNING


def test_and_each_article_has_its_own_flag_beside():
    assert len(by_two(joins=True)) == 3


def test_sources_of_two_sides_are_not():
    assert one_sided(by_two()) == []
    assert one_sided(by_two(kane={"against": ("front",)}, olt={"against": ("council",)})) == []


def test_a_source_of_two_articles_counts_once():
    flags = raised(assess, told_by(KANE), told_by(KANE, name="Record"), stakes=[stake(group=COUNCIL)])

    assert len(flags) == 2
    assert one_sided(flags) == []


def test_one_whose_stake_is_only_possible_makes_it_a_caution():
    (flag,) = one_sided(by_two(olt={"group": COUNCIL, "level": StakeLevel.POSSIBLE, "confidence": 0.5}))

    assert (flag.level, flag.confidence) == (FlagLevel.CAUTION, 0.5)


@pytest.mark.parametrize(
    "third",
    [
        lambda: report("Tribune", ORVIK),
        lambda: report("Tribune", person("Owen Strand", role=None)),
        lambda: report("Tribune", own_witness=True),
    ],
    ids=["no stake", "nobody knows whom he speaks for", "the newsroom saw it"],
)
def test_one_report_that_stands_on_no_side_is_enough_against_it(third):
    first, second = told_by(KANE), told_by(OLT, name="Record")
    stakes = [stake(group=COUNCIL), stake(name="Mara Olt", article="art_record", group=COUNCIL)]

    assert len(one_sided(raised(assess, first, second, stakes=stakes))) == 1
    assert one_sided(raised(assess, first, second, third(), stakes=stakes)) == []


def test_sources_of_two_sides_who_say_the_same_in_one_article_are_no_mark_against_it():
    stakes = [stake(group=COUNCIL), stake("s2", "Mara Olt", group="Kestrel Brigade")]

    assert raised(assess, told_by(KANE, OLT), stakes=stakes) == []
