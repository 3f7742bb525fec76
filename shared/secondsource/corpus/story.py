"""The story of an article: what its headline claim is found and compared by, beside its own words.

A headline claim is seldom put alike in two reports, but the reports tell the same story: their beginnings lie close
together as vectors, and the same rare stems stand in them. Both likenesses count alike;
docs/matching.md says how well that does.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from secondsource.corpus.prints import prints, together
from secondsource.model import Story
from secondsource.text.terms import rarity, stems
from secondsource.text.vectors import pack, unpack

BEGINNING = 2500
"""Code points of an article in which its story is told; what follows is background."""
_LEAD = 400
_LEAD_BONUS = 1.5
"""Stems of the lead count for half as much again."""
_TERMS = 60
"""Stems kept of a story; of a record's mean, twice as many."""
_RAREST = 9.0
"""A stem rarer than one in 8,000 texts tells no more than that: it may be a misspelt one."""

_TELLING = 25
INDEXED = 7
"""Stems of a story that make index keys: 21 pairs, with six of the claim itself and four prints, for one claim an
article."""
_INDEX_RAREST = 5.0
"""For the index all stems rarer than one in 150 texts are alike: what two reports share is seldom the rarest of all."""


def opening(title: str | None, text: str) -> str:
    """What is read of an article for its story: its title and beginning."""
    return f"{title}\n{text}"[:BEGINNING] if title else text[:BEGINNING]


def story(title: str | None, text: str, vector: np.ndarray) -> Story:
    """The story of an article; ``vector`` is the sentence vector of its ``opening``."""
    weights = _weights(opening(title, text), _RAREST)
    kept = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_TERMS])
    return Story(vector=pack(vector), terms=_unit(kept), prints=prints(opening(title, text)))


def index_terms(title: str | None, text: str) -> list[str]:
    """The stems of the story that make index keys, most telling first."""
    weights = _weights(opening(title, text), _INDEX_RAREST)
    return sorted(weights, key=lambda term: (-weights[term], term))[:INDEXED]


def telling(title: str | None, text: str) -> list[str]:
    """The stems by which a sentence is known to tell the story."""
    weights = _weights(opening(title, text), _INDEX_RAREST)
    return sorted(weights, key=lambda term: (-weights[term], term))[:_TELLING]


def pairs(terms: Sequence[str]) -> list[str]:
    """The index keys of these stems: every two of them."""
    return [f"{a}~{b}" for a, b in combinations(sorted(set(terms)), 2)]


def likeness(a: Story, b: Story) -> float:
    """How much two stories are alike, 0..1: the mean of the cosines of their vectors and of their terms.

    Where one is a record's, it is the mean likeness with the record's reports (average link).
    """
    vectors = float(unpack(a.vector) @ unpack(b.vector)) * a.length * b.length
    few, many = (a.terms, b.terms) if len(a.terms) <= len(b.terms) else (b.terms, a.terms)
    shared = sum(weight * many.get(term, 0.0) for term, weight in few.items())
    return min(1.0, max(0.0, vectors + shared) / 2)


def mean(stories: Sequence[Story]) -> Story | None:
    """What a claim record's reports have in common; None when there are none."""
    if not stories:
        return None
    vectors = np.mean([unpack(s.vector) * s.length for s in stories], axis=0)
    length = float(np.linalg.norm(vectors))
    terms: Counter[str] = Counter()
    for s in stories:
        for term, weight in s.terms.items():
            terms[term] += weight / len(stories)  # type: ignore[assignment]
    kept = dict(sorted(terms.items(), key=lambda item: (-item[1], item[0]))[: 2 * _TERMS])
    # Of vectors that cancel each other out nothing is left to point anywhere: any one does, at length nought.
    vector = pack(vectors) if length > 0 else stories[0].vector
    return Story(
        vector=vector,
        length=round(length, 4),
        terms={t: round(w, 4) for t, w in kept.items()},
        prints=together([s.prints for s in stories]),
    )


def _weights(text: str, rarest: float) -> dict[str, float]:
    """Root of the count, times rarity, with a bonus for the lead."""
    counts = Counter(stems(text))
    lead = set(stems(text[:_LEAD]))
    return {
        term: n**0.5 * min(rarity(term), rarest) * (_LEAD_BONUS if term in lead else 1.0) for term, n in counts.items()
    }


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
    return {term: round(weight / length, 4) for term, weight in weights.items()}
