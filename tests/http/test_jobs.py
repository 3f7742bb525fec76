"""What is done after the answer: jobs, the queue, the worker's batches."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import wiring
from secondsource.errors import FetchFailed, Unavailable
from secondsource.local.cloud import DEAD_LETTERS, Cloud, record_of
from secondsource.local.functions import handler_of
from secondsource.local.gateway import LambdaContext
from secondsource.model import Job, JobStatus, Page, Submission
from tests.contract import unruly
from tests.http.client import Client, code_of
from tests.http.fakes import Web
from tests.http.records import NOW

STORY = {"text": "The dam at Varn is unsafe."}
ENOUGH = LambdaContext("worker", milliseconds=90_000)


def _accepted(client: Client, body: dict[str, str]) -> str:
    answered = client.post("/v1/articles", body, Prefer="respond-async")
    assert answered.status == 202
    job_id: str = answered.json()["job"]["id"]
    return job_id


RAISED: dict[str, Exception] = {
    "out of reach": Unavailable("Storage is out of reach."),
    "a bug": KeyError("x"),
    "too deep": RecursionError(),
    "no memory": MemoryError(),
    "fetch": FetchFailed("http-503", "The site answered with status 503.", retryable=True),
}


class _Services:
    """The services that the worker asks, of which each job is done or fails as it is said."""

    def __init__(self, fates: dict[str, str], marked: list[str], put_off: list[str]) -> None:
        self._fates, self._marked, self._put_off = fates, marked, put_off
        self.annotate, self.clock, self.store = self, None, self

    def run_job(self, tenant: str, job_id: str) -> Job:
        if self._fates[job_id] in RAISED:
            raise RAISED[self._fates[job_id]]
        return Job(
            id=job_id, status=JobStatus.DONE, submission=Submission(), created_at=NOW, updated_at=NOW, expires_at=NOW
        )

    def fail_job(self, tenant: str, job_id: str, code: str, detail: str) -> None:
        self._marked.append(job_id)

    def put_off_job(self, tenant: str, job_id: str, failure: FetchFailed) -> None:
        self._put_off.append(job_id)

    def articles_named(self, *_: object) -> Page:
        return Page(items=())


class Waning(LambdaContext):
    """A context in which each look at the clock is 22 seconds after the one before."""

    def get_remaining_time_in_millis(self) -> int:
        object.__setattr__(self, "milliseconds", self.milliseconds - 22_000)
        return self.milliseconds


def _record(message_id: str, body: str, received: int = 1) -> dict[str, Any]:
    return record_of(
        {
            "MessageId": message_id,
            "ReceiptHandle": "r",
            "Body": body,
            "MD5OfBody": "",
            "Attributes": {"ApproximateReceiveCount": str(received)},
        }
    )


def _named(tenant: str, job_id: str) -> dict[str, str]:
    return {"tenant": tenant, "job_id": job_id}


def _deliver(cloud: Cloud) -> list[int]:
    """One round of all that waits, as Lambda does it; answers how often each message has been received."""
    names: Any = ["All"]
    batch = cloud.sqs.receive_message(
        QueueUrl=cloud.queue_url, MaxNumberOfMessages=10, MessageSystemAttributeNames=names
    ).get("Messages", [])
    if not batch:
        return []
    answered = handler_of("worker")({"Records": [record_of(message) for message in batch]}, ENOUGH)
    handed_back = {failure["itemIdentifier"] for failure in answered["batchItemFailures"]}
    for message in batch:
        where = {"QueueUrl": cloud.queue_url, "ReceiptHandle": message["ReceiptHandle"]}
        if message["MessageId"] in handed_back:
            cloud.sqs.change_message_visibility(**where, VisibilityTimeout=0)
        else:
            cloud.sqs.delete_message(**where)
    return [int(message["Attributes"]["ApproximateReceiveCount"]) for message in batch]


def _bodies(cloud: Cloud, url: str) -> list[str]:
    """What waits in a queue; it goes on waiting."""
    found = []
    while messages := cloud.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=30).get(
        "Messages"
    ):
        found += messages
    for message in found:
        cloud.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    return [message["Body"] for message in found]


def _run(cloud: Cloud, bodies: list[str], context: LambdaContext = ENOUGH) -> list[str]:
    """The worker on one batch of these message bodies; answers which came back, by their place in the batch."""
    records = [_record(f"m{place}", body) for place, body in enumerate(bodies)]
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

    def test_a_page_that_may_be_there_later_is_put_off_and_not_handed_back(
        self, cloud: Cloud, client: Client, web: Web, tenant: str
    ) -> None:
        url = "https://courier.test/busy"
        web.failures[url] = FetchFailed("http-503", "The site answered with status 503.", retryable=True)
        busy, fine = _accepted(client, {"url": url}), _accepted(client, STORY)
        before = _bodies(cloud, cloud.queue_url)

        assert _run(cloud, [_message(tenant, busy), _message(tenant, fine)]) == []

        assert sorted(_bodies(cloud, cloud.queue_url)) == sorted([*before, json.dumps(_named(tenant, busy))])
        assert client.get(f"/v1/jobs/{busy}").json()["status"] == "running"
        assert client.get(f"/v1/jobs/{fine}").json()["status"] == "done"

    def test_a_page_that_is_there_at_a_later_try_is_annotated(
        self, cloud: Cloud, client: Client, web: Web, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = "https://courier.test/soon"
        web.failures[url] = FetchFailed("http-503", "The site answered with status 503.", retryable=True)
        web.pages[url] = "<p>The dam at Varn is unsafe, the minister said.</p>"
        job_id = _accepted(client, {"url": url})
        fetch = web.fetch

        def better(asked: str, deadline_seconds: float | None = None) -> Any:
            if web.asked.count(url) == 2:
                web.failures.clear()
            return fetch(asked, deadline_seconds)

        monkeypatch.setattr(web, "fetch", better)
        cloud.drain()

        assert client.get(f"/v1/jobs/{job_id}").json()["status"] == "done"
        assert web.asked.count(url) == 3

    def test_a_page_that_is_never_there_fails_its_job_after_three_tries_and_nothing_is_left_in_a_queue(
        self, cloud: Cloud, client: Client, web: Web
    ) -> None:
        url = "https://courier.test/down"
        web.failures[url] = FetchFailed("http-503", "The site answered with status 503.", retryable=True)
        job_id = _accepted(client, {"url": url})
        dead = cloud.sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]
        before = _bodies(cloud, dead)

        cloud.drain()

        job = client.get(f"/v1/jobs/{job_id}").json()
        assert (job["status"], job["error"]["code"]) == ("failed", "http-503")
        assert web.asked.count(url) == 3
        assert (_bodies(cloud, cloud.queue_url), _bodies(cloud, dead)) == ([], before)

    def test_a_job_that_cannot_be_put_off_is_handed_back(
        self, cloud: Cloud, client: Client, web: Web, tenant: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = "https://courier.test/away"
        web.failures[url] = FetchFailed("http-503", "The site answered with status 503.", retryable=True)
        job_id = _accepted(client, {"url": url})
        with unruly.refusing(cloud.sqs, "RequestThrottled"):
            assert _run(cloud, [_message(tenant, job_id)]) == ["m0"]
        assert client.get(f"/v1/jobs/{job_id}").json()["status"] == "running"

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

    def test_when_time_runs_out_in_a_batch_the_rest_is_handed_back_not_begun(
        self, cloud: Cloud, client: Client, tenant: str
    ) -> None:
        jobs = [_accepted(client, {"text": f"Story {number}."}) for number in range(10)]

        handed_back = _run(cloud, [_message(tenant, job) for job in jobs], Waning("worker", milliseconds=110_000))

        assert handed_back == ["m4", "m5", "m6", "m7", "m8", "m9"]
        statuses = [client.get(f"/v1/jobs/{job}").json()["status"] for job in jobs]
        assert statuses == ["done"] * 4 + ["queued"] * 6
        assert _run(cloud, [_message(tenant, job) for job in jobs[4:]]) == []
        assert {client.get(f"/v1/jobs/{job}").json()["status"] for job in jobs} == {"done"}

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["done", "counted", "no message", "a delivery", *RAISED]) | st.text(max_size=20),
                st.integers(1, 4),
            ),
            min_size=1,
            max_size=12,
        )
    )
    def test_what_raised_or_cannot_be_read_is_listed_and_nothing_else(self, records: list[tuple[str, int]]) -> None:
        """An empty list is full success to Lambda, and an identifier that is none full failure."""
        fates = {f"job_{place}": fate for place, (fate, _) in enumerate(records)}
        batch = [
            _record(f"id-{place}", self._body(f"job_{place}", fate), received)
            for place, (fate, received) in enumerate(records)
        ]
        marked: list[str] = []
        put_off: list[str] = []
        previous = wiring.use(_Services(fates, marked, put_off))  # type: ignore[arg-type]  # all of them that the worker asks
        try:
            answered = handler_of("worker")({"Records": batch}, ENOUGH)
        finally:
            wiring.use(previous)

        expected = [place for place, (fate, _) in enumerate(records) if fate not in ("done", "counted", "fetch")]
        assert answered == {"batchItemFailures": [{"itemIdentifier": f"id-{place}"} for place in expected]}
        last = [f"job_{place}" for place in expected if records[place][0] in RAISED and records[place][1] >= 3]
        assert marked == last
        assert put_off == [job_id for job_id, fate in fates.items() if fate == "fetch"]

    def _body(self, job_id: str, fate: str) -> str:
        if fate == "counted":
            return '{"tenant": "here", "named": "front"}'
        if fate == "a delivery":
            return '{"tenant": "here", "delivery_id": "d", "tried": 0}'
        return _message("here", job_id) if fate == "done" or fate in RAISED else f"!{fate}"

    @pytest.mark.parametrize(
        ("error", "code"),
        [(KeyError("secret inside"), "internal"), (Unavailable("Storage is out of reach."), "unavailable")],
    )
    def test_one_of_ten_that_always_fails_is_alone_in_the_dead_letters_and_its_job_says_why(
        self, cloud: Cloud, client: Client, tenant: str, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
    ) -> None:
        cloud.drain()
        jobs = [_accepted(client, {"text": f"Story {number}."}) for number in range(10)]
        begun: list[str] = []
        run_job = cloud.wiring.annotate.run_job

        def run(owner: str, job_id: str) -> Job:
            begun.append(job_id)
            if job_id == jobs[3]:
                raise error
            return run_job(owner, job_id)

        monkeypatch.setattr(cloud.wiring.annotate, "run_job", run)
        dead = cloud.sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]
        before = _bodies(cloud, dead)

        received = [_deliver(cloud) for _ in range(4)]

        assert sorted(received[0]) == [1] * 10
        assert received[1:] == [[2], [3], []]
        assert sorted(begun) == sorted([*jobs, jobs[3], jobs[3]])
        assert [body for body in _bodies(cloud, dead) if body not in before] == [json.dumps(_named(tenant, jobs[3]))]
        read = {job: client.get(f"/v1/jobs/{job}").json() for job in jobs}
        assert [job for job in jobs if read[job]["status"] == "done"] == [job for job in jobs if job != jobs[3]]
        assert (read[jobs[3]]["status"], read[jobs[3]]["error"]["code"]) == ("failed", code)
        assert "secret" not in str(read)

    def test_one_message_that_many_have_at_once_is_one_article_and_no_status_goes_back(
        self, cloud: Cloud, client: Client, tenant: str
    ) -> None:
        job_id = _accepted(client, STORY)
        workers, seen = 8, ["queued"]

        with ThreadPoolExecutor(workers) as pool:
            running = [pool.submit(cloud.wiring.annotate.run_job, tenant, job_id) for _ in range(workers)]
            while not all(one.done() for one in running):
                seen.append(cloud.wiring.read.job(tenant, job_id).status.value)

        assert {one.result().status.value for one in running} == {"done"}
        assert cloud.wiring.read.job(tenant, job_id).status.value == "done"
        assert seen == sorted(seen, key=["queued", "running", "done"].index)
        assert len(client.get("/v1/articles").json()["items"]) == 1

    def test_a_message_that_comes_again_when_its_article_was_deleted_brings_it_not_back(
        self, cloud: Cloud, client: Client, tenant: str
    ) -> None:
        job_id = _accepted(client, STORY)
        assert _run(cloud, [_message(tenant, job_id)]) == []
        article = client.get(f"/v1/jobs/{job_id}").json()["links"]["article"]
        assert client.delete(article).status == 204

        assert _run(cloud, [_message(tenant, job_id)]) == []

        assert client.get(article).status == 404
        assert client.get(f"/v1/jobs/{job_id}").json()["status"] == "done"

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
