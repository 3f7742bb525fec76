import json

import pytest

from secondsource import errors
from secondsource.web import problem


def _all_errors() -> list[type[errors.SecondSourceError]]:
    found, queue = [], [errors.SecondSourceError]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue += kind.__subclasses__()
    return [
        kind
        for kind in found
        if kind not in (errors.SecondSourceError, errors.FetchFailed) and kind.__module__ == errors.__name__
    ]


@pytest.mark.parametrize("kind", _all_errors())
def test_every_error_has_a_type_a_title_and_a_status_of_its_own(kind: type[errors.SecondSourceError]) -> None:
    more = {"retry_after": 7} if issubclass(kind, errors.TooManyRequests) else {}
    found = problem.of_error(kind("What went wrong.", **more), "/v1/x")

    assert found.type == f"urn:secondsource:problem:{kind.code}"
    assert (found.title, found.status, found.instance) == (kind.title, kind.status, "/v1/x")
    assert found.detail


def test_what_is_too_much_says_when_to_come_again() -> None:
    assert problem.headers_of(errors.DailyQuotaSpent("Enough.", retry_after=42)) == {"Retry-After": "42"}
    assert problem.headers_of(errors.StorageQuotaSpent("Full.")) == {}


def test_an_error_without_words_says_its_title() -> None:
    assert problem.of_error(errors.NotFound(), "/").detail == "Not found."


def test_unauthorized_says_the_same_whatever_is_wrong() -> None:
    one = problem.of_error(errors.Unauthorized("no such key"), "/v1/x")

    assert one == problem.of_error(errors.Unauthorized("revoked"), "/v1/x")
    assert one.to_json() == problem.of_gateway("ACCESS_DENIED", "/v1/x").to_json()


def test_an_error_without_a_public_code_says_nothing_of_itself() -> None:
    found = problem.of_error(errors.SecondSourceError("ValidationException"), "/")

    assert found == problem.internal("/")
    assert "Validation" not in found.to_json()


def test_a_failed_fetch_keeps_its_code() -> None:
    error = errors.FetchFailed("http-410", "The site answered with status 410.")

    assert problem.of_error(error, "/").type == "urn:secondsource:problem:http-410"
    assert problem.headers_of(error) == {}


def test_the_json_has_no_member_that_says_nothing() -> None:
    found = json.loads(problem.of_error(errors.NotFound("Gone."), "/v1/x").to_json())

    assert set(found) == {"type", "title", "status", "detail", "instance"}


def test_fields_at_fault_are_named() -> None:
    field = problem.FieldProblem(field="/text", detail="Input should be a valid string")

    found = json.loads(problem.of_error(errors.UnprocessableInput("x"), "/", (field,)).to_json())

    assert found["errors"] == [{"field": "/text", "detail": "Input should be a valid string"}]


@pytest.mark.parametrize("kind", problem.GATEWAY_PROBLEMS)
def test_no_text_of_the_gateway_needs_escaping_or_holds_another_variable(kind: str) -> None:
    known = problem.GATEWAY_PROBLEMS[kind]

    for text in (known.code, known.title, known.detail):
        assert not set(text) & set('"\\$\n')
