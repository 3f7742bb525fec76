"""Deleting a tenant: every item of it, whatever it is, and the proof that none is left.

Not every item can be found from a list (a remembered request stands under a digest), and what a crash left behind can
be found from none. So the whole table is read, as often as something is still found. That is for an operator, with a
right that no function has.
"""

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from secondsource.aws import keys
from secondsource.aws.table import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SETTLE_SECONDS: Final = 90
"""How long to wait for what was under way when the keys ended: a job takes no longer (template.yaml)."""

MOST_PASSES: Final = 10
"""Who finds something every time is not alone; the count of what is left says so."""


class Removed(NamedTuple):
    """How many items were deleted, and how many the last reading of the whole table found."""

    deleted: int
    left: int


def count_tenant(client: "DynamoDBClient", table: str, tenant: str) -> int:
    """How many items of the tenant there are; reads the whole table."""
    return sum(len(page) for page in _items(Table(client, table), tenant))


def remove_tenant(
    client: "DynamoDBClient",
    table: str,
    tenant: str,
    settle_seconds: float = SETTLE_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Removed:
    """Delete all items of the tenant, its API keys among them, until a reading of the whole table finds none.

    Its keys have to be revoked before. Safe to repeat. Raises UnprocessableInput for what is no tenant.
    """
    rows = Table(client, table, sleep)
    deleted, settled = 0, False
    for _ in range(MOST_PASSES):
        found = 0
        for page in _items(rows, tenant):
            rows.write_many(deletes=page)
            found += len(page)
        deleted += found
        if settled and not found:
            return Removed(deleted, 0)
        if not settled:
            sleep(settle_seconds)
            settled = True
    return Removed(deleted, count_tenant(client, table, tenant))


def _items(table: Table, tenant: str) -> Iterator[list[keys.Key]]:
    return table.scan(
        "begins_with(PK, :own) OR (begins_with(PK, :keys) AND #tenant = :tenant)",
        {"#tenant": "tenant"},
        {":own": keys.tenant(tenant), ":keys": keys.API_KEYS, ":tenant": tenant},
    )
