"""Problem details (RFC 9457): the one form in which every error goes out, from a function or from the gateway.

``type`` is a stable URN, ``urn:secondsource:problem:<code>``; the codes are those of the error tree, and those of
what API Gateway answers by itself (``GATEWAY_PROBLEMS``).
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from secondsource.errors import (
    BadSignature,
    SecondSourceError,
    TooLarge,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)

MEDIA_TYPE: Final = "application/problem+json"

TYPE_PREFIX: Final = "urn:secondsource:problem:"

UNAUTHORIZED_DETAIL: Final = "A valid API key is required, as Authorization: Bearer <key> or as X-API-Key: <key>."
"""The same whatever is wrong with the key: an answer that tells them apart helps only those who guess."""

UNSIGNED_DETAIL: Final = (
    "The message is not signed as the webhook at this address asks, or there is none: "
    "see to the secret, the header of the signature and the sender's clock."
)
"""The same whatever is wrong with the signature, and where there is no such webhook."""

INTERNAL_DETAIL: Final = "Something went wrong on our side. It has been recorded."

MAX_BODY_BYTES: Final = 4_000_000
"""Bytes of a whole request body. JSON escapes may triple the largest HTML; a Lambda event holds 6 MB in all."""

UNAVAILABLE_RETRY_SECONDS: Final = 2
"""How long to wait after a 503: longer than our own pauses between attempts have been by then."""


class FieldProblem(BaseModel):
    """What is wrong with one field: a JSON pointer into the body, or a parameter's name."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="A JSON pointer into the body, or the name of a parameter or header.")
    detail: str


class Problem(BaseModel):
    """An error, as it goes out (RFC 9457). ``errors`` names the fields at fault, where there are any."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="A stable URN; tell errors apart by this.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path of the request.")
    errors: tuple[FieldProblem, ...] | None = None

    def to_json(self) -> str:
        """The body of the answer."""
        return self.model_dump_json(exclude_none=True)


class GatewayProblem(NamedTuple):
    """What API Gateway answers by itself, and how: the status it is given, and the problem's code and texts."""

    status: int
    code: str
    title: str
    detail: str


_UNAUTHORIZED: Final = GatewayProblem(401, Unauthorized.code, Unauthorized.title, UNAUTHORIZED_DETAIL)
_NO_ROUTE: Final = GatewayProblem(404, "not-found", "Not found", "There is nothing at this address.")
_INTERNAL: Final = GatewayProblem(500, "internal", "Internal error", INTERNAL_DETAIL)
_NO_LOOKUP: Final = GatewayProblem(
    Unavailable.status, Unavailable.code, Unavailable.title, "The API key could not be looked up. Try again later."
)

GATEWAY_PROBLEMS: Final[dict[str, GatewayProblem]] = {
    "UNAUTHORIZED": _UNAUTHORIZED,
    # The authorizer denies by policy. Raising would be counted as an error of the function, and alarm for each bad key.
    "ACCESS_DENIED": _UNAUTHORIZED,
    # It raises, or runs out of time, only when no key can be looked up. Nothing that an authorizer answers has a status
    # of its own, so a throttled table and anything unforeseen look alike; the alarm tells of both.
    "AUTHORIZER_CONFIGURATION_ERROR": _NO_LOOKUP,
    "AUTHORIZER_FAILURE": _NO_LOOKUP,
    "MISSING_AUTHENTICATION_TOKEN": _NO_ROUTE,
    "RESOURCE_NOT_FOUND": _NO_ROUTE,
    "REQUEST_TOO_LARGE": GatewayProblem(
        413, TooLarge.code, TooLarge.title, f"The body is larger than {MAX_BODY_BYTES:,} bytes."
    ),
    "THROTTLED": GatewayProblem(429, TooManyRequests.code, TooManyRequests.title, "Slow down, and try again later."),
    "INTEGRATION_TIMEOUT": GatewayProblem(
        504, "timeout", "Timeout", "The answer took too long. Ask for it with Prefer: respond-async."
    ),
    "DEFAULT_4XX": GatewayProblem(400, "malformed-request", "Malformed request", "The request is not understood."),
    "DEFAULT_5XX": _INTERNAL,
}
"""By the type of gateway response. ``template.yaml`` says the same; a test compares the two."""


def said(error: Mapping[str, Any]) -> str:
    """What is wrong with a field, by what pydantic says of it; in other words where its own are those of Python."""
    limits = error.get("ctx") or {}
    match error["type"]:
        case "extra_forbidden":
            return "There is no such field."
        case "too_short" if "min_length" in limits:
            return f"there must be at least {limits['min_length']}"
        case "too_long" if "max_length" in limits:
            return f"there can be at most {limits['max_length']}"
    return str(error["msg"]).removeprefix("Value error, ")


def of_error(error: SecondSourceError, instance: str, errors: tuple[FieldProblem, ...] | None = None) -> Problem:
    """The problem that an error of the package is to a caller; one without a public code says nothing of itself."""
    if error.code == SecondSourceError.code:
        return internal(instance)
    if isinstance(error, Unauthorized):
        detail = UNSIGNED_DETAIL if isinstance(error, BadSignature) else UNAUTHORIZED_DETAIL
    else:
        detail = error.detail or f"{error.title}."
    return Problem(
        type=TYPE_PREFIX + error.code,
        title=error.title,
        status=error.status,
        detail=detail,
        instance=instance,
        errors=errors,
    )


def internal(instance: str) -> Problem:
    """The problem that anything unforeseen is: nothing of its insides goes out."""
    return _of_gateway(_INTERNAL, instance)


def headers_of(error: SecondSourceError) -> dict[str, str]:
    """The headers that belong to an error: Retry-After where waiting helps, WWW-Authenticate on 401."""
    if isinstance(error, Unauthorized):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, Unavailable):
        return {"Retry-After": str(UNAVAILABLE_RETRY_SECONDS)}
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.retry_after)}
    return {}


def of_gateway(kind: str, instance: str) -> Problem:
    """The problem for a gateway response type, such as ``ACCESS_DENIED``."""
    return _of_gateway(GATEWAY_PROBLEMS[kind], instance)


def _of_gateway(known: GatewayProblem, instance: str) -> Problem:
    return Problem(
        type=TYPE_PREFIX + known.code, title=known.title, status=known.status, detail=known.detail, instance=instance
    )
