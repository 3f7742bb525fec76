"""Sides in politics, as an article tells them: who is of which party, who runs in the election, who runs against whom.

A party's name beside a name or a role ("Republican nominee", "(D-Mass.)", "a Labour MP"), a campaign ("the Ferro
campaign"), a candidate's role, two who face each other ("a race between A and B").
"""

import re
from collections.abc import Iterable
from itertools import combinations

from spacy.tokens import Doc, Token

from secondsource.analysis.actors import Actors
from secondsource.analysis.doing import who, whom
from secondsource.analysis.draft import Range
from secondsource.analysis.entities import Name
from secondsource.analysis.stated import Stated
from secondsource.analysis.tree import child, object_of
from secondsource.language.parse import text_of
from secondsource.model import RelationType

ELECTION = "the election"
"""What candidates, campaigns and parties are a party to."""

_PARTIES = {
    "republican": "Republican Party",
    "republicans": "Republican Party",
    "gop": "Republican Party",
    "democrat": "Democratic Party",
    "democrats": "Democratic Party",
    "democratic": "Democratic Party",
    "labour": "Labour Party",
    "tory": "Conservative Party",
    "tories": "Conservative Party",
    "conservatives": "Conservative Party",
    "conservative": "Conservative Party",
    "liberals": "Liberal Party",
    "liberal": "Liberal Party",
    "libertarian": "Libertarian Party",
    "greens": "Green Party",
    "green": "Green Party",
    "socialist": "Socialist Party",
    "socialists": "Socialist Party",
    "communist": "Communist Party",
    "communists": "Communist Party",
    "fatah": "Fatah",
    "hamas": "Hamas",
    "likud": "Likud",
    "ukip": "UKIP",
    "snp": "SNP",
}
"""Words for parties that need none beside them; a name that ends in "Party" is one by itself."""
_NEED_COMPANY = frozenset("democratic conservative liberal green socialist communist libertarian labour".split())
"""Adjectives that name a party only with a capital and before a role: "the Conservative leader"."""
_OF_STATE = re.compile(r"\(\s*(?P<party>R|D|GOP|Republican|Democrat)\s*[-–—,][^()]{1,30}\)|\((?P<lone>R|D)\)")
_CANDIDATE = frozenset(
    "candidate nominee contender hopeful challenger frontrunner front-runner incumbent runner-up campaigner".split()
)
_POLITICAL = _CANDIDATE | frozenset(
    "senator sen congressman congresswoman rep representative governor gov lawmaker mp deputy leader legislator mayor "
    "president chairman chairwoman chair minister premier activist strategist operative donor delegate politician "
    "councillor councilor politicians leaders lawmakers senators members whip speaker campaign ticket nomination "
    "staffer aide voter supporter spokesman spokeswoman spokesperson mps mep assemblyman assemblywoman".split()
)
_CALLED = "is called"
_CAMPAIGN = frozenset("campaign camp candidacy bid ticket".split())
_FACE = re.compile(
    r"\b(?:race|choose|choice|decide|contest|election|vote|debate|match-?up|battle|showdown|rematch|contest|fight)s?\s+between\s+$",
    re.IGNORECASE,
)
_AGAINST = frozenset("beat face defeat trail lead challenge oust unseat debate oppose run outpoll".split())
_VERSUS = re.compile(r"\b(?:vs?\.?|versus)\s+$")
_VYING = frozenset("race poll election governor senate seat vote ballot nomination primary candidate".split())
_MOST_PARTIES = 6
_ALTERNATIVES = 3
"""Passages kept that show the same."""


def sides(doc: Doc, names: Actors) -> list[Stated]:
    """Memberships of parties, candidacies, and who is against whom by them."""
    found: list[Stated] = []
    found += _memberships(doc, names)
    found += _candidacies(doc, names)
    found += _opponents(doc, names, found)
    found += _rival_parties(found)
    return found


