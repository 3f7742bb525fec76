"""anonymous_source: every source of the claim in an article is unnamed; graded by what the reader is told."""

from secondsource.flags.case import ARTICLE, Case, carriers, flag, named, outlet, quoted, report, unresolved
from secondsource.model import UNNAMED, Evidence, Flag, FlagCode, FlagLevel, NotAssessable, Rule, Source

_POINTS = {"vague": 2, "general": 1, "specific": 0}


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report all of whose sources are unnamed."""
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        sources = carriers(o)
        if not sources or any(s.kind not in UNNAMED for s in sources) or o.own_witness:
            continue
        if any(s.anonymity and s.anonymity.named_later for s in sources):
            continue
        if any(unresolved(s) for s in sources):
            found.append(
                NotAssessable(
                    code=FlagCode.ANONYMOUS_SOURCE,
                    rule=Rule(id="anonymous_source/1"),
                    reason=f"in {outlet(o)} it is not clear who “{sources[0].name}” is.",
                )
            )
            continue
        points = min(_points(s) for s in sources)
        level = (
            FlagLevel.NOTE if points == 0 and not o.headline else FlagLevel.CAUTION if points < 3 else FlagLevel.WARNING
        )
        evidence: list[Evidence] = []
        for s in sources:
            evidence += quoted(o, s.id, "the unnamed source")
            evidence += quoted(o, f"{s.id}:anonymity", "the reason given")
        reasons = [s.anonymity.reason for s in sources if s.anonymity and s.anonymity.reason]
        told = f"; the reason given: {reasons[0]}" if reasons else "; no reason is given"
        found.append(
            flag(
                FlagCode.ANONYMOUS_SOURCE,
                level,
                0.9,
                f"every source of the claim in {report(o)} is unnamed ({named(sources)}){told}.",
                evidence,
                ARTICLE,
            )
        )
    return found


def _points(s: Source) -> int:
    grade = _POINTS[s.anonymity.grade] if s.anonymity else 2
    return grade + (0 if s.anonymity and s.anonymity.reason else 1)
