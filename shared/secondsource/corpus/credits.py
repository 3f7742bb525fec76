"""Whom each report of a claim rests on: its sources and the outlets it credits, resolved across the reports.

A source or outlet of one report and one of another are one *root* where their names are. A report rests on the roots
of what it cites; an outlet that somebody is said to have told this rests on who told it. What speaks for a report
having an origin of its own is *exclusive*: an outlet that it credits, sources without a name that spoke to it, its own
witness, or a named source, where that one says the claim itself or other reports have it too.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np

from secondsource.analysis import outlets
from secondsource.analysis.names import category_of
from secondsource.corpus.identity import folded, groups, people, same_outlet
from secondsource.corpus.materials import KINDS, kind_of, mentioned
from secondsource.corpus.voices import POSSIBLE, SURE, bodies, is_plain, is_voice, speaks_for, stands_for
from secondsource.model import OUTLETS, UNNAMED, AffiliationCategory, Evidence, Occurrence, Source, SourceKind
from secondsource.text.states import state_of
from secondsource.text.terms import stems
from secondsource.text.vectors import Floats, unpack

_THINGS = frozenset({SourceKind.DOCUMENT, SourceKind.POST, SourceKind.POLL})

BEARS_OUTLET = 0.4
_BEARS_SOURCE = 0.5
_BEARS_UNNAMED = 0.5
"""Cosine with what the reports of the story have in common from which a sentence that credits an outlet, a named
source's statement, and one of a source without a name, bear the claim. Below it they are background."""

OF_A_PARTY = "of "
"""How the root of people without a name begins who belong to one group that is no state's: whoever they talk to, they
are the same party. Officials of a state are many."""
_OF_STATES = frozenset({AffiliationCategory.GOVERNMENT, AffiliationCategory.MILITARY})
_AS_OFTEN_A_PARTY_S = re.compile(r"\b(?:council|congress|committee|commission|command|islamic state)\b", re.IGNORECASE)
"""Words of the names of state bodies by which others, in exile or in arms, call themselves as well."""
_TO_THE_NEWSROOM = re.compile(
    r"\b(?:sources?|insiders?|tipsters?|informants?|"
    r"(?:people|person|individuals?|those) (?:familiar|close|briefed|with)|familiar with|with knowledge|close to)\b",
    re.IGNORECASE,
)
"""Descriptions of sources without a name that a newsroom has for itself; "police" and "officials" speak to all."""
_BEGINNING = 8
_MOST_SPEAK, _LEAST_SPEAK = 0.6, 4
"""Of a report so many sentences that tell the story are looked at for a picture, a post or a statement; where such a
share of the reports, and at least so many, speak of one, it is what they have the story from."""
_IN_THE_STORY, _LEAST_TOLD = 0.75, 5
"""Share of the reports, of so many at least, from which whoever they name is somebody the story is about."""
_AFTER_A_NAME = frozenset(("", "news", "online", "net", "media", "tv"))
"""What a host's name may have behind that of its outlet."""
_NO_OUTLETS = frozenset(
    "www com co org net ac gov medium substack wordpress blogspot tumblr github wixsite ghost weebly".split()
)
"""Parts of a host's name that are of many: "Medium" is not each page that stands there."""
_TELLING_PART = 6
"""Letters of the end of a host's name that may be what its outlet is called."""
OF_THE_CLAIM = 0.95
"""Confidence in an outlet that the claim itself is credited to."""
OF_THE_STORY = 0.45
"""Confidence, below all others, in what an article says once of its story, for a claim that is not its headline."""
_MIDNIGHT, _DAY = time(), timedelta(days=1)
_BODIES = frozenset({"person", "group"})
"""Kinds of root that a body has: a parse takes one that it does not know for a person."""
NO_NAMES = frozenset("he she they it i we you who that one this him her them his their some others many".split())


class Root(NamedTuple):
    """What reports can have in common: a source, an outlet, one of the reports itself, or a circle of them."""

    kind: str
    key: str


