"""The built functions, each run by Lambda's own client of its runtime under Lambda's own emulator of it.

Where the machine lets a user make namespaces, a function sees a read-only file system as in Lambda: its code at
/var/task, the layer at /opt, what Lambda brings at /var/runtime, and /tmp to write to. Elsewhere it is told where these
are, and could write beside them. Either way no other package is on its path. Only the network is this machine's loopback.
"""

import base64
import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.local.gateway import Gateway
from secondsource.model import Scope
from secondsource.services import keys
from secondsource.wiring import SystemClock
from tests.aws_server import REGION, ROOT, free_port, running
from tests.http.client import Client

BUILT = ROOT / ".aws-sam" / "here"
LAYER = BUILT / "SecondSourceLayer"
RUNTIME = ROOT / ".venv-lambda" / "lib" / "python3.13" / "site-packages"
SANDBOX = Path(__file__).with_name("sandbox.sh")
FUNCTIONS = ("api", "annotate", "worker", "notify", "authorizer")
TENANT = "newsroom"
TABLE = "built"
SECONDS = {"api": 15, "annotate": 29, "worker": 90, "notify": 60, "authorizer": 5}
MEGABYTES = {"api": 512, "annotate": 2048, "worker": 2048, "notify": 1024, "authorizer": 512}
"""As in template.yaml: timeout and memory. The emulator ends what takes longer, but holds nobody to the memory."""
PATIENCE = 10
"""So many times the timeout: a busy machine is slower than Lambda, and nothing is said here of time."""

_FIGURES: list[str] = []


def _emulator() -> Path:
    machine = "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"
    found = sorted((ROOT / ".venv-sam").glob(f"lib/python3*/site-packages/samcli/local/rapid/aws-lambda-rie-{machine}"))
    if not found:
        pytest.fail("The emulator is missing, which comes with SAM: run `make build-test`.")
    return found[0]


@cache
def lambda_python() -> str:
    """The Python that Lambda runs."""
    found = os.environ.get("LAMBDA_PYTHON")
    if not found:
        script = ["sh", str(ROOT / "infra" / "find_lambda_python.sh")]
        found = subprocess.run(script, capture_output=True, text=True, check=True).stdout.strip()
    if not found or not LAYER.is_dir() or not RUNTIME.is_dir():
        pytest.fail("Nothing is built, or Python 3.13 is missing: run `make build-test`.")
    return found


