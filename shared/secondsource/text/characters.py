"""Characters that carry no letters of an article: invisible ones, controls, noncharacters. Data for the whole room."""

import re
from collections.abc import Iterable, Iterator

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each range, both within it."""

DEFAULT_IGNORABLE: Ranges = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero-width space, joiners, marks of direction
    (0x202A, 0x202E),  # bidi embeddings and overrides
    (0x2060, 0x206F),  # word joiner, bidi isolates
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),  # tag characters
)
"""Default_Ignorable_Code_Point of Unicode (DerivedCoreProperties.txt): what is not displayed by itself."""

ANNOTATION_MARKS: Ranges = ((0xFFF9, 0xFFFB),)
"""Marks of interlinear annotation: format characters outside Default_Ignorable_Code_Point."""

NONCHARACTERS: Ranges = ((0xFDD0, 0xFDEF), *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)))
"""The 66 code points that Unicode says are never characters."""

CONTROLS: Ranges = ((0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x9F))
"""C0 and C1 controls that are neither white space nor a separator."""

SURROGATES: Ranges = ((0xD800, 0xDFFF),)
"""Halves of UTF-16 pairs: alone in a string they cannot be encoded."""

BIDI_OVERRIDES = "\u202d\u202e"
"""LRO and RLO: they make letters read in another order than they are written."""

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\u2028\u2029"
"""Characters that end a line."""

REPLACEMENT = "\ufffd"


def code_points(*ranges: Ranges) -> Iterator[int]:
    """Every code point of the ranges."""
    for first, last in (pair for each in ranges for pair in each):
        yield from range(first, last + 1)


def one_of(*ranges: Ranges) -> str:
    """A regular expression's class of the ranges, without its brackets."""
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for each in ranges for first, last in each)


def each_as(replacement: str | None, points: Iterable[int]) -> dict[int, str | None]:
    """A table for ``str.translate`` that turns each code point into the replacement (None: takes it out)."""
    return dict.fromkeys(points, replacement)


LONE_SURROGATE = re.compile(f"[{one_of(SURROGATES)}]")
