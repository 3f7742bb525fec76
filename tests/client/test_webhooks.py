"""Signatures of webhooks that come in at a program that uses the client."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.web.signatures import sign
from secondsource_client import InvalidSignature, verify_webhook

# The vector of the Standard Webhooks libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SECONDS = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HEADERS = {"Webhook-Id": ID, "webhook-timestamp": str(SECONDS), "WEBHOOK-SIGNATURE": SIGNATURE}


def test_the_published_vector_is_right() -> None:
    assert verify_webhook(SECRET, HEADERS, BODY, now=SECONDS) == ID


def test_what_the_api_signs_is_right() -> None:
    other = "whsec_" + "A" * 43 + "="
    headers = sign([other, SECRET], "msg_1", datetime.now(UTC), b"{}")

    assert verify_webhook(SECRET, headers, b"{}") == verify_webhook(other, headers, b"{}") == "msg_1"


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_are_now(seconds: int) -> None:
    assert verify_webhook(SECRET, HEADERS, BODY, now=SECONDS + seconds) == ID


@pytest.mark.parametrize("seconds", [-301, 301])
def test_more_than_five_minutes_are_not(seconds: int) -> None:
    with pytest.raises(InvalidSignature, match="not of now"):
        verify_webhook(SECRET, HEADERS, BODY, now=SECONDS + seconds)


@given(st.integers(0, len(BODY) * 8 - 1))
def test_one_bit_that_is_changed_is_refused(bit: int) -> None:
    changed = bytearray(BODY)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidSignature):
        verify_webhook(SECRET, HEADERS, bytes(changed), now=SECONDS)


@pytest.mark.parametrize(
    "changed",
    [
        {"Webhook-Id": ""},
        {"Webhook-Id": "msg_other"},
        {"Webhook-Id": "msg_ü"},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "1614265330.0"},
        {"webhook-timestamp": "1_614_265_330"},
        {"webhook-timestamp": "²"},
        {"webhook-timestamp": "9" * 5000},
        {"WEBHOOK-SIGNATURE": ""},
        {"WEBHOOK-SIGNATURE": SIGNATURE.replace("v1,", "v2,")},
        {"WEBHOOK-SIGNATURE": SIGNATURE.removeprefix("v1,")},
        {"WEBHOOK-SIGNATURE": "v1,"},
        {"WEBHOOK-SIGNATURE": "v1,ü"},
        {"WEBHOOK-SIGNATURE": SIGNATURE[:-5]},
    ],
)
def test_what_is_malformed_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(InvalidSignature):
        verify_webhook(SECRET, HEADERS | changed, BODY, now=SECONDS)


@pytest.mark.parametrize("missing", list(HEADERS))
def test_no_header_may_be_missing(missing: str) -> None:
    with pytest.raises(InvalidSignature):
        verify_webhook(SECRET, {name: value for name, value in HEADERS.items() if name != missing}, BODY, now=SECONDS)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_ü", "whsec_!!!!"])
def test_a_secret_that_is_none_is_the_callers_mistake(secret: str) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        verify_webhook(secret, HEADERS, BODY, now=SECONDS)
