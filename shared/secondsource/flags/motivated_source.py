"""motivated_source: a source with a stake that the claim serves carries the claim alone."""

from secondsource.flags.case import ARTICLE, OUTLETS, Case, carriers, flag, outlet, quoted
from secondsource.model import (
    Flag,
    FlagCode,
    FlagLevel,
    NotAssessable,
    Occurrence,
    Rule,
    Source,
    SourceKind,
    Stake,
    StakeLevel,
)

_SURELY_THE_SAME = 0.7
"""So sure must be that two articles have one source before the one's stake is held to be the other's."""
_SHOWN = 0.45
"""Stakes less sure than this are listed with the claim, and raise no flag."""


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report whose sources all have a stake that the claim serves.

    A stake shown by one article holds for the same source in another one; the evidence then stands there.
    """
    found: list[Flag | NotAssessable] = []
    for o in case.reports:
        sources = [s for s in carriers(o) if s.kind not in OUTLETS]
        if not sources:
            continue
        if not any(s.affiliations or s.role for s in sources):
            found.append(
                NotAssessable(
                    code=FlagCode.MOTIVATED_SOURCE,
                    rule=Rule(id="motivated_source/1"),
                    reason=f"{outlet(o)} does not say whom {sources[0].name} speaks for.",
                )
            )
            continue
        stakes = [_stake(case, o, s) for s in sources]
        if not stakes or any(s is None for s in stakes):
            continue
        held = [s for s in stakes if s is not None]
        strong = all(s.level in (StakeLevel.LIKELY, StakeLevel.STATED) for s in held)
        weakest = min(held, key=lambda s: s.confidence)
        who = " and ".join(dict.fromkeys(s.source_name for s in held))
        has = "each have" if len(held) > 1 else "have" if sources[0].kind == SourceKind.UNNAMED_GROUP else "has"
        own_words = [e for s in sources for e in quoted(o, s.id, "the source")]
        elsewhere = any(e.article_id != o.article_id for s in held for e in s.evidence)
        found.append(
            flag(
                FlagCode.MOTIVATED_SOURCE,
                FlagLevel.WARNING if strong else FlagLevel.CAUTION,
                weakest.confidence,
                f"{who} {has} a stake in this claim: {'; '.join(dict.fromkeys(s.reason for s in held))}.",
                [*own_words, *[e for s in held for e in s.evidence]],
                ARTICLE.model_copy(update={"articles": len(case.occurrences)}) if elsewhere else ARTICLE,
            )
        )
    return found


def _stake(case: Case, o: Occurrence, source: Source) -> Stake | None:
    """The motivated stake of a source, from this article or from one that has the same source."""
    own = next((s for s in o.stakes if s.source_id == source.id), None)
    if own is not None and _serves(own):
        return own
    for other in _same(case, f"source:{o.article_id}:{source.id}"):
        _, article_id, source_id = other.split(":", 2)
        for x in case.occurrences:
            if x.article_id == article_id:
                found = next(
                    (s for s in x.stakes if s.source_id == source_id and s.motivated and s.confidence >= _SHOWN), None
                )
                if found is not None:
                    return found
    return None


def _same(case: Case, here: str) -> list[str]:
    """The nodes of the same source in other articles, however many edges away: each is drawn to the first."""
    edges = [e for e in case.origins.edges if e.type == "same_source" and e.confidence >= _SURELY_THE_SAME]
    found = [here]
    for node in found:
        for e in edges:
            if node in (e.source, e.target):
                other = e.target if e.source == node else e.source
                if other not in found:
                    found.append(other)
    return found[1:]


def _serves(stake: Stake) -> bool:
    """Whether the claim serves a stake that is sure enough to be raised."""
    return stake.motivated and stake.confidence >= _SHOWN
