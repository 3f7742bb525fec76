"""An occurrence: one claim as one article carries it, with all that a recount needs."""

import re
from datetime import datetime
from typing import NamedTuple

from secondsource.analysis import outlets
from secondsource.analysis.quotes import quotes as quoted
from secondsource.corpus.credits import BEARS_OUTLET, NO_NAMES
from secondsource.corpus.denying import denials, denies
from secondsource.corpus.identity import folded
from secondsource.corpus.signature import Signed
from secondsource.corpus.stakes import positions_of, relevant
from secondsource.corpus.story import opening, telling
from secondsource.model import (
    OUTLETS,
    UNNAMED,
    Analysis,
    Article,
    Attribution,
    Backing,
    Claim,
    Denial,
    Evidence,
    Occurrence,
    Signature,
    Source,
    SourceKind,
    Span,
    Spans,
    Stance,
    Statement,
)
from secondsource.text.denials import CALLS_FALSE, GOES_AGAINST, KNOWS_NOTHING
from secondsource.text.furniture import is_furniture
from secondsource.text.paragraphs import selector
from secondsource.text.sentences import sentences
from secondsource.text.terms import stems
from secondsource.text.vectors import unpack

_MAX_SENTENCE = 700
_OUTLETS = frozenset({SourceKind.OUTLET})
_DENYING = frozenset({Stance.DENY, Stance.DOUBT})
_PRONOUNS = frozenset("he she they it him her them his their its who i we".split())
_MOST_PASSAGES = 24
_MOST_BACKING = 40
_TOLD_WITHIN = 120
"""Code points between a cue and the outlet that somebody told."""
_REPORTED_BEFORE = re.compile(
    r"\b(?:reported|revealed|published|disclosed|exposed|uncovered|broke|made (?:it )?(?:known|public))\b|"
    r"\breports? (?:by|in|that)\b|['’]s (?:first |earlier |own )?reports?\b",
    re.IGNORECASE,
)
"""What an outlet has done before, where an article speaks of its own; "seen by the Courier" is what it does now."""
_WE_REPORTED = re.compile(
    r"\b(?:this (?:news)?(?:paper|site|magazine|website|station|broadcaster)|as we)(?: (?:had|have|has))?"
    r"(?: (?:first|previously|earlier|already|originally|exclusively))? (?:reported|revealed|published|disclosed)\b|"
    r"\bour (?:own |first |earlier |previous |original )?(?:report|story|article)\b",
    re.IGNORECASE,
)
"""The same of a newsroom that does not name itself."""
_BRIEF = 6
"""Content of so few words ("news of the pact") points back at what the article is about."""


class Behind(NamedTuple):
    """What an article says once of its whole story: the outlets that it credits, who says the headline claim, and by
    what words it credits its own outlet with what that has reported before."""

    outlets: tuple[tuple[str, Evidence], ...] = ()
    sources: tuple[tuple[str, Evidence], ...] = ()
    self_cited: Evidence | None = None


