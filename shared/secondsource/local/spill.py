"""A store for large corpora on one machine: documents and index lie in a temporary file, not in memory."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from secondsource.aws.codec import pack, unpack
from secondsource.errors import VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.model import (
    Article,
    ArticleSummary,
    Candidate,
    Candidates,
    ClaimRecord,
    Event,
    Occurrence,
    Page,
)
from secondsource.ports import Clock
from secondsource.stored import expiry, is_id, page_size, place, require_ids, require_place, stamp, summary_of
from secondsource.web import cursors

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE articles (
    tenant TEXT, id TEXT, place TEXT, summary TEXT, document BLOB, PRIMARY KEY (tenant, id)) WITHOUT ROWID;
CREATE INDEX article_order ON articles (tenant, place);
CREATE TABLE claims (
    tenant TEXT, id TEXT, place TEXT, version INTEGER, keys TEXT, document BLOB,
    PRIMARY KEY (tenant, id)) WITHOUT ROWID;
CREATE INDEX claim_order ON claims (tenant, place);
CREATE TABLE pairs (
    tenant TEXT, key TEXT, place TEXT, claim_id TEXT, PRIMARY KEY (tenant, key, place)) WITHOUT ROWID;
CREATE TABLE occurrences (
    tenant TEXT, claim_id TEXT, article_id TEXT, place TEXT, document BLOB,
    PRIMARY KEY (tenant, claim_id, article_id)) WITHOUT ROWID;
CREATE TABLE events (
    tenant TEXT, place TEXT, until TEXT, document BLOB, PRIMARY KEY (tenant, place)) WITHOUT ROWID;
CREATE INDEX carried ON occurrences (tenant, article_id, claim_id);
"""


