"""Sources: who is behind each attribution, one entry a source, with kind, role, affiliation and anonymity.

Coreference is done for sources only: full names and short forms, acronyms, pronouns, role mentions
("the minister"), and groups. Precision first: a pronoun with no fitting antecedent stays what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from secondsource.analysis import outlets
from secondsource.analysis.anonymity import give_reasons, name_later
from secondsource.analysis.citations import MEDIA
from secondsource.analysis.draft import Draft
from secondsource.analysis.names import FIRM, PERSON_ROLES, category_of
from secondsource.analysis.opinions import second_opinion
from secondsource.analysis.resolved import Resolved
from secondsource.analysis.resolving import Resolver
from secondsource.language.parse import text_of
from secondsource.language.tagger import Tags
from secondsource.model import Affiliation, Citation, Source, SourceKind
from secondsource.model import AffiliationCategory as C
from secondsource.text.naming import normal

_MAY_BE_CREDITED = frozenset({SourceKind.OUTLET, SourceKind.NAMED_GROUP, SourceKind.UNNAMED_GROUP})
_CALLED = re.compile(
    rf"(?:(?:the|a|an)\s)?(?:(?:[\w’'-]+\s){{0,3}}?(?:{MEDIA}|site|agency|service|network|station|outlet)\s"
    r"(?:called\s|named\s)?)?$",
    re.IGNORECASE,
)
"""What may stand before an outlet's name in a phrase that means it: "the French website", not "officials cited by"."""
_MAY_BE_OUTLET = frozenset({SourceKind.OUTLET, SourceKind.NAMED_GROUP, SourceKind.DOCUMENT, SourceKind.NAMED_PERSON})
_MOST_AFFILIATIONS = 4
"""Groups listed for a source at most, in the order of telling."""


@dataclass(frozen=True)
class Found:
    """The sources of an article, and for each draft (by position) the id of its source, or None.

    ``others``: of each draft the ids of who else its words name, "X and Y said".
    """

    sources: tuple[Source, ...]
    of_draft: tuple[str | None, ...]
    others: tuple[tuple[str, ...], ...]


def find(
    doc: Doc,
    drafts: list[Draft],
    publisher: str | None = None,
    tags: Tags | None = None,
    credits: Sequence[Citation] = (),
) -> Found:
    """The sources of these drafts; an outlet that is the article's own publisher is ``outlet_itself``.

    ``tags``: what the tagger says of the kinds of source, heard where it is surer than rules can be. ``credits``: the
    outlets that the text credits, which are what a group or an outlet without a name is, where its phrase ends in one.
    """
    resolver = Resolver(doc)
    ids: list[str | None] = []
    for d in drafts:
        resolved = resolver.resolve(d)
        ids.append(resolved.key if resolved else None)
    known = resolver.known.by_key
    named = [resolver.named_by(d) for d in drafts]
    if tags is not None:
        second_opinion(known, zip(drafts, named, strict=True), tags, doc)
    _name_credited(doc, known, drafts, ids, credits)
    others = [[k for k in list(by_key)[1:] if k in known and k != key] for by_key, key in zip(named, ids, strict=True)]
    for r in known.values():
        if publisher and r.kind in _MAY_BE_OUTLET and r.name[:1].isupper() and _same_outlet(r.name, publisher):
            r.kind = SourceKind.OUTLET_ITSELF
    give_reasons(doc, drafts, ids, known)
    name_later(list(known.values()))
    ordered = sorted(known.values(), key=lambda r: r.order)
    names = {r.key: f"s{i + 1}" for i, r in enumerate(ordered)}
    return Found(
        sources=tuple(_source(names[r.key], r) for r in ordered),
        of_draft=tuple(names[k] if k else None for k in ids),
        others=tuple(tuple(names[k] for k in keys) for keys in others),
    )


def _name_credited(
    doc: Doc, known: dict[str, Resolved], drafts: list[Draft], ids: list[str | None], credits: Sequence[Citation]
) -> None:
    """Give sources whose phrase ends in an outlet that the text credits its name and kind: "French website iNiva".

    Also where the parse takes the name for no part of the phrase.
    """
    named = [c for c in credits if c.outlet and c.form != "told"]
    ends = {c.span[0] - 1: c for c in named} | {c.span[1]: c for c in named}
    for n, (draft, key) in enumerate(zip(drafts, ids, strict=True)):
        found = known.get(key or "")
        if found is None or found.kind not in _MAY_BE_CREDITED or not draft.source:
            continue
        start, end = draft.source[-1]
        credit = ends.get(end)
        if credit is None or not start <= credit.span[0] or not _CALLED.match(text_of(doc)[start : credit.span[0]]):
            continue
        if credit.span[0] > end and found.kind != SourceKind.OUTLET:
            continue
        named_so = (r for r in known.values() if r.kind == SourceKind.OUTLET and r.name == credit.outlet)
        same = next((r for r in named_so if r is not found), None)
        if same is not None:
            ids[n] = same.key  # it is a source already
            same.mentions |= found.mentions
            if found.key not in ids:
                del known[found.key]
        else:
            if not f" {outlets.key(found.name)}".endswith(f" {outlets.key(credit.outlet)}"):
                found.name = credit.outlet  # but "the Post" after "the New York Post" stays what it was
            found.kind, found.anonymity = SourceKind.OUTLET, None


def _same_outlet(name: str, publisher: str) -> bool:
    """Whether two names mean one outlet: the same, or one ends in the other."""
    a, b = normal(name).split(), normal(publisher).split()
    return bool(a) and (a == b or b[-len(a) :] == a or a[-len(b) :] == b)


def _source(source_id: str, r: Resolved) -> Source:
    """The source as the model has it, with its groups' categories and the places where the text names it."""
    mentions = set(r.mentions)
    if r.entity is not None:
        mentions.update(r.entity.mentions)
    affiliations = []
    own = set(normal(r.name).split())
    for name, (span, strength, former) in list(r.affiliations.items())[:_MOST_AFFILIATIONS]:
        if r.kind == SourceKind.NAMED_PERSON and set(normal(name).split()) <= own:
            continue  # a part of the person's own name
        category = category_of(name)
        if category == C.OTHER and r.role:
            told = (PERSON_ROLES.get(word, C.OTHER) for word in _words(r.role)[::-1])
            category = next((c for c in told if c != C.OTHER), C.OTHER)
        if category == C.OTHER and FIRM & {*_words(r.role or ""), *_words(r.name)}:
            category = C.CORPORATE
        affiliations.append(Affiliation(name=name, category=category, span=span, former=former, strength=strength))
    return Source(
        id=source_id,
        name=r.name,
        kind=r.kind,
        mentions=tuple(sorted(mentions)),
        role=r.role,
        affiliations=tuple(affiliations),
        anonymity=r.anonymity,
        speaks_from=r.place,
    )


def _words(phrase: str) -> list[str]:
    return re.findall(r"[a-z-]+", phrase.lower())
