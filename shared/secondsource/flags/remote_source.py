"""remote_source: all sources speak from elsewhere than where the claim takes place, and do not say how they know."""

import re

from secondsource.flags.case import ARTICLE, Case, carriers, flag, named, quoted, report
from secondsource.model import (
    OUTLETS,
    Evidence,
    Flag,
    FlagCode,
    FlagLevel,
    NotAssessable,
    Occurrence,
    Rule,
    SourceKind,
)

_SPEAK_FROM_NOWHERE = frozenset({SourceKind.DOCUMENT, SourceKind.POLL, SourceKind.POST})
_ON_THE_SPOT = frozenset(("the scene", "the spot", "the site"))
_BUILDING = re.compile(
    r"\b(?:hospital|clinic|university|college|school|airport|airfield|station|stadium|hotel|house|hall|palace|court|"
    r"church|mosque|cathedral|prison|barracks|base|camp|centre|center|headquarters|parliament|ministry|embassy|plant|"
    r"museum|theatre|square|street|road)\b",
    re.IGNORECASE,
)
"""Of what the name does not tell the town that it stands in."""


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report whose sources are all said to speak from another place than the claim's."""
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        sources = [s for s in carriers(o) if s.kind not in OUTLETS]
        if not sources or not o.headline or any(s.kind in _SPEAK_FROM_NOWHERE for s in sources):
            continue
        places = [s.speaks_from.name for s in sources if s.speaks_from is not None]
        if any(_there(name, o) for name in places):
            continue
        if len(places) < len(sources):
            unplaced = named(s for s in sources if s.speaks_from is None)
            found.append(_unknown(f"no words were found in {report(o)} that say where {unplaced} spoke from."))
            continue
        if o.place is None:
            found.append(_unknown("no place was recognised in the claim."))
            continue
        if (building := next((name for name in places if _BUILDING.search(name)), None)) is not None:
            found.append(_unknown(f"whether {building} is in {o.place.name} is not known."))
            continue
        evidence: list[Evidence] = []
        for s in sources:
            evidence += quoted(o, f"{s.id}:speaks_from", "where the source speaks from")
        where = " and ".join(sorted(set(places)))
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


def _there(name: str, o: Occurrence) -> bool:
    """Whether somebody who speaks from a place is where the claim takes place: at any of the places that it names."""
    if name.casefold() in _ON_THE_SPOT or _within(name, o.text):
        return True
    return o.place is not None and (_within(name, o.place.name) or _within(o.place.name, name))


def _within(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None


def _unknown(reason: str) -> NotAssessable:
    return NotAssessable(code=FlagCode.REMOTE_SOURCE, rule=Rule(id="remote_source/1"), reason=reason)
