"""How well claims are matched across articles, and their origins joined, on labelled reports.

    secondsource corpus ARTICLES.jsonl --out REPORTS.jsonl
    python -m tests.eval.claims REPORTS.jsonl CLUSTERS.jsonl [--origins LABELS.jsonl...] [--each]

CLUSTERS holds {"cluster", "articles": [ids]} a line: the articles that report one claim. Reports are grouped by their
`headline_claim`; every two articles that stand in one group and in one cluster are right. Printed are pairwise precision,
recall and F1, and the adjusted Rand index (Hubert and Arabie, 1985).

LABELS holds {"cluster", "kind", "articles": {id: {"role", "roots": [keys]}}}: on which ultimate origins each report of a
claim rests, by reading. Of every two articles of role "reports" with roots, the pair is of one origin when they share a
root, and counts as joined when they stand in one group of the `origins` of a headline claim. Printed are how many pairs of
one origin are joined, and how many of different origins are, with the figures of clusters that rest on one origin apart;
and of the claims all of whose two or more reports are labelled, how many have their true number of origins in the range
that is answered, and how far the best guess lies from it. The true number is worked out from the labels by the formula
that the answer is worked out by.

With `--plain` as well how a plain join does on the same texts, and how many are joined of the pairs that it joins: two
articles of a cluster that share three runs of five words or an outlet that they credit go together, and so does whatever
hangs together by such pairs.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from secondsource.analysis.citations import citations
from secondsource.analysis.outlets import key
from secondsource.text.terms import STOP, words

_RUN, _RUNS, _TELLING = 5, 3, 2
"""Words in a row, how many such runs in common make a plain tie, and words in each that are no stop words."""

Pair = frozenset[str]


def lines(path: str) -> Iterator[Any]:
    """The objects of a file, one a line."""
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def pairs(sizes: Iterable[int]) -> int:
    """How many pairs groups of these sizes hold."""
    return sum(n * (n - 1) // 2 for n in sizes)


def grouping(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Pairwise precision, recall and F1 of one grouping against another, and the adjusted Rand index."""
    both = pairs(Counter((gold[a], found[a]) for a in gold).values())
    mine, right = pairs(Counter(found[a] for a in gold).values()), pairs(Counter(gold.values()).values())
    by_chance = mine * right / pairs([len(gold)])
    precision, recall = both / max(1, mine), both / max(1, right)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "ari": (both - by_chance) / ((mine + right) / 2 - by_chance),
    }


def of_origins(label: Mapping[str, Any]) -> Iterator[tuple[Pair, bool]]:
    """The pairs of a labelled cluster, and whether they rest on one origin."""
    roots = {a: set(x["roots"]) for a, x in label["articles"].items() if _rests(x)}
    for a, b in combinations(roots, 2):
        yield frozenset((a, b)), bool(roots[a] & roots[b])


def _rests(article: Mapping[str, Any]) -> bool:
    """Whether a labelled article reports the claim, and something is known of where it has it from."""
    return article["role"] == "reports" and bool(article["roots"])


def joined(reports: Iterable[Mapping[str, Any]]) -> set[Pair]:
    """The pairs of articles that stand in one group of the origins of a headline claim."""
    found: set[Pair] = set()
    for report in reports:
        for claim in report["claims"]:
            if claim["headline"]:
                for group in (claim["origins"] or {}).get("groups", []):
                    found |= {
                        frozenset((str(report["id"]), str(b))) for b in group if str(report["id"]) in map(str, group)
                    }
    return found


def ties(report: Mapping[str, Any]) -> tuple[set[tuple[str, ...]], set[str]]:
    """What a plain join compares of an article: its runs of words, and the outlets that it credits."""
    low = [word.casefold() for word in words(report["text"])]
    runs = {tuple(low[n : n + _RUN]) for n in range(len(low) - _RUN + 1)}
    credited = {key(citation.outlet) for citation in citations(report["text"]) if citation.outlet}
    return {run for run in runs if sum(word not in STOP for word in run) >= _TELLING}, credited


def plain(reports: Mapping[str, Mapping[str, Any]], articles: Sequence[str]) -> set[Pair]:
    """The pairs of some articles that hang together by plain ties, directly or by others between them."""
    compared = {a: ties(reports[a]) for a in articles if a in reports}
    group = {a: {a} for a in compared}
    for a, b in combinations(compared, 2):
        (runs, outlets), (other_runs, other_outlets) = compared[a], compared[b]
        if group[a] is not group[b] and (len(runs & other_runs) >= _RUNS or outlets & other_outlets):
            group[a] |= group[b]
            for member in group[b]:
                group[member] = group[a]
    return {frozenset((a, b)) for a, b in combinations(compared, 2) if group[a] is group[b]}


def effective(roots: Sequence[set[str]]) -> float:
    """The number of effective origins of reports that rest on these: counted here anew, to judge what is answered."""
    return sum(1 / sum(len(mine & other) / max(len(mine), len(other)) for other in roots) for mine in roots)


