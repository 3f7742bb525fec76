"""A made-up corpus of any size: stories, their reports, and what the reports claim, in the stems of the shipped table.

What is measured on the bundled stories and kept to here: eleven claims a report, five or six stems a claim, most claims said by
one report alone (``tests.bench.index`` prints the sizes). What is made up: how many reports a story has, how many words
two reports of a claim share, and how often a name is in the news. Same seed, same corpus.
"""

import heapq
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

from secondsource.corpus.index_keys import rarest, with_keys
from secondsource.corpus.prints import INDEXED
from secondsource.corpus.story import pairs
from secondsource.model import Facts
from secondsource.services.ids import digest_id
from secondsource.text.terms import STOP, stem

START = datetime(2026, 1, 1, tzinfo=UTC)
STORIES_A_DAY = 100
DAYS_TO_A_REPORT = 1.5
"""Mean time from a story's beginning to a report of it; exponential."""
MOST_REPORTS = 60
"""Reports of a story follow a power law of exponent 2 up to here: half the stories have one, the mean is 2.9."""
CLAIMS = 11
"""Claims of a report, its headline claim among them."""
NEW = 0.7
"""Share of a report's other claims that no report before it has made."""
KEPT = 0.8
"""Share of a claim's stems that the next report of it keeps; so it keeps two thirds of the pairs."""
NAMES = 8
"""Rare stems of a story, which stand in its claims."""
HOT = 40
"""Stems that the table takes for rare and this corpus is full of, as in a year of one war; each story has two of them,
and four of ten stories have the most common one."""
_RARE = 200
"""Documents, of 10,000, in which a name stands at the most."""


class Said(NamedTuple):
    """A claim as one report makes it; ``claim`` is which claim it is in truth."""

    claim: str
    headline: bool
    facts: Facts


class Report(NamedTuple):
    """An article: when it came, its story's number, and what it says."""

    number: int
    story: int
    at: datetime
    said: tuple[Said, ...]


class Story:
    """One story, of which any number of reports can be drawn."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.chance = random.Random(f"{seed} {number}")
        names, weights = _names()
        hot, hot_weights = _hot()
        self.names = [*self.chance.choices(names, cum_weights=weights, k=NAMES)]
        self.names += self.chance.choices(hot, cum_weights=hot_weights, k=2)
        self.claims = [self._claim()]

    def begins(self) -> datetime:
        """When it begins: so many of them a day."""
        return START + timedelta(days=self.number / STORIES_A_DAY)

    def report(self, number: int, at: datetime) -> Report:
        """The next report: its headline claim, claims that others made before, and new ones."""
        known = list(range(1, len(self.claims)))
        repeated = self.chance.sample(
            known, min(len(known), sum(self.chance.random() > NEW for _ in range(CLAIMS - 1)))
        )
        new = range(len(self.claims), len(self.claims) + CLAIMS - 1 - len(repeated))
        self.claims += [self._claim() for _ in new]
        said = [self._said(index) for index in (*repeated, *new)]
        return Report(number, self.number, at, (self._headline(), *said))

    def again(self) -> tuple[Said, ...]:
        """What a fresh report would say of claims that are known: the headline claim, and three others."""
        known = self.chance.sample(range(1, len(self.claims)), min(3, len(self.claims) - 1))
        said = [self._said(index) for index in known]
        return (self._headline(), *said)

    def _claim(self) -> list[str]:
        size = self.chance.randint(4, 7)
        own = self.chance.sample(self.names, self.chance.randint(1, 3))
        return [*own, *_drawn(self.chance, size - len(own))]

    def _put(self, index: int) -> Facts:
        stems = [s if self.chance.random() < KEPT else _drawn(self.chance, 1)[0] for s in self.claims[index]]
        return Facts(stems=tuple(sorted(set(stems))))

    def _said(self, index: int) -> Said:
        return Said(self._id(index), False, with_keys(self._put(index)))

    def _id(self, index: int) -> str:
        return digest_id("clm", str(self.number), str(index))

    def _headline(self) -> Said:
        """Found by its story's stems, of which a report's beginning has most, by its own, and by prints of its wording,
        as corpus.signature; nobody copies anybody here, so that prints cost and find nothing."""
        facts = self._put(0)
        told = [*self.chance.sample(self.names, 5), *_drawn(self.chance, 1)]
        worded = [f"={self.chance.getrandbits(32):08x}" for _ in range(INDEXED)]
        keys = dict.fromkeys([*pairs(told), *pairs(rarest(facts)[:4]), *worded])
        return Said(self._id(0), True, facts.model_copy(update={"keys": tuple(keys)}))


def reports(seed: int, stories: dict[int, Story]) -> Iterator[Report]:
    """Reports without end, in the order of time; ``stories`` is filled with those that have begun."""
    due: list[tuple[datetime, int]] = []
    number = 0
    for begun in range(1_000_000_000):
        story = stories[begun] = Story(begun, seed)
        while due and due[0][0] < story.begins():
            at, which = heapq.heappop(due)
            yield stories[which].report(number, at)
            number += 1
        for _ in range(_reports(story.chance)):
            delay = timedelta(days=story.chance.expovariate(1 / DAYS_TO_A_REPORT))
            heapq.heappush(due, (story.begins() + delay, begun))


@cache
def _power() -> list[float]:
    return list(accumulate(count**-2.0 for count in range(1, MOST_REPORTS + 1)))


def _reports(chance: random.Random) -> int:
    return chance.choices(range(1, MOST_REPORTS + 1), cum_weights=_power())[0]


@cache
def _documents() -> dict[str, int]:
    """In how many of 10,000 documents each stem stands."""
    table = resources.files("secondsource.text").joinpath("data/document_frequency.json")
    stems: dict[str, int] = json.loads(table.read_text("utf-8"))["stems"]
    return stems


@cache
def _vocabulary() -> tuple[list[str], list[int]]:
    """Stems with content, and how many documents have one of those up to here."""
    stops = {stem(word) for word in STOP}
    kept = [(term, n) for term, n in _documents().items() if term.isalpha() and len(term) > 2 and term not in stops]
    return [term for term, _ in kept], list(accumulate(n for _, n in kept))


@cache
def _names() -> tuple[list[str], list[int]]:
    rare = [(term, n) for term, n in _documents().items() if term.isalpha() and len(term) > 3 and 1 < n <= _RARE]
    return [term for term, _ in rare], list(accumulate(n for _, n in rare))


@cache
def _hot() -> tuple[list[str], list[float]]:
    names, _ = _names()
    return names[:: len(names) // HOT][:HOT], list(accumulate(1 / rank for rank in range(1, HOT + 1)))


def _drawn(chance: random.Random, count: int) -> Sequence[str]:
    """Stems as often as the table says."""
    terms, weights = _vocabulary()
    return chance.choices(terms, cum_weights=weights, k=count)
