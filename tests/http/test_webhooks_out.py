"""Callbacks over HTTP: registering an endpoint, what comes to it, the log of deliveries, sending again."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from secondsource.errors import FetchFailed
from secondsource.local.cloud import DELIVERIES, Cloud
from secondsource.local.gateway import Gateway
from secondsource.model import Scope
from secondsource.web.signatures import verify_standard
from tests.http.client import Client, code_of
from tests.unit.services.newsroom import Endpoints

URL = "https://newsroom.test/hook"


@pytest.fixture
def endpoints(cloud: Cloud) -> Iterator[Endpoints]:
    """What endpoints answer, and what they were sent."""
    found = Endpoints()
    services = cloud.wiring
    before, services._poster = services._poster, found
    _forget(services)
    yield found
    services._poster = before
    _forget(services)


def _forget(services: Any) -> None:
    for name in ("poster", "webhooks", "deliver"):
        services.__dict__.pop(name, None)


def register(client: Client, **body: Any) -> dict[str, Any]:
    answered = client.post("/v1/webhooks", {"url": URL, **body})
    assert answered.status == 201, answered.body
    found: dict[str, Any] = answered.json()
    return found


def log(client: Client, hook: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(hook["links"]["deliveries"]).json()["items"]
    return items


@pytest.mark.usefixtures("endpoints")
class TestRegistering:
    def test_the_secret_is_shown_once(self, client: Client) -> None:
        made = register(client, label="desk")

        assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", made["secret"])
        assert made["types"] == ["article.annotated", "claim.flags.changed", "job.failed"]
        (listed,) = client.get("/v1/webhooks").json()["items"]
        assert listed == client.get(made["links"]["self"]).json() == made | {"secret": None}

    def test_an_address_inside_is_refused(self, client: Client, endpoints: Endpoints) -> None:
        made = register(client)
        endpoints.denied.add("https://inside.test/")
        for answered in (
            client.post("/v1/webhooks", {"url": "https://inside.test/"}),
            client.send("PATCH", made["links"]["self"], json_body={"url": "https://inside.test/"}),
        ):
            assert code_of(answered) == "unprocessable"

    @pytest.mark.parametrize(
        "body",
        [{}, {"url": 5}, {"url": ""}, {"url": URL, "types": []}, {"url": URL, "types": ["x"]}, {"url": URL, "a": 1}],
    )
    def test_what_does_not_fit_is_refused(self, client: Client, body: dict[str, Any]) -> None:
        assert code_of(client.post("/v1/webhooks", body)) == "unprocessable"

    def test_what_is_given_is_changed_and_the_rest_stays(self, client: Client) -> None:
        made = register(client, label="desk")
        changed = client.send("PATCH", made["links"]["self"], json_body={"types": ["job.failed"], "enabled": False})

        assert changed.status == 200
        assert changed.json()["types"] == ["job.failed"]
        assert (changed.json()["disabled"], changed.json()["label"], changed.json()["url"]) == ("by_hand", "desk", URL)
        again = client.send("PATCH", made["links"]["self"], json_body={"enabled": True}).json()
        assert (again["disabled"], again["types"]) == (None, ["job.failed"])

    def test_it_takes_a_key_that_may_write(self, gateway: Gateway, make_key: Callable[..., str], tenant: str) -> None:
        reader = Client(gateway, make_key(tenant, Scope.READ))
        assert code_of(reader.get("/v1/webhooks")) == "forbidden"
        assert code_of(reader.post("/v1/webhooks", {"url": URL})) == "forbidden"

    def test_another_tenants_is_like_none(self, client: Client, other: Client, gateway: Gateway) -> None:
        made = register(client)
        address = made["links"]["self"]
        for answered in (
            other.get(address),
            other.delete(address),
            other.send("PATCH", address, json_body={}),
            other.get(f"{address}/deliveries"),
            other.post(f"{address}/secrets", {}),
            other.post(f"{address}/deliveries/dlv_1/resend", {}),
            client.get(f"/v1/webhooks/in/{made['id']}"),
        ):
            assert code_of(answered) == "not-found"

    def test_a_new_secret_is_made_here(self, client: Client) -> None:
        made = register(client)
        rotated = client.post(f"{made['links']['self']}/secrets", {"overlap_hours": 1})

        assert rotated.status == 201
        assert rotated.json()["secret"] != made["secret"]
        old, new = rotated.json()["secrets"]
        overlap = datetime.fromisoformat(old["ends_at"]) - datetime.fromisoformat(new["created_at"])
        assert (overlap, new["ends_at"]) == (timedelta(hours=1), None)
        given = {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}
        assert code_of(client.post(f"{made['links']['self']}/secrets", given)) == "unprocessable"

    def test_deleting_it_twice_is_not_found(self, client: Client) -> None:
        made = register(client)
        assert client.delete(made["links"]["self"]).status == 204
        assert client.delete(made["links"]["self"]).status == 404


class TestCallbacks:
    def test_an_article_is_told_of_by_the_stream_and_the_queue(
        self, cloud: Cloud, client: Client, endpoints: Endpoints
    ) -> None:
        hook = register(client)
        article_id = client.submit("The dam at Varn is unsafe.")
        cloud.drain()

        ((url, headers, body),) = endpoints.posted
        assert url == URL
        signed = {name: (value,) for name, value in headers.items()}
        message_id = verify_standard([hook["secret"]], signed, body, cloud.wiring.clock.now())
        data = json.loads(body)["data"]
        assert data["article_id"] == article_id
        report = data["links"]["report"]
        assert client.get(report.removeprefix("http://api.test")).status == 200
        (delivery,) = log(client, hook)
        assert (delivery["id"], delivery["status"], delivery["event_id"]) == (message_id, "delivered", data["event_id"])
        assert delivery["attempts"][0]["status"] == 200

    def test_a_job_that_failed_is_told_of(self, cloud: Cloud, client: Client, endpoints: Endpoints) -> None:
        register(client, types=["job.failed"])
        job = client.post("/v1/articles", {"url": "http://127.0.0.1/"}, Prefer="respond-async").json()["job"]
        client.submit("The dam at Varn is unsafe.")
        cloud.drain()

        ((_, _, body),) = endpoints.posted
        assert json.loads(body)["data"]["job_id"] == job["id"]

    def test_what_failed_waits_and_can_be_sent_again_at_once(
        self, cloud: Cloud, client: Client, endpoints: Endpoints
    ) -> None:
        endpoints.answers[URL] = FetchFailed("timeout", "The site did not answer in time.")
        hook = register(client)
        client.submit("The dam at Varn is unsafe.")
        cloud.drain()
        (delivery,) = log(client, hook)
        assert (delivery["status"], delivery["tried"]) == ("pending", 1)
        assert delivery["attempts"][0]["code"] == "timeout"
        assert delivery["next_at"] is not None

        endpoints.answers[URL] = 200
        again = client.send("POST", delivery["links"]["resend"])
        assert (again.status, again.json()["status"]) == (202, "pending")
        cloud.drain()

        assert log(client, hook)[0]["status"] == "delivered"
        assert len({headers["webhook-id"] for _, headers, _ in endpoints.posted}) == 1

    def test_an_endpoint_that_is_gone_is_disabled(self, cloud: Cloud, client: Client, endpoints: Endpoints) -> None:
        endpoints.answers[URL] = 410
        hook = register(client)
        client.submit("The dam at Varn is unsafe.")
        cloud.drain()

        assert client.get(hook["links"]["self"]).json()["disabled"] == "gone"
        (delivery,) = log(client, hook)
        assert (delivery["status"], delivery["reason"]) == ("failed", "webhook-gone")
        assert code_of(client.send("POST", delivery["links"]["resend"])) == "conflict"

    def test_the_log_comes_in_pages(self, cloud: Cloud, client: Client, endpoints: Endpoints) -> None:
        hook = register(client, types=["article.annotated"])
        for number in range(3):
            client.submit(f"Dam number {number} is unsafe.")
        cloud.drain()

        first = client.get(f"{hook['links']['deliveries']}?limit=2").json()
        rest = client.get(f"{hook['links']['deliveries']}?limit=2&cursor={first['next']}").json()
        assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)

    def test_a_tenant_hears_nothing_of_another(
        self, cloud: Cloud, client: Client, other: Client, endpoints: Endpoints
    ) -> None:
        register(client)
        other.submit("The dam at Varn is unsafe.")
        cloud.drain()
        assert endpoints.posted == []


def test_of_a_deleted_article_no_delivery_knows(cloud: Cloud, client: Client, endpoints: Endpoints) -> None:
    hook = register(client, types=["article.annotated"])
    article_id = client.submit("The dam at Varn is unsafe.")
    cloud.drain()
    client.delete(f"/v1/articles/{article_id}")
    cloud.drain()

    assert article_id not in json.dumps(log(client, hook))
    assert code_of(client.send("POST", log(client, hook)[0]["links"]["resend"])) == "not-found"


def test_a_message_that_names_no_delivery_goes_to_the_dead_letters(cloud: Cloud) -> None:
    from secondsource.local.functions import handler_of
    from secondsource.local.gateway import LambdaContext

    def run(body: str, milliseconds: int = 60_000) -> list[str]:
        record = {"messageId": "m1", "body": body, "eventSource": "aws:sqs"}
        answered = handler_of("notify")({"Records": [record]}, LambdaContext("notify", milliseconds=milliseconds))
        return [item["itemIdentifier"] for item in answered["batchItemFailures"]]

    assert DELIVERIES
    for body in ("", "{}", '{"tenant": "a", "job_id": "job_1"}', '{"tenant": "a", "delivery_id": "#", "tried": 0}'):
        assert run(body) == ["m1"]
    gone = '{"tenant": "a", "delivery_id": "dlv_1", "tried": 0}'
    assert run(gone) == []
    assert run(gone, milliseconds=1_000) == ["m1"]
