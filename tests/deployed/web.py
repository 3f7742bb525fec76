"""A web site at a public address, where this machine's network is one of its own (alone.sh)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC = "11.22.33.44"
"""As in alone.sh: public space of a network that announces nothing to the internet, and here loopback."""


@dataclass
class Web:
    """What the paths answer: a page, or a status with Location or Retry-After; and how often each was asked for."""

    pages: dict[str, str | tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Where a path is."""
        return f"http://{PUBLIC}{path}"


@contextmanager
def serving() -> Iterator[Web | None]:
    """The site while it is up; None where the address is not this machine's."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            found = web.pages.get(self.path, (404, {}))
            status, headers = found if isinstance(found, tuple) else (200, {"Content-Type": "text/html; charset=utf-8"})
            body = found.encode() if isinstance(found, str) else b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    try:
        server = ThreadingHTTPServer((PUBLIC, 80), Handler)
    except OSError:
        yield None
        return
    with server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield web
        server.shutdown()
        thread.join()
