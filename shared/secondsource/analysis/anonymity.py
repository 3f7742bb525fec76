"""Unnamed sources: how much is told of them, why they are not named, and whether they are named further down."""

import re
from typing import Literal

from spacy.tokens import Token

from secondsource.analysis.names import ANONYMITY, ANONYMITY_REASON
from secondsource.analysis.phrases import np_text
from secondsource.analysis.resolved import Resolved
from secondsource.language.parse import text_of
from secondsource.model import Anonymity, SourceKind
from secondsource.text.naming import normal

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
_CLAUSE = re.compile(r"[^,.;\n”\"]+")


def anonymity_of(h: Token, tied: bool) -> Anonymity:
    """How an unnamed source is described and graded, and the reason given in its sentence.

    ``tied``: whether the description ties it to a group.
    """
    text = text_of(h.doc)
    description = np_text(h, full=True, long=True)
    grade = _grade(h, tied)
    reason, span = None, None
    sent = h.sent
    begin, end = sent.start_char, min(len(text), sent.end_char)
    if m := ANONYMITY.search(text, begin, end):
        if r := ANONYMITY_REASON.match(text, m.end(), end):
            reason = r.group("reason").strip().rstrip(",")
            span = (r.start("reason"), r.start("reason") + len(reason))
        elif "authori" in m.group(0).lower():
            whole = _CLAUSE.match(text, m.start(), end)
            stop = whole.end() if whole else m.end()
            reason, span = text[m.start() : stop], (m.start(), stop)
    return Anonymity(grade=grade, description=description, reason=reason, reason_span=span)


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
