"""``ports.Publications`` on DynamoDB."""

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer, lifetime
from secondsource.aws.events import items_of
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.room import Room
from secondsource.aws.table import VERSION
from secondsource.errors import VersionConflict
from secondsource.model import Event, Post, Publication
from secondsource.stored import is_id, latest_end, require_publication


class DynamoPublications(Room):
    """Posts of a CMS, each one document, found by the articles that are its versions."""

    def put_publication(self, tenant: str, publication: Publication, event: Event | None = None) -> None:
        """As ``ports.Publications``."""
        require_publication(tenant, publication)
        key = keys.post(tenant, *_ids(publication.post))
        attributes: Attributes = {
            "type": "post",
            "tenant": tenant,
            VERSION: publication.revision,
            **lifetime(latest_end(publication)),
        }
        head = self._documents.head(key, also=(VERSION,))
        if (0 if head is None else head.item[VERSION]) != publication.revision - 1:
            raise VersionConflict
        content, ways, beside = pack(publication), _ways_back(tenant, publication), items_of(tenant, event)
        if head is None:
            if not self._documents.add(key, content, attributes, ways, beside):
                raise VersionConflict
            return
        try:
            self._documents.replace(head, content, attributes, beside, ways)
        except ConditionNotMet as error:
            raise VersionConflict from error

    def get_publication(self, tenant: str, post: Post) -> Publication | None:
        """As ``ports.Publications``."""
        if not is_id(tenant, post.webhook_id):
            return None
        document = self._documents.read(keys.post(tenant, *_ids(post)))
        return None if document is None else unpack(Publication, document.content)

    def publications_of(self, tenant: str, article_id: str) -> tuple[Publication, ...]:
        """As ``ports.Publications``."""
        if not is_id(tenant, article_id):
            return ()
        pointers = self._table.query(keys.article(tenant, article_id).partition, prefix=keys.POSTS)
        posts = [keys.post(tenant, pointer["webhook_id"], pointer["external_id"]) for pointer in pointers]
        found = [unpack(Publication, document.content) for document in self._documents.read_many(posts).values()]
        # A pointer may be left over from a write that was broken off.
        mine = [p for p in found if article_id in {version.article_id for version in p.versions}]
        return tuple(sorted(mine, key=lambda publication: _ids(publication.post)))

    def delete_publication(self, tenant: str, post: Post, revision: int) -> bool:
        """As ``ports.Publications``. A deletion that was broken off is finished by the next one."""
        if not is_id(tenant, post.webhook_id):
            return False
        key = keys.post(tenant, *_ids(post))
        head = self._documents.head(key, also=(VERSION,))
        if head is None:
            self._documents.finish(key)
            return False
        if head.item[VERSION] != revision:
            raise VersionConflict
        try:
            self._documents.remove(head)
        except ConditionNotMet as error:
            raise VersionConflict from error
        return True


def _ids(post: Post) -> tuple[str, str]:
    return post.webhook_id, post.external_id


def _ways_back(tenant: str, publication: Publication) -> list[Pointer]:
    post = publication.post
    place = keys.POSTS + keys.post(tenant, *_ids(post)).partition.rpartition(keys.SEPARATOR)[2]
    notes = {"webhook_id": post.webhook_id, "external_id": post.external_id}
    articles = dict.fromkeys(version.article_id for version in publication.versions)
    return [Pointer(keys.article(tenant, article_id).partition, place, notes) for article_id in articles]
