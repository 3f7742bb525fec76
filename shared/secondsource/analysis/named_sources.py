"""Sources with a name, of their own or by a role or a short form that stands for one."""

import re
from itertools import islice

from spacy.tokens import Doc, Span, Token

from secondsource.analysis.affiliations import role_affiliations
from secondsource.analysis.cast import Cast, Entity
from secondsource.analysis.cues import DOCUMENT_NOUNS, NOT_REPORTING, POLL_NOUNS, VERBS
from secondsource.analysis.draft import Draft
from secondsource.analysis.entities import names_of
from secondsource.analysis.gathering import Known
from secondsource.analysis.names import COLLECTIVE, PERSON_ROLES, TITLES_FEMALE, TITLES_MALE, is_outlet
from secondsource.analysis.phrases import np_text, role_word
from secondsource.analysis.resolved import Resolved
from secondsource.analysis.withheld import kept
from secondsource.language.parse import names_within, text_of
from secondsource.model import AffiliationCategory, SourceKind
from secondsource.text.naming import normal

_LAW_NAME = re.compile(
    r"\b(?:Act|Constitution|Treaty|Convention|Resolution|Bill|Charter|Report|Index|Infobase|Code)(?: No\.?.*)?$"
)
_TITLES_BEFORE = TITLES_MALE | TITLES_FEMALE | {"dr", "prof", "rep", "sen", "gov", "gen", "col"}
_TITLES_WITHIN = frozenset("mr mrs ms dr sen rep gov prof".split())


_SEVERAL = {"two": 2, "three": 3, "four": 4}
_HEADING = 12
"""Words of what may stand before an article's first sentence."""
_MAY_BE = {
    AffiliationCategory.ACADEMIC: frozenset(
        "teacher author specialist consultant doctor physician adviser engineer lawyer architect surgeon".split()
    ),
    AffiliationCategory.WITNESS: frozenset(r for r, of in PERSON_ROLES.items() if of == AffiliationCategory.OTHER),
}
"""Who is often told of without that role, and what else they are then called: residents by their trades."""
_NAMELESS = frozenset({*_MAY_BE, AffiliationCategory.OTHER, None})
"""Who is often named without a role: anybody but those who hold an office."""
_ALSO_PEOPLE = frozenset("forecaster vet pupil parent volunteer medic climber hiker shopper commuter".split())
"""People by nouns that tie to no group."""
_OF_ANY_TRADE = frozenset("worker volunteer activist campaigner survivor victim supporter critic".split())
_BESIDE = frozenset("colleague friend neighbour neighbor partner husband wife brother sister".split())
"""What somebody is to who was told of before: "her colleague X"."""
_NAMED_WITHIN = 4
"""Sentences within which a person told of without a name is named."""


