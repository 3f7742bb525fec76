"""The tagger's second opinion on the kinds of sources, heard where it is surer than rules can be."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from secondsource.analysis.draft import Draft, Range
from secondsource.analysis.entities import names_of
from secondsource.analysis.gathering import NOT_TOLD
from secondsource.analysis.names import BODY_ROLES, category_of
from secondsource.analysis.pronouns import PLURAL, THING
from secondsource.analysis.resolved import Resolved
from secondsource.analysis.tagging import kind_at
from secondsource.language.tagger import Tags
from secondsource.model import UNNAMED, AffiliationCategory, Anonymity, SourceKind

Named = Mapping[str, Iterable[Range]]
"""Whom a draft names, by their keys, and the words that do."""

_DEFINITE = re.compile(r"(?:the|his|her|their|its|this)\b|[A-Z]\w+['’]s\b", re.IGNORECASE)
_SURE = 0.7
"""From here the tagger's kind goes before that of the rules: chosen on held-out articles, flat from .5 to .9."""
_TAKEN_FOR_BODIES = frozenset({SourceKind.NAMED_GROUP, SourceKind.OUTLET, SourceKind.DOCUMENT})
_WORDS_OF_NAME = 4
_NO_SURNAMES = frozenset(
    "street house palace square hall road park city town united fc afc rovers rangers athletic wanderers county "
    "albion airport station line lines group airways airlines air bank tv radio news online fire ambulance hospital "
    "university college school academy museum theatre gallery club society festival awards trust council police "
    "force".split()
)
"""Last words of what is no person: a seat of government, a club, a line."""
_SURE_OF_PERSON = 0.45
"""… and from here where rules took a lone surname for a body or an outlet, which the model of names invites."""


def second_opinion(known: dict[str, Resolved], named: Iterable[tuple[Draft, Named]], tags: Tags, doc: Doc) -> None:
    """Change the kind of sources that the tagger, over all their mentions, surely sees as another kind.

    ``named``: of each draft the keys in ``known`` of those whom it names, and the words that do.
    """
    starts = [w[0] for w in tags.words]
    surnames = {words[-1] for name in names_of(doc).all if len(words := name.canonical.split()) > 1}
    bodies = {ent.text for ent in doc.ents if ent.label_ == "ORG"} - surnames
    persons = [range(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"]
    told: set[str] = set()
    votes: dict[str, list[int]] = {}
    for d, by_key in named:
        for key, spans in by_key.items():
            if key.startswith(NOT_TOLD) or _body_by_role(d, known[key]):
                continue
            if known[key].kind in UNNAMED and d.source_head is not None and d.source_head.lower_ in PLURAL | THING:
                continue  # "it" and "they" look like a body, and give nobody a name
            for s, e in spans:
                if any(s < p.stop and p.start < e for p in persons):
                    told.add(key)
                votes.setdefault(key, []).extend(range(bisect_left(starts, s), bisect_left(starts, e)))
    for key, seen in votes.items():
        found = known[key]
        if not seen or found.kind == SourceKind.OUTLET_ITSELF:
            continue
        kind, sure = kind_at(tags, seen)
        if kind in ("none", found.kind.value):
            continue
        if kind == "named_person" and found.kind in UNNAMED and not _DEFINITE.match(found.name):
            continue  # "a councillor" stays unnamed, however much like a name's place it looks
        mistaken = kind == "named_person" and found.kind in _TAKEN_FOR_BODIES
        if mistaken and key not in told and not _may_be_person(found.name, bodies):
            continue  # whoever speaks looks like a person to the tagger
        if sure < (_SURE_OF_PERSON if mistaken else _SURE):
            continue
        found.kind = SourceKind(kind)
        if found.kind in (SourceKind.NAMED_PERSON, SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.POLL):
            found.anonymity = None
        elif found.kind in (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP) and found.anonymity is None:
            found.anonymity = Anonymity(grade="general", description=found.name)


def _may_be_person(name: str, bodies: set[str]) -> bool:
    """Whether a name that rules take for a body's can be a person's: no lone word that the model takes so, too."""
    words = name.split()
    if len(words) == 1 and name in bodies:
        return False
    return (
        len(words) <= _WORDS_OF_NAME
        and all(word[:1].isupper() and word.replace("-", "").replace(".", "").isalpha() for word in words)
        and category_of(name) == AffiliationCategory.OTHER
        and words[-1].lower() not in _NO_SURNAMES
    )


def _body_by_role(d: Draft, found: Resolved) -> bool:
    """Whether a body is called by what a person may be as well, "its owner, Blue Line", which the tagger hears."""
    head = d.source_head
    return head is not None and head.lemma_.lower() in BODY_ROLES and found.kind in _TAKEN_FOR_BODIES
