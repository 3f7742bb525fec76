"""The errors a caller can meet, as one tree. Each has a stable ``code``; the web edge maps it to problem details.

SecondSourceError
├── InvalidInput            malformed-request
│   ├── MalformedJson       malformed-json
│   ├── InvalidCursor       invalid-cursor
│   └── UnprocessableInput  unprocessable
├── TooLarge                too-large
├── UnsupportedMedia        unsupported-media-type
├── NotFound                not-found
├── MethodNotAllowed        method-not-allowed
├── Unauthorized            unauthorized
│   └── BadSignature        unauthorized
├── Forbidden               forbidden
├── Conflict                conflict
│   └── VersionConflict     version-conflict
├── PreconditionFailed      precondition-failed
├── KeyReused               idempotency-key-reused
├── TooManyRequests         too-many-requests
│   └── DailyQuotaSpent     daily-quota-spent
├── StorageQuotaSpent       storage-quota-spent
├── FetchFailed             url-not-allowed, dns-failed, tls-failed, … (see its docstring)
└── Unavailable             unavailable
    └── NotAllStored        unavailable
"""

from typing import ClassVar


class SecondSourceError(Exception):
    """Base of all errors of this package."""

    code: str = "internal"
    title: ClassVar[str] = "Internal error"
    status: ClassVar[int] = 500

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail


class InvalidInput(SecondSourceError):
    """The request does not have the form that is documented."""

    code, title, status = "malformed-request", "Malformed request", 400


class MalformedJson(InvalidInput):
    """The body is not one JSON object, in UTF-8, without duplicate keys."""

    code, title, status = "malformed-json", "Malformed JSON", 400


class InvalidCursor(InvalidInput):
    """The cursor is not one that this list gave out."""

    code, title, status = "invalid-cursor", "Invalid cursor", 400


class UnprocessableInput(InvalidInput):
    """Well-formed, but its values do not fit."""

    code, title, status = "unprocessable", "Unprocessable content", 422


class TooLarge(SecondSourceError):
    """More than the limits allow: 1 MB of HTML, 200,000 characters of text."""

    code, title, status = "too-large", "Content too large", 413


class UnsupportedMedia(SecondSourceError):
    """The body is of a type that is not read."""

    code, title, status = "unsupported-media-type", "Unsupported media type", 415


class NotFound(SecondSourceError):
    """Nothing of this id belongs to the tenant: another tenant's id answers the same."""

    code, title, status = "not-found", "Not found", 404


class MethodNotAllowed(SecondSourceError):
    """The path exists, the method does not."""

    code, title, status = "method-not-allowed", "Method not allowed", 405


class Unauthorized(SecondSourceError):
    """No key, or none that is valid."""

    code, title, status = "unauthorized", "Unauthorized", 401


class BadSignature(Unauthorized):
    """A message to a webhook that its secret has not signed, or to a webhook that does not exist."""


class Forbidden(SecondSourceError):
    """The key lacks the scope."""

    code, title, status = "forbidden", "Forbidden", 403


class Conflict(SecondSourceError):
    """The same is under way already."""

    code, title, status = "conflict", "Conflict", 409


class VersionConflict(Conflict):
    """Somebody else wrote first; read again and repeat."""

    code, title, status = "version-conflict", "Version conflict", 409


class PreconditionFailed(SecondSourceError):
    """What the caller wanted to change is not as he said it was."""

    code, title, status = "precondition-failed", "Precondition failed", 412


class KeyReused(SecondSourceError):
    """The same Idempotency-Key came with another body."""

    code, title, status = "idempotency-key-reused", "Idempotency key reused", 422


class TooManyRequests(SecondSourceError):
    """The tenant has made as many calls as it may for now. ``retry_after``: seconds until it may make more."""

    code, title, status = "too-many-requests", "Too many requests", 429

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class DailyQuotaSpent(TooManyRequests):
    """The tenant has had as many articles annotated today as it may."""

    code, title, status = "daily-quota-spent", "Daily quota spent", 429


class StorageQuotaSpent(SecondSourceError):
    """The tenant has as many articles stored as it may: waiting does not help, deleting some does."""

    code, title, status = "storage-quota-spent", "Storage quota spent", 403


class Unavailable(SecondSourceError):
    """A service behind this one is out of reach or throttles; try again later."""

    code, title, status = "unavailable", "Service unavailable", 503


class NotAllStored(Unavailable):
    """Of what was to be stored each for itself, that of these ``ids`` was not, or not as it should be; the rest was."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__()
        self.ids = ids


class FetchFailed(SecondSourceError):
    """A URL could not be fetched.

    ``code`` is one of: url-not-allowed, dns-failed, connect-failed, tls-failed, timeout, too-many-redirects,
    too-large, unsupported-type, unsupported-encoding, bad-encoding, bad-response, http-<status>.
    ``retryable`` says whether a later try may succeed; ``retry_after`` in seconds, if the server named it.
    """

    title, status = "The URL could not be fetched", 422

    def __init__(self, code: str, detail: str = "", *, retryable: bool = False, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after
