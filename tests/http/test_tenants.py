"""Nothing of one tenant is visible to another, and another tenant's id answers exactly like a missing one."""

from collections.abc import Callable

import pytest

from tests.http.client import Client, code_of
from tests.http.records import store_story

STRANGE_IDS = [
    "..%2Fx",
    "%2e%2e%2f",
    "a" * 1000,
    "TENANT%23b%23JOB%231",
    "%23",
    "%00",
    "%F0%9F%A6%86",
    "art_1%0d%0aX-Injected:%201",
    "art_1%23HEAD",
    "%22",
    "%ff",
    "%",
    "%zz",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/articles/{}", "article"),
        ("/v1/articles/{}/annotations/", "article"),
        ("/v1/articles/{}/summary", "article"),
        ("/v1/articles/{}/report", "article"),
        ("/v1/claims/{}", "claim"),
        ("/v1/claims/{}/origins", "claim"),
        ("/v1/jobs/{}", "job"),
    ],
)
def test_another_tenants_id_answers_byte_for_byte_like_a_missing_one(
    client: Client, other: Client, tenant: str, cloud: object, path: str, kind: str
) -> None:
    ids = store_story(cloud, tenant)
    theirs = path.format(ids[kind])
    absent = path.format(ids[kind][:-1] + "0")

    found, missing = other.get(theirs), other.get(absent)

    assert client.get(theirs).status == 200
    assert (found.status, code_of(found)) == (404, "not-found")
    assert found.body.replace(ids[kind].encode(), b"") == missing.body.replace(absent.split("/")[3].encode(), b"")
    assert found.headers == missing.headers


def test_another_tenants_article_cannot_be_deleted(client: Client, other: Client) -> None:
    article = f"/v1/articles/{client.submit('The dam is unsafe.')}"

    assert other.delete(article).status == 404
    assert client.get(article).status == 200


def test_another_tenants_article_cannot_be_compared(client: Client, other: Client) -> None:
    theirs, own = client.submit("The dam is unsafe."), other.submit("The dam is safe.")

    found = other.post("/v1/comparisons", {"articles": [own, theirs]})
    missing = other.post("/v1/comparisons", {"articles": [own, "art_00000000000000000000000000"]})

    assert found.status == 404
    assert found.body == missing.body


def test_lists_hold_what_is_ones_own(client: Client, other: Client) -> None:
    client.submit("The dam is unsafe.")

    assert other.get("/v1/articles").json() == {"items": [], "next": None}
    assert other.get("/v1/claims").json() == {"items": [], "next": None}


def test_a_cursor_of_another_tenant_is_refused(client: Client, other: Client) -> None:
    for number in range(2):
        client.submit(f"Story {number}.")
    cursor = client.get("/v1/articles?limit=1").json()["next"]

    answered = other.get(f"/v1/articles?cursor={cursor}")

    assert (answered.status, code_of(answered)) == (400, "invalid-cursor")


def test_an_idempotency_key_counts_within_its_tenant(client: Client, other: Client) -> None:
    mine = client.post("/v1/articles", {"text": "Mine."}, Idempotency_Key='"one"')
    theirs = other.post("/v1/articles", {"text": "Theirs."}, Idempotency_Key='"one"')

    assert (mine.status, theirs.status) == (201, 201)
    assert theirs.json()["text"] == "Theirs."


def test_the_tenant_is_never_taken_from_the_request(client: Client, other: Client, tenant: str) -> None:
    client.submit("The dam is unsafe.")

    for name in ("tenant", "tenant_id"):
        assert other.get(f"/v1/articles?{name}={tenant}").status == 400
    assert other.get("/v1/articles", X_Tenant=tenant).json()["items"] == []
    assert other.post("/v1/articles", {"text": "A.", "tenant_id": tenant}).status == 422


@pytest.mark.parametrize("strange", STRANGE_IDS)
@pytest.mark.parametrize("path", ["/v1/articles/{}", "/v1/claims/{}", "/v1/jobs/{}"])
def test_what_is_no_id_is_not_found(client: Client, path: str, strange: str) -> None:
    answered = client.get(path.format(strange))

    assert (answered.status, code_of(answered)) == (404, "not-found")
    assert answered.header("X-Injected") is None


def test_deleting_what_is_no_id_finds_nothing(client: Client, make_key: Callable[..., str]) -> None:
    for strange in STRANGE_IDS:
        assert client.delete(f"/v1/articles/{strange}").status == 404