RootOf = Callable[[SourceKind, str], tuple[Root, float] | None]
"""The root of a named person or group across the reports, and how sure its name is that of the root."""


@dataclass
class Credit:
    """A root of one report: how sure, with the words that show it. ``direct``: said of the claim itself."""

    confidence: float
    direct: bool
    evidence: tuple[Evidence, ...] = ()
    source_id: str | None = None


@dataclass
class Rests:
    """All that one report rests on."""

    at: Occurrence
    own: dict[Root, Credit] = field(default_factory=dict)
    """What it names itself."""
    roots: dict[Root, Credit] = field(default_factory=dict)
    """With the roots of the reports that it cites."""
    relayed: set[Root] = field(default_factory=set)
    """Outlets to whom somebody is said to have told it: they rest on who did."""
    exclusive: set[Root] = field(default_factory=set)
    cites: dict[int, tuple[str, Evidence]] = field(default_factory=dict)
    """Other reports that it cites, with the outlet's name and the words."""
    with_story: set[int] = field(default_factory=set)
    """Those of them that it cites for the story that the claim is part of, not for the claim."""
    credited: dict[str, tuple[str, float, Evidence]] = field(default_factory=dict)
    """Outlets without a report among these, by key: name, confidence, words."""

    @property
    def rooted(self) -> bool:
        """Whether anything is known of where it has the claim from."""
        return bool(self._of_the_claim())

    @property
    def anchored(self) -> bool:
        """Whether what it rests on could be told from what another report rests on."""
        return any(root.kind != "unnamed" for root in self._of_the_claim()) or any(
            source.affiliations for source in carriers(self.at) if source.kind in UNNAMED
        )

    def _of_the_claim(self) -> list[Root]:
        """What it rests on for the claim itself, not only for the story that this is part of."""
        return [root for root, credit in self.roots.items() if credit.confidence > OF_THE_STORY]


def carriers(occurrence: Occurrence) -> list[Source]:
    """The sources that say the claim itself in an article, outlets that it cites left out."""
    carrying = {i for a in occurrence.attributions for i in a.source_ids}
    return [s for s in occurrence.sources if s.id in carrying and s.kind not in OUTLETS]


def read(reports: Sequence[Occurrence]) -> list[Rests]:
    """What each report rests on, in the order given."""
    found = [Rests(report) for report in reports]
    centre = _centre(reports)
    told: dict[str, set[Root]] = {}
    names = {SourceKind.NAMED_PERSON: people(), SourceKind.NAMED_GROUP: groups()}
    # Names in full first, so that a surname alone finds the person it belongs to.
    called = {(s.kind, s.name) for r in reports for s in r.sources if s.kind in names}
    called |= {(SourceKind.NAMED_GROUP, a.name) for r in reports for s in r.sources for a in s.affiliations}
    for kind, name in sorted(called, key=lambda c: (-len(folded(c[1])), c[1])):
        names[kind].add(name)

    persons = {folded(name) for kind, name in called if kind == SourceKind.NAMED_PERSON}
    newsrooms = _newsrooms(reports)

    def root_of(kind: SourceKind, name: str) -> tuple[Root, float] | None:
        if kind == SourceKind.NAMED_GROUP and " " in folded(name) and folded(name) in persons:
            kind = SourceKind.NAMED_PERSON  # a parse takes a name that it does not know for either
        found = names[kind].find(name) if kind in names else None
        if found is None:
            return None
        first, sure = found
        if _solid(name) in newsrooms or _solid(first) in newsrooms:
            return Root("outlet", first), 0.9  # another report says that it is one: see _as_outlets
        return Root("person" if kind == SourceKind.NAMED_PERSON else "group", folded(first)), sure

    for rests in found:
        _direct(rests, root_of)
        _backing(rests, root_of, centre, told)
        _of_the_story(rests, root_of)
    _speak_for(found, root_of)
    for rests in found:
        _as_outlets(rests)
    _spell_alike(found, told)
    _speak_of(found)
    _cite(found)
    _reach(found, told)
    _exclude(found)
    return found


