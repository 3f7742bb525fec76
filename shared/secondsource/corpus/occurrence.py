"""An occurrence: one claim as one article carries it, with all that a recount needs."""

import re
from datetime import datetime

from secondsource.model import Article, Attribution, Claim, Evidence, Occurrence, Source, SourceKind, Span, Spans
from secondsource.text.paragraphs import selector

_MAX_SENTENCE = 700
_OUTLETS = frozenset({SourceKind.OUTLET})
_PRONOUNS = frozenset("he she they it him her them his their its who i we".split())
_BRIEF = 6
"""Content of so few words ("news of the pact") points back at what the article is about."""


def build(article: Article, claim: Claim, claim_id: str, added_at: datetime) -> Occurrence:
    """The occurrence of ``claim`` in ``article`` under the claim record ``claim_id``."""
    analysis = article.analysis
    by_id = {a.id: a for a in analysis.attributions}
    carrying = [by_id[i] for i in claim.attribution_ids if i in by_id]
    disputing = [by_id[i] for i in claim.disputed_by if i in by_id]
    involved = {a.source_id for a in [*carrying, *disputing] if a.source_id}
    sources = tuple(s for s in analysis.sources if s.id in involved)
    kinds = {s.id: s.kind for s in analysis.sources}
    quotes: dict[str, Evidence] = {}
    by_source = {s.id: s for s in sources}
    for a in [*carrying, *disputing]:
        for role, spans in (("cue", a.cue), ("content", a.content)):
            if spans:
                quotes[f"{a.id}:{role}"] = _quote(article, spans)
        if a.source:
            quotes[f"{a.id}:source"] = _telling(article, a.source, by_source.get(a.source_id or ""))
            if a.source_id and a.source_id not in quotes:
                quotes[a.source_id] = quotes[f"{a.id}:source"]
    for s in sources:
        for n, affiliation in enumerate(s.affiliations):
            if affiliation.span:
                quotes[f"{s.id}:affiliation{n}"] = selector(article.id, article.text, *affiliation.span)
        if s.speaks_from:
            quotes[f"{s.id}:speaks_from"] = selector(article.id, article.text, *s.speaks_from.span)
        if s.anonymity and s.anonymity.reason_span:
            quotes[f"{s.id}:anonymity"] = selector(article.id, article.text, *s.anonymity.reason_span)
    reporting = bool(carrying) or not disputing
    if disputing and all(a.source is None or kinds.get(a.source_id or "") == SourceKind.OUTLET for a in carrying):
        reporting = False
    return Occurrence(
        claim_id=claim_id,
        article_id=article.id,
        article_claim_id=claim.id,
        headline=claim.headline,
        reporting=reporting,
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        published_at=article.published_at,
        added_at=added_at,
        text=claim.text,
        own_witness=claim.own_witness,
        echoed=bool(claim.echoed_by),
        sentences=_sentences(article, claim, carrying),
        attributions=tuple(carrying),
        disputes=tuple(disputing),
        sources=sources,
        quotes=quotes,
        stakes=analysis.stakes.get(claim.id, ()),
        states=claim.states,
        place=claim.place,
        facts=claim.facts,
        cited_outlets=_cited(article, claim, carrying, kinds),
    )


def _telling(article: Article, spans: Spans, source: Source | None) -> Evidence:
    """The words that name a source; where it is a pronoun there, those that name it elsewhere in the article."""
    here = _quote(article, spans)
    if source is None or here.exact.casefold() not in _PRONOUNS:
        return here
    last = source.name.split()[-1]
    named = [m for m in source.mentions if last in article.text[m[0] : m[1]]]
    return selector(article.id, article.text, *max(named, key=lambda m: m[1] - m[0])) if named else here


def _quote(article: Article, spans: Spans) -> Evidence:
    return selector(article.id, article.text, spans[0][0], spans[0][1])


def _sentences(article: Article, claim: Claim, carrying: list[Attribution]) -> tuple[Evidence, ...]:
    """The claim with the words that attribute it."""
    found: list[Span] = []
    for s, e in claim.spans:
        start, end = s, e
        for a in carrying:
            spans = [*(a.source or ()), *(a.cue or ()), *(a.content or ())]
            if any(x < e and s < y for x, y in a.content or ()):
                near = [(x, y) for x, y in spans if x - e > -300 and y - s < 300 + (e - s)]
                start, end = min([start, *[x for x, _ in near]]), max([end, *[y for _, y in near]])
        if not any(start >= x and end <= y for x, y in found):
            found.append((start, min(end, start + _MAX_SENTENCE)))
    return tuple(selector(article.id, article.text, s, e) for s, e in sorted(found))


def _cited(
    article: Article, claim: Claim, carrying: list[Attribution], kinds: dict[str, SourceKind]
) -> tuple[tuple[str, Evidence], ...]:
    """Other outlets that the article says the claim comes from."""
    names = {s.id: s.name for s in article.analysis.sources}
    cited: dict[str, Evidence] = {}
    candidates = list(carrying)
    if claim.headline:
        # "News of the pact was first reported by the Courier": said of what the whole article is about.
        candidates += [
            a
            for a in article.analysis.attributions
            if a not in carrying and kinds.get(a.source_id or "") in _OUTLETS and _points_back(article, a)
        ]
    for a in candidates:
        if a.source_id and kinds.get(a.source_id) in _OUTLETS and a.source:
            cited.setdefault(names[a.source_id], _quote(article, a.source))
        elif a.via and a.via_span and not _own(article, a.via):
            cited.setdefault(a.via, selector(article.id, article.text, *a.via_span))
    return tuple((n, e) for n, e in cited.items() if not _own(article, n))


def _points_back(article: Article, a: Attribution) -> bool:
    words = sum(len(article.text[s:e].split()) for s, e in a.content or ())
    cue = " ".join(article.text[s:e] for s, e in a.cue or ()).lower()
    return words <= _BRIEF and bool(re.search(r"\b(?:report|publish|break|broke|reveal|disclos|carr)", cue))


def _own(article: Article, name: str) -> bool:
    if not article.publisher:
        return False
    a, b = _bare(name), _bare(article.publisher)
    return a == b or a.endswith(" " + b) or b.endswith(" " + a)


def _bare(name: str) -> str:
    return re.sub(r"^the\s+", "", name.casefold()).strip()
