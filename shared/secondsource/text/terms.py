"""Stems and how rare they are: the terms by which claims are compared and found."""

import json
import math
import re
from functools import cache, lru_cache
from importlib import resources

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NUMBER = re.compile(r"^\d[\d,.]*\d$|^\d$")

STOP = frozenset(
    "a an the and or but if of to in on at by for with from as is are was were be been being am do does did has have "
    "had having it its this that these those he she they them his her their we us our you your i me my who whom whose "
    "which what when where why how not no nor so than then there here also just only very more most much many some "
    "any all each other another such own same too can could will would shall should may might must about into over "
    "after before under between out up down off again further once during while because until against both few s t "
    "said say says according told reported report reports new one two mr mrs ms dr".split()
)


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball English stem of one word, case folded, apostrophes cut."""
    low = re.sub(r"['’]s?$", "", word.casefold())
    return str(_stemmer().stemWord(low))


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def stems(text: str) -> list[str]:
    """Content stems of a text in order, without stop words and numbers."""
    return [stem(w) for w in words(text) if not _is_stop(w) and not _NUMBER.match(w) and len(w) > 1]


def _is_stop(word: str) -> bool:
    """Whether a word carries no content: a stop word, also contracted ("didn't", "it's", and "n't" on its own)."""
    low = word.casefold().replace("’", "'")
    if low in STOP or low.endswith("n't") or low == "nt":
        return True
    bare, mark, _ = low.partition("'")
    return bool(mark) and (not bare or bare in STOP)


@cache
def _table() -> tuple[int, dict[str, int]]:
    data = json.loads(resources.files("secondsource.text").joinpath("data/document_frequency.json").read_text("utf-8"))
    return int(data["documents"]), data["stems"]


@lru_cache(maxsize=50_000)
def rarity(term: str) -> float:
    """Inverse document frequency of a stem, ln((N + 1) / (df + .5)), by the table that ships."""
    documents, table = _table()
    return math.log((documents + 1) / (table.get(term, 0) + 0.5))


def overlap(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """Rarity-weighted (cosine, containment in the smaller) of two sets of stems, each 0..1."""
    common = a & b
    if not common:
        return 0.0, 0.0
    (squares_a, sum_a), (squares_b, sum_b) = _weight(a), _weight(b)
    shared = sum(rarity(t) ** 2 for t in common)
    return shared / math.sqrt(squares_a * squares_b), sum(rarity(t) for t in common) / min(sum_a, sum_b)


@lru_cache(maxsize=10_000)
def _weight(terms: frozenset[str]) -> tuple[float, float]:
    """The squares of the rarities summed, and the rarities: of a set that is compared with hundreds of others."""
    return sum(rarity(t) ** 2 for t in terms), sum(rarity(t) for t in terms)


def telling(terms: frozenset[str], cosine: float) -> list[str]:
    """The rarest of these terms, so many that any set with this ``cosine`` or a higher one shares at least one.

    The others weigh too little together: by Cauchy and Schwarz, sets that share those alone stay below it. (The prefix
    of Bayardo, Ma, Srikant, "Scaling up all pairs similarity search", WWW 2007.)
    """
    ranked = sorted(terms, key=lambda term: (-rarity(term), term))
    left = sum(rarity(term) ** 2 for term in ranked)
    enough = left * cosine**2 * (1 - _ROUNDING)
    for n, term in enumerate(ranked):
        if left < enough:
            return ranked[:n]
        left -= rarity(term) ** 2
    return ranked


_ROUNDING = 1e-9
"""Sums in another order differ by less."""
