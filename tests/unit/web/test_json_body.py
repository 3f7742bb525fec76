import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondsource.errors import MalformedJson
from secondsource.web import json_body

_TEXT = st.text(st.characters(exclude_categories=("Cs",)))
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_TEXT, _VALUES, max_size=4), st.booleans())
def test_what_json_writes_is_read_back(value: dict[str, Any], ascii_only: bool) -> None:
    assert json_body.parse(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b'{"a": "\\')
@example(b'{"a": "\\u12"}')
@example(b'"' * 5_000)
@example(b"[" * 200_000)
@example(b'{"":' * 200_000)
@example(b"\xff\xfe{\x00}\x00")
def test_anything_else_raises_nothing_but_malformed_json(body: bytes) -> None:
    found: object = {}
    with suppress(MalformedJson):
        found = json_body.parse(body)
    assert isinstance(found, dict)


def test_text_and_bytes_are_read_alike() -> None:
    assert json_body.parse('{"a": "ü"}') == json_body.parse('{"a": "ü"}'.encode()) == {"a": "ü"}


def test_the_deepest_that_is_allowed_is_read_and_one_more_is_not() -> None:
    def nested(depth: int) -> str:
        return '{"a":' * depth + "1" + "}" * depth

    json_body.parse(nested(json_body.MAX_DEPTH))
    with pytest.raises(MalformedJson, match="deeper than 16 levels"):
        json_body.parse(nested(json_body.MAX_DEPTH + 1))


def test_brackets_within_strings_nest_nothing() -> None:
    text = "[{" * 1_000 + '"\\'

    assert json_body.parse(json.dumps({"a": text})) == {"a": text}


def test_the_longest_integer_that_is_allowed_is_read_and_one_more_digit_is_not() -> None:
    digits = "9" * json_body.MAX_INTEGER_DIGITS

    assert json_body.parse(f'{{"a": {digits}}}') == {"a": int(digits)}
    with pytest.raises(MalformedJson, match="integer"):
        json_body.parse(f'{{"a": {digits}9}}')


def test_a_whole_surrogate_pair_is_one_character() -> None:
    assert json_body.parse(r'{"a": "\ud83e\udd86"}') == {"a": "🦆"}


@pytest.mark.parametrize("body", [r'{"a": "\ud83e"}', r'{"a": ["\udd86\ud83e"]}', r'{"\ud800": 1}', '{"a": "\ud800"}'])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(body: str) -> None:
    with pytest.raises(MalformedJson, match="surrogate"):
        json_body.parse(body)


@pytest.mark.parametrize("name", ["a secret word", "x" * 1000])
def test_the_detail_repeats_nothing_of_the_body(name: str) -> None:
    for body in (f'{{"{name}": 1, "{name}": 2}}', f'{{"{name}"', f'{{"{name}": NaN}}'):
        with pytest.raises(MalformedJson) as raised:
            json_body.parse(body)
        assert name not in raised.value.detail


def test_what_is_wrong_is_said_once_with_its_place() -> None:
    with pytest.raises(MalformedJson, match=r"^The body is not JSON: invalid control character at character 8\.$"):
        json_body.parse('{"a": "b\n"}')
