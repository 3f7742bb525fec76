"""Print what it costs to find a claim among many, and to store an article, as the store grows.

usage: python -m tests.bench.index [CLAIMS ...]

A made-up corpus (``tests.bench.corpus``) goes through the real ``DynamoStore`` into a DynamoDB in process that counts
units as AWS bills them (``tests.bench.dynamodb``). What is stored for each claim, and in which order, is what a recount
stores; which record a claim belongs to is known here, so that the store is the same whatever matching makes of it, and
is not looked up. At each of the sizes, which count claim records, reports that were not stored are looked up, as an
article's claims are: index entries first, then the signatures of the best candidates.

Times are processor time, and stand beside one parse of a report by spaCy in the same run.
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise

from secondsource.aws.codec import pack
from secondsource.aws.store import DynamoStore
from secondsource.corpus.prints import MOST
from secondsource.model import (
    Article,
    Attribution,
    Backing,
    ClaimRecord,
    Edge,
    Event,
    Evidence,
    Facts,
    Flag,
    FlagCode,
    FlagLevel,
    FlagScope,
    MediaKind,
    Node,
    NotAssessable,
    Occurrence,
    Origins,
    RaisedFlag,
    Relation,
    RelationType,
    Rule,
    Signature,
    Source,
    SourceKind,
)
from secondsource.model import Story as StorySignature
from secondsource.services.ids import digest_id
from secondsource.services.knowledge import known
from tests.bench.corpus import CLAIMS, START, Report, Said, Story, reports
from tests.bench.dynamodb import CountingDynamo
from tests.bench.run import article as sample_text
from tests.bench.run import timed

SIZES = (1_000, 10_000, 100_000)
TENANT = "bench"
NEWEST = 25
"""Entries read of each key, as for the claims of an article."""
COMPARED = 15
"""Candidates whose signatures are read."""
MOST_KEYS = 31
"""Of a headline claim: 21 pairs of its story, 6 of its own, and 4 prints."""
LOOKED_UP = 300
"""Stories of which a fresh report is looked up, at each size and of each age: some 1,100 claims."""
RECENT = 0.1
"""The newest tenth of the reports: what the news is about."""
NAMED, STATING, HOT = 12, 4, 40
"""Names by which an article is found, those of them of whom it states something (twice), and names that are in the news
all the time, of which each article has two: made up, for no corpus has been counted yet."""
_VECTOR = 384
"""Bytes of a sentence vector, as stored; random ones cannot be compressed, and neither can real ones."""
RULE = Rule(id="bench")

WRITE_DOLLARS, READ_DOLLARS, STORED_DOLLARS = 0.625, 0.125, 0.25
"""List prices on demand, us-east-1, as of 2025: a million write and read request units, a gigabyte-month. To be checked
before anything is built on them: https://aws.amazon.com/dynamodb/pricing/on-demand/"""
MILLION = 1_000_000
GIGABYTE = 1024**3


class Clock:
    """The time at which the report that is being stored comes."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


class Desk:
    """Stores reports as the services do, and counts what each kind of thing costs."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.dynamo = CountingDynamo()
        self.store = DynamoStore(self.dynamo, "bench", self.clock)  # type: ignore[arg-type]
        self.claims: set[str] = set()
        self.articles = 0
        self.spent: dict[str, Counter[str]] = {}
        self.seconds = 0.0
        self.recounts: dict[int, Counter[str]] = {}
        """What a recount used, by the number of a claim's reports."""
        self.bytes: Counter[str] = Counter()

    def take(self, report: Report) -> None:
        """Store a report: each claim's occurrence and the count that follows, then the article."""
        begin = time.process_time()
        self.clock.at = report.at
        chance = random.Random(report.number)
        article_id = digest_id("art", str(report.number))
        with self._counted("names"):
            self.store.put_mentions(TENANT, article_id, report.at, _named(report, article_id, chance))
        for said in report.said:
            occurrence = occurrence_of(said, article_id, report.at, chance)
            with self._counted("occurrences and index"):
                self.store.put_occurrence(TENANT, occurrence)
            self.recount(said, chance)
            self.claims.add(said.claim)
            self._weigh("occurrence", occurrence)
        article = _article(article_id, report.at, chance)
        with self._counted("articles"):
            self.store.add_article(TENANT, article)
        self._weigh("article", article)
        self.articles += 1
        self.seconds += time.process_time() - begin

    def recount(self, said: Said, chance: random.Random) -> None:
        """As ``services.recount``: a record that is missing is made, and its occurrences are read again before it is counted."""
        now, kept = self.clock.now(), self.store
        with self._counted("records") as used:
            record = kept.get_claims(TENANT, [said.claim]).get(said.claim)
            occurrences = kept.occurrences(TENANT, said.claim)
            if record is None:
                facts = said.facts.model_copy(update={"keys": ()})
                record = ClaimRecord(claim_id=said.claim, text=occurrences[0].text, created_at=now, facts=facts)
                kept.add_claim(TENANT, record)
                occurrences = kept.occurrences(TENANT, said.claim)
            counted = _counted(record, occurrences)
            # The second report is where a claim stops resting on one source.
            kept.update_claim(TENANT, counted, _event(counted) if len(occurrences) == 2 else None)
        self.recounts.setdefault(len(occurrences), Counter()).update({**used, "times": 1})
        signature = _signature(said, chance, len(occurrences))
        with self._counted("signatures"):
            kept.put_signatures(TENANT, {said.claim: (counted.version, signature)})
        self._weigh("record", counted)
        self._weigh("signature", signature)

    @contextmanager
    def _counted(self, kind: str) -> Iterator[Counter[str]]:
        with self.dynamo.metered() as used:
            yield used
        self.spent.setdefault(kind, Counter()).update(used)

    def _weigh(self, kind: str, value: Article | Occurrence | ClaimRecord | Signature) -> None:
        if kind == "occurrence" and isinstance(value, Occurrence) and value.headline:
            kind = "headline occurrence"
        if self.articles % 50 == 0:
            self.bytes.update({kind: len(pack(value)), f"{kind}s": 1})


