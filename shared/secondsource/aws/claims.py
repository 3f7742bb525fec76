"""``ports.ClaimIndex`` on DynamoDB."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer
from secondsource.aws.events import items_of
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.keys import OCCURRENCES, carried, claim, claims, occurrence_of, pair
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import Item
from secondsource.errors import VersionConflict
from secondsource.model import Candidate, Candidates, ClaimRecord, Event, Occurrence, Page
from secondsource.stored import is_id, place, stamp

READERS = 8
"""Threads that read index partitions at once: 21 of them, the most a claim has, take three rounds."""


class DynamoClaims(Room):
    """Claim records and occurrences, each one document; index pairs and lists point to them."""

    @cached_property
    def _readers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(READERS, thread_name_prefix="index")

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """As ``ports.ClaimIndex``; of equal hits the newest record first.

        A candidate may have no record, if a writer stopped half-way: ``get_claims`` knows.
        """
        if not is_id(tenant) or newest < 1:
            return Candidates()
        distinct = list(dict.fromkeys(keys))

        def read(index_key: str) -> list[Item]:
            return self._table.query(pair(tenant, index_key), newest_first=True, limit=newest + 1)

        hits: Counter[str] = Counter()
        newest_place: dict[str, str] = {}
        cut = []
        for index_key, pointers in zip(distinct, self._readers.map(read, distinct), strict=True):
            if len(pointers) > newest:
                cut.append(index_key)
            places = {pointer["claim_id"]: pointer["SK"] for pointer in pointers[:newest]}
            hits.update(places.keys())
            newest_place.update(places)
        ranked = sorted(hits, key=lambda claim_id: newest_place[claim_id], reverse=True)
        ranked.sort(key=lambda claim_id: hits[claim_id], reverse=True)
        return Candidates(
            found=tuple(Candidate(claim_id=claim_id, hits=hits[claim_id]) for claim_id in ranked), cut=tuple(cut)
        )

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

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """As ``ports.ClaimIndex``. Raises TooLarge beyond 3.6 MB compressed, UnprocessableInput for a bad id."""
        key = claim(tenant, record.claim_id)
        listed = place(record.created_at, record.claim_id)
        partitions = [claims(tenant), *(pair(tenant, index_key) for index_key in record.facts.keys)]
        pointers = [
            Pointer(partition, listed, {"claim_id": record.claim_id}) for partition in dict.fromkeys(partitions)
        ]
        return self._documents.add(key, pack(record), _record_attributes(tenant, record), pointers)

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``."""
        head = self._documents.head(claim(tenant, record.claim_id), also=("version",))
        if head is None or head.item["version"] != record.version - 1:
            raise VersionConflict
        try:
            self._documents.replace(head, pack(record), _record_attributes(tenant, record), items_of(tenant, event))
        except ConditionNotMet as error:
            raise VersionConflict from error

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """As ``ports.ClaimIndex``. Its occurrences stay."""
        if not is_id(tenant, claim_id):
            return
        key = claim(tenant, claim_id)
        for _ in self._table.attempts():
            head = self._documents.head(key, also=("version",))
            if head is None:
                self._documents.finish(key)
                return
            if version is not None and head.item["version"] != version:
                raise VersionConflict
            try:
                self._documents.remove(head, items_of(tenant, event))
                return
            except ConditionNotMet:
                continue

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
        """As ``ports.ClaimIndex``. An article carries a claim once: a second occurrence replaces the first."""
        claim_id, article_id = occurrence.claim_id, occurrence.article_id
        attributes: Attributes = {
            "type": "occurrence",
            "tenant": tenant,
            "claim_id": claim_id,
            "article_id": article_id,
        }
        way_back = Pointer(carried(tenant, article_id), claim_id, {"claim_id": claim_id})
        self._documents.put(occurrence_of(tenant, claim_id, article_id), pack(occurrence), attributes, [way_back])

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """As ``ports.ClaimIndex``."""
        if not is_id(tenant, claim_id):
            return ()
        documents = self._documents.read_under(claim(tenant, claim_id).partition, OCCURRENCES)
        found = [unpack(Occurrence, document.content) for document in documents.values()]
        return tuple(sorted(found, key=lambda occurrence: (stamp(occurrence.added_at), occurrence.article_id)))

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """As ``ports.ClaimIndex``, in the order of the ids.

        After a call that was broken off, the next one answers only those that were left.
        """
        if not is_id(tenant, article_id):
            return ()
        pointers = self._table.query(carried(tenant, article_id))
        claim_ids = dict.fromkeys(pointer["claim_id"] for pointer in pointers)
        return tuple(
            claim_id for claim_id in claim_ids if self._documents.delete(occurrence_of(tenant, claim_id, article_id))
        )


def _record_attributes(tenant: str, record: ClaimRecord) -> Attributes:
    return {"type": "claim", "tenant": tenant, "claim_id": record.claim_id, "version": record.version}
