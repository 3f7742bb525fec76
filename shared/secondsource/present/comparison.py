"""The answer to "are these articles independent?", claim by claim."""

from collections.abc import Mapping

from pydantic import Field

from secondsource.model import Edge, Flag, Model, Node
from secondsource.present.report import labelled


class ComparedArticle(Model):
    """One of the articles compared."""

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class SharedClaim(Model):
    """A claim that at least two of the compared articles report or dispute.

    ``reports`` are those of them that report it as their own, ``disputed_in`` those that only deny or doubt it.
    ``low``, ``best`` and ``high`` count the independent origins of these reports alone. ``independent`` is true
    when no two of them share an origin, false when some do, null when the range of the count does not decide or
    fewer than two report it. The links of the origin graph, ``edges``, carry their evidence.
    """

    claim_id: str
    text: str
    reports: tuple[str, ...]
    disputed_in: tuple[str, ...] = ()
    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    independent: bool | None
    verdict: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_assessable: str | None = None


class Comparison(Model):
    """Whether articles are independent on the claims they share.

    ``independent`` is false when a claim that two of them report is not independently reported, true when all
    such claims are, null when there are none or the counts do not decide; ``verdict`` says it in words. ``labels`` says
    what to call the articles.
    """

    articles: tuple[ComparedArticle, ...]
    independent: bool | None
    verdict: str
    claims: tuple[SharedClaim, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)


def with_names(comparison: Comparison, names: Mapping[str, str]) -> Comparison:
    """The comparison in which articles are called so, by id, that have neither publisher nor title."""
    nameless = {article.id for article in comparison.articles if not article.publisher and not article.title}
    labels = {**comparison.labels, **{name: names[name] for name in nameless & names.keys()}}
    claims = tuple(claim.model_copy(update={"nodes": labelled(claim.nodes, labels)}) for claim in comparison.claims)
    return comparison.model_copy(update={"labels": labels, "claims": claims})
