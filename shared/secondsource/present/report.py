"""The report of one article: its own annotations, and its claims as they stand across all articles now.

``build`` puts a stored article and the claim records it carries together. The claim records are read at the
time of asking, so an article that stood alone yesterday and has been confirmed since says so today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from pydantic import Field

from secondsource.model import (
    Article,
    Attribution,
    Claim,
    ClaimRecord,
    ClaimState,
    Edge,
    Flag,
    FlagLevel,
    Label,
    MediaKind,
    Model,
    Node,
    NotAssessable,
    Origins,
    Place,
    Source,
    Span,
    Spans,
    Stake,
)
from secondsource.present.wording import first_words

FIRST_ASTRAL = 0x10000
"""The first code point that takes two UTF-16 code units."""

_LEVELS = {FlagLevel.WARNING: 0, FlagLevel.CAUTION: 1, FlagLevel.NOTE: 2}


class OriginCount(Model):
    """How many independent origins the known reports of a claim rest on: a number with its range.

    ``groups`` lists article ids; articles that rest on one origin stand together. ``partial`` says which reports were
    counted, where not all were.
    """

    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    partial: str | None = None
    not_assessable: str | None = None


class Graph(Model):
    """Why the origins are counted as they are: articles, outlets and sources, and the links between them."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


class ReportClaim(Model):
    """A claim of this article, with what is known of it from all articles.

    ``claim_id`` is the claim record's id; ``articles`` the ids of all articles known to carry or dispute the
    claim, ``reports`` of those that report it as their own. ``origins`` counts the origins of the reports; it is
    null only while the claim has not been counted yet. ``lookup_cut``: its words are in so many stories that only the
    newest of them were looked through, so that older reports of it may be missing.
    """

    id: str
    claim_id: str | None = None
    text: str
    spans: Spans
    headline: bool = False
    own_witness: bool = False
    place: Place | None = None
    attribution_ids: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    states: tuple[ClaimState, ...] = ()
    lookup_cut: bool = False
    articles: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    origins: OriginCount | None = None
    graph: Graph = Graph()
    stakes: tuple[Stake, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()


class Offsets(Model):
    """How to read the spans: they count Unicode code points of ``text``, end exclusive.

    ``astral`` are the runs [start, end) of code points that take two UTF-16 code units each, so that a
    program which counts UTF-16 (a page in a browser) adds one for each of them before an offset.
    """

    unit: str = "unicode-code-point"
    astral: Spans = ()


class Mentioned(Model):
    """Another article that groups and evidence name by id: what is known of it."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class Report(Model):
    """The annotated article, as it goes out.

    ``reason`` says why there are no claims, when there are none. ``replaced_by``: the version that counts in the place
    of this one, where a post or a page has been edited; stakes and flags are to be looked for there. ``labels`` says
    what to call the articles that groups and evidence name by id, ``mentioned`` their titles and addresses.
    """

    id: str
    kind: MediaKind
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    added_at: datetime
    language: str | None = None
    truncated: str | None = None
    reason: str | None = None
    replaced_by: str | None = None
    warnings: tuple[str, ...] = ()
    headline_claim: str | None = None
    claims: tuple[ReportClaim, ...] = ()
    flags: tuple[Flag, ...] = ()
    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    text: str
    offsets: Offsets = Offsets()
    labels: dict[str, str] = Field(default_factory=dict)
    mentioned: dict[str, Mentioned] = Field(default_factory=dict)
    analysis_version: str = "1"
    links: dict[str, str] = Field(default_factory=dict)


def build(article: Article, records: Mapping[str, ClaimRecord], base_url: str = "") -> Report:
    """The report of ``article`` with the claim records as they are now.

    Parameters
    ----------
    article
        The article as stored.
    records
        Claim records by id; those of claims that ``article`` does not carry are not looked at. A claim whose
        record is missing is reported with what the article alone says of it.
    base_url
        Put before the paths in ``links``.
    """
    analysis = article.analysis
    claims = tuple(
        _claim(article, claim, records.get(claim.claim_id or ""))
        for claim in sorted(analysis.claims, key=lambda claim: not claim.headline)
    )
    headline = next((claim for claim in claims if claim.headline), None)
    found = Report(
        id=article.id,
        kind=article.kind,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        byline=article.byline,
        published_at=article.published_at,
        added_at=article.added_at,
        language=article.language or analysis.language,
        truncated=article.truncated,
        reason=analysis.reason,
        warnings=analysis.warnings,
        headline_claim=headline.claim_id if headline else None,
        claims=claims,
        flags=gravest_first(_unique(flag for claim in claims for flag in claim.flags)),
        sources=analysis.sources,
        attributions=analysis.attributions,
        text=article.text,
        offsets=Offsets(astral=astral_runs(article.text)),
        mentioned=_mentioned(article, claims),
        analysis_version=analysis.analysis_version,
        links=_links(article.id, base_url),
    )
    return with_labels(found, _labels(article, claims))


def concerns(flag: Flag, article_id: str) -> bool:
    """Whether a claim record's flag is about this article.

    A flag of the whole corpus is about every article that carries the claim; a flag of one article is about
    the article its evidence lies in. A flag without evidence is shown rather than lost.
    """
    if flag.scope.kind == "corpus" or not flag.evidence:
        return True
    return flag.evidence[0].article_id == article_id


def gravest_first(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """Warnings before cautions before notes; the order within a level stays."""
    return tuple(sorted(flags, key=lambda flag: _LEVELS[flag.level]))


def astral_runs(text: str) -> Spans:
    """The runs [start, end) of code points beyond the Basic Multilingual Plane."""
    if text.isascii():
        return ()
    runs: list[Span] = []
    for position, character in enumerate(text):
        if ord(character) < FIRST_ASTRAL:
            continue
        if runs and runs[-1][1] == position:
            runs[-1] = (runs[-1][0], position + 1)
        else:
            runs.append((position, position + 1))
    return tuple(runs)


def reports(origins: Origins) -> tuple[str, ...]:
    """The articles whose reports of a claim were counted: those that do not only deny or discuss it."""
    return tuple(dict.fromkeys(article_id for group in origins.groups for article_id in group))


def with_label(report: Report, label: Label) -> Report:
    """The report with the attributions of one label alone: sourced statements, or beliefs and intentions.

    Claims stay, with their flags; they and their stakes name those of their attributions that are left. A stake is what
    a claim is to a source that speaks of it, so one of which no attribution is left is left out. An attribution is
    nested in the next one around it that is left.
    """
    kept = [a for a in report.attributions if a.label == label]
    ids = {a.id for a in kept}
    around = {a.id: a.nested_in for a in report.attributions}

    def nested_in(attribution_id: str | None) -> str | None:
        passed: set[str] = set()  # where contents overlap, two attributions can each lie in the other's
        while attribution_id is not None and attribution_id not in ids | passed:
            passed.add(attribution_id)
            attribution_id = around.get(attribution_id)
        return attribution_id if attribution_id in ids else None

    def left(attribution_ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(i for i in attribution_ids if i in ids)

    claims = tuple(
        claim.model_copy(
            update={
                "attribution_ids": left(claim.attribution_ids),
                "disputed_by": left(claim.disputed_by),
                "stakes": tuple(
                    stake.model_copy(update={"attribution_ids": named})
                    for stake in claim.stakes
                    if (named := left(stake.attribution_ids))
                ),
            }
        )
        for claim in report.claims
    )
    attributions = tuple(a.model_copy(update={"nested_in": nested_in(a.nested_in)}) for a in kept)
    return report.model_copy(update={"attributions": attributions, "claims": claims})


def with_labels(report: Report, labels: Mapping[str, str]) -> Report:
    """The report in which articles are called so, in its graphs too."""
    claims = tuple(
        claim.model_copy(
            update={"graph": claim.graph.model_copy(update={"nodes": labelled(claim.graph.nodes, labels)})}
        )
        for claim in report.claims
    )
    return report.model_copy(update={"labels": dict(labels), "claims": claims})


def with_names(report: Report, names: Mapping[str, str]) -> Report:
    """The report in which other articles are called so, by id, that have neither publisher nor title."""
    nameless = [
        article_id
        for article_id, known in report.mentioned.items()
        if article_id in names and not known.publisher and not known.title
    ]
    return with_labels(report, {**report.labels, **{article_id: names[article_id] for article_id in nameless}})


def labelled(nodes: Iterable[Node], labels: Mapping[str, str]) -> tuple[Node, ...]:
    """The nodes of an origin graph, its articles called as ``labels`` has it by id, and none of them by its id."""

    def label(node: Node) -> str:
        if node.type != "article":
            return node.label
        return labels.get(_article_id(node)) or _known_label(node) or "another article"

    return tuple(
        node if (called := label(node)) == node.label else node.model_copy(update={"label": called}) for node in nodes
    )


def unlabelled(report: Report) -> tuple[str, ...]:
    """Articles that flags and stakes point into, or that carry a claim, and for which the report has no label."""
    flagged = (item.article_id for flag in report.flags for item in flag.evidence)
    staked = (item.article_id for claim in report.claims for stake in claim.stakes for item in stake.evidence)
    carrying = (article_id for claim in report.claims for article_id in claim.articles)
    pointed = chain(flagged, staked, carrying)
    return tuple(dict.fromkeys(article_id for article_id in pointed if article_id not in report.labels))


def label_of(article: Article | Report) -> str:
    """What to call an article in a line: its publisher, or its title, or else how it begins."""
    return article.publisher or article.title or first_words(article.text)


def mention(article: Article) -> Mentioned:
    """What is known of an article that another one's report names."""
    return Mentioned(title=article.title, publisher=article.publisher, url=article.url)


def count(origins: Origins) -> OriginCount:
    """The numbers of an origin graph without the graph."""
    return OriginCount(
        low=origins.low,
        best=origins.best,
        high=origins.high,
        groups=origins.groups,
        partial=origins.partial,
        not_assessable=origins.not_assessable,
    )


def _claim(article: Article, claim: Claim, record: ClaimRecord | None) -> ReportClaim:
    """One claim with its record's findings; without a record, with what the article says alone."""
    name = claim.claim_id or claim.id
    origins = record.origins if record else None
    return ReportClaim(
        id=claim.id,
        claim_id=claim.claim_id,
        text=claim.text,
        spans=claim.spans,
        headline=claim.headline,
        own_witness=claim.own_witness,
        place=claim.place,
        attribution_ids=claim.attribution_ids,
        disputed_by=claim.disputed_by,
        states=claim.states,
        lookup_cut=claim.lookup_cut,
        articles=record.articles if record else (article.id,),
        reports=reports(origins) if origins else (article.id,),
        origins=count(origins) if origins else None,
        graph=Graph(nodes=origins.nodes, edges=origins.edges) if origins else Graph(),
        stakes=_stakes(article, claim, record),
        flags=gravest_first(
            [flag.model_copy(update={"claim": name}) for flag in record.flags if concerns(flag, article.id)]
            if record
            else []
        ),
        not_assessable=tuple(dict.fromkeys(record.not_assessable)) if record else (),
    )


def _stakes(article: Article, claim: Claim, record: ClaimRecord | None) -> tuple[Stake, ...]:
    """Every judged pair of this article's sources and the claim, as it is known now; also those with no stake.

    A record weighs them by all articles and the register; where it has not been counted, by the article alone.
    """
    involved = {*claim.attribution_ids, *claim.disputed_by}
    if record is not None and record.origins is not None:
        return tuple(
            stake
            for stake in record.stakes
            if stake.article_id == article.id and involved.intersection(stake.attribution_ids)
        )
    return article.analysis.stakes.get(claim.id, ())


def _labels(article: Article, claims: Iterable[ReportClaim]) -> dict[str, str]:
    """What the origin graphs call the articles they hold, those that have a name, and what to call the one at hand."""
    named = {article_id: label for article_id, node in _article_nodes(claims) if (label := _known_label(node))}
    return {**named, article.id: article.publisher or article.title or "this article"}


def _mentioned(article: Article, claims: Iterable[ReportClaim]) -> dict[str, Mentioned]:
    """What the origin graphs know of the other articles that they hold."""
    return {
        article_id: Mentioned(
            title=node.title,
            # A node is called by the article's title where no publisher is known.
            publisher=_known_label(node) if node.label != node.title else None,
            url=node.url,
        )
        for article_id, node in _article_nodes(claims)
        if article_id != article.id
    }


def _article_nodes(claims: Iterable[ReportClaim]) -> Iterator[tuple[str, Node]]:
    for claim in claims:
        for node in claim.graph.nodes:
            if node.type == "article":
                yield _article_id(node), node


def _article_id(node: Node) -> str:
    return node.id.removeprefix("article:")


def _known_label(node: Node) -> str | None:
    """What an article's node is called by, where that is not its id: neither publisher nor title is known then."""
    return node.label if node.label != _article_id(node) else None


def _unique(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Each flag once: two claims of one article can share a claim record."""
    return tuple(dict.fromkeys(flags))


def _links(article_id: str, base_url: str) -> dict[str, str]:
    article = f"{base_url}/v1/articles/{article_id}"
    return {
        "self": article,
        "annotations": f"{article}/annotations/",
        "summary": f"{article}/summary",
        "page": f"{article}/report",
    }
