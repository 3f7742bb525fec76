"""Who did something, to whom, and in which words: what relations are read off the parse by."""

from collections.abc import Iterable

from spacy.tokens import Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name
from secondsource.analysis.tree import child, nobody, object_of
from secondsource.language.parse import text_of

_MODAL = frozenset("would could might may should if unless whether".split())
_RELATIVES = frozenset("which who that".split())
_UNDONE = frozenset("decline refuse fail deny".split())
_CLIMB = 5
"""Steps up the parse from a verb to its subject."""
_LONGEST = 320
"""Code points of a passage that is shown to a reader; of a longer one only what is nearest to the verb."""
_WHOLE_WORD = 20
"""Code points by which a shortened passage may grow to end with a word."""


def hypothetical(v: Token) -> bool:
    """Whether a verb says what did not or may not happen: "would attack", "has not funded", "refused to sue"."""
    if v.dep_ == "xcomp" and v.head.lemma_.lower() in _UNDONE:
        return True
    if _asked(v) or nobody(v):
        return True
    return any(c.dep_ == "neg" or (c.dep_ in ("aux", "mark") and c.lower_ in _MODAL) for c in v.children)


def _asked(v: Token) -> bool:
    """Whether a sentence is a question."""
    at = v.sent.end - 1
    while at > v.i and (v.doc[at].is_space or v.doc[at].is_quote):
        at -= 1
    return v.doc[at].lower_ == "?"


def whom(t: Token | None, names: Actors, doer: Name | None = None) -> Name | None:
    """The actor of an object; of "him" or "it", the only other one in this sentence and the one before."""
    if t is None:
        return None
    if t.lower_ not in ("him", "her", "it", "them"):
        return names.near(t)
    one = t.lower_ in ("him", "her")
    begin = t.sent.start
    start = t.doc[begin - 1].sent.start if begin else 0
    others = {
        n.key: n
        for x in t.doc[start : t.i]
        if (n := names.of(x) or (None if one else names.common(x))) is not None
        and n.person == one
        and (doer is None or n.key != doer.key)
    }
    return next(iter(others.values())) if len(others) == 1 else None


def who(v: Token, names: Actors) -> Name | None:
    """The name behind the subject of a verb, through conjuncts and relative clauses."""
    at = v
    for _ in range(_CLIMB):
        subject = child(at, "nsubj")
        if subject is not None:
            if subject.lower_ in _RELATIVES and at.dep_ == "relcl":
                return names.near(at.head)
            if subject.lower_ in ("he", "she"):
                return _person(subject, names)
            if subject.lower_ in ("it", "they"):
                return _antecedent(subject, names)
            return names.near(subject)
        if at.dep_ in ("acl", "relcl"):
            return names.near(at.head)
        if at.dep_ not in ("conj", "xcomp", "advcl") or at.head == at:
            return None
        at = at.head
    return None


def behind(pronoun: Token, names: Actors) -> Name | None:
    """The actor behind "he", "she", "it" or "they" as a subject."""
    return _person(pronoun, names) if pronoun.lower_ in ("he", "she") else _antecedent(pronoun, names)


def _person(pronoun: Token, names: Actors) -> Name | None:
    """The person behind "he" or "she": a subject of this sentence or the one before; else the only one there."""
    doc, begin = pronoun.doc, pronoun.sent.start
    start = doc[begin - 1].sent.start if begin else 0
    people: dict[str, Name] = {}
    for t in reversed(doc[start : pronoun.i]):
        n = names.of(t)
        if n is None or not n.person:
            continue
        if t.dep_ in ("nsubj", "nsubjpass"):
            return n
        people[n.key] = n
    return next(iter(people.values())) if len(people) == 1 else None


def _antecedent(pronoun: Token, names: Actors) -> Name | None:
    """A group that is the subject of the same sentence or of the one before; no guess further back."""
    doc, begin = pronoun.doc, pronoun.sent.start
    start = doc[begin - 1].sent.start if begin else 0
    for t in reversed(doc[start : pronoun.i]):
        if t.dep_ in ("nsubj", "nsubjpass", "poss") and t.lower_ not in ("it", "they"):
            found = names.near(t)
            if found is not None:
                return found
    return None


def done_to(v: Token) -> Token | None:
    """What a passive verb is said of: "the study was funded", "a study that was funded", "a study funded by"."""
    subject = child(v, "nsubjpass")
    if subject is not None and subject.lower_ in _RELATIVES and v.dep_ == "relcl":
        return v.head
    return v.head if subject is None and v.dep_ in ("acl", "relcl") else subject


def near(t: Token | None, names: Actors) -> Name | None:
    """``Names.near``, of a token that there may not be."""
    return names.near(t) if t is not None else None


def pobj(t: Token | None, preps: Iterable[str]) -> Token | None:
    """What one of these prepositions at a word governs."""
    if t is None:
        return None
    for c in t.children:
        if c.dep_ in ("prep", "dative", "agent") and c.lower_ in preps and (found := object_of(c)) is not None:
            return found
    return None


def clause(v: Token) -> Range:
    """The clause around a verb, short enough to read."""
    left, right = v.left_edge.i, v.right_edge.i
    sent = v.sent
    if v.dep_ == "relcl":
        left = min(left, v.head.left_edge.i)
    text = text_of(v.doc)
    start, end = v.doc[max(left, sent.start)], v.doc[min(right, sent.end - 1)]
    s, e = start.idx, end.idx + len(end)
    if e - s > _LONGEST:
        s, e = max(s, v.idx - _LONGEST // 2), min(e, v.idx + _LONGEST // 2)
        s = text.rfind(" ", 0, s) + 1 if s else s
        cut = text.find(" ", e)
        e = cut if 0 <= cut - e < _WHOLE_WORD else e
    return s, s + len(text[s:e].rstrip(" .,;\n"))
