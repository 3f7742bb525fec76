"""Vetting: from a URL as a stranger wrote it to a target that may be dialled, or a refusal.

The URL is taken apart once, by one strict pattern; what is vetted is what is dialled, sent as Host, checked in
the certificate, and logged. Nothing is repaired: a URL that browsers would clean up is refused, since two
programs that clean it differently are how such a check is passed by.
"""

import ipaddress
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

import idna

from secondsource.web.addresses import allowed_address, is_denied_name, own_endpoints
from secondsource.web.failures import failure
from secondsource.web.resolving import DNS_SECONDS, Resolve, resolve_within

MAX_URL_CHARACTERS: Final = 8_000
"""RFC 9110, 4.1 recommends to support at least 8,000 octets; nobody needs more."""

MAX_ADDRESSES: Final = 16
"""Of a name with more records only so many are kept: enough for any real site, and a bound on dials."""

_URL: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\[\]/?#@:%]+)"  # no userinfo, no percent: neither has a place in a news URL
    r"(?::(?P<port>80|443)?)?"  # these two as text: 0443 and other digits are not the port they look like
    r"(?P<path>/[^?#]*)?"
    r"(?P<query>\?[^#]*)?"
    r"(?:#.*)?",
    re.ASCII | re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_SAFE_IN_PATH: Final = "/%:@!$&'()*+,;=~"
_SAFE_IN_QUERY: Final = _SAFE_IN_PATH + "?[]"


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted URL in canonical form, with the addresses that may be dialled for it.

    ``host`` is a lower-case ASCII name without a final dot, or a public address in its usual spelling;
    ``path`` is path and query, percent-encoded; ``addresses`` are 1 to 16, all public.
    """

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """Host as it stands in a URL and in the Host header, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The canonical URL, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def vet_target(
    url: str, resolve: Resolve, *, dns_seconds: float = DNS_SECONDS, environ: Mapping[str, str] | None = None
) -> Target:
    """The target this URL names, its name resolved exactly once, all its addresses public.

    For whatever is about to be contacted on a stranger's word: an article's URL, each hop of a redirect, a
    webhook's callback (at registration and again at each delivery). Raises FetchFailed: ``url-not-allowed``
    for every refusal, ``dns-failed`` when the name has no address.
    """
    environ = os.environ if environ is None else environ
    if len(url) > MAX_URL_CHARACTERS or not _is_plain(url) or (parts := _URL.fullmatch(url)) is None:
        raise failure("url-not-allowed")
    scheme = parts["scheme"].lower()
    port = int(parts["port"]) if parts["port"] else _DEFAULT_PORTS[scheme]
    path = quote(parts["path"] or "/", safe=_SAFE_IN_PATH) + quote(parts["query"] or "", safe=_SAFE_IN_QUERY)
    host, is_name = _canonical_host(parts["host"])
    if is_name and is_denied_name(host, environ):
        raise failure("url-not-allowed")
    found = resolve_within(resolve, host, port, dns_seconds) if is_name else [host]
    return Target(scheme, host, port, path, _vetted(found, environ))


def redirect_url(base: Target, location: str) -> str:
    """The URL a Location header means, not yet vetted. Raises FetchFailed for one that would need cleaning."""
    if len(location) > MAX_URL_CHARACTERS or not _is_plain(location):
        raise failure("url-not-allowed")
    if _ABSOLUTE.match(location):
        return location
    if location.startswith("//"):
        return f"{base.scheme}:{location}"
    # Only a path, a query or a fragment is left, so that urljoin decides nothing about the host.
    return urljoin(base.url, location)


def _is_plain(url: str) -> bool:
    """No backslash, white space, control, format, surrogate, private or unassigned character, anywhere."""
    return "\\" not in url and not any(unicodedata.category(character)[0] in "CZ" for character in url)


def _canonical_host(raw: str) -> tuple[str, bool]:
    """The host's one spelling, and whether it is a name (to be resolved) or an address."""
    if raw.startswith("["):
        try:
            return str(ipaddress.IPv6Address(raw[1:-1])), False
        except ValueError:
            raise failure("url-not-allowed") from None
    try:
        # IDNA 2008 with the mapping of UTS 46 (case, width): faß.de stays itself, unlike in IDNA 2003.
        name = idna.encode(raw, uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError:
        raise failure("url-not-allowed") from None
    name = name.removesuffix(".")
    if not name.rpartition(".")[2][:1].isdigit():
        return name, True
    # No top-level domain begins with a digit, so this is an address in one of the many forms that C libraries
    # read (octal, hexadecimal, one number, full-width digits). Only the plain one of four decimals is taken.
    try:
        return str(ipaddress.IPv4Address(raw)), False
    except ValueError:
        raise failure("url-not-allowed") from None


def _vetted(found: list[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    """All of the addresses, or a refusal if even one of them is denied."""
    denied = own_endpoints(environ)
    addresses = [str(address) for text in found if (address := allowed_address(text)) and str(address) not in denied]
    if len(addresses) < len(found):
        raise failure("url-not-allowed")
    return tuple(addresses[:MAX_ADDRESSES])
