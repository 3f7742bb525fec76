"""Callbacks as receivers verify them, with the libraries that Standard Webhooks ships for Python and JavaScript."""

import json
import shutil
import subprocess
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.test_deliver import Desk

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parents[1] / ".venv-webhooks" / "bin" / "python"
NODE = shutil.which("node")


@pytest.fixture(params=["python", "node"])
def verifier(request: pytest.FixtureRequest) -> list[str]:
    """The command that says which messages are genuine."""
    if request.param == "python":
        if not PYTHON.is_file():
            pytest.skip("there is no .venv-webhooks: run `make webhooks-test`")
        return [str(PYTHON), str(HERE / "verify.py")]
    if NODE is None:
        pytest.skip("there is no Node: on Debian, apt-get install nodejs npm")
    if not (HERE / "node_modules" / "standardwebhooks").is_dir():
        pytest.skip("standardwebhooks is not installed: run `make webhooks-test`, with npm on the path")
    return [NODE, str(HERE / "verify.mjs")]


def verified(verifier: list[str], *messages: dict[str, Any]) -> list[bool]:
    done = subprocess.run(
        verifier, input=json.dumps(messages), capture_output=True, text=True, check=True, timeout=60, cwd=HERE
    )
    found: list[bool] = json.loads(done.stdout)
    return found


def message(sent: tuple[str, dict[str, str], bytes], secret: str, **changes: Any) -> dict[str, Any]:
    _, headers, body = sent
    return {"secret": secret, "headers": headers, "body": b64encode(body).decode(), **changes}


@pytest.fixture
def desk() -> Desk:
    """A newsroom whose clock says what time it is: the libraries look at their own."""
    desk = Desk()
    desk.clock.at = datetime.now(UTC)
    return desk


def test_a_callback_is_genuine_and_one_that_was_touched_is_not(desk: Desk, verifier: list[str]) -> None:
    desk.announce()
    desk.run()
    (sent,) = desk.endpoints.posted
    url, headers, body = sent
    another = "whsec_" + b64encode(b"x" * 32).decode()

    found = verified(
        verifier,
        message(sent, desk.secret),
        message((url, headers, body.replace(b"single_source", b"disputed     ")), desk.secret),
        message((url, headers | {"webhook-id": "dlv_other"}, body), desk.secret),
        message(sent, another),
    )

    assert found == [True, False, False, False]


def test_while_a_secret_is_replaced_both_receivers_are_served(desk: Desk, verifier: list[str]) -> None:
    new = desk.webhooks.rotate("newsroom", desk.hook.id, "outgoing", overlap=timedelta(hours=1)).secret
    desk.announce()
    desk.run()
    (sent,) = desk.endpoints.posted

    assert verified(verifier, message(sent, desk.secret), message(sent, new)) == [True, True]


def test_words_beyond_ascii_are_signed_as_they_are_sent(desk: Desk, verifier: list[str]) -> None:
    desk.add("Ówen Størand \N{GRINNING FACE} says: Gunmen seized the customs house at Dremna")
    (event,) = desk.store.list_events("newsroom", 10, desk.clock.at).items
    desk.deliver.announce("newsroom", event.id)
    desk.run()
    (sent,) = desk.endpoints.posted

    assert verified(verifier, message(sent, desk.secret)) == [True]
