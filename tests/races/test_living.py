"""Twenty writers at once, on a server that honours transactions: what is stored in the end follows from what they did.

They add and delete articles that share claims, deny and contradict; some stop half-way, and the stream has it put right.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Event
from typing import Any

import pytest

from secondsource import wiring
from secondsource.aws import clients
from secondsource.aws.store import DynamoStore
from secondsource.errors import VersionConflict
from secondsource.local.functions import handler_of
from secondsource.local.stream import Stream
from secondsource.services.merging import resolve
from secondsource.services.recount import recount
from secondsource.settings import Settings
from tests.aws_server import REGION
from tests.unit.corpus.reports import CLAIM, person, report, unnamed
from tests.unit.services import living
from tests.unit.services.newsroom import STORY, TENANT, Crash, Crashing, Newsroom

WRITERS = 20
ARTICLES_EACH = 3
CRASHING = 8
"""Of the writers, in the test with crashes."""
LONGEST_PAUSE = 0.1
"""Seconds; a call takes two thousandths, and a writer makes some eight: all of another fit into one pause."""
PAUSES = 0.15
"""Of all calls."""
LATEST_CRASH = 60
"""Calls of the store: an article of two claims makes some thirty."""

STATEMENTS = (
    "The bridge over the Tavery in Calvorne has collapsed",
    "The bridge over the Tavery in Calvorne has not collapsed",
    "The mill at Varn has been sold to Brellin Foods",
)
PEOPLE = ("Owen Strand", "Dela Marsh", "Helen Brann", "Iva Lund", "Tom Perrin")

pytestmark = pytest.mark.timeout(600)
"""The server answers one request at a time, and twenty writers share the machine: a minute each, three on a busy one."""

Connect = Callable[[], Any]


def _line(chance: random.Random) -> str:
    cue = chance.choices(("says", "denies"), (4, 1))[0]
    return f"{chance.choice(PEOPLE)} {cue}: {chance.choice(STATEMENTS)}."


def _write(room: Newsroom, seed: int) -> set[str]:
    """Add articles and delete some of them again; answers all claims that were touched."""
    chance, touched, mine = random.Random(seed), set(), []
    for number in range(ARTICLES_EACH):
        lines = dict.fromkeys(_line(chance) for _ in range(2))
        article_id = room.add(*lines, publisher=f"Courier {seed}-{number}")
        mine.append(article_id)
        touched |= _claims(room, article_id)
        if chance.random() < 0.5:
            assert room.annotate.delete(TENANT, mine.pop(chance.randrange(len(mine))))
    return touched


def _claims(room: Newsroom, article_id: str) -> set[str]:
    claims = room.article(article_id).analysis.claims
    return {claim_id for claim in claims for claim_id in (claim.claim_id, *claim.contradicts) if claim_id}


def _together(acts: list[Callable[[], set[str]]]) -> set[str]:
    """All at once; the union of what they answer."""
    ready = Barrier(len(acts))

    def begin(act: Callable[[], set[str]]) -> set[str]:
        ready.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return set().union(*pool.map(begin, acts))


@pytest.fixture
def clients_used(connect: Connect) -> list[Any]:
    """A client for each writer."""
    return [connect() for _ in range(WRITERS)]


@pytest.fixture
def rooms(clients_used: list[Any], table: str) -> list[Newsroom]:
    """A newsroom for each writer, all on the one table."""
    clock: Any = wiring.SystemClock()
    return [Newsroom(clock=clock, store=DynamoStore(client, table, clock)) for client in clients_used]


@pytest.fixture
def stream(connect: Connect, endpoint: str, table: str) -> Iterator[Stream]:
    """The table's stream with the real function at its end."""
    client = connect()
    previous = wiring.use(wiring.Wiring(Settings(table=table), dynamodb=client))
    arn = client.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    yield Stream(clients.streams(REGION, endpoint), arn, lambda: handler_of("notify"))
    wiring.use(previous)


def test_the_records_follow_from_the_articles_whoever_came_first(rooms: list[Newsroom]) -> None:
    touched = _together([lambda n=n, room=room: _write(room, 1000 + n) for n, room in enumerate(rooms)])

    room = rooms[0]
    assert len(touched) > 3
    living.check(room.store, TENANT, touched)
    articles = {summary.id for summary in room.store.list_articles(TENANT, 200).items}
    counted = {article_id for record in living.records(room.store, TENANT).values() for article_id in record.articles}
    assert counted == articles
    for article_id in articles:
        for claim_id in _claims(room, article_id):
            record = resolve(room.store, TENANT, [claim_id]).get(claim_id)
            carried = claim_id in {claim.claim_id for claim in room.article(article_id).analysis.claims}
            assert not carried or (record is not None and article_id in record.articles)


