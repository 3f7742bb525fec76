"""``ports.Register``, for every store."""

from datetime import timedelta

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput, VersionConflict
from secondsource.model import Page, RegisteredRelation, RelationType
from secondsource.ports import Store
from secondsource.stored import MOST_ALIASES, MOST_NAMED, MOST_RELATIONS
from tests.contract.samples import NOT_IDS, START, actor, article, relation


def named(store: Store, *names: str) -> dict[str, list[str]]:
    """The ids of the actors of these names."""
    return {name: [found.id for found in actors] for name, actors in store.actors_named("here", names).items()}


def listed(store: Store, limit: int) -> list[str]:
    """The ids of all actors in the list, page by page."""
    names: list[str] = []
    cursor = None
    while True:
        page = store.list_actors("here", limit, cursor)
        names += [item.id for item in page.items]
        cursor = page.next
        if cursor is None:
            return names


def test_an_actor_is_read_as_it_was_stored(store: Store) -> None:
    store.put_actor("here", actor())
    assert store.get_actor("here", "actor-1") == actor()
    assert store.actors_named("here", ["name 1"]) == {"name 1": (actor(),)}


def test_an_actor_is_found_by_its_name_its_aliases_and_what_its_relations_lead_to(store: Store) -> None:
    store.put_actor(
        "here", actor(name="The Northern Front", aliases=("N.F.", "the Front’s"), relations=(relation("Varn League"),))
    )
    store.put_actor("here", actor(2, name="Varn League"))
    assert named(store, "northern front", "n f", "front", "varn league", "league", "The Northern Front", "") == {
        "northern front": ["actor-1"],
        "n f": ["actor-1"],
        "front": ["actor-1"],
        "varn league": ["actor-2", "actor-1"],
    }
    assert store.actors_named("here", []) == {}


def test_an_actor_that_names_itself_in_a_relation_is_found_once(store: Store) -> None:
    store.put_actor("here", actor(aliases=("Name 1",), relations=(relation("the Name 1"), relation("Name 1"))))
    assert named(store, "name 1") == {"name 1": ["actor-1"]}


def test_a_name_without_a_letter_finds_nobody(store: Store) -> None:
    store.put_actor("here", actor(name="...", relations=(relation("!"),)))
    assert named(store, "") == {}


def test_a_replaced_actor_is_found_by_its_new_names_alone(store: Store) -> None:
    store.put_actor("here", actor(aliases=("Old", "Both"), relations=(relation("Rival"),)))
    new = actor(aliases=("New", "Both"), relations=(relation("Ally"),), version=2)
    store.put_actor("here", new)
    assert store.get_actor("here", "actor-1") == new
    assert named(store, "name 1", "old", "both", "rival", "new", "ally") == {
        name: ["actor-1"] for name in ("name 1", "both", "new", "ally")
    }


def test_all_names_may_change_at_once(store: Store) -> None:
    def full(version: int) -> object:
        return actor(
            name=f"Name v{version}",
            aliases=tuple(f"Alias {n} v{version}" for n in range(MOST_ALIASES)),
            relations=tuple(relation(f"Other {n} v{version}") for n in range(MOST_RELATIONS)),
            version=version,
        )

    names = {
        v: [f"name v{v}", *(f"alias {n} v{v}" for n in range(20)), *(f"other {n} v{v}" for n in range(40))]
        for v in (1, 2, 3)
    }
    for version in (1, 2, 3):
        store.put_actor("here", full(version))  # type: ignore[arg-type]
        assert named(store, *names[1], *names[2], *names[3]) == {name: ["actor-1"] for name in names[version]}
    assert store.delete_actor("here", "actor-1") is True
    assert named(store, *names[1], *names[2], *names[3]) == {}


@pytest.mark.parametrize("version", [0, 2, 3])
def test_a_new_actor_has_version_1(store: Store, version: int) -> None:
    with pytest.raises(VersionConflict):
        store.put_actor("here", actor(version=version))
    assert store.get_actor("here", "actor-1") is None
    assert named(store, "name 1") == {}


@pytest.mark.parametrize("version", [1, 2, 4])
def test_an_actor_replaces_the_version_before_it_and_no_other(store: Store, version: int) -> None:
    store.put_actor("here", actor())
    store.put_actor("here", actor(name="Second", version=2))
    with pytest.raises(VersionConflict):
        store.put_actor("here", actor(name="Third", version=version))
    assert store.get_actor("here", "actor-1") == actor(name="Second", version=2)
    assert named(store, "second", "third") == {"second": ["actor-1"]}


def test_an_actor_is_deleted_with_all_its_names(store: Store) -> None:
    store.put_actor("here", actor(aliases=("Alias",), relations=(relation("Rival"),)))
    assert store.delete_actor("here", "actor-1") is True
    assert store.delete_actor("here", "actor-1") is False
    assert store.get_actor("here", "actor-1") is None
    assert store.list_actors("here", 10) == Page(items=())
    assert named(store, "name 1", "alias", "rival") == {}


