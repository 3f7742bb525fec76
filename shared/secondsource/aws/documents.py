"""A document: content of any size under one key, with the pointers by which lists and indexes find it.

How it lies in the table. The first item, the **head**, holds the beginning of the content; what does not fit
follows in pieces. **Pointers** are small items in other partitions.

What holds, whoever else writes, and wherever a writer stops:

- A document is there as soon as its head is, and whole: the head comes last, in one conditional put, or, where
  there are pieces, in one transaction with them.
- A pointer comes before its head and goes after it. One that leads nowhere is invisible: who follows pointers
  asks the head whether it knows this one by its ``link``, a fingerprint of the content first written. So two
  writers of different contents never share a pointer, and the same write repeated makes the same ones. What is
  stored in the place of a tombstone has another link than what was there, were it the same content: whoever is
  still clearing up after that does it no harm.
- The first of several pointers knows the others, so that whoever finds it can clear away what a writer left who
  stopped before the head (``sweep``).
- Deleting first replaces the head by a tombstone that has no content, and takes pieces and pointers away in the same
  transaction: who stops there leaves nothing that leads nowhere. Where there are too many pointers for one
  transaction, the tombstone still knows them, so that a deletion which was broken off is taken up by the next call
  on the same key; the first pointer goes last: who has to follow it to find the tombstone still does while any
  other is left. A tombstone that nobody takes up again is cleared by its time to live.
- A document that is replaced may get other pointers: old ones go and new ones come in the transaction that
  replaces it, so that it is never found by both, nor by neither.
- Every write draws a new ``revision`` and names the one it replaces: a lost update cannot happen. A write whose
  answer was lost recognises its own revision, and counts as done.
- A document may be replaced or deleted ``beside`` items that are new: in one transaction, all or nothing. It may be
  stored or replaced ``along`` with a change of another document, in one transaction, too.
"""

import math
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from secondsource.aws.codec import fingerprint, join, pack_keys, split, unpack_keys
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.keys import SEPARATOR, Key, piece
from secondsource.aws.table import REVISION, VERSION, Item, Table, key_of
from secondsource.stored import stamp

Attributes = Mapping[str, str | int | bytes | None]
"""What is stored beside the content, in plain sight. ``until``: a stamp after which the document is as good as
gone; ``expires_at``: the same in Unix seconds, for DynamoDB to clear it away."""

_ON_EVERY_ITEM = ("expires_at",)
_HEAD_NAMES = ("PK", "SK", REVISION, "link", "pieces", "pointers", "gone", "until")
_CONTENT = "content"
_OTHERS = "others"
"""What the first of several pointers knows the others by."""
_OWN_NAMES = {*_HEAD_NAMES, _CONTENT} - {"until"}
"""What a document has beside the attributes that it was stored with."""
_MOST_MOVED = 80
"""Pointers that one transaction moves with a document: it holds 100 actions, head and 12 pieces among them."""
_MOST_SEEN = 500
"""Heads that are kept of those that were seen; beyond that they are forgotten."""
_MOST_ACTIONS = 100
"""Of one transaction: DynamoDB developer guide, "Quotas"."""
_TOMBSTONE_KEPT = timedelta(days=7)
"""Longer than any queue or client goes on trying to delete."""


def lifetime(end: datetime | None) -> Attributes:
    """The attributes of a document that is as good as gone at this moment, though DynamoDB clears it away later."""
    return {} if end is None else {"until": stamp(end), "expires_at": math.ceil(end.timestamp())}


class Pointer(NamedTuple):
    """Where a document is to be found from: a partition, the beginning of a sort key, and what to note there."""

    partition: str
    place: str
    notes: Mapping[str, str]


