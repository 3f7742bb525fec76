"""Whole trips through the service, from the request to the stream, as they can be broken off and taken up again."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import botocore.endpoint
import pytest
from moto.dynamodb.models import dynamodb_backends

from secondsource.aws.store import DynamoStore
from secondsource.local.cloud import DEAD_LETTERS, TABLE, Cloud
from secondsource.local.functions import handler_of, handlers
from secondsource.local.gateway import ACCOUNT, REGION, Gateway, HttpResponse
from secondsource.model import Scope, Submission
from secondsource.services import keys
from secondsource.services.annotate import identify
from tests.contract import strict, unruly
from tests.http.client import Client, code_of
from tests.http.fakes import Web
from tests.unit.services import living
from tests.unit.services.newsroom import Clock, analyse, embed

TENANT = "courier"

FELL = {"text": "Owen Strand says: The bridge at Marun fell into the river on Monday.", "publisher": "Courier"}
DENIED = {"text": "Helen Brann denies: The bridge at Marun fell into the river.", "publisher": "Record"}
STANDS = {
    "text": "Dela Marsh says: The bridge at Marun has not fall into the river.\n"
    "Clara Venning says: A new library opened in Harrow with 400 seats.",
    "publisher": "Tribune",
}
STORIES = (FELL, DENIED, STANDS)
RELATION = {"type": "rival_of", "object": "Marun League", "source_url": "https://a.example/1", "date": "2025-03-01"}
FRONT = {"name": "Owen Strand", "kind": "person", "aliases": ["O. Strand"], "relations": [RELATION]}
LEAGUE = {"name": "Marun League", "kind": "other", "aliases": ["The League"], "relations": []}

SHARE = 0.3
"""Of all that is sent, what is refused on a bad day: of four tries of the SDK, all are in one call of a hundred."""
LATEST_CRASH = 14
"""Writes: an article of two claims makes some fifteen."""
LISTS = ("ARTICLES", "CLAIMS", "NAMED", "ACTORS", "ACTORNAME")
"""Where an entry may stay of which the writer stopped before the head. It has ids alone, and leads nowhere."""
LATEST_CALL = 70
"""Calls of any kind: a job of such an article makes as many, beside those that its look-ups make at once."""

Trip = Callable[["Desk"], object]
"""Something that is asked of the service until it is answered; asked again, it changes nothing more."""


class Desk:
    """The service on moto, as strict as AWS, with a client of one tenant. Its clock stands still."""

    def __init__(self) -> None:
        self.clock = Clock(0)
        self.cloud = Cloud(
            lambda: handler_of("worker"),
            notify=lambda: handler_of("notify"),
            analyser=analyse,
            embed=embed,
            fetcher=Web(),
            clock=self.clock,
            background=False,
            retry_seconds=0,
        )

    @contextmanager
    def opened(self) -> Iterator["Desk"]:
        """Within it, the service answers."""
        with self.cloud:
            self.ways_out = (self.cloud.wiring.dynamodb, self.cloud.sqs)
            for client in self.ways_out:
                strict.install(client)
            store = DynamoStore(self.cloud.wiring.dynamodb, TABLE, self.clock, sleep=lambda seconds: None)
            self.cloud.wiring.store = store
            # What a worker had when its process ended is there again at once.
            self.cloud.sqs.set_queue_attributes(QueueUrl=self.cloud.queue_url, Attributes={"VisibilityTimeout": "0"})
            self.clear()
            yield self

    @property
    def store(self) -> Any:
        return self.cloud.wiring.store

    def clear(self) -> None:
        """Begin anew, with an empty table and a new key."""
        self.cloud.drain()
        dynamodb_backends[ACCOUNT][REGION].tables[TABLE].items.clear()
        self.client = self.of(TENANT)

    def begin(self, name: str) -> None:
        """Begin anew, with what is there before the trip of this name."""
        self.clear()
        for step in TRIPS[name].before:
            step(self)
        self.drain()

    def make(self, name: str) -> None:
        """The trip, and what worker and stream have to do after it."""
        TRIPS[name].trip(self)
        self.drain()

    def keep(self) -> Callable[[], None]:
        """What brings back all that is stored now; nothing may be waiting, neither now nor then."""
        table = dynamodb_backends[ACCOUNT][REGION].tables[TABLE]
        kept, client = copy.deepcopy(dict(table.items)), self.client

        def back() -> None:
            self.cloud.drain()
            table.items.clear()
            table.items.update(copy.deepcopy(kept))
            self.client = client

        return back

    def of(self, tenant: str) -> Client:
        """A client of this tenant."""
        key = keys.create(self.store, self.clock, tenant, (Scope.READ, Scope.WRITE))
        return Client(Gateway(handlers(), handler_of("authorizer"), ()), key)

    def drain(self) -> None:
        """Let worker and stream do what there is to do. What either had when it crashed comes again."""
        stream = self.cloud._stream
        assert stream is not None
        reached = dict(stream._iterators)
        try:
            self.cloud.drain()
        except unruly.Crash:
            stream._iterators = reached
            raise

    def end_leases(self) -> None:
        """As when the time is up that requests under a key had."""
        for row in self.rows():
            if "in_progress_until" in row and row["status"]["S"] == "INPROGRESS":
                item = {**row, "in_progress_until": {"N": "1"}}
                self.cloud.wiring.dynamodb.put_item(TableName=TABLE, Item=item)

    def rows(self) -> list[dict[str, Any]]:
        """All that is stored."""
        pages = self.cloud.wiring.dynamodb.get_paginator("scan").paginate(TableName=TABLE)
        return [item for page in pages for item in page["Items"]]

    def waiting(self) -> int:
        """How many messages wait, the dead letters among them."""
        names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        total = 0
        for url in (self.cloud.queue_url, self.cloud.sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]):
            found = self.cloud.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            total += sum(int(value) for value in found.values())
        return total

    def seen(self) -> dict[str, Any]:
        """All that the tenant can read; raises AssertionError where it does not hang together."""
        articles = self.client.get("/v1/articles?limit=100").json()["items"]
        claims = self.client.get("/v1/claims?limit=100").json()["items"]
        known = set(living.records(self.store, TENANT))
        living.check(self.store, TENANT, known)
        jobs = sorted({row["job_id"]["S"] for row in self.rows() if "job_id" in row})
        return {
            "articles": articles,
            "reports": [self.client.get(f"/v1/articles/{article['id']}").json() for article in articles],
            "claims": claims,
            "actors": self.client.get("/v1/actors?limit=50").json()["items"],
            "jobs": [self.client.get(f"/v1/jobs/{job}").json() for job in jobs],
        }

    def left(self) -> list[str]:
        """The keys of what is stored beside what the tenant asked to keep: keys, jobs, events, counts and requests."""
        kept = ("EVENT", "JOB", "REQUEST", "COUNT", "KEY", "TOLD")
        plain = [f"{row['PK']['S']} {row['SK']['S']}" for row in self.rows() if "gone" not in row]
        return sorted(key for key in plain if not any(kind in key for kind in kept))


def past_the_authorizer(tenant: str = TENANT) -> Gateway:
    """As when API Gateway remembers what the authorizer said of the key."""
    known = {"tenant": tenant, "scopes": "read write", "label": ""}
    allow = {"Effect": "Allow", "Action": "execute-api:Invoke"}

    def authorizer(event: dict[str, Any], context: Any) -> dict[str, Any]:
        policy = {"Version": "2012-10-17", "Statement": [{**allow, "Resource": event["methodArn"]}]}
        return {"principalId": tenant, "policyDocument": policy, "context": known}

    return Gateway(handlers(), authorizer, ())


class Steps(NamedTuple):
    """What is there before, and the trip."""

    before: tuple[Trip, ...]
    trip: Trip


def submit(body: dict[str, str], key: str | None = None, later: bool = False) -> Trip:
    """Hand in an article, and have it annotated."""

    def trip(desk: Desk) -> None:
        headers = {"Idempotency_Key": key} if key else {}
        answered = desk.client.post("/v1/articles", body, **headers, Prefer="respond-async" if later else "")
        expect(answered, 200, 201, 202)

    return trip


def delete(number: int) -> Trip:
    """Delete the article that came in as the one of this number, if it is there."""

    def trip(desk: Desk) -> None:
        body = STORIES[number]
        listed = desk.client.get("/v1/articles?limit=100")
        expect(listed, 200)
        for article in listed.json()["items"]:
            if article["publisher"] == body["publisher"]:
                expect(desk.client.delete(f"/v1/articles/{article['id']}"), 204, 404)

    return trip


def put_actor(actor_id: str, body: dict[str, Any]) -> Trip:
    """Enter somebody into the register."""
    return lambda desk: expect(desk.client.send("PUT", f"/v1/actors/{actor_id}", json_body=body), 200, 201)


def delete_actor(actor_id: str) -> Trip:
    """Take somebody out of the register."""
    return lambda desk: expect(desk.client.delete(f"/v1/actors/{actor_id}"), 204, 404)


class Refused(Exception):
    """An answer that is none of those that end a trip."""

    def __init__(self, answered: HttpResponse) -> None:
        self.status, self.code, self.retry_after = answered.status, code_of(answered), answered.header("Retry-After")
        super().__init__(f"{self.status} {self.code}")


def expect(answered: HttpResponse, *statuses: int) -> None:
    """Raise Refused for another status."""
    if answered.status not in statuses:
        raise Refused(answered)


def body_of(tenant: str, story: int) -> dict[str, str]:
    """A story as this tenant sends it: its publisher has the tenant's name."""
    return {**STORIES[story], "publisher": f"{STORIES[story]['publisher']} of {tenant}"}


