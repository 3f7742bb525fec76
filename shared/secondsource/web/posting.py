"""Callbacks to endpoints on the public web: the address vetted each time, one try, and of the answer only its head."""

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from secondsource.errors import FetchFailed
from secondsource.ports import Answered
from secondsource.web.dialling import CONNECT_SECONDS, Deadline, Dial, connect, dial_address, tls_context
from secondsource.web.exchange import Exchange
from secondsource.web.failures import retry_after_seconds
from secondsource.web.resolving import DNS_SECONDS, Resolve, system_resolve
from secondsource.web.targets import Target, vet_target

DEADLINE_SECONDS: Final = 20.0
"""For all of it: the specification of Standard Webhooks asks senders to wait for 15 to 30 seconds."""

MAX_BODY_BYTES: Final = 0
"""What an endpoint says beside its status means nothing here. The connection is closed with the body unread; of what
has come with the head no more than the allowance of ``Exchange`` is held, and no more than 64 kB of the head."""

_NOT_ALLOWED: Final = "url-not-allowed"


class SafePoster:
    """Sends to public endpoints at https, and to nothing that is not public.

    Follows no redirect, keeps no connection and uses no proxy. ``resolve`` and ``dial`` are its only ways out.
    """

    def __init__(
        self,
        resolve: Resolve = system_resolve,
        dial: Dial = dial_address,
        tls: ssl.SSLContext | None = None,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._resolve, self._dial, self._deadline_seconds = resolve, dial, deadline_seconds
        self._tls = tls or tls_context()

    def vet(self, url: str) -> str:
        """As ``ports.Poster``."""
        return self._vetted(url, DNS_SECONDS).url

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        """As ``ports.Poster``; raises FetchFailed and nothing else, with one of the codes that its docstring lists."""
        deadline = Deadline(self._deadline_seconds)
        target = self._vetted(url, deadline.remaining(at_most=DNS_SECONDS))
        with connect(target, self._dial, self._tls, deadline, CONNECT_SECONDS) as sock:
            head = Exchange(sock, deadline, MAX_BODY_BYTES).post(target, headers, body)
        waits = head.values("retry-after")
        return Answered(head.status, retry_after_seconds(waits[0], datetime.now(UTC)) if waits else None)

    def _vetted(self, url: str, seconds: float) -> Target:
        # Looked at before any name is resolved: whatever is not https is refused alike.
        if not url.lower().startswith("https:"):
            raise _not_allowed()
        try:
            return vet_target(url, self._resolve, dns_seconds=seconds)
        except FetchFailed as error:
            raise (_not_allowed() if error.code == _NOT_ALLOWED else error) from None


def _not_allowed() -> FetchFailed:
    """As ``failure`` has it, in words that fit a callback."""
    return FetchFailed(_NOT_ALLOWED, "This URL is not allowed: callbacks go to https addresses on the public web.")
