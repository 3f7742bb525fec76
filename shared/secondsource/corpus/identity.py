"""Whether two names in two articles are one source: people, groups and outlets, however newsrooms spell them."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from secondsource.analysis import outlets
from secondsource.analysis.names import PERSON_ROLES
from secondsource.text.naming import SPELT_ALIKE, same_first_name
from secondsource.text.states import state_of

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady prof rev col lt gen capt sgt cpl maj sen rep gov st state deputy senior "
    "chief former acting prime vice".split()
)
_TAIL = re.compile(r"\s+(?:who|which|whose|that|told|via|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$", re.IGNORECASE)
_THE = re.compile(r"^(?:the|a|an)\s+")
_A_DOT = re.compile(r"\s*A\.\s*\w")
"""The initial of an Anna, which without its dot is taken for an article."""
_INITIALS = re.compile(r"^([A-Z])(?:(?:\.\s?[A-Z])+\.\s?|[A-Z]\s)(?=\w)")
_MARKS = re.compile(r"[^\w ]+")
_POSSESSIVE = re.compile(r"['’]s\b")

_SHORT = 4
"""Letters below which a word has to be the very same."""


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name in one case, without accents, marks, article and possessive."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if unicodedata.category(c) != "Mn")
    bare = _MARKS.sub("", _POSSESSIVE.sub("", plain.replace("-", " "))).strip()
    return _THE.sub("", re.sub(r"\s+", " ", bare))


@lru_cache(maxsize=50_000)
def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name, without titles, roles and what the parse took with it.

    Of initials only that of the first name is kept: two people of one surname are told apart by it.
    """
    initial = ["a"] if _A_DOT.match(name) else []
    name = _INITIALS.sub(lambda m: m.group(1) + " ", name)  # "J.R. Smith" is J. Smith, and so is "JR Smith"
    bare = [*initial, *_TAIL.sub("", folded(name)).split()]
    words = [w for w in bare if w not in _TITLES and w not in PERSON_ROLES]
    full = tuple(w for w in words if len(w) > 1)
    return (words[0], *full) if full and len(words[0]) == 1 else full


@lru_cache(maxsize=50_000)
def same_person(a: str, b: str) -> float:
    """How sure two people's names name one: 1.0 the same, .85 spelt otherwise, .7 a surname alone, 0 another."""
    one, other = person_words(a), person_words(b)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        alone, full = (one[0], other) if len(one) == 1 else (other[0], one)
        return 0.7 if alone == full[-1] or (len(full) == 1 and _alike(alone, full[0])) else 0.0
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    if full[-len(short) :] == short:
        return 0.85  # with a place or a role before it that is written like a name
    if _alike(one[-1], other[-1]):
        return 0.85 if same_first_name(one[0], other[0]) or _initial(one[0], other[0]) else 0.0
    return 0.85 if sum(any(_alike(w, v) for v in full) for w in short) > 1 else 0.0


@lru_cache(maxsize=50_000)
def same_group(a: str, b: str) -> float:
    """How sure two groups' names name one: 1.0 the same, .7 where one is the end of the other."""
    one, other = folded(a), folded(b)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    return 0.7 if one.endswith(" " + other) or other.endswith(" " + one) else 0.0


_ACRONYM = re.compile(r"(?:the )?(?:[A-Z]\.?){2,6}")
_ALSO = (
    frozenset(("isis", "isil", "is", "daesh", "islamic state", "islamic state group")),
    frozenset(("pentagon", "defense department", "department of defense")),
    frozenset(("fed", "federal reserve")),
    frozenset(("scotland yard", "metropolitan police", "met", "met police")),
    frozenset(("houthis", "houthi", "ansar allah", "ansarullah")),
    frozenset(("barca", "barcelona", "fc barcelona")),
    frozenset(("gaddafi", "qaddafi", "kadhafi")),
    frozenset(("facebook", "meta")),
    frozenset(("google", "alphabet")),
    frozenset(("twitter", "x")),
    frozenset(("tories", "conservatives", "conservative party")),
    frozenset(("gop", "republicans", "republican party")),
    frozenset(("taliban", "islamic emirate", "islamic emirate of afghanistan")),
)
"""Names of one body that have no word in common; from general knowledge."""


