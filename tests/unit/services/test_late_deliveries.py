"""A message that SQS delivers twice, the second time to a worker that is slow: it has read the job before the other has
done it, and goes on when all is over and has been changed again.

The two take turns at every call of the store; in between the tenant deletes, or sends what comes next.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from secondsource.errors import NotFound, Unavailable
from secondsource.model import JobStatus, Submission
from secondsource.services.annotate import identify
from secondsource.services.recount import recount
from secondsource.stored import JOB_DAYS
from tests.unit.services import living
from tests.unit.services.newsroom import SEIZED, SMOKE, TENANT, Clock
from tests.unit.services.test_interleavings import ToldStore, Writer, run
from tests.unit.services.test_posts import FIRST, OTHER, SECOND, Desk

STRIDE = 3
"""Of two deliveries that stop, the second is stopped at every third call."""
ARTICLE = identify(TENANT, Submission(text=SECOND))[1]


class Story:
    """A desk, and deliveries of its jobs that can be stopped at every call."""

    def __init__(self) -> None:
        self.clock = Clock(step=0.001)
        self.store = ToldStore(self.clock)
        self.desk = Desk(clock=self.clock, store=self.store)

    def article(self) -> str:
        """A job of an article that is no post."""
        job = self.desk.annotate.submit(TENANT, Submission(text=SECOND), respond_async=True).job
        assert job is not None
        return job.id

    def post(self, text: str = SECOND) -> str:
        """The job of a post that has come in after those before."""
        self.clock.at += timedelta(seconds=1)
        return self.desk.take(text, message=f"msg of {self.clock.at}")

    def delivered(self, job_id: str) -> Writer:
        """A delivery that waits before its first call."""

        def act(store: Any) -> None:
            with suppress(NotFound, Unavailable):
                Desk(clock=self.clock, store=store).annotate.run_job(TENANT, job_id)

        return Writer(act, self.store, lambda: None)

    def settle(self) -> None:
        """Let the stream's function do what there is to do."""
        while self.store.stream:
            recount(self.store, self.clock, TENANT, self.store.stream.pop(0))
        living.check(self.store, TENANT, self.store.touched)

    def check_is_the_report(self) -> None:
        """Each of the article's claims is counted with it, and with no other."""
        for number in range(len(self.desk.article(ARTICLE).analysis.claims)):
            assert self.desk.record(ARTICLE, number).articles == (ARTICLE,)
        assert set(self.desk.reports().values()) == {(ARTICLE,)}

    def check_whole(self, article_id: str = ARTICLE) -> None:
        """The article is there, and all that it says is counted with it."""
        stated = {claim.claim_id for claim in self.desk.article(article_id).analysis.claims}
        assert stated and set(self.store.claims_of(TENANT, article_id)) == stated

    def check_nothing_left(self) -> None:
        assert not self.store.has_article(TENANT, ARTICLE)
        assert self.store.claims_of(TENANT, ARTICLE) == ()
        assert self.desk.reports() == {}
        assert self.store.publications_of(TENANT, ARTICLE) == ()
        assert self.store.events_about(TENANT, ARTICLE) == ()
        assert not self.store.delete_mentions(TENANT, ARTICLE)


Begin = Callable[[Story], str]


@pytest.fixture(params=[Story.article, Story.post], ids=["an article", "a post"])
def begin(request: pytest.FixtureRequest) -> Begin:
    """What makes the job that is delivered twice."""
    found: Begin = request.param
    return found


def stopped(begin: Begin) -> Iterator[tuple[Story, str, Writer]]:
    """Stories with a job and a delivery of it that has stopped: at its first call, its second, and so on to the last."""
    for calls in count(1):
        story = Story()
        job_id = begin(story)
        late = story.delivered(job_id)
        run(late, calls)
        if late.ended:
            assert calls > 10
            return
        yield story, job_id, late


