"""``ports.Store`` in memory: for tests, and for the command line, which keeps nothing between runs."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from secondsource.errors import Conflict, VersionConflict
from secondsource.local.known import KnownInMemory
from secondsource.local.order import Order, drop, page
from secondsource.local.posted import PostedInMemory
from secondsource.model import (
    ApiKey,
    Article,
    Candidate,
    Candidates,
    ClaimRecord,
    Event,
    Job,
    Limits,
    Occurrence,
    Page,
    Signature,
)
from secondsource.ports import Clock, Store
from secondsource.stored import (
    about,
    expiry,
    has_expired,
    index_keys,
    may_follow,
    may_write,
    page_size,
    place,
    require_ids,
    require_place,
    stamp,
    summary_of,
)
from secondsource.web import cursors

_Id = tuple[str, str]
"""Tenant and id."""
_Entry = tuple[str, str, str]
"""Where an occurrence stands under an index key, its claim's id and its article's."""


class MemoryStore(KnownInMemory, PostedInMemory):
    """One process, one lock; what is read is what was stored, for all of it is frozen."""

    def __init__(self, clock: Clock) -> None:
        KnownInMemory.__init__(self)
        PostedInMemory.__init__(self)
        self._clock = clock
        self._articles: dict[_Id, Article] = {}
        self._article_order: defaultdict[str, Order] = defaultdict(list)
        self._claims: dict[_Id, ClaimRecord] = {}
        self._first_claims: dict[_Id, ClaimRecord] = {}
        """As added: the list keeps to this one, whatever an update says."""
        self._claim_order: defaultdict[str, Order] = defaultdict(list)
        self._signatures: dict[_Id, tuple[int, Signature]] = {}
        """With the version of the record that each was counted for."""
        self._pairs: defaultdict[_Id, list[_Entry]] = defaultdict(list)
        self._occurrences: defaultdict[_Id, dict[str, Occurrence]] = defaultdict(dict)
        self._carried: defaultdict[_Id, set[str]] = defaultdict(set)
        self._events: defaultdict[str, list[tuple[str, Event]]] = defaultdict(list)
        self._jobs: dict[_Id, Job] = {}
        self._keys: dict[str, ApiKey] = {}
        self._limits: dict[str, Limits] = {}
        self._counts: Counter[tuple[str, str, str]] = Counter()

    # --- articles ------------------------------------------------------------------------------

    def add_article(self, tenant: str, article: Article, event: Event | None = None, job: Job | None = None) -> bool:
        """As ``ports.ArticleStore``. Raises UnprocessableInput for a bad id."""
        require_ids(tenant, article.id)
        with self._lock:
            if self.has_article(tenant, article.id) or not self._written_by(tenant, job):
                return False
            self._put_article(tenant, article)
            self._record_event(tenant, event)
            return True

    def replace_article(self, tenant: str, article: Article, job: Job) -> bool:
        """As ``ports.ArticleStore``."""
        with self._lock:
            if not self.has_article(tenant, article.id) or not self._written_by(tenant, job):
                return False
            self._put_article(tenant, article)
            return True

    def get_article(self, tenant: str, article_id: str) -> Article | None:
        """As ``ports.ArticleStore``."""
        article = self._articles.get((tenant, article_id))
        return None if article is None or has_expired(article, self._clock.now()) else article

    def has_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        return self.get_article(tenant, article_id) is not None

    def list_articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ArticleStore``."""

        def read(article_id: str) -> Any:
            return summary_of(self._articles[tenant, article_id])

        with self._lock:
            there = [entry for entry in self._article_order.get(tenant, []) if self.has_article(tenant, entry[1])]
            return page(tenant, "articles", there, limit, cursor, read)

    def delete_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        with self._lock:
            article = self._articles.pop((tenant, article_id), None)
            if article is None:
                return False
            drop(self._article_order[tenant], (place(article.added_at, article_id), article_id))
            return not has_expired(article, self._clock.now())

    def _put_article(self, tenant: str, article: Article) -> None:
        self.delete_article(tenant, article.id)
        self._articles[tenant, article.id] = article
        insort(self._article_order[tenant], (place(article.added_at, article.id), article.id))

    # --- claims --------------------------------------------------------------------------------

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """As ``ports.ClaimIndex``."""
        if newest < 1:
            return Candidates()
        hits: Counter[str] = Counter()
        latest: dict[str, str] = {}
        cut = []
        with self._lock:
            for key in dict.fromkeys(keys):
                entries = self._pairs.get((tenant, key), [])
                if len(entries) > newest:
                    cut.append(key)
                places = {claim_id: where for where, claim_id, _ in entries[-newest:]}
                hits.update(places.keys())
                latest.update({i: max(where, latest.get(i, "")) for i, where in places.items()})
        ranked = sorted(hits, key=lambda claim_id: (hits[claim_id], latest[claim_id]), reverse=True)
        return Candidates(found=tuple(Candidate(claim_id=i, hits=hits[i]) for i in ranked), cut=tuple(cut))

    def candidates_of_each(self, tenant: str, keys: Sequence[Sequence[str]], newest: int) -> list[Candidates]:
        """As ``ports.ClaimIndex``."""
        return [self.candidates(tenant, each, newest) for each in keys]

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """As ``ports.ClaimIndex``."""
        with self._lock:
            found = {claim_id: self._claims.get((tenant, claim_id)) for claim_id in claim_ids}
        return {claim_id: record for claim_id, record in found.items() if record is not None}

    def signatures(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, Signature]:
        """As ``ports.ClaimIndex``."""
        with self._lock:
            found = {claim_id: self._signatures.get((tenant, claim_id)) for claim_id in claim_ids}
        return {claim_id: entry[1] for claim_id, entry in found.items() if entry is not None}

    def put_signatures(self, tenant: str, signatures: Mapping[str, tuple[int, Signature]]) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, *signatures)
        with self._lock:
            for claim_id, (version, signature) in signatures.items():
                there = self._signatures.get((tenant, claim_id))
                if (tenant, claim_id) in self._claims and (there is None or there[0] < version):
                    self._signatures[tenant, claim_id] = (version, signature)

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """As ``ports.ClaimIndex``. Raises UnprocessableInput for a bad id."""
        require_ids(tenant, record.claim_id)
        with self._lock:
            if (tenant, record.claim_id) in self._claims:
                return False
            self._claims[tenant, record.claim_id] = self._first_claims[tenant, record.claim_id] = record
            if record.merged_into is None:
                insort(self._claim_order[tenant], _entry(record))
            return True

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, record.claim_id)
        with self._lock:
            stored = self._claims.get((tenant, record.claim_id))
            if stored is None or stored.version != record.version - 1:
                raise VersionConflict
            self._claims[tenant, record.claim_id] = record
            if (stored.merged_into is None) != (record.merged_into is None):
                self._list_anew(tenant, record)
            self._record_event(tenant, event)

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``. Its occurrences stay."""
        with self._lock:
            stored = self._claims.get((tenant, claim_id))
            signed = self._signatures.get((tenant, claim_id))
            if stored is None:
                self._signatures.pop((tenant, claim_id), None)
                return
            if version is not None and stored.version != version:
                raise VersionConflict
            del self._claims[tenant, claim_id]
            if signed is not None and signed[0] <= stored.version:
                del self._signatures[tenant, claim_id]
            self._record_event(tenant, event)
            drop(self._claim_order[tenant], _entry(self._first_claims.pop((tenant, claim_id))))

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ClaimIndex``."""

        def read(claim_id: str) -> Any:
            return self._claims[tenant, claim_id]

        with self._lock:
            return page(tenant, "claims", self._claim_order.get(tenant, []), limit, cursor, read)

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, occurrence.claim_id, occurrence.article_id)
        keys = index_keys(occurrence)
        with self._lock:
            self.delete_occurrence(tenant, occurrence.claim_id, occurrence.article_id)
            for key in keys:
                insort(self._pairs[tenant, key], _index_entry(occurrence))
            self._occurrences[tenant, occurrence.claim_id][occurrence.article_id] = occurrence
            self._carried[tenant, occurrence.article_id].add(occurrence.claim_id)

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """As ``ports.ClaimIndex``."""
        with self._lock:
            known = list(self._occurrences.get((tenant, claim_id), {}).values())
        now = self._clock.now()
        found = [occurrence for occurrence in known if not has_expired(occurrence, now)]
        return tuple(sorted(found, key=lambda occurrence: (stamp(occurrence.added_at), occurrence.article_id)))

    def claims_of(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``."""
        with self._lock:
            return tuple(sorted(self._carried.get((tenant, article_id), ())))

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``, in the order of the ids."""
        with self._lock:
            claim_ids = self.claims_of(tenant, article_id)
            for claim_id in claim_ids:
                self.delete_occurrence(tenant, claim_id, article_id)
            return claim_ids

    def delete_occurrence(self, tenant: str, claim_id: str, article_id: str) -> bool:
        """As ``ports.ClaimIndex``."""
        with self._lock:
            occurrence = self._occurrences.get((tenant, claim_id), {}).pop(article_id, None)
            if occurrence is None:
                return False
            self._carried[tenant, article_id].discard(claim_id)
            for key in index_keys(occurrence):
                drop(self._pairs[tenant, key], _index_entry(occurrence))
            return True

    # --- events --------------------------------------------------------------------------------

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """As ``ports.EventStore``."""
        position = "" if cursor is None else require_place(cursors.decode(tenant, "events", cursor))
        now = self._clock.now()
        with self._lock:
            known = list(self._events.get(tenant, ()))
        found = [(at, event) for at, event in known if at > position and expiry(event) > now][: page_size(limit)]
        reached = max((at for at, event in found if event.at <= settled), default=position)
        following = cursors.encode(tenant, "events", reached) if reached else None
        return Page(items=tuple(event for _, event in found), next=following)

    def get_event(self, tenant: str, event_id: str) -> Event | None:
        """As ``ports.EventStore``."""
        return next((event for event in self._told(tenant) if event.id == event_id), None)

    def events_of(self, tenant: str, claim_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        return tuple(event for event in self._told(tenant) if event.claim_id == claim_id)

    def events_about(self, tenant: str, article_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        return tuple(event for event in self._told(tenant) if article_id in about(event))

    def change_event(self, tenant: str, event_id: str, change: Callable[[Event], Event | None]) -> None:
        """As ``ports.EventStore``."""
        while (found := self.get_event(tenant, event_id)) is not None and (event := change(found)) is not None:
            with self._lock:
                if self.get_event(tenant, event_id) == found:
                    known = self._events[tenant]
                    known[:] = [(at, event if there.id == event_id else there) for at, there in known]
                    return

    def delete_event(self, tenant: str, event_id: str) -> bool:
        """As ``ports.EventStore``."""
        with self._lock:
            was_there = self.get_event(tenant, event_id) is not None
            known = self._events[tenant]
            known[:] = [(at, there) for at, there in known if there.id != event_id]
            return was_there

    def _told(self, tenant: str) -> list[Event]:
        now = self._clock.now()
        with self._lock:
            return [event for _, event in self._events.get(tenant, ()) if expiry(event) > now]

    def _record_event(self, tenant: str, event: Event | None) -> None:
        if event is not None:
            require_ids(tenant, event.id)
            insort(self._events[tenant], (place(event.at, event.id), event), key=lambda entry: entry[0])

    # --- jobs ----------------------------------------------------------------------------------

    def add_job(self, tenant: str, job: Job) -> bool:
        """As ``ports.JobStore``."""
        require_ids(tenant, job.id)
        with self._lock:
            if self.get_job(tenant, job.id) is not None:
                return False
            self._jobs[tenant, job.id] = job
            return True

    def get_job(self, tenant: str, job_id: str) -> Job | None:
        """As ``ports.JobStore``."""
        job = self._jobs.get((tenant, job_id))
        return None if job is None or has_expired(job, self._clock.now()) else job

    def update_job(self, tenant: str, job: Job, event: Event | None = None) -> bool:
        """As ``ports.JobStore``; False also when there is no such job (any more)."""
        with self._lock:
            stored = self.get_job(tenant, job.id)
            if stored is None or not may_follow(stored.status, stored.article_id, job):
                return False
            self._jobs[tenant, job.id] = job
            self._record_event(tenant, event)
            return True

    def _written_by(self, tenant: str, job: Job | None) -> bool:
        """Note with the job that it has written its article; False where it must not."""
        if job is None:
            return True
        stored = self.get_job(tenant, job.id)
        if stored is None or not may_write(stored.status, stored.article_id, job):
            return False
        self._jobs[tenant, job.id] = job
        return True

    # --- API keys ------------------------------------------------------------------------------

    def put_key(self, key: ApiKey) -> None:
        """As ``ports.KeyStore``."""
        require_ids(key.tenant, key.key_id)
        with self._lock:
            there = self._keys.get(key.key_id)
            if there is not None and there.tenant != key.tenant:
                raise Conflict("Another tenant has a key of this id.")
            self._keys[key.key_id] = key

    def get_key(self, key_id: str) -> ApiKey | None:
        """As ``ports.KeyStore``."""
        return self._keys.get(key_id)

    def list_keys(self, tenant: str) -> tuple[ApiKey, ...]:
        """As ``ports.KeyStore``, oldest first, the revoked among them."""
        with self._lock:
            found = [key for key in self._keys.values() if key.tenant == tenant]
        return tuple(sorted(found, key=lambda key: (stamp(key.created_at), key.key_id)))

    # --- limits --------------------------------------------------------------------------------

    def get_limits(self, tenant: str) -> Limits:
        """As ``ports.LimitStore``."""
        return self._limits.get(tenant, Limits())

    def put_limits(self, tenant: str, limits: Limits) -> None:
        """As ``ports.LimitStore``."""
        require_ids(tenant)
        self._limits[tenant] = limits

    def count_up(self, tenant: str, counter: str, window: str, most: int = 0, until: datetime | None = None) -> bool:
        """As ``ports.LimitStore``; what is over is not forgotten before the process ends."""
        require_ids(tenant, counter, window)
        with self._lock:
            if most and self._counts[tenant, counter, window] >= most:
                return False
            self._counts[tenant, counter, window] += 1
            return True

    def count_down(self, tenant: str, counter: str, window: str) -> None:
        """As ``ports.LimitStore``."""
        require_ids(tenant, counter, window)
        with self._lock:
            if self._counts[tenant, counter, window]:
                self._counts[tenant, counter, window] -= 1

    def counted(self, tenant: str, counter: str, after: str | None = None) -> int:
        """As ``ports.LimitStore``."""
        with self._lock:
            return sum(n for key, n in self._counts.items() if key[:2] == (tenant, counter) and key[2] > (after or ""))

    def _list_anew(self, tenant: str, record: ClaimRecord) -> None:
        """Take a record that is merged into another out of the list, or put it back."""
        if record.merged_into is None:
            self._first_claims[tenant, record.claim_id] = record
            insort(self._claim_order[tenant], _entry(record))
        else:
            drop(self._claim_order[tenant], _entry(self._first_claims[tenant, record.claim_id]))


def _is_a_store(store: MemoryStore) -> Store:
    """Nothing to run: the type checker compares the two."""
    return store


def _entry(record: ClaimRecord) -> tuple[str, str]:
    return place(record.created_at, record.claim_id), record.claim_id


def _index_entry(occurrence: Occurrence) -> _Entry:
    return place(occurrence.added_at, occurrence.claim_id), occurrence.claim_id, occurrence.article_id