class SpilledStore(MemoryStore):
    """``ports.Store`` whose articles, claims and events lie in a temporary database; jobs and keys stay in memory.

    For one thread. The file has no name and is gone with the process, however it ends.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        # An empty name is SQLite's temporary database: in its cache while that lasts, then on disk.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Give the disk back."""
        self._database.close()

    # --- articles ------------------------------------------------------------------------------

    def add_article(self, tenant: str, article: Article) -> bool:
        """As ``ports.ArticleStore``. Raises UnprocessableInput for a bad id."""
        require_ids(tenant, article.id)
        row = (tenant, article.id, place(article.added_at, article.id), summary_of(article).model_dump_json())
        return self._write("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?)", *row, pack(article))

    def get_article(self, tenant: str, article_id: str) -> Article | None:
        """As ``ports.ArticleStore``."""
        found = self._one("SELECT document FROM articles WHERE tenant = ? AND id = ?", tenant, article_id)
        return unpack(Article, found[0]) if found else None

    def has_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        return self._one("SELECT 1 FROM articles WHERE tenant = ? AND id = ?", tenant, article_id) is not None

    def list_articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ArticleStore``."""
        select = "SELECT place, summary FROM articles WHERE tenant = ? AND place < ? ORDER BY place DESC LIMIT ?"
        return self._page(tenant, "articles", select, limit, cursor, ArticleSummary.model_validate_json)

    def delete_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        if not is_id(tenant, article_id):
            return False
        return self._write("DELETE FROM articles WHERE tenant = ? AND id = ?", tenant, article_id)

    # --- claims --------------------------------------------------------------------------------

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """As ``ports.ClaimIndex``; of equal hits the newest record first."""
        if not is_id(tenant) or newest < 1:
            return Candidates()
        hits: Counter[tuple[str, str]] = Counter()
        cut = []
        select = "SELECT place, claim_id FROM pairs WHERE tenant = ? AND key = ? ORDER BY place DESC LIMIT ?"
        for key in dict.fromkeys(keys):
            entries = self._database.execute(select, (tenant, key, newest + 1)).fetchall()
            if len(entries) > newest:
                cut.append(key)
            hits.update(entries[:newest])
        ranked = sorted(sorted(hits, reverse=True), key=lambda entry: hits[entry], reverse=True)
        return Candidates(
            found=tuple(Candidate(claim_id=entry[1], hits=hits[entry]) for entry in ranked), cut=tuple(cut)
        )

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """As ``ports.ClaimIndex``."""
        select = "SELECT document FROM claims WHERE tenant = ? AND id = ?"
        found = {claim_id: self._one(select, tenant, claim_id) for claim_id in claim_ids}
        return {claim_id: unpack(ClaimRecord, row[0]) for claim_id, row in found.items() if row}

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """As ``ports.ClaimIndex``. Raises UnprocessableInput for a bad id."""
        require_ids(tenant, record.claim_id)
        where = place(record.created_at, record.claim_id)
        keys = list(dict.fromkeys(record.facts.keys))
        row = (tenant, record.claim_id, where, record.version, json.dumps(keys), pack(record))
        if not self._write("INSERT OR IGNORE INTO claims VALUES (?, ?, ?, ?, ?, ?)", *row):
            return False
        self._database.executemany(
            "INSERT INTO pairs VALUES (?, ?, ?, ?)", [(tenant, key, where, record.claim_id) for key in keys]
        )
        return True

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, record.claim_id)
        update = "UPDATE claims SET version = ?, document = ? WHERE tenant = ? AND id = ? AND version = ?"
        row = (record.version, pack(record), tenant, record.claim_id, record.version - 1)
        if not self._write(update, *row):
            raise VersionConflict
        self._record_event(tenant, event)

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``. Its occurrences stay."""
        found = self._one("SELECT place, keys, version FROM claims WHERE tenant = ? AND id = ?", tenant, claim_id)
        if not found:
            return
        where, keys = found[0], json.loads(found[1])
        if version is not None and found[2] != version:
            raise VersionConflict
        self._record_event(tenant, event)
        self._database.executemany(
            "DELETE FROM pairs WHERE tenant = ? AND key = ? AND place = ?", [(tenant, key, where) for key in keys]
        )
        self._database.execute("DELETE FROM claims WHERE tenant = ? AND id = ?", (tenant, claim_id))

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ClaimIndex``."""
        select = "SELECT place, document FROM claims WHERE tenant = ? AND place < ? ORDER BY place DESC LIMIT ?"
        return self._page(tenant, "claims", select, limit, cursor, lambda packed: unpack(ClaimRecord, packed))

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        """As ``ports.ClaimIndex``. An article carries a claim once: a second occurrence replaces the first."""
        require_ids(tenant, occurrence.claim_id, occurrence.article_id)
        where = place(occurrence.added_at, occurrence.article_id)
        row = (tenant, occurrence.claim_id, occurrence.article_id, where, pack(occurrence))
        self._write("INSERT OR REPLACE INTO occurrences VALUES (?, ?, ?, ?, ?)", *row)

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, claim_id):
            return ()
        select = "SELECT document FROM occurrences WHERE tenant = ? AND claim_id = ? ORDER BY place"
        return tuple(unpack(Occurrence, row[0]) for row in self._database.execute(select, (tenant, claim_id)))

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``, in the order of the ids."""
        if not is_id(tenant, article_id):
            return ()
        select = "SELECT claim_id FROM occurrences WHERE tenant = ? AND article_id = ? ORDER BY claim_id"
        claim_ids = tuple(row[0] for row in self._database.execute(select, (tenant, article_id)))
        self._database.execute("DELETE FROM occurrences WHERE tenant = ? AND article_id = ?", (tenant, article_id))
        return claim_ids

    # --- events --------------------------------------------------------------------------------

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """As ``ports.EventStore``."""
        if not is_id(tenant):
            return Page(items=())
        position = "" if cursor is None else require_place(cursors.decode(tenant, "events", cursor))
        select = (
            "SELECT place, document FROM events WHERE tenant = ? AND place > ? AND until > ? ORDER BY place LIMIT ?"
        )
        row = (tenant, position, stamp(self._clock.now()), page_size(limit))
        found = self._database.execute(select, row).fetchall()
        # Behind every place of that moment, for a place goes on with '#'.
        end = stamp(settled) + "~"
        reached = max((place for place, _ in found if place < end), default=position)
        following = cursors.encode(tenant, "events", reached) if reached else None
        return Page(items=tuple(unpack(Event, document) for _, document in found), next=following)

    def _record_event(self, tenant: str, event: Event | None) -> None:
        if event is not None:
            row = (tenant, place(event.at, event.id), stamp(expiry(event)), pack(event))
            self._write("INSERT INTO events VALUES (?, ?, ?, ?)", *row)

    def _write(self, statement: str, *row: Any) -> bool:
        """Write; whether it changed anything."""
        return self._database.execute(statement, row).rowcount > 0

    def _one(self, select: str, *ids: str) -> tuple[Any, ...] | None:
        """The row under these ids; what is no id names nothing, and might not even be text SQLite can take."""
        if not is_id(*ids):
            return None
        found: tuple[Any, ...] | None = self._database.execute(select, ids).fetchone()
        return found

    def _page(
        self,
        tenant: str,
        listing: str,
        select: str,
        limit: int,
        cursor: str | None,
        read: Callable[[Any], Any],
    ) -> Page:
        if not is_id(tenant):
            return Page(items=())
        limit = page_size(limit)
        # A place begins with digits, so this stands after all of them.
        before = "~" if cursor is None else require_place(cursors.decode(tenant, listing, cursor))
        rows = self._database.execute(select, (tenant, before, limit + 1)).fetchall()
        following = cursors.encode(tenant, listing, rows[limit - 1][0]) if len(rows) > limit else None
        return Page(items=tuple(read(row[1]) for row in rows[:limit]), next=following)
