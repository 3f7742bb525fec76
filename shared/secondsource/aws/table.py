"""One DynamoDB table, as few plain verbs: consistent reads, conditional writes, batches that leave nothing out."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer

from secondsource.aws.faults import Contended, translated
from secondsource.aws.keys import Key
from secondsource.backoff import attempts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = dict[str, Any]
"""An item in Python's types; its values are str, int, bytes, bool and lists of these."""

T = TypeVar("T")

WRITES_PER_BATCH = 25
READS_PER_BATCH = 100
REVISION = "revision"
"""The attribute that a conditional write compares: a token drawn anew by every write."""
VERSION = "version"
"""The attribute by which of two items the newer is told, where each write replaces all that is older."""


COUNT = "count"
"""The attribute that ``Table.count`` adds to."""
TTL_ATTRIBUTE = "expires_at"
"""When DynamoDB may clear an item away, in Unix seconds."""


def key_of(item: Item) -> Key:
    """The item's primary key."""
    return Key(item["PK"], item["SK"])


class Table:
    """The verbs. Every read is consistent; every error is one of the package's own, or ConditionNotMet.

    ``sleep`` makes the pauses between attempts; tests give one that returns at once.
    """

    def __init__(self, client: "DynamoDBClient", name: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._name = name
        self._sleep = sleep
        self._out = TypeSerializer()
        self._in = TypeDeserializer()

    def attempts(self) -> Iterator[int]:
        """As ``backoff.attempts``, with this table's pauses."""
        return attempts(self._sleep)

    def get(self, key: Key, only: Sequence[str] = ()) -> Item | None:
        """The item, or of it only the named attributes; None when there is none."""
        with translated():
            answer = self._client.get_item(
                TableName=self._name, Key=self._key(key), ConsistentRead=True, **_projection(only)
            )
        return self._read(answer["Item"]) if answer.get("Item") else None

    def get_many(self, keys: Iterable[Key], only: Sequence[str] = ()) -> dict[Key, Item]:
        """Those that exist. Where attributes are named, PK and SK must be among them."""
        found: dict[Key, Item] = {}
        for batch in _batches(dict.fromkeys(keys), READS_PER_BATCH):
            left: Any = [self._key(key) for key in batch]
            for _ in self.attempts():
                request: Any = {self._name: {"Keys": left, "ConsistentRead": True, **_projection(only)}}
                with translated():
                    answer = self._client.batch_get_item(RequestItems=request)
                for row in answer["Responses"].get(self._name, []):
                    item = self._read(row)
                    found[key_of(item)] = item
                unprocessed: Any = answer.get("UnprocessedKeys", {})
                left = unprocessed.get(self._name, {}).get("Keys")
                if not left:
                    break
        return found

    def query(
        self,
        partition: str,
        *,
        prefix: str | None = None,
        before: str | None = None,
        after: str | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Item]:
        """The partition's items in the order of their sort keys, to the end or to ``limit``.

        ``prefix``: only sort keys that begin so. ``before``, ``after``: only sort keys lower or higher than this.
        One of them at most.
        """
        condition, values = "PK = :p", {":p": {"S": partition}}
        if prefix is not None:
            condition, values[":s"] = "PK = :p AND begins_with(SK, :s)", {"S": prefix}
        elif before is not None:
            condition, values[":s"] = "PK = :p AND SK < :s", {"S": before}
        elif after is not None:
            condition, values[":s"] = "PK = :p AND SK > :s", {"S": after}
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
            "ScanIndexForward": not newest_first,
        }
        rows: list[Item] = []
        while limit is None or len(rows) < limit:
            if limit is not None:
                request["Limit"] = limit - len(rows)
            with translated():
                answer = self._client.query(**request)
            rows.extend(self._read(row) for row in answer["Items"])
            if not answer.get("LastEvaluatedKey"):
                break
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return rows

    def scan(self, condition: str, names: dict[str, str], values: dict[str, str]) -> Iterator[list[Key]]:
        """The keys of all items of the table that meet a filter condition, page by page; reads the whole table."""
        request: dict[str, Any] = {
            "TableName": self._name,
            "FilterExpression": condition,
            "ProjectionExpression": "PK, SK",
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
            "ConsistentRead": True,
        }
        if names:
            request["ExpressionAttributeNames"] = names
        while True:
            with translated():
                answer = self._client.scan(**request)
            yield [key_of(self._read(row)) for row in answer["Items"]]
            if not answer.get("LastEvaluatedKey"):
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def put(self, item: Item, *, seen: str | None) -> None:
        """Store the item if the stored one has the revision ``seen``, or, for None, if there is none.

        Raises ConditionNotMet.
        """
        put = self._put(item, seen)
        self._call(lambda: self._client.put_item(**put))

    def delete(self, key: Key, *, seen: str) -> None:
        """Delete the item if it has the revision ``seen``. Raises ConditionNotMet."""
        delete = {"TableName": self._name, "Key": self._key(key), **_condition(seen)}
        self._call(lambda: self._client.delete_item(**delete))

    def put_newer(self, item: Item) -> None:
        """Store the item if there is none, or one with a lower ``version``. Raises ConditionNotMet."""
        put = {"TableName": self._name, "Item": self._write(item), **_version_condition("<", item[VERSION])}
        self._call(lambda: self._client.put_item(**put))

    def delete_up_to(self, key: Key, version: int) -> None:
        """Delete the item, unless it has a higher ``version``: then it raises ConditionNotMet."""
        delete = {"TableName": self._name, "Key": self._key(key), **_version_condition("<=", version)}
        self._call(lambda: self._client.delete_item(**delete))

    def count(self, key: Key, by: int, *, low: int | None = None, high: int | None = None, end: int | None) -> None:
        """Add to the item's ``count`` in one step; make the item where there is none. ``end``: its time to live.

        ``low``, ``high``: only where the count is higher than the one, lower than the other. Raises ConditionNotMet.
        """
        names, values, condition = {"#count": COUNT}, {":by": {"N": str(by)}}, ""
        if high is not None:
            condition, values[":high"] = "attribute_not_exists(PK) OR #count < :high", {"N": str(high)}
        if low is not None:
            condition, values[":low"] = "#count > :low", {"N": str(low)}
        update = "ADD #count :by"
        if end is not None:
            update, names["#end"], values[":end"] = f"{update} SET #end = :end", TTL_ATTRIBUTE, {"N": str(end)}
        request: dict[str, Any] = {"TableName": self._name, "Key": self._key(key), "UpdateExpression": update}
        request |= {"ExpressionAttributeNames": names, "ExpressionAttributeValues": values}
        if condition:
            request["ConditionExpression"] = condition
        self._call(lambda: self._client.update_item(**request))

    def put_whole(
        self,
        heads: Sequence[tuple[Item, str | None]],
        *,
        pieces: Sequence[Item],
        deletes: Sequence[Key],
        beside: Sequence[Item] = (),
    ) -> None:
        """As ``put`` for each head, with the revision seen of it, and in the same transaction put their pieces and
        delete those that are left over.

        ``beside``: items of other documents, none of which may be there yet.
        """
        actions: list[Any] = [{"Put": self._put(head, seen)} for head, seen in heads]
        actions += [{"Put": {"TableName": self._name, "Item": self._write(item)}} for item in pieces]
        actions += [{"Put": self._put(item, None)} for item in beside]
        actions += [{"Delete": {"TableName": self._name, "Key": self._key(key)}} for key in deletes]
        self._call(lambda: self._client.transact_write_items(TransactItems=actions))

    def write_many(self, puts: Iterable[Item] = (), deletes: Iterable[Key] = ()) -> None:
        """Store and delete items, each for itself, without a condition. No key may come twice."""
        requests: list[Any] = [{"PutRequest": {"Item": self._write(item)}} for item in puts]
        requests += [{"DeleteRequest": {"Key": self._key(key)}} for key in deletes]
        for batch in _batches(requests, WRITES_PER_BATCH):
            left: Any = {self._name: list(batch)}
            for _ in self.attempts():
                with translated():
                    left = self._client.batch_write_item(RequestItems=left).get("UnprocessedItems")
                if not left:
                    break

    def _call(self, call: Callable[[], object]) -> None:
        for _ in self.attempts():
            try:
                with translated():
                    call()
            except Contended:
                continue
            return

    def _put(self, item: Item, seen: str | None) -> dict[str, Any]:
        return {"TableName": self._name, "Item": self._write(item), **_condition(seen)}

    def _key(self, key: Key) -> dict[str, Any]:
        return {"PK": {"S": key.partition}, "SK": {"S": key.sort}}

    def _write(self, item: Item) -> dict[str, Any]:
        return {name: self._out.serialize(value) for name, value in item.items() if value is not None}

    def _read(self, row: Any) -> Item:
        return {name: _plain(self._in.deserialize(value)) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Binary):
        return value.value  # type: ignore[attr-defined]  # which the stubs do not know
    if isinstance(value, Decimal):
        return int(value)
    return value


def _condition(seen: str | None) -> dict[str, Any]:
    if seen is None:
        return {"ConditionExpression": "attribute_not_exists(PK)"}
    return {
        "ConditionExpression": "#revision = :seen",
        "ExpressionAttributeNames": {"#revision": REVISION},
        "ExpressionAttributeValues": {":seen": {"S": seen}},
    }


def _version_condition(comparison: str, version: int) -> dict[str, Any]:
    return {
        "ConditionExpression": f"attribute_not_exists(PK) OR #version {comparison} :version",
        "ExpressionAttributeNames": {"#version": VERSION},
        "ExpressionAttributeValues": {":version": {"N": str(version)}},
    }


def _projection(names: Sequence[str]) -> dict[str, Any]:
    """The request's part that asks for some attributes only; under aliases, for some names are reserved words."""
    if not names:
        return {}
    aliases = {f"#n{number}": name for number, name in enumerate(names)}
    return {"ProjectionExpression": ", ".join(aliases), "ExpressionAttributeNames": aliases}


def _batches(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    rest = iter(values)
    while batch := tuple(islice(rest, size)):
        yield batch
