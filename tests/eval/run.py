"""Print how good the annotations are on labelled articles, with bootstrap intervals.

usage: run.py [--data FOLDER] [--bootstrap N] [--rules-only] [--held-out ANSWERS.pkl]

FOLDER holds labelled articles and the scorer; by default it is looked for beside the project. Nothing in the
product depends on it. Each set says whether the shipped weights have seen it: figures on the openly licensed news
that the tagger was trained on are no test, and are marked so. Last come the sentences with unnamed sources, which are
part of the project and need no folder (anonymous.py).
"""

import argparse
import importlib.util
import json
import pickle
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SETS = (
    ("PolNeAR dev", "data/attribution_dev/polnear_dev.jsonl", "never seen in training"),
    ("open news", "data/attribution_open/annotated_news.jsonl", "the tagger was trained on these: no test"),
    ("GUM interviews", "data/attribution_open/gum_interview.jsonl", "never seen; labels derived by rule"),
)
PUBLISHED = (
    ("human against human", 79.6, 75.3, 98, 74),
    ("BERT trained on PolNeAR", 78.3, 64.9, 86, 76),
    ("Citron (BBC), retrained", 55.9, 50.9, 62, 37),
    ("GenderGapTracker", 51.0, 44.2, 81, 25),
    ("textacy", 28.8, 26.9, 77, 1),
)
"""On PolNeAR test with the same scorer: detection F1, + source F1, recall direct, recall indirect."""


class HeldOut:
    """A tagger that answers from a file what networks that never saw an article said of it (by train_tagger.py)."""

    def __init__(self, path: Path, articles: list[dict[str, Any]]) -> None:
        """``articles``: those that will be asked for; an answer is found by the article's text."""
        from infra.train_joiner import tags_of
        from secondsource.analysis.pipeline import without_dateline
        from secondsource.text.normalise import clean

        saved = pickle.loads(path.read_bytes())
        self.articles = [a for a in articles if a["id"] in saved and len(clean(a["text"]).text) == len(a["text"])]
        self._answers = {without_dateline(clean(a["text"]).text): tags_of(saved[a["id"]]) for a in self.articles}

    def tag(self, text: str) -> Any:
        """The answer for one of the articles."""
        return self._answers[text]


