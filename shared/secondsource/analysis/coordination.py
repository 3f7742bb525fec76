"""Who speaks together: "X and Y said"."""

import re

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import names_of
from secondsource.analysis.phrases import role_word
from secondsource.language.parse import text_of

_WITH_THEM = frozenset("other others more colleague all family one".split())
"""Who is no source beside the first: "Haver and her colleagues"."""
_OWN = frozenset(("det", "poss", "nummod"))
_EDGE = re.compile(r"^(?:both|either)\s+|[\s,;]+(?:and|or|as well as)?\s*$|\s+(?:and|or|as well as)\s*$", re.IGNORECASE)


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