def _solid(name: str) -> str:
    """An outlet's key in one word: "9to5Mac" is "9 to 5 Mac"."""
    return outlets.key(name).replace(" ", "")


def _newsrooms(reports: Sequence[Occurrence]) -> set[str]:
    """The outlets that the reports credit or stand in, each in one word."""
    credited = [name for r in reports for name, _ in r.cited_outlets]
    credited += [b.outlet for r in reports for b in r.backing if b.outlet]
    standing = [r.publisher for r in reports if r.publisher]
    return {_solid(name) for name in [*standing, *(n for n in credited if outlets.is_name(n))]} - {""}


def _spell_alike(found: Sequence[Rests], told: dict[str, set[Root]]) -> None:
    """Credit an outlet that some reports write in one word and some in several under the key that most of them have."""
    having = Counter(key for rests in found for key in rests.credited)
    spelt: dict[str, str] = {}
    for key in sorted(having, key=lambda key: (-having[key], key)):
        spelt.setdefault(key.replace(" ", ""), key)
    for rests in found:
        for key in list(rests.credited):
            if (usual := spelt[key.replace(" ", "")]) != key:
                other = rests.credited.pop(key)
                rests.credited[usual] = max(other, rests.credited.get(usual, other), key=lambda credit: credit[1])
    for key in list(told):
        if (usual := spelt.get(key.replace(" ", ""), key)) != key:
            told.setdefault(usual, set()).update(told.pop(key))


def _as_outlets(rests: Rests) -> None:
    """Count a source that is an outlet among those credited, so that its own report is found where it is known."""
    for root, credit in [item for item in rests.own.items() if item[0].kind == "outlet"]:
        del rests.own[root]
        if credit.evidence:
            sure = OF_THE_CLAIM if credit.direct else credit.confidence
            rests.credited.setdefault(outlets.key(root.key), (root.key, sure, credit.evidence[0]))


def _direct(rests: Rests, root_of: RootOf) -> None:
    """The sources of the claim itself, and the newsroom's own eyes."""
    o = rests.at
    for source in carriers(o):
        if folded(source.name) in NO_NAMES or (
            source.kind == SourceKind.NAMED_PERSON and outlets.known(source.name) is not None
        ):
            continue  # the parse has found a name where there is none, or a person where there is an outlet
        found = _root(o, source, root_of)
        if found is not None:
            root, confidence = found
            rests.own.setdefault(root, Credit(confidence, True, _words(o, source), source.id))
    if o.own_witness:
        rests.own[Root("witness", o.article_id)] = Credit(1.0, True, o.sentences[:1])


def _of_the_story(rests: Rests, root_of: RootOf) -> None:
    """What the article says once of the story that the claim is part of."""
    o = rests.at
    for source in o.sources:
        if source.id in o.story_sources and (found := _root(o, source, root_of)) is not None:
            rests.own.setdefault(found[0], Credit(OF_THE_STORY, False, _words(o, source), source.id))
    for name, evidence in o.story_outlets:
        if outlets.is_name(name) and outlets.key(name):
            rests.credited.setdefault(outlets.key(name), (name, OF_THE_STORY, evidence))


def _root(o: Occurrence, source: Source, root_of: RootOf) -> tuple[Root, float] | None:
    """What a source of one report is across the reports, and how sure."""
    found = root_of(source.kind, source.name)
    if found is None and source.kind in UNNAMED:
        found = _unnamed(o, source, root_of), 0.75
    if found is None and source.kind in _THINGS:
        found = _thing(source), 0.75
    return found


def _words(o: Occurrence, source: Source) -> tuple[Evidence, ...]:
    quote = o.quotes.get(source.id)
    return (quote,) if quote is not None else ()


