"""Sources: who is behind each attribution, one entry a source, with kind, role, affiliation and anonymity.

Coreference is done for sources only: full names and short forms, acronyms, pronouns, role mentions
("the minister"), and groups. Precision first: a pronoun with no fitting antecedent stays what it is.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from secondsource.analysis.attribution import Draft, Range
from secondsource.analysis.cues import DOCUMENT_NOUNS, OUTLET_NOUNS, POLL_NOUNS, POST_NOUNS
from secondsource.analysis.entities import names_of, normal
from secondsource.analysis.names import (
    ANONYMITY,
    ANONYMITY_REASON,
    COLLECTIVE,
    FEMALE_ROLES,
    MALE_ROLES,
    NAMED_BODIES,
    PERSON_ROLES,
    SPOKES_ROLES,
    TITLES_FEMALE,
    TITLES_MALE,
    category_of,
    is_outlet,
)
from secondsource.analysis.tagging import kind_at
from secondsource.language.parse import names_within, text_of
from secondsource.language.tagger import Tags
from secondsource.model import Affiliation, AffiliationCategory, Anonymity, Place, Source, SourceKind

_PERSON_PRONOUNS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_FIRST = frozenset("i me my mine we us our ours".split())
_PLURAL = frozenset("they them their theirs themselves".split())
_THING = frozenset("it its itself".split())
_QUANTIFIERS = frozenset("some many several others most both few all one two three another none those these".split())
_LAW_NAME = re.compile(
    r"\b(?:Act|Constitution|Treaty|Convention|Resolution|Bill|Charter|Report|Index|Infobase|Code)(?: No\.?.*)?$"
)
_SUFFIX = re.compile(r"(?:,? (?:Jr|Sr|II|III|IV)\.?|['’]s?)$")
_PLACE_IN = frozenset("from in at near".split())


@dataclass
class Entity:
    """Somebody or something the text names, with all places where it does."""

    name: str
    kind: str  # person, group
    mentions: list[Range] = field(default_factory=list)
    gender: str | None = None
    roles: set[str] = field(default_factory=set)
    affiliations: dict[str, tuple[Range | None, float, bool]] = field(default_factory=dict)
    role: str | None = None


@dataclass
class Resolved:
    """A source in the making."""

    key: str
    name: str
    kind: SourceKind
    mentions: set[Range] = field(default_factory=set)
    entity: Entity | None = None
    role: str | None = None
    affiliations: dict[str, tuple[Range | None, float, bool]] = field(default_factory=dict)
    anonymity: Anonymity | None = None
    place: Place | None = None
    order: int = 0


@dataclass(frozen=True)
class Found:
    """The sources of an article, and for each draft (by position) the id of its source, or None."""

    sources: tuple[Source, ...]
    of_draft: tuple[str | None, ...]


class _Cast:
    """The named persons and groups of a document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.persons: list[Entity] = []
        self.groups: list[Entity] = []
        self.at: dict[int, Entity] = {}  # token index -> entity
        self._by_last: dict[str, Entity] = {}
        self.outlets = _outlets_by_context(doc)
        self._collect()

    def _collect(self) -> None:
        acronyms: dict[str, Entity] = {}
        # The model takes lone surnames for places or bodies; a full name elsewhere in the text settles it.
        surnames = {
            word.lower()
            for ent in self.doc.ents
            if ent.label_ == "PERSON" and len(words := _clean_name(ent).split()) > 1 and not is_outlet(" ".join(words))
            for word in words
            if len(word) > 2
        }
        for ent in self.doc.ents:
            name = _clean_name(ent)
            if len(name) < 2 or not any(c.isalpha() for c in name):
                continue
            if name.lower() in PERSON_ROLES or name.lower() in ("prime minister", "vice president", "foreign minister"):
                continue
            if (
                " " not in name
                and name.lower() in surnames
                and ent.label_ in ("GPE", "ORG", "LOC", "FAC", "PRODUCT", "NORP", "WORK_OF_ART")
            ):
                entity = self._person(name, ent)
            elif name.lower() in self.outlets:
                entity = self._group(name, acronyms)
            elif ent.label_ == "PERSON" and _may_be_person(ent, name) and not _short_for_group(self.doc, ent):
                entity = self._person(name, ent)
            elif ent.label_ in ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "EVENT"):
                entity = self._group(name, acronyms)
            else:
                continue
            entity.mentions.append((ent.start_char, ent.start_char + len(ent.text.rstrip())))
            for t in ent:
                self.at[t.i] = entity

    def _person(self, name: str, ent: DocSpan) -> Entity:
        words = name.split()
        last = words[-1].lower()
        known = self._by_last.get(last)
        if known is None and len(words) == 1:
            known = next(
                (p for p in self.persons if p.name.split()[0].lower() == last and len(p.name.split()) > 1), None
            )
        if (
            known is not None
            and len(words) > 1
            and len(known.name.split()) > 1
            and known.name.split()[0][0] != words[0][0]
            and words[0].lower().rstrip(".") not in ("mr", "mrs", "ms", "dr")
            and last == known.name.split()[-1].lower()
        ):
            known = next((p for p in self.persons if p.name == name), None)
        if known is None:
            known = Entity(name, "person")
            self.persons.append(known)
        elif len(words) > len(known.name.split()) and known.name.lower() in name.lower():
            known.name = name
        self._by_last[last] = known
        self._describe(known, ent)
        return known

    def _group(self, name: str, acronyms: dict[str, Entity]) -> Entity:
        bare = re.sub(r"^[Tt]he\s+", "", name)
        low = bare.lower()
        for g in self.groups:
            if g.name.lower() == low:
                return g
        if bare.isupper() and bare in acronyms:
            return acronyms[bare]
        for g in self.groups:
            if len(bare) > 4 and (g.name.lower().endswith(" " + low) and len(low.split()) > 1):
                return g
        entity = Entity(bare, "group")
        self.groups.append(entity)
        letters = _initials(bare)
        if len(letters) > 1:
            acronyms.setdefault(letters, entity)
        return entity

    def _describe(self, person: Entity, ent: DocSpan) -> None:
        """Roles, gender and affiliation that stand beside the name."""
        root = ent.root
        before = self.doc[ent.start - 1].lower_.rstrip(".") if ent.start else ""
        first = ent[0].lower_.rstrip(".")
        if before in TITLES_MALE or first in TITLES_MALE:
            person.gender = "m"
        if before in TITLES_FEMALE or first in TITLES_FEMALE:
            person.gender = "f"
        nouns: list[Token] = []
        nouns += [c for c in root.children if c.dep_ in ("compound", "nmod", "amod") and _role_word(c) and c.i < root.i]
        nouns += [c for c in root.children if c.dep_ == "appos" and c.ent_type_ != "PERSON"]
        if root.dep_ == "appos" and root.head.ent_type_ != "PERSON":
            nouns.append(root.head)
        for c in root.children:
            if c.dep_ == "relcl":
                nouns += [a for a in c.children if a.dep_ == "attr" and a.pos_ == "NOUN"]
        if root.dep_ in ("nsubj",) and root.head.lemma_ == "be":
            nouns += [a for a in root.head.children if a.dep_ == "attr" and a.pos_ == "NOUN"]
        for n in nouns:
            nested = [n, *[c for c in n.children if c.dep_ in ("conj",)]]
            for m in nested:
                if m.pos_ not in ("NOUN", "PROPN", "ADJ"):
                    continue
                lemma = m.lemma_.lower()
                person.roles.add(lemma)
                if lemma in MALE_ROLES:
                    person.gender = "m"
                if lemma in FEMALE_ROLES:
                    person.gender = "f"
                if person.role is None and (lemma in PERSON_ROLES or m.pos_ == "NOUN"):
                    person.role = _np_text(m, person_root=root)
                for name, entry in _role_affiliations(m, skip=root).items():
                    person.affiliations.setdefault(name, entry)
        for name, entry in _role_affiliations(root, skip=None, bare=True).items():
            person.affiliations.setdefault(name, entry)


