"""Origins: on how many independent origins the reports of a claim rest.

What each report rests on is read by ``credits``, what wording it shares by ``reuse``, and which reports go together by
``dependence``; here the groups are counted and the graph is drawn that explains them. Only sentences that bear the
claim are looked at, never shared background. Each report has a root vector r_i: equal shares of the origins behind it.
D_ij = sum over origins of min(r_i, r_j), and the number of effective origins is sum_i 1 / sum_j D_ij, the diversity of
order 0 with similarity (Leinster and Cobbold, Ecology 93, 2012). Where identity cannot be known the answer is a range:
``low`` takes for one what is not surely told apart, and counts nothing that a report may have beside its group;
``high`` joins only what certainly is one, and counts people without a name beside a cited outlet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from secondsource.corpus.credits import OF_THE_CLAIM, OF_THE_STORY, Credit, Rests, Root, came_later, read
from secondsource.corpus.dependence import TOLD_BY, Dependence
from secondsource.corpus.materials import KINDS
from secondsource.corpus.reuse import Shared, wording
from secondsource.model import Edge, Evidence, Node, Occurrence, Origins

MOST_REPORTS = 150
"""Reports of a claim that are compared with each other, the oldest: the work grows with their square."""
_COPIED = 0.03
"""Share of runs of words in common from which an edge says that one copies the other."""
_DETAILED = 0.5
"""Confidence of an edge for reports that share details and nothing plainer."""
_CREDITED = ((700, 0.7), (1500, 0.45), (None, 0.35))
_SAID = ((700, 0.75), (1500, 0.5), (None, 0.4))
"""Confidence that a report has the story from an outlet that it credits, or from a source that it quotes, by where the
words stand: up to so many code points from its beginning. Of 740 such edges, judged by readers, as many were right in
round numbers (docs/origins.md): what is credited further down is background more often than not."""
_SURE_CREDIT = 0.75
"""The same of an outlet that the claim itself is credited to, wherever that stands."""
_REPORT_CITED = 0.95
"""The same where the outlet's own report of the claim is known."""
_SAYS_IT = 0.75
"""The same of a source that says the claim itself."""
_PERHAPS_OWN = frozenset({"unnamed", "thing", "newsroom"})
"""People without a name and documents beside an outlet that is cited are mostly that outlet's: they count as a report's
own in ``high`` alone, and so does whatever else its newsroom says to have been told."""
_OUTLET = frozenset({"outlet"})
_LEAST_DRAWN = 0.5
"""Confidence from which such an edge is drawn where what it leads to makes no difference to the number."""


def trace(occurrences: Sequence[Occurrence]) -> Origins:
    """The origins of a claim over these reports of it, with the graph that explains the number.

    ``occurrences`` are oldest first. Articles that only deny or discuss the claim are no reports of it and are left
    out. Of more than MOST_REPORTS reports the oldest are counted, and ``partial`` says so.
    """
    reporting = [o for o in occurrences if o.reporting]
    if not reporting:
        return Origins(low=0, best=0, high=0, not_assessable="no article known reports this claim as its own")
    counted = reporting[:MOST_REPORTS]
    reports = read(counted)
    shared = Shared([wording(o) for o in counted])
    dependence = Dependence(reports, shared)
    groups = dependence.groups()
    parted = [dependence.parted(group) for group in groups]
    best = _with_others(reports, groups, parted)
    middle = _effective(best)
    # What a report may have beside its group is no origin for certain, and what groups have in common may be one.
    lowest = _effective(_with_others(reports, _lowest(dependence, groups), own=frozenset()))
    surest = _surest(dependence, len(reports))
    highest = _effective(_with_others(reports, surest, own=TOLD_BY | _PERHAPS_OWN, above=OF_THE_STORY))
    graph = _Graph(reports, shared)
    graph.draw(_halves(groups, parted))
    return Origins(
        low=round(min(lowest, middle), 3),
        best=round(middle, 3),
        high=round(max(highest, middle), 3),
        groups=_named(reports, best),
        nodes=tuple(graph.nodes.values()),
        edges=tuple(graph.edges),
        partial=None
        if len(reporting) == len(counted)
        else f"of {len(reporting)} reports the {MOST_REPORTS} oldest are counted",
    )


