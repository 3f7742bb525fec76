"""Which attribution each quotation belongs to: one that holds it, a cue beside it, a label, or the speech before it."""

import re
import sys
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.labels import label_of
from secondsource.analysis.quotes import Quote
from secondsource.analysis.spans import trim
from secondsource.language.parse import text_of
from secondsource.model import Label, Stance

_WORD = re.compile(r"\w+")
_CONNECT = re.compile(r"^[\s,:;.–—\-]*$")
_SENTENCE_END = re.compile(r"[.?!]\s")
_ENDED = re.compile(r"[.…]\W{0,2}\Z")
"""A quotation that is a sentence by itself: what follows with a capital is another."""

_STATEMENT_WORDS = 4
"""Words from which a quotation without a cue can be a statement and not a term in quote marks."""
_SPEECH_WORDS = 3
"""Words from which a quotation is speech that another may go on with."""
_BETWEEN_WORDS = 30
"""Words between two quotations of one paragraph over which the speech goes on."""
_ALONE_WORDS = 5
"""Words beside a quotation that still is its paragraph."""
_GAP_BEFORE, _GAP_BEHIND = 12, 3
"""Words between a cue and the quotation behind it, and between a quotation and its cue."""
_GAP_TAKEN = 4
"""Words between a cue that already has a quotation and another behind it."""
_GAP_UNKNOWN = 1
"""Words between a quotation and a cue that is not in the lexicon."""
_GAP_INTRODUCED = 1
"""Words between what a cue reports and a quotation that it also introduces: "saying"."""
_CELL = 256
"""Code points: about the length of a content, which then lies in one or two cells."""
_PENALTY = 2
"""Words by which a cue without a speaker, or outside the lexicon, counts as further away."""
_OPEN_RULES = frozenset("object preposition predicate clause passive".split())
"""Rules whose content a quotation may go on with: `confirmed the reports saying "…"`."""
_UNSPOKEN_RULES = frozenset("infinitive noun adjective".split())
"""Rules whose content, if no speech, a quotation in it does not belong to: `wants to "…"`."""


def give_quotes(doc: Doc, quotes: tuple[Quote, ...], found: list[Draft], idle: list[Draft]) -> None:
    """Give every quotation to its attribution; drafts that only quotations make are added to ``found``."""
    text = text_of(doc)
    starts = [m.start() for m in _WORD.finditer(text)]
    around, cues = _Found(found, starts), _Idle(idle, starts)
    last: Draft | None = None
    previous: Quote | None = None
    for q in quotes:
        words = _words(text[q.start : q.end])
        framed = None
        owner = _owner(q, around)
        if owner is None:
            owner = framed = _framing(text, q, cues)
        if owner is None:
            owner = _introducing(text, q, around)
        if owner is None and last is not None and previous is not None:
            owner = last if _goes_on(text, previous, q, words, last, around) else None
        if owner is None:
            owner = framed = _framing(text, q, cues, acting=True)
        if owner is None:
            owner = _unframed(doc, q, words, last)
        if owner is None:
            continue
        owner.quotes.append(q)
        owner.content = _join(text, owner, (q.start, q.end))
        around.give(owner, q)
        if words >= _SPEECH_WORDS or framed is not None:  # `"No," she said. "It fell."`
            last = owner
        previous = q


