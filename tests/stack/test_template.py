"""What is deployed: template.yaml is valid, and holds what must hold."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secondsource.aws import clients, keys, schema
from secondsource.aws.stream import FILTERS
from secondsource.local import cloud, stream
from secondsource.local.gateway import gateway_headers
from secondsource.services.annotate import LONGEST_PAUSE
from secondsource.services.deliver import LONGEST_WAIT
from secondsource.web import problem
from secondsource.web.routes import ROUTES
from tests.stack.template import TEMPLATE, read

ROOT = Path(__file__).resolve().parents[2]
SAM = ROOT / ".venv-sam" / "bin" / "sam"

OPEN = {"/v1/health", "/v1/openapi.json", "/v1/docs", "/v1/webhooks/in/{webhook_id}"}
FUNCTIONS = {"api", "annotate", "register", "webhooks", "worker", "notify", "authorizer"}


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    """The template as it stands in the file."""
    return read()


@pytest.fixture
def resources(template: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = template["Resources"]
    return found


def _of_type(resources: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def _functions(resources: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The functions' properties, by the name of their room in functions/."""
    return {
        resource["Properties"]["Handler"].split(".")[1]: {"Name": name, **resource["Properties"]}
        for name, resource in _of_type(resources, "AWS::Serverless::Function").items()
    }


def _routes(resources: dict[str, Any]) -> Iterator[tuple[str, str, str, str | None]]:
    """Method, path, function, and the authorizer where the route names one."""
    for room, function in _functions(resources).items():
        for event in function.get("Events", {}).values():
            if event["Type"] == "Api":
                properties = event["Properties"]
                yield (
                    properties["Method"].upper(),
                    properties["Path"],
                    room,
                    properties.get("Auth", {}).get("Authorizer"),
                )


