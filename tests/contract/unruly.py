"""DynamoDB on a bad day: hooks that crash a caller, leave parts of a batch undone, throttle, or let others in."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Literal


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
