"""Deleting an article: the whole table is read to see that nothing of it is left.

Events stay, which tell for 90 days that a claim's flags have changed; but they name neither the article nor its words.
"""

import zlib
from typing import Any

from secondsource.local.cloud import TABLE, Cloud
from tests.http.client import Client

TEXT = "The zyzzogeton at Varn is unsafe. Two officials said so."


def _items(cloud: Cloud, tenant: str) -> list[dict[str, Any]]:
    pages = cloud.wiring.dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    items = [item for page in pages for item in page["Items"]]
    return [item for item in items if item["PK"]["S"].startswith(f"T#{tenant}#")]


def _kind(item: dict[str, Any]) -> str:
    return str(item["PK"]["S"].split("#")[2])


def _beside_events(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if _kind(item) not in ("EVENT", "EVENTS") and not item["SK"]["S"].startswith("TOLD")]


def _readable(item: dict[str, Any]) -> str:
    """All that the item says, what is compressed in it unpacked."""
    said = []
    for value in item.values():
        content = value.get("B")
        if content is None:
            said.append(str(value))
            continue
        try:
            said.append(zlib.decompress(content).decode(errors="replace"))
        except zlib.error:
            said.append(repr(content))
    return " ".join(said)


def test_of_a_deleted_article_nothing_is_left(cloud: Cloud, client: Client, tenant: str) -> None:
    kept = client.submit("The dam at Varn is unsafe.")
    before = {(item["PK"]["S"], item["SK"]["S"]) for item in _beside_events(_items(cloud, tenant))}
    article_id = client.submit(TEXT, title="Zyzzogeton found")
    assert any("zyzzogeton" in _readable(item).lower() for item in _items(cloud, tenant)), "nothing can be read"

    assert client.delete(f"/v1/articles/{article_id}").status == 204

    after = _items(cloud, tenant)
    assert {(item["PK"]["S"], item["SK"]["S"]) for item in _beside_events(after)} == before
    assert not [item for item in after if "zyzzogeton" in _readable(item).lower()]
    assert not [item for item in after if article_id in _readable(item)]
    assert client.get(f"/v1/articles/{kept}").status == 200


def test_of_an_article_that_a_job_brought_only_its_id_is_left_with_the_job(
    cloud: Cloud, client: Client, tenant: str
) -> None:
    accepted = client.post("/v1/articles", {"text": TEXT}, Prefer="respond-async").json()["job"]
    cloud.drain()
    article_id = client.get(f"/v1/jobs/{accepted['id']}").json()["article_id"]

    client.delete(f"/v1/articles/{article_id}")

    left = _items(cloud, tenant)
    assert not [item for item in left if "zyzzogeton" in _readable(item).lower()]
    assert [_kind(item) for item in left if article_id in _readable(item)] == ["JOB"]


def test_an_idempotency_key_keeps_an_id_for_a_day_and_no_word(cloud: Cloud, client: Client, tenant: str) -> None:
    posted = client.post("/v1/articles", {"text": TEXT}, Idempotency_Key='"one"').json()

    client.delete(f"/v1/articles/{posted['id']}")

    left = _items(cloud, tenant)
    assert not [item for item in left if "zyzzogeton" in _readable(item).lower()]
    assert [_kind(item) for item in left if posted["id"] in _readable(item)] == ["REQUEST"]
