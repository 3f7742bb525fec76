"""Posts of a CMS: an edit is a new version of the same post, which is one report however often it is edited."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from secondsource.errors import NotFound, UnprocessableInput, VersionConflict
from secondsource.model import EventType, JobStatus, Post, Submission
from secondsource.services.read import Read
from tests.contract.samples import webhook
from tests.unit.services.newsroom import SEIZED, SMOKE, TENANT, Crash, Crashing, Newsroom

HOOK = webhook(id=f"{TENANT}.1")
POST = Post(webhook_id=HOOK.id, external_id="p-1")
FIRST = f"Owen Strand says: {SEIZED}"
SECOND = f"Owen Strand says: {SEIZED}\nDela Marsh says: {SMOKE}"
OTHER = f"Helen Brann says: {SMOKE}"


class Desk(Newsroom):
    """A newsroom whose CMS sends its posts."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._messages = 0

    def take(self, text: str, external_id: str = "p-1", message: str | None = None) -> str:
        """Take a post in; answers its job."""
        self._messages += 1
        message_id = message or f"msg_{self._messages}"
        return self.webhooks.take(TENANT, HOOK, message_id, external_id, Submission(text=text)).job.id

    def post(self, text: str, external_id: str = "p-1") -> str:
        """Take a post in and annotate it; answers the article's id."""
        return self.run(self.take(text, external_id))

    def run(self, job_id: str) -> str:
        job = self.annotate.run_job(TENANT, job_id)
        assert job.status is JobStatus.DONE, job.error
        assert job.article_id is not None
        return job.article_id

    def versions(self, post: Post = POST) -> list[str]:
        found = self.store.get_publication(TENANT, post)
        return [version.article_id for version in found.versions] if found else []

    def told(self, kind: EventType = EventType.ARTICLE_ANNOTATED) -> list[Any]:
        events = self.store.list_events(TENANT, 200, self.clock.now() + timedelta(days=1)).items
        return [event for event in events if event.type is kind]

    def reports(self) -> dict[str, tuple[str, ...]]:
        """The claims that are known, by their words, with the articles that carry them."""
        return {record.text: record.articles for record in self.records()}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_post_is_annotated_by_its_job_and_told_of(desk: Desk) -> None:
    article_id = desk.post(FIRST)

    (event,) = desk.told()
    assert (event.article_id, event.replaces, event.post) == (article_id, None, POST)
    assert [flag.code for flag in event.after] == ["single_source"]
    assert event.after[0].claim == desk.record(article_id).claim_id
    assert event.before == ()


def test_the_same_message_again_is_no_second_job(desk: Desk) -> None:
    first = desk.webhooks.take(TENANT, HOOK, "msg", "p-1", Submission(text=FIRST))
    desk.run(first.job.id)
    second = desk.webhooks.take(TENANT, HOOK, "msg", "p-1", Submission(text=FIRST))

    assert (first.status, second.status) == ("accepted", "known")
    assert first.job.id == second.job.id
    assert desk.queue.sent == [(TENANT, first.job.id)]


def test_a_message_that_was_not_queued_is_queued_when_it_comes_again(desk: Desk) -> None:
    job_id = desk.take(FIRST, message="msg")
    desk.queue.sent.clear()

    assert desk.take(FIRST, message="msg") == job_id
    assert desk.queue.sent == [(TENANT, job_id)]


def test_an_edit_is_a_new_version_of_the_same_post_and_the_old_one_stays_readable(desk: Desk) -> None:
    first, second = desk.post(FIRST), desk.post(SECOND)

    assert first != second
    assert desk.versions() == [first, second]
    read = Read(desk.store)
    assert read.report(TENANT, first).text == FIRST
    assert [p.post for p in read.versions(TENANT, first)] == [p.post for p in read.versions(TENANT, second)] == [POST]


def test_an_earlier_version_says_which_counts_in_its_place(desk: Desk) -> None:
    first, second = desk.post(FIRST), desk.post(SECOND)
    read = Read(desk.store)

    assert read.report(TENANT, first).replaced_by == second
    assert read.report(TENANT, second).replaced_by is None
    assert desk.post(FIRST) == first
    assert read.report(TENANT, first).replaced_by is None
    assert read.report(TENANT, second).replaced_by == first


def test_an_earlier_version_of_which_no_claim_is_left_says_so_too(desk: Desk) -> None:
    first = desk.post(FIRST)
    second = desk.post(OTHER)

    assert Read(desk.store).report(TENANT, first).replaced_by == second


