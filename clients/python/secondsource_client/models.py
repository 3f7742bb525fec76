"""What goes in and out of the API, as the served OpenAPI document describes it; a test compares the two.

Words of which the API may get more (flags, levels, kinds) are plain strings, and fields that are not known here are
kept: a client goes on working when the API learns something new. Spans are offsets in Unicode code points of the
article's text, end exclusive.
"""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

Span = tuple[int, int]
"""Start and end, in Unicode code points."""

Annotations = dict[str, Any]
"""An AnnotationCollection or AnnotationPage of the Web Annotation Data Model."""


class Sent(BaseModel):
    """Base of what goes in: a field that the API does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """Base of what comes out."""

    model_config = ConfigDict(frozen=True, extra="allow")


class FieldProblem(Answer):
    """What is wrong with one field: a JSON pointer into the body, or a parameter's name."""

    field: str
    detail: str


class Problem(Answer):
    """An error, as it goes out (RFC 9457). ``errors`` names the fields at fault, where there are any."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[FieldProblem, ...] | None = None


class Place(Answer):
    """A place with the words that name it."""

    name: str
    span: Span


class Evidence(Answer):
    """Words in a stored article that a reader can check: W3C TextQuoteSelector and TextPositionSelector in one."""

    article_id: str
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    shows: str = ""


class ClaimState(Answer):
    """A state of verification that is no flag: ``qualified`` (hedged by its own source) or ``unverified``."""

    state: str
    evidence: tuple[Evidence, ...] = ()


class OriginCount(Answer):
    """How many independent origins the known reports of a claim rest on: a number with its range."""

    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    partial: str | None = None
    not_assessable: str | None = None


class Node(Answer):
    """A node of the origin graph. ``title`` and ``url``: of an article, those that are known."""

    id: str
    type: str
    label: str
    title: str | None = None
    url: str | None = None


class Edge(Answer):
    """A typed link of the origin graph, with the words that show it on both sides."""

    source: str
    target: str
    type: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


class Graph(Answer):
    """Why the origins are counted as they are: articles, outlets and sources, and the links between them."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


class Entry(Answer):
    """An entry of the interest register, as evidence: what shows it, since when, and who entered it."""

    actor_id: str
    source_url: str
    date: date
    entered_by: str


class Stake(Answer):
    """One judged (source, claim) pair: what the claim is to the source. Never "biased": it can be true."""

    article_id: str = ""
    source_id: str
    source_name: str
    attribution_ids: tuple[str, ...] = ()
    level: str
    confidence: float
    calibrated: bool = False
    types: tuple[str, ...] = ()
    motivated: bool = False
    group: str | None = None
    reason: str = ""
    against: tuple[str, ...] = ()
    against_interest: bool = False
    alleged_by: str | None = None
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    rule: str = ""


class Rule(Answer):
    """The rule that decided, so that its answer can be contested."""

    id: str
    version: str = "1"


class FlagScope(Answer):
    """What a flag looked at: this article alone, or the articles known that carry the claim."""

    kind: str
    articles: int = 1


class Flag(Answer):
    """One rule's finding. ``reason`` is one sentence that names the sources."""

    code: str
    level: str
    confidence: float
    calibrated: bool = False
    reason: str
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[Entry, ...] = ()
    rule: Rule
    scope: FlagScope
    claim: str | None = None


class NotAssessable(Answer):
    """A rule that could not look, and why: never silence."""

    code: str
    rule: Rule
    reason: str


