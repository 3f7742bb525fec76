"""Following the events: where one stands, and which have been seen."""

from collections.abc import Iterator
from typing import Final

from secondsource_client.calls import Page
from secondsource_client.models import Event

_REMEMBERED: Final = 1000
"""Ids of events that were seen. Only those of the last 15 seconds may come again; ten full pages are more."""


class Position:
    """``after``: what to go on with. It moves when all events of a page have been taken, so that none is missed."""

    def __init__(self, after: str | None) -> None:
        self.after = after
        self._seen: dict[str, None] = {}

    def unseen(self, page: Page[Event]) -> Iterator[Event]:
        """The events of a page that have not come before; each counts as seen once the next one is asked for."""
        for event in page.items:
            if event.id not in self._seen:
                yield event
                self._seen[event.id] = None
        while len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    def move(self, page: Page[Event]) -> bool:
        """Go on behind a page; whether there may be more by now."""
        if page.next is None or page.next == self.after:
            return False
        self.after = page.next
        return bool(page.items)
