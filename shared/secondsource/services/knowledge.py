"""What is known of actors beside one article: by the interest register, and by what other articles state.

Names are compared whole, in one form (``text.naming.normal``): a name is never found by a part of it, and what people
are (their nationality, religion, sex, age) is no name.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from secondsource.model import Actor, Analysis, Entry, RegisteredRelation, Relation, RelationType
from secondsource.ports import Store
from secondsource.stored import MOST_NAMES, MOST_STATED, object_names, own_names
from secondsource.text.naming import normal

NEWEST_ARTICLES: Final = 25
"""Articles that state something of a name and are read for it; as many as entries of an index key are read."""


@dataclass
class Memo:
    """What has been looked up already, by the form of the name; and when the articles that state some of it expire.

    It is right for one request, which counts a dozen claims within a second or two. Whoever counts because the register
    has changed, or a second time because somebody else has written, takes a new one: an old one may be of before the
    change.
    """

    relations: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)


_MUTUAL: Final = (RelationType.RIVAL_OF, RelationType.ALLY_OF, RelationType.PARTY_TO)
"""Relations that hold in both directions."""

_WORDS: Final = {
    RelationType.MEMBER_OF: "belongs to",
    RelationType.OWNED_BY: "is owned by",
    RelationType.FUNDED_BY: "is funded by",
    RelationType.RIVAL_OF: "is a rival of",
    RelationType.ALLY_OF: "is an ally of",
    RelationType.PARTY_TO: "is a party to",
    RelationType.SEEKS: "seeks",
    RelationType.MAKES: "makes",
}

_FURTHER: Final = 60
"""Names looked up for one that is asked for: all that an actor can have but its own."""

_Known = Mapping[str, tuple[Actor, ...]]


def known(store: Store, tenant: str, names: Collection[str], memo: Memo | None = None) -> tuple[Relation, ...]:
    """What the register and other articles say of these names, each relation once.

    The ``holder`` of each is the name as it was asked for, whichever alias of the actor it is. Where the register knows
    the other side, there is one relation for each of its names. ``rival_of``, ``ally_of`` and ``party_to`` are found
    from both sides. What articles state (``evidence`` says which) comes from the newest 25 that state something of the
    name, those that are counted just now among them. What stands in ``memo`` is not read again, and what is read is
    put there.

    Of each name that is not in the memo it reads, at most: ``stored.MOST_NAMED`` actors of the name itself; as many of
    each of 60 further names, which are the others of those who bear it and those whom their relations lead to; and what
    25 articles state. A name that the register does not have costs two empty queries and what the articles say.
    """
    memo = memo or Memo()
    asked = {form: name for name in names if (form := normal(name))}
    missing = [form for form in asked if form not in memo.relations]
    if missing:
        registered = _registered(store, tenant, missing)
        stated = store.stating(tenant, missing, NEWEST_ARTICLES)
        for form in missing:
            others = [relation for mention in stated[form] for relation in mention.relations]
            memo.relations[form] = (*registered[form], *others)
            memo.ends.update({m.article_id: m.expires_at for m in stated[form] if m.expires_at is not None})
    found = [
        relation.model_copy(update={"holder": name})
        for form, name in asked.items()
        for relation in memo.relations[form]
    ]
    return tuple(dict.fromkeys(found))


def names_of(analysis: Analysis) -> dict[str, tuple[Relation, ...]]:
    """By which names an article is to be found, in their form, each with what the article says of its bearer.

    Those who have to do with a claim come first: ties of its sources, and parties of the claim; of them, those of whom
    it says something. Then come others of whom it does. At most ``stored.MOST_NAMES``, each with at most
    ``stored.MOST_STATED`` relations.
    """
    stated: dict[str, list[Relation]] = {}
    for relation in analysis.relations:
        stated.setdefault(normal(relation.holder), []).append(relation)
    positions = [position for found in analysis.positions.values() for position in found]
    concerned = dict.fromkeys(
        normal(name)
        for position in positions
        for name in (*(tie.name for tie in position.ties), *(party.name for party in position.parties))
    )
    names = [
        *sorted(concerned, key=lambda name: name not in stated),
        *(name for name in stated if name not in concerned),
    ]
    kept = [name for name in names if name][:MOST_NAMES]
    return {name: tuple(dict.fromkeys(stated.get(name, ())))[:MOST_STATED] for name in kept}


def _registered(store: Store, tenant: str, forms: Sequence[str]) -> dict[str, list[Relation]]:
    """What the register says of each of these names; of what it finds, the holder is the form that was asked for."""
    first = store.actors_named(tenant, forms)
    bearers = {form: [actor for actor in first.get(form, ()) if form in own_names(actor)] for form in forms}
    further: set[str] = set()
    for actors in bearers.values():
        own = [name for actor in actors for name in own_names(actor)]
        further.update([*own, *(name for actor in actors for name in object_names(actor))][: 1 + _FURTHER])
    wanted = sorted(further - {*forms})
    every = {**first, **store.actors_named(tenant, wanted)} if wanted else first
    return {form: list(_of(form, bearers[form], every)) for form in forms}


def _of(form: str, bearers: Sequence[Actor], every: _Known) -> Iterable[Relation]:
    """What the register says of one name: of those who bear it, and of those who have a mutual relation to them."""
    names = {form, *(name for actor in bearers for name in own_names(actor))}
    for actor in bearers:
        for relation in actor.relations:
            for other in _names_of_object(relation.object, every):
                yield _relation(form, other, actor, relation)
    others = {actor.id: actor for name in sorted(names) for actor in every.get(name, ())}
    own = {actor.id for actor in bearers}
    for actor in others.values():
        for relation in actor.relations:
            if actor.id not in own and relation.type in _MUTUAL and normal(relation.object) in names:
                for other in (actor.name, *actor.aliases):
                    yield _relation(form, other, actor, relation)


def _names_of_object(name: str, every: _Known) -> tuple[str, ...]:
    """The name as it was entered, and all names of the actors who bear it."""
    form = normal(name)
    bearers = [actor for actor in every.get(form, ()) if form in own_names(actor)]
    known = {normal(n): n for actor in bearers for n in (actor.name, *actor.aliases)}
    return tuple({**known, form: name}.values())


def _relation(form: str, other: str, actor: Actor, relation: RegisteredRelation) -> Relation:
    said = f"{actor.name} {_WORDS[relation.type]} {relation.object}"
    return Relation(
        holder=form,
        type=relation.type,
        other=other,
        shows=f"the register says: {said} (entered by {relation.entered_by}, {relation.date})",
        entry=Entry(
            actor_id=actor.id,
            source_url=relation.source_url,
            date=relation.date,
            entered_by=relation.entered_by,
        ),
    )
