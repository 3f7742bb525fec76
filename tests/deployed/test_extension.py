"""The browser extension against the deployed stack: its own tests in Chromium, with another server to ask."""

import os
import shutil
import subprocess

import pytest

from secondsource.model import Scope
from secondsource.services import keys
from secondsource.wiring import SystemClock
from tests.aws_server import ROOT
from tests.deployed.conftest import Deployment
from tests.deployed.gateway import STAGE

EXTENSION = ROOT / "clients" / "browser-extension"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 500

pytestmark = pytest.mark.timeout(SECONDS + 60)


@pytest.fixture
def npm() -> str:
    """The command; what it needs is there."""
    found = shutil.which("npm")
    if found is None or not (EXTENSION / "node_modules").is_dir():
        pytest.skip("the extension is not built here: `make extension`, with Node 20 or newer")
    if not (os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS))):
        pytest.skip("there is no Chromium (Debian: apt-get install chromium)")
    return found


@pytest.mark.usefixtures("gateway")
def test_the_extension_works_with_what_is_deployed(npm: str, deployment: Deployment, tenant: str) -> None:
    key = keys.create(deployment.store, SystemClock(), tenant, (Scope.READ, Scope.WRITE))
    url = f"{deployment.endpoint}/_aws/execute-api/{deployment.named['Api']}/{STAGE}"
    environment = {**os.environ, "SECONDSOURCE_URL": url, "SECONDSOURCE_KEY": key}

    done = subprocess.run(
        [npm, "run", "--silent", "e2e"],
        cwd=EXTENSION,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# skipped 0" in done.stdout
