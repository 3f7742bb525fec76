"""Turn the tagger's probabilities into attributions by a simple rule, and score them: only to compare taggers.

    python infra/measure_tagger.py GOLD.jsonl ANSWERS.pkl... --scorer attribution.py

ANSWERS are what train_tagger.py wrote: {article id: {"words", "p", "anchors", "reach", "links", "heads"}}. The
product itself joins these probabilities with rules over the parse; see secondsource.analysis.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from secondsource.language.wordpiece import QUOTES, paragraph_starts, quote_states


def runs(flags: npt.NDArray[np.bool_], gap: int = 0) -> list[tuple[int, int]]:
    """The ranges where `flags` holds, joined over gaps of at most `gap`."""
    out: list[tuple[int, int]] = []
    for i in np.flatnonzero(flags).tolist():
        if out and i - out[-1][1] <= gap:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return list(out)


def quotations(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The word ranges [begin, end) between double quote marks, marks included; none crosses a paragraph."""
    tokens = [text[a:b] for a, b in words]
    states = quote_states(tokens, paragraph_starts(text, words))
    out, opened = [], None
    for i, state in enumerate(states):
        if QUOTES[state] == "opens":
            opened = i
        elif QUOTES[state] == "closes" and opened is not None:
            out.append((opened, i + 1))
            opened = None
        elif QUOTES[state] == "outside":
            opened = None
    return out


def decode(
    tags: dict[str, Any],
    text: str,
    sure: float = 0.4,
    content: float = 0.5,
    source: float = 0.2,
    whole_quotes: bool = False,
) -> list[dict[str, Any]]:
    """Attributions of one article: an anchor each, its linked content and source; a doubled one is dropped."""
    column = {h: i for i, h in enumerate(tags["heads"])}
    p, words = tags["p"], tags["words"]
    quoted = quotations(text, words) if whole_quotes else []
    found: list[tuple[float, int, set[int], dict[str, Any]]] = []
    for anchor, (begin, _), link in zip(tags["anchors"], tags["reach"], tags["links"], strict=True):
        score = float(p[anchor, column["anchor"]])
        if score < sure:
            continue
        is_source = link[0] > source
        linked = link[1] > content
        for opens, closes in quoted:
            # A quotation is said as a whole or not at all, unless the window cuts it.
            a, b = max(opens - begin, 0), min(closes - begin, len(linked))
            if b - a > 2 and linked[a:b].any():
                linked[a:b] = link[1][a + 1 : b - 1].mean() > content
        pieces = runs(linked, 2)
        longest = max((b - a for a, b in pieces), default=0)
        # A stray word far from the rest is noise, unless it is all there is.
        pieces = [(a, b) for a, b in pieces if b - a >= min(3, longest)]
        if not pieces:
            continue
        src = None
        if is_source.any():
            best = max(runs(is_source, 1), key=lambda r: link[0][r[0] : r[1]].sum())
            src = [[words[begin + best[0]][0], words[begin + best[1] - 1][1]]]
        cue_words = [anchor]
        while cue_words[0] > 0 and p[cue_words[0] - 1, column["cue_in"]] > 0.5:
            cue_words.insert(0, cue_words[0] - 1)
        while cue_words[-1] + 1 < len(words) and p[cue_words[-1] + 1, column["cue_in"]] > 0.5:
            cue_words.append(cue_words[-1] + 1)
        cue = [[words[cue_words[0]][0], words[cue_words[-1]][1]]] if p[anchor, column["cue_in"]] > 0.3 else None
        covered = {begin + i for a, b in pieces for i in range(a, b)}
        spans = [[words[begin + a][0], words[begin + b - 1][1]] for a, b in pieces]
        found.append((score, anchor, covered, {"source": src, "cue": cue, "content": spans}))
    found.sort(key=lambda f: -f[0])
    kept: list[tuple[float, int, set[int], dict[str, Any]]] = []
    for f in found:
        if all(len(f[2] & k[2]) <= 0.7 * len(f[2] | k[2]) for k in kept):
            kept.append(f)
    return [f[3] for f in sorted(kept, key=lambda f: f[1])]


def main() -> None:
    """Read the arguments, decode at several thresholds, print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("answers", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--sure", type=float, nargs="*", default=[0.3, 0.35, 0.4, 0.45, 0.5, 0.55])
    parser.add_argument("--content", type=float, nargs="*", default=[0.45])
    parser.add_argument("--source", type=float, nargs="*", default=[0.2])
    parser.add_argument("--whole-quotes", action="store_true", help="a quotation is content as a whole or not at all")
    arguments = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", arguments.scorer)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tags: dict[str, Any] = {}
    for path in arguments.answers:
        tags |= pickle.loads(path.read_bytes())
    lines = arguments.gold.read_text(encoding="utf-8").splitlines()
    gold = [g for g in map(json.loads, lines) if g["id"] in tags]
    for sure, content, source in itertools.product(arguments.sure, arguments.content, arguments.source):
        found = [
            {
                "id": g["id"],
                "attributions": decode(tags[g["id"]], g["text"], sure, content, source, arguments.whole_quotes),
            }
            for g in gold
        ]
        s, _ = scorer.score(gold, found)
        d, ds, r = s["detection"][".5"], s["detection_source"][".5/overlap"], s["recall_by_form"]
        print(
            f"sure {sure:.2f} content {content:.2f} source {source:.2f}: n={s['articles']} pred {s['pred']}/{s['gold']}"
            f"  P {100 * d[0]:.1f} R {100 * d[1]:.1f} F1 {100 * d[2]:.1f}  +source {100 * ds[2]:.1f}"
            f"  srcacc {100 * s['source_accuracy']['overlap']:.1f} any {100 * s['detection']['any'][2]:.1f}  "
            + " ".join(f"{k} {100 * r[k]['content>=.5']:.0f}" for k in ("direct", "mixed", "indirect"))
        )


if __name__ == "__main__":
    main()
