"""What `sam build` made, not the source tree, in Lambda's own runtime: cold, then a request, a batch of each kind."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from secondsource.aws.stream import wakes
from secondsource.local.cloud import record_of
from secondsource.local.stream import Stream
from secondsource.web.routes import ROUTES
from tests.aws_server import ROOT
from tests.built.conftest import FUNCTIONS, LAYER, RUNTIME, TABLE, Built, Cloud, has_namespaces
from tests.http.client import Client, code_of

# Cold starts by the half dozen, on what may be a busy machine.
pytestmark = pytest.mark.timeout(300)

Run = Callable[[str], subprocess.CompletedProcess[str]]

STORY = [
    json.loads((ROOT / "examples" / "alliance" / name).read_text()) for name in ("1-courier.json", "2-hinterpost.json")
]
HEADLINE = "The Jorrel Front and the Vesker Brigades have formed an alliance"


def submission(article: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in article.items() if name != "id"}


def batch(cloud: Cloud, most: int = 4) -> list[Any]:
    received = cloud.sqs.receive_message(
        QueueUrl=cloud.queue_url, MaxNumberOfMessages=most, MessageSystemAttributeNames=["All"], WaitTimeSeconds=2
    )
    return [record_of(message) for message in received.get("Messages", [])]


class TestWhereItRuns:
    def test_it_has_what_the_layer_and_lambda_bring_and_nothing_else(self, python: Run) -> None:
        code = "import json, sys, boto3, secondsource, awslambdaric as r; print(json.dumps([sys.path, *(m.__file__ for m in (boto3, secondsource, r))]))"
        done = python(code)
        assert done.returncode == 0, done.stderr
        path, *files = json.loads(done.stdout)
        layer, runtime = ("/opt", "/var/runtime") if has_namespaces() else (str(LAYER), str(RUNTIME))

        assert [file.startswith(f"{layer}/python/") for file in files] == [False, True, False]
        assert [file.startswith(f"{runtime}/") for file in files] == [True, False, True]
        # The folder it runs in, these two, and the standard library's three.
        assert path[:3] == ["", f"{layer}/python", runtime]
        assert all("site-packages" not in entry for entry in path if entry != str(RUNTIME))

    def test_it_can_write_to_tmp_alone(self, python: Run) -> None:
        if not has_namespaces():
            pytest.skip("this machine lets no user make namespaces, so nothing is read-only")
        code = """
import os
open("/tmp/there", "w").close()
for folder in ("/var/task", "/opt", "/opt/python/secondsource", "/var/runtime", "/", "/usr"):
    try:
        open(os.path.join(folder, "there"), "w")
    except OSError as error:
        print(error.errno)
"""
        done = python(code)

        assert (done.stdout.split(), done.stderr) == (["30"] * 6, ""), "30: read-only file system"

    def test_the_layer_is_not_compiled_again_at_a_cold_start(self) -> None:
        ours = list((LAYER / "python" / "secondsource").rglob("*.py"))
        uncompiled = [file for file in ours if not list(file.parent.glob(f"__pycache__/{file.stem}.cpython-313.pyc"))]

        assert ours and not uncompiled


class TestRequests:
    def test_what_is_open_answers_without_a_key(self, client: Client) -> None:
        health = client.get("/v1/health")
        described = client.get("/v1/openapi.json").json()

        assert health.json()["status"] == "ok"
        shown = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
        assert {(route.method, route.path) for route in ROUTES} <= shown

    def test_a_key_that_does_not_hold_is_refused(self, client: Client) -> None:
        assert code_of(client.get("/v1/articles", Authorization="Bearer ss_no_key")) == "unauthorized"

    def test_an_article_is_annotated_by_all_three_models_and_read_back(self, client: Client) -> None:
        answered = client.post("/v1/articles", submission(STORY[0]))
        report = client.get(answered.header("Location").removeprefix("/local")).json()  # type: ignore[union-attr]

        assert answered.status == 201
        assert report["id"] == answered.json()["id"]
        claim = report["claims"][0]
        assert HEADLINE.split()[1] in claim["text"]
        assert "motivated_source" in {flag["code"] for flag in claim["flags"]}
        # Found by its keys, and known by its vector.
        said = client.get("/v1/claims?q=" + HEADLINE.replace(" ", "%20")).json()
        assert said["items"][0]["claim_id"] == claim["claim_id"]
        assert said["items"][0]["relation"] == "same"


class TestBatches:
    def test_a_batch_of_the_queue_is_worked_and_what_fails_is_handed_back(
        self, client: Client, cloud: Cloud, functions: dict[str, Built]
    ) -> None:
        job = client.post("/v1/articles", submission(STORY[1]), Prefer="respond-async").json()["job"]
        records = batch(cloud)
        assert len(records) == 1
        broken = {**records[0], "messageId": "broken", "body": "no job"}

        answered = functions["worker"]({"Records": [*records, broken]})

        assert [failure["itemIdentifier"] for failure in answered["batchItemFailures"]] == ["broken"]
        done = client.get(f"/v1/jobs/{job['id']}").json()
        done = done.get("job", done)
        assert (done["status"], done["error"]) == ("done", None)
        assert client.get(f"/v1/articles/{done['article_id']}").status == 200

    def test_a_batch_of_the_stream_is_counted(self, client: Client, cloud: Cloud, functions: dict[str, Built]) -> None:
        client.submit("The mill at Varn has been sold to Brellin Foods, Mayor Ana Lorn said on Monday.")
        batches: list[list[Any]] = []

        def notify(event: dict[str, Any], context: Any) -> dict[str, Any]:
            batches.append(event["Records"])
            return functions["notify"](event, context)

        arn = cloud.dynamodb.describe_table(TableName=TABLE)["Table"]["LatestStreamArn"]
        given = Stream(cloud.streams, arn, lambda: notify).drain()

        assert given > 0
        assert sum(map(len, batches)) == given, "nothing was handed back"
        assert all(wakes(record) for records in batches for record in records)


def test_each_function_has_started_cold_and_answered(functions: dict[str, Built]) -> None:
    assert {name for name in FUNCTIONS if functions[name].seconds} == set(FUNCTIONS)
    for built in functions.values():
        assert '"level":"ERROR"' not in built.log.read_text()
