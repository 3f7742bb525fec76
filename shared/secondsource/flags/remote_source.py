"""remote_source: all sources speak from elsewhere than where the claim takes place, and do not say how they know."""

from secondsource.flags.case import ARTICLE, Case, carriers, flag, named, outlet, quoted
from secondsource.model import OUTLETS, Evidence, Flag, FlagCode, FlagLevel, NotAssessable, Rule


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report whose sources are all said to speak from another place than the claim's."""
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        sources = [s for s in carriers(o) if s.kind not in OUTLETS]
        if not sources or not o.headline:
            continue
        places = [s.speaks_from for s in sources]
        if any(p is None for p in places):
            unplaced = named(s for s in sources if s.speaks_from is None)
            found.append(
                NotAssessable(
                    code=FlagCode.REMOTE_SOURCE,
                    rule=Rule(id="remote_source/1"),
                    reason=f"{outlet(o)} does not say where {unplaced} spoke from.",
                )
            )
            continue
        if o.place is None:
            found.append(
                NotAssessable(
                    code=FlagCode.REMOTE_SOURCE,
                    rule=Rule(id="remote_source/1"),
                    reason="the claim does not say where it takes place.",
                )
            )
            continue
        names = {p.name.casefold() for p in places if p is not None}
        if any(n in o.place.name.casefold() or o.place.name.casefold() in n for n in names):
            continue
        evidence: list[Evidence] = []
        for s in sources:
            evidence += quoted(o, f"{s.id}:speaks_from", "where the source speaks from")
        where = " and ".join(sorted({p.name for p in places if p is not None}))
        found.append(
            flag(
                FlagCode.REMOTE_SOURCE,
                FlagLevel.NOTE,
                0.6,
                f"{named(sources)} spoke from {where}; the claim is about {o.place.name}.",
                evidence,
                ARTICLE,
            )
        )
    return found