@lru_cache(maxsize=50_000)
def another_name(a: str, b: str) -> bool:
    """Whether two names have nothing to do with one another: no word or spelling, no initials, and no known name.

    Capitals and seats of government are their states; a state and what is none may be one: Israel, and its army.
    """
    states = state_of(a), state_of(b)
    if any(states):
        return None not in states and states[0] != states[1]
    if bool(_ACRONYM.fullmatch(a.strip())) != bool(_ACRONYM.fullmatch(b.strip())):
        return False  # which words it stands for is seldom told
    one, other = folded(a), folded(b)
    if any({one, other} <= names for names in _ALSO):
        return False
    if any(w == v or _alike(w, v) for w in one.split() for v in other.split()):
        return False
    return not any(short == "".join(w[0] for w in full.split()) for full, short in ((one, other), (other, one)))


def same_outlet(a: str, b: str) -> bool:
    """Whether two names are one outlet's: "the Mail", "MailOnline"; "the Courier", "The Calvorne Courier"."""
    one, other = outlets.key(a), outlets.key(b)
    if not one or not other:
        return False
    if one == other:
        return True
    if outlets.known(a) and outlets.known(b):
        return False
    return one.endswith(" " + other) or other.endswith(" " + one)


class Names:
    """Names of one kind, each under the first of those that it is a name of: who was met before.

    Names are compared with those alone that have a word in common or nearly so. Comparing each with each took over a
    minute for 150 reports of 28 sources.

    Parameters
    ----------
    same
        How sure two names name one, 0..1.
    filed
        The words of a name, one of which two names of one have in common, or spelt alike.
    """

    def __init__(self, same: Callable[[str, str], float], filed: Callable[[str], Iterable[str]]) -> None:
        self._same, self._filed = same, filed
        self._first: list[str] = []
        self._under: dict[str, list[int]] = {}
        self._spelt: dict[str, list[str]] = {}
        """The words that names are filed under, by their first letters."""
        self._alike: dict[str, tuple[int, list[str]]] = {}
        """Those of them that a word is like, with how many of its letter have been compared."""
        self._found: dict[str, tuple[str, float] | None] = {}

    def add(self, name: str) -> None:
        """Note a name that is none of those known so far."""
        if self._look(name) is not None:
            return
        for word in set(self._filed(name)):
            if word not in self._under:
                self._spelt.setdefault(word[0], []).append(word)
            self._under.setdefault(word, []).append(len(self._first))
        self._first.append(name)
        self._found.clear()

    def find(self, name: str) -> tuple[str, float] | None:
        """The name noted that this one is nearest to, the first of equals, with how sure; None when it is nobody's."""
        if name not in self._found:
            self._found[name] = self._look(name)
        return self._found[name]

    def _look(self, name: str) -> tuple[str, float] | None:
        near: set[int] = set()
        for word in set(self._filed(name)):
            for other in self._like(word):
                near.update(self._under[other])
        sure = [(self._same(name, self._first[n]), -n) for n in near]
        best, minus_n = max(sure, default=(0.0, 0))
        return (self._first[-minus_n], best) if best else None

    def _like(self, word: str) -> list[str]:
        spelt = self._spelt.get(word[0], [])
        compared, like = self._alike.get(word, (0, []))
        like += [other for other in spelt[compared:] if _alike(word, other)]
        self._alike[word] = len(spelt), like
        return like


def people() -> Names:
    """No people's names yet."""
    return Names(same_person, person_words)


def groups() -> Names:
    """No groups' names yet."""
    return Names(same_group, lambda name: folded(name).split()[-1:])


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    shorter, longer = sorted((len(a), len(b)))
    if shorter < _SHORT or a[0] != b[0] or 2 * shorter < SPELT_ALIKE * (shorter + longer):
        return False
    return _spelt_alike(*sorted((a, b)))


@lru_cache(maxsize=200_000)
def _spelt_alike(a: str, b: str) -> bool:
    """In the order of the alphabet, for the ratio is another one the other way round."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= SPELT_ALIKE and matcher.ratio() >= SPELT_ALIKE


def _initial(a: str, b: str) -> bool:
    """Whether one of two first names can be the initial of the other."""
    return min(len(a), len(b)) == 1 and a[0] == b[0]