def _thing(source: Source) -> Root:
    """A document, picture or post: of one claim there is one of a kind, however it is called."""
    called = " ".join(sorted(frozenset(stems(source.name))))
    return Root("thing", kind_of(source.name) or called or folded(source.name))


def _unnamed(o: Occurrence, source: Source, root_of: RootOf) -> Root:
    """Sources without a name: by the group they belong to, else by their description, else of this report alone."""
    groups = [root_of(SourceKind.NAMED_GROUP, a.name) for a in source.affiliations if not a.former]
    if known := sorted(group[0].key for group in groups if group is not None):
        party = not any(_of_a_state(a.name) for a in source.affiliations if not a.former)
        return Root("unnamed", (OF_A_PARTY if party else "at ") + folded(known[0]))
    described = frozenset(stems(source.name))
    if len(described) > 1 and not _TO_THE_NEWSROOM.search(source.name):
        return Root("unnamed", " ".join(sorted(described)))
    return Root("unnamed", f"{o.article_id}:{source.id}")


def _of_a_state(name: str) -> bool:
    """Whether a group is so large that its people are many: a state, its government or army, or a part of them."""
    if state_of(name) is not None:
        return True
    return category_of(name) in _OF_STATES and not _AS_OFTEN_A_PARTY_S.search(name)


def _backing(rests: Rests, root_of: RootOf, centre: Floats | None, told: dict[str, set[Root]]) -> None:
    """Those who back the story, as far as what they say bears it."""
    o = rests.at
    by_id = {s.id: s for s in o.sources}
    for backing in o.backing:
        near = 0.0 if centre is None else float((centre @ unpack(backing.vector)).max())
        if backing.form is None:
            for source in (by_id[i] for i in backing.source_ids if i in by_id):
                if source.kind in OUTLETS or folded(source.name) in NO_NAMES or outlets.known(source.name):
                    continue
                if source.kind in (SourceKind.NAMED_PERSON, SourceKind.NAMED_GROUP) and near >= _BEARS_SOURCE:
                    found = root_of(source.kind, source.name)
                    if found is not None and found[0].kind in ("person", "outlet"):
                        rests.own.setdefault(found[0], Credit(round(near, 3), False, (backing.evidence,), source.id))
                elif source.kind in _THINGS and near >= _BEARS_SOURCE:
                    root = _thing(source)
                    if root.key in KINDS:
                        rests.own.setdefault(root, Credit(round(near, 3), False, (backing.evidence,), source.id))
                elif source.kind in UNNAMED and near >= _BEARS_UNNAMED:
                    root = _unnamed(o, source, root_of)
                    if root.key.startswith(OF_A_PARTY) and not carriers(o):
                        rests.own.setdefault(root, Credit(round(near, 3), False, (backing.evidence,), source.id))
                    if not _spoke_to_it(source):
                        continue
                    rests.own.setdefault(
                        Root("newsroom", o.article_id),
                        Credit(round(near, 3), False, (backing.evidence,), source.id),
                    )
        elif backing.form == "own":
            rests.own.setdefault(Root("newsroom", o.article_id), Credit(0.8, False, (backing.evidence,)))
        elif backing.outlet and near >= BEARS_OUTLET and outlets.is_name(backing.outlet):
            key = outlets.key(backing.outlet)
            if not key:
                continue
            rests.credited.setdefault(key, (backing.outlet, round(min(0.9, near + 0.3), 3), backing.evidence))
            for source in (by_id[i] for i in backing.told_by if i in by_id):
                found = root_of(source.kind, source.name) if source.kind == SourceKind.NAMED_PERSON else None
                if found is not None and found[0].kind == "person":
                    told.setdefault(key, set()).add(found[0])
    for name, evidence in o.cited_outlets:
        if outlets.is_name(name):
            rests.credited[outlets.key(name)] = (name, OF_THE_CLAIM, evidence)


