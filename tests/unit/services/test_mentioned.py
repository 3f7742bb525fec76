"""A change of the register: exactly the claims of the articles that name somebody of it are counted anew."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from secondsource.errors import VersionConflict
from secondsource.model import (
    ActorKind,
    Analysis,
    Effect,
    Evidence,
    Extracted,
    FlagCode,
    Limits,
    Party,
    Position,
    Relation,
    RelationType,
    StakeLevel,
    StakeType,
    Tie,
)
from secondsource.services import mentioned
from secondsource.services import recount as counting
from secondsource.services.changes import GONE
from secondsource.services.mentioned import ARTICLES, recount_named, recount_page
from secondsource.services.read import Read
from secondsource.services.register import Given, GivenRelation, Register
from secondsource.services.retention import unexpired
from secondsource.stored import digest
from tests.contract.samples import START, relation
from tests.unit.services import newsroom
from tests.unit.services.newsroom import TENANT, Crash, Crashing, Newsroom

FELL = "Owen Strand says: The bridge at Marun fell into the river on Monday"
FELL_TOO = "Dela Marsh says: On Monday the old bridge of Marun fell and lay in the river"
STANDS = "Helen Brann says: The tower stands"
OTHER = "Ida Holm says: The harbour closed"


def analyse(extracted: Extracted, article_id: str) -> Analysis:
    """As in the newsroom; who speaks is tied to a group of his name, and each claim has the League as a party."""
    found = newsroom.analyse(extracted, article_id)
    positions = {
        claim.id: tuple(
            Position(
                source_id=source.id,
                source_name=source.name,
                attribution_ids=claim.attribution_ids,
                ties=(Tie(name=f"{source.name} Group", strength=1),),
                parties=(Party(name="Varn League", effect=Effect.HARMED),) if "bridge" in claim.text else (),
            )
            for source in found.sources
            if any(a.source_id == source.id and a.id in claim.attribution_ids for a in found.attributions)
        )
        for claim in found.claims
    }
    return found.model_copy(update={"positions": positions})


def rivals(name: str = "Owen Strand Group", other: str = "Varn League", **changes: Any) -> Given:
    entered = relation(other, date=date(2020, 1, 1))
    given = GivenRelation(**entered.model_dump())
    return Given(name=name, kind=ActorKind.OTHER, relations=(given,), **changes)


@pytest.fixture
def desk() -> Newsroom:
    return Newsroom(analyser=analyse)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims that are counted, in their order."""
    claims: list[str] = []

    def count(store: Any, clock: Any, tenant: str, claim_id: str) -> Any:
        claims.append(claim_id)
        return counting.recount(store, clock, tenant, claim_id)

    monkeypatch.setattr(mentioned, "recount", count)
    return claims


def register(desk: Newsroom) -> Register:
    return Register(desk.store, desk.clock, lambda tenant, names: recount_named(desk.store, desk.clock, tenant, names))


def test_a_change_counts_the_claims_of_the_articles_that_name_the_actor_and_no_others(
    desk: Newsroom, counted: list[str]
) -> None:
    fell, stands, _ = desk.add(FELL), desk.add(STANDS), desk.add(OTHER)
    mine, other = desk.record(fell).claim_id, desk.record(stands).claim_id

    register(desk).put(TENANT, "strand", rivals(other="Nobody"), "desk")
    assert counted == [mine]
    register(desk).put(TENANT, "strand", rivals(other="Varn League", aliases=("Helen Brann Group",)), "desk")
    assert set(counted[1:]) == {mine, other}
    del counted[:]
    register(desk).put(TENANT, "strand", rivals("Nobody", other="No one"), "desk")
    assert set(counted) == {mine, other}
    del counted[:]
    register(desk).delete(TENANT, "strand")
    assert counted == []


def test_an_actor_that_no_article_names_has_nothing_counted(desk: Newsroom, counted: list[str]) -> None:
    desk.add(FELL)
    register(desk).put(TENANT, "x", rivals("Strand", other="League"), "desk")
    assert counted == []


def test_flags_change_with_the_register_and_change_back(desk: Newsroom) -> None:
    article = desk.add(FELL)
    before = desk.record(article)
    kept = register(desk)

    kept.put(TENANT, "strand", rivals(), "desk")
    (flag,) = [flag for flag in desk.record(article).flags if flag.code is FlagCode.MOTIVATED_SOURCE]
    assert [entry.actor_id for entry in flag.entries] == ["strand"]
    (stake,) = desk.record(article).stakes
    assert (stake.level, stake.motivated, stake.types) == (StakeLevel.STATED, True, (StakeType.REGISTERED,))
    assert "Owen Strand Group is a rival of Varn League (entered by desk, 2020-01-01)" in stake.reason
    kept.put(TENANT, "strand", rivals(other="Oss"), "desk")
    assert (desk.record(article).flags, desk.record(article).stakes) == (before.flags, before.stakes)
    kept.put(TENANT, "strand", rivals(aliases=("Strand Group",)), "desk")
    assert desk.record(article).flags != before.flags
    kept.delete(TENANT, "strand")
    assert (desk.record(article).flags, desk.record(article).stakes) == (before.flags, before.stakes)
    told = desk.store.list_events(TENANT, 10, desk.clock.now()).items
    told = [event for event in told if event.claim_id == desk.record(article).claim_id]
    assert [[flag.code for flag in event.after if flag.code is FlagCode.MOTIVATED_SOURCE] for event in told] == [
        [FlagCode.MOTIVATED_SOURCE],
        [],
        [FlagCode.MOTIVATED_SOURCE],
        [],
    ]


