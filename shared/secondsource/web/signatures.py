"""Signatures of webhooks: Standard Webhooks, in and out; Ghost's; and a plain HMAC of the body in a header of any name.

The library of Standard Webhooks was looked at (standardwebhooks 1.1.0): it raises ValueError, binascii.Error and
UnicodeDecodeError for what is malformed, and reads timestamps as Python does (1_674_087_231). Here whatever is wrong is
one and the same BadSignature. All signatures are over the bytes that came in, and compared in constant time.
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest, new
from typing import Final

from secondsource.errors import BadSignature

TOLERANCE_SECONDS: Final = 300
"""How far a timestamp may be from now, as the libraries of Standard Webhooks have it."""

PREFIX: Final = "whsec_"
"""What a secret of Standard Webhooks begins with, before its base64."""
MIN_SECRET_BYTES: Final = 24
MAX_SECRET_BYTES: Final = 64
"""As the specification of Standard Webhooks asks."""

MOST_SIGNATURES: Final = 10
"""A sender whose secret is being changed sends two."""

_ID: Final = re.compile(r"[!-\-/-~]{1,256}")
"""Printable ASCII without the full stop, which separates it from the timestamp in what is signed."""
_SECONDS: Final = re.compile(r"[0-9]{1,12}", re.ASCII)
_V1: Final = re.compile(r"v1,([A-Za-z0-9+/]{43}=)", re.ASCII)
_GHOST: Final = re.compile(r"sha256=([0-9a-f]{64}), ?t=([0-9]{1,15})", re.ASCII)
_HEX: Final = re.compile(r"(?:sha256=)?([0-9A-Fa-f]{64})", re.ASCII)
_BASE64: Final = re.compile(r"(?:sha256=)?([A-Za-z0-9+/]{43}=)", re.ASCII)

Headers = Mapping[str, tuple[str, ...]]
"""All values of each header by its lower-case name."""


def key_of(secret: str) -> bytes:
    """The key that a secret of Standard Webhooks stands for. Raises ValueError for what is none."""
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not MIN_SECRET_BYTES <= len(key) <= MAX_SECRET_BYTES:
        raise ValueError(f"of {MIN_SECRET_BYTES} to {MAX_SECRET_BYTES} bytes")
    return key


def sign(secrets: Iterable[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that sign a message by Standard Webhooks: one signature a secret, the newest first."""
    seconds = str(int(at.timestamp()))
    signed = (f"v1,{b64encode(_standard(key_of(secret), message_id, seconds, body)).decode()}" for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": seconds, "webhook-signature": " ".join(signed)}


def verify_standard(secrets: Sequence[str], headers: Headers, body: bytes, now: datetime) -> str:
    """The id of a message that was signed with one of these secrets, and not long ago. Raises BadSignature."""
    message_id, seconds = _one(headers, "webhook-id"), _one(headers, "webhook-timestamp")
    parts = _one(headers, "webhook-signature").split(" ")
    if not _ID.fullmatch(message_id) or not _SECONDS.fullmatch(seconds) or len(parts) > MOST_SIGNATURES:
        raise BadSignature
    found = [b64decode(match[1]) for part in parts if (match := _V1.fullmatch(part))]
    _require((_standard(key_of(secret), message_id, seconds, body) for secret in secrets), found)
    _require_recent(int(seconds), now)
    return message_id


def verify_ghost(secrets: Sequence[str], headers: Headers, body: bytes, now: datetime) -> str:
    """What tells a message from Ghost from every other; signed with one of these secrets, and not long ago.

    Ghost signs the body followed by the time in milliseconds, with the secret as text:
    ghost/core/core/server/services/webhooks/WebhookTrigger.js. Raises BadSignature.
    """
    match = _GHOST.fullmatch(_one(headers, "x-ghost-signature"))
    if match is None:
        raise BadSignature
    _require((_hmac(secret.encode(), body + match[2].encode()) for secret in secrets), [bytes.fromhex(match[1])])
    _require_recent(int(match[2]) // 1000, now)
    return match[1]


def verify_plain(secrets: Sequence[str], header: str, headers: Headers, body: bytes) -> str:
    """What tells a message from every other; its body was signed with one of these secrets.

    The header holds the HMAC-SHA256 of the body in hexadecimal or base64, with or without ``sha256=`` before it. It
    says nothing of when: what it signs may come again at any time. Raises BadSignature.
    """
    value = _one(headers, header.lower())
    if match := _HEX.fullmatch(value):
        found = bytes.fromhex(match[1])
    elif match := _BASE64.fullmatch(value):
        found = b64decode(match[1])
    else:
        raise BadSignature
    _require((_hmac(secret.encode(), body) for secret in secrets), [found])
    return sha256(body).hexdigest()


def _standard(key: bytes, message_id: str, seconds: str, body: bytes) -> bytes:
    return _hmac(key, f"{message_id}.{seconds}.".encode() + body)


def _hmac(key: bytes, message: bytes) -> bytes:
    return new(key, message, sha256).digest()


def _one(headers: Headers, name: str) -> str:
    values = headers.get(name, ())
    if len(values) != 1:
        raise BadSignature
    return values[0]


def _require(expected: Iterable[bytes], found: Sequence[bytes]) -> None:
    """Compare all with all, whichever fits."""
    fits = [compare_digest(right, given) for right in expected for given in found]
    if not any(fits):
        raise BadSignature


def _require_recent(seconds: int, now: datetime) -> None:
    if abs(now.timestamp() - seconds) > TOLERANCE_SECONDS:
        raise BadSignature
