"""Whether two claims say the same: shared rare terms, the same actors, and no fact that differs."""

from enum import StrEnum

from secondsource.model import Facts
from secondsource.text.terms import overlap, rarity, stem

# Starting values, set on the bundled stories and checked on rumour reports; a sentence-vector check comes on top.
_MIN_COSINE = 0.36
_MIN_CONTAINED = 0.60
_MIN_SHARED = 3
_MIN_SAID_CONTAINED = 0.45
_MIN_SAID_COSINE = 0.25
"""What is said of the actors must agree as well: in a campaign every other sentence has the same two names in it."""


_OPPOSITES = (
    "open close|raise lower|raise cut|rise fall|increase decrease|increase drop|grow shrink|win lose|support oppose|"
    "accept reject|approve reject|approve block|guilty innocent|arrest release|buy sell|gain loss|alive dead|"
    "survive die|enter leave|join leave|advance retreat|allow ban|allow forbid|legal illegal|start stop|begin end|"
    "hire fire|safe unsafe|true false|confirm deny|succeed fail|success failure|strengthen weaken|expand contract"
)
_AGAINST: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.split("|"):
    _one, _other = (stem(word) for word in _pair.split())
    for _a, _b in ((_one, _other), (_other, _one)):
        _AGAINST[_a] = _AGAINST.get(_a, frozenset()) | {_b}
"""What says the opposite of what, by stems: the mill that will close and the mill that will open are two claims."""


class Relation(StrEnum):
    """What a claim is to another one."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    OTHER = "other"


def compare(a: Facts, b: Facts) -> tuple[Relation, float]:
    """The relation of two claims and how near they are, 0..1.

    A different number, another actor, or a negation is not the same claim; with all else equal a negation
    contradicts.
    """
    sa, sb = frozenset(a.stems), frozenset(b.stems)
    cosine, contained = overlap(sa, sb)
    score = (cosine + contained) / 2
    shared = sa & sb
    if len(shared) < _MIN_SHARED or cosine < _MIN_COSINE or contained < _MIN_CONTAINED:
        return Relation.OTHER, score
    actors_a, actors_b = frozenset(a.actors), frozenset(b.actors)
    said_cosine, said_contained = overlap(sa - actors_a, sb - actors_b)
    if said_cosine < _MIN_SAID_COSINE or said_contained < _MIN_SAID_CONTAINED:
        return Relation.OTHER, score
    if actors_a and actors_b:
        common = sum(rarity(t) for t in actors_a & actors_b)
        if common < 0.5 * min(sum(rarity(t) for t in actors_a), sum(rarity(t) for t in actors_b)):
            return Relation.OTHER, score
    if any(_AGAINST.get(t, frozenset()) & (sb - sa) for t in sa - sb):
        return Relation.OTHER, score
    if a.numbers and b.numbers and not set(a.numbers) & set(b.numbers):
        return Relation.OTHER, score
    return (Relation.SAME if a.negated == b.negated else Relation.CONTRADICTS), score
