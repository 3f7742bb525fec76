"""What is logged: one JSON object a line, and nothing of anybody's."""

import importlib
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from secondsource.errors import FetchFailed
from secondsource.local.cloud import Cloud
from secondsource.local.functions import handler_of
from secondsource.local.gateway import Gateway
from secondsource.web.signatures import sign
from tests.http.client import Client
from tests.http.fakes import Web
from tests.unit.services.newsroom import Endpoints

SECRETS = ("unsafeword", "hidden-token", "reader@courier.test", "headlineword")


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that the functions have written since: logs, and metrics on standard output."""
    written = io.StringIO()
    loggers = []
    for function in ("api", "annotate", "register", "webhooks", "worker", "notify", "authorizer"):
        handler_of(function)
        logger = importlib.import_module(f"functions.{function}.main").logger
        monkeypatch.setattr(logger.registered_handler, "stream", written)
        loggers.append((logger, logger.log_level))
        # A server that ran before may have left it quieter.
        logger.setLevel("INFO")

    def read() -> str:
        captured = capsys.readouterr()
        return written.getvalue() + captured.out + captured.err

    yield read
    for logger, level in loggers:
        logger.setLevel(level)


def _records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_no_key_no_text_and_no_url_is_logged(
    cloud: Cloud,
    gateway: Gateway,
    make_key: Callable[..., str],
    tenant: str,
    web: Web,
    logged: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = make_key(tenant)
    client = Client(gateway, key)
    secret_url = "https://courier.test/dam?token=hidden-token&mail=reader@courier.test"
    web.failures[secret_url] = FetchFailed("http-503", f"of {secret_url}", retryable=True)
    client.post("/v1/articles", {"text": "An unsafeword.", "title": "headlineword"})
    client.post("/v1/articles", {"text": 5, "unsafeword": "unsafeword"})
    client.post("/v1/articles", {"url": secret_url})
    client.send("POST", "/v1/articles", body=b'{"text": "unsafeword')
    client.get("/v1/articles?cursor=hidden-token&mail=reader@courier.test")
    client.get("/v1/hidden-token/reader@courier.test")
    client.get("/v1/articles", Authorization="Bearer ss_hidden-token")
    client.get("/v1/articles", Cookie="hidden-token")
    cloud.drain()

    def fail(*_: object) -> None:
        raise ValueError("unsafeword")

    monkeypatch.setattr(cloud.wiring.store, "get_article", fail)
    client.get("/v1/articles/art_1")
    monkeypatch.setattr(cloud.wiring.store, "get_key", fail)
    client.get("/v1/articles")

    text = logged()

    assert text
    for secret in (*SECRETS, key, key.rpartition("_")[2]):
        assert secret not in text


def test_a_failure_is_logged_with_its_type_and_place(
    cloud: Cloud, client: Client, logged: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("unsafeword")

    monkeypatch.setattr(cloud.wiring.store, "get_article", fail)
    client.get("/v1/articles/art_1")

    (record,) = [record for record in _records(logged()) if record.get("level") == "ERROR"]

    assert record["error"] == ["builtins.ValueError"]
    assert record["frames"][-1].endswith(" fail")
    assert "exception" not in record


def test_each_request_is_one_line_with_its_route_status_and_tenant(
    client: Client, tenant: str, logged: Callable[[], str]
) -> None:
    client.get('/v1/articles/art_1\n{"level":"ERROR"}')
    client.get("/v1/articles")

    answered = [record for record in _records(logged()) if record.get("message") == "answered"]

    assert [(record["route"], record["status"], record["tenant"]) for record in answered] == [
        ("GET /v1/articles/{article_id}", 404, tenant),
        ("GET /v1/articles", 200, tenant),
    ]


def test_metrics_count_requests_and_errors(client: Client, logged: Callable[[], str]) -> None:
    client.get("/v1/articles/art_1")

    names = {
        metric["Name"]
        for record in _records(logged())
        if "_aws" in record
        for metric in record["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    }

    assert {"Requests", "Milliseconds", "ClientErrors", "Allowed"} <= names


def test_no_secret_and_no_body_of_a_webhook_is_logged(
    cloud: Cloud,
    gateway: Gateway,
    client: Client,
    logged: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endpoints = Endpoints()
    monkeypatch.setattr(cloud.wiring, "_poster", endpoints)
    for name in ("poster", "webhooks", "deliver"):
        cloud.wiring.__dict__.pop(name, None)
    hidden = "https://newsroom.test/hook?token=hidden-token"
    endpoints.answers[hidden] = 500
    made = [
        client.post("/v1/webhooks/in", {"kind": "standard", "label": "headlineword"}).json(),
        client.post("/v1/webhooks", {"url": hidden}).json(),
    ]
    body = json.dumps({"type": "article.published", "data": {"id": "hidden-token", "text": "An unsafeword."}}).encode()
    address = f"/v1/webhooks/in/{made[0]['id']}"
    for secret in (made[0]["secret"], made[1]["secret"]):
        signed = sign([secret], "msg_1", cloud.wiring.clock.now(), body)
        Client(gateway).send("POST", address, body=body, headers=signed)
    Client(gateway).send(
        "POST",
        address,
        body=b"unsafeword",
        headers=sign([made[0]["secret"]], "msg_2", cloud.wiring.clock.now(), b"unsafeword"),
    )
    cloud.drain()
    assert endpoints.posted

    text = logged()

    for secret in (
        *SECRETS,
        hidden,
        made[0]["id"].partition(".")[2],
        *(one["secret"].removeprefix("whsec_") for one in made),
    ):
        assert secret not in text
    for name in ("poster", "webhooks", "deliver"):
        cloud.wiring.__dict__.pop(name, None)


def test_a_try_of_a_callback_is_one_line_that_says_whose_and_to_which_endpoint(
    cloud: Cloud, client: Client, tenant: str, logged: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoints = Endpoints()
    monkeypatch.setattr(cloud.wiring, "_poster", endpoints)
    for name in ("poster", "webhooks", "deliver"):
        cloud.wiring.__dict__.pop(name, None)
    endpoints.answers["https://newsroom.test/hook"] = 500
    made = client.post("/v1/webhooks", {"url": "https://newsroom.test/hook"}).json()
    client.submit("The dam at Varn is unsafe.")
    cloud.drain()

    (told,) = [record for record in _records(logged()) if record.get("message") == "delivery"]

    assert (told["tenant"], told["webhook"], told["status"], told["tried"]) == (tenant, made["id"], "pending", 1)
    for name in ("poster", "webhooks", "deliver"):
        cloud.wiring.__dict__.pop(name, None)
