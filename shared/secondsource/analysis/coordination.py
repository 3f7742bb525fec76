"""Who speaks together: "X and Y said"."""

import re

from spacy.tokens import Doc, Span, Token

from secondsource.analysis.cast import Cast
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import names_of
from secondsource.analysis.names import COLLECTIVE
from secondsource.analysis.phrases import role_word
from secondsource.language.parse import text_of

_WITH_THEM = frozenset("other others more colleague all family one".split())
"""Who is no source beside the first: "Haver and her colleagues"."""
_OWN = frozenset(("det", "poss", "nummod"))
_EDGE = re.compile(r"^(?:both|either)\s+|[\s,;]+(?:and|or|as well as)?\s*$|\s+(?:and|or|as well as)\s*$", re.IGNORECASE)
_LONGEST_TITLE = 6
"""Words at most that stand before a name and tell who it is."""


def in_a_row(doc: Doc, cast: Cast, source: list[Range]) -> list[tuple[Token, Span]]:
    """The people of "ROLE NAME and ROLE NAME", each with the role; none if a source has another form.

    The parse hangs one of them elsewhere where a role has several words: "council leader Ana Lorn and harbour master
    Karl Voss said".
    """
    span = doc.char_span(*source[0], alignment_mode="contract") if len(source) == 1 else None
    if span is None:
        return []
    found: list[tuple[Token, Span]] = []
    at = span.start
    while at < span.end:
        name = at
        while name < span.end and not _person(cast, name):
            name += 1
        if name == span.end or not _title_of_one(doc[at:name]):
            return []
        end = name + 1
        while end < span.end and cast.at.get(end) is cast.at[name]:
            end += 1
        if end - at == 1 or any(cast.at[name] is cast.at[t.i] for t, _ in found):
            return []
        found.append((doc[end - 1], doc[at:name]))
        joins = end
        while joins < span.end and doc[joins].lower_ in (",", "and"):
            joins += 1
        if end < span.end and joins in (end, span.end):
            return []
        at = joins
    return found if len(found) > 1 and any(t.lower_ == "and" for t in span) else []


def _person(cast: Cast, i: int) -> bool:
    return i in cast.at and cast.at[i].kind == "person"


def _title_of_one(words: Span) -> bool:
    """Whether what stands before a name says who that is: "chair of governors", not "allies of" or "a friend of Dr"."""
    if len(words) == 0:
        return True
    if len(words) > _LONGEST_TITLE or any(t.text == "," or t.lower_ == "and" or t.tag_ == "POS" for t in words):
        return False
    of = next((t.i - words.start for t in words if t.dep_ == "prep" or t.tag_ == "IN"), None)
    if of is None:
        return words[-1].tag_ in ("NN", "NNP")
    body = words[-1].tag_ == "NNS" or words[-1].lemma_.lower() in COLLECTIVE
    return words[of].lower_ == "of" and of > 0 and role_word(words[of - 1]) and words[of - 1].tag_ == "NN" and body


def speaking_with(h: Token, source: list[Range]) -> list[Token]:
    """The heads of those who are named as sources beside the first one, in the order of the text.

    "the chairman and chief executive" is one person, and "Bed and Breakfast Union" one body.
    """
    beside = [c for c in h.children if c.dep_ == "appos" and _two_people(h, c)]
    joined = [*h.conjuncts, *(t for c in beside for t in (c, *c.conjuncts))]
    inside = [c for c in joined if c.i > h.i and any(s <= c.idx < e for s, e in source)]
    return [c for c in sorted(inside, key=lambda c: c.i) if _another(h, c)]


def _two_people(h: Token, c: Token) -> bool:
    """Whether these are two people's names: of "A, B and C" the parse takes the second for the first's other name."""
    name, other = names_of(h.doc).of(h), names_of(h.doc).of(c)
    return name is not None and other is not None and name is not other and name.person and other.person


def _another(h: Token, c: Token) -> bool:
    if c.pos_ not in ("NOUN", "PROPN") or c.lemma_.lower() in _WITH_THEM:
        return False
    bare = role_word(h) and h.tag_ in ("NN", "NNP") and not any(x.dep_ in _OWN or x.dep_ == "appos" for x in h.children)
    if bare and any(x.dep_ == "compound" and role_word(x) for x in c.children):
        return False  # "chairman and chief executive Ana Lorn"
    name, other = names_of(h.doc).of(h), names_of(h.doc).of(c)
    if name is not None and other is not None:
        return name is not other
    if any(e.start <= h.i < e.end and e.start <= c.i < e.end for e in h.doc.ents):
        return False
    alone = c.pos_ == "NOUN" and c.tag_ == "NN" and role_word(c) and not any(x.dep_ in _OWN for x in c.children)
    return not alone or h.tag_ in ("NNS", "NNPS")


def trimmed(doc: Doc, start: int, end: int) -> Range:
    """A piece of a source without what joins it to the next one: "both X," is "X"."""
    text = text_of(doc)
    while (m := _EDGE.search(text[start:end])) is not None and m.end() > m.start():
        if m.start() == 0:
            start += m.end()
        else:
            end = start + m.start()
    return start, end
