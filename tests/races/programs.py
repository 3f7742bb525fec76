"""Eight programs that serve five tenants at once on bad days, each a process as a Lambda environment is one.

Each asks at random by a seed of its own, through gateway and handlers, and writes down what it was told. In some
weather its process ends behind a write, or a third of its calls is refused; then nobody may rely on what it asked.
"""

import random
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import pytest

from secondsource import wiring
from secondsource.aws import clients
from secondsource.aws.queue import SqsQueue
from secondsource.aws.store import DynamoStore
from secondsource.local.cloud import BATCH, WORKER_MILLISECONDS, record_of
from secondsource.local.functions import handler_of
from secondsource.local.gateway import HttpResponse, LambdaContext
from secondsource.settings import Settings
from tests.aws_server import REGION
from tests.contract import unruly
from tests.http import trips
from tests.http.client import Client, code_of
from tests.http.trips import LATEST_CRASH, SHARE, STORIES, address_of, body_of
from tests.races.history import RANKS, Entry
from tests.unit.services.newsroom import analyse, embed

TENANTS = ("courier", "tribune", "record", "herald", "gazette")
PROGRAMS = 8
REQUESTS = 20
"""Of each program."""
KEYS = 3
"""Idempotency-Keys of each story."""
NAMES = ("O. Strand", "Owen S.")
TWICE = 0.3
"""Of all messages, those that are delivered once more."""
VISIBILITY_SECONDS = 540
"""As in template.yaml."""
STATUSES = tuple(RANKS)


class Place(NamedTuple):
    """Where all programs work: a server, a table, a queue."""

    endpoint: str
    table: str
    queue_url: str


