"""Which elements of a page are open: where an end tag finds its start, and what is open too deep to be written."""

from collections import Counter
from collections.abc import Collection, Sequence

from secondsource.text import tags

_TABLE = frozenset(["table"])


def place_of(open_elements: Sequence[str], names: Collection[str], fence: frozenset[str]) -> int | None:
    """Place of the innermost open element of these names, unless one of the fence is open within it."""
    if not any(name in open_elements for name in names):
        return None
    for place in range(len(open_elements) - 1, -1, -1):
        if open_elements[place] in names:
            return place
        if open_elements[place] in fence:
            return None
    return None


def barrier(tag: str) -> frozenset[str]:
    """The open elements that an end tag of this name does not reach across."""
    if tag in tags.TABLE_PARTS:
        return _TABLE
    if tag in tags.NOT_SHOWN:
        return frozenset()  # what is left open in an element that is not shown must not hide what follows it
    return tags.SCOPE if tag in tags.BLOCK or tag in tags.SCOPE else tags.BLOCK | tags.SCOPE


class Beyond:
    """Open elements that are too deep to be written: how many of each name, and the hidden one among them."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.all = self.blocks = self.asides = self.foreign = 0
        self.hidden: tuple[str, int] | None = None

    def add(self, tag: str, hidden: bool) -> None:
        self._count(tag, 1)
        if hidden:
            self.hidden = (tag, self.names[tag])

    def remove(self, tag: str) -> None:
        if self.hidden == (tag, self.names[tag]):
            self.hidden = None
        self._count(tag, -1)

    def leave_foreign(self) -> None:
        for tag in tags.FOREIGN:
            while self.names[tag]:
                self.remove(tag)

    def _count(self, tag: str, by: int) -> None:
        self.names[tag] += by
        self.all += by
        self.blocks += by * (tag in tags.BLOCK)
        self.asides += by * (tag in tags.ASIDE)
        self.foreign += by * (tag in tags.FOREIGN)
