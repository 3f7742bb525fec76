"""The actors of an article: its names, and what it calls them by otherwise: "the company", "the senator", "the union".

A definite noun for a body means the one of that sort that was named last; a role means who has it; any other noun for
people who act together ("the fishermen", "the teachers' union") is an actor by itself, known by its head noun.
"""

from collections.abc import Callable

from spacy.tokens import Doc, Token

from secondsource.analysis.entities import Name, Names, names_of
from secondsource.analysis.names import (
    COLLECTIVE,
    FEMALE_ROLES,
    MALE_ROLES,
    PERSON_ROLES,
    TITLES_FEMALE,
    TITLES_MALE,
    category_of,
    is_outlet,
)
from secondsource.model import AffiliationCategory as C

_FIRMS = frozenset(
    "company firm chain maker manufacturer developer retailer airline bank carrier brand corporation conglomerate "
    "startup drugmaker carmaker operator supplier insurer utility brewer publisher".split()
)
_POLITICAL = frozenset("party".split())
_TOGETHER = COLLECTIVE | frozenset(
    "guild coalition lobby rebel exile fisherman farmer grower tenant worker nurse teacher driver pilot parent pupil "
    "student inmate prisoner protester demonstrator striker plaintiff defendant shareholder investor landlord "
    "homeowner resident villager miner doctor physician player athlete rider refugee veteran retiree pensioner "
    "junta cartel gang clan tribe parish monastery brotherhood order federation league synod syndicate assistant "
    "developer lobbyist patient customer consumer taxpayer motorist shopkeeper trader restaurateur hotelier "
    "publisher broadcaster network newspaper hospital prison clinic laboratory lab university faculty district "
    "diocese archdiocese bishop abbot regulator campaigner activist separatist insurgent militant".split()
)
_BODY_LABELS = frozenset(("ORG", "FAC", "PRODUCT"))
_FAR = 250
"""Tokens back to the name that a definite noun stands for."""
_FOLLOWERS = frozenset(
    "man men force troop army fighter soldier gunner militia supporter government party campaign camp team agent "
    "administration regime lawyer company firm".split()
)
"""Nouns for those who act for whoever they are somebody's: "Sefu's men"."""
_PRODUCTS = frozenset(
    "drug vaccine device software app phone product pill medicine treatment sweetener engine car aircraft system chip "
    "tablet lamp machine game tool platform test additive pesticide".split()
)
_GENERIC = frozenset(
    "people person man woman order force office house team school majority community center centre family camp "
    "public staff crew front home official member group source state country city town side".split()
)


_MALE, _FEMALE = MALE_ROLES | TITLES_MALE, FEMALE_ROLES | TITLES_FEMALE
_IN_JUDGEMENT = frozenset(
    "judge justice magistrate coroner recorder sheriff prosecutor detective inspector superintendent constable "
    "policeman policewoman chair bench".split()
)
"""Who speaks in a case without being a party to it."""
_CHARGED = frozenset("charge jail sentence convict accuse arrest sack suspend fine kill dismiss indict".split())
_ANSWERS = frozenset("deny admit plead face".split())
"""What an officer is done to, and does, who is a party to it."""


