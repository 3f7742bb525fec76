"""Which addresses and names are refused."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.web.addresses import allowed_address, is_denied_name, own_endpoints

DENIED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.169.254 169.254.170.2
172.16.0.1 172.31.255.254 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.254 198.51.100.1
192.31.196.1 192.52.193.1 192.175.48.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::127.0.0.1 ::8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::a9fe:a9fe
64:ff9b::808:808 64:ff9b:1::a00:1 100::1 100:0:0:1::1 2001:2::1 2620:4f:8000::1 2001:0:4136:e378:8000:63bf:3f57:fdf2 2001:db8::1 2002:7f00:1::1
2002:a9fe:a9fe::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
""".split()

ALLOWED = """
8.8.8.8 93.184.216.34 100.63.255.254 100.128.0.1 172.15.255.254 172.32.0.1 192.0.1.1 223.255.255.254
2001:4860:4860::8888 2606:4700:4700::1111 64:ff9c::1
""".split()


@pytest.mark.parametrize("address", DENIED)
def test_an_address_that_is_not_public_is_denied(address):
    ipaddress.ip_address(address)  # it is one
    assert allowed_address(address) is None


@pytest.mark.parametrize("address", DENIED)
def test_the_tables_need_no_help_of_the_standard_library(address, monkeypatch):
    monkeypatch.setattr(ipaddress.IPv4Address, "is_global", True)
    monkeypatch.setattr(ipaddress.IPv6Address, "is_global", True)
    assert allowed_address(address) is None


def test_what_the_standard_library_alone_knows_is_denied_too(monkeypatch):
    monkeypatch.setattr(ipaddress.IPv4Address, "is_global", False)
    assert allowed_address("8.8.8.8") is None


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_is_allowed(address):
    assert allowed_address(address) == ipaddress.ip_address(address)


@pytest.mark.parametrize(
    "text", ["", "good.test", "8.8.8", "08.8.8.8", "8.8.8.8 ", "0x8.8.8.8", "８.8.8.8", "[2606::1]", "2606::1%eth0"]
)
def test_what_is_no_plain_address_is_denied(text):
    assert allowed_address(text) is None


@given(st.ip_addresses())
def test_nothing_the_standard_library_calls_special_is_allowed(address):
    allowed = allowed_address(str(address))
    assert allowed in (None, address)
    assert allowed is None or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=4))
def test_no_ipv6_form_with_an_ipv4_address_inside_is_allowed(inner):
    number = int(inner)
    forms = [
        number,  # ::a.b.c.d
        0xFFFF << 32 | number,  # ::ffff:a.b.c.d
        0xFFFF << 48 | number,  # ::ffff:0:a.b.c.d
        0x64FF9B << 96 | number,  # 64:ff9b::a.b.c.d
        0x2002 << 112 | number << 80,  # 2002:a.b.c.d::
        0x20010000 << 96 | number ^ 0xFFFFFFFF,  # 2001:0::, inverted
    ]
    assert [allowed_address(str(ipaddress.IPv6Address(form))) for form in forms] == [None] * len(forms)


@pytest.mark.parametrize(
    "name",
    "localhost a.localhost x.invalid printer.local sandbox.localdomain metadata.google.internal instance-data a.home.arpa "
    "a.onion a.alt a.home a.corp a.mail a.lan a.intranet metadata.goog www.metadata.goog".split(),
)
def test_a_private_name_is_denied(name):
    assert is_denied_name(name, {})


@pytest.mark.parametrize("name", ["good.test", "localhost.com", "notlocal.org", "mail.example.com", "a.goog"])
def test_a_public_name_that_only_looks_like_one_is_not(name):
    assert not is_denied_name(name, {})


def test_own_endpoints_are_read_from_the_environment():
    environ = {
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001",
        "AWS_XRAY_DAEMON_ADDRESS": "tcp:169.254.79.129:2000 udp:XRAY.example.com:2000",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://credentials.example.com:8080/role",
        "ECS_CONTAINER_METADATA_URI_V4": "http://[fd00:ec2::23]/v4",
        "AWS_REGION": "eu-central-1",
    }
    assert own_endpoints(environ) == {
        "127.0.0.1",
        "169.254.79.129",
        "xray.example.com",
        "credentials.example.com",
        "fd00:ec2::23",
    }


def test_a_public_name_is_denied_when_the_platform_uses_it():
    assert is_denied_name("runtime.example.com", {"AWS_LAMBDA_RUNTIME_API": "runtime.example.com:9001"})
