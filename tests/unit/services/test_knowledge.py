"""What is known of actors beside one article: the register from both sides, by every name; and other articles."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from secondsource.local.memory import MemoryStore
from secondsource.model import (
    Analysis,
    Effect,
    Entry,
    Party,
    Position,
    Relation,
    RelationType,
    Tie,
)
from secondsource.services.knowledge import NEWEST_ARTICLES, Memo, known, names_of
from secondsource.stored import MOST_NAMES, MOST_STATED
from tests.contract.samples import START, SetClock, actor, relation, stated

FRONT = actor(
    name="Northern Front",
    aliases=("N.F.", "the Front"),
    relations=(
        relation("Varn League"),
        relation("Bank of Oss", type=RelationType.FUNDED_BY),
        relation("Oss v. Varn", type=RelationType.PARTY_TO),
    ),
)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore(SetClock())
    store.put_actor("here", FRONT)
    return store


def told(relations: tuple[Relation, ...]) -> set[tuple[str, str, str]]:
    return {(found.holder, found.type.value, found.other) for found in relations}


def test_what_the_register_says_of_an_actor_is_known_with_what_shows_it(store: MemoryStore) -> None:
    found = known(store, "here", ["Northern Front"])
    assert told(found) == {
        ("Northern Front", "rival_of", "Varn League"),
        ("Northern Front", "funded_by", "Bank of Oss"),
        ("Northern Front", "party_to", "Oss v. Varn"),
    }
    assert found[0].shows == (
        "the register says: Northern Front is a rival of Varn League (entered by desk, 2026-03-01)"
    )
    assert found[0].entry == Entry(
        actor_id="actor-1", source_url="https://records.example/1", date=START.date(), entered_by="desk"
    )
    assert found[0].evidence is None


@pytest.mark.parametrize("name", ["N.F.", "The Northern Front", "the front", "NORTHERN FRONT’s", "N F"])
def test_an_actor_is_known_by_each_of_its_names_and_the_holder_is_the_name_asked_for(
    store: MemoryStore, name: str
) -> None:
    assert (name, "rival_of", "Varn League") in told(known(store, "here", [name]))


@pytest.mark.parametrize("name", ["Northern", "Northern Front Band", "NF", "Front Northern", "", "..."])
def test_a_name_is_never_known_by_a_part_of_it(store: MemoryStore, name: str) -> None:
    assert known(store, "here", [name]) == ()


def test_a_rivalry_an_alliance_and_a_case_are_known_from_both_sides_and_nothing_else(store: MemoryStore) -> None:
    sides = {("rival_of", name) for name in ("Northern Front", "N.F.", "the Front")}
    assert {(found.type.value, found.other) for found in known(store, "here", ["Varn League"])} == sides
    assert told(known(store, "here", ["Oss v. Varn"])) == {
        ("Oss v. Varn", "party_to", name) for name in ("Northern Front", "N.F.", "the Front")
    }
    assert known(store, "here", ["Bank of Oss"]) == ()
    (shown,) = {found.shows for found in known(store, "here", ["Varn League"])}
    assert "Northern Front is a rival of Varn League" in shown


def test_the_other_side_is_known_by_each_of_its_names_where_the_register_has_it(store: MemoryStore) -> None:
    store.put_actor("here", actor(2, name="Varn League for Order", aliases=("Varn League", "VLO")))
    assert {found.other for found in known(store, "here", ["N.F."]) if found.type is RelationType.RIVAL_OF} == {
        "Varn League",
        "Varn League for Order",
        "VLO",
    }
    assert {(found.holder, found.other) for found in known(store, "here", ["VLO"])} == {
        ("VLO", "Northern Front"),
        ("VLO", "N.F."),
        ("VLO", "the Front"),
    }


def test_what_other_articles_state_of_a_name_is_known_and_of_the_newest_alone(store: MemoryStore) -> None:
    for number in range(NEWEST_ARTICLES + 3):
        at = START + timedelta(seconds=number)
        store.put_mentions("here", f"art_{number}", at, {"varn league": [stated("Varn League", number)]})
    found = [item for item in known(store, "here", ["The Varn League"]) if item.evidence]
    assert [item.other for item in found] == [f"Other {number}" for number in range(NEWEST_ARTICLES + 2, 2, -1)]
    assert {item.holder for item in found} == {"The Varn League"}


def test_an_article_that_only_names_somebody_says_nothing_and_hides_nobody(store: MemoryStore) -> None:
    store.put_mentions("here", "art_0", START, {"oss": [stated("Oss")]})
    for number in range(1, 2 * NEWEST_ARTICLES):
        store.put_mentions("here", f"art_{number}", START + timedelta(seconds=number), {"oss": ()})
    assert known(store, "here", ["Oss"]) == (stated("Oss"),)


def test_each_relation_is_told_once_however_often_a_name_is_asked_for(store: MemoryStore) -> None:
    store.put_mentions("here", "art_1", START, {"oss": [stated("Oss")]})
    store.put_mentions("here", "art_2", START, {"oss": [stated("Oss")]})
    assert known(store, "here", ["Oss", "Oss"]) == (stated("Oss"),)


def test_another_tenants_register_is_not_known(store: MemoryStore) -> None:
    assert known(store, "there", ["Northern Front", "Varn League"]) == ()


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store: MemoryStore) -> None:
        self._store, self.asked, self.names = store, Counter[str](), 0

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._store, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.asked[name] += 1
            if name == "actors_named":
                self.names += len(args[1])
            return inner(*args, **kwargs)

        return call


def test_what_stands_in_the_memo_is_not_read_again(store: MemoryStore) -> None:
    counting, memo = Counting(store), Memo()
    first = known(counting, "here", ["N.F.", "Varn League", "Nobody"], memo)  # type: ignore[arg-type]
    before = dict(counting.asked)
    assert known(counting, "here", ["N.F.", "Varn League", "Nobody"], memo) == first  # type: ignore[arg-type]
    assert [found.holder for found in known(counting, "here", ["N F"], memo)] == ["N F"] * 3  # type: ignore[arg-type]
    assert counting.asked == before


def test_a_name_that_the_register_does_not_have_costs_one_look_into_it(store: MemoryStore) -> None:
    counting = Counting(store)
    known(counting, "here", ["Nobody", "No one"])  # type: ignore[arg-type]
    assert counting.asked == {"actors_named": 1, "stating": 1}
    assert counting.names == 2


def test_however_many_have_to_do_with_a_name_few_names_are_looked_up(store: MemoryStore) -> None:
    for number in range(60):
        relations = tuple(relation(f"Thing {number} {n}") for n in range(39))
        store.put_actor("here", actor(100 + number, aliases=("Hub",), relations=(*relations, relation("Target"))))
    counting = Counting(store)
    known(counting, "here", ["Target"])  # type: ignore[arg-type]
    assert counting.names == 1
    known(counting, "here", ["Hub"])  # type: ignore[arg-type]
    assert counting.names <= 1 + 1 + 61


# --- by which names an article is found ----------------------------------------------------


def position(ties: tuple[str, ...] = (), parties: tuple[str, ...] = ()) -> Position:
    return Position(
        source_id="s1",
        source_name="Idris Kane",
        ties=tuple(Tie(name=name, strength=1) for name in ties),
        parties=tuple(Party(name=name, effect=Effect.HARMED) for name in parties),
    )


def test_an_article_is_found_by_ties_and_parties_and_by_those_of_whom_it_says_something() -> None:
    analysis = Analysis(
        positions={"c1": (position(("the Front",), ("Varn League",)),), "c2": (position(("Front",), ("Oss", "...")),)},
        relations=(stated("Oss", 1), stated("The Varn’s", 2), stated("oss", 3)),
    )
    assert names_of(analysis) == {
        "oss": (stated("Oss", 1), stated("oss", 3)),
        "front": (),
        "varn league": (),
        "varn": (stated("The Varn’s", 2),),
    }
    assert list(names_of(analysis)) == ["oss", "front", "varn league", "varn"]
    assert names_of(Analysis()) == {}


def test_no_more_names_and_relations_are_kept_than_a_store_holds() -> None:
    parties = tuple(f"Party {number}" for number in range(60))
    relations = (*(stated("Party 59", number) for number in range(30)), stated("Nobody", 1))
    found = names_of(Analysis(positions={"c1": (position((), parties),)}, relations=relations))
    assert len(found) == MOST_NAMES
    assert found["party 59"] == relations[:MOST_STATED]
    assert "nobody" not in found
