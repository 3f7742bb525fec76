"""How much is taken in, and of what type."""

import base64
import json

import pytest

from secondsource.local.functions import handler_of
from secondsource.local.gateway import LambdaContext
from secondsource.text.limits import MAX_HTML_BYTES, MAX_TEXT_CHARS
from secondsource.web.problem import MAX_BODY_BYTES
from tests.http.client import Client, code_of


def _post_as_event(body: str | None, encoded: bool, **headers: str) -> tuple[int, dict[str, object]]:
    """Straight to the handler, with what only API Gateway decides."""
    event = {
        "httpMethod": "POST",
        "path": "/v1/articles",
        "headers": {"Content-Type": "application/json", **headers},
        "requestContext": {"path": "/v1/articles", "authorizer": {"tenant": "courier", "scopes": "read write"}},
        "body": body,
        "isBase64Encoded": encoded,
    }
    answered = handler_of("annotate")(event, LambdaContext("annotate"))
    return answered["statusCode"], json.loads(answered["body"])


class TestSize:
    def test_the_longest_text_is_taken(self, client: Client) -> None:
        assert client.post("/v1/articles", {"text": "a" * MAX_TEXT_CHARS}).status == 201

    def test_one_character_more_is_told_the_limit(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": "a" * (MAX_TEXT_CHARS + 1)})

        assert (answered.status, code_of(answered)) == (413, "too-large")
        assert "200,000 characters" in answered.json()["detail"]

    def test_text_counts_in_characters_not_bytes(self, client: Client) -> None:
        assert client.post("/v1/articles", {"text": "🦆" * MAX_TEXT_CHARS}).status == 201

    def test_html_counts_in_bytes(self, client: Client) -> None:
        page = "<p>" + "ü" * ((MAX_HTML_BYTES - 7) // 2) + "</p>"
        larger = page + "ü"

        taken, refused = client.post("/v1/articles", {"html": page}), client.post("/v1/articles", {"html": larger})

        # So much text in one page is more than the limit on text: what is told is which limit it was.
        assert "bytes" not in taken.json().get("detail", "")
        assert (refused.status, code_of(refused)) == (413, "too-large")
        assert "1,000,000 bytes" in refused.json()["detail"]

    def test_a_body_larger_than_all_is_told_the_limit_before_it_is_read(self, client: Client) -> None:
        at_limit = client.send("POST", "/v1/articles", body=b"{" + b" " * (MAX_BODY_BYTES - 1))
        above = client.send("POST", "/v1/articles", body=b"{" + b" " * MAX_BODY_BYTES)

        assert (at_limit.status, code_of(at_limit)) == (400, "malformed-json")
        assert (above.status, code_of(above)) == (413, "too-large")
        assert f"{MAX_BODY_BYTES:,} bytes" in above.json()["detail"]

    def test_the_whole_body_counts_in_bytes(self, client: Client) -> None:
        body = json.dumps({"text": "A.", "title": "ü" * (MAX_BODY_BYTES // 2)}, ensure_ascii=False).encode()

        assert client.send("POST", "/v1/articles", body=body).status == 413

    @pytest.mark.parametrize(("field", "most"), [("title", 1000), ("publisher", 500), ("byline", 500), ("url", 4096)])
    def test_a_field_that_is_too_long_is_named(self, client: Client, field: str, most: int) -> None:
        answered = client.post("/v1/articles", {"text": "A.", field: "a" * (most + 1)})

        assert answered.status == 422
        assert [error["field"] for error in answered.json()["errors"]] == [f"/{field}"]

    def test_an_address_of_the_documented_length_is_taken(self, client: Client) -> None:
        url = f"https://courier.test/{'a' * 4_075}"

        assert client.post("/v1/articles", {"text": "A.", "url": url}).json()["url"] == url
        assert client.post("/v1/articles", {"text": "A.", "url": f"{url}a"}).status == 422

    def test_of_a_long_unknown_field_only_a_part_is_repeated(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": "A.", "x" * 100_000: 1})

        assert answered.status == 422
        assert len(answered.body) < 1_000

    def test_of_many_unknown_fields_only_some_are_named(self, client: Client) -> None:
        answered = client.post("/v1/articles", {"text": "A.", **{f"x{number}": 1 for number in range(1_000)}})

        assert answered.status == 422
        assert len(answered.json()["errors"]) == 20


@pytest.mark.parametrize(
    ("method", "target", "body", "field", "detail"),
    [
        ("POST", "/v1/comparisons", {"articles": ["art_1"]}, "/articles", "there must be at least 2"),
        ("POST", "/v1/comparisons", {"articles": ["a"] * 21}, "/articles", "there can be at most 20"),
        (
            "PUT",
            "/v1/actors/front",
            {"name": "Jorrel Front", "kind": "other", "aliases": [f"n{number}" for number in range(21)]},
            "/aliases",
            "there can be at most 20",
        ),
        ("GET", "/v1/articles?limit=-1", None, "limit", "must be a whole number of 1 or more"),
        ("GET", "/v1/articles?limit=x", None, "limit", "must be a whole number of 1 or more"),
        ("GET", "/v1/articles/art_1/annotations?page=-1", None, "page", "must be a whole number of 0 or more"),
    ],
)
def test_what_is_out_of_bounds_is_told_the_bounds(
    client: Client, method: str, target: str, body: dict[str, object] | None, field: str, detail: str
) -> None:
    answered = client.send(method, target, json_body=body) if body else client.get(target)

    assert answered.status in (400, 422)
    assert answered.json()["errors"] == [{"field": field, "detail": detail}]


class TestType:
    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "text/html",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin-1",
            "application/json; charset=utf-16",
            "application/jsonx",
            "application/problem+json",
            "",
            "application/json, text/plain",
        ],
    )
    def test_only_json_in_utf_8_is_read(self, client: Client, content_type: str) -> None:
        answered = client.send("POST", "/v1/articles", body=b'{"text": "A."}', headers={"Content-Type": content_type})

        assert (answered.status, code_of(answered)) == (415, "unsupported-media-type")

    @pytest.mark.parametrize(
        "content_type", ["application/json", "Application/JSON;charset=UTF-8", 'application/json ; charset="utf-8"']
    )
    def test_json_may_say_its_charset(self, client: Client, content_type: str) -> None:
        answered = client.send("POST", "/v1/articles", body=b'{"text": "A."}', headers={"Content-Type": content_type})

        assert answered.status in (200, 201)

    @pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip, identity", "x"])
    def test_compressed_bodies_are_not_read(self, client: Client, coding: str) -> None:
        answered = client.send("POST", "/v1/articles", body=b'{"text": "A."}', headers={"Content-Encoding": coding})

        assert (answered.status, code_of(answered)) == (415, "unsupported-media-type")

    @pytest.mark.parametrize("path", ["/v1/articles", "/v1/comparisons"])
    def test_a_body_is_required(self, client: Client, path: str) -> None:
        answered = client.send("POST", path, body=b"", headers={"Content-Type": "application/json"})

        assert (answered.status, code_of(answered)) == (400, "malformed-request")


@pytest.mark.usefixtures("cloud")
class TestBase64FromTheGateway:
    def test_a_body_in_base64_is_decoded(self) -> None:
        status, report = _post_as_event(base64.b64encode('{"text": "Größe."}'.encode()).decode(), True)

        assert status in (200, 201)
        assert report["text"] == "Größe."

    @pytest.mark.parametrize("body", ["%%%", "YQ", "ü", base64.b64encode(b"\xff\xfe").decode()])
    def test_what_does_not_decode_is_malformed(self, body: str) -> None:
        status, problem = _post_as_event(body, True)

        assert (status, problem["type"]) == (400, "urn:secondsource:problem:malformed-json")

    def test_a_body_with_half_a_surrogate_pair_is_malformed(self) -> None:
        status, problem = _post_as_event('{"text": "\ud800"}', False)

        assert (status, problem["type"]) == (400, "urn:secondsource:problem:malformed-json")

    def test_a_null_body_is_none(self) -> None:
        status, _ = _post_as_event(None, False)

        assert status == 400