def _speak_of(found: list[Rests]) -> None:
    """What most reports speak of where they tell the story, a picture, a post or a statement, is what they rest on."""
    spoken = [mentioned((rests.at.passages or rests.at.sentences)[:_BEGINNING]) for rests in found]
    for kind in KINDS:
        speaking = [i for i, kinds in enumerate(spoken) if kind in kinds]
        if len(speaking) >= max(_LEAST_SPEAK, _MOST_SPEAK * len(found)):
            for i in speaking:
                found[i].own.setdefault(Root("thing", kind), Credit(0.5, False, (spoken[i][kind],)))


def _speak_for(found: Sequence[Rests], root_of: RootOf) -> None:
    """Let whoever speaks for a body rest on it, too, and who belongs to one where another one has it say the claim."""
    speaking = [_speaking(rests) for rests in found]
    tied: set[tuple[int, Root, Root, float]] = set()
    """Which report rests on what body, by which of its roots, and how sure."""
    called: dict[tuple[Root, str], set[int]] = {}
    for i, sources in enumerate(speaking):
        for its, source in sources:
            if source.kind == SourceKind.NAMED_GROUP and found[i].own[its].direct:
                called.setdefault((its, source.name), set()).add(i)
            for name in bodies(source):
                body, sure = root_of(SourceKind.NAMED_GROUP, name) or (its, 0.0)
                if body == its or body.kind not in _BODIES:
                    continue
                if is_voice(source):
                    tied.add((i, body, its, min(SURE, sure)))
                    called.setdefault((body, name), set()).add(i)
                elif source.kind == SourceKind.NAMED_PERSON and _another_has(found, i, body):
                    tied.add((i, body, its, POSSIBLE))
    for i, sources in enumerate(speaking):
        said = folded(" ".join([found[i].at.title or "", *(words.exact for words in found[i].at.sentences)]))
        for its, source in sources:
            voice, plain = is_voice(source), is_plain(source)
            for (body, name), who in called.items() if voice or plain else ():
                if who - {i} and (sure := speaks_for(source, name, said) if voice else stands_for(name, said)):
                    tied.add((i, body, its, sure))
    for i, body, its, sure in sorted(tied, key=lambda tie: (tie[0], -tie[3], tie[1:3])):
        credit = found[i].own[its]
        how = sure if credit.direct else min(sure, credit.confidence)
        found[i].own.setdefault(body, Credit(how, credit.direct, credit.evidence, credit.source_id))


def _another_has(found: Sequence[Rests], i: int, root: Root) -> bool:
    return any(root in rests.own for j, rests in enumerate(found) if j != i)


def _speaking(rests: Rests) -> list[tuple[Root, Source]]:
    """The sources of a report with their roots."""
    by_id = {source.id: source for source in rests.at.sources}
    return [(root, by_id[credit.source_id]) for root, credit in rests.own.items() if credit.source_id in by_id]


def _spoke_to_it(source: Source) -> bool:
    return bool(_TO_THE_NEWSROOM.search(source.name)) or bool(source.anonymity and source.anonymity.reason)


def _centre(reports: Sequence[Occurrence]) -> Floats | None:
    """What the reports have in common, as two vectors: of their stories, and of their headline claims."""
    stories = [unpack(r.story.vector) * r.story.length for r in reports if r.story is not None]
    claims = [unpack(r.vector) for r in reports if r.vector is not None]
    rows = [_unit(np.sum(vectors, axis=0)) for vectors in (stories, claims) if vectors]
    return np.array(rows, np.float32) if rows else None


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


# --- citations ---------------------------------------------------------------------------------


