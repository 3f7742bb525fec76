import base64
import json
from typing import Any

import pytest

from secondsource.local.gateway import Gateway, HttpRequest, HttpResponse


class Recorder:
    """A handler that keeps its event."""

    def __init__(self, answer: dict[str, Any] | None = None) -> None:
        self.event: dict[str, Any] = {}
        self._answer = answer or {"statusCode": 200, "body": "", "isBase64Encoded": False}

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        self.event = event
        assert context.aws_request_id
        assert context.get_remaining_time_in_millis() > 0
        return self._answer


def _allow(event: dict[str, Any], context: Any) -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
    return {
        "principalId": "courier",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"tenant": "courier", "scopes": "read"},
    }


def _event(method: str, target: str, body: bytes = b"", headers: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    recorder = Recorder()
    gateway = Gateway({"api": recorder, "annotate": recorder, "register": recorder, "webhooks": recorder}, _allow)
    gateway.handle(HttpRequest(method, target, headers, body))
    return recorder.event


def test_an_event_has_what_a_rest_api_sends() -> None:
    event = _event(
        "GET",
        "/v1/articles/art%5F1/annotations/?page=2&x=1&x=%C3%BC&flag",
        headers=(("host", "127.0.0.1:8080"), ("accept", "a"), ("accept", "b"), ("user-agent", "test")),
    )

    assert event["httpMethod"] == "GET"
    assert event["resource"] == "/v1/articles/{article_id}/annotations"
    assert event["path"] == "/v1/articles/art%5F1/annotations/"
    assert event["pathParameters"] == {"article_id": "art_1"}
    assert event["queryStringParameters"] == {"page": "2", "x": "ü", "flag": ""}
    assert event["multiValueQueryStringParameters"] == {"page": ["2"], "x": ["1", "ü"], "flag": [""]}
    assert event["headers"]["Accept"] == "b"
    assert event["multiValueHeaders"]["Accept"] == ["a", "b"]
    assert event["requestContext"]["path"] == event["path"]
    assert event["requestContext"]["identity"]["sourceIp"] == "127.0.0.1"
    assert event["requestContext"]["domainName"] == "127.0.0.1:8080"
    assert event["requestContext"]["authorizer"] == {"tenant": "courier", "scopes": "read", "principalId": "courier"}
    assert (event["body"], event["isBase64Encoded"]) == (None, False)
    json.dumps(event)


def test_what_is_not_there_is_null() -> None:
    event = _event("GET", "/v1/claims")

    assert event["queryStringParameters"] is None
    assert event["multiValueQueryStringParameters"] is None
    assert event["pathParameters"] is None


def test_a_body_of_text_is_sent_as_it_is_and_another_in_base64() -> None:
    text = _event("POST", "/v1/articles", '{"a": "ü"}'.encode())
    binary = _event("POST", "/v1/articles", b"\xff\x00")

    assert (text["body"], text["isBase64Encoded"]) == ('{"a": "ü"}', False)
    assert (base64.b64decode(binary["body"]), binary["isBase64Encoded"]) == (b"\xff\x00", True)


def test_an_unknown_path_and_a_wrong_method_reach_the_function_that_answers_them_without_the_authorizer() -> None:
    assert _event("GET", "/nothing/here")["pathParameters"] == {"proxy": "nothing/here"}
    assert "authorizer" not in _event("PUT", "/v1/articles")["requestContext"]


def test_the_authorizer_sees_the_request_but_not_its_body() -> None:
    seen: list[dict[str, Any]] = []

    def deny(event: dict[str, Any], context: Any) -> dict[str, Any]:
        seen.append(event)
        return {"principalId": "x", "policyDocument": {"Statement": [{"Effect": "Deny"}]}}

    answered = Gateway({}, deny).handle(HttpRequest("POST", "/v1/articles", [("X-API-Key", "k")], b"secret"))

    assert answered.status == 401
    assert seen[0]["type"] == "REQUEST"
    assert seen[0]["methodArn"].endswith("/POST/v1/articles")
    assert seen[0]["headers"]["X-Api-Key"] == "k"
    assert "body" not in seen[0]


@pytest.mark.parametrize("policy", [{}, {"Statement": []}, {"Statement": [{"Effect": "Allow"}, {"Effect": "Deny"}]}])
def test_only_a_policy_that_allows_lets_in(policy: dict[str, Any]) -> None:
    def authorizer(event: dict[str, Any], context: Any) -> dict[str, Any]:
        return {"principalId": "x", "policyDocument": policy}

    assert Gateway({"api": Recorder()}, authorizer).handle(HttpRequest("GET", "/v1/claims")).status == 401


def _answered(answer: dict[str, Any]) -> HttpResponse:
    return Gateway({"api": Recorder(answer)}, _allow).handle(HttpRequest("GET", "/v1/health"))


def test_an_answer_becomes_a_response() -> None:
    answered = _answered(
        {
            "statusCode": 200,
            "body": base64.b64encode(b"\x00\xff").decode(),
            "isBase64Encoded": True,
            "headers": {"A": "1"},
            "multiValueHeaders": {"B": ["2", "3"]},
        }
    )

    assert answered.body == b"\x00\xff"
    assert sorted(answered.headers) == [("A", "1"), ("B", "2"), ("B", "3")]


@pytest.mark.parametrize("status", [204, 304])
def test_some_statuses_have_no_body(status: int) -> None:
    assert _answered({"statusCode": status, "body": "x"}).body == b""


@pytest.mark.parametrize("answer", [{}, {"statusCode": "x"}, {"statusCode": 200, "body": 5}])
def test_an_answer_that_is_none_is_an_internal_error(answer: dict[str, Any]) -> None:
    recorder = Recorder()
    recorder._answer = answer

    assert Gateway({"api": recorder}, _allow).handle(HttpRequest("GET", "/v1/health")).status == 500
