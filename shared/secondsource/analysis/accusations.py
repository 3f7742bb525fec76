"""Who is accused, charged, criticised or under suspicion in an article, and who is a party to a case in court."""

import re
from typing import NamedTuple

from spacy.tokens import Doc, Token

from secondsource.analysis import valence
from secondsource.analysis.actors import Actors
from secondsource.analysis.doing import clause, done_to, hypothetical, near, pobj
from secondsource.analysis.draft import Range
from secondsource.analysis.statements import Statement
from secondsource.analysis.tree import child
from secondsource.language.parse import text_of
from secondsource.model import Effect, Source
from secondsource.text.naming import normal
from secondsource.text.terms import stems

_ACCUSE = frozenset(
    "accuse blame criticise criticize charge indict sue investigate convict suspect fault condemn denounce slam blast "
    "lambast lambaste prosecute impeach probe rebuke censure question berate attack allege arrest scrutinize "
    "scrutinise fine".split()
)
_IN_COURT = frozenset("charge indict sue convict prosecute arraign acquit sentence".split())
_CHARGES = frozenset(
    "allegation accusation charge criticism complaint lawsuit suit investigation probe inquiry suspicion scandal "
    "indictment controversy backlash protest outcry claim".split()
)
_MEET = frozenset("face draw attract prompt spark confront deny reject dismiss rebut address fight".split())
_UNDER = re.compile(
    r"\bunder (?:\w+ )?(?:fire|criticism|investigation|scrutiny|attack|pressure|suspicion|indictment)\b", re.IGNORECASE
)
_ACCUSED = frozenset("defendant accused suspect".split())
_PARTY = frozenset("plaintiff defendant appellant claimant litigant petitioner respondent".split())
_PLEAD = frozenset("plead appeal".split())
_BEFORE_COURT = frozenset(
    "court judge tribunal magistrate jury arbitrator verdict sentence conviction ruling judgment judgement decision "
    "charge count indictment manslaughter murder theft fraud assault".split()
)
"""Whom somebody pleads before or appeals to in a case, and what against or to."""
_PLEA = frozenset("guilty innocent".split())


class Charge(NamedTuple):
    """The words that accuse somebody, in a few words of ours; ``court``: in a case of law.

    ``by``: normal forms of those who say it, of a claim that speaks ill of somebody; ``stems``: what it is about.
    """

    words: Range
    shows: str
    court: bool
    by: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()


