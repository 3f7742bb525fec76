"""``ports.EventStore``, for every store."""

from datetime import datetime, timedelta

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput, VersionConflict
from secondsource.model import Event, Page
from secondsource.ports import Store
from secondsource.stored import EVENT_DAYS
from tests.contract.samples import NOT_IDS, START, SetClock, article, event, incompressible, record

LATER = START + timedelta(days=1)


def tell(store: Store, *events: Event, tenant: str = "here") -> None:
    """Store these events, each with a count of one record."""
    store.add_claim(tenant, record())
    version = store.get_claims(tenant, ["clm_1"])["clm_1"].version
    for told in events:
        version += 1
        store.update_claim(tenant, record(version=version), told)


def told(store: Store, settled: datetime = LATER, limit: int = 100, cursor: str | None = None) -> list[str]:
    return [item.id for item in store.list_events("here", limit, settled, cursor).items]


def test_an_event_is_read_as_it_was_stored_with_its_record(store: Store) -> None:
    tell(store, event())
    assert store.list_events("here", 10, LATER).items == (event(),)
    assert store.get_claims("here", ["clm_1"]) == {"clm_1": record(version=1)}


def test_an_event_is_stored_with_the_deletion_of_its_record(store: Store) -> None:
    store.add_claim("here", record())
    store.delete_claim("here", "clm_1", 0, event())
    assert told(store) == ["evt_1"]
    assert store.get_claims("here", ["clm_1"]) == {}


def test_where_the_record_is_not_written_the_event_is_not_either(store: Store) -> None:
    store.add_claim("here", record())
    with pytest.raises(VersionConflict):
        store.update_claim("here", record(version=2), event())
    with pytest.raises(VersionConflict):
        store.delete_claim("here", "clm_1", 5, event())
    store.delete_claim("here", "clm_2", 0, event())
    assert store.list_events("here", 10, LATER) == Page(items=())


def test_an_event_of_many_words_is_stored_whole(store: Store) -> None:
    (flag,) = event().after
    large = event(after=(flag.model_copy(update={"reason": incompressible(200_000)}),))
    tell(store, large)
    assert store.list_events("here", 10, LATER).items == (large,)


def test_events_are_listed_oldest_first_whatever_the_order_of_writing(store: Store) -> None:
    tell(store, event(3), event(1), event(2), event(11, at=START + timedelta(seconds=2)))
    assert told(store) == ["evt_1", "evt_11", "evt_2", "evt_3"]


def test_every_page_size_leads_through_all_events(store: Store) -> None:
    tell(store, *(event(number) for number in range(1, 24)))
    for limit in (1, 2, 7, 22, 23, 24, 10**9):
        names: list[str] = []
        page = store.list_events("here", limit, LATER)
        while page.items:
            names += [item.id for item in page.items]
            page = store.list_events("here", limit, LATER, page.next)
        assert names == [f"evt_{number}" for number in range(1, 24)]


def test_a_reader_who_comes_back_reads_on_where_he_was(store: Store) -> None:
    tell(store, event(1))
    first = store.list_events("here", 10, LATER)
    assert first.next
    nothing_yet = store.list_events("here", 10, LATER, first.next)
    assert (nothing_yet.items, nothing_yet.next) == ((), first.next)
    tell(store, event(2))
    assert told(store, cursor=nothing_yet.next) == ["evt_2"]


def test_where_nothing_ever_happened_there_is_nowhere_to_read_on(store: Store) -> None:
    assert store.list_events("here", 10, LATER) == Page(items=())


def test_what_is_not_settled_is_shown_and_read_again(store: Store) -> None:
    tell(store, event(1), event(2), event(4))
    page = store.list_events("here", 10, START + timedelta(seconds=2))
    assert [item.id for item in page.items] == ["evt_1", "evt_2", "evt_4"]
    tell(store, event(3))
    again = store.list_events("here", 10, LATER, page.next)
    assert [item.id for item in again.items] == ["evt_3", "evt_4"]


