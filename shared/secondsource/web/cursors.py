"""Cursors: where a list goes on, as text that means nothing to its holder and fits no other list.

A cursor is a check value and a position, in URL-safe base64. The check binds it to the tenant and to the list
(a list that is filtered says so in its name). It needs no secret: whoever forged one would only start his own
list elsewhere, for tenant and list are always taken from the request and never from the cursor.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

from secondsource.errors import InvalidCursor

MOST_CHARACTERS = 1024
"""A position is a sort key of at most a few hundred bytes; longer text is no cursor and is not even decoded."""
_CHECK_BYTES = 12
_FORM = b"cursor-1"
"""Changes whenever the form of cursors does, so that old ones are refused instead of misread."""
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")


def encode(tenant: str, listing: str, position: str) -> str:
    """The cursor for going on after ``position`` in the list ``listing`` of ``tenant``."""
    place = position.encode()
    return urlsafe_b64encode(_check(tenant, listing, place) + place).rstrip(b"=").decode("ascii")


def decode(tenant: str, listing: str, cursor: str) -> str:
    """The position that ``encode`` was given. Raises InvalidCursor for anything it did not answer for this list."""
    if len(cursor) > MOST_CHARACTERS or not _ALPHABET.fullmatch(cursor):
        raise InvalidCursor
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        position = raw[_CHECK_BYTES:].decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidCursor from error
    if encode(tenant, listing, position) != cursor:
        raise InvalidCursor
    return position


def _check(tenant: str, listing: str, place: bytes) -> bytes:
    digest = blake2b(digest_size=_CHECK_BYTES, person=_FORM)
    for part in (tenant.encode("utf-8", "surrogatepass"), listing.encode("utf-8", "surrogatepass"), place):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
