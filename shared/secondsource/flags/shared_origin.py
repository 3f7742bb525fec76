"""shared_origin: several articles report the claim, one origin explains them ("false confirmation")."""

from secondsource.flags.case import Case, flag, outlet
from secondsource.model import Evidence, Flag, FlagCode, FlagLevel, NotAssessable, Rule

_ONE = 1.5
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
    links = [e for e in origins.edges if e.type in ("cites", "copies", "same_source", "shared_details")]
    if not links:
        return []
    one = origins.best < _ONE
    if not one and len(reports) < 3:
        return []
    how = []
    if any(e.type == "cites" for e in links):
        how.append("one cites another" if len(reports) == 2 else "some cite others")
    if any(e.type == "same_source" for e in links):
        how.append("they name the same source")
    if any(e.type == "copies" for e in links):
        how.append("they share wording")
    if not how or all(e.type == "shared_details" for e in links):
        how.append("nothing shows that any of them has it from elsewhere")
    evidence: list[Evidence] = [v.model_copy(update={"shows": _SHOWS[e.type]}) for e in links for v in e.evidence]
    outlets = list(dict.fromkeys(outlet(o) for o in reports))
    count = "one origin" if one else f"{origins.best:g} origins"
    certain = max(e.confidence for e in links)
    return [
        flag(
            FlagCode.SHARED_ORIGIN,
            FlagLevel.WARNING if one else FlagLevel.CAUTION,
            certain if origins.high < _ONE or not one else min(certain, 0.8),
            f"{len(reports)} reports ({', '.join(outlets)}), {count}: {' and '.join(how)}.",
            evidence[:12],
            case.corpus,
        )
    ]


_SHOWS = {
    "cites": "cites the other report",
    "copies": "the same words in both",
    "same_source": "the same source in both",
    "shared_details": "the same rare details in both",
}
