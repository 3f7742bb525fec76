"""The fetch as a whole: what it may reach, and what it takes for a page."""

import gzip
import socket
import time
import tracemalloc
import zlib
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import FetchFailed
from secondsource.ports import Fetcher
from secondsource.web import dialling
from secondsource.web.fetch import Limits, SafeFetcher, WebPage

PUBLIC = "93.184.216.34"
MEBIBYTE = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x06\x00\x00\x005\xd1\xdc\xe4"


# --- what it may reach -------------------------------------------------------------------------


def test_a_refused_url_is_neither_resolved_nor_dialled(refused_url, network, failure):
    assert failure(refused_url).code == "url-not-allowed"
    assert (network.resolved, network.dialled) == ([], [])


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["::1"], [PUBLIC, "10.0.0.1"], ["0.0.0.0"], ["::ffff:127.0.0.1"]], ids=str
)
def test_a_name_with_a_denied_address_is_not_dialled(answer, network, failure):
    network.names["good.test"] = answer
    assert failure().code == "url-not-allowed"
    assert (len(network.resolved), network.dialled) == (1, [])


@pytest.mark.parametrize(
    "url", ["HTTP://good.test/", "http://good.test:/", "http://good.test.:80/", "http://ＧＯＯＤ.test/"]
)
def test_an_allowed_url_is_fetched_under_its_one_canonical_name(url, site, page, fetch, network):
    server = site(page())
    assert fetch(url) == WebPage("http://good.test/", "<p>Hello</p>", "text/html")
    assert network.resolved == [("good.test", 80)]
    assert b"\r\nHost: good.test\r\n" in server.requests[0]


def test_a_name_that_rebinds_is_resolved_once_and_dialled_where_it_was_vetted(site, page, fetch, network):
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    network.names["good.test"] = lambda: next(answers)
    server = site(page())
    fetch()
    assert network.resolved == [("good.test", 80)]
    assert network.dialled == [(PUBLIC, 80)]
    assert b"\r\nHost: good.test\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "fault", [socket.gaierror(socket.EAI_NONAME, "unknown"), socket.gaierror(socket.EAI_AGAIN, "try again")]
)
def test_a_name_that_does_not_resolve_is_a_retryable_failure(fault, network, failure):
    network.names["good.test"] = fault
    error = failure()
    assert (error.code, error.retryable, network.dialled) == ("dns-failed", True, [])


@pytest.mark.parametrize("limits", [{"dns_seconds": 0.05}, {"deadline_seconds": 0.05}], ids=str)
def test_a_slow_resolver_is_given_up_in_time(limits, site, page, fetch, failure, network):
    def resolve_slowly():
        time.sleep(0.5)
        return [PUBLIC]

    network.names["good.test"] = resolve_slowly
    site(page())
    assert fetch().body == "<p>Hello</p>"  # half a second is no fault by itself
    error = failure(**limits)
    assert (error.code, error.retryable, len(network.dialled)) == ("dns-failed", True, 1)


