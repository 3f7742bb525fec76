"""Lists that are kept in the order of their places: taking an entry out, and reading a page of one."""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any, TypeVar

from secondsource.model import Page
from secondsource.stored import page_size, require_place
from secondsource.web import cursors

Entry = TypeVar("Entry", tuple[str, str], tuple[str, str, str])

Order = list[tuple[str, str]]
"""Places in a list and the ids that stand there, the lowest first."""


def drop(order: list[Entry], entry: Entry) -> None:
    """Take the entry out, if it is there."""
    index = bisect_left(order, entry)
    if order[index : index + 1] == [entry]:
        del order[index]


def page(
    tenant: str,
    listing: str,
    order: Order,
    limit: int,
    cursor: str | None,
    read: Callable[[str], Any],
    check: Callable[[str], str] = require_place,
) -> Page:
    """A page of the list, the highest place first. ``check`` refuses what is no place in it."""
    limit = page_size(limit)
    end = len(order)
    if cursor is not None:
        end = bisect_left(order, (check(cursors.decode(tenant, listing, cursor)), ""))
    start = max(0, end - limit)
    items = tuple(read(item_id) for _, item_id in reversed(order[start:end]))
    following = cursors.encode(tenant, listing, order[start][0]) if start > 0 else None
    return Page(items=items, next=following)