def test_what_was_deleted_when_the_job_was_done_stays_deleted(begin: Begin) -> None:
    for story, job_id, late in stopped(begin):
        story.desk.run(job_id)
        assert story.desk.annotate.delete(TENANT, ARTICLE) is True
        late.finish()
        story.settle()
        story.check_nothing_left()


def test_what_was_deleted_while_both_were_at_it_stays_deleted(begin: Begin) -> None:
    deleted = 0
    for more in count(1, STRIDE):
        for story, job_id, late in stopped(begin):
            other = story.delivered(job_id)
            run(other, more)
            ended = other.ended
            was_there = story.desk.annotate.delete(TENANT, ARTICLE)
            other.finish()
            late.finish()
            story.settle()
            if was_there:
                deleted += 1
                story.check_nothing_left()
        if ended:
            break
    assert deleted


def test_what_was_deleted_after_a_delivery_that_stopped_stays_deleted(begin: Begin) -> None:
    deleted = 0
    for story, job_id, late in stopped(begin):
        late.crash()
        was_there = story.desk.annotate.delete(TENANT, ARTICLE)
        assert story.desk.annotate.run_job(TENANT, job_id).status is JobStatus.DONE
        story.settle()
        if was_there:
            deleted += 1
            story.check_nothing_left()
        else:
            assert story.store.has_article(TENANT, ARTICLE)
    assert deleted or begin is Story.article  # which is done when the article is there


def test_of_a_late_delivery_that_stops_nothing_is_left_when_it_comes_again(begin: Begin) -> None:
    for more in count(1, STRIDE):
        ended = True
        for story, job_id, late in stopped(begin):
            story.desk.run(job_id)
            story.desk.annotate.delete(TENANT, ARTICLE)
            run(late, more)
            if not late.ended:
                ended = False
                late.crash()
            story.desk.annotate.run_job(TENANT, job_id)
            story.settle()
            story.check_nothing_left()
        if ended:
            break


def test_a_job_whose_record_is_gone_writes_nothing(begin: Begin) -> None:
    for story, job_id, late in stopped(begin):
        story.desk.run(job_id)
        story.desk.annotate.delete(TENANT, ARTICLE)
        story.clock.at += timedelta(days=JOB_DAYS)
        late.finish()
        story.settle()
        story.check_nothing_left()


def test_a_job_that_was_given_up_writes_nothing(begin: Begin) -> None:
    for story, job_id, late in stopped(begin):
        written = story.store.has_article(TENANT, ARTICLE)
        story.desk.annotate.fail_job(TENANT, job_id, "internal", "It is our fault.")
        late.finish()
        story.settle()
        if not written:
            story.check_nothing_left()


def test_a_job_that_was_given_up_when_its_article_was_written_goes_on_from_there_when_it_is_repeated() -> None:
    written = 0
    for story, job_id, late in stopped(Story.post):
        late.crash()
        written += story.store.has_article(TENANT, ARTICLE)
        story.desk.annotate.fail_job(TENANT, job_id, "internal", "It is our fault.")
        again = story.desk.annotate.repeat_job(TENANT, job_id)
        assert story.desk.run(again.id) == ARTICLE
        assert story.desk.versions() == [ARTICLE]
        story.check_is_the_report()
    assert written > 3


def test_both_deliveries_make_one_article(begin: Begin) -> None:
    for more in count(1, STRIDE):
        for story, job_id, late in stopped(begin):
            other = story.delivered(job_id)
            run(other, more)
            ended = other.ended
            late.finish()
            other.finish()
            story.settle()
            assert story.desk.annotate.run_job(TENANT, job_id).status is JobStatus.DONE
            assert story.desk.reports() == {SEIZED: (ARTICLE,), SMOKE: (ARTICLE,)}
            assert len(story.desk.told()) == 1
        if ended:
            break


def test_a_version_that_was_replaced_meanwhile_is_no_report_again() -> None:
    for story, job_id, late in stopped(Story.post):
        story.desk.run(job_id)
        following = story.desk.run(story.post(OTHER))
        late.finish()
        story.settle()
        assert story.desk.versions() == [ARTICLE, following]
        assert story.desk.reports() == {SMOKE: (following,)}
        assert [event.article_id for event in story.desk.told()] == [ARTICLE, following]


