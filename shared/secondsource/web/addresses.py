"""Which IP addresses and host names the fetch may not reach."""

import ipaddress
from collections.abc import Mapping
from typing import Final

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_DENIED_V4: Final = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; 0.0.0.0 reaches loopback on Linux
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared address space behind carrier NAT; holds Alibaba's metadata service
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's platform endpoint, in otherwise public space
        "169.254.0.0/16",  # link-local; holds the metadata, credential and X-Ray endpoints of AWS
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments; holds Oracle's metadata service
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)

_DENIED_V6: Final = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",  # unspecified, loopback, and IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated
        "64:ff9b::/96",  # IPv4 behind NAT64
        "64:ff9b:1::/48",  # the same, local use
        "100::/64",  # discard
        "100:0:0:1::/64",  # dummy prefix
        "2001::/23",  # IETF protocol assignments; holds Teredo, which embeds IPv4
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which embeds IPv4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fc00::/7",  # unique local; holds fd00:ec2::254, the metadata service of AWS
        "fe80::/10",  # link-local
        "fec0::/10",  # site-local
        "ff00::/8",  # multicast
    )
)
"""The IANA special-purpose registries of IPv4 and IPv6 (RFC 6890 and its updates), multicast, and every form
that carries an IPv4 address inside, also when that one is public: none of these is a news site."""

DENIED_SUFFIXES: Final = (
    "localhost",  # RFC 6761
    "invalid",  # RFC 6761
    "local",  # RFC 6762
    "localdomain",
    "internal",  # reserved by ICANN for private use; metadata.google.internal, *.ec2.internal
    "home.arpa",  # RFC 8375
    "onion",  # RFC 7686
    "alt",  # RFC 9476
    "home",  # these three: never delegated, because private networks use them (ICANN, 2018)
    "corp",
    "mail",
    "lan",
    "intranet",
    "metadata.goog",  # Google's other name of its metadata service
)
"""Names that mean something on a private network only, each with all names below it."""

_OWN_ENDPOINT_VARIABLES: Final = (
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_XRAY_DAEMON_ADDRESS",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "ECS_CONTAINER_METADATA_URI",
    "ECS_CONTAINER_METADATA_URI_V4",
)
"""Variables by which the platform tells a process where its own control endpoints are."""


def allowed_address(text: str) -> IPAddress | None:
    """The address this text spells, if it is a public one; None for a denied one or no address at all.

    Strict: four decimal parts without leading zeros, or IPv6 without a zone.
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv4Address):
        denied = any(address in network for network in _DENIED_V4)
    else:
        denied = address.scope_id is not None or any(address in network for network in _DENIED_V6)
    # The tables above decide; what a newer Python has learnt to be non-public is refused as well.
    return None if denied or not address.is_global else address


def is_denied_name(name: str, environ: Mapping[str, str]) -> bool:
    """Whether a canonical host name (lower-case ASCII, no final dot) is refused whatever DNS says of it.

    A name without a dot is: it is looked up in the machine's own search domains.
    """
    dotted = f".{name}"
    return (
        "." not in name
        or any(dotted.endswith(f".{suffix}") for suffix in DENIED_SUFFIXES)
        or name in own_endpoints(environ)
    )


def own_endpoints(environ: Mapping[str, str]) -> frozenset[str]:
    """Hosts (names and addresses) of the platform's control endpoints, as the environment names them."""
    return frozenset(
        host
        for variable in _OWN_ENDPOINT_VARIABLES
        for value in environ.get(variable, "").split()  # X-Ray may name two: "tcp:host:port udp:host:port"
        if (host := _host_of(value))
    )


def _host_of(value: str) -> str:
    authority = value.rpartition("//")[2].partition("/")[0].removeprefix("tcp:").removeprefix("udp:")
    host, colon, port = authority.rpartition(":")
    return (host if colon and port.isdigit() else authority).strip("[]").rstrip(".").lower()
