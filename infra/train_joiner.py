"""Fit the weights by which the analysis joins rules and tagger.

usage: train_joiner.py ANNOTATED.jsonl HELD_OUT.pkl [--threshold T] > shared/secondsource/analysis/data/joiner.json

ANNOTATED: articles with marked attributions. HELD_OUT: what taggers that had not seen the article answered for
each (written by train_tagger.py), so that the weights are fitted on what the tagger does with new text. A proposal is
right when its content shares half its words or more with a marked one (Jaccard). The weights are an L2-regularised
logistic regression; fitting is deterministic.
"""

import argparse
import json
import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "shared"))

from secondsource.analysis import attribution, joining, tagging
from secondsource.analysis.quotes import quotes
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tags
from secondsource.text.normalise import clean


def tags_of(saved: dict[str, Any]) -> Tags:
    """The tagger's answer as it was saved."""
    return Tags(
        [tuple(w) for w in saved["words"]],
        saved["p"],
        list(saved["anchors"]),
        list(saved["reach"]),
        list(saved["links"]),
        tuple(saved["heads"]),
    )


def rows_of(article: dict[str, Any], tags: Tags) -> tuple[np.ndarray, np.ndarray] | None:
    """Features and rightness of every proposal for one article; None where clean text has other offsets."""
    text = clean(article["text"]).text
    if len(text) != len(article["text"]):
        return None
    doc = spacy_parser(text)
    marks = quotes(text)
    found = joining.candidates_of(attribution.draft(doc, marks), tagging.propose(doc, tags), tags)
    if not found:
        return None
    gold = []
    for a in article["attributions"]:
        spans = a["content"] or []
        gold.append({i for i, (s, e) in enumerate(tags.words) if any(s < y and e > x for x, y in spans)})
    right = [max((len(c.content & g) / len(c.content | g) for g in gold if g), default=0.0) >= 0.5 for c in found]
    return joining.features(found, tags, marks), np.asarray(right)


def main() -> None:
    """Fit and print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path)
    parser.add_argument("held_out", type=Path)
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--threshold-quoted", type=float, default=0.15)
    given = parser.parse_args()
    from sklearn.linear_model import LogisticRegression  # needed for fitting alone; not among the project's needs

    saved = pickle.loads(given.held_out.read_bytes())
    xs, ys = [], []
    for line in given.annotated.read_text("utf-8").splitlines():
        article = json.loads(line)
        if article["id"] in saved and (made := rows_of(article, tags_of(saved[article["id"]]))) is not None:
            xs.append(made[0])
            ys.append(made[1])
    x, y = np.vstack(xs), np.concatenate(ys)
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=0.1, max_iter=5000).fit((x - mean) / scale, y)
    sys.stderr.write(f"{len(xs)} articles, {len(y)} proposals, {int(y.sum())} right\n")
    numbers = {"mean": mean, "scale": scale, "weights": model.coef_[0]}
    out: dict[str, Any] = {name: [round(float(v), 6) for v in values] for name, values in numbers.items()}
    out |= {"bias": round(float(model.intercept_[0]), 6), "threshold": given.threshold}
    out |= {"threshold_quoted": given.threshold_quoted, "articles": len(xs), "proposals": len(y)}
    json.dump(out, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