def _short_for_group(doc: Doc, ent: DocSpan) -> bool:
    """Whether a lone name is short for a longer name of a group: "Brellin", after "Brellin Foods"."""
    name = names_of(doc).of(ent.root)
    return name is not None and not name.person and len(name.canonical.split()) > len(ent)


def _may_be_person(ent: DocSpan, name: str) -> bool:
    if is_outlet(name) or ent.root.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
        return False
    # a lone name after "from" or "in" is a place, whatever the model says
    return not (" " not in name and ent.root.dep_ == "pobj" and ent.root.head.lower_ in ("from", "in", "near", "at"))


_OUTLET_HEADS = frozenset("newspaper magazine daily weekly broadcaster tabloid newswire broadsheet".split())


def _outlets_by_context(doc: Doc) -> set[str]:
    """Names that the article itself calls a newspaper, a magazine, a broadcaster: "the online magazine Hinterpost"."""
    found: set[str] = set()
    for t in doc:
        lemma = t.lemma_.lower()
        if lemma not in _OUTLET_HEADS and not (
            lemma in ("agency", "station", "network", "website", "site", "outlet", "portal")
            and any(c.lower_ in ("news", "radio", "television", "tv", "media") for c in t.children)
            and not any(c.lower_ == "social" for c in t.children)
        ):
            continue
        near = [c for c in t.children if c.dep_ in ("appos", "compound", "nmod") and c.pos_ == "PROPN"]
        if t.dep_ in ("compound", "nmod", "appos") and t.head.pos_ == "PROPN":
            near.append(t.head)
        if t.i + 1 < len(doc) and doc[t.i + 1].pos_ == "PROPN":
            near.append(doc[t.i + 1])
        for n in near:
            span = next((e for e in names_within(doc, max(0, n.i - 12), n.i + 13) if e.start <= n.i < e.end), None)
            found.add((span.text if span is not None else n.text).lower())
    return found


def find(doc: Doc, drafts: list[Draft], publisher: str | None = None, tags: Tags | None = None) -> Found:
    """The sources of these drafts; an outlet that is the article's own publisher is ``outlet_itself``.

    ``tags``: what the tagger says of the kinds of source, heard where it is surer than rules can be.
    """
    cast = _Cast(doc)
    resolver = _Resolver(doc, cast)
    ids: list[str | None] = []
    for d in drafts:
        resolved = resolver.resolve(d)
        ids.append(resolved.key if resolved else None)
    if tags is not None:
        _second_opinion(resolver.known, drafts, ids, tags)
    for r in resolver.known.values():
        if publisher and r.kind in _MAY_BE_OUTLET and r.name[:1].isupper() and _same_outlet(r.name, publisher):
            r.kind = SourceKind.OUTLET_ITSELF
    _name_later(list(resolver.known.values()))
    ordered = sorted(resolver.known.values(), key=lambda r: r.order)
    names = {r.key: f"s{i + 1}" for i, r in enumerate(ordered)}
    return Found(
        sources=tuple(_source(names[r.key], r, doc) for r in ordered),
        of_draft=tuple(names[k] if k else None for k in ids),
    )