class LookUp:
    """What one look-up read, and where it found what."""

    def __init__(self, desk: Desk, said: Said) -> None:
        begin = time.process_time()
        with desk.dynamo.metered() as used:
            candidates = desk.store.candidates(TENANT, said.facts.keys, NEWEST)
            best = [candidate.claim_id for candidate in candidates.found[:COMPARED]]
            desk.store.signatures(TENANT, best)
        self.seconds = time.process_time() - begin
        self.calls = used["Query"] + used["BatchGetItem"]
        self.items = used["items read"]
        self.units = used["read units"]
        self.cut = bool(candidates.cut)
        self.found = any(candidate.claim_id == said.claim for candidate in candidates.found)
        self.compared = said.claim in best


def looked_up(desk: Desk, stories: Sequence[Story], seed: int) -> tuple[list[LookUp], list[LookUp]]:
    """Fresh reports of stories drawn from these: look-ups of headline claims, and of others."""
    chance = random.Random(seed)
    headlines, others = [], []
    for story in chance.sample(list(stories), min(LOOKED_UP, len(stories))):
        for said in story.again():
            if said.claim in desk.claims:
                (headlines if said.headline else others).append(LookUp(desk, said))
    return headlines, others


def main() -> None:
    """Fill, look up and print."""
    sizes = sorted(int(size) for size in sys.argv[1:]) or list(SIZES)
    parse = _parse_seconds()
    desk, stories, told = Desk(), dict[int, Story](), list[int]()
    source = reports(1, stories)
    print(f"One parse of a long report: {1000 * parse:.0f} ms of processor time. {COMPARED} signatures are compared.")
    print(
        "                        read per look-up, median / p95                 claim is compared (found at all)\n"
        "   claims  reports   calls      items     units     time/parse       headline           others      old stories      cut"
    )
    for size in sizes:
        before, articles, seconds = {k: v.copy() for k, v in desk.spent.items()}, desk.articles, desk.seconds
        while len(desk.claims) < size:
            report = next(source)
            desk.take(report)
            told.append(report.story)
        recent = {story: stories[story] for story in told[-int(len(told) * RECENT) or -1 :]}
        headlines, others = looked_up(desk, list(recent.values()), size)
        old = [look for looks in looked_up(desk, [stories[s] for s in sorted(set(told))], size + 1) for look in looks]
        every = [*headlines, *others]
        print(
            f"{len(desk.claims):9,} {desk.articles:8,}"
            f" {_spread([look.calls for look in every]):>8} {_spread([look.items for look in every]):>9}"
            f" {_spread([look.units for look in every]):>9}"
            f"  {_spread([look.seconds / parse for look in every], '.3f'):>13}"
            f"  {_share(headlines):>15}  {_share(others):>15}  {_share(old):>15}"
            f"  {sum(look.cut for look in every) / len(every):7.1%}"
        )
        spent = {kind: used - before.get(kind, Counter()) for kind, used in desk.spent.items()}
        last = (size, spent, desk.articles - articles, (desk.seconds - seconds) / parse)
    _print_cost(desk, *last, every)