def address_of(tenant: str, story: int) -> str:
    """Where the article is that this story becomes."""
    return f"/v1/articles/{identify(tenant, Submission.model_validate(body_of(tenant, story)))[1]}"


ALL = (submit(FELL), submit(DENIED), submit(STANDS), put_actor("owen", FRONT))

TRIPS: dict[str, Steps] = {
    "submit": Steps((submit(FELL),), submit(DENIED)),
    "submit what contradicts": Steps((submit(FELL), put_actor("owen", FRONT)), submit(STANDS)),
    "submit under a key": Steps((submit(FELL),), submit(DENIED, key="k")),
    "submit for later": Steps((submit(FELL),), submit(DENIED, key="k", later=True)),
    "delete an article": Steps(ALL, delete(0)),
    "delete what contradicts": Steps(ALL, delete(2)),
    "put an actor": Steps(ALL[:2], put_actor("owen", FRONT)),
    "replace an actor": Steps(ALL, put_actor("owen", {**FRONT, "aliases": ["Owen S."], "relations": []})),
    "delete an actor": Steps((*ALL, put_actor("league", LEAGUE)), delete_actor("owen")),
}


def crash_behind_each_write(desk: Desk, name: str) -> None:
    """Break the trip off behind each of its writes, and make it again; raises AssertionError where it ends otherwise.

    Who stops before a read leaves what he left behind the write before it, so that writes are all there is to try.
    """
    desk.begin(name)
    with unruly.Writes(desk.ways_out) as writes:
        desk.make(name)
    expected, left, waiting = desk.seen(), desk.left(), desk.waiting()

    assert writes.made
    desk.begin(name)
    again = desk.keep()
    for write in unruly.tried(len(writes.made)):
        operation = writes.made[write]
        again()
        with pytest.raises(unruly.Crash), unruly.Writes(desk.ways_out, write):
            desk.make(name)
        desk.end_leases()
        desk.make(name)
        assert desk.seen() == expected, f"{operation}, number {write}"
        assert desk.left() == left, f"{operation}, number {write}"
        assert desk.waiting() == waiting


def quiet_pauses(monkeypatch: Any) -> None:
    """Let the SDK try again at once."""
    monkeypatch.setattr(botocore.endpoint, "time", type("Time", (), {"sleep": staticmethod(lambda seconds: None)}))
