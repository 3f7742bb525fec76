"""Claims across articles, their origins, and comparisons."""

import pytest

from secondsource.local.cloud import Cloud
from tests.http.client import Client, code_of
from tests.http.records import store_story


def test_a_claim_is_shown_with_its_articles_and_origins(client: Client, cloud: Cloud, tenant: str) -> None:
    ids = store_story(cloud, tenant, articles=2)

    answered = client.get(f"/v1/claims/{ids['claim']}")

    assert answered.status == 200
    claim = answered.json()
    assert claim["claim_id"] == ids["claim"]
    assert claim["articles"] == list(ids["articles"])
    assert claim["origins"] == {
        "low": 1.0,
        "best": 1.0,
        "high": 1.0,
        "groups": [list(ids["articles"])],
        "partial": None,
        "not_assessable": None,
    }
    assert claim["flags"] == []
    assert "facts" not in claim


def test_a_claim_and_its_origins_have_etags(client: Client, cloud: Cloud, tenant: str) -> None:
    claim = f"/v1/claims/{store_story(cloud, tenant)['claim']}"

    for path in (claim, f"{claim}/origins"):
        tag = client.get(path).header("ETag")
        assert tag
        assert client.get(path, If_None_Match=tag).status == 304


def test_the_origins_are_shown_with_their_graph(client: Client, cloud: Cloud, tenant: str) -> None:
    ids = store_story(cloud, tenant)

    answered = client.get(f"/v1/claims/{ids['claim']}/origins").json()

    assert set(answered) == {"claim_id", "articles", "origins"}
    assert {"nodes", "edges", "groups"} <= set(answered["origins"])


def test_claims_are_listed(client: Client, cloud: Cloud, tenant: str) -> None:
    known = {store_story(cloud, tenant)["claim"] for _ in range(3)}

    first = client.get("/v1/claims?limit=2").json()
    rest = client.get(f"/v1/claims?limit=2&cursor={first['next']}").json()

    assert {item["claim_id"] for item in first["items"] + rest["items"]} == known
    assert rest["next"] is None


class TestComparing:
    @pytest.mark.parametrize("count", [0, 1, 21])
    def test_2_to_20_articles_are_compared(self, client: Client, count: int) -> None:
        answered = client.post("/v1/comparisons", {"articles": [f"art_{number}" for number in range(count)]})

        assert (answered.status, code_of(answered)) == (422, "unprocessable")

    def test_one_article_twice_is_one(self, client: Client) -> None:
        article = client.submit("The dam is unsafe.")

        answered = client.post("/v1/comparisons", {"articles": [article, article]})

        assert (answered.status, code_of(answered)) == (422, "unprocessable")

    def test_articles_that_share_no_claim_are_not_decided(self, client: Client) -> None:
        articles = [client.submit("The dam is unsafe."), client.submit("A ship has sailed from Orl.")]

        answered = client.post("/v1/comparisons", {"articles": articles})

        assert answered.status == 200
        assert answered.json()["independent"] is None
        assert [article["id"] for article in answered.json()["articles"]] == articles

    @pytest.mark.parametrize("ids", [["art_1", "art_2"], ["#", "TENANT#b"], ["\x00", "🦆"], ["../x", "%2e"]])
    def test_what_is_no_article_is_not_found(self, client: Client, ids: list[str]) -> None:
        answered = client.post("/v1/comparisons", {"articles": ids})

        assert (answered.status, code_of(answered)) == (404, "not-found")

    def test_an_idempotency_key_with_another_body_is_refused(self, client: Client) -> None:
        articles = [client.submit("The dam is unsafe."), client.submit("A ship has sailed from Orl.")]

        first = client.post("/v1/comparisons", {"articles": articles}, Idempotency_Key='"c"')
        again = client.post("/v1/comparisons", {"articles": articles}, Idempotency_Key='"c"')
        other = client.post("/v1/comparisons", {"articles": articles[::-1]}, Idempotency_Key='"c"')

        assert (first.status, again.status, other.status) == (200, 200, 422)
        assert again.body == first.body
