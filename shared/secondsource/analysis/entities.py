"""The names of an article and their short forms: "the Ondresian National Council", "the council".

Proper-noun chunks of the parse, joined by exact form, by being a shorter form of an earlier one, and by
definite common nouns that repeat a name's last word. It serves where the named-entity model is too coarse:
groups of invented or little known names.
"""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from secondsource.analysis.names import PERSON_ROLES, category_of, is_outlet
from secondsource.model import AffiliationCategory

_GLUE = frozenset("of for the and & de la al del van von".split())
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mr mrs ms dr sir i".split()
)
_THE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


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


def normal(name: str) -> str:
    """A name in the form that names are compared by: no article, no possessive, one case."""
    text = re.sub(r"['’]s?$", "", _THE.sub("", name.strip()))
    return re.sub(r"[^\w]+", " ", text).strip().casefold()


class Names:
    """All names of a document, and which one a token belongs to."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.all: list[Name] = []
        self._at: dict[int, Name] = {}
        self._last_mention: dict[int, int] = {}
        i = 0
        while i < len(doc):
            end = self._chunk_end(i)
            if end > i:
                self._enter(i, end)
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
            if c.dep_ in ("compound", "poss", "nmod", "appos", "amod"):
                if (found := self.of(c)) is not None and not found.person:
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
        doc = self.doc
        if not _named(doc[i]):
            return i
        end = i + 1
        while end < len(doc):
            if _named(doc[end]) or (doc[end].pos_ == "NUM" and doc[end].ent_type_ in ("ORG", "FAC")):
                end += 1
            elif (
                doc[end].lower_ in ("of", "for", "-", "&")
                and end + 1 < len(doc)
                and (
                    _named(doc[end + 1])
                    or (doc[end + 1].lower_ == "the" and end + 2 < len(doc) and _named(doc[end + 2]))
                )
                and (doc[end].ent_iob_ == "I" or doc[end].lower_ in ("-", "&"))
            ):
                end += 1
            elif doc[end].lower_ == "the" and doc[end].ent_iob_ == "I":
                end += 1
            else:
                break
        return end

    def _enter(self, start: int, end: int) -> None:
        doc = self.doc
        while start < end - 1 and (doc[start].lower_ in PERSON_ROLES or doc[start].lower_.rstrip(".") in _NOT_NAMES):
            start += 1
        text = doc[start:end].text
        key = normal(text)
        if not key or key in _NOT_NAMES:
            return
        person = any(t.ent_type_ == "PERSON" for t in doc[start:end]) and not is_outlet(text)
        found = next((n for n in self.all if n.key == key), None)
        if found is None:
            words = key.split()
            candidates = [
                n
                for n in self.all
                if len(n.key.split()) > len(words)
                and (
                    n.key.split()[-len(words) :] == words
                    or (set(words) <= set(n.key.split()) and len(words) > 1)
                    or (words == n.key.split()[: len(words)] and (n.person or not self._place_or_people(start, end, n)))
                )
            ]
            if candidates:
                found = max(candidates, key=lambda n: n.mentions[-1][0])
        if found is None:
            longer = [
                n
                for n in self.all
                if len(n.key.split()) < len(key.split())
                and len(n.key) > 3
                and (
                    key.split()[-len(n.key.split()) :] == n.key.split()
                    or (
                        not n.person
                        and key.split()[: len(n.key.split())] == n.key.split()
                        and category_of(text) == AffiliationCategory.CORPORATE
                    )
                )
            ]
            if longer:
                found = longer[-1]
                found.canonical = _THE.sub("", text)
        if found is None:
            found = Name(_THE.sub("", text))
            self.all.append(found)
        found.person = found.person or (person and len(key.split()) >= len(found.key.split()))
        found.mentions.append((start, end))
        for i in range(start, end):
            self._at[i] = found

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
        """The group behind "its" or "their": a named subject of the sentence or the one before, else the nearest."""
        doc, begin = pronoun.doc, pronoun.sent.start
        start = doc[begin - 1].sent.start if begin else 0
        nearest: Name | None = None
        for t in reversed(doc[start : pronoun.i]):
            found = self.of(t)
            if found is None or found.person:
                continue
            if t.dep_ in ("nsubj", "nsubjpass"):
                return found
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
        for n in self.all:
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


def _named(t: Token) -> bool:
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
