"""``ports.LimitStore`` on DynamoDB: counting is one conditional update, so that it is right whoever else counts."""

import math
from datetime import datetime

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.room import Room
from secondsource.aws.table import COUNT, Item
from secondsource.model import Limits
from secondsource.stored import is_id


class DynamoLimits(Room):
    """What a tenant may do is one item, and so is each window of a counter.

    An item takes some thousand writes a second, so that many calls of one tenant; those that are refused, too.
    """

    def get_limits(self, tenant: str) -> Limits:
        """As ``ports.LimitStore``."""
        found = self._table.get(keys.limits(tenant)) if is_id(tenant) else None
        return Limits() if found is None else unpack(Limits, found["content"])

    def put_limits(self, tenant: str, limits: Limits) -> None:
        """As ``ports.LimitStore``; the last writer wins."""
        where = keys.limits(tenant)
        item: Item = {"PK": where.partition, "SK": where.sort, "tenant": tenant, "content": pack(limits)}
        self._table.write_many(puts=[item])

    def count_up(self, tenant: str, counter: str, window: str, most: int = 0, until: datetime | None = None) -> bool:
        """As ``ports.LimitStore``."""
        end = math.ceil(until.timestamp()) if until else None
        try:
            self._table.count(keys.counter(tenant, counter, window), 1, high=most or None, end=end)
        except ConditionNotMet:
            return False
        return True

    def count_down(self, tenant: str, counter: str, window: str) -> None:
        """As ``ports.LimitStore``."""
        try:
            self._table.count(keys.counter(tenant, counter, window), -1, low=0, end=None)
        except ConditionNotMet:
            return

    def counted(self, tenant: str, counter: str, after: str | None = None) -> int:
        """As ``ports.LimitStore``."""
        if not is_id(tenant, counter):
            return 0
        return sum(item[COUNT] for item in self._table.query(keys.counters(tenant, counter), after=after))
