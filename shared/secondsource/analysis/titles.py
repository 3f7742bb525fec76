"""What stands before a person's name and is none of it: titles, ranks, what somebody does."""

from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span, Token

from secondsource.analysis.first_names import gender_of
from secondsource.analysis.names import NAMED_BODIES, PERSON_ROLES, category_of, is_outlet
from secondsource.model import AffiliationCategory

SHORT_TITLES = {
    short: role.split()
    for short, role in (
        pair.split(": ")
        for pair in "gen: general|lt: lieutenant|col: colonel|maj: major|capt: captain|cpt: captain|cpl: corporal|"
        "sgt: sergeant|brig: brigadier|adm: admiral|cmdr: commander|supt: superintendent|insp: inspector|"
        "det: detective|pc: constable officer|dc: detective constable|ds: detective sergeant|"
        "di: detective inspector|dci: detective inspector|dcs: detective superintendent|acc: constable|"
        "cllr: councillor|coun: councillor|rev: reverend|revd: reverend|prof: professor|dr: doctor|sen: senator|"
        "rep: representative|gov: governor|hon: honourable|mp: mp|amb: ambassador|pres: president|sec: secretary".split(
            "|"
        )
    )
}
"""Short forms of titles, without a full stop, and the roles that they stand for."""
_WITH_CAPITALS = frozenset("pc dc ds di dci dcs acc mp".split())
"""Of these, the ones that are written in capitals: "Di Marsh" is a first name."""
_CALLED = frozenset("mr mrs ms mx miss sir dame".split())
"""What somebody is called by, which says nothing of what they do."""
_OFTEN_NAMES = frozenset(
    "dean king queen prince princess pope father mother brother sister uncle aunt son daughter man woman boy girl "
    "local police saint lord lady baroness baron".split()
)
"""Roles that are first names as well, or without which nobody calls who has one."""
PARTS_OF_TITLES = frozenset(
    "prime vice deputy acting interim chief supreme first foreign interior finance attorney press defence defense "
    "treasury home health education labor labour trade justice assistant associate shadow fire district detective "
    "senior junior general lead head state managing executive lieutenant transport culture energy climate agriculture "
    "business economy environment housing security immigration".split()
)
"""Words that belong to the role behind them: "Prime Minister", "District Attorney"."""
_PEERS = frozenset("lady lord baroness dame sir".split())
_LONGEST_NAME = 4
_PARTIES = frozenset("labour labor".split())
_RANKS = frozenset(
    "chief officer commissioner constable sergeant inspector superintendent captain lieutenant detective "
    "commander".split()
)
"""What somebody is in the police, whose "Police" is a part of the title: "Police Chief Lorn"."""


def is_title(t: Token) -> bool:
    """Whether a word before a name is a title, written out or short: "Gen.", "Councillor", "Nurse"."""
    low = t.lower_.rstrip(".")
    if low in _OFTEN_NAMES:
        return False
    short = low in SHORT_TITLES and (low not in _WITH_CAPITALS or t.text.isupper())
    return short or low in _CALLED or low in PERSON_ROLES


def name_start(ent: Span) -> int:
    """Where, in what the model takes for a person's name, the name begins behind the titles."""
    start = ent.start
    if ent[0].lower_ == "the" and len(ent) > 2 and is_title(ent[1]):
        start += 1
    while start < ent.end - 1 and (
        is_title(ent.doc[start])
        or (ent.doc[start].lower_ in PARTS_OF_TITLES and is_title(ent.doc[start + 1]) and start + 2 < ent.end)
    ):
        start += 1
    return start


def titled_person(ent: Span, surnames: Container[str] = frozenset()) -> bool:
    """Whether what the model takes for something else is a person, by a title and a first name or a known surname.

    "Nurse Ana Lorn", "Cllr Lorn", "Lady Lorn"; not "General Electric" or "DC Comics". ``surnames``: in lower case.
    """
    start = name_start(ent)
    name = ent.doc[start : ent.end]
    if not 0 < len(name) < _LONGEST_NAME or not all(t.text[:1].isupper() and t.is_alpha for t in name):
        return False
    if start > ent.start and len(name) == 1:
        return name[0].lower_ in surnames
    if len(name) > 1 and name[0].lower_ in _PEERS:
        return not any(is_title(t) for t in name)
    return start > ent.start and gender_of(name[0].text) is not None


def overlooked(doc: Doc) -> Iterator[Span]:
    """Persons in whom the model sees no name: by a first name, with a title or as who does something."""
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_:
            end += 1
        start = name_start(doc[at:end]) if end > at else end
        name = doc[start:end]
        capitals = all(t.text[:1].isupper() and t.is_alpha for t in name)
        if 1 < len(name) < _LONGEST_NAME and capitals and gender_of(name[0].text) is not None:
            body = category_of(name.text) != AffiliationCategory.OTHER or is_outlet(name.text)
            if not body and (start > at or name.root.dep_ == "nsubj"):
                yield Span(doc, at, end, label="PERSON")
        at = max(end, at + 1)


def title_of(doc: Doc, start: int) -> Span:
    """The title before a name that begins at this token, parts of it before the role and all: "Chief Constable"."""
    first = start
    while first > 0 and doc[first - 1].sent == doc[start].sent:
        t = doc[first - 1]
        if not (is_title(t) or (first < start and t.lower_ in PARTS_OF_TITLES) or _often_name(t, first, start)):
            break
        first -= 1
    return doc[first:start]


def _often_name(t: Token, first: int, start: int) -> bool:
    """ "Police" of "Police Chief Lorn"."""
    return first < start and t.lower_ == "police" and t.doc[first].lower_ in _RANKS


def only_title(words: str, before: Token, role: Token) -> bool:
    """Whether what stands before a role is none of a body, but a part of the title: "Home" of "Home Secretary".

    ``words``: what it would be called. ``before``: its head.
    """
    every = words.lower().replace(".", "").split()
    between = role.doc[before.i + 1 : role.i]
    if any(t.lower_ not in PARTS_OF_TITLES and t.lower_ not in PERSON_ROLES for t in between):
        return False  # "Interior ministry officials"
    if every == ["police"]:
        return role.lower_ in _RANKS
    portfolio = (
        len(every) == 1
        and role.text in ("Minister", "Secretary")
        and before.i == role.i - 1
        and before.ent_type_ not in ("GPE", "NORP", "PERSON")
        and not words.isupper()
    )
    return all(
        w not in NAMED_BODIES and (portfolio or w in PARTS_OF_TITLES - _PARTIES or w in PERSON_ROLES) for w in every
    )


def roles_in(title: Span) -> set[str]:
    """The roles, in lower case, that a title tells."""
    found: set[str] = set()
    for t in title:
        low = t.lower_.rstrip(".")
        found.update(SHORT_TITLES.get(low, ()))
        if low in PERSON_ROLES:
            found.add(low)
    return found
