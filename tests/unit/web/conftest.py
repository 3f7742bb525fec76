"""A small internet on loopback: names and public addresses by table, raw servers behind them, and traps.

Vetting runs unchanged. Only the resolver and the dialler are the tests' own; whatever address the dialler has no
server for leads into a trap, and no test ends well with a connection in a trap.
"""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from secondsource.errors import FetchFailed
from secondsource.web.dialling import dial_address, tls_context
from secondsource.web.fetch import Limits, SafeFetcher, WebPage

PUBLIC = "93.184.216.34"
MEBIBYTE = 1024 * 1024

# How long a test's server waits for a client before it gives up: a bound, never waited for in a test that passes.
SERVER_SECONDS = 20.0

ENCODED_LOOPBACK_HOSTS = (
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "127.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "127.000.000.001",
    "00.00.00.00",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "ｌｏｃａｌｈｏｓｔ",
    "LOCALHOST",
    "[::1]",
    "[::ffff:7f00:1]",
    "127.0.0.1\x00.example.com",
)
PLATFORM_HOSTS = (
    "169.254.169.254",
    "169.254.170.2",
    "[fd00:ec2::254]",
    "metadata.google.internal",
    "METADATA.google.internal.",
    "metadata.goog",
    "127.0.0.1:9001",
    "instance-data",
    "instance-data.ec2.internal",
    "sandbox.localdomain",
)
OTHER_SCHEMES = (
    "file:///proc/self/environ",
    "file:///etc/passwd",
    "gopher://good.test/",
    "dict://good.test/",
    "ftp://good.test/",
    "data:text/html,hello",
    "jar:http://good.test!/",
    "ws://good.test/",
    "javascript:alert(1)",
)
REFUSED_URLS = (
    *(f"http://{host}/" for host in ENCODED_LOOPBACK_HOSTS),
    *(f"https://{host}/" for host in PLATFORM_HOSTS),
    *OTHER_SCHEMES,
    "httpſ://good.test/",
    # Where two parsers may see two hosts.
    "http://good.test@127.0.0.1/",
    "http://user:password@good.test/",
    "http://127.0.0.1\\@good.test/",
    "http://127.0.0.1#@good.test/",
    "http://127.0.0.1%2f@good.test/",
    "http://good.test\\.127.0.0.1/",
    "http://[::1]extra/",
    "http://[v1.x]/",
    "http://[fe80::1%25eth0]/",
    "http://[2606:4700:4700::1111/",
    "http:///good.test",
    "http:good.test",
    "http:/good.test",
    "//127.0.0.1/",
    "good.test",
    "",
    # Control characters and white space.
    "http://good\t.test/",
    "http://good.test\r/",
    "http://good.\ntest/",
    "http://good.test/a\tb",
    "http://good.test/a\rb",
    "http://good.test/a\nb",
    "http://good.test/ HTTP/1.1\r\nX: y",
    " http://good.test/",
    "http://good.test/ ",
    "\x00http://good.test/",
    "http://good.test/\x7f",
    "http://good.test/\u2028",
    "http://good.test/\u00a0",
    "http://good.test/\u202e",
    "http://good.test/\ud800",
    "http://good.test/?q=a b",
    # Ports.
    *(
        f"http://good.test:{port}/"
        for port in (22, 25, 6379, 9001, 0, 65536, "80:8080", "٣", "8٠", "007", "080", "-80")
    ),
    # Names.
    "http://a..b/",
    "http://.good.test/",
    "http://good.test../",
    "http://./",
    f"http://{'a' * 64}.test/",
    f"http://{'.'.join(['a' * 49] * 6)}/",
    "http://localhost./",
    "http://www.localhost/",
    "http://printer.local/",
    "http://intranet/",
    "http://ex%61mple.com/",
    "http://xn--a/",
    "http://xn--a.test/",
    "http://℀.test/",
    "http://good_.test/",
    "http://-good.test/",
    "http://93.184.216.34./",
    "http://９３.184.216.34/",
    "http://good.test/" + "a" * 8_000,
)


@pytest.fixture(params=REFUSED_URLS, ids=lambda url: ascii(url)[:60])
def refused_url(request):
    """Each form of URL that vetting refuses for its text alone."""
    return request.param


@pytest.fixture(
    params=(
        *(f"http://{host}/" for host in (*ENCODED_LOOPBACK_HOSTS, *PLATFORM_HOSTS)),
        *(f"//{host}/" for host in ("127.0.0.1", "169.254.169.254", "[::1]extra", "good.test@127.0.0.1", "127.1")),
        *OTHER_SCHEMES,
    ),
    ids=ascii,
)
def refused_location(request):
    """Each form of Location that a redirect may try: loopback, the platform's own endpoints, other schemes."""
    return request.param