class Accused:
    """By the normal form of a name: the words that accuse it."""

    def __init__(self, doc: Doc, names: Actors) -> None:
        self._of: dict[str, list[Charge]] = {}
        self._names, self._doc = names, doc
        text = text_of(doc)
        for t in doc:
            lemma = t.lemma_.lower()
            if t.pos_ == "VERB" and hypothetical(t):
                continue
            if t.pos_ == "VERB" and lemma in _ACCUSE:
                self._by_verb(t, lemma)
            elif t.pos_ == "VERB" and lemma in _PLEAD and _in_court(t):
                self._note(child(t, "nsubj"), clause(t), f"{lemma}s in court", court=True)
            elif t.pos_ in ("NOUN", "PROPN") and lemma in _CHARGES:
                self._by_noun(t)
            elif lemma in _ACCUSED or lemma in _PARTY:
                self._by_role(t, lemma)
            elif t.lower_ == "under" and _UNDER.match(text, t.idx):
                verb = t.head
                for _ in range(3):
                    if verb.pos_ in ("VERB", "AUX") or verb.head == verb:
                        break
                    verb = verb.head
                self._note(child(verb, "nsubj"), clause(verb), "is under fire")

    def charges(self, name: str) -> list[Charge]:
        """What is said against this name; empty where nothing is."""
        return self._of.get(normal(name), [])

    def by_claim(self, claim: Statement, sources: dict[str, Source], of_draft: list[str | None]) -> None:
        """Take up a claim that speaks ill of somebody in it as a charge against them, by those who carry it."""
        by = frozenset(normal(sources[i].name) for d in claim.carried_by if (i := of_draft[d]) is not None)
        if not by:
            return
        mentions: dict[str, list[Token]] = {}
        inside: set[int] = set()
        for s, e in claim.spans:
            for t in self._doc.char_span(s, e, alignment_mode="contract") or ():
                inside.add(t.i)
                if (n := self._names.of(t)) is not None:
                    mentions.setdefault(n.key, []).append(t)
        for key, tokens in mentions.items():
            if key not in by and valence.effect(tokens, inside) == Effect.HARMED:
                about = claim.stems - claim.actors
                shows = "is criticised in the article"
                self._of.setdefault(key, []).append(Charge(claim.spans[0], shows, False, by, frozenset(about)))

    def _note(self, target: Token | None, words: Range, shows: str, court: bool = False) -> None:
        name = near(target, self._names)
        if name is not None:
            about = frozenset(stems(text_of(self._doc)[words[0] : words[1]]))
            self._of.setdefault(name.key, []).append(
                Charge(words, f"{name.canonical} {shows}", court, frozenset(), about)
            )

    def _by_verb(self, v: Token, lemma: str) -> None:
        target = child(v, "dobj")
        if target is None or child(v, "agent") is not None or child(v, "nsubjpass") is not None:
            target = done_to(v) if v.tag_ == "VBN" else target
        if lemma == "charge" and pobj(v, ("with",)) is None and done_to(v) is None:
            return  # "she charged that ..."
        self._note(target, clause(v), f"is {_PAST.get(lemma, lemma + 'd')}", lemma in _IN_COURT)

    def _by_noun(self, t: Token) -> None:
        start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
        words = (start.idx, min(end.idx + len(end), start.idx + 200))
        court = t.lemma_.lower() in ("lawsuit", "suit", "indictment")
        against = pobj(t, ("against", "into", "over", "about", "around"))
        if against is None and t.lemma_.lower() in ("criticism", "suspicion"):
            against = pobj(t, ("of",))
        if against is not None:
            self._note(against, words, f"is the object of {_counted(t.lemma_.lower())}", court)
        if t.dep_ in ("dobj", "pobj"):
            verb = t.head if t.dep_ == "dobj" else t.head.head
            if verb.pos_ == "VERB" and verb.lemma_.lower() in _MEET:
                self._note(child(verb, "nsubj"), words, f"faces {_counted(t.lemma_.lower())}", court)

    def _by_role(self, t: Token, lemma: str) -> None:
        words = (t.idx, t.idx + len(t))
        court = lemma in _PARTY
        for x in (t, t.head if t.dep_ in ("compound", "appos", "nmod") else None):
            self._note(x, words, f"is {_counted(lemma)}", court=court)
        for c in t.children:
            if c.dep_ == "appos":
                self._note(c, words, f"is {_counted(lemma)}", court=court)


def _in_court(v: Token) -> bool:
    """Whether somebody pleads or appeals in a case, not for calm, for witnesses or to both sides."""
    if v.lemma_.lower() == "appeal" and pobj(v, ("against",)) is not None:
        return True
    if any(c.lower_ in _PLEA for c in v.children):
        return True
    things = [child(v, "dobj"), *(pobj(v, (word,)) for word in ("to", "in", "at", "before", "over"))]
    return any(t is not None and t.lemma_.lower() in _BEFORE_COURT for t in things)


def _counted(noun: str) -> str:
    """A noun with its article, where it takes one: "an inquiry", "criticism"."""
    if noun in _UNCOUNTED:
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


_UNCOUNTED = frozenset("criticism suspicion controversy".split())
_PAST = {
    "sue": "sued",
    "indict": "indicted",
    "convict": "convicted",
    "suspect": "suspected",
    "fault": "faulted",
    "condemn": "condemned",
    "slam": "slammed",
    "blast": "blasted",
    "lambast": "lambasted",
    "impeach": "impeached",
    "question": "questioned",
    "attack": "attacked",
    "arrest": "arrested",
}
