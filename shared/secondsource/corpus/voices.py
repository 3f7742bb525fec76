"""Whom somebody speaks for: a company, its chief executive and its spokeswoman are one source of a claim.

One newsroom writes that the company said it, another that spokeswoman Petra Lang did. Whose voice somebody is follows
from the groups that the article ties them to and from the words of their role: a police chief speaks for the police.
"""

import re
from functools import lru_cache

from secondsource.analysis.names import COLLECTIVE, NO_FIRMS, category_of
from secondsource.corpus.identity import folded
from secondsource.model import Source, SourceKind
from secondsource.text.states import state_of

SURE, LIKELY, POSSIBLE = 0.9, 0.8, 0.7
"""How sure somebody speaks for a body: one that the article ties them to; one called by the noun of their role; one
that only the claim is about, or whose member they are."""

_SPOKES = frozenset("spokesman spokeswoman spokesperson".split())
_HEADS = frozenset(
    "president chairman chairwoman chairperson chair chief head leader director executive ceo boss secretary minister "
    "governor commissioner mayor manager".split()
)
_ANY_BODY_S = frozenset("chairman chairwoman chairperson chair chief head director executive ceo boss manager".split())
"""Heads of what is no state, town or party, so that the body need not be named with them."""
_BESIDE = frozenset(
    "a an the its their his her general managing operating financial press media deputy vice acting senior co".split()
)
"""What such a role may have beside it without saying of what."""
_FORMER = frozenset("former ex onetime retired then".split())
_ONE_S_OWN = frozenset(
    "company firm group bank airline carrier operator maker manufacturer retailer chain publisher club team "
    "organisation organization charity foundation association institute school university hospital".split()
)
"""Nouns by which a text goes on to call a body that it has named."""
_BEFORE_A_NAME = re.compile(r"\s(?:of|in|for|at|from|on)\s")
_NAMED = frozenset({SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})


def is_voice(source: Source) -> bool:
    """Whether somebody speaks for a body: its head, named, or a spokesman, named or not."""
    role = _role(source)
    if source.kind not in _NAMED or role & _FORMER:
        return False
    return bool(role & _SPOKES) or (source.kind == SourceKind.NAMED_PERSON and bool(role & _HEADS))


def bodies(source: Source) -> list[str]:
    """The groups that somebody's article ties them to; a state has many voices."""
    return [a.name for a in source.affiliations if not a.former and state_of(a.name) is None]


def speaks_for(source: Source, body: str, said: str) -> float:
    """How sure a voice is that of a body which another article names for the claim, by the words of its role;
    ``said``: what its own article says, folded. Nought where nothing shows it."""
    role, nouns = _role(source), _nouns(body)
    called = {"ministry" if word == "minister" else word for word in role} & COLLECTIVE
    if called & nouns:
        beside = role - _SPOKES - _HEADS - _BESIDE - called
        other = set(folded(body).split()) - nouns
        return LIKELY if not beside or not other or beside & other else 0.0
    if called or bodies(source) or role - _SPOKES - _ANY_BODY_S - _BESIDE:
        return 0.0
    return POSSIBLE if _is_plain(body) or _is_about(said, body) else 0.0


def is_plain(source: Source) -> bool:
    """Whether this is a body of its own by a plain noun, so that its article has its name elsewhere: "the company"."""
    return source.kind == SourceKind.NAMED_GROUP and _is_plain(source.name)


def stands_for(name: str, said: str) -> float:
    """How sure "the company" of an article is what another one calls by this name: where the article names it, too."""
    return POSSIBLE if _is_about(said, name) else 0.0


def _is_about(said: str, name: str) -> bool:
    """Whether an article names this body, which is no state, ministry, army or party."""
    if name == name.lower() or category_of(name) in NO_FIRMS or state_of(name) is not None:
        return False
    return f" {folded(name)} " in f" {said} "


def _is_plain(name: str) -> bool:
    return name == name.lower() and bool(_nouns(name) & _ONE_S_OWN)


@lru_cache(maxsize=10_000)
def _nouns(name: str) -> frozenset[str]:
    """The noun that says what kind of body this is: "hospital" of "St Anne's Hospital", "court" of "court in Marl"."""
    words = folded(_BEFORE_A_NAME.split(name)[0]).split()
    return frozenset(words[-1:]) | (frozenset(words) & {"police"})


def _role(source: Source) -> frozenset[str]:
    return frozenset(folded(source.role or source.name).split())
