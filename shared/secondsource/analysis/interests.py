"""Interests: whether a source has a stake in a claim. Tie and stake and alignment, else nothing is flagged.

A tie says which groups a source speaks for; a stake what such a group has to do with a name in the claim;
alignment whether the claim serves that. What shows a stake must stand outside the claim itself, or every
accusation would prove its own motive. Weights are starting values that were set by hand-judged samples and
are not calibrated; several types together give 1 - prod(1 - w), capped (``_CAP_ONE``, ``_CAP_MORE``).
"""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis import alignment
from secondsource.analysis.claims import Statement
from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.entities import Name, Names
from secondsource.analysis.names import category_of
from secondsource.analysis.stakes import Relation, relations
from secondsource.analysis.ties import Tie, role_words, ties_of
from secondsource.language.parse import text_of
from secondsource.model import AffiliationCategory, Source, SourceKind, StakeLevel, StakeType, Stance
from secondsource.text.naming import normal

__all__ = ["RULE", "WEIGHTS", "Judged", "Relation", "judge", "relations"]

RULE = "interests/1"

WEIGHTS: dict[StakeType, float] = {
    StakeType.PARTICIPANT: 0.10,
    StakeType.ADVERSARY: 0.60,
    StakeType.BENEFICIARY: 0.35,
    StakeType.SELF_EXCULPATING: 0.65,
    StakeType.COMMERCIAL: 0.45,
    StakeType.FUNDED: 0.50,
    StakeType.LITIGANT: 0.45,
}
"""How much each type says by itself."""
_CAP_ONE, _CAP_MORE = 0.60, 0.85
"""The most that one type, and that several types, can say on the word of one article."""
_LIKELY, _POSSIBLE = 0.60, 0.30
"""Confidences from which a stake is likely and possible."""
_PARTLY = 0.5
"""Alignment of a claim that is about the adversary or the own side, but not in words of harm or wrong."""
_MAY_FLAG = frozenset(
    {
        StakeType.ADVERSARY,
        StakeType.SELF_EXCULPATING,
        StakeType.COMMERCIAL,
        StakeType.FUNDED,
        StakeType.LITIGANT,
    }
)
"""Types that make a source a motivated one; the others only add to them."""
_NO_SPEAKERS = frozenset({SourceKind.OUTLET, SourceKind.OUTLET_ITSELF, SourceKind.POLL})
_FOR = re.compile(r"\b(?:for|representing|represents|defending)\s+(?:the\s+|both\s+)?$", re.IGNORECASE)
_LAWYERS = frozenset("attorney lawyer counsel solicitor barrister attorneys lawyers".split())
_NO_CLIENTS = frozenset({AffiliationCategory.GOVERNMENT, AffiliationCategory.ACADEMIC, AffiliationCategory.NGO})
"""Bodies whose lawyers speak as officials, not for a party to a case."""
_STUDIES = frozenset("study research report poll survey trial analysis".split())


@dataclass
class Judged:
    """One (source, claim) pair."""

    source_id: str
    level: StakeLevel
    confidence: float
    types: list[StakeType] = field(default_factory=list)
    motivated: bool = False
    group: str | None = None
    reason: str = ""
    evidence: list[tuple[Range, str]] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)


def judge(
    doc: Doc,
    names: Names,
    statement: Statement,
    sources: dict[str, Source],
    of_draft: list[str | None],
    drafts: list[Draft],
    known: list[Relation],
) -> list[Judged]:
    """Every source that carries or disputes this claim, judged. Pairs with nothing to show are left out."""
    seen: dict[str, list[int]] = {}
    for i in [*statement.carried_by, *statement.disputed_by]:
        if (source_id := of_draft[i]) is not None:
            seen.setdefault(source_id, []).append(i)
    mentioned = _mentioned(doc, names, statement)
    judged = [
        _Pair(doc, names, statement, sources[source_id], indexes, drafts, known, mentioned).judged()
        for source_id, indexes in seen.items()
    ]
    return [j for j in judged if j is not None]