def ranges(
    reports: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[float, Mapping[str, float], int]]:
    """Of each headline claim all of whose reports are labelled: its true number, its answer, how many reports it has."""
    rests = {a: set(x["roots"]) for label in labels for a, x in label["articles"].items() if _rests(x)}
    answers: dict[str, tuple[frozenset[str], Mapping[str, float]]] = {}
    for report in reports:
        for claim in report["claims"]:
            if claim["headline"] and claim["origins"]:
                members = frozenset(str(a) for group in claim["origins"]["groups"] for a in group)
                answers[claim["claim_id"]] = members, claim["origins"]
    for members, answer in answers.values():
        if len(members) > 1 and members <= rests.keys():
            yield effective([rests[a] for a in sorted(members)]), answer, len(members)


_ROUNDED, _ONE = 0.05, 1.5
"""How far off a rounded number may be; fewer effective origins than this are one, as for the flags."""


def print_ranges(found: Sequence[tuple[float, Mapping[str, float], int]]) -> None:
    """Print how often the true number lies in the range, and how far off the best guess is."""
    for name, of in (
        ("one origin", [each for each in found if each[0] < 1 + _ROUNDED]),
        ("more than one", [each for each in found if each[0] >= 1 + _ROUNDED]),
    ):
        below = sum(true < answer["low"] - _ROUNDED for true, answer, _ in of)
        above = sum(true > answer["high"] + _ROUNDED for true, answer, _ in of)
        off = sum(abs(answer["best"] - true) for true, answer, _ in of) / max(1, len(of))
        width = sum((answer["high"] - answer["low"]) / n for _, answer, n in of) / max(1, len(of))
        print(
            f"  claims of {name}: in the range {len(of) - below - above} of {len(of)}, fewer {below}, more {above}; "
            f"best guess off by {off:.2f}; range {width:.2f} of the reports wide"
        )
    for name, said in (
        ("one, even by the highest number", [true < _ONE for true, answer, _ in found if answer["high"] < _ONE]),
        ("one, by the best guess", [true < _ONE for true, answer, _ in found if answer["best"] < _ONE]),
        ("more, by the best guess", [true >= _ONE for true, answer, _ in found if answer["best"] >= _ONE]),
        ("more, even by the lowest number", [true >= _ONE for true, answer, _ in found if answer["low"] >= _ONE]),
    ):
        print(f"  origins said to be {name}: right {sum(said)} of {len(said)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports")
    parser.add_argument("clusters")
    parser.add_argument("--origins", nargs="*", default=[])
    parser.add_argument("--plain", action="store_true", help="how a plain join does, and on what it joins")
    parser.add_argument("--each", action="store_true", help="a line for each labelled cluster")
    chosen = parser.parse_args(arguments)
    reports = {str(report["id"]): report for report in lines(chosen.reports)}
    gold = {str(a): line["cluster"] for line in lines(chosen.clusters) for a in line["articles"]}
    found = {a: (reports.get(a) or {}).get("headline_claim") or f"none:{a}" for a in gold}
    figures = grouping(gold, found)
    print(f"{len(gold)} reports of {len(set(gold.values()))} claims, grouped by headline claim:")
    print("  " + "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    if not chosen.origins:
        return
    together = joined(reports.values())
    counts: Counter[tuple[str, bool, bool]] = Counter()
    plainly: Counter[tuple[bool, bool, bool]] = Counter()
    labels = [label for path in chosen.origins for label in lines(path)]
    for label in labels:
        each: Counter[tuple[bool, bool]] = Counter((same, pair in together) for pair, same in of_origins(label))
        for (same, is_joined), n in each.items():
            counts[label["kind"], same, is_joined] += n
        if chosen.plain:
            tied = plain(reports, list(label["articles"]))
            plainly += Counter((same, pair in tied, pair in together) for pair, same in of_origins(label))
        if chosen.each:
            print(f"  {label['cluster']} ({label['kind']}): {dict(each)}")
    print(f"origins of {len(labels)} labelled claims:")
    for name, kinds, same in (
        ("of one origin, joined", ("one", "mixed", "different"), True),
        ("  in claims of one origin", ("one",), True),
        ("of different origins, joined", ("one", "mixed", "different"), False),
    ):
        right = sum(counts[kind, same, True] for kind in kinds)
        whole = right + sum(counts[kind, same, False] for kind in kinds)
        print(f"  {name}: {right} of {whole} pairs ({right / max(1, whole):.3f})")
    print_ranges(list(ranges(reports.values(), labels)))
    for name, same in (("of one origin", True), ("of different origins", False)) if chosen.plain else ():
        tied_pairs = plainly[same, True, True] + plainly[same, True, False]
        whole = tied_pairs + plainly[same, False, True] + plainly[same, False, False]
        share, right = tied_pairs / max(1, whole), plainly[same, True, True]
        print(f"  {name}, joined by a plain join: {tied_pairs} of {whole} ({share:.3f})")
        print(f"    joined of these: {right} of {tied_pairs} pairs ({right / max(1, tied_pairs):.3f})")


if __name__ == "__main__":
    main()