def load(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("attribution_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotate(articles: list[dict[str, Any]], pipeline: Any) -> tuple[list[dict[str, Any]], list[float]]:
    """What the product answers for each article, and the seconds each took."""
    from secondsource.model import Extracted

    answers, seconds = [], []
    for article in articles:
        begin = time.process_time()
        analysis = pipeline(Extracted(text=article["text"], title=article.get("title")), "art_eval")
        seconds.append(time.process_time() - begin)
        kinds = {s.id: s.kind.value for s in analysis.sources}
        answers.append(
            {
                "id": article["id"],
                "attributions": [
                    {
                        "source": [list(s) for s in a.source] if a.source else None,
                        "cue": [list(s) for s in a.cue] if a.cue else None,
                        "content": [list(s) for s in a.content or ()],
                        "label": a.label.value,
                        "kind": kinds.get(a.source_id or "", "none"),
                        "rule": a.rule,
                    }
                    for a in analysis.attributions
                ],
            }
        )
    return answers, seconds


def pairs(
    gold: dict[str, Any], answer: dict[str, Any], score: ModuleType
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Marked and found attributions whose content shares half its words or more, one to one."""
    words = score.words(gold["text"])
    marked = [(a, score.toks(a["content"], words)) for a in gold["attributions"] if a["content"]]
    found = [(a, score.toks(a["content"], words)) for a in answer["attributions"]]
    ranked = sorted(
        ((score.jac(x, y), i, j) for i, (_, x) in enumerate(marked) for j, (_, y) in enumerate(found) if x & y),
        reverse=True,
    )
    left, right, out = set(), set(), []
    for near, i, j in ranked:
        if near >= 0.5 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((marked[i][0], found[j][0]))
    return out


def report(name: str, seen: str, articles: list[dict[str, Any]], pipeline: Any, score: ModuleType, rounds: int) -> None:
    """Print the table of one set."""
    answers, seconds = annotate(articles, pipeline)
    summary, per_article = score.score(articles, answers)
    import random

    draw = random.Random(7)
    spread: dict[str, list[float]] = {"detection": [], "detection_source": []}
    for _ in range(rounds):
        total: Counter[str] = Counter()
        for counts in draw.choices(per_article, k=len(per_article)):
            total.update(counts)
        again = score.summarise(total)
        spread["detection"].append(100 * again["detection"][".5"][2])
        spread["detection_source"].append(100 * again["detection_source"][".5/overlap"][2])

    def interval(key: str) -> str:
        values = sorted(spread[key])
        return f"[{values[int(0.025 * rounds)]:.1f}, {values[int(0.975 * rounds) - 1]:.1f}]" if rounds else ""

    d, s = summary["detection"][".5"], summary["detection_source"][".5/overlap"]
    forms = summary["recall_by_form"]
    print(f"\n{name}: {summary['articles']} articles, {summary['words']} words ({seen})")
    print(f"  detection  P {100 * d[0]:.1f}  R {100 * d[1]:.1f}  F1 {100 * d[2]:.1f} {interval('detection')}")
    print(f"  + source   P {100 * s[0]:.1f}  R {100 * s[1]:.1f}  F1 {100 * s[2]:.1f} {interval('detection_source')}")
    recall = ", ".join(f"{form} {100 * forms[form]['content>=.5']:.1f}" for form in ("direct", "mixed", "indirect"))
    print(
        f"  recall by form: {recall}; source right in {100 * summary['source_accuracy']['overlap']:.1f}% of what is found"
    )
    length = statistics.median(len(a["text"].split()) for a in articles)
    print(f"  {1000 * statistics.median(seconds):.0f} ms an article (median, {length:.0f} words), processor time")
    if articles[0]["attributions"] and "kind" in articles[0]["attributions"][0]:
        detail(articles, answers, score)


def detail(articles: list[dict[str, Any]], answers: list[dict[str, Any]], score: ModuleType) -> None:
    """Kinds of source, sourced statements alone, and errors by sort."""
    right = total = 0
    confused: Counter[tuple[str, str]] = Counter()
    matched: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    speech_marked = speech_found = speech_hit = 0
    for gold, answer in zip(articles, answers, strict=True):
        for a in answer["attributions"]:
            proposed[a["rule"]] += 1
        for marked, found in pairs(gold, answer, score):
            matched[found["rule"]] += 1
            total += 1
            right += marked["kind"] == found["kind"]
            if marked["kind"] != found["kind"]:
                confused[marked["kind"], found["kind"]] += 1
            speech_hit += marked["label"] == "speech" and found["label"] == "speech"
        speech_marked += sum(a["label"] == "speech" for a in gold["attributions"])
        speech_found += sum(a["label"] == "speech" for a in answer["attributions"])
    print(f"  kind of source right: {100 * right / max(1, total):.1f}% of {total}")
    print(
        f"  sourced statements (speech) alone: P {100 * speech_hit / max(1, speech_found):.1f}"
        f"  R {100 * speech_hit / max(1, speech_marked):.1f}"
    )
    print("  kinds confused: " + ", ".join(f"{a} as {b} {n}" for (a, b), n in confused.most_common(8)))
    print(
        "  found wrongly, by rule: "
        + ", ".join(f"{rule} {n - matched[rule]} of {n}" for rule, n in proposed.most_common() if n - matched[rule] > 5)
    )


def main() -> int:
    """Find the data and print the tables; without it, that of the sentences written for this alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--bootstrap", type=int, default=200)
    parser.add_argument(
        "--held-out",
        type=Path,
        metavar="ANSWERS.pkl",
        help="the open news alone, with the tagger's answers out of fold (trusted file of train_tagger.py's making)",
    )
    parser.add_argument("--rules-only", action="store_true", help="without the tagger")
    given = parser.parse_args()
    from secondsource.analysis.pipeline import Pipeline
    from secondsource.language.parse import spacy_parser
    from secondsource.language.tagger import Tagger

    program = given.data / "score/attribution.py"
    if given.held_out is not None:
        sys.path.append(str(ROOT))
        name, where, _ = SETS[1]
        held = HeldOut(given.held_out, load(given.data / where))
        seen = "tagger held out; the joiner's weights were fitted on these"
        report(name, seen, held.articles, Pipeline(spacy_parser, held), scorer(program), given.bootstrap)
        return 0
    pipeline = Pipeline(spacy_parser, None if given.rules_only else Tagger())
    if program.exists():
        score = scorer(program)
        print("Published systems on PolNeAR test, same scorer: detection F1, + source F1, recall direct / indirect")
        for name, detection, source, direct, indirect in PUBLISHED:
            print(f"  {name:26s} {detection:5.1f} {source:5.1f}   {direct} / {indirect}")
        for name, where, seen in SETS:
            path = given.data / where
            if path.exists():
                report(name, seen, load(path), pipeline, score, given.bootstrap)
    else:
        print(f"No labelled articles under {given.data}; say where with --data FOLDER.")
    # Run as a script, the project's root is not on the path.
    sys.path.append(str(ROOT))
    from tests.eval import anonymous

    anonymous.report(anonymous.measure(anonymous.load(), pipeline))
    return 0


if __name__ == "__main__":
    sys.exit(main())
