"""The register over HTTP."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.local.cloud import Cloud
from secondsource.local.functions import handler_of
from secondsource.local.gateway import Gateway, HttpResponse, LambdaContext
from secondsource.model import Scope
from secondsource.services import keys
from tests.contract import unruly
from tests.contract.samples import START, occurrence, stated
from tests.http.client import Client, code_of

RELATION = {"type": "rival_of", "object": "Varn League", "source_url": "https://a.example/1", "date": "2026-05-04"}
FRONT = {"name": "Northern Front", "kind": "armed_group", "aliases": ["N.F."], "relations": [RELATION]}
ROOT = Path(__file__).parents[2]
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, cloud: Cloud) -> None:
    """The day after which no date may lie."""
    monkeypatch.setattr(cloud.wiring.register, "_clock", _Clock())


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 6, 1, tzinfo=UTC)


def put(client: Client, actor_id: str, body: Any = FRONT, **headers: str) -> HttpResponse:
    shown = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.send("PUT", f"/v1/actors/{actor_id}", json_body=body, headers=shown)


def lines(*actors: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(actor).encode() for actor in actors)


def test_an_actor_is_put_read_replaced_and_deleted(client: Client) -> None:
    made = put(client, "front")
    assert (made.status, made.header("Location")) == (201, "/v1/actors/front")
    actor = made.json()
    assert actor["relations"][0]["entered_by"]
    assert (actor["id"], actor["version"], actor["links"]) == ("front", 1, {"self": "/v1/actors/front"})

    read = client.get("/v1/actors/front")
    assert (read.status, read.json(), read.header("ETag")) == (200, actor, made.header("ETag"))
    assert client.get("/v1/actors/front", If_None_Match=str(read.header("ETag"))).status == 304

    again = put(client, "front")
    assert (again.status, again.json(), again.header("ETag")) == (200, actor, made.header("ETag"))
    other = put(client, "front", {**FRONT, "aliases": []})
    assert (other.status, other.json()["version"], other.json()["aliases"]) == (200, 2, [])
    assert other.header("ETag") != made.header("ETag")

    assert client.delete("/v1/actors/front").status == 204
    assert code_of(client.delete("/v1/actors/front")) == code_of(client.get("/v1/actors/front")) == "not-found"


def test_who_enters_a_relation_is_told_by_the_label_of_the_key(gateway: Gateway, cloud: Cloud, tenant: str) -> None:
    key = keys.create(cloud.wiring.store, cloud.wiring.clock, tenant, [Scope.WRITE], "Night desk, Ümit")
    assert put(Client(gateway, key), "front").json()["relations"][0]["entered_by"] == "Night desk, Ümit"
    without = keys.create(cloud.wiring.store, cloud.wiring.clock, tenant, [Scope.WRITE])
    assert put(Client(gateway, without), "other").json()["relations"][0]["entered_by"] == tenant


def test_who_read_an_old_state_does_not_overwrite_a_new_one(client: Client) -> None:
    old = str(put(client, "front").header("ETag"))
    put(client, "front", {**FRONT, "aliases": []})
    for answered in (
        put(client, "front", {**FRONT, "name": "Mine"}, If_Match=old),
        put(client, "front", FRONT, If_None_Match="*"),
        put(client, "new", FRONT, If_Match="*"),
        client.send("DELETE", "/v1/actors/front", headers={"If-Match": old}),
    ):
        assert (answered.status, code_of(answered)) == (412, "precondition-failed")
    new = str(client.get("/v1/actors/front").header("ETag"))
    assert put(client, "front", {**FRONT, "name": "Mine"}, If_Match=f'"x", {new}').status == 200
    assert put(client, "new", FRONT, If_None_Match="*").status == 201
    assert client.send("DELETE", "/v1/actors/new", headers={"If-Match": "*"}).status == 204
    assert code_of(put(client, "front", FRONT, If_Match="no tag")) == "malformed-request"


def test_actors_are_listed_in_pages_and_found_by_name_and_alias(client: Client) -> None:
    for number in range(5):
        put(client, f"a{number}", {**FRONT, "name": f"Name {number}"})
    found: list[str] = []
    target: str | None = "/v1/actors?limit=2"
    while target:
        page = client.get(target).json()
        found += [item["id"] for item in page["items"]]
        target = f"/v1/actors?limit=2&cursor={page['next']}" if page["next"] else None
    assert sorted(found) == [f"a{number}" for number in range(5)]
    for name in ("the%20name%203", "NAME+3"):
        answered = client.get(f"/v1/actors?name={name}").json()
        assert ([item["id"] for item in answered["items"]], answered["next"]) == (["a3"], None)
    assert len(client.get("/v1/actors?name=N.F.").json()["items"]) == 5
    assert client.get("/v1/actors?name=Name").json()["items"] == []
    assert client.get("/v1/actors?name=Varn%20League").json()["items"] == []
    for bad in ("name=", "name=+", "name=x&cursor=abc", "cursor=abc", "limit=0"):
        assert client.get(f"/v1/actors?{bad}").status == 400


def test_a_page_is_no_longer_than_the_description_says(client: Client) -> None:
    many = lines(*({"id": f"a{number}", "name": f"Name {number}", "kind": "other"} for number in range(60)))
    assert client.send("POST", "/v1/actors/import", body=many, headers=LINES).json()["created"] == 60

    page = client.get("/v1/actors?limit=100").json()

    assert (len(page["items"]), page["next"] is None) == (50, False)
    parameters = client.get("/v1/openapi.json").json()["paths"]["/v1/actors"]["get"]["parameters"]
    (described,) = (p["description"] for p in parameters if p["name"] == "limit")
    assert described.endswith("never over 50.")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**FRONT, "name": ""}, "/name"),
        ({**FRONT, "name": "a\u202eb"}, "/name"),
        ({**FRONT, "kind": "nation"}, "/kind"),
        ({**FRONT, "aliases": [f"Alias {n}" for n in range(21)]}, "/aliases"),
        ({**FRONT, "relations": [RELATION] * 41}, "/relations"),
        ({**FRONT, "relations": [{**RELATION, "source_url": "javascript:alert(1)"}]}, "/relations/0/source_url"),
        ({**FRONT, "relations": [{**RELATION, "source_url": "https://u:p@a.example"}]}, "/relations/0/source_url"),
        ({**FRONT, "relations": [{**RELATION, "date": "2026-13-01"}]}, "/relations/0/date"),
        ({**FRONT, "id": 5}, "/id"),
        ({**FRONT, "tenant": "there"}, "/tenant"),
    ],
)
def test_a_body_of_another_form_is_refused_with_the_field(client: Client, body: dict[str, Any], field: str) -> None:
    answered = put(client, "front", body)
    assert (answered.status, code_of(answered)) == (422, "unprocessable")
    assert [error["field"] for error in answered.json()["errors"]] == [field]
    assert client.get("/v1/actors/front").status == 404


def test_a_relation_may_be_of_tomorrow_and_the_description_says_so(client: Client) -> None:
    for day, status in (("2026-06-02", 201), ("2026-06-03", 422)):
        assert put(client, f"a{day}", {**FRONT, "relations": [{**RELATION, "date": day}]}).status == status

    schemas = client.get("/v1/openapi.json").json()["components"]["schemas"]
    assert "no later than tomorrow" in schemas["RelationIn"]["properties"]["date"]["description"]


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({**FRONT, "name": "Russians"}, "what people are"),
        ({**FRONT, "aliases": ["Muslims"]}, "what people are"),
        ({**FRONT, "name": "young people"}, "what people are"),
        ({**FRONT, "name": "..."}, "letter or digit"),
        ({**FRONT, "relations": [{**RELATION, "date": "2026-06-03"}]}, "future"),
    ],
)
def test_what_the_register_does_not_take_is_refused_with_the_reason(
    client: Client, body: dict[str, Any], detail: str
) -> None:
    answered = put(client, "front", body)
    assert (answered.status, code_of(answered)) == (422, "unprocessable")
    assert detail in answered.json()["detail"]


def test_an_actor_may_be_put_as_it_was_exported_and_under_no_other_id(client: Client) -> None:
    put(client, "front")
    exported = json.loads(client.get("/v1/actors/export").body)
    assert exported["id"] == "front"

    assert put(client, "front", {**exported, "aliases": []}).json()["version"] == 2
    refused = put(client, "other", exported)
    assert (refused.status, code_of(refused)) == (422, "unprocessable")
    assert "id" in refused.json()["detail"]
    assert client.get("/v1/actors/other").status == 404


def test_a_state_is_no_nationality(client: Client) -> None:
    assert put(client, "russia", {"name": "Russia", "kind": "government"}).status == 201


@pytest.mark.parametrize("actor_id", ["A", "a_b", "-a", "x" * 65, "a%23b", "%2e%2e", "a%00", "%F0%9F%98%80"])
def test_an_id_that_cannot_be_one_is_refused_and_names_nothing(client: Client, actor_id: str) -> None:
    assert put(client, actor_id).status == 422
    assert client.get(f"/v1/actors/{actor_id}").status == 404
    assert client.delete(f"/v1/actors/{actor_id}").status == 404


def test_another_tenants_actor_is_like_none(client: Client, other: Client) -> None:
    put(client, "front")
    missing, theirs = other.get("/v1/actors/nobody"), other.get("/v1/actors/front")
    assert missing.status == theirs.status == 404
    assert missing.body.replace(b"nobody", b"front") == theirs.body
    assert other.delete("/v1/actors/front").status == 404
    assert other.get("/v1/actors").json()["items"] == other.get("/v1/actors?name=N.F.").json()["items"] == []
    assert other.get("/v1/actors/export").body == b""
    assert client.get("/v1/actors/front").status == 200


def test_to_read_takes_the_scope_to_read_and_to_change_that_to_write(
    gateway: Gateway, make_key: Callable[..., str], tenant: str
) -> None:
    reader, writer = Client(gateway, make_key(tenant, Scope.READ)), Client(gateway, make_key(tenant, Scope.WRITE))
    assert put(writer, "front").status == 201
    for answered in (
        put(reader, "front"),
        reader.delete("/v1/actors/front"),
        reader.send("POST", "/v1/actors/import", body=b"", headers=LINES),
        writer.get("/v1/actors/front"),
        writer.get("/v1/actors"),
        writer.get("/v1/actors/export"),
    ):
        assert (answered.status, code_of(answered)) == (403, "forbidden")
    assert Client(gateway).get("/v1/actors").status == 401


def test_import_and_export_are_no_actors(client: Client) -> None:
    for method, path in (("PUT", "import"), ("DELETE", "import"), ("PUT", "export"), ("POST", "export")):
        answered = client.send(method, f"/v1/actors/{path}", json_body=FRONT)
        assert (answered.status, code_of(answered)) == (405, "method-not-allowed")
    assert answered.header("Allow") == "GET, OPTIONS"


# --- lines ---------------------------------------------------------------------------------


def send(client: Client, body: bytes, **headers: str) -> HttpResponse:
    return client.send("POST", "/v1/actors/import", body=body, headers={**LINES, **headers})


def test_lines_are_imported_bad_ones_reported_and_again_nothing_changes(client: Client) -> None:
    body = lines({"id": "front", **FRONT}, {"id": "x"}, {"id": "people", **FRONT, "name": "Russians"}) + b"\n\n{"
    first = send(client, body)
    assert first.status == 200
    counts = first.json()
    assert {name: counts[name] for name in ("created", "changed", "unchanged")} == {
        "created": 1,
        "changed": 0,
        "unchanged": 0,
    }
    assert [failed["line"] for failed in counts["failed"]] == [2, 3, 5]
    assert "what people are" in counts["failed"][1]["reason"]
    again = send(client, body).json()
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 1)
    assert client.get("/v1/actors/people").status == 404


def test_what_is_exported_can_be_imported_elsewhere(client: Client, other: Client) -> None:
    for start in (0, 55):
        actors = ({"id": f"a{n}", **FRONT, "name": f"Ñame {n} \N{GRINNING FACE}"} for n in range(start, start + 55))
        assert send(client, lines(*actors)).json()["created"] == 55
    exported, target = b"", "/v1/actors/export"
    pages = 0
    while target:
        answered = client.get(target)
        assert (answered.status, answered.header("Content-Type")) == (200, "application/x-ndjson")
        exported, pages = exported + answered.body, pages + 1
        link = answered.header("Link")
        target = link.partition(">")[0].lstrip("<") if link else ""
    assert (pages, exported.count(b"\n")) == (3, 110)
    assert send(other, exported).json()["created"] == 110
    assert send(client, exported).json()["unchanged"] == 110
    assert other.get("/v1/actors/a7").json()["name"] == "Ñame 7 \N{GRINNING FACE}"


def test_the_commands_of_the_documentation_answer_what_it_says(client: Client) -> None:
    """docs/register.md puts one actor, and imports the register of the examples then, twice."""
    text = (ROOT / "docs" / "register.md").read_text(encoding="utf-8")
    body = re.search(r"-d '(\{.*?\})'\n", text, re.DOTALL)
    answered = re.search(r'`(\{"created":.*?\})`, and the second time `"unchanged":(\d+)`', text)
    assert body and answered
    register = (ROOT / "examples" / "register.jsonl").read_bytes()

    assert put(client, "jorrel-front", json.loads(body[1]), If_None_Match="*").status == 201
    first, second = (client.send("POST", "/v1/actors/import", body=register, headers=LINES).json() for _ in range(2))

    assert first == json.loads(answered[1])
    assert second["unchanged"] == int(answered[2])


def test_too_many_lines_and_another_type_are_refused(client: Client) -> None:
    many = lines(*({"id": f"a{number}", **FRONT} for number in range(201)))
    assert code_of(send(client, many)) == "too-large"
    assert client.get("/v1/actors").json()["items"] == []
    for answered in (
        send(client, lines({"id": "a", **FRONT}), **{"Content-Type": "application/json"}),
        send(client, b"x", **{"Content-Encoding": "gzip"}),
        client.send("PUT", "/v1/actors/a", body=b"{}", headers=LINES),
    ):
        assert (answered.status, code_of(answered)) == (415, "unsupported-media-type")
    assert code_of(send(client, b"")) == "malformed-request"
    assert code_of(send(client, b"\xff\xfe")) == "malformed-json"
    assert send(client, b"\n \n").json() == {"created": 0, "changed": 0, "unchanged": 0, "failed": []}


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
_BODIES = st.dictionaries(st.sampled_from(["name", "kind", "aliases", "relations", "x"]), _ANY).map(
    lambda found: {**FRONT, **found}
)


@given(_ANY | _BODIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_whatever_is_put_is_taken_or_refused(client: Client, body: Any) -> None:
    answered = client.send("PUT", "/v1/actors/any", body=json.dumps(body).encode())
    assert answered.status in (200, 201, 400, 422)


@given(st.lists(st.binary() | _BODIES.map(lambda found: lines({"id": "any", **found})), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_whatever_is_imported_is_taken_or_refused(client: Client, found: list[bytes]) -> None:
    answered = send(client, b"\n".join(found))
    assert answered.status in (200, 400)


# --- what follows --------------------------------------------------------------------------


def store_mentions(cloud: Cloud, tenant: str, articles: int) -> None:
    """Articles that each carry a claim of their own and name the League, and one that does not."""
    store = cloud.wiring.store
    for number in range(articles + 1):
        store.put_occurrence(tenant, occurrence(number, number))
        if number:
            store.put_mentions(tenant, f"art_{number}", START + timedelta(seconds=number), {"varn league": ()})
    cloud.drain()


def versions(cloud: Cloud, tenant: str) -> dict[str, int]:
    return {record.claim_id: record.version for record in cloud.wiring.store.list_claims(tenant, 200).items}


def test_a_change_counts_the_claims_of_all_articles_that_name_somebody_of_it(
    client: Client, cloud: Cloud, tenant: str
) -> None:
    store_mentions(cloud, tenant, 60)
    for act in (
        lambda: put(client, "front"),
        lambda: put(client, "front", {**FRONT, "relations": []}),
        lambda: put(client, "league", {"name": "The Varn League", "kind": "other"}),
        lambda: client.delete("/v1/actors/league"),
    ):
        before = versions(cloud, tenant)
        act()
        cloud.drain()
        after = versions(cloud, tenant)
        assert {claim for claim in after if after[claim] > before[claim]} == set(after) - {"clm_0"}


def test_a_change_that_concerns_no_article_sends_nothing(client: Client, cloud: Cloud, tenant: str) -> None:
    store_mentions(cloud, tenant, 1)
    put(client, "other", {"name": "Varn", "kind": "other"})
    assert cloud.drain() == 0


def test_when_an_article_is_deleted_those_of_whom_it_said_something_are_counted(cloud: Cloud, tenant: str) -> None:
    store_mentions(cloud, tenant, 3)
    store = cloud.wiring.store
    store.put_mentions(tenant, "art_9", START, {"varn league": [stated("Varn League")], "oss": ()})
    cloud.drain()
    before = versions(cloud, tenant)
    store.delete_mentions(tenant, "art_9")
    cloud.drain()
    after = versions(cloud, tenant)
    assert {claim for claim in after if after[claim] > before[claim]} == {"clm_1", "clm_2", "clm_3"}


def test_what_waits_in_a_queue_holds_no_name(client: Client, cloud: Cloud, tenant: str) -> None:
    store_mentions(cloud, tenant, 30)
    cloud.wiring.store.put_mentions(tenant, "art_99", START, {"varn league": [stated("Varn League")]})
    cloud.drain()
    sent: list[str] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        sent.append(params.get("MessageBody", ""))

    with unruly.hooked(cloud.sqs, "before-parameter-build", note):
        cloud.wiring.store.delete_mentions(tenant, "art_99")
        put(client, "front")
        cloud.drain()

    bodies = [json.loads(body) for body in sent if tenant in body]
    assert {body["cursor"] is None for body in bodies} == {True, False}
    assert not [body for body in sent if "varn" in body.lower() or "league" in body.lower()]


def test_a_page_whose_work_fails_comes_again(
    client: Client, cloud: Cloud, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_mentions(cloud, tenant, 2)
    before = versions(cloud, tenant)
    read, failures = cloud.wiring.store.articles_named, iter([False, True, True, False])

    def articles(*args: Any, **named: Any) -> Any:
        if next(failures, False):
            raise RuntimeError
        return read(*args, **named)

    monkeypatch.setattr(cloud.wiring.store, "articles_named", articles)
    put(client, "league", {"name": "Varn League", "kind": "other"})
    cloud.drain()
    cloud.drain()
    after = versions(cloud, tenant)
    assert all(after[claim] > before[claim] for claim in ("clm_1", "clm_2"))


def test_where_nothing_can_be_sent_the_stream_sends_again(
    client: Client, cloud: Cloud, tenant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_mentions(cloud, tenant, 1)
    image = {"type": {"S": "actor"}, "tenant": {"S": tenant}, "names": {"S": '["varn league", "nobody"]'}}
    event = {"Records": [{"dynamodb": {"SequenceNumber": "7", "NewImage": image}}]}

    def refuse(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(cloud.wiring, "queue", type("Queue", (), {"send_name": refuse})())
    answered = handler_of("notify")(event, LambdaContext("notify", milliseconds=60_000))
    assert answered == {"batchItemFailures": [{"itemIdentifier": "7"}]}