class Program:
    """One of them, in a process of its own."""

    def __init__(self, place: Place, who: int, seed: int) -> None:
        self.place, self.who, self.chance = place, who, random.Random(f"{seed} {who}")
        self.entries: list[Entry] = []
        self.jobs: dict[str, str] = {}
        """Those that it was told of, with their tenants."""
        self.dynamodb = clients.dynamodb(REGION, place.endpoint)
        self.sqs = clients.sqs(REGION, place.endpoint)
        settings = Settings(table=place.table, queue_url=place.queue_url, endpoint_url=place.endpoint)
        queue = SqsQueue(self.sqs, place.queue_url, "")
        self.wiring = wiring.Wiring(settings, dynamodb=self.dynamodb, queue=queue, analyser=analyse, embed=embed)
        self.wiring.store = DynamoStore(self.dynamodb, place.table, self.wiring.clock, sleep=lambda seconds: None)
        self.store = self.wiring.store
        self.clients = {tenant: Client(trips.past_the_authorizer(tenant), "any") for tenant in TENANTS}

    def ask_at_random(self) -> None:
        """As many requests as a program makes, in the weather that there is."""
        requests = (self.submit, self.submit_for_later, self.delete, self.change_the_register, self.read, self.work)
        for _ in range(REQUESTS):
            (request,) = self.chance.choices(requests, (4, 2, 3, 2, 4, 3))
            weather = self.chance.choices(("fair", "refusing", "crash"), (3, 1, 1))[0]
            request(self.chance.choice(TENANTS), weather)

    def submit(self, tenant: str, weather: str) -> None:
        story = self.chance.randrange(len(STORIES))
        about = _article(tenant, story)
        began, answered = self._ask(tenant, weather, lambda c: c.post("/v1/articles", body_of(tenant, story)))
        if answered is None or answered.status == 404:  # somebody deleted it before the report could be read
            self._note(began, "maybe", about, True, "submit")
        else:
            assert answered.status in (200, 201), answered.body
            self._note(began, "write" if answered.status == 201 else "read", about, True, "submit")

    def submit_for_later(self, tenant: str, weather: str) -> None:
        story, number = self.chance.randrange(len(STORIES)), self.chance.randrange(KEYS)
        headers = {"Idempotency_Key": f"{story}-{number}", "Prefer": "respond-async"}
        began, answered = self._ask(
            tenant, weather, lambda c: c.post("/v1/articles", body_of(tenant, story), **headers)
        )
        if answered is None or answered.status == 409:
            self._note(began, "maybe", _job(tenant, story, number), None, _article(tenant, story))
            return
        assert answered.status == 202, answered.body
        job = answered.json()["job"]["id"]
        self._note(began, "write", _job(tenant, story, number), job, _article(tenant, story))
        self.jobs[job] = tenant
        self.look_at(job)

    def delete(self, tenant: str, weather: str) -> None:
        story = self.chance.randrange(len(STORIES))
        about = _article(tenant, story)
        began, answered = self._ask(tenant, weather, lambda c: c.delete(address_of(tenant, story)))
        if answered is None:
            self._note(began, "maybe", about, False, "delete")
        else:
            assert answered.status in (204, 404), answered.body
            self._note(began, "write" if answered.status == 204 else "read", about, False, "delete")

    def change_the_register(self, tenant: str, weather: str) -> None:
        name = self.chance.choice((*NAMES, None))
        body = {**trips.FRONT, "aliases": [name]}
        began, answered = self._ask(
            tenant,
            weather,
            lambda c: c.delete("/v1/actors/owen") if name is None else c.send("PUT", "/v1/actors/owen", json_body=body),
        )
        # 409: others changed it every time. A try of which the answer was lost may have been done all the same.
        certain = answered is not None and answered.status != 409
        self._note(began, "write" if certain else "maybe", _actor(tenant), name)

    def read(self, tenant: str, weather: str = "fair") -> None:
        for story in range(len(STORIES)):
            began, answered = self._ask(tenant, "fair", lambda c, s=story: c.get(address_of(tenant, s)))  # type: ignore[misc]
            assert answered is not None and answered.status in (200, 404)
            assert answered.status == 404 or answered.json()["text"] == STORIES[story]["text"]
            self._note(began, "read", _article(tenant, story), answered.status == 200)
        began, answered = self._ask(tenant, "fair", lambda c: c.get("/v1/articles?limit=100"))
        assert answered is not None and answered.status == 200
        listed = {f"/v1/articles/{article['id']}" for article in answered.json()["items"]}
        for story in range(len(STORIES)):
            self._note(began, "read", _article(tenant, story), address_of(tenant, story) in listed, "list")
        began, answered = self._ask(tenant, "fair", lambda c: c.get("/v1/actors/owen"))
        assert answered is not None and answered.status in (200, 404)
        name = answered.json()["aliases"][0] if answered.status == 200 else None
        self._note(began, "read", _actor(tenant), name)
        _, answered = self._ask(tenant, "fair", lambda c: c.get("/v1/claims?limit=100"))
        assert answered is not None and answered.status == 200
        for job in self.jobs:
            self.look_at(job)

    def look_at(self, job: str) -> None:
        """Note its status; to every other tenant it is not there."""
        owner = self.jobs[job]
        began, answered = self._ask(owner, "fair", lambda c: c.get(f"/v1/jobs/{job}"))
        assert answered is not None
        self._note(began, "read", job, answered.json()["status"])
        other = self.chance.choice([tenant for tenant in TENANTS if tenant != owner])
        assert self.clients[other].get(f"/v1/jobs/{job}").status == 404

    def work(self, tenant: str = "", weather: str = "fair") -> int:
        """Do what the queue holds, or as much as the weather lets; answers how many messages that were."""
        done = 0
        while batch := self._received():
            for message in batch:
                # As SQS delivers some twice: another program may do it just now, or when this one has.
                if self.chance.random() < TWICE:
                    self.sqs.send_message(QueueUrl=self.place.queue_url, MessageBody=message["Body"])
            back = {message["MessageId"] for message in batch}
            context = LambdaContext("worker", milliseconds=WORKER_MILLISECONDS)
            event = {"Records": [record_of(message) for message in batch]}

            def run(event: Any = event, context: Any = context) -> None:
                nonlocal back
                answer = handler_of("worker")(event, context)
                back = {item["itemIdentifier"] for item in answer["batchItemFailures"]}

            self._in(weather, run)
            for message in batch:
                where = {"QueueUrl": self.place.queue_url, "ReceiptHandle": message["ReceiptHandle"]}
                if message["MessageId"] in back:
                    self.sqs.change_message_visibility(**where, VisibilityTimeout=0)
                else:
                    self.sqs.delete_message(**where)
                    done += 1
            if weather != "fair":
                break
        return done

    def _received(self) -> list[Any]:
        names: Any = ["All"]
        answer = self.sqs.receive_message(
            QueueUrl=self.place.queue_url, MaxNumberOfMessages=BATCH, MessageSystemAttributeNames=names
        )
        return list(answer.get("Messages", []))

    def _ask(
        self, tenant: str, weather: str, act: Callable[[Client], HttpResponse]
    ) -> tuple[float, HttpResponse | None]:
        """When it was asked, and what was answered; None when nobody was told what became of it."""
        answers: list[HttpResponse] = []
        began = time.monotonic()
        self._in(weather, lambda: answers.append(act(self.clients[tenant])))
        if not answers:
            return began, None
        (answered,) = answers
        assert not any(f"of {other}".encode() in answered.body for other in TENANTS if other != tenant)
        if answered.status == 503:
            assert weather == "refusing"
            assert (code_of(answered), answered.header("Retry-After")) == ("unavailable", "2")
            return began, None
        assert answered.status < 500, answered.body
        return began, answered

    def _in(self, weather: str, act: Callable[[], Any]) -> None:
        both = (self.dynamodb, self.sqs)
        if weather == "refusing":
            with unruly.failing(both, self.chance.randrange(1000), SHARE, send=self._send):
                act()
        elif weather == "crash":
            try:
                with unruly.Writes(both, self.chance.randrange(LATEST_CRASH)):
                    act()
            except unruly.Crash:
                pass
        else:
            act()

    def _send(self, event_name: str, request: Any) -> Any:
        client = self.sqs if event_name.split(".")[1] == "sqs" else self.dynamodb
        return client._endpoint.http_session.send(request)

    def _note(self, began: float, kind: Any, about: str, value: Any, note: str = "") -> None:
        self.entries.append(Entry(self.who, began, time.monotonic(), kind, about, value, note))


def run(place: Place, who: int, seed: int, told: Connection) -> None:
    """The life of one process: tell what was noted, and what went wrong, None if nothing did."""
    trips.quiet_pauses(pytest.MonkeyPatch())
    program, wrong = Program(place, who, seed), None
    wiring.use(program.wiring)
    try:
        program.ask_at_random()
    except BaseException:
        wrong = traceback.format_exc()
    told.send((program.entries, program.jobs, wrong))
    told.close()


def _article(tenant: str, story: int) -> str:
    return f"article {story} of {tenant}"


def _job(tenant: str, story: int, number: int) -> str:
    return f"job {number} for article {story} of {tenant}"


def _actor(tenant: str) -> str:
    return f"actor of {tenant}"
