import pytest

from secondsource.errors import InvalidInput
from secondsource.web.idempotency import parse_key


def test_no_header_is_no_key() -> None:
    assert parse_key(None) is None


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ('"a"', "a"),
        ("a", "a"),
        (r'"a\"b\\c"', r"a\"b\c".replace('\\"', '"')),
        ('"a b, c"', "a b, c"),
        ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        ("YWJj+/=", "YWJj+/="),
    ],
)
def test_a_string_of_structured_fields_or_a_bare_token_is_a_key(value: str, key: str) -> None:
    assert parse_key(value) == key


@pytest.mark.parametrize(
    "value", ["", '""', '"a', 'a"', "a b", "a;b", '"a\x7f"', '"a\n"', "a\n", '"ä"', "a" * 256, r'"a\b"']
)
def test_anything_else_is_malformed(value: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 255 characters"):
        parse_key(value)
