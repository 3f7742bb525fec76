"""Who is at odds with whom, as an article states it: who fights, sues, lost to, is a rival of, criticises whom."""

import re

from spacy.tokens import Doc, Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.doing import clause, done_to, hypothetical, near, pobj, who, whom
from secondsource.analysis.entities import Name
from secondsource.analysis.names import is_plural
from secondsource.analysis.stated import Stated
from secondsource.analysis.tree import child, object_of
from secondsource.model import RelationType

_HOSTILE = frozenset(
    "fight kill assassinate execute attack sue oust oppose defeat bomb shell invade besiege ambush expel "
    "overthrow topple accuse denounce outlaw ban raid storm rout outgun target sanction "
    "blockade challenge boycott battle confront "
    "condemn criticise criticize slam blast lambast lambaste assail castigate deride mock ridicule "
    "bash berate vilify smear undercut outbid rival impeach depose fine censure picket".split()
)
"""Verbs of which doer and target are at odds. An arrest or a charge is none: it is what police are for."""
_DRIVE_OUT = frozenset("drive push force throw chase kick expel dislodge evict".split())
_TAKE = frozenset("take capture seize wrest recapture retake overrun conquer poach".split())
_WAGE = frozenset("fight wage battle".split())
_RIVAL = frozenset(
    "rival enemy foe opponent adversary archrival nemesis competitor challenger critic detractor arch-rival".split()
)
_LOST = frozenset(
    "town city village territory ground land base war battle election vote seat contract case bid district province "
    "border bridge control stronghold area region port airport island sale customer share race title license licence "
    "concession tender lawsuit suit appeal primary".split()
)
_DISPUTE = frozenset(
    "dispute feud conflict war battle fight row lawsuit rivalry clash standoff quarrel struggle strike "
    "showdown competition boycott".split()
)
_OFFICIALS = re.compile(
    r"\b(?:police|court|judge|prosecutors?|authorit\w+|tribunal|jury|coroner|inspectors?|investigators?|sheriff\w*)\b",
    re.IGNORECASE,
)
"""Those who act against others by office."""
_BY_OFFICE = frozenset("kill execute raid ban fine sanction charge challenge target condemn attack storm".split())
_SPORT = frozenset(
    "match game tournament cup league coach striker goalkeeper season final semifinal playoff championship innings "
    "wicket quarterback defender midfielder batsman inning touchdown".split()
)
_SPORT_WORDS = 2


def conflicts(doc: Doc, names: Actors) -> list[Stated]:
    """All enmities that the article states as a fact, negations and suppositions left out; none of a sports report."""
    if len({t.lemma_.lower() for t in doc if t.lemma_.lower() in _SPORT}) >= _SPORT_WORDS:
        return []
    found: list[Stated] = []
    for t in doc:
        if t.pos_ == "VERB" and not hypothetical(t):
            found += _enmity(t, t.lemma_.lower(), names)
        elif t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in _RIVAL:
            found += _rival(t, names)
        elif t.pos_ == "NOUN" and t.lemma_.lower() in _DISPUTE:
            found += _dispute(t, names)
    return found


def _enmity(v: Token, lemma: str, names: Actors) -> list[Stated]:
    """ "A lost the town to B", "B took the port from A", "B drove A out", "A attacked B"."""
    obj = child(v, "dobj")
    if lemma == "lose":
        loser, winner = who(v, names), near(_to_whom(v, obj), names)
        at_stake = obj is None or obj.lemma_.lower() in _LOST or names.of(obj) is not None
        return _grudge(v, loser, winner, "{holder} lost to {other}") if at_stake else []
    if lemma in _TAKE and obj is not None and (obj.lemma_.lower() in _LOST or names.of(obj) is not None):
        robbed = near(pobj(v, ("from",)) or pobj(obj, ("from",)), names)
        return _grudge(v, robbed, who(v, names), "{other} took from {holder}")
    if lemma in _DRIVE_OUT:
        if obj is None and (subject := done_to(v)) is not None and (agent := child(v, "agent")) is not None:
            return _grudge(v, near(subject, names), near(object_of(agent), names), "{other} drove out {holder}")
        out = any(c.lower_ in ("out", "from") for c in v.children)
        return _grudge(v, near(obj, names), who(v, names), "{other} drove out {holder}") if out and obj else []
    if lemma in ("vote", "express") and obj is not None and obj.lemma_.lower() == "confidence":
        no = any(c.lower_ == "no" for c in obj.children)
        against = near(pobj(obj, ("in",)) or pobj(v, ("in",)), names)
        return _grudge(v, who(v, names), against, "{holder} has no confidence in {other}") if no else []
    return _hostility(v, lemma, obj, names) if lemma in _HOSTILE else []


