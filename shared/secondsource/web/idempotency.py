"""Idempotency-Key: the same request twice does its work once (IETF draft-ietf-httpapi-idempotency-key-header-07).

What is remembered for a day, by Powertools' idempotency utility, is the outcome (a status and ids), not the answer:
a replay answers from what is stored now, so that no copy of a deleted article lives on here. The key counts within
its tenant and route. A request that failed is forgotten, and may be sent again.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer

from secondsource.errors import Conflict, InvalidInput, KeyReused, Unavailable
from secondsource.stored import REQUEST_HOURS

Outcome = dict[str, Any]
"""What a request came to, in JSON's types."""

KEPT_SECONDS: Final = REQUEST_HOURS * 60 * 60

_QUOTED: Final = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"')
"""A string of structured fields (RFC 8941, 3.3.3)."""
_BARE: Final = re.compile(r"[A-Za-z0-9._:~+/=-]{1,255}")
"""What clients send without quotes: UUIDs, ULIDs, base64."""
_ESCAPED: Final = re.compile(r'\\(["\\])')


KEY_PATTERN: Final = f"^({_QUOTED.pattern}|{_BARE.pattern})$"
"""Both forms, for the API's description."""


def parse_key(value: str | None) -> str | None:
    """The key in the header's value, None for None. Raises InvalidInput for what is no key of 1 to 255 characters."""
    if value is None:
        return None
    if quoted := _QUOTED.fullmatch(value):
        return _ESCAPED.sub(r"\1", quoted[1])
    if _BARE.fullmatch(value):
        return value
    raise InvalidInput('Idempotency-Key must be one string of 1 to 255 characters in quotes, such as "8e03978e-40d5".')


class Once:
    """Runs an action once a key. ``records``: where what was done is remembered."""

    def __init__(self, records: BasePersistenceLayer) -> None:
        self._records = records

    def __call__(
        self, tenant: str, route: str, key: str | None, body: str, context: Any, action: Callable[[], Outcome]
    ) -> Outcome:
        """What ``action`` answers, or what it answered when it ran under this key; without a key it always runs.

        ``context``: the Lambda context; when its time is up, an action that has not ended may be begun anew.
        Raises KeyReused when the key came with another ``body``, which holds what else the answer depends on; Conflict
        while the first request runs, Unavailable when the records are out of reach, and whatever ``action`` raises.
        """
        if key is None:
            return action()
        config = IdempotencyConfig(
            event_key_jmespath="[route, key]",
            payload_validation_jmespath="body",
            hash_function="sha256",
            expires_after_seconds=KEPT_SECONDS,
            raise_on_no_idempotency_key=True,
            lambda_context=context,
        )

        def act(*, request: dict[str, str]) -> Outcome:
            return action()

        run = idempotent_function(
            act, data_keyword_argument="request", persistence_store=self._records, config=config, key_prefix=tenant
        )
        request = {"route": route, "key": key, "body": sha256(body.encode()).hexdigest()}
        try:
            outcome: Outcome = run(request=request)
        except IdempotencyValidationError:
            # How the answer is asked for is a part of the request: one of the two would get the other's answer.
            raise KeyReused("This Idempotency-Key came before, with another body or another Prefer header.") from None
        except (IdempotencyAlreadyInProgressError, IdempotencyInconsistentStateError):
            raise Conflict("A request with this Idempotency-Key is still running.") from None
        except IdempotencyPersistenceLayerError as error:
            raise Unavailable("Storage is out of reach. Try again with the same Idempotency-Key.") from error
        return outcome