def test_what_writers_leave_behind_who_stop_half_way_is_put_right_by_the_stream(
    rooms: list[Newsroom], stream: Stream
) -> None:
    over = Event()

    def listen() -> None:
        while not over.is_set():
            stream.drain()
        stream.drain()

    def write(room: Newsroom, seed: int) -> set[str]:
        if seed >= CRASHING:
            return _write(room, seed)
        store = room.store
        call = random.Random(seed).randint(1, LATEST_CRASH)
        broken = Newsroom(clock=room.clock, store=Crashing(store, call, after=seed % 2 == 0))
        try:
            return _write(broken, seed)
        except Crash:
            return set()

    with ThreadPoolExecutor(1) as pool:
        listening = pool.submit(listen)
        try:
            touched = _together([lambda n=n, room=room: write(room, n) for n, room in enumerate(rooms)])
        finally:
            over.set()
        listening.result()

    living.check(rooms[0].store, TENANT, touched)


@pytest.mark.parametrize(("writers", "rounds"), [(2, 60), (4, 30), (WRITERS, 5)])
def test_a_record_that_comes_and_goes_follows_its_occurrences_after_each_round(
    rooms: list[Newsroom], clients_used: list[Any], writers: int, rounds: int
) -> None:
    """The store and the count alone. A round is one write each, for a later one would put right what went wrong."""
    for number, client in enumerate(clients_used[:writers]):
        client.meta.events.register("before-call.dynamodb", _dawdle(random.Random(number)))

    chance = random.Random(writers)

    def write(room: Newsroom, number: int, delete: bool) -> set[str]:
        source = unnamed("officials") if number % 2 else person(f"Source {number}")
        occurrence = report(f"Courier{number}", source)
        if delete:
            room.store.delete_occurrences(TENANT, occurrence.article_id)
        else:
            room.store.put_occurrence(TENANT, occurrence)
        with suppress(VersionConflict):
            recount(room.store, room.clock, TENANT, CLAIM)
        return {CLAIM}

    for _ in range(rounds):
        # Of half as many articles as writers: what one puts another deletes.
        turns = [(room, chance.randrange(writers // 2 + 1), chance.random() < 0.5) for room in rooms[:writers]]
        _together([lambda turn=turn: write(*turn) for turn in turns])
        living.check(rooms[-1].store, TENANT, {CLAIM})


def _dawdle(chance: random.Random) -> Callable[..., None]:
    """Wait before a call now and then: the server is fair, and without it all would go on in step."""

    def wait(**_: Any) -> None:
        if chance.random() < PAUSES:
            time.sleep(chance.uniform(0, LONGEST_PAUSE))

    return wait


def test_all_who_add_and_delete_one_claim_at_once_are_counted(rooms: list[Newsroom]) -> None:
    def write(room: Newsroom, number: int) -> set[str]:
        article_id = room.add(f"{PEOPLE[number % 5]} says: {STATEMENTS[0]}.", publisher=f"Courier {number}")
        touched = _claims(room, article_id)
        if number % 2:
            room.annotate.delete(TENANT, article_id)
        return touched

    first = rooms[0].add(f"{PEOPLE[0]} says: {STATEMENTS[0]}.", publisher="The First")
    touched = _together([lambda n=n, room=room: write(room, n) for n, room in enumerate(rooms)])
    rooms[0].annotate.delete(TENANT, first)

    living.check(rooms[0].store, TENANT, touched)
    assert sum(len(record.articles) for record in living.records(rooms[0].store, TENANT).values()) == WRITERS // 2


def test_records_that_become_one_while_all_write_follow_from_their_articles(rooms: list[Newsroom]) -> None:
    """Reports of one story, of which a third kind ties those of two others."""

    def write(room: Newsroom, number: int) -> set[str]:
        article_id = room.add(STORY[number % 3], publisher=f"Courier {number}")
        touched = _claims(room, article_id)
        if number % 4 == 3:
            assert room.annotate.delete(TENANT, article_id)
        return touched

    touched = _together([lambda n=n, room=room: write(room, n) for n, room in enumerate(rooms)])
    room = rooms[0]
    left = {summary.id for summary in room.store.list_articles(TENANT, 200).items}
    living.check(room.store, TENANT, touched)
    found = living.records(room.store, TENANT).values()
    assert {article_id for record in found for article_id in record.articles} == left

    for article_id in left:
        room.annotate.delete(TENANT, article_id)

    assert living.records(room.store, TENANT) == {}
    assert room.store.get_claims(TENANT, list(touched)) == {}
    assert room.store.signatures(TENANT, list(touched)) == {}