def party(t: Token) -> str | None:
    """The party that a word names, in full; None where it names none."""
    low = t.lower_
    full = _PARTIES.get(low)
    if full is None or not t.text[:1].isupper():
        return None
    after = t.nbor(1) if t.i + 1 < len(t.doc) else None
    if low in _NEED_COMPANY and not (
        after is not None and (after.lower_ == "party" or after.lemma_.lower() in _POLITICAL or _titled(after))
    ):
        return None
    return full


def _titled(t: Token) -> bool:
    return t.lower_.rstrip(".") in ("sen", "rep", "gov", "president", "leader", "mp")


# --- who belongs to which party ------------------------------------------------------------------


def _memberships(doc: Doc, names: Actors) -> list[Stated]:
    found: list[Stated] = []
    for t in doc:
        name = party(t)
        if name is None and t.lower_ == "party" and t.text == "Party" and (own := names.of(t)) is not None:
            name = own.canonical
        if name is None:
            continue
        whole = Name(name)
        called = names.of(t)
        if called is not None and not called.person and called.key != whole.key and len(called.key.split()) <= 2:
            shows = f"“{called.canonical}” is the {name}"
            found.append(Stated(called, RelationType.MEMBER_OF, whole, _around(t, t), shows))
        for holder in _holders(t, names):
            if holder.key != whole.key and not _is_party(holder):
                found.append(_member(doc, holder, whole, t))
        found.append(Stated(whole, RelationType.PARTY_TO, ELECTION, _around(t, t), f"{name} is a party"))
    text = text_of(doc)
    for m in _OF_STATE.finditer(text):
        before = doc.char_span(max(0, m.start() - 40), m.start(), alignment_mode="contract")
        named = next((n for t in reversed(before or []) if (n := names.of(t)) is not None), None)
        short = (m["party"] or m["lone"]).lower()
        name = _PARTIES[{"r": "republican", "d": "democrat"}.get(short, short)]
        if named is not None:
            found.append(
                Stated(named, RelationType.MEMBER_OF, Name(name), (m.start(), m.end()), _of(named.canonical, name))
            )
            found.append(
                Stated(Name(name), RelationType.PARTY_TO, ELECTION, (m.start(), m.end()), f"{name} is a party")
            )
    return _once(found)


def _of(who: str, name: str) -> str:
    return f"{who} is of the {name}"


def _member(doc: Doc, holder: Name, whole: Name, t: Token) -> Stated:
    return Stated(holder, RelationType.MEMBER_OF, whole, _around(t, t.head), _of(holder.canonical, whole.canonical))


def _holders(t: Token, names: Actors) -> list[Name]:
    """The persons that a party's word stands beside: "Republican nominee X", "X, a Democrat", "Democrats like X"."""
    found: list[Name] = []

    def put(x: Token | None) -> None:
        if x is not None and (n := names.of(x)) is not None and n.person and n not in found:
            found.append(n)

    head = t.head
    if t.dep_ in ("amod", "compound", "nmod", "poss") and head.i > t.i:
        top = head
        put(top)
        for c in top.children:
            if c.dep_ == "appos":
                put(c)
        if top.dep_ in ("compound", "nmod", "appos") or (top.dep_ == "attr" and top.head.lemma_ == "be"):
            put(top.head if top.dep_ != "attr" else child(top.head, "nsubj"))
    elif t.dep_ == "appos":
        put(head)
    elif t.dep_ == "attr" and head.lemma_ == "be":
        put(child(head, "nsubj"))
    for c in t.children:
        if c.dep_ == "appos":
            put(c)
    if t.dep_ == "pobj" and head.lower_ in ("of", "for") and head.head.lemma_.lower() in _POLITICAL:
        role = head.head
        put(role)
        put(role.head if role.dep_ in ("appos", "compound") else None)
        for c in role.children:
            if c.dep_ in ("appos", "compound"):
                put(c)
    return found


def _is_party(n: Name) -> bool:
    return n.key.endswith(" party") or n.key in _PARTIES


# --- who runs ------------------------------------------------------------------------------------


