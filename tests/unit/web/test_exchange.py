"""HTTP/1.1 as a hostile or broken server speaks it: framing, sizes, and time."""

import gzip
import socket
import threading
import time

import pytest

from secondsource.web.exchange import MAX_HEAD_BYTES, MAX_HEADERS, MAX_INTERIM_RESPONSES

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SOON = {"deadline_seconds": 0.3}

# A drip comes 20 times a second, so that no wait for the next byte is ever long, and would go on past the deadline
# until the body were whole: only a deadline over the whole fetch ends it with a time-out.
DRIP_SECONDS = 0.05


def drip(data):
    def respond(connection):
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(DRIP_SECONDS)

    return respond


def endless(start, piece):
    def respond(connection):
        connection.sendall(start)
        while True:  # until the client closes
            connection.sendall(piece)

    return respond


def test_the_request_names_the_product_and_nothing_else(site, page, fetch):
    server = site(page())
    fetch("http://GOOD.test./a?b=c#d")
    head, *headers = server.requests[0].decode().split("\r\n")
    assert head == "GET /a?b=c HTTP/1.1"
    assert dict(line.split(": ", 1) for line in headers if line) == {
        "Host": "good.test",
        "User-Agent": "SecondSource/1.0 (claim annotation, on behalf of a reader)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


@pytest.mark.parametrize(
    "response",
    [
        HEAD + b"Content-Length: 5\r\n\r\nHello",
        HEAD + b"Content-Length: 5, 5\r\n\r\nHello",
        CHUNKED + b"5\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"2;name=value\r\nHe\r\n03\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
        HEAD + b"\r\nHello",
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nHello",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        + HEAD
        + b"Content-Length: 5\r\n\r\nHello",
    ],
    ids=["length", "same lengths", "chunked", "chunks with extras", "until the end", "HTTP/1.0", "interim"],
)
def test_each_proper_framing_brings_the_whole_body(response, site, fetch):
    site(response)
    assert fetch().body == "Hello"


@pytest.mark.parametrize(
    "response",
    [
        HEAD + b"Content-Length: 10\r\n\r\n" + b"a" * 10_000_000,
        HEAD + b"Content-Length: 10\r\n\r\nHello",
        HEAD + b"Content-Length: 5000000\r\n\r\nHello",
        HEAD + b"Content-Length: -5\r\n\r\nHello",
        HEAD + b"Content-Length: +5\r\n\r\nHello",
        HEAD + b"Content-Length: 5.0\r\n\r\nHello",
        HEAD + b"Content-Length: \xd9\xa5\r\n\r\nHello",
        HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nHello",
        HEAD + b"Content-Length: 5\r\nContent-Length: 4\r\n\r\nHello",
        HEAD + b"Content-Length: 5, 4\r\n\r\nHello",
        HEAD + b"Content-Length: 15\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: bogus\r\n\r\nHello",
        HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nHello\r\n",
        CHUNKED + b"FFFFFFFFFFFFFFFF\r\nHello",
        CHUNKED + b"F" * 21 + b"\r\nHello",
        CHUNKED + b"-5\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"0x5\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"zz\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"4\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"5;" + b"x" * 200_000 + b"\r\nHello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nHello\r\n0\r\n" + b"a: b\r\n" * 50_000 + b"\r\n",
        CHUNKED + b"5\r\nHello\r\n0\r\n\r\nmore",
    ],
    ids=lambda response: ascii(response[len(HEAD) :])[2:50],
)
def test_a_body_that_is_not_what_its_framing_says_is_never_shown(response, site, failure):
    site(response)
    assert failure().code == "bad-response"


def test_a_body_cut_short_may_be_whole_the_next_time_and_broken_framing_not(site, failure):
    site([HEAD + b"Content-Length: 10\r\n\r\nHello", HEAD + b"Content-Length: -1\r\n\r\nHello"])
    assert [failure().retryable for _ in range(2)] == [True, False]


def test_a_connection_that_is_reset_is_a_retryable_failure(site, failure):
    def respond(connection):
        connection.sendall(HEAD + b"Content-Length: 10\r\n\r\nHello")
        # Closing with a linger of 0 s sends a reset.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    site(respond)
    error = failure()
    assert (error.code, error.retryable) == ("bad-response", True)


@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"Hello",
        b"<html>Hello</html>\r\n\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 999999 Odd\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 099 Odd\r\n\r\n",
        b"HTTP/1.1 -20 OK\r\n\r\n",
        b"HTTP/11 200 OK\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
        HEAD + b"X: a\0b\r\nContent-Length: 5\r\n\r\nHello",
        HEAD + b"X\0: a\r\nContent-Length: 5\r\n\r\nHello",
        HEAD + b"X : a\r\nContent-Length: 5\r\n\r\nHello",
        HEAD + b"no colon\r\nContent-Length: 5\r\n\r\nHello",
        HEAD + b"X: a\rb\r\nContent-Length: 5\r\n\r\nHello",
        b"HTTP/1.1 200 OK\r\n folded: first\r\n\r\n",
        HEAD + b"a: b\r\n" * 10_000 + b"Content-Length: 5\r\n\r\nHello",
        HEAD + b"a: b\r\n" * MAX_HEADERS + b"Content-Length: 5\r\n\r\nHello",
        HEAD + b"X: " + b"a" * 1_048_576 + b"\r\nContent-Length: 5\r\n\r\nHello",
        b"HTTP/1.1 200 " + b"O" * 1_048_576,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000 + HEAD + b"Content-Length: 5\r\n\r\nHello",
        b"HTTP/1.1 100 Continue\r\n\r\n" * (MAX_INTERIM_RESPONSES + 1) + HEAD + b"Content-Length: 5\r\n\r\nHello",
    ],
    ids=lambda response: f"{ascii(response.removeprefix(HEAD))[2:40]} {len(response)}",
)
def test_what_is_not_proper_http_is_a_bad_response(response, site, failure):
    site(response)
    assert failure().code == "bad-response"


