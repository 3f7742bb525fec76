"""Whatever is sent as JSON gets an answer or a 4xx problem, never a 5xx."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from secondsource.local.gateway import Gateway
from tests.http.client import Client, code_of

MALFORMED = {
    "duplicate names": b'{"text": "a", "text": "b"}',
    "duplicate names, escaped": b'{"text": "a", "t\\u0065xt": "b"}',
    "duplicate names within": b'{"text": "a", "x": {"y": 1, "y": 2}}',
    "NaN": b'{"text": NaN}',
    "Infinity": b'{"text": -Infinity}',
    "a number too large": b'{"text": 1e999}',
    "an integer of 5,000 digits": b'{"text": ' + b"9" * 5000 + b"}",
    "100,000 brackets": b"[" * 100_000,
    "100,000 braces": b'{"a":' * 100_000,
    "brackets within a string, then too many": b'{"text": "[[[", "x": ' + b"[" * 17 + b"]" * 17 + b"}",
    "a byte order mark": b'\xef\xbb\xbf{"text": "a"}',
    "utf-16": '{"text": "a"}'.encode("utf-16"),
    "utf-16 without a mark": '{"text": "a"}'.encode("utf-16-le"),
    "utf-32": '{"text": "a"}'.encode("utf-32-be"),
    "latin-1": '{"text": "ü"}'.encode("latin-1"),
    "trailing data": b'{"text": "a"} x',
    "two objects": b'{"text": "a"}{"text": "b"}',
    "an array at the top": b'[{"text": "a"}]',
    "a string at the top": b'"text"',
    "null": b"null",
    "a number at the top": b"1",
    "white space": b"  \n",
    "half an object": b'{"text": "a"',
    "single quotes": b"{'text': 'a'}",
    "a comment": b'{"text": "a" /* b */}',
    "a trailing comma": b'{"text": "a",}',
    "half a surrogate pair": b'{"text": "\\ud800"}',
    "half a surrogate pair in a name": b'{"\\udfff": "a"}',
    "a raw control character": b'{"text": "a\nb"}',
    "a form": b"text=a",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/comparisons"])
def test_what_is_not_strict_json_is_malformed(client: Client, path: str, body: bytes) -> None:
    answered = client.send("POST", path, body=body)

    assert (answered.status, code_of(answered)) == (400, "malformed-json")


@pytest.mark.parametrize("text", ["\U0001f986", "e\u0301", "a\u200bb", "\u202eabc", "\ufffe\uffff", "a\r\nb", "\x01"])
def test_any_text_is_taken_and_comes_back_in_code_points(client: Client, text: str) -> None:
    answered = client.post("/v1/articles", {"text": f"The dam is {text} unsafe."})

    assert answered.status in (200, 201)
    report = answered.json()
    for claim in report["claims"]:
        for start, end in claim["spans"]:
            assert report["text"][start:end] == claim["text"]


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["", "https://courier.test/", "http://127.0.0.1/", "art_1", "2026-05-04", "\x00", "#"])
)
_JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))
_FIELDS = ["text", "html", "url", "title", "publisher", "byline", "published_at", "articles", "tenant_id", "__proto__"]
_BODIES = _JSON | st.dictionaries(st.sampled_from(_FIELDS), _LEAVES | _JSON, max_size=5)


@pytest.fixture
def anyone(gateway: Gateway, make_key: Callable[..., str]) -> Client:
    """One client for all examples."""
    return Client(gateway, make_key("property"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(path=st.sampled_from(["/v1/articles", "/v1/comparisons"]), body=_BODIES)
@example(path="/v1/articles", body={"text": "\x00"})
@example(path="/v1/articles", body={"text": "", "url": "not a url"})
@example(path="/v1/comparisons", body={"articles": ["a", 1]})
def test_any_json_body_gets_an_answer_or_a_4xx_problem(anyone: Client, path: str, body: Any) -> None:
    answered = anyone.send("POST", path, body=json.dumps(body).encode())

    if not 200 <= answered.status < 300:
        assert 400 <= answered.status < 500, answered.body
        assert code_of(answered)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_get_a_4xx_problem_unless_they_are_an_article(anyone: Client, body: bytes) -> None:
    answered = anyone.send("POST", "/v1/articles", body=body)

    assert answered.status < 500
    if answered.status >= 300:
        assert code_of(answered)