def _to_whom(v: Token, obj: Token | None) -> Token | None:
    """Whom something is lost to, also where it hangs deeper: "lost a contract with the chain to B"."""
    deeper = [x for y in (obj, pobj(v, ("with", "for"))) if y is not None for x in y.subtree if x.pos_ == "NOUN"]
    return next((found for x in (v, obj, *deeper) if (found := pobj(x, ("to",))) is not None), None)


def _grudge(v: Token, holder: Name | None, other: Name | None, shows: str) -> list[Stated]:
    """What a loser has against a winner; ``shows`` names them as {holder} and {other}."""
    if holder is None or other is None or holder.key == other.key:
        return []
    shows = shows.format(holder=holder.canonical, other=other.canonical)
    return [Stated(holder, RelationType.RIVAL_OF, other, clause(v), shows)]


def _hostility(v: Token, lemma: str, obj: Token | None, names: Actors) -> list[Stated]:
    """ "A attacked B", "B was sued by A", "A fights against B": each side is the other's adversary."""
    agent = child(v, "agent")
    if agent is not None:
        doer, target = near(object_of(agent), names), near(done_to(v), names)
    else:
        doer = who(v, names)
        target = whom(obj, names, doer)
        if doer is not None and obj is not None and obj.lemma_.lower() in _DISPUTE and lemma in _WAGE:
            return _among(v, names)
        if target is None and lemma in ("fight", "battle"):
            target = near(pobj(v, ("against", "with")), names)
    if doer is None or target is None or doer.key == target.key:
        return []
    if lemma in _BY_OFFICE and _OFFICIALS.search(doer.canonical):
        return []
    does = lemma if is_plural(doer.canonical) else _present(lemma)
    shows = f"{doer.canonical} {does} {target.canonical}"
    return [Stated(a, RelationType.RIVAL_OF, b, clause(v), shows) for a, b in ((doer, target), (target, doer))]


def _among(v: Token, names: Actors) -> list[Stated]:
    """ "A and B fought a border war": the subjects are at odds with each other."""
    subject = child(v, "nsubj")
    sides = [
        n for x in ([subject, *subject.conjuncts] if subject is not None else ()) if (n := names.near(x)) is not None
    ]
    if len(sides) != 2 or sides[0].key == sides[1].key:
        return []
    shows = f"{sides[0].canonical} and {sides[1].canonical} {v.lemma_.lower()} each other"
    return [Stated(a, RelationType.RIVAL_OF, b, clause(v), shows) for a, b in (sides, sides[::-1])]


def _present(lemma: str) -> str:
    """A verb as it stands after "she": "accuses", "bashes"."""
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch")) else "s")


def _rival(t: Token, names: Actors) -> list[Stated]:
    """ "A's rival B", "B, an enemy of A", "B is a competitor of A"."""
    base = child(t, "poss") or pobj(t, ("of", "to"))
    if base is None:
        return []
    if base.lower_ in ("its", "their", "his", "her"):
        a = names.owner(base) if base.lower_ in ("its", "their") else None
    else:
        a = names.near(base)
    b = names.of(t)
    if b is None:
        named = [n for c in t.children if c.dep_ == "appos" and (n := names.of(c)) is not None]
        b = named[-1] if named else None
    if b is None and t.dep_ in ("appos", "compound", "nmod"):
        b = names.near(t.head)
    if b is None and t.dep_ == "attr":
        b = who(t.head, names)
    if a is None or b is None or a.key == b.key:
        return []
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    words = (start.idx, end.idx + len(end))
    shows = f"{b.canonical} is a {t.lemma_.lower()} of {a.canonical}"
    return [Stated(x, RelationType.RIVAL_OF, y, words, shows) for x, y in ((a, b), (b, a))]


def _dispute(t: Token, names: Actors) -> list[Stated]:
    """ "a dispute between A and B", "its feud with B", "A is locked in a battle with B"."""
    between = pobj(t, ("between",))
    if between is not None:
        a = names.near(between)
        b = next((n for c in between.children if c.dep_ == "conj" and (n := names.near(c)) is not None), None)
    else:
        b = near(pobj(t, ("with", "against")), names)
        whose = child(t, "poss")
        if whose is not None:
            a = names.owner(whose) if whose.lower_ in ("its", "their") else names.near(whose)
        else:
            verb = t.head if t.dep_ == "dobj" else t.head.head if t.dep_ == "pobj" else None
            done = verb is not None and verb.pos_ == "VERB" and not hypothetical(verb)
            a = who(verb, names) or near(done_to(verb), names) if verb is not None and done else None
    if a is None or b is None or a.key == b.key:
        return []
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    shows = f"{a.canonical} and {b.canonical} are in a {t.lemma_.lower()}"
    words = (start.idx, min(end.idx + len(end), start.idx + 200))
    return [Stated(x, RelationType.RIVAL_OF, y, words, shows) for x, y in ((a, b), (b, a))]