# --- counting ----------------------------------------------------------------------------------


def _with_others(
    reports: Sequence[Rests],
    groups: Sequence[Sequence[int]],
    parted: Sequence[tuple[list[int], list[int]] | None] = (),
    own: frozenset[str] = TOLD_BY,
    above: float = 0.0,
) -> list[set[str]]:
    """The origins of each report; ``parted``: of each group, those of its reports that have one of two origins alone;
    ``own``: the kinds of root that make an origin of a report's own beside what it cites; ``above``: the confidence
    over which it is taken to rest on what it cites.

    They are its group's; where it credits an outlet that reports of another group rest on, what it shares with those of
    them, and with no others of the group; and its own, where it cites others and also has a source of its own.
    """
    home = {i: n for n, group in enumerate(groups) for i in group}
    origins: list[set[str]] = [{str(home[i])} for i in range(len(reports))]
    second = {i for parts in parted if parts is not None for i in parts[1]}
    for n, parts in enumerate(parted):
        if parts is not None:
            for i in groups[n]:
                origins[i] = {str(n)} if i in parts[0] else {f"{n}b"} if i in second else {str(n), f"{n}b"}
    for n, group in enumerate(groups):
        resting: dict[Root, list[int]] = {}
        for i in group:
            for root, credit in reports[i].roots.items():
                if root.kind in ("outlet", "report") and credit.confidence > above:
                    resting.setdefault(root, []).append(i)
        for i, report in enumerate(reports):
            for root in resting.keys() & report.own.keys() if home[i] != n else ():
                if report.own[root].confidence <= above:
                    continue
                for j in resting[root]:
                    shared = f"{n}b:{root.key}" if j in second else f"{n}:{root.key}"
                    origins[i].add(shared)
                    origins[j].add(shared)
    for i, report in enumerate(reports):
        others = [reports[j] for j in groups[home[i]] if j != i]
        if others and (report.cites or report.credited) and _adds(report, others, own):
            origins[i].add(f"own{i}")
    return origins


def _halves(groups: Sequence[Sequence[int]], parted: Sequence[tuple[list[int], list[int]] | None]) -> list[list[int]]:
    """The groups, and of one with two origins what has each of them."""
    found: list[list[int]] = []
    for group, parts in zip(groups, parted, strict=True):
        for without in ((),) if parts is None else (parts[1], parts[0]):
            found.append([i for i in group if i not in without])
    return found


def _adds(report: Rests, others: Sequence[Rests], own: frozenset[str]) -> bool:
    """Whether a report that cites others also has a source of its own who says the claim itself: not the spokesman of
    a body that has said it to them."""
    shared = {root for other in others for root in other.roots} & report.own.keys()
    theirs = {report.own[root].source_id for root in shared} - {None}
    return any(
        (credit.direct or root.kind == "newsroom")
        and root.kind in own
        and root not in shared
        and credit.source_id not in theirs
        and not (root.kind == "thing" and root.key in KINDS)
        for root, credit in report.own.items()
    )


def _effective(origins: Sequence[set[str]]) -> float:
    """The number of effective origins: sum over reports of one divided by how much all reports share with it.

    Who rests on part of what a group rests on counts as resting on the group's origin.
    """
    total = 0.0
    whole = [frozenset(origin.partition(":")[0] for origin in mine) for mine in origins]
    for mine in whole:
        total += 1 / sum(len(mine & theirs) / max(len(mine), len(theirs)) for theirs in whole)
    return total


