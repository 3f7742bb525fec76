"""``ports.Mentions`` on DynamoDB."""

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Document, Pointer
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import Item
from secondsource.model import Mention, Model, Page, Relation
from secondsource.stored import is_id, mention_place, require_mention_place, require_mentions, stamp


class _Named(Model):
    """By which names an article is found, and what it states of each."""

    added_at: datetime
    names: dict[str, tuple[Relation, ...]]


class DynamoMentions(Room):
    """What an article states of those whom it names, one document beside it; each name points to it.

    The names of whom it states something stand beside it in plain sight, for whoever is told of its deletion by the
    table's stream.
    """

    def put_mentions(
        self,
        tenant: str,
        article_id: str,
        added_at: datetime,
        names: Mapping[str, Sequence[Relation]],
        expires_at: datetime | None = None,
    ) -> None:
        """As ``ports.Mentions``. Raises TooLarge beyond 3.6 MB compressed."""
        require_mentions(tenant, article_id, names)
        key = keys.mentions(tenant, article_id)
        if not names:
            self._documents.delete(key)
            return
        content = _Named(added_at=added_at, names={name: tuple(stated) for name, stated in names.items()})
        states = json.dumps([name for name, stated in names.items() if stated], ensure_ascii=False)
        attributes: Attributes = {"type": "mentions", "tenant": tenant, "article_id": article_id, "names": states}
        if expires_at is not None:
            attributes = {**attributes, "until": stamp(expires_at), "expires_at": math.ceil(expires_at.timestamp())}
        entries = [
            Pointer(
                keys.named(tenant, name), mention_place(added_at, article_id, bool(stated)), {"article_id": article_id}
            )
            for name, stated in names.items()
        ]
        self._documents.put(key, pack(content), attributes, entries)

    def mentions(self, tenant: str, name: str, limit: int, cursor: str | None = None, *, stating: bool = False) -> Page:
        """As ``ports.Mentions``."""
        if not is_id(tenant):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[Mention]:
            found = []
            for pointer, document in self._standing(tenant, pointers):
                named = unpack(_Named, document.content)
                if name in named.names:
                    until = document.head.item.get("until")
                    found.append(
                        Mention(
                            article_id=pointer["article_id"],
                            added_at=named.added_at,
                            relations=named.names[name],
                            expires_at=None if until is None else datetime.fromisoformat(until),
                        )
                    )
            return found

        prefix = f"1{keys.SEPARATOR}" if stating else None
        return page(
            self._table, tenant, keys.named(tenant, name), limit, cursor, resolve, require_mention_place, prefix
        )

    def articles_named(self, tenant: str, named: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Mentions``."""
        if not is_id(tenant, named):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[str]:
            return [pointer["article_id"] for pointer, _ in self._standing(tenant, pointers)]

        return page(self._table, tenant, keys.named_by(tenant, named), limit, cursor, resolve, require_mention_place)

    def stating(self, tenant: str, names: Collection[str], limit: int) -> dict[str, tuple[Mention, ...]]:
        """As ``ports.Mentions``; several names are read at once."""

        def read(name: str) -> tuple[Mention, ...]:
            return self.mentions(tenant, name, limit, stating=True).items

        return dict(zip(names, self._readers.map(read, names), strict=True))

    def delete_mentions(self, tenant: str, article_id: str) -> bool:
        """As ``ports.Mentions``."""
        return is_id(tenant, article_id) and self._documents.delete(keys.mentions(tenant, article_id))

    def _standing(self, tenant: str, pointers: Sequence[Item]) -> Iterator[tuple[Item, Document]]:
        """The pointers that lead to a document which points back, each with it."""
        targets = [(keys.mentions(tenant, pointer["article_id"]), pointer) for pointer in pointers]
        documents = self._documents.read_many(key for key, _ in targets)
        for key, pointer in targets:
            document = documents.get(key)
            if document is not None and document.head.link == pointer["link"]:
                yield pointer, document
