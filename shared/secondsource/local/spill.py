"""A store for large corpora on one machine: documents and index lie in a temporary file, not in memory."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
    Mention,
    Occurrence,
    Page,
    Relation,
    Signature,
)
from secondsource.ports import Clock
from secondsource.stored import (
    digest,
    expiry,
    index_keys,
    is_id,
    mention_place,
    page_size,
    place,
    require_ids,
    require_mention_place,
    require_mentions,
    require_place,
    stamp,
    summary_of,
)
from secondsource.web import cursors

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE articles (
    tenant TEXT, id TEXT, place TEXT, until TEXT, summary TEXT, document BLOB,
    PRIMARY KEY (tenant, id)) WITHOUT ROWID;
CREATE INDEX article_order ON articles (tenant, place);
CREATE TABLE claims (
    tenant TEXT, id TEXT, place TEXT, listed TEXT, version INTEGER, document BLOB,
    PRIMARY KEY (tenant, id)) WITHOUT ROWID;
CREATE INDEX claim_order ON claims (tenant, listed);
CREATE TABLE signatures (
    tenant TEXT, id TEXT, version INTEGER, document BLOB, PRIMARY KEY (tenant, id)) WITHOUT ROWID;
CREATE TABLE pairs (
    tenant TEXT, key TEXT, place TEXT, claim_id TEXT, article_id TEXT,
    PRIMARY KEY (tenant, key, place, article_id)) WITHOUT ROWID;
CREATE TABLE occurrences (
    tenant TEXT, claim_id TEXT, article_id TEXT, place TEXT, until TEXT, indexed TEXT, keys TEXT, document BLOB,
    PRIMARY KEY (tenant, claim_id, article_id)) WITHOUT ROWID;
CREATE TABLE events (
    tenant TEXT, place TEXT, id TEXT, claim_id TEXT, article_id TEXT, replaces TEXT, until TEXT, document BLOB,
    PRIMARY KEY (tenant, place)) WITHOUT ROWID;
CREATE INDEX event ON events (tenant, id);
CREATE INDEX told ON events (tenant, claim_id);
CREATE INDEX told_of ON events (tenant, article_id);
CREATE INDEX told_before ON events (tenant, replaces);
CREATE INDEX event_ids ON events (tenant, id);
CREATE TABLE mentions (
    tenant TEXT, named TEXT, place TEXT, article_id TEXT, until TEXT, document BLOB,
    PRIMARY KEY (tenant, article_id, named)) WITHOUT ROWID;
CREATE INDEX mention_order ON mentions (tenant, named, place);
CREATE INDEX carried ON occurrences (tenant, article_id, claim_id);
"""


