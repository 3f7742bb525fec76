"""Weighing: what a claim is to a source, from where the source stands before it and from what is known of the actors.

A stake needs three things: a tie (whom the source speaks for), a stake of that group or person in someone the claim is
about, and that the claim serves it. A position brings ties, parties and what its article shows by itself; relations
(of the article, of others, of the register) say who is whose rival, member, owner, payer, maker. What shows a stake
must stand outside the claim, or every accusation would prove its own motive.

Weights are starting values; see docs/flags.md for where they come from. Several types together give
1 - prod(1 - weight * alignment), times the strength of the tie, capped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from secondsource.analysis.names import category_of
from secondsource.model import (
    AffiliationCategory,
    Effect,
    Entry,
    Evidence,
    Position,
    Relation,
    RelationType,
    Span,
    Stake,
    StakeLevel,
    StakeType,
)
from secondsource.text.naming import normal

RULE = "interests/2"

WEIGHTS: dict[StakeType, float] = {
    StakeType.STATED_MOTIVE: 0.75,
    StakeType.PARTICIPANT: 0.10,
    StakeType.ADVERSARY: 0.60,
    StakeType.BENEFICIARY: 0.35,
    StakeType.SELF_EXCULPATING: 0.65,
    StakeType.COMMERCIAL: 0.45,
    StakeType.FUNDED: 0.60,
    StakeType.CAMPAIGN: 0.60,
    StakeType.LITIGANT: 0.60,
    StakeType.REGISTERED: 0.85,
    StakeType.PERSONAL: 0.30,
    StakeType.CHANNEL: 0.10,
}
"""How much each type says by itself."""
_CAP_ONE, _CAP_MORE = 0.60, 0.85
"""The most that one type, and that several types, can say on the word of articles."""
_CAP_STATED, _CAP_ALLEGED, _CAP_REGISTERED = 0.75, 0.45, 0.95
"""The most that a stated motive can say, one that only an adversary alleges, and an entry of the register."""
_LIKELY, _POSSIBLE = 0.60, 0.30
"""Confidences from which a stake is likely and possible."""
_PARTLY = 0.5
"""Alignment of a claim that is about the adversary, but not in words of harm or wrong."""
_WEAKLY = 0.3
"""Alignment where the source only has a part in the matter."""
_STANDS = 0.35
"""Likelihood from which that is noted."""
_LIKE_ENOUGH = 0.3
"""Likelihood that makes a pair likely where anything shows a stake."""
_SURE_ENOUGH = 0.4
"""The same where all that is shown is a side in the matter at large: of a party, at odds with somebody."""
_AT_LARGE = 0.6
"""The same where the claim names nobody besides."""
_UNLIKE = 0.3
"""Likelihood below which a pair is not called likely, whatever rules say, unless somebody states the stake."""
_NEXT = {
    RelationType.MEMBER_OF: 0.9,
    RelationType.OWNED_BY: 0.9,
    RelationType.FUNDED_BY: 0.8,
    RelationType.ALLY_OF: 0.7,
}
"""How much of a tie goes on to a group's own group, owner, payer or ally."""
_STEPS = 2
"""Steps that a tie is followed."""
_MAY_FLAG = frozenset(WEIGHTS) - {StakeType.PARTICIPANT, StakeType.PERSONAL, StakeType.CHANNEL, StakeType.BENEFICIARY}
"""Types that make a source a motivated one; the others only add to them. A beneficiary is one by itself only where
the claim is about the very thing that is sought."""

_SHOWN_BY_ITSELF = frozenset({StakeType.STATED_MOTIVE, StakeType.REGISTERED, StakeType.FUNDED})
"""Types that are not weighed against looks: somebody says so, or paid."""
_PAY_FOR_RESEARCH = frozenset({AffiliationCategory.ACADEMIC, AffiliationCategory.GOVERNMENT})
"""Payers whose money is a stake only in a claim about themselves."""


