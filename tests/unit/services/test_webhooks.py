"""Secrets of webhooks: how many of them count, and until when."""

from datetime import timedelta

import pytest

from secondsource.model import EventType
from secondsource.services.webhooks import counting
from tests.unit.services.newsroom import TENANT, Clock, Newsroom

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def desk() -> Newsroom:
    """Its clock stands still."""
    return Newsroom(Clock(0))


@pytest.fixture
def hook(desk: Newsroom) -> str:
    """The id of a webhook to which callbacks go."""
    return desk.webhooks.register_outgoing(TENANT, "https://newsroom.test/hook", tuple(EventType)).webhook.id


def test_an_old_secret_counts_until_its_end_and_not_at_it(desk: Newsroom, hook: str) -> None:
    webhook, new = desk.webhooks.rotate(TENANT, hook, "outgoing", overlap=timedelta(hours=1))
    end = desk.clock.at + timedelta(hours=1)

    assert [secret.value == new for secret in counting(webhook, end - MOMENT)] == [True, False]
    assert [secret.value for secret in counting(webhook, end)] == [new]


def test_one_that_has_ended_is_kept_no_longer_than_to_the_next_change(desk: Newsroom, hook: str) -> None:
    second = desk.webhooks.rotate(TENANT, hook, "outgoing", overlap=timedelta(hours=1)).secret
    desk.clock.at += timedelta(hours=1)

    webhook, third = desk.webhooks.rotate(TENANT, hook, "outgoing", overlap=timedelta(hours=1))

    assert [secret.value for secret in webhook.secrets] == [second, third]


def test_without_an_overlap_the_old_one_ends_at_once(desk: Newsroom, hook: str) -> None:
    webhook, new = desk.webhooks.rotate(TENANT, hook, "outgoing", overlap=timedelta(0))

    assert [secret.value for secret in webhook.secrets] == [new]


def test_of_many_secrets_the_newest_five_count(desk: Newsroom, hook: str) -> None:
    made = [desk.webhooks.rotate(TENANT, hook, "outgoing", overlap=timedelta(days=7)).secret for _ in range(7)]

    webhook = desk.webhooks.get(TENANT, hook, "outgoing")

    assert [secret.value for secret in counting(webhook, desk.clock.at)] == made[:-6:-1]
