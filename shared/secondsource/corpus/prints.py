"""Fingerprints of an article's wording: by them a copy is known for one without the text of what it was copied from.

Winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003): of every ``_WINDOW`` runs of ``RUN`` words in a row the one
with the least hash is kept, so that two texts that have ``RUN + _WINDOW - 1`` words in common have a print in common
wherever these words stand, and few others have by chance. Runs that hardly carry content leave none, and neither does
the furniture of a page.
"""

import unicodedata
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from secondsource.text.furniture import is_furniture
from secondsource.text.normalise import clean
from secondsource.text.sentences import sentences
from secondsource.text.terms import STOP, words

RUN = 8
_CONTENT = 3
"""Words of a run that carry content, at least."""
_WINDOW = 8
MOST = 400
"""Prints kept of all the reports of a claim: those that most of them have first."""
INDEXED = 4
"""Prints of an article that are index keys."""
_BYTES = np.dtype("<u4")


def prints(text: str) -> bytes:
    """The prints of a text, each once and in order, four bytes each.

    How it is set makes no difference: lines, case, marks, kinds of apostrophe and of accented letter.
    """
    plain = unicodedata.normalize("NFC", clean(text).text)
    kept, end = [], 0
    for start, stop in sentences(plain):
        if is_furniture(plain[start:stop]):
            kept.append(plain[end:start])
            end = stop
    kept.append(plain[end:])
    spoken = [word.casefold() for piece in kept for word in words(piece)]
    hashes = [_hash(spoken[n : n + RUN]) for n in range(len(spoken) - RUN + 1)]
    found: set[int] = set()
    for n in range(max(1, len(hashes) - _WINDOW + 1) if hashes else 0):
        window = [h for h in hashes[n : n + _WINDOW] if h is not None]
        found.update([min(window)] if window else [])
    return _packed(found)


def _hash(run: Sequence[str]) -> int | None:
    return zlib.crc32(" ".join(run).encode()) if sum(word not in STOP for word in run) >= _CONTENT else None


def count(packed: bytes) -> int:
    """How many prints these are."""
    return len(packed) // _BYTES.itemsize


def least(packed: bytes) -> list[str]:
    """The index keys of a text's wording: its ``INDEXED`` least prints, which a copy shares more often than not."""
    return [f"={value:08x}" for value in np.frombuffer(packed, _BYTES)[:INDEXED].tolist()]


def in_common(a: bytes, b: bytes) -> int:
    """How many prints both have."""
    return len(np.intersect1d(np.frombuffer(a, _BYTES), np.frombuffer(b, _BYTES), assume_unique=True))


def together(many: Sequence[bytes]) -> bytes:
    """The prints of a claim's reports, ``MOST`` at most: of several those alone that two of them have.

    Or a digest of several reports, which is one of the first of them, would make all of them one claim.
    """
    if not many:
        return b""
    values, counts = np.unique(np.concatenate([np.frombuffer(one, _BYTES) for one in many]), return_counts=True)
    if len(many) > 1:
        values, counts = values[counts > 1], counts[counts > 1]
    return _packed(values[np.lexsort((values, -counts))][:MOST].tolist())


def _packed(values: Iterable[int]) -> bytes:
    return np.array(sorted(values), _BYTES).tobytes()
