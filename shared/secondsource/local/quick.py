"""Moto made quick where it spends its time, with the same answers.

Each way below stands for one of moto's own that does more than it has to: it sorts the whole table for a query of one
partition, looks for ten names in each value of one type, and copies the table for each part of a transaction.
"""

import copy
from contextvars import ContextVar
from functools import cache
from inspect import signature
from typing import Any, Final, NamedTuple

import moto.core.responses
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DDBType, DynamoType
from moto.dynamodb.models.table import Table

_RESPONSES: Final[Any] = moto.core.responses
_query: Final[Any] = Table.query
_transact: Final[Any] = DynamoDBBackend.transact_write_items
_cast_value: Final[Any] = DynamoType.cast_value
_serialize_structure: Final[Any] = BaseJSONSerializer._serialize_type_structure
_method_names: Final[Any] = _RESPONSES.method_names_from_class

_INDEX: Final = [*signature(Table.query).parameters].index("index_name")
"""Where the name of the index stands when moto queries a table."""


class _Copy(NamedTuple):
    """A table as it was before a transaction, and how many records its stream had."""

    table: Any
    records: int


_copies: ContextVar[dict[int, _Copy] | None] = ContextVar("_copies", default=None)
"""The copies of tables that are there for the transaction under way, by the id of the table."""


def install() -> None:
    """Have moto go the quick ways from now on, in the whole process; once more changes nothing."""
    for owner, name, _, way in WAYS:
        setattr(owner, name, way)


class _Partition:
    """A table of which only one partition is seen."""

    def __init__(self, table: Any, key: Any) -> None:
        self._table, self._key = table, key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def all_items(self) -> list[Any]:
        """In any order: who asks for a partition sorts it."""
        return list(self._table.items.get(self._key, {}).values())


def _query_one_partition(*arguments: Any, **named: Any) -> Any:
    table, key, *rest = arguments
    index = arguments[_INDEX] if len(arguments) > _INDEX else named.get("index_name")
    seen = _Partition(table, key) if index is None and table.range_key_attr is not None else table
    return _query(seen, key, *rest, **named)


def _cast(value: Any) -> Any:
    """Keys are strings, and a string is what it is cast to; moto asks for seven other types first."""
    return value.value if value.type == DDBType.STRING else _cast_value.fget(value)


def _hash(value: Any) -> int:
    return hash((value.type, _cast(value)))


def _equal(value: Any, other: Any) -> bool:
    return bool(value.type == other.type and _cast(value) == _cast(other))


def _serialize_present(serializer: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
    """A value of DynamoDB is of one type and names it: the nine others need not be looked for, each by many names."""
    if not key or shape.name != "AttributeValue" or type(value) is not dict or not value.keys() <= shape.members.keys():
        _serialize_structure(serializer, serialized, value, shape, key)
        return
    wrapper: dict[str, Any] = {}
    for kind, content in value.items():
        if type(content) is str and kind in (DDBType.STRING, DDBType.NUMBER):
            wrapper[kind] = content
        elif content is not None:
            serializer._serialize(wrapper, content, shape.members[kind], kind)
    serializer._default_serialize(serialized, wrapper, shape, key)


def _transact_with_one_copy(backend: Any, transact_items: list[dict[str, Any]]) -> Any:
    """Moto copies the table anew for each part, before any is done: one copy is as good."""
    if any("Update" in part for part in transact_items):
        raise NotImplementedError("An update would change an item that the copy shares, and could not be taken back.")
    copies: dict[int, _Copy] = {}
    before = _copies.set(copies)
    try:
        return _transact(backend, transact_items)
    except BaseException:
        for made in copies.values():
            _take_back_stream(made)
        raise
    finally:
        _copies.reset(before)


def _take_back_stream(made: _Copy) -> None:
    """Let the stream that the table and its copy share go on from where it stood, with the copy: moto has put that in
    the table's place."""
    shard = made.table.stream_shard
    if shard is not None:
        shard.table = made.table
        del shard.items[made.records :]


def _copy_without_items(table: Any, _memo: dict[int, Any]) -> Any:
    """The table without a copy of its items, which moto makes for a transaction, so as to take it back.

    Transactions here put and delete whole items (aws/table.py), and moto puts a new object for each: those that a copy
    shares never change. Copied with all of them, a table of twenty articles kept a request waiting for half a minute.
    The stream is shared as well: who reads it holds on to it, and of a copy would never see another record.
    """
    copies = _copies.get()
    if copies is not None and id(table) in copies:
        return copies[id(table)].table
    twin = copy.copy(table)
    twin.items = type(table.items)(dict, {partition: dict(items) for partition, items in table.items.items()})
    if copies is not None:
        copies[id(table)] = _Copy(twin, len(table.stream_shard.items) if table.stream_shard is not None else 0)
    return twin


WAYS: Final[tuple[tuple[Any, str, Any, Any], ...]] = (
    (Table, "query", _query, _query_one_partition),
    (Table, "__deepcopy__", None, _copy_without_items),
    (DynamoDBBackend, "transact_write_items", _transact, _transact_with_one_copy),
    (DynamoType, "cast_value", _cast_value, property(_cast)),
    (DynamoType, "__hash__", DynamoType.__hash__, _hash),
    (DynamoType, "__eq__", DynamoType.__eq__, _equal),
    (BaseJSONSerializer, "_serialize_type_structure", _serialize_structure, _serialize_present),
    (_RESPONSES, "method_names_from_class", _method_names, cache(_method_names)),
)
"""What of moto is replaced: its owner and name, moto's own way (None where it has none) and the quick one."""
