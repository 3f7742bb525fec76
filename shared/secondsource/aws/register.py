"""``ports.Register`` on DynamoDB."""

import json
from collections.abc import Collection, Sequence
from typing import Final

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import VERSION, Item
from secondsource.errors import Unavailable, VersionConflict
from secondsource.model import Actor, Page
from secondsource.stored import MOST_NAMED, is_id, object_names, own_names, place, require_actor

_OWN: Final = "0"
_OBJECT: Final = "1"
"""What the place of an entry in the index of names begins with, so that those who bear a name stand first."""


class DynamoRegister(Room):
    """Actors, each one document, with one list of them a tenant and an index of names.

    An entry of the index is a hint: whoever follows it asks the actor whether it has this name. So where so many names
    change that one transaction cannot move all entries, the new ones come first, and no actor is ever found by a name
    that it does not have, or not found by one that it has. Beside an actor its names stand in plain sight, for whoever
    is told of a change by the table's stream.
    """

    def put_actor(self, tenant: str, actor: Actor) -> None:
        """As ``ports.Register``. Raises TooLarge beyond 3.6 MB compressed."""
        require_actor(tenant, actor)
        key, entries = keys.actor(tenant, actor.id), _entries(tenant, actor)
        for _ in self._table.attempts():
            head = self._documents.head(key, also=(VERSION,))
            if (0 if head is None else head.item[VERSION]) != actor.version - 1:
                raise VersionConflict
            try:
                if head is None:
                    if self._documents.add(key, pack(actor), _attributes(tenant, actor), entries):
                        return
                elif not self._documents.approach(head, entries):
                    self._documents.replace(head, pack(actor), _attributes(tenant, actor), pointers=entries)
                    return
            except ConditionNotMet:
                continue
        raise Unavailable  # pragma: no cover - attempts() raises when spent

    def get_actor(self, tenant: str, actor_id: str) -> Actor | None:
        """As ``ports.Register``."""
        if not is_id(tenant, actor_id):
            return None
        document = self._documents.read(keys.actor(tenant, actor_id))
        return None if document is None else unpack(Actor, document.content)

    def delete_actor(self, tenant: str, actor_id: str, version: int | None = None) -> bool:
        """As ``ports.Register``. A deletion that was broken off is finished by the next one."""
        if not is_id(tenant, actor_id):
            return False
        key = keys.actor(tenant, actor_id)
        for _ in self._table.attempts():
            head = self._documents.head(key, also=(VERSION,))
            if head is None:
                self._documents.finish(key)
                return False
            if version is not None and head.item[VERSION] != version:
                raise VersionConflict
            try:
                self._documents.remove(head)
            except ConditionNotMet:
                continue
            return True
        raise Unavailable  # pragma: no cover - attempts() raises when spent

    def list_actors(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Register``."""
        if not is_id(tenant):
            return Page(items=())
        return page(
            self._table, tenant, keys.actors(tenant), limit, cursor, lambda pointers: self._found(tenant, pointers)
        )

    def actors_named(self, tenant: str, names: Collection[str]) -> dict[str, tuple[Actor, ...]]:
        """As ``ports.Register``: one query a name, eight at once, and one read of each actor that is found."""
        if not is_id(tenant):
            return {}
        asked = list(dict.fromkeys(names))
        entries = list(self._readers.map(lambda name: self._entries_of(tenant, name), asked))
        actors = {actor.id: actor for actor in self._found(tenant, [entry for found in entries for entry in found])}
        known = {}
        for name, found in zip(asked, entries, strict=True):
            bearing, related = [], []
            for actor in (actors[entry["actor_id"]] for entry in found if entry["actor_id"] in actors):
                if name in own_names(actor):
                    bearing.append(actor)
                elif name in object_names(actor):
                    related.append(actor)
            if bearing or related:
                known[name] = tuple({actor.id: actor for actor in (*bearing, *related)}.values())
        return known

    def _entries_of(self, tenant: str, name: str) -> list[Item]:
        return self._table.query(keys.actor_name(tenant, name), limit=MOST_NAMED)

    def _found(self, tenant: str, pointers: Sequence[Item]) -> list[Actor]:
        """The actors that pointers lead to, in their order, each once."""
        links = {keys.actor(tenant, pointer["actor_id"]): pointer["link"] for pointer in pointers}
        documents = self._documents.read_many(links)
        there = [documents[key] for key, link in links.items() if key in documents and documents[key].head.link == link]
        return [unpack(Actor, document.content) for document in there]


def _entries(tenant: str, actor: Actor) -> list[Pointer]:
    """The actor's entry in the list, then those in the index of names."""
    note = {"actor_id": actor.id}
    own = own_names(actor)
    ranked = [(_OWN, name) for name in own] + [(_OBJECT, name) for name in object_names(actor) if name not in own]
    return [
        Pointer(keys.actors(tenant), place(actor.created_at, actor.id), note),
        *(Pointer(keys.actor_name(tenant, name), f"{rank}{keys.SEPARATOR}{actor.id}", note) for rank, name in ranked),
    ]


def _attributes(tenant: str, actor: Actor) -> Attributes:
    names = json.dumps([*own_names(actor), *object_names(actor)], ensure_ascii=False)
    return {"type": "actor", "tenant": tenant, "actor_id": actor.id, "names": names, VERSION: actor.version}
