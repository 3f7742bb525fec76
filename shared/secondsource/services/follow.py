"""Following what happens: the events of one tenant, oldest first."""

from datetime import timedelta
from typing import Final

from secondsource.model import Page
from secondsource.ports import Clock, Store

SETTLED: Final = timedelta(seconds=15)
"""How old an event is when none can come before it any more. It gets its time just before it is written; that takes
milliseconds, and where DynamoDB does not answer and is asked again, some seconds."""


class Follow:
    """Answers what has happened since."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def events(self, tenant: str, limit: int, after: str | None = None) -> Page:
        """A page of Event, oldest first, behind the cursor ``after``. Raises InvalidCursor.

        Who always goes on with ``next`` misses none. Those that are not SETTLED are answered at once, and once more.
        """
        return self._store.list_events(tenant, limit, self._clock.now() - SETTLED, after)