def _print_cost(
    desk: Desk, size: int, spent: dict[str, Counter[str]], articles: int, parses: float, looks: list[LookUp]
) -> None:
    print(f"\nPer article, mean of the last {articles:,} on the way to {size:,} claims")
    print("                         items written   units written   units read")
    total: Counter[str] = Counter()
    for kind, used in spent.items():
        total.update(used)
        print(
            f"  {kind:22s} {used['items written'] / articles:13.1f}   {used['write units'] / articles:13.1f}"
            f"   {used['read units'] / articles:10.1f}"
        )
    # An article's claims are most of them new; looking one up costs about the same whether it is found or not.
    looking = statistics.mean(look.units for look in looks) * CLAIMS
    written, read = total["write units"] / articles, total["read units"] / articles + looking
    print(f"  {f'{CLAIMS} look-ups':22s} {0:13.1f}   {0:13.1f}   {looking:10.1f}")
    print(f"  {'all':22s} {total['items written'] / articles:13.1f}   {written:13.1f}   {read:10.1f}")
    print(f"  stored in the time of {parses / articles:.2f} parses, without look-ups and analysis")
    items, stored = desk.dynamo.size()
    print(
        f"  left in the table: {items / desk.articles:.0f} items, {stored / desk.articles / 1024:.1f} KB with what AWS adds"
    )
    print(
        f"  the fullest index key has {desk.dynamo.fullest('#PAIR#'):,} entries; at most {2 * MOST_KEYS + COMPARED} units are read "
        "per look-up"
    )
    sizes = [kind for kind in desk.bytes if f"{kind}s" in desk.bytes]
    print("  packed bytes: " + ", ".join(f"{kind} {desk.bytes[kind] / desk.bytes[f'{kind}s']:.0f}" for kind in sizes))
    print("  units read / written by a recount, by the claim's reports: " + _growth(desk.recounts))
    print("  units read to know what is said of a name, median / p95: " + _spread(_known(desk)))
    dollars = (
        written * WRITE_DOLLARS,
        read * READ_DOLLARS,
        stored / desk.articles * MILLION / GIGABYTE * STORED_DOLLARS,
    )
    print(
        f"\nA million articles: {written:.0f} million write units ${dollars[0]:.0f}, {read:.0f} million read units "
        f"${dollars[1]:.0f}, {stored / desk.articles * MILLION / GIGABYTE:.0f} GB kept ${dollars[2]:.0f} a month"
    )


def _named(report: Report, article_id: str, chance: random.Random) -> dict[str, tuple[Relation, ...]]:
    """The names of a story, and two of those that are in the news all the time."""
    hot = {f"hot {min(int(chance.paretovariate(1)), HOT)}" for _ in range(2)}
    names = [*hot, *(f"name {report.story} {number}" for number in range(NAMED - len(hot)))]
    stating = chance.sample(names, STATING)
    return {
        name: tuple(_stated(name, article_id, chance) for _ in range(2)) if name in stating else () for name in names
    }


def _stated(name: str, article_id: str, chance: random.Random) -> Relation:
    words = Evidence(article_id=article_id, start=700, end=900, exact=_words(chance, 34), prefix="The ", suffix=". It ")
    return Relation(
        holder=name, type=RelationType.RIVAL_OF, other=_words(chance, 2), shows="lost ground to", evidence=words
    )


def _known(desk: Desk) -> list[float]:
    """What a look at one name reads: of those that are in the news all the time, and of as many others."""
    units = []
    for number in range(1, HOT + 1):
        for name in (f"hot {number}", f"name {number} 3"):
            with desk.dynamo.metered() as used:
                known(desk.store, TENANT, [name])
            units.append(used["read units"])
    return units


def _growth(recounts: dict[int, Counter[str]]) -> str:
    """At 1, 2, 5 … reports, as far as there are such claims."""
    shown = [(count, recounts[count]) for count in (1, 2, 5, 10, 20, 50) if count in recounts]
    return ", ".join(
        f"{count}: {used['read units'] / used['times']:.0f} / {used['write units'] / used['times']:.0f}"
        for count, used in shown
    )


def _spread(values: Sequence[float], form: str = ".0f") -> str:
    ranked = sorted(values)
    return f"{statistics.median(ranked):{form}} / {ranked[int(0.95 * (len(ranked) - 1))]:{form}}"


def _share(looks: Sequence[LookUp]) -> str:
    among = max(1, len(looks))
    return f"{sum(look.compared for look in looks) / among:.1%} ({sum(look.found for look in looks) / among:.1%})"


def _parse_seconds() -> float:
    from secondsource.language.parse import spacy_parser

    text = sample_text()
    spacy_parser(text)
    return statistics.median(timed(lambda: spacy_parser(text)) for _ in range(5))


# --- what is stored of a claim, as large as what is stored of the bundled stories ------------


def _words(chance: random.Random, count: int) -> str:
    """Words that compress about as English does."""
    return " ".join(f"{chance.getrandbits(20):x}" for _ in range(count))


def _evidence(article_id: str, said: Said, chance: random.Random) -> Evidence:
    exact = " ".join([*said.facts.stems, _words(chance, 34)])
    return Evidence(
        article_id=article_id, start=1200, end=1200 + len(exact), exact=exact, prefix="The ", suffix=". It "
    )


