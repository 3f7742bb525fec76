"""Which attributions cover a place, and which begin in a stretch: without looking at all of them each time."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from secondsource.analysis.draft import Draft

_CELL = 256
"""Code points: about the length of a content, which then lies in one or two cells."""


class Drafts:
    """The drafts of one text by where they stand; each is told by its number, in ascending order."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._cells: defaultdict[int, list[int]] = defaultdict(list)
        cues = []
        for n, draft in enumerate(drafts):
            cells = {c for s, e in draft.content for c in range(s // _CELL, e // _CELL + 1)}
            for cell in cells:
                self._cells[cell].append(n)
            if draft.cue:
                cues.append((draft.cue[0][0], n))
        self._cues = sorted(cues)

    def near(self, place: int) -> Sequence[int]:
        """Those of which a part of the content may cover this place, all that do among them."""
        return self._cells.get(place // _CELL, ())

    def cued_within(self, start: int, end: int) -> Iterator[int]:
        """Those whose cue begins in [start, end], in the order of their cues."""
        for at in range(bisect_left(self._cues, (start, -1)), len(self._cues)):
            place, n = self._cues[at]
            if place > end:
                return
            yield n
