"""Whom "he" or "she" can mean: the people told of before, with the place that each has in its sentence.

A speaker or a subject of the same paragraph goes before anybody of an earlier one, named or not; gender, as far as
names, roles and pronouns tell it, leaves out who is not meant.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from secondsource.analysis.cast import Cast, Entity
from secondsource.analysis.draft import Draft
from secondsource.analysis.names import FEMALE_ROLES, MALE_ROLES, PERSON_ROLES, PERSONAL
from secondsource.analysis.resolved import Resolved
from secondsource.language.parse import text_of
from secondsource.model import SourceKind, Stance

SPEAKER, SUBJECT, INNER, OBJECT, BESIDE = 4, 3, 2, 1, 0
"""What a person is in a sentence: who speaks; its subject; the subject of a clause in it; whom somebody does something
to; anything else."""
_NOBODY = frozenset(("pronoun:i", "pronoun:me"))
"""Keys of sources that are nobody whom the text tells of."""
_REACH = 2500
"""Code points before a pronoun within which its person is looked for."""
_PEOPLE = frozenset({SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON})
_MAIN = frozenset("ROOT conj".split())
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a pronoun may mean."""

    who: Resolved | Entity | Token
    """A source, a person only mentioned, or the head of a phrase that is neither so far: "a neighbour"."""
    at: int
    place: int
    """SPEAKER, SUBJECT, INNER, OBJECT or BESIDE."""
    sure: bool
    """Whether the gender is told, and not only not against it."""


class Antecedents:
    """Finds the person of a pronoun among ``drafts``, the attributions so far, and all whom the text names."""

    def __init__(self, cast: Cast, drafts: list[Draft], by_draft: dict[int, Resolved | None]) -> None:
        self.cast = cast
        self.drafts = drafts
        self.by_draft = by_draft
        self._breaks = [m.start() for m in re.finditer("\n\n", text_of(cast.doc))]

    def find(self, pronoun: Token, gender: str) -> Resolved | Entity | Token | None:
        """Who is meant; None where nobody fits or where it could be one or another."""
        by_paragraph: dict[int, list[Candidate]] = {}
        for c in self._candidates(pronoun, gender):
            by_paragraph.setdefault(self._paragraph(c.at), []).append(c)
        own = by_paragraph.pop(self._paragraph(pronoun.idx), [])
        before: Candidate | None = None
        for n in sorted(by_paragraph, reverse=True):
            if any(c.place >= SUBJECT for c in by_paragraph[n]):
                before = self._best(by_paragraph[n], pronoun)
                break
            own = own or by_paragraph[n]
        best = self._best(own, pronoun) if own else before
        if best is None:
            return None
        if before is None or best.place >= SUBJECT or best.sure or _same(best, before):
            return best.who
        return before.who if best.place == BESIDE else None  # "Police arrested Lorn. He said …", behind another speaker

    def _best(self, found: list[Candidate], pronoun: Token) -> Candidate | None:
        """The likeliest of one paragraph: who speaks or is a subject, in the last sentence that has one.

        None where that may be of the other gender, and another named in the paragraph is not.
        """

        def weight(c: Candidate) -> tuple[bool, int, int, int]:
            return c.place >= SUBJECT, self._sentence(c.at), c.place, -c.at

        best = max(found, key=weight)
        sentence = self._sentence(best.at)
        if best.sure or not _named(best) or sentence == self._sentence(pronoun.idx):
            return best
        sure = [c for c in found if c.sure and _named(c) and not _same(c, best)]
        later = [c for c in sure if self._sentence(c.at) > sentence and c.place >= INNER]
        if later:
            return max(later, key=weight)
        return None if any(c.place >= SUBJECT for c in sure) else best

    def _candidates(self, pronoun: Token, gender: str) -> Iterator[Candidate]:
        """Everybody of this gender, or of whom it is not told, before the pronoun."""
        at, quoted = pronoun.idx, self._quoted(pronoun.idx)
        own = self.drafts[-1] if self.drafts else None
        outer = [d for d in self.drafts[:-1] if any(q.start <= at < q.end for q in d.quotes)]
        speakers = [r for d in outer if (r := self.by_draft.get(id(d))) is not None]
        speakers += self._accusers()
        near = [d for d in self.drafts[:-1] if at - _REACH < (d.source or d.content)[0][0] < at]
        heads = {d.source_head.i for d in near if d.source_head is not None}
        for d in near:
            r = self.by_draft.get(id(d))
            position = (d.source or d.content)[0][0]
            if r is None or r.kind not in _PEOPLE or any(r is s for s in speakers) or r.key in _NOBODY:
                continue
            told = _gender(r)
            if told in (gender, None) and (quoted or not self._quoted(position)):
                place = INNER if _within(position, (x for x in near if x is not d)) else SPEAKER
                yield Candidate(r, position, place, told is not None)
        named = {id(r.entity) for r in speakers if r.entity is not None}
        for e in self.cast.persons:
            if e.likely_gender not in (gender, None) or id(e) in named:
                continue
            for start, end in e.mentions:
                if not at - _REACH < start or end > at or (not quoted and self._quoted(start)):
                    continue
                if own is not None and not quoted and _within(start, [own]):
                    continue  # "Lorn had lied, he said": of Lorn, not by him
                span = self.cast.doc.char_span(start, end, alignment_mode="expand")
                if span is not None:
                    yield Candidate(e, start, place_of_name(span.root), e.likely_gender is not None)
        yield from self._unnamed(pronoun, gender, heads)

    def _unnamed(self, pronoun: Token, gender: str, heads: set[int]) -> Iterator[Candidate]:
        """People who are subjects without being named or speaking: "A neighbour heard it. She said …"."""
        for t in reversed(self.cast.doc[: pronoun.i]):
            if t.idx < pronoun.idx - _REACH:
                return
            if (
                t.dep_ in _SUBJECTS
                and t.head.dep_ == "ROOT"
                and t.tag_ == "NN"
                and t.lemma_.lower() in PERSON_ROLES
                and t.lemma_.lower() != "police"
                and t.i not in heads
                and t.i not in self.cast.at
                and any(c.dep_ in ("det", "nummod") and c.lower_ in ("a", "an", "one", "another") for c in t.children)
                and not any(c.dep_ == "appos" and c.i in self.cast.at for c in t.children)
                and not self._quoted(t.idx)
            ):
                told = _of_words({t.lower_, t.lemma_.lower()})
                if told in (gender, None):
                    yield Candidate(t, t.idx, SUBJECT, told is not None)

    def _accusers(self) -> list[Resolved]:
        """Who accuses just before a denial that is of just that, and so is not who denies it: "She denies this"."""
        if len(self.drafts) < 2 or self.drafts[-1].stance != Stance.DENY or self.drafts[-2].stance != Stance.ACCUSE:
            return []
        spans = (self.cast.doc.char_span(s, e, alignment_mode="expand") for s, e in self.drafts[-1].content)
        if any(t.pos_ in ("VERB", "AUX") for span in spans if span is not None for t in span):
            return []  # "accused him of lying. She denied that she had been there"
        accuser = self.by_draft.get(id(self.drafts[-2]))
        return [accuser] if accuser is not None else []

    def _quoted(self, at: int) -> bool:
        """Whether a place in the text stands in quote marks of an attribution so far."""
        return any(q.start <= at < q.end for d in self.drafts for q in d.quotes)

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._breaks, at)

    def _sentence(self, at: int) -> int:
        """The place of the sentence that a place in the text is in."""
        span = self.cast.doc.char_span(at, at + 1, alignment_mode="expand")
        return span.sent.start if span is not None else 0


