"""Every error is a problem (RFC 9457): unknown paths, wrong methods, what nobody foresaw."""

import pytest

from secondsource.errors import FetchFailed, Unavailable
from secondsource.local.cloud import Cloud
from secondsource.local.functions import handlers
from secondsource.local.gateway import MAX_REQUEST_BYTES, Gateway
from secondsource.web.problem import GATEWAY_PROBLEMS
from tests.contract import unruly
from tests.http.client import Client, code_of
from tests.http.fakes import Web


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/v1",
        "/v2/articles",
        "/v1/nothing",
        "//v1/articles",
        "/v1//articles",
        "/v1/articles/a/b/c",
        "/V1/articles",
        "/v1/articles%2F",
        "/v1/" + "a" * 10_000,
        "/v1/nothing?" + "&".join(f"k{number}=v" for number in range(100)),
        "/v1/%0d%0aX-Injected:%201",
        '/v1/"<script>',
        '/v1/articles/art"1',
        "/v1/articles/art`1/summary",
        "/v1/claims/a\\b",
        "/v1/jobs/\u20ac\U0001f600",
    ],
)
def test_an_unknown_path_is_not_found(client: Client, target: str) -> None:
    answered = client.get(target)

    assert (answered.status, code_of(answered)) == (404, "not-found")
    assert answered.json()["instance"] == target.partition("?")[0]
    assert answered.header("X-Injected") is None


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/articles", "GET, OPTIONS, POST"),
        ("PATCH", "/v1/articles/art_1", "DELETE, GET, OPTIONS"),
        ("HEAD", "/v1/articles", "GET, OPTIONS, POST"),
        ("POST", "/v1/health", "GET, OPTIONS"),
        ("DELETE", "/v1/jobs/job_1", "GET, OPTIONS"),
        ("GET", "/v1/comparisons", "OPTIONS, POST"),
        ("TRACE", "/v1/claims", "GET, OPTIONS"),
        ("BREW", "/v1/claims", "GET, OPTIONS"),
    ],
)
def test_a_wrong_method_is_answered_with_those_that_are_right(
    gateway: Gateway, method: str, path: str, allowed: str
) -> None:
    answered = Client(gateway).send(method, path)

    assert (answered.status, code_of(answered)) == (405, "method-not-allowed")
    assert answered.header("Allow") == allowed


@pytest.mark.parametrize(
    ("target", "takes"),
    [
        ("/v1/claims?Q=The+dam+at+Varn+is+unsafe", "it takes q, limit, cursor."),
        ("/v1/events?limit=5&before=x", "it takes limit, cursor, after."),
        ("/v1/articles?" + "&".join(f"k{number}={number}" for number in range(100)), "it takes limit, cursor."),
        ("/v1/articles?limit=5&%ff=%fe", "it takes limit, cursor."),
        ("/v1/articles/art_1/summary?page=1", "it takes none."),
    ],
)
def test_a_parameter_that_an_address_does_not_know_is_refused(client: Client, target: str, takes: str) -> None:
    answered = client.get(target)

    assert (answered.status, code_of(answered)) == (400, "malformed-request")
    assert answered.json()["detail"].startswith("There is no parameter")
    assert answered.json()["detail"].endswith(takes)


def test_of_a_long_unknown_parameter_only_a_part_is_repeated(client: Client) -> None:
    answered = client.get(f"/v1/articles?{'x' * 2_000}=1")

    assert answered.status == 400
    assert len(answered.body) < 1_000


def test_what_takes_no_key_may_be_asked_with_other_parameters(client: Client) -> None:
    assert client.get("/v1/health?probe=7").status == 200


def test_what_nobody_foresaw_says_nothing_of_itself(
    cloud: Cloud, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("secret inside")

    monkeypatch.setattr(cloud.wiring.store, "get_article", fail)

    answered = client.get("/v1/articles/art_1")

    assert (answered.status, code_of(answered)) == (500, "internal")
    assert b"secret" not in answered.body


def test_storage_out_of_reach_is_503_with_a_time_to_wait(
    cloud: Cloud, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(cloud.wiring.store, "get_article", fail)

    answered = client.get("/v1/articles/art_1")

    assert (answered.status, code_of(answered)) == (503, "unavailable")
    assert answered.header("Retry-After") == "2"


def test_a_fetch_that_failed_for_good_has_the_fetchs_own_code(client: Client, web: Web) -> None:
    web.failures["https://courier.test/gone"] = FetchFailed("http-410", "The site answered with status 410.")

    answered = client.post("/v1/articles", {"url": "https://courier.test/gone"})

    assert (answered.status, code_of(answered)) == (422, "http-410")


def test_errors_are_not_kept_by_caches(client: Client) -> None:
    assert client.get("/v1/nothing").header("Cache-Control") == "no-store"
    assert client.get("/v1/nothing").header("X-Content-Type-Options") == "nosniff"


class TestGateway:
    """What API Gateway answers without a function is imitated, and has the same form."""

    def test_a_request_larger_than_the_gateway_takes(self, client: Client) -> None:
        answered = client.send("POST", "/v1/articles", body=b" " * (MAX_REQUEST_BYTES + 1))

        assert (answered.status, code_of(answered)) == (413, "too-large")

    def test_an_authorizer_that_fails(self, cloud: Cloud) -> None:
        def fail(event: object, context: object) -> dict[str, object]:
            raise RuntimeError("secret inside")

        answered = Client(Gateway(handlers(), fail), "key").get("/v1/articles")

        assert (answered.status, code_of(answered)) == (503, "unavailable")
        assert answered.header("Retry-After") == "2"
        assert b"secret" not in answered.body

    def test_a_key_that_cannot_be_looked_up(self, cloud: Cloud, client: Client) -> None:
        with unruly.refusing(cloud.wiring.dynamodb, "ProvisionedThroughputExceededException"):
            answered = client.get("/v1/articles")

        assert (answered.status, code_of(answered)) == (503, "unavailable")
        assert answered.header("Retry-After") == "2"
        assert client.get("/v1/articles").status == 200

    def test_a_function_that_fails(self, cloud: Cloud) -> None:
        def fail(event: object, context: object) -> dict[str, object]:
            raise RuntimeError("secret inside")

        answered = Client(Gateway({"api": fail}, fail)).get("/v1/health")

        assert (answered.status, code_of(answered)) == (500, "internal")

    @pytest.mark.parametrize("kind", GATEWAY_PROBLEMS)
    def test_all_its_answers_are_problems_of_their_status(self, kind: str) -> None:
        from secondsource.web.problem import of_gateway

        found = of_gateway(kind, "/v1/articles")

        assert found.type.startswith("urn:secondsource:problem:")
        assert found.status == GATEWAY_PROBLEMS[kind].status
