"""What is known of actors, in memory: the register, and who is named in which article."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from threading import RLock

from secondsource.errors import VersionConflict
from secondsource.local.order import Order, drop, page
from secondsource.model import Actor, Mention, Page, Relation
from secondsource.ports import Clock
from secondsource.stored import (
    MOST_NAMED,
    digest,
    mention_place,
    object_names,
    own_names,
    place,
    require_actor,
    require_mention_place,
    require_mentions,
)

_Id = tuple[str, str]


class KnownInMemory:
    """``ports.Register`` and ``ports.Mentions``, under one lock."""

    _clock: Clock

    def __init__(self) -> None:
        self._lock = RLock()
        self._actors: dict[_Id, Actor] = {}
        self._actor_order: defaultdict[str, Order] = defaultdict(list)
        self._bearing: defaultdict[_Id, set[str]] = defaultdict(set)
        self._related: defaultdict[_Id, set[str]] = defaultdict(set)
        self._stated: dict[_Id, dict[str, Mention]] = {}
        self._ends: dict[_Id, datetime] = {}
        self._named: defaultdict[_Id, Order] = defaultdict(list)

    # --- the register --------------------------------------------------------------------------

    def put_actor(self, tenant: str, actor: Actor) -> None:
        """As ``ports.Register``."""
        require_actor(tenant, actor)
        with self._lock:
            stored = self._actors.get((tenant, actor.id))
            if (0 if stored is None else stored.version) != actor.version - 1:
                raise VersionConflict
            self.delete_actor(tenant, actor.id)
            self._actors[tenant, actor.id] = actor
            insort(self._actor_order[tenant], (place(actor.created_at, actor.id), actor.id))
            for name in own_names(actor):
                self._bearing[tenant, name].add(actor.id)
            for name in object_names(actor):
                self._related[tenant, name].add(actor.id)

    def get_actor(self, tenant: str, actor_id: str) -> Actor | None:
        """As ``ports.Register``."""
        return self._actors.get((tenant, actor_id))

    def delete_actor(self, tenant: str, actor_id: str, version: int | None = None) -> bool:
        """As ``ports.Register``."""
        with self._lock:
            stored = self._actors.get((tenant, actor_id))
            if stored is None:
                return False
            if version is not None and stored.version != version:
                raise VersionConflict
            del self._actors[tenant, actor_id]
            drop(self._actor_order[tenant], (place(stored.created_at, actor_id), actor_id))
            for name in own_names(stored):
                self._bearing[tenant, name].discard(actor_id)
            for name in object_names(stored):
                self._related[tenant, name].discard(actor_id)
            return True

    def list_actors(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Register``."""
        with self._lock:
            order = self._actor_order.get(tenant, [])
            return page(tenant, "actors", order, limit, cursor, lambda actor_id: self._actors[tenant, actor_id])

    def actors_named(self, tenant: str, names: Collection[str]) -> dict[str, tuple[Actor, ...]]:
        """As ``ports.Register``."""
        found = {}
        with self._lock:
            for name in dict.fromkeys(names):
                own = sorted(self._bearing.get((tenant, name), ()))
                other = sorted(self._related.get((tenant, name), ()))
                ids = list(dict.fromkeys([*own, *other]))[:MOST_NAMED]
                if ids:
                    found[name] = tuple(self._actors[tenant, actor_id] for actor_id in ids)
        return found

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
        with self._lock:
            self.delete_mentions(tenant, article_id)
            if expires_at is not None:
                self._ends[tenant, article_id] = expires_at
            for name, stated in names.items():
                mention = Mention(
                    article_id=article_id, added_at=added_at, relations=tuple(stated), expires_at=expires_at
                )
                self._stated.setdefault((tenant, article_id), {})[name] = mention
                insort(self._named[tenant, digest(name)], _entry(mention))

    def mentions(self, tenant: str, name: str, limit: int, cursor: str | None = None, *, stating: bool = False) -> Page:
        """As ``ports.Mentions``."""

        def read(article_id: str) -> Mention:
            return self._stated[tenant, article_id][name]

        return self._pointed(tenant, digest(name), limit, cursor, read, stating)

    def articles_named(self, tenant: str, named: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Mentions``."""
        return self._pointed(tenant, named, limit, cursor, str)

    def stating(self, tenant: str, names: Collection[str], limit: int) -> dict[str, tuple[Mention, ...]]:
        """As ``ports.Mentions``."""
        return {name: self.mentions(tenant, name, limit, stating=True).items for name in names}

    def delete_mentions(self, tenant: str, article_id: str) -> bool:
        """As ``ports.Mentions``."""
        with self._lock:
            over = self._is_over(tenant, article_id)
            stored = self._stated.pop((tenant, article_id), {})
            self._ends.pop((tenant, article_id), None)
            for name, mention in stored.items():
                drop(self._named[tenant, digest(name)], _entry(mention))
            return bool(stored) and not over

    def _pointed(
        self,
        tenant: str,
        named: str,
        limit: int,
        cursor: str | None,
        read: Callable[[str], object],
        stating: bool = False,
    ) -> Page:
        """A page of what is read of the articles that are found by the name of this digest."""
        with self._lock:
            order = [entry for entry in self._named.get((tenant, named), []) if not self._is_over(tenant, entry[1])]
            shown = order[bisect_left(order, ("1",)) :] if stating else order
            return page(tenant, f"mentions {named}", shown, limit, cursor, read, require_mention_place)

    def _is_over(self, tenant: str, article_id: str) -> bool:
        end = self._ends.get((tenant, article_id))
        return end is not None and end <= self._clock.now()


def _entry(mention: Mention) -> tuple[str, str]:
    return mention_place(mention.added_at, mention.article_id, bool(mention.relations)), mention.article_id
