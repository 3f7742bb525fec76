"""How a fetch can fail: one sentence and one verdict (retryable or final) a code, in one place.

No sentence names an address, a header or a body of the target: whoever can submit a URL must not learn
from the error what lies behind it. For the same reason all refusals by vetting read alike.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from secondsource.errors import FetchFailed

_OUTCOMES: Final[dict[str, tuple[str, bool]]] = {
    "url-not-allowed": ("This URL is not allowed: only public web pages at http or https are fetched.", False),
    "dns-failed": ("The site's name could not be resolved.", True),
    "connect-failed": ("The site could not be reached.", True),
    "tls-failed": ("No secure connection to the site could be made.", False),
    "timeout": ("The site did not answer in time.", True),
    "too-many-redirects": ("The site redirects too many times.", False),
    "too-large": ("The page is too large.", False),
    "unsupported-type": ("The URL does not answer with HTML or plain text.", False),
    "unsupported-encoding": ("The page is compressed more than once.", False),
    "bad-encoding": ("The page's compression is unknown or damaged.", False),
    "bad-response": ("The site's answer is not valid HTTP.", False),
}
"""Code to (sentence, retryable)."""

RETRYABLE_STATUSES: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses after which a later try may succeed; all others are final.

RFC 9110 (408, 500, 502, 503, 504), RFC 8470 (425), RFC 6585 (429), and Cloudflare's own 520 to 524, which
say that the newsroom's server behind it is down or slow.
"""

MAX_RETRY_AFTER_SECONDS: Final = 3600
"""The longest wait a server may ask for: a job must not sleep past its own expiry."""

_SECONDS: Final = re.compile(r"[0-9]+")


def failure(code: str, *, retryable: bool | None = None) -> FetchFailed:
    """The error of this code, with its fixed sentence; ``retryable`` overrides the code's own verdict."""
    sentence, may_retry = _OUTCOMES[code]
    return FetchFailed(code, sentence, retryable=may_retry if retryable is None else retryable)


def status_failure(status: int, retry_after: str | None, now: datetime) -> FetchFailed:
    """The error for an HTTP status that brings no page; Retry-After counts for retryable ones only."""
    retryable = status in RETRYABLE_STATUSES
    return FetchFailed(
        f"http-{status}",
        f"The site answered with status {status}.",
        retryable=retryable,
        retry_after=retry_after_seconds(retry_after, now) if retryable and retry_after else None,
    )


def retry_after_seconds(value: str, now: datetime) -> int | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3: seconds or a date), 0 to the cap; None if unreadable.

    ``now`` is aware.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        digits = value.lstrip("0") or "0"
        # More digits than the cap has need no arithmetic (and int() refuses very long ones).
        too_long = len(digits) > len(str(MAX_RETRY_AFTER_SECONDS))
        return MAX_RETRY_AFTER_SECONDS if too_long else min(int(digits), MAX_RETRY_AFTER_SECONDS)
    try:
        date = parsedate_to_datetime(value)
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        seconds = int((aware - now).total_seconds())
    except (ValueError, OverflowError):
        return None
    return max(0, min(seconds, MAX_RETRY_AFTER_SECONDS))