class Head(NamedTuple):
    """What is known of a document without its content; ``item`` has the attributes that were asked for."""

    key: Key
    item: Item

    @property
    def revision(self) -> str:
        """The write that made it what it is."""
        return str(self.item[REVISION])

    @property
    def link(self) -> str:
        """What its pointers know it by."""
        return str(self.item["link"])

    @property
    def gone(self) -> bool:
        """Whether it is a tombstone."""
        return bool(self.item.get("gone"))

    @property
    def piece_keys(self) -> list[Key]:
        """Where its further pieces are."""
        return [piece(self.key, number) for number in range(1, self.item["pieces"] + 1)]

    @property
    def pointer_keys(self) -> list[Key]:
        """Where its pointers are."""
        return [Key(partition, sort) for partition, sort in unpack_keys(self.item.get("pointers"))]


class Document(NamedTuple):
    """A document with its content."""

    head: Head
    content: bytes


class Change(NamedTuple):
    """What it takes to replace another document in the transaction of this one: see ``Documents.change``."""

    head: Item
    seen: str
    pieces: Sequence[Item]
    left_over: Sequence[Key]


class Documents:
    """Documents of one table. ``now`` tells which have expired."""

    def __init__(self, table: Table, now: Callable[[], datetime]) -> None:
        self._table = table
        self._now = now
        self._last_seen: dict[Key, Head] = {}

    def last_seen(self, key: Key) -> Head | None:
        """The head of a document with a version, and its attributes, as this process has last read or written it.

        Perhaps it is no longer so; it is enough for ``replace``, which changes nothing then.
        """
        return self._last_seen.get(key)

    def head(self, key: Key, also: Sequence[str] = ()) -> Head | None:
        """Without the content, but with the attributes ``also``; None when there is none or it is deleted."""
        head = self._head(key, also)
        return None if head is None or self._is_past(head) else head

    def heads(self, keys: Iterable[Key], also: Sequence[str] = ()) -> dict[Key, Head]:
        """As ``head``, for many: those that exist."""
        found = self._table.get_many(keys, (*_HEAD_NAMES, *also))
        heads = {key: Head(key, item) for key, item in found.items()}
        return {key: head for key, head in heads.items() if not self._is_past(head)}

    def read(self, key: Key) -> Document | None:
        """The whole document; None when there is none or it is deleted."""
        for _ in self._table.attempts():
            item = self._table.get(key)
            if item is None or self._is_past(head := Head(key, item)):
                return None
            if document := _whole(head, self._table.get_many(head.piece_keys)):
                self._note(head)
                return document
        return None  # pragma: no cover - attempts() raises when spent

    def read_many(self, keys: Iterable[Key]) -> dict[Key, Document]:
        """Those that exist."""
        return self._assemble(self._table.get_many(keys).values(), {})

    def read_under(self, partition: str, prefix: str) -> dict[Key, Document]:
        """All documents of a partition whose sort keys begin so."""
        rows = self._table.query(partition, prefix=prefix)
        pieces = {key_of(row): row for row in rows if "link" not in row}
        return self._assemble((row for row in rows if "link" in row), pieces)

    def add(
        self,
        key: Key,
        content: bytes,
        attributes: Attributes,
        pointers: Sequence[Pointer] = (),
        beside: Sequence[Item] = (),
        along: Callable[[], Change | None] | None = None,
    ) -> bool:
        """Store a new document; False when there is one, and nothing is changed then.

        ``along``: asks for the change that is to be made with it; where there is none to be made, nothing is stored
        and the answer is False, too.
        """
        gone: Head | None = None
        keys: list[Key] = []
        for _ in self._table.attempts():
            change = along() if along else None
            if along and change is None:
                self._drop_unused(key, keys)
                return False
            # Who cleared away what was there before may still be at it, and must not clear away what is new.
            link = fingerprint(gone.link.encode() + content if gone else content)
            notes = [_pointer(pointer, link, attributes) for pointer in pointers]
            keys = [key_of(item) for item in notes]
            if len(keys) > 1:
                notes[0][_OTHERS] = pack_keys(keys[1:])
            self._table.write_many(puts=notes)
            try:
                self._write(key, content, attributes, link, keys, replaced=gone, beside=beside, along=change)
                return True
            except ConditionNotMet:
                there = self._head(key)
            if there is None:
                if gone:
                    self._drop_pointers(keys)
                gone = None
                continue
            kept = set(there.pointer_keys)
            if past := self._is_past(there):
                gone = self._cleared(there)
            self._drop_pointers([pointer for pointer in keys if pointer not in kept])
            if not past:
                return False
            keys = []
        return False  # pragma: no cover - attempts() raises when spent

    def replace(
        self,
        head: Head,
        content: bytes,
        attributes: Attributes,
        beside: Sequence[Item] = (),
        pointers: Sequence[Pointer] | None = None,
        along: Change | None = None,
    ) -> None:
        """Give the document new content, and these pointers; None: its pointers stay.

        Raises ConditionNotMet when it is not as in ``head``, or the document that is to change ``along`` is not.
        """
        keys, new, old = head.pointer_keys, [], []
        if pointers is not None:
            wanted = {key_of(item): item for item in (_pointer(pointer, head.link, attributes) for pointer in pointers)}
            new = [item for key, item in wanted.items() if key not in keys]
            old = [key for key in keys if key not in wanted]
            keys = list(wanted)
        self._write(head.key, content, attributes, head.link, keys, head, beside, new, old, along)

    def change(self, head: Head, content: bytes, attributes: Attributes) -> Change:
        """What gives this document new content, in the transaction of another one; its pointers stay."""
        item, *pieces = _items(head.key, content, attributes, head.link, head.pointer_keys)
        return Change(item, head.revision, pieces, head.piece_keys[len(pieces) :])

    def approach(self, head: Head, pointers: Sequence[Pointer]) -> bool:
        """Take a step towards these pointers, where too many come and go for one transaction; False where they do not.

        First the new ones come in, content and all else unchanged; then what is left over from a change that was broken
        off goes, the latest first. Raises ConditionNotMet when the document is not as in ``head``.
        """
        wanted = {key_of(_pointer(pointer, head.link, {})): pointer for pointer in pointers}
        known = head.pointer_keys
        new = [pointer for key, pointer in wanted.items() if key not in known]
        old = [key for key in known if key not in wanted]
        if len(new) + len(old) <= _MOST_MOVED:
            return False
        document = self.read(head.key)
        if document is None or document.head.revision != head.revision:
            raise ConditionNotMet
        kept = known if new else [key for key in known if key not in old[-_MOST_MOVED:]]
        same = {name: value for name, value in document.head.item.items() if name not in _OWN_NAMES}
        self.replace(document.head, document.content, same, pointers=[*map(_placed, kept), *new])
        return True

    def remove(self, head: Head, beside: Sequence[Item] = ()) -> None:
        """Delete the document, its pieces and its pointers. Raises ConditionNotMet when it is not as in ``head``."""
        self._clear(self._bury(head, beside))

    def finish(self, key: Key) -> None:
        """Take up a deletion that was broken off; a document that is there stays."""
        head = self._head(key)
        if head is not None and head.gone:
            self._clear(head)

    def sweep(self, key: Key, first: Item) -> None:
        """Clear away a first pointer that was found, and the others with it, unless the document is there by it.

        Where there is no document, a tombstone stays for a time: somebody may be about to put the head.
        """
        head = self._head(key)
        if head is None:
            try:
                self._put(self._tombstone(key, str(first["link"]), None), None)
            except ConditionNotMet:
                return  # which has come now
        elif head.gone:
            self._clear_pointers(head)
        elif head.link == first["link"]:
            return
        self._drop_pointers([key_of(first), *(Key(*other) for other in unpack_keys(first.get(_OTHERS)))])

    def put(
        self,
        key: Key,
        content: bytes,
        attributes: Attributes,
        pointers: Sequence[Pointer] = (),
        may_replace: Callable[[Head], bool] = lambda head: True,
        also: Sequence[str] = (),
    ) -> bool:
        """Store the document, whether there is one or not, under these pointers; the last writer wins.

        False, and nothing is changed, when there is one that ``may_replace`` refuses; it is shown the head with
        the attributes ``also``.
        """
        for _ in self._table.attempts():
            head = self.head(key, also)
            if head is None:
                if self.add(key, content, attributes, pointers):
                    return True
                continue
            if not may_replace(head):
                return False
            try:
                self.replace(head, content, attributes, pointers=pointers)
            except ConditionNotMet:
                continue
            return True
        return False  # pragma: no cover - attempts() raises when spent

    def delete(self, key: Key) -> bool:
        """Delete the document, its pieces and its pointers; False when there is none (any more)."""
        was_there = False
        for _ in self._table.attempts():
            head = self._head(key)
            if head is None:
                return was_there
            was_there = was_there or not self._is_past(head)
            if self._remove(head):
                return was_there
        return was_there  # pragma: no cover - attempts() raises when spent

    def _note(self, head: Head) -> None:
        if VERSION not in head.item:
            return  # of which nobody asks what was seen last
        if len(self._last_seen) >= _MOST_SEEN:
            self._last_seen.clear()
        self._last_seen[head.key] = Head(head.key, {name: v for name, v in head.item.items() if name != _CONTENT})

    def _head(self, key: Key, also: Sequence[str] = ()) -> Head | None:
        item = self._table.get(key, (*_HEAD_NAMES, *also))
        return None if item is None else Head(key, item)

    def _is_past(self, head: Head) -> bool:
        until = head.item.get("until")
        return head.gone or (until is not None and until <= stamp(self._now()))

    def _write(
        self,
        key: Key,
        content: bytes,
        attributes: Attributes,
        link: str,
        pointers: Sequence[Key],
        replaced: Head | None,
        beside: Sequence[Item] = (),
        new: Sequence[Item] = (),
        old: Sequence[Key] = (),
        along: Change | None = None,
    ) -> None:
        """Store head and pieces, in place of those that are ``replaced``; and with them pointers that come or go."""
        item, *pieces = _items(key, content, attributes, link, pointers)
        left_over = replaced.piece_keys[len(pieces) :] if replaced else []
        seen = replaced.revision if replaced else None
        self._put(item, seen, [*pieces, *new], [*left_over, *old], beside, along)

    def _put(
        self,
        item: Item,
        seen: str | None,
        pieces: Sequence[Item] = (),
        deletes: Sequence[Key] = (),
        beside: Sequence[Item] = (),
        along: Change | None = None,
    ) -> None:
        """Store a head with all that must be stored with it. Raises ConditionNotMet."""
        heads = [(item, seen)]
        if along is not None:
            heads.append((along.head, along.seen))
            pieces, deletes = [*pieces, *along.pieces], [*deletes, *along.left_over]
        try:
            if pieces or deletes or beside or along:
                self._table.put_whole(heads, pieces=pieces, deletes=deletes, beside=beside)
            else:
                self._table.put(item, seen=seen)
        except ConditionNotMet:
            there = self._head(key_of(item))
            if there is None or there.revision != item[REVISION]:
                raise
        self._note(Head(key_of(item), item))

    def _remove(self, head: Head) -> bool:
        """Take the steps of a deletion that are left; False when somebody else wrote before the first."""
        try:
            if not head.gone and not head.pointer_keys and not head.piece_keys:
                self._table.delete(head.key, seen=head.revision)
                return True
            tombstone = head if head.gone else self._bury(head)
        except ConditionNotMet:
            return False
        self._clear(tombstone)
        return True

    def _cleared(self, past: Head) -> Head | None:
        """The tombstone of a document that is past, all that it knew deleted; None when somebody else wrote."""
        try:
            tombstone = past if past.gone else self._bury(past)
        except ConditionNotMet:
            return None
        self._clear_pointers(tombstone)
        return tombstone

    def _clear_pointers(self, tombstone: Head) -> None:
        self._drop_pointers(tombstone.pointer_keys)

    def _drop_pointers(self, pointers: Sequence[Key]) -> None:
        """Delete pointers, the first one last: by it the others are found."""
        self._table.write_many(deletes=pointers[1:])
        self._table.write_many(deletes=pointers[:1])

    def _drop_unused(self, key: Key, pointers: Sequence[Key]) -> None:
        """Delete pointers to a document that was not stored, unless it is there by them."""
        there = self._head(key) if pointers else None
        kept = there.pointer_keys if there is not None else []
        self._drop_pointers([pointer for pointer in pointers if pointer not in kept])

    def _clear(self, tombstone: Head) -> None:
        """Delete what a tombstone still knows, and it."""
        self._clear_pointers(tombstone)
        with suppress(ConditionNotMet):  # somebody else took the last step, and perhaps began anew
            self._table.delete(tombstone.key, seen=tombstone.revision)

    def _bury(self, head: Head, beside: Sequence[Item] = ()) -> Head:
        deletes = [*head.piece_keys, *head.pointer_keys]
        fit = 1 + len(deletes) + len(beside) <= _MOST_ACTIONS
        tombstone = self._tombstone(head.key, head.link, None if fit else head.item.get("pointers"))
        self._put(tombstone, head.revision, deletes=deletes if fit else head.piece_keys, beside=beside)
        return Head(head.key, tombstone)

    def _tombstone(self, key: Key, link: str, pointers: bytes | None) -> Item:
        return {
            "PK": key.partition,
            "SK": key.sort,
            REVISION: _token(),
            "link": link,
            "pieces": 0,
            "pointers": pointers,
            "gone": True,
            "expires_at": int((self._now() + _TOMBSTONE_KEPT).timestamp()),
        }

    def _assemble(self, items: Iterable[Item], pieces: Mapping[Key, Item]) -> dict[Key, Document]:
        """The documents of these head items; where the pieces at hand do not make it whole, it is read anew."""
        documents: dict[Key, Document] = {}
        for item in items:
            head = Head(key_of(item), item)
            if self._is_past(head):
                continue
            document = _whole(head, pieces) or self.read(head.key)
            if document is not None:
                self._note(document.head)
                documents[head.key] = document
        return documents


