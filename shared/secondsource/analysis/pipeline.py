"""From an article's text to its attributions, sources, claims and stakes, with offsets into the stored text."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from secondsource.analysis import (
    attribution,
    claims,
    interests,
    joining,
    sources,
    statements,
    tagging,
    weighing,
    withheld,
)
from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.bounds import bounded
from secondsource.analysis.citations import citations
from secondsource.analysis.claims import Statement
from secondsource.analysis.covering import Drafts
from secondsource.analysis.entities import names_of
from secondsource.analysis.likelihood import likelihood
from secondsource.analysis.quotes import Quote, quotes
from secondsource.analysis.tagging import TextTagger
from secondsource.analysis.via import channel
from secondsource.language.parse import Parser, text_of
from secondsource.model import (
    Analysis,
    Attribution,
    Citation,
    Claim,
    ClaimState,
    Evidence,
    Extracted,
    Finding,
    Party,
    Place,
    Position,
    Relation,
    Source,
    Span,
    Spans,
    Stake,
    Tie,
)
from secondsource.text.language import Assessment, assess, reassess
from secondsource.text.normalise import Clean, clean
from secondsource.text.paragraphs import selector

ANALYSIS_VERSION = "1"
NOT_FREE = "not-free"
"""The warning of an article that may be only the beginning of one."""

_DATELINE = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.'’ -]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: \([A-Za-z ]{2,20}\))?|"
    r"[A-Z][\w .,'-]{2,40} \((?:Reuters|AP|AFP|UPI|CNN|dpa|TASS|Xinhua)\))\s*(?:—|–|--?)\s+",
    re.MULTILINE,
)
_ENDED = re.compile(r"[.!?…][\"'”’»)]*\s*$")
_DATELINE_WITHIN = 400
"""Code points from the top within which a dateline is looked for."""


class Pipeline:
    """The whole analysis of one article; pure but for the parser it is given."""

    def __init__(self, parser: Parser, tagger: TextTagger | None = None) -> None:
        """``tagger``: without one the rules over the parse work alone."""
        self._parse = parser
        self._tagger = tagger

    def __call__(self, extracted: Extracted, article_id: str) -> Analysis:
        """Attributions, sources, claims and stakes of an article, or the reason why there are none."""
        assessment = assess(extracted.text)
        if not assessment.analysable:
            return _not_analysed(assessment, extracted)
        cleaned = clean(extracted.text)
        doc = withheld.parsed(self._parse, without_dateline(cleaned.text))
        assessment = reassess(assessment, (len(s) for s in doc.sents))
        if not assessment.analysable:
            return _not_analysed(assessment, extracted)
        text = text_of(doc)
        marks = quotes(text)
        drafts = attribution.draft(doc, marks)
        tags = None
        if self._tagger is not None:
            tags = self._tagger.tag(text)
            drafts = joining.join(drafts, tagging.propose(doc, tags), tags, marks)
        drafts = bounded(text, drafts)
        credited = citations(text)
        found = sources.find(doc, drafts, extracted.publisher, tags, credited)
        names = names_of(doc)
        statements = claims.find(doc, drafts, names, extracted.title, found.of_draft)
        there, around = _Back(cleaned, extracted.text, article_id), Drafts(drafts)
        known, positions, stakes = self._stakes(doc, statements, found, drafts, marks, there)
        met = {
            NOT_FREE: extracted.paid,
            "bidi-override": cleaned.bidi_override,
            "most-claims": len(statements) == claims.MAX_CLAIMS,
        }
        return Analysis(
            attributions=tuple(
                _attribution(n, d, found.of_draft[n], found.others[n], drafts, around, text, there, credited)
                for n, d in enumerate(drafts)
            ),
            sources=tuple(_source(s, there) for s in found.sources),
            claims=tuple(_claim(n, s, there) for n, s in enumerate(statements)),
            stakes={k: v for k, v in stakes.items() if v},
            positions={k: v for k, v in positions.items() if v},
            relations=known,
            citations=tuple(
                c.model_copy(update={"span": there.span(c.span), "sentence": there.span(c.sentence)}) for c in credited
            ),
            language=assessment.language,
            reason=None if statements else "no-claims: the text makes no checkable statement that could be found",
            warnings=tuple(code for code, holds in met.items() if holds),
            analysis_version=ANALYSIS_VERSION,
        )

    def _stakes(
        self,
        doc: Doc,
        statements: list[Statement],
        found: sources.Found,
        drafts: list[Draft],
        marks: tuple[Quote, ...],
        there: "_Back",
    ) -> tuple[tuple[Relation, ...], dict[str, tuple[Position, ...]], dict[str, tuple[Stake, ...]]]:
        """The relations that the article states, and by claim where its sources stand and what stakes that makes."""
        by_id = {s.id: s for s in found.sources}
        stated = interests.relations(doc, drafts)
        known = tuple(_relation(r, there) for r in stated)
        stands = interests.stands(doc, statements, by_id, list(found.of_draft), drafts, marks, stated)
        positions: dict[str, tuple[Position, ...]] = {}
        stakes: dict[str, tuple[Stake, ...]] = {}
        for n, (statement, of_claim) in enumerate(zip(statements, stands, strict=True)):
            said = {there.article_id: there.spans(statement.spans)}
            standing = tuple(_likely(p, _position(p, by_id, there), known, said) for p in of_claim)
            weighed = (weighing.weigh(p, known, said, there.article_id) for p in standing)
            positions[f"c{n + 1}"] = standing
            stakes[f"c{n + 1}"] = tuple(stake for stake in weighed if stake is not None)
        return known, positions, stakes

    def sentence(self, text: str) -> Claim | None:
        """The statement that a sentence makes; None when it is not English, or says nothing that could be checked.

        Of a sentence that says who said it ("X said that ..."), what was said.
        """
        assessment = assess(text)
        if not assessment.analysable and assessment.reason != "too-short":
            return None
        cleaned = clean(text)
        # Without a full stop the parser takes it for a headline.
        whole = cleaned.text if _ENDED.search(cleaned.text) else f"{cleaned.text.rstrip()}."
        doc = withheld.parsed(self._parse, whole)
        drafts = attribution.draft(doc, quotes(text_of(doc)))
        said = [piece for d in drafts if claims.claims_something(d) for piece in statements.pieces(doc, d)]
        names = names_of(doc)
        for ranges in [*said, *([(s.start_char, s.end_char)] for s in doc.sents)]:
            found = statements.statement(doc, ranges, names, telling=True, brief=True)
            if found is not None:
                return Claim(id="c1", text=found.text.rstrip("."), spans=(), facts=claims.facts(found))
        return None


def _not_analysed(assessment: Assessment, extracted: Extracted) -> Analysis:
    return Analysis(
        language=assessment.language,
        reason=f"{assessment.reason}: {assessment.detail}",
        warnings=(NOT_FREE,) if extracted.paid else (),
        analysis_version=ANALYSIS_VERSION,
    )


def without_dateline(text: str) -> str:
    """The text with "WESSINGBY — " at the top blanked out, at the same length: parsers take it for a subject."""
    m = _DATELINE.search(text, 0, _DATELINE_WITHIN)
    return text if m is None else text[: m.start()] + " " * (m.end() - m.start()) + text[m.end() :]


class _Back:
    """From offsets of the parsed text to those of the stored one, and to evidence in it."""

    def __init__(self, cleaned: Clean, stored: str, article_id: str) -> None:
        self._clean, self._stored, self.article_id = cleaned, stored, article_id

    def span(self, r: Range) -> Span:
        return self._clean.span(*r)

    def spans(self, ranges: Iterable[Range]) -> Spans:
        return tuple(self.span(r) for r in ranges)

    def shown(self, r: Range) -> Evidence | None:
        return self.evidence(r) if r[1] > r[0] else None

    def evidence(self, r: Range, shows: str = "") -> Evidence:
        s, e = self.span(r)
        return selector(self.article_id, self._stored, s, e, shows)


def _attribution(
    n: int,
    d: Draft,
    source_id: str | None,
    others: tuple[str, ...],
    drafts: list[Draft],
    around: Drafts,
    text: str,
    there: _Back,
    credited: Sequence[Citation],
) -> Attribution:
    outer = None
    for k in around.near(_begin(d)[0]):
        other = drafts[k]
        if k != n and _within(d, other) and (outer is None or _size(other) < _size(drafts[outer])):
            outer = k
    via = channel(text, d, credited)
    return Attribution(
        id=f"a{n + 1}",
        source=there.spans(d.source) or None,
        cue=there.spans(d.cue) or None,
        content=there.spans(d.content) or None,
        label=d.label,
        stance=d.stance,
        source_id=source_id,
        other_source_ids=others,
        via=via[0] if via else None,
        via_span=there.span(via[1]) if via else None,
        factual=d.factual,
        continues=d.continues,
        nested_in=f"a{outer + 1}" if outer is not None else None,
        rule=d.rule,
    )


def _within(d: Draft, other: Draft) -> bool:
    """Whether the whole of an attribution, its cue first of all, lies in another's content."""
    at = _begin(d)
    return any(s <= at[0] and at[1] <= e for s, e in other.content) and not any(c == at for c in other.cue)


