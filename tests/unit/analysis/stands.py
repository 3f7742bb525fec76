"""Positions and relations made by hand, for tests of what is weighed: the Front against the Army, and who belongs to it."""

from datetime import date

from secondsource.analysis.weighing import weigh
from secondsource.model import (
    Effect,
    Entry,
    Evidence,
    Finding,
    Party,
    Position,
    Relation,
    RelationType,
    Span,
    Stake,
    StakeType,
    Tie,
)

ARTICLE, OTHER_ARTICLE = "art_1", "art_2"
FRONT, ARMY = "Free Valley Front", "Ridge Army"
CLAIM = (100, 140)
"""Where the article makes the claim."""
ELSEWHERE = (400, 420)
"""Where it does not."""


def words(span: Span = ELSEWHERE, article: str = ARTICLE) -> Evidence:
    """Words that stand there."""
    return Evidence(article_id=article, start=span[0], end=span[1], exact="x" * (span[1] - span[0]))


ENTRY = Entry(
    actor_id="front", source_url="https://records.example/front", date=date(2025, 1, 5), entered_by="research desk"
)


def related(
    holder: str, kind: RelationType, other: str, shown: Evidence | None = None, entry: Entry | None = None
) -> Relation:
    """A relation that words elsewhere in the article show, or the register."""
    shown = None if entry else shown or words()
    return Relation(
        holder=holder, type=kind, other=other, shows=f"{holder} {kind} {other}", evidence=shown, entry=entry
    )


def rivals(
    holder: str = FRONT, other: str = ARMY, shown: Evidence | None = None, entry: Entry | None = None
) -> Relation:
    """That one is at odds with the other."""
    return related(holder, RelationType.RIVAL_OF, other, shown, entry)


def party(name: str = ARMY, effect: Effect = Effect.HARMED, does: bool = False, strength: float = 1.0) -> Party:
    """Someone in the claim."""
    return Party(name=name, effect=effect, does=does, strength=strength)


def finding(kind: StakeType, alignment: float = 1.0, strength: float = 1.0, stated_by: str | None = None) -> Finding:
    """A stake that the article shows by itself."""
    return Finding(
        type=kind, alignment=alignment, strength=strength, group=FRONT, shows=f"shows {kind}", stated_by=stated_by
    )


def stand(
    *parties: Party,
    ties: tuple[str, ...] = (FRONT,),
    findings: tuple[Finding, ...] = (),
    denies: bool = False,
    against: str | None = None,
    aside: str | None = None,
    likelihood: float | None = None,
) -> Position:
    """A commander of the Front before a claim; about the Army, which it harms, unless said otherwise."""
    return Position(
        source_id="s1",
        source_name="A commander",
        attribution_ids=("a1",),
        ties=tuple(Tie(name=name, strength=1.0, evidence=words((10, 20))) for name in ties),
        parties=parties or (party(),),
        findings=findings,
        denies=denies,
        against=against,
        aside=aside,
        likelihood=likelihood,
    )


def weighed(position: Position, *relations: Relation, said: dict[str, tuple[Span, ...]] | None = None) -> Stake | None:
    """The stake of the source; ``said``: where articles make the claim."""
    return weigh(position, relations, {ARTICLE: (CLAIM,)} if said is None else said, ARTICLE)


def stake(position: Position, *relations: Relation, said: dict[str, tuple[Span, ...]] | None = None) -> Stake:
    """The same, where there has to be one."""
    found = weighed(position, *relations, said=said)
    assert found is not None
    return found
