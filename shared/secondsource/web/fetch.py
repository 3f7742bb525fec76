"""The safe fetch of a public web page: every hop vetted, everything capped, one deadline over all."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from secondsource.web.charset import charset_parameter, decode_text
from secondsource.web.coding import decode_content
from secondsource.web.dialling import CONNECT_SECONDS, Deadline, Dial, connect, dial_address, tls_context
from secondsource.web.exchange import Exchange, Head
from secondsource.web.failures import failure, status_failure
from secondsource.web.resolving import DNS_SECONDS, Resolve, system_resolve
from secondsource.web.targets import Target, redirect_url, vet_target

MAX_REDIRECTS: Final = 5
"""Five are enough for http to https, to www, past a consent page and to the article."""

MEDIA_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

_PAGE_STATUSES: Final = frozenset({200, 203})
"""Statuses that bring a whole page. 206 does not, 204 brings none, 202 promises one."""

_REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})

_SNIFFED_CHARACTERS: Final = 1445
"""How far the WHATWG MIME Sniffing standard (section 5.2) looks for binary data."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long (seconds of wall clock) and how large (bytes of the body, decoded) a fetch may be."""

    deadline_seconds: float = 10.0
    dns_seconds: float = DNS_SECONDS
    connect_seconds: float = CONNECT_SECONDS
    max_bytes: int = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebPage:
    """A fetched page: its final URL in canonical form, its text, its media type without parameters."""

    url: str
    body: str
    media_type: str


class SafeFetcher:
    """Gets public web pages, and nothing that is not public.

    Keeps no connection, cookie or answer from one page to the next; uses no proxy, whatever the environment
    says; follows redirects by Location alone, not Refresh or meta, and fetches nothing that a page refers to.
    ``resolve`` and ``dial`` are its only ways out.
    """

    def __init__(
        self,
        resolve: Resolve = system_resolve,
        dial: Dial = dial_address,
        tls: ssl.SSLContext | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._resolve = resolve
        self._dial = dial
        self._tls = tls or tls_context()
        self._limits = limits or Limits()

    def fetch(self, url: str, deadline_seconds: float | None = None) -> WebPage:
        """The page at this URL. ``deadline_seconds`` can shorten the limit for all of it, not lengthen it.

        Raises FetchFailed, and nothing else, with one of the codes that its docstring lists.
        """
        longest = self._limits.deadline_seconds
        deadline = Deadline(longest if deadline_seconds is None else min(longest, deadline_seconds))
        for _ in range(MAX_REDIRECTS + 1):
            dns_seconds = deadline.remaining(at_most=self._limits.dns_seconds)
            target = vet_target(url, self._resolve, dns_seconds=dns_seconds)
            with connect(target, self._dial, self._tls, deadline, self._limits.connect_seconds) as sock:
                exchange = Exchange(sock, deadline, self._limits.max_bytes)
                head = exchange.get(target)
                if head.status not in _REDIRECT_STATUSES:
                    return self._page(target, head, exchange)
            # The connection is closed, the redirect's body unread: it may be a bomb.
            url = redirect_url(target, _location(head))
        raise failure("too-many-redirects")

    def _page(self, target: Target, head: Head, exchange: Exchange) -> WebPage:
        if head.status not in _PAGE_STATUSES:
            retry_after = head.values("retry-after")
            raise status_failure(head.status, retry_after[0] if retry_after else None, datetime.now(UTC))
        content_type = _content_type(head)
        media_type = content_type.partition(";")[0].strip().lower()
        if media_type not in MEDIA_TYPES:
            raise failure("unsupported-type")
        if any(int(length) > self._limits.max_bytes for length in head.values("content-length")):
            raise failure("too-large")
        codings = ",".join(head.values("content-encoding"))
        body = decode_content(exchange.body(), codings, self._limits.max_bytes)
        text = decode_text(body, charset_parameter(content_type), media_type)
        if _is_binary(text):
            raise failure("unsupported-type")
        return WebPage(target.url, text, media_type)


def _content_type(head: Head) -> str:
    values = set(head.values("content-type"))
    return values.pop() if len(values) == 1 else ""


def _location(head: Head) -> str:
    """The one Location of a redirect; raw UTF-8, which many servers send, is read as such."""
    values = set(head.values("location"))
    if len(values) != 1:
        raise failure("bad-response")
    try:
        return values.pop().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        raise failure("bad-response") from None


def _is_binary(text: str) -> bool:
    """Whether this is an image, a PDF or the like under a text's name: HTML and plain text hold no NUL."""
    return text.startswith("%PDF-") or "\0" in text[:_SNIFFED_CHARACTERS]
