"""The template, deployed by `sam deploy` to a server that answers like AWS and runs the built functions.

What that server cannot do stands in docs/operations.md, with why.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest

from secondsource.aws import clients
from secondsource.aws.store import DynamoStore
from secondsource.model import Scope
from secondsource.services import keys
from secondsource.wiring import SystemClock
from tests.aws_server import REGION, ROOT, running
from tests.deployed.gateway import Remote, complete
from tests.deployed.web import PUBLIC, Web, serving
from tests.http.client import Client
from tests.stack.template import read

BUILT = ROOT / ".aws-sam" / "here" / "template.yaml"
SAM = ROOT / ".venv-sam" / "bin" / "sam"
STACK = "second-source"
DEPLOY_SECONDS = 300
WARM_SECONDS = 240

_NUMBERS = count()
_FIGURES: list[str] = []


@dataclass(frozen=True)
class Deployment:
    """What is there after `sam deploy`: clients of the server, and the names of what was made, by those in the template."""

    endpoint: str
    named: dict[str, str]
    outputs: dict[str, str]

    def client(self, service: str) -> Any:
        """A client of a service of AWS."""
        return boto3.client(service, region_name=REGION, endpoint_url=self.endpoint)  # type: ignore[call-overload]

    @property
    def store(self) -> DynamoStore:
        """The table, as the functions use it."""
        return DynamoStore(clients.dynamodb(REGION, self.endpoint), self.named["Table"], SystemClock())


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The template as `sam build` left it, deployed for this machine's processor."""
    if not BUILT.is_file() or not SAM.is_file():
        pytest.fail("Nothing is built: run `make stack-test`.")
    # Of which all is deleted: each environment of a function unpacks the layer.
    scratch = tmp_path_factory.mktemp("server")
    try:
        with running(".venv-stack", "stack-test", scratch, LOG_LEVEL="INFO") as endpoint:
            begin = time.monotonic()
            _deploy(endpoint, tmp_path_factory.mktemp("sam"))
            _FIGURES.append(f"sam deploy: {time.monotonic() - begin:.0f} s")
            yield _found(endpoint)
    finally:
        shutil.copy(scratch / "log", scratch.parent / "server.log")
        shutil.rmtree(scratch, ignore_errors=True)


def _deploy(endpoint: str, scratch: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": REGION,
        "SAM_CLI_TELEMETRY": "0",
    }
    command = [str(SAM), "deploy", "--template-file", str(BUILT), "--stack-name", STACK, "--resolve-s3"]
    command += ["--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-progressbar"]
    done = subprocess.run(
        command, cwd=scratch, env=environment, capture_output=True, text=True, check=False, timeout=DEPLOY_SECONDS
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def _found(endpoint: str) -> Deployment:
    made = Deployment(endpoint, {}, {})
    cloudformation = made.client("cloudformation")
    for resource in cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]:
        made.named[resource["LogicalResourceId"]] = resource["PhysicalResourceId"]
    (stack,) = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    made.outputs.update({output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]})
    complete(made.client("apigateway"), made.named["Api"], read())
    return made


@pytest.fixture(scope="session")
def gateway(deployment: Deployment) -> Remote:
    """The API over HTTP, its functions warm: what a busy machine takes to unpack the layer is not Lambda's cold start."""
    remote = Remote(deployment.endpoint, deployment.named["Api"])
    client = Client(remote, _key(deployment, "warm", Scope.READ, Scope.WRITE))  # type: ignore[arg-type]
    begin, end = time.monotonic(), time.monotonic() + WARM_SECONDS

    def warm(send: Callable[[], Any]) -> None:
        while (answered := send()).status >= 500:
            assert time.monotonic() < end, answered.body

    text = {"text": "The dam at Varn is unsafe, two officials said on Monday."}
    with ThreadPoolExecutor(2) as pool:
        pool.submit(warm, lambda: client.post("/v1/articles", text)).result()
        pool.submit(warm, lambda: client.get("/v1/articles")).result()
    _FIGURES.append(f"functions warm: {time.monotonic() - begin:.0f} s")
    return remote


def _key(deployment: Deployment, tenant: str, *scopes: Scope) -> str:
    return keys.create(deployment.store, SystemClock(), tenant, scopes)


@pytest.fixture
def make_client(deployment: Deployment, gateway: Remote) -> Callable[..., Client]:
    """Makes a client with a key of its own: of a tenant, with these scopes or with read and write."""

    def make(tenant: str, *scopes: Scope) -> Client:
        key = _key(deployment, tenant, *(scopes or (Scope.READ, Scope.WRITE)))
        return Client(gateway, key)  # type: ignore[arg-type]

    return make


@pytest.fixture
def tenant() -> str:
    """A tenant that no other test has."""
    return f"courier-{next(_NUMBERS)}"


@pytest.fixture
def client(make_client: Callable[..., Client], tenant: str) -> Client:
    """A client of the tenant who may read and write."""
    return make_client(tenant)


@pytest.fixture(scope="session")
def web() -> Iterator[Web]:
    """Pages at an address that the fetch takes for a public one."""
    with serving() as pages:
        if pages is None:
            pytest.skip(f"no network of its own, in which {PUBLIC} is this machine: see tests/deployed/alone.sh")
        yield pages


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what is measured and not judged."""
    for line in _FIGURES:
        terminalreporter.write_line(line)
