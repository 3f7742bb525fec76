"""A domain value as bytes that fit DynamoDB: JSON, compressed, in pieces; and back."""

import json
import zlib
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

from pydantic import BaseModel

from secondsource.errors import TooLarge

PIECE_BYTES = 300_000
"""An item of DynamoDB holds 409,600 bytes, names of attributes included; the rest is for keys, pointers, a summary."""
MOST_PIECES = 12
"""One transaction writes a document whole and holds 4 MB: 3.6 MB of content leave room for the rest."""
_LEVEL = 6
_LINK_BYTES = 6

T = TypeVar("T", bound=BaseModel)


def pack(value: BaseModel) -> bytes:
    """The value as compressed JSON."""
    return zlib.compress(value.model_dump_json().encode(), _LEVEL)


def unpack(kind: type[T], packed: bytes) -> T:
    """The value that ``pack`` was given."""
    return kind.model_validate_json(zlib.decompress(packed))


def split(packed: bytes) -> list[bytes]:
    """The bytes in pieces of at most PIECE_BYTES, at least one. Raises TooLarge beyond MOST_PIECES."""
    if len(packed) > PIECE_BYTES * MOST_PIECES:
        raise TooLarge("More than can be stored under one id.")
    return [packed[start : start + PIECE_BYTES] for start in range(0, len(packed), PIECE_BYTES)] or [b""]


def join(pieces: Sequence[bytes]) -> bytes:
    """The bytes that ``split`` was given."""
    return b"".join(pieces)


def pack_keys(keys: Sequence[tuple[str, str]]) -> bytes | None:
    """Primary keys as compressed JSON, None for none. Those of a document's pointers have much in common: the 22 of an
    occurrence take 0.8 KB, and 3 KB in plain."""
    return zlib.compress(json.dumps(keys, separators=(",", ":")).encode(), _LEVEL) if keys else None


def unpack_keys(packed: bytes | None) -> list[tuple[str, str]]:
    """The keys that ``pack_keys`` was given."""
    return [(partition, sort) for partition, sort in json.loads(zlib.decompress(packed))] if packed else []


def fingerprint(packed: bytes) -> str:
    """12 hexadecimal digits that tell this content from another."""
    return blake2b(packed, digest_size=_LINK_BYTES).hexdigest()
