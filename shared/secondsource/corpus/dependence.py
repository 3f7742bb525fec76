"""How likely two reports of a claim rest on one origin, and the reports grouped by that.

Every kind of evidence adds to the log-odds that two reports depend on each other: a root in common, wording in common,
details in common, likeness of their stories; two reports that each have an origin of their own and share none lose.
The idea is that of Dong, Berti-Equille and Srivastava (VLDB 2009); the weights are round numbers, chosen on 50 clusters
of real reports, read and labelled (docs/origins.md), and not calibrated. Groups are made by average linkage, so that
one accidental likeness does not join what all else holds apart.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from secondsource.corpus.credits import OF_A_PARTY, Rests, Root, one_house, relays
from secondsource.corpus.reuse import ENOUGH, Shared
from secondsource.text.vectors import unpack

Matrix = npt.NDArray[np.float64]

_PRIOR, _PRIOR_OF_FEW = 0.1, -0.7
"""The same of fewer reports than ``_TOO_FEW``: one more or less of them makes all the difference."""
_SOURCE, _OUTLET = 2.0, 1.5
"""A source in common; an outlet, a citation or anything else in common."""
_DIRECT = 1.0
"""On top, where both say that they have the claim itself from it, times how sure it is one."""
_SOURCES = frozenset({"person", "group", "unnamed", "thing"})
_OUTLETS = frozenset({"outlet", "report", "newsroom"})
_CREDITED = frozenset({"outlet", "report"})
_OWN_EACH = 2.5
"""Each has an origin of its own, and they share none."""
_UNSIGNED = 0.8
"""The same where one is of an unknown newsroom that has sources of its own, and the other credits an outlet: that may
be this newsroom."""
_BESIDE = 0.8
"""Each credits newsrooms that the other does not, and they share somebody who is quoted: so much of that is left."""
_NEWSROOMS = frozenset({"outlet", "report", "newsroom", "witness"})
_OWN_ONE = 0.3
"""One of them has."""
_ONE_HOUSE = 3.0
"""Two of one newsroom, unless each names somebody else for the claim: what it knows it knows once."""
_REUSE = 1.6
_A_RUN, _NO_RUN = 0.4, 0.5
"""For each run of five words in common, where they are too few to be called reuse, and against, where there is none."""
_BACKGROUND = 0.2
_NEARLY_ALL = 0.5
"""What is left of reuse where two reports each name another source for the claim itself, unless they share so much."""
TOLD_BY = frozenset({"person", "group", "witness"})
"""Kinds of root that are somebody or something named, or a newsroom's own eyes."""
_PEOPLE = TOLD_BY - {"witness"}
_SOME, _MUCH = 0.02, 0.12
"""Shares of the shorter one's runs of five words that are some reuse and nearly all that can count."""
_DETAILS, _USUAL_DETAILS = 10.0, 0.11
"""Weight of rare details in common, above what two reports of one event have anyway."""
_STORY, _USUAL_STORY = 6.0, 0.6
"""Weight of the cosine of the stories, above what two reports of one event have anyway."""
_ATTACH = -0.6
"""Mean log-odds from which a group whose origin is only an outlet that it credits goes with the nearest other one."""
_MOST, _SEVERAL, _RELAY = 0.6, 5, -2.5
"""The same for a group that only credits outlets, where such a share of all reports, of so many at least, has one
origin: it relays that."""
_FEW_RELAY = 2
"""… and has no more reports than so many: three that credit one outlet have it from there."""
_NOTHING_OWN = -1.5
"""The same for a group without any origin of its own."""
_TOO_FEW = 4
"""Of fewer reports than so many nothing goes with another in spite of its odds."""
_FEW, _FROM_THEM = 8, -0.8
"""Of fewer reports than so many, one that names nobody may as well have it from elsewhere: it needs this much."""
_SIZE = 0.15
"""What a group's size speaks for it, per e-fold, where something has to go with one of several."""
VERBATIM = 0.15
"""Share of runs in common from which a report is copied whatever else it says."""
_IN_SPITE = -3.0
"""Mean log-odds in spite of which groups are one where two of their reports surely have one origin."""
_PARTED = -0.5
"""Log-odds below which who credits an outlet and who names somebody are apart within a group that others join."""
_TOLD_APART, _NAMED_APART = -2.5, -1.5
"""Mean log-odds from which two groups may still be one when the lowest number of origins is counted; the same where
each has somebody or something named, or its own eyes, for the claim itself, and not the same."""


