"""Stakes that an article states as facts: who fights whom, who asks for what, who pays and who makes what."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, Names
from secondsource.analysis.tree import child, object_of
from secondsource.language.parse import text_of
from secondsource.model import StakeType

_HOSTILE = frozenset(
    "fight attack sue oust oppose defeat bomb shell invade besiege ambush expel overthrow topple accuse denounce "
    "outlaw ban raid storm rout outgun target sanction blockade challenge boycott".split()
)
_DRIVE_OUT = frozenset("drive push force throw chase kick expel dislodge".split())
_TAKE = frozenset("take capture seize wrest recapture retake overrun conquer".split())
_RIVAL = frozenset("rival enemy foe opponent adversary archrival nemesis competitor challenger".split())
_LOST = frozenset(
    "town city village territory ground land base war battle election vote seat contract case bid district province "
    "border bridge control stronghold area region port airport island sale customer share".split()
)
_SEEK = frozenset(
    "seek ask request appeal call push lobby press beg plead petition apply campaign need want solicit".split()
)
_HELP = frozenset(
    "weapon weapons arms aid support assistance funding money help backing drone drones missile missiles ammunition "
    "vote votes approval recognition intervention equipment troops loan loans grant grants bailout subsidy subsidies "
    "investment donation donations raise funds cash tank tanks protection sanction sanctions airstrike "
    "airstrikes".split()
)
_PAY = frozenset("fund finance sponsor commission pay bankroll".split())
_MAKE = frozenset("make sell produce manufacture own develop market".split())
_MODAL = frozenset("would could might may should if unless".split())
_RELATIVES = frozenset("which who that".split())
_CLIMB = 5
"""Steps up the parse from a verb to its subject."""
_LONGEST = 320
"""Code points of a passage that is shown to a reader; of a longer one only what is nearest to the verb."""
_WHOLE_WORD = 20
"""Code points by which a shortened passage may grow to end with a word."""


@dataclass(frozen=True)
class Relation:
    """What one named group has to do with another, with the words that show it."""

    holder: Name
    type: StakeType
    other: Name | None
    words: Range
    shows: str


def relations(doc: Doc, names: Names) -> list[Relation]:
    """All enmities, requests, fundings and products that the article states as a fact, negations left out."""
    found: list[Relation] = []
    for t in doc:
        if t.pos_ == "VERB" and not _hypothetical(t):
            lemma = t.lemma_.lower()
            found += _enmity(t, lemma, names)
            found += _request(t, lemma, names)
            found += _funding(t, lemma, names)
            found += _product(t, lemma, names)
        elif t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in _RIVAL:
            found += _rival(t, names)
    return found


def _hypothetical(v: Token) -> bool:
    """Whether a verb says what did not or may not happen: "would attack", "has not funded"."""
    return any(c.dep_ == "neg" or (c.dep_ in ("aux", "mark") and c.lower_ in _MODAL) for c in v.children)


# --- what verbs state --------------------------------------------------------------------------


def _enmity(v: Token, lemma: str, names: Names) -> list[Relation]:
    """ "A lost the town to B", "B took the port from A", "B drove A out", "A attacked B"."""
    obj = child(v, "dobj")
    if lemma == "lose":
        loser, winner = _who(v, names), _near(_pobj(v, ("to",)) or _pobj(obj, ("to",)), names)
        at_stake = obj is None or obj.lemma_.lower() in _LOST or names.of(obj) is not None
        return _grudge(v, loser, winner, "{holder} lost to {other}") if at_stake else []
    if lemma in _TAKE and obj is not None:
        robbed = _near(_pobj(v, ("from",)) or _pobj(obj, ("from",)), names)
        return _grudge(v, robbed, _who(v, names), "{other} took from {holder}")
    if lemma in _DRIVE_OUT and obj is not None:
        out = any(c.lower_ in ("out", "from") for c in v.children)
        return _grudge(v, names.near(obj), _who(v, names), "{other} drove out {holder}") if out else []
    return _hostility(v, lemma, obj, names) if lemma in _HOSTILE else []


def _grudge(v: Token, holder: Name | None, other: Name | None, shows: str) -> list[Relation]:
    """What a loser has against a winner; ``shows`` names them as {holder} and {other}."""
    if holder is None or other is None or holder is other:
        return []
    shows = shows.format(holder=holder.canonical, other=other.canonical)
    return [Relation(holder, StakeType.ADVERSARY, other, _words(v), shows)]


def _hostility(v: Token, lemma: str, obj: Token | None, names: Names) -> list[Relation]:
    """ "A attacked B", "B was sued by A", "A fights against B": each side is the other's adversary."""
    agent = child(v, "agent")
    if agent is not None:
        doer, target = _near(object_of(agent), names), _near(child(v, "nsubjpass"), names)
    else:
        doer, target = _who(v, names), _near(obj, names)
        if target is None and lemma == "fight":
            target = _near(_pobj(v, ("against", "with")), names)
    if doer is None or target is None or doer is target:
        return []
    shows = f"{doer.canonical} {lemma}s {target.canonical}"
    return [Relation(a, StakeType.ADVERSARY, b, _words(v), shows) for a, b in ((doer, target), (target, doer))]


