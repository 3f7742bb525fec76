"""Whole trips on a bad day: a service that refuses a third of what is sent.

``SEEDS=20 make test TESTS=tests/http/test_faults.py`` tries more refusals. Processes that end: ``test_crashes_*.py``.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.contract import unruly
from tests.http import trips
from tests.http.client import code_of
from tests.http.trips import SHARE, TRIPS, Desk


@pytest.fixture(scope="module")
def _opened() -> Iterator[Desk]:
    with Desk().opened() as desk:
        yield desk


@pytest.fixture
def desk(_opened: Desk) -> Desk:
    _opened.clear()
    return _opened


SEEDS = int(os.environ.get("SEEDS", "1"))
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


TOLD = ((503, "unavailable"), (409, "conflict"))
"""409 under a key whose first request stopped."""


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("name", TRIPS)
def test_a_trip_of_which_a_third_of_all_calls_is_refused_ends_as_on_a_good_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, seed: int
) -> None:
    trips.quiet_pauses(monkeypatch)
    desk.begin(name)
    desk.make(name)
    expected, left = desk.seen(), desk.left()

    desk.begin(name)
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
    unknown = desk.of(trips.TENANT)  # whose key has to be looked up, which is refused as well
    monkeypatch.setattr(desk.client, "_gateway", trips.past_the_authorizer())
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
            unknown.get("/v1/articles"),
        ]
    assert [(answered.status, code_of(answered)) for answered in answers] == [(503, "unavailable")] * len(answers)
    assert {answered.header("Retry-After") for answered in answers} == {"2"}
