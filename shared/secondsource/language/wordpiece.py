"""Words of a text with exact offsets, and their word pieces and surface features: what the tagger reads.

A word is a run of letters and digits with inner apostrophes ("don't", "Clinton's"), or one single other
character that is not white space. Offsets count Unicode code points into the text as given, end exclusive.
The pieces follow BERT's uncased WordPiece (Devlin et al. 2019): lower case, accents stripped, then the longest
known piece from the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
PIECES = re.compile(r"\w+|[^\w\s]")

# Typographic variants that mean the same to the tagger as the plain mark; the quote feature keeps what they tell.
PLAIN = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-"}
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")

LONGEST_RUN = 100  # characters; BERT's own limit, past it a run is unknown
MOST_PIECES = 8  # pieces kept of one word: enough for any name, and it bounds a window's length

CASES = ("lower", "title", "upper", "mixed", "number", "mark")
QUOTES = ("outside", "inside", "opens", "closes")


def words(text: str) -> list[tuple[int, int]]:
    """The [start, end) offsets of every word of `text`, in order; white space belongs to no word."""
    return [match.span() for match in WORD.finditer(text)]


def paragraph_starts(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word, whether a line break stands between it and the word before it (True for the first)."""
    starts = [True] * len(spans)
    for i in range(1, len(spans)):
        starts[i] = "\n" in text[spans[i - 1][1] : spans[i][0]]
    return starts


@lru_cache(maxsize=65536)
def case_of(word: str) -> int:
    """The word's letter case as an index into CASES."""
    if not any(c.isalnum() for c in word):
        return 5
    if not any(c.isalpha() for c in word):
        return 4
    if word.islower():
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3


def quote_states(tokens: Sequence[str], starts: Sequence[bool]) -> list[int]:
    """For each token its place to double quote marks, as an index into QUOTES; a new paragraph closes them all.

    A straight mark opens when none is open and closes otherwise.
    """
    states, inside = [0] * len(tokens), False
    for i, token in enumerate(tokens):
        if starts[i]:
            inside = False
        if token in OPENING or (token == '"' and not inside):
            inside, states[i] = True, 2
        elif token in CLOSING or token == '"':
            inside, states[i] = False, 3
        elif inside:
            states[i] = 1
    return states


class WordPiece:
    """BERT's uncased WordPiece over a given vocabulary, one word at a time."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """`vocabulary` maps a piece ("##" before one that continues a word) to its row; needs [UNK], [CLS], [SEP]."""
        self._rows = dict(vocabulary)
        self.unknown, self.first, self.last = (self._rows[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self.pieces = lru_cache(maxsize=65536)(self._pieces)

    @classmethod
    def read(cls, path: Path) -> WordPiece:
        """The WordPiece of a vocabulary file: one piece a line, the row is the line's number from nought."""
        lines = path.read_text(encoding="utf-8").split("\n")
        return cls({piece: row for row, piece in enumerate(lines) if piece})

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The rows of the word's pieces: at least one, at most MOST_PIECES."""
        if len(word) == 1:
            word = PLAIN.get(word, word)
        elif "’" in word:
            word = word.replace("’", "'")
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        rows: list[int] = []
        for run in PIECES.findall(plain):
            rows += self.longest_first(run)
            if len(rows) >= MOST_PIECES:
                break
        return tuple(rows[:MOST_PIECES]) or (self.unknown,)

    def longest_first(self, run: str) -> list[int]:
        """The rows of a run of plain characters, always the longest known piece next; else the unknown piece alone."""
        if len(run) > LONGEST_RUN:
            return [self.unknown]
        rows, start = [], 0
        while start < len(run):
            prefix = "##" if start else ""
            for end in range(len(run), start, -1):
                row = self._rows.get(prefix + run[start:end])
                if row is not None:
                    break
            else:
                return [self.unknown]
            rows.append(row)
            start = end
        return rows
