"""Signatures of webhooks: the published vector, what is malformed, the clock, and two secrets at once."""

import hashlib
import hmac
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import Unauthorized
from secondsource.web.signatures import key_of, sign, verify_ghost, verify_plain, verify_standard

# The vector of the Standard Webhooks libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SECONDS = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(SECONDS, UTC)

GHOST_SECRET = "a-secret-that-ghost-has"
MILLISECONDS = SECONDS * 1000 + 250


def headers(**changes: str | None) -> dict[str, tuple[str, ...]]:
    values = {"webhook_id": ID, "webhook_timestamp": str(SECONDS), "webhook_signature": SIGNATURE} | changes
    return {name.replace("_", "-"): (value,) for name, value in values.items() if value is not None}


def refused(**changes: Any) -> bool:
    try:
        verify_standard([SECRET], headers(**changes), BODY, NOW)
    except Unauthorized:
        return True
    return False


class TestStandard:
    def test_the_published_vector_is_right(self) -> None:
        assert verify_standard([SECRET], headers(), BODY, NOW) == ID

    def test_the_published_vector_is_what_is_signed(self) -> None:
        assert sign([SECRET], ID, NOW, BODY) == {name: value for name, (value,) in headers().items()}

    def test_the_secret_may_come_without_its_prefix(self) -> None:
        assert key_of(SECRET) == key_of(SECRET.removeprefix("whsec_"))

    @pytest.mark.parametrize("body", [b'{"test":2432232314}', b'{"test": 2432232315}', BODY + b"\n", b"", b"\xff\xfe"])
    def test_other_bytes_are_refused(self, body: bytes) -> None:
        with pytest.raises(Unauthorized):
            verify_standard([SECRET], headers(), body, NOW)

    @given(st.integers(0, len(BODY) * 8 - 1))
    def test_one_bit_that_is_changed_is_refused(self, bit: int) -> None:
        changed = bytearray(BODY)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Unauthorized):
            verify_standard([SECRET], headers(), bytes(changed), NOW)

    def test_another_id_or_time_is_refused(self) -> None:
        assert refused(webhook_id="msg_other")
        assert refused(webhook_timestamp=str(SECONDS + 1))

    @pytest.mark.parametrize(
        "signature",
        [
            "",
            "v1",
            "v1,",
            "v1,a",
            "v1,a,b",
            "v1,###",
            SIGNATURE.replace("v1,", ""),
            SIGNATURE.replace("v1,", "v1a,"),
            SIGNATURE.replace("v1,", "v2,"),
            SIGNATURE.replace("=", ""),
            f"{SIGNATURE},",
            f"{SIGNATURE}\n",
            SIGNATURE.replace("g", "\u0261"),
            "v1,\u00e9",
            " ".join([SIGNATURE] * 1000),
        ],
        ids=lambda text: ascii(text)[:40],
    )
    def test_a_malformed_signature_is_refused_and_nothing_else_is_raised(self, signature: str) -> None:
        assert refused(webhook_signature=signature)

    @pytest.mark.parametrize(
        "seconds",
        [
            "",
            "nan",
            "1e9",
            "1_614_265_330",
            "١٦١٤٢٦٥٣٣٠",
            "+1614265330",
            " 1614265330",
            "1614265330.0",
            "-1",
            "9" * 400,
        ],
    )
    def test_a_malformed_time_is_refused(self, seconds: str) -> None:
        assert refused(webhook_timestamp=seconds)

    @pytest.mark.parametrize("message_id", ["", "msg.1", "msg 1", "m\u00e9", "m\n", "m" * 257])
    def test_a_malformed_id_is_refused_even_where_it_is_signed(self, message_id: str) -> None:
        raw = b64encode(
            hmac.new(key_of(SECRET), f"{message_id}.{SECONDS}.".encode() + BODY, hashlib.sha256).digest()
        ).decode()
        assert refused(webhook_id=message_id, webhook_signature=f"v1,{raw}")

    def test_a_missing_header_and_one_that_comes_twice_are_refused(self) -> None:
        for name in ("webhook_id", "webhook_timestamp", "webhook_signature"):
            assert refused(**{name: None})
        twice = headers() | {"webhook-signature": (SIGNATURE, SIGNATURE)}
        with pytest.raises(Unauthorized):
            verify_standard([SECRET], twice, BODY, NOW)

    def test_a_body_that_is_no_text_may_be_signed(self) -> None:
        body = b"\xff\xfe\x00"
        signed = {name: (value,) for name, value in sign([SECRET], ID, NOW, body).items()}
        assert verify_standard([SECRET], signed, body, NOW) == ID

    @pytest.mark.parametrize(
        ("seconds", "right"), [(-300.001, False), (-300, True), (0, True), (300, True), (300.001, False)]
    )
    def test_the_clock_may_be_five_minutes_off(self, seconds: float, right: bool) -> None:
        now = NOW + timedelta(seconds=seconds)
        if right:
            assert verify_standard([SECRET], headers(), BODY, now) == ID
        else:
            with pytest.raises(Unauthorized):
                verify_standard([SECRET], headers(), BODY, now)

    def test_either_of_two_secrets_is_enough_and_either_of_two_signatures(self) -> None:
        other = "whsec_" + b64encode(b"x" * 32).decode()
        assert verify_standard([other, SECRET], headers(), BODY, NOW) == ID
        both = sign([other, SECRET], ID, NOW, BODY)["webhook-signature"]
        assert both.endswith(SIGNATURE)
        assert verify_standard([SECRET], headers(webhook_signature=both), BODY, NOW) == ID
        assert verify_standard([SECRET], headers(webhook_signature=f"v1a,abc {SIGNATURE}"), BODY, NOW) == ID

    def test_without_a_secret_nothing_is_right(self) -> None:
        with pytest.raises(Unauthorized):
            verify_standard([], headers(), BODY, NOW)

    @pytest.mark.parametrize("secret", ["whsec_", "whsec_###", "whsec_" + b64encode(b"x" * 23).decode(), "é"])
    def test_what_is_no_secret_is_told_when_it_is_registered(self, secret: str) -> None:
        with pytest.raises(ValueError):
            key_of(secret)

    @given(st.text(), st.text(), st.text(), st.binary())
    def test_whatever_comes_nothing_but_unauthorized_is_raised(self, i: str, t: str, s: str, body: bytes) -> None:
        with pytest.raises(Unauthorized):
            verify_standard([SECRET], headers(webhook_id=i, webhook_timestamp=t, webhook_signature=s), body, NOW)


