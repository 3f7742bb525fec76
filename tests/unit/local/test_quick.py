"""Moto on its own ways and on the quick ones: the same requests, the same answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.local import quick
from secondsource.local.stream import Stream

TABLE = "quick"

EVERY_TYPE: dict[str, Any] = {
    "S": {"S": "word"},
    "N": {"N": "-12.50"},
    "B": {"B": b"\x00\xff"},
    "BOOL": {"BOOL": False},
    "NULL": {"NULL": True},
    "SS": {"SS": ["a", "b"]},
    "NS": {"NS": ["1", "2"]},
    "BS": {"BS": [b"\x00", b"\x01"]},
    "L": {"L": [{"S": ""}, {"N": "1"}, {"M": {}}, {"L": [{"B": b"in"}]}]},
    "M": {"M": {"S": {"S": "a name like a type"}, "value": {"L": []}, "N": {"M": {"BOOL": {"BOOL": True}}}}},
}


def _item(partition: str, name: str, **more: Any) -> dict[str, Any]:
    return {"PK": {"S": partition}, "SK": {"S": name}, **more}


def _put(partition: str, name: str, **more: Any) -> dict[str, Any]:
    return {"Put": {"TableName": TABLE, "Item": _item(partition, name), **more}}


IF_NEW = {"ConditionExpression": "attribute_not_exists(PK)"}
ONLY_IF = {"ConditionExpression": "#at = :v", "ExpressionAttributeNames": {"#at": "at"}}
ONLY_BELOW = {"ConditionExpression": "#at < :v", "ExpressionAttributeNames": {"#at": "at"}}
OF_B = {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": {":p": {"S": "b"}}}
FROM_X = {"KeyConditionExpression": "PK = :p AND begins_with(SK, :x)"}
BEHIND = {"KeyConditionExpression": "PK = :p AND SK > :x"}
OF_X = {"ExpressionAttributeValues": {":p": {"S": "b"}, ":x": {"S": "x"}}}

QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_item", {"Key": _item("a", "every type")}),
    ("get_item", {"Key": _item("a", "nothing")}),
    ("query", OF_B),
    ("query", {**OF_B, "ScanIndexForward": False}),
    ("query", {**OF_B, "Limit": 3}),
    ("query", {**OF_B, "Limit": 3, "ExclusiveStartKey": _item("b", "x 2")}),
    ("query", {**OF_B, "ScanIndexForward": False, "ExclusiveStartKey": _item("b", "x 2")}),
    ("query", {**OF_B, "ProjectionExpression": "SK"}),
    ("query", {**FROM_X, **OF_X}),
    ("query", {**BEHIND, **OF_X, "Limit": 2}),
    ("query", {**OF_B, "ExpressionAttributeValues": {":p": {"S": "nobody's"}}}),
    ("query", {**OF_B, "KeyConditionExpression": "SK = :p"}),
    ("scan", {}),
    ("scan", {"Limit": 4}),
    ("put_item", {"Item": _item("b", "x 1"), **IF_NEW}),
    ("put_item", {"Item": _item("b", "x 1"), "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"Key": _item("a", "every type"), "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"Key": _item("a", "every type"), "ReturnValues": "ALL_OLD"}),
    ("scan", {}),
    ("describe_table", {}),
    ("put_item", {"Item": _item("f", "n", at={"N": "9"})}),
    (
        "put_item",
        {"Item": _item("f", "n", at={"N": "9"}), **ONLY_IF, "ExpressionAttributeValues": {":v": {"N": "9.0"}}},
    ),
    ("put_item", {"Item": _item("f", "n"), **ONLY_BELOW, "ExpressionAttributeValues": {":v": {"N": "10"}}}),
    ("put_item", {"Item": _item("f", "n", at={"B": b"\x00"})}),
    ("put_item", {"Item": _item("f", "n"), **ONLY_IF, "ExpressionAttributeValues": {":v": {"S": "AA=="}}}),
    ("put_item", {"Item": _item("f", "n"), **ONLY_IF, "ExpressionAttributeValues": {":v": {"B": b"\x00"}}}),
    ("get_item", {"Key": _item("f", "n")}),
)


def _told(client: Any, operation: str, **request: Any) -> Any:
    try:
        answer = getattr(client, operation)(**request)
    except ClientError as error:
        answer = error.response
    answer.pop("ResponseMetadata")
    for description in ("Table", "TableDescription"):
        for name in ("CreationDateTime", "TableId", "LatestStreamArn", "LatestStreamLabel"):
            answer.get(description, {}).pop(name, None)
    return answer


def _answers() -> Iterator[Any]:
    """What a table says to all of this."""
    with mock_aws():
        client: Any = clients.dynamodb()
        create_table(client, TABLE)
        yield _told(client, "put_item", TableName=TABLE, Item=_item("a", "every type", **EVERY_TYPE))
        for partition in ("c", "b", "a"):
            for name in ("x 3", "x 1", "w", "x 2", "y"):
                client.put_item(TableName=TABLE, Item=_item(partition, name, at={"N": "1"}))
        for operation, request in QUESTIONS:
            yield _told(client, operation, TableName=TABLE, **request)
        # What is refused behind a first part that was done is taken back whole.
        refused = [_put("d", "1"), {"Delete": {"TableName": TABLE, "Key": _item("b", "w")}}, _put("b", "y", **IF_NEW)]
        yield _told(client, "transact_write_items", TransactItems=refused)
        yield _told(client, "scan", TableName=TABLE)
        yield _told(client, "transact_write_items", TransactItems=[_put("d", "1"), _put("d", "2", **IF_NEW)])
        yield _told(client, "scan", TableName=TABLE)
        keys = [_item("d", "1"), _item("b", "y"), _item("e", "nothing")]
        yield _told(client, "batch_get_item", RequestItems={TABLE: {"Keys": keys}})
        streams: Any = clients.streams()
        (stream,) = streams.list_streams(TableName=TABLE)["Streams"]
        (shard,) = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
        start = {"StreamArn": stream["StreamArn"], "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        records = streams.get_records(ShardIterator=streams.get_shard_iterator(**start)["ShardIterator"])["Records"]
        yield [
            (record["eventName"], record["dynamodb"]["Keys"], record["dynamodb"].get("NewImage")) for record in records
        ]


def test_moto_answers_the_same_on_its_own_ways_and_on_the_quick_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, own, _ in quick.WAYS:
        if own is None:
            monkeypatch.delattr(owner, name, raising=False)
        else:
            monkeypatch.setattr(owner, name, own)
    expected = list(_answers())
    monkeypatch.undo()
    quick.install()

    answers = list(_answers())

    assert len(expected) == len(QUESTIONS) + 7
    for number, (answer, told) in enumerate(zip(answers, expected, strict=True)):
        assert answer == told, f"answer {number}"


def test_a_query_looks_into_its_own_partition_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.install()
    with mock_aws():
        client: Any = clients.dynamodb()
        create_table(client, TABLE)
        for partition in ("a", "b", "c"):
            client.put_item(TableName=TABLE, Item=_item(partition, "x"))
        monkeypatch.setattr(quick.Table, "all_items", lambda table: pytest.fail("the whole table was sorted"))

        assert [item["PK"]["S"] for item in client.query(TableName=TABLE, **OF_B)["Items"]] == ["b"]


def test_a_transaction_copies_the_table_once_and_the_next_one_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    quick.install()
    copies: list[Any] = []
    way = quick.Table.__deepcopy__

    def noted(table: Any, memo: dict[int, Any]) -> Any:
        copies.append(way(table, memo))
        return copies[-1]

    monkeypatch.setattr(quick.Table, "__deepcopy__", noted)
    with mock_aws():
        client: Any = clients.dynamodb()
        create_table(client, TABLE)
        for names in ("abc", "de"):
            client.transact_write_items(TransactItems=[_put("p", name) for name in names])

    assert len(copies) == 5
    assert len({id(copied) for copied in copies}) == 2
    assert [len(copied.items) for copied in copies] == [0, 0, 0, 1, 1]


def test_a_transaction_that_could_not_be_taken_back_is_not_done() -> None:
    quick.install()
    update = {"UpdateExpression": "SET n = :n", "ExpressionAttributeValues": {":n": {"N": "1"}}}
    with mock_aws():
        client: Any = clients.dynamodb()
        create_table(client, TABLE)
        with pytest.raises(NotImplementedError, match="taken back"):
            client.transact_write_items(
                TransactItems=[{"Update": {"TableName": TABLE, "Key": _item("p", "a"), **update}}]
            )
        assert client.scan(TableName=TABLE)["Items"] == []


def test_who_reads_the_stream_reads_on_after_a_transaction_that_was_cancelled() -> None:
    quick.install()
    given: list[str] = []

    def function(event: Any, _context: Any) -> dict[str, Any]:
        given.extend(record["dynamodb"]["Keys"]["SK"]["S"] for record in event["Records"])
        return {"batchItemFailures": []}

    waking = {"type": {"S": "occurrence"}}
    with mock_aws():
        client: Any = clients.dynamodb()
        create_table(client, TABLE)
        arn = client.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
        stream = Stream(clients.streams(), arn, lambda: function)
        client.put_item(TableName=TABLE, Item=_item("p", "first", **waking))
        stream.drain()
        for number in range(2):
            taken_back = {"Put": {"TableName": TABLE, "Item": _item("p", "never", **waking)}}
            with pytest.raises(ClientError, match="TransactionCanceled"):
                client.transact_write_items(TransactItems=[taken_back, _put("p", "first", **IF_NEW)])
            client.put_item(TableName=TABLE, Item=_item("p", f"behind {number}", **waking))
            stream.drain()

    assert given == ["first", "behind 0", "behind 1"]
