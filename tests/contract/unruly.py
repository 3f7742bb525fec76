"""AWS on a bad day: hooks that crash a caller, leave parts of a batch undone, throttle, or let others in."""

import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any, Literal

from botocore.awsrequest import AWSResponse
from moto.core.models import botocore_stubber

_FEW = 12
"""Calls of which every one is tried in each run of the tests."""
_EVERY = 3


def tried(calls: int) -> list[int]:
    """Behind which of so many calls a process ends: of more than a few every third and the last, with ``CRASHES=all``
    in the environment each."""
    if calls <= _FEW or os.environ.get("CRASHES") == "all":
        return list(range(calls))
    return sorted({*range(0, calls, _EVERY), calls - 1})


class Crash(BaseException):
    """The process ends here. Not an Exception: nothing on the way may catch it."""


@contextmanager
def hooked(client: Any, event: str, hook: Callable[..., Any]) -> Iterator[None]:
    """With the hook on this event of the client's service."""
    name = f"{event}.{client.meta.service_model.service_name}"
    client.meta.events.register_last(name, hook)
    try:
        yield
    finally:
        client.meta.events.unregister(name, hook)


@contextmanager
def counted(client: Any) -> Iterator[list[str]]:
    """The operations that are called, in their order."""
    calls: list[str] = []

    def count(model: Any, **_: Any) -> None:
        calls.append(model.name)

    with hooked(client, "before-call", count):
        yield calls