@pytest.mark.parametrize(("seconds", "code"), [(7, None), (10, "timeout")])
def test_a_fetch_takes_ten_seconds_at_most(seconds, code, site, page, redirect, fetch, network, monkeypatch):
    """The clock is the test's own: the second name's address takes so long to come."""
    now = [0.0]
    monkeypatch.setattr(dialling, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def resolve_late():
        now[0] += seconds
        return [PUBLIC]

    network.names["late.test"] = resolve_late
    site([redirect("http://late.test/"), page()])
    try:
        found = fetch().url, None
    except FetchFailed as error:
        found = None, error.code
    assert found == ((None, code) if code else ("http://late.test/", None))


def test_no_connection_outlives_its_fetch(site, page, network, client_tls):
    server = site(page(connection="keep-alive", keep_alive="timeout=600"))
    fetcher = SafeFetcher(network.resolve, network.dial, client_tls)
    fetcher.fetch("http://good.test/one")
    fetcher.fetch("http://good.test/two")
    network.names["good.test"] = ["127.0.0.1"]
    with pytest.raises(FetchFailed, match="not allowed"):
        fetcher.fetch("http://good.test/three")
    assert (server.connections, network.dialled) == (2, [(PUBLIC, 80)] * 2)
    assert all(b"\r\nConnection: close\r\n" in request for request in server.requests)


@pytest.mark.parametrize(
    "variable", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
)
def test_a_proxy_in_the_environment_is_not_used(variable, monkeypatch, trap, site, page, fetch):
    monkeypatch.setenv(variable, f"http://127.0.0.1:{trap.port}")
    monkeypatch.setenv("NO_PROXY", "")
    server = site(page())
    assert fetch().body == "<p>Hello</p>"
    assert (server.connections, trap.connections) == (1, 0)


def test_nothing_that_a_page_refers_to_is_fetched(trap, site, page, fetch, network):
    there = f"http://127.0.0.1:{trap.port}"
    body = f"""<?xml version="1.0"?><!DOCTYPE html SYSTEM "{there}/dtd" [<!ENTITY x SYSTEM "{there}/entity">]>
        <html><head><base href="{there}/"><link rel="stylesheet" href="{there}/css"><link rel="canonical" href="{there}/c">
        <link rel="pingback" href="{there}/pingback"><meta http-equiv="refresh" content="0;url={there}/meta">
        <script src="{there}/js"></script></head><body background="{there}/bg"><img src="{there}/img" srcset="{there}/2 2x">
        <iframe src="{there}/iframe"></iframe><object data="{there}/object"></object><a href="{there}/a" ping="{there}/p">&x;</a>
        <rss><channel><item><enclosure url="{there}/mp3"/></item></channel></rss></body></html>"""
    site(
        page(body.encode(), link=f"<{there}/preload>; rel=preload", refresh=f"0; url={there}/refresh", x_pingback=there)
    )
    found = fetch()
    assert (found.url, found.body) == ("http://good.test/", body)
    assert (network.dialled, trap.connections) == ([(PUBLIC, 80)], 0)


def test_errors_say_nothing_of_the_target(site, page, redirect, failure, network):
    secret = "in-the-inside"
    network.names["inside.test"] = ["10.11.12.13"]
    site(
        [
            page(secret.encode(), "500 " + secret, x_secret=secret),
            page(secret.encode(), content_type=f"application/{secret}"),
            page(secret.encode(), content_length="-1", x_secret=secret),
            page(secret.encode(), content_encoding=secret),
            b"HTTP/1.1 " + secret.encode() + b"\r\n\r\n",
            redirect(f"http://127.0.0.1/{secret}"),
            redirect("http://inside.test/"),
        ]
    )
    errors = [failure() for _ in range(7)]
    assert [error.code for error in errors] == [
        "http-500",
        "unsupported-type",
        "bad-response",
        "bad-encoding",
        "bad-response",
        "url-not-allowed",
        "url-not-allowed",
    ]
    assert not [error for error in errors if secret in str(vars(error)) + str(error) or "10.11" in str(error)]
    # Nor does a traceback in a log: what caused it is cut off.
    assert [
        error for error in errors if error.__cause__ or not (error.__suppress_context__ or not error.__context__)
    ] == []


# --- redirects ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_a_redirect_to_a_refused_url_is_not_followed(status, refused_location, site, redirect, failure, network):
    server = site(redirect(refused_location, status))
    # A NUL is no part of a header, so that answer is no HTTP.
    assert failure().code == ("bad-response" if "\0" in refused_location else "url-not-allowed")
    assert (server.connections, network.dialled) == (1, [(PUBLIC, 80)])


@pytest.mark.parametrize(
    "status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("http://other.test/there", "http://other.test/there"),
        ("//other.test/there", "http://other.test/there"),
        ("HTTP://OTHER.test:80/there#part", "http://other.test/there"),
        ("/there", "http://good.test/there"),
        ("there?x=1", "http://good.test/a/there?x=1"),
        ("/caf\u00e9", "http://good.test/caf%C3%A9"),
    ],
)
def test_each_hop_is_resolved_and_dialled_anew(status, location, url, site, page, redirect, fetch, network):
    site([redirect(location, status), page(b"arrived")])
    site(page(b"arrived"), host="other.test", address="8.8.8.8")
    found = fetch("http://good.test/a/here")
    assert (found.url, found.body) == (url, "arrived")
    assert (len(network.resolved), len(network.dialled)) == (2, 2)


def test_a_hop_that_rebinds_is_refused(site, redirect, failure, network):
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network.names["good.test"] = lambda: next(answers)
    site(redirect("/again"))
    assert failure().code == "url-not-allowed"
    assert network.dialled == [(PUBLIC, 80)]


def test_refresh_is_not_a_redirect(trap, site, page, fetch, failure, network):
    target = f"0; url=http://127.0.0.1:{trap.port}/"
    body = f'<meta http-equiv="refresh" content="{target}">'.encode()
    site([page(body, refresh=target), page(body, "302 Found", refresh=target)])
    assert fetch().body == body.decode()
    assert failure().code == "bad-response"
    assert (len(network.dialled), trap.connections) == (2, 0)


def test_five_redirects_are_followed(site, page, redirect, fetch):
    server = site([*(redirect(f"/{hop}") for hop in range(5)), page(b"arrived")])
    assert fetch().url == "http://good.test/4"
    assert server.connections == 6


@pytest.mark.parametrize("location", ["/", "/elsewhere", "http://other.test/"], ids=["to itself", "on", "to and fro"])
def test_a_sixth_redirect_is_one_too_many(location, site, redirect, failure, network):
    site(redirect(location))
    site(redirect("http://good.test/"), host="other.test", address="8.8.8.8")
    error = failure()
    assert (error.code, error.retryable) == ("too-many-redirects", False)
    assert len(network.dialled) == 6


