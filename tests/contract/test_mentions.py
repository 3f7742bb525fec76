"""``ports.Mentions``, for every store."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput
from secondsource.model import Mention, Page
from secondsource.ports import Store
from secondsource.stored import MOST_NAMES, MOST_STATED, digest
from tests.contract.samples import NOT_IDS, START, SetClock, article, incompressible, stated


def put(store: Store, number: int, tenant: str = "here", **names: int) -> None:
    """Store mentions of an article, of each name with so many relations."""
    at = START + timedelta(seconds=number)
    relations = {name: [stated(name, n, number) for n in range(count)] for name, count in names.items()}
    store.put_mentions(tenant, f"art_{number}", at, relations)


def found(store: Store, name: str, limit: int = 10, *, stating: bool = False) -> list[str]:
    """The ids of all articles that mention the name, page by page; the same by the digest of the name."""
    mentions = listed(lambda cursor: store.mentions("here", name, limit, cursor, stating=stating))
    articles = [mention.article_id for mention in mentions]
    if not stating:
        assert listed(lambda cursor: store.articles_named("here", digest(name), limit, cursor)) == articles
    return articles


def listed(read: Callable[[str | None], Page]) -> list[Any]:
    """All items of a list, page by page."""
    page = read(None)
    items = list(page.items)
    while page.next is not None:
        page = read(page.next)
        items += page.items
    return items


def test_what_an_article_states_is_read_as_it_was_stored(store: Store) -> None:
    put(store, 1, front=2, league=0)
    at = START + timedelta(seconds=1)
    assert store.mentions("here", "front", 10).items == (
        Mention(article_id="art_1", added_at=at, relations=(stated("front", 0), stated("front", 1))),
    )
    assert store.mentions("here", "league", 10).items == (Mention(article_id="art_1", added_at=at),)
    assert store.mentions("here", "Front", 10) == Page(items=())


def test_a_mention_says_when_it_expires(store: Store) -> None:
    end = START + timedelta(days=3)
    store.put_mentions("here", "art_1", START, {"front": [stated("front")], "league": ()}, end)
    (front,), (league,) = (store.mentions("here", name, 10).items for name in ("front", "league"))
    assert (front.expires_at, league.expires_at) == (end, end)
    assert store.stating("here", ["front"], 1) == {"front": (front,)}


def test_those_that_state_something_come_first_and_the_newest_of_each(store: Store) -> None:
    for number, count in enumerate((1, 0, 0, 2, 1, 0)):
        put(store, number, front=count)
    assert found(store, "front") == ["art_4", "art_3", "art_0", "art_5", "art_2", "art_1"]
    assert found(store, "front", stating=True) == ["art_4", "art_3", "art_0"]
    for limit in (1, 2, 10):
        newest = store.mentions("here", "front", limit, stating=True).items
        assert store.stating("here", ["front", "league"], limit) == {"front": newest, "league": ()}
    assert store.stating("here", [], 10) == {}


def test_every_page_size_leads_through_all_mentions(store: Store) -> None:
    for number in range(23):
        put(store, number, front=number % 2)
    order = sorted(range(23), key=lambda number: (number % 2, number), reverse=True)
    for limit in (1, 2, 7, 11, 12, 22, 23, 24, 10**9):
        assert found(store, "front", limit) == [f"art_{number}" for number in order]
        assert found(store, "front", limit, stating=True) == [f"art_{number}" for number in range(21, 0, -2)]


def test_what_is_put_again_replaces_what_was_there(store: Store) -> None:
    put(store, 1, front=1, league=1, gone=0)
    store.put_mentions("here", "art_1", START + timedelta(days=1), {"front": (), "league": (stated("league", 5),)})
    assert found(store, "front", stating=True) == []
    assert found(store, "front") == found(store, "league") == ["art_1"]
    (mention,) = store.mentions("here", "league", 10).items
    assert (mention.added_at, mention.relations) == (START + timedelta(days=1), (stated("league", 5),))
    assert found(store, "gone") == []
    put(store, 2, league=1)
    assert found(store, "league") == ["art_1", "art_2"]


def test_what_is_put_again_at_the_same_time_replaces_what_was_there(store: Store) -> None:
    put(store, 1, front=1)
    put(store, 1, front=2)
    (mention,) = store.mentions("here", "front", 10).items
    assert len(mention.relations) == 2


def test_all_names_of_an_article_may_change_at_once(store: Store) -> None:
    for start in (0, MOST_NAMES):
        put(store, 1, **{f"n{number}": number % 2 for number in range(start, start + MOST_NAMES)})
    for number in range(2 * MOST_NAMES):
        assert found(store, f"n{number}") == (["art_1"] if number >= MOST_NAMES else [])


def test_an_article_that_names_nobody_any_more_is_found_by_no_name(store: Store) -> None:
    put(store, 1, front=1)
    put(store, 1)
    assert found(store, "front") == []
    assert store.delete_mentions("here", "art_1") is False


def test_what_was_put_for_an_article_is_deleted_with_it_and_nothing_else(store: Store) -> None:
    for number in (1, 2):
        put(store, number, front=1, league=0)
    assert store.delete_mentions("here", "art_1") is True
    assert store.delete_mentions("here", "art_1") is False
    assert found(store, "front") == found(store, "league") == ["art_2"]


def test_any_name_can_be_looked_up(store: Store) -> None:
    for number, name in enumerate(["T#there#NAMED#1", "#", "é \N{GRINNING FACE}", "x" * 5_000, "a\x00b", "'; DROP"]):
        store.put_mentions("here", f"art_{number}", START, {name: [stated(name, 1)]})
        assert found(store, name) == [f"art_{number}"]


def test_many_words_are_kept_whole(store: Store) -> None:
    long = stated("front", 1).model_copy(update={"shows": incompressible(200_000)})
    store.put_mentions("here", "art_1", START, {"front": [long]})
    (mention,) = store.mentions("here", "front", 10).items
    assert mention.relations == (long,)


def test_a_cursor_of_another_name_list_or_tenant_is_refused(store: Store) -> None:
    for number in (1, 2):
        put(store, number, front=1, league=1)
        put(store, number, tenant="there", front=1)
        store.add_article("here", article(number))
    for cursor in (
        store.list_articles("here", 1).next,
        store.mentions("there", "front", 1).next,
        store.mentions("here", "league", 1).next,
        "x",
    ):
        assert cursor
        with pytest.raises(InvalidCursor):
            store.mentions("here", "front", 1, cursor)
        with pytest.raises(InvalidCursor):
            store.articles_named("here", digest("front"), 1, cursor)


def test_another_tenants_mentions_are_like_none(store: Store) -> None:
    put(store, 1, tenant="there", front=1)
    assert found(store, "front") == []
    assert store.delete_mentions("here", "art_1") is False
    assert store.mentions("there", "front", 10).items


def test_what_is_no_id_has_no_mentions(store: Store) -> None:
    for name in NOT_IDS:
        assert store.mentions(name, "front", 10) == Page(items=())
        assert store.articles_named(name, digest("front"), 10) == Page(items=())
        assert store.articles_named("here", name, 10) == Page(items=())
        assert store.delete_mentions("here", name) is False
        assert store.delete_mentions(name, "art_1") is False
        for tenant, article_id in (("here", name), (name, "art_1")):
            with pytest.raises(UnprocessableInput):
                store.put_mentions(tenant, article_id, START, {"front": ()})


def test_more_than_is_kept_of_an_article_is_refused(store: Store) -> None:
    with pytest.raises(UnprocessableInput):
        put(store, 1, **{f"n{number}": 0 for number in range(MOST_NAMES + 1)})
    with pytest.raises(UnprocessableInput):
        put(store, 1, front=MOST_STATED + 1)
    assert found(store, "front") == []


def test_what_an_article_states_is_gone_the_moment_it_expires(store: Store, clock: SetClock) -> None:
    end = START + timedelta(days=1)
    for article_id, until in (("art_1", end), ("art_2", None)):
        store.put_mentions("here", article_id, START, {"front": [stated("front")]}, until)
    clock.at = end - timedelta(microseconds=1)
    assert found(store, "front") == ["art_2", "art_1"]
    clock.advance(microseconds=1)
    assert found(store, "front") == found(store, "front", 1) == ["art_2"]
    assert store.delete_mentions("here", "art_1") is False
    store.put_mentions("here", "art_1", START, {"front": ()})
    assert found(store, "front") == ["art_2", "art_1"]