def _request(v: Token, lemma: str, names: Names) -> list[Relation]:
    """ "A asked for weapons", "A is lobbying the council to approve a loan"."""
    if lemma not in _SEEK:
        return []
    wanted = (child(v, "dobj"), _pobj(v, ("for",)))
    thing = next((x for x in wanted if x is not None and any(y.lemma_.lower() in _HELP for y in x.subtree)), None)
    if thing is None:
        thing = next(
            (
                y
                for c in v.children
                if c.dep_ in ("xcomp", "prep", "ccomp", "advcl")
                for y in c.subtree
                if y.lemma_.lower() in _HELP and y.dep_ in ("dobj", "pobj")
            ),
            None,
        )
    holder = _who(v, names)
    if thing is None or holder is None or holder.person:
        return []
    shows = f"{holder.canonical} seeks {thing.text.lower()}"
    return [Relation(holder, StakeType.BENEFICIARY, None, _words(v), shows)]


def _funding(v: Token, lemma: str, names: Names) -> list[Relation]:
    """ "a study funded by A", "A sponsors the trial"."""
    if lemma not in _PAY:
        return []
    agent, obj = child(v, "agent"), child(v, "dobj")
    by = object_of(agent)
    if by is None and lemma == "pay":
        by = _pobj(v, ("by",))  # "paid for by"
    payer, paid = _near(by, names), _done_to(v)
    if payer is not None and paid is not None:
        receiver = names.near(paid) or Name(paid.lemma_.lower())
    elif agent is None and obj is not None and lemma != "pay":
        receiver, payer = names.of(obj) or Name(obj.lemma_.lower()), _who(v, names)
    else:
        return []
    if payer is None:
        return []
    return [Relation(receiver, StakeType.FUNDED, payer, _words(v), f"paid for by {payer.canonical}")]


def _product(v: Token, lemma: str, names: Names) -> list[Relation]:
    """ "A makes the drug", "the plant owned by A"."""
    if lemma not in _MAKE:
        return []
    agent, obj = child(v, "agent"), child(v, "dobj")
    if agent is not None:
        maker, made = _near(object_of(agent), names), child(v, "nsubjpass")
        if made is None and v.dep_ in ("acl", "relcl"):
            made = v.head
        product = names.of(made) if made is not None else None
        if product is None and made is not None and made.dep_ == "appos":
            product = names.of(made.head)
    else:
        maker, product = _who(v, names), names.of(obj) if obj is not None else None
    if maker is None or product is None or maker is product or maker.person:
        return []
    shows = f"{maker.canonical} makes or sells {product.canonical}"
    return [Relation(maker, StakeType.COMMERCIAL, product, _words(v), shows)]


