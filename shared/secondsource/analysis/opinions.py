"""The tagger's second opinion on the kinds of sources, heard where it is surer than rules can be."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from secondsource.analysis.draft import Range
from secondsource.analysis.resolved import Resolved
from secondsource.analysis.tagging import kind_at
from secondsource.language.tagger import Tags
from secondsource.model import Anonymity, SourceKind

Named = Mapping[str, Iterable[Range]]
"""Whom a draft names, by their keys, and the words that do."""

_DEFINITE = re.compile(r"(?:the|his|her|their|its|this)\b|[A-Z]\w+['’]s\b", re.IGNORECASE)
_NO_NAMES = frozenset({SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
_SURE = 0.7
"""From here the tagger's kind goes before that of the rules: chosen on held-out articles, flat from .5 to .9."""
_TAKEN_FOR_BODIES = frozenset({SourceKind.NAMED_GROUP, SourceKind.OUTLET, SourceKind.DOCUMENT})
_SURE_OF_PERSON = 0.45
"""… and from here where rules took a lone surname for a body or an outlet, which the model of names invites."""


def second_opinion(known: dict[str, Resolved], named: Iterable[Named], tags: Tags) -> None:
    """Change the kind of sources that the tagger, over all their mentions, surely sees as another kind.

    ``named``: of each draft the keys in ``known`` of those whom it names, and the words that do.
    """
    starts = [w[0] for w in tags.words]
    votes: dict[str, list[int]] = {}
    for key, words in (item for by_key in named for item in by_key.items()):
        if not key.startswith("pronoun:"):
            for s, e in words:
                votes.setdefault(key, []).extend(range(bisect_left(starts, s), bisect_left(starts, e)))
    for key, seen in votes.items():
        found = known[key]
        if not seen or found.kind == SourceKind.OUTLET_ITSELF:
            continue
        kind, sure = kind_at(tags, seen)
        if kind in ("none", found.kind.value):
            continue
        if kind == "named_person" and found.kind in _NO_NAMES and not _DEFINITE.match(found.name):
            continue  # "a councillor" stays unnamed, however much like a name's place it looks
        mistaken = kind == "named_person" and found.kind in _TAKEN_FOR_BODIES
        if sure < (_SURE_OF_PERSON if mistaken else _SURE):
            continue
        found.kind = SourceKind(kind)
        if found.kind in (SourceKind.NAMED_PERSON, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.POLL):
            found.anonymity = None
        elif found.kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and found.anonymity is None:
            found.anonymity = Anonymity(grade="general", description=found.name)
