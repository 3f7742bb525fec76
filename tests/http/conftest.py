"""The API in process: moto for AWS, the real handlers, a fake analysis and a fake web."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from secondsource.local.cloud import Cloud
from secondsource.local.functions import handler_of, handlers
from secondsource.local.gateway import Gateway
from secondsource.model import Scope
from secondsource.services import keys
from tests.contract import strict
from tests.http.client import Client
from tests.http.fakes import Web, analyse, state
from tests.unit.services.newsroom import embed

_NUMBERS = count()

ORIGINS = ("https://newsroom.test", "chrome-extension://abcdefghijklmnop")


@pytest.fixture(scope="module")
def _opened() -> Iterator[tuple[Cloud, Web]]:
    """One table and queue a module: opening them takes longer than the tests. Each test has tenants of its own."""
    web = Web()
    with Cloud(
        lambda: handler_of("worker"),
        notify=lambda: handler_of("notify"),
        analyser=analyse,
        sentences=state,
        embed=embed,
        fetcher=web,
        origins=ORIGINS,
        background=False,
        retry_seconds=0,
    ) as cloud:
        for client in (cloud.wiring.dynamodb, cloud.sqs):
            strict.install(client)
        yield cloud, web


@pytest.fixture
def cloud(_opened: tuple[Cloud, Web]) -> Cloud:
    """The table and the queue, where messages of other tests may be; ``drain`` runs the worker, and what the stream wakes."""
    return _opened[0]


@pytest.fixture
def web(_opened: tuple[Cloud, Web]) -> Web:
    """What URLs answer: nothing yet."""
    _opened[1].clear()
    return _opened[1]


@pytest.fixture(scope="module")
def gateway(_opened: tuple[Cloud, Web]) -> Gateway:
    """The gateway in front of the real handlers."""
    return Gateway(handlers(), handler_of("authorizer"), ORIGINS)


@pytest.fixture
def make_key(cloud: Cloud) -> Callable[..., str]:
    """Makes an API key for a tenant, with these scopes or with read and write."""

    def make(tenant: str, *scopes: Scope) -> str:
        return keys.create(cloud.wiring.store, cloud.wiring.clock, tenant, scopes or (Scope.READ, Scope.WRITE))

    return make


@pytest.fixture
def tenant() -> str:
    """A tenant that no other test has."""
    return f"courier-{next(_NUMBERS)}"


@pytest.fixture
def client(gateway: Gateway, make_key: Callable[..., str], tenant: str) -> Client:
    """A client of the tenant who may read and write."""
    return Client(gateway, make_key(tenant))


@pytest.fixture
def other(gateway: Gateway, make_key: Callable[..., str]) -> Client:
    """A client of another tenant."""
    return Client(gateway, make_key(f"tribune-{next(_NUMBERS)}"))
