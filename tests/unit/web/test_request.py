from typing import Any

import pytest

from secondsource.model import Scope
from secondsource.web.request import Request


def _request(**event: Any) -> Request:
    return Request({"httpMethod": "GET", "path": "/v1/articles", **event})


def test_headers_are_found_whatever_their_case_and_joined_when_there_are_several() -> None:
    request = _request(headers={"ORIGIN": "b"}, multiValueHeaders={"Origin": ["a", "b"]})

    assert request.header("origin") == "a, b"
    assert request.header("other") is None


def test_an_event_without_headers_has_none() -> None:
    assert _request(headers=None, multiValueHeaders=None).headers == {}


@pytest.mark.parametrize(
    ("public_path", "prefix"), [("/live/v1/articles", "/live"), ("/v1/articles", ""), ("/elsewhere", "")]
)
def test_the_stage_before_the_path_is_the_prefix(public_path: str, prefix: str) -> None:
    assert _request(requestContext={"path": public_path}).prefix == prefix


def test_the_address_of_the_api_has_scheme_host_and_stage() -> None:
    context = {"path": "/live/v1/articles", "domainName": "x.execute-api.eu-west-1.amazonaws.com"}

    assert _request(requestContext=context).base_url == "https://x.execute-api.eu-west-1.amazonaws.com/live"


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a@b", 'a"', "a:b", "a\n", "[::1]x", "x" * 300])
def test_a_host_that_is_none_is_not_repeated(host: str) -> None:
    assert _request(requestContext={"path": "/v1/articles", "domainName": host}).base_url == ""


def test_the_tenant_is_the_authorizers_and_unknown_scopes_are_none() -> None:
    tenant = _request(requestContext={"authorizer": {"tenant": "courier", "scopes": "read fly"}}).tenant

    assert tenant is not None
    assert (tenant.id, tenant.scopes) == ("courier", (Scope.READ,))


@pytest.mark.parametrize(
    "context", [None, {}, {"authorizer": None}, {"authorizer": {"tenant": ""}}, {"authorizer": {}}]
)
def test_without_the_authorizer_there_is_no_tenant(context: Any) -> None:
    assert _request(requestContext=context).tenant is None
