"""What people are, which is no name of an actor: their nationality, religion, ethnicity, age, sex.

Nobody has a stake because of what they are, so no tie is ever matched by these words, and the register refuses them.
"""

from functools import cache
from importlib import resources

from secondsource.text.naming import normal

_GROUP = frozenset(
    "people peoples person persons folk folks community communities population populations nation nations national "
    "nationals citizen citizens society group groups minority minorities majority faith faithful believer believers "
    "generation generations".split()
)
_SAYING_WHICH = frozenset(
    "young younger old older aged middle senior black white brown indigenous gay straight".split()
)
"""Words that say what people are only beside one of a group: "young people", but Young is a name."""
_BESIDE = frozenset(
    "ethnic native local and or of the all other many most some non east eastern west western north northern south "
    "southern central new".split()
)
_ALSO_NAMES = frozenset(
    "boy christian dane dutch english finn french gay german han irish jain lady male man pole welsh".split()
)
"""Of the list, those that are names of persons, too."""


def is_kind_of_people(name: str, *, of_person: bool = False) -> bool:
    """Whether the name says only what people are: "Russians", "the French", "young women". "Russia" does not.

    ``of_person``: it is said to be a person's, so that Christian Young may be called so.
    """
    words = normal(name).split()
    known = _kinds() - _ALSO_NAMES if of_person else _kinds()
    named = any(word in known for word in words)
    described = any(word in _SAYING_WHICH for word in words) and any(word in _GROUP for word in words)
    only = _kinds() | _GROUP | _SAYING_WHICH | _BESIDE
    return (named or described) and all(word in only for word in words)


@cache
def _kinds() -> frozenset[str]:
    """The words of the list, each also in the plural."""
    text = (resources.files(__package__) / "data" / "peoples.txt").read_text(encoding="utf-8")
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.casefold().split()]
    return frozenset([*words, *(f"{word}s" for word in words)])
