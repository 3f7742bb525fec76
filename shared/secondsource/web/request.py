"""An API Gateway event (REST API, Lambda proxy) as the edge looks at it: headers in lower case, the body as text."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from secondsource.errors import InvalidInput, MalformedJson, TooLarge, UnsupportedMedia
from secondsource.model import Scope, Tenant
from secondsource.web.problem import MAX_BODY_BYTES
from secondsource.web.routes import JSON

Event = dict[str, Any]

_CHARSET: Final = r'(\s*;\s*charset="?utf-8"?)?'
_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:]{2,39}\](:[0-9]{1,5})?")
_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True)
class Request:
    """One HTTP request."""

    event: Event

    @property
    def method(self) -> str:
        """In upper case."""
        return str(self.event.get("httpMethod") or "").upper()

    @property
    def path(self) -> str:
        """As sent, percent signs and all, without the stage."""
        return str(self.event.get("path") or "/")

    @property
    def public_path(self) -> str:
        """As the caller sees it, with the stage, where the address has one."""
        return str(self._context.get("path") or self.path)

    @property
    def prefix(self) -> str:
        """What stands before ``path`` in the caller's address: the stage, or nothing."""
        return self.public_path.removesuffix(self.path) if self.public_path.endswith(self.path) else ""

    @property
    def base_url(self) -> str:
        """Scheme, host and prefix; without host when the event names none that is one."""
        host = str(self._context.get("domainName") or "")
        scheme = self.header("x-forwarded-proto") or "https"
        if not _HOST.fullmatch(host) or scheme not in _SCHEMES:
            return self.prefix
        return f"{scheme}://{host}{self.prefix}"

    def header(self, name: str) -> str | None:
        """The header's value, None when it was not sent; several are joined by a comma, as HTTP has it."""
        values = self.headers.get(name)
        return ", ".join(values) if values is not None else None

    @cached_property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """All values by lower-case name."""
        found: dict[str, tuple[str, ...]] = {}
        for name, value in (self.event.get("headers") or {}).items():
            found[name.lower()] = (str(value),)
        for name, values in (self.event.get("multiValueHeaders") or {}).items():
            found[name.lower()] = tuple(str(value) for value in values)
        return found

    @property
    def asked(self) -> tuple[str, ...]:
        """The names in the query, each once."""
        return tuple(self.event.get("multiValueQueryStringParameters") or self.event.get("queryStringParameters") or ())

    @property
    def tenant(self) -> Tenant | None:
        """Who is asking, as the authorizer found out; None when none has looked."""
        found: Mapping[str, Any] = self._context.get("authorizer") or {}
        if not found.get("tenant"):
            return None
        known = {scope.value for scope in Scope}
        scopes = str(found.get("scopes") or "").split()
        return Tenant(
            id=str(found["tenant"]),
            scopes=tuple(Scope(scope) for scope in scopes if scope in known),
            label=str(found.get("label") or ""),
        )

    def text(self, media_type: str) -> str:
        """The body, as text that says it is of this type: JSON, or another one of which the body is in UTF-8.

        Raises UnsupportedMedia for another type or a compressed body, TooLarge above MAX_BODY_BYTES,
        InvalidInput when there is none, MalformedJson when it is not text.
        """
        encoding = (self.header("content-encoding") or "identity").strip().lower()
        if encoding != "identity":
            raise UnsupportedMedia("Send the body as it is: compressed bodies are not read.")
        expected = re.compile(re.escape(media_type) + _CHARSET, re.IGNORECASE)
        if not expected.fullmatch((self.header("content-type") or "").strip()):
            raise UnsupportedMedia(f"The body must be {media_type} in UTF-8, and Content-Type must say so.")
        body = self.body()
        if not body:
            raise InvalidInput("A body is required: a JSON object." if media_type == JSON else "A body is required.")
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedJson(f"The body is not UTF-8: see byte {error.start}.") from None

    def body(self) -> bytes:
        """The body as it was sent, whatever it is. Raises TooLarge above MAX_BODY_BYTES, MalformedJson for no bytes."""
        text = str(self.event.get("body") or "")
        try:
            found = base64.b64decode(text, validate=True) if self.event.get("isBase64Encoded") else text.encode()
        except (binascii.Error, ValueError):
            raise MalformedJson("The body is not text in UTF-8.") from None
        if len(found) > MAX_BODY_BYTES:
            raise TooLarge(f"The body is larger than {MAX_BODY_BYTES:,} bytes.")
        return found

    @property
    def _context(self) -> Mapping[str, Any]:
        return self.event.get("requestContext") or {}
