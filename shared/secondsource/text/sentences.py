"""Sentences of a text by their marks alone, for what needs no parse."""

import re

from secondsource.model import Span

_SENTENCE = re.compile(r"[^\s][^\n]*?(?:[.!?][”\"'’)\]]*(?=\s|$)|(?=\n)|$)")
_SHORTEST = 4
"""Words of what is no heading or fragment."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[A-Z]\.){0,3}[A-Z]|Mr|Mrs|Ms|Dr|Prof|Rev|St|Gen|Maj|Col|Lt|Sgt|Capt|Gov|Sen|Rep|vs|Inc|Ltd|Co|"
    r"a\.m|p\.m|e\.g|i\.e)\.$"
)
_BEFORE_NUMBER = re.compile(r"(?:^|[\s(“\"])(?:Nos?|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$")
"""What is short for something before a number only: "No. 4"."""
_MORE = re.compile(r"[^\S\n]+(?=[^\s])")
_NUMBER = re.compile(r"[^\S\n]+(?=\d)")


def sentences(text: str, shortest: int = _SHORTEST) -> list[Span]:
    """Where the sentences of at least ``shortest`` words stand, in order, without the white space around them.

    A sentence ends with its line at the latest. Offsets are code points; time is linear in the text's length.
    """
    found: list[Span] = []
    begin: int | None = None
    for match in _SENTENCE.finditer(text):
        start = match.start() if begin is None else begin
        begin = None
        goes_on = _MORE if _ABBREVIATED.search(match[0]) else _NUMBER if _BEFORE_NUMBER.search(match[0]) else None
        if goes_on is not None and goes_on.match(text, match.end()):
            begin = start
            continue
        end = start + len(text[start : match.end()].rstrip())
        if len(text[start:end].split()) >= shortest:
            found.append((start, end))
    return found
