from typing import Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)

from secondsource.aws.faults import ConditionNotMet, Contended, translated
from secondsource.errors import SecondSourceError, TooLarge, Unavailable


def answer(code: str, *reasons: str, message: str = "", status: int = 400) -> ClientError:
    response: Any = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
        "CancellationReasons": [{"Code": reason} for reason in reasons],
    }
    return ClientError(response, "PutItem")


def outcome(error: Exception) -> Exception:
    with pytest.raises((SecondSourceError, ConditionNotMet)) as caught, translated():
        raise error
    assert caught.value.__cause__ is error
    return caught.value


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (answer("ConditionalCheckFailedException"), ConditionNotMet),
        (answer("TransactionCanceledException", "None", "ConditionalCheckFailed"), ConditionNotMet),
        (answer("TransactionCanceledException", "TransactionConflict", "None"), Contended),
        (answer("TransactionConflictException"), Contended),
        (answer("TransactionCanceledException", "ThrottlingError"), Unavailable),
        (answer("ThrottlingException"), Unavailable),
        (answer("ProvisionedThroughputExceededException"), Unavailable),
        (answer("RequestLimitExceeded"), Unavailable),
        (answer("AnythingAtAll", status=500), Unavailable),
        (answer("ValidationException", message="Item size has exceeded the maximum allowed size"), TooLarge),
        (answer("ValidationException", message="One or more parameter values were invalid"), SecondSourceError),
        (answer("AccessDeniedException"), SecondSourceError),
        (EndpointConnectionError(endpoint_url="https://x.example"), Unavailable),
        (ConnectionClosedError(endpoint_url="https://x.example"), Unavailable),
        (ReadTimeoutError(endpoint_url="https://x.example"), Unavailable),
        (NoCredentialsError(), SecondSourceError),
        (BotoCoreError(), SecondSourceError),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value)[:60],
)
def test_each_refusal_has_its_error(error: Exception, kind: type[Exception]) -> None:
    assert type(outcome(error)) is kind


def test_no_detail_of_the_service_is_in_what_a_caller_is_told() -> None:
    assert "arn:aws" not in str(outcome(answer("AccessDeniedException", message="not allowed on arn:aws:dynamodb")))


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(KeyError), translated():
        raise KeyError("x")
