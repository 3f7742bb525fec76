"""Connections: to the literal address that was vetted, under one deadline."""

import socket
import ssl

import pytest

from secondsource.errors import FetchFailed
from secondsource.web import dialling
from secondsource.web.dialling import Deadline, connect, dial_address, tls_context
from secondsource.web.targets import Target

TARGET = Target("http", "good.test", 80, "/", ("93.184.216.34", "8.8.8.8"))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_the_peer_is_the_address_that_was_asked_for(address, serve):
    try:
        server = serve(b"", host=address)
    except OSError:
        pytest.skip("this machine has no IPv6")
    with dial_address(address, server.port, 5.0) as connection:
        assert connection.getpeername()[:2] == (address, server.port)


def test_a_name_is_not_dialled():
    with pytest.raises(ValueError):
        dial_address("localhost", 80, 1.0)


def test_a_connection_to_another_peer_is_closed(serve, monkeypatch):
    server = serve(b"")
    elsewhere = socket.create_connection(("127.0.0.1", server.port))
    monkeypatch.setattr(dialling.socket, "create_connection", lambda address, timeout: elsewhere)
    with pytest.raises(ConnectionError):
        dial_address("127.0.0.2", server.port, 5.0)
    assert elsewhere.fileno() == -1


def test_the_next_address_is_tried_when_one_refuses(serve):
    server = serve(b"")
    dialled = []

    def dial(address, port, seconds):
        dialled.append(address)
        if address == "93.184.216.34":
            raise ConnectionRefusedError
        return dial_address("127.0.0.1", server.port, seconds)

    with connect(TARGET, dial, tls_context(), Deadline(5.0)) as connection:
        assert connection.getpeername()[1] == server.port
    assert dialled == ["93.184.216.34", "8.8.8.8"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ConnectionRefusedError(), "connect-failed"),
        (OSError("unreachable"), "connect-failed"),
        (TimeoutError(), "timeout"),
    ],
    ids=repr,
)
def test_no_address_that_answers_is_a_retryable_failure(fault, code):
    def dial(address, port, seconds):
        raise fault

    with pytest.raises(FetchFailed) as caught:
        connect(TARGET, dial, tls_context(), Deadline(5.0))
    assert (caught.value.code, caught.value.retryable) == (code, True)


def test_one_address_may_not_use_up_the_time_of_the_next():
    allowed = []

    def dial(address, port, seconds):
        allowed.append(seconds)
        raise TimeoutError

    with pytest.raises(FetchFailed):
        connect(TARGET, dial, tls_context(), Deadline(1000.0), connect_seconds=2.0)
    assert allowed == [2.0, 2.0]


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_a_deadline_that_is_over_raises(seconds):
    with pytest.raises(FetchFailed) as caught:
        Deadline(seconds).remaining()
    assert caught.value.code == "timeout"


def test_tls_is_verified_and_not_older_than_1_2():
    context = tls_context()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert len(context.get_ca_certs()) > 0 or ssl.get_default_verify_paths().cafile is None
