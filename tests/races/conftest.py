"""A server that answers like DynamoDB over HTTP, honours conditions and transactions, and is a process of its own."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from tests.aws_server import REGION, running

_NUMBERS = count()


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is."""
    scratch = tmp_path_factory.mktemp("server")
    with running(".venv-races", "races", scratch, SERVICES="dynamodb,dynamodbstreams", LOG_LEVEL="ERROR") as url:
        yield url


@pytest.fixture
def connect(endpoint: str) -> Callable[[], Any]:
    """Makes a client: each writer has one of its own, as each Lambda has."""
    return lambda: clients.dynamodb(REGION, endpoint)


@pytest.fixture
def table(connect: Callable[[], Any]) -> str:
    """A new table."""
    name = f"races-{next(_NUMBERS)}"
    create_table(connect(), name)
    return name
