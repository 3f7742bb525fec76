"""The table's stream: which of its records wake functions/notify, and what they tell of."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from secondsource.errors import InvalidInput
from secondsource.stored import is_id

FILTERS: Final[tuple[dict[str, Any], ...]] = (
    {"dynamodb": {"NewImage": {"type": {"S": ["occurrence"]}}}},
    {"dynamodb": {"OldImage": {"type": {"S": ["occurrence"]}}}},
    {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"type": {"S": ["claim"]}}}},
    {"dynamodb": {"OldImage": {"type": {"S": ["claim"]}}, "NewImage": {"type": {"S": ["merged claim"]}}}},
)
"""As in template.yaml, which tells Lambda: an occurrence that was written or deleted, a record that was made, and one
that was marked as merged into another. Of a document's items the head alone has a type: neither pieces nor pointers nor
tombstones that are cleared wake anybody. A record that was counted does not either, nor does a merged one that is
written anew, or counting would never end."""


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


def _fits(value: Any, pattern: Any) -> bool:
    """As Lambda filters events: every name of the pattern is there, and its value is one of those that are listed."""
    if isinstance(pattern, list):
        return value in pattern
    return isinstance(value, Mapping) and all(
        name in value and _fits(value[name], inner) for name, inner in pattern.items()
    )
