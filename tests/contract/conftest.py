"""The stores that the contract tests hold to their port, all with the same clock."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.local.memory import MemoryStore
from secondsource.local.spill import SpilledStore
from secondsource.ports import Store
from tests.contract import strict
from tests.contract.samples import SetClock

TABLE = "contract"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    """A client of moto's DynamoDB that refuses what the real one does, and the table."""
    with mock_aws():
        client = clients.dynamodb()
        create_table(client, TABLE)
        strict.install(client)
        yield client


@pytest.fixture
def dynamo_store(dynamodb: Any, clock: SetClock) -> DynamoStore:
    return DynamoStore(dynamodb, TABLE, clock, sleep=lambda seconds: None)


@pytest.fixture
def spilled_store(clock: SetClock) -> Iterator[SpilledStore]:
    store = SpilledStore(clock)
    yield store
    store.close()


@pytest.fixture(params=["memory", "spilled", "dynamodb"])
def store(request: pytest.FixtureRequest, clock: SetClock) -> Store:
    if request.param == "memory":
        return MemoryStore(clock)
    found: Store = request.getfixturevalue("spilled_store" if request.param == "spilled" else "dynamo_store")
    return found
