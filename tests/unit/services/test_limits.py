"""What tenants may do, and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from secondsource.errors import DailyQuotaSpent, SecondSourceError, StorageQuotaSpent, TooManyRequests
from secondsource.local.memory import MemoryStore
from secondsource.model import JobStatus, Limits
from secondsource.services.limits import Limiter
from tests.unit.services.newsroom import TENANT, Newsroom


class Clock:
    """Stands still until it is set."""

    def __init__(self, at: str = "2026-05-04T09:00:20") -> None:
        self.set(at)

    def set(self, at: str) -> None:
        self.at = datetime.fromisoformat(at).replace(tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    return MemoryStore(clock)


def refused(call, *arguments) -> SecondSourceError | None:
    try:
        call(*arguments)
    except SecondSourceError as error:
        return error
    return None


class TestCalls:
    def test_as_many_are_let_in_as_the_minute_allows(self, store, clock):
        limiter = Limiter(store, clock, Limits(calls_a_minute=3))

        found = [refused(limiter.admit, "courier") for _ in range(5)]

        assert [type(error) for error in found] == [type(None)] * 3 + [TooManyRequests] * 2
        assert found[-1].retry_after == 40

    def test_another_minute_and_another_tenant_have_their_own(self, store, clock):
        limiter = Limiter(store, clock, Limits(calls_a_minute=1))
        limiter.admit("courier")
        assert refused(limiter.admit, "courier")

        assert refused(limiter.admit, "tribune") is None
        clock.set("2026-05-04T09:01:00")
        assert refused(limiter.admit, "courier") is None

    @pytest.mark.parametrize("second", ["59.999999", "59", "00"])
    def test_whoever_waits_as_told_is_let_in(self, store, clock, second):
        clock.set(f"2026-05-04T09:00:{second}")
        limiter = Limiter(store, clock, Limits(calls_a_minute=1))
        limiter.admit("courier")
        error = refused(limiter.admit, "courier")

        clock.at += timedelta(seconds=error.retry_after)

        assert 1 <= error.retry_after <= 60
        assert refused(limiter.admit, "courier") is None

    def test_without_a_limit_nothing_is_counted(self, store, clock):
        limiter = Limiter(store, clock)
        for _ in range(1_000):
            limiter.admit("courier")

        assert store.counted("courier", "calls") == 0

    def test_what_was_decided_of_the_tenant_goes_before_the_deployments_own(self, store, clock):
        store.put_limits("courier", Limits(calls_a_minute=2))
        store.put_limits("tribune", Limits(calls_a_minute=0))
        limiter = Limiter(store, clock, Limits(calls_a_minute=1, articles_a_day=9))

        counts = {t: sum(refused(limiter.admit, t) is None for _ in range(5)) for t in ("courier", "tribune", "post")}

        assert counts == {"courier": 2, "tribune": 5, "post": 1}
        assert limiter.of("courier").articles_a_day == 9

    def test_a_change_is_in_force_within_a_minute(self, store, clock):
        limiter = Limiter(store, clock, Limits(calls_a_minute=1))
        limiter.admit("courier")
        store.put_limits("courier", Limits(calls_a_minute=2))
        assert refused(limiter.admit, "courier")

        clock.set("2026-05-04T09:01:20")

        assert [refused(limiter.admit, "courier") is None for _ in range(3)] == [True, True, False]

    def test_a_process_does_not_keep_the_limits_of_all_tenants_there_are(self, store, clock, monkeypatch):
        monkeypatch.setattr("secondsource.services.limits.MOST_KNOWN", 10)
        limiter = Limiter(store, clock)
        for number in range(25):
            limiter.of(f"courier-{number}")

        assert len(limiter._known) <= 10


def newsroom(**limits: int) -> Newsroom:
    room = Newsroom(Clock())
    room.store.put_limits(TENANT, Limits(**limits))
    return room


class TestArticles:
    def test_new_articles_are_refused_when_the_day_is_spent_and_known_ones_answered(self):
        room = newsroom(articles_a_day=2)
        first, _ = room.add("One."), room.add("Two.")

        with pytest.raises(DailyQuotaSpent) as raised:
            room.add("Three.")

        assert room.add("One.") == first
        assert raised.value.retry_after == 14 * 3600 + 59 * 60 + 40
        assert len(room.analysed) == 2

    def test_the_next_day_has_its_own(self):
        room = newsroom(articles_a_day=1)
        room.add("One.")
        room.clock.set("2026-05-05T00:00:00")

        assert room.add("Two.")

    def test_an_article_that_came_to_nothing_is_given_back(self):
        room = newsroom(articles_a_day=1)
        analyser, room._analyser = room._analyser, lambda *_: 1 / 0
        with pytest.raises(ZeroDivisionError):
            room.add("One.")
        room._analyser = analyser

        assert room.add("One.")

    def test_a_deleted_article_frees_storage_and_not_the_day(self):
        room = newsroom(articles_stored=1, articles_a_day=2)
        first = room.add("One.")
        with pytest.raises(StorageQuotaSpent):
            room.add("Two.")
        room.annotate.delete(TENANT, first)
        room.annotate.delete(TENANT, first)

        second = room.add("Two.")
        room.annotate.delete(TENANT, second)

        with pytest.raises(DailyQuotaSpent):
            room.add("Three.")

    def test_what_takes_the_place_of_a_stored_article_needs_no_room(self):
        room = newsroom(articles_stored=1)
        room.add("One.")

        with pytest.raises(StorageQuotaSpent):
            room.annotate._limits.begin(TENANT)
        assert room.annotate._limits.begin(TENANT, adds=False)

    def test_an_article_that_expired_frees_storage_by_the_next_day(self):
        room = newsroom(articles_stored=1, retention_days=2)
        room.add("One.")
        room.clock.set("2026-05-06T23:59:59")
        with pytest.raises(StorageQuotaSpent):
            room.add("Two.")

        room.clock.set("2026-05-07T00:00:00")

        assert room.add("Two.")

    def test_articles_kept_for_good_count_for_good(self):
        room = newsroom(articles_stored=1)
        room.add("One.")
        room.clock.set("2036-05-06T09:00:00")

        with pytest.raises(StorageQuotaSpent):
            room.add("Two.")

    def test_what_is_to_be_done_later_is_refused_at_once(self):
        room = newsroom(articles_a_day=1)
        room.add("One.")

        with pytest.raises(DailyQuotaSpent):
            room.submit("Two.", respond_async=True)

        assert room.queue.sent == []

    def test_a_job_that_finds_the_day_spent_has_failed_and_says_so(self):
        room = newsroom(articles_a_day=1)
        job = room.submit("Two.", respond_async=True).job
        room.add("One.")

        failed = room.annotate.run_job(TENANT, job.id)

        assert (failed.status, failed.error.code) == (JobStatus.FAILED, "daily-quota-spent")

    def test_usage_tells_both(self):
        room = newsroom(retention_days=3)
        first, _ = room.add("One."), room.add("Two.")
        room.annotate.delete(TENANT, first)

        assert Limiter(room.store, room.clock).usage(TENANT) == {"annotated": 2, "stored": 1}


class Forgetful(MemoryStore):
    """Forgets each counter as soon as it may, as DynamoDB does; its clock is half a minute ahead of its callers'."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._callers = clock
        self._until: dict[tuple[str, str, str], datetime] = {}

    def count_up(self, tenant, counter, window, most=0, until=None):
        self._forget()
        if until is not None:
            self._until[tenant, counter, window] = until
        return super().count_up(tenant, counter, window, most, until)

    def counted(self, tenant, counter, after=None):
        self._forget()
        return super().counted(tenant, counter, after)

    def _forget(self) -> None:
        now = self._callers.now() + timedelta(seconds=30)
        for key in [key for key, until in self._until.items() if until <= now]:
            del self._counts[key], self._until[key]


