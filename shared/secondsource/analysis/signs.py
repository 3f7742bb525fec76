"""Signs that a source has a stake in what it says, and signs that it has none: what ``likelihood`` goes by.

Each is a plain question about the source, its words or the article, answered 0 to 1. None is evidence by itself;
what a reader is shown are findings and relations. They tell how often pairs that look like this one turned out to be
motivated, in open news that was read for it.
"""

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from secondsource.analysis.accusations import Charge
from secondsource.analysis.draft import Draft
from secondsource.analysis.names import LAWYER_ROLES, category_of
from secondsource.analysis.stated import Stated
from secondsource.analysis.ties import Tie
from secondsource.analysis.valence import rating, sound
from secondsource.model import Effect, RelationType, Source, SourceKind, StakeType
from secondsource.text.naming import normal

Signs = dict[str, float]

_SPEAKS_FOR = frozenset(
    "spokesman spokeswoman spokesperson representative adviser advisor aide strategist manager publicist surrogate "
    "secretary".split()
)
_EXPERT = frozenset(
    "professor researcher scientist analyst economist expert historian scholar academic lecturer fellow author".split()
)
_LEADS = frozenset(
    "president chairman chairwoman chair head leader director chief founder ceo executive owner minister premier mayor "
    "governor senator".split()
)
_POLICE = frozenset("police officer sheriff detective".split())
_CUES = {
    word: kind
    for kind, words in {
        "asserts": "claim argue insist contend maintain assert allege declare stress defend justify boast tout",
        "responds": "respond reply counter retort rebut",
        "accuses": "accuse blame criticise criticize condemn denounce slam blast attack charge",
        "denies": "deny reject dismiss dispute refute",
        "notes": "note point remark observe explain",
        "reports": "report announce confirm state show find reveal estimate",
        "says": "say tell add",
        "warns": "warn predict fear",
        "believes": "believe think feel",
        "calls": "call describe brand label",
    }.items()
    for word in words.split()
}
_TOPICS = {
    "election": "election campaign candidate nominee vote voter poll primary debate presidential republican democrat "
    "party",
    "court": "court judge lawsuit trial attorney lawyer prosecutor defendant plaintiff verdict charge indictment "
    "appeal sue",
    "war": "army troop rebel soldier militant bomb attack airstrike missile war ceasefire rocket military fighter",
    "dispute": "accuse deny criticize criticise reject allegation accusation blame dispute denounce condemn "
    "controversy critic protest",
}
_WORDS = {name: frozenset(words.split()) for name, words in _TOPICS.items()}
_PER = 400
"""Words of an article over which the words of a topic are counted."""
_MOST_WORDS, _MOST_MENTIONS, _STRONG, _LONG, _OPENING = 8, 6, 6.0, 25, 12
_SHALL = frozenset("should must need ought".split())
_WILL = frozenset("will would 'll ’ll".split())
_FIRST = frozenset("i we our us my me ours mine myself ourselves".split())
TIMES = frozenset(("DATE", "TIME"))


def of_words(doc: Doc, tokens: list[Token], quoted: Iterable[bool], draft: Draft, justifies: bool) -> Signs:
    """What the claim and its cue sound like."""
    ratings = [rating(t) for t in tokens]
    cue = draft.head.lemma_.lower() if draft.head is not None else None
    marks = list(quoted)
    return {
        f"sound {sound(tokens).value}": 1.0,
        f"stance {draft.stance.value}": 1.0,
        f"label {draft.label.value}": 1.0,
        f"cue {_CUES.get(cue, 'other') if cue else 'none'}": 1.0,
        "justifies": float(justifies),
        "first person": float(any(t.lower_ in _FIRST for t in tokens)),
        "modal": float(any(t.tag_ == "MD" for t in tokens)),
        "should": float(any(t.lower_ in _SHALL for t in tokens)),
        "will": float(any(t.lower_ in _WILL for t in tokens)),
        "number": float(any(t.like_num for t in tokens)),
        "date": float(any(t.ent_type_ in TIMES for t in tokens)),
        "past": float(any(t.tag_ == "VBD" for t in tokens[:_OPENING])),
        "quoted": float(sum(marks) > len(marks) / 2),
        "long": float(len(tokens) > _LONG),
        "ill": min(1.0, -sum(x for x in ratings if x < 0) / _STRONG),
        "well": min(1.0, sum(x for x in ratings if x > 0) / _STRONG),
    }