def _candidacies(doc: Doc, names: Actors) -> list[Stated]:
    found: list[Stated] = []
    for t in doc:
        lemma = t.lemma_.lower()
        if lemma in _CANDIDATE | _CAMPAIGN and _years_ago(t.sent.root):
            continue
        if lemma in _CANDIDATE:
            people = [t]
            if t.dep_ in ("compound", "nmod", "appos"):
                people.append(t.head)
            if t.dep_ == "attr" and t.head.lemma_ == "be":
                subjects = [c for c in t.head.children if c.dep_ == "nsubj"]
                people += [*subjects, *[x for c in subjects for x in c.conjuncts]]
            people += [c for c in t.children if c.dep_ in ("appos", "compound", "nmod")]
            for x in people:
                n = names.of(x)
                if n is not None and n.person and not _past(t):
                    shows = f"{n.canonical} is called {_article(lemma)} in the election"
                    found.append(Stated(n, RelationType.PARTY_TO, ELECTION, _around(t, x), shows))
        elif lemma in _CAMPAIGN:
            for c in t.children:
                if c.dep_ in ("compound", "poss", "nmod") and (n := names.of(c)) is not None and n.person:
                    found.append(_runs(n, _around(c, t)))
        elif lemma == "run" and t.pos_ == "VERB" and t.tag_ != "VBD" and _for_office(t) and not _years_ago(t):
            n = who(t, names)
            if n is not None and n.person:
                found.append(_runs(n, _around(t, t)))
        elif lemma == "mate" and t.i and doc[t.i - 1].lower_ == "running":
            mate = names.of(t.head) if t.dep_ in ("compound", "appos", "nmod") else None
            mate = mate or next((n for c in t.children if c.dep_ == "appos" and (n := names.of(c))), None)
            whose = child(t, "poss")
            boss = names.of(whose) if whose is not None else None
            if mate is not None and mate.person:
                found.append(_runs(mate, _around(t, t)))
                if boss is not None and boss is not mate:
                    shows = f"{mate.canonical} is {boss.canonical}’s running mate"
                    found += [
                        Stated(a, RelationType.ALLY_OF, b, _around(t, t), shows)
                        for a, b in ((mate, boss), (boss, mate))
                    ]
    return _once(found)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _past(t: Token) -> bool:
    """Whether a candidate is one of another election: "the 2012 nominee", "former candidate"."""
    return any(c.lower_ in ("former", "ex", "failed", "onetime") or c.ent_type_ == "DATE" for c in t.children) or any(
        c.lower_ == "vice" for c in t.subtree
    )


def _runs(n: Name, words: Range) -> Stated:
    return Stated(n, RelationType.PARTY_TO, ELECTION, words, f"{n.canonical} runs in the election")


def _years_ago(v: Token) -> bool:
    """Whether somebody ran in another year: "ran for president in 2008"."""
    return v.tag_ in ("VBD", "VBN") and any(t.ent_type_ == "DATE" and t.shape_ == "dddd" for t in v.sent)


def _for_office(v: Token) -> bool:
    aim = next((object_of(c) for c in v.children if c.dep_ == "prep" and c.lower_ in ("for", "against")), None)
    return aim is not None and aim.lemma_.lower() in (
        "president presidency governor senate congress mayor office parliament seat election re-election reelection "
        "vice council leadership house".split()
    )


# --- who is against whom -------------------------------------------------------------------------


