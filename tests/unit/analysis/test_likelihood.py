"""How likely a stake is by its signs: the trees are walked as they were grown, and the signs are what they say."""

import json
import math
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.analysis import likelihood as module
from secondsource.analysis.likelihood import likelihood

SMALL = module._Trees(
    signs=["denies", "number"],
    start=-1.0,
    trees=[
        # denies? 2.0; else number <= .5? -0.5 : -1.5
        module._Tree(
            [0, 1, -1, -1, -1],
            [0.5, 0.5, 0.0, 0.0, 0.0],
            [1, 2, -1, -1, -1],
            [4, 3, -1, -1, -1],
            [0.0, 0.0, -0.5, -1.5, 2.0],
        ),
        module._Tree([-1], [0.0], [-1], [-1], [0.25]),
    ],
)


@pytest.mark.parametrize(
    ("signs", "total"),
    [
        ({}, -1.0 - 0.5 + 0.25),
        ({"denies": 0.5}, -1.0 - 0.5 + 0.25),
        ({"denies": 0.51}, -1.0 + 2.0 + 0.25),
        ({"number": 1.0}, -1.0 - 1.5 + 0.25),
        ({"denies": 1.0, "number": 1.0}, -1.0 + 2.0 + 0.25),
        ({"unknown to the trees": 1.0}, -1.0 - 0.5 + 0.25),
    ],
)
def test_every_tree_is_walked_to_a_leaf_and_the_leaves_are_added_up(monkeypatch, signs, total):
    monkeypatch.setattr(module, "_trees", lambda: SMALL)

    assert likelihood(signs) == pytest.approx(1 / (1 + math.exp(-total)))


def shipped():
    return json.loads(resources.files("secondsource.analysis").joinpath("data/stakes.json").read_text("utf-8"))


def test_the_trees_that_ship_are_sound():
    stored = shipped()

    assert stored["signs"] == sorted(set(stored["signs"]))
    for tree in stored["trees"]:
        sizes = {len(tree[name]) for name in ("feature", "threshold", "left", "right", "value")}
        assert len(sizes) == 1
        for at, feature in enumerate(tree["feature"]):
            assert feature < len(stored["signs"])
            if feature >= 0:
                assert at < tree["left"][at] < len(tree["feature"])
                assert at < tree["right"][at] < len(tree["feature"])


@given(st.dictionaries(st.sampled_from(shipped()["signs"]), st.floats(0, 1)))
def test_whatever_the_signs_it_is_a_share(signs):
    assert 0 <= likelihood(signs) <= 1
