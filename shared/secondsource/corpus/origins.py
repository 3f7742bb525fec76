"""Origins: on how many independent origins the reports of a claim rest.

Links between reports (cites, copies, same source) are sought in claim-bearing sentences only, never in
shared background. Each report then has a root vector r_i: the share of each ultimate source behind it.
D_ij = sum over roots of min(r_i, r_j), and the number of effective origins is sum_i 1 / sum_j D_ij, the
diversity of order 0 with similarity (Leinster and Cobbold, Ecology 93, 2012). Where identity cannot be
known (two unnamed sources, nothing ties or separates them) the answer is a range.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from secondsource.model import Edge, Evidence, Node, Occurrence, Origins, Source, SourceKind
from secondsource.text.terms import STOP, overlap, stems, words

_UNNAMED = frozenset({SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_COPY_RUN = 9
"""Words in a row that two claim-bearing sentences share before it is reuse: nine content-bearing words in the
same order do not come about by chance in news prose; quotations of a shared named source are counted as that."""


@dataclass
class _Report:
    at: Occurrence
    own: list[Source] = field(default_factory=list)
    cited: list[tuple[str, Evidence]] = field(default_factory=list)


def trace(occurrences: Sequence[Occurrence]) -> Origins:
    """The origins of a claim over these reports of it, with the graph that explains the number.

    Articles that only deny or discuss the claim are no reports of it and are left out.
    """
    reports = [_Report(o, _own_sources(o), list(o.cited_outlets)) for o in occurrences if o.reporting]
    if not reports:
        return Origins(low=0, best=0, high=0, not_assessable="no article known reports this claim as its own")
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for r in reports:
        nodes[_article(r)] = Node(id=_article(r), type="article", label=r.at.publisher or r.at.title or r.at.article_id)
    links = _links(reports, edges, nodes)
    best = _count(reports, links, certain_only=False)
    sure = _count(reports, links, certain_only=True)
    low = _lowest(reports, links)
    groups = _groups(reports, links)
    return Origins(
        low=round(min(low, best), 3),
        best=round(best, 3),
        high=round(max(sure, best), 3),
        groups=groups,
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
    )


def _article(r: _Report) -> str:
    return f"article:{r.at.article_id}"


def _own_sources(o: Occurrence) -> list[Source]:
    """The sources that carry the claim in this article, outlets that it cites left out."""
    carrying = {a.source_id for a in o.attributions}
    return [s for s in o.sources if s.id in carrying and s.kind not in (SourceKind.OUTLET, SourceKind.OUTLET_ITSELF)]


# --- links -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Link:
    """Report ``a`` and report ``b`` share an origin. ``roots``: which of a's roots is which of b's."""

    a: int
    b: int
    kind: str
    confidence: float
    source_a: str | None = None
    source_b: str | None = None


def _links(reports: list[_Report], edges: list[Edge], nodes: dict[str, Node]) -> list[_Link]:
    links: list[_Link] = []
    for i, r in enumerate(reports):
        for s in r.own:
            node = f"source:{r.at.article_id}:{s.id}"
            nodes[node] = Node(id=node, type="source", label=s.name)
            quote = r.at.quotes.get(s.id)
            edges.append(
                Edge(
                    source=_article(r), target=node, type="rests_on", confidence=1.0, evidence=(quote,) if quote else ()
                )
            )
        for outlet, evidence in r.cited:
            target = next((j for j, other in enumerate(reports) if j != i and _is_outlet(other.at, outlet)), None)
            if target is not None:
                edges.append(
                    Edge(
                        source=_article(r),
                        target=_article(reports[target]),
                        type="cites",
                        confidence=0.95,
                        evidence=(evidence, *reports[target].at.sentences[:1]),
                    )
                )
                links.append(_Link(i, target, "cites", 0.95))
            else:
                node = f"outlet:{_outlet_key(outlet)}"
                nodes.setdefault(node, Node(id=node, type="outlet", label=outlet))
                edges.append(Edge(source=_article(r), target=node, type="cites", confidence=0.9, evidence=(evidence,)))
    for i, a in enumerate(reports):
        for j in range(i + 1, len(reports)):
            b = reports[j]
            links += _same_outlet_cited(i, j, a, b)
            links += _same_sources(i, j, a, b, edges)
            if (copy := _copied(a.at, b.at)) is not None:
                edges.append(Edge(source=_article(b), target=_article(a), type="copies", confidence=0.9, evidence=copy))
                links.append(_Link(i, j, "copies", 0.9))
    return links


def _same_outlet_cited(i: int, j: int, a: _Report, b: _Report) -> list[_Link]:
    shared = {_outlet_key(n) for n, _ in a.cited} & {_outlet_key(n) for n, _ in b.cited}
    return [_Link(i, j, "same_outlet", 0.9)] if shared else []


def _outlet_key(name: str) -> str:
    return re.sub(r"^the\s+", "", re.sub(r"[^\w ]+", "", name.casefold())).strip()


def _is_outlet(o: Occurrence, name: str) -> bool:
    wanted = _outlet_key(name)
    if not wanted:
        return False
    if o.publisher:
        own = _outlet_key(o.publisher)
        if (
            own == wanted
            or own.split()[-len(wanted.split()) :] == wanted.split()
            or wanted.split()[-len(own.split()) :] == own.split()
        ):
            return True
    host = (urlsplit(o.url).hostname or "") if o.url else ""
    return len(wanted) > 3 and wanted.replace(" ", "") in host.replace("-", "").replace(".", "")


def _same_sources(i: int, j: int, a: _Report, b: _Report, edges: list[Edge]) -> list[_Link]:
    found = []
    for s in a.own:
        for t in b.own:
            confidence = _same_source(s, t)
            if confidence > 0:
                quotes = tuple(q for q in (a.at.quotes.get(s.id), b.at.quotes.get(t.id)) if q is not None)
                edges.append(
                    Edge(
                        source=f"source:{a.at.article_id}:{s.id}",
                        target=f"source:{b.at.article_id}:{t.id}",
                        type="same_source",
                        confidence=confidence,
                        evidence=quotes,
                    )
                )
                found.append(_Link(i, j, "same_source", confidence, s.id, t.id))
    return found


def _same_source(s: Source, t: Source) -> float:
    """How sure two sources of two articles are one: by name, or by the same description of unnamed ones."""
    if s.kind in _UNNAMED or t.kind in _UNNAMED:
        if not (s.kind in _UNNAMED and t.kind in _UNNAMED):
            return 0.0
        ga, gb = {_group(a.name) for a in s.affiliations}, {_group(a.name) for a in t.affiliations}
        if any(x == y or x.endswith(" " + y) or y.endswith(" " + x) for x in ga for y in gb):
            return 0.75 if _role(s) == _role(t) else 0.5
        if not ga and not gb and _described(s) == _described(t) and len(_described(s)) > 1:
            return 0.5
        return 0.0
    a, b = _outlet_key(s.name), _outlet_key(t.name)
    if a == b:
        return 1.0
    if s.kind == t.kind == SourceKind.NAMED_PERSON and a.split()[-1:] == b.split()[-1:]:
        return 0.7 if len(a.split()) == 1 or len(b.split()) == 1 else 0.0
    if s.kind == t.kind == SourceKind.NAMED_GROUP and (a.endswith(" " + b) or b.endswith(" " + a)):
        return 0.7
    return 0.0


def _group(name: str) -> str:
    return re.sub(r"^the\s+", "", name.casefold()).strip()


def _role(s: Source) -> str:
    return (s.role or "").casefold().rstrip("s")


def _described(s: Source) -> frozenset[str]:
    return frozenset(stems(s.name))


def _copied(a: Occurrence, b: Occurrence) -> tuple[Evidence, ...] | None:
    """Claim-bearing sentences of one that run on word for word in the other."""
    for x in a.sentences:
        wx = [w.casefold() for w in words(x.exact)]
        runs = {tuple(wx[k : k + _COPY_RUN]) for k in range(len(wx) - _COPY_RUN + 1)}
        runs = {r for r in runs if sum(w not in STOP for w in r) >= _COPY_RUN // 2}
        if not runs:
            continue
        for y in b.sentences:
            wy = [w.casefold() for w in words(y.exact)]
            if (
                any(tuple(wy[k : k + _COPY_RUN]) in runs for k in range(len(wy) - _COPY_RUN + 1))
                and overlap(frozenset(stems(x.exact)), frozenset(stems(y.exact)))[1] > 0.5
            ):
                return x, y
    return None


# --- counting ----------------------------------------------------------------------------------


def _roots(reports: list[_Report], links: list[_Link], threshold: float) -> list[dict[str, float]]:
    """The root vector of every report: its ultimate sources with equal shares."""
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for link in links:
        if link.kind == "same_source" and link.confidence >= threshold:
            a, b = f"{link.a}:{link.source_a}", f"{link.b}:{link.source_b}"
            parent[find(a)] = find(b)
    cites: dict[int, set[int]] = {}
    copies: list[tuple[int, int]] = []
    for link in links:
        if link.kind == "cites":
            cites.setdefault(link.a, set()).add(link.b)
        elif link.kind == "copies" and link.confidence >= threshold:
            copies.append((link.a, link.b))

    def rests_on(i: int) -> set[str]:
        """What a report rests on of itself: its own sources, outlets that are not among the reports, or its word."""
        r = reports[i]
        out = {find(f"{i}:{s.id}") for s in r.own}
        known = cites.get(i, set())
        elsewhere = [o for o, _ in r.cited if not any(_is_outlet(reports[j].at, o) for j in known)]
        out.update("outlet:" + _outlet_key(o) for o in elsewhere)
        if r.at.own_witness or not (out or known):
            out.add(f"own:{i}")
        return out

    own = [rests_on(i) for i in range(len(reports))]
    reach = [_reached(i, cites) for i in range(len(reports))]
    sets: list[set[str]] = []
    for i in range(len(reports)):
        found = set().union(*(own[j] for j in reach[i]))
        # Reports that only cite one another in a circle have one root, the circle: what no citation leads out of.
        circle = min((reach[j] for j in reach[i]), key=lambda r: (len(r), sorted(r)))
        sets.append(found or {"cycle:" + ",".join(map(str, sorted(circle)))})
    for i, j in copies:
        # A copy rests on what its original rests on; one that names nobody takes over all of it.
        if sets[j] == {f"own:{j}"}:
            sets[j] = set(sets[i])
        elif sets[i] == {f"own:{i}"}:
            sets[i] = set(sets[j])
        elif not sets[i] & sets[j]:
            sets[j] |= sets[i]
    return [{root: 1 / len(s) for root in s} for s in sets]


def _reached(i: int, cites: dict[int, set[int]]) -> set[int]:
    """A report and all that its citations lead to."""
    reached, waiting = {i}, [i]
    while waiting:
        for j in cites.get(waiting.pop(), ()):
            if j not in reached:
                reached.add(j)
                waiting.append(j)
    return reached


def _effective(roots: list[dict[str, float]]) -> float:
    total = 0.0
    for ri in roots:
        total += 1 / sum(sum(min(share, rj.get(k, 0.0)) for k, share in ri.items()) for rj in roots)
    return total


def _count(reports: list[_Report], links: list[_Link], certain_only: bool) -> float:
    return _effective(_roots(reports, links, threshold=0.85 if certain_only else 0.5))


def _lowest(reports: list[_Report], links: list[_Link]) -> float:
    """If every two unnamed sources that nothing separates were one."""
    extra = list(links)
    for i, a in enumerate(reports):
        for j in range(i + 1, len(reports)):
            for s in a.own:
                for t in reports[j].own:
                    if s.kind in _UNNAMED and t.kind in _UNNAMED and not _separated(s, t):
                        extra.append(_Link(i, j, "same_source", 0.5, s.id, t.id))
    return _effective(_roots(reports, extra, threshold=0.5))


def _separated(s: Source, t: Source) -> bool:
    """Whether two unnamed sources are told apart by the groups they are said to belong to."""
    ga, gb = {_group(a.name) for a in s.affiliations}, {_group(a.name) for a in t.affiliations}
    return bool(ga and gb and not any(x == y or x.endswith(" " + y) or y.endswith(" " + x) for x in ga for y in gb))


def _groups(reports: list[_Report], links: list[_Link]) -> tuple[tuple[str, ...], ...]:
    """Articles by origin; an article that rests on two stands in two groups."""
    roots = _roots(reports, links, threshold=0.5)
    by_root: dict[str, list[str]] = {}
    for r, shares in zip(reports, roots, strict=True):
        for root in shares:
            by_root.setdefault(root, []).append(r.at.article_id)
    kept = {tuple(dict.fromkeys(g)) for g in by_root.values()}
    order = {r.at.article_id: n for n, r in enumerate(reports)}
    return tuple(sorted(kept, key=lambda g: (order[g[0]], len(g))))
