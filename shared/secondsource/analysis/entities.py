"""The names of an article and their short forms: "the Ondresian National Council", "the council".

Proper-noun chunks of the parse, joined by exact form, by being a shorter form of an earlier one, and by
definite common nouns that repeat a name's last word. It serves where the named-entity model is too coarse:
groups of invented or little known names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from secondsource.analysis.first_names import gender_of
from secondsource.analysis.names import PERSON_ROLES, category_of, is_outlet
from secondsource.analysis.namesakes import Bearer, gender_told, meant
from secondsource.analysis.titles import PARTS_OF_TITLES
from secondsource.model import AffiliationCategory
from secondsource.text.naming import normal, without_article

_GLUE = frozenset("of for - &".split())
_SHORTEST = 3
"""Letters of a name that is too short to be found again in a longer one."""
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mr mrs ms dr sir i rep sen gov del prof hon rev gen col maj capt lt sgt "
    "congressman congresswoman challenger incumbent crooked lyin lying sleepy crazy little".split()
)


_WORDS_OF_PERSON = 3
_ALSO_BODIES = frozenset(
    "leader member owner founder partner adviser advisor supplier producer publisher trader broker banker investor "
    "shareholder manager critic opponent insider source consultant specialist contractor guard chair head chief "
    "supporter regulator developer driver expert analyst rebel militant fighter rival witness victim plaintiff "
    "defendant employee employer provider player patron sponsor follower neighbor neighbour resident official fellow "
    "captain major general private survivor veteran candidate campaigner".split()
)
"""Of what a person is, what also a body, a ship or a horse is."""
_BESIDE = frozenset(("compound", "amod", "nmod", "poss"))
"""What a name is to the noun that it stands before."""
_JOINED_BODIES = frozenset({AffiliationCategory.INDUSTRY_GROUP, AffiliationCategory.UNION, AffiliationCategory.NGO})
"""Bodies that are called after their members: "Workers' Union"."""
_TITLE_WORDS = frozenset(PERSON_ROLES) | PARTS_OF_TITLES

_PLACES = frozenset(("GPE", "LOC", "FAC"))
_WHERE = frozenset("in at near from outside around to".split())
_OF_PLACES = frozenset(
    "mayor governor minister premier chancellor prefect king queen emir sultan ambassador sheriff government army "
    "military parliament ministry police council population people inhabitant resident citizen voter capital economy "
    "border coast airport port ruler junta regime".split()
)
"""What a town or a country has, but no museum or company in it."""

_OFFICES = frozenset("state defence defense".split())
"""What somebody is the secretary of, which is a name to the parse."""


@dataclass
class Name:
    """A named thing: ``canonical`` is its longest form; ``mentions`` are [start, end) token ranges."""

    canonical: str
    mentions: list[tuple[int, int]] = field(default_factory=list)
    person: bool = False

    @property
    def key(self) -> str:
        """The form names are compared by."""
        return normal(self.canonical)


def is_thing(last: Token) -> bool:
    """Whether a name, by its last word, is none of a person: a plural, or one that "which" goes on to tell of."""
    which = any(
        c.dep_ == "relcl" and any(x.lower_ == "which" and x.dep_ in ("nsubj", "nsubjpass") for x in c.children)
        for c in last.children
    )
    return last.tag_ == "NNPS" or which


def told_as_person(name: Span) -> bool:
    """Whether the text says beside a name what only a person is, whatever the model takes it for.

    "Ines Hallor, a spokeswoman for the firm", "its chief executive, Ines Hallor,"; not "Brellin Foods, a leader in its
    field". Where a body may be that too, by a first name: "its manager, Ines Hallor,".
    """
    if not 1 < len(name) <= _WORDS_OF_PERSON or not all(t.text[:1].isupper() and t.is_alpha for t in name):
        return False
    if is_outlet(name.text):
        return False
    if any(c.dep_ == "appos" and c.i > name.root.i and _only_a_person(c) for c in name.root.children):
        return True
    doc, role = name.doc, name.root.head
    if (
        name.root.dep_ != "appos"
        or role.i >= name.start
        or role.tag_ != "NN"
        or not 0 < name.start < name.end < len(doc)
    ):
        return False
    if doc[name.start - 1].text != "," or doc[name.end].text not in (",", "."):
        return False
    known = role.lemma_.lower() in PERSON_ROLES and gender_of(name[0].text) is not None
    return category_of(name.text) == AffiliationCategory.OTHER and (known or _only_a_person(role))


def _only_a_person(role: Token) -> bool:
    """Whether a noun is what one person is, and no body."""
    lemma = role.lemma_.lower()
    return role.tag_ == "NN" and lemma in PERSON_ROLES and lemma not in _ALSO_BODIES


class Names:
    """All names of a document, and which one a token belongs to."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.all: list[Name] = []
        self._at: dict[int, Name] = {}
        self._by_word: dict[str, dict[int, Name]] = {}
        """Names by each word of their forms and by their place in ``all``: only these can be forms of one another."""
        i = 0
        while i < len(doc):
            end = self._chunk_end(i)
            if end > i:
                for start, stop in self._parts(i, end):
                    self._enter(start, stop)
                i = end
            else:
                self._common(doc[i])
                i += 1

    def of(self, token: Token | int) -> Name | None:
        """The name that the token at this place is part of, or refers back to."""
        return self._at.get(token if isinstance(token, int) else token.i)

    def near(self, token: Token) -> Name | None:
        """The name a noun phrase's head, compound, possessor or "of" complement belongs to."""
        found = self.of(token)
        if found is not None:
            return found
        for c in token.children:
            if (
                c.dep_ in ("compound", "poss", "nmod", "appos", "amod")
                and (found := self.of(c)) is not None
                and not found.person
            ):
                return found
            if c.dep_ == "prep" and c.lower_ == "of":
                for p in c.children:
                    if (found := self.of(p)) is not None:
                        return found
        return None

    def by_text(self, text: str) -> Name | None:
        """The name whose canonical or shortened form a text is."""
        wanted = normal(text)
        for name in self.all:
            if name.key == wanted:
                return name
        words = wanted.split()
        for name in self.all:
            if words and (
                name.key.split()[-len(words) :] == words or (set(words) <= set(name.key.split()) and len(words) > 1)
            ):
                return name
        return None

    def _chunk_end(self, i: int) -> int:
        """The end of the name that begins at a token, "of" and "the" within it taken in; the token itself if none."""
        doc = self.doc
        if not (_named(doc[i]) or self._surname(doc[i])):
            return i
        end = i + 1
        while end < len(doc) and (
            _named(doc[end])
            or (doc[end].pos_ == "NUM" and doc[end].ent_type_ in ("ORG", "FAC"))
            or self._glues(end)
            or self._possesses(end)
        ):
            end += 1
        return end

    def _surname(self, t: Token) -> bool:
        """Whether a word that the parse takes for none is the last name of somebody named before: "Ferro lawyer"."""
        if not t.text[:1].isupper() or t.pos_ not in ("NOUN", "ADJ", "X") or t.dep_ not in _BESIDE:
            return False
        known = self._by_word.get(t.lower_, {}).values()
        return any(n.person and " " in n.key and n.key.split()[-1] == t.lower_ for n in known)

    def _possesses(self, i: int) -> bool:
        """Whether a possessive mark stands within a body's name: "the Hoteliers' Federation"."""
        doc = self.doc
        return (
            doc[i].tag_ == "POS"
            and 0 < i < len(doc) - 1
            and doc[i - 1].text.endswith("s")
            and _named(doc[i + 1])
            and category_of(doc[i + 1].text) in _JOINED_BODIES
        )

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The names in a chunk: a body, a role and a person who has it are two, "White House Press Secretary X"."""
        doc = self.doc
        for k in range(end - 2, start, -1):
            if doc[k].lower_ in PERSON_ROLES and doc[k + 1].ent_type_ == "PERSON" and doc[k].ent_type_ != "PERSON":
                body = k
                while body > start and doc[body - 1].lower_ in _TITLE_WORDS:
                    body -= 1
                return [(start, body), (k + 1, end)] if body > start else [(k + 1, end)]
        person = self._person_within(start, end)
        if person is None:
            return [(start, end)]
        of_office = start > 0 and doc[start - 1].lower_ == "of" and doc[start].lower_ in _OFFICES
        return [(person, end)] if of_office else [(start, person), (person, end)]

    def _person_within(self, start: int, end: int) -> int | None:
        """Where, in a chunk that begins otherwise, a person begins who is named in full: "State Clara Venning"."""
        doc = self.doc
        if doc[start].ent_type_ == "PERSON":
            return None
        for k in range(start + 1, end - 1):
            if doc[k].ent_type_ == "PERSON" and doc[k].ent_iob_ == "B":
                return k if all(t.ent_type_ == "PERSON" for t in doc[k:end]) else None
        return None

    def _glues(self, i: int) -> bool:
        """Whether a small word joins two parts of one name: "Bank of the North", "Harrow-Lund"."""
        doc, word = self.doc, self.doc[i].lower_
        within = doc[i].ent_iob_ == "I"
        if word == "the":
            return within
        if word not in _GLUE or i + 1 >= len(doc) or not (within or word in ("-", "&")):
            return False
        return _named(doc[i + 1]) or (doc[i + 1].lower_ == "the" and i + 2 < len(doc) and _named(doc[i + 2]))

    def _enter(self, start: int, end: int) -> None:
        """Note the name that these tokens are: a new one, or a shorter or longer form of a known one."""
        doc = self.doc
        while start < end - 1 and (
            doc[start].lower_ in PERSON_ROLES
            or doc[start].lower_.rstrip(".") in _NOT_NAMES
            or (doc[start].lower_ in PARTS_OF_TITLES and doc[start + 1].lower_ in PERSON_ROLES)
        ):
            start += 1
        while start < end - 1 and end < len(doc) and doc[end].lower_ == "of" and doc[end - 1].lower_ in PERSON_ROLES:
            end -= 1  # "United States Secretary of State"
        text = doc[start:end].text
        key = normal(text)
        if not key or key in _NOT_NAMES:
            return
        near = self._sharing(key.split())
        found = next((n for n in near if n.key == key), None) or self._shortened(start, end, key.split(), near)
        if found is None and (found := self._lengthened(text, key.split(), near)) is not None:
            found.canonical = without_article(text)
            self._file(found, self.all.index(found))
        if found is None:
            found = Name(without_article(text))
            self.all.append(found)
            self._file(found, len(self.all) - 1)
        person = (
            any(t.ent_type_ == "PERSON" for t in doc[start:end]) and not is_outlet(text) and not is_thing(doc[end - 1])
        ) or told_as_person(doc[start:end])
        found.person = found.person or (person and len(key.split()) >= len(found.key.split()))
        found.mentions.append((start, end))
        for i in range(start, end):
            self._at[i] = found

    def _file(self, name: Name, place: int) -> None:
        for word in name.key.split():
            self._by_word.setdefault(word, {})[place] = name

    def _sharing(self, words: Iterable[str]) -> list[Name]:
        """The names known so far that have one of these words, in the order they came."""
        found: dict[int, Name] = {}
        for word in words:
            found |= self._by_word.get(word, {})
        return [found[place] for place in sorted(found)]

    def _shortened(self, start: int, end: int, words: list[str], near: list[Name]) -> Name | None:
        """The name, of those the one named most, that these words are short for: "Strandley" of "Owen Strandley";
        of several people of one surname the one who is meant, if any."""
        candidates = []
        for n in near:
            known = n.key.split()
            if len(known) > len(words) and (
                known[-len(words) :] == words
                or (len(words) > 1 and set(words) <= set(known))
                or (known[: len(words)] == words and (n.person or not self._place_or_people(start, end, n)))
            ):
                candidates.append(n)
        people = [n for n in candidates if n.person]
        if len(words) == 1 and len(people) > 1 and all(n.key.split()[-1] == words[0] for n in people):
            found = meant([self._bearer(n) for n in people], self.doc[end - 1])
            return people[found] if found is not None else None
        return max(candidates, key=lambda n: (n.person and len(n.mentions), n.mentions[-1][0]), default=None)

    def _bearer(self, person: Name) -> Bearer:
        """One of several people of a surname, by the places where the text names them in full."""
        heads = tuple(self.doc[end - 1] for start, end in person.mentions if end - start > 1)
        told = (gender_told(head) for head in heads)
        return Bearer(heads, next((g for g in told if g), None) or gender_of(person.canonical.split()[0]))

    def _lengthened(self, text: str, words: list[str], near: list[Name]) -> Name | None:
        """The name that these words are a longer form of: "National Council" before "Ondresian National Council"."""
        found = None
        for n in near:
            known = n.key.split()
            if len(known) >= len(words) or len(n.key) <= _SHORTEST:
                continue
            company = not n.person and category_of(text) == AffiliationCategory.CORPORATE
            if words[-len(known) :] == known or (company and words[: len(known)] == known):
                found = n
        return found

    def _place_or_people(self, start: int, end: int, longer: Name) -> bool:
        """Whether a short form is a place or a people: "Ondresian" is not short for the Ondresian council.

        The model's label for a place is not trusted where the longer name is a company's.
        """
        tokens = self.doc[start:end]
        if any(t.ent_type_ == "NORP" or t.pos_ == "ADJ" for t in tokens):
            return True
        return category_of(longer.canonical) != AffiliationCategory.CORPORATE and any(
            t.ent_type_ in ("GPE", "LOC") for t in tokens
        )

    def owner(self, pronoun: Token) -> Name | None:
        """The group behind "its" or "their": a named subject of the sentence or the one before, else the nearest.

        A place that only says where is none, but of what a place has: "a crash near Corda ... its mayor".
        """
        doc, begin = pronoun.doc, pronoun.sent.start
        start = doc[begin - 1].sent.start if begin else 0
        nearest: Name | None = None
        of_place = pronoun.dep_ == "poss" and pronoun.head.lemma_.lower() in _OF_PLACES
        for t in reversed(doc[start : pronoun.i]):
            found = self.of(t)
            if found is None or found.person:
                continue
            if t.dep_ in ("nsubj", "nsubjpass"):
                return found
            if of_place or not _only_where(t):
                nearest = nearest or found
        return nearest

    def _common(self, t: Token) -> None:
        """ "the council": a definite noun that repeats the last word of a name."""
        if t.pos_ not in ("NOUN", "PROPN") or len(t) < 4:
            return
        if not any(c.dep_ in ("det", "poss") for c in t.children) and t.dep_ not in ("poss", "compound"):
            return
        lemma = t.lemma_.lower()
        best: Name | None = None
        for n in self._sharing((lemma, t.lower_)):
            words = n.key.split()
            if (
                not n.person
                and len(words) > 1
                and words[-1] in (lemma, t.lower_)
                and (best is None or n.mentions[-1] > best.mentions[-1])
            ):
                best = n
        if best is not None:
            best.mentions.append((t.i, t.i + 1))
            self._at[t.i] = best


def _only_where(t: Token) -> bool:
    """Whether a name is of a place that only says where something is: "a museum in Corda"."""
    while t.dep_ == "compound":
        t = t.head
    return t.ent_type_ in _PLACES and t.dep_ == "pobj" and t.head.lower_ in _WHERE


def _named(t: Token) -> bool:
    """Whether a token is a part of a name, by its tag, its capital and the model's entities."""
    if t.lower_.rstrip(".") in _NOT_NAMES or t.ent_type_ in ("DATE", "TIME"):
        return False
    if t.pos_ == "PROPN":
        return t.text[:1].isupper() or t.text[:1].isdigit()
    return (
        t.text[:1].isupper()
        and not t.is_sent_start
        and (t.ent_type_ in ("ORG", "NORP", "GPE", "PERSON", "FAC", "LOC"))
        and t.pos_ in ("NOUN", "ADJ", "X", "PROPN")
    )


def names_of(doc: Doc) -> Names:
    """The names of a document, found once."""
    found = doc.user_data.get("names")
    if not isinstance(found, Names):
        found = Names(doc)
        doc.user_data["names"] = found
    return found