def _lowest(dependence: Dependence, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """The groups, with those made one that are not surely told apart: in the order of their articles' ids, for
    who is one with whom can depend on who is taken first, and the order of the reports is an accident."""
    merged = sorted((list(group) for group in groups), key=dependence.first)
    at = 0
    while at < len(merged):
        near = next((n for n in range(at + 1, len(merged)) if dependence.may_be_one(merged[at], merged[n])), None)
        if near is None:
            at += 1
        else:
            merged[at] += merged.pop(near)
    return merged


def _surest(dependence: Dependence, n: int) -> list[list[int]]:
    """The reports joined only where one origin is certain; an outlet that some credit is shared by those alone."""
    groups: list[list[int]] = []
    for i in range(n):
        joining = [g for g in groups if any(dependence.certain(i, j, but=_OUTLET) for j in g)]
        groups = [g for g in groups if g not in joining]
        groups.append([*(j for g in joining for j in g), i])
    return groups


def _named(reports: Sequence[Rests], origins: Sequence[set[str]]) -> tuple[tuple[str, ...], ...]:
    """Articles by origin; an article that rests on two stands in two groups."""
    by_origin: dict[str, list[str]] = {}
    for report, mine in zip(reports, origins, strict=True):
        for origin in mine:
            by_origin.setdefault(origin, []).append(report.at.article_id)
    order = {report.at.article_id: n for n, report in enumerate(reports)}
    kept = {tuple(group) for group in by_origin.values()}
    return tuple(sorted(kept, key=lambda g: (order[g[0]], len(g), g)))


# --- the graph ---------------------------------------------------------------------------------


@dataclass
class _Graph:
    """Nodes and typed edges, each with the words that show it."""

    reports: Sequence[Rests]
    shared: Shared

    def __post_init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []

    def draw(self, groups: Sequence[Sequence[int]]) -> None:
        """Draw all that counts, what else is likely, and, for a group that nothing plainer joins, shared details."""
        for report in self.reports:
            at = report.at
            label = at.publisher or at.title or at.article_id
            self._node(_article(report), "article", label, title=at.title, url=at.url)
        self._rest_on()
        self._cite()
        linked = self._same_sources() | self._copies(groups)
        linked |= {frozenset((i, j)) for i, report in enumerate(self.reports) for j in report.cites}
        linked |= self._same_outlets()
        for group in groups:
            self._details(group, linked)

    def _node(self, node_id: str, kind: str, label: str, title: str | None = None, url: str | None = None) -> str:
        if node_id not in self.nodes:
            fields = {"id": node_id, "type": kind, "label": label, "title": title, "url": url}
            self.nodes[node_id] = Node.model_validate(fields)
        return node_id

    def _edge(self, source: str, target: str, kind: str, confidence: float, evidence: Sequence[Evidence]) -> None:
        self.edges.append(
            Edge.model_validate(
                {"source": source, "target": target, "type": kind, "confidence": confidence, "evidence": evidence}
            )
        )

    def _source(self, report: Rests, root: Root, credit: Credit) -> str:
        """The node of a source of one report; of what reports speak of without saying who says so, one for them all."""
        if credit.source_id is None:
            return self._node(f"thing:{root.key}", "source", KINDS[root.key])
        source = next(s for s in report.at.sources if s.id == credit.source_id)
        return self._node(f"source:{report.at.article_id}:{source.id}", "source", source.name)

    def _rest_on(self) -> None:
        shared = self._holders(("person", "group", "unnamed", "thing"))
        for report in self.reports:
            drawn: set[str] = set()
            for root, credit in report.own.items():
                shown = credit.source_id or (root.key if root.kind == "thing" else None)
                if shown is None or shown in drawn or not credit.evidence:
                    continue
                sure = _SAYS_IT if credit.direct else _by_place(_SAID, credit.evidence[0])
                if sure >= _LEAST_DRAWN or root in shared or root in report.exclusive:
                    drawn.add(shown)
                    self._edge(_article(report), self._source(report, root, credit), "rests_on", sure, credit.evidence)

    def _cite(self) -> None:
        shared = self._holders(("outlet",))
        for report in self.reports:
            for target, (_, evidence) in report.cites.items():
                words = (evidence, *self.reports[target].at.sentences[:1])
                known = OF_THE_STORY if target in report.with_story else _REPORT_CITED
                self._edge(_article(report), _article(self.reports[target]), "cites", known, words)
            meant = {name for name, _ in report.cites.values()}
            for key, (name, confidence, evidence) in report.credited.items():
                sure = max(_by_place(_CREDITED, evidence), _SURE_CREDIT if confidence >= OF_THE_CLAIM else 0.0)
                drawn = sure >= _LEAST_DRAWN or Root("outlet", key) in shared.keys() | report.exclusive
                if name not in meant and drawn:
                    outlet = self._node(f"outlet:{key}", "outlet", name)
                    self._edge(_article(report), outlet, "cites", sure, (evidence,))

    def _holders(self, kinds: Sequence[str]) -> dict[Root, list[int]]:
        holders: dict[Root, list[int]] = {}
        for i, report in enumerate(self.reports):
            for root in report.own:
                if root.kind in kinds:
                    holders.setdefault(root, []).append(i)
        return {root: having for root, having in holders.items() if len(having) > 1}

    def _same_sources(self) -> set[frozenset[int]]:
        """Each source with the first report that has it: more edges would say no more."""
        joined: set[frozenset[int]] = set()
        for root, (first, *others) in self._holders(("person", "group", "unnamed", "thing")).items():
            here = self.reports[first].own[root]
            for i in others:
                there = self.reports[i].own[root]
                confidence = min(here.confidence, there.confidence)
                a, b = self._source(self.reports[first], root, here), self._source(self.reports[i], root, there)
                if a != b:
                    self._edge(a, b, "same_source", round(confidence, 3), (*here.evidence, *there.evidence))
                joined.add(frozenset((first, i)))
        return joined

    def _same_outlets(self) -> set[frozenset[int]]:
        return {
            frozenset((having[0], i)) for having in self._holders(("outlet", "report")).values() for i in having[1:]
        }

    def _copies(self, groups: Sequence[Sequence[int]]) -> set[frozenset[int]]:
        """Wording in common within a group; between groups the same words are said by two sources."""
        joined: set[frozenset[int]] = set()
        homes = [{n for n, group in enumerate(groups) if i in group} for i in range(len(self.reports))]
        for j in range(1, len(self.reports)):
            copied = [i for i in range(j) if homes[i] & homes[j] and self.shared.runs[i, j] >= _COPIED]
            if not copied:
                continue
            # The first of those it shares most with: who copies a copy shares as much with the original.
            most = max(self.shared.runs[i, j] for i in copied)
            i = next(i for i in copied if self.shared.runs[i, j] >= 0.8 * most)
            later, earlier = _article(self.reports[j]), _article(self.reports[i])
            if self._first(j, i):
                later, earlier = earlier, later
            confidence = round(min(0.95, 0.6 + float(self.shared.runs[i, j])), 3)
            self._edge(later, earlier, "copies", confidence, self.shared.evidence(i, j))
            joined.add(frozenset((i, j)))
        return joined

    def _first(self, j: int, i: int) -> bool:
        """Whether report ``j``, which came in after ``i``, is the older one: a citation tells, or their dates."""
        one, other = self.reports[j], self.reports[i]
        if (i in one.cites) != (j in other.cites):
            return j in other.cites
        return came_later(other.at, one.at)

    def _details(self, group: Sequence[int], linked: set[frozenset[int]]) -> None:
        """Edges for what only details join, so that every group hangs together by something one can read."""
        if len(group) < 2:
            return
        hanging = {group[0]}
        waiting = [i for i in group if i not in hanging]
        while waiting:
            reached = next((i for i in waiting if any(frozenset((i, j)) in linked for j in hanging)), None)
            if reached is None:
                pairs = [
                    (self.shared.counts[i, j], self.shared.details[i, j], -i, -j) for i in waiting for j in hanging
                ]
                _, _, minus_i, minus_j = max(pairs)
                reached, near = -minus_i, -minus_j
                first, second = min(reached, near), max(reached, near)
                evidence = self.shared.evidence(first, second) or self._sentences(first, second)
                self._edge(
                    _article(self.reports[second]),
                    _article(self.reports[first]),
                    "shared_details",
                    _DETAILED,
                    evidence,
                )
            hanging.add(reached)
            waiting.remove(reached)

    def _sentences(self, first: int, second: int) -> tuple[Evidence, ...]:
        return (*self.reports[first].at.sentences[:1], *self.reports[second].at.sentences[:1])


def _by_place(by_place: Sequence[tuple[int | None, float]], words: Evidence) -> float:
    """The confidence of what stands in these words, by how far down its article they stand."""
    return next(sure for end, sure in by_place if end is None or words.start < end)


def _article(report: Rests) -> str:
    return f"article:{report.at.article_id}"