@dataclass
class _Bond:
    """A group that a source is tied to, how surely, and what shows each step of the way."""

    strength: float
    label: str
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass
class _Ground:
    """What makes a type of stake: how well the claim serves it, in a few words, and what shows it."""

    alignment: float
    strength: float
    shows: str
    group: str | None
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    alleged_by: str | None = None
    adversary: bool = False
    against: str | None = None

    @property
    def weight(self) -> tuple[float, float]:
        """What tells the better one of two, whichever was found first."""
        return self.alignment * self.strength, self.alignment


@dataclass
class _Scale:
    """Collects the grounds of one pair."""

    grounds: dict[StakeType, _Ground] = field(default_factory=dict)

    def put(self, kind: StakeType, ground: _Ground) -> None:
        known = self.grounds.get(kind)
        if known is None or known.weight < ground.weight:
            self.grounds[kind] = ground


def weigh(
    position: Position, relations: Iterable[Relation], said: Mapping[str, Iterable[Span]], article_id: str
) -> Stake | None:
    """The stake of a source in a claim; None where there is nothing to show.

    ``relations``: what is known of its ties, from wherever. ``said``: by article id, the spans in which articles make
    this claim: a relation that is shown there is no evidence.
    """
    spans = {key: tuple(value) for key, value in said.items()}
    known = [r for r in relations if r.type in _LOOSE or not _within(r.evidence, spans)]
    of: dict[str, list[Relation]] = {}
    for r in known:
        of.setdefault(normal(r.holder), []).append(r)
    bonds = _bonds(position, of)
    scale = _Scale()
    for f in position.findings:
        scale.put(
            f.type,
            _Ground(
                f.alignment,
                f.strength,
                f.shows,
                f.group,
                f.evidence,
                alleged_by=f.stated_by,
                adversary=_hostile(f.stated_by, bonds, of),
            ),
        )
    if position.aside is None:
        _relate(position, bonds, of, scale)
        if position.likelihood is not None and position.likelihood >= _STANDS and not _concedes(position, bonds):
            _stand(bonds, of, scale)
    if not scale.grounds:
        return None
    return _settled(position, scale.grounds, bonds, article_id)


_LOOSE = frozenset({RelationType.MEMBER_OF, RelationType.PARTY_TO})
"""What somebody is, not what they have against another: it may stand in the claim."""


def _within(evidence: Evidence | None, spans: Mapping[str, tuple[Span, ...]]) -> bool:
    """Whether the words that show a relation stand in the claim itself."""
    return evidence is not None and any(
        evidence.start < e and s < evidence.end for s, e in spans.get(evidence.article_id, ())
    )


def _bonds(position: Position, of: dict[str, list[Relation]]) -> dict[str, _Bond]:
    """By the normal form of a name: whom the source is tied to, itself and on to members, owners, payers, allies.

    Of several ways to one the strongest counts, in whatever order they are known.
    """
    bonds: dict[str, _Bond] = {}
    for tie in position.ties:
        shown = (tie.evidence.model_copy(update={"shows": f"ties the source to {tie.name}"}),) if tie.evidence else ()
        bonds.setdefault(normal(tie.name), _Bond(tie.strength, tie.name, shown))
    for _ in range(_STEPS):
        for key, bond in list(bonds.items()):
            for r in of.get(key, ()):
                strength = bond.strength * _NEXT.get(r.type, 0.0)
                known = bonds.get(normal(r.other))
                if not strength or (known is not None and (not known.steps or known.strength >= strength)):
                    continue
                bonds[normal(r.other)] = _Bond(
                    strength,
                    r.other,
                    (*bond.evidence, *_shown(r)),
                    (*bond.entries, *((r.entry,) if r.entry else ())),
                    (*bond.steps, r.shows),
                )
    return bonds


def _shown(r: Relation) -> tuple[Evidence, ...]:
    return (r.evidence.model_copy(update={"shows": r.shows}),) if r.evidence is not None else ()


def _hostile(name: str | None, bonds: dict[str, _Bond], of: dict[str, list[Relation]]) -> bool:
    """Whether somebody is known as an adversary of the source's side."""
    if name is None:
        return False
    return any(
        r.type == RelationType.RIVAL_OF and normal(r.other) == normal(name) for key in bonds for r in of.get(key, ())
    )