def test_what_another_post_still_is_has_not_been_replaced(desk: Desk) -> None:
    first = desk.post(FIRST)
    assert desk.post(FIRST, "p-2") == first
    desk.post(SECOND)

    assert Read(desk.store).report(TENANT, first).replaced_by is None


def test_a_post_that_is_edited_is_one_report(desk: Desk) -> None:
    first = desk.post(FIRST)
    claim_id = desk.record(first).claim_id
    second = desk.post(SECOND)

    assert desk.record(second).claim_id == claim_id
    assert desk.reports() == {SEIZED: (second,), SMOKE: (second,)}
    origins = desk.record(second).origins
    assert origins is not None and origins.best == 1


def test_an_edit_changes_no_flag_of_a_claim_on_the_way(desk: Desk) -> None:
    desk.post(FIRST)
    desk.post(SECOND)

    assert desk.told(EventType.CLAIM_FLAGS_CHANGED) == []


def test_what_an_edit_leaves_out_is_said_no_more(desk: Desk) -> None:
    desk.post(SECOND)
    second = desk.post(FIRST)

    assert desk.reports() == {SEIZED: (second,)}


def test_the_event_of_an_edit_says_what_it_replaces_and_which_flags_there_were(desk: Desk) -> None:
    first = desk.post(FIRST)
    second = desk.post(SECOND)

    event = desk.told()[-1]
    assert (event.article_id, event.replaces) == (second, first)
    assert [flag.code for flag in event.before] == ["single_source"]
    assert [flag.code for flag in event.after] == ["single_source", "single_source"]


def test_the_same_content_again_is_no_new_version(desk: Desk) -> None:
    first = desk.post(FIRST)
    assert desk.post(FIRST) == first

    assert desk.versions() == [first]
    assert len(desk.told()) == 1


def test_a_post_that_is_again_as_it_was_says_it_again(desk: Desk) -> None:
    first, second = desk.post(FIRST), desk.post(OTHER)
    again = desk.post(FIRST)

    assert again == first
    assert desk.versions() == [second, first]
    assert desk.reports() == {SEIZED: (first,)}
    assert [event.article_id for event in desk.told()] == [first, second, first]


def test_a_version_that_comes_late_is_entered_where_it_belongs_and_is_no_report(desk: Desk) -> None:
    early, late = desk.take(FIRST), desk.take(SECOND)
    second = desk.run(late)
    first = desk.run(early)

    assert desk.versions() == [first, second]
    assert desk.reports() == {SEIZED: (second,), SMOKE: (second,)}


def test_posts_of_other_ids_are_reports_of_their_own(desk: Desk) -> None:
    first, second = desk.post(FIRST, "p-1"), desk.post(SECOND, "p-2")

    assert set(desk.reports()[SEIZED]) == {first, second}


def test_an_article_that_another_post_is_now_is_not_taken_back(desk: Desk) -> None:
    first = desk.post(FIRST, "p-1")
    assert desk.post(FIRST, "p-2") == first
    desk.post(OTHER, "p-1")

    assert desk.reports()[SEIZED] == (first,)


def test_an_article_that_was_there_before_becomes_a_version(desk: Desk) -> None:
    known = desk.submit(FIRST).article_id
    assert desk.post(FIRST) == known

    assert desk.versions() == [known]
    assert [event.post for event in desk.told()] == [None, POST]


def test_of_a_deleted_version_nothing_is_left_in_post_and_events(desk: Desk) -> None:
    first, second = desk.post(FIRST), desk.post(SECOND)
    desk.annotate.delete(TENANT, first)

    assert desk.versions() == [second]
    (event,) = desk.told()
    assert (event.article_id, event.replaces) == (second, None)
    assert first not in event.model_dump_json()
    assert "Owen Strand" not in "".join(flag.reason for flag in event.before)
    with pytest.raises(NotFound):
        Read(desk.store).versions(TENANT, first)


def test_when_its_last_version_is_deleted_the_post_is_gone(desk: Desk) -> None:
    desk.annotate.delete(TENANT, desk.post(FIRST))

    assert desk.store.get_publication(TENANT, POST) is None
    assert desk.told() == []
    assert desk.reports() == {}


def test_a_job_that_fails_is_told_of_once(desk: Desk) -> None:
    job_id = desk.take("x" * 200_001)
    for _ in range(2):
        assert desk.annotate.run_job(TENANT, job_id).status is JobStatus.FAILED

    (event,) = desk.told(EventType.JOB_FAILED)
    assert (event.job_id, event.post) == (job_id, POST)
    assert event.error is not None and event.error.code == "too-large"


