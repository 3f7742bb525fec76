"""Callbacks over the wire: https alone, each address vetted, no redirect followed, nothing of the answer but its head."""

import socket
import ssl
import time

import pytest
import trustme

from secondsource.errors import FetchFailed
from secondsource.ports import Answered
from secondsource.web.posting import SafePoster

BODY = b'{"type":"job.failed"}'
HEADERS = {"Content-Type": "application/json", "webhook-id": "dlv_1"}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def client_tls(system_tls, authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def server_tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("good.test").configure_cert(context)
    return context


@pytest.fixture
def post(network, client_tls):
    """Send to one address: ``post(url, seconds)``."""

    def run(url="https://good.test/hook?a=b", seconds=20.0) -> Answered:
        return SafePoster(network.resolve, network.dial, client_tls, seconds).post(url, HEADERS, BODY)

    return run


def refused(call, *args) -> str:
    with pytest.raises(FetchFailed) as caught:
        call(*args)
    return caught.value.code


def test_it_is_one_post_with_the_body_as_it_is(site, server_tls, post):
    server = site(b"HTTP/1.1 204 No Content\r\n\r\n", tls=server_tls)

    assert post() == Answered(204)

    (request,) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /hook?a=b HTTP/1.1"
    assert {"Host: good.test", "Content-Type: application/json", f"Content-Length: {len(BODY)}"} <= set(lines[1:])
    assert body in (b"", BODY)  # what came with the head


def test_the_status_is_answered_whatever_it_is(site, server_tls, post, page):
    for status in ("200 OK", "301 Moved", "410 Gone", "500 Oops"):
        server = site(page(b"x", status, location="http://127.0.0.1/"), tls=server_tls)
        assert post().status == int(status[:3])
        assert server.connections == 1


def test_retry_after_is_read_and_capped(site, server_tls, post, page):
    site([page(b"", "429 Slow", retry_after=value) for value in ("30", "999999", "soon")], tls=server_tls)
    assert [post().retry_after for _ in range(3)] == [30, 3600, None]


def test_a_redirect_is_answered_and_not_followed(site, server_tls, post, redirect, trap, network):
    site(redirect("https://inside.test/"), tls=server_tls)
    assert post().status == 302
    assert [host for host, _ in network.resolved] == ["good.test"]
    assert trap.connections == 0


def test_a_body_without_end_is_not_read(site, server_tls, post):
    def respond(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        while True:  # until the connection is closed
            connection.sendall(b"x" * 16_384)

    site(respond, tls=server_tls)
    assert post() == Answered(200)


@pytest.mark.parametrize(
    "answer", [b"", b"HTTP/1.1 ", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\n"]
)
def test_what_is_no_answer_is_a_failure(site, server_tls, post, answer):
    site(answer, tls=server_tls)
    assert refused(post) == "bad-response"


def test_an_endpoint_that_hangs_is_left_when_the_time_is_over(site, server_tls, post):
    site(lambda connection: time.sleep(3), tls=server_tls)
    assert refused(post, "https://good.test/", 0.5) == "timeout"


def test_a_byte_a_second_gains_nothing(site, server_tls, post):
    def respond(connection):
        for byte in b"HTTP/1.1 200 OK\r\n":
            connection.sendall(bytes([byte]))
            time.sleep(0.2)

    site(respond, tls=server_tls)
    assert refused(post, "https://good.test/", 0.6) == "timeout"


def test_a_connection_that_is_reset_is_a_failure(site, server_tls, post):
    def respond(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()

    site(respond, tls=server_tls)
    assert refused(post) == "bad-response"


def test_a_certificate_that_nobody_vouches_for_is_a_failure(site, post, system_tls):
    stranger = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("good.test").configure_cert(stranger)
    site(b"HTTP/1.1 200 OK\r\n\r\n", tls=stranger)
    assert refused(post) == "tls-failed"


def test_addresses_are_refused_alike_when_they_are_registered_and_sent_to(refused_url, network, client_tls, trap):
    poster = SafePoster(network.resolve, network.dial, client_tls)
    assert refused(poster.vet, refused_url) == "url-not-allowed"
    assert refused(poster.post, refused_url, HEADERS, BODY) == "url-not-allowed"
    assert network.dialled == []


def test_without_tls_nothing_is_sent(network, client_tls):
    poster = SafePoster(network.resolve, network.dial, client_tls)
    assert refused(poster.vet, "http://good.test/") == "url-not-allowed"
    assert refused(poster.post, "http://good.test/", HEADERS, BODY) == "url-not-allowed"
    assert network.dialled == []


@pytest.mark.parametrize(
    "url", ["http://good.test/", "http://nowhere.test/", "HTTPS://127.0.0.1/", "httpsx://good.test/"]
)
def test_every_refusal_says_where_callbacks_may_go(network, client_tls, url):
    poster = SafePoster(network.resolve, network.dial, client_tls)
    with pytest.raises(FetchFailed, match="callbacks go to https addresses on the public web"):
        poster.vet(url)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["fd00:ec2::254"]])
def test_a_name_that_leads_inside_is_refused_when_it_is_sent_to(network, client_tls, addresses):
    answers = [["93.184.216.34"], addresses]
    network.names["good.test"] = lambda: answers.pop(0)
    poster = SafePoster(network.resolve, network.dial, client_tls)

    assert poster.vet("https://GOOD.test") == "https://good.test/"
    assert refused(poster.post, "https://good.test/", HEADERS, BODY) == "url-not-allowed"
    assert network.dialled == []