def test_an_entry_that_comes_before_the_article_is_weighed_with_it(desk: Newsroom) -> None:
    register(desk).put(TENANT, "strand", rivals(), "desk")

    assert FlagCode.MOTIVATED_SOURCE in {flag.code for flag in desk.record(desk.add(FELL)).flags}
    assert FlagCode.MOTIVATED_SOURCE not in {flag.code for flag in desk.record(desk.add(STANDS)).flags}


def test_an_entry_about_the_other_side_counts_as_well(desk: Newsroom) -> None:
    article = desk.add(FELL)

    register(desk).put(TENANT, "league", rivals("Varn League", "Owen Strand Group"), "desk")

    (flag,) = [flag for flag in desk.record(article).flags if flag.code is FlagCode.MOTIVATED_SOURCE]
    assert [entry.actor_id for entry in flag.entries] == ["league"]


def test_a_name_of_many_articles_is_counted_in_pages_and_each_claim_once_a_page(
    desk: Newsroom, counted: list[str]
) -> None:
    article = desk.add(FELL)
    claim = desk.record(article).claim_id
    (occurrence,) = desk.store.occurrences(TENANT, claim)
    for number in range(2 * ARTICLES):
        name = f"art_{number}"
        desk.store.put_mentions(TENANT, name, START, {"hub": ()})
        desk.store.put_occurrence(TENANT, occurrence.model_copy(update={"article_id": name}))
    desk.store.put_mentions(TENANT, article, START, {"hub": ()})

    cursor = recount_page(desk.store, desk.clock, TENANT, digest("hub"))
    pages = 1
    while cursor:
        cursor = recount_page(desk.store, desk.clock, TENANT, digest("hub"), cursor)
        pages += 1

    assert pages == 3
    assert counted == [claim] * 3


def test_a_page_may_be_repeated(desk: Newsroom) -> None:
    article = desk.add(FELL)
    recount_page(desk.store, desk.clock, TENANT, digest("varn league"))
    once = desk.record(article)
    assert recount_page(desk.store, desk.clock, TENANT, digest("varn league")) is None
    assert desk.record(article) == once.model_copy(update={"version": once.version + 1})


