"""GET /v1/claims?q=: has this been said, by whom, from how many origins?"""

from urllib.parse import quote

import pytest

from secondsource.corpus.index_keys import with_keys
from secondsource.local.cloud import Cloud
from secondsource.services.recount import recount
from secondsource.text.vectors import pack
from tests.contract.samples import occurrence
from tests.http.client import Client, code_of
from tests.unit.services.newsroom import embed, facts

SAID = "The dam at Varn is unsafe"


def _look_up(client: Client, sentence: str, more: str = "") -> dict:
    answered = client.get(f"/v1/claims?q={quote(sentence)}{more}")
    assert answered.status == 200, answered.body
    return answered.json()


@pytest.fixture
def said(cloud: Cloud, tenant: str) -> None:
    """Two articles that say it, and one that says the opposite under a record of its own."""
    store = cloud.wiring.store
    for claim, article, text in ((1, 1, SAID), (1, 2, SAID), (2, 3, "The dam at Varn is not unsafe")):
        made = occurrence(claim, article, text=text, facts=with_keys(facts(text)), publisher=f"The Courier {article}")
        store.put_occurrence(tenant, made.model_copy(update={"vector": pack(embed([text])[0])}))
        recount(store, cloud.wiring.clock, tenant, f"clm_{claim}")


@pytest.mark.usefixtures("said")
def test_what_was_said_is_answered_with_reports_and_origins_and_then_what_contradicts_it(client: Client) -> None:
    found = _look_up(client, "The dam at Varn is unsafe.")

    assert found["query"] == "The dam at Varn is unsafe."
    assert [(item["claim_id"], item["relation"]) for item in found["items"]] == [
        ("clm_1", "same"),
        ("clm_2", "contradicts"),
    ]
    same, against = found["items"]
    assert same["reports"] == 2
    assert same["outlets"] == ["The Courier 1", "The Courier 2"]
    assert {"low", "best", "high"} <= set(same["origins"])
    assert (same["score"], against["score"]) == (1.0, None)
    assert same["links"]["self"] == "/v1/claims/clm_1"
    assert client.get(same["links"]["origins"]).status == 200
    assert (found["reason"], found["cut"]) == (None, [])


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("copied", ["The dam at Varn\nis unsafe", "The dam at  Varn\r\n\tis\u00a0unsafe.\n"])
def test_a_sentence_that_was_copied_with_its_line_breaks_is_found(client: Client, copied: str) -> None:
    found = _look_up(client, copied)

    assert [item["claim_id"] for item in found["items"]] == ["clm_1", "clm_2"]
    assert found["query"].rstrip(".") == SAID


def test_versions_of_a_page_are_one_report(cloud: Cloud, client: Client, tenant: str) -> None:
    store = cloud.wiring.store
    for article in (1, 2):
        made = occurrence(1, article, text=SAID, facts=with_keys(facts(SAID)), publisher="The Courier")
        page = {"vector": pack(embed([SAID])[0]), "url": f"https://courier.test/dam?utm_source={article}"}
        store.put_occurrence(tenant, made.model_copy(update=page))
        recount(store, cloud.wiring.clock, tenant, "clm_1")

    (found,) = _look_up(client, SAID)["items"]
    assert (found["reports"], found["articles"]) == (1, ["art_2"])


@pytest.mark.usefixtures("said")
def test_no_more_are_answered_than_asked_for(client: Client) -> None:
    assert [item["claim_id"] for item in _look_up(client, SAID, "&limit=1")["items"]] == ["clm_1"]


@pytest.mark.usefixtures("said")
def test_another_tenants_claims_are_not_found(other: Client) -> None:
    assert _look_up(other, SAID)["items"] == []


def test_what_nobody_said_has_no_results_and_no_reason(client: Client) -> None:
    found = _look_up(client, "The mill at Orl has burnt down")

    assert (found["items"], found["reason"]) == ([], None)
    assert found["statement"] == "The mill at Orl has burnt down"


def test_what_states_nothing_has_no_results_and_says_why(client: Client) -> None:
    found = _look_up(client, "Is the dam at Varn unsafe?")

    assert (found["items"], found["statement"]) == ([], None)
    assert found["reason"].startswith("no-claims: ")


@pytest.mark.parametrize("sentence", ["", "%20", "%09%0a", "x" * 1001])
def test_no_sentence_or_too_long_a_one_is_refused(client: Client, sentence: str) -> None:
    answered = client.get(f"/v1/claims?q={sentence}")

    assert (answered.status, code_of(answered)) == (400, "malformed-request")
    assert [error["field"] for error in answered.json()["errors"]] == ["q"]


def test_a_sentence_of_the_greatest_length_is_taken(client: Client) -> None:
    assert _look_up(client, "x" * 1000)["items"] == []


def test_a_look_up_has_one_page(client: Client) -> None:
    answered = client.get("/v1/claims?q=The%20dam&cursor=abc")

    assert (answered.status, code_of(answered)) == (400, "malformed-request")


@pytest.mark.parametrize("sentence", ["\x00", "🦆" * 500, "\ufeff\u202e", "'; DROP", "T#other#CLAIM", "%ED%A0%80", "#"])
def test_odd_characters_are_looked_up_like_any_other(client: Client, sentence: str) -> None:
    assert _look_up(client, sentence)["items"] == []
