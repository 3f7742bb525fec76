"""Where an attribution ends: at its paragraph's end, and at what is no part of the article."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from secondsource.analysis.draft import Draft, Range
from secondsource.text.furniture import is_furniture
from secondsource.text.sentences import sentences

_TAKEN_BACK = re.compile(
    r"\W*(?:an?|the|this)?\s*(?:earlier|previous|original|prior|first)\s+(?:version|headline|edition)s?\b",
    re.IGNORECASE,
)
"""Sources of what a newsroom says no longer: "An earlier version of this article said that"."""
_CONTRARY = re.compile(r"\b(?:contrary to|in contrast to|unlike|despite)\swhat\b[^,.;:\n]*$", re.IGNORECASE)
_BEFORE_SOURCE = 24
"""Code points before a source in which it is said that it said otherwise."""


def bounded(text: str, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts without what they take from another paragraph; those in the furniture of a page are left out.

    Quotations may run over paragraphs. What an earlier version of the article said is not said any more, and what is
    so "contrary to what X said" it is not X who says.
    """
    kept = []
    parted: dict[Range, list[Range]] = {}
    for d in drafts:
        at = d.cue[0][0] if d.cue else d.content[0][0]
        own = _paragraph(text, at)
        if own not in parted:
            parted[own] = [(own[0] + s, own[0] + e) for s, e in sentences(text[slice(*own)])]
        if is_furniture(text[slice(*_around(parted[own], own, at))]):
            continue
        if not d.quotes:
            d.content = _inside(text, d.content, own) if d.cue else [_first(text, r) for r in d.content]
        if d.cue and any("\n" in text[s:e] for s, e in d.source):
            d.source = _inside(text, d.source, own)
            if d.source_head is not None and not own[0] <= d.source_head.idx < own[1]:
                d.source_head = None
        if d.source and _said_otherwise(text, d.source[0]):
            continue
        if d.source and _TAKEN_BACK.match(text, d.source[0][0]):
            d.factual = False
        if d.content:
            kept.append(d)
    return kept


def _said_otherwise(text: str, source: Range) -> bool:
    """Whether a source is somebody who is said to have said the opposite: "contrary to what X said, it is not so"."""
    start, end = source
    begin = max(0, start - _BEFORE_SOURCE)
    return any(_CONTRARY.search(piece) for piece in (text[begin:start], text[start:end]))


def _paragraph(text: str, at: int) -> Range:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _around(parts: list[Range], own: Range, at: int) -> Range:
    """The sentence of a paragraph that a place is in; the paragraph where it is in none."""
    n = bisect_right(parts, at, key=lambda part: part[1])
    return parts[n] if n < len(parts) else own


def _first(text: str, r: Range) -> Range:
    """A range up to the end of the paragraph that it begins in."""
    return r[0], min(r[1], _paragraph(text, r[0])[1])


def _inside(text: str, ranges: list[Range], own: Range) -> list[Range]:
    """Ranges as far as they lie in a paragraph; one that runs over its end is cut, one that lies elsewhere is kept."""
    found = []
    for s, e in ranges:
        if "\n" not in text[s:e].strip():
            found.append((s, e))
        elif s < own[1] and own[0] < e:
            found.append(_trimmed(text, max(s, own[0]), min(e, own[1])))
        else:
            found.append(_first(text, (s, e)))
    return [(s, e) for s, e in found if s < e]


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
