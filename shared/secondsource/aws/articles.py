"""``ports.ArticleStore`` on DynamoDB."""

from collections.abc import Sequence

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer, lifetime
from secondsource.aws.events import items_of
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.jobs import writing
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import Item
from secondsource.model import Article, ArticleSummary, Event, Job, Page
from secondsource.stored import is_id, place, summary_of

_SUMMARY_BYTES = 20_000
"""A summary is kept beside the head, so that a list need not read whole articles; unless a title is absurdly long."""


class DynamoArticles(Room):
    """Articles, each one document, and one list of them a tenant."""

    def add_article(self, tenant: str, article: Article, event: Event | None = None, job: Job | None = None) -> bool:
        """As ``ports.ArticleStore``. Raises TooLarge beyond 3.6 MB compressed, UnprocessableInput for a bad id."""
        return self._documents.add(
            keys.article(tenant, article.id),
            pack(article),
            _attributes(tenant, article),
            [_entry(tenant, article)],
            items_of(tenant, event),
            None if job is None else lambda: writing(self._documents, tenant, job),
        )

    def replace_article(self, tenant: str, article: Article, job: Job) -> bool:
        """As ``ports.ArticleStore``. Raises TooLarge beyond 3.6 MB compressed."""
        key, content, attributes = keys.article(tenant, article.id), pack(article), _attributes(tenant, article)
        for _ in self._table.attempts():
            head = self._documents.head(key)
            change = None if head is None else writing(self._documents, tenant, job)
            if head is None or change is None:
                return False
            try:
                self._documents.replace(head, content, attributes, pointers=[_entry(tenant, article)], along=change)
            except ConditionNotMet:
                continue
            return True
        return False  # pragma: no cover - attempts() raises when spent

    def get_article(self, tenant: str, article_id: str) -> Article | None:
        """As ``ports.ArticleStore``."""
        if not is_id(tenant, article_id):
            return None
        document = self._documents.read(keys.article(tenant, article_id))
        return None if document is None else unpack(Article, document.content)

    def has_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``."""
        return is_id(tenant, article_id) and self._documents.head(keys.article(tenant, article_id)) is not None

    def list_articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.ArticleStore``."""
        if not is_id(tenant):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[ArticleSummary]:
            targets = [(keys.article(tenant, pointer["article_id"]), pointer["link"]) for pointer in pointers]
            heads = self._documents.heads((key for key, _ in targets), also=("summary",))
            summaries = []
            for key, link in targets:
                head = heads.get(key)
                if head is None or head.link != link:
                    continue
                if packed := head.item.get("summary"):
                    summaries.append(unpack(ArticleSummary, packed))
                elif document := self._documents.read(key):
                    summaries.append(summary_of(unpack(Article, document.content)))
            return summaries

        return page(self._table, tenant, keys.articles(tenant), limit, cursor, resolve)

    def delete_article(self, tenant: str, article_id: str) -> bool:
        """As ``ports.ArticleStore``. Its occurrences are not its pieces: see ``delete_occurrences``."""
        return is_id(tenant, article_id) and self._documents.delete(keys.article(tenant, article_id))


def _attributes(tenant: str, article: Article) -> Attributes:
    summary = pack(summary_of(article))
    return {
        "type": "article",
        "tenant": tenant,
        "article_id": article.id,
        "summary": summary if len(summary) <= _SUMMARY_BYTES else None,
        **lifetime(article.expires_at),
    }


def _entry(tenant: str, article: Article) -> Pointer:
    """The article's entry in the list."""
    return Pointer(keys.articles(tenant), place(article.added_at, article.id), {"article_id": article.id})
