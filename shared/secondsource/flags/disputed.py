"""disputed: a source denies or doubts the claim, in this article or in another one."""

from secondsource.flags.case import Case, called, denies_itself, disputers, flag, joined, outlet, quoted
from secondsource.model import UNNAMED, Evidence, Flag, FlagCode, FlagLevel, NotAssessable, Occurrence, Source


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised once for the claim, naming who disputes it and where: people, and articles that say so themselves."""
    found: list[tuple[Occurrence, Source]] = [(o, s) for o in case.occurrences for s in disputers(o)]
    itself = [o for o in case.occurrences if denies_itself(o)]
    if not found and not itself:
        return []
    evidence: list[Evidence] = []
    for o, s in found:
        for a in o.disputes:
            if s.id in a.source_ids:
                evidence += quoted(o, f"{a.id}:source", "who disputes it")
                evidence += quoted(o, f"{a.id}:content", "what is said against it")
    for o in itself:
        evidence += [
            d.evidence.model_copy(update={"shows": "what is said against it"}) for d in o.denials if d.evidence
        ]
    people = [s for _, s in found]
    known = [s for s in people if s.kind not in UNNAMED]
    names = known or people
    distinct = {name.casefold() for name in [*(s.name for s in names), *map(outlet, itself)]}
    return [
        flag(
            FlagCode.DISPUTED,
            FlagLevel.WARNING if len(distinct) > 1 else FlagLevel.CAUTION,
            0.85 if known else 0.7,
            f"disputed by {joined([*map(called, names), *map(outlet, itself)])}.",
            evidence[:12],
            case.corpus,
        )
    ]
