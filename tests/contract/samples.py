"""Values of the domain to store, small and large."""

import random
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from secondsource.model import (
    Actor,
    ActorKind,
    Analysis,
    ApiKey,
    Article,
    ArticleVersion,
    Claim,
    ClaimRecord,
    Delivery,
    Event,
    EventType,
    Evidence,
    Facts,
    FlagCode,
    FlagLevel,
    FlagScope,
    Incoming,
    Job,
    JobStatus,
    MediaKind,
    Occurrence,
    Outgoing,
    Post,
    Publication,
    RaisedFlag,
    RegisteredRelation,
    Relation,
    RelationType,
    Rule,
    Scope,
    Secret,
    Signature,
    Story,
    Submission,
    Webhook,
    WebhookKind,
)

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOT_IDS = [
    "",
    "#",
    "a#b",
    "T#other#JOB#1",
    "other#ARTICLE#a1",
    "../x",
    "%2e%2e%2f",
    "a b",
    "a\n",
    "\x00",
    "a\x00b",
    "\N{GRINNING FACE}",
    "é",
    "\ud800",
    "x" * 129,
    "x" * 1000,
    "x" * 5000,
    "-a",
]


class SetClock:
    """A clock that goes on when told."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@cache
def incompressible(characters: int, seed: int = 1) -> str:
    """Text that no compression shortens much: random code points outside the surrogates, a third of them astral."""
    chance = random.Random(seed)
    planes = chance.choices((range(0x20, 0xD800), range(0x20, 0xD800), range(0x10000, 0x110000)), k=characters)
    return "".join(chr(plane[int(chance.random() * len(plane))]) for plane in planes)


def article(number: int = 1, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "id": f"art_{number}",
        "text": f"Text of article {number}. “It is so,” she said.",
        "kind": MediaKind.TEXT,
        "title": f"Title {number}",
        "url": f"https://news.example/{number}",
        "publisher": "The Example",
        "published_at": START - timedelta(hours=5),
        "added_at": START + timedelta(seconds=number),
        "analysis": Analysis(claims=(Claim(id="c1", text="It is so.", spans=((27, 35),), headline=True),)),
    }
    return Article(**(values | changes))


def big_article(number: int = 1) -> Article:
    """200,000 characters of text and an analysis of more than a megabyte, both incompressible."""
    return article(
        number,
        text=incompressible(200_000, seed=number),
        analysis=Analysis(warnings=(incompressible(350_000, seed=number + 1),)),
    )


def record(number: int = 1, **changes: Any) -> ClaimRecord:
    values: dict[str, Any] = {
        "claim_id": f"clm_{number}",
        "text": f"Claim {number}",
        "created_at": START + timedelta(seconds=number),
        "facts": Facts(stems=("alli", "front"), keys=("alli front", "front north")),
    }
    return ClaimRecord(**(values | changes))


def occurrence(claim: int = 1, article: int = 1, **changes: Any) -> Occurrence:
    words = Evidence(article_id=f"art_{article}", start=0, end=5, exact="It is")
    values: dict[str, Any] = {
        "claim_id": f"clm_{claim}",
        "article_id": f"art_{article}",
        "article_claim_id": "c1",
        "headline": True,
        "title": "Title",
        "publisher": None,
        "url": None,
        "published_at": None,
        "added_at": START + timedelta(seconds=article),
        "text": "It is so.",
        "own_witness": False,
        "sentences": (words,),
        "quotes": {"a1:source": words},
        "cited_outlets": (("Daily Example", words),),
    }
    return Occurrence(**(values | changes))


def keyed_occurrence(claim: int, article: int, *keys: str, **changes: Any) -> Occurrence:
    """An occurrence that makes its claim found under these keys."""
    return occurrence(claim, article, facts=Facts(keys=keys), **changes)


def signature(number: int = 1, **changes: Any) -> Signature:
    vector = bytes((number + position) % 256 for position in range(384))
    values: dict[str, Any] = {
        "facts": Facts(stems=("alli", "front"), numbers=(str(number),)),
        "vector": vector,
        "story": Story(vector=vector[::-1], length=0.75, terms={"front": 0.8, "north": 0.6}),
    }
    return Signature(**(values | changes))


def relation(other: str, **changes: Any) -> RegisteredRelation:
    values: dict[str, Any] = {
        "type": RelationType.RIVAL_OF,
        "object": other,
        "source_url": "https://records.example/1",
        "date": START.date(),
        "entered_by": "desk",
    }
    return RegisteredRelation(**(values | changes))


def actor(number: int = 1, **changes: Any) -> Actor:
    values: dict[str, Any] = {
        "id": f"actor-{number}",
        "name": f"Name {number}",
        "kind": ActorKind.OTHER,
        "created_at": START + timedelta(seconds=number),
        "updated_at": START + timedelta(seconds=number),
    }
    return Actor(**(values | changes))


def stated(holder: str, number: int = 1, article: int = 1) -> Relation:
    """What an article states of somebody, of whom and of whatever number it is."""
    words = Evidence(article_id=f"art_{article}", start=number, end=number + 4, exact="lost")
    return Relation(
        holder=holder, type=RelationType.RIVAL_OF, other=f"Other {number}", shows="lost ground to", evidence=words
    )


def job(number: int = 1, **changes: Any) -> Job:
    values: dict[str, Any] = {
        "id": f"job_{number}",
        "status": JobStatus.QUEUED,
        "submission": Submission(url="https://news.example/1"),
        "created_at": START,
        "updated_at": START,
        "expires_at": START + timedelta(days=7),
    }
    return Job(**(values | changes))


def api_key(number: int = 1, **changes: Any) -> ApiKey:
    values: dict[str, Any] = {
        "key_id": f"key{number}",
        "tenant": "here",
        "secret_sha256": "0" * 64,
        "scopes": (Scope.READ, Scope.WRITE),
        "created_at": START + timedelta(seconds=number),
    }
    return ApiKey(**(values | changes))


def event(number: int = 1, **changes: Any) -> Event:
    flag = RaisedFlag(
        code=FlagCode.SINGLE_SOURCE,
        level=FlagLevel.CAUTION,
        reason="It rests on Owen Strand alone.",
        rule=Rule(id="single-source"),
        scope=FlagScope(kind="corpus"),
        articles=("art_1",),
        sources=("Owen Strand",),
    )
    values: dict[str, Any] = {
        "id": f"evt_{number}",
        "claim_id": "clm_1",
        "at": START + timedelta(seconds=number),
        "version": 1,
        "articles": ("art_1",),
        "before": (),
        "after": (flag,),
    }
    return Event(**(values | changes))


def annotated(number: int = 1, **changes: Any) -> Event:
    """That an article has come in."""
    values: dict[str, Any] = {
        "id": f"evt_{number}",
        "type": EventType.ARTICLE_ANNOTATED,
        "at": START + timedelta(seconds=number),
        "article_id": f"art_{number}",
    }
    return Event(**(values | changes))


def version(number: int = 1, **changes: Any) -> ArticleVersion:
    values: dict[str, Any] = {"article_id": f"art_{number}", "at": START + timedelta(seconds=number)}
    return ArticleVersion(**(values | changes))


def publication(*numbers: int, **changes: Any) -> Publication:
    """A post whose versions are the articles of these numbers."""
    values: dict[str, Any] = {
        "post": Post(webhook_id="here.1", external_id="p-1"),
        "versions": tuple(version(number) for number in numbers),
    }
    return Publication(**(values | changes))


def webhook(number: int = 1, **changes: Any) -> Webhook:
    """One by which posts come in."""
    values: dict[str, Any] = {
        "id": f"here.{number}",
        "secrets": (Secret(value="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", created_at=START),),
        "incoming": Incoming(kind=WebhookKind.STANDARD),
        "created_at": START + timedelta(seconds=number),
        "updated_at": START,
    }
    return Webhook(**(values | changes))


def endpoint(number: int = 1, **changes: Any) -> Webhook:
    """One to which callbacks go."""
    values: dict[str, Any] = {
        "id": f"whk_{number}",
        "incoming": None,
        "outgoing": Outgoing(url="https://newsroom.test/hook", types=tuple(EventType), api_url="https://api.test"),
    }
    return webhook(number, **(values | changes))


def delivery(number: int = 1, **changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "id": f"dlv_{number}",
        "webhook_id": "whk_1",
        "event_id": f"evt_{number}",
        "event_type": EventType.ARTICLE_ANNOTATED,
        "created_at": START + timedelta(seconds=number),
        "expires_at": START + timedelta(days=30),
    }
    return Delivery(**(values | changes))
