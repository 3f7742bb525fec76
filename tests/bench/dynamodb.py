"""The smallest DynamoDB that ``aws/table.py`` can live on, in process, which counts what AWS would bill.

It knows the verbs and the few expressions that the adapter uses, and refuses all others. tests/contract runs the
adapter's suite over it. Capacity is counted as the developer guide says ("Read and write capacity mode", "Item sizes and
formats", "Managing transactions"): a consistent read takes a unit for each 4 KB of an item, a query for each 4 KB of all
that it reads together, a write one for each 1 KB of the larger of the old item and the new; a transaction twice that; a
write whose condition fails what it would have taken of the old item; nothing takes less than one. Projections save
nothing.
"""

import marshal
import operator
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

from tests.contract.strict import item_bytes

Item = dict[str, dict[str, Any]]
_Row = tuple[str, int, bytes]
"""Sort key, size as AWS counts it, and all other attributes, packed: a million items are to fit in memory."""

READ_UNIT, WRITE_UNIT = 4096, 1024
PAGE_BYTES = 1024 * 1024
_IN_TRANSACTION = 2

_QUERY = re.compile(r"PK = (:\w+)(?: AND (?:begins_with\(SK, (?P<prefix>:\w+)\)|SK (?P<than>[<>]) (?P<bound>:\w+)))?")
_ABSENT = re.compile(r"attribute_not_exists\(PK\)")
_COMPARED = re.compile(r"(#\w+) (=|<=|<|>) (:\w+)")
_UPDATE = re.compile(r"ADD (#\w+) (:\w+)(?: SET (#\w+) = (:\w+))?")
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
}


