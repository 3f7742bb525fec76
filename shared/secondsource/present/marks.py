"""The article's text as the page shows it: what is marked in it, and where each note and each passage stands.

Claims and attributions overlap as they like, so the text is cut at every edge and each piece knows all that it is part
of. A note explains a claim together with the attributions it stands among; an attribution elsewhere has a note of its
own. Every note stands with the paragraph in which its marks end.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondsource.model import Attribution, Span, Spans
from secondsource.present.report import Report, ReportClaim
from secondsource.text.characters import BIDI_OVERRIDES, CONTROLS, REPLACEMENT, code_points, each_as
from secondsource.text.paragraphs import paragraphs

_VISIBLE = each_as(REPLACEMENT, [*code_points(CONTROLS), *map(ord, BIDI_OVERRIDES)])
"""Controls have no place in HTML, and overrides show letters in another order than they are stored in. Each is shown as
one replacement character, so that offsets stay."""

_ORDER = ("claim", "note", "caution", "warning", "source", "cue", "content")
"""The roles of a piece, in the order in which they are named."""


@dataclass(frozen=True)
class Note:
    """What explains marks: a claim with the attributions around it, or one attribution (``claim`` is None)."""

    number: int
    claim: ReportClaim | None
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what it is part of.

    ``roles``: of _ORDER; the level is that of the gravest flag of a claim. ``begins``: passages that begin here, whose
    words the page links to; ``passages``: all that it is part of. ``notes``: those whose number stands right after it.
    """

    text: str
    roles: tuple[str, ...] = ()
    begins: tuple[Span, ...] = ()
    passages: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: joined, the pieces are its whole text, with controls made visible."""

    start: int
    pieces: tuple[Piece, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes whose numbers stand in it, in order."""
        return tuple(note for piece in self.pieces for note in piece.notes)


def marked(report: Report, passages: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of the report's text, marked.

    ``passages`` are what the page links to; one that is no span of the text is left out. What lies between paragraphs,
    white space alone, is left out too.
    """
    found = paragraphs(report.text)
    if not found:
        return ()
    spans = _Spans(len(report.text))
    for role, stretches in _roles(report):
        spans.add(role, stretches)
    for passage in passages:
        spans.add(passage, [passage])
    noted = _notes(report, found)
    pieces = spans.cut([*(edge for paragraph in found for edge in paragraph), *noted])
    return tuple(Paragraph(start, tuple(_pieces(report.text, pieces, (start, end), noted))) for start, end in found)


def is_span(text: str, start: int, end: int, exact: str) -> bool:
    """Whether these words stand at this place, so that a link may lead there."""
    return 0 <= start < end <= len(text) and text[start:end] == exact


class _Spans:
    """Stretches by what they are, and the pieces that their edges cut the text into."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._edges: dict[int, list[tuple[int, str | Span]]] = {}

    def add(self, name: str | Span, spans: Iterable[Span]) -> None:
        for first, last in spans:
            start, end = max(0, first), min(last, self._length)
            if start < end:
                self._edges.setdefault(start, []).append((1, name))
                self._edges.setdefault(end, []).append((-1, name))

    def cut(self, also: Iterable[int]) -> dict[int, tuple[int, tuple[str | Span, ...]]]:
        """By its start, the end of each piece and what it is part of; cut at the edges, and where it is asked to be."""
        for place in (0, self._length, *also):
            self._edges.setdefault(place, [])
        depth: dict[str | Span, int] = {}
        pieces = {}
        for start, end in pairwise(sorted(self._edges)):
            for step, name in self._edges[start]:
                depth[name] = depth.get(name, 0) + step
                if not depth[name]:
                    del depth[name]
            pieces[start] = (end, tuple(depth))
        return pieces


def _pieces(
    text: str, cut: dict[int, tuple[int, tuple[str | Span, ...]]], paragraph: Span, noted: dict[int, list[Note]]
) -> Iterator[Piece]:
    start, last = paragraph
    seen: set[Span] = set()
    while start < last:
        end, names = cut[start]
        passages = tuple(sorted(name for name in names if isinstance(name, tuple)))
        # A passage that began before the paragraph, in the white space above it, begins with the paragraph.
        begins = tuple(
            passage
            for passage in passages
            if passage[0] == start or (start == paragraph[0] and _above(text, passage, start))
        )
        yield Piece(
            text[start:end].translate(_VISIBLE),
            tuple(role for role in _ORDER if role in names),
            tuple(passage for passage in begins if passage not in seen),
            passages,
            tuple(noted.get(end, ())),
        )
        seen.update(begins)
        start = end


def _above(text: str, passage: Span, start: int) -> bool:
    return not text[passage[0] : start].strip()


def _roles(report: Report) -> Iterator[tuple[str, Spans]]:
    for claim in report.claims:
        yield "claim", claim.spans
        if claim.flags:
            yield claim.flags[0].level.value, claim.spans
    for found in report.attributions:
        yield "source", found.source or ()
        yield "cue", found.cue or ()
        yield "content", found.content or ()


def _notes(report: Report, found: Sequence[Span]) -> dict[int, list[Note]]:
    """The notes by the offset that they stand at, numbered in the order of the text."""
    place = _Places(found)
    units: list[tuple[int, ReportClaim | None, tuple[Attribution, ...]]] = []
    explained: set[str] = set()
    by_id = {attribution.id: attribution for attribution in report.attributions}
    for claim in report.claims:
        at = place.end_of(claim.spans)
        if at is None:
            continue
        around = [by_id[name] for name in (*claim.attribution_ids, *claim.disputed_by) if name in by_id]
        here = tuple(each for each in around if place.same(at, place.end_of(_reported(each))))
        explained.update(each.id for each in here)
        units.append((at, claim, here))
    for attribution in report.attributions:
        home = place.end_of(_reported(attribution))
        if attribution.id not in explained and home is not None:
            # After what is said, where that ends in the same paragraph.
            ends = [place.end_of((span,)) for span in (*_reported(attribution), *(attribution.content or ()))]
            at = max(end for end in ends if end is not None and place.same(home, end))
            units.append((at, None, (attribution,)))
    units.sort(key=lambda unit: (unit[0], unit[1] is None))
    notes: dict[int, list[Note]] = {}
    for number, (at, about, attributions) in enumerate(units, start=1):
        notes.setdefault(at, []).append(Note(number, about, attributions))
    return notes


def _reported(attribution: Attribution) -> Spans:
    """Who says it and that it is said, or, where neither stands in the text, what is said."""
    return (*(attribution.source or ()), *(attribution.cue or ())) or attribution.content or ()


class _Places:
    """Where spans end within paragraphs."""

    def __init__(self, found: Sequence[Span]) -> None:
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def end_of(self, spans: Spans) -> int | None:
        """Where the last of the spans ends: in a paragraph, or at its end; None when no text is in them."""
        ends = [self._within(start, end) for start, end in spans if start < end]
        return max((end for end in ends if end is not None), default=None)

    def same(self, one: int, other: int | None) -> bool:
        """Whether two such ends are in one paragraph."""
        return other is not None and bisect_left(self._ends, one) == bisect_left(self._ends, other)

    def _within(self, start: int, end: int) -> int | None:
        at = bisect_left(self._starts, end) - 1
        if at < 0 or bisect_right(self._ends, start) > at:
            return None
        return min(end, self._ends[at])
