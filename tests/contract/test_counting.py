"""The DynamoDB by which the bench counts: its units are those of AWS's developer guide."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.bench.dynamodb import CountingDynamo

TABLE = "counted"


def item(sort: str, size: int) -> dict[str, Any]:
    """An item of exactly this size: PK, SK and b are names of 5 bytes, "p" a value of one."""
    return {"PK": {"S": "p"}, "SK": {"S": sort}, "b": {"B": b"x" * (size - 6 - len(sort))}}


def key(sort: str) -> dict[str, Any]:
    return {"PK": {"S": "p"}, "SK": {"S": sort}}


def units(dynamo: CountingDynamo, verb: str, **request: Any) -> tuple[float, float]:
    """Units read and written by one call."""
    with dynamo.metered() as used:
        getattr(dynamo, verb)(**request)
    return used["read units"], used["write units"]


@pytest.mark.parametrize(("size", "expected"), [(100, 1), (1024, 1), (1025, 2), (5000, 5), (409_600, 400)])
def test_a_write_takes_a_unit_for_each_kilobyte_of_the_larger_of_old_and_new(size: int, expected: int) -> None:
    dynamo = CountingDynamo()
    assert units(dynamo, "put_item", TableName=TABLE, Item=item("1", size)) == (0, expected)
    assert units(dynamo, "put_item", TableName=TABLE, Item=item("1", 50)) == (0, expected)
    assert units(dynamo, "put_item", TableName=TABLE, Item=item("1", size)) == (0, expected)
    assert units(dynamo, "delete_item", TableName=TABLE, Key=key("1")) == (0, expected)
    assert units(dynamo, "delete_item", TableName=TABLE, Key=key("1")) == (0, 1)


@pytest.mark.parametrize(("size", "expected"), [(100, 1), (4096, 1), (4097, 2), (409_600, 100)])
def test_a_read_takes_a_unit_for_each_four_kilobytes_whatever_is_asked_of_the_item(size: int, expected: int) -> None:
    dynamo = CountingDynamo()
    dynamo.put_item(TableName=TABLE, Item=item("1", size))
    only: Any = {"ProjectionExpression": "#n0", "ExpressionAttributeNames": {"#n0": "SK"}}
    get: Any = {"TableName": TABLE, "Key": key("1")}
    assert units(dynamo, "get_item", **get, ConsistentRead=True) == (expected, 0)
    assert units(dynamo, "get_item", **get, ConsistentRead=True, **only) == (expected, 0)
    assert units(dynamo, "get_item", **get) == (expected / 2, 0)
    assert units(dynamo, "get_item", TableName=TABLE, Key=key("2"), ConsistentRead=True) == (1, 0)


def test_a_batch_is_counted_item_by_item_and_a_query_as_a_whole() -> None:
    dynamo = CountingDynamo()
    puts = [{"PutRequest": {"Item": item(f"{number:02d}", 500)}} for number in range(20)]
    assert units(dynamo, "batch_write_item", RequestItems={TABLE: puts}) == (0, 20)
    wanted = {"Keys": [key(f"{number:02d}") for number in range(20)], "ConsistentRead": True}
    assert units(dynamo, "batch_get_item", RequestItems={TABLE: wanted}) == (20, 0)
    ask: Any = {
        "TableName": TABLE,
        "KeyConditionExpression": "PK = :p",
        "ExpressionAttributeValues": {":p": {"S": "p"}},
        "ConsistentRead": True,
    }
    assert units(dynamo, "query", **ask) == (3, 0)
    assert units(dynamo, "query", **ask, Limit=8) == (1, 0)
    assert units(dynamo, "query", **ask | {"ExpressionAttributeValues": {":p": {"S": "q"}}}) == (1, 0)


def test_a_transaction_takes_twice_what_its_writes_would_and_also_when_it_fails() -> None:
    dynamo = CountingDynamo()
    absent = {"ConditionExpression": "attribute_not_exists(PK)"}
    dynamo.put_item(TableName=TABLE, Item=item("1", 3000))
    actions = [
        {"Put": {"TableName": TABLE, "Item": item("2", 2000), **absent}},
        {"Delete": {"TableName": TABLE, "Key": key("1")}},
    ]
    assert units(dynamo, "transact_write_items", TransactItems=actions) == (0, 2 * (2 + 3))
    with dynamo.metered() as used, pytest.raises(ClientError):
        dynamo.transact_write_items(TransactItems=actions)
    assert used["write units"] == 2 * (2 + 1)


def test_a_write_whose_condition_fails_takes_what_is_there() -> None:
    dynamo = CountingDynamo()
    dynamo.put_item(TableName=TABLE, Item=item("1", 2000))
    with dynamo.metered() as used, pytest.raises(ClientError):
        dynamo.put_item(TableName=TABLE, Item=item("1", 5000), ConditionExpression="attribute_not_exists(PK)")
    assert used["write units"] == 2


def test_an_expression_that_it_does_not_know_is_refused() -> None:
    dynamo = CountingDynamo()
    with pytest.raises(ClientError):
        dynamo.query(
            TableName=TABLE, KeyConditionExpression="PK = :p AND SK = :s", ExpressionAttributeValues={":p": {"S": "p"}}
        )
    with pytest.raises(ClientError):
        dynamo.put_item(TableName=TABLE, Item=item("1", 100), ConditionExpression="size(b) > :x")
