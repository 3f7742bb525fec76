"""A client of the API in process: the gateway adapter, the real authorizer and the real handlers, no socket."""

import json
from collections.abc import Mapping
from typing import Any

from secondsource.local.gateway import Gateway, HttpRequest, HttpResponse


class Client:
    """Sends requests with one key; ``key`` None sends none."""

    def __init__(self, gateway: Gateway, key: str | None = None) -> None:
        self._gateway = gateway
        self._key = key

    def send(
        self,
        method: str,
        target: str,
        *,
        json_body: Any = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | list[tuple[str, str]] | None = None,
    ) -> HttpResponse:
        """``json_body`` is sent as JSON with its content type; ``body`` as it is."""
        pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers or [])
        names = {name.lower() for name, _ in pairs}
        pairs.append(("Host", "api.test"))
        if self._key is not None and "authorization" not in names:
            pairs.append(("Authorization", f"Bearer {self._key}"))
        if json_body is not None:
            body = json.dumps(json_body).encode()
        if body is not None and "content-type" not in names:
            pairs.append(("Content-Type", "application/json"))
        return self._gateway.handle(HttpRequest(method, target, pairs, body or b""))

    def get(self, target: str, **headers: str) -> HttpResponse:
        """Header names with underscores for hyphens."""
        return self.send("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def delete(self, target: str) -> HttpResponse:
        return self.send("DELETE", target)

    def post(self, target: str, json_body: Any, **headers: str) -> HttpResponse:
        """Header names with underscores for hyphens."""
        shown = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", target, json_body=json_body, headers=shown)

    def submit(self, text: str, **fields: Any) -> str:
        """The id of an article with this text."""
        answered = self.post("/v1/articles", {"text": text, **fields})
        assert answered.status in (200, 201), answered.body
        article_id: str = answered.json()["id"]
        return article_id


def code_of(answered: HttpResponse) -> str:
    """The code of a problem, after checking that it is one: RFC 9457, all five members, status as sent."""
    assert answered.header("Content-Type") == "application/problem+json", (answered.status, answered.body[:300])
    problem = answered.json()
    assert (
        {"type", "title", "status", "detail", "instance"}
        <= set(problem)
        <= {
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "errors",
        }
    )
    assert problem["status"] == answered.status
    assert problem["title"]
    assert problem["detail"]
    prefix, _, code = problem["type"].rpartition(":")
    assert prefix == "urn:secondsource:problem"
    return str(code)