def _relate(position: Position, bonds: dict[str, _Bond], of: dict[str, list[Relation]], scale: _Scale) -> None:
    """What relations make of ties and parties."""
    parties = _parties(position, of)
    for key, bond in bonds.items():
        mine = of.get(key, [])
        political = [r for r in mine if r.type == RelationType.PARTY_TO and r.entry is None]
        own = parties.get(key)
        if own is not None:
            scale.put(
                StakeType.PARTICIPANT, _Ground(1.0, bond.strength, f"{bond.label} is part of the claim", bond.label)
            )
            _own(position, own, bond, bool(political), scale)
        for r in mine:
            other = parties.get(normal(r.other))
            match r.type:
                case RelationType.RIVAL_OF if normal(r.other) in bonds:
                    continue  # of both sides
                case RelationType.RIVAL_OF if other is not None and not position.denies:
                    if other.effect != Effect.HELPED or position.against is not None:
                        _against(r, other, bond, bool(political), scale)
                case RelationType.MAKES if other is not None and not position.denies:
                    if other.effect == Effect.HELPED:
                        _ground(StakeType.COMMERCIAL, 1.0, r, bond, scale)
                case RelationType.FUNDED_BY if not position.denies and not bond.steps:
                    harmed = other is not None and other.effect == Effect.HARMED
                    if own is None and not harmed and (other is not None or r.entry is not None or _wants(r.other)):
                        _ground(StakeType.FUNDED, 1.0, r, bond, scale)
                case RelationType.OWNED_BY if other is not None and own is None and not position.denies:
                    if other.effect == Effect.HELPED:
                        _ground(StakeType.COMMERCIAL, 1.0, r, bond, scale)
                case RelationType.PARTY_TO if r.entry is not None and other is not None:
                    _ground(StakeType.LITIGANT, 1.0, r, bond, scale)
    for key, bond in bonds.items():  # once all adversaries are known
        for r in of.get(key, ()):
            if r.type == RelationType.SEEKS:
                _seeking(r, position, parties, bond, scale)


def _wants(payer: str) -> bool:
    """Whether a payer is one that pays for an answer: not a university or an authority, which pay for research."""
    return category_of(payer) not in _PAY_FOR_RESEARCH


def _stand(bonds: dict[str, _Bond], of: dict[str, list[Relation]], scale: _Scale) -> None:
    """Where the pair looks motivated: what part the source has in the matter, whoever the claim names."""
    for key, bond in bonds.items():
        for r in of.get(key, ()):
            if r.type in (RelationType.PARTY_TO, RelationType.MEMBER_OF) and r.entry is None:
                if r.type == RelationType.PARTY_TO or normal(r.other).endswith("party"):
                    _ground(StakeType.CAMPAIGN, _WEAKLY, r, bond, scale)
            elif r.type == RelationType.RIVAL_OF and normal(r.other) not in bonds and not bond.steps:
                _ground(StakeType.ADVERSARY, _WEAKLY, r, bond, scale)


def _concedes(position: Position, bonds: dict[str, _Bond]) -> bool:
    """Whether the claim says nothing of anybody, or ill of the source's own side and of nobody else, or only well of
    others."""
    own = [p.effect for p in position.parties if normal(p.name) in bonds]
    others = [p for p in position.parties if normal(p.name) not in bonds]
    if not own and not others:
        return (position.likelihood or 0.0) < _AT_LARGE
    if others and not own and not position.denies:
        return all(p.effect == Effect.HELPED for p in others)
    return not others and Effect.HARMED in own and not position.denies


