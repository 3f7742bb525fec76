"""shared_origin: several articles report the claim, one origin explains them ("false confirmation")."""

from collections import Counter
from collections.abc import Sequence

from secondsource.flags.case import ONE, Case, flag, joined, name, one_origin
from secondsource.model import Edge, Flag, FlagCode, FlagLevel, NotAssessable, Occurrence, Origins, Rule

_PARTLY = 0.5
"""So many fewer effective origins than reports, and some of them share."""


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised once for the claim, with the words on both sides that tie the reports together."""
    reports = case.reports
    if len(reports) < 2:
        return (
            [
                NotAssessable(
                    code=FlagCode.SHARED_ORIGIN,
                    rule=Rule(id="shared_origin/1"),
                    reason="one article known reports this claim, so there is nothing to compare it with.",
                )
            ]
            if reports
            else []
        )
    origins = case.origins
    if origins.best >= len(reports) - _PARTLY:
        return []
    links = _links(origins)
    if not links:
        return []
    one = origins.best < ONE
    if not one and len(reports) < 3:
        return []
    evidence = [
        v.model_copy(update={"shows": shows if e.target != f"{_REPORT}{v.article_id}" or e.type != "cites" else _CITED})
        for e, shows in links
        for v in e.evidence
    ]
    names = [name(o) for o in reports]
    outlets = ", ".join(dict.fromkeys(found for found in names if found))
    among = f" ({'' if all(names) else 'among them '}{outlets})" if outlets else ""
    count = one_origin(origins) if one else f"{origins.best:g} origins"
    certain = max(e.confidence for e, _ in links)
    return [
        flag(
            FlagCode.SHARED_ORIGIN,
            FlagLevel.WARNING if one else FlagLevel.CAUTION,
            certain if origins.high < ONE or not one else min(certain, 0.8),
            f"{len(reports)} reports{among}, {count}: {_how(links, origins, reports)}.",
            evidence[:12],
            case.corpus,
        )
    ]


_Link = tuple[Edge, str]
"""An edge that ties reports together, with what its words show."""


def _links(origins: Origins) -> list[_Link]:
    """The edges between reports, and those that lead from several to one outlet, picture, post or statement."""
    reached = Counter((e.type, e.target) for e in origins.edges)
    called = {n.id: n.label for n in origins.nodes}
    links: list[_Link] = []
    for e in origins.edges:
        if e.type == "cites" and not e.target.startswith(_REPORT):
            if reached[e.type, e.target] > 1:
                links.append((e, f"credits {called[e.target]}"))
        elif e.type == "rests_on":
            if reached[e.type, e.target] > 1:
                links.append((e, f"speaks of {called[e.target]}"))
        else:
            links.append((e, _SHOWS[e.type]))
    return links


def _how(links: Sequence[_Link], origins: Origins, reports: Sequence[Occurrence]) -> str:
    """What ties the reports together, in a few words."""
    called = {n.id: n.label for n in origins.nodes}
    several = "both" if len(reports) == 2 else "several"
    how = []
    if any(e.type == "cites" and e.target.startswith(_REPORT) for e, _ in links):
        how.append("one cites another" if len(reports) == 2 else "some cite others")
    credited = [called[e.target] for e, _ in links if e.type == "cites" and not e.target.startswith(_REPORT)]
    how += [f"{several} credit {source}" for source in dict.fromkeys(credited)]
    if any(e.type == "same_source" for e, _ in links):
        how.append("they name the same source")
    if any(e.type == "copies" for e, _ in links):
        how.append("they share wording")
    if things := [called[e.target] for e, _ in links if e.type == "rests_on"]:
        how.append(f"{several} speak of {joined(things)}")
    houses = Counter(o.publisher for o in reports if o.publisher)
    how += [f"{several} stand in {house}" for house, n in houses.items() if n > 1]
    return " and ".join(how) or "nothing shows that any of them has it from elsewhere"


_REPORT = "article:"
_CITED = "what the report that is cited says"
_SHOWS = {
    "cites": "cites the other report",
    "copies": "the same words in both",
    "same_source": "the same source in both",
    "shared_details": "the same rare details in both",
}
