"""The stores that the contract tests hold to their port, all with the same clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.local.memory import MemoryStore
from secondsource.local.spill import SpilledStore
from secondsource.ports import Store
from tests.bench.dynamodb import CountingDynamo
from tests.contract import strict, wire
from tests.contract.mocked import mocked
from tests.contract.samples import SetClock

TABLE = "contract"
SERVICES = ("moto", "counting")
"""What answers as DynamoDB: moto, and the one by which the bench counts, so that its figures can be believed."""


@contextmanager
def served(service: str) -> Iterator[Any]:
    """A client of DynamoDB that refuses what the real one does, and the table."""
    if service == "counting":
        client = clients.dynamodb()
        wire.serve(client, CountingDynamo())
        strict.install(client)
        yield client
        return
    with mocked():
        client = clients.dynamodb()
        create_table(client, TABLE)
        strict.install(client)
        yield client


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(params=SERVICES)
def dynamodb(request: pytest.FixtureRequest) -> Iterator[Any]:
    with served(request.param) as client:
        yield client


@pytest.fixture
def dynamo_store(dynamodb: Any, clock: SetClock) -> DynamoStore:
    return DynamoStore(dynamodb, TABLE, clock, sleep=lambda seconds: None)


@pytest.fixture(params=["memory", "spilled", *SERVICES])
def store(request: pytest.FixtureRequest, clock: SetClock) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore(clock)
    elif request.param == "spilled":
        spilled = SpilledStore(clock)
        yield spilled
        spilled.close()
    else:
        with served(request.param) as client:
            yield DynamoStore(client, TABLE, clock, sleep=lambda seconds: None)