def _whole(head: Head, pieces: Mapping[Key, Item]) -> Document | None:
    """The document, or None when pieces are missing or of another revision: somebody is replacing or deleting it."""
    parts = [pieces.get(key) for key in head.piece_keys]
    if any(part is None or part[REVISION] != head.revision for part in parts):
        return None
    return Document(head, join([head.item[_CONTENT], *(part[_CONTENT] for part in parts if part)]))


def new_items(key: Key, content: bytes, attributes: Attributes, pointers: Sequence[Pointer] = ()) -> list[Item]:
    """All items of a new document, to be stored beside another one: head, pieces and pointers, of equal life."""
    link = fingerprint(content)
    notes = [_pointer(pointer, link, attributes) for pointer in pointers]
    return [*_items(key, content, attributes, link, [key_of(note) for note in notes]), *notes]


def _items(key: Key, content: bytes, attributes: Attributes, link: str, pointers: Sequence[Key]) -> list[Item]:
    """A document's head and its pieces, under a new revision."""
    first, *rest = split(content)
    revision = _token()
    head = {
        **attributes,
        "PK": key.partition,
        "SK": key.sort,
        REVISION: revision,
        "link": link,
        "pieces": len(rest),
        "pointers": pack_keys(pointers),
        _CONTENT: first,
    }
    pieces = []
    for number, part in enumerate(rest, start=1):
        place = piece(key, number)
        pieces.append(
            {**_shared(attributes), "PK": place.partition, "SK": place.sort, REVISION: revision, _CONTENT: part}
        )
    return [head, *pieces]


def _shared(attributes: Attributes) -> dict[str, Any]:
    return {name: attributes[name] for name in _ON_EVERY_ITEM if name in attributes}


def _pointer(pointer: Pointer, link: str, attributes: Attributes) -> Item:
    where = {"PK": pointer.partition, "SK": f"{pointer.place}{SEPARATOR}{link}"}
    return {**_shared(attributes), **pointer.notes, **where, "link": link}


def _placed(key: Key) -> Pointer:
    """A pointer that is there already, of which only the place counts."""
    return Pointer(key.partition, key.sort.rpartition(SEPARATOR)[0], {})


def _token() -> str:
    return secrets.token_hex(8)
