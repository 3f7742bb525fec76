"""Cross-origin requests (Fetch standard): an allow-list of origins, and nothing reflected that is not on it.

Credentials are never allowed: callers send a key, not a cookie.
"""

import re
from collections.abc import Iterable
from typing import Final

_ORIGIN: Final = re.compile(r"(https?|chrome-extension|moz-extension|safari-web-extension)://[a-z0-9.-]+(:[0-9]{1,5})?")

ALLOWED_HEADERS: Final = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Prefer",
    "X-API-Key",
)
EXPOSED_HEADERS: Final = ("Allow", "ETag", "Link", "Location", "Preference-Applied", "Retry-After", "WWW-Authenticate")

MAX_AGE_SECONDS: Final = 600
"""How long a browser may keep a preflight's answer: ten minutes, so that a removed origin is soon out."""


def check_origins(origins: Iterable[str]) -> tuple[str, ...]:
    """The origins as given. Raises ValueError for one that is none: ``*``, ``null``, one with a path."""
    found = tuple(origins)
    for origin in found:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"Not an origin (scheme://host or scheme://host:port): {origin!r}")
    return found


def headers(origin: str | None, allowed: tuple[str, ...]) -> dict[str, str]:
    """The headers of any answer. Vary is there whoever asks, so that no cache gives one origin's answer to another."""
    if origin not in allowed:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": str(origin),
        "Access-Control-Expose-Headers": ", ".join(EXPOSED_HEADERS),
    }


def preflight_headers(origin: str | None, allowed: tuple[str, ...], methods: Iterable[str]) -> dict[str, str]:
    """What a preflight is told on top of ``headers``; nothing to an origin that is not allowed."""
    if origin not in allowed:
        return {}
    return {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": ", ".join(ALLOWED_HEADERS),
        "Access-Control-Max-Age": str(MAX_AGE_SECONDS),
    }
