from datetime import UTC, datetime, timedelta

import pytest

from secondsource.errors import InvalidCursor, VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.local.spill import SpilledStore
from secondsource.model import Article, ClaimRecord, Facts, MediaKind, Occurrence

NOW = datetime(2025, 1, 1, tzinfo=UTC)
TENANT, OTHER = "a", "b"


class Clock:
    def now(self):
        return NOW


@pytest.fixture
def store():
    return SpilledStore(Clock())


def article(number):
    return Article(
        id=f"art_{number}", text=f"Text {number} 😀", kind=MediaKind.TEXT, added_at=NOW + timedelta(seconds=number)
    )


def record(number, *keys):
    return ClaimRecord(
        claim_id=f"clm_{number}",
        text=f"Claim {number}",
        created_at=NOW + timedelta(seconds=number),
        facts=Facts(keys=keys),
    )


def occurrence(claim, art, text="It is so."):
    return Occurrence(
        claim_id=claim,
        article_id=art,
        article_claim_id="c1",
        headline=True,
        title=None,
        publisher=None,
        url=None,
        published_at=None,
        added_at=NOW + timedelta(seconds=int(art.removeprefix("art_"))),
        text=text,
        own_witness=False,
        sentences=(),
    )


def test_an_article_comes_back_as_it_was_stored_and_is_stored_once(store):
    assert store.add_article(TENANT, article(1)) is True
    assert store.add_article(TENANT, article(1).model_copy(update={"title": "Other"})) is False

    assert store.get_article(TENANT, "art_1") == article(1)
    assert store.has_article(TENANT, "art_1")
    assert store.get_article(OTHER, "art_1") is None
    assert not store.has_article(OTHER, "art_1")


def test_a_deleted_article_is_gone(store):
    store.add_article(TENANT, article(1))

    assert store.delete_article(OTHER, "art_1") is False
    assert store.delete_article(TENANT, "art_1") is True
    assert store.delete_article(TENANT, "art_1") is False
    assert store.get_article(TENANT, "art_1") is None


def test_lists_page_newest_first_like_the_store_in_memory(store):
    memory = MemoryStore(Clock())
    for each in (store, memory):
        for number in (3, 1, 2, 5, 4):
            each.add_article(TENANT, article(number))
            each.add_claim(TENANT, record(number))
        each.add_article(OTHER, article(9))

    for name in ("list_articles", "list_claims"):
        cursor = None
        for _ in range(3):
            page = getattr(store, name)(TENANT, 2, cursor)
            assert page == getattr(memory, name)(TENANT, 2, cursor)
            cursor = page.next
        assert cursor is None


def test_a_cursor_of_another_list_is_refused(store):
    for number in (1, 2):
        store.add_article(TENANT, article(number))
    cursor = store.list_articles(TENANT, 1).next

    with pytest.raises(InvalidCursor):
        store.list_claims(TENANT, 1, cursor)
    with pytest.raises(InvalidCursor):
        store.list_articles(OTHER, 1, cursor)


def test_a_record_is_replaced_only_by_the_version_that_follows(store):
    store.add_claim(TENANT, record(1))
    assert store.add_claim(TENANT, record(1)) is False
    second = record(1).model_copy(update={"version": 1, "text": "Changed"})

    store.update_claim(TENANT, second)

    assert store.get_claims(TENANT, ["clm_1", "clm_2"]) == {"clm_1": second}
    for wrong in (second, second.model_copy(update={"version": 3}), record(2).model_copy(update={"version": 1})):
        with pytest.raises(VersionConflict):
            store.update_claim(TENANT, wrong)


def test_candidates_are_those_of_the_store_in_memory(store):
    memory = MemoryStore(Clock())
    for each in (store, memory):
        each.add_claim(TENANT, record(1, "x", "y", "x"))
        each.add_claim(TENANT, record(2, "x"))
        each.add_claim(TENANT, record(3, "y", "z"))
        each.add_claim(TENANT, record(4, "x"))
        each.add_claim(OTHER, record(5, "x"))
        each.update_claim(TENANT, record(4, "z").model_copy(update={"version": 1}))
        each.delete_claim(TENANT, "clm_2")
        each.delete_claim(TENANT, "clm_2")

    for keys in ([], ["x"], ["x", "y", "z", "x"], ["none"]):
        for newest in (0, 1, 2, 10):
            assert store.candidates(TENANT, keys, newest) == memory.candidates(TENANT, keys, newest)
    assert [found.claim_id for found in store.candidates(TENANT, ["x", "y"], 10).found] == ["clm_1", "clm_4", "clm_3"]
    assert store.candidates(TENANT, ["x"], 1).cut == ("x",)


def test_an_article_carries_a_claim_once_and_occurrences_come_oldest_first(store):
    store.put_occurrence(TENANT, occurrence("clm_1", "art_2"))
    store.put_occurrence(TENANT, occurrence("clm_1", "art_1", "First."))
    store.put_occurrence(TENANT, occurrence("clm_1", "art_1", "Second."))
    store.put_occurrence(TENANT, occurrence("clm_2", "art_1"))
    store.put_occurrence(OTHER, occurrence("clm_1", "art_3"))

    assert [(found.article_id, found.text) for found in store.occurrences(TENANT, "clm_1")] == [
        ("art_1", "Second."),
        ("art_2", "It is so."),
    ]
    assert store.delete_occurrences(TENANT, "art_1") == ("clm_1", "clm_2")
    assert store.delete_occurrences(TENANT, "art_1") == ()
    assert [found.article_id for found in store.occurrences(TENANT, "clm_1")] == ["art_2"]
    assert [found.article_id for found in store.occurrences(OTHER, "clm_1")] == ["art_3"]


def test_closing_gives_the_disk_back(store):
    store.close()

    with pytest.raises(Exception, match="closed"):
        store.get_article(TENANT, "art_1")
