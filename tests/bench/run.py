"""Print what the analysis costs: its time beside that of the parse alone, its memory, and what functions import.

usage: python -m tests.bench.run [ROUNDS]

Times are medians over the rounds, of one process on one core; ratios are of medians taken in the same run, parse and
pipeline in turns, so that a busy machine slows both.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WORDS = 800
"""Length of the article that is timed: that of a long news report."""
SENTENCES = 40
"""As many as an article may have claims."""


def article() -> str:
    """The first 800 words of the bundled stories, paragraphs kept."""
    paragraphs: list[str] = []
    left = WORDS
    for path in sorted(ROOT.glob("examples/*/*.json")):
        for paragraph in json.loads(path.read_text("utf-8"))["text"].split("\n\n"):
            if left <= 0:
                return "\n\n".join(paragraphs)
            words = paragraph.split(" ")[:left]
            paragraphs.append(" ".join(words))
            left -= len(words)
    return "\n\n".join(paragraphs)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that one call takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def imports(module: str) -> tuple[float, list[str]]:
    """Seconds to import a module in a new process, beyond starting Python, and which heavy libraries came with it."""
    heavy = ("spacy", "numpy", "trafilatura", "onnxruntime", "lxml", "boto3", "pydantic", "aws_lambda_powertools")
    code = (
        "import sys,time; t=time.perf_counter(); import importlib; importlib.import_module(sys.argv[1]);"
        "print(time.perf_counter()-t, *[m for m in sys.argv[2:] if m in sys.modules])"
    )
    environment = {"PYTHONPATH": f"{ROOT / 'shared'}:{ROOT}", "PATH": "/usr/bin:/bin", "TABLE_NAME": "t"}
    environment |= {"QUEUE_URL": "https://queue.invalid/q", "AWS_DEFAULT_REGION": "eu-west-1"}
    out = subprocess.run(
        [sys.executable, "-c", code, module, *heavy], capture_output=True, text=True, check=True, env=environment
    )
    seconds, *loaded = out.stdout.split()
    return float(seconds), loaded


def main() -> None:
    """Run and print everything."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    from secondsource.analysis.attribution import draft
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.analysis.quotes import quotes
    from secondsource.language.embed import Embedder
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger
    from secondsource.model import Extracted

    text = article()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spacy_parser(text)
    tagger = Tagger()
    pipeline = Pipeline(spacy_parser, tagger)
    extracted = Extracted(text=text, title="A story")
    pipeline(extracted, "art_bench")
    embedder = Embedder()
    embedder(["A sentence."])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    doc = spacy_parser(text)
    marks = quotes(doc.text)
    whole = [sentence.text for sentence in doc.sents if sentence.text.strip()]
    sentences = (whole * SENTENCES)[:SENTENCES]
    stakes: list[float] = []

    class Watched(Pipeline):
        """The pipeline, with the time that its stakes take."""

        def _stakes(self, *given: Any) -> Any:
            begin = time.process_time()
            found = super()._stakes(*given)
            stakes.append(time.process_time() - begin)
            return found

    watched = Watched(spacy_parser, tagger)
    steps: dict[str, Callable[[], object]] = {
        "spaCy parse alone": lambda: spacy_parser(text),
        "tagger alone": lambda: tagger.tag(text),
        f"vectors of {SENTENCES} sentences": lambda: embedder(sentences),
        "attribution rules alone": lambda: draft(doc, marks),
        "whole pipeline": lambda: watched(extracted, "art_bench"),
    }
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, work in steps.items():
            taken[name].append(timed(work))
    middle = {name: statistics.median(values) for name, values in taken.items()}
    yardstick = middle["spaCy parse alone"]
    print(f"An article of {len(text.split())} words, median of {rounds} rounds, processor time")
    for name, seconds in middle.items():
        print(f"  {name:24s} {1000 * seconds:7.1f} ms   {seconds / yardstick:5.2f} x the parse")
    share = statistics.median(stakes) / middle["whole pipeline"]
    print(f"  of the pipeline, stakes  {1000 * statistics.median(stakes):7.1f} ms   {share:5.1%} of it")
    print(f"Memory: {after / 1024:.0f} MB at the most with models loaded ({before / 1024:.0f} MB before them)")
    print("Import in a new process")
    for name in ("api", "annotate", "register", "webhooks", "worker", "notify", "authorizer"):
        seconds, loaded = imports(f"functions.{name}.main")
        print(f"  functions/{name:12s} {1000 * seconds:7.0f} ms   with {', '.join(loaded) or 'no heavy library'}")


if __name__ == "__main__":
    main()
