"""Five tenants, whom eight programs serve at once on bad days: whatever was answered holds.

``RACES=20 make races`` looks at more histories. One that fails is kept in build/histories, under its seed.
"""

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from secondsource import wiring
from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.local.functions import handler_of
from secondsource.local.stream import Stream
from tests.aws_server import REGION, ROOT, running
from tests.http import trips
from tests.http.trips import LISTS, STORIES, body_of
from tests.races.history import NEVER, Entry, backwards, keep, stale
from tests.races.programs import PROGRAMS, TENANTS, VISIBILITY_SECONDS, Place, Program, run
from tests.unit.services import living

SEEDS = range(int(os.environ.get("RACES", "1")))
KEPT = ROOT / "build" / "histories"
LEFT = ("EVENT", "JOB", "REQUEST", "COUNT", "TOLD")
"""What stays of a tenant that has deleted all it can, for some time."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a queue, too."""
    scratch = tmp_path_factory.mktemp("server")
    services = "dynamodb,dynamodbstreams,sqs"
    with running(".venv-races", "races", scratch, SERVICES=services, LOG_LEVEL="ERROR") as url:
        yield url


@pytest.fixture(params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def place(server: str, seed: int) -> Place:
    table = f"history-{seed}"
    create_table(clients.dynamodb(REGION, server), table)
    attributes: Any = {"VisibilityTimeout": str(VISIBILITY_SECONDS)}
    queue = clients.sqs(REGION, server).create_queue(QueueName=table, Attributes=attributes)
    return Place(server, table, queue["QueueUrl"])


@pytest.mark.timeout(600)
def test_what_was_answered_holds_whoever_asks_meanwhile(place: Place, seed: int, monkeypatch: Any) -> None:
    trips.quiet_pauses(monkeypatch)
    last = Program(place, PROGRAMS, seed)
    previous = wiring.use(last.wiring)
    entries: list[Entry] = []
    try:
        entries += _all_at_once(place, seed, last)
        _finish(last)
        entries += last.entries
        _check(entries, last)
        _delete_all(last)
        assert _left(last) == []
    except BaseException as wrong:
        keep(entries, KEPT / f"{seed}.jsonl")
        wrong.add_note(f"The history of seed {seed} is kept in {KEPT / f'{seed}.jsonl'}.")
        raise
    finally:
        wiring.use(previous)


def _all_at_once(place: Place, seed: int, last: Program) -> list[Entry]:
    """What all programs have noted, while the stream is read; their jobs are handed on to the last."""
    fork = multiprocessing.get_context("fork")
    ways = [fork.Pipe(duplex=False) for _ in range(PROGRAMS)]
    processes = [fork.Process(target=run, args=(place, who, seed, way[1])) for who, way in enumerate(ways)]
    for process in processes:
        process.start()
    entries: list[Entry] = []
    try:
        stream, waiting = _stream(last), dict(enumerate(ways))
        while waiting:
            stream.drain()
            for who, (told, _) in list(waiting.items()):
                if told.poll() or not processes[who].is_alive():
                    noted, jobs, wrong = told.recv()
                    assert wrong is None, f"program {who}: {wrong}"
                    entries += noted
                    last.jobs.update(jobs)
                    del waiting[who]
    finally:
        for process in processes:
            process.terminate()
            process.join()
    return entries


def _stream(program: Program) -> Stream:
    arn = program.dynamodb.describe_table(TableName=program.place.table)["Table"]["LatestStreamArn"]
    return Stream(clients.streams(REGION, program.place.endpoint), arn, lambda: handler_of("notify"))


def _finish(last: Program) -> None:
    """On the first fair day all is worked off; then everybody looks."""
    stream = _stream(last)
    while last.work() or stream.drain():
        pass
    for tenant in TENANTS:
        last.read(tenant)


def _check(entries: list[Entry], last: Program) -> None:
    jobs = [entry for entry in entries if entry.about in last.jobs]
    assert backwards(jobs) == []
    ended = {entry.about: entry for entry in sorted(jobs, key=lambda entry: -entry.ended) if entry.value == "done"}
    final = {entry.about: entry.value for entry in sorted(jobs, key=lambda entry: entry.ended)}
    assert set(final) == set(last.jobs)
    assert set(final.values()) <= {"done"}, "a job that was taken is lost, or has failed"

    under_key: dict[str, set[Any]] = defaultdict(set)
    queued = [entry for entry in entries if entry.about.startswith("job ")]
    for entry in queued:
        under_key[entry.about] |= {entry.value} - {None}
    assert all(len(ids) <= 1 for ids in under_key.values()), "a second job under one key"

    # The article of a job has come in between the first request for it and the time at which it was first seen done;
    # that of one of which nobody was told may come in at any time.
    first = {entry.value: entry for entry in sorted(queued, key=lambda entry: -entry.began) if entry.value}
    by_jobs = [replace(entry, about=entry.note, value=True, ended=ended[job].ended) for job, entry in first.items()]
    by_jobs += [replace(entry, about=entry.note, value=True, ended=NEVER) for entry in queued if not entry.value]
    articles = [entry for entry in entries if entry.about.startswith("article ")]
    assert stale([*articles, *by_jobs], False) == []
    assert stale([entry for entry in entries if entry.about.startswith("actor ")], None) == []
    for tenant in TENANTS:
        living.check(last.store, tenant, set(living.records(last.store, tenant)))
    assert {entry.kind for entry in articles} == {"read", "write", "maybe"}, "nothing was tried"


def _delete_all(last: Program) -> None:
    for tenant in TENANTS:
        for story in range(len(STORIES)):
            answered = last.clients[tenant].post("/v1/articles", body_of(tenant, story))
            assert answered.status in (200, 201)
            assert last.clients[tenant].delete(f"/v1/articles/{answered.json()['id']}").status == 204
        assert last.clients[tenant].delete("/v1/actors/owen").status in (204, 404)
    stream = _stream(last)
    while last.work() or stream.drain():
        pass


def _left(last: Program) -> list[str]:
    pages = last.dynamodb.get_paginator("scan").paginate(TableName=last.place.table)
    rows = [row for page in pages for row in page["Items"] if "gone" not in row]
    found = [(row["PK"]["S"], row["SK"]["S"]) for row in rows]
    kept = [key for key in found if key[0].split("#")[2] not in LISTS]
    return sorted(" ".join(key) for key in kept if not any(kind in " ".join(key) for kind in LEFT))
