"""The register of actors and their interests: what a newsroom knows of them, entered by hand or from its own files."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from secondsource.analysis.peoples import is_kind_of_people
from secondsource.errors import NotFound, PreconditionFailed, UnprocessableInput, VersionConflict
from secondsource.model import Actor, ActorKind, Model, Page, RegisteredRelation, RelationType
from secondsource.ports import Clock, Store
from secondsource.stored import MOST_ALIASES, MOST_RELATIONS, object_names, own_names, stamp
from secondsource.text.naming import normal

MOST_ACTORS: Final = 50
"""On one page: the largest actors have 100 KB, and a Lambda answers at most 6 MB."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_RESERVED: Final = ("import", "export")
"""Addresses beside those of actors."""
_AHEAD: Final = timedelta(days=1)
"""A date may lie so far ahead: somewhere it is tomorrow already."""
_TRIES: Final = 4
"""Turns before a change is given up, where others change the same actor every time."""

_NO_ACTOR: Final = "There is no actor of this id."


class GivenRelation(Model):
    """A relation as it is handed in; ``entered_by`` None stands for whoever hands it in."""

    type: RelationType
    object: str
    source_url: str
    date: date
    entered_by: str | None = None


class Given(Model):
    """An actor as it is handed in; ``id``: that which it says it has, None where it says nothing of it."""

    id: str | None = None
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    relations: tuple[GivenRelation, ...] = ()


class Condition(Model):
    """What must hold of an actor, by its tag (``tag_of``), for a change to be made; ``*`` is any actor that is there.

    ``match``: it is one of these; ``none_match``: it is none of these. None: nothing is asked.
    """

    match: tuple[str, ...] | None = None
    none_match: tuple[str, ...] | None = None


class Put(NamedTuple):
    """What became of an actor that was put."""

    actor: Actor
    outcome: Literal["created", "changed", "unchanged"]


class Line(NamedTuple):
    """A line of an import, by its number from 1: an actor's id with what is given of it, or why it is none."""

    number: int
    actor_id: str
    given: Given | str


class FailedLine(Model):
    """A line that was left out."""

    line: int
    reason: str


class Imported(Model):
    """What became of the lines of an import."""

    created: int
    changed: int
    unchanged: int
    failed: tuple[FailedLine, ...]


