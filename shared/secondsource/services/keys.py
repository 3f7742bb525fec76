"""API keys: made once and shown once, looked up at each request. Of the secret only its SHA-256 is stored.

A key reads ``ss_<key id>_<secret>``. The secret has 256 random bits, so a plain hash is enough: there is nothing
to guess from.
"""

import re
import secrets
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from secondsource.errors import InvalidInput, NotFound, Unauthorized
from secondsource.model import ApiKey, Scope, Tenant
from secondsource.ports import Clock, KeyStore

_ID_BYTES: Final = 10
"""80 bits, 16 characters of base32."""
_SECRET_BYTES: Final = 32

_KEY: Final = re.compile(r"ss_([a-z2-7]{16})_([A-Za-z0-9_-]{43})")
_BEARER: Final = re.compile(r"bearer +", re.IGNORECASE)
_TENANT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_MAX_LABEL_CHARS: Final = 100
_NO_HASH: Final = "0" * 64
"""What the secret of an unknown key is compared with, so that it takes the same path as a wrong secret."""


def create(store: KeyStore, clock: Clock, tenant: str, scopes: Sequence[Scope], label: str = "") -> str:
    """Make a key and answer its text, which nothing can show again.

    Raises InvalidInput for a tenant that is not 1 to 63 of a-z, 0-9 and "-", for no scopes, for a long label.
    """
    if not _TENANT.fullmatch(tenant):
        raise InvalidInput("A tenant is 1 to 63 lower-case letters, digits or hyphens, and begins with no hyphen.")
    if not scopes:
        raise InvalidInput("A key needs at least one scope.")
    if len(label) > _MAX_LABEL_CHARS:
        raise InvalidInput(f"A label is at most {_MAX_LABEL_CHARS} characters.")
    key_id = b32encode(secrets.token_bytes(_ID_BYTES)).decode().lower()
    secret = urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")
    store.put_key(
        ApiKey(
            key_id=key_id,
            tenant=tenant,
            secret_sha256=_hash(secret),
            scopes=tuple(dict.fromkeys(scopes)),
            label=label,
            created_at=clock.now(),
        )
    )
    return f"ss_{key_id}_{secret}"


def authenticate(store: KeyStore, header_value: str) -> Tenant:
    """Whose key this is; ``header_value`` is the key, with or without ``Bearer`` before it.

    Raises Unauthorized, the same whatever is wrong.
    """
    found = _KEY.fullmatch(_BEARER.sub("", header_value, count=1))
    if found is None:
        raise Unauthorized
    key = store.get_key(found[1])
    expected = key.secret_sha256 if key is not None else _NO_HASH
    right = compare_digest(_hash(found[2]).encode(), expected.encode())
    if key is None or not right or key.revoked_at is not None:
        raise Unauthorized
    return Tenant(id=key.tenant, scopes=key.scopes, label=key.label)


def revoke(store: KeyStore, clock: Clock, key_id: str) -> ApiKey:
    """End a key, at once and for good; a key that has ended keeps its date. Raises NotFound."""
    key = store.get_key(key_id)
    if key is None:
        raise NotFound("There is no key of this id.")
    if key.revoked_at is None:
        key = key.model_copy(update={"revoked_at": clock.now()})
        store.put_key(key)
    return key


def key_id_of(key: str) -> str:
    """The id in a key's text, which is no secret. Raises InvalidInput for what is no key."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise InvalidInput("This is not a key.")
    return found[1]


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
