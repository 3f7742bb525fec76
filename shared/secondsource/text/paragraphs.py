"""Paragraphs of a text, and words in it as evidence one can check."""

import re
from itertools import pairwise

from secondsource.model import Evidence, Span
from secondsource.text.characters import DEFAULT_IGNORABLE, LINE_ENDS, each_as, one_of

CONTEXT_CHARS = 32
"""Code points of prefix and suffix around a quotation, as in the W3C's Web Annotation examples."""

_TO_NEWLINE = each_as("\n", map(ord, LINE_ENDS))
_LINE = re.compile(r"[^\n]+")
_EDGE = rf"\s{one_of(DEFAULT_IGNORABLE)}"
_TRIMMED = re.compile(rf"[^{_EDGE}](?:.*[^{_EDGE}])?", re.DOTALL)

# Text wrapped by hand or by an e-mail program: 72 to 80 columns, seldom up to 100.
_WRAP_COLUMNS = 100
_MIN_WRAPPED_COLUMNS = 40
_MIN_BREAKS = 3
_MID_SENTENCE_SHARE = 0.4
_SENTENCE_END = tuple(".!?:;\"”»'’)]…")


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs: separated by line ends, trimmed, never empty.

    In text wrapped by hand a paragraph goes on until the next blank line.
    """
    found: list[Span] = []
    for line in _LINE.finditer(unwrap(_same_line_ends(text))):
        inside = _TRIMMED.search(line[0])
        if inside:
            found.append((line.start() + inside.start(), line.start() + inside.end()))
    return found


def unwrap(text: str) -> str:
    """Text of the same length, with the newlines inside the paragraphs of hand-wrapped text turned into spaces.

    Any other text comes back as it is. Expects "\\n" as the only end of a line.
    """
    lines = text.split("\n")
    if not _wrapped_by_hand([line.strip() for line in lines]):
        return text
    joined = [lines[0]]
    for before, after in pairwise(lines):
        joined.append(" " if before.strip() and after.strip() else "\n")
        joined.append(after)
    return "".join(joined)


def selector(article_id: str, text: str, start: int, end: int, shows: str = "") -> Evidence:
    """``text[start:end]`` as evidence, with up to CONTEXT_CHARS code points around it.

    Raises ValueError when the span is empty or not within the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}) is no span of a text of {len(text)} characters")
    return Evidence(
        article_id=article_id,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARS) : start],
        suffix=text[end : end + CONTEXT_CHARS],
        shows=shows,
    )


def _same_line_ends(text: str) -> str:
    """The text, of the same length, with each end of a line as one newline (CRLF: a space and a newline)."""
    return text.replace("\r\n", " \n").translate(_TO_NEWLINE)


def _wrapped_by_hand(lines: list[str]) -> bool:
    """Whether lines end inside sentences: none is too wide, and many go on in lower case on the next one."""
    breaks = mid_sentence = 0
    for before, after in pairwise(lines):
        if max(len(before), len(after)) > _WRAP_COLUMNS:
            return False
        if before and after:
            breaks += 1
            runs_on = len(before) >= _MIN_WRAPPED_COLUMNS and not before.endswith(_SENTENCE_END)
            mid_sentence += runs_on and after[0].islower()
    return breaks >= _MIN_BREAKS and mid_sentence >= _MID_SENTENCE_SHARE * breaks
