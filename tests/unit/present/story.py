"""The founding case, made by hand: one report on unnamed exiles with a stake, a second report, and a denial."""

from datetime import UTC, datetime

from secondsource.model import (
    Affiliation,
    AffiliationCategory,
    Analysis,
    Anonymity,
    Article,
    Attribution,
    Claim,
    ClaimRecord,
    Edge,
    Evidence,
    Facts,
    Flag,
    FlagCode,
    FlagLevel,
    FlagScope,
    MediaKind,
    Node,
    NotAssessable,
    Origins,
    Place,
    Rule,
    Source,
    SourceKind,
    Span,
    Stake,
    StakeLevel,
    StakeType,
    Stance,
)

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)
TENANT = "newsroom"
FIRST, SECOND, THIRD = "art_first", "art_second", "art_third"

TEXT = (
    "The Front and the Brigades have formed an alliance, three members of the exiled National Council said on "
    "Monday, speaking from Marrenport on condition of anonymity.\n\n"
    "“This is not a truce,” one of them said. “They have agreed on one command.”\n\n"
    "The council, which lost the town of Dremna to the Front last week, is also seeking weapons from abroad.\n\n"
    "The Front sells timber."
)
OTHER_TEXT = "The Front and the Brigades have struck an alliance, according to members of the National Council."
DENIAL_TEXT = "“There is no alliance between the Front and the Brigades,” said Lena Orvik, an analyst."


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand in the text."""
    start = text.index(words)
    return start, start + len(words)


def evidence(words: str, shows: str = "", text: str = TEXT, article_id: str = FIRST) -> Evidence:
    """The words as evidence, with what stands around them."""
    start, end = span(words, text)
    return Evidence(
        article_id=article_id,
        start=start,
        end=end,
        exact=words,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        shows=shows,
    )


COUNCIL = Source(
    id="s1",
    name="three members of the exiled National Council",
    kind=SourceKind.UNNAMED_PERSON,
    mentions=(span("three members of the exiled National Council"), span("one of them")),
    affiliations=(
        Affiliation(
            name="National Council", category=AffiliationCategory.POLITICAL_GROUP, span=span("National Council")
        ),
    ),
    anonymity=Anonymity(grade="general", description="three members of the exiled National Council"),
    speaks_from=Place(name="Marrenport", span=span("Marrenport")),
)

ATTRIBUTIONS = (
    Attribution(
        id="a1",
        source=(span("three members of the exiled National Council"),),
        cue=(span("said on"),),
        content=(span("The Front and the Brigades have formed an alliance"),),
        source_id="s1",
        rule="indirect",
    ),
    Attribution(
        id="a2",
        source=(span("one of them"),),
        cue=(span("said. “"),),
        content=(span("This is not a truce,"), span("They have agreed on one command.")),
        source_id="s1",
        rule="direct",
    ),
)

STAKE = Stake(
    article_id=FIRST,
    source_id="s1",
    source_name=COUNCIL.name,
    attribution_ids=("a1",),
    level=StakeLevel.LIKELY,
    confidence=0.7,
    types=(StakeType.ADVERSARY, StakeType.BENEFICIARY),
    motivated=True,
    group="National Council",
    reason="The National Council lost Dremna to the Front and is seeking weapons.",
    evidence=(evidence("lost the town of Dremna to the Front", "stake"),),
    rule="motivated_source.adversary",
)


def flag(code: FlagCode, level: FlagLevel, reason: str, *shown: Evidence, scope: str = "article") -> Flag:
    """A flag of this code with its evidence."""
    return Flag(
        code=code,
        level=level,
        confidence=0.7,
        reason=reason,
        evidence=shown,
        rule=Rule(id=f"{code}.1"),
        scope=FlagScope(kind="corpus" if scope == "corpus" else "article", articles=3 if scope == "corpus" else 1),
    )


ANONYMOUS = flag(
    FlagCode.ANONYMOUS_SOURCE,
    FlagLevel.CAUTION,
    "All sources are unnamed: three members of the exiled National Council.",
    evidence("three members of the exiled National Council", "source"),
)
ANONYMOUS_ELSEWHERE = flag(
    FlagCode.ANONYMOUS_SOURCE,
    FlagLevel.CAUTION,
    "All sources are unnamed: members of the National Council.",
    evidence("members of the National Council", "source", OTHER_TEXT, SECOND),
)
MOTIVATED = flag(
    FlagCode.MOTIVATED_SOURCE,
    FlagLevel.WARNING,
    "Three members of the exiled National Council have a stake in this claim: it lost Dremna to the Front.",
    evidence("members of the exiled National Council", "tie"),
    evidence("lost the town of Dremna to the Front", "stake"),
)
SHARED = flag(
    FlagCode.SHARED_ORIGIN,
    FlagLevel.WARNING,
    "Two reports rest on the same members of the National Council.",
    evidence("three members of the exiled National Council", "same source"),
    evidence("members of the National Council", "same source", OTHER_TEXT, SECOND),
    scope="corpus",
)
DISPUTED = flag(
    FlagCode.DISPUTED,
    FlagLevel.NOTE,
    "Lena Orvik denies it.",
    evidence("There is no alliance between the Front and the Brigades", "denial", DENIAL_TEXT, THIRD),
    scope="corpus",
)

ORIGINS = Origins(
    low=1.0,
    best=1.0,
    high=1.0,
    groups=((FIRST, SECOND),),
    nodes=(
        Node(id=f"article:{FIRST}", type="article", label="The Courier"),
        Node(id=f"article:{SECOND}", type="article", label="Hinterpost"),
        Node(id="source:council", type="source", label="members of the National Council"),
    ),
    edges=(
        Edge(
            source=f"article:{SECOND}",
            target=f"article:{FIRST}",
            type="same_source",
            confidence=0.8,
            evidence=(
                evidence("members of the National Council", "same source", OTHER_TEXT, SECOND),
                evidence("three members of the exiled National Council", "same source"),
            ),
        ),
    ),
)

HEADLINE = Claim(
    id="c2",
    text="The Front and the Brigades have formed an alliance",
    spans=(span("The Front and the Brigades have formed an alliance"),),
    attribution_ids=("a1",),
    headline=True,
    claim_id="clm_alliance",
)
UNSOURCED = Claim(
    id="c1", text="The Front sells timber.", spans=(span("The Front sells timber."),), claim_id="clm_timber"
)

ALLIANCE = ClaimRecord(
    claim_id="clm_alliance",
    text=HEADLINE.text,
    created_at=NOW,
    facts=Facts(),
    articles=(FIRST, SECOND),
    origins=ORIGINS,
    flags=(DISPUTED, ANONYMOUS, ANONYMOUS_ELSEWHERE, MOTIVATED, SHARED),
    not_assessable=(
        NotAssessable(
            code=FlagCode.REMOTE_SOURCE,
            rule=Rule(id="remote_source.1"),
            reason="The text does not say where the claim takes place.",
        ),
    ),
    stakes=(STAKE,),
)
TIMBER = ClaimRecord(
    claim_id="clm_timber",
    text=UNSOURCED.text,
    created_at=NOW,
    facts=Facts(),
    articles=(FIRST,),
    origins=Origins(low=1.0, best=1.0, high=1.0, groups=((FIRST,),)),
)
RECORDS = {record.claim_id: record for record in (ALLIANCE, TIMBER)}

ARTICLE = Article(
    id=FIRST,
    text=TEXT,
    kind=MediaKind.TEXT,
    title="Front and Brigades have formed alliance, exiles say",
    url="https://courier.example/alliance",
    publisher="The Courier",
    byline="Petra Lindqvale",
    published_at=datetime(2025, 3, 11, 5, 30, tzinfo=UTC),
    language="en",
    added_at=NOW,
    analysis=Analysis(
        attributions=ATTRIBUTIONS, sources=(COUNCIL,), claims=(UNSOURCED, HEADLINE), stakes={"c2": (STAKE,)}
    ),
)
EMPTY = Article(
    id="art_empty",
    text="Only a headline",
    kind=MediaKind.TEXT,
    added_at=NOW,
    analysis=Analysis(reason="The text is only a headline."),
)
DENIAL = Attribution(
    id="a1",
    source=(span("Lena Orvik", DENIAL_TEXT),),
    cue=(span("said", DENIAL_TEXT),),
    content=(span("There is no alliance between the Front and the Brigades", DENIAL_TEXT),),
    stance=Stance.DENY,
    source_id="s1",
)