def build(
    article: Article,
    claim: Claim,
    claim_id: str,
    added_at: datetime,
    signed: Signed | None = None,
    behind: Behind | None = None,
) -> Occurrence:
    """The occurrence of ``claim`` in ``article`` under the claim record ``claim_id``.

    ``signed``: the signatures of all the article's claims; of a headline claim they make known what backs the story;
    ``behind``: what the article says once of its whole story, for all its claims.
    """
    analysis = article.analysis
    by_id = {a.id: a for a in analysis.attributions}
    carrying = [by_id[i] for i in claim.attribution_ids if i in by_id]
    disputing = [by_id[i] for i in claim.disputed_by if i in by_id]
    positions = positions_of(analysis, claim)
    signature = signed.claims.get(claim.id) if signed else None
    told = signature.story if signature else None
    backing = backed(article, signed) if signed and told else ()
    cues = [span for a in analysis.attributions if a.source and a.cue for span in a.cue]
    denied = denials(article.title, article.text, cues) if told else []
    denied_by = [a for a in analysis.attributions if any(_says(article, a, *each) for each in denied)]
    once = behind if behind and told is None else Behind()
    names = {s.id: folded(s.name) for s in analysis.sources}
    named = claim.own_witness or any(names.get(i) not in NO_NAMES for a in carrying for i in a.source_ids)
    story_sources = {} if named else dict(once.sources)
    echoing = _echoing(analysis, claim, carrying)
    involved = {i for a in [*carrying, *disputing, *denied_by, *echoing] for i in a.source_ids} | story_sources.keys()
    involved |= {source_id for b in backing for source_id in (*b.source_ids, *b.told_by)}
    sources = tuple(s for s in analysis.sources if s.id in involved)
    kinds = {s.id: s.kind for s in analysis.sources}
    quotes: dict[str, Evidence] = {}
    by_source = {s.id: s for s in sources}
    for a in [*carrying, *disputing, *denied_by, *echoing]:
        for role, spans in (("cue", a.cue), ("content", a.content)):
            if spans:
                quotes[f"{a.id}:{role}"] = _quote(article, spans)
        if a.source:
            quotes[f"{a.id}:source"] = _telling(article, a.source, by_source.get(a.source_id or ""))
            for i in a.source_ids:
                quotes.setdefault(i, quotes[f"{a.id}:source"])
    for b in backing:
        for source_id in b.source_ids:
            quotes.setdefault(source_id, b.evidence)
    for source_id, evidence in story_sources.items():
        quotes.setdefault(source_id, evidence)
    for s in sources:
        for n, affiliation in enumerate(s.affiliations):
            if affiliation.span:
                quotes[f"{s.id}:affiliation{n}"] = selector(article.id, article.text, *affiliation.span)
        if s.speaks_from:
            quotes[f"{s.id}:speaks_from"] = selector(article.id, article.text, *s.speaks_from.span)
        if s.anonymity and s.anonymity.reason_span:
            quotes[f"{s.id}:anonymity"] = selector(article.id, article.text, *s.anonymity.reason_span)
    # What the newsroom tells itself it reports, whoever denies it further on, or says what goes against it.
    told_first = min((s for s, _ in claim.spans), default=0) < _at(disputing)
    reporting = bool(carrying) or told_first or all(_only_goes_against(article, a) for a in disputing)
    passed_on = all(a.source is None or {kinds.get(i) for i in a.source_ids} == _OUTLETS for a in carrying)
    if disputing and carrying and passed_on and _at(disputing) <= _at(carrying):
        reporting = False  # it leads with the dispute; a report that somebody denies further down stays one
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
        expires_at=article.expires_at,
        text=claim.text,
        own_witness=claim.own_witness,
        echoed=bool(claim.echoed_by),
        told_by=tuple(dict.fromkeys(i for a in echoing for i in a.source_ids)),
        sentences=_sentences(article, claim, carrying),
        attributions=tuple(carrying),
        disputes=tuple(disputing),
        sources=sources,
        quotes=quotes,
        positions=positions,
        relations=relevant(analysis.relations, positions),
        states=claim.states,
        place=claim.place,
        facts=signature.facts if signature else claim.facts,
        cited_outlets=_cited(article, claim, carrying, kinds),
        self_cited=behind.self_cited if behind else None,
        vector=signature.vector if signature else None,
        story=told,
        passages=passages(article) if told else (),
        backing=backing,
        story_outlets=once.outlets,
        story_sources=tuple(story_sources),
        denials=tuple(
            denial.model_copy(update={"evidence": selector(article.id, article.text, *span)}) if span else denial
            for denial, span in denied
        ),
        denied_by=tuple(denied_by),
    )


def behind(article: Article, signed: Signed) -> Behind:
    """What an article says once of its story."""
    heading = [c for c in article.analysis.claims if c.headline and c.id in signed.claims]
    by_id = {a.id: a for a in article.analysis.attributions}
    kinds = {s.id: s.kind for s in article.analysis.sources}
    rows = [unpack(v) for c in heading for v in _vectors(signed.claims[c.id])]
    outlets_: dict[str, Evidence] = {}
    sources: dict[str, Evidence] = {}
    for claim in heading:
        carrying = [by_id[i] for i in claim.attribution_ids if i in by_id]
        for name, evidence in _cited(article, claim, carrying, kinds):
            outlets_.setdefault(name, evidence)
        for a in carrying:
            for i in a.source_ids if a.source else ():
                if kinds.get(i) not in _OUTLETS:
                    sources.setdefault(i, _quote(article, a.source or ()))
    for b in backed(article, signed) if rows else ():
        if b.outlet and max(float(unpack(b.vector) @ row) for row in rows) >= BEARS_OUTLET:
            outlets_.setdefault(b.outlet, b.evidence)
    return Behind(tuple(outlets_.items()), tuple(sources.items()), _self_cited(article))


def _vectors(signature: Signature) -> list[bytes]:
    """Those of a headline claim and of its story."""
    return [signature.vector, *([signature.story.vector] if signature.story else [])]


def _only_goes_against(article: Article, a: Attribution) -> bool:
    """Whether this disputes a claim by what it says alone, and is no denial of it: "It is not used in the kitchens"."""
    content = " ".join(article.text[s:e] for s, e in a.content or ())
    return a.stance not in _DENYING and len(content.split()) > _BRIEF and not CALLS_FALSE.match(content.strip(' "“”'))