@pytest.mark.parametrize(
    ("location", "code"),
    [
        (None, "bad-response"),
        ("http://other.test/" + "a" * MEBIBYTE, "bad-response"),
        ("http://other.test/" + "a" * 20_000, "url-not-allowed"),
        (b"/caf\xe9", "bad-response"),
        (["/one", "/two"], "bad-response"),
        ("http://[::1", "url-not-allowed"),
        ("//[", "url-not-allowed"),
        ("/a b", "url-not-allowed"),
        ("/\u2028", "url-not-allowed"),
        ("http://", "url-not-allowed"),
        (":", "http-404"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_an_odd_location_is_a_plain_failure(location, code, site, page, redirect, failure):
    site([redirect(location), page(status="404 Not Found")])
    assert failure().code == code


def test_a_bomb_on_a_redirect_is_not_read(bomb, site, page, fetch):
    moved = page(bomb, "302 Found", content_encoding="gzip", location="/there")
    site([moved, page(b"arrived")])
    tracemalloc.start()
    try:
        found = fetch()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.body == "arrived"
    assert peak < 5 * MEBIBYTE


def test_an_endless_body_on_a_redirect_is_not_read(site, page, redirect, fetch):
    def respond(connection):
        connection.sendall(redirect("http://other.test/", content_length=None, transfer_encoding="chunked"))
        while True:  # until the client closes
            connection.sendall(b"1000\r\n" + b"a" * 4096 + b"\r\n")

    site(respond)
    site(page(b"arrived"), host="other.test", address="8.8.8.8")
    assert fetch().body == "arrived"


# --- what it takes for a page ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "media_type"),
    [
        ("text/html", "text/html"),
        ("TEXT/HTML; charset=UTF-8", "text/html"),
        ("text/html;;;", "text/html"),
        (" text/html ;", "text/html"),
        ("application/xhtml+xml", "application/xhtml+xml"),
        ("text/plain; format=flowed", "text/plain"),
        (["text/html", "text/html"], "text/html"),
    ],
)
def test_html_and_plain_text_are_pages(content_type, media_type, site, page, fetch):
    site(page(content_type=content_type))
    assert fetch().media_type == media_type


@pytest.mark.parametrize(
    "content_type",
    [
        "image/png",
        "application/pdf",
        "application/octet-stream",
        "application/json",
        "application/xml",
        "multipart/mixed; boundary=x",
        "multipart/x-mixed-replace",
        "text/css",
        "text/html2",
        "text",
        "*/*",
        "",
        ";",
        "text/html, image/png",
        ["text/html", "image/png"],
        None,
    ],
    ids=str,
)
def test_other_types_are_not(content_type, site, page, failure):
    site(page(content_type=content_type))
    error = failure()
    assert (error.code, error.retryable) == ("unsupported-type", False)


@pytest.mark.parametrize(
    "body",
    [
        PNG,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"PK\x03\x04\x14\x00\x00\x00",
        b"\0<p>Hello</p>",
    ],
    ids=["png", "pdf", "jpeg", "zip", "nul"],
)
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "text/plain; charset=latin-1"])
def test_an_image_under_the_name_of_a_page_is_not_one(body, content_type, site, page, failure):
    site(page(body, content_type=content_type))
    assert failure().code == "unsupported-type"


@pytest.mark.parametrize(
    "status",
    "201 202 204 205 206 300 304 305 400 401 402 403 404 405 406 408 410 425 429 451 500 501 502 503 504 505 520 599 999".split(),
)
def test_each_status_but_that_of_a_page_is_a_failure_of_its_own(status, site, page, failure):
    site(page(status=f"{status} Some Reason", retry_after="120", content_range="bytes 0-11/1000"))
    error = failure()
    assert error.code == f"http-{status}"
    assert error.retryable == (status in {"408", "425", "429", "500", "502", "503", "504", "520"})
    assert error.retry_after == (120 if error.retryable else None)


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5), ("999999999", 3600), ("Fri, 31 Dec 9999 23:59:59 GMT", 3600), ("soon", None)]
)
def test_retry_after_is_honoured_and_capped(value, seconds, site, page, failure):
    site(page(status="429 Too Many Requests", retry_after=value))
    assert failure().retry_after == seconds


