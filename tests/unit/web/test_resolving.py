"""Looking names up under a deadline."""

import socket
import threading

import pytest

from secondsource.errors import FetchFailed
from secondsource.web import resolving
from secondsource.web.resolving import MAX_LOOKUPS_UNDER_WAY, resolve_within, system_resolve


@pytest.fixture
def hanging():
    """A resolver that answers only once the test is over."""
    release = threading.Event()

    def resolve(host, port):
        release.wait(20)
        return ["93.184.216.34"]

    yield resolve
    release.set()


def test_the_addresses_come_as_the_resolver_gave_them():
    assert resolve_within(lambda host, port: [host, str(port)], "good.test", 80, 1.0) == ["good.test", "80"]


@pytest.mark.parametrize(
    "fault",
    [
        socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure in name resolution"),
        UnicodeError("label empty or too long"),
        TimeoutError(),
    ],
    ids=repr,
)
def test_a_resolver_that_fails_is_a_retryable_dns_failure(fault):
    def resolve(host, port):
        raise fault

    with pytest.raises(FetchFailed) as caught:
        resolve_within(resolve, "good.test", 80, 1.0)
    assert (caught.value.code, caught.value.retryable) == ("dns-failed", True)


def test_a_name_without_addresses_is_a_dns_failure():
    with pytest.raises(FetchFailed) as caught:
        resolve_within(lambda host, port: [], "good.test", 80, 1.0)
    assert caught.value.code == "dns-failed"


def test_a_resolver_that_hangs_is_given_up(hanging):
    with pytest.raises(FetchFailed) as caught:
        resolve_within(hanging, "good.test", 80, 0.05)
    assert (caught.value.code, caught.value.retryable) == ("dns-failed", True)


def test_hanging_lookups_do_not_pile_up_without_end(hanging, monkeypatch):
    monkeypatch.setattr(resolving, "_places", threading.BoundedSemaphore(MAX_LOOKUPS_UNDER_WAY))
    started = []

    def resolve(host, port):
        started.append(host)
        return hanging(host, port)

    for _ in range(MAX_LOOKUPS_UNDER_WAY + 3):
        with pytest.raises(FetchFailed):
            resolve_within(resolve, "good.test", 80, 0.005)
    assert len(started) == MAX_LOOKUPS_UNDER_WAY


def test_the_system_resolver_is_asked_once_and_answers_plain_addresses(monkeypatch):
    asked = []

    def getaddrinfo(host, port, **options):
        asked.append((host, port))
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700:4700::1111", 443, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert system_resolve("good.test", 443) == ["2606:4700:4700::1111", "93.184.216.34"]
    assert asked == [("good.test", 443)]
