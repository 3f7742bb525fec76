"""Idempotency-Key: the same request twice does its work once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from secondsource.errors import Conflict, FetchFailed, KeyReused
from secondsource.local.cloud import TABLE, Cloud
from secondsource.local.gateway import HttpResponse, LambdaContext
from tests.contract import unruly
from tests.http.client import Client, code_of
from tests.http.fakes import Web

KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'
STORY = {"text": "The dam at Varn is unsafe."}
SLOW = "https://courier.test/slow"
CONTEXT = LambdaContext("annotate")
AT_ONCE = 50


def test_the_same_request_answers_the_same(client: Client) -> None:
    first = client.post("/v1/articles", STORY, Idempotency_Key=KEY)
    again = client.post("/v1/articles", STORY, Idempotency_Key=KEY)

    assert first.status == 201
    assert (again.status, again.body, again.header("Location")) == (201, first.body, first.header("Location"))


def test_the_same_asynchronous_request_makes_one_job(client: Client) -> None:
    first = client.post("/v1/articles", STORY, Idempotency_Key=KEY, Prefer="respond-async")
    again = client.post("/v1/articles", STORY, Idempotency_Key=KEY, Prefer="respond-async")

    assert (first.status, again.status) == (202, 202)
    assert first.json()["job"]["id"] == again.json()["job"]["id"]


def test_white_space_and_order_make_no_other_body(client: Client) -> None:
    first = client.send("POST", "/v1/articles", body=b'{"text":"A.","title":"B"}', headers={"Idempotency-Key": KEY})
    again = client.send(
        "POST", "/v1/articles", body=b'{ "title": "B", "text": "A." }', headers={"Idempotency-Key": KEY}
    )

    assert (first.status, again.status) == (201, 201)


@pytest.mark.parametrize(("body", "prefer"), [({"text": "Other."}, ""), (STORY, "respond-async")])
def test_the_key_with_another_request_is_refused(client: Client, body: dict[str, str], prefer: str) -> None:
    client.post("/v1/articles", STORY, Idempotency_Key=KEY)

    answered = client.post("/v1/articles", body, Idempotency_Key=KEY, Prefer=prefer)

    assert (answered.status, code_of(answered)) == (422, "idempotency-key-reused")
    assert "another body or another Prefer header" in answered.json()["detail"]


def test_while_the_first_request_runs_the_second_is_told_so(cloud: Cloud, client: Client, tenant: str) -> None:
    from secondsource.web.messages import SubmissionIn

    meanwhile: list[HttpResponse] = []
    body = f"False {SubmissionIn(**STORY).model_dump_json()}"

    def first() -> dict[str, Any]:
        meanwhile.append(client.post("/v1/articles", STORY, Idempotency_Key=KEY))
        return {"created": True, "article": "art_1", "job": None}

    cloud.wiring.once(tenant, "POST /v1/articles", KEY.strip('"'), body, CONTEXT, first)

    assert (meanwhile[0].status, code_of(meanwhile[0])) == (409, "conflict")


def test_a_request_that_failed_may_be_sent_again_with_the_same_key(client: Client) -> None:
    failed = client.post("/v1/articles", {"url": "http://127.0.0.1/"}, Idempotency_Key=KEY)
    again = client.post("/v1/articles", STORY, Idempotency_Key=KEY)

    assert (failed.status, again.status) == (422, 201)


def test_a_request_that_was_malformed_does_not_use_up_the_key(client: Client) -> None:
    assert client.post("/v1/articles", {"text": 5}, Idempotency_Key=KEY).status == 422
    assert client.post("/v1/articles", STORY, Idempotency_Key=KEY).status == 201


def test_a_replay_after_the_article_was_deleted_finds_nothing(client: Client) -> None:
    first = client.post("/v1/articles", STORY, Idempotency_Key=KEY)
    client.delete(first.header("Location") or "")

    again = client.post("/v1/articles", STORY, Idempotency_Key=KEY)

    assert (again.status, code_of(again)) == (404, "not-found")


@pytest.mark.parametrize(
    "key",
    [
        "",
        '""',
        '"',
        '"a',
        "a b",
        "a,b",
        '"ü"',
        "ü",
        '"\x01"',
        '"a\tb"',
        "a" * 256,
        '"' + "a" * 256 + '"',
        '"a";p=1',
        '"a\\b"',
    ],
)
def test_a_key_that_is_none_is_malformed(client: Client, key: str) -> None:
    answered = client.post("/v1/articles", STORY, Idempotency_Key=key)

    assert (answered.status, code_of(answered)) == (400, "malformed-request")


def test_two_keys_are_malformed(client: Client) -> None:
    two = [("Idempotency-Key", '"a"'), ("Idempotency-Key", '"b"')]

    answered = client.send("POST", "/v1/articles", json_body=STORY, headers=two)

    assert (answered.status, code_of(answered)) == (400, "malformed-request")


@pytest.mark.parametrize(
    "key", ["a" * 255, '"' + "a" * 255 + '"', '"a \\" \\\\ b"', "0190f3c6-7d5e-7b4a-9c2a-1f0e3d5b6a79"]
)
def test_a_key_of_up_to_255_characters_is_taken(client: Client, key: str) -> None:
    assert client.post("/v1/articles", STORY, Idempotency_Key=key).status == 201


def test_quoted_and_bare_are_one_key(client: Client) -> None:
    client.post("/v1/articles", STORY, Idempotency_Key='"one"')

    assert client.post("/v1/articles", {"text": "Other."}, Idempotency_Key="one").status == 422


def test_many_at_once_do_the_work_once(cloud: Cloud, client: Client, tenant: str) -> None:
    def submit(_: int) -> HttpResponse:
        return client.post("/v1/articles", STORY, Idempotency_Key=KEY, Prefer="respond-async")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(submit, range(AT_ONCE)))

    assert {answered.status for answered in answers} <= {202, 409}
    assert len({answered.json()["job"]["id"] for answered in answers if answered.status == 202}) == 1
    assert len(_jobs(cloud, tenant)) == 1


@pytest.mark.parametrize("body", [STORY, {"url": SLOW}])
def test_whoever_stopped_anywhere_and_sends_it_again_has_made_one_job(
    cloud: Cloud, client: Client, web: Web, tenant: str, body: dict[str, str]
) -> None:
    """A process that ends behind any write; when the time it had is up, the same request comes again."""
    web.failures[SLOW] = FetchFailed("timeout", "The site did not answer in time.", retryable=True)
    ways_out = (cloud.wiring.dynamodb, cloud.sqs)

    def send(key: str) -> HttpResponse:
        return client.post("/v1/articles", body, Idempotency_Key=key, Prefer="respond-async" if body is STORY else "")

    with unruly.Writes(ways_out) as writes:
        assert send("whole").status == 202
    assert writes.made == ["PutItem", "PutItem", "SendMessage", "UpdateItem"]
    for write in range(len(writes.made)):
        known = _jobs(cloud, tenant)
        with pytest.raises(unruly.Crash), unruly.Writes(ways_out, write):
            send(f"key-{write}")
        _end_leases(cloud, tenant)
        again = send(f"key-{write}")
        assert again.status == 202
        assert _jobs(cloud, tenant) - known == {again.json()["job"]["id"]}
    web.failures.clear()
    web.pages[SLOW] = "<p>The dam at Varn is unsafe.</p>"
    cloud.drain()
    assert {client.get(f"/v1/jobs/{job}").json()["status"] for job in _jobs(cloud, tenant)} == {"done"}


def test_a_queue_that_is_out_of_reach_is_503_and_the_same_request_again_makes_no_second_job(
    cloud: Cloud, client: Client, tenant: str
) -> None:
    with unruly.refusing(cloud.sqs, "ThrottlingException"):
        refused = client.post("/v1/articles", STORY, Idempotency_Key=KEY, Prefer="respond-async")
    again = client.post("/v1/articles", STORY, Idempotency_Key=KEY, Prefer="respond-async")

    assert (refused.status, code_of(refused), refused.header("Retry-After")) == (503, "unavailable", "2")
    assert again.status == 202
    assert _jobs(cloud, tenant) == {again.json()["job"]["id"]}


def _jobs(cloud: Cloud, tenant: str) -> set[str]:
    """The ids of all jobs of the tenant."""
    items = cloud.wiring.dynamodb.scan(TableName=TABLE)["Items"]
    return {item["job_id"]["S"] for item in items if "job_id" in item and item["tenant"]["S"] == tenant}


def _end_leases(cloud: Cloud, tenant: str) -> None:
    """As when the time is up that requests had."""
    for record in _requests(cloud, tenant):
        if record["status"]["S"] == "INPROGRESS":
            item = {**record, "in_progress_until": {"N": "1"}}
            cloud.wiring.dynamodb.put_item(TableName=TABLE, Item=item)


def _requests(cloud: Cloud, tenant: str) -> list[Any]:
    items = cloud.wiring.dynamodb.scan(TableName=TABLE)["Items"]
    return [item for item in items if item["PK"]["S"].startswith(f"T#{tenant}#REQUEST#")]


class TestRecords:
    """What is remembered, without HTTP."""

    def test_the_action_runs_once(self, cloud: Cloud, tenant: str) -> None:
        runs: list[int] = []

        def act() -> dict[str, Any]:
            runs.append(1)
            return {"run": len(runs)}

        answers = [cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, act) for _ in range(3)]

        assert answers == [{"run": 1}] * 3
        assert runs == [1]

    def test_the_key_counts_within_its_route(self, cloud: Cloud, tenant: str) -> None:
        one = cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, lambda: {"route": "x"})
        two = cloud.wiring.once(tenant, "POST /y", "k", "other", CONTEXT, lambda: {"route": "y"})

        assert (one, two) == ({"route": "x"}, {"route": "y"})

    def test_what_stopped_without_an_end_may_be_begun_anew_when_its_time_is_up(self, cloud: Cloud, tenant: str) -> None:
        class Killed(BaseException):
            """As when Lambda ends a process: nothing is cleaned up."""

        def die() -> dict[str, Any]:
            raise Killed

        with pytest.raises(Killed):
            cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, die)
        with pytest.raises(Conflict):
            cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, dict)

        over = LambdaContext("annotate", milliseconds=-1)
        with pytest.raises(Killed):
            cloud.wiring.once(tenant, "POST /x", "other", "body", over, die)

        assert cloud.wiring.once(tenant, "POST /x", "other", "body", CONTEXT, lambda: {"ran": True}) == {"ran": True}

    def test_a_record_past_its_time_counts_as_gone_though_it_is_still_there(self, cloud: Cloud, tenant: str) -> None:
        cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, lambda: {"run": 1})
        self._age(cloud, tenant)

        assert cloud.wiring.once(tenant, "POST /x", "k", "other", CONTEXT, lambda: {"run": 2}) == {"run": 2}

    def test_another_body_is_refused(self, cloud: Cloud, tenant: str) -> None:
        cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, dict)

        with pytest.raises(KeyReused):
            cloud.wiring.once(tenant, "POST /x", "k", "other", CONTEXT, dict)

    def test_neither_key_nor_body_is_stored(self, cloud: Cloud, tenant: str) -> None:
        cloud.wiring.once(tenant, "POST /x", "a-known-key", "a known body", CONTEXT, dict)

        stored = str(self._records(cloud, tenant))

        assert "a-known-key" not in stored
        assert "a known body" not in stored

    def test_a_record_lasts_a_day_and_clears_itself_away(
        self, cloud: Cloud, tenant: str, now: Callable[[], float]
    ) -> None:
        cloud.wiring.once(tenant, "POST /x", "k", "body", CONTEXT, dict)

        (record,) = self._records(cloud, tenant)

        assert abs(int(record["expires_at"]["N"]) - now() - 24 * 60 * 60) < 60

    @pytest.fixture
    def now(self) -> Callable[[], float]:
        import time

        return time.time

    def _records(self, cloud: Cloud, tenant: str) -> list[Any]:
        return _requests(cloud, tenant)

    def _age(self, cloud: Cloud, tenant: str) -> None:
        for record in self._records(cloud, tenant):
            cloud.wiring.dynamodb.put_item(TableName=TABLE, Item={**record, "expires_at": {"N": "1"}})