def _echoing(analysis: Analysis, claim: Claim, carrying: list[Attribution]) -> list[Attribution]:
    """Who speaks of the matter where only outlets are named for a claim, which say that they have learned it."""
    kinds = {s.id: s.kind for s in analysis.sources}
    if not carrying or any(kinds.get(i) not in OUTLETS for a in carrying for i in a.source_ids):
        return []
    echoes = [a for a in analysis.attributions if a.id in claim.echoed_by and a.source and a.source_ids]
    return [a for a in echoes if all(kinds.get(i) not in OUTLETS for i in a.source_ids)]


def _says(article: Article, a: Attribution, denial: Denial, span: Span | None) -> bool:
    """Whether it is this attribution by which the article says that something is not so."""
    if not a.factual or not a.source or span is None or not _within(a.source[0], [span]):
        return False
    return a.stance in _DENYING or any(denies(denial, article.text[s:e]) for s, e in a.content or ())


def _at(attributions: list[Attribution]) -> float:
    """Where the first of these attributions stands in the article."""
    return min((s for a in attributions for s, _ in (*(a.cue or ()), *(a.content or ()))), default=float("inf"))


def turned(occurrence: Occurrence, claim_id: str, said: Statement) -> Occurrence:
    """An occurrence of a claim, seen from the record of its opposite ``said``: who carries it disputes that."""
    return occurrence.model_copy(
        update={
            "claim_id": claim_id,
            "headline": False,
            "reporting": False,
            "attributions": (),
            "disputes": occurrence.attributions,
            "positions": (),
            "relations": (),
            "states": (),
            "cited_outlets": (),
            "self_cited": None,
            "vector": None,
            "story": None,
            "passages": (),
            "backing": (),
            "story_outlets": (),
            "told_by": (),
            "story_sources": (),
            "denials": (),
            "denied_by": (),
            "opposes": said,
        }
    )


def joined(first: Occurrence, second: Occurrence) -> Occurrence:
    """Two occurrences of one claim in one article, as one: what ``first`` says goes before what ``second`` does.

    What the article says of the claim stands alone where the other is what it says of the opposite.
    """
    if (first.opposes is None) != (second.opposes is None):
        return first if first.opposes is None else second
    if second.headline and not first.headline:
        first, second = second, first
    story = next((o for o in (first, second) if o.story is not None), first)
    sources = {s.id: s for s in (*second.sources, *first.sources)}
    return first.model_copy(
        update={
            "headline": first.headline or second.headline,
            "reporting": first.reporting or second.reporting,
            "own_witness": first.own_witness or second.own_witness,
            "echoed": first.echoed or second.echoed,
            # Somebody named for one of them is so for both.
            "told_by": tuple(dict.fromkeys([*first.told_by, *second.told_by]))
            if all(o.told_by or not o.attributions for o in (first, second))
            else (),
            "sentences": tuple(dict.fromkeys([*first.sentences, *second.sentences])),
            "attributions": _each_once([*first.attributions, *second.attributions]),
            "disputes": _each_once([*first.disputes, *second.disputes]),
            "sources": tuple(sources[i] for i in sorted(sources)),
            "quotes": {**second.quotes, **first.quotes},
            "positions": tuple(dict.fromkeys([*first.positions, *second.positions])),
            "relations": tuple(dict.fromkeys([*first.relations, *second.relations])),
            "states": tuple(dict.fromkeys([*first.states, *second.states])),
            "place": first.place or second.place,
            "facts": story.facts,
            "cited_outlets": tuple(dict.fromkeys([*first.cited_outlets, *second.cited_outlets])),
            "vector": story.vector,
            "story": story.story,
            "passages": story.passages,
            "backing": story.backing,
            "story_outlets": story.story_outlets,
            # Whoever is named for one of them is so for both.
            "story_sources": tuple(i for i in first.story_sources if i in second.story_sources),
            "denials": story.denials,
            "denied_by": story.denied_by,
        }
    )


