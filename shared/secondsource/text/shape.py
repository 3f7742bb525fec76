"""Text that is not prose: verse, tables, lists, code, a headline alone.

Every test gives way to prose: a text in which a good part of the words stand in whole sentences is an article,
whatever else is in it.
"""

import re
from statistics import median

from secondsource.text.paragraphs import paragraphs

PROSE_SHARE = 0.3
"""Share of words in lines of prose from which on a text is prose."""

VERSE_SHARE = 0.5
"""The same for verse, whose lines are whole sentences now and then."""

_MIN_PROSE_WORDS = 8
_MIN_WORDS = 3
_MAX_HEADLINE_WORDS = 25  # headlines of news agencies have 10 on average
# A headline in title case: every word of four letters or more begins in upper case, and there are three of them.
_MIN_LONG_WORD = 4
_MIN_TITLE_WORDS = 3
_MOST_LINES = 0.6
_MIN_LETTERS = 0.4
_MIN_VERSE_LINES = 6
_MAX_VERSE_WORDS = 10  # of the line in the middle
_MAX_LONGEST_VERSE_WORDS = 15
_MIN_VERSE_CAPITALS = 0.7
_MAX_VERSE_SENTENCES = 0.45

_EDGE_CHARS = 200
"""Code points looked at where a line begins and where it ends: keeps every test linear."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d\u00bb)\]]*$")
_WHOLE_VERB = re.compile(r"\b(?:has|have|had|is|are|was|were)\s(?:\w{2,15}ly\s)?(?:been|being)\b")
"""A verb with all its auxiliaries, which headlines leave out: a line with it is a sentence that lacks its full stop."""
# Two spaces are a gap between cells unless they follow the end of a sentence.
_CELLS = re.compile(r"\t|\s\|\s|^\||[^\s.!?:\"'\u2019\u201d)] {2,}\S|;\S*;|[^\s\d],[^\s,]+,\S")
_BULLET = re.compile(r"^(?:[-*+>\u2013\u2014\u2022\u2023\u25aa\u25cf\u00b7\u2192]|\(?\d{1,3}[.):]|\(?[a-zA-Z][.)])\s")
_VERSE_MARK = re.compile(
    r"^[\[(](?:verse|chorus|refrain|bridge|pre-chorus|intro|outro|hook)\b[^\])]*[\])]$", re.IGNORECASE
)
_CODE = re.compile(
    r"^(?:def |class |import |from [\w.]+ import|return\b|#include|//|/\*|\*/|</?\w+[ >]|SELECT |\$ |\w+ [-+]?= "
    r"|(?:if|for|while|switch) ?\(|(?:var|let|const|function|public|private|static|void|int) |@\w+$)"
    r"|[;{}]$|==|=>|&&|\|\||\(\)|\):$"
)


class _Line:
    """One line that holds anything, and what it looks like."""

    def __init__(self, text: str) -> None:
        begin, end = text[:_EDGE_CHARS], text[-_EDGE_CHARS:]
        words = _WORD.findall(text)
        long_words = [word for word in words if len(word) >= _MIN_LONG_WORD]
        self.words = len(words)
        self.is_title = (
            len(words) < _MAX_HEADLINE_WORDS
            and len(long_words) >= _MIN_TITLE_WORDS
            and all(word[0].isupper() for word in long_words)
        )
        self.begins_upper = begin.lstrip("\"'([\u2018\u201c\u00ab\u2014- ")[:1].isupper()
        self.ends_sentence = _SENTENCE_END.search(end) is not None
        self.is_clause = _WHOLE_VERB.search(begin) is not None
        self.is_row = _CELLS.search(begin) is not None
        self.is_item = _BULLET.match(begin) is not None
        self.is_code = _CODE.search(begin) is not None or _CODE.search(end) is not None
        self.is_verse_mark = _VERSE_MARK.match(begin) is not None
        whole = self.ends_sentence or end.endswith(":")
        self.is_prose = self.words >= _MIN_PROSE_WORDS and whole and not self.is_row


def not_prose(text: str) -> str | None:
    """The shape of a text that is not prose: "too-short", "code", "table", "list" or "verse"; None: it is prose.

    Linear in the length of the text.
    """
    lines = [_Line(text[start:end]) for start, end in paragraphs(text)]
    words = sum(line.words for line in lines)
    in_prose = sum(line.words for line in lines if line.is_prose)
    if in_prose < PROSE_SHARE * words or not words:
        for shape, like in (
            ("code", [line.is_code for line in lines]),
            ("table", [line.is_row for line in lines]),
            ("list", [line.is_item for line in lines]),
        ):
            if len(lines) > 1 and sum(like) >= _MOST_LINES * len(lines):
                return shape
        letters = sum(map(str.isalpha, text))
        if letters < _MIN_LETTERS * sum(map(len, text.split())):
            return "table"
    has_sentence = any((line.ends_sentence or line.is_clause) and not line.is_title for line in lines)
    if words < _MIN_WORDS or (words < _MAX_HEADLINE_WORDS and not has_sentence):
        return "too-short"
    return "verse" if in_prose < VERSE_SHARE * words and _is_verse(lines) else None


def _is_verse(lines: list[_Line]) -> bool:
    """Many short lines of much the same length that begin like verse and seldom end a sentence."""
    if any(line.is_verse_mark for line in lines):
        return True
    lengths = [line.words for line in lines]
    return (
        len(lines) >= _MIN_VERSE_LINES
        and median(lengths) <= _MAX_VERSE_WORDS
        and max(lengths) <= _MAX_LONGEST_VERSE_WORDS
        and sum(line.begins_upper for line in lines) >= _MIN_VERSE_CAPITALS * len(lines)
        and sum(line.ends_sentence for line in lines) <= _MAX_VERSE_SENTENCES * len(lines)
    )
