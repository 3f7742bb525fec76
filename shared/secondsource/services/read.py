"""Reading what is stored: reports, articles, claim records, annotations and jobs of one tenant."""

from collections.abc import Iterable, Mapping
from typing import Any

from secondsource.errors import NotFound
from secondsource.model import Article, ClaimRecord, Job, Page, Publication
from secondsource.ports import Store
from secondsource.present import web_annotation
from secondsource.present.report import Report, build, label_of, mention, unlabelled, with_labels
from secondsource.services.merging import resolve

_NO_ARTICLE = "There is no article of this id."
_NO_CLAIM = "There is no claim of this id."
_NO_JOB = "There is no job of this id, or it has expired."
MOST_LABELS = 20
"""Other articles read to name them in a report: a flag shows a dozen passages, mostly of articles named already."""

_NO_PAGE = "The collection has no such page."


class Read:
    """Answers what a tenant has stored. Another tenant's id raises NotFound exactly like one that never was."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def report(self, tenant: str, article_id: str, base_url: str = "") -> Report:
        """The report of an article, with its claim records as they are now. Raises NotFound."""
        article, records = self._with_records(tenant, self.article(tenant, article_id))
        report = build(article, records, base_url)
        asked = (self._store.get_article(tenant, article_id) for article_id in unlabelled(report)[:MOST_LABELS])
        others = [other for other in asked if other]
        labels = {**report.labels, **{other.id: label_of(other) for other in others}}
        return with_labels(report, labels).model_copy(
            update={
                "mentioned": {**report.mentioned, **{other.id: mention(other) for other in others}},
                "replaced_by": self._successor(tenant, report, records),
            }
        )

    def article(self, tenant: str, article_id: str) -> Article:
        """The article as stored. Raises NotFound."""
        article = self._store.get_article(tenant, article_id)
        if article is None:
            raise NotFound(_NO_ARTICLE)
        return article

    def articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """A page of ArticleSummary, newest first. Raises InvalidCursor."""
        return self._store.list_articles(tenant, limit, cursor)

    def claim(self, tenant: str, claim_id: str) -> ClaimRecord:
        """The claim record as it is now; of one that was merged, the record it became. Raises NotFound."""
        record = resolve(self._store, tenant, [claim_id]).get(claim_id)
        if record is None:
            raise NotFound(_NO_CLAIM)
        return record

    def claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """A page of ClaimRecord, newest first. Raises InvalidCursor."""
        return self._store.list_claims(tenant, limit, cursor)

    def annotations(self, tenant: str, article_id: str, page: int | None = None, base_url: str = "") -> dict[str, Any]:
        """The article's W3C AnnotationCollection, or its page ``page`` (from 0) as an AnnotationPage.

        ``base_url`` makes the ids absolute. Raises NotFound for an article or a page that is not there.
        """
        report = self.report(tenant, article_id)
        if page is None:
            return web_annotation.collection(report, base_url)
        document = web_annotation.page(report, page, base_url)
        if document is None:
            raise NotFound(_NO_PAGE)
        return document

    def versions(self, tenant: str, article_id: str) -> tuple[Publication, ...]:
        """The posts of a CMS that the article is a version of. Raises NotFound."""
        if not self._store.has_article(tenant, article_id):
            raise NotFound(_NO_ARTICLE)
        return self._store.publications_of(tenant, article_id)

    def job(self, tenant: str, job_id: str) -> Job:
        """A job as it stands. Raises NotFound, also once it has expired."""
        job = self._store.get_job(tenant, job_id)
        if job is None:
            raise NotFound(_NO_JOB)
        return job

    def _successor(self, tenant: str, report: Report, records: Mapping[str, ClaimRecord]) -> str | None:
        """The version that counts in place of the article; None where it counts itself."""
        if any(claim.origins is not None and report.id in claim.articles for claim in report.claims):
            return None
        for record in records.values():
            if report.id in record.replaced:
                return record.replaced[report.id]
        newest = [post.versions[-1].article_id for post in self._store.publications_of(tenant, report.id)]
        return newest[0] if newest and report.id not in newest else None

    def _with_records(self, tenant: str, article: Article) -> tuple[Article, dict[str, ClaimRecord]]:
        """The article and its claim records, both with the ids that the records have now."""
        known = resolve(self._store, tenant, list(_claim_ids(article)))
        claims = tuple(
            claim.model_copy(update={"claim_id": known[claim.claim_id].claim_id}) if claim.claim_id in known else claim
            for claim in article.analysis.claims
        )
        article = article.model_copy(update={"analysis": article.analysis.model_copy(update={"claims": claims})})
        return article, {record.claim_id: record for record in known.values()}


def _claim_ids(article: Article) -> Iterable[str]:
    """The claim records the article's claims belong to, each once."""
    return dict.fromkeys(claim.claim_id for claim in article.analysis.claims if claim.claim_id)
