"""Whether two claims say the same: by their words, their sentence vectors and, of headline claims, their stories.

A fact that differs decides against all likeness: another number, another actor, the opposite. A negation, with all else
alike, is a contradiction.
"""

from collections.abc import Mapping
from enum import StrEnum

from secondsource.corpus.identity import another_name
from secondsource.corpus.prints import count, in_common
from secondsource.corpus.story import likeness
from secondsource.model import Facts, Signature
from secondsource.text.states import state_of
from secondsource.text.terms import overlap, rarity, stem, stems
from secondsource.text.vectors import unpack

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


SAME_STORY = 0.42
"""Mean likeness of a report's story with those of a record from which its headline claim is that of the record."""
_TOLD_ALIKE = 0.58
"""Cosine of two stories, or of a claim and the other's story, below which they tell of other things, however many names
they share: what a club, a company or a town is in the news for is a new story every week."""
NEAREST_STORY, AHEAD = 0.38, 0.1
"""A little less will do where no other record is nearly as alike: so much, and so much more than the next."""
COPIED, _SHARE_COPIED, _RUNNER_UP = 8, 0.1, 0.5
"""Prints in common with the reports of a record, some 45 words in a row, and their share of a report's own, from which
a report that no record is like is one of its claim; unless another record has half as many in common with it, as with
a morning's digest."""
ONE_STORY = 0.44
"""Mean likeness of the reports of two records from which both are one record."""
_OTHER_STORY = 0.3
"""Mean likeness below which even the same words head two stories: "a man was shot dead on Monday"."""
_CLOSE = 0.8
"""Cosine from which two claims are about the same thing, so that their facts may be held against each other."""
_SAME_WORDS = 0.8
"""The same by the words they share: the mean of cosine and containment."""
_OF_A_KIND, _OF_A_KIND_IN_WORDS = 0.5, 0.3
"""The same for whom two headline claims tell of, as less is known of the other claims' articles: one newsroom puts all
appointments, recalls and accidents in the same words."""
_TELLING_NAME = 6.0
"""Rarity from which a stem of a name tells whom it means: one in 400 texts."""
_ONE_EVENT = 0.65
"""Likeness of two stories from which they are of one event."""
_TOLL = frozenset(
    stem(word)
    for word in "kill killed die died dead death toll injured hurt wounded missing arrested detained evacuated "
    "displaced homeless infected victims casualties survivors".split()
)
_PARAPHRASE = 0.78
"""Cosine from which two claims that share few words say the same."""
_PARAPHRASE_WORDS = 0.34
"""What they must share even then: rarity-weighted, the mean of cosine and containment."""
_ANSWERS = 0.8
_ANSWERS_IN_WORDS, _WORDS_OF_ANSWER = 0.66, 0.25
"""Cosine from which a record answers a question, and from which it does when so many words are shared."""
_FAR = 0.45
"""Cosine below which two claims of the same words do not say the same."""
_SYMMETRIC = frozenset(
    stem(word)
    for word in "meet met ally allied alliance agree agreement marry merge talk negotiate join unite pact deal play "
    "fight fought face clash compete differ".split()
)
"""What A does with B as much as B with A."""


def relate(claim: Signature, record: Signature) -> tuple[Relation, float]:
    """What a claim is to a claim record, and how near they are, 0..1.

    Headline claims of one story are the same also where they are put quite differently; unless, where they are about
    the same thing, a fact differs.
    """
    near = float(unpack(claim.vector) @ unpack(record.vector))
    relation, score = _by_words(claim.facts, record.facts, near)
    another = relation is not Relation.OTHER and (_of_somebody_else(claim, record) or _of_others(claim, record))
    if another:
        relation = Relation.OTHER
    if claim.story is None or record.story is None:
        return relation, score
    alike = likeness(claim.story, record.story)
    if relation is not Relation.OTHER:
        return (relation if alike >= _OTHER_STORY else Relation.OTHER), alike
    if another or alike < SAME_STORY or differ(claim, record) or not told_alike(claim, record):
        return Relation.OTHER, alike
    return Relation.SAME, alike


