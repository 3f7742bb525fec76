"""Claim records that an expired article is in, read before DynamoDB has cleared it away."""

from datetime import timedelta

import pytest

from secondsource.errors import NotFound
from secondsource.model import EventType, Limits, Submission, Webhook, WebhookKind
from secondsource.services.changes import GONE
from secondsource.services.compare import Compare
from secondsource.services.deliver import Deliver
from secondsource.services.follow import Follow
from secondsource.services.read import Read
from secondsource.services.retention import unexpired
from secondsource.web.signatures import sign
from tests.unit.services.newsroom import TENANT, Clock, Newsroom

FELL = "Owen Strand says: The bridge over the Tavery in Calvorne has collapsed"
FELL_TOO = "Dela Marsh says: The bridge over the Tavery in Calvorne has collapsed"
OTHER = "Iva Lund says: The mill at Varn has been sold to Brellin Foods"


class Room(Newsroom):
    """Two articles of one claim; the first is kept for a day, the second for good."""

    hook: Webhook
    before: str
    now: str

    def __init__(self) -> None:
        super().__init__(Clock(0))
        self.first = self.kept(1, FELL, publisher="Courier")
        self.claim = self.record(self.first).claim_id
        self.second = self.kept(0, FELL_TOO, publisher="Record")
        self.reading = unexpired(self.store, self.clock)
        self.read = Read(self.reading)

    def version(self, days: int, text: str) -> str:
        """A version of the post that is kept for so many days."""
        self.store.put_limits(TENANT, Limits(retention_days=days))
        self.clock.at += timedelta(minutes=2)
        message = f"msg-{len(self.queue.sent)}"
        job = self.webhooks.take(TENANT, self.hook, message, "post", Submission(text=text)).job
        article_id = self.annotate.run_job(TENANT, job.id).article_id
        assert article_id is not None
        return article_id

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


def test_it_expires_at_the_moment_that_it_says(room):
    end = room.article(room.first).expires_at
    room.clock.at = end - timedelta(microseconds=1)
    assert room.read.claim(TENANT, room.claim).articles == (room.first, room.second)

    room.clock.at = end

    assert room.read.claim(TENANT, room.claim).articles == (room.second,)


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


def told(room: Room) -> str:
    """All that events say to who follows them."""
    page = Follow(room.reading, room.clock).events(TENANT, 100)
    return "".join(event.model_dump_json() for event in page.items)


class TestEventsOfAClaim:
    """The second report has changed the claim's flags; the event has the words of those before."""

    def test_until_an_article_expires_they_tell_of_it(self, room):
        room.clock.at += timedelta(hours=23)
        assert "Strand" in told(room)

    def test_after_that_whoever_follows_reads_nothing_of_it(self, room):
        room.clock.at += timedelta(days=1)

        assert "Strand" not in told(room)
        assert room.first not in told(room)
        assert GONE in told(room)

    def test_nor_is_anything_of_it_sent(self, room):
        types = [EventType.CLAIM_FLAGS_CHANGED]
        webhook = room.webhooks.register_outgoing(TENANT, "https://cms.example/hook", types).webhook
        (event,) = room.store.events_of(TENANT, room.claim)
        deliver = Deliver(room.reading, room.endpoints, room.queue, room.clock, room.webhooks, sign)
        deliver.announce(TENANT, event.id)
        room.clock.at += timedelta(days=1)

        delivery = deliver.attempt(TENANT, room.queue.deliveries[-1][1], 0)

        assert delivery is not None and delivery.webhook_id == webhook.id
        (sent,) = [body.decode() for _, _, body in room.endpoints.posted]
        assert "single_source" in sent
        assert "Strand" not in sent

    def test_they_are_put_right_once(self, room):
        room.clock.at += timedelta(days=1)
        told(room)
        counted = room.store.get_claims(TENANT, [room.claim])[room.claim]
        events = room.store.events_of(TENANT, room.claim)

        told(room)

        assert room.store.get_claims(TENANT, [room.claim])[room.claim] == counted
        assert room.store.events_of(TENANT, room.claim) == events
        assert {event.stale_at for event in events} == {None}

    def test_those_of_a_record_that_is_gone_name_nobody(self, room):
        room.annotate.delete(TENANT, room.second)
        assert "Strand" in told(room)
        room.clock.at += timedelta(days=1)

        assert "Strand" not in told(room)
        assert room.first not in told(room)


class TestPosts:
    """A post of two versions, of which the first expires before the second."""

    @pytest.fixture
    def room(self) -> Room:
        room = Room()
        room.hook = room.webhooks.register_incoming(TENANT, WebhookKind.STANDARD).webhook
        room.before, room.now = room.version(2, OTHER), room.version(4, f"Mara Oss says: {OTHER[15:]}")
        return room

    def test_only_versions_that_are_there_are_shown(self, room):
        assert versions(room) == [room.before, room.now]
        room.clock.at += timedelta(days=2)
        assert versions(room) == [room.now]
        assert "Lund" not in str(room.read.versions(TENANT, room.now))

    def test_the_event_of_the_later_one_says_nothing_of_the_one_before(self, room):
        assert "Lund" in told(room)
        room.clock.at += timedelta(days=2)

        assert "Lund" not in told(room)
        assert room.before not in told(room)
        assert room.now in told(room)
        (event,) = room.store.events_about(TENANT, room.now)
        assert (event.replaces, event.stale_at) == (None, None)

    def test_a_version_that_comes_in_later_replaces_the_last_one_that_is_there(self, room):
        room.version(1, "Jon Weir says: The mill at Varn burned down")
        room.clock.at += timedelta(days=1)

        latest = room.version(4, FELL)

        assert versions(room) == [room.before, room.now, latest]
        (event,) = room.store.events_about(TENANT, latest)
        assert event.replaces == room.now
        assert {flag.articles for flag in event.before} == {(room.now,)}

    def test_what_has_expired_is_not_stored_with_a_version_that_comes_in_later(self, room):
        room.clock.at += timedelta(days=2)

        latest = room.version(4, FELL)

        assert versions(room) == [room.now, latest]
        (post,) = room.store.publications_of(TENANT, latest)
        assert room.before not in post.model_dump_json()


def versions(room: Room) -> list[str]:
    """The versions of the post that the newest article is one of, as they are shown."""
    newest = room.read.articles(TENANT, 1).items[0].id
    (post,) = room.read.versions(TENANT, newest)
    return [version.article_id for version in post.versions]