class _Resolver:
    def __init__(self, doc: Doc, cast: _Cast) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.cast = cast
        self.known: dict[str, Resolved] = {}
        self.by_draft: dict[int, Resolved | None] = {}
        self.recent: list[tuple[int, Resolved]] = []  # (position, source), in reading order of resolution
        self.drafts: list[Draft] = []

    def resolve(self, d: Draft) -> Resolved | None:
        self.drafts.append(d)
        found: Resolved | None = None
        if d.speaker_of is not None:
            found = self.by_draft.get(id(d.speaker_of))
        elif d.source_head is not None and d.source:
            found = self._head(d.source_head, d)
            if found is not None:
                found.mentions.update(d.source)
        self.by_draft[id(d)] = found
        if found is not None:
            position = d.source[0][0] if d.source else d.content[0][0]
            self.recent.append((position, found))
            self._where(found, d)
        return found

    # -- which source

    def _head(self, h: Token, d: Draft) -> Resolved | None:
        low = h.lower_
        if low in _PERSON_PRONOUNS:
            return self._person_pronoun(h, _PERSON_PRONOUNS[low])
        if low in _FIRST:
            return self._first_person(h, d, plural=low in ("we", "us", "our", "ours"))
        if low in _PLURAL:
            return self._plural(h)
        if low in _THING:
            return self._thing(h)
        if (
            low in ("you", "your", "one", "everyone", "everybody", "nobody", "anyone", "someone", "who", "whoever")
            and h.pos_ == "PRON"
        ):
            if low == "who":
                return None
            return self._add(
                f"pronoun:{low}",
                h.text,
                SourceKind.UNNAMED_PERSON if low in ("someone", "one") else SourceKind.UNNAMED_GROUP,
                h,
            )
        appos = next(
            (c for c in h.children if c.dep_ == "appos" and c.i in self.cast.at and self.cast.at[c.i].kind == "person"),
            None,
        )
        if h.i in self.cast.at and self.cast.at[h.i].kind == "person":
            return self._person(self.cast.at[h.i], h)
        if appos is None and (_role_word(h) or h.pos_ == "NOUN" or (h.pos_ == "PROPN" and h.i not in self.cast.at)):
            appos = self._named_within(h, d)
        if appos is not None and (h.pos_ != "PROPN" or _role_word(h)) and self.cast.at[appos.i].kind == "person":
            person = self.cast.at[appos.i]
            found = self._person(person, appos)
            found.role = found.role or _np_text(h, person_root=appos)
            for name, entry in _role_affiliations(h, skip=appos).items():
                found.affiliations.setdefault(name, entry)
            return found
        body = next(
            (c for c in h.children if c.dep_ == "appos" and c.i in self.cast.at and self.cast.at[c.i].kind == "group"),
            None,
        )
        if (
            body is not None
            and h.pos_ == "NOUN"
            and h.lemma_.lower() not in PERSON_ROLES
            and h.lemma_.lower() not in DOCUMENT_NOUNS
        ):
            return self._group(self.cast.at[body.i], body)  # "its manufacturer, Brellin Foods"
        if h.i in self.cast.at and (
            h.pos_ == "PROPN" or (not _role_word(h) and h.lemma_.lower() not in ("parent", "supporter"))
        ):
            return self._group(self.cast.at[h.i], h)
        if (known_person := self._by_text(h, d)) is not None:
            return self._person(known_person, h)
        # "Mr. Abboud" missed by the model but known by last name
        if h.pos_ == "PROPN":
            known = self.cast._by_last.get(h.lower_)
            if known is not None:
                return self._person(known, h)
            return self._proper(h)
        return self._common(h, d)

    def _named_within(self, h: Token, d: Draft | None) -> Token | None:
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
                lead = self.doc[ent.start - 1]
                ends = ent.end_char >= e - 1 and lead.pos_ not in ("ADP", "VERB", "PUNCT", "CCONJ") and _role_word(h)
                if lead.text == "," or lead.lower_ in ("named", "called") or lead.i == h.i or _role_word(lead) or ends:
                    return ent.root
        return None

    def _by_text(self, h: Token, d: Draft | None) -> Entity | None:
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
        for e in self.cast.persons:
            name = normal(e.name).split()
            if len(name) > len(words) and (name[-len(words) :] == words or name[: len(words)] == words):
                return e
        return None

    def _person(self, e: Entity, h: Token) -> Resolved:
        found = self._add(f"person:{e.name.lower()}", e.name, SourceKind.NAMED_PERSON, h)
        found.entity = e
        found.role = found.role or e.role
        for name, entry in e.affiliations.items():
            found.affiliations.setdefault(name, entry)
        return found

    def _group(self, e: Entity, h: Token) -> Resolved:
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
        found = self._add(f"group:{name.lower()}", name, kind, h)
        found.entity = e
        if kind == SourceKind.NAMED_GROUP:
            found.affiliations.setdefault(name, (e.mentions[0] if e.mentions else None, 1.0, False))
        return found

    def _proper(self, h: Token) -> Resolved | None:
        start = h.i
        while start > 0 and self.doc[start - 1].pos_ == "PROPN" and self.doc[start - 1].head in (h, self.doc[start]):
            start -= 1
        name = self.doc[start : h.i + 1].text
        if is_outlet(name) or is_outlet(h.text) or name.lower() in self.cast.outlets:
            return self._add(f"group:{name.lower()}", name, SourceKind.OUTLET, h)
        role = any(_role_word(c) for c in h.children if c.dep_ in ("compound", "appos"))
        titled = start > 0 and self.doc[start - 1].lower_.rstrip(".") in TITLES_MALE | TITLES_FEMALE | {
            "dr",
            "prof",
            "rep",
            "sen",
            "gov",
            "gen",
            "col",
        }
        personal = (
            role
            or titled
            or self.doc[start].lower_.rstrip(".") in {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "prof"}
        )
        kind = SourceKind.NAMED_PERSON if personal else SourceKind.NAMED_GROUP
        if h.lower_ in DOCUMENT_NOUNS:
            kind = SourceKind.DOCUMENT
        if h.lower_ in POLL_NOUNS:
            kind = SourceKind.POLL
        if h.lower_ in PERSON_ROLES and h.i == start:
            return self._common(h, None)
        return self._add(f"name:{name.lower()}", name, kind, h)

    def _common(self, h: Token, d: Draft | None) -> Resolved | None:
        lemma = h.lemma_.lower()
        text = _np_text(h, full=True)
        if h.text.isupper() and len(h.text) > 2:  # an acronym that the model took for a noun
            known = next((g for g in self.cast.groups if g.name == h.text or _initials(g.name) == h.text), None)
            return (
                self._group(known, h)
                if known is not None
                else self._add(f"group:{h.text.lower()}", h.text, SourceKind.NAMED_GROUP, h)
            )
        if lemma in ("couple", "pair", "duo", "trio"):
            return self._add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
        plural = h.tag_ in ("NNS", "NNPS") or lemma in ("people",)
        definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in h.children) or any(
            c.dep_ == "poss" for c in h.children
        )
        indefinite = any(
            c.dep_ in ("det", "nummod") and c.lower_ in ("a", "an", "one", "another", "some", "several")
            for c in h.children
        )
        owner = self._owner(h)
        if lemma in POLL_NOUNS:
            return self._thing_source(h, text, SourceKind.POLL, definite)
        if lemma in POST_NOUNS and (owner is None or lemma in ("tweet", "post")):
            return self._thing_source(h, text, SourceKind.POST, definite)
        if (
            lemma in OUTLET_NOUNS
            and not plural
            and lemma not in ("press", "media", "paper", "station", "network", "agency")
        ):
            name_child = next((c for c in h.children if c.dep_ in ("appos", "compound") and c.pos_ == "PROPN"), None)
            if name_child is not None:
                e = self.cast.at.get(name_child.i)
                return self._add(
                    f"group:{(e.name if e else name_child.text).lower()}",
                    e.name if e else name_child.text,
                    SourceKind.OUTLET,
                    h,
                )
            recent = self._last(lambda r: r.kind == SourceKind.OUTLET) if definite else None
            return recent or self._add(f"outlet:{text.lower()}", text, SourceKind.OUTLET, h)
        news = any(c.lower_ in ("news", "media", "press", "television", "radio", "newspaper") for c in h.children)
        if h.lower_ in (
            "media",
            "press",
            "news",
            "television",
            "outlet",
            "outlets",
            "newspapers",
            "paper",
            "station",
            "broadcasters",
        ) or (news and lemma in ("source", "site", "agency", "website", "outlet", "channel", "report", "organization")):
            recent = self._last(lambda r: r.kind == SourceKind.OUTLET) if definite and not plural else None
            return recent or self._add(f"outlet:{text.lower()}", text, SourceKind.OUTLET, h)
        if lemma in DOCUMENT_NOUNS and lemma not in ("source", "agency", "brief") and lemma not in PERSON_ROLES:
            return self._thing_source(h, text, SourceKind.DOCUMENT, definite)
        if lemma in PERSON_ROLES and not plural and lemma != "police":
            if definite and not indefinite:
                person = self._by_role(lemma, h)
                if person is not None:
                    return person
                again = self._last(lambda r: r.kind == SourceKind.UNNAMED_PERSON and r.role == lemma)
                if again is not None and not any(c.dep_ in ("prep", "poss", "compound") for c in h.children):
                    return again
            relation = next((c for c in h.children if c.dep_ == "poss"), None)
            kind = SourceKind.UNNAMED_PERSON
            key = f"role:{text.lower()}" if definite else f"unnamed:{text.lower()}"
            if relation is not None:
                key = f"role:{text.lower()}"
            return self._add(key, text, kind, h)
        if lemma in COLLECTIVE or lemma in NAMED_BODIES:
            if plural and lemma not in NAMED_BODIES:
                return self._add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
            modifier = next(
                (
                    c
                    for c in h.children
                    if c.dep_ in ("compound", "amod", "nmod", "poss")
                    and (c.ent_type_ in ("ORG", "GPE", "NORP", "PERSON") or c.pos_ == "PROPN")
                ),
                None,
            )
            if modifier is not None or lemma in NAMED_BODIES:
                return self._add(f"group:{_bare(text)}", _strip_the(text), SourceKind.NAMED_GROUP, h)
            if definite:
                group = self._last(lambda r: r.kind == SourceKind.NAMED_GROUP)
                entity = self._group_like(lemma, h)
                if entity is not None:
                    return self._group(entity, self.doc[h.i])
                if group is not None and lemma in (
                    "company",
                    "firm",
                    "group",
                    "organization",
                    "organisation",
                    "agency",
                ):
                    return group
                return self._add(f"group:{_bare(text)}", _strip_the(text), SourceKind.NAMED_GROUP, h)
            return self._add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
        if lemma in _QUANTIFIERS or plural or lemma in ("public", "majority", "number", "percent", "handful", "group"):
            of = next((c for c in h.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if lemma == "one" and not plural:
                return self._add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_PERSON, h)
            if lemma in DOCUMENT_NOUNS or (inner is not None and inner.lemma_.lower() in DOCUMENT_NOUNS):
                return self._add(f"doc:{text.lower()}", text, SourceKind.DOCUMENT, h)
            return self._add(f"unnamed:{text.lower()}", text, SourceKind.UNNAMED_GROUP, h)
        if h.pos_ in ("NOUN", "PRON", "NUM", "ADJ", "DET"):
            return self._add(f"unnamed:{text.lower()}", text, _kind_of_unlisted(h, definite), h)
        return None

    def _thing_source(self, h: Token, text: str, kind: SourceKind, definite: bool) -> Resolved:
        if definite and not any(c.dep_ in ("prep", "acl", "relcl", "compound") for c in h.children):
            recent = self._last(lambda r: r.kind == kind and r.key.split(":")[0] in ("doc", "group"))
            if recent is not None and h.lemma_.lower() in recent.name.lower():
                return recent
        return self._add(f"doc:{text.lower()}", text, kind, h)

    def _owner(self, h: Token) -> Token | None:
        return next((c for c in h.children if c.dep_ == "poss"), None)

    # -- antecedents

    def _last(self, fits: object, before: int | None = None) -> Resolved | None:
        for _, r in reversed(self.recent):
            if fits(r):  # type: ignore[operator]
                return r
        return None

    def _person_pronoun(self, h: Token, gender: str) -> Resolved | None:
        paragraph_break = self.text.rfind("\n\n", 0, h.idx)
        best: tuple[float, Resolved | Entity] | None = None
        for position, r in self.recent[-12:]:
            near = position > paragraph_break and r.kind == SourceKind.UNNAMED_GROUP and r is self.recent[-1][1]
            if (r.kind not in (SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON) and not near) or position >= h.idx:
                continue
            if not _gender_fits(r, gender):
                continue
            score = position + 250.0 * (r.kind == SourceKind.NAMED_PERSON)
            if best is None or score > best[0]:
                best = (score, r)
        for e in self.cast.persons:
            if e.gender is not None and e.gender != gender:
                continue
            before = [m for m in e.mentions if m[1] <= h.idx and h.idx - m[0] < 1500]
            if not before:
                continue
            last = before[-1][0]
            token = self._token_at(last, before[-1][1])
            subject = token is not None and token.dep_ in ("nsubj", "nsubjpass")
            in_quote = self._quoted(last) != self._quoted(h.idx)
            score = last + 120.0 * subject - 400.0 * in_quote - (0 if last > paragraph_break else 60)
            if best is None or score > best[0]:
                best = (score, e)
        if best is None:
            return self._add(f"pronoun:{h.lower_}", h.text, SourceKind.UNNAMED_PERSON, h)
        found = best[1] if isinstance(best[1], Resolved) else self._person(best[1], h)
        entity = found.entity
        if entity is not None and entity.gender is None:
            entity.gender = gender
        return found

    def _quoted(self, at: int) -> bool:
        return any(q.start <= at < q.end for d in self.drafts for q in d.quotes)

    def _token_at(self, s: int, e: int) -> Token | None:
        span = self.doc.char_span(s, e, alignment_mode="expand")
        return span.root if span is not None else None

    def _first_person(self, h: Token, d: Draft, plural: bool) -> Resolved | None:
        outer: Draft | None = None
        for other in self.drafts[:-1]:
            if any(s <= h.idx < e for s, e in other.content) and not any(s <= h.idx < e for s, e in other.cue):
                outer = other if outer is None or other.content[0][0] >= outer.content[0][0] else outer
        speaker = self.by_draft.get(id(outer)) if outer is not None else None
        if speaker is None:
            return self._add(
                f"pronoun:{h.lower_}", h.text, SourceKind.UNNAMED_GROUP if plural else SourceKind.UNNAMED_PERSON, h
            )
        if not plural:
            return speaker
        groups = [g for g in speaker.affiliations if not set(normal(g).split()) <= set(normal(speaker.name).split())]
        if speaker.kind == SourceKind.NAMED_PERSON and groups:
            name = groups[0]
            found = self._add(f"group:{name.lower()}", name, SourceKind.NAMED_GROUP, h)
            found.affiliations.setdefault(name, speaker.affiliations[name])
            return found
        return speaker

    def _plural(self, h: Token) -> Resolved | None:
        groups = (SourceKind.UNNAMED_GROUP, SourceKind.NAMED_GROUP, SourceKind.OUTLET)
        found = self._last(lambda r: r.kind in groups)
        paragraph = self.text.rfind("\n\n", 0, h.idx)
        if found is not None and h.dep_ == "nsubj" and self.recent[-1][1] is found and self.recent[-1][0] > paragraph:
            return found
        # a plural subject earlier in this sentence or the one before is nearer than an older source
        for t in reversed(self.doc[max(0, h.i - 40) : h.i]):
            if t.dep_ in ("nsubj", "nsubjpass") and t.tag_ in ("NNS", "NNPS") and not t.is_stop:
                return self._head(t, None)  # type: ignore[arg-type]
        return found or self._add("pronoun:they", h.text, SourceKind.UNNAMED_GROUP, h)

    def _thing(self, h: Token) -> Resolved | None:
        found = self._last(
            lambda r: r.kind in (SourceKind.NAMED_GROUP, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.POLL)
        )
        for t in reversed(self.doc[max(0, h.i - 40) : h.i]):
            if t.dep_ in ("nsubj", "nsubjpass") and t.i in self.cast.at and self.cast.at[t.i].kind == "group":
                return self._group(self.cast.at[t.i], t)
        return found or self._add("pronoun:it", h.text, SourceKind.NAMED_GROUP, h)

    def _by_role(self, lemma: str, h: Token) -> Resolved | None:
        """ "the minister": the last person mentioned before who has this role."""
        modifiers = {c.lemma_.lower() for c in h.children if c.dep_ in ("compound", "amod")}
        best: tuple[int, Entity] | None = None
        for e in self.cast.persons:
            role_words = set(re.findall(r"\w+", (e.role or "").lower())) | e.roles
            if lemma in role_words and (
                not modifiers or modifiers & role_words or not (modifiers - {"former", "senior"})
            ):
                before = [m[0] for m in e.mentions if m[0] < h.idx]
                if before and (best is None or before[-1] > best[0]):
                    best = (before[-1], e)
        return self._person(best[1], h) if best else None

    def _group_like(self, lemma: str, h: Token) -> Entity | None:
        best: tuple[int, Entity] | None = None
        for g in self.cast.groups:
            if lemma in g.name.lower().split():
                before = [m[0] for m in g.mentions if m[0] < h.idx]
                if before and (best is None or before[-1] > best[0]):
                    best = (before[-1], g)
        return best[1] if best else None

    # -- describing

    def _unnamed_key(self, key: str, h: Token) -> tuple[str, str | None]:
        """Unnamed people of one role in one group are one source: "three members of C", "one of the C members"."""
        head = h
        if h.lemma_.lower() in _QUANTIFIERS | {"none", "either", "neither", "another", "other", "second", "third"}:
            of = next((c for c in h.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            inner = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
            if inner is None or inner.pos_ in ("NUM", "PRON"):
                last = self._last(lambda r: r.kind in (SourceKind.UNNAMED_GROUP,) and r.key.startswith("unnamed:"))
                return (last.key, last.role) if last is not None else (key, None)
            head = inner
        lemma = head.lemma_.lower()
        ties = _role_affiliations(head, skip=None)
        if ties and lemma in PERSON_ROLES:
            return f"unnamed:{lemma}:{next(iter(ties)).lower()}", lemma
        if lemma in PERSON_ROLES and any(
            c.dep_ == "det" and c.lower_ in ("the", "those", "these") for c in head.children
        ):
            last = self._last(lambda r: r.role == lemma and r.kind == SourceKind.UNNAMED_GROUP)
            if last is not None:
                return last.key, lemma
        return key, None

    def _add(self, key: str, name: str, kind: SourceKind, h: Token) -> Resolved:
        if kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and key.startswith("unnamed:"):
            key, _ = self._unnamed_key(key, h)
        found = self.known.get(key)
        if found is not None and found.kind == SourceKind.UNNAMED_PERSON and kind == SourceKind.UNNAMED_GROUP:
            found.kind = kind
        if found is None:
            found = Resolved(key, name.strip(), kind, order=len(self.known))
            self.known[key] = found
            if kind in (
                SourceKind.UNNAMED_PERSON,
                SourceKind.UNNAMED_GROUP,
                SourceKind.DOCUMENT,
                SourceKind.POLL,
                SourceKind.NAMED_GROUP,
            ):
                found.affiliations.update(_role_affiliations(h, skip=None))
                if h.pos_ == "NOUN":
                    found.role = h.lemma_.lower()
        if kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and not key.startswith("pronoun:"):
            anonymity = self._anonymity(h, found)
            if found.anonymity is None or _GRADES[anonymity.grade] > _GRADES[found.anonymity.grade] or anonymity.reason:
                found.anonymity = anonymity if not (found.anonymity and found.anonymity.reason) else found.anonymity
        return found

    def _anonymity(self, h: Token, found: Resolved) -> Anonymity:
        description = _np_text(h, full=True, long=True)
        grade = _grade(h, bool(found.affiliations))
        reason, span = None, None
        sent = h.sent
        begin, end = sent.start_char, min(len(self.text), sent.end_char)
        if m := ANONYMITY.search(self.text, begin, end):
            if r := ANONYMITY_REASON.match(self.text, m.end(), end):
                reason = r.group("reason").strip().rstrip(",")
                span = (r.start("reason"), r.start("reason") + len(reason))
            elif "authori" in m.group(0).lower():
                whole = _CLAUSE.match(self.text, m.start(), end)
                stop = whole.end() if whole else m.end()
                reason, span = self.text[m.start() : stop], (m.start(), stop)
        return Anonymity(grade=grade, description=description, reason=reason, reason_span=span)

    def _where(self, found: Resolved, d: Draft) -> None:
        """Where the source speaks from, when the words of the attribution say so."""
        if found.place is not None or d.head is None or not d.source:
            return
        s = min(d.source[0][0], d.cue[0][0] if d.cue else d.source[0][0])
        first = d.head.sent.start_char
        if first < s and not any(a < s and first < b for a, b in d.content):
            s = first  # "Speaking from X, she said"
        e = max(d.source[-1][1], d.cue[-1][1] if d.cue else 0)
        sent_end = d.head.sent.end_char
        window = self.doc.char_span(s, min(len(self.text), max(e, min(sent_end, e + 90))), alignment_mode="contract")
        if window is None:
            return
        for ent in names_within(self.doc, window.start, window.end):
            # any name: after "speaking from" the words decide, not the model's label
            if any(a <= ent.start_char < b for a, b in d.content) or ent.start == 0:
                continue
            lead = self.text[max(0, ent.start_char - 40) : ent.start_char].lower()
            if re.search(
                r"(?:speaking|spoke|said|reached|telephone|phone|interview(?:ed)?|based|exiled?|living|lives|live|office|"
                r"operating|message|call) "
                r"(?:\w+ )?(?:\w+ )?(?:from|in|at|outside) (?:the |nearby )?$",
                lead,
            ) or lead.endswith(("exile in ", "exiles in ", "abroad in ", "-based in ")):
                found.place = Place(name=ent.text, span=(ent.start_char, ent.end_char))
                found.affiliations.pop(ent.text, None)
                return


_DEFINITE = re.compile(r"(?:the|his|her|their|its|this)\b|[A-Z]\w+['’]s\b", re.IGNORECASE)
_SURE = 0.7
"""From here the tagger's kind goes before that of the rules: chosen on held-out articles, flat from .5 to .9."""
_TAKEN_FOR_BODIES = frozenset({SourceKind.NAMED_GROUP, SourceKind.OUTLET, SourceKind.DOCUMENT})
_SURE_OF_PERSON = 0.45
"""… and from here where rules took a lone surname for a body or an outlet, which the model of names invites."""


def _second_opinion(known: dict[str, Resolved], drafts: list[Draft], keys: list[str | None], tags: Tags) -> None:
    """Change the kind of sources that the tagger, over all their mentions, surely sees as another kind."""
    starts = [w[0] for w in tags.words]
    votes: dict[str, list[int]] = {}
    for d, key in zip(drafts, keys, strict=True):
        if key is not None and not key.startswith("pronoun:"):
            for s, e in d.source:
                votes.setdefault(key, []).extend(range(bisect_left(starts, s), bisect_left(starts, e)))
    for key, words in votes.items():
        found = known[key]
        if not words or found.kind == SourceKind.OUTLET_ITSELF:
            continue
        kind, sure = kind_at(tags, words)
        if kind in ("none", found.kind.value):
            continue
        if kind == "named_person" and found.kind == SourceKind.UNNAMED_PERSON and not _DEFINITE.match(found.name):
            continue  # "a councillor" stays unnamed, however much like a name's place it looks
        mistaken = kind == "named_person" and found.kind in (
            SourceKind.NAMED_GROUP,
            SourceKind.OUTLET,
            SourceKind.DOCUMENT,
        )
        if sure < (_SURE_OF_PERSON if mistaken else _SURE):
            continue
        found.kind = SourceKind(kind)
        if found.kind in (SourceKind.NAMED_PERSON, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.POLL):
            found.anonymity = None
        elif found.kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and found.anonymity is None:
            found.anonymity = Anonymity(grade="general", description=found.name)


_ABSTRACT = re.compile(
    r"(?:tion|sion|ment|ness|ity|ence|ance|ism|ship|ure|sis|ing|logy|graphy|use|plan|move|death|style)$"
)


def _kind_of_unlisted(h: Token, definite: bool) -> SourceKind:
    """The kind of a source by a noun that no list knows: by its ending, then by how it is used."""
    lemma = h.lemma_.lower()
    if h.pos_ != "NOUN" or lemma.endswith(("ist", "er", "or", "man", "woman", "ian")):
        return SourceKind.UNNAMED_PERSON
    if _ABSTRACT.search(lemma):
        return SourceKind.DOCUMENT
    return SourceKind.NAMED_GROUP if definite else SourceKind.UNNAMED_GROUP


_SPECIFIC, _GENERAL = 1.75, 0.5
_SAYS_NOTHING = frozenset("source people person individual insider one some other others many several".split())
_NOT_TELLING = frozenset(
    "name authorize authorise identify ask want decline request insist wish prefer refuse speak quote".split()
)
_MODIFIERS_NOT_TELLING = frozenset("other some several many anonymous unnamed unidentified more".split())
_FAMILIAR = re.compile(r"\b(?:familiar with|close to|knowledge of|aware of)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:briefed on|(?:has|have|had|who) seen|(?:who )?(?:attended|took part|was present|were present|worked|works|"
    r"saw|heard|watched|handled|pulled)|was on duty|serving|involved in|present at|"
    r"in the room|guarding|at the meeting)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^,.;\n”\"]+")


def _grade(h: Token, tied: bool) -> Literal["vague", "general", "specific"]:
    """How much a description tells of an unnamed source: who in what body, or what puts them in a position to know."""
    lemma = h.lemma_.lower()
    words = text_of(h.doc)[h.idx : h.doc[h.right_edge.i].idx + len(h.doc[h.right_edge.i])]
    telling = 1.0 * tied + (0.75 if tied and lemma not in _SAYS_NOTHING else 0.0)
    if _PLACED.search(words):
        telling += _SPECIFIC
    for c in h.subtree:
        if c.dep_ in ("relcl", "acl") and c.lemma_ not in _NOT_TELLING and not _FAMILIAR.search(words):
            telling += 1
        elif c.dep_ in ("compound", "amod") and c.head == h and c.lower_ not in _MODIFIERS_NOT_TELLING:
            telling += 0.5
    if telling >= _SPECIFIC:
        return "specific"
    if lemma in _SAYS_NOTHING and telling < _GENERAL:
        return "vague"
    return "general"


def _name_later(found: list[Resolved]) -> None:
    """ "researchers at X" in the lead, and further down one of them by name: not anonymous, only summed up."""
    people = [r for r in found if r.kind == SourceKind.NAMED_PERSON]
    for r in found:
        if r.anonymity is None or r.anonymity.reason or r.kind != SourceKind.UNNAMED_GROUP:
            continue
        groups = {normal(a) for a in r.affiliations}
        role = (r.role or "").rstrip("s")
        for p in people:
            words = {w.rstrip("s") for w in re.findall(r"[a-z-]+", (p.role or "").lower())}
            if p.order > r.order and (
                groups & {normal(a) for a in p.affiliations} or (role and role in words and role != "source")
            ):
                r.anonymity = r.anonymity.model_copy(update={"named_later": p.name})
                break


def _same_outlet(name: str, publisher: str) -> bool:
    a, b = normal(name).split(), normal(publisher).split()
    return bool(a) and (a == b or b[-len(a) :] == a or a[-len(b) :] == b)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())


_MAY_BE_OUTLET = frozenset({SourceKind.OUTLET, SourceKind.NAMED_GROUP, SourceKind.DOCUMENT, SourceKind.NAMED_PERSON})
_GRADES = {"vague": 0, "general": 1, "specific": 2}


def _gender_fits(r: Resolved, gender: str) -> bool:
    if r.entity is not None and r.entity.gender is not None:
        return r.entity.gender == gender
    words = set(r.name.lower().split())
    if words & MALE_ROLES:
        return gender == "m"
    if words & FEMALE_ROLES:
        return gender == "f"
    return True


def _role_word(t: Token) -> bool:
    return t.lemma_.lower() in PERSON_ROLES or t.lower_ in PERSON_ROLES


def _role_affiliations(n: Token, skip: Token | None, bare: bool = False) -> dict[str, tuple[Range | None, float, bool]]:
    """Groups that a role noun ties its holder to: "member of C", "C spokesman", "C's chief", "close to C"."""
    out: dict[str, tuple[Range | None, float, bool]] = {}
    former = any(
        c.dep_ in ("amod", "advmod") and c.lower_ in ("former", "ex", "onetime", "then", "retired") for c in n.children
    )
    role = _role_word(n) or n.lemma_.lower() in ("source", "people", "individual", "person", "activist") or not bare

    def put(t: Token, strength: float = 1.0) -> None:
        if skip is not None and (t == skip or (skip.is_ancestor(t) and not n.is_ancestor(t))):
            return
        name, span = _group_name(t)
        known = names_of(t.doc).of(t)
        if (
            known is not None
            and not (known.person and t.ent_type_ != "PERSON")
            and (not name or len(known.canonical.split()) >= len(name.split()))
        ):
            name = known.canonical
        if name:
            out.setdefault(name, (span, strength, former))

    for c in n.children:
        if c.dep_ == "poss" and c.lower_ in ("its", "their") and role:
            owner = names_of(c.doc).owner(c)
            if owner is not None:
                out.setdefault(owner.canonical, ((c.idx, c.idx + len(c)), 0.8, former))
        if bare and not role and c.dep_ == "prep" and c.lower_ in ("of", "from", "with", "at"):
            # "Tim Brand of Creative Strategies": a body, not a place
            for p in c.children:
                body = names_of(p.doc).of(p)
                if p.dep_ == "pobj" and (
                    p.ent_type_ == "ORG"
                    or (body is not None and not body.person and p.ent_type_ not in ("GPE", "LOC", "NORP"))
                ):
                    put(p)
        if c.dep_ == "prep" and c.lower_ in ("of", "for", "from", "with", "at", "in", "to") and role:
            for p in c.children:
                if p.dep_ == "pobj" and (
                    names_of(p.doc).of(p) is not None
                    or p.ent_type_ in ("ORG", "NORP", "GPE", "PERSON", "FAC", "PRODUCT", "LOC")
                    or p.pos_ == "PROPN"
                    or p.lemma_.lower() in COLLECTIVE
                ):
                    if c.lower_ in ("in", "to") and not (
                        p.ent_type_ in ("ORG", "NORP") or p.lemma_.lower() in COLLECTIVE
                    ):
                        continue
                    put(p)
                    for k in p.children:
                        if (
                            k.dep_ == "prep"
                            and k.lower_ == "of"
                            and p.lemma_.lower() in COLLECTIVE | {"wing", "branch", "faction"}
                        ):
                            for q in k.children:
                                if q.dep_ == "pobj" and q.ent_type_ in ("ORG", "NORP", "GPE"):
                                    put(q)
        elif (
            not bare
            and c.dep_ in ("compound", "nmod", "poss", "amod")
            and (
                names_of(c.doc).of(c) is not None
                or c.ent_type_ in ("ORG", "GPE", "NORP", "PERSON")
                or (c.pos_ == "PROPN" and c.dep_ != "amod")
            )
            and c.ent_type_ not in ("DATE", "CARDINAL")
        ):
            if not (
                skip is not None
                and c.ent_type_ == "PERSON"
                and skip.is_ancestor(c)
                and c.dep_ == "compound"
                and n == skip
            ):
                put(c)
        elif bare and c.dep_ in ("compound", "nmod") and c.ent_type_ in ("ORG", "GPE", "NORP"):
            put(c)
        elif c.dep_ == "relcl" and c.lemma_ in (
            "lead",
            "head",
            "represent",
            "command",
            "run",
            "chair",
            "advise",
            "found",
        ):
            for o in c.children:
                if o.dep_ == "dobj" and (o.ent_type_ in ("ORG", "NORP", "GPE", "PERSON") or o.pos_ == "PROPN"):
                    put(o)
        elif c.dep_ in ("amod", "acl", "relcl") and c.lower_ in (
            "close",
            "loyal",
            "linked",
            "allied",
            "affiliated",
            "aligned",
        ):
            for p in c.children:
                if p.dep_ == "prep" and p.lower_ in ("to", "with"):
                    for q in p.children:
                        if q.dep_ == "pobj" and (q.ent_type_ or q.pos_ == "PROPN" or q.lemma_.lower() in COLLECTIVE):
                            put(q, 0.8)
    for c in n.children:
        if c.dep_ == "compound" and c.lemma_.lower() in PERSON_ROLES and c != skip and bare is False:
            for name, entry in _role_affiliations(c, skip=skip).items():
                out.setdefault(name, entry)
        if bare and c.dep_ in ("compound", "nmod") and _role_word(c):
            for name, entry in _role_affiliations(c, skip=n).items():
                out.setdefault(name, entry)
    return out


def _group_name(t: Token) -> tuple[str, Range | None]:
    """The name of the group a token heads, without article and possessive."""
    doc = t.doc
    if t.ent_type_:
        start, end = t.i, t.i + 1
        while start > 0 and doc[start - 1].ent_type_ == t.ent_type_ and doc[start].ent_iob_ == "I":
            start -= 1
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        # the model cuts "Free Valley Front" short; take the proper nouns that belong to it
        while (
            start > 0
            and doc[start - 1].pos_ == "PROPN"
            and doc[start - 1].dep_ == "compound"
            and doc[start - 1].head.i <= t.i + 2
            and doc[start - 1].ent_iob_ == "O"
        ):
            start -= 1
    else:
        start, end = t.i, t.i + 1
        while (
            start > 0
            and doc[start - 1].dep_ in ("compound", "amod", "nmod")
            and doc[start - 1].head.i <= t.i
            and (doc[start - 1].pos_ == "PROPN" or (t.pos_ == "NOUN" and doc[start - 1].ent_type_))
        ):
            start -= 1
    while start < end - 1 and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start + 1 and (doc[end - 1].lower_ in ("'s", "’s", "'") or doc[end - 1].is_punct):
        end -= 1
    text = doc[start:end].text.strip()
    if not text or text.lower() in ("the", "a") or not any(c.isalpha() for c in text):
        return "", None
    return text, (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _np_text(h: Token, full: bool = False, long: bool = False, person_root: Token | None = None) -> str:
    """A short text of the noun phrase: to its head, with "of …" for full; with clauses for long."""
    doc = h.doc
    start, end = h.left_edge.i, h.i + 1
    if person_root is not None and start <= person_root.i < h.i:
        start = person_root.i + 1
    if full or person_root is not None:
        for c in h.children:
            if (
                c.dep_ == "prep"
                and c.i == end
                and c.lower_ in ("of", "for", "at", "from", "in", "with", "to", "on", "by", "about")
            ):
                end = c.right_edge.i + 1
                if person_root is not None and c.i < person_root.i < end:
                    end = person_root.i
            elif full and c.dep_ == "amod" and c.i == end:
                end = c.right_edge.i + 1
    if long:
        end = max(end, min(h.right_edge.i + 1, h.i + 25))
    tokens = doc[start:end]
    text = tokens.text.strip(' ,;:—–-\n"“”')
    for mark in (", who", ", which", "\n"):
        if not long and mark in text:
            text = text.split(mark)[0]
    return text[:160]


def _clean_name(ent: DocSpan) -> str:
    text = re.sub(r"\s+", " ", ent.text).strip(" ,.;:\"“”'’()")
    text = _SUFFIX.sub("", text)
    return re.sub(r"^(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Prof|Sir|Mx)\.? ", "", text)


def _strip_the(text: str) -> str:
    return re.sub(r"^[Tt]he\s+", "", text)


def _bare(text: str) -> str:
    return _strip_the(text).lower()


def _source(source_id: str, r: Resolved, doc: Doc) -> Source:
    mentions = set(r.mentions)
    if r.entity is not None:
        mentions.update(r.entity.mentions)
    affiliations = []
    own = set(normal(r.name).split())
    for name, (span, strength, former) in list(r.affiliations.items())[:4]:
        if r.kind == SourceKind.NAMED_PERSON and set(normal(name).split()) <= own:
            continue  # a part of the person's own name
        category = category_of(name)
        if category == AffiliationCategory.OTHER and r.role:
            for word in re.findall(r"[a-z-]+", r.role.lower())[::-1]:
                if word in PERSON_ROLES:
                    category = PERSON_ROLES[word]
                    break
        affiliations.append(Affiliation(name=name, category=category, span=span, former=former, strength=strength))
    return Source(
        id=source_id,
        name=r.name,
        kind=r.kind,
        mentions=tuple(sorted(mentions)),
        role=r.role,
        affiliations=tuple(affiliations),
        anonymity=r.anonymity,
        speaks_from=r.place,
    )


def speaks_for(source: Source) -> bool:
    """Whether the source's role is one that speaks for its group."""
    words = set(re.findall(r"[a-z-]+", (source.role or "").lower()))
    return bool(words & SPOKES_ROLES)
