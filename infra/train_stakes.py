"""Fit the trees that say how likely a source has a stake in a claim, from open news that was read for it.

usage: train_stakes.py ARTICLES.jsonl > shared/secondsource/analysis/data/stakes.json

ARTICLES: the open articles, {"id", "title", "text"} a line. What was read of them stands in infra/stake_labels.jsonl:
for attributions, by their source and content spans, whether a fair and experienced editor would say that this source
has a stake in this claim and that the claim serves it. Language models were the readers, two for 22 articles (on all
that both read they agreed in 97%, Cohen's kappa .92) and one for the others; where two differ, it counts as motivated.

Open news holds few campaigns and lawsuits. So infra/stake_articles.jsonl is read besides: 90 articles with nobody real
in them, written and marked by language models for this; they count for less.

Each claim of an attribution is one row: the signs of its source's position, weighed so that every attribution counts
once, half where its answer is "possible" only. The trees are scikit-learn's gradient boosting with a fixed seed. With
--cross-validate the share of right ones and of found ones at several thresholds is printed, over five folds of
articles, and nothing else.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "shared"))

from secondsource.analysis import pipeline
from secondsource.analysis.signs import Signs
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.model import Analysis, Attribution, Extracted, Span

LABELS = Path(__file__).with_name("stake_labels.jsonl")
OWN_ARTICLES = Path(__file__).with_name("stake_articles.jsonl")
TREES, DEPTH, RATE, SUBSAMPLE, LEAF = 400, 2, 0.03, 0.7, 8
OWN, ARGUABLE = 0.35, 0.5
"""How much a row of our own articles counts, and one whose answer is "possible"."""
_SEEN: list[Signs] = []


def make() -> pipeline.Pipeline:
    """The analysis as it runs."""
    return pipeline.Pipeline(spacy_parser, Tagger())


def shared(a: Any, b: Any) -> int:
    """Code points that two lists of spans have in common."""
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a or () for y in b or ())


def found(analysis: Analysis, source: list[Span], content: list[Span]) -> Attribution | None:
    """The attribution that is the marked one: most of the content, and the source if one has that."""
    best = max(analysis.attributions, key=lambda a: shared(a.content, content), default=None)
    if best is None or not shared(best.content, content):
        return None
    near = [a for a in analysis.attributions if 2 * shared(a.content, content) >= shared(best.content, content)]
    near = [a for a in near if a.source_id and shared(a.source, source)] or [a for a in near if a.source_id]
    return near[0] if near else None


def rows(
    article: dict[str, Any], labels: list[dict[str, Any]], analyse: pipeline.Pipeline
) -> list[tuple[Signs, bool, float]]:
    """Signs, answer and weight of every claim of a marked attribution."""
    _SEEN.clear()
    analysis = analyse(Extracted(text=article["text"], title=article.get("title")), article["id"])
    signs = dict(zip([id(p) for of in analysis.positions.values() for p in of], _SEEN, strict=True))
    made: list[tuple[Signs, bool, float]] = []
    for label in labels:
        attribution = found(analysis, label["source"], label["content"])
        if attribution is None:
            continue
        mine = [signs[id(p)] for of in analysis.positions.values() for p in of if attribution.id in p.attribution_ids]
        counts = ARGUABLE if label["level"] == "possible" else 1.0
        made += [(s, label["motivated"], counts / len(mine)) for s in mine]
    return made


def main() -> None:
    """Fit and print the trees."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args()
    from sklearn.ensemble import GradientBoostingClassifier  # needed for fitting alone; not among the project's needs
    from sklearn.model_selection import GroupKFold

    def remember(signs: Signs) -> float:
        _SEEN.append(signs)
        return 0.0

    vars(pipeline)["likelihood"] = remember
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        label = json.loads(line)
        labels[label["id"]].append(label)
    analyse = make()
    made: list[tuple[Signs, bool, float]] = []
    group: list[str] = []
    for path, counts in ((given.articles, 1.0), (OWN_ARTICLES, OWN)):
        for line in path.read_text("utf-8").splitlines():
            article = json.loads(line)
            new = rows(article, labels[article["id"]], analyse)
            made += [(signs, answer, counts * w) for signs, answer, w in new]
            group += [article["id"]] * len(new)
    names = sorted({name for signs, _, _ in made for name in signs})
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _, _ in made])
    y = np.array([answer for _, answer, _ in made])
    weight = np.array([w for _, _, w in made])
    sys.stderr.write(
        f"{len(set(group))} articles, {len(y)} claims, {weight[y].sum():.0f} of {weight.sum():.0f} motivated\n"
    )

    def fit(rows: Any) -> Any:
        model = GradientBoostingClassifier(
            n_estimators=TREES,
            max_depth=DEPTH,
            learning_rate=RATE,
            subsample=SUBSAMPLE,
            min_samples_leaf=LEAF,
            random_state=0,
        )
        return model.fit(x[rows], y[rows], weight[rows])

    if given.cross_validate:
        p = np.zeros(len(y))
        for known, new in GroupKFold(5).split(x, y, group):
            p[new] = fit(known).predict_proba(x[new])[:, 1]
        for least in (0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8):
            high = p >= least
            right = weight[high & y].sum()
            print(f"from {least:.2f}: P {right / max(weight[high].sum(), 1e-9):.3f} R {right / weight[y].sum():.3f}")
        return
    model = fit(np.arange(len(y)))
    start = float(np.log(weight[y].sum() / weight[~y].sum()))
    trees = [
        {
            "feature": [int(f) if f >= 0 else -1 for f in t.feature],
            "threshold": [round(float(v), 6) for v in t.threshold],
            "left": [int(v) for v in t.children_left],
            "right": [int(v) for v in t.children_right],
            "value": [round(float(v[0][0]) * RATE, 6) for v in t.value],
        }
        for t in (estimator[0].tree_ for estimator in model.estimators_)
    ]
    json.dump({"signs": names, "start": round(start, 6), "trees": trees}, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
