"""Print what a request costs through the local server beside the bare analysis, and how fast a corpus is read.

usage: python -m tests.bench.serving [ROUNDS]

The server is the one of `make run`: a gateway, the authorizer and the handlers that run in AWS, in this process, over
DynamoDB as moto has it; one client asks, one request after another. The pipeline alone is timed in turns with the requests
that annotate, so that a busy machine slows both. Times are of the wall clock but in what is reckoned from them.
"""

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.bench.run import ROOT, WORDS, article

READS = 100
LOOK_UPS = 12
"""Of a sentence, which takes as long as a short article."""
KNOWN = 2
"""Reports of the story that are stored before: with each, its claims have more reports to be counted."""
CALL_SECONDS = 0.005
"""What a call of DynamoDB takes within a region, from AWS's own description; not measured here."""
CORPUS = 24
"""Articles of the corpus; half as long as the one that is timed."""
READ = ("GetItem", "BatchGetItem", "Query")
PURPOSES = {
    "#PAIR#": "index entries",
    "#CARRIED#": "index entries",
    "|SIGNATURE": "signatures",
    "|OCC#": "occurrences",
    "|RECORD": "records",
    "#ACTORNAME#": "names in the register",
    "#NAMED#": "names in articles",
    "|MENTIONS": "names in articles",
    "#ARTICLE": "the article",
    "#COUNT#": "counters and limits",
    "#LIMITS|": "counters and limits",
    "#EVENT": "events",
    "#WEBHOOKS|": "endpoints of callbacks",
    "K#": "the API key",
}
"""What an item is for, by what stands in its key."""
READING = "index"
"""What the threads are called that read several partitions at once: aws/room.py."""
WAYS = ("Hinterpost", "Wessingby Tribune", "Business Daily", "Evening Post", "Observer")

ANNOTATE_GB = 2.0
"""As in template.yaml."""
GB_SECOND_DOLLARS, INVOCATION_DOLLARS, REQUEST_DOLLARS = 13.3334, 0.20, 3.50
"""List prices in us-east-1, as of 2025, of a million: GB-seconds of Lambda on arm64, invocations, requests of a REST API.
To be checked before anything is built on them: https://aws.amazon.com/lambda/pricing/ and /api-gateway/pricing/"""


class Caller:
    """One connection to the server."""

    def __init__(self, url: str, key: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: object = None) -> dict:
        """What is answered; fails on anything but a success."""
        sent = None if body is None else json.dumps(body).encode()
        self._connection.request(method, path, sent, self._headers)
        answered = self._connection.getresponse()
        content = answered.read()
        assert answered.status < 300, (answered.status, content[:300])
        return json.loads(content or b"{}")


