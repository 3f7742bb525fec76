"""A server that answers like AWS over HTTP and honours conditions and transactions: ministack, a process of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
REGION = "eu-west-1"
START_SECONDS = 120
"""It takes two; a busy machine many more."""


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def running(venv: str, made_by: str, scratch: Path, **environment: str) -> Iterator[str]:
    """Its address while it runs, on loopback alone. ``scratch`` holds all it writes, its ``log`` too.

    ``venv`` is the environment that it lives in, ``made_by`` the target that makes that.
    """
    server = ROOT / venv / "bin" / "ministack"
    if not server.is_file():
        pytest.fail(
            f"{server.relative_to(ROOT)} is missing: run `make {made_by}`, which makes the environment it lives in."
        )
    port = free_port()
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        **environment,
    }
    with (scratch / "log").open("w") as log:
        process = subprocess.Popen([server], env=variables, cwd=scratch, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/_ministack/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except HTTPError:
            return  # it answered, if only to say that this is no request
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("The server did not start.")
