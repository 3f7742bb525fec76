"""``ports.JobStore``, for every store."""

from datetime import timedelta
from itertools import product

import pytest

from secondsource.errors import UnprocessableInput
from secondsource.model import JobError, JobStatus, Submission
from secondsource.ports import Store
from tests.contract.samples import NOT_IDS, START, SetClock, incompressible, job

QUEUED, RUNNING, DONE, FAILED = JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.DONE, JobStatus.FAILED
FORWARD = {
    (QUEUED, QUEUED),
    (QUEUED, RUNNING),
    (QUEUED, DONE),
    (QUEUED, FAILED),
    (RUNNING, RUNNING),
    (RUNNING, DONE),
    (RUNNING, FAILED),
}


def test_a_job_is_read_as_it_was_stored(store: Store) -> None:
    stored = job(error=JobError(code="timeout", detail="It took too long."), attempts=2)
    assert store.add_job("here", stored) is True
    assert store.get_job("here", "job_1") == stored
    assert store.get_job("here", "job_2") is None


def test_a_job_may_hold_a_page_larger_than_an_item(store: Store) -> None:
    stored = job(submission=Submission(html=incompressible(400_000), url="https://news.example/1"))
    assert store.add_job("here", stored) is True
    assert store.get_job("here", "job_1") == stored
    smaller = job(status=DONE, submission=Submission(url="https://news.example/1"))
    assert store.update_job("here", smaller) is True
    assert store.get_job("here", "job_1") == smaller


def test_a_second_job_of_the_same_id_changes_nothing(store: Store) -> None:
    assert store.add_job("here", job()) is True
    assert store.add_job("here", job(status=RUNNING)) is False
    assert store.get_job("here", "job_1") == job()


def test_a_job_only_moves_forward(store: Store) -> None:
    for number, (status, next_status) in enumerate(product(JobStatus, JobStatus)):
        old, new = job(number, status=status), job(number, status=next_status, attempts=1)
        store.add_job("here", old)
        forward = (status, next_status) in FORWARD
        assert store.update_job("here", new) is forward, (status, next_status)
        assert store.get_job("here", old.id) == (new if forward else old)


def test_an_update_of_no_job_does_nothing(store: Store) -> None:
    store.add_job("there", job())
    assert store.update_job("here", job(status=RUNNING)) is False
    assert store.get_job("here", "job_1") is None
    assert store.get_job("there", "job_1") == job()


def test_a_job_is_gone_the_moment_it_expires(store: Store, clock: SetClock) -> None:
    stored = job(expires_at=START + timedelta(seconds=1.5))
    store.add_job("here", stored)
    clock.advance(seconds=1.499999)
    assert store.get_job("here", "job_1") == stored
    clock.advance(microseconds=1)
    assert store.get_job("here", "job_1") is None
    assert store.update_job("here", job(status=RUNNING)) is False
    assert store.get_job("here", "job_1") is None


def test_the_id_of_an_expired_job_is_free_again(store: Store, clock: SetClock) -> None:
    store.add_job("here", job(status=DONE, expires_at=START + timedelta(hours=1)))
    clock.advance(hours=2)
    assert store.add_job("here", job()) is True
    assert store.get_job("here", "job_1") == job()


def test_another_tenants_job_is_like_none(store: Store) -> None:
    store.add_job("there", job())
    assert store.get_job("here", "job_1") is None
    assert store.add_job("here", job(status=RUNNING)) is True
    assert store.get_job("there", "job_1") == job()


def test_what_is_no_id_is_not_there_and_cannot_be_stored(store: Store) -> None:
    for name in NOT_IDS:
        store.add_job("other", job())
        assert store.get_job("here", name) is None
        assert store.get_job(name, "job_1") is None
        assert store.update_job("here", job().model_copy(update={"id": name})) is False
        for tenant, job_id in (("here", name), (name, "job_1")):
            with pytest.raises(UnprocessableInput):
                store.add_job(tenant, job().model_copy(update={"id": job_id}))
