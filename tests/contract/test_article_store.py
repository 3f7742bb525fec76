"""``ports.ArticleStore``, for every store."""

from collections.abc import Iterable
from datetime import timedelta, timezone

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput
from secondsource.model import Article
from secondsource.ports import Store
from secondsource.stored import MOST_PER_PAGE, summary_of
from tests.contract.samples import NOT_IDS, START, article, big_article, incompressible, record


def read_to_the_end(store: Store, tenant: str, limit: int) -> list[list[str]]:
    pages, cursor = [], None
    while True:
        page = store.list_articles(tenant, limit, cursor)
        pages.append([item.id for item in page.items])
        cursor = page.next
        if cursor is None:
            return pages


def ids(numbers: range) -> list[str]:
    return [f"art_{number}" for number in numbers]


@pytest.mark.parametrize("stored", [article(), big_article()], ids=["small", "big"])
def test_an_article_is_read_as_it_was_stored(store: Store, stored: Article) -> None:
    assert store.add_article("here", stored) is True
    assert store.get_article("here", stored.id) == stored
    assert store.has_article("here", stored.id) is True


def test_an_article_that_is_not_there_is_none(store: Store) -> None:
    assert store.get_article("here", "art_1") is None
    assert store.has_article("here", "art_1") is False
    assert store.delete_article("here", "art_1") is False


def test_a_second_article_of_the_same_id_changes_nothing(store: Store) -> None:
    first, second = article(), article(text="Another", title="Another", added_at=START + timedelta(days=1))
    assert store.add_article("here", first) is True
    assert store.add_article("here", second) is False
    assert store.get_article("here", "art_1") == first
    assert store.list_articles("here", 10).items == (summary_of(first),)


def test_adding_again_is_no_second_entry_in_the_list(store: Store) -> None:
    assert [store.add_article("here", article()) for _ in range(3)] == [True, False, False]
    assert store.list_articles("here", 10).items == (summary_of(article()),)


def test_a_deleted_article_is_gone_and_can_come_again(store: Store) -> None:
    store.add_article("here", article())
    assert store.delete_article("here", "art_1") is True
    assert store.delete_article("here", "art_1") is False
    assert store.get_article("here", "art_1") is None
    assert store.list_articles("here", 10).items == ()
    later = article(added_at=START + timedelta(days=1))
    assert store.add_article("here", later) is True
    assert store.list_articles("here", 10).items == (summary_of(later),)


def test_a_summary_says_how_many_claims_there_are(store: Store) -> None:
    store.add_article("here", article())
    (summary,) = store.list_articles("here", 10).items
    assert (summary.title, summary.claims) == ("Title 1", 1)


def test_an_article_whose_title_is_absurdly_long_is_listed_all_the_same(store: Store) -> None:
    stored = article(title=incompressible(200_000))
    store.add_article("here", stored)
    assert store.list_articles("here", 10).items == (summary_of(stored),)


def test_a_list_has_the_newest_first_whatever_the_order_of_arrival_and_the_zone(store: Store) -> None:
    east = timezone(timedelta(hours=9))
    moments = {1: START, 2: START + timedelta(microseconds=1), 3: (START - timedelta(hours=1)).astimezone(east)}
    for number in (2, 3, 1):
        store.add_article("here", article(number, added_at=moments[number]))
    assert read_to_the_end(store, "here", 10) == [["art_2", "art_1", "art_3"]]


def test_articles_of_the_same_moment_are_listed_once_each(store: Store) -> None:
    for number in range(5):
        store.add_article("here", article(number, added_at=START))
    assert read_to_the_end(store, "here", 2) == [["art_4", "art_3"], ["art_2", "art_1"], ["art_0"]]