class SpilledStore(MemoryStore):
    """``ports.Store`` with articles, claims, mentions and events in a temporary database, and the rest in memory.

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

    def get_article(self, tenant: str, article_id: str) -> Article | None:
        """As ``ports.ArticleStore``."""
        found = self._one("SELECT document, until FROM articles WHERE tenant = ? AND id = ?", tenant, article_id)
        return unpack(Article, found[0]) if found and found[1] > self._now() else None

    def has_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        found = self._one("SELECT until FROM articles WHERE tenant = ? AND id = ?", tenant, article_id)
        return found is not None and found[0] > self._now()

    def list_articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ArticleStore``."""
        # A stamp holds nothing but digits, letters and marks that need no quoting.
        there = f"tenant = ? AND place < ? AND until > '{self._now()}'"
        select = f"SELECT place, summary FROM articles WHERE {there} ORDER BY place DESC LIMIT ?"
        return self._page(tenant, "articles", select, limit, cursor, ArticleSummary.model_validate_json)

    def delete_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        if not is_id(tenant, article_id):
            return False
        there = self.has_article(tenant, article_id)
        return self._write("DELETE FROM articles WHERE tenant = ? AND id = ?", tenant, article_id) and there

    def _put_article(self, tenant: str, article: Article) -> None:
        row = (tenant, article.id, place(article.added_at, article.id), _until(article.expires_at))
        content = (summary_of(article).model_dump_json(), pack(article))
        self._write("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?)", *row, *content)

    # --- claims --------------------------------------------------------------------------------

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant) or newest < 1:
            return Candidates()
        hits: Counter[str] = Counter()
        latest: dict[str, str] = {}
        cut = []
        select = "SELECT place, claim_id FROM pairs WHERE tenant = ? AND key = ? ORDER BY place DESC LIMIT ?"
        for key in dict.fromkeys(keys):
            entries = self._database.execute(select, (tenant, key, newest + 1)).fetchall()
            if len(entries) > newest:
                cut.append(key)
            places = {claim_id: where for where, claim_id in reversed(entries[:newest])}
            hits.update(places.keys())
            latest.update({i: max(where, latest.get(i, "")) for i, where in places.items()})
        ranked = sorted(hits, key=lambda claim_id: (hits[claim_id], latest[claim_id]), reverse=True)
        return Candidates(found=tuple(Candidate(claim_id=i, hits=hits[i]) for i in ranked), cut=tuple(cut))

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """As ``ports.ClaimIndex``."""
        select = "SELECT document FROM claims WHERE tenant = ? AND id = ?"
        found = {claim_id: self._one(select, tenant, claim_id) for claim_id in claim_ids}
        return {claim_id: unpack(ClaimRecord, row[0]) for claim_id, row in found.items() if row}

    def signatures(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, Signature]:
        """As ``ports.ClaimIndex``."""
        select = "SELECT document FROM signatures WHERE tenant = ? AND id = ?"
        found = {claim_id: self._one(select, tenant, claim_id) for claim_id in claim_ids}
        return {claim_id: unpack(Signature, row[0]) for claim_id, row in found.items() if row}

    def put_signatures(self, tenant: str, signatures: Mapping[str, tuple[int, Signature]]) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, *signatures)
        there = "SELECT 1 FROM claims WHERE tenant = ? AND id = ?"
        newer = "SELECT 1 FROM signatures WHERE tenant = ? AND id = ? AND version >= ?"
        for claim_id, (version, signature) in signatures.items():
            known = self._one(there, tenant, claim_id)
            if known and self._database.execute(newer, (tenant, claim_id, version)).fetchone() is None:
                row = (tenant, claim_id, version, pack(signature))
                self._write("INSERT OR REPLACE INTO signatures VALUES (?, ?, ?, ?)", *row)

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """As ``ports.ClaimIndex``. Raises UnprocessableInput for a bad id."""
        require_ids(tenant, record.claim_id)
        where = place(record.created_at, record.claim_id)
        listed = where if record.merged_into is None else None
        row = (tenant, record.claim_id, where, listed, record.version, pack(record))
        return self._write("INSERT OR IGNORE INTO claims VALUES (?, ?, ?, ?, ?, ?)", *row)

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``."""
        require_ids(tenant, record.claim_id)
        # A record keeps its place in the list; it leaves when it is merged into another, and may come back.
        listed = "NULL" if record.merged_into is not None else "COALESCE(listed, place)"
        changes = f"version = ?, listed = {listed}, document = ?"
        update = f"UPDATE claims SET {changes} WHERE tenant = ? AND id = ? AND version = ?"
        row = (record.version, pack(record), tenant, record.claim_id, record.version - 1)
        if not self._write(update, *row):
            raise VersionConflict
        self._record_event(tenant, event)

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``. Its occurrences stay."""
        if not is_id(tenant, claim_id):
            return
        found = self._one("SELECT version FROM claims WHERE tenant = ? AND id = ?", tenant, claim_id)
        if not found:
            self._database.execute("DELETE FROM signatures WHERE tenant = ? AND id = ?", (tenant, claim_id))
            return
        if version is not None and found[0] != version:
            raise VersionConflict
        self._record_event(tenant, event)
        drop = "DELETE FROM signatures WHERE tenant = ? AND id = ? AND version <= ?"
        self._database.execute(drop, (tenant, claim_id, found[0]))
        self._database.execute("DELETE FROM claims WHERE tenant = ? AND id = ?", (tenant, claim_id))

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ClaimIndex``."""
        select = "SELECT listed, document FROM claims WHERE tenant = ? AND listed < ? ORDER BY listed DESC LIMIT ?"
        return self._page(tenant, "claims", select, limit, cursor, lambda packed: unpack(ClaimRecord, packed))

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        """As ``ports.ClaimIndex``."""
        claim_id, article_id = occurrence.claim_id, occurrence.article_id
        require_ids(tenant, claim_id, article_id)
        keys = index_keys(occurrence)
        self.delete_occurrence(tenant, claim_id, article_id)
        where, indexed = place(occurrence.added_at, article_id), place(occurrence.added_at, claim_id)
        ids, until = (tenant, claim_id, article_id), _until(occurrence.expires_at)
        row = (*ids, where, until, indexed, json.dumps(keys), pack(occurrence))
        self._write("INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *row)
        entries = [(tenant, key, indexed, claim_id, article_id) for key in keys]
        self._database.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?)", entries)

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, claim_id):
            return ()
        select = "SELECT document FROM occurrences WHERE tenant = ? AND claim_id = ? AND until > ? ORDER BY place"
        rows = self._database.execute(select, (tenant, claim_id, self._now()))
        return tuple(unpack(Occurrence, row[0]) for row in rows)

    def claims_of(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, article_id):
            return ()
        select = "SELECT claim_id FROM occurrences WHERE tenant = ? AND article_id = ? ORDER BY claim_id"
        return tuple(row[0] for row in self._database.execute(select, (tenant, article_id)))

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``, in the order of the ids."""
        claim_ids = self.claims_of(tenant, article_id)
        for claim_id in claim_ids:
            self.delete_occurrence(tenant, claim_id, article_id)
        return claim_ids

    def delete_occurrence(self, tenant: str, claim_id: str, article_id: str) -> bool:
        """As ``ports.ClaimIndex``."""
        this = "tenant = ? AND claim_id = ? AND article_id = ?"
        found = self._one(f"SELECT indexed, keys FROM occurrences WHERE {this}", tenant, claim_id, article_id)
        if not found:
            return False
        self._database.executemany(
            "DELETE FROM pairs WHERE tenant = ? AND key = ? AND place = ? AND article_id = ?",
            [(tenant, key, found[0], article_id) for key in json.loads(found[1])],
        )
        return self._write(f"DELETE FROM occurrences WHERE {this}", tenant, claim_id, article_id)

    # --- mentions ------------------------------------------------------------------------------

    def put_mentions(
        self,
        tenant: str,
        article_id: str,
        added_at: datetime,
        names: Mapping[str, Sequence[Relation]],
        expires_at: datetime | None = None,
    ) -> None:
        """As ``ports.Mentions``."""
        require_mentions(tenant, article_id, names)
        self.delete_mentions(tenant, article_id)
        for name, stated in names.items():
            mention = Mention(article_id=article_id, added_at=added_at, relations=tuple(stated), expires_at=expires_at)
            where = mention_place(added_at, article_id, bool(stated))
            row = (tenant, digest(name), where, article_id, stamp(expires_at) if expires_at else "~", pack(mention))
            self._write("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)", *row)

    def mentions(self, tenant: str, name: str, limit: int, cursor: str | None = None, *, stating: bool = False) -> Page:
        """As ``ports.Mentions``."""
        return self._named_by(tenant, digest(name), limit, cursor, stating)

    def articles_named(self, tenant: str, named: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Mentions``."""
        found = self._named_by(tenant, named, limit, cursor)
        return Page(items=tuple(mention.article_id for mention in found.items), next=found.next)

    def _named_by(self, tenant: str, named: str, limit: int, cursor: str | None, stating: bool = False) -> Page:
        if not is_id(tenant, named):
            return Page(items=())
        limit = page_size(limit)
        # A place begins with a digit, so this stands after all of them.
        listing, before = f"mentions {named}", "~"
        if cursor is not None:
            before = require_mention_place(cursors.decode(tenant, listing, cursor))
        among = "tenant = ? AND named = ? AND place < ? AND place > ? AND until > ?"
        select = f"SELECT place, document FROM mentions WHERE {among} ORDER BY place DESC LIMIT ?"
        row = (tenant, named, before, "1" if stating else "", stamp(self._clock.now()), limit + 1)
        rows = self._database.execute(select, row).fetchall()
        following = cursors.encode(tenant, listing, rows[limit - 1][0]) if len(rows) > limit else None
        return Page(items=tuple(unpack(Mention, row[1]) for row in rows[:limit]), next=following)

    def delete_mentions(self, tenant: str, article_id: str) -> bool:
        """As ``ports.Mentions``."""
        if not is_id(tenant, article_id):
            return False
        these = "FROM mentions WHERE tenant = ? AND article_id = ?"
        there = self._one(f"SELECT until {these}", tenant, article_id)
        self._write(f"DELETE {these}", tenant, article_id)
        return there is not None and bool(there[0] > stamp(self._clock.now()))

    # --- events --------------------------------------------------------------------------------

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """As ``ports.EventStore``."""
        if not is_id(tenant):
            return Page(items=())
        position = "" if cursor is None else require_place(cursors.decode(tenant, "events", cursor))
        select = (
            "SELECT place, document FROM events WHERE tenant = ? AND place > ? AND until > ? ORDER BY place LIMIT ?"
        )
        row = (tenant, position, self._now(), page_size(limit))
        found = self._database.execute(select, row).fetchall()
        # Behind every place of that moment, for a place goes on with '#'.
        end = stamp(settled) + "~"
        reached = max((place for place, _ in found if place < end), default=position)
        following = cursors.encode(tenant, "events", reached) if reached else None
        return Page(items=tuple(unpack(Event, document) for _, document in found), next=following)

    def events_of(self, tenant: str, claim_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        if not is_id(tenant, claim_id):
            return ()
        return self._told_where("claim_id = ?", tenant, claim_id)

    def events_about(self, tenant: str, article_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        if not is_id(tenant, article_id):
            return ()
        return self._told_where("(article_id = ? OR replaces = ?)", tenant, article_id, article_id)

    def get_event(self, tenant: str, event_id: str) -> Event | None:
        """As ``ports.EventStore``."""
        if not is_id(tenant, event_id):
            return None
        return next(iter(self._told_where("id = ?", tenant, event_id)), None)

    def change_event(self, tenant: str, event_id: str, change: Callable[[Event], Event | None]) -> None:
        """As ``ports.EventStore``."""
        select = "SELECT document FROM events WHERE tenant = ? AND id = ? AND until > ?"
        update = (
            "UPDATE events SET document = ?, article_id = ?, replaces = ? WHERE tenant = ? AND id = ? AND document = ?"
        )
        while (found := self._one(select, tenant, event_id, self._now())) is not None:
            event = change(unpack(Event, found[0]))
            if event is None:
                return
            row = (pack(event), event.article_id, event.replaces, tenant, event_id, found[0])
            if self._write(update, *row):
                return

    def delete_event(self, tenant: str, event_id: str) -> bool:
        """As ``ports.EventStore``."""
        was_there = self.get_event(tenant, event_id) is not None
        if was_there:
            self._write("DELETE FROM events WHERE tenant = ? AND id = ?", tenant, event_id)
        return was_there

    def _told_where(self, condition: str, tenant: str, *ids: str) -> tuple[Event, ...]:
        select = f"SELECT document FROM events WHERE tenant = ? AND {condition} AND until > ?"
        rows = self._database.execute(select, (tenant, *ids, self._now()))
        return tuple(unpack(Event, row[0]) for row in rows)

    def _record_event(self, tenant: str, event: Event | None) -> None:
        if event is not None:
            ids = (event.id, event.claim_id, event.article_id, event.replaces)
            row = (tenant, place(event.at, event.id), *ids, stamp(expiry(event)), pack(event))
            self._write("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *row)

    def _now(self) -> str:
        return stamp(self._clock.now())

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


def _until(expires_at: datetime | None) -> str:
    """Until when something is there; what does not expire, until after every stamp."""
    return "~" if expires_at is None else stamp(expires_at)
