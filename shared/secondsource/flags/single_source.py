"""single_source: the claim rests on one source in the article, and on one origin across all articles known."""

from secondsource.flags.case import ARTICLE, ONE, Case, called, carriers, flag, one_origin, quoted, report
from secondsource.model import Evidence, Flag, FlagCode, FlagLevel, NotAssessable


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report with one source, as long as all reports known rest on one origin."""
    if case.origins.not_assessable is None and case.origins.best >= ONE:
        return []
    found: list[Flag | NotAssessable] = []
    several = len(case.reports) > 1
    for o in case.reports:
        sources = carriers(o)
        outlets = {name for name, _ in o.cited_outlets}
        if len(sources) + len(outlets - {s.name for s in sources}) != 1 or o.own_witness:
            continue
        evidence: list[Evidence] = []
        name = called(sources[0]) if sources else next(iter(outlets))
        if sources:
            evidence += quoted(o, sources[0].id, "the only source")
        else:
            evidence += [e for _, e in o.cited_outlets]
        known = f", and all {len(case.reports)} reports known rest on {one_origin(case.origins)}" if several else ""
        found.append(
            flag(
                FlagCode.SINGLE_SOURCE,
                FlagLevel.CAUTION if o.headline else FlagLevel.NOTE,
                0.85 if sources else 0.7,
                f"in {report(o)} the claim rests on one source, {name}{known}.",
                evidence,
                ARTICLE
                if len(case.occurrences) == 1
                else ARTICLE.model_copy(update={"articles": len(case.occurrences)}),
            )
        )
    return found
