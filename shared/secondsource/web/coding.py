"""Content codings: gzip once, undone piece by piece under a cap, or none."""

import zlib
from collections.abc import Iterable
from typing import Final

from secondsource.web.failures import failure

_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
"""zlib's way to say: a gzip member with header and check sum, nothing else."""


def decode_content(chunks: Iterable[bytes], content_encoding: str, max_bytes: int) -> bytes:
    """The body with its Content-Encoding undone.

    Raises FetchFailed: ``unsupported-encoding`` for more than one coding (each may multiply by a thousand),
    ``bad-encoding`` for one that is not gzip or is damaged or cut short, ``too-large`` over ``max_bytes``.
    """
    codings = [coding for part in content_encoding.split(",") if (coding := part.strip().lower())]
    if len(codings) > 1:
        raise failure("unsupported-encoding")
    if not codings or codings == ["identity"]:
        return _capped(chunks, max_bytes)
    if codings[0] not in ("gzip", "x-gzip"):
        raise failure("bad-encoding")
    try:
        return _gunzip(chunks, max_bytes)
    except zlib.error:
        raise failure("bad-encoding") from None


def _capped(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise failure("too-large")
    return bytes(body)


def _gunzip(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """One gzip member or several in a row (RFC 1952, 2.2), and nothing after them."""
    body = bytearray()
    member = zlib.decompressobj(_GZIP_WINDOW)
    for chunk in chunks:
        rest = chunk
        while rest:
            if member.eof:
                member = zlib.decompressobj(_GZIP_WINDOW)
            # One byte over the cap is all that a bomb ever gets to write.
            body += member.decompress(rest, max_bytes + 1 - len(body))
            if len(body) > max_bytes:
                raise failure("too-large")
            rest = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        raise failure("bad-encoding")
    return bytes(body)
