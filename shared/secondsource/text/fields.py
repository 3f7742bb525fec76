"""What a page says about its article, as plain values: one line of text, a date, a web address."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from secondsource.text.characters import (
    CONTROLS,
    DEFAULT_IGNORABLE,
    NONCHARACTERS,
    REPLACEMENT,
    SURROGATES,
    code_points,
    each_as,
)
from secondsource.text.tokens import characters

MAX_FIELD_CHARS = 500
"""Code points of a title, a name or a byline; what is longer is text that was put in the wrong field."""

MAX_URL_CHARS = 4_096
"""Characters of a web address. Longer than any browser shows; what is longer is data in disguise."""

EARLIEST_YEAR = 1600
"""Before the first newspapers: a date before it is a default value, such as year 1 or 1601."""

_READABLE = (
    each_as(" ", code_points(CONTROLS))
    | each_as(REPLACEMENT, code_points(SURROGATES, NONCHARACTERS))
    | each_as(None, code_points(DEFAULT_IGNORABLE))
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:\s[^<>]{0,200})?/?>")
_MAX_RAW_CHARS = 10_000
_UNUSABLE_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\\ud800-\udfff]")


def line(value: object) -> str | None:
    """A value as one line without markup and invisible characters, cut at MAX_FIELD_CHARS; None: nothing is left."""
    if not isinstance(value, str):
        return None
    text = _TAG.sub("", characters(value[:_MAX_RAW_CHARS])).translate(_READABLE)
    return " ".join(text.split())[:MAX_FIELD_CHARS].rstrip() or None


def moment(value: object) -> datetime | None:
    """A date or time as ISO 8601 or RFC 5322 write it; aware, in UTC when it names no zone. None: not one."""
    text = line(value)
    if text is None:
        return None
    try:
        when = datetime.fromisoformat(text.removesuffix(" UTC").removesuffix(" GMT"))
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if when.year <= EARLIEST_YEAR + 1:
        return None
    return when if when.tzinfo is not None and when.utcoffset() is not None else when.replace(tzinfo=UTC)


def web_url(value: object, base: str | None = None) -> str | None:
    """An http or https address with a host, resolved against ``base``, without its fragment; None: not one.

    One with a name or a password in it is none: it would be stored and shown.
    """
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS:
        return None
    try:
        address = urljoin(base or "", value.strip())
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        usable = usable and not _UNUSABLE_IN_URL.search(address)
    except ValueError:
        return None
    return address.partition("#")[0] if usable and len(address) <= MAX_URL_CHARS else None
