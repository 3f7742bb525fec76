"""What was given up is taken up again: jobs queued, claims counted, and what cannot be is left."""

from collections.abc import Iterator

import pytest

from secondsource.errors import Unavailable
from secondsource.model import EventType, JobStatus
from secondsource.ports import DeadLetter
from secondsource.services.redrive import Outcome, redrive
from secondsource.stored import digest
from tests.unit.services.newsroom import TENANT, Newsroom

FELL = "Owen Strand says: The bridge over the Tavery has collapsed"


class Letters:
    """``ports.DeadLetters`` in a list."""

    def __init__(self, *letters: DeadLetter) -> None:
        self.waiting, self.put_back_again = list(letters), []

    def __iter__(self) -> Iterator[DeadLetter]:
        yield from list(self.waiting)

    def remove(self, letter: DeadLetter) -> None:
        self.waiting.remove(letter)

    def put_back(self, letter: DeadLetter) -> None:
        self.put_back_again.append(letter)


@pytest.fixture
def newsroom():
    return Newsroom()


def queued(newsroom: Newsroom) -> str:
    """A job that was queued, and of which the message is lost to the dead-letter queue."""
    job = newsroom.submit(FELL, respond_async=True).job
    assert job is not None
    newsroom.queue.sent.clear()
    return job.id


def driven(newsroom: Newsroom, letters: Letters) -> list[Outcome]:
    return list(redrive(letters, newsroom.annotate, newsroom.deliver, newsroom.store, newsroom.clock))


def test_a_job_that_was_never_marked_is_queued_under_its_own_id(newsroom):
    job_id = queued(newsroom)
    letters = Letters(DeadLetter("1", job=(TENANT, job_id)))

    assert driven(newsroom, letters) == [Outcome(True, f"{job_id}: queued again")]
    assert newsroom.queue.sent == [(TENANT, job_id)]
    assert letters.waiting == []
    assert newsroom.annotate.run_job(TENANT, job_id).status is JobStatus.DONE


def test_a_job_that_was_told_to_have_failed_stays_failed_and_its_work_is_a_new_job(newsroom):
    job_id = queued(newsroom)
    newsroom.annotate.fail_job(TENANT, job_id, "internal", "It is our fault.")

    (outcome,) = driven(newsroom, Letters(DeadLetter("1", job=(TENANT, job_id))))

    ((_, again),) = newsroom.queue.sent
    assert outcome == Outcome(True, f"{job_id}: queued again as {again}")
    assert newsroom.annotate.run_job(TENANT, again).article_id is not None
    assert newsroom.store.get_job(TENANT, job_id).status is JobStatus.FAILED


def test_a_job_that_is_done_is_left_alone(newsroom):
    job_id = queued(newsroom)
    newsroom.annotate.run_job(TENANT, job_id)
    letters = Letters(DeadLetter("1", job=(TENANT, job_id)))

    assert driven(newsroom, letters) == [Outcome(True, f"{job_id}: was done already")]
    assert (newsroom.queue.sent, letters.waiting) == ([], [])


def test_claims_that_were_not_counted_are_counted(newsroom):
    first = newsroom.add(FELL, publisher="Courier")
    record = newsroom.record(first)
    (occurrence,) = newsroom.store.occurrences(TENANT, record.claim_id)
    newsroom.store.put_occurrence(TENANT, occurrence.model_copy(update={"article_id": "art_left"}))
    letters = Letters(DeadLetter("1", claims=((TENANT, record.claim_id),)))

    assert driven(newsroom, letters) == [Outcome(True, f"{record.claim_id}: counted")]
    assert set(newsroom.record(first).articles) == {first, "art_left"}
    assert letters.waiting == []


def test_what_cannot_be_dealt_with_is_put_back_and_keeps_no_other_waiting(newsroom):
    job_id = queued(newsroom)
    unread, unknown = DeadLetter("1", reason="The message is not JSON."), DeadLetter("2", job=(TENANT, "job_none"))
    letters = Letters(unread, unknown, DeadLetter("3", job=(TENANT, job_id)))

    outcomes = driven(newsroom, letters)

    assert [outcome.done for outcome in outcomes] == [False, False, True]
    assert [outcome.text for outcome in outcomes[:2]] == [
        "a message: The message is not JSON.",
        "job_none: No such job.",
    ]
    assert letters.waiting == letters.put_back_again == [unread, unknown]


def test_a_letter_stays_until_its_job_is_queued(newsroom, monkeypatch):
    letters = Letters(DeadLetter("1", job=(TENANT, queued(newsroom))))

    def out_of_reach(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(newsroom.queue, "send", out_of_reach)

    assert [outcome.done for outcome in driven(newsroom, letters)] == [False]
    assert letters.put_back_again == letters.waiting != []


def test_claims_and_names_are_counted_also_where_callbacks_cannot_be_sent(newsroom, monkeypatch):
    newsroom.webhooks.register_outgoing(TENANT, "https://cms.example/hook", list(EventType))
    first = newsroom.add(FELL, publisher="Courier")
    record = newsroom.record(first)
    (event,) = newsroom.store.events_about(TENANT, first)
    (occurrence,) = newsroom.store.occurrences(TENANT, record.claim_id)
    newsroom.store.put_occurrence(TENANT, occurrence.model_copy(update={"article_id": "art_left"}))
    named = newsroom.add("Ida Holm says: The harbour closed")
    newsroom.store.put_mentions(TENANT, named, newsroom.clock.now(), {"harbour board": ()})
    before = newsroom.record(named).version
    letter = DeadLetter(
        "1",
        claims=((TENANT, record.claim_id),),
        named=((TENANT, digest("harbour board")),),
        events=((TENANT, event.id),),
    )
    letters = Letters(letter)

    def no_queue(*_: object) -> None:
        raise Unavailable("There is no queue for callbacks.")

    monkeypatch.setattr(newsroom.queue, "send_delivery", no_queue)

    assert [outcome.done for outcome in driven(newsroom, letters)] == [False]
    assert set(newsroom.record(first).articles) == {first, "art_left"}
    assert newsroom.record(named).version > before
    assert letters.put_back_again == letters.waiting == [letter]
