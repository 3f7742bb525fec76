"""Vetting of URLs, for articles, redirects and webhook callbacks alike."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import FetchFailed
from secondsource.web.addresses import allowed_address
from secondsource.web.targets import MAX_ADDRESSES, Target, redirect_url, vet_target

PUBLIC = "93.184.216.34"


def public(host, port):
    """DNS as the attacker would have it: every name is public."""
    return [PUBLIC]


def refusal(url, resolve=public, **options):
    with pytest.raises(FetchFailed) as caught:
        vet_target(url, resolve, **options)
    return caught.value


def test_a_callback_url_of_a_bad_form_is_refused_at_registration_and_again_at_delivery(refused_url):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return [PUBLIC]

    registration, delivery = refusal(refused_url, resolve), refusal(refused_url, resolve)
    assert registration.code == delivery.code == "url-not-allowed"
    assert not registration.retryable
    assert asked == []


def test_all_refusals_read_alike(refused_url):
    of_an_address = refusal("http://rebound.test/", lambda host, port: ["10.0.0.1"])
    assert str(refusal(refused_url)) == str(of_an_address)
    assert of_an_address.status == 422


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://good.test", "http://good.test/"),
        ("HTTP://Good.TEST/Path", "http://good.test/Path"),
        ("https://good.test./", "https://good.test/"),
        ("http://good.test:80/", "http://good.test/"),
        ("http://good.test:/", "http://good.test/"),
        ("https://good.test:443/", "https://good.test/"),
        ("http://good.test:443/", "http://good.test:443/"),
        ("https://good.test:80/", "https://good.test:80/"),
        ("http://good.test?q=1", "http://good.test/?q=1"),
        ("http://good.test/a?q=1#part", "http://good.test/a?q=1"),
        ("http://good.test#@127.0.0.1/", "http://good.test/"),
        ("http://good.test/@127.0.0.1/", "http://good.test/@127.0.0.1/"),
        ("http://good.test/a%20b%2Fc", "http://good.test/a%20b%2Fc"),
        ("http://good.test/%0d%0aX:%20y", "http://good.test/%0d%0aX:%20y"),
        ("http://good.test/Änderung?ü=ß", "http://good.test/%C3%84nderung?%C3%BC=%C3%9F"),
        ('http://good.test/<a|"b">', "http://good.test/%3Ca%7C%22b%22%3E"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://XN--BCHER-KVA.example/", "http://xn--bcher-kva.example/"),
        ("http://ＧＯＯＤ．test/", "http://good.test/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("https://[2606:4700:4700:0:0:0:0:1111]/", "https://[2606:4700:4700::1111]/"),
    ],
)
def test_an_allowed_url_has_one_canonical_form(url, canonical):
    target = vet_target(url, public)
    assert target.url == canonical
    assert vet_target(canonical, public) == target


def test_a_name_is_resolved_once_in_its_canonical_form():
    asked = []

    def resolve(host, port):
        asked.append((host, port))
        return [PUBLIC]

    target = vet_target("https://Faß.DE./", resolve)
    assert asked == [("xn--fa-hia.de", 443)]
    assert target == Target("https", "xn--fa-hia.de", 443, "/", (PUBLIC,))


def test_an_address_in_the_url_is_not_resolved():
    def resolve(host, port):
        raise AssertionError("an address needs no resolver")

    assert vet_target("http://8.8.8.8/", resolve).addresses == ("8.8.8.8",)


@pytest.mark.parametrize(
    "answer",
    [
        [PUBLIC, "10.0.0.1"],
        ["10.0.0.1", PUBLIC],
        [PUBLIC, "::1"],
        [PUBLIC] * 499 + ["127.0.0.1"],
        ["127.0.0.1"],  # a CNAME to localhost looks like this
        ["::1", "127.0.0.1"],
        ["fe80::1%2"],
        ["not an address"],
    ],
    ids=lambda answer: f"{len(answer)} records, {answer[0]}",
)
def test_one_denied_address_refuses_the_name(answer):
    assert refusal("http://good.test/", lambda host, port: answer).code == "url-not-allowed"


def test_of_many_public_addresses_a_bounded_number_is_kept():
    answer = [f"8.8.{number // 250}.{number % 250}" for number in range(500)]
    target = vet_target("http://good.test/", lambda host, port: answer)
    assert target.addresses == tuple(answer[:MAX_ADDRESSES])


def test_a_name_without_records_is_a_dns_failure():
    assert refusal("http://good.test/", lambda host, port: []).code == "dns-failed"


def test_a_resolver_fault_is_a_dns_failure():
    def resolve(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert refusal("http://good.test/", resolve).code == "dns-failed"


def test_a_hanging_resolver_is_a_dns_failure():
    over = threading.Event()

    def resolve(host, port):
        over.wait(2)
        return [PUBLIC]

    assert refusal("http://good.test/", resolve, dns_seconds=0.05).code == "dns-failed"
    over.set()


@pytest.mark.parametrize(
    "environ",
    [
        {"AWS_LAMBDA_RUNTIME_API": "good.test:9001"},
        {"AWS_LAMBDA_RUNTIME_API": f"{PUBLIC}:9001"},
        {"AWS_XRAY_DAEMON_ADDRESS": f"tcp:{PUBLIC}:2000 udp:{PUBLIC}:2000"},
    ],
    ids=str,
)
def test_the_platforms_own_endpoints_are_refused_even_at_a_public_address(environ, monkeypatch):
    assert refusal("http://good.test/", environ=environ).code == "url-not-allowed"
    assert vet_target("http://good.test/", public, environ={}).host == "good.test"
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)
    assert refusal("http://good.test/").code == "url-not-allowed"


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("http://other.test/", "http://other.test/"),
        ("//other.test/x", "https://other.test/x"),
        ("/news", "https://good.test:80/news"),
        ("two", "https://good.test:80/a/two"),
        ("../b", "https://good.test:80/b"),
        ("?q=2", "https://good.test:80/a/one?q=2"),
        ("", "https://good.test:80/a/one?q=1"),
        ("///other.test", "https:///other.test"),
        ("http:other.test", "http:other.test"),
    ],
)
def test_a_location_is_read_against_the_url_that_sent_it(location, url):
    base = Target("https", "good.test", 80, "/a/one?q=1", (PUBLIC,))
    assert redirect_url(base, location) == url


@pytest.mark.parametrize("location", ["/a b", "/a\tb", "\\\\other.test", "/\\other.test", "\x00/", "/" + "a" * 8_000])
def test_a_location_that_would_need_cleaning_is_refused(location):
    base = Target("https", "good.test", 443, "/", (PUBLIC,))
    with pytest.raises(FetchFailed) as caught:
        redirect_url(base, location)
    assert caught.value.code == "url-not-allowed"


URL_PIECES = st.sampled_from(
    "http https :// : / // \\ @ # ? % . .. [ ] ::1 127.0.0.1 0x7f.1 good.test localhost xn-- xn--a ß 。 ０ :80 :443 :9001 %2e "
    "\u200d \u0660 \ufdfa e\u0301 \t \x00 \ud800".split(" ")
)
ANY_URL = st.one_of(
    st.text(),
    st.lists(st.one_of(URL_PIECES, st.characters()), max_size=12).map("".join),
    st.lists(st.one_of(URL_PIECES, st.characters()), max_size=8).map(lambda pieces: "http://" + "".join(pieces)),
)


def target_or_code(url):
    try:
        return vet_target(url(), public)
    except FetchFailed as error:
        return error.code


@given(ANY_URL)
def test_any_text_is_either_a_public_target_or_refused(text):
    target = target_or_code(lambda: text)
    if target == "url-not-allowed":
        return
    assert target.port in (80, 443)
    assert all(allowed_address(address) for address in target.addresses)
    assert target.url.isascii() and not set(target.authority) & set("@%\\/?# ")
    assert vet_target(target.url, public) == target


@given(ANY_URL)
def test_any_location_leads_to_a_public_target_or_is_refused(text):
    base = Target("https", "good.test", 443, "/a", (PUBLIC,))
    target = target_or_code(lambda: redirect_url(base, text))
    assert target == "url-not-allowed" or all(allowed_address(address) for address in target.addresses)
