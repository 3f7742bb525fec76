"""Calls from web pages: an allow-list, and nothing reflected that is not on it."""

import pytest

from secondsource.local.cloud import Cloud
from secondsource.local.gateway import Gateway, HttpResponse, gateway_headers
from secondsource.web.problem import GATEWAY_PROBLEMS
from tests.http.client import Client
from tests.http.conftest import ORIGINS

NOT_ALLOWED = [
    "https://evil.test",
    "null",
    "https://newsroom.test.evil.test",
    "https://newsroom.test:8443",
    "http://newsroom.test",
    "HTTPS://NEWSROOM.TEST",
    "chrome-extension://aaaaaaaaaaaaaaaa",
    "moz-extension://01234567-89ab-cdef-0123-456789abcdef",
    "https://newsroom.test, https://evil.test",
    "*",
    "",
]


METHODS = ("get", "put", "post", "patch", "delete")


def _listed(answered: HttpResponse, name: str) -> set[str]:
    """The names in a header, which count in any case."""
    return set((answered.header(name) or "").lower().split(", "))


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_origin_on_the_list_may_read_the_answer(client: Client, origin: str) -> None:
    answered = client.get("/v1/articles", Origin=origin)

    assert answered.header("Access-Control-Allow-Origin") == origin
    assert "ETag" in (answered.header("Access-Control-Expose-Headers") or "")
    assert answered.header("Access-Control-Allow-Credentials") is None


@pytest.mark.parametrize("origin", NOT_ALLOWED)
def test_no_other_origin_is_let_in_or_reflected(client: Client, origin: str) -> None:
    for path in ("/v1/articles", "/v1/nothing", "/v1/articles/art_1"):
        assert client.get(path, Origin=origin).header("Access-Control-Allow-Origin") is None


def test_two_origin_headers_are_none(client: Client) -> None:
    answered = client.send("GET", "/v1/articles", headers=[("Origin", origin) for origin in ORIGINS])

    assert answered.header("Access-Control-Allow-Origin") is None


def test_answers_vary_by_origin_whoever_asks(client: Client) -> None:
    assert client.get("/v1/articles").header("Vary") == "Origin"
    assert client.get("/v1/articles", Origin=ORIGINS[0]).header("Vary") == "Origin"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/articles/art_1", 404),
        ("GET", "/v1/articles?limit=0", 400),
        ("PUT", "/v1/articles", 405),
        ("POST", "/v1/articles", 415),
        ("GET", "/v1/nothing", 404),
    ],
)
def test_errors_may_be_read_too(client: Client, method: str, path: str, status: int) -> None:
    answered = client.send(method, path, headers={"Origin": ORIGINS[1]})

    assert answered.status == status
    assert answered.header("Access-Control-Allow-Origin") == ORIGINS[1]


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_extension_may_read_what_nobody_foresaw_too(
    cloud: Cloud, client: Client, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setattr(cloud.wiring.store, "get_article", lambda *_: 1 / 0)

    answered = client.get("/v1/articles/art_1", Origin=origin)

    assert (answered.status, answered.header("Access-Control-Allow-Origin")) == (500, origin)


def test_a_page_may_read_when_to_come_again_of_what_the_gateway_refuses() -> None:
    for kind in GATEWAY_PROBLEMS:
        headers = gateway_headers(kind, ORIGINS)

        assert {name for name in ("Retry-After", "WWW-Authenticate") if name in headers} <= set(
            headers["Access-Control-Expose-Headers"].split(", ")
        )


def test_a_content_script_carries_its_pages_origin_and_is_not_let_in(client: Client) -> None:
    """A page's own origin is not the extension's: what asks from within a page is the page."""
    answered = client.get("/v1/articles", Origin="https://some.newspaper.test")

    assert answered.status == 200
    assert answered.header("Access-Control-Allow-Origin") is None


def test_what_the_gateway_refuses_may_be_read_by_the_first_origin_alone(gateway: Gateway) -> None:
    for origin in (*ORIGINS, "https://evil.test"):
        answered = Client(gateway).get("/v1/articles", Origin=origin)

        assert answered.status == 401
        assert answered.header("Access-Control-Allow-Origin") == ORIGINS[0]


def test_all_headers_that_the_api_documents_may_be_sent_and_read(client: Client) -> None:
    document = client.get("/v1/openapi.json").json()
    operations = [
        operation for path in document["paths"].values() for name, operation in path.items() if name in METHODS
    ]
    sent = {
        parameter["name"].lower()
        for operation in operations
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "header"
    }
    read = {
        name.lower()
        for operation in operations
        for answer in operation["responses"].values()
        for name in answer.get("headers", ())
    }
    asked = client.send("OPTIONS", "/v1/actors/x", headers={"Origin": ORIGINS[0]})

    assert {"if-match", "prefer"} <= sent <= _listed(asked, "Access-Control-Allow-Headers")
    assert (
        {"etag", "link"}
        <= read
        <= _listed(client.get("/v1/actors", Origin=ORIGINS[0]), "Access-Control-Expose-Headers")
    )


class TestPreflight:
    def test_it_takes_no_key_and_names_methods_and_headers(self, gateway: Gateway) -> None:
        answered = Client(gateway).send(
            "OPTIONS",
            "/v1/articles",
            headers={
                "Origin": ORIGINS[1],
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,idempotency-key",
            },
        )

        assert (answered.status, answered.body) == (204, b"")
        assert answered.header("Access-Control-Allow-Origin") == ORIGINS[1]
        assert answered.header("Access-Control-Allow-Methods") == "GET, OPTIONS, POST"
        for name in ("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Prefer", "X-API-Key"):
            assert name in (answered.header("Access-Control-Allow-Headers") or "")

    @pytest.mark.parametrize("origin", NOT_ALLOWED)
    def test_another_origin_is_told_nothing(self, gateway: Gateway, origin: str) -> None:
        answered = Client(gateway).send("OPTIONS", "/v1/articles", headers={"Origin": origin})

        assert answered.status == 204
        assert not [name for name, _ in answered.headers if name.startswith("Access-Control-")]

    def test_without_an_origin_it_says_what_is_allowed(self, gateway: Gateway) -> None:
        assert Client(gateway).send("OPTIONS", "/v1/claims").header("Allow") == "GET, OPTIONS"
