"""Text that no newsroom wrote: shapes on which a parser's time or memory would run away."""

import re
from collections.abc import Iterable

MAX_WORD_CHARS = 2_000
"""Code points without white space: the longest web addresses in use. 2,021 news articles: 226."""

MAX_STRETCH_CHARS = 3_000
"""Code points without the end of a sentence or a line. 3,105 news articles: 981."""

MAX_SENTENCE_WORDS = 800
"""Words and marks of one sentence as the parser tells them apart. 2,229 news articles: 135."""

MAX_MARKS = 20_000
"""Quotation marks and apostrophes, or brackets, in one text. Articles have one in 20 code points at most, so that the
longest text taken has 10,000."""

MAX_LINES = 20_000
"""Lines that hold anything; the longest text taken has 2,000 paragraphs of 100 code points."""

MAX_STACKED_MARKS = 50
"""Combining marks on one letter; no script needs more than five."""

# A mark within a number or a word ends nothing: "3.5", "e.g". Scripts without spaces have marks of their own.
_SENTENCE_OR_LINE_END = re.compile(
    r"[.!?\u2026](?=[\"'()\[\]\u2018\u2019\u201c\u201d\u00ab\u00bb]*+(?:\s|\Z|[A-Z]))|[\u3002\u061f\u06d4\u0964\n\r]"
)
_ABBREVIATION = re.compile(
    r"\b(Mrs?|M[sx]|[DS]r|Jr|St|Prof|Rev|Hon|Gen|Col|Lt|Capt|Maj|Sgt|Sen|Rep|Gov|Pres|Inc|Co|Corp|Ltd|Bros|vs|"
    r"Jan|Feb|Aug|Sept?|Oct|Nov|Dec|[A-Za-z])\.(?=\s)"
)
"""What a parser reads on over: 50,000 times "Mr." are one sentence to it, of which it knows only when it is through."""
_STACK = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
_FILLED_LINE = re.compile(r"\S[^\n\r]*+")
_QUOTES = "\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
_BRACKETS = "()[]{}<>"


def too_complex(text: str) -> str | None:
    """Why the text is too complex to parse, as a clause; None: it is not. Linear in its length."""
    if _longest(text.split()) > MAX_WORD_CHARS:
        return f"it has a word of more than {MAX_WORD_CHARS:,} characters"
    if _longest(_SENTENCE_OR_LINE_END.split(_ABBREVIATION.sub(r"\1,", text))) > MAX_STRETCH_CHARS:
        return f"it has more than {MAX_STRETCH_CHARS:,} characters without the end of a sentence"
    for marks, name in ((_QUOTES, "quotation marks"), (_BRACKETS, "brackets")):
        if sum(map(text.count, marks)) > MAX_MARKS:
            return f"it has more than {MAX_MARKS:,} {name}"
    if sum(1 for _ in _FILLED_LINE.finditer(text)) > MAX_LINES:
        return f"it has more than {MAX_LINES:,} lines"
    if _longest(_STACK.findall(text)) > MAX_STACKED_MARKS:
        return f"it has more than {MAX_STACKED_MARKS} marks on one letter"
    return None


def too_long(sentences: Iterable[int]) -> str | None:
    """Why a text whose sentences have so many words is too complex to analyse, as a clause; None: it is not."""
    if max(sentences, default=0) > MAX_SENTENCE_WORDS:
        return f"it has a sentence of more than {MAX_SENTENCE_WORDS} words"
    return None


def _longest(pieces: Iterable[str]) -> int:
    return max(map(len, pieces), default=0)
