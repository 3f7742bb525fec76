"""What changed about a claim: the event that its flags are others than they were, or none."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from secondsource.model import ClaimRecord, Event, Flag, RaisedFlag
from secondsource.services.ids import digest_id

GONE: Final = "It rested on an article that is gone."
"""What an event says in the place of a flag's reason, which may hold names and words of that article."""

_NAMED = ("source", "outlet")
"""Nodes of the origin graph whose labels are names that a flag's reason may hold."""


def change(before: ClaimRecord, after: ClaimRecord, at: datetime) -> Event | None:
    """The event of one count of a record; None for its first count, and where no flag changed.

    A flag has changed when its level, the articles that it concerns or the sources that it names have; not when there
    are only more articles or other words for the same.
    """
    if before.origins is None:
        return None
    old, new = raised(before), raised(after)
    if _essence(old) == _essence(new):
        return None
    gone = set(before.articles) - set(after.articles)
    return _event(before, after.version, after.articles, _without(old, gone), new, at)


def end(record: ClaimRecord, at: datetime) -> Event | None:
    """The event of a record's deletion: its flags are gone; None where it had none."""
    old = raised(record)
    return _event(record, record.version + 1, (), _without(old, record.articles), (), at) if old else None


def forget(event: Event, gone: Collection[str]) -> Event | None:
    """The event without what it says of articles that are gone; None where it says nothing of them."""
    changed = event.model_copy(
        update={
            "articles": tuple(article_id for article_id in event.articles if article_id not in gone),
            "before": _without(event.before, gone),
            "after": _without(event.after, gone),
        }
    )
    told = {*event.articles, *(i for flag in (*event.before, *event.after) for i in flag.articles)}
    return changed if told.intersection(gone) else None


def _without(flags: tuple[RaisedFlag, ...], gone: Collection[str]) -> tuple[RaisedFlag, ...]:
    """The flags without the words of those that such an article had a part in: all that look at several articles."""
    return tuple(
        flag.model_copy(
            update={
                "reason": GONE,
                "articles": tuple(article_id for article_id in flag.articles if article_id not in gone),
                "sources": (),
            }
        )
        if gone and (flag.scope.kind != "article" or set(flag.articles).intersection(gone))
        else flag
        for flag in flags
    )


def raised(record: ClaimRecord) -> tuple[RaisedFlag, ...]:
    """The record's flags as events tell of them."""
    return tuple(_raised(flag, _names(record)) for flag in record.flags)


def _raised(flag: Flag, names: tuple[str, ...]) -> RaisedFlag:
    return RaisedFlag(
        code=flag.code,
        level=flag.level,
        reason=flag.reason,
        rule=flag.rule,
        scope=flag.scope,
        articles=tuple(sorted({shown.article_id for shown in flag.evidence})),
        sources=tuple(name for name in names if _names_in(flag.reason, name)),
    )


def _names(record: ClaimRecord) -> tuple[str, ...]:
    """All names of sources and outlets that the record knows of."""
    nodes = record.origins.nodes if record.origins else ()
    found = {node.label for node in nodes if node.type in _NAMED}
    return tuple(sorted({*found, *record.contested_by, *(stake.source_name for stake in record.stakes)} - {""}))


def _names_in(reason: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reason, re.IGNORECASE) is not None


def _essence(flags: tuple[RaisedFlag, ...]) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """What has to differ for a change."""
    return sorted((flag.code.value, flag.level.value, flag.articles, flag.sources) for flag in flags)


def _event(
    record: ClaimRecord,
    version: int,
    articles: tuple[str, ...],
    before: tuple[RaisedFlag, ...],
    after: tuple[RaisedFlag, ...],
    at: datetime,
) -> Event:
    return Event(
        id=digest_id("evt", record.claim_id, str(version)),
        claim_id=record.claim_id,
        at=at,
        version=version,
        articles=articles,
        before=before,
        after=after,
    )
