"""Posts of a CMS over HTTP: registering a webhook, what is signed and what is not, jobs, and versions."""

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from secondsource.local.cloud import Cloud
from secondsource.local.gateway import Gateway, HttpResponse
from secondsource.model import Scope
from secondsource.web.signatures import sign
from tests.http.client import Client, code_of
from tests.unit.web.test_posts import GHOST_POST
from tests.unit.web.test_signatures import ghost_header

POST = {"type": "article.published", "data": {"id": "p-1", "text": "The dam at Varn is unsafe.", "title": "Dam"}}


def register(client: Client, **body: Any) -> dict[str, Any]:
    answered = client.post("/v1/webhooks/in", {"kind": "standard", **body})
    assert answered.status == 201, answered.body
    found: dict[str, Any] = answered.json()
    return found


def send(
    gateway: Gateway,
    hook: dict[str, Any],
    content: Any = None,
    *,
    message: str = "msg_1",
    at: datetime | None = None,
    secret: str | None = None,
) -> HttpResponse:
    """A message by Standard Webhooks, without an API key."""
    body = content if isinstance(content, bytes) else json.dumps(content or POST).encode()
    headers = sign([secret or hook["secret"]], message, at or datetime.now(UTC), body)
    return Client(gateway).send("POST", _path(hook), body=body, headers={"Content-Type": "text/plain", **headers})


def _path(hook: dict[str, Any]) -> str:
    return "/v1/webhooks/in/" + hook["id"]


class TestRegistering:
    def test_the_secret_is_shown_once(self, client: Client) -> None:
        made = register(client, label="our CMS", publisher="The Varn Courier")

        assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", made["secret"])
        assert made["links"]["self"] == f"http://api.test{_path(made)}"
        (listed,) = client.get("/v1/webhooks/in").json()["items"]
        assert listed == client.get(_path(made)).json() == made | {"secret": None}

    def test_its_id_cannot_be_guessed(self, client: Client, tenant: str) -> None:
        first, second = (register(client)["id"] for _ in range(2))
        assert re.fullmatch(re.escape(tenant) + r"\.[0-9a-z]{26}", first)
        assert first != second

    def test_a_secret_of_the_cms_is_taken(self, client: Client) -> None:
        assert register(client, kind="ghost", secret="0123456789abcdef")["secret"] == "0123456789abcdef"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"kind": "other"},
            {"kind": "mapped"},
            {"kind": "ghost", "mapping": {"signature_header": "x-s", "id": "/id", "html": "/html"}},
            {"kind": "mapped", "mapping": {"signature_header": "x s", "id": "/id", "html": "/html"}},
            {"kind": "mapped", "mapping": {"signature_header": "x-s", "id": "id", "html": "/html"}},
            {"kind": "mapped", "mapping": {"signature_header": "x-s", "id": "/~2", "html": "/html"}},
            {"kind": "standard", "secret": "0123456789abcdef"},
            {"kind": "standard", "secret": "whsec_MfKQ9r8GKYqr"},
            {"kind": "ghost", "secret": "short"},
            {"kind": "ghost", "label": "x" * 101},
            {"kind": "ghost", "tenant": "another"},
        ],
    )
    def test_what_does_not_fit_is_refused(self, client: Client, body: dict[str, Any]) -> None:
        assert code_of(client.post("/v1/webhooks/in", body)) == "unprocessable"

    def test_it_takes_a_key_that_may_write(self, gateway: Gateway, make_key: Callable[..., str], tenant: str) -> None:
        reader = Client(gateway, make_key(tenant, Scope.READ))
        assert code_of(reader.post("/v1/webhooks/in", {"kind": "ghost"})) == "forbidden"
        assert code_of(reader.get("/v1/webhooks/in")) == "forbidden"
        assert code_of(Client(gateway).get("/v1/webhooks/in")) == "unauthorized"

    def test_there_are_twenty_at_most(self, client: Client) -> None:
        for _ in range(20):
            register(client)
        assert code_of(client.post("/v1/webhooks/in", {"kind": "ghost"})) == "conflict"

    def test_another_tenants_webhook_is_like_none(self, client: Client, other: Client) -> None:
        made = register(client)
        for answered in (other.get(_path(made)), other.delete(_path(made)), other.get("/v1/webhooks/in/a.b")):
            assert code_of(answered) == "not-found"
        assert client.get(_path(made)).status == 200

    def test_what_is_deleted_takes_nothing_any_more(self, client: Client, gateway: Gateway) -> None:
        made = register(client)
        assert client.delete(_path(made)).status == 204
        assert client.delete(_path(made)).status == 404
        assert send(gateway, made).status == 401


