"""What is done after the answer: jobs, the queue, the worker's batches."""

from typing import Any

import pytest

from secondsource.errors import FetchFailed
from secondsource.local.cloud import DEAD_LETTERS, Cloud, record_of
from secondsource.local.functions import handler_of
from secondsource.local.gateway import LambdaContext
from tests.http.client import Client, code_of
from tests.http.fakes import Web

STORY = {"text": "The dam at Varn is unsafe."}
ENOUGH = LambdaContext("worker", milliseconds=90_000)


def _accepted(client: Client, body: dict[str, str]) -> str:
    answered = client.post("/v1/articles", body, Prefer="respond-async")
    assert answered.status == 202
    job_id: str = answered.json()["job"]["id"]
    return job_id


def _run(cloud: Cloud, bodies: list[str], context: LambdaContext = ENOUGH) -> list[str]:
    """The worker on one batch of these message bodies; answers which came back, by their place in the batch."""
    records = [
        record_of(
            {
                "MessageId": f"m{place}",
                "ReceiptHandle": "r",
                "Body": body,
                "MD5OfBody": "",
                "Attributes": {"ApproximateReceiveCount": "1"},
            }
        )
        for place, body in enumerate(bodies)
    ]
    answered = handler_of("worker")({"Records": records}, context)
    assert set(answered) == {"batchItemFailures"}
    return [item["itemIdentifier"] for item in answered["batchItemFailures"]]


def _message(tenant: str, job_id: str) -> str:
    return f'{{"tenant": "{tenant}", "job_id": "{job_id}"}}'


class TestAJob:
    def test_it_is_accepted_with_its_address(self, client: Client) -> None:
        answered = client.post("/v1/articles", STORY, Prefer="respond-async, wait=10")

        job = answered.json()["job"]
        assert answered.status == 202
        assert answered.header("Location") == f"/v1/jobs/{job['id']}"
        assert answered.header("Preference-Applied") == "respond-async"
        assert (job["status"], job["article_id"], job["error"]) == ("queued", None, None)
        assert "submission" not in job

    def test_while_it_waits_it_says_when_to_ask_again(self, client: Client) -> None:
        answered = client.get(f"/v1/jobs/{_accepted(client, STORY)}")

        assert answered.json()["status"] == "queued"
        assert answered.header("Retry-After") == "1"

    def test_it_is_done_by_the_worker_from_the_queue(self, cloud: Cloud, client: Client) -> None:
        job_id = _accepted(client, STORY)

        cloud.drain()

        answered = client.get(f"/v1/jobs/{job_id}")
        job = answered.json()
        assert job["status"] == "done"
        assert answered.header("Retry-After") is None
        assert client.get(job["links"]["article"]).json()["text"] == STORY["text"]

    def test_a_url_that_is_slow_becomes_a_job(self, cloud: Cloud, client: Client, web: Web) -> None:
        url = "https://courier.test/slow"
        web.failures[url] = FetchFailed("timeout", "The site did not answer in time.", retryable=True)

        answered = client.post("/v1/articles", {"url": url})
        del web.failures[url]
        web.pages[url] = "<p>The dam at Varn is unsafe, the minister said.</p>"
        cloud.drain()

        assert answered.status == 202
        assert answered.header("Preference-Applied") is None
        assert client.get(answered.header("Location") or "").json()["status"] == "done"

    def test_one_that_can_never_succeed_has_failed_with_a_stable_code(self, cloud: Cloud, client: Client) -> None:
        job_id = _accepted(client, {"url": "http://127.0.0.1/"})

        cloud.drain()

        job = client.get(f"/v1/jobs/{job_id}").json()
        assert (job["status"], job["error"]["code"]) == ("failed", "url-not-allowed")

    def test_an_unknown_one_is_not_found(self, client: Client) -> None:
        answered = client.get("/v1/jobs/job_00000000000000000000000000")

        assert (answered.status, code_of(answered)) == (404, "not-found")


