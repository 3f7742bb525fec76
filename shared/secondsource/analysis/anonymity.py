"""Unnamed sources: how much is told of them, why they are not named, and whether they are named further down."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Draft
from secondsource.analysis.phrases import np_text
from secondsource.analysis.resolved import Resolved
from secondsource.analysis.withheld import Withheld, kept, next_sentence, sentence_begin
from secondsource.language.parse import text_of
from secondsource.model import UNNAMED, Anonymity, SourceKind
from secondsource.text.naming import normal
from secondsource.text.terms import stem

GRADES = {"vague": 0, "general": 1, "specific": 2}
"""The grades, from the one that tells least."""

_SPECIFIC, _GENERAL = 1.75, 0.5
"""What a description must tell for these grades, in the points that ``_grade`` gives."""
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

_BACK = 600
"""Code points, some two paragraphs, within which a sentence on why somebody is not named is about who spoke before."""
_ONE = frozenset("he she him her his".split())
_ANYBODY = frozenset("they them their two three four both all neither".split())
_MANY = frozenset("people source official".split())
"""Roles of unnamed groups of which one does not say "he"."""


def anonymity_of(h: Token, tied: bool) -> Anonymity:
    """How an unnamed source is described and graded; why it is not named is found by ``withheld``.

    ``tied``: whether the description ties it to a group.
    """
    description = " ".join(np_text(h, full=True, long=True).split())
    return Anonymity(grade=_grade(h, tied), description=description)


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


def name_later(found: list[Resolved]) -> None:
    """ "researchers at X" in the lead, and further down one of them by name: not anonymous, only summed up."""
    people = [r for r in found if r.kind == SourceKind.NAMED_PERSON]
    for r in found:
        if r.anonymity is not None and r.one is not None:
            r.anonymity = r.anonymity.model_copy(update={"named_later": r.one})
            continue  # also where there is a reason why the others are not named
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


def give_reasons(doc: Doc, drafts: Sequence[Draft], keys: list[str | None], known: dict[str, Resolved]) -> None:
    """Note at the unnamed sources why they are not named, and take a name that somebody asked to be called for none.

    ``keys``: for each draft the key of its source in ``known``, or None.
    """
    found, text = kept(doc)
    spoken = sorted((d.source[-1][0], n) for n, d in enumerate(drafts) if d.source and keys[n] is not None)
    for w in found:
        key = _whose(text, w, spoken, drafts, keys, known)
        source = known.get(key) if key is not None else None
        if source is None or not _may_be_unnamed(source):
            continue
        if source.anonymity is None:
            source.kind = SourceKind.UNNAMED_PERSON if source.kind == SourceKind.NAMED_GROUP else source.kind
            source.anonymity = Anonymity(grade="general", description=source.name)
        if w.reason is not None and source.anonymity.reason is None:
            start, end = w.reason
            source.anonymity = source.anonymity.model_copy(
                update={"reason": text[start:end], "reason_span": (start, end)}
            )
        if w.called is not None:
            _take_back(w.called, source, keys, known)


def _may_be_unnamed(r: Resolved) -> bool:
    """Whether a source has no name: also "the mechanic", whom no list knows as a role."""
    return r.kind in UNNAMED or (r.kind == SourceKind.NAMED_GROUP and r.key.startswith("unnamed:"))


def _whose(
    text: str,
    w: Withheld,
    spoken: Sequence[tuple[int, int]],
    drafts: Sequence[Draft],
    keys: Sequence[str | None],
    known: dict[str, Resolved],
) -> str | None:
    """The key of the source that is not named: who speaks in the same sentence, or who spoke before.

    ``spoken``: where each draft's source stands, with the draft's number, in order.
    """
    start, end = w.words
    if w.subject is not None:
        before = spoken[bisect_left(spoken, (start - _BACK, -1)) : bisect_left(spoken, (start, -1))]
        return _spoken_of(w.subject.lower().split(), [k for _, n in before if (k := keys[n]) is not None], known)
    begin = sentence_begin(text, start)
    before = spoken[bisect_left(spoken, (begin, -1)) : bisect_left(spoken, (start, -1))]
    if before:
        d = drafts[before[-1][1]]
        if w.relative and any(d.source[-1][1] <= s < start for s, _ in d.content):
            return None  # "… said that they paid a clerk who asked not to be named"
        return keys[before[-1][1]]
    if text[begin:start].strip(' "“'):
        return None
    behind = spoken[bisect_left(spoken, (end, -1)) : bisect_left(spoken, (next_sentence(text, end), -1))]
    return keys[behind[0][1]] if behind else None


def _spoken_of(subject: list[str], before: list[str], known: dict[str, Resolved]) -> str | None:
    """Which of the sources that spoke before "he" or "the managers" is: the last one, or the last one called so."""
    if not before:
        return None
    if subject[-1] in _ONE or subject[-1] in _ANYBODY:
        last = known.get(before[-1])
        many = last is not None and last.kind == SourceKind.UNNAMED_GROUP and (last.role or "") in _MANY
        return None if many and subject[-1] in _ONE else before[-1]
    noun = stem(subject[-1])
    return next((k for k in reversed(before) if k in known and noun in map(stem, known[k].name.split())), None)


def _take_back(name: str, source: Resolved, keys: list[str | None], known: dict[str, Resolved]) -> None:
    """Make what the name that somebody asked to be called is the source of that of the source without a name."""
    for key in [
        k for k, r in known.items() if r is not source and r.name == name and r.kind == SourceKind.NAMED_PERSON
    ]:
        source.mentions |= known.pop(key).mentions
        keys[:] = [source.key if k == key else k for k in keys]
