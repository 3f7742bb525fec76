"""What an article states of two actors, in the making."""

from dataclasses import dataclass

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name
from secondsource.model import RelationType
from secondsource.text.naming import normal


@dataclass(frozen=True)
class Stated:
    """A relation that the article states, with the words that show it, in code points of the parsed text.

    ``other``: a name of the article, or in plain words what is sought or run for.
    """

    holder: Name
    type: RelationType
    other: Name | str
    words: Range
    shows: str

    @property
    def other_name(self) -> str:
        """What the other is called."""
        return self.other if isinstance(self.other, str) else self.other.canonical

    @property
    def other_key(self) -> str:
        """The form in which the other's name is compared."""
        return normal(self.other_name)
