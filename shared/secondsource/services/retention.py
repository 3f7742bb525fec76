"""Claim records as they are without the articles that have expired.

DynamoDB clears away what has expired within some days. The store takes no notice of it before, but a claim record was
counted from it: until the stream tells of the clearing (functions/notify), whoever reads the record has it counted.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from secondsource.errors import VersionConflict
from secondsource.model import ClaimRecord, Page
from secondsource.ports import Clock, Store
from secondsource.services.recount import recount


def unexpired(store: Store, clock: Clock) -> Store:
    """The store, whose claim records say nothing of articles that have expired."""
    return cast(Store, _Unexpired(store, clock))


class _Unexpired:
    """All that the store does, but for reading claim records."""

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

    def _count_stale(self, tenant: str, records: Any) -> list[str]:
        """Count those that an expired article is in; answers their ids."""
        now = self._clock.now()
        stale = [record.claim_id for record in records if record.stale_at is not None and record.stale_at <= now]
        for claim_id in stale:
            # Whoever wins every time has counted it.
            with suppress(VersionConflict):
                recount(self._store, self._clock, tenant, claim_id)
        return stale
