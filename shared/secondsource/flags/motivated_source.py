"""motivated_source: sources with a stake that the claim serves carry the claim alone, or all stand on one side."""

from collections.abc import Iterable

from secondsource.analysis.names import is_plural
from secondsource.corpus.stakes import JOINS
from secondsource.flags.case import ARTICLE, Case, carriers, flag, named, quoted, report
from secondsource.model import (
    OUTLETS,
    Flag,
    FlagCode,
    FlagLevel,
    NotAssessable,
    Occurrence,
    Relation,
    Rule,
    Source,
    SourceKind,
    Stake,
    StakeLevel,
)
from secondsource.text.naming import normal

_SURELY_THE_SAME = 0.7
"""So sure must be that two articles have one source before the one's stake is held to be the other's."""
_SHOWN = 0.45
"""Stakes less sure than this are listed with the claim, and raise no flag."""
_SURE = (StakeLevel.LIKELY, StakeLevel.STATED)
_VERSION = "2"


def assess(case: Case) -> list[Flag | NotAssessable]:
    """Raised for each report whose sources all have a stake that the claim serves; once more for the claim as a whole.

    A stake shown by one article holds for the same source in another one; the evidence then stands there. The sources
    of all reports stand on one side when they are tied to one group or to groups that belong together: a claim that
    several such sources carry is no better confirmed for that.
    """
    found: list[Flag | NotAssessable] = []
    held: list[Stake] = []
    whole = True
    for o in case.reports:
        sources = [s for s in carriers(o) if s.kind not in OUTLETS]
        if not sources:
            whole = whole and not o.own_witness
            continue
        if not any(_known(o, s) or _stake(case, o, s) for s in sources):
            whole = False
            found.append(
                NotAssessable(
                    code=FlagCode.MOTIVATED_SOURCE,
                    rule=Rule(id=f"motivated_source/{_VERSION}", version=_VERSION),
                    reason=f"no role or group of {named(sources)} was recognised in {report(o)}.",
                )
            )
            continue
        stakes = [_stake(case, o, s) for s in sources]
        if any(s is None for s in stakes):
            whole = False
            continue
        here = [s for s in stakes if s is not None]
        held += here
        if len(sources) > 1 and len(_sides(case, here)) > 1:
            whole = False
            continue  # sources of two sides say the same: that is no mark against it
        found.append(_raised(case, o, sources, here))
    if whole and (one := _one_sided(case, held)) is not None:
        found.append(one)
    return found


def _known(o: Occurrence, source: Source) -> bool:
    """Whether the article says what a source is: a role, a group, whom it speaks for, or that it only says what
    happened to it."""
    own = normal(source.name)
    return bool(source.role or source.affiliations) or any(
        p.source_id == source.id and (p.aside is not None or any(normal(t.name) != own for t in p.ties))
        for p in o.positions
    )


def _raised(case: Case, o: Occurrence, sources: list[Source], held: list[Stake]) -> Flag:
    """The flag of one report."""
    strong = all(s.level in _SURE for s in held)
    weakest = min(held, key=lambda s: s.confidence)
    who = " and ".join(dict.fromkeys(s.source_name for s in held))
    several = sources[0].kind == SourceKind.UNNAMED_GROUP or (
        sources[0].kind == SourceKind.NAMED_GROUP and is_plural(sources[0].name)
    )
    has = "each have" if len(held) > 1 else "have" if several else "has"
    own_words = [e for s in sources for e in quoted(o, s.id, "the source")]
    elsewhere = any(e.article_id != o.article_id for s in held for e in s.evidence)
    return flag(
        FlagCode.MOTIVATED_SOURCE,
        FlagLevel.WARNING if strong else FlagLevel.CAUTION,
        weakest.confidence,
        f"{who} {has} a stake in this claim: {'; '.join(dict.fromkeys(s.reason for s in held))}.",
        [*own_words, *[e for s in held for e in s.evidence]],
        ARTICLE.model_copy(update={"articles": len(case.occurrences)}) if elsewhere else ARTICLE,
        version=_VERSION,
        entries=[e for s in held for e in s.entries],
    )


def _one_sided(case: Case, held: list[Stake]) -> Flag | None:
    """All the claim's sources, in whichever article, stand on one side; reports of one source count once.

    ``held``: their stakes, each of which the claim serves.
    """
    different: dict[str, Stake] = {}
    for s in held:
        one = min(_same(case, f"source:{s.article_id}:{s.source_id}"))
        if all(normal(s.source_name) != normal(x.source_name) for x in different.values()):
            different.setdefault(one, s)
    if len(different) < 2:
        return None
    sides = _sides(case, different.values())
    if len(sides) != 1:
        return None
    side, who = sides[0], ", ".join(s.source_name for s in different.values())
    return flag(
        FlagCode.MOTIVATED_SOURCE,
        FlagLevel.WARNING if all(s.level in _SURE for s in held) else FlagLevel.CAUTION,
        min(s.confidence for s in held),
        f"All sources of this claim stand on one side ({side}): {who}.",
        [e for s in different.values() for e in s.evidence],
        case.corpus,
        version=_VERSION,
        entries=[e for s in different.values() for e in s.entries],
        rule=f"one_sided_sources/{_VERSION}",
    )


def _sides(case: Case, stakes: Iterable[Stake]) -> list[str]:
    """The sides that these stakes' groups make, by the name of one group each.

    Groups that the article or the register calls members, owners, payers or allies of each other are of one side, and
    so are those that have a stake against the same one.
    """
    joined: list[set[str]] = []
    label: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    relations: list[Relation] = [r for o in case.occurrences for r in o.relations if r.type in JOINS]
    for s in stakes:
        group = s.group or s.source_name
        label.setdefault(normal(group), group)
        pairs += [(normal(group), normal(group)), *((normal(group), f"against {x}") for x in s.against)]
    pairs += [(normal(r.holder), normal(r.other)) for r in relations]
    for a, b in pairs:
        touching = [x for x in joined if a in x or b in x]
        joined = [x for x in joined if x not in touching] + [set().union({a, b}, *touching)]
    found: list[str] = []
    for x in joined:
        names = [label[key] for key in label if key in x]
        if names:
            found.append(names[0])
    return found


def _stake(case: Case, o: Occurrence, source: Source) -> Stake | None:
    """The motivated stake of a source, from this article or from one that has the same source."""
    for other in _same(case, f"source:{o.article_id}:{source.id}"):
        _, article_id, source_id = other.split(":", 2)
        for s in case.stakes:
            if s.article_id == article_id and s.source_id == source_id and _serves(s):
                return s
    return None


def _same(case: Case, here: str) -> list[str]:
    """This node and those of the same source in other articles, however many edges away: each is drawn to the first."""
    edges = [e for e in case.origins.edges if e.type == "same_source" and e.confidence >= _SURELY_THE_SAME]
    found = [here]
    for node in found:
        for e in edges:
            if node in (e.source, e.target):
                other = e.target if e.source == node else e.source
                if other not in found:
                    found.append(other)
    return found


def _serves(stake: Stake) -> bool:
    """Whether the claim serves a stake that is sure enough to be raised."""
    return stake.motivated and stake.confidence >= _SHOWN