class TestABatch:
    POISON = ("", "not json", "[]", "{}", '{"tenant": "a#b", "job_id": "x"}', '{"tenant": 1}', "\x00")

    @pytest.mark.parametrize("poison", POISON)
    def test_a_message_that_is_none_is_the_only_one_handed_back(
        self, cloud: Cloud, client: Client, tenant: str, poison: str
    ) -> None:
        jobs = [_accepted(client, {"text": f"Story {number}."}) for number in range(3)]
        bodies = [_message(tenant, job) for job in jobs]

        handed_back = _run(cloud, [*bodies[:1], poison, *bodies[1:]])

        assert handed_back == ["m1"]
        assert {client.get(f"/v1/jobs/{job}").json()["status"] for job in jobs} == {"done"}

    def test_a_failure_that_may_pass_is_handed_back(self, cloud: Cloud, client: Client, web: Web, tenant: str) -> None:
        url = "https://courier.test/busy"
        web.failures[url] = FetchFailed("http-503", "The site answered with status 503.", retryable=True)
        busy, fine = _accepted(client, {"url": url}), _accepted(client, STORY)

        handed_back = _run(cloud, [_message(tenant, busy), _message(tenant, fine)])

        assert handed_back == ["m0"]
        assert client.get(f"/v1/jobs/{busy}").json()["status"] in ("queued", "running")
        assert client.get(f"/v1/jobs/{fine}").json()["status"] == "done"

    def test_a_batch_that_failed_as_a_whole_is_listed_not_raised(self, cloud: Cloud) -> None:
        assert _run(cloud, ["x", "y"]) == ["m0", "m1"]

    def test_a_message_that_comes_twice_does_its_work_once(self, cloud: Cloud, client: Client, tenant: str) -> None:
        job_id = _accepted(client, STORY)

        assert _run(cloud, [_message(tenant, job_id)] * 2) == []
        assert _run(cloud, [_message(tenant, job_id)]) == []

        assert client.get(f"/v1/jobs/{job_id}").json()["status"] == "done"
        assert len(client.get("/v1/articles").json()["items"]) == 1

    def test_with_too_little_time_left_jobs_are_handed_back_and_not_begun(
        self, cloud: Cloud, client: Client, tenant: str
    ) -> None:
        jobs = [_accepted(client, {"text": f"Story {number}."}) for number in range(2)]

        handed_back = _run(cloud, [_message(tenant, job) for job in jobs], LambdaContext("worker", milliseconds=1_000))

        assert handed_back == ["m0", "m1"]
        assert {client.get(f"/v1/jobs/{job}").json()["status"] for job in jobs} == {"queued"}

    def test_a_job_of_one_tenant_is_not_run_for_another(
        self, cloud: Cloud, client: Client, other: Client, tenant: str
    ) -> None:
        job_id = _accepted(client, STORY)

        _run(cloud, [_message("somebody-else", job_id)])

        assert client.get(f"/v1/jobs/{job_id}").json()["status"] == "queued"
        assert other.get("/v1/articles").json()["items"] == []


class TestTheQueue:
    def test_what_fails_three_times_goes_to_the_dead_letters(self, cloud: Cloud) -> None:
        dead = cloud.sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]
        before = self._waiting(cloud, dead)
        cloud.sqs.send_message(QueueUrl=cloud.queue_url, MessageBody="poison")

        cloud.drain()

        assert self._waiting(cloud, dead) == before + 1
        assert self._waiting(cloud, cloud.queue_url) == 0

    def test_a_job_that_nobody_works_on_any_more_says_why(
        self, cloud: Cloud, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job_id = _accepted(client, STORY)

        def fail(*_: object) -> None:
            raise KeyError("secret inside")

        monkeypatch.setattr(cloud.wiring.annotate, "run_job", fail)
        cloud.drain()

        job = client.get(f"/v1/jobs/{job_id}").json()
        assert (job["status"], job["error"]["code"]) == ("failed", "internal")
        assert "secret" not in str(job)

    def test_records_have_the_form_that_lambda_gives_them(self, cloud: Cloud) -> None:
        cloud.sqs.send_message(
            QueueUrl=cloud.queue_url,
            MessageBody="poison",
            MessageAttributes={"kind": {"DataType": "String", "StringValue": "x"}},
        )
        (message,) = cloud.sqs.receive_message(
            QueueUrl=cloud.queue_url, MessageSystemAttributeNames=["All"], MessageAttributeNames=["All"]
        )["Messages"]
        cloud.sqs.delete_message(QueueUrl=cloud.queue_url, ReceiptHandle=message["ReceiptHandle"])

        record = record_of(message)

        assert set(record) == {
            "messageId",
            "receiptHandle",
            "body",
            "attributes",
            "messageAttributes",
            "md5OfBody",
            "eventSource",
            "eventSourceARN",
            "awsRegion",
        }
        assert record["attributes"]["ApproximateReceiveCount"] == "1"
        assert record["messageAttributes"]["kind"]["stringValue"] == "x"
        assert record["eventSource"] == "aws:sqs"

    def _waiting(self, cloud: Cloud, url: str) -> int:
        names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = cloud.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        return sum(int(value) for value in found.values())