def _mentioned(doc: Doc, names: Names, statement: Statement) -> dict[str, list[Token]]:
    """The names in a claim, by key, with their tokens."""
    found: dict[int, tuple[str, list[Token]]] = {}
    for s, e in statement.spans:
        for t in doc.char_span(s, e, alignment_mode="contract") or ():
            if (n := names.of(t)) is not None:
                found.setdefault(id(n), (n.key, []))[1].append(t)
    by_key: dict[str, list[Token]] = {}
    for key, tokens in found.values():
        by_key.setdefault(key, tokens)
    return by_key


class _Pair:
    """A source and a claim being judged: collects the types of stake, and what shows them."""

    def __init__(
        self,
        doc: Doc,
        names: Names,
        statement: Statement,
        source: Source,
        indexes: list[int],
        drafts: list[Draft],
        known: list[Relation],
        mentioned: dict[str, list[Token]],
    ) -> None:
        self.doc, self.names, self.statement, self.source = doc, names, statement, source
        self.indexes, self.drafts = indexes, [drafts[i] for i in indexes]
        self.known, self.mentioned = known, mentioned
        self.denies = all(i in statement.disputed_by for i in indexes)
        self.types: dict[StakeType, tuple[float, str]] = {}
        """Each type with how well the claim serves it, and what shows it."""
        self.evidence: list[tuple[Range, str]] = []
        self.strength = 0.0
        self.group: Name | None = None

    def judged(self) -> Judged | None:
        """The judgement; None where there is nothing to show."""
        study = self.source.kind == SourceKind.DOCUMENT
        ties = ties_of(self.source, self.names) if self.source.kind not in _NO_SPEAKERS else []
        for tie in ties:
            self._by_relations(tie)
            self._by_own_part(tie)
        if study:
            self._by_payer()
        return self._settled(ties) if self.types else None

    def _add(self, kind: StakeType, align: float, shows: str, words: Range | None, tie: Tie | None = None) -> None:
        """Note a type of stake, with how well the claim serves it and what shows it; ``tie``: to whom it belongs."""
        if kind not in self.types or self.types[kind][0] < align:
            self.types[kind] = (align, shows)
        if words is not None and (words, shows) not in self.evidence:
            self.evidence.append((words, shows))
        if tie is None:
            return
        if tie.strength > self.strength:
            self.strength, self.group = tie.strength, tie.group
        if tie.words is not None and all(w != tie.words for w, _ in self.evidence):
            self.evidence.insert(0, (tie.words, f"ties the source to {tie.group.canonical}"))

    def _by_relations(self, tie: Tie) -> None:
        """What the article says elsewhere of the group and a name in the claim."""
        of_group = [r for r in self.known if r.holder.key == tie.group.key]
        for r in of_group:
            about = self.mentioned.get(r.other.key) if r.other is not None else None
            if about is not None and (align := self._served(r, about, tie.group)):
                self._add(r.type, align, r.shows, r.words, tie)
        if StakeType.ADVERSARY in self.types:
            for r in of_group:
                if r.type == StakeType.BENEFICIARY and self._outside(r.words):
                    self._add(r.type, self.types[StakeType.ADVERSARY][0], r.shows, r.words, tie)

    def _served(self, r: Relation, about: list[Token], group: Name) -> float:
        """How well the claim serves the holder of a relation, 0 to 1; ``about``: the other's tokens in the claim."""
        text = self.statement.text
        match r.type:
            case StakeType.ADVERSARY if self._outside(r.words) and not self.denies:
                return 1.0 if alignment.harms(about, text) else _PARTLY
            case StakeType.COMMERCIAL if not self.denies:
                return 1.0 if alignment.praises(text) and not alignment.confesses(text) else 0.0
            case StakeType.FUNDED if self._outside(r.words):
                return 1.0 if group.key not in self.mentioned else 0.0
        return 0.0

    def _by_own_part(self, tie: Tie) -> None:
        """What the claim says of the source's own side."""
        group = tie.group
        own = group.key in self.mentioned
        if self.denies:
            contents = [r for d in self.drafts for r in d.content]
            content = " ".join(text_of(self.doc)[s:e] for s, e in contents)
            wrong = alignment.blames(content)
            if (wrong or own) and alignment.said_of_own_side(self.doc, self.names, contents, group):
                cue = self.drafts[0].cue
                shows = f"denies what is said of {group.canonical}"
                self._add(StakeType.SELF_EXCULPATING, 1.0 if wrong else _PARTLY, shows, cue[0] if cue else None, tie)
        elif alignment.clears(self.statement.text) and (own or alignment.of_self(self.statement.text)):
            self._add(StakeType.SELF_EXCULPATING, 1.0, f"clears {group.canonical}", None, tie)
        if own:
            self.types.setdefault(StakeType.PARTICIPANT, (1.0, f"{group.canonical} is part of the claim"))
            self.strength, self.group = max(self.strength, tie.strength), self.group or group
        if not self.denies and self._represents(group):
            self._add(StakeType.LITIGANT, 1.0, f"speaks for {group.canonical} in a case", None, tie)

    def _represents(self, group: Name) -> bool:
        """Whether the source is the group's lawyer: "a lawyer for G", "G's lawyer", not a lawyer of the firm G."""
        spans = [a.span for a in self.source.affiliations if a.span and normal(a.name) == group.key]
        text = text_of(self.doc)
        return (
            bool(role_words(self.source) & _LAWYERS)
            and any(_FOR.search(text[max(0, s - 20) : s]) or text[e : e + 2] in ("'s", "' ") for s, e in spans)
            and normal(self.source.name) != group.key
            and category_of(group.canonical) not in _NO_CLIENTS
        )

    def _by_payer(self) -> None:
        """A study whose payer is in the claim, or makes what the claim is about."""
        for r in self.known:
            if r.type != StakeType.FUNDED or r.other is None:
                continue
            if r.holder.canonical.lower() not in _STUDIES and r.holder.key not in normal(self.source.name):
                continue
            makes = {
                k.other.key
                for k in self.known
                if k.type == StakeType.COMMERCIAL and k.holder.key == r.other.key and k.other is not None
            }
            if self.mentioned.keys() & {r.other.key, *makes} and alignment.praises(self.statement.text):
                self._add(StakeType.FUNDED, 1.0, r.shows, r.words)

    def _outside(self, words: Range) -> bool:
        """Whether what shows a stake stands outside the claim."""
        return not any(words[0] < e and s < words[1] for s, e in self.statement.spans)

    def _against_itself(self, ties: list[Tie]) -> bool:
        """Whether the source speaks against its own interest: it admits, or says what is bad for its own side."""
        if any(d.stance == Stance.ADMIT for d in self.drafts):
            return True
        return (
            StakeType.PARTICIPANT in self.types
            and not self.denies
            and alignment.confesses(self.statement.text)
            and alignment.subject_among(self.doc, self.names, self.statement.spans, [t.group for t in ties])
        )

    def _settled(self, ties: list[Tie]) -> Judged:
        """What the types found make together."""
        against = self._against_itself(ties)
        real: list[StakeType] = [k for k in self.types if k != StakeType.PARTICIPANT]
        confidence = self._confidence(real)
        motivated = not against and confidence >= _POSSIBLE and any(k in _MAY_FLAG for k in self.types)
        if not real:
            confidence = WEIGHTS[StakeType.PARTICIPANT]
        if against or confidence < _POSSIBLE:
            level = StakeLevel.NONE
        else:
            level = StakeLevel.LIKELY if confidence >= _LIKELY and motivated else StakeLevel.POSSIBLE
        reason = "; ".join(self.types[k][1] for k in real or self.types)
        return Judged(
            source_id=self.source.id,
            level=level,
            confidence=round(confidence, 3),
            types=list(self.types),
            motivated=motivated,
            group=self.group.canonical if self.group else None,
            reason="speaks against its own interest: " + reason if against else reason,
            evidence=self.evidence,
            drafts=self.indexes,
        )

    def _confidence(self, real: list[StakeType]) -> float:
        """Strength of the tie times 1 - prod(1 - weight * alignment), capped."""
        none = 1.0
        for k in real:
            none *= 1 - WEIGHTS[k] * self.types[k][0]
        return min((self.strength or 1.0) * (1 - none), _CAP_ONE if len(real) <= 1 else _CAP_MORE)
