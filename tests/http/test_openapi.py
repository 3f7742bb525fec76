"""The description of the API: OpenAPI 3.1, true to the routes, and a page that loads nothing."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from secondsource.local.gateway import Gateway
from secondsource.model import EventType, WebhookKind
from secondsource.web.problem import GATEWAY_PROBLEMS
from secondsource.web.routes import JSON, ROUTES
from tests.http.client import Client
from tests.unit.web.test_posts import ENTRY, GHOST_POST, STANDARD_MESSAGE


@pytest.fixture
def document(gateway: Gateway) -> dict[str, Any]:
    """The document as served."""
    answered = Client(gateway).get("/v1/openapi.json")
    assert answered.status == 200
    found: dict[str, Any] = answered.json()
    return found


def _operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_describes_the_routes_and_nothing_else(document: dict[str, Any]) -> None:
    assert set(_operations(document)) == {(route.method, route.path) for route in ROUTES}


def test_the_edge_takes_the_parameters_that_it_describes(document: dict[str, Any]) -> None:
    for route in ROUTES:
        given = document["paths"][route.path][route.method.lower()].get("parameters", [])
        assert {found["name"] for found in given if found["in"] == "query"} == {*route.query}, route.name


def test_all_its_references_lead_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    named = set(re.findall(r"#/components/schemas/(\w+)", str(document)))

    assert named <= set(schemas)
    assert "Report" in named


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for operation in _operations(document).values():
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]


def test_every_route_says_what_the_gateway_and_the_edge_may_answer(document: dict[str, Any]) -> None:
    for route in ROUTES:
        told = {int(status) for status in document["paths"][route.path][route.method.lower()]["responses"]}
        gateway = {found.status for kind, found in GATEWAY_PROBLEMS.items() if kind != "REQUEST_TOO_LARGE"}
        gateway -= {401, 404, 503}  # of the authorizer, and of paths that are none

        assert gateway <= told, route.name
        if route.scope is not None:
            assert {401, 403, 503} <= told, route.name
        if "{" in route.path and route.method != "PUT":  # a PUT makes what is not there
            assert 404 in told, route.name
        if route.method == "POST" and route.takes == JSON:
            assert {409, 413, 415, 422} <= told, route.name


def test_what_says_when_to_come_again_says_so(document: dict[str, Any]) -> None:
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                assert ("Retry-After" in response.get("headers", {})) >= (status in ("429", "503"))


def test_what_takes_no_key_says_so(document: dict[str, Any]) -> None:
    operations = _operations(document)

    assert document["security"] == [{"bearer": []}, {"apiKey": []}]
    for route in ROUTES:
        open_to_all = operations[route.method, route.path].get("security") == []
        assert open_to_all == (route.scope is None)


@pytest.mark.parametrize(
    ("kind", "content", "fits"),
    [
        ("standard", STANDARD_MESSAGE, True),
        ("standard", STANDARD_MESSAGE["data"], False),
        ("standard", {"type": "article.draft", "data": STANDARD_MESSAGE["data"]}, False),
        ("standard", {"type": "article.published", "data": {"id": "a", "url": "https://courier.test/"}}, False),
        ("standard", {"type": "article.published", "data": {"id": "a", "text": "a", "html": "a"}}, False),
        ("standard", {"type": "article.published", "data": {"text": "a"}}, False),
        ("ghost", {"event": "post.published", "post": {"current": GHOST_POST, "previous": {}}}, True),
        ("ghost", {"post": {"current": {**GHOST_POST, "status": "draft"}}}, False),
        ("mapped", {"entry": ENTRY}, True),
    ],
)
def test_it_describes_what_comes_in_of_each_kind_of_webhook(
    document: dict[str, Any], kind: str, content: dict[str, Any], fits: bool
) -> None:
    body = _operations(document)["POST", "/v1/webhooks/in/{webhook_id}"]["requestBody"]["content"][JSON]["schema"]
    kinds = {schema["title"]: schema for schema in body["anyOf"]}

    assert set(kinds) == set(WebhookKind)
    assert Draft202012Validator(kinds[kind]).is_valid(content) == fits


def test_every_tag_says_what_stands_under_it(document: dict[str, Any]) -> None:
    used = {tag for operation in _operations(document).values() for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document["tags"]}


def test_it_names_all_that_there_are_events_of(document: dict[str, Any]) -> None:
    described = _operations(document)["GET", "/v1/events"]["description"]
    assert [kind for kind in EventType if f"`{kind}`" not in described] == []


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in _operations(document).values()]

    assert len(names) == len(set(names))
    assert "submitArticle" in names


def test_it_names_its_own_address(document: dict[str, Any]) -> None:
    assert document["servers"] == [{"url": "http://api.test"}]


def test_a_host_that_is_none_is_not_repeated(gateway: Gateway) -> None:
    answered = Client(gateway).send("GET", "/v1/openapi.json", headers=[("Host", 'evil"><script>')])

    assert b"evil" not in answered.body


def test_it_has_an_etag(gateway: Gateway) -> None:
    tag = Client(gateway).get("/v1/openapi.json").header("ETag")

    assert tag
    assert Client(gateway).get("/v1/openapi.json", If_None_Match=tag).status == 304


class TestDocs:
    def test_the_page_loads_nothing_from_elsewhere(self, gateway: Gateway) -> None:
        answered = Client(gateway).get("/v1/docs")
        html = answered.body.decode()

        assert answered.status == 200
        assert answered.header("Content-Type") == "text/html; charset=utf-8"
        assert not re.findall(r"<(?:script|link|img|iframe)[^>]*\b(?:src|href)=", html.partition("<body>")[0])
        assert "default-src 'none'" in (answered.header("Content-Security-Policy") or "")

    def test_the_page_shows_this_api(self, gateway: Gateway) -> None:
        html = Client(gateway).get("/v1/docs").body.decode()

        assert "<title>Second Source API</title>" in html
        assert '"submitArticle"' in html

    def test_the_page_is_smaller_than_lambda_may_answer(self, gateway: Gateway) -> None:
        assert len(Client(gateway).get("/v1/docs").body) < 6_000_000