@contextmanager
def crashing(client: Any, call: int, when: Literal["before", "after"]) -> Iterator[None]:
    """Crash just before or just after the call of this number, counted from 0."""
    seen = 0

    def crash(**_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == call + 1:
            raise Crash

    with hooked(client, f"{when}-call", crash):
        yield


@contextmanager
def interleaved(client: Any, operation: str, action: Callable[[], object]) -> Iterator[None]:
    """Let ``action`` happen just before the first call of the operation."""
    done = False

    def act(model: Any, **_: Any) -> None:
        nonlocal done
        if model.name == operation and not done:
            done = True
            action()

    with hooked(client, "before-call", act):
        yield


def refusal(code: str, status: int) -> tuple[Any, dict[str, Any]]:
    """What a hook on ``before-call`` answers in place of the service."""
    return SimpleNamespace(status_code=status), {
        "Error": {"Code": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }


@contextmanager
def refusing(client: Any, code: str, status: int = 400, times: int | None = None) -> Iterator[None]:
    """Answer the first ``times`` calls (all, if None) with this error."""
    left = times

    def refuse(**_: Any) -> Any:
        nonlocal left
        if left == 0:
            return None
        left = None if left is None else left - 1
        return refusal(code, status)

    with hooked(client, "before-call", refuse):
        yield


@contextmanager
def leaving_undone(client: Any, seed: int) -> Iterator[None]:
    """Do a random part of every batch, at least half, and answer the rest as unprocessed."""
    chance = random.Random(seed)

    def hold_back(params: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        if model.name not in ("BatchWriteItem", "BatchGetItem"):
            return
        (table,) = params["RequestItems"]
        request = params["RequestItems"][table]
        whole = request if model.name == "BatchWriteItem" else request["Keys"]
        kept = chance.randint((len(whole) + 1) // 2, len(whole))
        done, undone = whole[:kept], whole[kept:]
        if model.name == "BatchWriteItem":
            params["RequestItems"] = {table: done}
            context["undone"] = {table: undone} if undone else {}
        else:
            params["RequestItems"] = {table: {**request, "Keys": done}}
            context["undone"] = {table: {**request, "Keys": undone}} if undone else {}

    def admit(parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        if model.name == "BatchWriteItem":
            parsed["UnprocessedItems"] = context["undone"]
        elif model.name == "BatchGetItem":
            parsed["UnprocessedKeys"] = context["undone"]

    with hooked(client, "before-parameter-build", hold_back), hooked(client, "after-call", admit):
        yield


WRITES = frozenset(
    {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems", "SendMessage", "DeleteMessage"}
)
"""What changes something. Whoever stops before or behind a read leaves what he left behind the write before it."""


class Writes:
    """Counts the writes of several clients, and crashes just behind the one of this number, counted from 0.

    Whoever has crashed calls nobody any more, whatever is still done on the way out.
    """

    def __init__(self, clients: tuple[Any, ...], crash_behind: int | None = None) -> None:
        self.made: list[str] = []
        self.crashed = False
        self._clients, self._crash_behind, self._hooks = clients, crash_behind, ExitStack()

    def __enter__(self) -> "Writes":
        for client in self._clients:
            self._hooks.enter_context(hooked(client, "before-call", self._stop))
            self._hooks.enter_context(hooked(client, "after-call", self._note))
        return self

    def __exit__(self, *_: object) -> None:
        self._hooks.close()

    def _stop(self, **_: Any) -> None:
        if self.crashed:
            raise Crash

    def _note(self, model: Any, **_: Any) -> None:
        if model.name in WRITES:
            self.made.append(model.name)
            if len(self.made) - 1 == self._crash_behind:
                self.crashed = True
                raise Crash


class Stopped:
    """Work of another thread, which has stopped before its call of this number, counted from 0, or is at its end.

    It goes on, alone, when the block is left.
    """

    def __init__(self, clients: tuple[Any, ...], work: Callable[[], object], call: int) -> None:
        self._clients, self._left, self._hooks = clients, call, ExitStack()
        self._there, self._go = threading.Event(), threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)

    def __enter__(self) -> "Stopped":
        for client in self._clients:
            self._hooks.enter_context(hooked(client, "before-call", self._stop))
        self._thread.start()
        self._there.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._go.set()
        self._thread.join()
        self._hooks.close()
        if self._error is not None:
            raise self._error

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            self._error = error
        self._there.set()

    def _stop(self, **_: Any) -> None:
        if threading.current_thread() is self._thread:
            self._left -= 1
            if self._left == -1:
                self._there.set()
                self._go.wait()


REFUSALS = {
    "dynamodb": (
        ("ProvisionedThroughputExceededException", 400),
        ("ThrottlingException", 400),
        ("InternalServerError", 500),
        ("ServiceUnavailable", 503),
    ),
    "sqs": (("ThrottlingException", 400), ("RequestThrottled", 403), ("InternalFailure", 500)),
}
CONFLICTS = {
    "TransactWriteItems": {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled [TransactionConflict]",
        "CancellationReasons": [{"Code": "TransactionConflict"}],
    },
    "PutItem": {"__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException"},
    "DeleteItem": {"__type": "com.amazonaws.dynamodb.v20120810#TransactionConflictException"},
}


@contextmanager
def failing(
    clients: tuple[Any, ...], seed: int, share: float, send: Callable[..., object] = botocore_stubber
) -> Iterator[list[str]]:
    """Answer a share of all that is sent, the SDK's own repeats too, with a refusal. Answers what was refused.

    One refusal in six comes after the service has done what was asked, by ``send``: the answer was lost. Batches are
    done in parts.
    """
    chance, refused = random.Random(seed), list[str]()

    def fail(event_name: str, request: Any, **_: Any) -> AWSResponse | None:
        if chance.random() >= share:
            return None
        _, service, operation = event_name.split(".")
        code, status = chance.choice(REFUSALS[service])
        body: dict[str, Any] = {"__type": f"com.amazonaws.{service}#{code}"}
        if operation in CONFLICTS and chance.random() < 1 / 3:
            status, body = 400, CONFLICTS[operation]
        elif chance.random() < 1 / 6:
            send(event_name=event_name, request=request)
            status, body = 500, {"__type": f"com.amazonaws.{service}#InternalFailure"}
        refused.append(operation)
        answer = AWSResponse(request.url, status, {"Content-Type": "application/x-amz-json-1.0"}, None)
        answer._content = json.dumps(body).encode()
        return answer

    with ExitStack() as hooks:
        for client in clients:
            service = client.meta.service_model.service_name
            if service == "dynamodb":
                hooks.enter_context(leaving_undone(client, seed))
            client.meta.events.register_first(f"before-send.{service}", fail)
            hooks.callback(client.meta.events.unregister, f"before-send.{service}", fail)
        yield refused