def nearest(claim: Signature, records: Mapping[str, Signature]) -> tuple[str, float] | None:
    """The record whose story is most like the claim's, where that is far ahead of all others and no fact differs."""
    if claim.story is None:
        return None
    alike = sorted((-likeness(claim.story, r.story), i) for i, r in records.items() if r.story is not None)
    if not alike or -alike[0][0] < NEAREST_STORY:
        return None
    record = records[alike[0][1]]
    if differ(claim, record) or not told_alike(claim, record):
        return None
    if len(alike) > 1 and alike[1][0] - alike[0][0] < AHEAD:
        return None
    return alike[0][1], -alike[0][0]


def copied(claim: Signature, records: Mapping[str, Signature]) -> tuple[str, float] | None:
    """The record with whose reports the claim's has most wording in common, where that is much and no fact differs.

    Who copies half a page of a report reports the same, also where the page begins with something else; but a notice
    that stands under all crime reports of a newsroom is no report, and the stories have to be alike at all.
    """
    if claim.story is None:
        return None
    shared = sorted(
        (
            (in_common(claim.story.prints, record.story.prints), i)
            for i, record in records.items()
            if record.story is not None
            and not differ(claim, record)
            and likeness(claim.story, record.story) >= _OTHER_STORY
        ),
        reverse=True,
    )
    if not shared or shared[0][0] < max(COPIED, _SHARE_COPIED * count(claim.story.prints)):
        return None
    (most, found), *others = shared
    if others and others[0][0] > _RUNNER_UP * most:
        return None
    return found, most / count(claim.story.prints)


def answers(asked: Signature, record: Signature) -> tuple[Relation, float]:
    """What a claim record is to a sentence that somebody asks about, and how near it is, 0..1.

    Who asks wants what has been said of the matter in whatever words, and sees it; so less has to be in common than
    for a claim that is counted with a record.
    """
    relation, score = relate(asked, record)
    if relation is not Relation.OTHER or _differ(asked.facts, record.facts):
        return relation, score
    near = float(unpack(asked.vector) @ unpack(record.vector))
    _, words = compare(asked.facts, record.facts)
    if near < _ANSWERS and (near < _ANSWERS_IN_WORDS or words < _WORDS_OF_ANSWER):
        return Relation.OTHER, near
    return _by_negation(asked.facts, record.facts), near


def differ(a: Signature, b: Signature) -> bool:
    """Whether two records that are about the same thing state another fact of it."""
    near = float(unpack(a.vector) @ unpack(b.vector))
    _, words = compare(a.facts, b.facts)
    if (near >= _CLOSE or words >= _SAME_WORDS) and _differ(a.facts, b.facts, counted_on=_counted_on(a, b)):
        return True
    said = _said(a.facts, b.facts)
    if a.story is None or b.story is None:
        return (near >= _CLOSE or said >= _SAME_WORDS) and _of_somebody_else(a, b)
    of_a_kind = near >= _OF_A_KIND or said >= _OF_A_KIND_IN_WORDS
    return (of_a_kind and _of_somebody_else(a, b)) or _of_others(a, b)


def told_alike(a: Signature, b: Signature) -> bool:
    """Whether two stories lie close as vectors, or one of the claims that head them and the other's story.

    Their likeness alone is not enough: half of it are words in common, and of two short articles on one company these
    are its name, its people and what is always said of it.
    """
    if a.story is None or b.story is None:
        return False
    one, other = unpack(a.story.vector), unpack(b.story.vector)
    return (
        max(float(x @ y) for x, y in ((one, other), (one, unpack(b.vector)), (other, unpack(a.vector)))) >= _TOLD_ALIKE
    )


def _of_others(a: Signature, b: Signature) -> bool:
    """Whether each of two headline claims tells much the same of somebody or something that the other does not name."""
    if a.story is None or b.story is None or _said(a.facts, b.facts) < _OF_A_KIND_IN_WORDS:
        return False
    return any(another_name(one, other) for one in _named_alone(a, b) for other in _named_alone(b, a))


def _named_alone(signature: Signature, other: Signature) -> list[str]:
    """The stems of a claim's names that stand in no beginning of the other's article, as far as is known."""
    return [t for t in signature.facts.actors if rarity(t) >= _TELLING_NAME and not _stands_in(other, t)]


