"""Connections to vetted addresses: TCP, TLS, and the one deadline over all of it."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from typing import Final

from secondsource.web.failures import failure
from secondsource.web.targets import Target

Dial = Callable[[str, int, float], socket.socket]
"""(IP address, port, seconds) to a connected socket. Raises OSError."""

CONNECT_SECONDS: Final = 3.0
"""How long one address may take to answer before the next is tried: one lost SYN is sent again after 1 s."""


class Deadline:
    """The wall-clock end of a whole fetch, redirects and all: a server that sends a byte a second gains nothing."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def remaining(self, at_most: float = float("inf")) -> float:
        """Seconds left, above 0 and no more than ``at_most``. Raises FetchFailed ``timeout`` when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise failure("timeout")
        return min(left, at_most)


def dial_address(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to this literal address, no name involved. Raises OSError, ValueError for a name."""
    literal = ipaddress.ip_address(address)
    sock = socket.create_connection((str(literal), port), timeout=seconds)
    try:
        if ipaddress.ip_address(sock.getpeername()[0]) != literal:
            raise ConnectionError("connected to another address than was vetted")
    except BaseException:
        sock.close()
        raise
    return sock


def tls_context() -> ssl.SSLContext:
    """The system's trust, names checked, TLS 1.2 or newer, HTTP/1.1 only."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context


def connect(
    target: Target, dial: Dial, tls: ssl.SSLContext, deadline: Deadline, connect_seconds: float = CONNECT_SECONDS
) -> socket.socket:
    """A new connection to the first of the target's addresses that answers, with TLS where its scheme says so.

    Raises FetchFailed: ``connect-failed``, ``timeout``, ``tls-failed``.
    """
    sock = _dial_any(target, dial, deadline, connect_seconds)
    if target.scheme == "http":
        return sock
    try:
        sock.settimeout(deadline.remaining())
        # A ragged end is an error here: a body that ends with the connection could be cut short by anyone.
        return tls.wrap_socket(sock, server_hostname=target.host, suppress_ragged_eofs=False)
    except TimeoutError:
        raise failure("timeout") from None
    except OSError:  # SSLError is one; so is a reset in the middle of the handshake
        raise failure("tls-failed") from None
    finally:
        # wrap_socket() has taken the descriptor over by now, or never will.
        sock.close()


def _dial_any(target: Target, dial: Dial, deadline: Deadline, connect_seconds: float) -> socket.socket:
    code = "connect-failed"
    for address in target.addresses:
        try:
            return dial(address, target.port, deadline.remaining(at_most=connect_seconds))
        except TimeoutError:
            code = "timeout"
        except OSError:
            code = "connect-failed"
    raise failure(code)
