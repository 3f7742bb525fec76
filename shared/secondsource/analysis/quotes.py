"""Quotations: which stretches of a text stand in quote marks.

Marks are paired per paragraph and by direction, so one lost mark spoils one paragraph at most. A quotation
that is not closed runs to the end of its paragraph (it goes on in the next when that opens with a mark,
the convention for quotations over several paragraphs).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = "“«„"
_CLOSE = "”»"
_DOUBLE = re.compile(r"''|[\"“”«»„‟]")
# British single quotes: opening after space or at the start, closing after punctuation or before space/end.
_SINGLE_OPENS = re.compile(r"(?:(?<=\s)|^)['‘](?=\w)", re.MULTILINE)
_SINGLE_CLOSES = re.compile(r"[,.?!]['’](?=\s|$)", re.MULTILINE)
_LONGEST_SINGLE = 1500
"""Code points within which a single quote must be closed: what opens without closing is an apostrophe ('tis)."""
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Quote:
    """A quotation: [start, end) with its marks. ``closed`` is False where the closing mark is missing;
    ``continues`` when it opens a paragraph that follows an unclosed quotation."""

    start: int
    end: int
    closed: bool = True
    continues: bool = False

    @property
    def inner(self) -> tuple[int, int]:
        """The span without marks."""
        return self.start + 1, self.end - (1 if self.closed else 0)


def quotes(text: str) -> tuple[Quote, ...]:
    """All quotations in reading order, never overlapping. Linear in the length of the text."""
    found: list[Quote] = []
    open_before = False
    for paragraph in _PARAGRAPH.finditer(text):
        inside = list(_double(text, paragraph.start(), paragraph.end()))
        if inside and open_before and not text[paragraph.start() : inside[0].start].strip():
            first = inside[0]
            inside[0] = Quote(first.start, first.end, first.closed, continues=True)
        open_before = bool(inside) and not inside[-1].closed
        if not inside:
            inside = list(_single(text, paragraph.start(), paragraph.end()))
        found += inside
    return tuple(found)


def _single(text: str, begin: int, end: int) -> Iterator[Quote]:
    """The quotations in single marks of the paragraph [begin, end): British usage."""
    done = begin
    for opening in _SINGLE_OPENS.finditer(text, begin, end):
        if opening.start() < done:
            continue
        closing = _SINGLE_CLOSES.search(text, opening.end() + 2, min(end, opening.end() + _LONGEST_SINGLE))
        if closing is not None:
            done = closing.end()
            yield Quote(opening.start(), done)


def _double(text: str, begin: int, end: int) -> Iterator[Quote]:
    """The quotations in double marks of the paragraph [begin, end)."""
    start: int | None = None
    last = begin
    for mark in _DOUBLE.finditer(text, begin, end):
        sign, at = mark.group(), mark.start()
        if sign in _OPEN or (sign not in _CLOSE and _opens(text, at, mark.end(), start is not None)):
            if start is not None:
                if sign in _OPEN or not text[at - 1].isspace():
                    continue  # a quotation within the quotation
                yield Quote(start, _rstrip(text, start, at), closed=False)
            start = at
        elif start is not None:
            yield Quote(start, mark.end())
            last, start = mark.end(), None
        elif at > last and text[at - 1] in ",.?!" and not text[last:at].isspace():
            # The opening mark was lost: the quotation began with the paragraph or its last sentence.
            begin_at = _sentence_start(text, last, at)
            yield Quote(begin_at, mark.end())
            last = mark.end()
    if start is not None:
        yield Quote(start, _rstrip(text, start, end), closed=False)


def _opens(text: str, at: int, after: int, inside: bool) -> bool:
    """Whether an undirected mark opens a quotation: by the space beside it, else by whether one is open."""
    before_space = at == 0 or text[at - 1].isspace() or text[at - 1] in "([{—–-"
    after_space = after >= len(text) or text[after].isspace()
    if before_space and not after_space:
        return True
    if after_space and not before_space:
        return False
    return not inside


def _rstrip(text: str, start: int, end: int) -> int:
    """The end of [start, end) without the white space at its end."""
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _sentence_start(text: str, begin: int, at: int) -> int:
    """Where the last sentence before a mark begins, not before ``begin``."""
    cut = max(text.rfind(". ", begin, at - 1), text.rfind("? ", begin, at - 1), text.rfind("! ", begin, at - 1))
    start = cut + 2 if cut >= 0 else begin
    while start < at and text[start].isspace():
        start += 1
    return start
