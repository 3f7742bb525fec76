"""The deployed stack over HTTP: gateway, authorizer, functions with their layer, table and stream, queue and worker."""

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from secondsource import cli
from secondsource.local.gateway import HttpResponse
from secondsource.model import JobError, JobStatus, Scope, Submission
from secondsource.services import keys
from secondsource.wiring import SystemClock
from tests.aws_server import ROOT
from tests.deployed.conftest import Deployment
from tests.deployed.gateway import STAGE
from tests.deployed.web import Web
from tests.http.client import Client, code_of
from tests.stack.template import read

# The stack is deployed for the first test; each function starts a process that unpacks the layer.
pytestmark = pytest.mark.timeout(600)

T = TypeVar("T")
MakeClient = Callable[..., Client]

STORY = [json.loads(path.read_text()) for path in sorted((ROOT / "examples" / "alliance").glob("*.json"))]
HEADLINE = "The Jorrel Front and the Vesker Brigades have formed an alliance"
SAID = "The mill at Varn has been sold to Brellin Foods, Mayor Ana Lorn said on Monday."
ORIGIN = "https://secondsource.example"


def submission(article: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in article.items() if name != "id"}


def eventually(ask: Callable[[], T], holds: Callable[[T], bool], seconds: float = 120) -> T:
    """What is answered once it holds, or at last: the queue and the stream are read in the background."""
    end = time.monotonic() + seconds
    while not holds(found := ask()) and time.monotonic() < end:
        time.sleep(0.5)
    return found


def ended(client: Client, job_id: str) -> dict[str, Any]:
    """The job when nobody works on it any more."""

    def ask() -> dict[str, Any]:
        found: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        return found

    return eventually(ask, lambda job: job["status"] in ("done", "failed"))


def path_of(answered: HttpResponse) -> str:
    """The path that Location names, without the stage, which the deployed API has before all paths."""
    location = answered.header("Location") or ""
    assert location.startswith(f"/{STAGE}/")
    return location.removeprefix(f"/{STAGE}")


class TestDeployment:
    def test_all_that_the_template_names_was_made(self, deployment: Deployment) -> None:
        conditional = {"AlarmSubscription"}  # no address was given
        assert set(read()["Resources"]) - conditional - set(deployment.named) == {"SecondSourceLayer"}
        # CloudFormation names a layer by what is in it.
        assert any(name.startswith("SecondSourceLayer") for name in deployment.named)

    def test_the_outputs_name_what_was_made(self, deployment: Deployment) -> None:
        assert deployment.outputs["TableName"] == deployment.named["Table"]
        assert deployment.named["Api"] in deployment.outputs["ApiUrl"]

    def test_every_alarm_goes_to_the_topic(self, deployment: Deployment) -> None:
        alarms = deployment.client("cloudwatch").describe_alarms()["MetricAlarms"]

        assert len(alarms) == sum(
            resource["Type"] == "AWS::CloudWatch::Alarm" for resource in read()["Resources"].values()
        )
        assert {tuple(alarm["AlarmActions"]) for alarm in alarms} == {(deployment.outputs["AlarmTopic"],)}