class Server:
    """A raw server on loopback that answers each connection, and remembers connections and requests.

    ``respond``: the bytes to send; or a list of them, one a connection, the last for all that follow; or a
    function of the connection that does the sending. Each begins once a whole request head has come.
    """

    def __init__(self, respond, *, host="127.0.0.1", tls: ssl.SSLContext | None = None):
        self.connections = 0
        self.requests: list[bytes] = []
        self.server_names: list[str | None] = []
        self._respond = respond
        self._tls = tls
        if tls is not None:
            tls.sni_callback = lambda _, name, __: self.server_names.append(name)
        self._listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        # shutdown() wakes the thread in accept(), which close() alone would not.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections - 1), daemon=True).start()

    def _serve(self, connection, number):
        with suppress(OSError), connection:
            connection.settimeout(SERVER_SECONDS)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                request = b""
                while b"\r\n\r\n" not in request:
                    if not (data := connection.recv(65536)):
                        return
                    request += data
                self.requests.append(request)
                if callable(self._respond):
                    self._respond(connection)
                else:
                    answers = self._respond if isinstance(self._respond, list) else [self._respond]
                    connection.sendall(answers[min(number, len(answers) - 1)])
                if self._tls is not None:
                    with suppress(ValueError):  # where the test has cut the connection itself
                        connection.unwrap()


class Network:
    """What the names are in DNS, which server stands behind which public address, and who asked for what."""

    def __init__(self, trap: Server):
        self.names: dict[str, object] = {}
        self.routes: dict[tuple[str, int], int] = {}
        self.resolved: list[tuple[str, int]] = []
        self.dialled: list[tuple[str, int]] = []
        self._trap = trap

    def resolve(self, host: str, port: int) -> list[str]:
        """By table: a list, an error to raise, a function to call. A name not in it has a public address."""
        self.resolved.append((host, port))
        answer = self.names.get(host, [PUBLIC])
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else list(answer)

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """A connection without a time-out of its own: what the deadline needs, the fetch has to set."""
        self.dialled.append((address, port))
        connection = dial_address("127.0.0.1", self.routes.get((address, port), self._trap.port), seconds)
        connection.settimeout(None)
        return connection


@pytest.fixture
def serve():
    """Start a server: ``serve(respond, host=, tls=)``."""
    servers: list[Server] = []

    def start(respond, **options) -> Server:
        servers.append(Server(respond, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def traps(serve):
    """Listeners on 127.0.0.1 and, where there is IPv6, on ::1, that nothing may ever connect to."""
    found = [serve(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\ntrap!\n")]
    with suppress(OSError):
        found.append(serve(b"", host="::1"))
    yield found
    assert [trap.connections for trap in found] == [0] * len(found)


@pytest.fixture
def trap(traps):
    return traps[0]


@pytest.fixture
def network(trap):
    return Network(trap)


@pytest.fixture
def site(serve, network):
    """Put a server behind a name: ``site(respond, host=, address=, tls=)``; port 443 with TLS, else 80."""

    def start(respond, *, host="good.test", address=PUBLIC, tls=None) -> Server:
        server = serve(respond, tls=tls)
        network.names.setdefault(host, [address])
        network.routes[address, 443 if tls else 80] = server.port
        return server

    return start


@pytest.fixture(scope="session")
def system_tls():
    """The product's own TLS settings, read once: the system's certificates are many."""
    return tls_context()


@pytest.fixture
def client_tls(system_tls):
    """The fetcher's TLS settings; tests of TLS put in its place one that trusts their own authority besides."""
    return system_tls


@pytest.fixture
def fetch(network, client_tls) -> Callable[..., WebPage]:
    """Fetch one URL with a fetcher of its own: ``fetch(url, **limits)``."""

    def run(url="http://good.test/", **limits) -> WebPage:
        return SafeFetcher(network.resolve, network.dial, client_tls, Limits(**limits)).fetch(url)

    return run


@pytest.fixture
def failure(fetch) -> Callable[..., FetchFailed]:
    """The error that a fetch ends with: ``failure(url, **limits)``."""

    def run(url="http://good.test/", **limits) -> FetchFailed:
        with pytest.raises(FetchFailed) as caught:
            fetch(url, **limits)
        return caught.value

    return run


@pytest.fixture
def page() -> Callable[..., bytes]:
    """Bytes of a response; a header given as None is left out, one given as a list is sent several times."""

    def build(body: bytes = b"<p>Hello</p>", status: str = "200 OK", **headers) -> bytes:
        fields = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body))} | headers
        lines = [f"HTTP/1.1 {status}".encode()]
        for name, values in fields.items():
            for value in values if isinstance(values, list) else [values]:
                if value is not None:
                    encoded = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
                    lines.append(name.replace("_", "-").encode() + b": " + encoded)
        return b"\r\n".join([*lines, b"", body])

    return build


@pytest.fixture
def redirect(page) -> Callable[..., bytes]:
    """Bytes of a redirect to ``location``, with a body that says nothing."""

    def build(location, status="302 Found", **headers) -> bytes:
        return page(b"moved", status, location=location, **headers)

    return build


@pytest.fixture(scope="session")
def bomb() -> bytes:
    """100 MiB of zeros in about 100 kB of gzip."""
    return gzip.compress(bytes(100 * MEBIBYTE), mtime=0)
