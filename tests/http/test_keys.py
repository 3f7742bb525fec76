"""API keys at the door: who gets in, and what those who do not learn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from secondsource.local.cloud import TABLE, Cloud
from secondsource.local.gateway import Gateway
from secondsource.model import Scope
from secondsource.services import keys
from secondsource.web.routes import ROUTES
from tests.contract import unruly
from tests.http import trips
from tests.http.client import Client, code_of

TAKES_A_KEY = [
    ("GET", "/v1/articles"),
    ("POST", "/v1/articles"),
    ("GET", "/v1/articles/art_1"),
    ("DELETE", "/v1/articles/art_1"),
    ("GET", "/v1/articles/art_1/annotations/"),
    ("GET", "/v1/articles/art_1/summary"),
    ("GET", "/v1/articles/art_1/report"),
    ("POST", "/v1/comparisons"),
    ("GET", "/v1/claims"),
    ("GET", "/v1/claims/clm_1"),
    ("GET", "/v1/claims/clm_1/origins"),
    ("GET", "/v1/jobs/job_1"),
]


@pytest.mark.parametrize(("method", "path"), TAKES_A_KEY)
def test_without_a_key_every_route_that_takes_one_answers_401(gateway: Gateway, method: str, path: str) -> None:
    answered = Client(gateway).send(method, path, json_body={"text": "A."} if method == "POST" else None)

    assert (answered.status, code_of(answered)) == (401, "unauthorized")
    assert answered.header("WWW-Authenticate") == "Bearer"


@pytest.mark.parametrize("path", ["/v1/health", "/v1/openapi.json", "/v1/docs"])
def test_health_and_docs_take_no_key(gateway: Gateway, path: str) -> None:
    assert Client(gateway).get(path).status == 200


def test_all_that_is_wrong_with_a_key_is_answered_alike(
    gateway: Gateway, cloud: Cloud, make_key: Callable[..., str], tenant: str
) -> None:
    good = make_key(tenant)
    revoked = make_key(tenant)
    keys.revoke(cloud.wiring.store, cloud.wiring.clock, keys.key_id_of(revoked))
    wrong = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic dXNlcjpwYXNz",
        f"Bearer {revoked}",
        f"Bearer {good}\n",
        f"Bearer {good} ",
        f"Bearer {good},{good}",
        f"Bearer {good[:-1]}{'A' if good[-1] != 'A' else 'B'}",
        f"Bearer {good.upper()}",
        "Bearer ss_" + "a" * 16 + good[19:],
        f"Bearer {good[:-1]}é",
        f"Bearer {'x' * 10_000}",
    ]

    answers = [Client(gateway).get("/v1/articles", Authorization=value) for value in wrong]

    assert {answered.status for answered in answers} == {401}
    assert len({answered.body for answered in answers}) == 1
    assert len({tuple(answered.headers) for answered in answers}) == 1


def test_a_key_in_the_query_is_no_key(gateway: Gateway, make_key: Callable[..., str], tenant: str) -> None:
    key = make_key(tenant)

    assert Client(gateway).get(f"/v1/articles?api_key={key}&authorization=Bearer%20{key}").status == 401


@pytest.mark.parametrize(
    "header", [{"Authorization": "Bearer {}"}, {"authorization": "bearer {}"}, {"X-API-Key": "{}"}]
)
def test_a_key_is_taken_from_either_header(
    gateway: Gateway, make_key: Callable[..., str], tenant: str, header: dict[str, str]
) -> None:
    key = make_key(tenant)

    answered = Client(gateway).send("GET", "/v1/articles", headers={k: v.format(key) for k, v in header.items()})

    assert answered.status == 200


def test_a_key_that_was_revoked_ends_at_once(
    gateway: Gateway, cloud: Cloud, make_key: Callable[..., str], tenant: str
) -> None:
    key = make_key(tenant)
    before = Client(gateway, key).get("/v1/articles").status

    keys.revoke(cloud.wiring.store, cloud.wiring.clock, keys.key_id_of(key))

    assert (before, Client(gateway, key).get("/v1/articles").status) == (200, 401)


def test_a_key_that_reads_may_read_and_compare_and_not_write(
    gateway: Gateway, make_key: Callable[..., str], tenant: str
) -> None:
    reader = Client(gateway, make_key(tenant, Scope.READ))

    assert reader.get("/v1/articles").status == 200
    assert reader.post("/v1/comparisons", {"articles": ["art_1", "art_2"]}).status == 404
    for answered in (reader.post("/v1/articles", {"text": "A."}), reader.delete("/v1/articles/art_1")):
        assert (answered.status, code_of(answered)) == (403, "forbidden")


def test_a_key_that_writes_alone_may_not_read(gateway: Gateway, make_key: Callable[..., str], tenant: str) -> None:
    writer = Client(gateway, make_key(tenant, Scope.WRITE))

    assert writer.delete("/v1/articles/art_1").status == 404
    assert (writer.get("/v1/articles").status, code_of(writer.get("/v1/articles"))) == (403, "forbidden")


def test_whether_a_body_is_well_formed_is_not_told_to_who_may_not_send_it(
    gateway: Gateway, make_key: Callable[..., str], tenant: str
) -> None:
    reader = Client(gateway, make_key(tenant, Scope.READ))

    assert reader.send("POST", "/v1/articles", body=b"{").status == 403


def test_no_secret_is_in_the_table(cloud: Cloud, client: Client, make_key: Callable[..., str], tenant: str) -> None:
    key = make_key(tenant)
    client.submit("A story.")

    stored = str(cloud.wiring.dynamodb.scan(TableName=TABLE)["Items"])

    assert keys.key_id_of(key) in stored
    secret = key.partition(keys.key_id_of(key))[2].removeprefix("_")
    assert len(secret) > 20  # it may have the mark that parts the two
    assert secret not in stored
    assert key[20:] not in stored


def test_a_route_deployed_without_its_authorizer_still_answers_401(gateway: Gateway) -> None:
    from secondsource.local.functions import handler_of
    from secondsource.local.gateway import LambdaContext

    event = {"httpMethod": "GET", "path": "/v1/articles", "headers": {}, "requestContext": {"path": "/v1/articles"}}

    assert handler_of("api")(event, LambdaContext("api"))["statusCode"] == 401


def _partitions(asked: Any) -> Iterator[str]:
    """The partition keys of all items that a call of DynamoDB asks for, writes or queries."""
    if isinstance(asked, dict):
        if "KeyConditionExpression" in asked:
            yield asked["ExpressionAttributeValues"][":p"]["S"]
        if "PK" in asked:
            yield asked["PK"]["S"]
        asked = list(asked.values())
    if isinstance(asked, list):
        for part in asked:
            yield from _partitions(part)


def test_past_the_authorizer_nothing_touches_what_belongs_to_no_tenant(cloud: Cloud, tenant: str) -> None:
    """template.yaml allows it to no function. (An address of a webhook in names its tenant.)"""
    client, touched = Client(trips.past_the_authorizer(tenant), "any"), []

    def note(params: dict[str, Any], **_: Any) -> None:
        found = list(_partitions(params))
        assert found
        touched.extend(found)

    with unruly.hooked(cloud.wiring.dynamodb, "before-parameter-build", note):
        said = {"text": "Owen Strand says: The bridge at Marun fell into the river.", "publisher": "Courier"}
        assert client.post("/v1/articles", said, Idempotency_Key="one").status == 201
        known = {"article_id": client.submit(**said), "actor_id": "owen", "delivery_id": "dlv_1"}
        (claim,) = client.get("/v1/claims").json()["items"]
        known["claim_id"] = claim["claim_id"]
        known["job_id"] = client.post("/v1/articles", {"text": "More."}, Prefer="respond-async").json()["job"]["id"]
        assert client.send("PUT", "/v1/actors/owen", json_body=trips.FRONT).status == 201
        known["webhook_id"] = client.post("/v1/webhooks/in", {"kind": "ghost"}).json()["id"]
        cloud.drain()
        for route in sorted(ROUTES, key=lambda route: route.method == "DELETE"):
            answered = client.send(route.method, route.path.format(**known), json_body={})
            assert answered.status < 500, route
        cloud.drain()

    kinds = {partition.split("#")[2] for partition in touched}
    assert {"ARTICLE", "CLAIM", "COUNT", "REQUEST", "JOB", "ACTOR", "WEBHOOKS", "EVENTS", "LIMITS"} <= kinds
    assert [partition for partition in touched if not partition.startswith("T#")] == []
