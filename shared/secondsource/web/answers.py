"""Successful answers: JSON and text with a strong ETag, and 304 to those who have them already."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

JSON: Final = "application/json"
TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
LINES: Final = "application/x-ndjson"

_ETAG_BYTES: Final = 16
"""128 bits of SHA-256: no two contents will share a tag by chance."""

_REVALIDATE: Final = "private, no-cache"
"""May be kept by the caller alone, and asked about each time: claims are recounted as articles come in."""

_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')


def answer(
    body: str, status: int = 200, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response[str]:
    """An answer with a body of this media type."""
    return Response(status_code=status, content_type=media_type, body=body, headers=dict(headers or {}))


def no_content() -> Response[str]:
    """204."""
    return Response(status_code=204, content_type=None, body="")


def tagged(
    body: str,
    if_none_match: str | None,
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
    tag: str | None = None,
) -> Response[str]:
    """200 with a strong ETag over the content, or 304 without it when ``if_none_match`` names that tag.

    ``tag``: one that tells the content as well, in its quotes.
    """
    tag = tag or etag(body)
    headers = {"ETag": tag, "Cache-Control": _REVALIDATE, **(headers or {})}
    if if_none_match is not None and matches(if_none_match, tag):
        return Response(status_code=304, content_type=None, body="", headers=dict(headers))
    return Response(status_code=200, content_type=media_type, body=body, headers=dict(headers))


def etag(body: str) -> str:
    """The strong tag of this content (RFC 9110, 8.8.3)."""
    digest = sha256(body.encode("utf-8", "surrogatepass")).digest()[:_ETAG_BYTES]
    return f'"{urlsafe_b64encode(digest).decode().rstrip("=")}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Whether the header names the tag, by weak comparison (RFC 9110, 13.1.2); ``*`` names any."""
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


def as_json(document: Any) -> str:
    """JSON of plain types, in UTF-8 and without white space between."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