def test_the_body_is_decoded_by_header_meta_and_coding_together(site, page, fetch):
    text = '<meta charset="koi8-r"><p>\u201cYes,\u201d she said.</p>'
    site(
        [
            page(
                gzip.compress(text.encode("cp1252")),
                content_type="text/html; charset=iso-8859-1",
                content_encoding="gzip",
            ),
            page(text.encode("utf-16"), content_type="text/html; charset=iso-8859-1"),
            page("<meta charset=koi8-r>привет".encode("koi8-r"), content_type="text/html; charset=utf-7"),
            page(text.encode("utf-16-le"), content_type="text/html; charset=utf-16"),
        ]
    )
    assert [fetch().body for _ in range(4)] == [text, text, "<meta charset=koi8-r>привет", text]


def test_a_charset_label_longer_than_all_headers_may_be_is_a_bad_response(site, page, failure):
    site(page(content_type="text/html; charset=" + "x" * 70_000))
    assert failure().code == "bad-response"


def test_a_gzip_bomb_is_stopped_at_the_cap(bomb, site, page, failure):
    site(page(bomb, content_encoding="gzip"))
    tracemalloc.start()
    try:
        code = failure().code
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code == "too-large"
    assert peak < Limits().max_bytes + 10 * MEBIBYTE


@pytest.mark.parametrize(
    ("coding", "code"),
    [
        ("gzip, gzip", "unsupported-encoding"),
        (["gzip", "gzip"], "unsupported-encoding"),
        (", ".join(["gzip"] * 50), "unsupported-encoding"),
        ("gzip", "unsupported-type"),  # of two codings one is undone, and what is left is no text
        ("br", "bad-encoding"),
        ("bogus", "bad-encoding"),
    ],
    ids=str,
)
def test_a_bomb_in_a_bomb_is_not_unpacked(coding, code, bomb, site, page, failure):
    site(page(gzip.compress(bomb), content_encoding=coding))
    assert failure().code == code


@pytest.mark.parametrize("cut", [0, 5, 20, -1])
def test_a_gzip_body_cut_short_is_never_shown(cut, site, page, failure):
    site(page(gzip.compress(b"<p>Hello</p>" * 50)[:cut], content_encoding="gzip"))
    assert failure().code == "bad-encoding"


# --- the caller's side -------------------------------------------------------------------------


def test_it_is_a_fetcher(network):
    fetcher: Fetcher = SafeFetcher(network.resolve, network.dial)
    assert callable(fetcher.fetch)


@pytest.mark.parametrize("seconds", [0.0, -1.0, 0.05])
def test_the_caller_may_shorten_the_deadline(seconds, site, network):
    site(lambda connection: connection.recv(1))
    with pytest.raises(FetchFailed) as caught:
        SafeFetcher(network.resolve, network.dial).fetch("http://good.test/", seconds)
    assert caught.value.code == "timeout"


def test_the_caller_may_not_lengthen_it(site, network):
    site(lambda connection: connection.recv(1))
    with pytest.raises(FetchFailed) as caught:
        SafeFetcher(network.resolve, network.dial, limits=Limits(deadline_seconds=0.05)).fetch(
            "http://good.test/", 60.0
        )
    assert caught.value.code == "timeout"


HTTP_PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/1.1 302 Found\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 429 Later\r\nRetry-After: ",
        b"Content-Type: text/html\r\n",
        b"Content-Type: text/html; charset=",
        b"Content-Length: ",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Location: ",
        b"http://good.test/",
        b"utf-16\r\n",
        b"gb18030\r\n",
        b"5\r\n",
        b"0\r\n",
        b"\r\n",
        b"\r\n\r\n",
        b"Hello",
        gzip.compress(b"Hello", mtime=0),
        zlib.compress(b"Hello"),
        PNG,
    ]
)
PROPER_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ANY_ANSWER = st.one_of(
    st.binary(max_size=200),
    st.lists(st.one_of(HTTP_PIECES, st.binary(max_size=10)), max_size=12).map(b"".join),
    st.lists(st.one_of(HTTP_PIECES, st.binary(max_size=10)), max_size=12).map(
        lambda pieces: PROPER_HEAD + b"".join(pieces)
    ),
    st.binary(max_size=200).map(lambda body: PROPER_HEAD + b"\r\n" + body),
    st.binary(max_size=200).map(lambda body: PROPER_HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(body)),
)


@given(answer=ANY_ANSWER)
def test_any_bytes_from_a_server_are_a_page_or_a_failure(system_tls, answer):
    def dial(address, port, seconds):
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.sendall(answer)
            theirs.shutdown(socket.SHUT_WR)
            # Left open until the request is sent; then nobody reads it, as with a server that answers at once.
            opened.append(theirs.dup())
        return ours

    opened: list[socket.socket] = []
    fetcher = SafeFetcher(lambda host, port: [PUBLIC], dial, system_tls, Limits(deadline_seconds=5.0))
    try:
        found = fetcher.fetch("http://good.test/")
    except FetchFailed:
        return
    finally:
        for connection in opened:
            connection.close()
    assert found.body.encode("utf-8").decode("utf-8") == found.body
    assert found.media_type == "text/html"
