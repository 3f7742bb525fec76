"""What the adapters of one table share."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from secondsource.aws.documents import Documents
from secondsource.aws.table import Table
from secondsource.ports import Clock

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


READERS = 8
"""Threads that read index partitions at once: 31 of them, the most a claim has, take four rounds."""


class Room:
    """Holds the table, its documents and the clock; each adapter adds the methods of its port."""

    def __init__(
        self, client: "DynamoDBClient", table: str, clock: Clock, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._table = Table(client, table, sleep)
        self._documents = Documents(self._table, clock.now)
        self._clock = clock

    @cached_property
    def _readers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(READERS, thread_name_prefix="index")
