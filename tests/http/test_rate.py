"""How often a tenant may call, and how much it may have annotated."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count

import pytest

from secondsource.local.cloud import Cloud
from secondsource.local.functions import handler_of, handlers
from secondsource.local.gateway import Gateway, HttpResponse
from secondsource.model import Limits, Scope
from secondsource.services import keys
from tests.http.client import Client, code_of
from tests.http.conftest import ORIGINS
from tests.http.fakes import analyse
from tests.unit.services.newsroom import START, embed

MOST = 100
_NUMBERS = count()


class Standing:
    """A clock that stands still: no minute ends while a test counts."""

    at: datetime = START + timedelta(seconds=15)

    def now(self) -> datetime:
        return self.at


@pytest.fixture(scope="module")
def clock() -> Standing:
    return Standing()


@pytest.fixture(scope="module")
def limited(clock: Standing) -> Iterator[Cloud]:
    """A deployment in which a tenant may make a hundred calls a minute, and add three articles a day."""
    with Cloud(
        lambda: handler_of("worker"),
        analyser=analyse,
        embed=embed,
        clock=clock,
        origins=ORIGINS,
        limits=Limits(calls_a_minute=MOST, articles_a_day=3, articles_stored=5),
        background=False,
    ) as cloud:
        yield cloud


@pytest.fixture
def newcomer(limited: Cloud) -> Callable[..., Client]:
    """Makes a client of a tenant that no other test has."""
    gateway = Gateway(handlers(), handler_of("authorizer"), ORIGINS)

    def make(tenant: str | None = None) -> Client:
        tenant = tenant or f"limited-{next(_NUMBERS)}"
        return Client(
            gateway, keys.create(limited.wiring.store, limited.wiring.clock, tenant, [Scope.READ, Scope.WRITE])
        )

    return make


def _at_once(client: Client, times: int) -> Counter[int]:
    with ThreadPoolExecutor(20) as pool:
        return Counter(answered.status for answered in pool.map(lambda _: client.get("/v1/articles"), range(times)))


def test_of_200_calls_at_once_exactly_100_are_let_in(newcomer: Callable[..., Client]) -> None:
    first, other = newcomer(), newcomer()

    assert _at_once(first, 200) == {200: 100, 429: 100}
    assert _at_once(other, 10) == {200: 10}


def test_whoever_calls_too_often_is_told_when_to_come_again(newcomer: Callable[..., Client], clock: Standing) -> None:
    client = newcomer()
    _at_once(client, MOST)

    refused = client.get("/v1/articles", Origin=ORIGINS[1])

    assert (refused.status, code_of(refused)) == (429, "too-many-requests")
    assert refused.header("Retry-After") == "45"
    assert refused.header("Access-Control-Allow-Origin") == ORIGINS[1]
    assert "Retry-After" in (refused.header("Access-Control-Expose-Headers") or "")
    clock.at += timedelta(seconds=45)
    assert client.get("/v1/articles").status == 200


def test_all_keys_and_all_functions_of_a_tenant_count_together(newcomer: Callable[..., Client]) -> None:
    tenant = f"limited-{next(_NUMBERS)}"
    one, other = newcomer(tenant), newcomer(tenant)
    _at_once(one, MOST - 2)

    answered = [other.get("/v1/claims"), other.get("/v1/events"), other.get("/v1/claims"), one.get("/v1/articles")]

    assert [found.status for found in answered] == [200, 200, 429, 429]


def test_what_takes_no_key_is_not_counted(newcomer: Callable[..., Client]) -> None:
    client = newcomer()
    for _ in range(3):
        for method, path in [("GET", "/v1/health"), ("GET", "/v1/nothing"), ("OPTIONS", "/v1/articles")]:
            client.send(method, path)
        Client(client._gateway, "ss_none").get("/v1/articles")

    assert _at_once(client, MOST) == {200: MOST}


def test_a_body_is_not_read_for_whoever_calls_too_often(newcomer: Callable[..., Client]) -> None:
    client = newcomer()
    _at_once(client, MOST)

    assert client.send("POST", "/v1/articles", body=b"{").status == 429


def _add(client: Client, number: int, **headers: str) -> HttpResponse:
    return client.post("/v1/articles", {"text": f"Story {number}."}, **headers)


def test_the_days_articles_are_counted_and_known_ones_answered(newcomer: Callable[..., Client]) -> None:
    client = newcomer()
    answered = [_add(client, number) for number in (1, 2, 3, 4)]

    assert [found.status for found in answered] == [201, 201, 201, 429]
    assert code_of(answered[-1]) == "daily-quota-spent"
    assert int(answered[-1].header("Retry-After") or 0) > 3600
    assert _add(client, 1).status == 200
    assert _add(client, 5, Prefer="respond-async").status == 429


def test_a_request_that_was_refused_may_be_sent_again_under_its_key(
    newcomer: Callable[..., Client], clock: Standing
) -> None:
    client = newcomer()
    for number in range(3):
        _add(client, number)
    refused = _add(client, 9, Idempotency_Key='"one"')

    clock.at += timedelta(days=1)

    assert (refused.status, _add(client, 9, Idempotency_Key='"one"').status) == (429, 201)


def test_a_full_store_is_no_matter_of_waiting(newcomer: Callable[..., Client], clock: Standing) -> None:
    client = newcomer()
    ids = []
    for number in range(5):
        clock.at += timedelta(days=1)
        ids.append(_add(client, number).json()["id"])

    clock.at += timedelta(days=1)
    full = _add(client, 6)

    assert (full.status, code_of(full), full.header("Retry-After")) == (403, "storage-quota-spent", None)
    client.delete(f"/v1/articles/{ids[0]}")
    assert _add(client, 6).status == 201