class Dependence:
    """The log-odds of every two reports, and the groups that follow from them."""

    def __init__(self, reports: Sequence[Rests], shared: Shared) -> None:
        self._reports, self._shared = reports, shared
        self._ids = [report.at.article_id for report in reports]
        self._house = _of_one_house(reports)
        self.odds = self._odds()

    def _odds(self) -> Matrix:
        n = len(self._reports)
        odds = np.full((n, n), _PRIOR if n >= _TOO_FEW else _PRIOR_OF_FEW)
        runs, counts = self._shared.runs, self._shared.counts
        told = np.array([r.at.story is not None for r in self._reports])
        worded = np.array([self._shared.known(i) and bool(r.at.passages) for i, r in enumerate(self._reports)])
        both_worded = np.outer(worded, worded)
        reuse = _REUSE * (1.5 * np.minimum(runs / _SOME, 1) + 2 * np.clip((runs - _SOME) / (_MUCH - _SOME), 0, 1))
        reuse += both_worded * (runs == 0) * _A_RUN * np.minimum(counts, ENOUGH - 1)
        # Two reports that each name who told them, and name others, share an agency's background as easily.
        odds += np.where(self._named_apart() & (runs < _NEARLY_ALL), _BACKGROUND * reuse, reuse)
        odds -= both_worded * (counts == 0) * _NO_RUN
        odds += both_worded * _DETAILS * (self._shared.details - _USUAL_DETAILS)
        if told.any():
            vectors = np.array(
                [unpack(r.at.story.vector) if r.at.story else np.zeros(384, np.float32) for r in self._reports]
            )
            odds += np.outer(told, told) * _STORY * (vectors @ vectors.T - _USUAL_STORY)
        return odds + self._by_roots()

    def _named_apart(self, kinds: frozenset[str] = TOLD_BY) -> npt.NDArray[np.bool_]:
        """Whether two reports each have a named source, or their own eyes, for the claim itself, and not the same."""
        told = [{root for root in self._told_by(i) if root.kind in kinds} for i in range(len(self._reports))]
        n = len(told)
        return np.array([[bool(told[i] and told[j]) and not told[i] & told[j] for j in range(n)] for i in range(n)])

    def _told_by(self, i: int) -> set[Root]:
        """Who is named by a report for the claim itself, or its own eyes."""
        return {root for root, credit in self._reports[i].own.items() if credit.direct and root.kind in TOLD_BY}

    def _by_roots(self) -> Matrix:
        """What it says of every two that they have roots in common, or each its own."""
        n = len(self._reports)
        holders: dict[Root, list[int]] = {}
        for i, report in enumerate(self._reports):
            for root in report.roots:
                holders.setdefault(root, []).append(i)
        common, known, source, outlet, newsroom = (np.zeros((n, n), dtype=bool) for _ in range(5))
        direct = np.zeros((n, n))
        for root, having in holders.items():
            if len(having) < 2:
                continue
            both = np.ix_(having, having)
            common[both] = True
            known[both] |= root.kind != "unnamed" or root.key.startswith(OF_A_PARTY)
            if root.kind in _SOURCES:
                source[both] = True
            elif root.kind in _OUTLETS:
                outlet[both] = True
            newsroom[both] |= root.kind in _NEWSROOMS
            credits = [self._reports[i].roots[root] for i in having]
            sure = np.array([credit.confidence if credit.direct else 0.0 for credit in credits])
            direct[both] = np.maximum(direct[both], np.minimum(sure[:, None], sure[None, :]))
        own = np.array([bool(report.exclusive) for report in self._reports], dtype=float)
        apart = np.array([0.0, -_OWN_ONE, -_OWN_EACH])[(own[:, None] + own[None, :]).astype(int)]
        apart[_may_be_credited(self._reports)] = -_UNSIGNED
        newsrooms = np.array([any(root.kind in _NEWSROOMS for root in r.exclusive) for r in self._reports], dtype=bool)
        two_newsrooms = np.outer(newsrooms, newsrooms) & ~newsroom
        beside = two_newsrooms & (direct == 0.0)
        together = _SOURCE * source + _OUTLET * outlet + _DIRECT * direct - _BESIDE * _OWN_EACH * beside
        # Officials without a name who spoke to two newsrooms are as many, though both call them alike.
        odds = np.asarray(np.where(common & (known | ~two_newsrooms), together, apart))
        return np.where(self._house & ~self._named_apart(_PEOPLE), np.maximum(odds, _ONE_HOUSE), odds)

    def groups(self) -> list[list[int]]:
        """The reports by origin, each in one group, in their order: the best guess."""
        found = self._linked()
        settled = [g for g in found if len(g) > 1 or self._reports[g[0]].rooted or not self._comparable(g)]
        loose = [g for g in found if g not in settled]
        if not settled and loose:
            settled.append(loose.pop(0))
        for group in list(loose):
            # A report that names nobody has it from somewhere: from those it is most like.
            nearest = self._nearest(group, settled)
            if len(self._reports) >= _FEW or self._mean(group, nearest) >= _FROM_THEM:
                nearest.extend(group)
                loose.remove(group)
        settled += loose
        for group in sorted(settled, key=lambda g: (len(g), self.first(g))):
            others = [g for g in settled if g is not group]
            if not others or not self._comparable(group):
                continue
            nearest = self._nearest(group, others)
            needed = _FROM_THEM if group in loose else self._needed(group, nearest)
            if self._mean(group, nearest) >= needed:
                nearest.extend(group)
                settled = others
        return sorted((sorted(group) for group in self._with_certain(settled)), key=lambda g: g[0])

    def _with_certain(self, groups: list[list[int]]) -> list[list[int]]:
        """The groups, with those made one of which two reports have it from one source for sure: the nearest first.

        An outlet that both credit makes no more of it than what these two share, whether its own article is known or
        not: see ``origins``.
        """
        merged = list(groups)
        while True:
            near = [
                (round(self._mean(a, b), 9), self.first(a), self.first(b), a, b)
                for n, a in enumerate(merged)
                for b in merged[n + 1 :]
                if self._mean(a, b) >= _IN_SPITE
                and any(
                    self._one_source(i, j, _CREDITED) and self._free(i, j, a) and self._free(j, i, b)
                    for i in a
                    for j in b
                )
            ]
            if not near:
                return merged
            *_, one, other = max(near, key=lambda pair: pair[:3])
            merged = [g for g in merged if g is not one and g is not other] + [[*one, *other]]

    def _needed(self, group: Sequence[int], nearest: Sequence[int]) -> float:
        """The mean log-odds that take a group to the nearest one: little where it only relays and most others agree."""
        kinds = {root.kind for i in group for root in self._reports[i].exclusive}
        most = len(self._reports) >= _SEVERAL and len(nearest) >= _MOST * len(self._reports)
        if most and kinds <= {"outlet"} and len(group) <= _FEW_RELAY:
            return _RELAY
        if len(self._reports) < _TOO_FEW:
            return 0.0
        return _ATTACH if kinds or len(self._reports) < _FEW else _NOTHING_OWN

    def parted(self, group: Sequence[int]) -> tuple[list[int], list[int]] | None:
        """The reports of a group that have it only from an outlet, and those that have it only from somebody else.

        Both together with others that have it from either are one group; between themselves nothing joins them. Only
        what several of the group rest on counts; None where there are no such two.
        """
        holding: dict[Root, int] = {}
        for i in group:
            for root in self._reports[i].exclusive:
                holding[root] = holding.get(root, 0) + 1
        firm = {i: {root for root in self._reports[i].exclusive if holding[root] > 1} for i in group}
        credited = [i for i in group if firm[i] and all(root.kind in _OUTLETS for root in firm[i])]
        naming = [i for i in group if any(root.kind in TOLD_BY for root in firm[i])]
        apart = [(i, j) for i in credited for j in naming if not firm[i] & firm[j] and self.odds[i, j] < _PARTED]
        one, other = ({pair[n] for pair in apart} for n in (0, 1))
        one = {i for i in one if not any(self.certain(i, j) for j in other)}
        if not one or not set(group) - one - other:
            return None
        if round(self._mean(sorted(one), sorted(other)), 9) >= _PARTED:
            return None
        return sorted(one), sorted(other)

    def may_be_one(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether what is known does not tell two groups apart surely enough for the lowest number of origins."""
        one, two = (set().union(*(self._told_by(i) for i in g)) for g in (group, other))
        least = _NAMED_APART if one and two and not one & two else _TOLD_APART
        comparable = self._comparable(group) and self._comparable(other)
        if comparable and round(self._mean(group, other), 9) >= least:
            return True
        if any(
            all(self._house[i, list(there)].any() for i in here) for here, there in ((group, other), (other, group))
        ):
            return True
        if len(self._reports) < _FEW and (self._may_credit(group, other) or self._may_credit(other, group)):
            return True
        if all(any(self._reports[i].anchored for i in g) for g in (group, other)):
            return False
        nothing_known = not all(any(self._reports[i].rooted for i in g) for g in (group, other))
        return (not comparable and nothing_known) or self._unnamed_alike(group, other)

    def _may_credit(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether a group relays an outlet that may be the unknown newsroom of a report of the other."""
        unsigned = any(self._reports[j].at.publisher is None and self._reports[j].at.url is None for j in other)
        return unsigned and any(relays(self._reports[i]) for i in group)

    def _unnamed_alike(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether sources without a name are all that either has, so that they could be the same ones."""
        kinds = [{root.kind for i in g for root in self._reports[i].roots} for g in (group, other)]
        return all(found <= {"unnamed", "newsroom"} for found in kinds) and all(kinds)

    def certain(self, i: int, j: int, but: frozenset[str] = frozenset()) -> bool:
        """Whether two reports rest on one origin for sure: one cites the other, or both name the same source for it;
        ``but``: kinds of root that are left out."""
        return bool(self._shared.runs[i, j] >= VERBATIM) or self._one_source(i, j, but)

    def _one_source(self, i: int, j: int, but: frozenset[str] = frozenset()) -> bool:
        """Whether both have the claim itself from what surely is the same; ``but``: kinds of root that are left out."""
        a, b = self._reports[i], self._reports[j]
        return any(
            _both_direct(a, b, root) and min(a.roots[root].confidence, b.roots[root].confidence) >= _SURE
            for root in a.roots.keys() & b.roots.keys()
            if root.kind != "unnamed" and root.kind not in but
        )

    def _free(self, i: int, j: int, group: Sequence[int]) -> bool:
        """Whether nobody but whom it has in common with report ``j`` holds a report in its group."""
        mine, theirs = self._reports[i].roots, self._reports[j].roots
        others = [self._reports[k].roots for k in group if k != i]
        return not any(
            credit.direct and root not in theirs and root.kind in TOLD_BY and any(root in roots for roots in others)
            for root, credit in mine.items()
        )

    def _comparable(self, group: Sequence[int]) -> bool:
        """Whether enough is known of a group's wording to say what it is most like."""
        return any(self._reports[i].at.passages for i in group)

    def _mean(self, group: Sequence[int], other: Sequence[int]) -> float:
        return float(self.odds[np.ix_(list(group), list(other))].mean())

    def _nearest(self, group: Sequence[int], others: list[list[int]]) -> list[int]:
        return max(others, key=lambda g: (round(self._mean(group, g) + _SIZE * np.log(len(g)), 9), self.first(g)))

    def first(self, group: Sequence[int]) -> str:
        """What groups are put in order by, whatever order the reports came in."""
        return min(self._ids[i] for i in group)

    def _linked(self) -> list[list[int]]:
        """Agglomeration by average linkage while the mean log-odds are for it; in the order of the articles' ids."""
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        groups = {n: [i] for n, i in enumerate(order)}
        means = np.round(self.odds[np.ix_(order, order)], 9)
        np.fill_diagonal(means, -np.inf)
        while len(groups) > 1:
            i, j = sorted(divmod(int(means.argmax()), len(order)))
            if means[i, j] <= 0:
                break
            size, other = len(groups[i]), len(groups[j])
            joined = (means[i] * size + means[j] * other) / (size + other)
            joined[i] = -np.inf
            means[i, :] = means[:, i] = joined
            means[j, :] = means[:, j] = -np.inf
            groups[i] += groups.pop(j)
        return list(groups.values())


def _of_one_house(reports: Sequence[Rests]) -> npt.NDArray[np.bool_]:
    """[i, j]: whether two reports, and not one, are of one newsroom."""
    n = len(reports)
    found = np.zeros((n, n), dtype=bool)
    signed = [i for i, report in enumerate(reports) if report.at.publisher]
    for k, i in enumerate(signed):
        for j in signed[k + 1 :]:
            found[i, j] = found[j, i] = one_house(reports[i].at, reports[j].at)
    return found


def _may_be_credited(reports: Sequence[Rests]) -> npt.NDArray[np.bool_]:
    """[i, j]: whether one is of a newsroom that is not known, with its own sources alone, and the other credits one."""
    unsigned = np.array([r.at.publisher is None and bool(r.exclusive) and _all_its_own(r) for r in reports], dtype=bool)
    crediting = np.array([any(root.kind == "outlet" for root in r.exclusive) for r in reports], dtype=bool)
    return np.outer(unsigned, crediting) | np.outer(crediting, unsigned)


def _all_its_own(report: Rests) -> bool:
    return all(root.kind in ("newsroom", "witness") for root in report.exclusive)


_SURE = 0.85


def _both_direct(a: Rests, b: Rests, root: Root) -> bool:
    one, other = a.roots[root], b.roots[root]
    return one.direct and other.direct
