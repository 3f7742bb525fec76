"""Histories of several tenants on bad days: what was answered holds, whatever was refused or broken off in between.

``HISTORIES=200 make test TESTS=tests/http/test_history.py`` looks at so many. Hypothesis prints the shortest history
that fails, the seeds of its faults in it, and keeps it for the next run.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from secondsource.errors import SecondSourceError
from secondsource.local.cloud import DEAD_LETTERS
from secondsource.local.functions import handler_of
from secondsource.local.gateway import HttpResponse, LambdaContext
from tests.contract import unruly
from tests.http import trips
from tests.http.client import Client, code_of
from tests.http.test_jobs import _record
from tests.http.trips import LATEST_CALL, LATEST_CRASH, LISTS, SHARE, STORIES, Desk, address_of, body_of
from tests.unit.services import living

HISTORIES = int(os.environ.get("HISTORIES", "3"))
STEPS = 12
ENOUGH = LambdaContext("worker", milliseconds=90_000)
RANKS = {"queued": 0, "running": 1, "done": 2, "failed": 2}

TENANTS = st.sampled_from(["courier", "tribune", "record"])
STORY = st.integers(0, len(STORIES) - 1)
WEATHER = st.one_of(
    st.just(("fair", 0)),
    st.tuples(st.just("refusing"), st.integers(0, 999)),
    st.tuples(st.just("crash"), st.integers(0, LATEST_CRASH)),
)

Weather = tuple[str, int]
Place = tuple[str, int]
"""A tenant and one of the stories."""

_desk: Desk


@pytest.fixture(scope="module", autouse=True)
def _opened() -> Iterator[None]:
    global _desk
    with pytest.MonkeyPatch.context() as patch, Desk().opened() as _desk:
        trips.quiet_pauses(patch)
        # A record that is deleted and made again is of another time, or its versions came twice.
        _desk.clock.step = timedelta(milliseconds=1)
        yield


class History(RuleBasedStateMachine):
    """Requests in any order, each in some weather, and what must be so then."""

    @initialize()
    def begin(self) -> None:
        _desk.clear()
        self.clients: dict[str, Client] = {}
        self.articles: dict[Place, bool | None] = defaultdict(bool)  # None: nobody was told
        self.names: dict[str, set[str | None]] = defaultdict(lambda: {None})
        self.jobs: dict[str, Place] = {}
        self.keyed: dict[tuple[Place, int], str] = {}
        self.unanswered: set[Place] = set()  # may have a job of which nobody was told
        self.statuses: dict[str, str] = {}

    @rule(tenant=TENANTS, story=STORY, weather=WEATHER)
    def submit(self, tenant: str, story: int, weather: Weather) -> None:
        answered = self._ask(tenant, weather, lambda client: client.post("/v1/articles", body_of(tenant, story)))
        self.articles[tenant, story] = True if _is(answered, 200, 201) else self.articles[tenant, story] or None

    @rule(tenant=TENANTS, story=STORY, number=st.integers(0, 1), weather=WEATHER)
    def submit_for_later(self, tenant: str, story: int, number: int, weather: Weather) -> None:
        place = tenant, story
        key = {"Idempotency_Key": f"{story}-{number}", "Prefer": "respond-async"}
        answered = self._ask(tenant, weather, lambda client: client.post("/v1/articles", body_of(tenant, story), **key))
        if answered is None or answered.status == 409:
            self.unanswered.add(place)
            return
        assert answered.status == 202
        job = answered.json()["job"]["id"]
        assert self.keyed.setdefault((place, number), job) == job, "a second job under one key"
        self.jobs[job] = place
        self._see(job)

    @rule(weather=WEATHER)
    def work(self, weather: Weather) -> None:
        """Worker and stream do what there is to do, or as much as they can."""
        waiting = {job for job in self.jobs if RANKS[self.statuses[job]] < RANKS["done"]}
        self._in(weather, _desk.drain)
        for job in waiting:
            if self._see(job) == "done":
                self.articles[self.jobs[job]] = True
            else:
                self._doubt(self.jobs[job])
        for place in self.unanswered:
            self._doubt(place)

    @precondition(lambda self: self.jobs)
    @rule(pick=st.integers(0, 99), weather=WEATHER)
    def deliver_again(self, pick: int, weather: Weather) -> None:
        """A message comes that has come before, or comes before its time."""
        job = sorted(self.jobs)[pick % len(self.jobs)]
        before, (tenant, _) = self.statuses[job], self.jobs[job]
        body = f'{{"tenant": "{tenant}", "job_id": "{job}"}}'
        self._in(weather, lambda: handler_of("worker")({"Records": [_record("m", body)]}, ENOUGH))
        if RANKS[before] < RANKS["done"]:
            if self._see(job) == "done":
                self.articles[self.jobs[job]] = True
            else:
                self._doubt(self.jobs[job])

    @precondition(lambda self: self.jobs)
    @rule(pick=st.integers(0, 99), call=st.integers(0, LATEST_CALL), deleted=st.booleans())
    def deliver_twice(self, pick: int, call: int, deleted: bool) -> None:
        """A message is delivered a second time to a worker that stops at some call, and goes on when all is over."""
        job = sorted(self.jobs)[pick % len(self.jobs)]
        tenant, story = place = self.jobs[job]

        def work() -> None:
            with suppress(SecondSourceError):
                _desk.cloud.wiring.annotate.run_job(tenant, job)

        with unruly.Stopped(_desk.ways_out, work, call):
            self.work(("fair", 0))
            if deleted:
                self.delete(tenant, story, ("fair", 0))
            over = RANKS[self._see(job)] == RANKS["done"]
        if not over:
            self._doubt(place)

    @rule(tenant=TENANTS, story=STORY, weather=WEATHER)
    def delete(self, tenant: str, story: int, weather: Weather) -> None:
        answered = self._ask(tenant, weather, lambda client: client.delete(address_of(tenant, story)))
        if _is(answered, 204, 404):
            assert answered is not None
            assert self.articles[tenant, story] is not True or answered.status == 204
            self.articles[tenant, story] = False
        elif self.articles[tenant, story]:
            self.articles[tenant, story] = None

    @rule(tenant=TENANTS, name=st.sampled_from(["O. Strand", "Owen S.", None]), weather=WEATHER)
    def change_the_register(self, tenant: str, name: str | None, weather: Weather) -> None:
        body = {**trips.FRONT, "aliases": [name]}
        if name is None:
            answered = self._ask(tenant, weather, lambda client: client.delete("/v1/actors/owen"))
        else:
            put = {"json_body": body}
            answered = self._ask(tenant, weather, lambda client: client.send("PUT", "/v1/actors/owen", **put))
        done = _is(answered, 200, 201, 204, 404)
        self.names[tenant] = {name} if done else self.names[tenant] | {name}

    @rule(tenant=TENANTS)
    def read(self, tenant: str) -> None:
        for story in range(len(STORIES)):
            answered = self._told(tenant, address_of(tenant, story))
            expected = self.articles[tenant, story]
            assert expected is None or (answered.status == 200) == expected, (tenant, story, answered.status)
            assert answered.status == 404 or answered.json()["text"] == STORIES[story]["text"]
            self.articles[tenant, story] = answered.status == 200
        listed = self._told(tenant, "/v1/articles?limit=100").json()["items"]
        there = [story for story in range(len(STORIES)) if self.articles[tenant, story]]
        assert sorted(f"/v1/articles/{article['id']}" for article in listed) == sorted(
            address_of(tenant, s) for s in there
        )
        assert self._told(tenant, "/v1/claims?limit=100").status == 200
        actor = self._told(tenant, "/v1/actors/owen")
        name = actor.json()["aliases"][0] if actor.status == 200 else None
        assert name in self.names[tenant]
        self.names[tenant] = {name}
        for job, (owner, _) in self.jobs.items():
            if owner == tenant:
                self._see(job)
            else:
                assert self._told(tenant, f"/v1/jobs/{job}").status == 404

    def teardown(self) -> None:
        """On the first fair day all is worked off and taken up again, and then nothing is left of what is deleted."""
        if not hasattr(self, "clients"):
            return
        self.work(("fair", 0))
        dead = _waiting_in_vain()
        for job in self.jobs:
            assert self._see(job) in ("done", "failed") or job in dead, "a job that was taken is lost"
        tenants = list(self.clients)
        for tenant in tenants:
            self.read(tenant)
        for tenant in tenants:
            for story in range(len(STORIES)):
                self.submit(tenant, story, ("fair", 0))
        self.work(("fair", 0))
        for tenant in tenants:
            self.read(tenant)
            living.check(_desk.store, tenant, set(living.records(_desk.store, tenant)))
        for tenant in tenants:
            for story in range(len(STORIES)):
                self.delete(tenant, story, ("fair", 0))
            self.change_the_register(tenant, None, ("fair", 0))
        self.work(("fair", 0))
        for tenant in tenants:
            self.read(tenant)
        assert [key for key in _desk.left() if key.split("#")[2].split()[0] not in LISTS] == []

    def _ask(self, tenant: str, weather: Weather, act: Callable[[Client], HttpResponse]) -> HttpResponse | None:
        """What is answered, None when nobody was told what became of it."""
        answers: list[HttpResponse] = []
        self._in(weather, lambda: answers.append(act(self._client(tenant))))
        _desk.end_leases()
        if not answers:
            return None
        self._check(tenant, answers[0])
        if answers[0].status == 503:
            assert weather[0] == "refusing"
            assert (code_of(answers[0]), answers[0].header("Retry-After")) == ("unavailable", "2")
            return None
        assert answers[0].status in (200, 201, 202, 204, 404, 409), answers[0].body
        return answers[0]

    def _in(self, weather: Weather, act: Callable[[], Any]) -> None:
        kind, number = weather
        if kind == "refusing":
            with unruly.failing(_desk.ways_out, number, SHARE):
                act()
        elif kind == "crash":
            try:
                with unruly.Writes(_desk.ways_out, number):
                    act()
            except unruly.Crash:
                pass
        else:
            act()

    def _client(self, tenant: str) -> Client:
        if tenant not in self.clients:
            self.clients[tenant] = Client(trips.past_the_authorizer(tenant), "any")
        return self.clients[tenant]

    def _told(self, tenant: str, address: str) -> HttpResponse:
        answered = self._client(tenant).get(address)
        self._check(tenant, answered)
        return answered

    def _check(self, tenant: str, answered: HttpResponse) -> None:
        """Nothing of another tenant is in it: each article's publisher has its tenant's name."""
        others = [other for other in ("courier", "tribune", "record") if other != tenant]
        assert not any(f"of {other}".encode() in answered.body for other in others)

    def _see(self, job: str) -> str:
        """Its status, which never goes back."""
        status: str = self._told(self.jobs[job][0], f"/v1/jobs/{job}").json()["status"]
        before = self.statuses.setdefault(job, status)
        assert status == before or RANKS[status] > RANKS[before], f"from {before} to {status}"
        self.statuses[job] = status
        return status

    def _doubt(self, place: Place) -> None:
        self.articles[place] = self.articles[place] or None


def _is(answered: HttpResponse | None, *statuses: int) -> bool:
    return answered is not None and answered.status in statuses


def _waiting_in_vain() -> str:
    """All bodies of the dead letters."""
    sqs = _desk.cloud.sqs
    url = sqs.get_queue_url(QueueName=DEAD_LETTERS)["QueueUrl"]
    bodies = ""
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        bodies += "".join(message["Body"] for message in found)
    return bodies


TestHistory = History.TestCase
TestHistory.settings = settings(
    max_examples=HISTORIES,
    stateful_step_count=STEPS,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
