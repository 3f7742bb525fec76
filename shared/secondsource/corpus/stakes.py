"""Stakes of a claim's sources, by all that is known: the articles that carry it, other articles, and the register."""

from collections.abc import Iterable

from secondsource.analysis.weighing import weigh
from secondsource.model import Analysis, Claim, Effect, Occurrence, Position, Relation, RelationType, Span, Stake
from secondsource.text.naming import normal

MOST_RELATIONS = 40
"""Relations kept with an occurrence."""
MOST_NAMES = 16
"""Names looked up for a claim, its sources' sides first."""
JOINS = frozenset({RelationType.MEMBER_OF, RelationType.OWNED_BY, RelationType.FUNDED_BY, RelationType.ALLY_OF})
"""Relations to somebody of the own side."""
_STEPS = 2


def positions_of(analysis: Analysis, claim: Claim) -> tuple[Position, ...]:
    """Where the sources of a claim stand, of its carriers and disputers as they are now."""
    involved = {*claim.attribution_ids, *claim.disputed_by}
    return tuple(p for p in analysis.positions.get(claim.id, ()) if involved.intersection(p.attribution_ids))


def names_in(positions: Iterable[Position]) -> frozenset[str]:
    """The normal forms of all who are in these positions."""
    return frozenset(
        normal(name) for p in positions for name in (*(t.name for t in p.ties), *(x.name for x in p.parties))
    )


def asked_for(occurrences: Iterable[Occurrence]) -> tuple[str, ...]:
    """Of whom more may be known elsewhere that bears on this claim: its sources' sides, and whom it is about."""
    names: dict[str, str] = {}
    for o in occurrences:
        for p in o.positions:
            if p.aside is None:
                for t in p.ties:
                    names.setdefault(normal(t.name), t.name)
    for o in occurrences:
        for p in o.positions:
            for x in p.parties if p.aside is None else ():
                if x.does or x.effect != Effect.MENTIONED:
                    names.setdefault(normal(x.name), x.name)
    return tuple(names.values())[:MOST_NAMES]


def relevant(relations: Iterable[Relation], positions: Iterable[Position]) -> tuple[Relation, ...]:
    """The relations of those who are in these positions, and of those they lead on to."""
    known = tuple(relations)
    names = set(names_in(positions))
    for _ in range(_STEPS):
        names |= {normal(r.other) for r in known if r.type in JOINS and normal(r.holder) in names}
    return tuple(r for r in known if normal(r.holder) in names)[:MOST_RELATIONS]


def stakes_of(occurrences: Iterable[Occurrence], known: Iterable[Relation] = ()) -> tuple[Stake, ...]:
    """Every judged pair of the claim's sources; ``known``: relations from elsewhere, such as the register.

    What one article states of an actor counts for the sources of the others. Where an article makes the claim itself it
    is no evidence.
    """
    carrying = tuple(occurrences)
    relations = [*(r for o in carrying for r in o.relations), *known]
    said = {o.article_id: _said(o) for o in carrying}
    found = [
        stake for o in carrying for p in o.positions if (stake := weigh(p, relations, said, o.article_id)) is not None
    ]
    return tuple(found)


def _said(o: Occurrence) -> tuple[Span, ...]:
    """Where an article makes the claim."""
    spans = [span for a in (*o.attributions, *o.disputes) for span in a.content or ()]
    return tuple(spans) or tuple((e.start, e.end) for e in o.sentences)
