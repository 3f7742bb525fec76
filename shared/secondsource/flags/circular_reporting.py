"""circular_reporting: the citations of a claim's reports form a loop, or lead back to themselves."""

from secondsource.flags.case import Case, flag
from secondsource.model import Flag, FlagCode, FlagLevel, NotAssessable, Rule


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised once a loop, with the citing words of each step as its path."""
    reports = case.reports
    if len(reports) < 2:
        return (
            [
                NotAssessable(
                    code=FlagCode.CIRCULAR_REPORTING,
                    rule=Rule(id="circular_reporting/1"),
                    reason="a loop of citations needs at least two articles.",
                )
            ]
            if reports
            else []
        )
    cites = [e for e in case.origins.edges if e.type == "cites" and e.target.startswith("article:")]
    # An article without a name is called by its id there.
    label = {n.id: n.label if n.id != f"article:{n.label}" else "an article" for n in case.origins.nodes}
    found: list[Flag | NotAssessable] = []
    for loop in _loops({(e.source, e.target) for e in cites}):
        steps = list(zip(loop, [*loop[1:], loop[0]], strict=True))
        path_of = [e for step in steps for e in cites if (e.source, e.target) == step]
        evidence = [
            v.model_copy(update={"shows": f"{label.get(e.source, e.source)} cites {label.get(e.target, e.target)}"})
            for e in path_of
            for v in e.evidence[:1]
        ]
        path = " → ".join(label.get(n, n) for n in [*loop, loop[0]])
        found.append(
            flag(
                FlagCode.CIRCULAR_REPORTING,
                FlagLevel.WARNING,
                min(e.confidence for e in path_of),
                f"the reports cite one another in a circle: {path}.",
                evidence,
                case.corpus,
            )
        )
    return found


def _loops(edges: set[tuple[str, str]]) -> list[list[str]]:
    """Elementary loops, each once, from its smallest node: at most ten, of at most eight reports."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for a, b in sorted(edges):
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    loops: list[list[str]] = []
    back: set[str] = set()

    def leads_back(start: str) -> set[str]:
        """What leads to a node by nodes that are not smaller: without it every way that ends nowhere is walked."""
        found, waiting = {start}, [start]
        while waiting:
            for a in before.get(waiting.pop(), ()):
                if a > start and a not in found:
                    found.add(a)
                    waiting.append(a)
        return found

    def walk(start: str, at: str, path: list[str]) -> None:
        if len(loops) >= 10 or len(path) > 8:
            return
        for b in after.get(at, ()):
            if b == start:
                loops.append(list(path))
            elif b in back and b not in path:
                walk(start, b, [*path, b])

    for node in sorted(after):
        back = leads_back(node)
        walk(node, node, [node])
    return loops