def _cite(found: list[Rests]) -> None:
    """Turn credits of an outlet into citations of its report, where there is one that can be meant."""
    for i, rests in enumerate(found):
        for key, (name, confidence, evidence) in sorted(rests.credited.items()):
            target = _report_of(found, i, name)
            if target is None:
                rests.own.setdefault(Root("outlet", key), Credit(confidence, confidence >= OF_THE_CLAIM, (evidence,)))
            else:
                rests.cites.setdefault(target, (name, evidence))
                root = Root("report", found[target].at.article_id)
                if confidence > OF_THE_STORY:
                    rests.with_story.discard(target)
                    rests.own[root] = Credit(0.95, True, (evidence,))
                elif root not in rests.own:
                    rests.with_story.add(target)
                    rests.own[root] = Credit(OF_THE_STORY, False, (evidence,))
        _cite_itself(found, i)
        for target in rests.cites:
            cited = found[target]
            cited.own.setdefault(Root("report", cited.at.article_id), Credit(1.0, True, cited.at.sentences[:1]))
    # Whoever credits an outlet before its own report came out, and whoever does so after, credit one outlet.
    early = {root for rests in found for root in rests.own if root.kind == "outlet"}
    for rests in found:
        for key, (_, confidence, evidence) in rests.credited.items():
            if (root := Root("outlet", key)) in early:
                rests.own.setdefault(root, Credit(confidence, confidence >= OF_THE_CLAIM, (evidence,)))


def _cite_itself(found: list[Rests], i: int) -> None:
    """Turn a newsroom's credit of itself into a citation of what it published before, the first of it."""
    at, rests = found[i].at, found[i]
    before = [j for j, other in enumerate(found) if one_house(other.at, at) and came_later(at, other.at)]
    target = min(before, key=lambda j: _age(found[j], by_date=True), default=None)
    if at.self_cited is None or at.publisher is None or target is None or target in rests.cites:
        return
    rests.cites[target] = (at.publisher, at.self_cited)
    sure, direct = (0.95, True) if at.headline else (OF_THE_STORY, False)
    if not direct:
        rests.with_story.add(target)
    root = Root("report", found[target].at.article_id)
    rests.own.setdefault(root, Credit(sure, direct, (at.self_cited,)))


def one_house(one: Occurrence, other: Occurrence) -> bool:
    """Whether two articles are of one newsroom."""
    return bool(one.publisher and other.publisher) and same_outlet(one.publisher or "", other.publisher or "")


def relays(rests: Rests) -> bool:
    """Whether a report credits an outlet of which none of the reports is known, and not only as the one that somebody
    told it: that may be its own."""
    told = {outlets.key(a.via) for a in rests.at.attributions if a.via}
    told |= {outlets.key(b.outlet) for b in rests.at.backing if b.outlet and b.form == "told"}
    told -= {outlets.key(b.outlet) for b in rests.at.backing if b.outlet and b.form != "told"}
    return any(root.kind == "outlet" and root.key not in told for root in rests.own)


def _report_of(found: list[Rests], i: int, name: str) -> int | None:
    """The report of an outlet that report ``i`` can mean: not a later one, where dates are known."""
    at = found[i].at
    meant = [
        j for j, other in enumerate(found) if j != i and _published(other.at, name) and not came_later(other.at, at)
    ]
    # Of several the oldest, whatever order they came in.
    dated = all(found[j].at.published_at for j in meant)
    return min(meant, key=lambda j: _age(found[j], dated), default=None)


def came_later(one: Occurrence, other: Occurrence) -> bool:
    """Whether an article is known to have been published after another one.

    A page that tells the day alone has midnight for its time, and nobody knows where: it leaves room for a day.
    """
    if one.published_at is None or other.published_at is None:
        return False
    day_alone = _MIDNIGHT in (one.published_at.time(), other.published_at.time())
    return one.published_at - other.published_at > (_DAY if day_alone else timedelta(0))


def _age(report: Rests, by_date: bool = False) -> tuple[datetime, str]:
    """What reports are put in order by, whatever order they came in: the oldest first."""
    return (by_date and report.at.published_at) or report.at.added_at, report.at.article_id


