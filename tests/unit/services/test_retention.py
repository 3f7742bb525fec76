"""Claim records that an expired article is in, read before DynamoDB has cleared it away."""

from datetime import timedelta

import pytest

from secondsource.errors import NotFound
from secondsource.model import Limits
from secondsource.services.compare import Compare
from secondsource.services.read import Read
from secondsource.services.retention import unexpired
from tests.unit.services.newsroom import TENANT, Clock, Newsroom

FELL = "Owen Strand says: The bridge over the Tavery in Calvorne has collapsed"
FELL_TOO = "Dela Marsh says: The bridge over the Tavery in Calvorne has collapsed"
OTHER = "Iva Lund says: The mill at Varn has been sold to Brellin Foods"


class Room(Newsroom):
    """Two articles of one claim; the first is kept for a day, the second for good."""

    def __init__(self) -> None:
        super().__init__(Clock(0))
        self.first = self.kept(1, FELL, publisher="Courier")
        self.claim = self.record(self.first).claim_id
        self.second = self.kept(0, FELL_TOO, publisher="Record")
        self.reading = unexpired(self.store, self.clock)
        self.read = Read(self.reading)

    def kept(self, days: int, *lines: str, publisher: str) -> str:
        """An article that is kept for so many days."""
        self.store.put_limits(TENANT, Limits(retention_days=days))
        self.clock.at += timedelta(minutes=2)
        return self.add(*lines, publisher=publisher)


@pytest.fixture
def room() -> Room:
    return Room()


def test_until_it_expires_an_article_counts(room):
    room.clock.at += timedelta(hours=23)

    assert room.read.claim(TENANT, room.claim).articles == (room.first, room.second)


def test_a_record_read_after_an_article_expired_says_nothing_of_it(room):
    room.clock.at += timedelta(days=1)

    record = room.read.claim(TENANT, room.claim)

    assert record.articles == (room.second,)
    assert room.first not in record.model_dump_json()
    assert record.stale_at is None


@pytest.mark.parametrize(
    "ask",
    [
        lambda room: room.read.report(TENANT, room.second),
        lambda room: room.read.claims(TENANT, 10).items[0],
        lambda room: Compare(room.reading).compare(TENANT, [room.second, room.kept(0, OTHER, publisher="Post")]),
    ],
    ids=["report", "list", "comparison"],
)
def test_whatever_is_read_says_nothing_of_it(room, ask):
    room.clock.at += timedelta(days=1)

    assert room.first not in ask(room).model_dump_json()


def test_a_record_whose_last_article_expired_is_gone(room):
    room.annotate.delete(TENANT, room.second)
    room.clock.at += timedelta(days=1)

    with pytest.raises(NotFound):
        room.read.claim(TENANT, room.claim)
    assert room.read.claims(TENANT, 10).items == ()
    assert room.read.articles(TENANT, 10).items == ()
    assert room.store.get_claims(TENANT, [room.claim]) == {}


def test_it_is_counted_once(room):
    room.clock.at += timedelta(days=1)

    first, second = (room.read.claim(TENANT, room.claim) for _ in range(2))

    assert first.version == second.version


def test_a_new_report_joins_the_record_that_an_expired_one_left(room):
    room.annotate.delete(TENANT, room.second)
    room.clock.at += timedelta(days=1)

    article_id = room.kept(0, FELL_TOO, publisher="Post")

    assert room.record(article_id).articles == (article_id,)
