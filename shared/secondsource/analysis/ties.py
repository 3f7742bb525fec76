"""Ties: which groups a source speaks for."""

import re
from typing import NamedTuple

from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name, Names
from secondsource.analysis.names import SPOKES_ROLES, category_of
from secondsource.model import AffiliationCategory, Source, SourceKind

_THEMSELVES = frozenset({SourceKind.NAMED_GROUP, SourceKind.NAMED_PERSON})
_MEMBERS = frozenset({SourceKind.NAMED_PERSON, SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})


class Tie(NamedTuple):
    """A group that a source speaks for, how surely, and the words that show it."""

    group: Name
    strength: float
    words: Range | None


def ties_of(source: Source, names: Names) -> list[Tie]:
    """The groups a source speaks for: itself, and those that its role gives it a voice for."""
    found: list[Tie] = []
    if source.kind in _THEMSELVES:
        own = names.by_text(source.name) or Name(source.name)
        found.append(Tie(own, 1.0, source.mentions[0] if source.mentions else None))
    role = role_words(source)
    spokes = bool(role & SPOKES_ROLES or {w.rstrip("s") for w in role} & SPOKES_ROLES)
    for a in source.affiliations:
        if a.former or (source.kind in _MEMBERS and not spokes and a.strength >= 1):
            continue
        if AffiliationCategory.ACADEMIC in (a.category, category_of(a.name)):
            continue  # an expert's university is no tie to what the expert speaks about
        name = names.by_text(a.name) or Name(a.name)
        if all(name is not tie.group for tie in found):
            found.append(Tie(name, a.strength, a.span))
    return found


def role_words(source: Source) -> set[str]:
    """The words of a source's role: "campaign spokesman for the north"."""
    return set(re.findall(r"[a-z-]+", (source.role or "").lower()))
