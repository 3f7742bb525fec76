"""unattributed: a claim that matters is stated as fact with no source, and it is not the newsroom's own witness."""

from secondsource.flags.case import ARTICLE, Case, flag, name
from secondsource.model import Flag, FlagCode, FlagLevel, NotAssessable


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for the headline claim of a report, or for a contested claim, that nobody is named for."""
    contested = any(o.disputes for o in case.occurrences)
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        if not (o.headline or contested) or o.own_witness or o.echoed or o.attributions or o.cited_outlets:
            continue
        evidence = [e.model_copy(update={"shows": "stated as fact"}) for e in o.sentences]
        found.append(
            flag(
                FlagCode.UNATTRIBUTED,
                FlagLevel.CAUTION if contested else FlagLevel.NOTE,
                0.6,
                f"{name(o) or 'this article'} states this as fact and names no source for it.",
                evidence,
                ARTICLE,
            )
        )
    return found
