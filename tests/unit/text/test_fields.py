"""One line of text, a date, a web address: read, or None."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.fields import MAX_FIELD_CHARS, line, moment, web_url

ANYTHING = st.one_of(st.none(), st.integers(), st.text(max_size=40), st.lists(st.text(max_size=3), max_size=2))


@given(ANYTHING)
def test_a_line_is_one_line_that_can_be_stored_or_none(value: object) -> None:
    text = line(value)
    if text is not None:
        text.encode("utf-8")
        assert text == " ".join(text.split()) and 0 < len(text) <= MAX_FIELD_CHARS
        assert "\x00" not in text


@pytest.mark.parametrize(
    ("value", "expected"),
    [("  Mayor\n resigns ", "Mayor resigns"), ("A &amp; B &#8211; C", "A & B \u2013 C"), ("<em>Mayor</em> resigns", "Mayor resigns"),
     ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"), ("\u200b", None), ("", None), (5, None), ("a\x00b\ud800", "a b\ufffd")],
)  # fmt: skip
def test_lines_are_read_without_markup_and_invisible_characters(value: object, expected: str | None) -> None:
    assert line(value) == expected


def test_a_reference_beyond_unicode_is_a_replacement_character_in_a_line() -> None:
    assert line("Mayor &#" + "9" * 5_000 + "; resigns") == "Mayor \ufffd resigns"


@given(ANYTHING)
def test_a_moment_is_aware_or_none(value: object) -> None:
    when = moment(value)
    assert when is None or when.utcoffset() is not None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-14", datetime(2024, 5, 14, tzinfo=UTC)),
        ("2024-05-14T06:30:00", datetime(2024, 5, 14, 6, 30, tzinfo=UTC)),
        ("2024-05-14T06:30:00Z", datetime(2024, 5, 14, 6, 30, tzinfo=UTC)),
        ("2024-05-14T06:30:00.000+0200", datetime(2024, 5, 14, 6, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-05-14 06:30:00 UTC", datetime(2024, 5, 14, 6, 30, tzinfo=UTC)),
        ("Tue, 14 May 2024 06:30:00 +0200", datetime(2024, 5, 14, 6, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("0001-01-01T00:00:00Z", None), ("1601-01-01", None), ("yesterday", None), ("2024-13-45", None), (20240514, None),
        ("9999-12-31T23:59:59-23:59", datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=23, minutes=59)))),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written(value: object, expected: datetime | None) -> None:
    assert moment(value) == expected


@given(ANYTHING, st.one_of(st.none(), st.text(max_size=20)))
def test_an_address_is_http_or_none(value: object, base: str | None) -> None:
    address = web_url(value, base)
    assert address is None or address.startswith(("http://", "https://", "HTTP", "Http"))


@pytest.mark.parametrize(
    ("value", "base", "expected"),
    [
        ("/a?b=c#d", "https://x.test/e/f", "https://x.test/a?b=c"), ("g", "https://x.test/e/f", "https://x.test/e/g"),
        ("//y.test/a", "https://x.test/", "https://y.test/a"), ("/a", None, None), ("https://x.test/a", None, "https://x.test/a"),
        ("javascript:alert(1)", "https://x.test/", None), ("file:///etc/passwd", None, None), ("data:text/html,x", None, None),
        ("http://[::1", None, None), ("http:///a", None, None), ("https://x.test/a b", None, None), ("https://x.test/" + "a" * 5_000, None, None),
        ("https://x.test/\ud800", None, None), ("https://u:p@x.test/", None, None), ("https://x.test/@a", None, "https://x.test/@a"), ('https://x.test/"><script>', None, None), (7, None, None),
    ],
)  # fmt: skip
def test_addresses_are_resolved_and_vetted(value: object, base: str | None, expected: str | None) -> None:
    assert web_url(value, base) == expected
