"""An API that answers what a test says, one answer a request, and remembers what it was asked."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from secondsource_client import AsyncClient, Client, Retrying

KEY = "ss_0123456789abcdefghijklmnop_secret-of-the-key"
URL = "https://api.test"
HEALTH = {"status": "ok", "version": "0.1.0"}
REPORT = {"id": "art_1", "kind": "text", "added_at": "2026-05-04T09:00:00Z", "text": "The dam is unsafe."}

Answered = httpx.Response | Exception


def ok(body: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def problem(status: int, code: str = "unavailable", **headers: str) -> httpx.Response:
    body = {
        "type": f"urn:secondsource:problem:{code}",
        "title": "A title",
        "status": status,
        "detail": "A detail.",
        "instance": "/v1/x",
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(
        status, content=json.dumps(body), headers={"Content-Type": "application/problem+json", **named}
    )


class Answers:
    """A transport for both clients. ``asked``: the requests; ``slept``: the pauses."""

    def __init__(self, *answers: Answered) -> None:
        self._answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.slept: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        found = self._answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def client(self, chance: Callable[[], float] = lambda: 1.0, **settings: Any) -> Client:
        retrying = Retrying(chance=chance, **settings)
        return Client(URL, KEY, retrying=retrying, transport=httpx.MockTransport(self), sleep=self.slept.append)

    def async_client(self) -> AsyncClient:
        retrying = Retrying(chance=lambda: 1.0)
        return AsyncClient(URL, KEY, retrying=retrying, transport=httpx.MockTransport(self), sleep=self.sleep)

    @property
    def keys(self) -> list[str | None]:
        """The idempotency key of each request."""
        return [request.headers.get("Idempotency-Key") for request in self.asked]