def _each_once(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    return tuple({a.id: a for a in attributions}.values())


def passages(article: Article) -> tuple[Evidence, ...]:
    """The sentences at the beginning of an article that tell its story: each with a telling stem of it."""
    about = frozenset(telling(article.title, article.text))
    found = [
        selector(article.id, article.text, start, min(end, start + _MAX_SENTENCE))
        for start, end in sentences(article.text[: len(opening(None, article.text))])
        if about.intersection(stems(article.text[start:end])) and not is_furniture(article.text[start:end])
    ]
    return tuple(found[:_MOST_PASSAGES])


def backed(article: Article, signed: Signed) -> tuple[Backing, ...]:
    """Who backs the story: the sources of the article's statements, and the outlets that it credits."""
    analysis = article.analysis
    by_id = {a.id: a for a in analysis.attributions}
    unnamed = {s.id for s in analysis.sources if s.kind in UNNAMED}
    elsewhere = [c.sentence for c in analysis.citations if c.outlet and not _own(article, c.outlet)]
    against = [span for span in sentences(article.text) if GOES_AGAINST.search(article.text, *span)]
    found: list[Backing] = []
    for claim in analysis.claims:
        said = [
            a
            for i in claim.attribution_ids
            if (a := by_id.get(i)) is not None
            and a.source_id
            and a.source
            # "The Daily X reported, citing sources": they spoke to that newsroom, not to this one.
            and not (a.source_id in unnamed and _within(a.source[0], elsewhere))
            and not _within(a.source[0], against)
        ]
        if said and claim.id in signed.claims and not KNOWS_NOTHING.search(claim.text):
            ids = tuple(dict.fromkeys(i for a in said for i in a.source_ids))
            evidence = _quote(article, said[0].source or ())
            found.append(Backing(vector=signed.claims[claim.id].vector, source_ids=ids, evidence=evidence))
    for citation, vector in zip(analysis.citations, signed.citations, strict=False):
        if citation.outlet and _own(article, citation.outlet):
            continue
        if _within(citation.span, against):
            continue  # "his agent denied it to the Courier"
        start, end = citation.sentence
        told_by = [
            a.source_id
            for a in analysis.attributions
            if citation.form == "told"
            and a.source_id
            and any(start <= s and e <= end for s, e in a.source or ())
            and any(abs(s - citation.span[0]) < _TOLD_WITHIN for s, _ in a.cue or ())
        ]
        found.append(
            Backing(
                vector=vector,
                outlet=_in_full(citation.outlet, [c.outlet for c in analysis.citations]) or None,
                form=citation.form,
                told_by=tuple(dict.fromkeys(told_by)),
                evidence=selector(article.id, article.text, *citation.span),
            )
        )
    found += _by_outlets(article, signed, against)
    return tuple(found[:_MOST_BACKING])


def _within(span: Span, spans: list[Span]) -> bool:
    return any(start <= span[0] < end for start, end in spans)


def _by_outlets(article: Article, signed: Signed, against: list[Span]) -> list[Backing]:
    """The outlets that say something, each of its claims, where no credit was found in their words."""
    by_id = {a.id: a for a in article.analysis.attributions}
    cited = [c.span for c in article.analysis.citations if c.outlet]
    names = {
        s.id: s.name
        for s in article.analysis.sources
        if s.kind == SourceKind.OUTLET and s.name[:1].isupper() and not _own(article, s.name)
    }
    return [
        Backing(
            vector=signed.claims[claim.id].vector,
            outlet=_in_full(names[source_id], list(names.values())),
            form="credited",
            evidence=_quote(article, a.source),
        )
        for claim in article.analysis.claims
        if claim.id in signed.claims and not KNOWS_NOTHING.search(claim.text)
        for i in claim.attribution_ids
        if (a := by_id.get(i)) is not None and a.source
        for source_id in a.source_ids
        if source_id in names
        and not any(s < a.source[0][1] and a.source[0][0] < e for s, e in cited)
        and not _within(a.source[0], against)
    ]


def _in_full(name: str, names: list[str]) -> str:
    """The longest name in the article that ends like this one: "the Times" after "The New York Times"."""
    short = outlets.key(name)
    longer = [other for other in names if short and outlets.key(other).endswith(" " + short)]
    return max(longer, key=len, default=name)


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
        said_by = [i for i in a.source_ids if kinds.get(i) in _OUTLETS]
        for i in said_by:
            if a.source:  # what goes on in a new paragraph names nobody again
                cited.setdefault(names[i], _quote(article, a.source))
        if not said_by and a.via and a.via_span and not _own(article, a.via):
            cited.setdefault(a.via, selector(article.id, article.text, *a.via_span))
    return tuple((n, e) for n, e in cited.items() if not _own(article, n))


def _self_cited(article: Article) -> Evidence | None:
    """The first words by which an article credits its own outlet with what that has reported before."""
    for citation in article.analysis.citations:
        itself = citation.form in ("reports", "credited") and citation.outlet and _own(article, citation.outlet)
        if itself and _REPORTED_BEFORE.search(article.text, *citation.sentence):
            return selector(article.id, article.text, *citation.span)
    said = [(quote.start, quote.end) for quote in quoted(article.text)]
    found = next((m for m in _WE_REPORTED.finditer(article.text) if not _within(m.span(), said)), None)
    return selector(article.id, article.text, *found.span()) if found and article.publisher else None


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