class TestAMessage:
    def test_it_is_answered_at_once_and_annotated_by_the_worker(
        self, cloud: Cloud, client: Client, gateway: Gateway
    ) -> None:
        answered = send(gateway, register(client, publisher="The Varn Courier"))

        assert answered.status == 202
        taken = answered.json()
        assert taken["status"] == "accepted"
        assert client.get(f"/v1/jobs/{taken['job']}").json()["status"] == "queued"
        cloud.drain()
        job = client.get(f"/v1/jobs/{taken['job']}").json()
        report = client.get(f"/v1/articles/{job['article_id']}").json()
        assert (report["text"], report["publisher"]) == ("The dam at Varn is unsafe.", "The Varn Courier")

    def test_the_same_id_again_is_no_second_job(self, client: Client, gateway: Gateway) -> None:
        hook = register(client)
        first, second = send(gateway, hook).json(), send(gateway, hook).json()

        assert (first["status"], second["status"]) == ("accepted", "known")
        assert first["job"] == second["job"]

    @pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-299, 202), (299, 202), (302, 401)])
    def test_the_clock_may_be_five_minutes_off(
        self, client: Client, gateway: Gateway, seconds: int, status: int
    ) -> None:
        assert send(gateway, register(client), at=datetime.now(UTC) + timedelta(seconds=seconds)).status == status

    def test_what_is_not_signed_and_what_is_sent_to_nobody_are_answered_alike(
        self, client: Client, gateway: Gateway, tenant: str
    ) -> None:
        hook = register(client)
        ids = (hook["id"], f"{tenant}.{'0' * 26}", "nobody." + "0" * 26, "nobody", "%00", "whk_1", "a" * 300)
        answers = {name: send(gateway, {"id": name, "secret": "whsec_" + "A" * 43 + "="}) for name in ids}

        assert {code_of(answered) for answered in answers.values()} == {"unauthorized"}
        bodies = {re.sub(r'"instance":"[^"]*"', "", answered.body.decode()) for answered in answers.values()}
        assert len(bodies) == 1
        assert len({tuple(answered.headers) for answered in answers.values()}) == 1
        # A CMS has no API key, so it is not told to bring one.
        assert all("signed" in body and "API key" not in body for body in bodies)

    @pytest.mark.parametrize("body", [b"\xff\xfe{}", b"", b"{}", b"null"])
    def test_what_is_no_post_and_not_signed_is_401_whatever_it_is(
        self, client: Client, gateway: Gateway, body: bytes
    ) -> None:
        answered = Client(gateway).send("POST", _path(register(client)), body=body)
        assert code_of(answered) == "unauthorized"

    @pytest.mark.parametrize("webhook_id", ['a"b', "a`b", "a\\b", "\u20ac"])
    def test_an_id_that_nobody_has_is_401_whatever_is_in_it(self, gateway: Gateway, webhook_id: str) -> None:
        answered = Client(gateway).send("POST", f"/v1/webhooks/in/{webhook_id}", body=b"{}")
        assert (answered.status, code_of(answered)) == (401, "unauthorized")

    def test_what_is_signed_and_no_post_says_why(self, client: Client, gateway: Gateway) -> None:
        hook = register(client)
        assert code_of(send(gateway, hook, b"[]")) == "malformed-json"
        assert code_of(send(gateway, hook, {"type": "article.published", "data": {}})) == "unprocessable"
        assert code_of(send(gateway, hook, b"x" * 4_000_001)) == "too-large"

    def test_what_is_of_another_type_is_left_alone(self, client: Client, gateway: Gateway) -> None:
        answered = send(gateway, register(client), {"type": "member.added", "data": {}})
        assert (answered.status, answered.json()) == (202, {"status": "ignored", "job": None})

    def test_a_key_does_not_stand_for_the_signature(self, client: Client) -> None:
        assert client.post(_path(register(client)), POST).status == 401

    def test_an_old_secret_counts_until_its_end(self, client: Client, gateway: Gateway) -> None:
        hook = register(client)
        rotated = client.post(f"{_path(hook)}/secrets", {"overlap_hours": 1}).json()

        assert rotated["secret"] != hook["secret"]
        assert send(gateway, hook, message="old").status == 202
        assert send(gateway, rotated, message="new").status == 202
        last = client.post(f"{_path(hook)}/secrets", {"overlap_hours": 0}).json()
        assert send(gateway, hook, message="old-2").status == 401
        assert send(gateway, rotated, message="new-2").status == 401
        assert send(gateway, last, message="last").status == 202
        assert len(last["secrets"]) == 1

    def test_a_quota_that_is_spent_is_told_so_that_the_cms_tries_again(
        self, cloud: Cloud, client: Client, gateway: Gateway, tenant: str
    ) -> None:
        from secondsource.model import Limits

        hook = register(client)
        cloud.wiring.store.put_limits(tenant, Limits(articles_a_day=1))
        cloud.wiring.limits._known.clear()
        client.submit("Another article.")

        assert code_of(send(gateway, hook)) == "daily-quota-spent"


