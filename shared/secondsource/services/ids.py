"""Ids that sort by the time they were made, after ULID (https://github.com/ulid/spec), in lower case."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Final

from secondsource.ports import Clock

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32: its order is that of the characters, and no two of them look alike."""
_BITS_A_CHARACTER: Final = 5
_CHARACTERS: Final = 26
_RANDOM_BITS: Final = 80


def job_ids(clock: Clock) -> Callable[[], str]:
    """What makes a new job id at each call: ``job_`` and 26 characters, 48 bits of milliseconds and 80 random ones."""

    def make() -> str:
        number = int(clock.now().timestamp() * 1000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        return "job_" + _base32(number)

    return make


def random_id() -> str:
    """26 characters that nobody guesses: 130 random bits."""
    return _base32(secrets.randbits(_CHARACTERS * _BITS_A_CHARACTER))


def digest_id(prefix: str, *parts: str) -> str:
    """An id that follows from its parts alone: the prefix and 26 characters of their SHA-256 (130 bits)."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return f"{prefix}_{_base32(int.from_bytes(digest, 'big') >> (len(digest) * 8 - _CHARACTERS * _BITS_A_CHARACTER))}"


def _base32(number: int) -> str:
    mask = len(_ALPHABET) - 1
    shifts = range((_CHARACTERS - 1) * _BITS_A_CHARACTER, -1, -_BITS_A_CHARACTER)
    return "".join(_ALPHABET[(number >> shift) & mask] for shift in shifts)