# --- what nouns state --------------------------------------------------------------------------


def _rival(t: Token, names: Names) -> list[Relation]:
    """ "A's rival B", "B, an enemy of A", "B is a competitor of A"."""
    base = child(t, "poss") or _pobj(t, ("of", "to"))
    if base is None:
        return []
    a, b = names.near(base), names.of(t)
    if b is None:
        named = [n for c in t.children if c.dep_ == "appos" and (n := names.of(c)) is not None]
        b = named[-1] if named else None
    if b is None and t.dep_ in ("appos", "compound", "nmod"):
        b = names.near(t.head)
    if b is None and t.dep_ == "attr":
        b = _who(t.head, names)
    if a is None or b is None or a is b:
        return []
    start, end = t.doc[t.left_edge.i], t.doc[t.right_edge.i]
    words = (start.idx, end.idx + len(end))
    shows = f"{b.canonical} is a {t.lemma_.lower()} of {a.canonical}"
    return [Relation(x, StakeType.ADVERSARY, y, words, shows) for x, y in ((a, b), (b, a))]


# --- who and what ------------------------------------------------------------------------------


def _who(v: Token, names: Names) -> Name | None:
    """The name behind the subject of a verb, through conjuncts and relative clauses."""
    at = v
    for _ in range(_CLIMB):
        subject = child(at, "nsubj")
        if subject is not None:
            if subject.lower_ in _RELATIVES and at.dep_ == "relcl":
                return names.near(at.head)
            if subject.lower_ in ("it", "they", "he", "she"):
                return _antecedent(subject, names)
            return names.near(subject)
        if at.dep_ in ("acl", "relcl"):
            return names.near(at.head)
        if at.dep_ not in ("conj", "xcomp", "advcl") or at.head == at:
            return None
        at = at.head
    return None


def _antecedent(pronoun: Token, names: Names) -> Name | None:
    """A group that is the subject of the same sentence or of the one before; no guess further back."""
    doc, begin = pronoun.doc, pronoun.sent.start
    start = doc[begin - 1].sent.start if begin else 0
    for t in reversed(doc[start : pronoun.i]):
        if t.dep_ in ("nsubj", "nsubjpass", "poss") and t.lower_ not in ("it", "they"):
            found = names.near(t)
            if found is not None:
                return found
    return None


def _done_to(v: Token) -> Token | None:
    """What a passive verb is said of: "the study was funded", "a study that was funded", "a study funded by"."""
    subject = child(v, "nsubjpass")
    if subject is not None and subject.lower_ in _RELATIVES and v.dep_ == "relcl":
        return v.head
    return v.head if subject is None and v.dep_ in ("acl", "relcl") else subject


def _near(t: Token | None, names: Names) -> Name | None:
    """``Names.near``, of a token that there may not be."""
    return names.near(t) if t is not None else None


def _pobj(t: Token | None, preps: Iterable[str]) -> Token | None:
    """What one of these prepositions at a word governs."""
    if t is None:
        return None
    for c in t.children:
        if c.dep_ in ("prep", "dative", "agent") and c.lower_ in preps and (found := object_of(c)) is not None:
            return found
    return None


def _words(v: Token) -> Range:
    """The clause around a verb, short enough to read."""
    left, right = v.left_edge.i, v.right_edge.i
    sent = v.sent
    if v.dep_ == "relcl":
        left = min(left, v.head.left_edge.i)
    text = text_of(v.doc)
    start, end = v.doc[max(left, sent.start)], v.doc[min(right, sent.end - 1)]
    s, e = start.idx, end.idx + len(end)
    if e - s > _LONGEST:
        s, e = max(s, v.idx - _LONGEST // 2), min(e, v.idx + _LONGEST // 2)
        s = text.rfind(" ", 0, s) + 1 if s else s
        cut = text.find(" ", e)
        e = cut if 0 <= cut - e < _WHOLE_WORD else e
    return s, s + len(text[s:e].rstrip(" .,;\n"))