def _begin(d: Draft) -> Range:
    """The cue, or where there is none the first piece of the content."""
    return d.cue[0] if d.cue else d.content[0]


def _size(d: Draft) -> int:
    return sum(e - s for s, e in d.content)


def _source(s: Source, there: _Back) -> Source:
    return s.model_copy(
        update={
            "mentions": tuple(sorted({there.span(m) for m in s.mentions if m[1] > m[0]})),
            "affiliations": tuple(
                a.model_copy(update={"span": there.span(a.span) if a.span else None}) for a in s.affiliations
            ),
            "anonymity": s.anonymity
            and s.anonymity.model_copy(
                update={"reason_span": there.span(s.anonymity.reason_span) if s.anonymity.reason_span else None}
            ),
            "speaks_from": s.speaks_from and Place(name=s.speaks_from.name, span=there.span(s.speaks_from.span)),
        }
    )


def _claim(n: int, s: Statement, there: _Back) -> Claim:
    states = []
    if s.unverified is not None:
        states.append(ClaimState(state="unverified", evidence=(there.evidence(s.unverified, "not verified"),)))
    if s.hedged is not None:
        states.append(ClaimState(state="qualified", evidence=(there.evidence(s.hedged, "hedged"),)))
    place = (
        Place(name=s.place.text, span=there.span((s.place.start_char, s.place.end_char)))
        if s.place is not None
        else None
    )
    return Claim(
        id=f"c{n + 1}",
        text=s.text,
        spans=there.spans(sorted(s.spans)),
        attribution_ids=tuple(f"a{i + 1}" for i in s.carried_by),
        disputed_by=tuple(f"a{i + 1}" for i in s.disputed_by),
        echoed_by=tuple(f"a{i + 1}" for i in s.echoed_by),
        states=tuple(states),
        headline=s.headline,
        own_witness=s.own_witness,
        place=place,
        facts=claims.facts(s),
    )


