"""The domain: what an article, its attributions, sources, claims, origins and flags are.

All types are frozen. Offsets are Unicode code points into the article's stored ``text``, end exclusive.
The words are those of docs/architecture.md; kinds of source and categories of affiliation follow
Spangher et al., "Identifying Informational Sources in News Articles" (EMNLP 2023).
"""

from base64 import b64decode, b64encode
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Span = tuple[int, int]
"""[start, end) in code points of the stored text."""
Spans = tuple[Span, ...]
"""One stretch of text in one or several pieces: a quotation interrupted by its cue has two."""

Unit = Annotated[float, Field(ge=0.0, le=1.0)]

Packed = Annotated[
    bytes,
    BeforeValidator(lambda value: b64decode(value) if isinstance(value, str) else value),
    PlainSerializer(lambda value: b64encode(value).decode(), return_type=str, when_used="json"),
]
"""Bytes; base64 in JSON."""
Vector = Packed
"""A sentence vector as ``text.vectors.pack`` makes it."""


class Model(BaseModel):
    """Base of every domain type: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceKind(StrEnum):
    """What kind of source an attribution attributes to."""

    NAMED_PERSON = "named_person"
    UNNAMED_PERSON = "unnamed_person"
    NAMED_GROUP = "named_group"
    UNNAMED_GROUP = "unnamed_group"
    DOCUMENT = "document"
    POLL = "poll"
    OUTLET = "outlet"
    POST = "post"
    OUTLET_ITSELF = "outlet_itself"


UNNAMED = frozenset({SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP})
OUTLETS = frozenset({SourceKind.OUTLET, SourceKind.OUTLET_ITSELF})


class AffiliationCategory(StrEnum):
    """What kind of group a source speaks for or belongs to."""

    GOVERNMENT = "government"
    MILITARY = "military"
    POLITICAL_GROUP = "political_group"
    ARMED_GROUP = "armed_group"
    CORPORATE = "corporate"
    INDUSTRY_GROUP = "industry_group"
    NGO = "ngo"
    ACADEMIC = "academic"
    MEDIA = "media"
    RELIGIOUS = "religious"
    UNION = "union"
    WITNESS = "witness"
    VICTIM = "victim"
    OTHER = "other"


class Label(StrEnum):
    """A sourced statement, or a belief, an intention, a feeling."""

    SPEECH = "speech"
    STANCE = "stance"


class Stance(StrEnum):
    """What the source does to the content by saying it."""

    ASSERT = "assert"
    DENY = "deny"
    DOUBT = "doubt"
    ACCUSE = "accuse"
    CONFIRM = "confirm"
    ADMIT = "admit"
    ORDER = "order"
    PREDICT = "predict"
    ASK = "ask"
    BELIEVE = "believe"
    INTEND = "intend"
    OTHER = "other"


class FlagCode(StrEnum):
    """The flags, after the IMVAIN test of news literacy."""

    SINGLE_SOURCE = "single_source"
    SHARED_ORIGIN = "shared_origin"
    CIRCULAR_REPORTING = "circular_reporting"
    ANONYMOUS_SOURCE = "anonymous_source"
    MOTIVATED_SOURCE = "motivated_source"
    UNATTRIBUTED = "unattributed"
    REMOTE_SOURCE = "remote_source"
    DISPUTED = "disputed"


class FlagLevel(StrEnum):
    """How much a flag asks of the reader."""

    NOTE = "note"
    CAUTION = "caution"
    WARNING = "warning"


class StakeLevel(StrEnum):
    """How sure a judged (source, claim) pair is; ``stated``: someone in the text says so."""

    NONE = "none"
    POSSIBLE = "possible"
    LIKELY = "likely"
    STATED = "stated"


class MediaKind(StrEnum):
    """What was submitted."""

    TEXT = "text"
    HTML = "html"
    URL = "url"


class JobStatus(StrEnum):
    """A job only ever moves forward: queued, running, then done or failed."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Scope(StrEnum):
    """What an API key may do."""

    READ = "read"
    WRITE = "write"


# --- what comes in -----------------------------------------------------------------------------


