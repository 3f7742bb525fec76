"""Ties: which groups and persons a source speaks for."""

import re
from typing import NamedTuple

from spacy.tokens import Doc, Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name
from secondsource.analysis.names import PERSON_ROLES, SPOKES_ROLES, category_of
from secondsource.analysis.sides import party
from secondsource.model import AffiliationCategory, Source, SourceKind
from secondsource.text.naming import normal

_THEMSELVES = frozenset({SourceKind.NAMED_GROUP, SourceKind.NAMED_PERSON})
_MEMBERS = frozenset({SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_PLURAL = frozenset({SourceKind.UNNAMED_GROUP, SourceKind.NAMED_GROUP})
_NO_NAMES = frozenset(PERSON_ROLES) | frozenset("prime vice supreme foreign interior acting deputy solicitor".split())
"""Words of a title that the parser takes for a name."""
_OFFICES = frozenset("state defence defense press home".split())
_PRONOUNS = frozenset("his her its their".split())
_FOR_SOMEBODY = frozenset(
    "lawyer attorney counsel solicitor barrister spokesman spokeswoman spokesperson aide adviser advisor manager "
    "strategist agent publicist campaign surrogate ally supporter running-mate mate staffer representative press "
    "secretary daughter son wife husband director chairman chairwoman chair president head leader chief executive "
    "owner founder manager treasurer minister negotiator organiser organizer general commander deputy team counsel "
    "governor prior coach spokes boss ambassador envoy backer donor fundraiser confidant loyalist".split()
)
_LEADS = frozenset("lead head represent run chair command own".split())
_FAMILY = frozenset("daughter son wife husband supporter ally backer donor confidant loyalist".split())
_FORMER = frozenset("former ex then-".split())
_CAMPAIGN = re.compile(r"\s+(?:presidential\s+|election\s+|re-?election\s+)?(?:campaign|camp|administration)$", re.I)
_SUPPORTS = 0.8
"""Strength of the tie of family and supporters, who speak for somebody of their own accord."""


class Tie(NamedTuple):
    """A group or person that a source speaks for, how surely, and the words that show it."""

    group: Name
    strength: float
    words: Range | None


def ties_of(source: Source, names: Actors, doc: Doc | None = None) -> list[Tie]:
    """Whom a source speaks for: itself, those that its role gives it a voice for, and a party that it is named by."""
    found: list[Tie] = []

    def put(name: Name, strength: float, words: Range | None) -> None:
        if all(name.key != tie.group.key for tie in found):
            found.append(Tie(name, strength, words))

    if source.kind in _THEMSELVES:
        put(_named(source.name, names), 1.0, source.mentions[0] if source.mentions else None)
    role = role_words(source)
    spokes = bool(role & SPOKES_ROLES or {w.rstrip("s") for w in role} & SPOKES_ROLES)
    for a in source.affiliations:
        if a.former or (source.kind in _MEMBERS and not spokes and a.strength >= 1):
            continue
        if normal(a.name) in _NO_NAMES | _OFFICES:
            continue
        if AffiliationCategory.ACADEMIC in (a.category, category_of(a.name)):
            continue  # an expert's university is no tie to what the expert speaks about
        put(_named(a.name, names), a.strength, a.span)
    for t in _heads(source, doc):
        full = next((p for x in [t, *t.children] if (p := party(x)) is not None), None)
        if full is not None:
            put(Name(full), 1.0, (t.left_edge.idx, t.idx + len(t)))
        own = names.common(t)
        if own is not None and source.kind in _PLURAL:
            put(own, 1.0, (t.idx, t.idx + len(t)))
        if (candidate := _whose_campaign(t, names)) is not None:
            put(candidate, 1.0, (t.left_edge.idx, t.idx + len(t)))
        for whose in _owners(t, names):
            put(whose, 1.0, (t.left_edge.idx, t.idx + len(t)))
        principal = _principal(t, names)
        if principal is not None:
            strength = _SUPPORTS if t.lemma_.lower() in _FAMILY else 1.0
            put(principal, strength, (t.left_edge.idx, t.idx + len(t)))
    return found


def _owners(role: Token, names: Actors) -> list[Name]:
    """Whose body it is that somebody speaks for: the state of "a spokeswoman for Kelmara's defence ministry"."""
    return [
        n
        for c in role.children
        if c.dep_ == "prep" and c.lower_ in ("for", "of")
        for p in c.children
        if p.dep_ == "pobj"
        for x in p.children
        if x.dep_ == "poss" and (n := names.of(x)) is not None and not n.person
    ]


def _whose_campaign(t: Token, names: Actors) -> Name | None:
    """Whose campaign "the campaign" is: of those that the article speaks of, the last before it, or else the first."""
    if t.lemma_.lower() != "campaign" or any(c.dep_ in ("compound", "poss", "nmod", "amod") for c in t.children):
        return None
    known = t.doc.user_data.get("campaigns")
    if known is None:
        known = t.doc.user_data["campaigns"] = [
            (x.i, n)
            for x in t.doc
            if x.lemma_.lower() == "campaign"
            for c in x.children
            if c.dep_ in ("compound", "poss", "nmod", "amod") and (n := names.of(c)) is not None and n.person
        ]
    before = [n for i, n in known if i < t.i]
    return before[-1] if before else next((n for _, n in known), None)


def _deep(t: Token, names: Actors) -> Name | None:
    """The name of a word, or of one that stands before it: "Ferro" of "Ferro campaign"."""
    found = names.of(t)
    for c in t.children:
        if found is None and c.dep_ in ("compound", "poss", "nmod"):
            found = names.of(c)
    return found


def role_words(source: Source) -> set[str]:
    """The words of a source's role: "campaign spokesman for the north"."""
    return set(re.findall(r"[a-z-]+", (source.role or "").lower()))


def _named(text: str, names: Actors) -> Name:
    """The name of the article that a text means; of "the Ferro campaign", Ferro."""
    bare = _CAMPAIGN.sub("", text)
    while len(words := bare.split()) > 1 and words[-1].lower() in PERSON_ROLES:
        bare = " ".join(words[:-1])  # "United States Secretary", of "of State"
    return names.by_text(text) or (names.by_text(bare) if bare != text else None) or Name(bare or text)


def _heads(source: Source, doc: Doc | None) -> list[Token]:
    """The nouns by which the article speaks of a source: of its name, and what stands beside it."""
    if doc is None:
        return []
    found: list[Token] = []
    for s, e in source.mentions[:6]:
        span = doc.char_span(s, e, alignment_mode="expand")
        if span is None:
            continue
        root = span.root
        found.append(root)
        found += [c for c in root.children if c.dep_ in ("appos", "compound", "nmod") and c.pos_ in ("NOUN", "PROPN")]
        if root.dep_ in ("appos", "compound", "nmod") and root.head.pos_ in ("NOUN", "PROPN"):
            found.append(root.head)
        if root.dep_ == "nsubj" and root.head.lemma_ == "be":
            found += [c for c in root.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"]
    return [*found, *(x for t in found for x in t.conjuncts if x.dep_ == "conj" and x.head in found)]


def _principal(role: Token, names: Actors) -> Name | None:
    """Whose lawyer, spokesman or campaign it is: "Ferro's lawyer", "his attorney", "a lawyer for Ferro"."""
    compound = next((c for c in role.children if c.dep_ == "compound" and c.lemma_.lower() in _FOR_SOMEBODY), None)
    leads = any(c.dep_ == "relcl" and c.lemma_.lower() in _LEADS for c in role.children)
    if (role.lemma_.lower() not in _FOR_SOMEBODY and not leads and compound is None) or any(
        c.lower_ in _FORMER for c in role.children
    ):
        return None
    if role.dep_ == "compound" and role.i and role.nbor(-1).head == role.head:
        before = names.of(role.nbor(-1))  # "Ferro lawyer Mo Callan"
        if before is not None and before is not names.of(role.head):
            return before
    for c in role.children:
        if c.dep_ == "poss":
            if c.lower_ in _PRONOUNS:
                return names.owner(c)
            return names.of(c) or names.common(c)
        if c.dep_ in ("compound", "nmod", "amod") and (n := _deep(c, names)) is not None and n is not names.of(role):
            return n
        if c.dep_ == "prep" and c.lower_ in ("for", "of", "to"):
            for p in c.children:
                if p.dep_ == "pobj" and (n := _whose_campaign(p, names) or names.near(p)) is not None:
                    return n
        if c.dep_ == "relcl" and c.lemma_.lower() in _LEADS:
            for o in c.children:
                if o.dep_ == "dobj":
                    whose = next((x for x in o.children if x.dep_ == "poss" and x.lower_ in _PRONOUNS), None)
                    return names.near(o) or (names.owner(whose) if whose is not None else None)
    return None
