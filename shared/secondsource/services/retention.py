"""Claim records, events and posts as they are without the articles that have expired.

DynamoDB clears away what has expired within some days. The store takes no notice of it before, but a claim record was
counted from it, and events tell of it: until the stream tells of the clearing (functions/notify), whoever reads the
record, or an event of it, has it counted. A post knows when its versions expire.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, cast

from secondsource.errors import VersionConflict
from secondsource.model import ClaimRecord, Event, Page, Publication
from secondsource.ports import Clock, Store
from secondsource.services import changes
from secondsource.services.merging import resolve
from secondsource.services.recount import recount
from secondsource.stored import has_expired


def unexpired(store: Store, clock: Clock) -> Store:
    """The store, whose claim records, events and posts say nothing of articles that have expired."""
    return cast(Store, _Unexpired(store, clock))


class _Unexpired:
    """All that the store does, but for reading claim records, events and the posts of an article."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """As ``ports.ClaimIndex``."""
        found = self._store.get_claims(tenant, claim_ids)
        stale = self._count_stale(tenant, found.values())
        if not stale:
            return found
        anew = self._store.get_claims(tenant, stale)
        return {i: anew.get(i, record) for i, record in found.items() if i not in stale or i in anew}

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ClaimIndex``; a page may be shorter by the records that are gone."""
        page = self._store.list_claims(tenant, limit, cursor)
        stale = self._count_stale(tenant, page.items)
        if not stale:
            return page
        anew = self._store.get_claims(tenant, stale)
        there = [anew.get(record.claim_id) if record.claim_id in stale else record for record in page.items]
        kept = tuple(record for record in there if record is not None and record.merged_into is None)
        return page.model_copy(update={"items": kept})

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """As ``ports.EventStore``."""
        page = self._store.list_events(tenant, limit, settled, cursor)
        return page.model_copy(update={"items": self._put_right(tenant, page.items)})

    def get_event(self, tenant: str, event_id: str) -> Event | None:
        """As ``ports.EventStore``."""
        event = self._store.get_event(tenant, event_id)
        return None if event is None else next(iter(self._put_right(tenant, [event])), None)

    def publications_of(self, tenant: str, article_id: str) -> tuple[Publication, ...]:
        """As ``ports.Publications``, with the versions that are there."""
        now = self._clock.now()
        posts = []
        for post in self._store.publications_of(tenant, article_id):
            there = tuple(version for version in post.versions if not has_expired(version, now))
            if article_id in {version.article_id for version in there}:
                posts.append(post.model_copy(update={"versions": there}))
        return tuple(posts)

    def _put_right(self, tenant: str, events: Sequence[Event]) -> tuple[Event, ...]:
        """The events, of which those that tell of an expired article have been changed where they are stored."""
        now = self._clock.now()
        stale = {event.id for event in events if event.stale_at is not None and event.stale_at <= now}
        # Whoever counts a record takes what has expired out of its events.
        resolve(cast(Store, self), tenant, [e.claim_id for e in events if e.id in stale and e.claim_id is not None])
        for event in events:
            if event.id in stale and event.replaces is not None:
                self._store.change_event(tenant, event.id, partial(changes.forget, gone={event.replaces}))
        found = (self._store.get_event(tenant, event.id) if event.id in stale else event for event in events)
        return tuple(event for event in found if event is not None)

    def _count_stale(self, tenant: str, records: Any) -> list[str]:
        """Count those that an expired article is in; answers their ids."""
        now = self._clock.now()
        stale = [record.claim_id for record in records if record.stale_at is not None and record.stale_at <= now]
        for claim_id in stale:
            # Whoever wins every time has counted it.
            with suppress(VersionConflict):
                recount(self._store, self._clock, tenant, claim_id)
        return stale
