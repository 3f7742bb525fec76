"""The text a parser sees, and the way back to the text that is stored.

Nothing is expanded (no NFKC) and nothing is reordered: a character is left, replaced by one other, or taken out.
So every stretch of clean text answers one stretch of the original.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from secondsource.model import Span, Spans
from secondsource.text.characters import (
    ANNOTATION_MARKS,
    BIDI_OVERRIDES,
    CONTROLS,
    DEFAULT_IGNORABLE,
    LINE_ENDS,
    NONCHARACTERS,
    REPLACEMENT,
    SURROGATES,
    code_points,
    each_as,
)
from secondsource.text.paragraphs import unwrap

# Bytes 0x80 to 0x9f of windows-1252 read as Latin-1: old newsroom systems still hand them on, and HTML reads the
# numbers the same way (WHATWG, "numeric character reference end state").
_WINDOWS_1252 = {
    byte: mark for byte in range(0x80, 0xA0) if (mark := bytes([byte]).decode("cp1252", "replace")) != REPLACEMENT
}
_SPACES = (0x09, 0x1F, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
# The opening single quote (2018) and the low one (201A) stay: direction tells where a quotation begins.
_APOSTROPHES = (0x92, 0x2019, 0x02BC, 0xFF07, 0xB4, 0x201B)
_STRAIGHT_DOUBLES = (0x2033, 0xFF02)
_HYPHENS = (0x2010, 0x2011, 0x2212, 0xFF0D)

_TAKEN_OUT = frozenset(code_points(CONTROLS, DEFAULT_IGNORABLE, ANNOTATION_MARKS, NONCHARACTERS)) - set(_WINDOWS_1252)
_TAKEN_OUT_CHARS = frozenset(map(chr, _TAKEN_OUT))
_TABLE: dict[int, str | None] = {
    **each_as(None, _TAKEN_OUT),
    **_WINDOWS_1252,
    **each_as(" ", _SPACES),
    **each_as("\n", map(ord, LINE_ENDS)),
    **each_as("'", _APOSTROPHES),
    **each_as('"', _STRAIGHT_DOUBLES),
    **each_as("-", _HYPHENS),
    0x201F: "\u201c",
    **each_as(REPLACEMENT, code_points(SURROGATES)),
}


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text with its way back.

    ``text`` is what a parser sees. ``bidi_override``: the original holds characters that make it read in another
    order than it is written, which a report should say.
    """

    text: str
    bidi_override: bool
    _length: int = field(repr=False)
    _positions: Sequence[int] | None = field(repr=False)
    """Where each character of ``text`` stands in the original; None: where it stands in ``text``."""

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that ``text[start:end]`` stands for; empty only when start equals end.

        Raises ValueError when [start, end) does not lie in the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not within the {len(self.text)} characters of the clean text")
        if self._positions is None:
            return start, end
        if start == end:
            here = self._positions[start] if start < len(self.text) else self._length
            return here, here
        return self._positions[start], self._positions[end - 1] + 1

    def spans(self, spans: Iterable[Span]) -> Spans:
        """``span`` for each piece."""
        return tuple(self.span(start, end) for start, end in spans)


def clean(text: str) -> Clean:
    """Text without invisible characters, with plain spaces, line ends and apostrophes; linear in its length.

    Taken out: zero-width characters, soft hyphens, bidi controls, tag characters, variation selectors, control
    characters, NUL and noncharacters. One to one: CR, LF and CRLF to a newline, any space to a plain one, the
    typographic apostrophe to the straight one, a lone surrogate to U+FFFD. Directed quotation marks stay, and so do
    combining marks. In text wrapped by hand the newlines within a paragraph become spaces.
    """
    same_length = text.replace("\r\n", "\0\n")  # NUL is taken out below, so CRLF becomes one newline
    positions = None
    if not _TAKEN_OUT_CHARS.isdisjoint(same_length):
        positions = array("L", (at for at, char in enumerate(same_length) if char not in _TAKEN_OUT_CHARS))
    return Clean(
        text=unwrap(same_length.translate(_TABLE)),
        bidi_override=any(mark in text for mark in BIDI_OVERRIDES),
        _length=len(text),
        _positions=positions,
    )
