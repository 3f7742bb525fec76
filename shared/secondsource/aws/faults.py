"""What AWS answers when it refuses, as the package's own errors: the one place that knows its codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError

from secondsource.errors import SecondSourceError, TooLarge, Unavailable

_CONDITION = {"ConditionalCheckFailedException", "ConditionalCheckFailed"}
_CONTENTION = {"TransactionConflictException", "TransactionConflict", "TransactionInProgressException"}
_BUSY = {
    "InternalFailure",
    "InternalServerError",
    "OverLimit",
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "ReplicatedWriteConflictException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingError",
    "ThrottlingException",
}
"""Codes of DynamoDB and SQS that a later try may not meet, as calls and as reasons of a cancelled transaction."""
_SERVER_ERROR = 500


class ConditionNotMet(Exception):
    """What was to be replaced is no longer what was read: somebody else wrote first. Never leaves this room."""


class Contended(Unavailable):
    """Another transaction holds the same items just now. Tried again here; leaves this room only when spent."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what botocore raises within into ConditionNotMet, TooLarge, Unavailable or SecondSourceError."""
    try:
        yield
    except ClientError as error:
        raise _of_answer(error) from error
    except (ConnectionError, HTTPClientError) as error:
        raise Unavailable from error
    except BotoCoreError as error:
        raise SecondSourceError(type(error).__name__) from error


def _of_answer(error: ClientError) -> Exception:
    answer = error.response
    code = answer.get("Error", {}).get("Code", "")
    reasons = {str(reason.get("Code")) for reason in answer.get("CancellationReasons", [])}
    codes = {code} | reasons
    if codes & _CONDITION:
        return ConditionNotMet(code)
    if codes & _CONTENTION:
        return Contended()
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if codes & _BUSY or status >= _SERVER_ERROR:
        return Unavailable()
    if "size" in answer.get("Error", {}).get("Message", "").lower() and code == "ValidationException":
        return TooLarge("More than can be stored under one id.")
    return SecondSourceError(code)