def test_a_writer_that_wins_every_time_has_counted_it(desk: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add(FELL)

    def lose(*_: Any) -> None:
        raise VersionConflict

    monkeypatch.setattr(mentioned, "recount", lose)
    assert recount_page(desk.store, desk.clock, TENANT, digest("varn league")) is None


def test_whom_an_article_names_is_forgotten_with_it(desk: Newsroom) -> None:
    article = desk.add(FELL)
    assert [found.article_id for found in desk.store.mentions(TENANT, "varn league", 10).items] == [article]
    desk.annotate.delete(TENANT, article)
    assert desk.store.mentions(TENANT, "varn league", 10).items == ()
    assert desk.store.mentions(TENANT, "owen strand group", 10).items == ()


def found(desk: Newsroom, *names: str) -> list[str]:
    """The articles that these names lead to."""
    return [item.article_id for name in names for item in desk.store.mentions(TENANT, name, 10).items]


@pytest.mark.parametrize("after", [False, True])
def test_an_article_whose_writer_stopped_is_found_by_its_names_once_it_is_sent_again(after: bool) -> None:
    for call in count(1):
        desk = Newsroom(analyser=analyse)
        store = Crashing(desk.store, call, after)
        with suppress(Crash):
            Newsroom(desk.clock, store, analyse).add(FELL)
        desk.clock.now()
        article = desk.add(FELL)
        assert found(desk, "varn league", "owen strand group") == [article] * 2
        if not store.spent:
            return


@pytest.mark.parametrize("after", [False, True])
def test_whom_an_article_names_is_forgotten_also_where_the_deletion_was_broken_off(after: bool) -> None:
    for call in count(1):
        desk = Newsroom(analyser=analyse)
        article = desk.add(FELL)
        store = Crashing(desk.store, call, after)
        with suppress(Crash):
            Newsroom(desk.clock, store, analyse).annotate.delete(TENANT, article)
        desk.annotate.delete(TENANT, article)
        assert found(desk, "varn league", "owen strand group") == []
        assert desk.records() == []
        if not store.spent:
            return


def test_the_claims_of_a_deleted_article_are_counted_without_what_it_stated(
    desk: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = desk.add(FELL)
    there: list[list[str]] = []
    count_one = counting._counted

    def note(*args: Any) -> Any:
        there.append(found(desk, "varn league"))
        return count_one(*args)

    desk.add(FELL_TOO, publisher="Record")
    monkeypatch.setattr(counting, "_counted", note)
    desk.annotate.delete(TENANT, article)
    assert there
    assert all(article not in seen for seen in there)


RIVALRY = "Owen Strand Group has been a bitter rival of Varn League for years"
MILL = f"Ida Holm says: The mill at Oss burned down\n{RIVALRY}"


def analyse_stated(extracted: Extracted, article_id: str) -> Analysis:
    """The same, with what an article states outside its claims."""
    found = analyse(extracted, article_id)
    start = extracted.text.find(RIVALRY)
    if start < 0:
        return found
    words = Evidence(article_id=article_id, start=start, end=start + len(RIVALRY), exact=RIVALRY)
    stated = Relation(
        holder="Owen Strand Group",
        type=RelationType.RIVAL_OF,
        other="Varn League",
        shows="Owen Strand Group is a rival of Varn League",
        evidence=words,
    )
    return found.model_copy(update={"relations": (stated,)})


def flags_of(desk: Newsroom, article_id: str) -> set[FlagCode]:
    return {flag.code for flag in desk.record(article_id).flags}


def told_of(desk: Newsroom, claim_id: str) -> str:
    """All that the claim's events say, one behind the other."""
    return "".join(event.model_dump_json() for event in desk.store.events_of(TENANT, claim_id))


class TestWhatAnotherArticleStates:
    """An article that carries no report of the claim shows that its source has a stake in it."""

    @pytest.fixture
    def desk(self) -> Newsroom:
        return Newsroom(analyser=analyse_stated)

    def deleted(self, desk: Newsroom, article_id: str) -> None:
        """Delete an article, and do what the table's stream has done then."""
        desk.annotate.delete(TENANT, article_id)
        recount_named(desk.store, desk.clock, TENANT, ["owen strand group"])

    def test_events_of_the_claim_say_nothing_of_it_once_it_is_deleted(self, desk: Newsroom) -> None:
        fell, mill = desk.add(FELL), desk.add(MILL)
        recount_named(desk.store, desk.clock, TENANT, ["owen strand group"])
        claim = desk.record(fell).claim_id
        assert mill in told_of(desk, claim)

        self.deleted(desk, mill)

        assert FlagCode.MOTIVATED_SOURCE not in flags_of(desk, fell)
        assert mill not in told_of(desk, claim)
        assert "rival" not in told_of(desk, claim)
        raised, over = desk.store.events_of(TENANT, claim)
        (flag,) = [flag for flag in raised.after if flag.code is FlagCode.MOTIVATED_SOURCE]
        assert (flag.reason, [flag]) == (GONE, [x for x in over.before if x.code is flag.code])

    def test_nor_does_the_event_of_the_claims_end(self, desk: Newsroom) -> None:
        mill, fell = desk.add(MILL), desk.add(FELL)
        claim = desk.record(fell).claim_id
        assert FlagCode.MOTIVATED_SOURCE in flags_of(desk, fell)

        desk.annotate.delete(TENANT, fell)

        assert mill not in told_of(desk, claim)
        assert "rival" not in told_of(desk, claim)

    def test_one_that_is_shown_no_more_but_is_still_there_is_forgotten_when_it_goes(self, desk: Newsroom) -> None:
        fell, mill = desk.add(FELL), desk.add(MILL)
        recount_named(desk.store, desk.clock, TENANT, ["owen strand group"])
        later = desk.add(MILL, publisher="Record")
        recount_named(desk.store, desk.clock, TENANT, ["owen strand group"])
        record = desk.record(fell)
        shown = {words.article_id for flag in record.flags for words in flag.evidence}
        assert later in shown
        assert mill not in shown
        assert (mill in told_of(desk, record.claim_id), GONE in told_of(desk, record.claim_id)) == (True, False)

        self.deleted(desk, mill)

        assert FlagCode.MOTIVATED_SOURCE in flags_of(desk, fell)
        assert mill not in told_of(desk, record.claim_id)
        assert "rival" not in told_of(desk, record.claim_id)

    def test_one_that_has_expired_shows_no_stake_any_more(self, desk: Newsroom) -> None:
        desk.store.put_limits(TENANT, Limits(retention_days=30))
        mill = desk.add(MILL)
        desk.clock.at += timedelta(days=20)
        fell = desk.add(FELL)
        assert FlagCode.MOTIVATED_SOURCE in flags_of(desk, fell)
        claim = desk.record(fell).claim_id

        desk.clock.at += timedelta(days=11)
        report = Read(unexpired(desk.store, desk.clock)).report(TENANT, fell).model_dump_json()

        assert mill not in report
        assert RIVALRY not in report
        assert FlagCode.MOTIVATED_SOURCE not in flags_of(desk, fell)
        assert mill not in told_of(desk, claim)
        assert "rival" not in told_of(desk, claim)