def test_large_but_usual_headers_are_read(site, fetch):
    cookies = b"".join(b"Set-Cookie: c%d=%s\r\n" % (number, b"x" * 400) for number in range(100))
    assert 40_000 < len(cookies) < MAX_HEAD_BYTES
    site(HEAD + cookies + b"Content-Length: 5\r\n\r\nHello")
    assert fetch().body == "Hello"


@pytest.mark.parametrize(
    "respond",
    [
        endless(CHUNKED, b"10000\r\n" + b"a" * 65536 + b"\r\n"),
        endless(CHUNKED, b"1\r\na\r\n" * 10_000),
        endless(CHUNKED, b"1;" + b"x" * 10_000 + b"\r\na\r\n"),
        endless(CHUNKED + b"FFFFFFFFFFFFFFFF\r\n", b"a" * 65536),
        endless(HEAD + b"\r\n", b"a" * 65536),
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 1000),
        endless(HEAD + b"Content-Length: 99999999999999999999\r\n\r\n", b"a" * 65536),
    ],
    ids=["chunks", "tiny chunks", "mostly framing", "one huge chunk", "until the end", "empty gzip", "huge length"],
)
def test_an_endless_body_is_capped(respond, site, failure):
    site(respond)
    assert failure(max_bytes=200_000).code == "too-large"


def test_a_length_over_the_cap_is_refused_before_the_body_comes(site, failure):
    over = threading.Event()

    def respond(connection):
        connection.sendall(HEAD + b"Content-Length: 10000000\r\n\r\n")
        over.wait(20)

    site(respond)
    assert failure(deadline_seconds=5.0).code == "too-large"
    over.set()


@pytest.mark.parametrize("length", [1000, 1001])
def test_the_cap_is_exact(length, site, page, fetch, failure):
    site(page(b"a" * length))
    if length > 1000:
        assert failure(max_bytes=1000).code == "too-large"
    else:
        assert len(fetch(max_bytes=1000).body) == 1000


@pytest.mark.parametrize(
    "respond",
    [
        drip(HEAD + b"X: y\r\n" * 20 + b"Content-Length: 5\r\n\r\nHello"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + HEAD + b"Content-Length: 5\r\n\r\nHello"),
        lambda connection: (connection.sendall(HEAD + b"Content-Length: 60\r\n\r\n"), drip(b"a" * 60)(connection)),
        lambda connection: (connection.sendall(CHUNKED), drip(b"1\r\na\r\n" * 12 + b"0\r\n\r\n")(connection)),
    ],
    ids=["headers", "interim responses", "body", "chunks"],
)
def test_a_server_that_sends_a_byte_at_a_time_meets_the_deadline(respond, site, failure):
    site(respond)
    error = failure(**SOON)
    assert (error.code, error.retryable) == ("timeout", True)


def test_a_server_that_accepts_and_never_answers_meets_the_deadline(site, failure):
    over = threading.Event()
    site(lambda connection: over.wait(20))
    assert failure(**SOON).code == "timeout"
    over.set()


def test_slow_redirects_share_one_deadline(site, redirect, failure):
    def respond(connection):
        time.sleep(0.1)
        connection.sendall(redirect("/on"))

    server = site(respond)
    assert failure(**SOON).code == "timeout"
    assert server.connections <= 4


def test_a_server_with_a_full_queue_meets_the_deadline(network, failure):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        network.routes["93.184.216.34", 80] = listener.getsockname()[1]
        waiting = []
        try:
            for _ in range(16):  # until the kernel takes no more
                waiting.append(socket.socket())
                waiting[-1].settimeout(0.1)
                waiting[-1].connect(listener.getsockname())
            pytest.skip("this kernel's queue does not fill")
        except TimeoutError:
            error = failure(connect_seconds=0.2)
        finally:
            for connection in waiting:
                connection.close()
    assert (error.code, error.retryable) == ("timeout", True)


def test_a_port_that_nobody_listens_on_is_a_retryable_failure(network, failure):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        network.routes["93.184.216.34", 80] = listener.getsockname()[1]
    error = failure()
    assert (error.code, error.retryable) == ("connect-failed", True)