def _published(o: Occurrence, name: str) -> bool:
    """Whether an article stands in the outlet called so, by its publisher or its address."""
    if o.publisher and same_outlet(o.publisher, name):
        return True
    if o.url is None:
        return False
    bare = outlets.key(name).replace(" ", "")
    # "The Courier" of calvornecourier.example; but the Times of London does not stand at nytimes.com.
    part = len(bare) >= _TELLING_PART and outlets.known(name) is None
    return any(
        (label.startswith(bare) and label.removeprefix(bare) in _AFTER_A_NAME) or (part and label.endswith(bare))
        for label in _labels(o.url)
    )


@lru_cache(maxsize=1_000)
def _labels(url: str) -> frozenset[str]:
    """The parts of an address's host that may name its outlet, without hyphens and article; of one of the table its
    key in one word."""
    labels = (urlsplit(url).hostname or "").split(".")
    names = (".".join(labels[n:]) for n in range(len(labels) - 1))
    if known := {_solid(found.name) for name in names if (found := outlets.known(name)) is not None}:
        return frozenset(known)
    plain = {label.replace("-", "").removeprefix("the") for label in labels[:-1]}
    return frozenset(plain - _NO_OUTLETS - {""})


def _reach(found: list[Rests], told: dict[str, set[Root]]) -> None:
    """The roots of each report with those of all that its citations lead to."""
    for i, rests in enumerate(found):
        firm = _reached(found, i, loosely=False)
        for j in sorted(_reached(found, i), key=lambda j: (j != i, j not in firm, *_age(found[j]))):
            for root, credit in found[j].own.items():
                sure = credit if j in firm else Credit(OF_THE_STORY, False, credit.evidence, credit.source_id)
                rests.roots.setdefault(root, sure)
        for root, credit in list(rests.roots.items()):
            if root.kind == "outlet":
                if told.get(root.key):
                    rests.relayed.add(root)
                for origin in told.get(root.key, ()):
                    rests.roots.setdefault(origin, Credit(min(0.8, credit.confidence), False, credit.evidence))


def _reached(found: list[Rests], i: int, loosely: bool = True) -> set[int]:
    """The report and those that its citations lead to; with ``loosely``, also those for the story alone."""
    reached, waiting = {i}, [i]
    while waiting:
        rests = found[waiting.pop()]
        for j in rests.cites if loosely else rests.cites.keys() - rests.with_story:
            if j not in reached:
                reached.add(j)
                waiting.append(j)
    return reached


def _exclude(found: list[Rests]) -> None:
    """Mark what speaks for an origin of a report's own."""
    holders: dict[Root, int] = {}
    for rests in found:
        for root in rests.roots:
            holders[root] = holders.get(root, 0) + 1
    everybody = _in_the_story(found)
    for rests in found:
        rests.exclusive = {
            root
            for root, credit in rests.roots.items()
            if root not in everybody
            and (
                (
                    root.kind in ("outlet", "newsroom", "witness")
                    and root not in rests.relayed
                    and credit.confidence > OF_THE_STORY
                )
                or (root.kind in ("person", "group") and (credit.direct or holders[root] > 1))
                or (root.kind == "unnamed" and credit.direct and _TO_THE_NEWSROOM.search(root.key))
            )
        }


_NAMED = frozenset({"person", "group", "outlet"})


def _in_the_story(found: list[Rests]) -> set[Root]:
    """People, groups and outlets whom nearly all reports name: whether the story is about them or all have it from
    them, it is no sign of an origin of its own that one report quotes or credits them."""
    if len(found) < _LEAST_TOLD:
        return set()
    words = [frozenset(stems(" ".join(s.exact for s in r.at.passages or r.at.sentences))) for r in found]
    roots = {root: frozenset(stems(root.key)) for r in found for root in r.roots if root.kind in _NAMED}
    least = _IN_THE_STORY * len(found)
    return {root for root, name in roots.items() if name and sum(name <= told for told in words) >= least}
