"""The HTTP API on 127.0.0.1: the same handlers as in AWS, behind the same gateway, on one machine."""

import errno
import os
import signal
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from secondsource import model
from secondsource.local.gateway import MAX_REQUEST_BYTES, Gateway, HttpRequest
from secondsource.ports import Fetcher
from secondsource.services import keys

if TYPE_CHECKING:
    from secondsource.services.annotate import Analyser

HOST: Final = "127.0.0.1"
PORT: Final = 8080

TENANT: Final = "local"
_LABEL: Final = "local server"
_START_SECONDS: Final = 30
_QUIET: Final = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_DISABLED": "true"}


class PortTaken(Exception):
    """Another program listens on the port already."""


@dataclass(frozen=True)
class Running:
    """A server that answers. ``url`` has no slash at its end; ``api_key`` may read and write as tenant ``local``."""

    url: str
    api_key: str

    @property
    def docs_url(self) -> str:
        """Where the interactive documentation is."""
        return f"{self.url}/v1/docs"


@contextmanager
def start(
    port: int = PORT,
    host: str = HOST,
    *,
    endpoint_url: str | None = None,
    origins: tuple[str, ...] = (),
    analyser: "Analyser | None" = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Running]:
    """Serve in a thread for as long as the context is open; port 0 takes any free one.

    Raises PortTaken, and RuntimeError outside a checkout. ``endpoint_url`` names a server that answers like
    DynamoDB; without it the store is in this process, and gone with it.
    """
    # Before anything slow: who has to choose another port should not wait for it.
    with _listening(host, port) as listener, _quiet():
        from secondsource.local.cloud import Cloud
        from secondsource.local.functions import handler_of, handlers

        cloud = Cloud(
            lambda: handler_of("worker"),
            notify=lambda: handler_of("notify"),
            endpoint_url=endpoint_url,
            origins=origins,
            analyser=analyser,
            fetcher=fetcher,
        )
        with cloud:
            store, clock = cloud.wiring.store, cloud.wiring.clock
            key = keys.create(store, clock, TENANT, (model.Scope.READ, model.Scope.WRITE), _LABEL)
            try:
                gateway = Gateway(handlers(), handler_of("authorizer"), origins)
                with _serving(application(gateway), listener):
                    yield Running(_url(listener), key)
            finally:
                # In a store that outlives this process, the key must not.
                keys.revoke(store, clock, keys.key_id_of(key))


def serve(
    port: int = PORT,
    host: str = HOST,
    *,
    endpoint_url: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve until Ctrl-C, or until the process is told to end, after saying where. Raises PortTaken."""
    with _told_to_end(), start(port, host, endpoint_url=endpoint_url) as running:
        say(f"The API:  {running.url}")
        say(f"Its docs: {running.docs_url}")
        say(f"A key:    {running.api_key}")
        say("Ctrl-C ends it" + ("." if endpoint_url else ", and all that it stored with it."))
        wait_for_interrupt()


def wait_for_interrupt() -> None:
    """Return when the user presses Ctrl-C."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return


@contextmanager
def _told_to_end() -> Iterator[None]:
    """SIGTERM, by which others than the user end a program, is as Ctrl-C: what was begun is brought to its end."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def application(gateway: Gateway) -> ASGIApp:
    """The gateway as an ASGI application."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        target = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        if scope["query_string"]:
            target += "?" + scope["query_string"].decode("latin-1")
        arrived = HttpRequest(
            method=request.method,
            target=target,
            headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]],
            body=await _body(request),
            client=request.client.host if request.client else HOST,
        )
        answered = await run_in_threadpool(gateway.handle, arrived)
        response = Response(answered.body, answered.status)
        response.raw_headers += [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answered.headers
        ]
        await response(scope, receive, send)

    return answer


async def _body(request: Request) -> bytes:
    """The body; of one that is too large, just enough to show that it is."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_REQUEST_BYTES:
            break
    return bytes(body)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortTaken(f"Port {port} on {host} cannot be used: {error.strerror}. Choose another.") from None
            raise
        yield listener


@contextmanager
def _serving(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=5,
    )
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="http", daemon=True)
    thread.start()
    if not server.up.wait(_START_SECONDS):
        raise RuntimeError("The server did not start.")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


class _Server(uvicorn.Server):
    """Says when it has started."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _quiet() -> Iterator[None]:
    """What is for CloudWatch is not for a terminal: no metrics, and of the logs only errors, unless asked for."""
    added = {name: value for name, value in _QUIET.items() if name not in os.environ}
    os.environ.update(added)
    try:
        with warnings.catch_warnings():
            # Powertools keeps disabled metrics, drops them by the hundred, and is then surprised to have none.
            warnings.filterwarnings("ignore", "No application metrics to publish")
            yield
    finally:
        for name in added:
            os.environ.pop(name, None)
