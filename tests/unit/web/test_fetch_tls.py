"""https: a server that cannot prove who it is gets no request."""

import os
import socket
import ssl
import threading
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from secondsource.web.dialling import tls_context

URL = "https://good.test/"
LONG_AGO = datetime.now(UTC) - timedelta(days=100)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def client_tls(authority):
    """The product's own settings, with the test's authority trusted besides."""
    context = tls_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def server_tls():
    """A server's TLS with a certificate by this authority: ``server_tls(authority, name, …)``."""

    def build(issuer, name="good.test", **options) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer.issue_cert(name, **options).configure_cert(context)
        return context

    return build


@pytest.fixture
def plain(site, page):
    """The same site without TLS: what a fallback would reach."""
    return site(page(b"not secure"))


def only_dialled_once(network, plain):
    return network.dialled == [("93.184.216.34", 443)] and plain.connections == 0


def test_a_proven_site_is_fetched_by_its_name(authority, server_tls, site, page, fetch, network, plain):
    server = site(page(b"secure"), tls=server_tls(authority))
    assert fetch(URL).body == "secure"
    assert server.server_names == ["good.test"]
    assert only_dialled_once(network, plain)


def test_an_international_name_is_proven_in_its_canonical_form(authority, server_tls, site, page, fetch):
    server = site(page(b"secure"), host="xn--fa-hia.de", tls=server_tls(authority, "xn--fa-hia.de"))
    assert fetch("https://faß.de/").body == "secure"
    assert server.server_names == ["xn--fa-hia.de"]


def test_a_name_that_rebinds_is_still_proven_by_name(authority, server_tls, site, page, fetch, network):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    network.names["good.test"] = lambda: next(answers)
    server = site(page(b"secure"), tls=server_tls(authority))
    assert fetch(URL).body == "secure"
    assert (server.server_names, len(network.resolved)) == (["good.test"], 1)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("other.test", {}),
        ("sub.good.test", {}),
        ("93.184.216.34", {}),
        ("good.test", {"not_before": LONG_AGO, "not_after": LONG_AGO + timedelta(days=1)}),
        ("good.test", {"not_before": datetime.now(UTC) + timedelta(days=1)}),
    ],
    ids=["other name", "name below", "address", "expired", "not yet valid"],
)
def test_a_certificate_that_does_not_fit_is_refused(
    name, options, authority, server_tls, site, page, failure, network, plain
):
    server = site(page(b"not proven"), tls=server_tls(authority, name, **options))
    error = failure(URL)
    assert (error.code, error.retryable) == ("tls-failed", False)
    assert (server.connections, server.requests) == (1, [])
    assert only_dialled_once(network, plain)


def test_a_certificate_by_an_unknown_authority_is_refused(server_tls, site, page, failure, network, plain):
    server = site(page(b"not proven"), tls=server_tls(trustme.CA()))
    assert failure(URL).code == "tls-failed"
    assert server.requests == []
    assert only_dialled_once(network, plain)


def test_a_self_signed_certificate_is_refused(site, page, failure, tmp_path, network, plain):
    authority = trustme.CA()  # its own certificate is signed by itself
    authority.cert_pem.write_to_path(tmp_path / "cert.pem")
    authority.private_key_pem.write_to_path(tmp_path / "key.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server = site(page(b"not proven"), tls=context)
    assert failure(URL).code == "tls-failed"
    assert server.requests == []
    assert only_dialled_once(network, plain)


@pytest.mark.parametrize(("newest", "code"), [("TLSv1", "tls-failed"), ("TLSv1_1", "tls-failed"), ("TLSv1_2", None)])
def test_tls_older_than_1_2_is_refused(newest, code, authority, server_tls, site, page, fetch, failure, network, plain):
    context = server_tls(authority)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion[newest]
    context.set_ciphers("ALL:@SECLEVEL=0")
    server = site(page(b"secure"), tls=context)
    if code is None:
        assert fetch(URL).body == "secure"
    else:
        assert failure(URL).code == code
        assert server.requests == []
    assert only_dialled_once(network, plain)


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
def test_a_server_that_wants_a_clients_certificate_gets_none(
    version, authority, server_tls, serve, network, failure, plain
):
    context = server_tls(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(context)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        network.routes["93.184.216.34", 443] = listener.getsockname()[1]

        def refuse():
            connection, _ = listener.accept()
            connection.settimeout(20)
            # A second handle keeps the connection open after the alert, as a server does that closes in order.
            with socket.socket(fileno=os.dup(connection.fileno())) as raw:
                raw.settimeout(20)
                with suppress(OSError):
                    context.wrap_socket(connection, server_side=True)
                with suppress(OSError):
                    while raw.recv(65536):
                        pass

        server = threading.Thread(target=refuse, daemon=True)
        server.start()
        error = failure(URL)
        server.join(20)
    assert error.code == "tls-failed"
    assert only_dialled_once(network, plain)


def test_plain_http_on_the_port_of_https_is_refused(page, network, failure, plain):
    def answer():
        connection, _ = listener.accept()
        with connection:
            connection.sendall(page(b"not secure"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        network.routes["93.184.216.34", 443] = listener.getsockname()[1]
        threading.Thread(target=answer, daemon=True).start()
        assert failure(URL).code == "tls-failed"
    assert only_dialled_once(network, plain)


def test_a_handshake_that_never_comes_meets_the_deadline(network, failure, plain):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        network.routes["93.184.216.34", 443] = listener.getsockname()[1]
        assert failure(URL, deadline_seconds=0.2).code == "timeout"
    assert only_dialled_once(network, plain)


@pytest.mark.parametrize("framing", [b"", b"Content-Length: 1000\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_that_ends_without_the_end_of_tls_is_not_whole(framing, authority, server_tls, site, failure):
    def cut(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + framing + b"\r\nHello")
        connection.shutdown(socket.SHUT_RDWR)  # of TCP; TLS is not told

    site(cut, tls=server_tls(authority))
    error = failure(URL)
    assert (error.code, error.retryable) == ("bad-response", True)


def test_a_redirect_from_http_to_https_is_proven_too(authority, server_tls, site, page, redirect, fetch, failure):
    site([redirect(URL)])
    site(page(b"secure"), tls=server_tls(authority))
    assert fetch("http://good.test/").url == URL


def test_a_redirect_to_a_site_that_is_not_proven_is_refused(server_tls, site, page, redirect, failure):
    site([redirect(URL)])
    site(page(b"not proven"), tls=server_tls(trustme.CA()))
    assert failure("http://good.test/").code == "tls-failed"
