"""The register: putting, replacing and deleting actors, what it refuses, and importing them again and again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from secondsource.errors import NotFound, PreconditionFailed, UnprocessableInput, VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.model import Actor, ActorKind, RelationType
from secondsource.services.register import Condition, Given, GivenRelation, Line, Register, tag_of
from tests.contract.samples import START, SetClock, actor

TODAY = START.date()


def given(name: str = "Northern Front", **changes: Any) -> Given:
    return Given(**{"name": name, "kind": ActorKind.ARMED_GROUP, **changes})


def rival(other: str = "Varn League", **changes: Any) -> GivenRelation:
    values = {"type": RelationType.RIVAL_OF, "object": other, "source_url": "https://a.example", "date": TODAY}
    return GivenRelation(**(values | changes))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def store(clock: SetClock) -> MemoryStore:
    return MemoryStore(clock)


@pytest.fixture
def told() -> list[set[str]]:
    return []


@pytest.fixture
def register(store: MemoryStore, clock: SetClock, told: list[set[str]]) -> Register:
    return Register(store, clock, lambda tenant, names: told.append({tenant, *names}))


def test_an_actor_is_created_changed_and_left_alone(register: Register, clock: SetClock) -> None:
    first = register.put("here", "front", given(), "desk")
    clock.advance(hours=1)
    again = register.put("here", "front", given(), "somebody else")
    second = register.put("here", "front", given(aliases=("NF",)), "desk")

    assert [put.outcome for put in (first, again, second)] == ["created", "unchanged", "changed"]
    assert again.actor == first.actor
    assert (first.actor.version, second.actor.version) == (1, 2)
    assert (second.actor.created_at, second.actor.updated_at) == (START, START + timedelta(hours=1))
    assert register.get("here", "front") == second.actor


def test_who_entered_a_relation_stays_though_somebody_else_puts_it_again(register: Register) -> None:
    register.put("here", "front", given(relations=(rival(), rival("Oss", entered_by="Ida Holm"))), "desk")
    put = register.put("here", "front", given(relations=(rival(), rival("Oss"), rival("Elm"))), "night desk")
    assert [relation.entered_by for relation in put.actor.relations] == ["desk", "Ida Holm", "night desk"]
    again = register.put("here", "front", given(relations=(rival(), rival("Oss"), rival("Elm"))), "third desk")
    assert again.outcome == "unchanged"


def test_a_change_tells_of_all_names_before_and_after_and_no_change_of_none(
    register: Register, told: list[set[str]]
) -> None:
    register.put("here", "front", given(relations=(rival(),)), "desk")
    register.put("here", "front", given(relations=(rival(),)), "desk")
    register.put("here", "front", given("New Front", aliases=("N.F.",), relations=(rival("Oss"),)), "desk")
    register.delete("here", "front")
    assert told == [
        {"here", "northern front", "varn league"},
        {"here", "northern front", "varn league", "new front", "n f", "oss"},
        {"here", "new front", "n f", "oss"},
    ]


def test_what_is_not_there_is_not_found(register: Register) -> None:
    for act in (register.get, register.delete):
        with pytest.raises(NotFound):
            act("here", "front")
    register.put("there", "front", given(), "desk")
    with pytest.raises(NotFound):
        register.get("here", "front")


def test_actors_are_found_by_name_and_alias_and_not_by_their_relations(register: Register) -> None:
    register.put("here", "front", given(aliases=("N.F.",), relations=(rival(),)), "desk")
    for name in ("the northern front", "n.f.", "N F"):
        assert [found.id for found in register.named("here", name)] == ["front"]
    for name in ("Varn League", "Northern", "", "..."):
        assert register.named("here", name) == ()


CONDITIONS: dict[str, tuple[Callable[[Actor], Condition], bool, bool]] = {
    "no condition": (lambda actor: Condition(), True, True),
    "its tag": (lambda actor: Condition(match=(tag_of(actor),)), True, False),
    "one of several tags": (lambda actor: Condition(match=("x", tag_of(actor))), True, False),
    "another tag": (lambda actor: Condition(match=("1",)), False, False),
    "no tag": (lambda actor: Condition(match=()), False, False),
    "any": (lambda actor: Condition(match=("*",)), True, False),
    "none": (lambda actor: Condition(none_match=("*",)), False, True),
    "not its tag": (lambda actor: Condition(none_match=(tag_of(actor),)), False, True),
    "not another tag": (lambda actor: Condition(none_match=("1",)), True, True),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_decides_whether_an_actor_is_put_or_deleted(register: Register, name: str) -> None:
    condition, if_there, if_not = CONDITIONS[name]
    for act in (
        lambda asked: register.put("here", "front", given("Other"), "desk", asked),
        lambda asked: register.delete("here", "front", asked),
    ):
        asked = condition(register.put("here", "front", given(), "desk").actor)
        if if_there:
            act(asked)
        else:
            with pytest.raises(PreconditionFailed):
                act(asked)
            assert register.get("here", "front").name == "Northern Front"
    if if_not:
        register.put("here", "new", given(), "desk", asked)
    else:
        with pytest.raises(PreconditionFailed):
            register.put("here", "new", given(), "desk", asked)


def test_an_actor_that_came_again_has_another_tag(register: Register, clock: SetClock) -> None:
    first = register.put("here", "front", given(), "desk").actor
    register.delete("here", "front")
    clock.advance(seconds=1)
    assert tag_of(register.put("here", "front", given(), "desk").actor) != tag_of(first)


class Racing(MemoryStore):
    """A store in which somebody else changes the actor just before it is put, so many times."""

    times = 1

    def put_actor(self, tenant: str, actor: Actor) -> None:
        if self.times:
            self.times -= 1
            there = self.get_actor(tenant, actor.id)
            version = there.version + 1 if there else 1
            super().put_actor(tenant, actor.model_copy(update={"name": f"Theirs {self.times}", "version": version}))
        super().put_actor(tenant, actor)


def test_who_meets_another_writer_puts_again(clock: SetClock) -> None:
    put = Register(Racing(clock), clock).put("here", "front", given(), "desk")
    assert (put.outcome, put.actor.version, put.actor.name) == ("changed", 2, "Northern Front")


def test_who_meets_another_writer_and_named_a_state_is_told_so(clock: SetClock) -> None:
    store = Racing(clock)
    register = Register(store, clock)
    with pytest.raises(PreconditionFailed):
        register.put("here", "front", given(), "desk", Condition(none_match=("*",)))
    store.times = 100
    with pytest.raises(VersionConflict):
        register.put("here", "front", given(), "desk")


@pytest.mark.parametrize("name", ["Russians", "Muslims", "women", "Young people", "the elderly"])
def test_what_people_are_is_refused_as_name_as_alias_and_as_other_side(register: Register, name: str) -> None:
    for bad in (given(name), given(aliases=(name,)), given(relations=(rival(name),))):
        with pytest.raises(UnprocessableInput, match="what people are"):
            register.put("here", "front", bad, "desk")
    assert list(register.all("here")) == []


def test_states_and_persons_are_taken(register: Register) -> None:
    register.put("here", "russia", given("Russia", kind=ActorKind.GOVERNMENT), "desk")
    register.put("here", "young", given("Christian Young", kind=ActorKind.PERSON), "desk")
    assert {found.id for found in register.all("here")} == {"russia", "young"}


@pytest.mark.parametrize("actor_id", ["", "A", "a_b", "-a", "a" * 65, "a#b", "é", "import", "export", "a\n", "../a"])
def test_an_id_that_cannot_be_one_is_refused(register: Register, actor_id: str) -> None:
    with pytest.raises(UnprocessableInput):
        register.put("here", actor_id, given(), "desk")


def test_an_actor_that_says_its_id_is_put_under_that_alone(register: Register) -> None:
    assert register.put("here", "front", given(id="front"), "desk").outcome == "created"
    assert register.put("here", "front", given(), "desk").outcome == "unchanged"
    with pytest.raises(UnprocessableInput, match="id"):
        register.put("here", "other", given(id="front"), "desk")


def test_a_date_may_be_tomorrow_and_no_later(register: Register) -> None:
    for days, taken in ((-20_000, True), (0, True), (1, True), (2, False)):
        bad = given(relations=(rival(date=TODAY + timedelta(days=days)),))
        if taken:
            register.put("here", "front", bad, "desk")
        else:
            with pytest.raises(UnprocessableInput, match="future"):
                register.put("here", "front", bad, "desk")


def test_more_names_than_are_taken_are_refused_with_the_number(register: Register) -> None:
    with pytest.raises(UnprocessableInput, match="20 aliases"):
        register.put("here", "front", given(aliases=tuple(f"Alias {n}" for n in range(21))), "desk")
    with pytest.raises(UnprocessableInput, match="40 relations"):
        register.put("here", "front", given(relations=tuple(rival(f"Other {n}") for n in range(41))), "desk")


def test_a_name_without_letter_or_digit_is_refused(register: Register) -> None:
    with pytest.raises(UnprocessableInput):
        register.put("here", "front", given("..."), "desk")


def test_an_import_reports_bad_lines_and_goes_on_and_again_changes_nothing(register: Register) -> None:
    lines = [
        Line(1, "front", given(relations=(rival(),))),
        Line(2, "", "name: Field required."),
        Line(3, "Bad", given()),
        Line(5, "people", given("Russians")),
        Line(6, "league", given("Varn League")),
    ]
    first = register.import_lines("here", lines, "desk")
    assert (first.created, first.changed, first.unchanged) == (2, 0, 0)
    assert [failed.line for failed in first.failed] == [2, 3, 5]
    assert first.failed[0].reason == "name: Field required."
    again = register.import_lines("here", lines, "another desk")
    assert (again.created, again.changed, again.unchanged, again.failed) == (0, 0, 2, first.failed)
    lines[0] = Line(1, "front", given())
    assert register.import_lines("here", lines, "desk").changed == 1


def test_all_actors_are_read_however_many_there_are(register: Register, store: MemoryStore) -> None:
    for number in range(120):
        store.put_actor("here", actor(number))
    assert [found.id for found in register.all("here")] == [f"actor-{number}" for number in range(119, -1, -1)]
    assert len(register.list("here", 10**9).items) == 50


def test_dates_are_days() -> None:
    assert rival(date=date(2026, 1, 2)).date.isoformat() == "2026-01-02"