class TestGhost:
    def send(self, gateway: Gateway, hook: dict[str, Any], **changes: Any) -> HttpResponse:
        content = {"event": "post.published", "post": {"current": GHOST_POST | changes, "previous": {}}}
        body = json.dumps(content).encode()
        milliseconds = int(datetime.now(UTC).timestamp() * 1000)
        headers = {"X-Ghost-Signature": ghost_header(body, milliseconds, hook["secret"])}
        return Client(gateway).send("POST", _path(hook), body=body, headers=headers)

    def test_a_post_and_its_edit_are_two_versions_of_one_report(
        self, cloud: Cloud, client: Client, gateway: Gateway
    ) -> None:
        hook = register(client, kind="ghost")
        articles = []
        for html in (GHOST_POST["html"], "<p>The dam at Varn is unsafe, three officials said on Monday.</p>"):
            taken = self.send(gateway, hook, html=html)
            assert taken.status == 202
            cloud.drain()
            articles.append(client.get(f"/v1/jobs/{taken.json()['job']}").json()["article_id"])

        (post,) = client.get(f"/v1/articles/{articles[0]}/versions").json()["items"]
        assert post["post"] == {"webhook_id": hook["id"], "external_id": GHOST_POST["id"]}
        assert [version["article_id"] for version in post["versions"]] == articles
        assert client.get(f"/v1/articles/{articles[0]}").status == 200
        event = [e for e in client.get("/v1/events").json()["items"] if e["type"] == "article.annotated"][-1]
        assert (event["article_id"], event["replaces"]) == (articles[1], articles[0])

    def test_a_draft_is_left_alone(self, client: Client, gateway: Gateway) -> None:
        hook = register(client, kind="ghost")
        assert self.send(gateway, hook, status="draft").json()["status"] == "ignored"


def test_any_json_comes_in_by_pointers(cloud: Cloud, client: Client, gateway: Gateway) -> None:
    mapping = {"signature_header": "X-Hub-Signature-256", "id": "/post/id", "html": "/post/body", "title": "/post/t"}
    hook = register(client, kind="mapped", mapping=mapping)
    body = json.dumps({"post": {"id": 7, "body": "<p>The dam at Varn is unsafe.</p>", "t": "Dam"}}).encode()
    digest = hmac.new(hook["secret"].encode(), body, hashlib.sha256).hexdigest()

    taken = Client(gateway).send("POST", _path(hook), body=body, headers={"x-hub-signature-256": f"sha256={digest}"})
    cloud.drain()

    assert taken.status == 202
    job = client.get(f"/v1/jobs/{taken.json()['job']}").json()
    assert client.get(f"/v1/articles/{job['article_id']}").json()["title"] == "Dam"


def test_an_article_that_is_no_post_has_no_versions(client: Client, other: Client) -> None:
    article_id = client.submit("The dam at Varn is unsafe.")
    assert client.get(f"/v1/articles/{article_id}/versions").json() == {"items": [], "next": None}
    assert code_of(other.get(f"/v1/articles/{article_id}/versions")) == "not-found"


def test_an_article_that_has_come_in_is_told_of(client: Client) -> None:
    article_id = client.submit("The dam at Varn is unsafe.")
    (event,) = client.get("/v1/events").json()["items"]
    assert (event["type"], event["article_id"]) == ("article.annotated", article_id)


def test_a_job_that_has_failed_is_told_of(cloud: Cloud, client: Client) -> None:
    job = client.post("/v1/articles", {"url": "http://127.0.0.1/"}, Prefer="respond-async").json()["job"]
    cloud.drain()
    (event,) = client.get("/v1/events").json()["items"]
    assert (event["type"], event["job_id"], event["error"]["code"]) == ("job.failed", job["id"], "url-not-allowed")