class TestKeys:
    def test_what_is_open_needs_none(self, gateway: Any) -> None:
        anyone = Client(gateway)

        assert anyone.get("/v1/health").json()["status"] == "ok"
        assert anyone.get("/v1/openapi.json").json()["openapi"].startswith("3.1")
        assert "text/html" in (anyone.get("/v1/docs").header("Content-Type") or "")

    @pytest.mark.parametrize("key", [None, "ss_nokey", "nothing"])
    def test_without_one_that_holds_the_gateway_refuses(self, gateway: Any, key: str | None) -> None:
        answered = Client(gateway, key).get("/v1/articles")

        assert (answered.status, code_of(answered)) == (401, "unauthorized")
        assert answered.header("WWW-Authenticate") == "Bearer"
        assert answered.header("Access-Control-Allow-Origin") == ORIGIN

    def test_one_that_was_made_on_the_command_line_holds_until_it_is_revoked(
        self, deployment: Deployment, gateway: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        table = ("--table", deployment.named["Table"], "--endpoint-url", deployment.endpoint)
        assert cli.main(["keys", "create", *table, "--tenant", "by-hand"]) == 0
        key = capsys.readouterr().out.strip()
        client = Client(gateway, key)
        before = client.get("/v1/articles").status
        in_the_other_header = Client(gateway).get("/v1/articles", X_API_Key=key).status
        assert cli.main(["keys", "revoke", *table, key]) == 0

        assert (before, in_the_other_header, client.get("/v1/articles").status) == (200, 200, 401)

    def test_one_that_may_only_read_cannot_write(self, make_client: MakeClient) -> None:
        reader = make_client("readers", Scope.READ)

        assert reader.get("/v1/articles").status == 200
        assert code_of(reader.post("/v1/articles", {"text": SAID})) == "forbidden"

    def test_one_tenants_articles_are_no_others(self, client: Client, make_client: MakeClient) -> None:
        article_id = client.submit(SAID)
        other = make_client("tribune")

        assert other.get("/v1/articles").json()["items"] == []
        assert code_of(other.get(f"/v1/articles/{article_id}")) == "not-found"


class TestArticles:
    def test_a_story_is_told_by_its_reports_together(self, client: Client) -> None:
        """In as text; report, tag, annotations, summary, claim, origins, look-up, comparison; deleted again."""
        answered = client.post("/v1/articles", submission(STORY[0]))
        first, headline = answered.json()["id"], answered.json()["headline_claim"]
        assert (answered.status, path_of(answered)) == (201, f"/v1/articles/{first}")
        assert client.post("/v1/articles", submission(STORY[0])).status == 200
        second, third = (client.submit(**submission(article)) for article in STORY[1:])

        report = client.get(f"/v1/articles/{first}")
        claim = report.json()["claims"][0]
        assert ({first, second}, claim["origins"]["best"]) == (set(claim["reports"]), 1)
        assert {"shared_origin", "motivated_source", "disputed"} <= {flag["code"] for flag in claim["flags"]}
        assert client.get(f"/v1/articles/{first}", If_None_Match=report.header("ETag") or "").status == 304

        page = client.get(f"/v1/articles/{first}/annotations?page=0").json()
        assert page["type"] == "AnnotationPage" and page["items"]
        assert f"/{STAGE}/v1/articles/{first}/annotations" in page["id"]
        assert STORY[0]["title"] in client.get(f"/v1/articles/{first}/summary").body.decode()
        assert set(client.get(f"/v1/claims/{headline}").json()["articles"]) >= {first, second}
        assert client.get(f"/v1/claims/{headline}/origins").json()["origins"]["best"] == 1
        said = client.get("/v1/claims?q=" + HEADLINE.replace(" ", "%20")).json()["items"]
        assert (said[0]["claim_id"], said[0]["relation"]) == (headline, "same")
        compared = client.post("/v1/comparisons", {"articles": [first, second]}).json()
        assert compared["independent"] is False

        assert client.delete(f"/v1/articles/{second}").status == 204
        assert code_of(client.get(f"/v1/articles/{second}")) == "not-found"
        assert second not in client.get(f"/v1/claims/{headline}").json()["articles"]
        assert client.get(f"/v1/articles/{first}").json()["claims"][0]["reports"] == [first]
        events = client.get("/v1/events").json()["items"]
        assert {event["type"] for event in events} == {"article.annotated", "claim.flags.changed"}
        assert headline in {event["claim_id"] for event in events if event["type"] == "claim.flags.changed"}
        assert client.get(f"/v1/articles/{third}").status == 200

    def test_lists_come_in_pages(self, client: Client) -> None:
        sent = [client.submit(f"{SAID} This is report number {number}.") for number in range(3)]
        seen, cursor = [], ""
        while cursor is not None:
            page = client.get(f"/v1/articles?limit=2{cursor and f'&cursor={cursor}'}").json()
            assert len(page["items"]) <= 2
            seen += [item["id"] for item in page["items"]]
            cursor = page["next"]

        assert seen == sent[::-1]
        assert code_of(client.get("/v1/articles?cursor=nonsense")) == "invalid-cursor"

    def test_a_request_under_an_idempotency_key_is_done_once(self, client: Client) -> None:
        first = client.post("/v1/articles", {"text": SAID}, Idempotency_Key="once", Prefer="respond-async")
        second = client.post("/v1/articles", {"text": SAID}, Idempotency_Key="once", Prefer="respond-async")

        assert (first.status, second.status) == (202, 202)
        assert first.json()["job"]["id"] == second.json()["job"]["id"]

    def test_text_that_is_no_latin_goes_in_and_out_unharmed(self, client: Client) -> None:
        text = "“The café at Łódź is closed,” Zoë Ångström told 東京新聞 😀 on Monday."
        assert client.get(f"/v1/articles/{client.submit(text)}").json()["text"] == text


class TestQueue:
    def test_a_text_that_nobody_waits_for_is_annotated_by_the_worker(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": SAID}, Prefer="respond-async")
        job = ended(client, answered.json()["job"]["id"])

        assert (answered.status, path_of(answered)) == (202, f"/v1/jobs/{job['id']}")
        assert (job["status"], job["error"]) == ("done", None)
        assert client.get(f"/v1/articles/{job['article_id']}").json()["text"] == SAID

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1/story", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/"]
    )
    def test_an_address_that_is_not_public_is_refused_at_once_and_by_the_worker(self, client: Client, url: str) -> None:
        at_once = client.post("/v1/articles", {"url": url})
        later = client.post("/v1/articles", {"url": url}, Prefer="respond-async")
        job = ended(client, later.json()["job"]["id"])

        assert code_of(at_once) == "url-not-allowed"
        assert (job["status"], job["error"]["code"]) == ("failed", "url-not-allowed")

    def test_a_public_page_is_fetched_at_once_and_by_the_worker(self, client: Client, web: Web) -> None:
        page = "<html><head><title>Mill sold</title></head><body><article><p>{}</p></article></body></html>"
        web.pages |= {
            "/now": page.format(SAID),
            "/moved": (301, {"Location": "/later"}),
            "/later": page.format(f"{SAID} It is old."),
        }

        at_once = client.post("/v1/articles", {"url": web.url("/now")})
        later = client.post("/v1/articles", {"url": web.url("/moved")}, Prefer="respond-async")
        job = ended(client, later.json()["job"]["id"])

        assert at_once.status == 201 and SAID in at_once.json()["text"]
        assert (job["status"], job["error"]) == ("done", None)
        report = client.get(f"/v1/articles/{job['article_id']}").json()
        assert (report["url"], "It is old." in report["text"]) == (web.url("/later"), True)

    def test_a_page_that_leads_to_this_machine_is_refused(self, client: Client, web: Web) -> None:
        web.pages["/away"] = (302, {"Location": "http://127.0.0.1/"})
        answered = client.post("/v1/articles", {"url": web.url("/away")}, Prefer="respond-async")
        job = ended(client, answered.json()["job"]["id"])

        assert (job["status"], job["error"]["code"]) == ("failed", "url-not-allowed")

    def test_a_page_that_is_not_there_fails_with_its_code(self, client: Client, web: Web) -> None:
        answered = client.post("/v1/articles", {"url": web.url("/nothing")}, Prefer="respond-async")
        job = ended(client, answered.json()["job"]["id"])

        assert (job["status"], job["error"]["code"]) == ("failed", "http-404")

    def test_a_message_that_cannot_be_worked_on_is_given_up_after_three_times(self, deployment: Deployment) -> None:
        sqs, queue, dead = deployment.client("sqs"), deployment.named["JobQueue"], deployment.named["DeadLetters"]
        # Nine minutes each time, in the template: longer than a test should take.
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "2"})
        try:
            sqs.send_message(QueueUrl=queue, MessageBody="no job")
            waiting = eventually(
                lambda: sqs.receive_message(QueueUrl=dead, MessageSystemAttributeNames=["All"]).get("Messages", []),
                bool,
            )
        finally:
            sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "540"})

        assert [message["Body"] for message in waiting] == ["no job"]

    def test_what_was_given_up_is_taken_up_again_by_the_command(
        self, client: Client, deployment: Deployment, tenant: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A job that was marked as failed, whose message lies in the dead-letter queue."""
        job_id = client.post("/v1/articles", {"text": SAID}, Prefer="respond-async").json()["job"]["id"]
        done = ended(client, job_id)
        lost = deployment.store.get_job(tenant, job_id)
        assert lost is not None
        # What was sent goes from a job that is done, and stays with one that is not.
        failed = lost.model_copy(
            update={
                "id": "job_lost",
                "status": JobStatus.FAILED,
                "submission": Submission(text=SAID),
                "error": JobError(code="internal", detail="Ours."),
            }
        )
        assert deployment.store.add_job(tenant, failed)
        sqs, dead = deployment.client("sqs"), deployment.outputs["DeadLettersUrl"]
        sqs.send_message(QueueUrl=dead, MessageBody=json.dumps({"tenant": tenant, "job_id": "job_lost"}))
        queues = ("--queue-url", deployment.outputs["JobQueueUrl"], "--dlq-url", dead)

        cli.main(["redrive", *queues, "--table", deployment.named["Table"], "--endpoint-url", deployment.endpoint])

        (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("job_lost")]
        again = ended(client, line.rpartition(" ")[2])
        assert (again["status"], again["article_id"]) == ("done", done["article_id"])
        assert client.get("/v1/jobs/job_lost").json()["status"] == "failed"


class TestStream:
    def test_what_a_writer_left_uncounted_is_counted(self, client: Client, deployment: Deployment, tenant: str) -> None:
        """An occurrence without a count, as from a function that ended in between."""
        article_id = client.submit(SAID)
        claim_id = client.get(f"/v1/articles/{article_id}").json()["claims"][0]["claim_id"]
        (occurrence,) = deployment.store.occurrences(tenant, claim_id)
        left = occurrence.model_copy(update={"article_id": "art_left", "publisher": "Hinterpost"})

        deployment.store.put_occurrence(tenant, left)

        record = eventually(
            lambda: deployment.store.get_claims(tenant, [claim_id])[claim_id], lambda record: len(record.articles) == 2
        )
        assert set(record.articles) == {article_id, "art_left"}


class TestGateway:
    def test_a_method_that_a_path_does_not_have_is_answered_with_those_it_has(self, client: Client) -> None:
        answered = client.send("PUT", "/v1/articles", json_body={})

        assert (answered.status, code_of(answered)) == (405, "method-not-allowed")
        assert {"GET", "POST"} <= set((answered.header("Allow") or "").split(", "))

    @pytest.mark.parametrize("path", ["/", "/v2", "/v1/articles/art_1/nothing"])
    def test_what_is_nowhere_is_not_found(self, client: Client, path: str) -> None:
        assert code_of(client.get(path)) == "not-found"

    def test_a_browser_may_ask_from_the_page_that_is_allowed(self, gateway: Any) -> None:
        asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
        answered = Client(gateway).send("OPTIONS", "/v1/articles", headers=asked)

        assert answered.status == 204
        assert answered.header("Access-Control-Allow-Origin") == ORIGIN

    def test_who_asks_too_often_is_told_to_slow_down(self, client: Client, deployment: Deployment) -> None:
        apigateway, where = deployment.client("apigateway"), {"restApiId": deployment.named["Api"], "stageName": STAGE}
        limits = apigateway.get_stage(**where)["methodSettings"]["*/*"]
        assert (limits["throttlingRateLimit"], limits["throttlingBurstLimit"]) == (50, 100)

        # So few that a slow machine asks too often, too.
        _throttle(apigateway, where, rate=0.01, burst=2)
        try:
            answers = [client.get("/v1/health") for _ in range(4)]
        finally:
            _throttle(apigateway, where, rate=50, burst=100)

        assert [answered.status for answered in answers] == [200, 200, 429, 429]
        assert code_of(answers[-1]) == "too-many-requests"
        assert answers[-1].header("Retry-After") == "1"


def _throttle(apigateway: Any, where: dict[str, str], rate: float, burst: int) -> None:
    patches = [
        {"op": "replace", "path": f"/*/*/throttling/{name}", "value": str(value)}
        for name, value in (("rateLimit", rate), ("burstLimit", burst))
    ]
    apigateway.update_stage(**where, patchOperations=patches)


def test_a_key_is_stored_as_its_hash_alone(deployment: Deployment) -> None:
    key = keys.create(deployment.store, SystemClock(), "hashed", (Scope.READ,))
    secret = key.rsplit("_", 1)[1]
    items = deployment.client("dynamodb").scan(TableName=deployment.named["Table"])["Items"]

    assert items and secret not in str(items)