class Register:
    """Keeps one register a tenant.

    Parameters
    ----------
    store, clock
        Where it is kept; what time it is.
    changed
        Told of the tenant and of all names, old and new, of an actor that has changed. None where the table's stream
        tells of it.
    """

    def __init__(
        self, store: Store, clock: Clock, changed: Callable[[str, tuple[str, ...]], None] | None = None
    ) -> None:
        self._store, self._clock, self._changed = store, clock, changed

    def get(self, tenant: str, actor_id: str) -> Actor:
        """Raises NotFound."""
        actor = self._store.get_actor(tenant, actor_id)
        if actor is None:
            raise NotFound(_NO_ACTOR)
        return actor

    def list(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """A page of Actor, newest first. Raises InvalidCursor."""
        return self._store.list_actors(tenant, min(limit, MOST_ACTORS), cursor)

    def named(self, tenant: str, name: str) -> tuple[Actor, ...]:
        """The actors who bear this name, or have it as an alias."""
        form = normal(name)
        found = self._store.actors_named(tenant, [form] if form else [])
        return tuple(actor for actor in found.get(form, ()) if form in own_names(actor))

    def put(self, tenant: str, actor_id: str, given: Given, entered_by: str, condition: Condition | None = None) -> Put:
        """Create or replace an actor; what is there already in these words is not changed.

        A relation that does not say who entered it keeps whoever did before, or else is entered by ``entered_by``.
        Raises UnprocessableInput for an id, a name or a date that cannot be, and where ``given`` says another id;
        PreconditionFailed where ``condition`` does not hold; VersionConflict when others change the same actor every
        time.
        """
        _check(actor_id, given, self._clock.now().date())
        for left in reversed(range(_TRIES)):
            stored = self._store.get_actor(tenant, actor_id)
            _require(condition, stored)
            actor = self._made(actor_id, given, entered_by, stored)
            if stored is not None and _said(actor) == _said(stored):
                return Put(stored, "unchanged")
            try:
                self._store.put_actor(tenant, actor)
            except VersionConflict:
                if not left:
                    raise
                continue
            self._tell(tenant, stored, actor)
            return Put(actor, "created" if stored is None else "changed")
        raise VersionConflict

    def delete(self, tenant: str, actor_id: str, condition: Condition | None = None) -> None:
        """Raises NotFound, PreconditionFailed where ``condition`` does not hold, VersionConflict as ``put``."""
        for left in reversed(range(_TRIES)):
            stored = self._store.get_actor(tenant, actor_id)
            if stored is None:
                # Takes up a deletion that was broken off.
                self._store.delete_actor(tenant, actor_id)
                raise NotFound(_NO_ACTOR)
            _require(condition, stored)
            try:
                self._store.delete_actor(tenant, actor_id, stored.version)
            except VersionConflict:
                if not left:
                    raise
                continue
            self._tell(tenant, stored, None)
            return

    def import_lines(self, tenant: str, lines: Iterable[Line], entered_by: str) -> Imported:
        """Put the actor of each line; one that cannot be put is reported, and the rest goes on. Safe to repeat."""
        counts = {"created": 0, "changed": 0, "unchanged": 0}
        failed = []
        for line in lines:
            if isinstance(line.given, str):
                failed.append(FailedLine(line=line.number, reason=line.given))
                continue
            try:
                counts[self.put(tenant, line.actor_id, line.given, entered_by).outcome] += 1
            except (UnprocessableInput, VersionConflict) as error:
                failed.append(FailedLine(line=line.number, reason=str(error)))
        return Imported(**counts, failed=tuple(failed))

    def all(self, tenant: str) -> Iterator[Actor]:
        """Every actor, newest first."""
        cursor = None
        while True:
            page = self.list(tenant, MOST_ACTORS, cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def _made(self, actor_id: str, given: Given, entered_by: str, stored: Actor | None) -> Actor:
        """The actor as it is to be stored."""
        now = self._clock.now()
        known = {_matter(relation): relation.entered_by for relation in stored.relations} if stored else {}
        relations = tuple(
            RegisteredRelation(
                type=relation.type,
                object=relation.object,
                source_url=relation.source_url,
                date=relation.date,
                entered_by=relation.entered_by or known.get(_matter(relation), entered_by),
            )
            for relation in given.relations
        )
        return Actor(
            id=actor_id,
            name=given.name,
            aliases=given.aliases,
            kind=given.kind,
            relations=relations,
            created_at=stored.created_at if stored else now,
            updated_at=now,
            version=stored.version + 1 if stored else 1,
        )

    def _tell(self, tenant: str, before: Actor | None, after: Actor | None) -> None:
        if self._changed is not None:
            names = [name for actor in (before, after) if actor for name in (*own_names(actor), *object_names(actor))]
            self._changed(tenant, tuple(dict.fromkeys(names)))


def tag_of(actor: Actor) -> str:
    """What tells this state of the actor from any other, of this or of an earlier actor of its id."""
    return f"{actor.version}-{re.sub('[^0-9]', '', stamp(actor.created_at))}"


def _check(actor_id: str, given: Given, today: date) -> None:
    """Raise UnprocessableInput, with what is wrong, for what the register does not take."""
    if not _ID.fullmatch(actor_id) or actor_id in _RESERVED:
        raise UnprocessableInput(
            "An actor's id is 1 to 64 of a-z, 0-9 and '-', the first no hyphen, and not 'import' or 'export'."
        )
    if given.id is not None and given.id != actor_id:
        raise UnprocessableInput("The actor's own id is not that under which it is put. Leave it out, or put it there.")
    if len(given.aliases) > MOST_ALIASES:
        raise UnprocessableInput(f"An actor has at most {MOST_ALIASES} aliases.")
    if len(given.relations) > MOST_RELATIONS:
        raise UnprocessableInput(f"An actor has at most {MOST_RELATIONS} relations.")
    own = {given.name, *given.aliases} if given.kind is ActorKind.PERSON else set()
    for name in (given.name, *given.aliases, *(relation.object for relation in given.relations)):
        if not normal(name):
            raise UnprocessableInput("A name has at least one letter or digit.")
        if is_kind_of_people(name, of_person=name in own):
            raise UnprocessableInput(
                f"'{name}' is what people are (a nationality, a religion, an ethnicity, an age or a sex), and no "
                "actor: interests are never concluded from that. Name the government, the body or the person."
            )
    for relation in given.relations:
        if relation.date > today + _AHEAD:
            raise UnprocessableInput(f"The date {relation.date} of a relation lies in the future.")


def _require(condition: Condition | None, stored: Actor | None) -> None:
    if condition is None:
        return
    tags = ("*", tag_of(stored)) if stored is not None else ()
    if condition.match is not None and not any(tag in condition.match for tag in tags):
        raise PreconditionFailed("The actor is not what If-Match names: read it again.")
    if condition.none_match is not None and any(tag in condition.none_match for tag in tags):
        raise PreconditionFailed("There is such an actor already.")


def _said(actor: Actor) -> tuple[object, ...]:
    """What an actor says, whenever and in whichever version."""
    return actor.name, actor.aliases, actor.kind, actor.relations


def _matter(relation: GivenRelation | RegisteredRelation) -> tuple[object, ...]:
    """A relation, whoever entered it."""
    return relation.type, relation.object, relation.source_url, relation.date