def _opponents(doc: Doc, names: Actors, known: list[Stated]) -> list[Stated]:
    """Candidates who face each other: by the words for it, or as candidates of different parties."""
    found: list[Stated] = []
    text = text_of(doc)
    running = {r.holder.key for r in known if r.type == RelationType.PARTY_TO and r.holder.person}
    for t in doc:
        n = names.of(t)
        if n is None or not n.person:
            continue
        both = next((c for c in t.children if c.dep_ == "conj" and (x := names.of(c)) is not None and x.person), None)
        if both is not None and _FACE.search(text, max(0, doc[t.left_edge.i].idx - 40), doc[t.left_edge.i].idx):
            found += _versus(n, names.of(both), _around(t, both))
        if _VERSUS.search(text, max(0, t.idx - 12), t.idx):
            other = next((x for y in reversed(doc[max(0, t.i - 4) : t.i]) if (x := names.of(y)) is not None), None)
            found += _versus(other, n, (max(0, t.idx - 20), t.idx + len(t)))
    for v in doc:
        if v.pos_ == "VERB" and v.lemma_.lower() in _AGAINST:
            runner, o = who(v, names), child(v, "dobj")
            if o is None:
                o = next((object_of(c) for c in v.children if c.dep_ == "prep" and c.lower_ == "against"), None)
            faced = whom(o, names, runner)
            if (
                runner is not None
                and faced is not None
                and not _years_ago(v)
                and (_vying(v) or {runner.key, faced.key} & running)
            ):
                found += _versus(runner, faced, _around(v, v))
    return _once([*found, *_of_different_parties(known)])


def _of_different_parties(known: list[Stated]) -> list[Stated]:
    """Those who run for different parties, and those whom the article calls candidates and of no party."""
    of_party: dict[str, set[str]] = {}
    for r in known:
        if r.type == RelationType.MEMBER_OF:
            of_party.setdefault(r.holder.key, set()).add(r.other_key)
    ran: dict[str, Stated] = {}
    for r in known:
        if r.type == RelationType.PARTY_TO and r.holder.person:
            ran.setdefault(r.holder.key, r)
    allied = {(r.holder.key, r.other_key) for r in known if r.type == RelationType.ALLY_OF}
    found: list[Stated] = []
    for (one, a), (other, b) in combinations(ran.items(), 2):
        pa, pb = of_party.get(one, set()), of_party.get(other, set())
        if (one, other) in allied or one.split()[-1] == other.split()[-1] or pa & pb:
            continue
        if not ((pa and pb) or (_CALLED in a.shows and _CALLED in b.shows)):
            continue
        shows = f"{a.holder.canonical} and {b.holder.canonical} both run in the election"
        found += [
            Stated(a.holder, RelationType.RIVAL_OF, b.holder, a.words, shows),
            Stated(b.holder, RelationType.RIVAL_OF, a.holder, b.words, shows),
        ]
    return found


def _vying(v: Token) -> bool:
    """Whether a verb's sentence is about an election: "trails her by six points in the race for governor"."""
    return any(t.lemma_.lower() in _VYING for t in v.sent)


def _versus(a: Name | None, b: Name | None, words: Range) -> list[Stated]:
    if a is None or b is None or a is b:
        return []
    shows = f"{a.canonical} is up against {b.canonical}"
    return [Stated(x, RelationType.RIVAL_OF, y, words, shows) for x, y in ((a, b), (b, a))]


def _rival_parties(known: list[Stated]) -> list[Stated]:
    """Parties that the article names compete with one another."""
    parties = {r.holder.key: r for r in known if r.type == RelationType.PARTY_TO and not r.holder.person}
    found: list[Stated] = []
    for a, b in combinations(list(parties.values())[:_MOST_PARTIES], 2):
        shows = f"{a.holder.canonical} and {b.holder.canonical} are rival parties"
        found.append(Stated(a.holder, RelationType.RIVAL_OF, b.holder, a.words, shows))
        found.append(Stated(b.holder, RelationType.RIVAL_OF, a.holder, b.words, shows))
    return found


def _once(found: Iterable[Stated]) -> list[Stated]:
    """Each holder, type and other a few times, as it was said first: one of them may stand in the claim itself."""
    kept: dict[tuple[str, RelationType, str], list[Stated]] = {}
    for r in found:
        same = kept.setdefault((r.holder.key, r.type, r.other_key), [])
        if len(same) < _ALTERNATIVES and all(r.words != x.words for x in same):
            same.append(r)
    return [r for same in kept.values() for r in same]


def _around(a: Token, b: Token) -> Range:
    """From the beginning of one word to the end of another."""
    first, last = (a, b) if a.i <= b.i else (b, a)
    return first.idx, last.idx + len(last)