def occurrence_of(said: Said, article_id: str, at: datetime, chance: random.Random) -> Occurrence:
    words = _evidence(article_id, said, chance)
    name = _words(chance, 2)
    return Occurrence(
        claim_id=said.claim,
        article_id=article_id,
        article_claim_id="c4",
        headline=said.headline,
        title=_words(chance, 6),
        publisher=_words(chance, 2),
        url=f"https://news.example/{_words(chance, 1)}",
        published_at=at,
        added_at=at,
        text=words.exact,
        own_witness=False,
        sentences=(words,),
        attributions=(
            Attribution(
                id="a3",
                source=((1200, 1212),),
                cue=((1213, 1217),),
                content=((1218, 1290),),
                source_id="s2",
                rule="verb",
            ),
        ),
        sources=(Source(id="s2", name=name, kind=SourceKind.NAMED_PERSON, mentions=((1200, 1212),), role="minister"),),
        quotes={
            "a3:source": words.model_copy(update={"exact": name, "end": 1212}),
            "a3:cue": words.model_copy(update={"exact": "said", "start": 1213, "end": 1217}),
            "a3:content": words.model_copy(update={"start": 1218, "prefix": f"{name} said "}),
            "s2": words.model_copy(update={"exact": name, "end": 1212, "shows": "who"}),
        },
        facts=said.facts,
        vector=chance.randbytes(_VECTOR),
        story=_story(chance, 60) if said.headline else None,
        passages=(words,) * 4 if said.headline else (),
        backing=tuple(
            Backing(vector=chance.randbytes(_VECTOR), source_ids=("s2",), evidence=_evidence(article_id, said, chance))
            for _ in range(CLAIMS if said.headline else 0)
        ),
        not_assessable=tuple(
            NotAssessable(code=code, rule=RULE, reason=_words(chance, 14))
            for code in (FlagCode.REMOTE_SOURCE, FlagCode.MOTIVATED_SOURCE)
        ),
    )


def _counted(record: ClaimRecord, occurrences: Sequence[Occurrence]) -> ClaimRecord:
    """The record's next version, with a graph that grows with its reports, and flags that show words of five at most."""
    nodes = [Node(id=f"article:{o.article_id}", type="article", label=o.publisher or "") for o in occurrences]
    edges = [
        Edge(source=a.id, target=b.id, type="copies", confidence=0.8, evidence=o.sentences)
        for (a, b), o in zip(pairwise(nodes), occurrences, strict=False)
    ]
    articles = tuple(o.article_id for o in occurrences)
    flag = Flag(
        code=FlagCode.SINGLE_SOURCE,
        level=FlagLevel.CAUTION,
        confidence=0.8,
        reason=f"It rests on {occurrences[0].sources[0].name} alone.",
        evidence=tuple(o.sentences[0] for o in occurrences[:5]),
        rule=RULE,
        scope=FlagScope(kind="corpus", articles=len(articles)),
    )
    return record.model_copy(
        update={
            "articles": articles,
            "origins": Origins(low=1, best=1, high=2, groups=(articles,), nodes=tuple(nodes), edges=tuple(edges)),
            "flags": (flag,),
            "not_assessable": occurrences[0].not_assessable,
            "contested_by": tuple(o.sources[0].name for o in occurrences[:5]),
            "version": record.version + 1,
        }
    )


def _event(record: ClaimRecord) -> Event:
    raised = [
        RaisedFlag(**flag.model_dump(include={"code", "level", "reason", "rule", "scope"}), articles=record.articles)
        for flag in record.flags
    ]
    return Event(
        id=f"evt_{record.claim_id}_{record.version}",
        claim_id=record.claim_id,
        at=record.created_at,
        version=record.version,
        articles=record.articles,
        before=tuple(raised),
        after=(),
    )


def _signature(said: Said, chance: random.Random, number: int) -> Signature:
    """Of a headline claim with its story's stems: 60 of one report, 120 of many."""
    facts = Facts(stems=said.facts.stems)
    story = _story(chance, min(120, 40 + 20 * number)) if said.headline else None
    return Signature(facts=facts, vector=chance.randbytes(_VECTOR), story=story)


def _story(chance: random.Random, terms: int) -> StorySignature:
    weights = {f"{chance.getrandbits(28):x}": round(chance.random(), 4) for _ in range(terms)}
    return StorySignature(
        vector=chance.randbytes(_VECTOR), length=0.9, terms=weights, prints=chance.randbytes(4 * min(MOST, 2 * terms))
    )


def _article(article_id: str, at: datetime, chance: random.Random) -> Article:
    """As large as an article of 400 words with its analysis, without either."""
    return Article(
        id=article_id, text=chance.randbytes(3500).hex(), kind=MediaKind.TEXT, title=_words(chance, 6), added_at=at
    )


if __name__ == "__main__":
    main()
