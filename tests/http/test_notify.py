"""The function that the table's stream wakes: counts what a writer left uncounted, each claim once a batch."""

from typing import Any

import pytest

from secondsource.errors import Unavailable
from secondsource.local.cloud import Cloud
from secondsource.local.functions import handler_of
from secondsource.local.gateway import LambdaContext
from secondsource.services.merging import merge
from tests.contract.samples import occurrence, signature
from tests.http.client import Client

ENOUGH = LambdaContext("notify", milliseconds=60_000)


def _record(place: int, tenant: str, claim_id: str) -> dict[str, Any]:
    image = {"type": {"S": "occurrence"}, "tenant": {"S": tenant}, "claim_id": {"S": claim_id}}
    return {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(place), "NewImage": image}}


def _run(*records: dict[str, Any], context: LambdaContext = ENOUGH) -> list[str]:
    """The function on one batch; answers the places that it handed back."""
    answered = handler_of("notify")({"Records": list(records)}, context)
    assert set(answered) == {"batchItemFailures"}
    return [item["itemIdentifier"] for item in answered["batchItemFailures"]]


def test_an_occurrence_that_nobody_counted_is_counted(cloud: Cloud, client: Client, tenant: str) -> None:
    cloud.wiring.store.put_occurrence(tenant, occurrence())

    cloud.drain()

    claim = client.get("/v1/claims/clm_1").json()
    assert claim["articles"] == ["art_1"]
    assert claim["origins"]["best"] == 1


def test_an_occurrence_that_was_deleted_and_not_counted_is_counted(cloud: Cloud, client: Client, tenant: str) -> None:
    cloud.wiring.store.put_occurrence(tenant, occurrence(1, 1))
    cloud.wiring.store.put_occurrence(tenant, occurrence(1, 2))
    cloud.drain()
    cloud.wiring.store.delete_occurrences(tenant, "art_2")
    cloud.drain()
    assert client.get("/v1/claims/clm_1").json()["articles"] == ["art_1"]

    cloud.wiring.store.delete_occurrences(tenant, "art_1")
    cloud.drain()

    assert client.get("/v1/claims/clm_1").status == 404


def test_a_merge_that_stopped_once_it_was_marked_is_finished(cloud: Cloud, client: Client, tenant: str) -> None:
    store = cloud.wiring.store
    store.put_occurrence(tenant, occurrence(1, 1))
    store.put_occurrence(tenant, occurrence(2, 2))
    cloud.drain()
    merge(store, cloud.wiring.clock, tenant, "clm_1", "clm_2")

    cloud.drain()

    (pointing,) = (r for r in store.get_claims(tenant, ["clm_1", "clm_2"]).values() if r.merged_into)
    assert store.occurrences(tenant, pointing.claim_id) == ()
    assert client.get(f"/v1/claims/{pointing.claim_id}").json()["articles"] == ["art_1", "art_2"]


def test_a_claim_is_counted_once_a_batch(cloud: Cloud, tenant: str) -> None:
    store = cloud.wiring.store
    store.put_occurrence(tenant, occurrence())
    assert _run(_record(1, tenant, "clm_1"), _record(2, tenant, "clm_1"), _record(3, tenant, "clm_1")) == []
    before = store.get_claims(tenant, ["clm_1"])["clm_1"].version

    assert _run(*[_record(place, tenant, "clm_1") for place in range(9)]) == []

    assert store.get_claims(tenant, ["clm_1"])["clm_1"].version == before + 1


def test_what_fails_is_handed_back_and_the_rest_is_done(
    cloud: Cloud, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cloud.wiring.store
    for claim in (1, 2, 3):
        store.put_occurrence(tenant, occurrence(claim))
    read = store.occurrences

    def occurrences(tenant: str, claim_id: str) -> Any:
        if claim_id == "clm_2":
            raise Unavailable
        return read(tenant, claim_id)

    monkeypatch.setattr(store, "occurrences", occurrences)

    records = [_record(8, tenant, "clm_1"), _record(9, tenant, "clm_2"), _record(10, tenant, "clm_3")]
    assert _run(*records, _record(11, tenant, "clm_2")) == ["9"]

    assert sorted(store.get_claims(tenant, ["clm_1", "clm_2", "clm_3"])) == ["clm_1", "clm_3"]


def _refuse_signatures(store: Any, claim_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of this claim cannot be put."""
    put = store._table.put_newer

    def put_newer(item: Any) -> None:
        if claim_id in str(item["PK"]) + str(item["SK"]):
            raise Unavailable
        put(item)

    monkeypatch.setattr(store._table, "put_newer", put_newer)


def test_of_claims_whose_signature_cannot_be_put_the_places_are_handed_back_and_no_others(
    cloud: Cloud, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cloud.wiring.store
    for claim in (1, 2, 3):
        store.put_occurrence(tenant, occurrence(claim, vector=signature(claim).vector))
    _refuse_signatures(store, "clm_2", monkeypatch)

    assert _run(*[_record(place, tenant, f"clm_{place}") for place in (1, 2, 3)]) == ["2"]

    assert sorted(store.signatures(tenant, ["clm_1", "clm_2", "clm_3"])) == ["clm_1", "clm_3"]


def test_a_merged_claim_is_handed_back_where_the_signature_of_what_it_became_cannot_be_put(
    cloud: Cloud, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = cloud.wiring.store
    for claim in (1, 2, 3):
        store.put_occurrence(tenant, occurrence(claim, claim, vector=signature(claim).vector))
    cloud.drain()
    merge(store, cloud.wiring.clock, tenant, "clm_1", "clm_2")
    (merged,) = (r for r in store.get_claims(tenant, ["clm_1", "clm_2"]).values() if r.merged_into)
    _refuse_signatures(store, str(merged.merged_into), monkeypatch)

    assert _run(_record(1, tenant, "clm_3"), _record(2, tenant, merged.claim_id)) == ["2"]


def test_what_names_no_claim_is_handed_back_and_ends_with_the_dead_letters(tenant: str) -> None:
    assert _run(_record(4, tenant, "clm_none"), _record(12, tenant, "#"), _record(5, "#", "clm_1")) == ["5", "12"]


def test_without_time_nothing_is_begun(cloud: Cloud, tenant: str) -> None:
    cloud.wiring.store.put_occurrence(tenant, occurrence())

    back = _run(_record(1, tenant, "clm_1"), context=LambdaContext("notify", milliseconds=1_000))

    assert back == ["1"]
    assert cloud.wiring.store.get_claims(tenant, ["clm_1"]) == {}