@pytest.mark.parametrize(("size", "limits"), [(13, range(1, 15)), (60, (1, 7, 20, 29, 30, 31, 59, 60, 61))])
def test_every_page_size_leads_through_the_whole_list(store: Store, size: int, limits: Iterable[int]) -> None:
    newest_first = ids(range(size - 1, -1, -1))
    for number in range(size):
        store.add_article("here", article(number))
    for limit in limits:
        pages = read_to_the_end(store, "here", limit)
        assert [item for page in pages for item in page] == newest_first
        assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)
        assert 1 <= len(pages[-1]) <= limit


@pytest.mark.parametrize(("asked", "got"), [(0, 1), (-5, 1), (10**9, 3), (MOST_PER_PAGE + 1, 3)])
def test_a_page_size_out_of_range_is_clamped(store: Store, asked: int, got: int) -> None:
    for number in range(3):
        store.add_article("here", article(number))
    assert len(store.list_articles("here", asked).items) == got


def test_no_page_is_longer_than_the_most(store: Store) -> None:
    for number in range(MOST_PER_PAGE + 1):
        store.add_article("here", article(number))
    page = store.list_articles("here", 10**9)
    assert len(page.items) == MOST_PER_PAGE
    assert len(store.list_articles("here", 10**9, page.next).items) == 1


def test_a_list_goes_on_where_it_stopped_when_that_article_is_deleted(store: Store) -> None:
    for number in range(4):
        store.add_article("here", article(number))
    page = store.list_articles("here", 2)
    store.delete_article("here", "art_2")
    assert [item.id for item in store.list_articles("here", 2, page.next).items] == ["art_1", "art_0"]


def test_a_cursor_of_another_tenant_another_list_or_edited_is_refused(store: Store) -> None:
    for number in range(3):
        for tenant in ("here", "there"):
            store.add_article(tenant, article(number))
            store.add_claim(tenant, record(number))
    cursor = store.list_articles("here", 1).next
    assert cursor is not None
    others = [
        store.list_articles("there", 1).next,
        store.list_claims("here", 1).next,
        cursor[:-1],
        cursor + "A",
        cursor[:10] + ("A" if cursor[10] != "A" else "B") + cursor[11:],
        cursor + "=",
        "",
        "x",
        "\x00",
        "é",
        "\N{GRINNING FACE}",
        "A" * 100_000,
    ]
    for other in others:
        assert other is not None
        with pytest.raises(InvalidCursor):
            store.list_articles("here", 1, other)


def test_another_tenants_article_is_like_one_that_never_was(store: Store) -> None:
    store.add_article("there", article())
    assert store.get_article("here", "art_1") is None
    assert store.has_article("here", "art_1") is False
    assert store.list_articles("here", 10).items == ()
    assert store.delete_article("here", "art_1") is False
    assert store.get_article("there", "art_1") == article()


def test_two_tenants_can_have_the_same_article(store: Store) -> None:
    assert store.add_article("here", article()) is True
    assert store.add_article("there", article(title="Theirs")) is True
    assert store.delete_article("here", "art_1") is True
    assert store.get_article("there", "art_1") == article(title="Theirs")


def test_what_is_no_id_is_not_there_and_cannot_be_stored(store: Store) -> None:
    for name in NOT_IDS:
        store.add_article("other", article())
        assert store.get_article("here", name) is None
        assert store.has_article("here", name) is False
        assert store.delete_article("here", name) is False
        assert store.get_article(name, "art_1") is None
        assert store.list_articles(name, 10).items == ()
        with pytest.raises(UnprocessableInput):
            store.add_article("here", article().model_copy(update={"id": name}))
        with pytest.raises(UnprocessableInput):
            store.add_article(name, article())
        assert store.list_articles("here", 10).items == ()


@pytest.mark.parametrize(
    "name", ["a", "A1", "0", "a.b:c_d-e", "x" * 128, "urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427"]
)
def test_what_is_an_id_can_be_stored(store: Store, name: str) -> None:
    assert store.add_article(name, article(id=name)) is True
    assert store.get_article(name, name) == article(id=name)
    assert [item.id for item in store.list_articles(name, 10).items] == [name]