class Submission(Model):
    """An article as handed in: exactly one of ``text``, ``html`` (with or without ``url``), or ``url`` alone."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None


class Extracted(Model):
    """The readable text of a submission with what its markup says about it.

    ``truncated``: a cap cut the input, and why. ``paid``: its markup says that it is not free to read, so that the text
    may be its beginning alone.
    """

    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    paid: bool = False
    truncated: str | None = None


# --- what an article says ----------------------------------------------------------------------


class Evidence(Model):
    """Words in a stored article that a reader can check: W3C TextQuoteSelector and TextPositionSelector in one.

    ``exact == text[start:end]`` of the article ``article_id``; ``prefix`` and ``suffix`` are up to 32
    code points around it. ``shows`` says in a few words what the passage shows.
    """

    article_id: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    shows: str = ""


class Affiliation(Model):
    """A group that a source speaks for or belongs to.

    ``strength``: 1.0 for an explicit role, .8 for "close to" or by coreference (INTERESTS model, "tie").
    """

    name: str
    category: AffiliationCategory = AffiliationCategory.OTHER
    span: Span | None = None
    former: bool = False
    strength: Unit = 1.0


class Anonymity(Model):
    """How little a reader is told of an unnamed source.

    grade: ``vague`` ("sources"), ``general`` ("an official"), ``specific`` ("a senior official at the
    finance ministry who attended the meeting"). ``reason``: why the name is withheld, as the text says it.
    ``named_later``: a named source of the article who belongs to the same group ("researchers at X", then one of them).
    """

    grade: Literal["vague", "general", "specific"]
    description: str
    reason: str | None = None
    reason_span: Span | None = None
    named_later: str | None = None


class Place(Model):
    """A place with the words that name it."""

    name: str
    span: Span


class Source(Model):
    """Who an attribution attributes to: one entry a source, with all its mentions in the article."""

    id: str
    name: str
    kind: SourceKind
    mentions: Spans = ()
    role: str | None = None
    affiliations: tuple[Affiliation, ...] = ()
    anonymity: Anonymity | None = None
    speaks_from: Place | None = None


class Attribution(Model):
    """One act of reporting: source, cue and content spans.

    ``source`` is None when the text names none; ``source_id`` is None then too. ``other_source_ids``: who else the same
    words name, "X and Y said". ``via``: the outlet or
    channel through which it was obtained ("told the Daily X"). ``factual`` is False when the cue is
    negated, conditional or questioned, so that nothing was in fact said. ``continues``: a quotation that
    goes on in a new paragraph. ``nested_in``: id of the attribution whose content holds this one.
    """

    id: str
    source: Spans | None
    cue: Spans | None
    content: Spans | None
    label: Label = Label.SPEECH
    stance: Stance = Stance.ASSERT
    source_id: str | None = None
    other_source_ids: tuple[str, ...] = ()
    via: str | None = None
    via_span: Span | None = None
    factual: bool = True
    continues: bool = False
    nested_in: str | None = None
    rule: str = ""

    @property
    def source_ids(self) -> tuple[str, ...]:
        """All whom its source span names."""
        return (self.source_id, *self.other_source_ids) if self.source_id else ()


class Citation(Model):
    """An outlet that an article credits: the words that name it, and the sentence they stand in.

    ``form``: somebody ``told`` it, it is ``credited``, it ``reports``; ``own``: the article's own newsroom was told,
    and ``outlet`` is empty then.
    """

    outlet: str
    span: Span
    sentence: Span
    form: Literal["told", "credited", "reports", "own"]


class Named(Model):
    """A person, a body or a place that a claim is about, by the longest form of the name in its article."""

    name: str
    person: bool = False


class Facts(Model):
    """What a claim states, reduced to what tells it from another claim.

    ``stems``: content stems; ``actors``: stems of names; ``agents``: those of them who do it; ``doer``, ``done_to``:
    the one person, body or place that does it, and the one that it is done to; ``numbers``: normalised numbers;
    ``negated``: the main verb is negated; ``says_no``: it says so by another word than a negation, "lacked a licence";
    ``denied``: the stems of what is said not to be so, by the main clause or, where that is not negated, by what it
    says; None where that does not show. ``keys``: index keys, pairs of the rarest stems.
    """

    stems: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    doer: Named | None = None
    done_to: Named | None = None
    numbers: tuple[str, ...] = ()
    negated: bool = False
    says_no: bool = False
    denied: tuple[str, ...] | None = None
    keys: tuple[str, ...] = ()


class Story(Model):
    """What an article is about, so that two headline claims of one story find each other in whatever words.

    ``vector`` is that of the article's beginning, ``terms`` its most telling stems with weights of length one. Of a
    claim record both are means over its reports: ``length`` is that of the mean of the reports' vectors, so that the
    cosine with a report, times it, is the mean cosine with all of them. ``prints`` are fingerprints of the beginning's
    wording (``corpus.prints``); of a record of several reports those that two of them have.
    """

    vector: Vector
    length: float = 1.0
    terms: dict[str, float]
    prints: Packed = b""


class Signature(Model):
    """What a claim, or a claim record, is compared by. ``story``: of headline claims alone."""

    facts: Facts
    vector: Vector
    story: Story | None = None


class ClaimState(Model):
    """A state of verification that is no flag: ``qualified`` (hedged by its own source) or ``unverified``."""

    state: Literal["qualified", "unverified"]
    evidence: tuple[Evidence, ...] = ()


class Claim(Model):
    """A checkable statement in one article.

    ``attribution_ids`` carry it, ``disputed_by`` deny or doubt it; ``echoed_by`` speak of the same matter without
    saying quite the same, which matters where nothing carries it, or only that a newsroom has learned it.
    ``own_witness``: the newsroom says it saw this itself. ``claim_id``: the claim record across articles, once matched.
    """

    id: str
    text: str
    spans: Spans
    attribution_ids: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    echoed_by: tuple[str, ...] = ()
    states: tuple[ClaimState, ...] = ()
    headline: bool = False
    own_witness: bool = False
    place: Place | None = None
    facts: Facts = Facts()
    claim_id: str | None = None
    contradicts: tuple[str, ...] = ()
    """Claim records of other articles that this claim is against."""
    lookup_cut: bool = False
    """Whether the claim was looked up among the newest entries only, because its words are in too many stories."""


class StakeType(StrEnum):
    """Types of evidence for a stake (INTERESTS model, section 3)."""

    STATED_MOTIVE = "stated_motive"
    PARTICIPANT = "participant"
    ADVERSARY = "adversary"
    BENEFICIARY = "beneficiary"
    SELF_EXCULPATING = "self_exculpating"
    COMMERCIAL = "commercial"
    FUNDED = "funded"
    CAMPAIGN = "campaign"
    LITIGANT = "litigant"
    REGISTERED = "registered"
    PERSONAL = "personal"
    CHANNEL = "channel"


class RelationType(StrEnum):
    """What one actor is to another: of the interest register, and of what an article states."""

    MEMBER_OF = "member_of"
    OWNED_BY = "owned_by"
    FUNDED_BY = "funded_by"
    RIVAL_OF = "rival_of"
    ALLY_OF = "ally_of"
    PARTY_TO = "party_to"
    SEEKS = "seeks"
    MAKES = "makes"


class Entry(Model):
    """An entry of the interest register, as evidence: what shows it, since when, and who entered it."""

    actor_id: str
    source_url: str
    date: date
    entered_by: str


class Relation(Model):
    """What is known of two actors: words of an article show it (``evidence``), or the register does (``entry``).

    ``other``: an actor, or the thing that is sought, made or fought over in court. ``shows`` says it in a few words.
    ``alleged_by``: who says so, where the article does not say it itself.
    """

    holder: str
    type: RelationType
    other: str
    shows: str
    alleged_by: str | None = None
    evidence: Evidence | None = None
    entry: Entry | None = None


class Tie(Model):
    """A group that a source speaks for, or the source itself, with the words that show it."""

    name: str
    strength: Unit
    evidence: Evidence | None = None


class Effect(StrEnum):
    """What a claim does to someone named in it, in the words it is made in."""

    HARMED = "harmed"
    HELPED = "helped"
    MENTIONED = "mentioned"


class Party(Model):
    """Someone or something in a claim, and what the claim says of it.

    ``does``: the claim says what they do or are. ``strength``: how surely a pronoun means them.
    """

    name: str
    effect: Effect
    does: bool = False
    strength: Unit = 1.0


class Finding(Model):
    """A stake that an article shows by itself: its type, how well the claim serves it, the group, and the words.

    ``stated_by``: who says so, where it is somebody in the article.
    """

    type: StakeType
    alignment: Unit
    group: str | None = None
    strength: Unit = 1.0
    shows: str
    stated_by: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Position(Model):
    """Where a source stands before a claim that it carries or disputes: all that is needed to judge its stake.

    It follows from the article alone. What is known of the ties and parties elsewhere, in other articles and in the
    register, is weighed with it, now and whenever that changes. ``against``: why the source speaks against its own
    interest, if so. ``aside``: why no stake can come from this pair, if so ("only gives a date"). ``likelihood``: the
    share of pairs that look like this one which a reader called motivated, None where rules alone are to decide.
    """

    source_id: str
    source_name: str
    attribution_ids: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    parties: tuple[Party, ...] = ()
    findings: tuple[Finding, ...] = ()
    denies: bool = False
    against: str | None = None
    aside: str | None = None
    likelihood: Unit | None = None


class Stake(Model):
    """One judged (source, claim) pair: what the claim is to the source. Never "biased": it can be true.

    ``confidence`` follows docs/flags.md and is not calibrated. ``article_id``: that of the source; the evidence may
    stand in other articles, and ``entries`` in the register. ``against``: whom the group is at odds with here.
    ``against_interest``: the source says what is bad for its own side, which makes it more credible. ``alleged_by``:
    who in the text says that it has a motive.
    """

    article_id: str = ""

    source_id: str
    source_name: str
    attribution_ids: tuple[str, ...] = ()
    level: StakeLevel
    confidence: Unit
    calibrated: bool = False
    types: tuple[StakeType, ...] = ()
    motivated: bool = False
    group: str | None = None
    reason: str = ""
    against: tuple[str, ...] = ()
    against_interest: bool = False
    alleged_by: str | None = None
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    rule: str = ""


class Rule(Model):
    """The rule that decided, so that its answer can be contested."""

    id: str
    version: str = "1"


class FlagScope(Model):
    """What a flag looked at: this article alone, or the articles known that carry the claim."""

    kind: Literal["article", "corpus"]
    articles: int = 1


class Flag(Model):
    """One rule's finding. ``reason`` is one sentence that names the sources."""

    code: FlagCode
    level: FlagLevel
    confidence: Unit
    calibrated: bool = False
    reason: str
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    rule: Rule
    scope: FlagScope
    claim: str | None = None


class NotAssessable(Model):
    """A rule that could not look, and why: never silence."""

    code: FlagCode
    rule: Rule
    reason: str


# --- the interest register ---------------------------------------------------------------------


class ActorKind(StrEnum):
    """What an actor of the register is."""

    PERSON = "person"
    GOVERNMENT = "government"
    MILITARY = "military"
    POLITICAL_GROUP = "political_group"
    ARMED_GROUP = "armed_group"
    CORPORATE = "corporate"
    INDUSTRY_GROUP = "industry_group"
    NGO = "ngo"
    ACADEMIC = "academic"
    MEDIA = "media"
    RELIGIOUS = "religious"
    UNION = "union"
    PRODUCT = "product"
    CASE = "case"
    OTHER = "other"


class RegisteredRelation(Model):
    """What the register says of an actor and another: with what shows it, since when, and who entered it."""

    type: RelationType
    object: str
    source_url: str
    date: date
    entered_by: str


class Actor(Model):
    """An entry of a newsroom's register of interests."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    relations: tuple[RegisteredRelation, ...] = ()
    created_at: datetime
    updated_at: datetime
    version: int = 1


class Mention(Model):
    """That an article names somebody who has to do with a claim of it, and what it states of them."""

    article_id: str
    added_at: datetime
    relations: tuple[Relation, ...] = ()
    expires_at: datetime | None = None
    """As the article's."""


# --- one claim across articles -----------------------------------------------------------------


class Edge(Model):
    """A typed link of the origin graph, with the words that show it on both sides.

    ``source`` and ``target`` are node ids: ``article:…``, ``outlet:…`` or ``source:…``.
    """

    source: str
    target: str
    type: Literal["cites", "copies", "same_source", "shared_details", "rests_on"]
    confidence: Unit
    evidence: tuple[Evidence, ...] = ()


class Node(Model):
    """A node of the origin graph. ``title`` and ``url``: of an article, those that are known."""

    id: str
    type: Literal["article", "outlet", "source"]
    label: str
    title: str | None = None
    url: str | None = None


class Origins(Model):
    """How many independent origins the known reports of a claim rest on, as a range.

    ``groups``: articles that rest on the same origin stand together; an article with two origins may
    stand in two groups. ``best`` counts effective origins (Leinster-Cobbold diversity of order 0).
    """

    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    partial: str | None = None
    """Which reports were counted, where not all were."""
    not_assessable: str | None = None


class Statement(Model):
    """What a claim record says: its text, and the facts by which it is found."""

    text: str
    facts: Facts


class Backing(Model):
    """What stands behind a story beside those who say its headline claim itself.

    One statement of the article with its sources, or one sentence that credits an outlet; ``vector`` says how near it
    is to what the story is about. ``told_by``: sources who are said to have told it to the outlet.
    """

    vector: Vector
    source_ids: tuple[str, ...] = ()
    outlet: str | None = None
    form: Literal["told", "credited", "reports", "own"] | None = None
    told_by: tuple[str, ...] = ()
    evidence: Evidence


class Denial(Model):
    """A title or sentence at the beginning of an article by which it says that something is not so.

    ``outright``: the words that say so of what others tell; None where it only has a "not" in it.
    """

    text: str
    outright: str | None = None
    evidence: Evidence | None = None
    """The sentence; None for a title."""


class Occurrence(Model):
    """A claim as one article carries it, with all that a recount needs, so that none has to be read again."""

    claim_id: str
    article_id: str
    article_claim_id: str
    headline: bool
    reporting: bool = True
    """False where the article only passes the claim on to deny or discuss it: such an article is no report of it."""
    title: str | None
    publisher: str | None
    url: str | None
    published_at: datetime | None
    added_at: datetime
    expires_at: datetime | None = None
    """As the article's."""
    text: str
    own_witness: bool
    echoed: bool = False
    """Whether the article has somebody speak of the matter, though not quite say the claim."""
    told_by: tuple[str, ...] = ()
    """Where only outlets are named for it, which have learned it: the sources who speak of the matter there."""
    sentences: tuple[Evidence, ...]
    """The claim-bearing sentences: those of the claim and of its attributions."""
    attributions: tuple[Attribution, ...] = ()
    disputes: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    quotes: dict[str, Evidence] = {}
    """Attribution id + role ("a3:source", "a3:cue", "a3:content") and source id ("s2", "s2:affiliation") to words."""
    positions: tuple[Position, ...] = ()
    relations: tuple[Relation, ...] = ()
    """What the article says of those who are in the positions."""
    states: tuple[ClaimState, ...] = ()
    place: Place | None = None
    facts: Facts = Facts()
    cited_outlets: tuple[tuple[str, Evidence], ...] = ()
    self_cited: Evidence | None = None
    """Words that credit the article's own outlet, with what it has reported before."""
    vector: Vector | None = None
    story: Story | None = None
    """Of a headline claim, as are ``passages``, the sentences that tell the story, and ``backing``."""
    passages: tuple[Evidence, ...] = ()
    backing: tuple[Backing, ...] = ()
    story_outlets: tuple[tuple[str, Evidence], ...] = ()
    """Of another claim, the outlets that the article credits with its story, for what it says once holds for all of it;
    ``story_sources``, where the article names nobody for this claim: who says the headline claim."""
    story_sources: tuple[str, ...] = ()
    denials: tuple[Denial, ...] = ()
    """Of a headline claim: what title and lead say is not so. Whether that is the claim, the other reports show."""
    denied_by: tuple[Attribution, ...] = ()
    """Who says so, as far as it is attributed."""
    opposes: Statement | None = None
    """What the record says, where the article says the opposite of it: ``text`` and ``facts`` are the article's own."""
    flags: tuple[Flag, ...] = ()
    """Flags that this article alone decides."""
    not_assessable: tuple[NotAssessable, ...] = ()


class ClaimRecord(Model):
    """One claim across all the articles of a tenant that carry it.

    ``version`` grows with every count and never comes again, not even when a record is deleted and made anew: it begins
    at the microsecond of its making. ``origins`` is None until the first count. Of two records that turned out to be
    one claim, the younger points to the older (``merged_into``), and the older one knows it (``merged``).
    """

    claim_id: str
    text: str
    created_at: datetime
    facts: Facts
    articles: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Articles that do not carry the claim, but state something of actors that shows its flags or stakes, or once did,
    so that events may tell of them: as long as they state it."""
    replaced: dict[str, str] = {}
    """Articles that carry the claim and are earlier versions of a page, each with the one that counts in its place."""
    origins: Origins | None = None
    flags: tuple[Flag, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()
    stakes: tuple[Stake, ...] = ()
    contested_by: tuple[str, ...] = ()
    merged_into: str | None = None
    merged: tuple[str, ...] = ()
    stale_at: datetime | None = None
    """When the first of the articles that it was counted from or that stand ``beside`` it expires: from then on it has
    to be counted anew."""
    version: int = 0


# --- what is stored ----------------------------------------------------------------------------


class Analysis(Model):
    """All that the analysis of one article found. ``reason``: why there are no claims, when there are none."""

    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    stakes: dict[str, tuple[Stake, ...]] = {}
    """By claim id within the article: what it shows by itself."""
    positions: dict[str, tuple[Position, ...]] = {}
    """By claim id within the article."""
    relations: tuple[Relation, ...] = ()
    citations: tuple[Citation, ...] = ()
    language: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    analysis_version: str = "1"


class Article(Model):
    """An article as stored. ``id`` follows from tenant and content, so the same content has the same id."""

    id: str
    text: str
    kind: MediaKind
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    truncated: str | None = None
    added_at: datetime
    expires_at: datetime | None = None
    """When it goes, with all that came from it; from then on it is as good as gone."""
    analysis: Analysis = Analysis()


class ArticleSummary(Model):
    """An article in a list."""

    id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    added_at: datetime
    claims: int = 0


class JobError(Model):
    """Why a job failed: a stable code, and a sentence that says nothing of the target's insides."""

    code: str
    detail: str


class Post(Model):
    """A post of a newsroom's CMS: the webhook it came by, and the id that it has there."""

    webhook_id: str
    external_id: str


class Job(Model):
    """Work that goes on after the answer: an article to fetch and annotate. ``post``: what it is a version of.

    ``came_in``: when the version came in, where this job repeats one that was given up.
    """

    id: str
    status: JobStatus
    submission: Submission
    post: Post | None = None
    article_id: str | None = None
    error: JobError | None = None
    attempts: int = 0
    came_in: datetime | None = None
    created_at: datetime
    updated_at: datetime
    expires_at: datetime


class RaisedFlag(Model):
    """A flag as an event tells of it: without its evidence, but with the articles and the sources that it concerns.

    ``claim``: the claim record, where the event is of an article.
    """

    code: FlagCode
    level: FlagLevel
    reason: str
    rule: Rule
    scope: FlagScope
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claim: str | None = None


class EventType(StrEnum):
    """What there are events of."""

    ARTICLE_ANNOTATED = "article.annotated"
    CLAIM_FLAGS_CHANGED = "claim.flags.changed"
    JOB_FAILED = "job.failed"


class Event(Model):
    """Something that has happened. What does not belong to its type is None or empty.

    ``claim.flags.changed``: a claim's flags are others than they were, since the count that made its record's
    ``version``; ``articles``: those that carry the claim now, none when the last one has been deleted.
    ``article.annotated``: ``article_id`` has come in, and has the flags ``after``. Of a ``post`` that has been edited,
    ``replaces`` is the version before, and ``before`` are the flags that it had when it came in.
    ``job.failed``: the job ``job_id`` will bring no article, and ``error`` says why.
    """

    id: str
    type: EventType = EventType.CLAIM_FLAGS_CHANGED
    at: datetime
    claim_id: str | None = None
    version: int = 0
    articles: tuple[str, ...] = ()
    before: tuple[RaisedFlag, ...] = ()
    after: tuple[RaisedFlag, ...] = ()
    article_id: str | None = None
    replaces: str | None = None
    post: Post | None = None
    job_id: str | None = None
    error: JobError | None = None
    expires_at: datetime | None = None
    """As the article's: an event is gone by then, if not before."""
    stale_at: datetime | None = None
    """When the first of the other articles that it may tell of expires: nothing is told of that one from then on."""


class ArticleVersion(Model):
    """A version of a post: the article, when it came in, and the flags that it had then."""

    article_id: str
    at: datetime
    flags: tuple[RaisedFlag, ...] = ()
    expires_at: datetime | None = None


class Publication(Model):
    """A post with its versions, the oldest first; the last is the one that counts as a report.

    ``revision`` grows with every write.
    """

    post: Post
    versions: tuple[ArticleVersion, ...] = ()
    revision: int = 1


# --- webhooks ----------------------------------------------------------------------------------


class WebhookKind(StrEnum):
    """How what a CMS sends is signed, and what it looks like."""

    STANDARD = "standard"
    GHOST = "ghost"
    MAPPED = "mapped"


class Mapping(Model):
    """Where in the JSON of a CMS the parts of a post stand, as JSON Pointers (RFC 6901), and which header signs it."""

    signature_header: str
    id: str
    html: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    date: str | None = None


class Secret(Model):
    """What signatures are made with. ``ends_at``: until then it still counts, since a newer one is there."""

    value: str
    created_at: datetime
    ends_at: datetime | None = None


class Incoming(Model):
    """What a webhook by which posts come in expects. ``publisher``: of all of them."""

    kind: WebhookKind
    mapping: Mapping | None = None
    publisher: str | None = None


class Outgoing(Model):
    """Where callbacks go, and of which events. ``api_url``: what links in them begin with.

    ``disabled``: why nothing is sent for now.
    """

    url: str
    types: tuple[EventType, ...]
    api_url: str = ""
    disabled: Literal["gone", "by_hand"] | None = None


class Webhook(Model):
    """An endpoint that a tenant has registered: by which posts come in, or to which events go out."""

    id: str
    label: str = ""
    secrets: tuple[Secret, ...]
    incoming: Incoming | None = None
    outgoing: Outgoing | None = None
    created_at: datetime
    updated_at: datetime
    version: int = 1


class DeliveryStatus(StrEnum):
    """How an event fares on its way to an endpoint."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Attempt(Model):
    """One try: what the endpoint answered, or why it could not (a code, as of ``FetchFailed``)."""

    at: datetime
    status: int | None = None
    code: str | None = None
    milliseconds: int = 0


class Delivery(Model):
    """An event on its way to an endpoint. What is sent is made from the event each time, and not kept here.

    ``tried``: attempts so far, of which the last stand in ``attempts``; ``since``: how many there were when it was
    sent again by hand, or 0. ``reason``: why it has failed.
    """

    id: str
    webhook_id: str
    event_id: str
    event_type: EventType
    status: DeliveryStatus = DeliveryStatus.PENDING
    reason: str | None = None
    attempts: tuple[Attempt, ...] = ()
    tried: int = 0
    since: int = 0
    next_at: datetime | None = None
    created_at: datetime
    expires_at: datetime
    version: int = 1

    def again(self, now: datetime) -> "Delivery":
        """As it is when it is to be sent again, now, from the beginning of the series of tries."""
        changes = {
            "status": DeliveryStatus.PENDING,
            "reason": None,
            "since": self.tried,
            "next_at": now,
            "version": self.version + 1,
        }
        return self.model_copy(update=changes)


def _known_scopes(found: Any) -> Any:
    """Without those that open nothing here, as ``admin`` never did: they are no reason not to read a key."""
    return [scope for scope in found if scope in tuple(Scope)] if isinstance(found, list) else found


class ApiKey(Model):
    """An API key as stored: never the secret, only its SHA-256."""

    key_id: str
    tenant: str
    secret_sha256: str
    scopes: Annotated[tuple[Scope, ...], BeforeValidator(_known_scopes)]
    label: str = ""
    created_at: datetime
    revoked_at: datetime | None = None


class Tenant(Model):
    """Who is asking, as the authorizer found out. ``label``: that of the key."""

    id: str
    scopes: tuple[Scope, ...]
    label: str = ""


class Limits(Model):
    """What a tenant may do, and how long what it sends is kept. 0: no limit; None: what the deployment says."""

    calls_a_minute: int | None = Field(default=None, ge=0)
    articles_a_day: int | None = Field(default=None, ge=0)
    articles_stored: int | None = Field(default=None, ge=0)
    retention_days: int | None = Field(default=None, ge=0, le=36_500)


class Page(Model):
    """One page of a list; ``next`` is where to go on, opaque to the caller, None at the end."""

    items: tuple[Any, ...]
    next: str | None = None


class Candidate(Model):
    """A claim record of which occurrences share index keys with a new claim, and how many different keys."""

    claim_id: str
    hits: int


class Candidates(Model):
    """The answer of the claim index. ``cut``: keys so common that only the newest entries were read."""

    found: tuple[Candidate, ...] = ()
    cut: tuple[str, ...] = ()
