"""``ports.ArticleStore`` and ``ports.JobStore``: an article and the job that writes it, in one step and once."""

from datetime import timedelta
from typing import Any

import pytest

from secondsource.aws.store import DynamoStore
from secondsource.model import JobStatus, Submission
from secondsource.ports import Store
from secondsource.stored import summary_of
from tests.contract import unruly
from tests.contract.conftest import TABLE
from tests.contract.samples import START, SetClock, annotated, article, big_article, incompressible, job

RUNNING, DONE, FAILED = JobStatus.RUNNING, JobStatus.DONE, JobStatus.FAILED
WRITTEN = job(status=DONE, article_id="art_1", submission=Submission())
BEGUN = job(status=RUNNING, article_id="art_1", submission=Submission())
"""Of a job that has more to do when its article is written."""
LATER = article(added_at=START + timedelta(days=1), title="Later")


@pytest.mark.parametrize("written", [WRITTEN, BEGUN], ids=["done", "running"])
@pytest.mark.parametrize("sent", [job(), job(submission=Submission(html=incompressible(400_000)))], ids=["url", "page"])
def test_an_article_is_stored_with_the_job_that_writes_it(store: Store, written: Any, sent: Any) -> None:
    store.add_job("here", sent)
    assert store.add_article("here", big_article(1), annotated(1), written) is True
    assert store.get_article("here", "art_1") == big_article(1)
    assert store.get_job("here", "job_1") == written
    assert len(store.events_about("here", "art_1")) == 1


@pytest.mark.parametrize("over", [WRITTEN, BEGUN, job(status=DONE), job(status=FAILED), None])
def test_a_job_that_is_over_gone_or_has_written_before_writes_no_article(store: Store, over: Any) -> None:
    if over is not None:
        store.add_job("here", over)
    store.add_job("there", job())
    for written in (WRITTEN, BEGUN):
        assert store.add_article("here", article(), annotated(1), written) is False
    assert not store.has_article("here", "art_1")
    assert store.list_articles("here", 10).items == ()
    assert store.events_about("here", "art_1") == ()
    assert store.get_job("here", "job_1") == over


def test_a_job_that_has_expired_writes_no_article(store: Store, clock: SetClock) -> None:
    store.add_job("here", job(expires_at=START + timedelta(hours=1)))
    clock.advance(hours=2)
    assert store.add_article("here", article(), None, WRITTEN) is False
    assert not store.has_article("here", "art_1")


def test_a_deleted_article_does_not_come_again_by_the_job_that_wrote_it(store: Store) -> None:
    for written in (BEGUN, WRITTEN):
        store.add_job("here", job())
        store.add_article("here", article(), None, written)
        store.delete_article("here", "art_1")
        assert store.add_article("here", article(), None, written) is False
        assert store.replace_article("here", article(), written) is False
        assert not store.has_article("here", "art_1")


def test_where_the_article_is_there_the_job_stays_as_it_is(store: Store) -> None:
    store.add_article("here", article())
    store.add_job("here", job())
    assert store.add_article("here", LATER, None, WRITTEN) is False
    assert store.get_article("here", "art_1") == article()
    assert store.get_job("here", "job_1") == job()


def test_an_article_takes_the_place_of_the_one_of_its_id_with_the_job_that_writes_it(store: Store) -> None:
    store.add_article("here", big_article(1))
    store.add_job("here", job())
    assert store.replace_article("here", LATER, BEGUN) is True
    assert store.get_article("here", "art_1") == LATER
    assert store.list_articles("here", 10).items == (summary_of(LATER),)
    assert store.get_job("here", "job_1") == BEGUN
    assert store.replace_article("here", article(), BEGUN) is False
    assert store.get_article("here", "art_1") == LATER
    assert store.delete_article("here", "art_1") is True
    assert store.list_articles("here", 10).items == ()


@pytest.mark.parametrize("over", [WRITTEN, BEGUN, job(status=FAILED), None])
def test_a_job_that_must_not_write_replaces_no_article(store: Store, over: Any) -> None:
    store.add_article("here", article())
    if over is not None:
        store.add_job("here", over)
    assert store.replace_article("here", LATER, WRITTEN) is False
    assert store.get_article("here", "art_1") == article()
    assert store.get_job("here", "job_1") == over


def test_where_there_is_no_article_none_is_replaced(store: Store) -> None:
    store.add_job("here", job())
    assert store.replace_article("here", article(), WRITTEN) is False
    assert not store.has_article("here", "art_1")
    assert store.get_job("here", "job_1") == job()


def test_a_job_does_not_lose_sight_of_the_article_that_it_has_written(store: Store) -> None:
    store.add_job("here", job())
    store.add_article("here", article(), None, BEGUN)
    for status in (RUNNING, DONE, FAILED):
        assert store.update_job("here", job(status=status)) is False
        assert store.update_job("here", job(status=status, article_id="art_2")) is False
    assert store.get_job("here", "job_1") == BEGUN
    assert store.update_job("here", WRITTEN) is True


def rows(client: Any) -> list[tuple[str, str]]:
    pages = client.get_paginator("scan").paginate(TableName=TABLE)
    return sorted((row["PK"]["S"], row["SK"]["S"]) for page in pages for row in page["Items"])


@pytest.mark.parametrize("deleted", [False, True])
def test_of_two_deliveries_one_writes_and_of_the_other_nothing_is_left(
    dynamodb: Any, dynamo_store: DynamoStore, deleted: bool
) -> None:
    dynamo_store.add_job("here", job())
    left: list[tuple[str, str]] = []

    def other() -> None:
        ours = set(rows(dynamodb))
        assert dynamo_store.add_article("here", LATER, annotated(1), WRITTEN) is True
        if deleted:
            dynamo_store.delete_article("here", "art_1")
        left.extend(key for key in rows(dynamodb) if key not in ours or "ARTICLES" not in key[0])

    with unruly.interleaved(dynamodb, "TransactWriteItems", other):
        assert dynamo_store.add_article("here", article(), annotated(1), WRITTEN) is False
    assert rows(dynamodb) == left
    assert dynamo_store.get_article("here", "art_1") == (None if deleted else LATER)


@pytest.mark.parametrize("there", [False, True], ids=["added", "replaced"])
def test_a_job_that_somebody_else_has_begun_meanwhile_writes_its_article_all_the_same(
    dynamodb: Any, dynamo_store: DynamoStore, there: bool
) -> None:
    dynamo_store.add_job("here", job())
    if there:
        dynamo_store.add_article("here", article())
    begun = job(status=RUNNING, attempts=2)
    with unruly.interleaved(dynamodb, "TransactWriteItems", lambda: dynamo_store.update_job("here", begun)):
        if there:
            assert dynamo_store.replace_article("here", LATER, WRITTEN) is True
        else:
            assert dynamo_store.add_article("here", LATER, None, WRITTEN) is True
    assert dynamo_store.get_article("here", "art_1") == LATER
    assert dynamo_store.get_job("here", "job_1") == WRITTEN
    assert dynamo_store.list_articles("here", 10).items == (summary_of(LATER),)
