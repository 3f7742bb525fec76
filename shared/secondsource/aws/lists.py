"""Lists that are ordered by time, in pages: newest first, or, where a reader follows what happens, oldest first."""

from collections.abc import Callable, Sequence
from typing import Any

from secondsource.aws.table import Item, Table
from secondsource.model import Page
from secondsource.stored import page_size, require_place
from secondsource.web import cursors


def page(
    table: Table,
    tenant: str,
    partition: str,
    limit: int,
    cursor: str | None,
    resolve: Callable[[Sequence[Item]], Sequence[Any]],
    check: Callable[[str], str] = require_place,
    prefix: str | None = None,
) -> Page:
    """A page of what the pointers of the partition lead to. Raises InvalidCursor.

    ``resolve`` answers, for pointers, what they lead to, in their order, and leaves out those that lead nowhere;
    the page is filled up with what comes after them. ``check`` refuses what is no place in this list; ``prefix``: the
    list ends before sort keys that do not begin so.
    """
    limit = page_size(limit)
    position = None if cursor is None else check(cursors.decode(tenant, partition, cursor))
    found: list[Any] = []
    while True:
        wanted = limit - len(found)
        pointers = table.query(partition, before=position, newest_first=True, limit=wanted + 1)
        if prefix is not None:
            pointers = [pointer for pointer in pointers if str(pointer["SK"]).startswith(prefix)]
        found.extend(resolve(pointers[:wanted]))
        if len(pointers) <= wanted:
            return Page(items=tuple(found))
        position = str(pointers[wanted - 1]["SK"])
        if len(found) == limit:
            return Page(items=tuple(found), next=cursors.encode(tenant, partition, position))


def page_forward(
    table: Table,
    tenant: str,
    partition: str,
    limit: int,
    settled: str,
    cursor: str | None,
    resolve: Callable[[Sequence[Item]], Sequence[Any]],
) -> Page:
    """As ``page``, oldest first; ``next`` leads on from the last place read that is not behind the stamp ``settled``,
    also where nothing follows yet."""
    limit = page_size(limit)
    position = reached = None if cursor is None else require_place(cursors.decode(tenant, partition, cursor))
    # Behind every place of that moment, for a place goes on with '#'.
    end = settled + "~"
    found: list[Any] = []
    while len(found) < limit:
        wanted = limit - len(found)
        pointers = table.query(partition, after=position, limit=wanted)
        found.extend(resolve(pointers))
        for pointer in pointers:
            position = str(pointer["SK"])
            reached = position if position < end else reached
        if len(pointers) < wanted:
            break
    return Page(items=tuple(found), next=cursors.encode(tenant, partition, reached) if reached else None)
