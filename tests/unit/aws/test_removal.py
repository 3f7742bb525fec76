"""A tenant is deleted with all that it has, and the whole table is the witness."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from secondsource.aws import clients
from secondsource.aws.removal import Removed, count_tenant, remove_tenant
from secondsource.aws.requests import RequestRecords
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.errors import NotFound, UnprocessableInput
from secondsource.model import Limits, Scope
from secondsource.services import keys
from secondsource.web.idempotency import Once
from tests.contract import strict, unruly
from tests.contract.mocked import mocked
from tests.contract.samples import (
    NOT_IDS,
    START,
    SetClock,
    actor,
    annotated,
    api_key,
    big_article,
    delivery,
    event,
    job,
    keyed_occurrence,
    publication,
    record,
    signature,
    stated,
    webhook,
)
from tests.unit.services.newsroom import STORY, Newsroom

TABLE = "articles"
# Tenants whose names begin alike: the one must not be taken for the other.
GONE, STAYS = "courier", ("courier-2", "courie", "tribune")


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with mocked():
        client = clients.dynamodb()
        create_table(client, TABLE)
        strict.install(client)
        yield client


@pytest.fixture
def store(dynamodb: Any) -> DynamoStore:
    return DynamoStore(dynamodb, TABLE, SetClock(), sleep=lambda _: None)


def fill(store: DynamoStore, dynamodb: Any, tenant: str) -> None:
    """At least one item of every kind there is."""
    store.add_article(tenant, big_article(1))
    store.put_occurrence(tenant, keyed_occurrence(1, 1, "a", "b"))
    store.add_claim(tenant, record())
    store.update_claim(tenant, record(version=1), event())
    store.put_signatures(tenant, {"clm_1": (1, signature())})
    store.put_actor(tenant, actor())
    store.put_mentions(tenant, "art_1", START, {"name 1": (stated("Name 1"),)})
    store.add_job(tenant, job())
    store.put_webhook(tenant, webhook())
    store.put_publication(tenant, publication(1, 2), annotated(2, replaces="art_1"))
    store.add_delivery(tenant, delivery())
    store.put_limits(tenant, Limits(calls_a_minute=5))
    store.count_up(tenant, "calls", "2026-03-01T12:00")
    store.put_key(api_key(1, key_id=f"key-{tenant}", tenant=tenant))
    context: Any = type("Context", (), {"get_remaining_time_in_millis": lambda self: 9_000})()
    Once(RequestRecords(dynamodb, TABLE))(tenant, "POST /v1/articles", "one", "body", context, dict)


def everything(dynamodb: Any) -> list[dict[str, Any]]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    return [item for page in pages for item in page["Items"]]


def test_nothing_of_the_tenant_is_left_and_nothing_of_others_is_touched(store: DynamoStore, dynamodb: Any) -> None:
    for tenant in STAYS:
        fill(store, dynamodb, tenant)
    others = everything(dynamodb)
    fill(store, dynamodb, GONE)
    its_own = len(everything(dynamodb)) - len(others)
    waited: list[float] = []

    removed = remove_tenant(dynamodb, TABLE, GONE, sleep=waited.append)

    assert its_own > 15
    assert removed == Removed(its_own, 0)
    key = lambda item: (item["PK"]["S"], item["SK"]["S"])  # noqa: E731
    assert sorted(everything(dynamodb), key=key) == sorted(others, key=key)
    assert waited == [90]


def test_every_kind_of_item_that_there_is_was_filled_in(store: DynamoStore, dynamodb: Any) -> None:
    """So that a kind which is added later is not forgotten here."""
    from secondsource.aws import keys as table_keys

    fill(store, dynamodb, GONE)
    documented = {line.split()[0].split("#")[2] for line in (table_keys.__doc__ or "").splitlines() if line[:2] == "T#"}

    assert {item["PK"]["S"].split("#")[2] for item in everything(dynamodb) if item["PK"]["S"][0] == "T"} == documented


def test_what_comes_in_meanwhile_is_deleted_too(store: DynamoStore, dynamodb: Any) -> None:
    fill(store, dynamodb, GONE)

    def somebody_writes(_: float) -> None:
        store.count_up(GONE, "calls", "late")

    removed = remove_tenant(dynamodb, TABLE, GONE, sleep=somebody_writes)

    assert removed.left == 0
    assert count_tenant(dynamodb, TABLE, GONE) == 0


@pytest.mark.parametrize("call", range(0, 60, 6))
def test_a_job_that_is_still_under_way_when_the_tenant_is_gone_brings_no_article_back(
    store: DynamoStore, dynamodb: Any, call: int
) -> None:
    room = Newsroom(store=store)
    queued = room.submit("\n".join(STORY[:2]), respond_async=True, tenant=GONE).job
    assert queued is not None

    def work() -> None:
        with suppress(NotFound):
            room.annotate.run_job(GONE, queued.id)

    with unruly.Stopped((dynamodb,), work, call):
        remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None)

    # Of what it had begun there may be counters, and events that claims are gone, which go by their time to live.
    left = {item["PK"]["S"].split("#")[2] for item in everything(dynamodb) if "gone" not in item}
    assert left <= {"COUNT", "EVENT", "EVENTS"}
    assert all("expires_at" in item for item in everything(dynamodb))
    assert remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None).left == 0


def test_a_second_time_there_is_nothing_to_delete(store: DynamoStore, dynamodb: Any) -> None:
    fill(store, dynamodb, GONE)
    remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None)

    assert remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None) == Removed(0, 0)


def test_what_is_left_is_said(store: DynamoStore, dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, dynamodb, GONE)
    monkeypatch.setattr("secondsource.aws.table.Table.write_many", lambda *_, **__: None)

    assert remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None).left == count_tenant(dynamodb, TABLE, GONE) > 0


@pytest.mark.parametrize("name", NOT_IDS)
def test_what_is_no_tenant_deletes_nothing(store: DynamoStore, dynamodb: Any, name: str) -> None:
    fill(store, dynamodb, GONE)
    before = len(everything(dynamodb))

    with pytest.raises(UnprocessableInput):
        remove_tenant(dynamodb, TABLE, name, sleep=lambda _: None)
    assert len(everything(dynamodb)) == before


def test_a_key_that_was_deleted_opens_nothing(store: DynamoStore, dynamodb: Any) -> None:
    key = keys.create(store, SetClock(), GONE, [Scope.READ])
    remove_tenant(dynamodb, TABLE, GONE, sleep=lambda _: None)

    assert store.get_key(keys.key_id_of(key)) is None