def test_where_nothing_is_settled_the_reader_stays_where_he_is(store: Store) -> None:
    tell(store, event(2), event(3))
    assert store.list_events("here", 1, START).next is None
    first = store.list_events("here", 1, LATER)
    again = store.list_events("here", 1, START, first.next)
    assert ([item.id for item in again.items], again.next) == (["evt_3"], first.next)


def test_an_event_is_gone_the_moment_it_expires_and_a_reader_goes_on(store: Store, clock: SetClock) -> None:
    tell(store, event(1), event(2))
    first = store.list_events("here", 1, LATER)
    clock.at = event(1).at + timedelta(days=EVENT_DAYS, microseconds=-1)
    assert told(store) == ["evt_1", "evt_2"]
    clock.advance(microseconds=1)
    assert told(store) == ["evt_2"]
    assert told(store, cursor=first.next) == ["evt_2"]
    clock.advance(seconds=1)
    assert told(store) == []


def test_a_cursor_of_another_list_or_tenant_is_refused(store: Store) -> None:
    tell(store, event(1), event(2))
    tell(store, event(1), event(2), tenant="there")
    for number in range(2):
        store.add_article("here", article(number))
    for cursor in (
        store.list_articles("here", 1).next,
        store.list_events("there", 1, LATER).next,
        "x",
        "evt_1",
    ):
        assert cursor
        with pytest.raises(InvalidCursor):
            store.list_events("here", 1, LATER, cursor)


def test_another_tenants_events_are_like_none(store: Store) -> None:
    tell(store, event(), tenant="there")
    assert store.list_events("here", 10, LATER) == Page(items=())


def test_what_is_no_id_has_no_events(store: Store) -> None:
    for name in NOT_IDS:
        assert store.list_events(name, 10, LATER).items == ()
        with pytest.raises(UnprocessableInput):
            tell(store, event(id=name))


def test_a_claims_events_are_found_by_it(store: Store, clock: SetClock) -> None:
    tell(store, event(1), event(2), event(3, claim_id="clm_2"))
    tell(store, event(4), tenant="there")

    assert {found.id for found in store.events_of("here", "clm_1")} == {"evt_1", "evt_2"}
    assert store.events_of("here", "clm_2") == (event(3, claim_id="clm_2"),)
    assert store.events_of("here", "clm_3") == store.events_of("nobody", "clm_1") == ()
    clock.advance(days=EVENT_DAYS + 1)
    assert store.events_of("here", "clm_1") == ()


def test_an_event_that_is_changed_keeps_its_place(store: Store) -> None:
    tell(store, event(1), event(2), event(3))
    changed = event(2, articles=(), after=())

    store.change_event("here", "evt_2", lambda found: changed)

    assert told(store) == ["evt_1", "evt_2", "evt_3"]
    assert changed in store.list_events("here", 10, LATER).items
    assert changed in store.events_of("here", "clm_1")


def test_an_event_that_is_not_there_is_not_changed(store: Store) -> None:
    tell(store, event(1), tenant="there")
    for event_id in ("evt_1", "evt_9", *NOT_IDS):
        store.change_event("here", event_id, lambda found: event(9))

    assert told(store) == []
    assert store.events_of("here", "clm_1") == ()


def test_where_nothing_is_to_be_changed_an_event_stays(store: Store) -> None:
    tell(store, event(1))
    store.change_event("here", "evt_1", lambda found: None)
    assert store.list_events("here", 10, LATER).items == (event(1),)


def test_two_who_change_an_event_at_once_have_both_changed_it(store: Store) -> None:
    tell(store, event(1, articles=("art_1", "art_2", "art_3")))
    seen: list[tuple[str, ...]] = []

    def without(article_id: str, found: Event) -> Event:
        return found.model_copy(update={"articles": tuple(i for i in found.articles if i != article_id)})

    def late(found: Event) -> Event:
        seen.append(found.articles)
        if len(seen) == 1:
            store.change_event("here", "evt_1", lambda now: without("art_2", now))
        return without("art_1", found)

    store.change_event("here", "evt_1", late)

    assert store.list_events("here", 10, LATER).items == (event(1, articles=("art_3",)),)
