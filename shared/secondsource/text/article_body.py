"""Paragraphs of the tree in which trafilatura hands over a main text."""

import re
from collections.abc import Iterable, Sequence

from lxml.etree import _Element, iterwalk

MAX_CELL_CHARS = 100
"""Longer cells of a table hold prose: each becomes a paragraph. A row of shorter ones is one line, with tabs."""

_BLANK_LINES = re.compile(r"\n{2,}")
_INLINE = frozenset(["hi", "ref", "del", "code", "graphic", "span"])


def paragraphs_of(body: _Element) -> list[str]:
    """Text of each block (paragraph, heading, item of a list, row of a table), in order, none empty.

    White space is collapsed; a line break within a block is a newline, two of them end it.
    """
    found: list[str] = []
    pieces: list[str] = []

    def end_block() -> None:
        lines = "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n"))
        found.extend(block for block in _BLANK_LINES.split(lines.strip("\n")) if block)
        pieces.clear()

    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag not in _INLINE and element.tag != "lb"
        if is_block:
            end_block()
        if event == "start":
            row = _row(element) if element.tag == "row" else None
            if row is not None:
                found += [row] if row else []
                walk.skip_subtree()
                continue
            pieces.append("\n" if element.tag == "lb" else _flowing(element.text, element.tag == "code"))
        elif element is not body:
            pieces.append(_flowing(element.tail, False))
    end_block()
    return found


def unglued(paragraphs: Iterable[str], lines: Sequence[str]) -> list[str]:
    """The paragraphs, with those that are several of the page's ``lines`` run together taken apart again.

    On short pages trafilatura falls back to the text of a whole element, its blocks joined by spaces.
    """
    known = frozenset(lines)
    lengths = sorted({len(line) for line in known}, reverse=True)
    return [
        piece
        for paragraph in paragraphs
        for piece in ([paragraph] if paragraph in known else _pieces(paragraph, known, lengths) or [paragraph])
    ]


def _pieces(paragraph: str, known: frozenset[str], lengths: Sequence[int]) -> list[str]:
    """The known lines, longest first, of which a paragraph consists; none if anything else is in it."""
    found: list[str] = []
    at = 0
    while at < len(paragraph):
        ends = (at + length for length in lengths)
        end = next((end for end in ends if paragraph[end : end + 1] in ("", " ") and paragraph[at:end] in known), None)
        if end is None:
            return []
        found.append(paragraph[at:end])
        at = end + 1
    return found


def _flowing(text: str | None, keeps_lines: bool) -> str:
    return (text or "") if keeps_lines else (text or "").replace("\n", " ")


def _row(row: _Element) -> str | None:
    """The cells of a row, a tab between them; None when one of them holds prose."""
    cells = [" ".join("".join(cell.itertext()).split()) for cell in row]
    return None if any(len(cell) > MAX_CELL_CHARS for cell in cells) else "\t".join(filter(None, cells))
