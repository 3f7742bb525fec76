"""Are these articles independent? The origins of each claim they share, counted over these articles alone."""

from collections.abc import Iterable, Mapping, Sequence

from secondsource.corpus.denying import settled
from secondsource.corpus.origins import trace
from secondsource.errors import NotFound, UnprocessableInput
from secondsource.model import Article, ClaimRecord, Flag, Origins
from secondsource.ports import Store
from secondsource.present.comparison import ComparedArticle, Comparison, SharedClaim
from secondsource.present.report import concerns, gravest_first, label_of, labelled
from secondsource.present.wording import counted, one_line, ranged
from secondsource.services.merging import resolve

__all__ = ["MAX_ARTICLES", "MIN_ARTICLES", "Compare", "Comparison"]

MIN_ARTICLES = 2
MAX_ARTICLES = 20
"""A desk compares a handful; twenty keep the answer within one request."""

TOLERANCE = 1e-6
"""Two counts closer than this are equal: origins are sums of fractions."""


class Compare:
    """Compares a tenant's articles on the claims that at least two of them carry."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def compare(self, tenant: str, article_ids: Sequence[str]) -> Comparison:
        """Whether these articles are independent, claim by claim; the widest shared claims first.

        Raises UnprocessableInput unless there are 2 to 20 different ids, NotFound when one is not the tenant's.
        """
        ids = tuple(dict.fromkeys(article_ids))
        if not MIN_ARTICLES <= len(ids) <= MAX_ARTICLES:
            raise UnprocessableInput(f"A comparison takes {MIN_ARTICLES} to {MAX_ARTICLES} different articles.")
        articles = [self._article(tenant, article_id) for article_id in ids]
        labels = {article.id: label_of(article) for article in articles}
        found = [self._shared(tenant, record, labels) for record in self._records(tenant, articles)]
        claims = tuple(claim for claim in found if claim)
        reported = [claim for claim in claims if len(claim.reports) >= MIN_ARTICLES]
        independent = _overall(reported)
        return Comparison(
            articles=tuple(
                ComparedArticle(id=article.id, title=article.title, publisher=article.publisher, url=article.url)
                for article in articles
            ),
            independent=independent,
            verdict=_verdict(reported, independent),
            claims=claims,
            labels=labels,
        )

    def _article(self, tenant: str, article_id: str) -> Article:
        article = self._store.get_article(tenant, article_id)
        if article is None:
            raise NotFound("There is no article of one of these ids.")
        return article

    def _records(self, tenant: str, articles: Sequence[Article]) -> list[ClaimRecord]:
        """The records that at least two of the articles carry or dispute, headline claims and wide ones first."""
        ids = {article.id for article in articles}
        claims = [claim for article in articles for claim in article.analysis.claims]
        known = resolve(self._store, tenant, list(dict.fromkeys(c.claim_id for c in claims if c.claim_id)))
        now = [(known[c.claim_id].claim_id, c.headline) for c in claims if c.claim_id in known]
        headlines = {claim_id for claim_id, headline in now if headline}
        claim_ids = list(dict.fromkeys(claim_id for claim_id, _ in now))
        records = {record.claim_id: record for record in known.values()}.values()
        shared = [record for record in records if len(_carrying(record) & ids) >= MIN_ARTICLES]
        shared.sort(key=lambda record: claim_ids.index(record.claim_id))
        shared.sort(key=lambda record: (record.claim_id not in headlines, -len(_carrying(record) & ids)))
        return shared

    def _shared(self, tenant: str, record: ClaimRecord, labels: Mapping[str, str]) -> SharedClaim | None:
        """What these articles alone say of the claim; None when none of them reports it.

        ``labels``: their ids, and what to call each.
        """
        known = settled(self._store.occurrences(tenant, record.claim_id))
        occurrences = [found for found in known if found.article_id in labels]
        reports = tuple(dict.fromkeys(found.article_id for found in occurrences if found.reporting))
        if not reports:
            return None
        origins = trace(occurrences)
        independent = _independent(origins, len(reports))
        disputed_in = tuple(dict.fromkeys(found.article_id for found in occurrences if not found.reporting))
        return SharedClaim(
            claim_id=record.claim_id,
            text=record.text,
            reports=reports,
            disputed_in=disputed_in,
            low=origins.low,
            best=origins.best,
            high=origins.high,
            groups=origins.groups,
            independent=independent,
            verdict=_claim_verdict(origins, len(reports), independent),
            nodes=labelled(origins.nodes, labels),
            edges=origins.edges,
            flags=_flags(record, labels),
            not_assessable=origins.not_assessable,
        )


def _carrying(record: ClaimRecord) -> set[str]:
    """The articles that carry or dispute the claim; who names an earlier version of a page asks about that one."""
    return {*record.articles, *record.replaced}


def _flags(record: ClaimRecord, ids: Iterable[str]) -> tuple[Flag, ...]:
    """The record's flags that concern at least one of the articles."""
    found = [flag for flag in record.flags if any(concerns(flag, article_id) for article_id in ids)]
    return gravest_first([flag.model_copy(update={"claim": record.claim_id}) for flag in found])


def _independent(origins: Origins, reports: int) -> bool | None:
    """True when even the low count gives each report an origin, false when even the high one does not."""
    if origins.not_assessable or reports < MIN_ARTICLES:
        return None
    if origins.low >= reports - TOLERANCE:
        return True
    return False if origins.high < reports - TOLERANCE else None


def _overall(claims: Sequence[SharedClaim]) -> bool | None:
    """False when any shared claim is not independently reported, true when all are, else None."""
    answers = {claim.independent for claim in claims}
    if False in answers:
        return False
    return True if answers == {True} else None


def _claim_verdict(origins: Origins, reports: int, independent: bool | None) -> str:
    reported = counted(reports, "report")
    if origins.not_assessable:
        return f"{reported}; the origins cannot be counted: {one_line(origins.not_assessable)}"
    found = f"{reported}, {ranged(origins.low, origins.best, origins.high, 'origin')}"
    if reports < MIN_ARTICLES:
        return f"{found}: no second report to compare it with."
    if independent is None:
        return f"{found}: what is known does not decide whether they are independent."
    return f"{found}: independent." if independent else f"{found}: not independent."


def _verdict(claims: Sequence[SharedClaim], independent: bool | None) -> str:
    """The answer in a sentence, with how many of the shared claims it rests on."""
    if not claims:
        return "No claim was found that two of these articles report, so there is nothing to compare."
    total = counted(len(claims), "shared claim")
    if independent:
        return f"Independent, on {total}."
    if independent is None:
        open_ = sum(claim.independent is None for claim in claims)
        return f"Undecided: of {total}, {open_} may or may not rest on a common origin."
    shared = sum(claim.independent is False for claim in claims)
    return f"Not independent: of {total}, {shared} {'rests' if shared == 1 else 'rest'} on a common origin."
