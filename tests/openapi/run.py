"""Ask the API what its OpenAPI document promises: no 5xx, only documented statuses, types and schemas.

usage: python -m tests.openapi.run SCHEMATHESIS [EXAMPLES]

Serves the real handlers on 127.0.0.1, with an analysis that needs no language model, a web of no pages and a story in
the store, and has the command SCHEMATHESIS send EXAMPLES requests (15 by default) to each operation, what the document
allows and what it does not; then once more those that take an id, with ids that are there. Exit status 1 when an answer
breaks a promise.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
EXAMPLES = 15
SEED = "1"
"""The same requests each time: what fails here fails at the desk."""


def main() -> int:
    """Serve, and run both rounds."""
    command, *rest = sys.argv[1:]
    examples = rest[0] if rest else str(EXAMPLES)
    from secondsource import wiring
    from secondsource.local.serve import TENANT, start
    from tests.http.fakes import Web, analyse
    from tests.http.records import store_story

    class Open:
        """What ``store_story`` asks of a cloud."""

        wiring: Any = None

    with start(0, analyser=analyse, fetcher=Web()) as running:
        opened = Open()
        opened.wiring = wiring.current()
        ids = store_story(opened, TENANT, articles=2)
        environment = {**os.environ, "API_KEY": running.api_key}
        environment |= {"ARTICLE": ids["article"], "CLAIM": ids["claim"], "JOB": ids["job"]}

        def ask(config: str, *arguments: str) -> int:
            begin = time.monotonic()
            told = ["--seed", SEED, "--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color"]
            status = subprocess.run(
                [command, "--config-file", HERE / config, "run", f"{running.url}/v1/openapi.json", *told, *arguments],
                env=environment,
                check=False,
            ).returncode
            print(f"{config}: {time.monotonic() - begin:.0f} s")
            return status

        # Without deleting, after which the article is not there.
        known = ("--include-path-regex", "{", "--exclude-method", "DELETE")
        # JSON Lines, which schemathesis cannot write; tests/http/test_actors.py sends them.
        all_but = ("--exclude-name", "POST /v1/actors/import")
        rounds = [
            ask("anything.toml", "--max-examples", examples, *all_but),
            ask("known.toml", "--max-examples", "5", *known),
        ]
    return max(rounds)


if __name__ == "__main__":
    sys.exit(main())
