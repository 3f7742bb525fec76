"""What real DynamoDB and SQS refuse and moto accepts, refused: a hook that sees a client's requests before moto does.

Sources: DynamoDB developer guide, "Quotas", "Item sizes and formats" and "Naming rules and data types"; API reference
of BatchWriteItem, BatchGetItem and TransactWriteItems; SQS API reference of SendMessage.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

ITEM_BYTES = 400 * 1024
BATCH_BYTES = 16 * 1024 * 1024
TRANSACTION_BYTES = 4 * 1024 * 1024
PARTITION_KEY_BYTES = 2048
SORT_KEY_BYTES = 1024
DIGITS = 38
BATCH_WRITES = 25
BATCH_READS = 100
TRANSACTION_ACTIONS = 100
MESSAGE_BYTES = 256 * 1024
LONGEST_DELAY = 900

_NOT_IN_XML = re.compile("[^\\x09\\x0A\\x0D\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def install(client: Any) -> None:
    """Make this client refuse what its service would."""
    service = client.meta.service_model.service_name
    shim = {"dynamodb": _Dynamo, "sqs": _Sqs}[service]()
    client.meta.events.register(f"before-parameter-build.{service}", shim)


def value_bytes(value: Mapping[str, Any]) -> int:
    """The size of a typed value as DynamoDB counts it."""
    kind, content = next(iter(value.items()))
    if kind == "S":
        return len(content.encode())
    if kind == "B":
        return len(content)
    if kind == "N":
        return (len(content.lstrip("-").replace(".", "").strip("0")) + 1) // 2 + 1
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "L":
        return 3 + sum(1 + value_bytes(element) for element in content)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + value_bytes(element) for name, element in content.items())
    raise AssertionError(f"no size known for {kind}")


def item_bytes(item: Mapping[str, Any]) -> int:
    """The size of an item, the names of its attributes included."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def wire_bytes(content: Any) -> int:
    """The size of a request's content as it is sent: JSON, and bytes in base64."""
    return len(json.dumps(content, separators=(",", ":"), default=lambda value: b64encode(value).decode()))


class _Dynamo:
    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}

    def __call__(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self._operation = model.name
        check = getattr(self, f"_{model.name}", None)
        if check is not None:
            check(params)

    def _refuse(self, message: str, code: str = "ValidationException") -> None:
        answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": 400}}
        raise ClientError(answer, self._operation)

    def _PutItem(self, params: dict[str, Any]) -> None:
        self._check_item(params["Item"])

    def _GetItem(self, params: dict[str, Any]) -> None:
        self._check_key(params["Key"])
        self._check_consistent(params)

    def _DeleteItem(self, params: dict[str, Any]) -> None:
        self._check_key(params["Key"])

    def _UpdateItem(self, params: dict[str, Any]) -> None:
        self._check_key(params["Key"])
        self._check_digits(params.get("ExpressionAttributeValues", {}).values())

    def _Query(self, params: dict[str, Any]) -> None:
        self._check_consistent(params)
        if params.get("Limit", 1) < 1:
            self._refuse("Limit must be at least 1")
        for value in params.get("ExpressionAttributeValues", {}).values():
            if value.get("S") == "" or len(value.get("S", "").encode()) > PARTITION_KEY_BYTES:
                self._refuse("A key in a condition is empty or too long")

    def _BatchWriteItem(self, params: dict[str, Any]) -> None:
        requests = [(table, request) for table, requests in params["RequestItems"].items() for request in requests]
        if not 1 <= len(requests) <= BATCH_WRITES:
            self._refuse("Member must have length less than or equal to 25, greater than or equal to 1")
        keys = []
        for table, request in requests:
            if "PutRequest" in request:
                item = request["PutRequest"]["Item"]
                self._check_item(item)
            else:
                item = request["DeleteRequest"]["Key"]
                self._check_key(item)
            keys.append((table, _key(item)))
        self._check_distinct(keys, "Provided list of item keys contains duplicates")
        if wire_bytes(params["RequestItems"]) > BATCH_BYTES:
            self._refuse("The batch is larger than 16 MB")

    def _BatchGetItem(self, params: dict[str, Any]) -> None:
        keys = [(table, key) for table, request in params["RequestItems"].items() for key in request["Keys"]]
        if not 1 <= len(keys) <= BATCH_READS:
            self._refuse("Member must have length less than or equal to 100, greater than or equal to 1")
        for _, key in keys:
            self._check_key(key)
        for request in params["RequestItems"].values():
            self._check_consistent(request)
        self._check_distinct([(table, _key(key)) for table, key in keys], "Provided list of item keys has duplicates")

    def _TransactWriteItems(self, params: dict[str, Any]) -> None:
        actions = params["TransactItems"]
        if not 1 <= len(actions) <= TRANSACTION_ACTIONS:
            self._refuse("Member must have length less than or equal to 100, greater than or equal to 1")
        keys, size = [], 0
        for action in actions:
            (request,) = action.values()
            item = request.get("Item") or request["Key"]
            if "Item" in request:
                self._check_item(item)
            else:
                self._check_key(item)
            size += item_bytes(item)
            keys.append((request["TableName"], _key(item)))
        self._check_distinct(keys, "Transaction request cannot include multiple operations on one item")
        if size > TRANSACTION_BYTES:
            self._refuse("The transaction is larger than 4 MB")
        token = params.get("ClientRequestToken")
        if token is not None:
            content = json.dumps(actions, sort_keys=True, default=repr)
            if self._tokens.setdefault(token, content) != content:
                self._refuse("The token came with other parameters", "IdempotentParameterMismatchException")

    def _check_item(self, item: Mapping[str, Any]) -> None:
        self._check_key(item)
        if item_bytes(item) > ITEM_BYTES:
            self._refuse("Item size has exceeded the maximum allowed size")
        self._check_digits(item.values())

    def _check_digits(self, values: Iterable[Any]) -> None:
        for value in _flat(values):
            if "N" in value and len(value["N"].lstrip("-").replace(".", "").strip("0")) > DIGITS:
                self._refuse("Attempting to store more than 38 significant digits in a Number")

    def _check_consistent(self, request: Mapping[str, Any]) -> None:
        """What is read without, or by an index, may be of some time ago: of that, nothing here makes any use."""
        if not request.get("ConsistentRead") or "IndexName" in request:
            self._refuse("The read is not consistent")

    def _check_key(self, item: Mapping[str, Any]) -> None:
        for name, most in (("PK", PARTITION_KEY_BYTES), ("SK", SORT_KEY_BYTES)):
            if name in item and not 1 <= len(item[name]["S"].encode()) <= most:
                self._refuse(f"The key attribute {name} is empty or longer than {most} bytes")

    def _check_distinct(self, keys: list[tuple[str, str]], message: str) -> None:
        if len(set(keys)) < len(keys):
            self._refuse(message)


class _Sqs:
    def __call__(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name != "SendMessage":
            return
        body = params["MessageBody"]
        if not body or len(body.encode()) > MESSAGE_BYTES or _NOT_IN_XML.search(body):
            self._refuse("InvalidMessageContents")
        if not 0 <= params.get("DelaySeconds", 0) <= LONGEST_DELAY:
            self._refuse("InvalidParameterValue")

    def _refuse(self, code: str) -> None:
        answer: Any = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}
        raise ClientError(answer, "SendMessage")


def _key(item: Mapping[str, Any]) -> str:
    return repr((item.get("PK"), item.get("SK")))


def _flat(values: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    for value in values:
        yield value
        if "L" in value:
            yield from _flat(value["L"])
        if "M" in value:
            yield from _flat(value["M"].values())
