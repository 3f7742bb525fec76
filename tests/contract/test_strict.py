"""The shim itself: it refuses what it is there to refuse, and lets pass what just fits."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from secondsource.aws import clients
from tests.contract import strict, unruly
from tests.contract.conftest import TABLE
from tests.contract.mocked import mocked


@pytest.fixture
def sqs() -> Iterator[Any]:
    with mocked():
        client = clients.sqs()
        strict.install(client)
        yield client


def item(number: int = 1, **attributes: Any) -> dict[str, Any]:
    return {"PK": {"S": "p"}, "SK": {"S": str(number)}, **attributes}


def puts(numbers: range) -> list[Any]:
    return [{"PutRequest": {"Item": item(number)}} for number in numbers]


def filled(size: int) -> dict[str, Any]:
    """An item of exactly this size: PK, SK and b are names of 5 bytes, "p" and "1" values of 2."""
    return item(b={"B": b"x" * (size - 7)})


def test_the_size_of_an_item_counts_names_and_values_as_documented() -> None:
    assert strict.item_bytes({"PK": {"S": "é"}, "n": {"N": "1234"}, "b": {"B": b"123"}}) == 4 + 4 + 4
    assert strict.item_bytes({"l": {"L": [{"S": "ab"}, {"BOOL": True}]}}) == 1 + 3 + 3 + 2
    assert strict.item_bytes({"m": {"M": {"k": {"NULL": True}}}}) == 1 + 3 + 3
    assert strict.item_bytes(filled(1000)) == 1000


def test_an_item_of_400_kb_passes_and_a_byte_more_does_not(dynamodb: Any) -> None:
    with unruly.hooked(dynamodb, "before-call", lambda **_: (SimpleNamespace(status_code=200), {})):
        dynamodb.put_item(TableName=TABLE, Item=filled(409_600))
    with pytest.raises(ClientError, match="Item size"):
        dynamodb.put_item(TableName=TABLE, Item=filled(409_601))


def test_a_batch_of_25_writes_passes_and_26_do_not(dynamodb: Any) -> None:
    dynamodb.batch_write_item(RequestItems={TABLE: puts(range(25))})
    with pytest.raises(ClientError, match="25"):
        dynamodb.batch_write_item(RequestItems={TABLE: puts(range(26))})


def test_a_batch_of_16_mb_on_the_wire_passes_and_more_does_not(dynamodb: Any) -> None:
    """25 items of 400 kB in bytes are 13.7 MB in base64; text that JSON has to escape may be twice and six times as long."""

    def batch(text: str) -> dict[str, Any]:
        return {TABLE: [{"PutRequest": {"Item": item(n, s={"S": text})}} for n in range(25)]}

    with unruly.hooked(dynamodb, "before-call", lambda **_: (SimpleNamespace(status_code=200), {})):
        largest = [{"PutRequest": {"Item": {**filled(409_600), "SK": {"S": chr(65 + n)}}}} for n in range(25)]
        dynamodb.batch_write_item(RequestItems={TABLE: largest})
        dynamodb.batch_write_item(RequestItems=batch("x" * 400_000))
    with pytest.raises(ClientError, match="16 MB"):
        dynamodb.batch_write_item(RequestItems=batch('"' * 400_000))


def test_a_batch_of_100_reads_passes_and_101_do_not(dynamodb: Any) -> None:
    keys = [item(number) for number in range(100)]
    dynamodb.batch_get_item(RequestItems={TABLE: {"Keys": keys, "ConsistentRead": True}})
    with pytest.raises(ClientError, match="100"):
        dynamodb.batch_get_item(RequestItems={TABLE: {"Keys": [item(number) for number in range(101)]}})


def test_a_key_twice_in_a_batch_is_refused(dynamodb: Any) -> None:
    delete = {"DeleteRequest": {"Key": item()}}
    with pytest.raises(ClientError, match="duplicates"):
        dynamodb.batch_write_item(RequestItems={TABLE: [*puts(range(1, 2)), delete]})
    with pytest.raises(ClientError, match="duplicates"):
        dynamodb.batch_get_item(RequestItems={TABLE: {"Keys": [item(), item()], "ConsistentRead": True}})


def test_a_transaction_of_101_actions_one_over_4_mb_and_one_with_a_key_twice_are_refused(dynamodb: Any) -> None:
    def put(stored: dict[str, Any]) -> dict[str, Any]:
        return {"Put": {"TableName": TABLE, "Item": stored}}

    with pytest.raises(ClientError, match="100"):
        dynamodb.transact_write_items(TransactItems=[put(item(number)) for number in range(101)])
    large = [put(item(number, b={"B": b"x" * 400_000})) for number in range(11)]
    with pytest.raises(ClientError, match="4 MB"):
        dynamodb.transact_write_items(TransactItems=large)
    with pytest.raises(ClientError, match="multiple operations"):
        dynamodb.transact_write_items(TransactItems=[put(item()), put(item(b={"S": "x"}))])


def test_a_token_with_other_parameters_is_refused(dynamodb: Any) -> None:
    def write(number: int) -> None:
        action: Any = {"Put": {"TableName": TABLE, "Item": item(number)}}
        dynamodb.transact_write_items(TransactItems=[action], ClientRequestToken="one")

    write(1)
    write(1)
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        write(2)


@pytest.mark.parametrize("key", [{"PK": "x" * 2049, "SK": "1"}, {"PK": "x", "SK": "x" * 1025}, {"PK": "x", "SK": ""}])
def test_a_key_that_is_empty_or_too_long_is_refused(dynamodb: Any, key: dict[str, str]) -> None:
    typed = {name: {"S": value} for name, value in key.items()}
    with pytest.raises(ClientError, match="key attribute"):
        dynamodb.get_item(TableName=TABLE, Key=typed)
    with pytest.raises(ClientError, match="key attribute"):
        dynamodb.put_item(TableName=TABLE, Item=typed)


def test_a_number_of_38_digits_passes_and_39_do_not(dynamodb: Any) -> None:
    dynamodb.put_item(TableName=TABLE, Item=item(n={"N": "1" * 38}))
    with pytest.raises(ClientError, match="38"):
        dynamodb.put_item(TableName=TABLE, Item=item(n={"L": [{"N": "1" * 39}]}))


def test_a_read_that_may_be_of_some_time_ago_is_refused(dynamodb: Any) -> None:
    of_one: Any = {"KeyConditionExpression": "PK = :p", "ExpressionAttributeValues": {":p": {"S": "p"}}}
    reads: list[Any] = [
        lambda: dynamodb.get_item(TableName=TABLE, Key=item()),
        lambda: dynamodb.query(TableName=TABLE, **of_one),
        lambda: dynamodb.query(TableName=TABLE, IndexName="by-time", ConsistentRead=True, **of_one),
        lambda: dynamodb.batch_get_item(RequestItems={TABLE: {"Keys": [item()]}}),
    ]
    for read in reads:
        with pytest.raises(ClientError, match="not consistent"):
            read()
    dynamodb.get_item(TableName=TABLE, Key=item(), ConsistentRead=True)
    dynamodb.query(TableName=TABLE, ConsistentRead=True, **of_one)


def test_a_count_of_39_digits_is_refused(dynamodb: Any) -> None:
    def add(by: str) -> None:
        dynamodb.update_item(
            TableName=TABLE,
            Key=item(),
            UpdateExpression="ADD #count :by",
            ExpressionAttributeNames={"#count": "count"},
            ExpressionAttributeValues={":by": {"N": by}},
        )

    add("1" * 38)
    with pytest.raises(ClientError, match="38"):
        add("1" * 39)


@pytest.mark.parametrize("body", ["x" * 262_144, "é" * 131_072, "\t\n\r\ufffd\U0010ffff"])
def test_a_message_of_256_kb_of_any_text_passes(sqs: Any, body: str) -> None:
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody=body)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == body


@pytest.mark.parametrize(
    ("body", "delay"), [("", 0), ("a\x00b", 0), ("\x0b", 0), ("x" * 262_145, 0), ("ok", 901), ("ok", -1)]
)
def test_a_message_that_sqs_does_not_take_is_refused(sqs: Any, body: str, delay: int) -> None:
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="fine \N{GRINNING FACE}", DelaySeconds=900)
    with pytest.raises(ClientError, match="Invalid"):
        sqs.send_message(QueueUrl=url, MessageBody=body, DelaySeconds=delay)