def _position(p: interests.Stand, sources: dict[str, Source], there: _Back) -> Position:
    return Position(
        source_id=p.source_id,
        source_name=sources[p.source_id].name,
        attribution_ids=tuple(f"a{i + 1}" for i in p.drafts),
        ties=tuple(
            Tie(name=t.group.canonical, strength=t.strength, evidence=there.shown(t.words) if t.words else None)
            for t in p.ties
        ),
        parties=tuple(
            Party(name=name, effect=e, strength=strength, does=does) for name, (e, strength, does) in p.parties.items()
        ),
        findings=tuple(
            Finding(
                type=f.type,
                alignment=f.alignment,
                group=f.group,
                strength=f.strength,
                shows=f.shows,
                stated_by=f.stated_by,
                evidence=tuple(there.evidence(words, shows) for words, shows in f.words if words[1] > words[0]),
            )
            for f in p.findings
        ),
        denies=p.denies,
        against=p.against,
        aside=p.aside,
    )


def _likely(p: interests.Stand, position: Position, known: Iterable[Relation], said: dict[str, Spans]) -> Position:
    """The position, with how likely a stake is by its signs and by what the rules alone make of it."""
    stake = weighing.weigh(position, known, said, "")
    by_rules = {f"by rules {kind.value}": 1.0 for kind in stake.types} if stake else {}
    confidence = stake.confidence if stake else 0.0
    found = {
        **p.signs,
        **by_rules,
        "by rules": confidence,
        "by rules motivated": float(bool(stake and stake.motivated)),
    }
    return position.model_copy(update={"likelihood": round(likelihood(found), 3)})


def _relation(r: interests.Stated, there: _Back) -> Relation:
    return Relation(
        holder=r.holder.canonical,
        type=r.type,
        other=r.other_name,
        shows=r.shows,
        evidence=there.shown(r.words),
    )
