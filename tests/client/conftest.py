"""The served API: the gateway of the HTTP tests, and a server on a socket."""

from collections.abc import Iterator

import pytest

from secondsource.local import serve
from tests.http.conftest import _opened, gateway
from tests.http.fakes import Web, analyse

__all__ = ["_opened", "gateway"]


@pytest.fixture(scope="module")
def running() -> Iterator[serve.Running]:
    """A server on any free port, without a language model."""
    with serve.start(0, analyser=analyse, fetcher=Web()) as found:
        yield found
