"""Unnamed sources: how much is told of them, why they are not named, and whether they are named further down."""

import re
from typing import Literal

from spacy.tokens import Token

from secondsource.analysis.names import ANONYMITY, ANONYMITY_REASON
from secondsource.analysis.phrases import np_text
from secondsource.analysis.resolved import Resolved
from secondsource.language.parse import text_of
from secondsource.model import Anonymity, SourceKind, Span
from secondsource.text.naming import normal
from secondsource.text.sentences import sentences

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


_LEAD = 400
"""Code points from the beginning of an article in which it tells of somebody whom it names in a moment."""
_IN_A_MOMENT = 3
"""Sentences after that one in which the name is looked for."""
_INTRODUCED = re.compile(r"(?:an?|one)\s+\w", re.IGNORECASE)
_STAYS_UNNAMED = re.compile(
    r"\b(?:sources?|insiders?|officials?|diplomats?|aides?|spokes\w+|witness\w*)\b", re.IGNORECASE
)
"""Descriptions of people who are not named because they are not to be, or of whom several may speak."""
_BEFORE_NAME = re.compile(r"[\W\d]*(?:[A-Z][\w'’-]{0,14}\.?\s){0,2}[\W\d]*")
"""What may stand before the name at the head of its sentence: "Rep.", "Sheikh"."""


def name_later(found: list[Resolved], text: str) -> None:
    """Note who is only summed up, or told of before being named: not anonymous.

    "researchers at X" in the lead, and further down one of them by name; "a fisherman" in the first sentence, and the
    next one begins with his name.
    """
    people = [r for r in found if r.kind == SourceKind.NAMED_PERSON]
    around = sentences(text[: 6 * _LEAD])
    for r in found:
        if r.kind == SourceKind.UNNAMED_PERSON and r.anonymity is not None and r.anonymity.reason is None:
            if (next_named := _named_next(r, people, text, around)) is not None:
                r.anonymity = r.anonymity.model_copy(update={"named_later": next_named})
            continue
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


def _named_next(r: Resolved, people: list[Resolved], text: str, around: list[Span]) -> str | None:
    """The name of somebody whom the lead describes, where one of the next sentences begins with it."""
    start, end = min(r.mentions, default=(_LEAD, _LEAD))
    described = text[start:end]
    at = next((n for n, (begin, stop) in enumerate(around) if begin <= start < stop), None)
    if start >= _LEAD or at is None or not _INTRODUCED.match(described) or _STAYS_UNNAMED.search(described):
        return None
    if ANONYMITY.search(text, *around[at]):
        return None
    told = {normal(word) for word in re.findall(r"\w+", described)}
    for begin, stop in around[at + 1 : at + 1 + _IN_A_MOMENT]:
        for p in people:
            first = min(p.entity.mentions if p.entity is not None else p.mentions, default=(0, 0))[0]
            role = {normal(word) for word in re.findall(r"\w+", p.role or "")}
            fits = not (role and not role & told) and p.name.split()[-1] not in text[:first]
            if fits and begin <= first < stop and _BEFORE_NAME.fullmatch(text, begin, first):
                return p.name
    return None
