"""Twenty who change one actor at once, each by the tag of what it has seen: who was told "changed" is in the end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from secondsource import wiring
from secondsource.aws.store import DynamoStore
from secondsource.errors import PreconditionFailed, VersionConflict
from secondsource.model import ActorKind
from secondsource.services.register import Condition, Given, Register, tag_of

WRITERS = 20
TENANT = "courier"


def _given(*aliases: str) -> Given:
    return Given(name="Northern Front", kind=ActorKind.ARMED_GROUP, aliases=aliases)


def test_no_alias_that_was_put_under_a_tag_is_lost(connect: Callable[[], Any], table: str) -> None:
    def register() -> Register:
        clock = wiring.SystemClock()
        return Register(DynamoStore(connect(), table, clock), clock)

    ready = Barrier(WRITERS)
    first = register().put(TENANT, "front", _given(), "desk").actor
    refusals: list[str] = []

    def add(mine: Register, number: int) -> bool:
        """Whether it was let in at once, by the tag that all begin with."""
        seen, at_once = first, True
        ready.wait()
        while True:
            aliases = (*seen.aliases, f"Front {number}")
            try:
                put = mine.put(TENANT, "front", _given(*aliases), "desk", Condition(match=(tag_of(seen),)))
            except (PreconditionFailed, VersionConflict) as refused:
                refusals.append(refused.code)
                seen, at_once = mine.get(TENANT, "front"), False
                continue
            assert put.outcome == "changed"
            return at_once

    with ThreadPoolExecutor(WRITERS) as pool:
        let_in = list(pool.map(add, [register() for _ in range(WRITERS)], range(WRITERS)))

    last = register().get(TENANT, "front")
    assert sorted(last.aliases) == sorted(f"Front {number}" for number in range(WRITERS))
    assert last.version == first.version + WRITERS
    assert sum(let_in) == 1
    assert len(refusals) >= WRITERS - 1
    assert set(refusals) <= {PreconditionFailed.code, VersionConflict.code}
    assert {PreconditionFailed.status, VersionConflict.status} == {412, 409}
    for number in range(WRITERS):
        assert register().named(TENANT, f"front {number}") == (last,)
