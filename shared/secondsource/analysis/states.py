"""States and what is called after them: "Israeli" is of Israel, "the U.S." is the United States.

Only the word for the state's own bodies and officials is meant by it: a nationality ties nobody to anything.
"""

from spacy.tokens import Doc

from secondsource.analysis.entities import Name, Names
from secondsource.analysis.names import category_of
from secondsource.analysis.stated import Stated
from secondsource.model import AffiliationCategory, RelationType

_IRREGULAR = {
    "french": "france",
    "dutch": "netherlands",
    "spanish": "spain",
    "danish": "denmark",
    "greek": "greece",
    "swiss": "switzerland",
    "thai": "thailand",
    "welsh": "wales",
    "polish": "poland",
    "british": "united kingdom",
    "uk": "united kingdom",
    "u k": "united kingdom",
    "britain": "united kingdom",
    "us": "united states",
    "u s": "united states",
    "usa": "united states",
    "american": "united states",
    "america": "united states",
    "washington": "united states",
    "kremlin": "russia",
    "white house": "united states",
    "moscow": "russia",
    "beijing": "china",
    "tehran": "iran",
}
_BODIES = frozenset({AffiliationCategory.GOVERNMENT, AffiliationCategory.MILITARY})
_SAME = 4
"""Letters that an adjective shares with its state's name."""
_LONGER = 4
"""Letters that may follow them."""


def states(doc: Doc, names: Names) -> list[Stated]:
    """For each name that is a state's adjective or other name: that it is of that state, if the article names it."""
    named: dict[str, Name] = {}
    adjectives: dict[str, tuple[Name, int]] = {}
    for n in names.all:
        start, end = n.mentions[0]
        kinds = {doc[i].ent_type_ for s, e in n.mentions for i in range(s, e)}
        if "GPE" in kinds:
            named.setdefault(n.key, n)
        if n.key in _IRREGULAR or ("NORP" in kinds and end - start == 1):
            adjectives.setdefault(n.key, (n, start))
    found: list[Stated] = []
    for key, (n, at) in adjectives.items():
        full = named.get(_IRREGULAR.get(key, "")) or next(
            (
                state
                for other, state in named.items()
                if other != key
                and " " not in other
                and key[:_SAME] == other[:_SAME]
                and len(key) >= _SAME
                and abs(len(key) - len(other)) <= _LONGER
            ),
            None,
        )
        if full is None and key in _IRREGULAR:
            full = Name(_IRREGULAR[key].title())
        if full is not None and full.key != key:
            words = (doc[at].idx, doc[at].idx + len(doc[at]))
            found.append(Stated(n, RelationType.MEMBER_OF, full, words, f"{n.canonical} is of {full.canonical}"))
    for n in names.all:
        state = next((x for k, x in named.items() if n.key.startswith(k + " ") and x is not n), None)
        if state is not None and not n.person and category_of(n.canonical) in _BODIES:
            start = n.mentions[0][0]
            words = (doc[start].idx, doc[start].idx + len(doc[start]))
            found.append(Stated(n, RelationType.MEMBER_OF, state, words, f"{n.canonical} is of {state.canonical}"))
    return found