class Actors:
    """Which actor a token names or stands for. ``names`` are those of the document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.names: Names = names_of(doc)
        self._common: dict[str, Name] = {}
        self._roles: dict[str, list[tuple[int, Name]]] = {}
        self._bodies: list[tuple[int, Name]] = []
        self._things: list[tuple[int, Name]] = []
        for name in self.names.all:
            for start, end in name.mentions:
                self._enter(name, start, end)
                if len(name.key.split()) == 1 and not any(doc[i].ent_type_ == "NORP" for i in range(start, end)):
                    self._things.append((start, name))
        self._bodies.sort(key=lambda x: x[0])
        self._things.sort(key=lambda x: x[0])

    def _enter(self, name: Name, start: int, end: int) -> None:
        """Note the roles that stand beside a mention of a name, and whether it is a body's."""
        doc = self.doc
        if name.person:
            beside = [doc[i] for i in range(max(0, start - 2), start)]
            root = doc[end - 1]
            beside += [c for c in root.children if c.dep_ in ("appos", "compound")]
            beside += [root.head] if root.dep_ in ("appos", "compound") else []
            for t in [*beside, *doc[start:end]]:
                lemma = t.lemma_.lower()
                if lemma in PERSON_ROLES and t.dep_ != "pobj":
                    self._roles.setdefault(lemma, []).append((start, name))
            if end - start > 1 and doc[start].dep_ == "compound":
                self._roles.setdefault(doc[start].lower_, []).append((start, name))  # "Abbot Serafin"
        elif not is_outlet(name.canonical) and (
            any(doc[i].ent_type_ in _BODY_LABELS for i in range(start, end))
            or category_of(name.canonical) not in (C.OTHER,)
        ):
            self._bodies.append((start, name))

    @property
    def all(self) -> list[Name]:
        """The names of the document."""
        return self.names.all

    def of(self, t: Token | int) -> Name | None:
        """The actor that a token names, or stands for as a definite noun."""
        token = self.doc[t] if isinstance(t, int) else t
        return self.names.of(token) or self._meant(token)

    def near(self, t: Token) -> Name | None:
        """The actor of a noun phrase: that of its head, of its compound, possessor or "of" complement, or its own."""
        beside = self.names.of(t.head) if t.dep_ in ("appos", "npadvmod") and t.pos_ == "NOUN" else None
        found = self.names.of(t) or beside or self._meant(t) or self.names.near(t)
        if found is None and t.lemma_.lower() in _FOLLOWERS:
            found = next((n for c in t.children if c.dep_ in ("poss", "compound") and (n := self.names.of(c))), None)
        return found or self.common(t)

    def common(self, t: Token) -> Name | None:
        """An actor known only by a noun: "the fishermen"."""
        lemma = t.lemma_.lower()
        if (
            t.pos_ not in ("NOUN", "PROPN")
            or lemma not in _TOGETHER
            or lemma in _GENERIC
            or self.names.of(t) is not None
        ):
            return None
        return self._common.setdefault(lemma, Name(lemma))

    def by_text(self, text: str) -> Name | None:
        """The name whose canonical or shortened form a text is."""
        return self.names.by_text(text)

    def owner(self, pronoun: Token) -> Name | None:
        """The group behind "its" or "their"; a person named before for "his" or "her"."""
        if pronoun.lower_ in ("his", "her"):
            return self._person_before(pronoun)
        found = self.names.owner(pronoun)
        begin = pronoun.sent.start
        start = self.doc[begin - 1].sent.start if begin else 0
        for t in reversed(self.doc[start : pronoun.i]):
            if t.dep_ in ("nsubj", "nsubjpass"):
                other = self.names.of(t)
                if other is not None and not other.person:
                    return other
                if (known := self._meant(t) or self.common(t)) is not None and not known.person:
                    return known
        return found

    def _person_before(self, pronoun: Token) -> Name | None:
        """The person behind "his" or "her": of those named shortly before, one whom the rest of the sentence names
        again, else the last subject, else the last; not who sits in judgement, nor of the other sex."""
        before: dict[str, Name] = {}
        subject: Name | None = None
        own = self.names.of(pronoun.head)
        for t in reversed(self.doc[max(0, pronoun.i - _FAR // 4) : pronoun.i]):
            n = self.names.of(t)
            if n is None or not n.person or n is own or not self._fits(n, pronoun):
                continue
            before.setdefault(n.key, n)
            if subject is None and t.dep_ in ("nsubj", "nsubjpass"):
                subject = n
        after = {n.key for t in self.doc[pronoun.i : pronoun.sent.end] if (n := self.names.of(t)) is not None}
        again = [n for key, n in before.items() if key in after]
        return again[0] if len(again) == 1 else subject or next(iter(before.values()), None)

    def _fits(self, person: Name, pronoun: Token) -> bool:
        """Whether "his" or "her" can be of this person: no judge or officer, unless it is they who are charged."""
        tells, others = (_MALE, _FEMALE) if pronoun.lower_ == "his" else (_FEMALE, _MALE)
        called = {lemma for lemma, holders in self._roles.items() for _, n in holders if n is person}
        called |= {self.doc[i].lower_.rstrip(".") for start, _ in person.mentions for i in (start - 1, start) if i >= 0}
        if called & others and not called & tells:
            return False
        heads = (self.doc[end - 1] for _, end in person.mentions)
        return not called & _IN_JUDGEMENT or any(
            (t.dep_ == "nsubjpass" and t.head.lemma_.lower() in _CHARGED)
            or (t.dep_ == "nsubj" and t.head.lemma_.lower() in _ANSWERS)
            for t in heads
        )

    def _meant(self, t: Token) -> Name | None:
        """What "the company", "the senator" means."""
        if t.pos_ != "NOUN" or not any(
            c.dep_ in ("det", "poss") and c.lower_ in ("the", "this", "that") for c in t.children
        ):
            return None
        lemma = t.lemma_.lower()
        if t.tag_ == "NNS":
            return None
        if lemma in _FIRMS:
            return self._last(
                self._bodies, t.i, lambda n: category_of(n.canonical) in (C.CORPORATE, C.OTHER, C.INDUSTRY_GROUP)
            )
        if lemma in _PRODUCTS:
            return self._last(self._things, t.i, lambda n: True)
        if lemma in _POLITICAL:
            return self._last(self._bodies, t.i, lambda n: category_of(n.canonical) == C.POLITICAL_GROUP) or self._last(
                self._bodies, t.i, lambda n: category_of(n.canonical) == C.OTHER
            )
        if lemma in self._roles and not any(c.dep_ in ("compound", "prep", "amod") for c in t.children):
            holders = {n.key: n for _, n in self._roles[lemma]}
            if len(holders) == 1:
                return next(iter(holders.values()))
        return None

    def _last(self, known: list[tuple[int, Name]], before: int, fits: Callable[[Name], bool]) -> Name | None:
        for at, name in reversed(known):
            if at < before and before - at < _FAR and fits(name):
                return name
        return None


def actors_of(doc: Doc) -> Actors:
    """The actors of a document, found once."""
    found = doc.user_data.get("actors")
    if not isinstance(found, Actors):
        found = Actors(doc)
        doc.user_data["actors"] = found
    return found