@pytest.mark.parametrize("after", [False, True])
def test_wherever_it_stops_a_repeat_ends_as_if_it_had_not(after: bool) -> None:
    def state(desk: Desk) -> Any:
        kinds = [(event.article_id, event.replaces, event.before, event.after) for event in desk.told()]
        return desk.state(), desk.versions(), kinds

    whole = Desk(clock=_still())
    whole.post(FIRST)
    whole.post(SECOND)
    expected = state(whole)

    for call in range(1, 500):
        desk = Desk(clock=_still())
        desk.post(FIRST)
        job_id = desk.take(SECOND)
        crashing = Crashing(desk.store, call, after)
        store, desk.annotate._store = desk.annotate._store, crashing
        with suppress(Crash):
            desk.run(job_id)
        done = not crashing.spent
        desk.annotate._store = store
        desk.run(job_id)
        assert state(desk) == expected, call
        if done:
            return
    raise AssertionError("it makes more calls than that")


def _still() -> Any:
    from tests.unit.services.newsroom import Clock

    return Clock(step=0.0)


class Overtaken:
    """A store on which another version of the same post comes in just before one is entered, ``turns`` times."""

    def __init__(self, desk: Desk, turns: int) -> None:
        self._desk, self._turns = desk, turns
        self._jobs = [desk.take(f"Owen Strand says: {SEIZED}\nNote {n}") for n in range(turns)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk.store, name)

    def put_publication(self, *args: Any) -> None:
        if self._jobs:
            self._desk.run(self._jobs.pop())
        self._desk.store.put_publication(*args)


class TestAPostThatOthersChangeAtTheSameTime:
    LAST = f"Owen Strand says: {SEIZED}\nLast note"

    def test_a_version_waits_ever_longer_before_its_next_turn(self, desk: Desk) -> None:
        store = Overtaken(desk, 5)
        slow = Desk(clock=desk.clock, store=store)

        last = slow.run(desk.take(self.LAST))

        assert desk.versions()[-1] == last
        assert len(slow.paused) == 5
        assert all(0 <= pause <= 0.05 * 2**n for n, pause in enumerate(slow.paused))

    def test_one_that_loses_every_turn_is_handed_back_and_entered_by_the_next_delivery(self, desk: Desk) -> None:
        store = Overtaken(desk, 8)
        slow = Desk(clock=desk.clock, store=store)
        job_id = desk.take(self.LAST)

        with pytest.raises(VersionConflict):
            slow.annotate.run_job(TENANT, job_id)
        last = desk.run(job_id)

        assert desk.versions()[-1] == last
        assert len(desk.versions()) == 9
        assert set(desk.reports().values()) == {(last,)}

    def test_one_that_was_handed_back_too_often_has_failed_and_knows_its_article(self, desk: Desk) -> None:
        store = Overtaken(desk, 8)
        slow = Desk(clock=desk.clock, store=store)
        job_id = desk.take(self.LAST)
        with pytest.raises(VersionConflict):
            slow.annotate.run_job(TENANT, job_id)

        slow.annotate.fail_job(TENANT, job_id, "version-conflict", "Somebody else wrote first.")

        job = desk.store.get_job(TENANT, job_id)
        assert job is not None and job.status is JobStatus.FAILED
        assert desk.store.has_article(TENANT, job.article_id)
        again = desk.run(desk.annotate.repeat_job(TENANT, job_id).id)
        assert (again, desk.versions()[-1]) == (job.article_id, job.article_id)


def test_a_job_that_fails_when_its_article_is_written_keeps_it_and_not_what_was_sent(desk: Desk) -> None:
    class Refusing:
        """A store that takes no post."""

        def __getattr__(self, name: str) -> Any:
            return getattr(desk.store, name)

        def put_publication(self, *args: Any) -> None:
            raise UnprocessableInput("Too many versions.")

    job_id = desk.take(FIRST)

    failed = Desk(clock=desk.clock, store=Refusing()).annotate.run_job(TENANT, job_id)

    assert failed == desk.store.get_job(TENANT, job_id)
    assert (failed.status, failed.submission) == (JobStatus.FAILED, Submission())
    assert desk.store.has_article(TENANT, failed.article_id)
    assert [event.job_id for event in desk.told(EventType.JOB_FAILED)] == [job_id]
