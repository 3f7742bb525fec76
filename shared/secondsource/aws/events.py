"""``ports.EventStore`` on DynamoDB.

An event is stored in the transaction that changes the record it tells of, so that there is neither one without the
other. It has a time to live; DynamoDB clears it late, but one whose time is over is gone all the same.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer, lifetime, new_items
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.lists import page_forward
from secondsource.aws.room import Room
from secondsource.aws.table import Item
from secondsource.model import Event, Page
from secondsource.stored import about, expiry, is_id, place, stamp


class DynamoEvents(Room):
    """Events, each one document, and one list of them a tenant."""

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """As ``ports.EventStore``."""
        if not is_id(tenant):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[Event]:
            places = [keys.event(tenant, pointer["event_id"]) for pointer in pointers]
            documents = self._documents.read_many(places)
            return [unpack(Event, documents[key].content) for key in places if key in documents]

        return page_forward(self._table, tenant, keys.events(tenant), limit, stamp(settled), cursor, resolve)

    def get_event(self, tenant: str, event_id: str) -> Event | None:
        """As ``ports.EventStore``."""
        if not is_id(tenant, event_id):
            return None
        document = self._documents.read(keys.event(tenant, event_id))
        return None if document is None else unpack(Event, document.content)

    def events_of(self, tenant: str, claim_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        if not is_id(tenant, claim_id):
            return ()
        return self._told(tenant, keys.claim(tenant, claim_id).partition)

    def events_about(self, tenant: str, article_id: str) -> tuple[Event, ...]:
        """As ``ports.EventStore``."""
        if not is_id(tenant, article_id):
            return ()
        return self._told(tenant, keys.article(tenant, article_id).partition)

    def change_event(self, tenant: str, event_id: str, change: Callable[[Event], Event | None]) -> None:
        """As ``ports.EventStore``; it keeps its place and its time to live."""
        if not is_id(tenant, event_id):
            return
        for _ in self._table.attempts():
            document = self._documents.read(keys.event(tenant, event_id))
            event = None if document is None else change(unpack(Event, document.content))
            if document is None or event is None:
                return
            attributes, pointers = _attributes(tenant, event), _pointers(tenant, event)
            try:
                self._documents.replace(document.head, pack(event), attributes, pointers=pointers)
            except ConditionNotMet:
                continue
            return

    def delete_event(self, tenant: str, event_id: str) -> bool:
        """As ``ports.EventStore``."""
        return is_id(tenant, event_id) and self._documents.delete(keys.event(tenant, event_id))

    def _told(self, tenant: str, partition: str) -> tuple[Event, ...]:
        pointers = self._table.query(partition, prefix=keys.TOLD)
        documents = self._documents.read_many(keys.event(tenant, pointer["event_id"]) for pointer in pointers)
        return tuple(unpack(Event, document.content) for document in documents.values())


def items_of(tenant: str, event: Event | None) -> list[Item]:
    """What is stored of an event: to be written beside the record that it tells of."""
    if event is None:
        return []
    return new_items(keys.event(tenant, event.id), pack(event), _attributes(tenant, event), _pointers(tenant, event))


def _pointers(tenant: str, event: Event) -> list[Pointer]:
    where = place(event.at, event.id)
    notes = {"event_id": event.id}
    of_what = [keys.claim(tenant, event.claim_id).partition] if event.claim_id is not None else []
    of_what += [keys.article(tenant, article_id).partition for article_id in about(event)]
    return [
        Pointer(keys.events(tenant), where, notes),
        *(Pointer(partition, keys.TOLD + where, notes) for partition in of_what),
    ]


def _attributes(tenant: str, event: Event) -> Attributes:
    return {"type": "event", "tenant": tenant, "event_id": event.id, **lifetime(expiry(event))}