def _statements(resources: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for role in _of_type(resources, "AWS::IAM::Role").values():
        for policy in role["Properties"]["Policies"]:
            yield from policy["PolicyDocument"]["Statement"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_sam_finds_no_fault_in_it() -> None:
    if not SAM.is_file():
        pytest.fail(f"{SAM.relative_to(ROOT)} is missing: run `make test`, which makes the environment it lives in.")
    done = subprocess.run(
        [SAM, "validate", "--lint", "--template", str(TEMPLATE)],
        env={**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-west-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class TestRoutes:
    def test_they_are_those_of_the_table(self, resources: dict[str, Any]) -> None:
        deployed = {(method, path, room) for method, path, room, _ in _routes(resources) if method != "ANY"}

        assert deployed == {(route.method, route.path, route.function) for route in ROUTES}

    def test_every_route_has_the_authorizer_but_health_and_docs(self, resources: dict[str, Any]) -> None:
        auth = resources["Api"]["Properties"]["Auth"]
        open_routes = {path for method, path, _, authorizer in _routes(resources) if method != "ANY" and authorizer}

        assert auth["DefaultAuthorizer"] in auth["Authorizers"]
        assert open_routes == OPEN == {route.path for route in ROUTES if route.scope is None}
        assert {authorizer for *_, authorizer in _routes(resources)} == {None, "NONE"}

    def test_methods_that_a_path_does_not_have_go_to_the_function_that_answers_405(
        self, resources: dict[str, Any]
    ) -> None:
        caught = {(path, room, authorizer) for method, path, room, authorizer in _routes(resources) if method == "ANY"}

        # Those of functions/webhooks stay with it: the policy of functions/api has no room for them.
        own = {route.path for route in ROUTES if route.function == "webhooks"}
        others = {route.path for route in ROUTES} - own | {"/", "/{proxy+}"}
        assert caught == {(path, "webhooks", "NONE") for path in own} | {(path, "api", "NONE") for path in others}

    def test_no_key_is_kept_after_it_was_revoked(self, resources: dict[str, Any]) -> None:
        for authorizer in resources["Api"]["Properties"]["Auth"]["Authorizers"].values():
            assert authorizer["FunctionPayloadType"] == "REQUEST"
            assert authorizer["Identity"] == {"ReauthorizeEvery": 0}

    def test_the_stage_does_not_look_like_a_path_of_the_api(self, resources: dict[str, Any]) -> None:
        stage = resources["Api"]["Properties"]["StageName"]

        assert not any(route.path.startswith(f"/{stage}") for route in ROUTES)

    def test_calls_are_throttled(self, resources: dict[str, Any]) -> None:
        (setting,) = resources["Api"]["Properties"]["MethodSettings"]

        assert (setting["ResourcePath"], setting["HttpMethod"]) == ("/*", "*")
        assert setting["ThrottlingRateLimit"] > 0
        assert setting["ThrottlingBurstLimit"] > 0

    def test_the_permissions_on_one_function_fit_into_its_policy(self, resources: dict[str, Any]) -> None:
        # Lambda takes 20,480 bytes; SAM writes one statement a route, some 450 bytes and twice the stack's name.
        routes = [room for _, _, room, _ in _routes(resources)]
        most = 20_480 // (450 + 2 * 60)
        left = {0: "no more", 1: "one more"}[most - routes.count("api")]

        assert max(routes.count(room) for room in FUNCTIONS) <= most
        assert f"functions/api has room for {left}." in (ROOT / "docs" / "architecture.md").read_text()


class TestGatewayResponses:
    def test_they_are_the_problems_of_the_package(self, resources: dict[str, Any]) -> None:
        responses = resources["Api"]["Properties"]["GatewayResponses"]

        assert set(responses) == set(problem.GATEWAY_PROBLEMS)
        for kind, response in responses.items():
            assert response["StatusCode"] == problem.GATEWAY_PROBLEMS[kind].status
            expected = problem.of_gateway(kind, "$context.path").to_json()
            assert json.loads(response["ResponseTemplates"]["application/json"]) == json.loads(expected)

    def test_their_headers_are_those_of_the_local_gateway(self, resources: dict[str, Any]) -> None:
        for kind, response in resources["Api"]["Properties"]["GatewayResponses"].items():
            headers = dict(response["ResponseParameters"]["Headers"])
            origin = headers.pop("Access-Control-Allow-Origin")
            local = {"Content-Type": problem.MEDIA_TYPE, **gateway_headers(kind, ())}

            assert origin == {"Fn::Sub": "'${FirstOrigin}'"}
            assert headers == {name: f"'{value}'" for name, value in local.items()}

    def test_a_denied_key_is_401_and_so_is_a_missing_one(self, resources: dict[str, Any]) -> None:
        responses = resources["Api"]["Properties"]["GatewayResponses"]

        assert responses["ACCESS_DENIED"] == responses["UNAUTHORIZED"]
        assert responses["ACCESS_DENIED"]["StatusCode"] == 401


class TestFunctions:
    def test_there_is_one_for_each_room_with_an_entry(self, resources: dict[str, Any]) -> None:
        rooms = {path.parent.name for path in (ROOT / "functions").glob("*/main.py")}

        assert set(_functions(resources)) == rooms == FUNCTIONS
        for room, function in _functions(resources).items():
            assert function["Handler"] == f"functions.{room}.main.handler"

    def test_they_run_on_python_3_13_on_arm_with_the_layer(self, template: dict[str, Any]) -> None:
        common = template["Globals"]["Function"]

        assert common["Runtime"] == "python3.13"
        assert common["Architectures"] == ["arm64"]
        assert common["Layers"] == [{"Ref": "SecondSourceLayer"}]
        layer = template["Resources"]["SecondSourceLayer"]
        assert layer["Properties"]["ContentUri"] == "shared/"
        assert layer["Properties"]["CompatibleRuntimes"] == ["python3.13"]
        assert layer["Properties"]["CompatibleArchitectures"] == ["arm64"]
        assert layer["Metadata"]["BuildMethod"] == "makefile"

    def test_each_has_a_role_a_log_group_and_an_alarm_of_its_own(self, resources: dict[str, Any]) -> None:
        roles = [function["Role"]["Fn::GetAtt"][0] for function in _functions(resources).values()]
        groups = [function["LoggingConfig"]["LogGroup"]["Ref"] for function in _functions(resources).values()]

        assert len(set(roles)) == len(set(groups)) == len(FUNCTIONS)
        assert set(roles) == set(_of_type(resources, "AWS::IAM::Role"))
        assert set(groups) == set(_of_type(resources, "AWS::Logs::LogGroup"))

    def test_the_gateway_waits_for_those_that_answer_http(self, resources: dict[str, Any]) -> None:
        functions = _functions(resources)

        assert (
            max(functions[room]["Timeout"] for room in ("api", "annotate", "register", "webhooks", "authorizer")) <= 29
        )

    def test_those_that_answer_http_have_time_to_say_that_a_service_is_out_of_reach(
        self, resources: dict[str, Any]
    ) -> None:
        times = {room: function["Timeout"] for room, function in _functions(resources).items()}
        config = clients.dynamodb("eu-west-1").meta.config

        def longest(tries: int) -> int:
            """Seconds until a call is given up that is lost each time: tests/unit/aws/test_clients.py."""
            return int(tries * (config.connect_timeout + config.read_timeout) + 2 ** (tries - 1) - 1)

        tries = config.retries["total_max_attempts"]
        assert min(times[room] for room in ("api", "annotate", "register", "webhooks")) > longest(tries)
        # Where the authorizer runs out of time the gateway says so for it; but a second try it has.
        assert problem.GATEWAY_PROBLEMS["AUTHORIZER_FAILURE"].status == 503
        assert times["authorizer"] > longest(2)

    def test_their_settings_are_those_that_are_read(self, template: dict[str, Any]) -> None:
        names = set(template["Globals"]["Function"]["Environment"]["Variables"])
        read = set(re.findall(r'"(SECONDSOURCE_\w+)"', (ROOT / "shared/secondsource/settings.py").read_text()))

        assert {name for name in names if name.startswith("SECONDSOURCE_")} == read - {"SECONDSOURCE_ENDPOINT_URL"}


class TestPermissions:
    def test_nothing_is_allowed_by_a_wildcard(self, resources: dict[str, Any]) -> None:
        statements = list(_statements(resources))

        assert statements
        for statement in statements:
            assert not any("*" in action for action in _list(statement["Action"]))
            for resource in _list(statement["Resource"]):
                assert set(resource) == {"Fn::GetAtt"}

    def test_nothing_may_scan_or_change_the_table_itself(self, resources: dict[str, Any]) -> None:
        actions = {action for statement in _statements(resources) for action in _list(statement["Action"])}
        table = {action for action in actions if action.startswith("dynamodb:")}

        assert table == {
            f"dynamodb:{name}"
            for name in (
                "BatchGetItem",
                "BatchWriteItem",
                "DeleteItem",
                "DescribeStream",
                "GetItem",
                "GetRecords",
                "GetShardIterator",
                "ListStreams",
                "PutItem",
                "Query",
                "UpdateItem",
            )
        }

    def test_api_keys_are_seen_by_the_authorizer_alone(self, resources: dict[str, Any]) -> None:
        table = {"Fn::GetAtt": ["Table", "Arn"]}
        seen = {
            name: [
                statement.get("Condition")
                for policy in role["Properties"]["Policies"]
                for statement in policy["PolicyDocument"]["Statement"]
                if table in _list(statement["Resource"])
            ]
            for name, role in _of_type(resources, "AWS::IAM::Role").items()
        }
        of_tenants, of_keys = (
            {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{first}*"]}}
            for first in (keys.tenant("a").partition("a")[0], keys.API_KEYS)
        )

        assert seen.pop("AuthorizerRole") == [of_keys]
        assert list(seen.values()) == [[of_tenants]] * (len(FUNCTIONS) - 1)

    def test_the_stream_is_read_by_its_function_alone(self, resources: dict[str, Any]) -> None:
        (policy,) = resources["NotifyRole"]["Properties"]["Policies"]
        statements = policy["PolicyDocument"]["Statement"]
        stream = {"Fn::GetAtt": ["Table", "StreamArn"]}

        assert [found for found in _statements(resources) if found["Resource"] == stream] == [
            found for found in statements if found["Resource"] == stream
        ]

    def test_no_managed_policy_widens_them(self, resources: dict[str, Any]) -> None:
        assert not [
            role for role in _of_type(resources, "AWS::IAM::Role").values() if "ManagedPolicyArns" in role["Properties"]
        ]
        assert not [function for function in _functions(resources).values() if "Policies" in function]

    def test_the_authorizer_may_only_read(self, resources: dict[str, Any]) -> None:
        (policy,) = resources["AuthorizerRole"]["Properties"]["Policies"]
        table = [
            statement
            for statement in policy["PolicyDocument"]["Statement"]
            if any(action.startswith("dynamodb:") for action in _list(statement["Action"]))
        ]

        assert [_list(statement["Action"]) for statement in table] == [["dynamodb:GetItem"]]

    def test_only_those_who_need_the_queue_reach_it(self, resources: dict[str, Any]) -> None:
        def queue_actions(role: str) -> set[str]:
            (policy,) = resources[role]["Properties"]["Policies"]
            return {
                action
                for statement in policy["PolicyDocument"]["Statement"]
                for action in _list(statement["Action"])
                if action.startswith("sqs:")
            }

        assert queue_actions("ApiRole") == queue_actions("AuthorizerRole") == set()
        assert queue_actions("AnnotateRole") == queue_actions("WebhooksRole") == {"sqs:SendMessage"}
        for role in ("WorkerRole", "NotifyRole"):
            assert {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"} <= queue_actions(role)


class TestTable:
    def test_it_is_on_demand_encrypted_restorable_and_streamed(self, resources: dict[str, Any]) -> None:
        (table,) = _of_type(resources, "AWS::DynamoDB::Table").values()
        properties = table["Properties"]

        assert properties["BillingMode"] == "PAY_PER_REQUEST"
        assert properties["SSESpecification"] == {"SSEEnabled": True}
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert properties["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
        assert properties["DeletionProtectionEnabled"] is True

    def test_it_outlives_its_stack(self, resources: dict[str, Any]) -> None:
        (table,) = _of_type(resources, "AWS::DynamoDB::Table").values()

        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain")

    def test_it_has_the_keys_and_the_time_to_live_that_the_store_writes(self, resources: dict[str, Any]) -> None:
        from moto import mock_aws

        (table,) = _of_type(resources, "AWS::DynamoDB::Table").values()
        with mock_aws():
            client = clients.dynamodb("eu-west-1")
            schema.create_table(client, "local")
            local = client.describe_table(TableName="local")["Table"]

        assert table["Properties"]["KeySchema"] == local["KeySchema"]
        assert table["Properties"]["AttributeDefinitions"] == local["AttributeDefinitions"]
        assert table["Properties"]["TimeToLiveSpecification"] == {
            "AttributeName": schema.TTL_ATTRIBUTE,
            "Enabled": True,
        }


class TestQueue:
    def test_a_batch_that_runs_is_not_given_out_again(self, resources: dict[str, Any]) -> None:
        worker = _functions(resources)["worker"]

        assert resources["JobQueue"]["Properties"]["VisibilityTimeout"] >= 6 * worker["Timeout"]

    def test_failures_are_reported_message_by_message(self, resources: dict[str, Any]) -> None:
        (event,) = _functions(resources)["worker"]["Events"].values()

        assert event["Properties"]["Queue"] == {"Fn::GetAtt": ["JobQueue", "Arn"]}
        assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]

    def test_what_fails_three_times_goes_to_the_dead_letters_and_stays_there_long(
        self, resources: dict[str, Any]
    ) -> None:
        redrive = resources["JobQueue"]["Properties"]["RedrivePolicy"]

        assert redrive == {"deadLetterTargetArn": {"Fn::GetAtt": ["DeadLetters", "Arn"]}, "maxReceiveCount": 3}
        assert resources["DeadLetters"]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 60 * 60
        assert resources["DeadLetters"]["DeletionPolicy"] == "Retain"

    def test_queues_are_encrypted(self, resources: dict[str, Any]) -> None:
        for queue in _of_type(resources, "AWS::SQS::Queue").values():
            assert queue["Properties"]["SqsManagedSseEnabled"] is True

    def test_the_worker_has_time_for_a_whole_batch_and_the_local_one_is_alike(self, resources: dict[str, Any]) -> None:
        from functions.worker.main import MAX_RECEIVES, MILLISECONDS_A_JOB

        worker = _functions(resources)["worker"]
        (event,) = worker["Events"].values()
        batch = event["Properties"]["BatchSize"]

        assert worker["Timeout"] * 1000 >= batch * MILLISECONDS_A_JOB
        assert resources["JobQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"] == MAX_RECEIVES
        assert (batch, MAX_RECEIVES) == (cloud.BATCH, cloud.MAX_RECEIVES)
        assert worker["Timeout"] * 1000 == cloud.WORKER_MILLISECONDS
        assert resources["JobQueue"]["Properties"]["VisibilityTimeout"] == cloud.VISIBILITY_SECONDS


class TestDeliveries:
    def test_they_are_tried_one_at_a_time_and_given_up_like_jobs(self, resources: dict[str, Any]) -> None:
        from functions.notify.main import MILLISECONDS_A_DELIVERY
        from secondsource.web.posting import DEADLINE_SECONDS

        notify, queue = _functions(resources)["notify"], resources["DeliveryQueue"]["Properties"]
        (event,) = [event["Properties"] for event in notify["Events"].values() if event["Type"] == "SQS"]

        assert event["Queue"] == {"Fn::GetAtt": ["DeliveryQueue", "Arn"]}
        assert (event["BatchSize"], event["FunctionResponseTypes"]) == (1, ["ReportBatchItemFailures"])
        assert DEADLINE_SECONDS * 1000 < MILLISECONDS_A_DELIVERY < notify["Timeout"] * 1000
        assert queue["VisibilityTimeout"] == cloud.DELIVERY_VISIBILITY_SECONDS == 6 * notify["Timeout"]
        assert queue["RedrivePolicy"] == resources["JobQueue"]["Properties"]["RedrivePolicy"]


class TestStream:
    @pytest.fixture
    def source(self, resources: dict[str, Any]) -> dict[str, Any]:
        events = _functions(resources)["notify"]["Events"].values()
        (event,) = [event for event in events if event["Type"] == "DynamoDB"]
        found: dict[str, Any] = event["Properties"]
        return found

    def test_only_events_occurrences_and_records_that_are_new_or_merged_wake_the_function(
        self, source: dict[str, Any]
    ) -> None:
        patterns = [json.loads(found["Pattern"]) for found in source["FilterCriteria"]["Filters"]]

        assert source["Stream"] == {"Fn::GetAtt": ["Table", "StreamArn"]}
        assert tuple(patterns) == FILTERS

    def test_what_fails_is_narrowed_down_tried_again_and_kept_for_somebody_to_look_at(
        self, source: dict[str, Any]
    ) -> None:
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["BisectBatchOnFunctionError"] is True
        assert 0 < source["MaximumRetryAttempts"] <= 10
        assert 0 < source["MaximumRecordAgeInSeconds"] < 24 * 60 * 60
        assert source["DestinationConfig"] == {
            "OnFailure": {"Type": "SQS", "Destination": {"Fn::GetAtt": ["DeadLetters", "Arn"]}}
        }

    def test_the_local_one_is_alike(self, resources: dict[str, Any], source: dict[str, Any]) -> None:
        assert source["BatchSize"] == stream.BATCH
        assert source["MaximumRetryAttempts"] == stream.RETRIES
        assert _functions(resources)["notify"]["Timeout"] * 1000 == stream.MILLISECONDS
        assert source["StartingPosition"] == "TRIM_HORIZON"


class TestWatching:
    def test_logs_end(self, resources: dict[str, Any]) -> None:
        groups = _of_type(resources, "AWS::Logs::LogGroup")

        assert len(groups) == len(FUNCTIONS)
        for group in groups.values():
            assert group["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}

    def test_there_are_alarms_on_errors_dead_letters_age_and_latency(self, resources: dict[str, Any]) -> None:
        alarms = [alarm["Properties"] for alarm in _of_type(resources, "AWS::CloudWatch::Alarm").values()]
        watched = {(alarm["Namespace"], alarm["MetricName"]) for alarm in alarms}
        functions = {
            dimension["Value"]["Ref"]
            for alarm in alarms
            if (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
            for dimension in alarm["Dimensions"]
        }

        assert watched == {
            ("AWS/Lambda", "Errors"),
            ("AWS/Lambda", "IteratorAge"),
            ("AWS/ApiGateway", "5XXError"),
            ("AWS/ApiGateway", "Latency"),
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        }
        assert functions == {function["Name"] for function in _functions(resources).values()}
        assert [alarm["ExtendedStatistic"] for alarm in alarms if alarm["MetricName"] == "Latency"] == ["p95"]

    def test_each_queue_of_work_has_an_alarm_on_its_age_that_no_put_off_message_sets_off(
        self, resources: dict[str, Any]
    ) -> None:
        ages = {
            dimension["Value"]["Fn::GetAtt"][0]: alarm["Properties"]["Threshold"]
            for alarm in _of_type(resources, "AWS::CloudWatch::Alarm").values()
            for dimension in alarm["Properties"]["Dimensions"]
            if alarm["Properties"]["MetricName"] == "ApproximateAgeOfOldestMessage"
        }
        deliveries = resources["DeliveryQueue"]["Properties"]

        assert set(ages) == {"JobQueue", "DeliveryQueue"}
        assert ages["JobQueue"] > LONGEST_PAUSE + _functions(resources)["worker"]["Timeout"]
        again = (deliveries["RedrivePolicy"]["maxReceiveCount"] - 1) * deliveries["VisibilityTimeout"]
        assert ages["DeliveryQueue"] > LONGEST_WAIT + again

    def test_who_runs_it_can_look_up_every_alarm_and_output(self, template: dict[str, Any]) -> None:
        told = (TEMPLATE.parent / "docs" / "operations.md").read_text()
        alarms = _of_type(template["Resources"], "AWS::CloudWatch::Alarm")
        named = [*alarms, *template["Outputs"], *template["Parameters"]]
        assert [name for name in named if f"`{name}`" not in told] == []

    def test_alarms_reach_somebody_and_do_not_ring_for_silence(self, resources: dict[str, Any]) -> None:
        for alarm in _of_type(resources, "AWS::CloudWatch::Alarm").values():
            assert alarm["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopic"}]
            assert alarm["Properties"]["TreatMissingData"] == "notBreaching"
            assert alarm["Properties"]["AlarmDescription"]

    def test_alarms_of_the_api_name_the_api_as_it_is_named(self, resources: dict[str, Any]) -> None:
        api = resources["Api"]["Properties"]
        dimensions = [
            {dimension["Name"]: dimension["Value"] for dimension in alarm["Properties"]["Dimensions"]}
            for alarm in _of_type(resources, "AWS::CloudWatch::Alarm").values()
            if alarm["Properties"]["Namespace"] == "AWS/ApiGateway"
        ]

        assert dimensions == [{"ApiName": api["Name"], "Stage": api["StageName"]}] * 2
