import copy
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError
from moto.core.request import normalize_request
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.responses import DynamoHandler

from secondsource import wiring
from secondsource.local.cloud import TABLE, Cloud
from secondsource.local.gateway import ACCOUNT, REGION
from secondsource.model import Analysis, Extracted, Scope
from secondsource.services import keys


def _worker() -> Any:
    raise AssertionError("no message was sent")


def _analyse(extracted: Extracted, article_id: str) -> Analysis:
    return Analysis()


def _cloud(**arguments: Any) -> Cloud:
    return Cloud(_worker, analyser=_analyse, background=False, **arguments)


def test_while_it_is_open_the_functions_work_on_it_and_not_after() -> None:
    before = wiring.use(None)
    wiring.use(before)

    with _cloud() as cloud:
        assert wiring.current() is cloud.wiring

    assert wiring.use(before) is before


def test_a_second_one_begins_empty() -> None:
    with _cloud() as cloud:
        key = keys.create(cloud.wiring.store, cloud.wiring.clock, "courier", [Scope.READ])
        assert cloud.wiring.store.get_key(keys.key_id_of(key)) is not None
    with _cloud() as cloud:
        assert cloud.wiring.store.get_key(keys.key_id_of(key)) is None


def test_it_runs_without_credentials_and_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    with _cloud() as cloud:
        assert cloud.wiring.store.list_keys("courier") == ()

    assert "AWS_ACCESS_KEY_ID" not in os.environ


def test_of_many_writers_under_one_condition_one_wins() -> None:
    with _cloud() as cloud:
        dynamodb = cloud.wiring.dynamodb
        start = threading.Barrier(8)

        def write(number: int) -> bool:
            start.wait()
            item = {"PK": {"S": "one"}, "SK": {"S": "one"}, "by": {"N": str(number)}}
            try:
                dynamodb.put_item(TableName=TABLE, Item=item, ConditionExpression="attribute_not_exists(PK)")
            except ClientError:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(write, range(8))) == 1


@contextmanager
def _dynamodb_server() -> Iterator[tuple[str, list[str]]]:
    """A server that answers like DynamoDB, and the operations it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.headers["X-Amz-Target"].rpartition(".")[2])
            address = "https://dynamodb.eu-west-1.amazonaws.com/"
            headers = HTTPHeaders.from_dict(dict(self.headers))
            request = normalize_request(AWSPreparedRequest("POST", address, headers, body, False))
            status, extra, answer = DynamoHandler.dispatch(request, address, request.headers)
            data = answer if isinstance(answer, bytes) else answer.encode()
            self.send_response(int(extra.get("status", status)))
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_with_an_endpoint_the_table_is_there_and_the_queue_is_here() -> None:
    with _dynamodb_server() as (url, asked), _cloud(endpoint_url=url) as cloud:
        key = keys.create(cloud.wiring.store, cloud.wiring.clock, "courier", [Scope.READ])

        assert keys.authenticate(cloud.wiring.store, key).id == "courier"
        assert {"CreateTable", "PutItem", "GetItem"} <= set(asked)
        assert cloud.sqs.list_queues()["QueueUrls"]


def test_a_worker_that_raises_has_its_whole_batch_again() -> None:
    batches: list[int] = []

    def worker(event: dict[str, Any], context: Any) -> dict[str, Any]:
        batches.append(len(event["Records"]))
        if len(batches) == 1:
            raise RuntimeError
        return {"batchItemFailures": []}

    with Cloud(lambda: worker, analyser=_analyse, background=False, retry_seconds=0) as cloud:
        for number in range(2):
            cloud.sqs.send_message(QueueUrl=cloud.queue_url, MessageBody=str(number))

        assert cloud.drain() == 2

    assert batches == [2, 2]


def test_a_transaction_that_is_refused_leaves_table_and_stream_as_they_were() -> None:
    def put(name: str, number: int, **more: Any) -> dict[str, Any]:
        item = {"PK": {"S": name}, "SK": {"S": "n"}, "n": {"N": str(number)}}
        return {"Put": {"TableName": TABLE, "Item": item, **more}}

    only_if_new = {"ConditionExpression": "attribute_not_exists(PK)"}
    with _cloud() as cloud:
        client = cloud.wiring.dynamodb
        client.transact_write_items(TransactItems=[put("a", 1), put("b", 1)])
        for _ in range(2):
            with pytest.raises(client.exceptions.TransactionCanceledException):
                client.transact_write_items(TransactItems=[put("a", 2), put("c", 2), put("b", 2, **only_if_new)])
        gone = {"Delete": {"TableName": TABLE, "Key": {"PK": {"S": "a"}, "SK": {"S": "n"}}}}
        with pytest.raises(client.exceptions.TransactionCanceledException):
            client.transact_write_items(TransactItems=[gone, put("b", 2, **only_if_new)])
        client.transact_write_items(TransactItems=[put("d", 1)])

        found = {item["PK"]["S"]: item["n"]["N"] for item in client.scan(TableName=TABLE)["Items"]}
        table = dynamodb_backends[ACCOUNT][REGION].tables[TABLE]
        told = [record.record["dynamodb"]["Keys"]["PK"]["S"] for record in table.stream_shard.items]

    assert found == {"a": "1", "b": "1", "d": "1"}
    assert told == ["a", "b", "d"]


def test_what_a_transaction_does_not_touch_is_not_copied() -> None:
    """Moto copies the table for each; with all its items, twenty articles made a request wait for half a minute."""
    with _cloud() as cloud:
        keys.create(cloud.wiring.store, cloud.wiring.clock, "courier", [Scope.READ])
        table = dynamodb_backends[ACCOUNT][REGION].tables[TABLE]
        twin = copy.deepcopy(table)

    assert twin is not table and twin.items is not table.items
    pairs = [(twin.items[key][name], item) for key, items in table.items.items() for name, item in items.items()]
    assert pairs and all(copied is item for copied, item in pairs)
