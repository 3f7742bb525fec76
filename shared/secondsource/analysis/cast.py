"""The persons and groups that an article names, each once, with all places where it does."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from secondsource.analysis import outlets
from secondsource.analysis.affiliations import Ties, role_affiliations
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import is_thing, names_of, told_as_person
from secondsource.analysis.first_names import gender_of
from secondsource.analysis.names import (
    FEMALE_ROLES,
    MALE_ROLES,
    PERSON_ROLES,
    TITLES_FEMALE,
    TITLES_MALE,
    is_outlet,
)
from secondsource.analysis.namesakes import Bearer, gender_told, meant, own_pronoun
from secondsource.analysis.phrases import clean_name, initials, name_length, np_text, role_word
from secondsource.analysis.titles import name_start, overlooked, roles_in, title_of, titled_person
from secondsource.language.parse import names_within
from secondsource.text.naming import same_first_name

_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_PLACE_IN = frozenset("from in at near".split())
_OUTLET_HEADS = frozenset("newspaper magazine daily weekly broadcaster tabloid newswire broadsheet".split())
_DOERS = {
    verb: frozenset(roles.split())
    for verb, roles in (
        pair.split(": ")
        for pair in "chair: chair chairman chairwoman chairperson|run: manager boss owner|lead: leader head|head: head|"
        "own: owner|manage: manager|coach: coach|teach: teacher|found: founder|drive: driver|farm: farmer|"
        "edit: editor|represent: representative".split("|")
    )
}
"""What somebody is "who chairs the committee"."""


@dataclass
class Entity:
    """Somebody or something the text names, with all places where it does."""

    name: str
    kind: str
    """person or group"""
    mentions: list[Range] = field(default_factory=list)
    gender: str | None = None
    """ "m" or "f" as titles, roles and pronouns tell it; ``likely_gender`` also hears the first name."""
    heads: list[Token] = field(default_factory=list)
    """The last words of the places where a person is named in full."""
    roles: set[str] = field(default_factory=set)
    affiliations: Ties = field(default_factory=dict)
    role: str | None = None

    @property
    def likely_gender(self) -> str | None:
        """The gender told, else that of the first name."""
        if self.gender is not None or self.kind != "person":
            return self.gender
        first, *rest = _given(self.name)
        return gender_of(first) if rest or not self.roles else None


class Cast:
    """The named persons and groups of a document.

    ``at``: who is named at a token, by its index. ``by_last``: persons by their last name in lower case, for each the
    namesakes.
    ``outlets``: lower-case names that the article itself calls a newspaper or the like.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.persons: list[Entity] = []
        self.groups: list[Entity] = []
        self.at: dict[int, Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self._anyone: dict[str, Entity] = {}
        """By last name, who is meant where it could be several."""
        self.outlets = outlets_by_context(doc)
        self._collect()

    def _collect(self) -> None:
        """Go through the model's names in reading order."""
        acronyms: dict[str, Entity] = {}
        ents = sorted([*self.doc.ents, *overlooked(self.doc)], key=lambda ent: ent.start)
        # The model takes lone surnames for places or bodies; a full name elsewhere in the text settles it.
        surnames = {
            word.lower()
            for ent in ents
            if (ent.label_ == "PERSON" or told_as_person(ent) or titled_person(ent))
            and len(words := clean_name(ent, person=True).split()) > 1
            and not is_outlet(" ".join(words))
            for word in words
            if len(word) > 2
        }
        for ent in ents:
            titled = titled_person(ent, surnames)
            name = clean_name(ent, person=titled or ent.label_ == "PERSON")
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
            elif (
                titled
                or told_as_person(ent)
                or (ent.label_ == "PERSON" and _may_be_person(ent, name) and not _short_for_group(self.doc, ent))
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
        words = _given(name)
        last = words[-1].lower()
        known = self.called(last, ent.root) if len(words) == 1 else self._by_full_name(words, gender_told(ent.root))
        if known is None and len(words) == 1 and last not in self.by_last:
            known = self._by_first_name(last)
        if known is None:
            known = Entity(name, "person")
            self.persons.append(known)
            self.by_last.setdefault(last, []).append(known)
        elif len(words) > len(_given(known.name)) and known.name.lower() in name.lower():
            known.name = name
        if len(words) > 1:
            known.heads.append(ent.root)
        self._describe(known, ent)
        return known

    def called(self, last: str, at: Token) -> Entity | None:
        """Whom a last name, in lower case, means at this place; None if nobody of them.

        Where it could be several, it is somebody of that name and no more.
        """
        namesakes = self.by_last.get(last, [])
        found = meant([Bearer(tuple(e.heads), e.likely_gender) for e in namesakes], at)
        if found is not None:
            return namesakes[found]
        fits = [e for e in namesakes if gender_told(at) in (None, e.likely_gender)]
        if len(fits) < 2:
            return None
        if last not in self._anyone:
            self._anyone[last] = Entity(at.text, "person")
            self.persons.append(self._anyone[last])
        return self._anyone[last]

    def _by_full_name(self, words: list[str], gender: str | None) -> Entity | None:
        """Who is known by this name, or by the same last name and a first name that can be the same, or by none."""
        first = words[0].lower().rstrip(".")
        gender = gender or gender_of(words[0])
        namesakes = self.by_last.get(words[-1].lower(), [])
        for e in namesakes:
            if _given(e.name) == words:
                return e
        for e in reversed(namesakes):
            own = _given(e.name)
            if gender is not None and e.gender not in (gender, None):
                continue
            if len(own) == 1 or not _another(own[0].lower().rstrip("."), first):
                return e
        return None

    def _by_first_name(self, first: str) -> Entity | None:
        """Who has this first name, among those named in full."""
        return next((p for p in self.persons if len(w := _given(p.name)) > 1 and w[0].lower() == first), None)

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
        person.gender = gender_told(root) or person.gender
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
                person.roles |= _DOERS.get(c.lemma_, frozenset())
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
        self._titled(person, title_of(self.doc, name_start(ent)))
        person.gender = person.gender or (own_pronoun(root) if person.likely_gender is None else None)

    def _titled(self, person: Entity, title: Span) -> None:
        """The roles in a title, and the title itself where it says more than the role found so far."""
        roles = roles_in(title)
        person.roles |= roles
        if roles & MALE_ROLES:
            person.gender = "m"
        if roles & FEMALE_ROLES:
            person.gender = "f"
        if any(t.lower_ in PERSON_ROLES for t in title) and (person.role is None or person.role in title.text):
            person.role = title.text


def _given(name: str) -> list[str]:
    """The words of a person's name without what they are called by before it: "Lady Hale" is Hale."""
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES_MALE | TITLES_FEMALE:
        words = words[1:]
    return words


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
