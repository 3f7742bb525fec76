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
import time
from collections.abc import Callable, Sequence
from pathlib import Path
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
    calls, cores = [], []
    with start(0) as running:
        caller = Caller(running.url, running.api_key)
        events = wiring.current().dynamodb.meta.events
        made: list[object] = []
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
                events.register("before-call", lambda **_: made.append(1), unique_id="bench")
                used = time.process_time()
                seconds.append(clocked(step))
                if step is steps[1]:
                    cores.append(time.process_time() - used)
                events.unregister("before-call", unique_id="bench")
            calls.append(len(made))
            made.clear()
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
    _print_cost(statistics.median(cores), statistics.median(calls))


def _print_cost(seconds: float, calls: float) -> None:
    """What Lambda and API Gateway cost for a million articles. At 2 GB there is more than a core, and one is used."""
    whole = seconds + calls * CALL_SECONDS  # processor time, so that a busy machine costs no more
    gigabyte_seconds = ANNOTATE_GB * whole
    dollars = gigabyte_seconds * GB_SECOND_DOLLARS + 3 * INVOCATION_DOLLARS + REQUEST_DOLLARS
    print(
        f"  A million articles, on cores like these: {whole:.2f} s each with {calls:.0f} calls of DynamoDB at "
        f"{1000 * CALL_SECONDS:.0f} ms\n  (assumed; those of the stream's function among them): {gigabyte_seconds:.1f} million "
        f"GB-seconds, three million invocations and a million\n  requests: ${dollars:.0f}, without DynamoDB (see the index)."
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
