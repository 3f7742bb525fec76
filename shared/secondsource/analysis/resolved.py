"""A source in the making: what the steps of finding sources hand to each other."""

from dataclasses import dataclass, field

from secondsource.analysis.affiliations import Ties
from secondsource.analysis.cast import Entity
from secondsource.analysis.draft import Range
from secondsource.model import Anonymity, Place, SourceKind


@dataclass
class Resolved:
    """A source in the making.

    ``key``: the same for all that is one source; its first part says how it was found (person, group, role, …).
    ``order``: its number in the order of finding. ``one``: who of a group is named as "one of them".
    """

    key: str
    name: str
    kind: SourceKind
    mentions: set[Range] = field(default_factory=set)
    entity: Entity | None = None
    role: str | None = None
    affiliations: Ties = field(default_factory=dict)
    anonymity: Anonymity | None = None
    place: Place | None = None
    order: int = 0
    one: str | None = None