@cache
def has_namespaces() -> bool:
    """Whether a user may make namespaces here."""
    command = ["unshare", "--map-root-user", "--mount", "true"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def command(function: str, root: Path, *arguments: str, before: tuple[str, ...] = ()) -> tuple[list[str], Path, str]:
    """How to run Lambda's Python as the function's process, in which folder, and PYTHONPATH; ``before`` starts it."""
    code = BUILT / f"{function.capitalize()}Function"
    # Without site: nothing is on the path but what PYTHONPATH names and the standard library.
    python = [*before, lambda_python(), "-S", *arguments]
    if not has_namespaces():
        return python, code, f"{LAYER / 'python'}:{RUNTIME}"
    sandbox = ["unshare", "--map-root-user", "--mount", "sh", *map(str, (SANDBOX, root, code, LAYER, RUNTIME))]
    return [*sandbox, *python], ROOT, "/opt/python:/var/runtime"


@dataclass
class Built:
    """A function as it was built. ``process`` is started cold, by the emulator, at its first event."""

    name: str
    port: int
    log: Path
    process: subprocess.Popen[bytes]
    seconds: list[float] = field(default_factory=list)

    def __call__(self, event: dict[str, Any], _context: Any = None) -> dict[str, Any]:
        """What it answers to an event. Fails when it raised or ran out of time."""
        url = f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations"
        begin = time.monotonic()
        with urlopen(
            Request(url, json.dumps(event, default=_as_json).encode()), timeout=PATIENCE * SECONDS[self.name]
        ) as answer:
            answered = json.loads(answer.read() or b"null")
        self.seconds.append(time.monotonic() - begin)
        assert isinstance(answered, dict) and "errorMessage" not in answered, f"{answered}\n{self.log.read_text()}"
        return answered

    def figures(self) -> str:
        """Cold start and memory, in one line."""
        started = re.search(r"INIT REPORT\(durationMs: ([0-9.]+)\)", self.log.read_text())
        init = f"{float(started[1]) / 1000:5.2f}" if started else "    ?"
        return (
            f"  functions/{self.name:11s} import {init} s, first event {self.seconds[0]:5.2f} s in all, "
            f"at most {_most_memory(self.process.pid):4.0f} MB of {MEGABYTES[self.name]}"
        )


def _as_json(value: Any) -> Any:
    """As Lambda puts into an event what boto3 reads as a date or as bytes."""
    return value.timestamp() if isinstance(value, datetime) else base64.b64encode(value).decode()


def _most_memory(pid: int) -> float:
    """The most that the function's process, the youngest below this one, has held at once; in MB."""
    while children := [
        c for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()
    ]:
        pid = max(map(int, children))
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def _started(name: str, scratch: Path, endpoint: str, queue_url: str) -> Iterator[Built]:
    port, log, root = free_port(), scratch / f"{name}.log", scratch / f"{name}-root"
    root.mkdir()
    emulator = (str(_emulator()), "--runtime-interface-emulator-address", f"127.0.0.1:{port}")
    emulator += ("--runtime-api-address", f"127.0.0.1:{free_port()}")
    entry = ("-m", "awslambdaric", f"functions.{name}.main.handler")
    arguments, folder, path = command(name, root, *entry, before=emulator)
    environment = {
        "PYTHONPATH": path,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_SESSION_TOKEN": "testing",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(PATIENCE * SECONDS[name]),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEGABYTES[name]),
        "SECONDSOURCE_TABLE": TABLE,
        "SECONDSOURCE_QUEUE_URL": queue_url,
        "SECONDSOURCE_ORIGINS": "https://newsroom.test",
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(arguments, cwd=folder, env=environment, stdout=out, stderr=out)
    built = Built(name, port, log, process)
    try:
        _wait(built)
        yield built
        if built.seconds:
            _FIGURES.append(built.figures())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _wait(built: Built) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and built.process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{built.port}/", timeout=5).close()
            return
        except OSError as error:
            if hasattr(error, "code"):
                return
            time.sleep(0.05)
    pytest.fail(f"{built.name} did not start: {built.log.read_text()}")


@dataclass(frozen=True)
class Cloud:
    """What the functions work on: table and queue on a server that answers like AWS."""

    endpoint: str
    dynamodb: Any
    streams: Any
    sqs: Any
    queue_url: str


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A table with its stream, and a queue."""
    scratch = tmp_path_factory.mktemp("server")
    with running(
        ".venv-races", "build-test", scratch, SERVICES="dynamodb,dynamodbstreams,sqs", LOG_LEVEL="ERROR"
    ) as url:
        dynamodb, sqs = clients.dynamodb(REGION, url), clients.sqs(REGION, url)
        create_table(dynamodb, TABLE)
        yield Cloud(url, dynamodb, clients.streams(REGION, url), sqs, sqs.create_queue(QueueName="jobs")["QueueUrl"])


@pytest.fixture(scope="session")
def functions(tmp_path_factory: pytest.TempPathFactory, cloud: Cloud) -> Iterator[dict[str, Built]]:
    """All five, by name."""
    scratch = tmp_path_factory.mktemp("functions")
    with ExitStack() as stack:
        yield {n: stack.enter_context(_started(n, scratch, cloud.endpoint, cloud.queue_url)) for n in FUNCTIONS}


@pytest.fixture(scope="session")
def client(cloud: Cloud, functions: dict[str, Built]) -> Client:
    """Sends requests by way of the built authorizer to the built functions, with a key that may read and write."""
    clock = SystemClock()
    key = keys.create(DynamoStore(cloud.dynamodb, TABLE, clock), clock, TENANT, (Scope.READ, Scope.WRITE))
    handlers = {"api": functions["api"], "annotate": functions["annotate"]}
    return Client(Gateway(handlers, functions["authorizer"], ("https://newsroom.test",)), key)


@pytest.fixture
def python(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs a line of Python as the process of the function api."""

    def run(code: str) -> subprocess.CompletedProcess[str]:
        arguments, folder, path = command("api", tmp_path, "-c", code)
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": path}
        return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    return run


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what is measured and not judged."""
    if _FIGURES:
        where = "as in Lambda" if has_namespaces() else "this machine lets no user make namespaces: files not read-only"
        terminalreporter.write_line(
            f"Built functions, {platform.machine()}, {where}; harness: {sys.version.split()[0]}"
        )
        for line in sorted(_FIGURES):
            terminalreporter.write_line(line)