def place_of_name(name: Token) -> int:
    """What somebody is in a sentence, by the name's head: "his lawyer, Ana Lorn," is what "lawyer" is."""
    while name.dep_ in ("appos", "conj") and name.head.pos_ in ("NOUN", "PROPN"):
        name = name.head
    if name.dep_ in _SUBJECTS:
        return SUBJECT if name.head.dep_ in _MAIN else INNER
    return OBJECT if name.dep_ in ("dobj", "dative") else BESIDE


def _gender(r: Resolved) -> str | None:
    """The gender of a source, as far as name or role tells."""
    if r.entity is not None:
        return r.entity.likely_gender
    if r.key.startswith("pronoun:"):
        return PERSONAL.get(r.key.removeprefix("pronoun:"))
    return _of_words(set(r.name.lower().split()))


def _of_words(words: set[str]) -> str | None:
    if words & MALE_ROLES:
        return "m"
    return "f" if words & FEMALE_ROLES else None


def _named(c: Candidate) -> bool:
    """Whether somebody has a name."""
    return isinstance(c.who, Entity) or (isinstance(c.who, Resolved) and c.who.entity is not None)


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are one person, named here and speaking there."""

    def person(c: Candidate) -> object:
        return (c.who.entity or c.who) if isinstance(c.who, Resolved) else c.who

    return person(one) is person(other)


def _within(at: int, drafts: Iterable[Draft]) -> bool:
    """Whether a place in the text is in the content of one of these attributions."""
    return any(s <= at < e for d in drafts for s, e in d.content)
