"""A server that answers like DynamoDB over HTTP, honours conditions and transactions, and is a process of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from secondsource.aws import clients
from secondsource.aws.schema import create_table

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / ".venv-races" / "bin" / "ministack"
REGION = "eu-west-1"
START_SECONDS = 60

_NUMBERS = count()


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is."""
    if not SERVER.is_file():
        pytest.fail(
            f"{SERVER.relative_to(ROOT)} is missing: run `make races`, which makes the environment it lives in."
        )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    scratch = tmp_path_factory.mktemp("server")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "SERVICES": "dynamodb,dynamodbstreams",
        "LOG_LEVEL": "ERROR",
    }
    with (scratch / "log").open("w") as log:
        server = subprocess.Popen([SERVER], env=environment, cwd=scratch, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(url, timeout=1).close()
            return
        except URLError as error:
            if not isinstance(error.reason, OSError):
                return  # it answered, if only to say that this is no request
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("The server did not start.")


@pytest.fixture
def connect(endpoint: str) -> Callable[[], Any]:
    """Makes a client: each writer has one of its own, as each Lambda has."""
    return lambda: clients.dynamodb(REGION, endpoint)


@pytest.fixture
def table(connect: Callable[[], Any]) -> str:
    """A new table."""
    name = f"races-{next(_NUMBERS)}"
    create_table(connect(), name)
    return name
