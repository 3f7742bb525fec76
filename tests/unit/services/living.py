"""What must hold of the stored claims when all who wrote have done: looked up in the store, not believed."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from secondsource.local.memory import MemoryStore
from secondsource.model import ClaimRecord, Event, Occurrence
from secondsource.ports import Store
from secondsource.services.changes import GONE, raised
from secondsource.services.recount import recount

COUNTED = ("articles", "replaced", "origins", "flags", "not_assessable", "stakes", "contested_by")
MOST_COUNTS = 1_000
"""Versions further apart than this, in microseconds, are of a record that was deleted and made again."""


class _Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


def records(store: Store, tenant: str) -> dict[str, ClaimRecord]:
    """All claim records."""
    found: dict[str, ClaimRecord] = {}
    cursor = None
    while True:
        page = store.list_claims(tenant, 200, cursor)
        found.update({record.claim_id: record for record in page.items})
        if (cursor := page.next) is None:
            return found


def events(store: Store, tenant: str) -> list[Event]:
    """All events of claims, in the order of time."""
    found: list[Event] = []
    cursor, settled = None, datetime.now(UTC) + timedelta(days=1)
    while (page := store.list_events(tenant, 200, settled, cursor)).items:
        found, cursor = [*found, *page.items], page.next
    return [event for event in found if event.claim_id is not None]


def fresh(tenant: str, claim_id: str, occurrences: tuple[Occurrence, ...]) -> ClaimRecord | None:
    """What the occurrences alone make of a record."""
    store = MemoryStore(_Now())
    for occurrence in occurrences:
        store.put_occurrence(tenant, occurrence)
    return recount(store, _Now(), tenant, claim_id)


def check(store: Store, tenant: str, claim_ids: set[str]) -> None:
    """Raise AssertionError unless the records of these claims, and all that are listed, are as they must be."""
    known = records(store, tenant)
    for claim_id in claim_ids | known.keys():
        occurrences, record = store.occurrences(tenant, claim_id), known.get(claim_id)
        stored = store.get_claims(tenant, [claim_id]).get(claim_id)
        if stored is not None and stored.merged_into is not None:
            assert not occurrences, f"{claim_id}: an occurrence was left behind"
            check_way(store, tenant, stored, known)
            continue
        assert (record is not None) == bool(occurrences), f"{claim_id}: an orphan"
        assert stored == record
        if record is not None:
            counted = fresh(tenant, claim_id, occurrences)
            assert counted is not None
            for name in COUNTED:
                assert getattr(record, name) == getattr(counted, name), f"{claim_id}: its {name} are stale"
    check_chains(events(store, tenant), known)


def check_way(store: Store, tenant: str, pointing: ClaimRecord, known: dict[str, ClaimRecord]) -> None:
    """Raise AssertionError unless a merged record leads to one that knows it, and stands in no list itself."""
    assert pointing.claim_id not in known, f"{pointing.claim_id}: it is listed"
    passed, at = set(), pointing
    while at.merged_into is not None:
        assert at.claim_id not in passed, f"{pointing.claim_id}: it leads in a circle"
        passed.add(at.claim_id)
        following = store.get_claims(tenant, [at.merged_into]).get(at.merged_into)
        assert following is not None, f"{pointing.claim_id}: it leads nowhere"
        at = following
    assert at.claim_id in known, f"{pointing.claim_id}: what it leads to is not listed"
    assert pointing.claim_id in at.merged, f"{pointing.claim_id}: what it leads to does not know it"


def check_chains(told: list[Event], known: dict[str, ClaimRecord]) -> None:
    """Raise AssertionError unless each claim's events lead from one to the next, and the last to the record."""
    assert len({event.id for event in told}) == len(told)
    by_claim: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.version):
        by_claim[event.claim_id].append(event)
    for claim_id, chain in by_claim.items():
        for first, second in pairwise(chain):
            if second.version - first.version < MOST_COUNTS and first.articles:
                assert alike(first.after, second.before), f"{claim_id}: a change was not told"
        assert not any(whole(e.before, e.after) and alike(e.before, e.after) for e in chain)
        record, last = known.get(claim_id), chain[-1]
        if record is None:
            assert essence(last.after) == [], f"{claim_id}: its end was not told"
        elif _made_at(record) < last.version <= record.version and last.articles:
            assert alike(last.after, raised(record)), f"{claim_id}: the last change was not told"


def _made_at(record: ClaimRecord) -> int:
    """The version in which it was made. A record of the same id may have been made and deleted within the same
    millisecond, by a writer that was faster: what is told of that one is not told of this."""
    return (record.created_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def alike(flags, others) -> bool:
    """Whether both are one state of a claim's flags, as far as an article that is gone has left them to be told by."""
    if whole(flags, others):
        return essence(flags) == essence(others)
    return sorted((f.code, f.level) for f in flags) == sorted((f.code, f.level) for f in others)


def whole(*states) -> bool:
    """Whether no article that is gone had a part in any of these flags."""
    return not any(flag.reason == GONE for flags in states for flag in flags)


def essence(flags) -> list[tuple[object, ...]]:
    """What tells one state of a claim's flags from another."""
    return sorted((flag.code.value, flag.level.value, flag.articles, flag.sources) for flag in flags)
