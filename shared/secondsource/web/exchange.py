"""One request and one response over one connection, which is then closed.

h11 parses, this module owns the socket. A client on top (httpcore, httpx, urllib3) would bring what must not be
here: pools, time-outs that start anew with each read, bodies of redirects read to the end, any number of 1xx
answers, and no say in how large headers may be. h11 by itself is strict about framing (lengths that differ or
are negative, bad chunks, a body cut short) and caps the size of what it has not understood yet.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import h11

from secondsource.web.dialling import Deadline
from secondsource.web.failures import failure
from secondsource.web.targets import Target

USER_AGENT: Final = "SecondSource/1.0 (claim annotation, on behalf of a reader)"

MAX_HEAD_BYTES: Final = 64 * 1024
"""Status line and headers, also trailers and a chunk's first line. Large news sites send under 16 KiB."""

MAX_HEADERS: Final = 256
MAX_INTERIM_RESPONSES: Final = 8
"""1xx answers before the real one; a server has use for one or two (100, 103)."""

FRAMING_ALLOWANCE: Final = 1024 * 1024
"""Bytes on the wire over the cap on the body: headers, and the framing of chunks not absurdly small."""

_RECEIVE_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of a response; names in lower case, values as Latin-1 text."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        """All values of the header of this lower-case name, in order."""
        return [value for header, value in self.headers if header == name]


class Exchange:
    """One request to a target over a connection made for it. All methods raise FetchFailed and nothing else."""

    def __init__(self, sock: socket.socket, deadline: Deadline, max_body_bytes: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._bytes_left = max_body_bytes + FRAMING_ALLOWANCE
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
        self._ended = False

    def get(self, target: Target) -> Head:
        """Send the request, answer the head of the final response; of the body nothing is parsed yet."""
        self._send(
            target,
            "GET",
            {"Accept": "text/html, application/xhtml+xml, text/plain;q=0.8", "Accept-Encoding": "gzip"},
        )
        return self._final_head()

    def post(self, target: Target, headers: Mapping[str, str], body: bytes) -> Head:
        """As ``get``, with a body and headers of it."""
        self._send(target, "POST", {**headers, "Content-Length": str(len(body))}, body)
        return self._final_head()

    def _final_head(self) -> Head:
        for _ in range(MAX_INTERIM_RESPONSES + 1):
            event = self._next_event()
            if isinstance(event, h11.Response):
                return _checked_head(event)
        raise failure("bad-response")

    def body(self) -> Iterator[bytes]:
        """The body as sent, its transfer coding undone, piece by piece.

        Ends only where the framing says that it is whole; raises ``bad-response`` where it is cut short or
        followed by more, ``too-large`` once more has come over the wire than the largest body can need.
        """
        while isinstance(event := self._next_event(), h11.Data):
            yield bytes(event.data)
        if not isinstance(event, h11.EndOfMessage) or self._http.trailing_data[0]:
            raise failure("bad-response")

    def _send(self, target: Target, method: str, headers: Mapping[str, str], body: bytes = b"") -> None:
        request = h11.Request(
            method=method,
            target=target.path,
            headers=[
                ("Host", target.authority),
                ("User-Agent", USER_AGENT),
                *headers.items(),
                ("Connection", "close"),
            ],
        )
        events = [request, *([h11.Data(data=body)] if body else []), h11.EndOfMessage()]
        data = memoryview(b"".join(self._http.send(event) or b"" for event in events))
        with self._connection_faults():
            while data:
                self._sock.settimeout(self._deadline.remaining())
                data = data[self._sock.send(data) :]

    def _next_event(self) -> h11.Event | None:
        """The next thing the server said; None where h11 has stopped, since it has switched the protocol."""
        try:
            while (event := self._http.next_event()) is h11.NEED_DATA:
                self._receive()
        except h11.RemoteProtocolError:
            # A connection that ended too early may hold the next time; broken framing stays broken.
            raise failure("bad-response", retryable=self._ended) from None
        return event if isinstance(event, h11.Event) else None

    def _receive(self) -> None:
        with self._connection_faults():
            self._sock.settimeout(self._deadline.remaining())
            data = self._sock.recv(_RECEIVE_BYTES)
        self._ended = not data
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise failure("too-large")
        self._http.receive_data(data)

    @contextmanager
    def _connection_faults(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise failure("timeout") from None
        except ssl.SSLEOFError:
            raise failure("bad-response", retryable=True) from None
        except ssl.SSLError:
            # With TLS 1.3 the server's refusal (it wants a client's certificate, say) comes after the handshake.
            raise failure("tls-failed") from None
        except OSError:
            raise failure("bad-response", retryable=True) from None


def _checked_head(response: h11.Response) -> Head:
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)
    head = Head(response.status_code, headers)
    chunked = bool(head.values("transfer-encoding"))
    # h11 lets the chunks win over a length, and reads them from HTTP/1.0 too; RFC 9112, 6.1 calls both suspect.
    two_framings = chunked and (bool(head.values("content-length")) or response.http_version < b"1.1")
    # h11 looks at the size only while a head is not complete; what came in one piece is measured here.
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MAX_HEADERS or size > MAX_HEAD_BYTES or two_framings:
        raise failure("bad-response")
    return head