class CountingDynamo:
    """Answers as a boto3 client of DynamoDB does. ``used`` counts calls by name, items and units read and written."""

    def __init__(self) -> None:
        self._tables: defaultdict[str, dict[str, list[_Row]]] = defaultdict(dict)
        self._lock = Lock()
        self.used: Counter[str] = Counter()

    @contextmanager
    def metered(self) -> Iterator[Counter[str]]:
        """What is used while this lasts; filled in at the end."""
        before, spent = self.used.copy(), Counter[str]()
        try:
            yield spent
        finally:
            spent.update(self.used - before)

    def size(self) -> tuple[int, int]:
        """How many items there are, and their bytes, with the 100 that AWS adds to each for storage."""
        sizes = [row[1] + 100 for table in self._tables.values() for rows in table.values() for row in rows]
        return len(sizes), sum(sizes)

    def fullest(self, kind: str) -> int:
        """How many items the fullest partition of this kind has."""
        tables = self._tables.values()
        return max((len(rows) for table in tables for name, rows in table.items() if kind in name), default=0)

    # --- the verbs -----------------------------------------------------------------------------

    def get_item(self, TableName: str, Key: Item, ConsistentRead: bool = False, **projection: Any) -> dict[str, Any]:
        with self._lock:
            self.used["GetItem"] += 1
            item = self._read(TableName, Key, ConsistentRead)
        return {"Item": _projected(item, **projection)} if item else {}

    def batch_get_item(self, RequestItems: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.used["BatchGetItem"] += 1
            ((table, request),) = RequestItems.items()
            wanted, consistent = request["Keys"], request.get("ConsistentRead", False)
            found = [item for key in wanted if (item := self._read(table, key, consistent))]
        rest = {name: value for name, value in request.items() if name not in ("Keys", "ConsistentRead")}
        return {"Responses": {table: [_projected(item, **rest) for item in found]}, "UnprocessedKeys": {}}

    def query(
        self,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeValues: Item,
        ConsistentRead: bool = False,
        ScanIndexForward: bool = True,
        Limit: int | None = None,
        ExclusiveStartKey: Item | None = None,
    ) -> dict[str, Any]:
        asked = _QUERY.fullmatch(KeyConditionExpression) or _refuse("ValidationException", KeyConditionExpression)
        values = {name: value["S"] for name, value in ExpressionAttributeValues.items()}
        partition = values[asked[1]]
        with self._lock:
            rows = self._tables[TableName].get(partition, [])
            start, end = 0, len(rows)
            if asked["prefix"]:
                prefix = values[asked["prefix"]]
                start, end = bisect_left(rows, (prefix,)), bisect_left(rows, (prefix + "\U0010ffff",))
            elif asked["than"] == "<":
                end = bisect_left(rows, (values[asked["bound"]],))
            elif asked["than"] == ">":
                start = _after(rows, values[asked["bound"]])
            if ExclusiveStartKey is not None:
                last = ExclusiveStartKey["SK"]["S"]
                if ScanIndexForward:
                    start = max(start, _after(rows, last))
                else:
                    end = min(end, bisect_left(rows, (last,)))
            taken: list[_Row] = []
            size = 0
            more = False
            for index in range(start, end) if ScanIndexForward else range(end - 1, start - 1, -1):
                if size >= PAGE_BYTES or len(taken) == Limit:
                    more = True
                    break
                taken.append(rows[index])
                size += rows[index][1]
            self.used["Query"] += 1
            self.used["items read"] += len(taken)
            self._count_read(size, ConsistentRead)
        answer: dict[str, Any] = {"Items": [_item(partition, row) for row in taken]}
        if taken and (more or len(taken) == Limit):
            answer["LastEvaluatedKey"] = {"PK": {"S": partition}, "SK": {"S": taken[-1][0]}}
        return answer

    def put_item(self, TableName: str, Item: Item, **condition: Any) -> dict[str, Any]:
        with self._lock:
            self.used["PutItem"] += 1
            self._check_one(TableName, Item, condition)
            self._put(TableName, Item)
        return {}

    def delete_item(self, TableName: str, Key: Item, **condition: Any) -> dict[str, Any]:
        with self._lock:
            self.used["DeleteItem"] += 1
            self._check_one(TableName, Key, condition)
            self._delete(TableName, Key)
        return {}

    def update_item(self, TableName: str, Key: Item, UpdateExpression: str, **request: Any) -> dict[str, Any]:
        asked = _UPDATE.fullmatch(UpdateExpression) or _refuse("ValidationException", UpdateExpression)
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        with self._lock:
            self.used["UpdateItem"] += 1
            self._check_one(TableName, Key, request)
            item = dict(self._find(TableName, Key) or Key)
            counted, by = names[asked[1]], _plain(values[asked[2]])
            item[counted] = {"N": str(_plain(item.get(counted, {"N": "0"})) + by)}
            if asked[3]:
                item[names[asked[3]]] = values[asked[4]]
            self._put(TableName, item)
        return {}

    def batch_write_item(self, RequestItems: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            self.used["BatchWriteItem"] += 1
            for table, requests in RequestItems.items():
                for request in requests:
                    if "PutRequest" in request:
                        self._put(table, request["PutRequest"]["Item"])
                    else:
                        self._delete(table, request["DeleteRequest"]["Key"])
        return {"UnprocessedItems": {}}

    def transact_write_items(self, TransactItems: Sequence[Mapping[str, Any]], **_: Any) -> dict[str, Any]:
        with self._lock:
            self.used["TransactWriteItems"] += 1
            actions = [(kind, dict(request)) for action in TransactItems for kind, request in action.items()]
            met = []
            for kind, request in actions:
                subject = request["Item"] if kind == "Put" else request["Key"]
                met.append(_holds(self._find(request["TableName"], subject), request))
            if not all(met):
                for kind, request in actions:
                    self._count_failed(request["TableName"], request["Item" if kind == "Put" else "Key"], 2)
                reasons = [{"Code": "None" if ok else "ConditionalCheckFailed"} for ok in met]
                _refuse("TransactionCanceledException", "Transaction cancelled", CancellationReasons=reasons)
            for kind, request in actions:
                if kind == "Put":
                    self._put(request["TableName"], request["Item"], _IN_TRANSACTION)
                else:
                    self._delete(request["TableName"], request["Key"], _IN_TRANSACTION)
        return {}

    def scan(self, TableName: str, **_: Any) -> dict[str, Any]:
        """All items; for tests alone, and not counted."""
        found = self._tables[TableName].items()
        return {"Items": [_item(partition, row) for partition, rows in found for row in rows]}

    # --- what they rest on ---------------------------------------------------------------------

    def _find(self, table: str, key: Item) -> Item | None:
        partition, sort = key["PK"]["S"], key["SK"]["S"]
        rows = self._tables[table].get(partition, [])
        at = bisect_left(rows, (sort,))
        return _item(partition, rows[at]) if at < len(rows) and rows[at][0] == sort else None

    def _read(self, table: str, key: Item, consistent: bool) -> Item | None:
        item = self._find(table, key)
        self.used["items read"] += item is not None
        self._count_read(item_bytes(item) if item else 0, consistent)
        return item

    def _put(self, table: str, item: Item, times: int = 1) -> None:
        partition, sort = item["PK"]["S"], item["SK"]["S"]
        rows = self._tables[table].setdefault(partition, [])
        at = bisect_left(rows, (sort,))
        size, old = item_bytes(item), 0
        rest = {name: value for name, value in item.items() if name not in ("PK", "SK")}
        row = (sort, size, marshal.dumps(rest))
        if at < len(rows) and rows[at][0] == sort:
            old = rows[at][1]
            rows[at] = row
        else:
            rows.insert(at, row)
        self._count_write(max(size, old), times)

    def _delete(self, table: str, key: Item, times: int = 1) -> None:
        partition, sort = key["PK"]["S"], key["SK"]["S"]
        rows = self._tables[table].get(partition, [])
        at = bisect_left(rows, (sort,))
        size = 0
        if at < len(rows) and rows[at][0] == sort:
            size = rows.pop(at)[1]
            if not rows:
                del self._tables[table][partition]
        self._count_write(size, times)

    def _check_one(self, table: str, key: Item, condition: Mapping[str, Any]) -> None:
        if not _holds(self._find(table, key), condition):
            self._count_failed(table, key, 1)
            _refuse("ConditionalCheckFailedException", "The conditional request failed")

    def _count_read(self, size: int, consistent: bool) -> None:
        self.used["read units"] += max(1, -(-size // READ_UNIT)) * (1 if consistent else 0.5)

    def _count_write(self, size: int, times: int) -> None:
        self.used["items written"] += 1
        self.used["write units"] += times * max(1, -(-size // WRITE_UNIT))

    def _count_failed(self, table: str, key: Item, times: int) -> None:
        there = self._find(table, key)
        self.used["write units"] += times * max(1, -(-(item_bytes(there) if there else 0) // WRITE_UNIT))


def _item(partition: str, row: _Row) -> Item:
    return {"PK": {"S": partition}, "SK": {"S": row[0]}, **marshal.loads(row[2])}


def _after(rows: list[_Row], sort: str) -> int:
    return bisect_right(rows, sort, key=lambda row: row[0])


def _projected(
    item: Item, ProjectionExpression: str | None = None, ExpressionAttributeNames: Mapping[str, str] | None = None
) -> Item:
    if ProjectionExpression is None:
        return item
    names = [(ExpressionAttributeNames or {})[alias] for alias in ProjectionExpression.split(", ")]
    return {name: item[name] for name in names if name in item}


def _holds(item: Item | None, request: Mapping[str, Any]) -> bool:
    """Whether the condition of a write is met by the item that is there."""
    condition = request.get("ConditionExpression")
    return condition is None or any(_met(part, item, request) for part in condition.split(" OR "))


def _met(condition: str, item: Item | None, request: Mapping[str, Any]) -> bool:
    if _ABSENT.fullmatch(condition):
        return item is None
    asked = _COMPARED.fullmatch(condition) or _refuse("ValidationException", condition)
    name = request["ExpressionAttributeNames"][asked[1]]
    if item is None or name not in item:
        return False
    return _OPERATORS[asked[2]](_plain(item[name]), _plain(request["ExpressionAttributeValues"][asked[3]]))


def _plain(value: Mapping[str, Any]) -> Any:
    return int(value["N"]) if "N" in value else value["S"]


def _refuse(code: str, message: str, **more: Any) -> Any:
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": 400}, **more}
    raise ClientError(answer, "a call")