def test_a_post_that_is_again_as_it_was_is_not_taken_back_by_a_late_delivery() -> None:
    def again(story: Story) -> str:
        for text in (SECOND, OTHER):
            story.desk.run(story.post(text))
        return story.post(SECOND)

    for story, job_id, late in stopped(again):
        story.desk.run(job_id)
        late.finish()
        story.settle()
        assert story.desk.versions()[-1] == ARTICLE
        story.check_is_the_report()
    for story, job_id, late in stopped(again):
        story.desk.run(job_id)
        assert story.desk.annotate.delete(TENANT, ARTICLE) is True
        late.finish()
        story.settle()
        assert not story.store.has_article(TENANT, ARTICLE)
        assert story.store.claims_of(TENANT, ARTICLE) == ()
        assert ARTICLE not in story.desk.versions()


# --- and somebody else sends the same article -----------------------------------------------------------


def test_a_late_message_takes_nothing_from_another_job_of_the_same_article() -> None:
    for more in count(1):
        story = Story()
        first = story.article()
        story.desk.run(first)
        assert story.desk.annotate.delete(TENANT, ARTICLE)
        other = story.delivered(story.article())
        run(other, more)
        if other.ended:
            assert more > 10
            return
        story.desk.annotate.run_job(TENANT, first)
        other.finish()
        story.settle()
        story.check_whole()


def test_a_delivery_of_a_job_that_was_given_up_takes_nothing_from_its_repeat(begin: Begin) -> None:
    for more in count(1, 2 * STRIDE):
        ended = True
        for story, job_id, late in stopped(begin):
            story.desk.annotate.fail_job(TENANT, job_id, "internal", "gave up")
            repeat = story.delivered(story.desk.annotate.repeat_job(TENANT, job_id).id)
            run(repeat, more)
            ended = ended and repeat.ended
            late.finish()
            repeat.finish()
            story.settle()
            story.check_whole()
        if ended:
            break


def test_a_delivery_of_a_job_that_was_given_up_takes_nothing_from_who_waits_for_the_answer() -> None:
    for story, job_id, late in stopped(Story.article):
        if story.store.has_article(TENANT, ARTICLE):
            continue
        story.desk.annotate.fail_job(TENANT, job_id, "internal", "gave up")

        def act(store: Any, clock: Clock = story.clock) -> None:
            Desk(clock=clock, store=store).annotate.submit(TENANT, Submission(text=SECOND))

        waiting = Writer(act, story.store, lambda: None)
        run(waiting, 12)
        late.finish()
        waiting.finish()
        story.settle()
        story.check_whole()


def _second_version(story: Story) -> str:
    """The job of a second version of a post, when the first is out."""
    story.desk.run(story.post(FIRST))
    return story.post(SECOND)


def test_a_version_that_is_given_up_leaves_the_one_before_as_it_was() -> None:
    for story, job_id, late in stopped(_second_version):
        first = story.desk.versions()[0]
        story.desk.annotate.fail_job(TENANT, job_id, "internal", "gave up")
        late.finish()
        story.settle()
        story.check_whole(story.desk.versions()[-1])
        if not story.store.has_article(TENANT, ARTICLE):
            assert story.desk.versions()[-1] == first


def test_a_version_that_is_repeated_when_a_later_one_is_out_does_not_go_before_it() -> None:
    for story, job_id, late in stopped(Story.post):
        late.crash()
        story.desk.annotate.fail_job(TENANT, job_id, "internal", "gave up")
        later = story.desk.run(story.post(OTHER))
        story.clock.at += timedelta(minutes=5)
        story.desk.annotate.run_job(TENANT, story.desk.annotate.repeat_job(TENANT, job_id).id)
        story.settle()
        assert story.desk.versions()[-1] == later
        story.check_whole(later)
        assert story.store.claims_of(TENANT, ARTICLE) == ()