def _own(position: Position, own: "_Party", bond: _Bond, political: bool, scale: _Scale) -> None:
    """What the claim says of the source's own side, or of somebody on it."""
    if position.denies and own.effect == Effect.HARMED and (own.steps or bond.steps):
        shows = f"denies what is said of {own.label}, on the side of {bond.label}"
        scale.put(
            StakeType.SELF_EXCULPATING,
            _Ground(1.0, bond.strength * own.strength, shows, bond.label, (*bond.evidence, *own.evidence), own.entries),
        )
    elif own.effect != Effect.HARMED and political and not position.denies:
        scale.put(
            StakeType.CAMPAIGN,
            _Ground(
                1.0 if own.effect == Effect.HELPED else _PARTLY,
                bond.strength * own.strength,
                f"speaks {'well ' if own.effect == Effect.HELPED else ''}of its own side, {own.label}",
                bond.label,
                (*bond.evidence, *own.evidence),
                (*bond.entries, *own.entries),
            ),
        )


def _against(r: Relation, other: "_Party", bond: _Bond, political: bool, scale: _Scale) -> None:
    """The claim is about an adversary; where it speaks well of them, that is shown and counts for nothing."""
    align = 1.0 if other.effect == Effect.HARMED or other.does else _PARTLY
    through = "".join(f" ({step})" for step in (*bond.steps, *other.steps))
    shows = r.shows + through
    evidence = (*bond.evidence, *_shown(r), *other.evidence)
    entries = (*bond.entries, *((r.entry,) if r.entry else ()), *other.entries)
    strength = bond.strength * other.strength
    kinds = [StakeType.ADVERSARY]
    if political and align == 1.0:
        kinds.append(StakeType.CAMPAIGN)
    if r.entry is not None:
        kinds = [StakeType.REGISTERED]
    for kind in kinds:
        scale.put(
            kind,
            _Ground(
                align, strength, shows, bond.label, evidence, entries, alleged_by=r.alleged_by, against=normal(r.other)
            ),
        )


def _ground(kind: StakeType, align: float, r: Relation, bond: _Bond, scale: _Scale) -> None:
    """A relation and the claim make a stake; one of the register is of its own type."""
    entries = (*bond.entries, *((r.entry,) if r.entry else ()))
    evidence = (*bond.evidence, *_shown(r))
    group = r.other if kind == StakeType.FUNDED else bond.label
    kind = StakeType.REGISTERED if r.entry is not None else kind
    scale.put(kind, _Ground(align, bond.strength, r.shows, group, evidence, entries, alleged_by=r.alleged_by))


def _seeking(r: Relation, position: Position, parties: dict[str, "_Party"], bond: _Bond, scale: _Scale) -> None:
    """Who seeks something: the claim serves that where it is about it, or harms those it is wanted against."""
    if position.denies:
        return
    if normal(r.other) in parties:
        _ground(StakeType.BENEFICIARY, 1.0, r, bond, scale)
    elif StakeType.ADVERSARY in scale.grounds or StakeType.REGISTERED in scale.grounds:
        served = scale.grounds.get(StakeType.ADVERSARY) or scale.grounds[StakeType.REGISTERED]
        _ground(StakeType.BENEFICIARY, served.alignment, r, bond, scale)


# --- the parties of a claim, and whom they belong to --------------------------------------------


@dataclass
class _Party:
    """Someone the claim is about, or whom somebody in it belongs to, with what shows the way."""

    label: str
    effect: Effect
    strength: float = 1.0
    does: bool = False
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    steps: tuple[str, ...] = ()


def _parties(position: Position, of: dict[str, list[Relation]]) -> dict[str, _Party]:
    """By the normal form of a name: who is in the claim, and the parties, owners and makers that they belong to."""
    found = {normal(p.name): _Party(p.name, p.effect, p.strength, p.does) for p in position.parties}
    for key, party in list(found.items()):
        for r in of.get(key, ()):
            strength = 0.0 if r.type == RelationType.ALLY_OF else party.strength * _NEXT.get(r.type, 0.0)
            known = found.get(normal(r.other))
            if not strength or (known is not None and (not known.steps or known.strength >= strength)):
                continue
            found[normal(r.other)] = _Party(
                r.other,
                party.effect,
                strength,
                party.does,
                _shown(r),
                (r.entry,) if r.entry else (),
                (r.shows,),
            )
    return found


# --- the whole -----------------------------------------------------------------------------------


