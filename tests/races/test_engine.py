"""What the other race tests rest on: the server lets no update be lost and shows no transaction half done.

Moto does neither between threads: it checks a condition and writes in two steps.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

WRITERS = 20
EACH = 5

Connect = Callable[[], Any]


def _key(name: str) -> dict[str, Any]:
    return {"PK": {"S": name}, "SK": {"S": "n"}}


def _put(table: str, name: str, number: int, if_it_is: int | None = None) -> dict[str, Any]:
    put: dict[str, Any] = {"TableName": table, "Item": {**_key(name), "n": {"N": str(number)}}}
    if if_it_is is not None:
        put |= {"ConditionExpression": "n = :n", "ExpressionAttributeValues": {":n": {"N": str(if_it_is)}}}
    return put


def _read(client: Any, table: str, name: str) -> int:
    return int(client.get_item(TableName=table, Key=_key(name), ConsistentRead=True)["Item"]["n"]["N"])


def _together(connect: Connect, act: Callable[[Any], int]) -> int:
    """Let all writers begin at once; the sum of what they answer."""
    ready = Barrier(WRITERS)

    def begin(client: Any) -> int:
        ready.wait()
        return act(client)

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(begin, [connect() for _ in range(WRITERS)]))


def test_no_increment_under_a_condition_is_lost(connect: Connect, table: str) -> None:
    client = connect()
    client.put_item(**_put(table, "a", 0))

    def add(mine: Any) -> int:
        done = refused = 0
        while done < EACH:
            seen = _read(mine, table, "a")
            try:
                mine.put_item(**_put(table, "a", seen + 1, seen))
                done += 1
            except mine.exceptions.ConditionalCheckFailedException:
                refused += 1
        return refused

    refused = _together(connect, add)

    assert _read(client, table, "a") == WRITERS * EACH
    assert refused > 0, "nobody met anybody: this proves nothing"


def test_a_transaction_is_all_or_nothing_and_seen_so(connect: Connect, table: str) -> None:
    client, over = connect(), Event()
    for name in ("a", "b"):
        client.put_item(**_put(table, name, 0))

    def watch() -> tuple[int, int]:
        looked = torn = 0
        watcher = connect()
        while not over.is_set():
            gets = [{"Get": {"TableName": table, "Key": _key(name)}} for name in ("a", "b")]
            first, second = watcher.transact_get_items(TransactItems=gets)["Responses"]
            looked, torn = looked + 1, torn + (first["Item"]["n"] != second["Item"]["n"])
        return looked, torn

    def add(mine: Any) -> int:
        done = refused = 0
        while done < EACH:
            seen = _read(mine, table, "b")
            # Of the first the condition says nothing: a refusal has to take it back.
            puts = [_put(table, "a", seen + 1), _put(table, "b", seen + 1, seen)]
            try:
                mine.transact_write_items(TransactItems=[{"Put": put} for put in puts])
                done += 1
            except mine.exceptions.TransactionCanceledException:
                refused += 1
        return refused

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)
        try:
            refused = _together(connect, add)
        finally:
            over.set()
        looked, torn = watching.result()

    assert {_read(client, table, name) for name in ("a", "b")} == {WRITERS * EACH}
    assert (looked > 0, torn) == (True, 0)
    assert refused > 0, "nobody met anybody: this proves nothing"