def clocked(work: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def spread(seconds: Sequence[float]) -> str:
    """Requests a second, the median and the slowest hundredth."""
    ranked = sorted(seconds)
    slow = ranked[min(len(ranked) - 1, int(0.99 * len(ranked)))]
    return (
        f"{len(ranked) / sum(ranked):6.1f} a second   {1000 * statistics.median(ranked):7.1f}   {1000 * slow:7.1f} ms"
    )


def variant(text: str, number: int) -> dict:
    """The article as one more outlet has it: another text, most of it the same."""
    paragraphs = text.split("\n\n")
    return {
        "text": "\n\n".join([*paragraphs, f"This report was filed from Marrenport as number {number}."]),
        "title": "Rebel groups have formed alliance",
        "publisher": f"{WAYS[number % len(WAYS)]} {number}",
    }


def requests(rounds: int) -> None:
    """Annotating and reading over HTTP, annotating without either, and the pipeline alone."""
    from secondsource import wiring
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger
    from secondsource.local.embedded import Embedded
    from secondsource.local.memory import MemoryStore
    from secondsource.local.serve import start
    from secondsource.model import Extracted, Submission

    text = article()
    pipeline = Pipeline(spacy_parser, Tagger())
    embedded = Embedded(MemoryStore(wiring.SystemClock()))
    taken: dict[str, list[float]] = {"the pipeline alone": [], "annotated in memory": [], "annotated over HTTP": []}
    cores = []
    with start(0) as running:
        caller = Caller(running.url, running.api_key)
        for number in range(KNOWN):
            embedded.add(Submission(**variant(text, number)))
            first = caller.ask("POST", "/v1/articles", variant(text, number))
        for number in range(KNOWN, KNOWN + rounds):
            given = variant(text, number)
            extracted = Extracted(text=given["text"], title=given["title"])
            steps: list[Callable[[], object]] = [
                lambda extracted=extracted: pipeline(extracted, "art_bench"),
                lambda given=given: embedded.add(Submission(**given)),
                lambda given=given: caller.ask("POST", "/v1/articles", given),
            ]
            for seconds, step in zip(taken.values(), steps, strict=True):
                used = time.process_time()
                seconds.append(clocked(step))
                if step is steps[1]:
                    cores.append(time.process_time() - used)
            # Those that come next are the same number of reports of the story.
            caller.ask("DELETE", f"/v1/articles/{caller.ask('GET', '/v1/articles?limit=1')['items'][0]['id']}")
        reads = {
            "a report": f"/v1/articles/{first['id']}",
            "its annotations, a page": f"/v1/articles/{first['id']}/annotations?page=0",
            "a claim": f"/v1/claims/{first['headline_claim']}",
            "a page of articles": "/v1/articles",
            "a sentence looked up": "/v1/claims?q="
            + quote("The Jorrel Front and the Vesker Brigades formed an alliance"),
        }
        for name, path in reads.items():
            times = LOOK_UPS if "?q=" in path else READS
            taken[name] = [clocked(lambda path=path: caller.ask("GET", path)) for _ in range(times)]
    print(
        f"{rounds} articles of {WORDS} words, one at a time beside {KNOWN} more of the same story; {READS} reads of each kind, {LOOK_UPS} look-ups"
    )
    print("                                               median       p99")
    for name, seconds in taken.items():
        print(f"  {name:24s} {spread(seconds)}")
    alone, memory, http_ = (statistics.median(seconds) for seconds in list(taken.values())[:3])
    print(
        f"  Annotated in memory it takes {memory / alone:.2f} x the pipeline, over HTTP {http_ / alone:.2f} x: of that "
        "most is moto, which plays DynamoDB."
    )
    _print_cost(statistics.median(cores), asked())


def asked() -> dict[tuple[str, str], Counter[bool]]:
    """The calls of DynamoDB that such an article makes, by function and by what they ask for, and of them those that
    are made with others at once. The stream is read when the article is there, as AWS collects it for two seconds."""
    from secondsource import wiring
    from secondsource.local.cloud import Cloud
    from secondsource.local.functions import handler_of, handlers
    from secondsource.local.gateway import Gateway, HttpRequest
    from secondsource.model import Scope
    from secondsource.services import keys

    text, calls = article(), defaultdict[tuple[str, str], Counter[bool]](Counter)
    working = "functions/annotate"
    with Cloud(lambda: handler_of("worker"), notify=lambda: handler_of("notify"), background=False) as cloud:
        key = keys.create(cloud.wiring.store, cloud.wiring.clock, "bench", (Scope.READ, Scope.WRITE))
        gateway = Gateway(handlers(), handler_of("authorizer"), ())
        headers = (("Authorization", f"Bearer {key}"), ("Content-Type", "application/json"))

        def note(params: Any, model: Any, **_: Any) -> None:
            calls[working, purpose(model.name, params)][threading.current_thread().name.startswith(READING)] += 1

        for number in range(KNOWN + 1):
            if number == KNOWN:
                wiring.current().dynamodb.meta.events.register("before-parameter-build.dynamodb", note)
            body = json.dumps(variant(text, number)).encode()
            answered = gateway.handle(HttpRequest("POST", "/v1/articles", headers, body))
            assert answered.status == 201, answered.body
            working = "functions/notify"
            with redirect_stdout(StringIO()):  # of metrics
                cloud.drain()
            working = "functions/annotate"
    return calls


def purpose(operation: str, params: Any) -> str:
    """What a call is for, by the key of the first item that it names."""
    key = _first_key(params)
    found = next(purpose for kind, purpose in PURPOSES.items() if kind in key)
    return f"{found}, {'read' if operation in READ else 'written'}"


def _first_key(params: Any) -> str:
    if isinstance(params, dict):
        if "PK" in params:
            return f"{params['PK']['S']}|{params['SK']['S']}"
        if ":p" in params:
            return f"{params[':p']['S']}|{params.get(':s', {}).get('S', '')}"
    parts = params.values() if isinstance(params, dict) else params if isinstance(params, list) else ()
    return next((key for part in parts if (key := _first_key(part))), "")


def _print_cost(seconds: float, asked: dict[tuple[str, str], Counter[bool]]) -> None:
    """What Lambda and API Gateway cost for a million articles. At 2 GB there is more than a core, and one is used."""
    from secondsource.aws.room import READERS

    print("  What the last of them asks of DynamoDB, in calls:")
    for (function, what), made in sorted(asked.items(), key=lambda entry: (entry[0][0], -entry[1].total())):
        several = f", {READERS} at a time" if made[True] else ""
        print(f"  {function:20s} {made.total():4d}  {what}{several}")
    calls = sum(made.total() for made in asked.values())
    at_once = sum(made[True] for made in asked.values())
    waits = calls - at_once + at_once / READERS
    whole = seconds + waits * CALL_SECONDS  # processor time, so that a busy machine costs no more
    gigabyte_seconds = ANNOTATE_GB * whole
    dollars = gigabyte_seconds * GB_SECOND_DOLLARS + 3 * INVOCATION_DOLLARS + REQUEST_DOLLARS
    print(
        f"  A million articles, on cores like these: {whole:.2f} s each, {seconds:.2f} s of it processor time; the rest waits "
        f"for {calls:.0f} calls\n  of DynamoDB at {1000 * CALL_SECONDS:.0f} ms (assumed), {at_once:.0f} of them {READERS} at "
        f"a time, those of the stream's function among them:\n  {gigabyte_seconds:.1f} million GB-seconds, three million "
        f"invocations and a million requests: ${dollars:.0f}, without DynamoDB\n  (see the index)."
    )


def corpus() -> None:
    """The command on one and on two processes."""
    paragraphs = article().split("\n\n")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        with source.open("w") as out:
            for number in range(CORPUS):
                turn = number % len(paragraphs)
                text = "\n\n".join([*paragraphs[turn:], *paragraphs[:turn]][: len(paragraphs) // 2])
                out.write(json.dumps({"id": number, **variant(text, number)}) + "\n")
        print(f"secondsource corpus, {CORPUS} articles of some {WORDS // 2} words, with all that it loads")
        taken = {}
        for processes in ("1", "2"):
            command = [sys.executable, "-m", "secondsource.cli", "corpus", str(source), "--out", f"{folder}/out"]
            environment = {"PYTHONPATH": str(ROOT / "shared"), "PATH": "/usr/bin:/bin"}
            taken[processes] = clocked(
                lambda command=[*command, "--processes", processes], environment=environment: subprocess.run(
                    command, env=environment, check=True, capture_output=True
                )
            )
            print(
                f"  --processes {processes}: {taken[processes]:5.1f} s, {CORPUS / taken[processes]:4.1f} articles a second"
            )
        print(f"  Two take {taken['2'] / taken['1']:.2f} x the time of one.")


def main() -> None:
    """Run and print everything."""
    requests(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
    print()
    corpus()


if __name__ == "__main__":
    main()