def _settled(position: Position, grounds: dict[StakeType, _Ground], bonds: dict[str, _Bond], article_id: str) -> Stake:
    """What the types found make together."""
    real: dict[StakeType, _Ground] = {k: g for k, g in grounds.items() if k != StakeType.PARTICIPANT}
    confidence = _believed(_confidence(real), position.likelihood, real)
    stopped = position.against or position.aside
    sought = StakeType.BENEFICIARY in real and real[StakeType.BENEFICIARY].alignment == 1.0
    motivated = stopped is None and confidence >= _POSSIBLE and (bool(real.keys() & _MAY_FLAG) or sought)
    named = next((real[k] for k in (StakeType.STATED_MOTIVE, StakeType.REGISTERED) if k in real), None)
    if not real:
        confidence = WEIGHTS[StakeType.PARTICIPANT]
    if stopped is not None or confidence < _POSSIBLE:
        level = StakeLevel.NONE
    elif named is not None and motivated:
        level = StakeLevel.STATED
    else:
        level = StakeLevel.LIKELY if confidence >= _LIKELY and motivated else StakeLevel.POSSIBLE
    shown = {k: g for k, g in real.items() if g.alignment > _WEAKLY} or real or grounds
    reason = "; ".join(dict.fromkeys(g.shows for g in shown.values()))
    if real and all(g.alignment <= _WEAKLY for g in shown.values()):
        reason = f"has a part in the matter: {reason}"
    if position.against is not None:
        reason = f"speaks against its own interest ({position.against}): {reason}"
    elif position.aside is not None:
        reason = f"{position.aside}: {reason}"
    first = next(iter(grounds.values()))
    group = next((g.group for g in (*real.values(), first) if g.group), None)
    evidence = dict.fromkeys(e for g in shown.values() for e in g.evidence)
    entries = dict.fromkeys(e for g in real.values() for e in g.entries)
    return Stake(
        article_id=article_id,
        source_id=position.source_id,
        source_name=position.source_name,
        attribution_ids=position.attribution_ids,
        level=level,
        confidence=round(confidence, 3),
        types=tuple(sorted(grounds, key=lambda k: -WEIGHTS[k] * grounds[k].alignment)),
        motivated=motivated and level != StakeLevel.NONE,
        group=group,
        reason=reason,
        against=tuple(dict.fromkeys(g.against for g in real.values() if g.against)),
        against_interest=position.against is not None,
        alleged_by=real[StakeType.STATED_MOTIVE].alleged_by if StakeType.STATED_MOTIVE in real else None,
        evidence=tuple(evidence),
        entries=tuple(entries),
        rule=RULE,
    )


def _believed(confidence: float, likelihood: float | None, real: Mapping[StakeType, _Ground]) -> float:
    """What rules and likelihood make together: the higher one, but no more than possible against the likelihood."""
    if likelihood is None or not real.keys() & _MAY_FLAG:
        return confidence
    if real.keys() & _SHOWN_BY_ITSELF:
        return confidence
    enough = _LIKE_ENOUGH if any(g.alignment > _PARTLY for g in real.values()) else _SURE_ENOUGH
    if likelihood < _UNLIKE:
        return min(confidence, _LIKELY - 0.01)
    return max(confidence, min(likelihood * _LIKELY / enough, _CAP_MORE))


def _confidence(real: Mapping[StakeType, _Ground]) -> float:
    """1 - prod(1 - weight * alignment), times the strength of the tie, capped by what kind of word it rests on."""
    if not real:
        return 0.0
    none = 1.0
    for k, g in real.items():
        none *= 1 - WEIGHTS[k] * g.alignment
    strength = max(g.strength for g in real.values())
    cap = _CAP_ONE if len(real) == 1 else _CAP_MORE
    if StakeType.REGISTERED in real:
        cap = _CAP_REGISTERED
    elif StakeType.STATED_MOTIVE in real:
        cap = _CAP_STATED if len(real) == 1 else _CAP_MORE
        if len(real) == 1 and real[StakeType.STATED_MOTIVE].adversary:
            cap = _CAP_ALLEGED
    return min(strength * (1 - none), cap)
