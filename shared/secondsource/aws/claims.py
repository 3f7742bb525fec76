"""``ports.ClaimIndex`` on DynamoDB."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer, lifetime
from secondsource.aws.events import items_of
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.keys import (
    OCCURRENCES,
    SEPARATOR,
    carried,
    claim,
    claims,
    occurrence_of,
    pair,
    signature_of,
)
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import VERSION, Item
from secondsource.errors import NotAllStored, VersionConflict
from secondsource.model import Candidate, Candidates, ClaimRecord, Event, Occurrence, Page, Signature
from secondsource.stored import index_keys, is_id, place, stamp


class DynamoClaims(Room):
    """Claim records and occurrences, each one document; lists point to records, index pairs to occurrences.

    A signature is a single item beside its record, of some 2 KB: a look-up reads dozens of them, and none of the
    records' origins, evidence and flags. Nothing is cut off one that is larger; beyond 4 KB it costs a second unit to
    read, and beyond what an item holds it is not stored.
    """

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """As ``ports.ClaimIndex``. What a writer that stopped half-way left in the index leads to no record."""
        (found,) = self.candidates_of_each(tenant, [keys], newest)
        return found

    def candidates_of_each(self, tenant: str, keys: Sequence[Sequence[str]], newest: int) -> list[Candidates]:
        """As ``ports.ClaimIndex``; each key is read once, and several at once."""
        if not is_id(tenant) or newest < 1:
            return [Candidates() for _ in keys]
        distinct = list(dict.fromkeys(index_key for each in keys for index_key in each))

        def read(index_key: str) -> list[Item]:
            return self._table.query(pair(tenant, index_key), newest_first=True, limit=newest + 1)

        entries = dict(zip(distinct, self._readers.map(read, distinct), strict=True))
        return [_ranked({index_key: entries[index_key] for index_key in each}, newest) for each in keys]

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant):
            return {}
        places = {claim(tenant, claim_id): claim_id for claim_id in claim_ids if is_id(claim_id)}
        documents = self._documents.read_many(places)
        return {
            claim_id: unpack(ClaimRecord, documents[key].content)
            for key, claim_id in places.items()
            if key in documents
        }

    def signatures(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, Signature]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant):
            return {}
        places = {signature_of(tenant, claim_id): claim_id for claim_id in claim_ids if is_id(claim_id)}
        found = self._table.get_many(places)
        return {i: unpack(Signature, found[key]["content"]) for key, i in places.items() if key in found}

    def put_signatures(self, tenant: str, signatures: Mapping[str, tuple[int, Signature]]) -> None:
        """As ``ports.ClaimIndex``: none beyond one item is stored. Raises UnprocessableInput for a bad id."""
        failed: dict[str, Exception] = {}
        places = {claim_id: signature_of(tenant, claim_id) for claim_id in signatures}
        for claim_id, (version, signature) in signatures.items():
            where = places[claim_id]
            try:
                with suppress(ConditionNotMet):
                    self._table.put_newer(
                        {"PK": where.partition, "SK": where.sort, VERSION: version, "content": pack(signature)}
                    )
            except Exception as error:
                failed[claim_id] = error
        # A deletion that came in between has looked for the signature already, perhaps in vain. One that could not be
        # put is looked after as well: it may have been stored, and the answer lost.
        there = self._documents.heads(claim(tenant, claim_id) for claim_id in signatures)
        for claim_id, (version, _) in signatures.items():
            if claim(tenant, claim_id) not in there:
                try:
                    self._drop_signature(tenant, claim_id, version)
                except Exception as error:
                    failed.setdefault(claim_id, error)
        if failed:
            raise NotAllStored(tuple(failed)) from next(iter(failed.values()))

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """As ``ports.ClaimIndex``. Raises TooLarge beyond 3.6 MB compressed, UnprocessableInput for a bad id."""
        key = claim(tenant, record.claim_id)
        return self._documents.add(key, pack(record), _record_attributes(tenant, record), _listed(tenant, record))

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``."""
        key = claim(tenant, record.claim_id)
        head = self._documents.last_seen(key)  # whoever updates it has just read it
        if head is None or head.item.get(VERSION) != record.version - 1:
            head = self._documents.head(key, also=(VERSION,))
        if head is None or head.item[VERSION] != record.version - 1:
            raise VersionConflict
        listed = _listed(tenant, record)
        # A record keeps its place in the list; it leaves when it is merged into another, and may come back.
        moved = None if bool(listed) == bool(head.pointer_keys) else listed
        attributes = _record_attributes(tenant, record)
        try:
            self._documents.replace(head, pack(record), attributes, items_of(tenant, event), moved)
        except ConditionNotMet as error:
            raise VersionConflict from error

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``. Its occurrences stay."""
        if not is_id(tenant, claim_id):
            return
        key = claim(tenant, claim_id)
        for _ in self._table.attempts():
            signed = self._table.get(signature_of(tenant, claim_id), (VERSION,))
            head = self._documents.head(key, also=(VERSION,))
            if head is None:
                self._documents.finish(key)
                # Read before the record was found missing: so it was that record's, and whoever makes it again will
                # sign a higher version.
                if signed is not None:
                    self._drop_signature(tenant, claim_id, signed[VERSION])
                return
            if version is not None and head.item[VERSION] != version:
                raise VersionConflict
            try:
                self._documents.remove(head, items_of(tenant, event))
            except ConditionNotMet:
                continue
            self._drop_signature(tenant, claim_id, head.item[VERSION])
            return

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[ClaimRecord]:
            targets = [(claim(tenant, pointer["claim_id"]), pointer["link"]) for pointer in pointers]
            documents = self._documents.read_many(key for key, _ in targets)
            there = [documents[key] for key, link in targets if key in documents and documents[key].head.link == link]
            return [unpack(ClaimRecord, document.content) for document in there]

        return page(self._table, tenant, claims(tenant), limit, cursor, resolve)

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        """As ``ports.ClaimIndex``. Raises TooLarge beyond 3.6 MB compressed, UnprocessableInput for a bad id."""
        claim_id, article_id = occurrence.claim_id, occurrence.article_id
        attributes: Attributes = {
            "type": "occurrence",
            "tenant": tenant,
            "claim_id": claim_id,
            "article_id": article_id,
            **lifetime(occurrence.expires_at),
        }
        way_back = Pointer(carried(tenant, article_id), claim_id, {"claim_id": claim_id})
        at = place(occurrence.added_at, claim_id)
        entries = [Pointer(pair(tenant, key), at, {"claim_id": claim_id}) for key in index_keys(occurrence)]
        # The way back first, for it goes last: delete_occurrences follows it.
        self._documents.put(
            occurrence_of(tenant, claim_id, article_id),
            pack(occurrence),
            attributes,
            [way_back, *entries],
        )

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, claim_id):
            return ()
        documents = self._documents.read_under(claim(tenant, claim_id).partition, OCCURRENCES)
        found = [unpack(Occurrence, document.content) for document in documents.values()]
        return tuple(sorted(found, key=lambda occurrence: (stamp(occurrence.added_at), occurrence.article_id)))

    def claims_of(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``; what a writer that stopped half-way left may be among them, and is no occurrence."""
        return tuple(self._carried(tenant, article_id)) if is_id(tenant, article_id) else ()

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``, in the order of the ids.

        After a call that was broken off, the next one answers only those that were left.
        """
        if not is_id(tenant, article_id):
            return ()
        claim_ids = self._carried(tenant, article_id)
        deleted = tuple(
            claim_id for claim_id in claim_ids if self._documents.delete(occurrence_of(tenant, claim_id, article_id))
        )
        if claim_ids:
            # What a writer left who stopped before the head, and came back at another time or to another claim.
            for pointer in self._table.query(carried(tenant, article_id)):
                self._documents.sweep(occurrence_of(tenant, pointer["claim_id"], article_id), pointer)
        return deleted

    def delete_occurrence(self, tenant: str, claim_id: str, article_id: str) -> bool:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, claim_id, article_id):
            return False
        return self._documents.delete(occurrence_of(tenant, claim_id, article_id))

    def _carried(self, tenant: str, article_id: str) -> list[str]:
        pointers = self._table.query(carried(tenant, article_id))
        return list(dict.fromkeys(pointer["claim_id"] for pointer in pointers))

    def _drop_signature(self, tenant: str, claim_id: str, version: int) -> None:
        with suppress(ConditionNotMet):
            self._table.delete_up_to(signature_of(tenant, claim_id), version)


def _ranked(entries: Mapping[str, Sequence[Item]], newest: int) -> Candidates:
    """The claims that these keys lead to, those with most keys first."""
    hits: Counter[str] = Counter()
    latest: dict[str, str] = {}
    cut = []
    for index_key, pointers in entries.items():
        if len(pointers) > newest:
            cut.append(index_key)
        places = {pointer["claim_id"]: _place_of(pointer) for pointer in reversed(pointers[:newest])}
        hits.update(places.keys())
        latest.update({i: max(where, latest.get(i, "")) for i, where in places.items()})
    ranked = sorted(hits, key=lambda claim_id: latest[claim_id], reverse=True)
    ranked.sort(key=lambda claim_id: hits[claim_id], reverse=True)
    return Candidates(
        found=tuple(Candidate(claim_id=claim_id, hits=hits[claim_id]) for claim_id in ranked), cut=tuple(cut)
    )


def _listed(tenant: str, record: ClaimRecord) -> list[Pointer]:
    """The record's entry in the list; none where it is merged into another."""
    if record.merged_into is not None:
        return []
    return [Pointer(claims(tenant), place(record.created_at, record.claim_id), {"claim_id": record.claim_id})]


def _place_of(pointer: Item) -> str:
    """Where a pointer stands, without the link that ends its sort key."""
    return str(pointer["SK"]).rpartition(SEPARATOR)[0]


def _record_attributes(tenant: str, record: ClaimRecord) -> Attributes:
    # The type says whether it was merged, because the table's stream is filtered by it (aws/stream.py).
    kind = "claim" if record.merged_into is None else "merged claim"
    return {"type": kind, "tenant": tenant, "claim_id": record.claim_id, VERSION: record.version}
