"""The local server, over a real socket."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from secondsource.local import serve
from tests.http.fakes import Web, analyse


@pytest.fixture(scope="module")
def running() -> Iterator[serve.Running]:
    """A server on any free port."""
    with serve.start(0, analyser=analyse, fetcher=Web()) as found:
        yield found


def _call(running: serve.Running, method: str, path: str, body: bytes | None = None, **headers: str) -> Any:
    request = urllib.request.Request(
        running.url + path,
        method=method,
        data=body,
        headers={
            "Authorization": f"Bearer {running.api_key}",
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    try:
        return urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        return error


def test_an_article_goes_in_and_its_report_comes_out(running: serve.Running) -> None:
    submitted = _call(running, "POST", "/v1/articles", json.dumps({"text": "The dam is unsafe. Größe 🦆."}).encode())
    read = _call(running, "GET", submitted.headers["Location"])

    assert (submitted.status, read.status) == (201, 200)
    assert json.load(read)["text"] == "The dam is unsafe. Größe 🦆."
    assert read.headers["ETag"]


def test_a_job_is_done_in_the_background(running: serve.Running) -> None:
    submitted = _call(running, "POST", "/v1/articles", b'{"text": "Later."}', Prefer="respond-async")
    status = json.load(submitted)["job"]["status"]

    for _ in range(100):
        status = json.load(_call(running, "GET", submitted.headers["Location"]))["status"]
        if status == "done":
            break
        time.sleep(0.05)

    assert (submitted.status, status) == (202, "done")


def test_bytes_that_are_no_text_reach_the_handler_as_the_gateway_sends_them(running: serve.Running) -> None:
    answered = _call(running, "POST", "/v1/articles", b'{"text": "\xff"}')

    assert answered.status == 400
    assert json.load(answered)["type"] == "urn:secondsource:problem:malformed-json"


def test_paths_arrive_as_they_were_sent(running: serve.Running) -> None:
    answered = _call(running, "GET", "/v1/articles/%2e%2e%2fx")

    assert answered.status == 404
    assert json.load(answered)["instance"] == "/v1/articles/%2e%2e%2fx"


def test_an_answer_without_a_body_has_none(running: serve.Running) -> None:
    submitted = _call(running, "POST", "/v1/articles", b'{"text": "To be deleted."}')

    deleted = _call(running, "DELETE", submitted.headers["Location"])

    assert (deleted.status, deleted.read()) == (204, b"")


def test_the_docs_are_there(running: serve.Running) -> None:
    with urllib.request.urlopen(running.docs_url) as answered:
        assert answered.status == 200


def test_a_port_that_is_taken_is_a_clear_error() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(serve.PortTaken, match=f"Port {port} on 127.0.0.1"), serve.start(port):
            pass  # pragma: no cover


def test_when_it_ends_the_port_is_free_again() -> None:
    with serve.start(0, analyser=analyse) as first:
        port = int(first.url.rpartition(":")[2])
    with serve.start(port, analyser=analyse) as second:
        assert second.url == first.url
        assert second.api_key != first.api_key


TOLD_TO_END = """
import os, signal, threading
from secondsource.local import serve
from secondsource.services import keys

revoke = keys.revoke
keys.revoke = lambda *arguments: print("revoked") or revoke(*arguments)


def say(line):
    if line.startswith("Ctrl-C"):
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()


serve.serve(0, say=say)
print("ended")
"""


def test_told_to_end_it_revokes_its_key_first() -> None:
    ended = subprocess.run([sys.executable, "-c", TOLD_TO_END], capture_output=True, text=True, timeout=60, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "revoked\nended\n", "")
