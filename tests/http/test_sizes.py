"""The largest that may be sent: what DynamoDB and SQS hold in one piece is no affair of a client."""

import pytest

from secondsource.local.cloud import Cloud
from secondsource.text.limits import MAX_TEXT_CHARS
from tests.contract.samples import incompressible
from tests.http.client import Client, code_of

LARGEST = incompressible(MAX_TEXT_CHARS)
"""Some 650 kB, however it is compressed: a head and two pieces more."""


@pytest.mark.parametrize("later", [False, True])
def test_the_largest_text_is_stored_listed_answered_and_deleted(cloud: Cloud, client: Client, later: bool) -> None:
    title = incompressible(1_000, seed=2)
    answered = client.post(
        "/v1/articles", {"text": LARGEST, "title": title}, Prefer="respond-async" if later else "", Idempotency_Key="k"
    )
    assert answered.status == (202 if later else 201), answered.body[:300]
    cloud.drain()

    (listed,) = client.get("/v1/articles").json()["items"]
    stored = client.get(f"/v1/articles/{listed['id']}").json()
    assert len(stored["text"]) > MAX_TEXT_CHARS * 0.9
    assert client.delete(f"/v1/articles/{listed['id']}").status == 204
    assert client.get("/v1/articles").json()["items"] == []


def test_one_character_more_is_too_large(client: Client) -> None:
    answered = client.post("/v1/articles", {"text": LARGEST + "x"})

    assert (answered.status, code_of(answered)) == (413, "too-large")
