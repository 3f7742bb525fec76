"""Wording that reports share: runs of words in the sentences that bear the claim, with where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from secondsource.model import Evidence, Occurrence
from secondsource.text.terms import STOP, rarity, stem, words

RUN = 5
"""Words in a row that are counted; at least two of them carry content."""
_CONTENT = 2
ENOUGH = 5
"""Runs in common from which there is reuse: nine words in a row, or as many in pieces."""
_SHORTEST = 40.0
"""Runs that a report is taken to have at least, so that a few words do not count for a whole text."""
_SENTENCE = 250.0
"""The same where only the claim's own sentences are known: two newsrooms may put one fact in the same ten words."""
_LONGEST_SHOWN = 2
"""Passages shown of each side."""
_FEW_DETAILS = 2.0
"""Weight that the details of two reports are taken to have besides, so that a word or two in common is no likeness."""
_RARE = 4.5
"""Rarity from which a plain word (no name) is a detail: one text in ninety has it."""


@dataclass(frozen=True)
class Wording:
    """The claim-bearing sentences of one report, as runs of words and as rare plain words."""

    sentences: tuple[Evidence, ...]
    runs: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Each run with the sentence it stands in first."""
    details: frozenset[str] = frozenset()
    whole: bool = False
    """Whether these are all sentences that tell the story, not only those of the claim."""


def wording(occurrence: Occurrence) -> Wording:
    """What a report says in its own words about the claim."""
    sentences = occurrence.passages or occurrence.sentences
    runs: dict[tuple[str, ...], int] = {}
    details: set[str] = set()
    for n, sentence in enumerate(sentences):
        spoken = words(sentence.exact)
        details.update(stem(w) for w in spoken if w[0].islower() and rarity(stem(w)) > _RARE)
        low = [w.casefold() for w in spoken]
        for k in range(len(low) - RUN + 1):
            run = tuple(low[k : k + RUN])
            if sum(w not in STOP for w in run) >= _CONTENT:
                runs.setdefault(run, n)
    return Wording(sentences, runs, frozenset(details), bool(occurrence.passages))


class Shared:
    """How much wording every two reports share."""

    def __init__(self, reports: Sequence[Wording]) -> None:
        self._reports = reports

    @cached_property
    def runs(self) -> npt.NDArray[np.float64]:
        """[i, j]: the share of the shorter one's runs that both have, 0..1; how many they are is ``counts``.

        Of less than ENOUGH the share is nought: a plain short statement is put in the same words by anyone.
        """
        sizes = np.array([len(report.runs) for report in self._reports], dtype=float)
        least = np.array([_SHORTEST if report.whole else _SENTENCE for report in self._reports])
        sizes = np.maximum(sizes, least)
        shorter = np.minimum(sizes[:, None], sizes[None, :])
        return np.where(self.counts >= ENOUGH, self.counts / shorter, 0.0)

    @cached_property
    def counts(self) -> npt.NDArray[np.float64]:
        """[i, j]: how many runs both have."""
        return _in_common([report.runs.keys() for report in self._reports])

    @cached_property
    def details(self) -> npt.NDArray[np.float64]:
        """[i, j]: the weighted share of rare plain words that both have of those that either has, 0..1.

        A word weighs minus the logarithm of the share of the reports that have it: what all have weighs nothing
        (after Dong, Berti-Equille, Srivastava, VLDB 2009).
        """
        n = len(self._reports)
        holders: dict[str, list[int]] = {}
        for i, report in enumerate(self._reports):
            for word in report.details:
                holders.setdefault(word, []).append(i)
        own = np.zeros(n)
        shared = []
        for having in holders.values():
            weight = -np.log((len(having) + 0.5) / (n + 1))
            own[having] += weight
            if len(having) > 1:
                shared.append((weight, having))
        # Most words stand in one report alone: they weigh, but they need no column.
        matrix = np.zeros((n, max(1, len(shared))))
        for column, (weight, having) in enumerate(shared):
            matrix[having, column] = np.sqrt(max(0.0, weight))
        both = matrix @ matrix.T
        np.fill_diagonal(both, own)
        either = own[:, None] + own[None, :] - both
        return np.asarray(both / (either + _FEW_DETAILS))

    def known(self, i: int) -> bool:
        """Whether anything is known of the wording of a report."""
        return bool(self._reports[i].runs)

    def evidence(self, i: int, j: int) -> tuple[Evidence, ...]:
        """The sentences of both in which the shared runs stand, most of them first, a side after the other."""
        shared = self._reports[i].runs.keys() & self._reports[j].runs.keys()
        shown: list[Evidence] = []
        for report in (self._reports[i], self._reports[j]):
            hits: dict[int, int] = {}
            for run in shared:
                hits[report.runs[run]] = hits.get(report.runs[run], 0) + 1
            best = sorted(hits, key=lambda n: (-hits[n], n))[:_LONGEST_SHOWN]
            shown += [report.sentences[n] for n in sorted(best)]
        return tuple(shown)


def _in_common(sets: Sequence[object]) -> npt.NDArray[np.float64]:
    n = len(sets)
    holders: dict[object, list[int]] = {}
    for i, members in enumerate(sets):
        for member in members:  # type: ignore[attr-defined]
            holders.setdefault(member, []).append(i)
    shared = [having for having in holders.values() if len(having) > 1]
    matrix = np.zeros((n, max(1, len(shared))))
    for column, having in enumerate(shared):
        matrix[having, column] = 1.0
    return np.asarray(matrix @ matrix.T)
