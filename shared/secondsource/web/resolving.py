"""Names to addresses, under a deadline that the system's resolver does not have."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from secondsource.web.failures import failure

Resolve = Callable[[str, int], list[str]]
"""(host, port) to IP addresses as text, in the order to try. Raises OSError when there are none."""

DNS_SECONDS: Final = 5.0
"""How long one look-up may take: glibc's own time-out of one try at one name server."""

MAX_LOOKUPS_UNDER_WAY: Final = 16
"""A look-up that is given up goes on in its thread until the system's resolver ends it; so many may pile up."""

_places = threading.BoundedSemaphore(MAX_LOOKUPS_UNDER_WAY)


def system_resolve(host: str, port: int) -> list[str]:
    """All addresses that the system's resolver has for this name. Raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(sockaddr[0]) for *_, sockaddr in answers]


def resolve_within(resolve: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name, at least one, from one call of ``resolve``.

    Raises FetchFailed ``dns-failed`` when there is none, the resolver fails, or the time is over.
    """
    places = _places
    if not places.acquire(timeout=max(0.0, seconds)):
        raise failure("dns-failed")
    answer: Future[list[str]] = Future()

    def look_up() -> None:
        try:
            answer.set_result(resolve(host, port))
        except Exception as exc:  # whatever it is, it belongs to the thread that waits
            answer.set_exception(exc)
        finally:
            places.release()

    # A daemon: a look-up that hangs must not keep the process from ending.
    threading.Thread(target=look_up, name="look-up", daemon=True).start()
    try:
        found = answer.result(timeout=max(0.0, seconds))
    except (OSError, ValueError):  # gaierror and TimeoutError are OSErrors, UnicodeError is a ValueError
        raise failure("dns-failed") from None
    if not found:
        raise failure("dns-failed")
    return found