def test_a_deletion_that_names_another_version_deletes_nothing(store: Store) -> None:
    store.put_actor("here", actor())
    with pytest.raises(VersionConflict):
        store.delete_actor("here", "actor-1", 2)
    assert store.get_actor("here", "actor-1") == actor()
    assert store.delete_actor("here", "actor-1", 1) is True
    assert store.delete_actor("here", "actor-1", 1) is False


def test_an_actor_may_come_again(store: Store) -> None:
    for name in ("Once", "Again"):
        store.put_actor("here", actor(name=name))
        assert named(store, "once", "again") == {name.lower(): ["actor-1"]}
        assert listed(store, 10) == ["actor-1"]
        store.delete_actor("here", "actor-1")


def test_actors_are_listed_newest_first_whatever_the_order_of_writing(store: Store) -> None:
    for number in (3, 1, 2):
        store.put_actor("here", actor(number))
    store.put_actor("here", actor(11, created_at=START + timedelta(seconds=2)))
    assert listed(store, 10) == ["actor-3", "actor-2", "actor-11", "actor-1"]


def test_an_actor_keeps_its_place_when_it_is_replaced(store: Store) -> None:
    for number in (1, 2):
        store.put_actor("here", actor(number))
    store.put_actor("here", actor(1, updated_at=START + timedelta(days=1), version=2))
    assert listed(store, 1) == ["actor-2", "actor-1"]


def test_every_page_size_leads_through_all_actors(store: Store) -> None:
    for number in range(1, 24):
        store.put_actor("here", actor(number))
    for limit in (1, 2, 7, 22, 23, 24, 10**9):
        assert listed(store, limit) == [f"actor-{number}" for number in range(23, 0, -1)]


def test_a_cursor_of_another_list_or_tenant_is_refused(store: Store) -> None:
    for number in (1, 2):
        store.put_actor("here", actor(number))
        store.put_actor("there", actor(number))
        store.add_article("here", article(number))
    for cursor in (store.list_articles("here", 1).next, store.list_actors("there", 1).next, "x", "actor-1"):
        assert cursor
        with pytest.raises(InvalidCursor):
            store.list_actors("here", 1, cursor)


def test_of_a_name_that_many_have_to_do_with_those_who_bear_it_come_first(store: Store) -> None:
    for number in range(MOST_NAMED + 5):
        store.put_actor("here", actor(number, id=f"a{number:03d}", relations=(relation("Varn League"),)))
    store.put_actor("here", actor(99, id="z", name="Varn League"))
    found = named(store, "varn league")["varn league"]
    assert found == ["z", *(f"a{number:03d}" for number in range(MOST_NAMED - 1))]


def test_more_names_than_one_batch_holds_are_looked_up(store: Store) -> None:
    for number in range(120):
        store.put_actor("here", actor(number))
    names = [f"name {number}" for number in range(120)]
    assert named(store, *names) == {name: [f"actor-{number}"] for number, name in enumerate(names)}


def test_another_tenants_actors_are_like_none(store: Store) -> None:
    store.put_actor("there", actor())
    assert store.get_actor("here", "actor-1") is None
    assert store.list_actors("here", 10) == Page(items=())
    assert named(store, "name 1") == {}
    assert store.delete_actor("here", "actor-1") is False
    assert store.get_actor("there", "actor-1") == actor()


def test_what_is_no_id_names_no_actor_and_none_is_stored_under_it(store: Store) -> None:
    for name in NOT_IDS:
        assert store.get_actor("here", name) is None
        assert store.get_actor(name, "actor-1") is None
        assert store.delete_actor("here", name) is False
        assert store.delete_actor(name, "actor-1") is False
        assert store.list_actors(name, 10) == Page(items=())
        assert store.actors_named(name, ["name 1"]) == {}
        for tenant, actor_id in (("here", name), (name, "actor-1")):
            with pytest.raises(UnprocessableInput):
                store.put_actor(tenant, actor(id=actor_id))


def test_more_names_than_one_transaction_writes_are_refused(store: Store) -> None:
    for changes in (
        {"aliases": tuple(f"Alias {n}" for n in range(MOST_ALIASES + 1))},
        {"relations": tuple(relation(f"Other {n}") for n in range(MOST_RELATIONS + 1))},
    ):
        with pytest.raises(UnprocessableInput):
            store.put_actor("here", actor(**changes))
    assert store.list_actors("here", 10) == Page(items=())


def test_any_relation_is_kept_as_it_is(store: Store) -> None:
    relations = tuple(
        RegisteredRelation(
            type=kind,
            object=f"Óther {n} \N{GRINNING FACE}",
            source_url="https://a.example",
            date=START.date(),
            entered_by="x",
        )
        for n, kind in enumerate(RelationType)
    )
    store.put_actor("here", actor(relations=relations))
    assert store.get_actor("here", "actor-1") == actor(relations=relations)
    assert named(store, "óther 1") == {"óther 1": ["actor-1"]}
