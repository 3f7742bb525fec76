"""From tokens to ranges of the text: noun phrases, subtrees and clauses, trimmed as the annotation guide asks.

Content goes without a leading "that", without the punctuation around it and without the final full stop.
"""

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from secondsource.analysis.cues import DOCUMENT_NOUNS, FIXED_FRAMES
from secondsource.analysis.draft import Range
from secondsource.analysis.tree import SUBJECTS, trailing_cues
from secondsource.language.parse import text_of

_TRIM_LEFT = re.compile(r"^[\s,;:.–—-]+")
_TRIM_RIGHT = re.compile(r"[\s,;:–—-]+$")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$|\b(?:Inc|Corp|Ltd|Jr|Sr|St|Co|etc|a\.m|p\.m)\.$")
_SAYING_WHERE = frozenset("say write announce".split())
_WHERE = DOCUMENT_NOUNS | frozenset("conference interview twitter facebook release".split())
"""What "said in a statement" and "wrote on Twitter" end with."""
_TOLD_WORDS = 6
"""Words of an addressee that the cue takes in: "told the parliamentary committee", not a whole relative clause."""
_WHERE_WORDS = 4
"""Words behind the preposition in "said in a written statement" that the cue takes in."""
_ADVERB_REACH = 2
"""An adverb this near to the left is of the cue: "later said"."""


def range_of(t: Token) -> Range:
    """The range of one token."""
    return t.idx, t.idx + len(t)


def phrase_end(n: Token) -> int:
    """The token behind the phrase that a token heads."""
    return n.right_edge.i + 1


def phrase(n: Token, stop_at: Token | None = None) -> list[Range]:
    """A noun phrase with its appositives and relative clauses, cut where the cue ``stop_at`` stands in it."""
    start, end = n.left_edge.i, phrase_end(n)
    if stop_at is not None and start <= stop_at.i < end:
        if stop_at.i > n.i:
            end = stop_at.i
        else:
            start = stop_at.i + 1
    r = clip(n.doc, start, end)
    return [r] if r[1] > r[0] else []


def subtree(t: Token, without: Iterable[Token] = ()) -> list[Range]:
    """A clause or phrase but for a leading "that", for the subtrees of ``without`` and for cues that trail it.

    Of an ancestor in ``without`` the word alone is left out.
    """
    without = [*without, *trailing_cues(t)]
    skip = [(w.i, w.i + 1) if w == t or w.is_ancestor(t) else (w.left_edge.i, phrase_end(w)) for w in without]
    left = t.left_edge.i
    mark = next((c for c in t.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if mark is not None and mark.i <= left + 1:
        left = mark.i + 1
    return stretch(t.doc, left, phrase_end(t), skip)


def stretch(doc: Doc, left: int, right: int, skip: Iterable[Range] = ()) -> list[Range]:
    """The tokens [left, right) but for those of ``skip``, as ranges of the text; what holds no word is dropped."""
    pieces: list[Range] = []
    at = left
    for s, e in sorted(skip):
        if e <= at or s >= right:
            continue
        if s > at:
            pieces.append((at, s))
        at = max(at, e)
    if at < right:
        pieces.append((at, right))
    found = [clip(doc, s, e) for s, e in pieces]
    return [(a, b) for a, b in found if b - a > 1 and any(ch.isalnum() for ch in text_of(doc)[a:b])]


def clip(doc: Doc, start: int, end: int) -> Range:
    """The trimmed range of the tokens [start, end); empty when there are none."""
    if start >= end:
        return (0, 0)
    return trim(text_of(doc), doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def trim(text: str, s: int, e: int) -> Range:
    """A range without the punctuation around it and without a final full stop; that of "Inc." stays."""
    if m := _TRIM_LEFT.match(text[s:e]):
        s += m.end()
    if m := _TRIM_RIGHT.search(text[s:e]):
        e = s + m.start()
    if e > s and text[e - 1] == "." and not _abbreviation(text, s, e):
        e -= 1
        if m := _TRIM_RIGHT.search(text[s:e]):
            e = s + m.start()
    return (s, e) if e > s else (s, s)


def _abbreviation(text: str, s: int, e: int) -> bool:
    """Whether a final full stop is of "U.S." or "Inc."; at the end of a paragraph it ends the sentence all the same."""
    return bool(_ABBREVIATION.search(text[s:e])) and not (e >= len(text) or text[e] == "\n")


def inside(at: int, ranges: Iterable[Range]) -> bool:
    """Whether a place in the text lies in one of these ranges."""
    return any(s <= at < e for s, e in ranges)


def without(text: str, content: list[Range], cut: Range) -> list[Range]:
    """Content but for one range, what is left of its pieces trimmed anew."""
    out: list[Range] = []
    for s, e in content:
        for a, b in ((s, min(e, cut[0])), (max(s, cut[1]), e)):
            if b > a and (r := trim(text, a, b))[1] > r[0]:
                out.append(r)
    return out


def cue_ranges(v: Token) -> list[Range]:
    """The cue that a verb heads: "had later told reporters", "said in a statement", "accused … of" up to "of"."""
    left, right = _cue_start(v), _cue_end(v)
    while v.doc[right - 1].is_space and right > v.i + 1:
        right -= 1
    last = v.doc[right - 1]
    return [(v.doc[left].idx, last.idx + len(last))]


def _cue_start(v: Token) -> int:
    """The first token of a cue: its auxiliaries, its "not" and adverbs beside it are taken in."""
    left = v.i
    for c in reversed([c for c in v.children if c.i < v.i]):
        beside = c.dep_ == "advmod" and c.i >= left - _ADVERB_REACH and c.right_edge.i == c.i
        if c.dep_ in ("aux", "auxpass", "neg") or beside:
            left = min(left, c.i)
    for c in v.children:  # a subject between them stays out: "did he say"
        if c.dep_ in SUBJECTS and left < c.i < v.i:
            left = c.right_edge.i + 1
    return left


def _cue_end(v: Token) -> int:
    """The token behind a cue: its particle, its preposition, whom it was told and where it was said are taken in."""
    right = v.i + 1
    preps = FIXED_FRAMES.get(v.lemma_.lower(), "").split()
    for c in v.children:
        if c.i == right and (c.dep_ in ("prt", "neg") or (c.dep_ == "prep" and c.lower_ in preps)):
            right = c.i + 1
    if v.lemma_ == "tell":
        told = next((c for c in v.children if c.dep_ in ("dobj", "dative") and right in (c.i, c.left_edge.i)), None)
        if told is not None and told.right_edge.i - told.left_edge.i < _TOLD_WORDS:
            right = phrase_end(told)
    if v.lemma_ in _SAYING_WHERE:
        prep = next((c for c in v.children if c.dep_ == "prep" and c.i == right), None)
        if (
            prep is not None
            and prep.lower_ in ("in", "on", "at")
            and prep.right_edge.i - prep.i < _WHERE_WORDS
            and any(p.lemma_ in _WHERE for p in prep.subtree)
        ):
            right = phrase_end(prep)
    return right


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that lie one over another made one."""
    found: list[Range] = []
    for s, e in sorted(ranges):
        if found and s < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], e)
        else:
            found.append((s, e))
    return found
