"""Whole trips on a bad day: a process that ends behind any write, and a service that refuses a third of what is sent.

``CRASHES=99 SEEDS=20 make test TESTS=tests/http/test_faults.py`` tries behind every write, and more refusals.
"""

import os
import random
from collections.abc import Callable, Iterator

import pytest

from secondsource.aws.removal import count_tenant
from secondsource.local.cloud import TABLE
from tests.contract import unruly
from tests.http import trips
from tests.http.client import code_of
from tests.http.trips import TRIPS, Desk


@pytest.fixture(scope="module")
def _opened() -> Iterator[Desk]:
    with Desk().opened() as desk:
        yield desk


@pytest.fixture
def desk(_opened: Desk) -> Desk:
    _opened.clear()
    return _opened


CRASHES = int(os.environ.get("CRASHES", "2"))
"""Of each trip, behind so many writes, always the same ones: a trip is some twenty, and each takes a second to try."""
SEEDS = int(os.environ.get("SEEDS", "1"))


def tried(name: str, writes: int) -> list[int]:
    """The numbers of the writes to crash behind."""
    return sorted(random.Random(name).sample(range(writes), min(writes, CRASHES)))


def begin(desk: Desk, name: str) -> None:
    """What is there before the trip."""
    desk.clear()
    for step in TRIPS[name].before:
        step(desk)
    desk.drain()


def make(desk: Desk, name: str) -> None:
    """The trip, and what worker and stream have to do after it."""
    TRIPS[name].trip(desk)
    desk.drain()


@pytest.mark.parametrize("name", TRIPS)
def test_a_trip_that_ends_behind_any_write_and_is_made_again_ends_as_if_it_had_not(desk: Desk, name: str) -> None:
    """Who stops before a read leaves what he left behind the write before it, so that writes are all there is to try."""
    begin(desk, name)
    with unruly.Writes(desk.ways_out) as writes:
        make(desk, name)
    expected, left, waiting = desk.seen(), desk.left(), desk.waiting()

    assert writes.made
    for write in tried(name, len(writes.made)):
        begin(desk, name)
        with pytest.raises(unruly.Crash), unruly.Writes(desk.ways_out, write):
            make(desk, name)
        desk.end_leases()
        make(desk, name)
        assert desk.seen() == expected, f"{writes.made[write]}, number {write}"
        assert desk.left() == left, f"{writes.made[write]}, number {write}"
        assert desk.waiting() == waiting


def test_the_deletion_of_a_tenant_that_ends_behind_any_write_is_finished_by_the_next(desk: Desk) -> None:
    def fill() -> None:
        desk.clear()
        for step in trips.ALL:
            step(desk)

    fill()
    with unruly.Writes(desk.ways_out) as writes:
        trips.remove(desk)
    assert writes.made
    for write in tried("remove", len(writes.made)):
        fill()
        with pytest.raises(unruly.Crash), unruly.Writes(desk.ways_out, write):
            trips.remove(desk)
        trips.remove(desk)
        assert count_tenant(desk.cloud.wiring.dynamodb, TABLE, trips.TENANT) == 0


# --- a service that refuses ----------------------------------------------------------------------------------

SHARE = 0.3
"""Of all that is sent, what is refused: of four tries of the SDK, all are in one call of a hundred."""
MOST_ASKED = 40
"""How often a client asks again for what was answered with 503."""


def persist(desk: Desk, act: Callable[[], object]) -> int:
    """Do it until it is answered, as a client does; answers how often it was told to come again."""
    for asked in range(MOST_ASKED):
        try:
            act()
        except trips.Refused as refused:
            told = refused
        else:
            return asked
        assert (told.status, told.code) in TOLD
        assert told.status != 503 or told.retry_after == "2"
        desk.end_leases()
    raise AssertionError("It is never answered.")


TOLD = ((503, "unavailable"), (409, "conflict"), (500, "internal"))
"""409 under a key whose first request stopped; 500 from the authorizer alone, which API Gateway answers for."""


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", TRIPS)
def test_a_trip_of_which_a_third_of_all_calls_is_refused_ends_as_on_a_good_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, seed: int
) -> None:
    trips.quiet_pauses(monkeypatch)
    begin(desk, name)
    make(desk, name)
    expected, left = desk.seen(), desk.left()

    begin(desk, name)
    with unruly.failing(desk.ways_out, seed, SHARE) as refused:
        persist(desk, lambda: TRIPS[name].trip(desk))
    for _ in range(4):
        desk.drain()

    assert refused
    assert desk.seen() == expected
    assert desk.left() == left


def test_who_is_refused_whatever_is_tried_answers_503_and_when_to_come_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips.quiet_pauses(monkeypatch)
    for step in trips.ALL:
        step(desk)
    article = f"/v1/articles/{desk.client.get('/v1/articles').json()['items'][0]['id']}"
    monkeypatch.setattr(desk.client, "_gateway", desk.past_the_authorizer())
    with unruly.failing(desk.ways_out, 0, 1.0):
        answers = [
            desk.client.post("/v1/articles", trips.DENIED | {"title": "New"}),
            desk.client.post("/v1/articles", trips.DENIED, Idempotency_Key="k"),
            desk.client.post("/v1/articles", trips.DENIED, Prefer="respond-async"),
            desk.client.get(article),
            desk.client.get("/v1/articles"),
            desk.client.get("/v1/claims"),
            desk.client.delete(article),
            desk.client.send("PUT", "/v1/actors/new", json_body=trips.LEAGUE),
            desk.client.delete("/v1/actors/owen"),
        ]
    assert [(answered.status, code_of(answered)) for answered in answers] == [(503, "unavailable")] * len(answers)
    assert {answered.header("Retry-After") for answered in answers} == {"2"}