class TestForgetting:
    def test_a_day_counts_to_its_end_by_whichever_clock(self, clock):
        limiter = Limiter(Forgetful(clock), clock, Limits(articles_a_day=1))
        limiter.begin("courier")

        clock.set("2026-05-04T23:59:59")

        assert isinstance(refused(limiter.begin, "courier"), DailyQuotaSpent)

    @pytest.mark.parametrize("hours", [(9, 21), (21, 0)], ids=["later", "earlier"])
    def test_what_expires_counts_to_the_end_of_the_day_on_which_it_does(self, clock, hours):
        limiter = Limiter(Forgetful(clock), clock, Limits(articles_stored=2))
        for hour in hours:
            limiter.stored("courier", datetime(2026, 5, 6, hour, tzinfo=UTC))

        clock.set("2026-05-06T23:59:59")

        assert isinstance(refused(limiter.check, "courier"), StorageQuotaSpent)
        assert limiter.usage("courier")["stored"] == 2


class TestRetention:
    def test_an_article_and_all_that_comes_from_it_expire_together(self):
        room = newsroom(retention_days=7)
        article = room.article(room.add("Owen Strand says: The bridge fell."))

        (occurrence,) = room.store.occurrences(TENANT, article.analysis.claims[0].claim_id)

        assert article.expires_at == occurrence.expires_at == article.added_at + timedelta(days=7)

    def test_without_retention_nothing_expires(self):
        room = newsroom()

        assert room.article(room.add("Owen Strand says: The bridge fell.")).expires_at is None

    def test_a_job_is_kept_no_longer_than_an_article(self):
        room = newsroom(retention_days=2)
        job = room.submit("One.", respond_async=True).job

        assert job.expires_at == job.created_at + timedelta(days=2)

    def test_a_job_that_is_done_holds_nothing_of_what_was_sent(self):
        room = newsroom()
        job = room.submit("Owen Strand says: The bridge fell.", respond_async=True).job
        room.annotate.run_job(TENANT, job.id)

        done = room.store.get_job(TENANT, job.id)

        assert done.status == JobStatus.DONE
        assert done.submission.model_dump(exclude_none=True) == {}

    def test_an_article_that_has_expired_is_annotated_anew(self):
        room = newsroom(retention_days=1)
        article_id = room.add("One.")
        room.clock.set("2026-05-06T09:00:00")

        assert room.submit("One.").created
        assert room.analysed == [article_id, article_id]
