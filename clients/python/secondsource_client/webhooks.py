"""Signatures of webhooks by Standard Webhooks: whether what came in is from who has the secret, and not old."""

import binascii
import time
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest, new
from typing import Final

from secondsource_client.errors import InvalidSignature

TOLERANCE_SECONDS: Final = 300
"""How far the timestamp may be from now, as the libraries of Standard Webhooks have it."""
_PREFIX: Final = "whsec_"
_MOST_DIGITS: Final = 12


def verify_webhook(secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> str:
    """The id of the message, once it is known to be signed with ``secret`` within five minutes of now.

    Parameters
    ----------
    secret
        As it was given out: ``whsec_`` and base64. While a secret is being changed, try both.
    headers
        Of the request; their names in any case.
    body
        The bytes as they came, before any parsing.
    now
        Seconds since 1970, for tests; by default the clock's.

    Raises InvalidSignature, and ValueError for a secret that is none. Remember the ids for ten minutes if a message
    that comes twice would do harm: what is signed may be sent again within the tolerance.
    """
    try:
        key = b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ValueError("The secret of a webhook is whsec_ and base64.")
    found = {name.lower(): value for name, value in headers.items()}
    message_id, seconds = found.get("webhook-id", ""), found.get("webhook-timestamp", "")
    if not (message_id and message_id.isascii()) or not (
        seconds.isascii() and seconds.isdigit() and len(seconds) <= _MOST_DIGITS
    ):
        raise InvalidSignature("This is no message of Standard Webhooks.")
    right = new(key, f"{message_id}.{seconds}.".encode() + body, sha256).digest()
    given = [_digest(part) for part in found.get("webhook-signature", "").split(" ")]
    # All are compared, so that the time tells nothing of which one fits.
    if True not in [compare_digest(right, one) for one in given]:
        raise InvalidSignature("The signature is not of this secret and body.")
    if abs((time.time() if now is None else now) - int(seconds)) > TOLERANCE_SECONDS:
        raise InvalidSignature("The message is not of now.")
    return message_id


def _digest(part: str) -> bytes:
    """The bytes of one ``v1,<base64>``; none for what is something else."""
    version, _, value = part.partition(",")
    try:
        return b64decode(value, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""