def ghost_header(body: bytes = BODY, milliseconds: int = MILLISECONDS, secret: str = GHOST_SECRET) -> str:
    """As Ghost makes it: ghost/core/core/server/services/webhooks/WebhookTrigger.js."""
    digest = hmac.new(secret.encode(), body + str(milliseconds).encode(), hashlib.sha256).hexdigest()
    return f"sha256={digest}, t={milliseconds}"


class TestGhost:
    def verify(
        self, header: str, body: bytes = BODY, now: datetime = NOW, secrets: tuple[str, ...] = (GHOST_SECRET,)
    ) -> str:
        return verify_ghost(secrets, {"x-ghost-signature": (header,)}, body, now)

    def test_what_ghost_signs_is_right(self) -> None:
        assert self.verify(ghost_header())
        assert self.verify(ghost_header(), secrets=("another", GHOST_SECRET))

    def test_two_messages_have_two_names(self) -> None:
        assert self.verify(ghost_header()) != self.verify(ghost_header(milliseconds=MILLISECONDS + 1))

    def test_another_body_time_or_secret_is_refused(self) -> None:
        for header, body in [
            (ghost_header(), BODY + b" "),
            (ghost_header().replace(str(MILLISECONDS), str(MILLISECONDS + 1)), BODY),
            (ghost_header(secret="another"), BODY),
        ]:
            with pytest.raises(Unauthorized):
                self.verify(header, body)

    def test_a_signature_of_the_body_alone_is_refused_for_it_could_be_sent_again_for_ever(self) -> None:
        digest = hmac.new(GHOST_SECRET.encode(), BODY, hashlib.sha256).hexdigest()
        for header in (f"sha256={digest}", f"sha256={digest}, t={MILLISECONDS}", digest):
            with pytest.raises(Unauthorized):
                self.verify(header)

    @pytest.mark.parametrize("seconds", [-301, 301])
    def test_what_is_old_or_from_the_future_is_refused(self, seconds: int) -> None:
        with pytest.raises(Unauthorized):
            self.verify(ghost_header(), now=NOW + timedelta(seconds=seconds))

    @pytest.mark.parametrize("seconds", [-300, 300])
    def test_the_clock_may_be_five_minutes_off(self, seconds: int) -> None:
        assert self.verify(ghost_header(), now=NOW + timedelta(seconds=seconds))

    @given(st.text(), st.binary())
    def test_whatever_comes_nothing_but_unauthorized_is_raised(self, header: str, body: bytes) -> None:
        with pytest.raises(Unauthorized):
            self.verify(header, body)


class TestPlain:
    DIGEST = hmac.new(b"a secret of the CMS", BODY, hashlib.sha256)

    def verify(self, value: str, body: bytes = BODY) -> str:
        return verify_plain(["a secret of the CMS"], "X-Hub-Signature-256", {"x-hub-signature-256": (value,)}, body)

    def test_hexadecimal_and_base64_are_read_with_and_without_the_name_of_the_hash(self) -> None:
        hexadecimal, base64 = self.DIGEST.hexdigest(), b64encode(self.DIGEST.digest()).decode()
        names = {self.verify(value) for value in (hexadecimal, hexadecimal.upper(), f"sha256={hexadecimal}", base64)}
        assert len(names) == 1

    @pytest.mark.parametrize("value", ["", "sha256=", "0" * 64, "sha1=" + "0" * 40, "é", "0" * 63])
    def test_all_else_is_refused(self, value: str) -> None:
        with pytest.raises(Unauthorized):
            self.verify(value)

    def test_another_body_is_refused(self) -> None:
        with pytest.raises(Unauthorized):
            self.verify(self.DIGEST.hexdigest(), b"{}")