def _said(a: Facts, b: Facts) -> float:
    """How much of what is said of somebody is said of somebody else, 0..1: by the words, without their names."""
    one, other = (
        frozenset(facts.stems).difference(*(stems(who.name) for who in (facts.doer, facts.done_to) if who))
        for facts in (a, b)
    )
    return sum(overlap(one, other)) / 2


def _of_somebody_else(a: Signature, b: Signature) -> bool:
    """Whether it is another person, body or place that does it, or that it is done to, in claims that are else alike.

    A person may act for a body, and where one article has both names they may be two of one, unless they are states'.
    """
    return any(
        one is not None
        and other is not None
        and one.person == other.person
        and another_name(one.name, other.name)
        and (state_of(one.name) is not None or not (_tells_of(b, one.name) or _tells_of(a, other.name)))
        for one, other in ((a.facts.doer, b.facts.doer), (a.facts.done_to, b.facts.done_to))
    )


def _tells_of(signature: Signature, name: str) -> bool:
    """Whether the rarest word of a name stands in a claim, or in the beginning of its article as far as is known."""
    return _stands_in(signature, max(stems(name), key=rarity, default=""))


def _stands_in(signature: Signature, term: str) -> bool:
    return term in signature.facts.stems or (signature.story is not None and term in signature.story.terms)


def _by_words(a: Facts, b: Facts, near: float) -> tuple[Relation, float]:
    relation, score = compare(a, b)
    if relation is not Relation.OTHER:
        return (relation, (score + near) / 2) if near >= _FAR else (Relation.OTHER, near)
    if near < _PARAPHRASE or score < _PARAPHRASE_WORDS or _differ(a, b):
        return Relation.OTHER, score
    return _by_negation(a, b), (score + near) / 2


def _by_negation(a: Facts, b: Facts) -> Relation:
    """What two claims of the same words are: the same, or, where one alone is negated, the contrary.

    Contrary only where what the one says is not so is in the other: "was not captured" and "was captured", but not
    "he had not lived there for years" and "he was charged there".
    """
    if a.says_no != b.says_no:
        # "lacked a licence" is "had no licence", and not "had a licence"
        return Relation.SAME if (a.negated != a.says_no) == (b.negated != b.says_no) else Relation.OTHER
    if a.negated == b.negated:
        return Relation.SAME
    negated, other = (a, b) if a.negated else (b, a)
    if negated.denied is not None:
        if set(negated.denied) & set(other.denied or ()):
            return Relation.SAME  # "she said that it would not", "it will not"
        if not set(negated.denied) & set(other.stems):
            return Relation.OTHER
    return Relation.CONTRADICTS


def _differ(a: Facts, b: Facts, counted_on: bool = False) -> bool:
    """Whether a fact tells two claims about the same thing apart; ``counted_on``: whether another number does not."""
    sa, sb = frozenset(a.stems), frozenset(b.stems)
    return _opposite(sa, sb) or (not counted_on and _other_number(a, b)) or _swapped(a, b)


def _counted_on(a: Signature, b: Signature) -> bool:
    """Whether two headline claims count the victims of one event: twelve dead at noon are nineteen at night."""
    if a.story is None or b.story is None or likeness(a.story, b.story) < _ONE_EVENT:
        return False
    return all(_TOLL.intersection(s.facts.stems) for s in (a, b))


def _opposite(a: frozenset[str], b: frozenset[str]) -> bool:
    return any(_AGAINST.get(term, frozenset()) & (b - a) for term in a - b)


def _other_number(a: Facts, b: Facts) -> bool:
    return bool(a.numbers and b.numbers) and not set(a.numbers) & set(b.numbers)


def _swapped(a: Facts, b: Facts) -> bool:
    """Whether the one says of A and B what the other says of B and A."""
    if not (a.agents and b.agents) or frozenset(a.stems) & frozenset(b.stems) & _SYMMETRIC:
        return False
    return set(a.agents) <= set(b.actors) and set(b.agents) <= set(a.actors) and not set(a.agents) & set(b.agents)


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
    if _differ(a, b):
        return Relation.OTHER, score
    return _by_negation(a, b), score
