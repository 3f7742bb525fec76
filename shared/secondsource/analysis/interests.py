"""Interests: whether the sources of an article have a stake in its claims, by what the article itself shows.

What it states of actors (``relations``), where each source stands before each claim (``stands``), and what the two make
together, which ``weighing`` decides; with other articles and the register it decides again.
"""

from collections.abc import Iterable

from spacy.tokens import Doc

from secondsource.analysis.accusations import Accused
from secondsource.analysis.actors import actors_of
from secondsource.analysis.claims import Statement
from secondsource.analysis.conflicts import conflicts
from secondsource.analysis.dealings import dealings
from secondsource.analysis.draft import Draft, Unstated
from secondsource.analysis.entities import names_of
from secondsource.analysis.motives import motives
from secondsource.analysis.positions import Setting, Stand, positions
from secondsource.analysis.quotes import Quote
from secondsource.analysis.sides import sides
from secondsource.analysis.stated import Stated
from secondsource.analysis.states import states
from secondsource.model import Source

__all__ = ["Stand", "Stated", "relations", "stands"]

MOST_RELATIONS = 200
"""Relations kept of an article."""


def relations(doc: Doc, drafts: Iterable[Draft] = ()) -> list[Stated]:
    """All that the article states of its actors as a fact; not what its sources only deny, doubt or ask."""
    names, actors = names_of(doc), actors_of(doc)
    found = [*states(doc, names), *sides(doc, actors), *conflicts(doc, actors), *dealings(doc, actors)]
    unstated = Unstated(doc, drafts)
    return [r for r in found if r.words not in unstated][:MOST_RELATIONS]


def stands(
    doc: Doc,
    statements: Iterable[Statement],
    sources: dict[str, Source],
    of_draft: list[str | None],
    drafts: list[Draft],
    marks: tuple[Quote, ...],
    known: Iterable[Stated],
) -> list[list[Stand]]:
    """For each claim, where every source that carries or disputes it stands."""
    actors = actors_of(doc)
    said = motives(doc, actors, drafts, of_draft, sources)
    claims = list(statements)
    accused = Accused(doc, actors)
    for s in claims:
        accused.by_claim(s, sources, of_draft)
    of: dict[str, list[Stated]] = {}
    for r in known:
        of.setdefault(r.holder.key, []).append(r)
    setting = Setting(doc, actors, sources, of_draft, drafts, marks, accused, said, of)
    return [positions(setting, s) for s in claims]
