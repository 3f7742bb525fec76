"""The table's stream: which of its records wake functions/notify, and what they tell of."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from botocore.exceptions import ClientError

from secondsource.aws.faults import translated
from secondsource.errors import InvalidInput, NotFound
from secondsource.stored import is_id

FILTERS: Final[tuple[dict[str, Any], ...]] = (
    {"dynamodb": {"NewImage": {"type": {"S": ["occurrence"]}}}},
    {"dynamodb": {"OldImage": {"type": {"S": ["occurrence"]}}}},
    {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"type": {"S": ["claim"]}}}},
)
"""As in template.yaml, which tells Lambda: an occurrence that was written or deleted, and a record that was made. Of a
document's items the head alone has a type: neither pieces nor pointers nor tombstones that are cleared wake anybody. A
record that was counted does not either, or counting would never end."""

_GONE: Final = {"TrimmedDataAccessException", "ResourceNotFoundException", "ValidationException"}
"""What DynamoDB says of a place in the stream that is older than a day, or of a stream that was replaced."""
_EMPTY_READS: Final = 5
"""A read may bring nothing although there is more; so often in a row it has not happened."""


class Batch(NamedTuple):
    """Some of the stream's records, from the first to the last."""

    stream: str
    shard: str
    first: str
    last: str


class Touched(NamedTuple):
    """A claim whose record has to be counted."""

    tenant: str
    claim_id: str


def wakes(record: Mapping[str, Any]) -> bool:
    """Whether one of the filters lets this record of the stream through."""
    return any(_fits(record, pattern) for pattern in FILTERS)


def touched(record: Mapping[str, Any]) -> Touched:
    """The claim that a record tells of. Raises InvalidInput when it names none."""
    images = record.get("dynamodb", {})
    for image in (images.get("NewImage", {}), images.get("OldImage", {})):
        found = Touched(*(image.get(name, {}).get("S") for name in Touched._fields))
        if is_id(*found):
            return found
    raise InvalidInput("The record names no claim.")


def touched_by(client: Any, batch: Batch) -> tuple[Touched, ...]:
    """The claims that a batch tells of, each once, by a client of the streams.

    Raises NotFound when the stream has the batch no more: it keeps a day.
    """
    where = {"StreamArn": batch.stream, "ShardId": batch.shard, "SequenceNumber": batch.first}
    found: dict[Touched, None] = {}
    empty = 0
    with translated():
        try:
            iterator = client.get_shard_iterator(**where, ShardIteratorType="AT_SEQUENCE_NUMBER")["ShardIterator"]
            while iterator and empty < _EMPTY_READS:
                answer = client.get_records(ShardIterator=iterator)
                for record in answer["Records"]:
                    if int(record["dynamodb"]["SequenceNumber"]) > int(batch.last):
                        return tuple(found)
                    if wakes(record):
                        found[touched(record)] = None
                empty = 0 if answer["Records"] else empty + 1
                iterator = answer.get("NextShardIterator")
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _GONE:
                raise NotFound("The stream has these changes no more: it keeps a day.") from error
            raise
    return tuple(found)


def _fits(value: Any, pattern: Any) -> bool:
    """As Lambda filters events: every name of the pattern is there, and its value is one of those that are listed."""
    if isinstance(pattern, list):
        return value in pattern
    return isinstance(value, Mapping) and all(
        name in value and _fits(value[name], inner) for name, inner in pattern.items()
    )
