"""Paragraphs of the tree in which trafilatura hands over a main text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lxml.etree import _Element, iterwalk

MAX_CELL_CHARS = 100
"""Longer cells of a table hold prose: each becomes a paragraph. A row of shorter ones is one line, with tabs."""

MAX_TRIES = 100_000
"""Lines of a page that its paragraphs are compared with to take them apart; 90,000 words "a" on a page with 800 other
lines took a minute."""

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


def unglued(paragraphs: Iterable[str], lines: Iterable[str], main_lines: Iterable[str] = ()) -> list[str]:
    """The paragraphs, with those that are several of the page's ``lines`` run together taken apart again.

    On short pages trafilatura falls back to the text of a whole element, its blocks joined by spaces and its menus
    among them: where some of those lines are ``main_lines``, only these are kept. What would take more than MAX_TRIES
    stays as it is.
    """
    known, main = frozenset(lines), frozenset(main_lines)
    beginning: defaultdict[str, list[str]] = defaultdict(list)
    for line in sorted(known, key=len, reverse=True):
        beginning[line.partition(" ")[0]].append(line)
    found: list[str] = []
    left = MAX_TRIES
    for paragraph in paragraphs:
        pieces, tried = ([], 0) if paragraph in known else _pieces(paragraph, beginning, left)
        left -= tried
        found += [piece for piece in pieces if piece in main] or pieces or [paragraph]
    return found


def _pieces(paragraph: str, beginning: Mapping[str, Sequence[str]], tries: int) -> tuple[list[str], int]:
    """The known lines, longest first, of which a paragraph consists, and how many were tried.

    None of them if anything else is in it, or after so many tries. ``beginning``: the lines by their first words.
    """
    found: list[str] = []
    at = tried = 0
    while at < len(paragraph):
        space = paragraph.find(" ", at)
        for line in beginning.get(paragraph[at : space if space >= 0 else None], ()):
            if tried == tries:
                return [], tried
            tried += 1
            end = at + len(line)
            if paragraph.startswith(line, at) and paragraph[end : end + 1] in ("", " "):
                break
        else:
            return [], tried
        found.append(line)
        at = end + 1
    return found, tried


def _flowing(text: str | None, keeps_lines: bool) -> str:
    return (text or "") if keeps_lines else (text or "").replace("\n", " ")


def _row(row: _Element) -> str | None:
    """The cells of a row, a tab between them; None when one of them holds prose."""
    cells = [" ".join("".join(cell.itertext()).split()) for cell in row]
    return None if any(len(cell) > MAX_CELL_CHARS for cell in cells) else "\t".join(filter(None, cells))
