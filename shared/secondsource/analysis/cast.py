"""The persons and groups that an article names, each once, with all places where it does."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from secondsource.analysis import outlets
from secondsource.analysis.affiliations import Ties, role_affiliations
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import is_thing, names_of, told_as_person
from secondsource.analysis.names import (
    FEMALE_ROLES,
    MALE_ROLES,
    PERSON_ROLES,
    TITLES_FEMALE,
    TITLES_MALE,
    is_outlet,
)
from secondsource.analysis.phrases import clean_name, initials, name_length, np_text, role_word
from secondsource.language.parse import names_within
from secondsource.text.naming import same_first_name

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_PLACE_IN = frozenset("from in at near".split())
_OUTLET_HEADS = frozenset("newspaper magazine daily weekly broadcaster tabloid newswire broadsheet".split())


@dataclass
class Entity:
    """Somebody or something the text names, with all places where it does."""

    name: str
    kind: str
    """person or group"""
    mentions: list[Range] = field(default_factory=list)
    gender: str | None = None
    roles: set[str] = field(default_factory=set)
    affiliations: Ties = field(default_factory=dict)
    role: str | None = None


class Cast:
    """The named persons and groups of a document.

    ``at``: who is named at a token, by its index. ``by_last``: persons by their last name in lower case.
    ``outlets``: lower-case names that the article itself calls a newspaper or the like.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.persons: list[Entity] = []
        self.groups: list[Entity] = []
        self.at: dict[int, Entity] = {}
        self.by_last: dict[str, Entity] = {}
        self.outlets = outlets_by_context(doc)
        self._collect()

    def _collect(self) -> None:
        """Go through the model's names in reading order."""
        acronyms: dict[str, Entity] = {}
        # The model takes lone surnames for places or bodies; a full name elsewhere in the text settles it.
        surnames = {
            word.lower()
            for ent in self.doc.ents
            if (ent.label_ == "PERSON" or told_as_person(ent))
            and len(words := clean_name(ent).split()) > 1
            and not is_outlet(" ".join(words))
            for word in words
            if len(word) > 2
        }
        for ent in self.doc.ents:
            name = clean_name(ent)
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
            elif told_as_person(ent) or (
                ent.label_ == "PERSON" and _may_be_person(ent, name) and not _short_for_group(self.doc, ent)
            ):
                entity = self._person(name, ent)
            elif ent.label_ in ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "EVENT"):
                entity = self._group(name, acronyms)
            else:
                continue
            entity.mentions.append((ent.start_char, ent.start_char + name_length(ent)))
            for t in ent:
                self.at[t.i] = entity

    def _person(self, name: str, ent: Span) -> Entity:
        """The person of this name: one known by it or by a shorter or longer form, or a new one."""
        words = name.split()
        last = words[-1].lower()
        known = self.by_last.get(last)
        if known is None and len(words) == 1:
            known = next(
                (p for p in self.persons if p.name.split()[0].lower() == last and len(p.name.split()) > 1), None
            )
        if (
            known is not None
            and len(words) > 1
            and len(known.name.split()) > 1
            and _another(known.name.split()[0].lower().rstrip("."), words[0].lower().rstrip("."))
            and words[0].lower().rstrip(".") not in ("mr", "mrs", "ms", "dr")
            and last == known.name.split()[-1].lower()
        ):
            known = next((p for p in self.persons if p.name == name), None)
        if known is None:
            known = Entity(name, "person")
            self.persons.append(known)
        elif len(words) > len(known.name.split()) and known.name.lower() in name.lower():
            known.name = name
        self.by_last[last] = known
        self._describe(known, ent)
        return known

    def _group(self, name: str, acronyms: dict[str, Entity]) -> Entity:
        """The group of this name: one known by it, by its acronym or by a longer form, or a new one."""
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
        letters = initials(bare)
        if len(letters) > 1:
            acronyms.setdefault(letters, entity)
        return entity

    def _describe(self, person: Entity, ent: Span) -> None:
        """Roles, gender and affiliation that stand beside the name."""
        root = ent.root
        before = self.doc[ent.start - 1].lower_.rstrip(".") if ent.start else ""
        first = ent[0].lower_.rstrip(".")
        if before in TITLES_MALE or first in TITLES_MALE:
            person.gender = "m"
        if before in TITLES_FEMALE or first in TITLES_FEMALE:
            person.gender = "f"
        nouns: list[Token] = []
        nouns += [c for c in root.children if c.dep_ in ("compound", "nmod", "amod") and role_word(c) and c.i < root.i]
        title = self.doc[ent.start - 1] if ent.start else root
        if title.dep_ == "compound" and title.head in ent and title not in nouns and role_word(title):
            nouns.append(title)  # "Chief Executive Ana Lorn", where it hangs on the first name
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
                    person.role = np_text(m, person_root=root)
                for name, entry in role_affiliations(m, skip=root).items():
                    person.affiliations.setdefault(name, entry)
        for name, entry in role_affiliations(root, skip=None, bare=True).items():
            person.affiliations.setdefault(name, entry)


def _short_for_group(doc: Doc, ent: Span) -> bool:
    """Whether a lone name is short for a longer name of a group: "Brellin", after "Brellin Foods"."""
    name = names_of(doc).of(ent.root)
    return name is not None and not name.person and len(name.canonical.split()) > len(ent)


def _may_be_person(ent: Span, name: str) -> bool:
    """Whether what the model calls a person can be one."""
    if is_outlet(name) or is_thing(ent.root) or ent.root.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
        return False
    if name.lower() in _DAYS or ((outlet := outlets.known(name)) is not None and outlet.kind == "social"):
        return False
    # a lone name after "from" or "in" is a place, whatever the model says
    return not (" " not in name and ent.root.dep_ == "pobj" and ent.root.head.lower_ in _PLACE_IN)


def _another(first: str, other: str) -> bool:
    """Whether two first names, in lower case, are of two people: not "m" and "mary", nor "j.k" and "joanne"."""
    if any(len(name) == 1 or "." in name for name in (first, other)):
        return first[0] != other[0]
    return not same_first_name(first, other)


def outlets_by_context(doc: Doc) -> set[str]:
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
