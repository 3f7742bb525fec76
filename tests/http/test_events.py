"""GET /v1/events: what has become of claims, for whoever asks again and again."""

from datetime import timedelta

import pytest

from secondsource.local.cloud import Cloud
from secondsource.services import follow
from secondsource.services.recount import recount
from tests.contract.samples import occurrence
from tests.http.client import Client, code_of
from tests.unit.corpus.reports import CLAIM, person, report

STRAND, MARSH, LUND = person("Owen Strand"), person("Dela Marsh"), person("Iva Lund")


def _count(cloud: Cloud, tenant: str, *occurrences: object) -> None:
    for found in occurrences:
        cloud.wiring.store.put_occurrence(tenant, found)
    recount(cloud.wiring.store, cloud.wiring.clock, tenant, CLAIM)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "SETTLED", timedelta(0))


def test_flags_that_changed_are_told_with_before_and_after(cloud: Cloud, client: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND))
    assert client.get("/v1/events").json() == {"items": [], "next": None}
    _count(cloud, tenant, report("Record", MARSH))

    (event,) = client.get("/v1/events").json()["items"]

    assert event["type"] == "claim.flags.changed"
    assert event["claim_id"] == CLAIM
    assert set(event["articles"]) == {"art_courier", "art_record"}
    assert [flag["code"] for flag in event["before"]] == ["single_source"]
    assert event["before"][0]["sources"] == ["Owen Strand"]
    assert event["after"] == []
    assert "evidence" not in event["before"][0]


@pytest.mark.usefixtures("settled")
def test_who_goes_on_with_next_reads_each_event_once(cloud: Cloud, client: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND))
    _count(cloud, tenant, report("Record", MARSH))
    first = client.get("/v1/events").json()
    assert client.get(f"/v1/events?after={first['next']}").json() == {"items": [], "next": first["next"]}

    _count(cloud, tenant, report("Tribune", denied_by=[LUND], reporting=False))
    rest = client.get(f"/v1/events?after={first['next']}&limit=1").json()

    assert [len(first["items"]), len(rest["items"])] == [1, 1]
    assert [flag["code"] for flag in rest["items"][0]["after"]] == ["disputed"]


@pytest.mark.usefixtures("settled")
def test_next_may_be_given_back_as_cursor_like_that_of_any_list(cloud: Cloud, client: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND))
    _count(cloud, tenant, report("Record", MARSH))
    first = client.get("/v1/events").json()

    assert client.get(f"/v1/events?cursor={first['next']}").json() == {"items": [], "next": first["next"]}
    both = client.get(f"/v1/events?cursor={first['next']}&after={first['next']}")
    assert (both.status, code_of(both)) == (400, "malformed-request")


def test_the_newest_come_again_until_nothing_can_come_before_them(cloud: Cloud, client: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND))
    _count(cloud, tenant, report("Record", MARSH))

    first = client.get("/v1/events").json()

    assert (len(first["items"]), first["next"]) == (1, None)
    assert client.get("/v1/events").json() == first


@pytest.mark.usefixtures("settled")
def test_an_article_that_is_deleted_changes_flags_too(cloud: Cloud, client: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND), report("Record", MARSH))
    cloud.wiring.store.delete_occurrences(tenant, "art_record")
    cloud.drain()

    (event,) = client.get("/v1/events").json()["items"]

    assert [flag["code"] for flag in event["after"]] == ["single_source"]
    assert event["articles"] == ["art_courier"]


def test_another_tenants_events_are_not_read(cloud: Cloud, client: Client, other: Client, tenant: str) -> None:
    _count(cloud, tenant, report("Courier", STRAND))
    _count(cloud, tenant, report("Record", MARSH))

    assert other.get("/v1/events").json() == {"items": [], "next": None}


@pytest.mark.parametrize("cursor", ["x", "evt_1", "%23", "a" * 2000])
def test_a_cursor_that_was_never_given_is_refused(client: Client, cursor: str) -> None:
    answered = client.get(f"/v1/events?after={cursor}")

    assert (answered.status, code_of(answered)) == (400, "invalid-cursor")


def test_a_count_is_no_event_where_nothing_changed(cloud: Cloud, client: Client, tenant: str) -> None:
    for _ in range(2):
        cloud.wiring.store.put_occurrence(tenant, occurrence())
        recount(cloud.wiring.store, cloud.wiring.clock, tenant, "clm_1")

    assert client.get("/v1/events").json()["items"] == []