class _Found:
    """Drafts with content by where they stand, so that only those near a quotation are looked at; in their order."""

    def __init__(self, found: list[Draft], starts: Sequence[int]) -> None:
        """``starts``: where the words of the text begin."""
        self._found = found
        self._starts = starts
        self._number_of = {id(d): n for n, d in enumerate(found)}
        self._cells: defaultdict[int, set[int]] = defaultdict(set)
        self._ends: list[Range] = []
        self._cues = sorted((c[0], n) for n, d in enumerate(found) for c in d.cue)
        for n, d in enumerate(found):
            self._note(n, d, d.content)

    def give(self, d: Draft, q: Quote) -> None:
        """Take in that a draft, which may be new, has been given a quotation."""
        if id(d) not in self._number_of:
            self._number_of[id(d)] = len(self._found)
            self._found.append(d)
            for c in d.cue:
                insort(self._cues, (c[0], self._number_of[id(d)]))
        self._note(self._number_of[id(d)], d, [(q.start, q.end)])

    def _note(self, number: int, d: Draft, added: list[Range]) -> None:
        # It is found where it stood before, too: too many are looked at then, and none too few.
        for s, e in added:
            for cell in range(s // _CELL, e // _CELL + 1):
                self._cells[cell].add(number)
        if d.content:
            insort(self._ends, (max(e for _, e in d.content), number))

    def over(self, start: int, end: int) -> Iterator[Draft]:
        """Those whose content may hold a part of [start, end)."""
        cells = (self._cells.get(cell, ()) for cell in range(start // _CELL, end // _CELL + 1))
        return self._drafts({n for numbers in cells for n in numbers})

    def ending_before(self, place: int, words: int) -> Iterator[Draft]:
        """Those whose content may end before a place with no more than so many words between."""
        first = _words_before(self._starts, place, words)
        return self._drafts({n for _, n in _between(self._ends, first, place)})

    def cued_between(self, start: int, end: int) -> Iterator[Draft]:
        """Those of which a cue begins in [start, end)."""
        return self._drafts({n for _, n in _between(self._cues, start, end - 1)})

    def _drafts(self, numbers: set[int]) -> Iterator[Draft]:
        return (self._found[n] for n in sorted(numbers))


class _Idle:
    """Drafts without content by where their cue and speaker stand."""

    def __init__(self, idle: list[Draft], starts: Sequence[int]) -> None:
        self._idle = idle
        self._starts = starts
        self._begins = sorted((min(s for s, _ in [*d.cue, *d.source]), n) for n, d in enumerate(idle))
        self._ends = sorted((max(e for _, e in [*d.cue, *d.source]), n) for n, d in enumerate(idle))

    def beside(self, q: Quote) -> list[Draft]:
        """Those that stand near enough to a quotation to frame it, in their order."""
        before = _between(self._ends, _words_before(self._starts, q.start, _GAP_BEFORE), q.start)
        behind = _between(self._begins, q.end, _words_behind(self._starts, q.end, _GAP_BEHIND))
        return [self._idle[n] for n in sorted({n for _, n in [*before, *behind]})]


def _between(places: Sequence[Range], first: int, last: int) -> Sequence[Range]:
    """Those of the places, in order and numbered, that lie in [first, last]."""
    return places[bisect_left(places, (first, -1)) : bisect_left(places, (last + 1, -1))]


def _words_before(starts: Sequence[int], place: int, words: int) -> int:
    """The first place from which no more than so many words begin before another place."""
    at = bisect_left(starts, place) - words - 1
    return starts[at] + 1 if at >= 0 else 0


def _words_behind(starts: Sequence[int], place: int, words: int) -> int:
    """The last place up to which no more than so many words begin behind another place."""
    at = bisect_left(starts, place) + words
    return starts[at] if at < len(starts) else sys.maxsize


def _words(text: str) -> int:
    """The number of words in a text."""
    return len(_WORD.findall(text))


def _owner(q: Quote, found: _Found) -> Draft | None:
    """The draft whose content already holds a part of this quotation, its cue being outside."""
    best: Draft | None = None
    most = 1
    for d in found.over(q.start, q.end):
        if any(q.start <= c[0] < q.end for c in d.cue):
            continue
        if d.label == Label.STANCE and d.rule in _UNSPOKEN_RULES:
            continue
        overlap = sum(max(0, min(e, q.end) - max(s, q.start)) for s, e in d.content)
        if overlap > most:
            best, most = d, overlap
    return best


def _framing(text: str, q: Quote, idle: _Idle, acting: bool = False) -> Draft | None:
    """The nearest idle cue: `"…," said X`, `X said: "…"`, `X, asked about it, replied, "…"`.

    ``acting``: also what somebody does behind a finished quotation, `"…." Lund paused.`
    """
    best: Draft | None = None
    nearest = 0
    for d in idle.beside(q):
        distance = _distance(text, q, d, acting)
        if distance is None:
            continue
        if not d.source:
            distance += _PENALTY
        if d.rule == "quote-unknown":
            distance += _PENALTY
        if best is None or distance < nearest:
            best, nearest = d, distance
    return best


def _distance(text: str, q: Quote, d: Draft, acting: bool) -> int | None:
    """Words between a quotation and a cue with its speaker; None where the cue cannot be the quotation's."""
    if any(q.start <= c[0] < q.end for c in d.cue):
        return None
    spans = [*d.cue, *d.source]
    s, e = min(r[0] for r in spans), max(r[1] for r in spans)
    if e <= q.start:
        gap, limit = text[e : q.start], _GAP_TAKEN if d.content else _GAP_BEFORE
        if "\n" in gap and gap.strip(" ") not in (":\n\n", ":\n"):
            return None
    elif s >= q.end:
        gap, limit = text[q.end : s], _GAP_BEHIND
        if "\n" in gap:
            return None
    else:
        return None
    if _SENTENCE_END.search(gap.strip() + " ") and not (s >= q.end and _CONNECT.match(gap)):
        return None
    if not d.factual:
        return None  # "The council did not comment" frames nothing
    if d.rule == "quote-unknown":
        another = s >= q.end and _ENDED.search(text, q.start, q.end) is not None and text[s].isupper()
        if not d.source or (another and not (acting and _is_person(d))):
            return None
        limit = _GAP_UNKNOWN
    distance = _words(gap)
    return distance if distance <= limit else None


def _is_person(d: Draft) -> bool:
    """Whether who does it is somebody by name, or "he" or "she"."""
    head = d.source_head
    return head is not None and (head.ent_type_ == "PERSON" or head.lower_ in ("he", "she"))


def _introducing(text: str, q: Quote, found: _Found) -> Draft | None:
    """A cue with content of its own that also introduces the quotation: `confirmed the reports saying "…"`."""
    for d in found.ending_before(q.start, _GAP_INTRODUCED):
        if d.rule not in _OPEN_RULES or not d.content:  # all of it may have been cue and speaker
            continue
        e = max(r[1] for r in d.content)
        if e > q.start:
            continue
        gap = text[e : q.start]
        if gap.strip() in ("", ",", ":", ", saying", "saying") and "\n" not in gap:
            return d
    return None


def _goes_on(text: str, previous: Quote, q: Quote, words: int, last: Draft, found: _Found) -> bool:
    """Whether the paragraph's speech goes on: `"…," he said. "…"`."""
    between = text[previous.end : q.start]
    if "\n" in between or _words(between) > _BETWEEN_WORDS or not _is_statement(text, q, words):
        return False
    return not any(d is not last and d.label == Label.SPEECH for d in found.cued_between(previous.end, q.start))


def _is_statement(text: str, q: Quote, words: int) -> bool:
    """Whether a quotation is a sentence or ends one, not a term in quote marks."""
    inner = text[q.start + 1 : q.end - 1].strip()
    return words >= _STATEMENT_WORDS and (inner[:1].isupper() or inner[:1] in "[(…." or inner[-1:] in ".?!,")


def _unframed(doc: Doc, q: Quote, words: int, last: Draft | None) -> Draft | None:
    """A draft for a quotation without a cue: its label's, or the speech of the last one, going on."""
    alone = words >= _STATEMENT_WORDS and (q.continues or _alone(text_of(doc), q))
    stance = last.stance if alone and last is not None else Stance.ASSERT
    if words >= _SPEECH_WORDS and (label := label_of(doc, q)) is not None:
        return label.draft(stance)
    if not alone:
        return None
    return Draft(None, [], [], [], stance, Label.SPEECH, "continued", continues=last is not None, speaker_of=last)


def _alone(text: str, q: Quote) -> bool:
    """Whether the quotation is its paragraph."""
    begin = text.rfind("\n", 0, q.start) + 1
    end = text.find("\n", q.end)
    end = len(text) if end < 0 else end
    beside = _WORD.finditer(text[begin : q.start] + text[q.end : end])
    return next(islice(beside, _ALONE_WORDS, None), None) is None


def _join(text: str, owner: Draft, new: Range) -> list[Range]:
    """The content with a quotation added: touching pieces become one, cue and source are cut out."""
    joined: list[Range] = []
    for s, e in sorted([*owner.content, new]):
        if joined and s <= joined[-1][1] + 1 and not text[joined[-1][1] : s].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], e))
        else:
            joined.append((s, e))
    cuts = [
        (a, b)
        for a, b in sorted([*owner.cue, *owner.source])
        if not any(q.start <= a and b <= q.end for q in owner.quotes)
    ]
    final: list[Range] = []
    for s, e in joined:
        at = s
        for a, b in cuts:
            if a >= e or b <= at:
                continue
            if a > at:
                final.append(trim(text, at, a))
            at = max(at, b)
        if at < e:
            final.append((at, e) if at == s else trim(text, at, e))
    return [(s, e) for s, e in final if e - s > 1 and _WORD.search(text[s:e])]