class Named:
    """Finds the source that a name, or a phrase standing for one, means."""

    def __init__(self, doc: Doc, cast: Cast, known: Known) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.cast = cast
        self.known = known

    def person(self, e: Entity, h: Token) -> Resolved:
        """A named person of the article as a source."""
        found = self.known.add(f"person:{e.name.lower()}", e.name, SourceKind.NAMED_PERSON, h)
        found.entity = e
        found.role = found.role or e.role
        for name, entry in e.affiliations.items():
            found.affiliations.setdefault(name, entry)
        return found

    def group(self, e: Entity, h: Token) -> Resolved:
        """A named group as a source: also an outlet, a poll or a document, by name and head."""
        label = h.ent_type_
        name = e.name
        fuller = names_of(self.doc).of(h)
        if fuller is not None and not fuller.person and len(fuller.canonical.split()) >= len(name.split()):
            name = fuller.canonical
        head_low = h.lemma_.lower()
        if is_outlet(name) or name.lower() in self.cast.outlets or head_low in ("newspaper", "daily", "tabloid"):
            kind = SourceKind.OUTLET
        elif head_low in POLL_NOUNS or re.search(r"\b(?:Poll|Survey)\b", name):
            kind = SourceKind.POLL
        elif (
            label in ("WORK_OF_ART", "LAW")
            or _LAW_NAME.search(name)
            or (head_low in DOCUMENT_NOUNS and h.pos_ == "NOUN")
        ):
            kind = SourceKind.DOCUMENT
        else:
            kind = SourceKind.NAMED_GROUP
        found = self.known.add(f"group:{name.lower()}", name, kind, h)
        found.entity = e
        if kind == SourceKind.NAMED_GROUP:
            found.affiliations.setdefault(name, (e.mentions[0] if e.mentions else None, 1.0, False))
        return found

    def proper(self, h: Token) -> Resolved | None:
        """A name that the model saw none in as a source; None for a role with a capital, "Police", and for a common
        noun that the model takes for a name: "Calvorne's foreign ministry"."""
        if h.text.islower() and any(c.dep_ in ("amod", "det", "poss") for c in h.children):
            return None
        start = h.i
        while start > 0 and self.doc[start - 1].pos_ == "PROPN" and self.doc[start - 1].head in (h, self.doc[start]):
            start -= 1
        name = self.doc[start : h.i + 1].text
        if is_outlet(name) or is_outlet(h.text) or name.lower() in self.cast.outlets:
            return self.known.add(f"group:{name.lower()}", name, SourceKind.OUTLET, h)
        roles = [c for c in h.children if c.dep_ in ("compound", "appos") and role_word(c)]
        titled = start > 0 and self.doc[start - 1].lower_.rstrip(".") in _TITLES_BEFORE
        personal = roles or titled or self.doc[start].lower_.rstrip(".") in _TITLES_WITHIN
        kind = SourceKind.NAMED_PERSON if personal else SourceKind.NAMED_GROUP
        if h.lower_ in DOCUMENT_NOUNS:
            kind = SourceKind.DOCUMENT
        if h.lower_ in POLL_NOUNS:
            kind = SourceKind.POLL
        if h.lower_ in PERSON_ROLES and h.i == start:
            return None
        found = self.known.add(f"name:{name.lower()}", name, kind, h)
        if kind == SourceKind.NAMED_PERSON:
            for role in roles:
                found.role = found.role or np_text(role, person_root=h)
                for group, entry in role_affiliations(role, skip=h).items():
                    found.affiliations.setdefault(group, entry)
        return found

    def by_role(self, lemma: str, h: Token) -> Resolved | None:
        """ "The minister": the last person mentioned before who has this role."""
        found = self.with_role(lemma, h)
        return self.person(found[-1], h) if found else None

    def with_role(self, lemma: str, h: Token) -> list[Entity]:
        """The persons mentioned before who have this role, the last mentioned last."""
        modifiers = {c.lemma_.lower() for c in h.children if c.dep_ in ("compound", "amod")}
        found: list[tuple[int, int, Entity]] = []
        for n, e in enumerate(self.cast.persons):
            role_words = set(re.findall(r"\w+", (e.role or "").lower())) | e.roles
            if lemma in role_words and (
                not modifiers or modifiers & role_words or not (modifiers - {"former", "senior", "old"})
            ):
                before = [m[0] for m in e.mentions if m[0] < h.idx]
                if before:
                    found.append((before[-1], n, e))
        return [e for _, _, e in sorted(found, key=lambda x: x[:2])]

    def named_next(self, lemma: str, h: Token) -> Resolved | None:
        """Who "a spokeswoman" is, where the text goes on with "the spokeswoman, Ana Lorn," before another one.

        Also with "the museum's spokeswoman", where the museum is whose she is or of what she speaks.
        """
        sentences = 0
        for t in self.doc[h.i + 1 :]:
            sentences += t.is_sent_start or False
            if sentences > _NAMED_WITHIN:
                return None
            if t.lemma_.lower() != lemma or t.tag_ not in ("NN", "NNP"):
                continue
            own = [c for c in t.children if c.dep_ in ("det", "poss", "amod", "compound", "nummod", "prep")]
            tied = len(own) == 1 and self._whose(own[0], h)
            if [c.lower_ for c in own] != ["the"] and not tied:
                if any(c.lower_ in ("a", "an", "another", "one") for c in own):
                    return None
                continue
            at = t.i + 2 if t.i + 2 < len(self.doc) and self.doc[t.i + 1].text == "," else t.i + 1
            e = self.cast.at.get(at) if tied or at == t.i + 2 else None
            if e is not None and e.kind == "person" and e.mentions[0][0] > h.idx:
                return self.person(e, self.doc[at])
        return None

    def _whose(self, body: Token, h: Token) -> bool:
        """Whether a possessor or a compound is the body that a phrase tells of, or the subject of what it says."""
        if body.dep_ not in ("poss", "compound"):
            return False
        owner = names_of(self.doc).owner(body) if body.lower_ in ("its", "their") else None
        called = {body.lemma_.lower()} if owner is None else {owner.canonical.split()[-1].lower()}
        subjects = [t for t in h.sent if t != h and t.dep_ in ("nsubj", "nsubjpass")]
        told = {*subjects, *(t for t in h.subtree if t != h and t.dep_ in ("pobj", "compound", "poss"))}
        return bool(called & {t.lemma_.lower() for t in told if t.pos_ in ("NOUN", "PROPN")})

    def named_after(self, h: Token) -> list[Entity]:
        """Who "two analysts" are, where the text goes on with that many people who say something.

        At the top of an article they may be all who speak in it, else they come next; none where the text withholds a
        name, or tells of those people as something else.
        """
        number = next((_SEVERAL.get(c.lower_, 0) for c in h.children if c.dep_ == "nummod"), 0)
        category = PERSON_ROLES.get(h.lemma_.lower())
        if not number or h.tag_ != "NNS" or kept(self.doc)[0]:
            return []
        top = not any(len(s) > _HEADING for s in self.doc.sents if s.end <= h.sent.start)
        if category is not None and top and (all_ := self._all_who_speak(h, number, category)):
            return all_
        found = self._next_to_speak(h, number)
        if len(found) != number or not self._told_as(h, found):
            return []
        return found if (category in _MAY_BE if top else category in _NAMELESS) or all(e.role for e in found) else []

    def _all_who_speak(self, h: Token, number: int, category: AffiliationCategory) -> list[Entity]:
        """Those who speak in an article, if it is that many and they are told of as this, or may be."""
        found = [
            e for e in self.cast.persons if any(self._speaks(i) for i, other in self.cast.at.items() if other is e)
        ]
        if len(found) != number or any(e.mentions[0][0] < h.idx for e in found):
            return []
        may_be = _MAY_BE.get(category, frozenset())
        roles = [[r for r in e.roles if r in PERSON_ROLES] for e in found]
        known = all(any(PERSON_ROLES[r] == category or r in may_be for r in of_one) for of_one in roles if of_one)
        return found if known and (category in _MAY_BE or all(roles)) else []

    def _next_to_speak(self, h: Token, number: int) -> list[Entity]:
        """Who is named first, and speaks, in the sentences behind, up to another source.

        One too many where another one goes on who may be of them.
        """
        found: list[Entity] = []
        ahead = islice((s for s in self.doc.sents if s.start >= h.sent.end), number + 2)
        for subject in (c for s in ahead for c in s.root.children if self._speaks(c.i) and c.tag_ != "PRP"):
            near = [c for c in subject.children if c.dep_ in ("appos", "nmod")]
            tokens = sorted({subject, *subject.conjuncts, *near}, key=lambda t: t.i)
            people = [e for t in tokens if (e := self.cast.at.get(t.i)) is not None and e.kind == "person"]
            others = not people or any(e.mentions[0][0] < h.idx for e in people)
            if others or (len(found) >= number and subject.i not in self.cast.at):
                break
            found += [e for e in people if not any(e is other for other in found)]
        return found

    def _told_as(self, h: Token, people: list[Entity]) -> bool:
        """Whether nobody of these is told of as something that those whom a noun means are not."""
        lemma = h.lemma_.lower()
        category = PERSON_ROLES.get(lemma, AffiliationCategory.OTHER if lemma in _ALSO_PEOPLE else None)
        may_be = _MAY_BE.get(category, frozenset()) if category is not None else frozenset()
        for e in people:
            roles = [
                w for w in re.findall(r"[a-z-]+", (e.role or "").lower()) if w in PERSON_ROLES and w not in _BESIDE
            ]
            same = (
                r == lemma
                or r in may_be
                or (PERSON_ROLES[r] == category and (category != AffiliationCategory.OTHER or lemma in _OF_ANY_TRADE))
                for r in roles
            )
            if roles and not any(same):
                return False
        return category is not None

    def _speaks(self, i: int) -> bool:
        """Whether a name is the subject of a verb of saying."""
        t = self.doc[i]
        verb = t.head
        return t.dep_ == "nsubj" and verb.lemma_.lower() in VERBS and verb.lemma_.lower() not in NOT_REPORTING

    def group_like(self, lemma: str, h: Token) -> Entity | None:
        """ "The council": the last group mentioned before that is called one: "Tarn Council", "Council of Tarn"."""
        best: tuple[int, Entity] | None = None
        called = re.compile(rf"\b{re.escape(lemma)}(?: (?:of|for|and|on|in|to)\b.*)?$", re.IGNORECASE)
        for g in self.cast.groups:
            if called.search(g.name):
                before = [m[0] for m in g.mentions if m[0] < h.idx]
                if before and (best is None or before[-1] > best[0]):
                    best = (before[-1], g)
        return best[1] if best else None

    def by_text(self, h: Token, d: Draft | None) -> Entity | None:
        """A person of the article whose name a short source spells, though the model saw none in it."""
        if (
            d is None
            or not d.source
            or (not h.text[:1].isupper() and "-" not in self.text[d.source[0][0] : d.source[0][1]])
        ):
            return None
        words = normal(self.text[d.source[0][0] : d.source[0][1]]).split()
        if not 0 < len(words) <= 3:
            return None
        if len(words) == 1 and (called := self.cast.called(words[0], h)) is not None:
            return called
        for e in self.cast.persons:
            name = normal(e.name).split()
            if len(name) > len(words) and (name[-len(words) :] == words or name[: len(words)] == words):
                return e
        return None

    def _names_head(self, h: Token, name: Span, ends: bool) -> bool:
        """Whether a name behind a noun is that of whom the noun means, and not of somebody told of beside.

        ``ends``: the phrase ends with it. "The director of the board, Bob Hughes", "a student named Wong"; not "a
        neighbour of the singer Mona Lind", "allies of the minister, Karl Voss", "a driver who hit Anna Berg".
        """
        lead = self.doc[name.start - 1]
        if lead.i == h.i:
            return True
        between = self.doc[h.i + 1 : name.start]
        if lead.lower_ in ("named", "called"):
            return lead.head == h
        several = h.tag_ in ("NNS", "NNPS") or h.lemma_.lower() in COLLECTIVE
        if several or any(t.pos_ in ("VERB", "AUX") or (t.i > h.i and role_word(t)) for t in between):
            return role_word(lead) and not any(t.pos_ in ("ADP", "VERB", "AUX") for t in between)
        beside = lead.ent_type_ in ("ORG", "GPE", "NORP") or lead.lemma_.lower() in COLLECTIVE
        return lead.text == "," or (ends and role_word(h) and beside)

    def within(self, h: Token, d: Draft | None) -> Token | None:
        """The name in "the director of X, Bob Hughes", "a student named Wong" or "Lee Tae-sik, an ambassador",
        wherever the parser hung it."""
        if d is None or not d.source:
            return None
        for s, e in d.source:
            span = self.doc.char_span(s, e, alignment_mode="contract")
            if span is None:
                continue
            for ent in names_within(self.doc, span.start, span.end):
                entity = self.cast.at.get(ent.root.i)
                if entity is None or entity.kind != "person":
                    continue
                if ent.start == span.start and ent.end < span.end and self.doc[ent.end].text == "," and ent.end <= h.i:
                    return ent.root
                if ent.start <= h.i:
                    continue
                if self._names_head(h, ent, ends=ent.end_char >= e - 1):
                    return ent.root
        return None
