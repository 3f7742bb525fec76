"""The plain words of a sentence, exactly as BERT's uncased models were trained on them.

The basic tokeniser of Devlin et al. 2019: control characters go, accents are stripped, letters are lowered, and every
punctuation mark and every Chinese character is a word of its own. The tagger reads words in a way of its own
(wordpiece.py), with offsets; sentence vectors have none, and need what the weights were made with.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from secondsource.language.wordpiece import LONGEST_RUN

# Blocks of Chinese characters in the wide sense: not Hangul, Hiragana or Katakana, which are written in runs.
CHINESE = re.compile(
    "[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0002a6df\U0002a700-\U0002b73f\U0002b740-\U0002b81f\U0002b920-\U0002ceaf"
    "\uf900-\ufaff\U0002f800-\U0002fa1f]"
)
SPACES = frozenset("\t\n\r")  # control characters that are white space to BERT
# Categories of characters that go: control, format, surrogate and private ones. Those that Unicode has not assigned
# stay, so that a newer Unicode in Python takes nothing away.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
REPLACEMENT = "\ufffd"  # goes too: it stands for what could not be decoded


def plain_words(text: str) -> list[str]:
    """The words of `text` in order, none of them empty."""
    words: list[str] = []
    for word in "".join(map(_cleaned, text)).split(" "):
        if word:
            words += _cut_known(word) if len(word) <= LONGEST_RUN else _cut(word)
    return words


@lru_cache(maxsize=4096)
def _cleaned(character: str) -> str:
    """What stands for a character before words are told apart."""
    unseen = unicodedata.category(character) in UNSEEN
    if character in SPACES or (character.isspace() and not unseen):
        return " "
    if unseen or character == REPLACEMENT:
        return ""
    return f" {character} " if CHINESE.match(character) else character


def _cut(word: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
    # Letter by letter: lowering the whole would give a sigma its form at a word's end, which BERT never saw.
    spaced = "".join(f" {c} " if _is_mark(c) else c for c in map(str.lower, plain))
    return tuple(part for part in spaced.split(" ") if part)


_cut_known = lru_cache(maxsize=65536)(_cut)


def _is_mark(character: str) -> bool:
    """Whether BERT takes it for punctuation: all ASCII that is neither letter nor digit, and Unicode's marks."""
    ascii_mark = character.isascii() and not character.isalnum()
    return ascii_mark or (len(character) == 1 and unicodedata.category(character).startswith("P"))
