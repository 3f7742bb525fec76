"""Which failure is retryable, and how long to wait."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import FetchFailed
from secondsource.web.failures import _OUTCOMES, MAX_RETRY_AFTER_SECONDS, failure, retry_after_seconds, status_failure

NOW = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("code", _OUTCOMES)
def test_every_code_is_documented_and_has_a_sentence(code):
    error = failure(code)
    assert code in FetchFailed.__doc__
    assert error.code == code
    assert error.detail.endswith(".")


@pytest.mark.parametrize(
    "status", [201, 202, 204, 206, 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 410, 451, 501, 505]
)
def test_a_status_that_will_not_change_is_final(status):
    error = status_failure(status, "120", NOW)
    assert (error.code, error.retryable, error.retry_after) == (f"http-{status}", False, None)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 524])
def test_a_status_that_may_pass_is_retryable_after_what_the_server_says(status):
    assert status_failure(status, None, NOW).retry_after is None
    error = status_failure(status, "120", NOW)
    assert (error.code, error.retryable, error.retry_after) == (f"http-{status}", True, 120)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 007 ", 7),
        ("0000000120", 120),
        ("3600", 3600),
        ("3601", MAX_RETRY_AFTER_SECONDS),
        ("9" * 5000, MAX_RETRY_AFTER_SECONDS),
        ("Mon, 04 May 2026 12:02:00 GMT", 120),
        ("Mon, 04 May 2026 12:02:00 -0000", 120),
        ("Mon, 04 May 2026 14:02:00 +0200", 120),
        ("Mon, 04 May 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_RETRY_AFTER_SECONDS),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_capped(value, seconds):
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text(st.characters(max_codepoint=255)))
def test_any_retry_after_is_read_or_ignored(value):
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or 0 <= seconds <= MAX_RETRY_AFTER_SECONDS
