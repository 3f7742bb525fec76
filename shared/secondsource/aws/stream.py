"""The table's stream: which of its records wake functions/notify, and what they tell of."""

import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from botocore.exceptions import ClientError

from secondsource.aws.faults import translated
from secondsource.errors import InvalidInput, NotFound
from secondsource.stored import is_id

FILTERS: Final[tuple[dict[str, Any], ...]] = (
    {"dynamodb": {"NewImage": {"type": {"S": ["occurrence", "actor"]}}}},
    {"dynamodb": {"OldImage": {"type": {"S": ["occurrence", "actor", "mentions"]}}}},
    {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"type": {"S": ["claim", "event"]}}}},
    {"dynamodb": {"OldImage": {"type": {"S": ["claim"]}}, "NewImage": {"type": {"S": ["merged claim"]}}}},
)
"""As in template.yaml, which tells Lambda: an occurrence or an actor of the register that was written or deleted, what
an article states of others that was deleted or replaced, a record that was made, one that was marked as merged into
another, and an event. Of a document's items the head alone has a type: neither pieces nor pointers nor tombstones that
are cleared wake anybody. A record that was counted does not either, nor does a merged one that is written anew, or
counting would never end."""


class Named(NamedTuple):
    """Those of whom more, or less, is known now."""

    tenant: str
    names: tuple[str, ...]


class Told(NamedTuple):
    """An event that there are endpoints to be told of."""

    tenant: str
    event_id: str


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


def touched(record: Mapping[str, Any]) -> Touched | Named | Told:
    """The claim that a record tells of, the names, or the event. Raises InvalidInput when there is none of these."""
    images = record.get("dynamodb", {})
    if _kind(images.get("NewImage", {})) == "event":
        told = Told(*(images["NewImage"].get(name, {}).get("S") for name in Told._fields))
        if is_id(*told):
            return told
    if (named := _named(images.get("NewImage", {}), images.get("OldImage", {}))) is not None:
        return named
    for image in (images.get("NewImage", {}), images.get("OldImage", {})):
        found = Touched(*(image.get(name, {}).get("S") for name in Touched._fields))
        if is_id(*found):
            return found
    raise InvalidInput("The record names no claim.")


def _kind(image: Mapping[str, Any]) -> str | None:
    found = image.get("type", {}).get("S")
    return str(found) if found is not None else None


def _named(new: Mapping[str, Any], old: Mapping[str, Any]) -> Named | None:
    """Names before and after; None where the record is of nothing that has names."""
    kinds = {_kind(image) for image in (new, old)}
    tenant = str((new.get("tenant") or old.get("tenant") or {}).get("S", ""))
    if not kinds & {"actor", "mentions"} or not is_id(tenant):
        return None
    # An actor's entries in the index may be moved beforehand, in a write of their own; what DynamoDB clears when its
    # time is over is no reason to count all who were named in it: a record that rests on it knows when it expires.
    if not new or ("version" in new and new.get("version") == old.get("version")):
        return Named(tenant, ())
    names = [name for image in (old, new) for name in json.loads(image.get("names", {}).get("S", "[]"))]
    return Named(tenant, tuple(dict.fromkeys(names)))


def touched_by(client: Any, batch: Batch) -> tuple[Touched | Named | Told, ...]:
    """The claims, names and events that a batch tells of, each once, by a client of the streams.

    Raises NotFound when the stream has the batch no more: it keeps a day.
    """
    where = {"StreamArn": batch.stream, "ShardId": batch.shard, "SequenceNumber": batch.first}
    found: dict[Touched | Named | Told, None] = {}
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
