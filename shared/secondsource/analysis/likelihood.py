"""How likely a source has a stake in a claim, by its signs: gradient-boosted trees, small enough to read.

Trained by infra/train_stakes.py on open news that was read and marked for this project; see data/CREDITS.md.
"""

import json
import math
from functools import cache
from importlib import resources
from typing import NamedTuple

from secondsource.analysis.signs import Signs


class _Tree(NamedTuple):
    """A tree in arrays: at node i, signs[feature[i]] <= threshold[i] leads left; a leaf has feature -1 and a value."""

    feature: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]


class _Trees(NamedTuple):
    signs: list[str]
    start: float
    trees: list[_Tree]


def likelihood(signs: Signs) -> float:
    """The share, 0 to 1, of pairs with such signs that a reader called motivated. Not calibrated on other news."""
    model = _trees()
    values = [signs.get(name, 0.0) for name in model.signs]
    total = model.start
    for tree in model.trees:
        i = 0
        while tree.feature[i] >= 0:
            i = tree.left[i] if values[tree.feature[i]] <= tree.threshold[i] else tree.right[i]
        total += tree.value[i]
    return 1 / (1 + math.exp(-total))


@cache
def _trees() -> _Trees:
    """The trees that ship with the package."""
    text = resources.files("secondsource.analysis").joinpath("data/stakes.json").read_text("utf-8")
    stored = json.loads(text)
    return _Trees(stored["signs"], stored["start"], [_Tree(**tree) for tree in stored["trees"]])