class ReportClaim(Answer):
    """A claim of this article, with what is known of it from all articles."""

    id: str
    claim_id: str | None = None
    text: str
    spans: tuple[Span, ...]
    headline: bool = False
    own_witness: bool = False
    place: Place | None = None
    attribution_ids: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    states: tuple[ClaimState, ...] = ()
    lookup_cut: bool = False
    articles: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    origins: OriginCount | None = None
    graph: Graph = Field(default_factory=Graph)
    stakes: tuple[Stake, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()


class Affiliation(Answer):
    """A group that a source speaks for or belongs to."""

    name: str
    category: str = "other"
    span: Span | None = None
    former: bool = False
    strength: float = 1.0


class Anonymity(Answer):
    """How little a reader is told of an unnamed source."""

    grade: str
    description: str
    reason: str | None = None
    reason_span: Span | None = None
    named_later: str | None = None


class Source(Answer):
    """Who an attribution attributes to: one entry a source, with all its mentions in the article."""

    id: str
    name: str
    kind: str
    mentions: tuple[Span, ...] = ()
    role: str | None = None
    affiliations: tuple[Affiliation, ...] = ()
    anonymity: Anonymity | None = None
    speaks_from: Place | None = None


class Attribution(Answer):
    """One act of reporting: source, cue and content spans."""

    id: str
    source: tuple[Span, ...] | None
    cue: tuple[Span, ...] | None
    content: tuple[Span, ...] | None
    label: str = "speech"
    stance: str = "assert"
    source_id: str | None = None
    other_source_ids: tuple[str, ...] = ()
    via: str | None = None
    via_span: Span | None = None
    factual: bool = True
    continues: bool = False
    nested_in: str | None = None
    rule: str = ""


class Offsets(Answer):
    """How to read the spans: they count Unicode code points of ``text``, end exclusive."""

    unit: str = "unicode-code-point"
    astral: tuple[Span, ...] = ()


class Mentioned(Answer):
    """Another article that groups and evidence name by id: what is known of it."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class Report(Answer):
    """The annotated article, as it goes out."""

    id: str
    kind: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    added_at: datetime
    language: str | None = None
    truncated: str | None = None
    reason: str | None = None
    replaced_by: str | None = None
    warnings: tuple[str, ...] = ()
    headline_claim: str | None = None
    claims: tuple[ReportClaim, ...] = ()
    flags: tuple[Flag, ...] = ()
    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    text: str
    offsets: Offsets = Field(default_factory=Offsets)
    labels: dict[str, str] = Field(default_factory=dict)
    mentioned: dict[str, Mentioned] = Field(default_factory=dict)
    analysis_version: str = "1"
    links: dict[str, str] = Field(default_factory=dict)


class ArticleSummary(Answer):
    """An article in a list."""

    id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    added_at: datetime
    claims: int = 0


class ArticlePage(Answer):
    """A page of articles, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[ArticleSummary, ...]
    next: str | None


class Claim(Answer):
    """A claim across all the articles that carry it."""

    claim_id: str
    text: str
    articles: tuple[str, ...]
    origins: OriginCount | None
    flags: tuple[Flag, ...]
    stakes: tuple[Stake, ...]
    contested_by: tuple[str, ...]
    not_assessable: tuple[NotAssessable, ...]
    created_at: datetime
    links: dict[str, str]


class ClaimPage(Answer):
    """A page of claims, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[Claim, ...]
    next: str | None


class Voice(Answer):
    """A source by whom something was said, in whichever article."""

    name: str
    kind: str


class SaidClaim(Answer):
    """A claim record that says what was looked for, or contradicts it."""

    claim_id: str
    text: str
    relation: str
    score: float | None
    articles: tuple[str, ...]
    reports: int
    said_by: tuple[Voice, ...]
    denied_by: tuple[Voice, ...]
    outlets: tuple[str, ...]
    origins: OriginCount | None
    flags: tuple[str, ...]
    links: dict[str, str]


class Findings(Answer):
    """What is known of a sentence: those that say the same, nearest first, then those that contradict it."""

    query: str
    statement: str | None = None
    items: tuple[SaidClaim, ...] = ()
    cut: tuple[str, ...] = ()
    reason: str | None = None


class Origins(Answer):
    """How many independent origins the known reports of a claim rest on, as a range."""

    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    partial: str | None = None
    not_assessable: str | None = None


class ClaimOrigins(Answer):
    """The origin graph of a claim; ``origins`` is null while the claim has not been counted yet."""

    claim_id: str
    articles: tuple[str, ...]
    origins: Origins | None


class ComparedArticle(Answer):
    """One of the articles compared."""

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class SharedClaim(Answer):
    """A claim that at least two of the compared articles report or dispute."""

    claim_id: str
    text: str
    reports: tuple[str, ...]
    disputed_in: tuple[str, ...] = ()
    low: float
    best: float
    high: float
    groups: tuple[tuple[str, ...], ...] = ()
    independent: bool | None
    verdict: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_assessable: str | None = None


class Comparison(Answer):
    """Whether articles are independent on the claims they share."""

    articles: tuple[ComparedArticle, ...]
    independent: bool | None
    verdict: str
    claims: tuple[SharedClaim, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)


class RegisteredRelation(Answer):
    """What the register says of an actor and another: with what shows it, since when, and who entered it."""

    type: str
    object: str
    source_url: str
    date: date
    entered_by: str


class Actor(Answer):
    """An actor as it stands."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    relations: tuple[RegisteredRelation, ...]
    version: int
    created_at: datetime
    updated_at: datetime
    links: dict[str, str]
    _tag: str | None = PrivateAttr(default=None)

    @property
    def tag(self) -> str | None:
        """The ETag that this state was read with, for ``if_match``; None within a list, which has none."""
        return self._tag


class ActorPage(Answer):
    """A page of actors, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[Actor, ...]
    next: str | None


class FailedLine(Answer):
    """A line that was left out."""

    line: int
    reason: str


class Imported(Answer):
    """What became of the lines: how many actors were created or changed, and which lines were left out, and why."""

    created: int
    changed: int
    unchanged: int
    failed: tuple[FailedLine, ...]


class RaisedFlag(Answer):
    """A flag as an event tells of it: without its evidence, but with the articles and the sources that it concerns."""

    code: str
    level: str
    reason: str
    rule: Rule
    scope: FlagScope
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    claim: str | None = None


class Post(Answer):
    """A post of a newsroom's CMS: the webhook it came by, and the id that it has there."""

    webhook_id: str
    external_id: str


class JobError(Answer):
    """Why a job failed: a stable code, and a sentence that says nothing of the target's insides."""

    code: str
    detail: str


class Event(Answer):
    """Something that has happened. What does not belong to its type is None or empty."""

    id: str
    type: str = "claim.flags.changed"
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
    stale_at: datetime | None = None


class EventPage(Answer):
    """A page of events, oldest first. ``next`` is what to ask with later; null while nothing is settled."""

    items: tuple[Event, ...]
    next: str | None


class Job(Answer):
    """A job as it stands; what was submitted is not repeated."""

    id: str
    status: str
    article_id: str | None
    error: JobError | None
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    links: dict[str, str]


class JobAccepted(Answer):
    """The answer to what is done later."""

    job: Job


class ArticleVersion(Answer):
    """A version of a post: the article, when it came in, and the flags that it had then."""

    article_id: str
    at: datetime
    flags: tuple[RaisedFlag, ...] = ()
    expires_at: datetime | None = None


class Publication(Answer):
    """A post of a CMS with its versions, oldest first; the last counts as a report, the others can be read."""

    post: Post
    versions: tuple[ArticleVersion, ...]


class Publications(Answer):
    """The posts that an article is a version of: one, as a rule, and none for what came in otherwise."""

    items: tuple[Publication, ...]
    next: None = None


class Health(Answer):
    """That the function runs, and which version of it."""

    status: str = "ok"
    version: str


class Submission(Sent):
    """An article: ``text``, or ``html``, or a ``url`` to fetch. With text or HTML, ``url`` says where it is from."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None


class RelationGiven(Sent):
    """What an actor is to another, and what shows it."""

    type: str
    object: str
    source_url: str
    date: date
    entered_by: str | None = None


class ActorGiven(Sent):
    """An actor of the register: its names, what it is, and what it is to others.

    ``id``: that under which it is put, and no other; it may be left out.
    """

    id: str | None = None
    name: str
    aliases: tuple[str, ...] = ()
    kind: str
    relations: tuple[RelationGiven, ...] = ()