def of_source(source: Source, role: frozenset[str]) -> Signs:
    """What kind of source it is."""
    found: Signs = {
        f"kind {source.kind.value}": 1.0,
        "spokesperson": float(bool(role & _SPEAKS_FOR)),
        "lawyer": float(bool(role & LAWYER_ROLES)),
        "expert": float(bool(role & _EXPERT)),
        "leader": float(bool(role & _LEADS)),
        "police": float(bool(_POLICE & (role | set(normal(source.name).split())))),
        "no role": float(not role),
        "mentions": min(len(source.mentions), _MOST_MENTIONS) / _MOST_MENTIONS,
    }
    for a in source.affiliations[:2]:
        found[f"of {a.category.value}"] = 1.0
    if source.kind in (SourceKind.NAMED_GROUP, SourceKind.UNNAMED_GROUP):
        found[f"is {category_of(source.name).value}"] = 1.0
    return found


def of_parties(
    parties: dict[str, tuple[Effect, float, bool]], ties: list[Tie], persons: frozenset[str], charges: list[Charge]
) -> Signs:
    """Who is in the claim, and what is said against the source's own side elsewhere."""
    names = [t.group.canonical for t in ties]
    own = [parties[n] for n in names if n in parties]
    others = {n: x for n, x in parties.items() if n not in names}
    found: Signs = {
        "own side": float(bool(own)),
        "own side acts": float(any(x[2] for x in own)),
        "other harmed": float(any(x[0] == Effect.HARMED for x in others.values())),
        "other harmed acts": float(any(x[0] == Effect.HARMED and x[2] for x in others.values())),
        "other helped": float(any(x[0] == Effect.HELPED for x in others.values())),
        "other acts": float(any(x[2] for x in others.values())),
        "other person acts": float(any(x[2] and n in persons for n, x in others.items())),
        "other person": float(any(n in persons for n in others)),
        "charged": float(any(not c.by for c in charges)),
        "criticised": float(any(bool(c.by) for c in charges)),
        "in court": float(any(c.court for c in charges)),
    }
    if own:
        found[f"own side {own[0][0].value}"] = 1.0
    return found


def of_relations(
    ties: list[Tie], parties: Iterable[str], of: dict[str, list[Stated]], found: Signs, types: Iterable[StakeType]
) -> Signs:
    """What the article states of the source's side; ``found``: the signs so far."""
    keys = {t.group.key for t in ties}
    allies = {r.other_key for key in keys for r in of.get(key, ()) if r.type == RelationType.ALLY_OF}
    mine = [r for key in sorted(keys | allies) for r in of.get(key, ())]
    others = {normal(n) for n in parties} - keys
    rivals = {r.other_key for r in mine if r.type == RelationType.RIVAL_OF}
    member = any(r.type == RelationType.MEMBER_OF and r.other_key.endswith("party") for r in mine)
    return {
        "in politics": float(any(r.type == RelationType.PARTY_TO for r in mine)),
        "has an ally": float(bool(allies)),
        "of a party": float(member or any(t.group.key.endswith("party") for t in ties)),
        "has a rival": float(bool(rivals)),
        "rival in it": float(bool(rivals & others)),
        "seeks": float(any(r.type == RelationType.SEEKS for r in mine)),
        "paid": float(any(r.type == RelationType.FUNDED_BY for r in mine)),
        "of a state": float(any(r.type == RelationType.MEMBER_OF and not r.other_key.endswith("party") for r in mine)),
        **{f"finds {kind.value}": 1.0 for kind in types},
    }


def of_article(doc: Doc) -> Signs:
    """What the article is about: the share of words of elections, courts, wars and disputes."""
    known = doc.user_data.get("topics")
    if known is None:
        lemmas = Counter(t.lemma_.lower() for t in doc)
        per = _PER / max(1, len(doc))
        known = doc.user_data["topics"] = {
            f"about {name}": min(sum(lemmas[w] for w in words) * per, _MOST_WORDS) / _MOST_WORDS
            for name, words in _WORDS.items()
        }
    return dict(known)
