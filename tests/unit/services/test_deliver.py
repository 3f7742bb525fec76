"""Callbacks: what is sent to whom, how often it is tried, and what ends it."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from secondsource.errors import Conflict, FetchFailed, NotFound, UnprocessableInput
from secondsource.model import DeliveryStatus, EventType, Webhook
from secondsource.ports import Answered, DeadLetter
from secondsource.services.deliver import DELAYS, LONGEST_WAIT, MOST_SHOWN
from secondsource.services.redrive import Outcome, redrive
from secondsource.web.signatures import verify_standard
from tests.contract.samples import annotated
from tests.unit.services.newsroom import SEIZED, TENANT, Clock, Newsroom

URL = "https://newsroom.test/hook"
API = "https://api.test"
TEXT = f"Owen Strand says: {SEIZED}"
PENDING, DELIVERED, FAILED = DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, DeliveryStatus.FAILED


class Desk(Newsroom):
    """A newsroom that is told of what happens."""

    def __init__(self) -> None:
        super().__init__(clock=Clock(step=0.0))
        self.hook, self.secret = self.webhooks.register_outgoing(TENANT, URL, tuple(EventType), api_url=API)

    def happen(self) -> str:
        """An article comes in; answers the id of its event."""
        article_id = self.add(TEXT)
        (event,) = self.store.events_about(TENANT, article_id)
        event_id: str = event.id
        return event_id

    def announce(self) -> str:
        """As ``happen``; answers the delivery's id."""
        self.deliver.announce(TENANT, self.happen())
        return self.queue.deliveries[-1][1]

    def run(self) -> None:
        """Do all messages of the queue, each when it is due; those that are sent on the way, too."""
        for _ in range(500):
            if not self.queue.deliveries:
                return
            tenant, delivery_id, tried, delay = self.queue.deliveries.pop(0)
            self.clock.at += timedelta(seconds=delay)
            self.deliver.attempt(tenant, delivery_id, tried)
        raise AssertionError("it never ends")

    def delivery(self, delivery_id: str) -> Any:
        return self.store.get_delivery(TENANT, delivery_id)

    def webhook(self) -> Webhook:
        return self.webhooks.get(TENANT, self.hook.id, "outgoing")


@pytest.fixture
def desk() -> Desk:
    return Desk()


class TestWhatIsSent:
    def test_an_event_goes_to_an_endpoint_signed_with_its_secret(self, desk: Desk) -> None:
        delivery_id = desk.announce()
        desk.run()

        ((url, headers, body),) = desk.endpoints.posted
        assert url == URL
        assert headers["Content-Type"] == "application/json"
        signed = {name: (value,) for name, value in headers.items()}
        assert verify_standard([desk.secret], signed, body, desk.clock.at) == delivery_id
        content = json.loads(body)
        assert content["type"] == "article.annotated"
        article_id = content["data"]["article_id"]
        assert content["data"]["links"]["report"] == f"{API}/v1/articles/{article_id}/report"
        assert [flag["code"] for flag in content["data"]["after"]] == ["single_source"]
        assert desk.delivery(delivery_id).status is DELIVERED

    def test_an_event_goes_to_those_alone_who_want_it(self, desk: Desk) -> None:
        failures = desk.webhooks.register_outgoing(TENANT, "https://other.test/", [EventType.JOB_FAILED]).webhook
        off = desk.webhooks.register_outgoing(TENANT, "https://off.test/", tuple(EventType)).webhook
        desk.webhooks.change(TENANT, off.id, enabled=False)
        desk.webhooks.register_outgoing("tribune", "https://tribune.test/", tuple(EventType))

        assert desk.deliver.announce(TENANT, desk.happen()) == 1
        desk.run()

        assert [url for url, _, _ in desk.endpoints.posted] == [URL]
        assert desk.webhooks.deliveries(TENANT, failures.id, 10).items == ()

    def test_an_event_that_is_told_of_twice_is_sent_once(self, desk: Desk) -> None:
        event_id = desk.happen()
        desk.deliver.announce(TENANT, event_id)
        desk.deliver.announce(TENANT, event_id)
        desk.run()
        desk.deliver.announce(TENANT, event_id)
        desk.run()

        assert len(desk.endpoints.posted) == 1
        assert len(desk.webhooks.deliveries(TENANT, desk.hook.id, 10).items) == 1

    def test_an_event_that_is_gone_is_told_to_nobody(self, desk: Desk) -> None:
        assert desk.deliver.announce(TENANT, "evt_none") == 0

    def test_nothing_is_sent_of_an_article_that_was_deleted_meanwhile(self, desk: Desk) -> None:
        delivery_id = desk.announce()
        for summary in desk.store.list_articles(TENANT, 10).items:
            desk.annotate.delete(TENANT, summary.id)
        desk.run()

        assert desk.endpoints.posted == []
        assert (desk.delivery(delivery_id).status, desk.delivery(delivery_id).reason) == (FAILED, "event-gone")
        with pytest.raises(NotFound):
            desk.webhooks.resend(TENANT, desk.hook.id, delivery_id)

    def test_with_two_secrets_it_is_signed_with_both_until_the_old_one_ends(self, desk: Desk) -> None:
        new = desk.webhooks.rotate(TENANT, desk.hook.id, "outgoing", overlap=timedelta(hours=1)).secret
        desk.announce()
        desk.run()
        desk.clock.at += timedelta(hours=1)
        desk.deliver.announce(TENANT, _event(desk, 2))
        desk.run()

        both, one = (headers["webhook-signature"].split(" ") for _, headers, _ in desk.endpoints.posted)
        assert (len(both), len(one)) == (2, 1)
        _, headers, body = desk.endpoints.posted[0]
        for secret in (desk.secret, new):
            signed = {name: (value,) for name, value in headers.items()}
            assert verify_standard([secret], signed, body, desk.clock.at - timedelta(hours=1))


class TestTrying:
    def test_it_is_tried_again_and_again_under_one_id_and_then_given_up(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 500
        delivery_id, begun = desk.announce(), desk.clock.at
        desk.run()

        sent = [headers for _, headers, _ in desk.endpoints.posted]
        assert {headers["webhook-id"] for headers in sent} == {delivery_id}
        assert len({headers["webhook-timestamp"] for headers in sent}) == len(sent) == len(DELAYS) + 1
        delivery = desk.delivery(delivery_id)
        assert (delivery.status, delivery.reason, delivery.tried) == (FAILED, "tries-spent", len(DELAYS) + 1)
        assert [attempt.status for attempt in delivery.attempts] == [500] * (len(DELAYS) + 1)
        assert timedelta(hours=17) < desk.clock.at - begun < timedelta(hours=23)
        assert desk.webhook().outgoing.disabled is None  # type: ignore[union-attr]

    def test_pauses_grow_with_some_chance_in_them(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 503
        delivery_id = desk.announce()
        desk.run()

        times = [attempt.at for attempt in desk.delivery(delivery_id).attempts]
        pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
        for pause, delay in zip(pauses, DELAYS, strict=True):
            assert delay * 1.125 <= pause <= delay * 1.125 + 1

    def test_no_message_waits_longer_than_a_queue_can(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 500
        desk.announce()
        waits = []
        while desk.queue.deliveries:
            tenant, delivery_id, tried, delay = desk.queue.deliveries.pop(0)
            waits.append(delay)
            desk.clock.at += timedelta(seconds=delay)
            desk.deliver.attempt(tenant, delivery_id, tried)
        assert max(waits) == LONGEST_WAIT
        assert len(waits) > len(DELAYS) + 1

    def test_what_answers_at_last_has_it(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = FetchFailed("timeout", "The site did not answer in time.")
        delivery_id = desk.announce()
        desk.deliver.attempt(*desk.queue.deliveries.pop()[:3])
        desk.endpoints.answers[URL] = 204
        desk.run()

        delivery = desk.delivery(delivery_id)
        assert delivery.status is DELIVERED
        assert [(a.status, a.code) for a in delivery.attempts] == [(None, "timeout"), (204, None)]

    @pytest.mark.parametrize("status", [301, 302, 304, 307, 308, 400, 401, 404, 429, 500, 503])
    def test_only_2xx_is_success_and_a_redirect_is_not_followed(self, desk: Desk, status: int) -> None:
        desk.endpoints.answers[URL] = status
        delivery_id = desk.announce()
        desk.deliver.attempt(*desk.queue.deliveries.pop()[:3])

        delivery = desk.delivery(delivery_id)
        assert (delivery.status, delivery.attempts[0].code) == (PENDING, f"http-{status}")
        assert len(desk.endpoints.posted) == 1

    def test_an_endpoint_that_asks_to_wait_is_given_the_time(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = Answered(429, 700)
        delivery_id = desk.announce()
        desk.deliver.attempt(*desk.queue.deliveries.pop()[:3])

        assert desk.delivery(delivery_id).next_at == desk.clock.at + timedelta(seconds=700)
        assert desk.queue.deliveries[-1][3] == 700

    def test_an_endpoint_that_is_gone_is_disabled_until_somebody_enables_it(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 410
        delivery_id = desk.announce()
        desk.run()

        assert (desk.delivery(delivery_id).status, desk.delivery(delivery_id).reason) == (FAILED, "webhook-gone")
        assert desk.webhook().outgoing.disabled == "gone"  # type: ignore[union-attr]
        assert desk.deliver.announce(TENANT, _event(desk, 2)) == 0
        with pytest.raises(Conflict):
            desk.webhooks.resend(TENANT, desk.hook.id, delivery_id)
        desk.endpoints.answers[URL] = 200
        desk.webhooks.change(TENANT, desk.hook.id, enabled=True)
        desk.webhooks.resend(TENANT, desk.hook.id, delivery_id)
        desk.run()
        assert desk.delivery(delivery_id).status is DELIVERED

    def test_one_that_has_moved_while_its_old_address_answered_is_tried_at_the_new_one(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        post, moved = desk.endpoints.post, "https://moved.example/hook"

        def moving(url: str, *sent: Any) -> Any:
            if url == URL:
                desk.webhooks.change(TENANT, desk.hook.id, url=moved)
            return post(url, *sent)

        monkeypatch.setattr(desk.endpoints, "post", moving)
        desk.endpoints.answers[URL] = 410
        delivery_id = desk.announce()
        before = desk.webhook().version
        desk.run()

        outgoing = desk.webhook().outgoing
        assert outgoing is not None
        assert (outgoing.url, outgoing.disabled) == (moved, None)
        assert desk.webhook().version == before + 1
        assert [url for url, _, _ in desk.endpoints.posted] == [URL, moved]
        assert desk.delivery(delivery_id).status is DELIVERED

    def test_one_that_is_deleted_while_it_says_that_it_is_gone_is_gone(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def deleting(*_: Any) -> Answered:
            desk.webhooks.delete(TENANT, desk.hook.id, "outgoing")
            return Answered(410)

        monkeypatch.setattr(desk.endpoints, "post", deleting)
        delivery_id = desk.announce()
        desk.run()

        assert (desk.delivery(delivery_id).status, desk.delivery(delivery_id).reason) == (FAILED, "webhook-gone")

    def test_an_address_is_vetted_when_it_is_registered_changed_and_sent_to(self, desk: Desk) -> None:
        desk.endpoints.denied.add("https://inside.test/")
        for register in (
            lambda: desk.webhooks.register_outgoing(TENANT, "https://inside.test/", tuple(EventType)),
            lambda: desk.webhooks.change(TENANT, desk.hook.id, url="https://inside.test/"),
        ):
            with pytest.raises(UnprocessableInput):
                register()
        desk.endpoints.denied.add(URL)
        delivery_id = desk.announce()
        desk.deliver.attempt(*desk.queue.deliveries.pop()[:3])
        assert desk.delivery(delivery_id).attempts[0].code == "url-not-allowed"
        assert desk.endpoints.posted == []

    def test_what_is_deleted_or_disabled_meanwhile_gets_nothing(self, desk: Desk) -> None:
        first = desk.announce()
        desk.webhooks.change(TENANT, desk.hook.id, enabled=False)
        desk.run()
        assert desk.delivery(first).reason == "webhook-disabled"
        desk.webhooks.change(TENANT, desk.hook.id, enabled=True)
        desk.deliver.announce(TENANT, _event(desk, 2))
        second = desk.queue.deliveries[-1][1]
        desk.webhooks.delete(TENANT, desk.hook.id, "outgoing")
        desk.run()
        assert desk.delivery(second).reason == "webhook-deleted"
        assert desk.endpoints.posted == []


class TestTheQueue:
    def test_a_message_that_comes_twice_is_tried_once(self, desk: Desk) -> None:
        delivery_id = desk.announce()
        message = desk.queue.deliveries.pop()
        for _ in range(3):
            desk.deliver.attempt(*message[:3])
        assert len(desk.endpoints.posted) == 1
        assert desk.delivery(delivery_id).tried == 1

    def test_a_message_whose_try_was_made_but_whose_successor_was_lost_queues_it(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 500
        delivery_id = desk.announce()
        message = desk.queue.deliveries.pop()
        desk.deliver.attempt(*message[:3])
        desk.queue.deliveries.clear()

        desk.deliver.attempt(*message[:3])

        assert len(desk.endpoints.posted) == 1
        assert [(name, tried) for _, name, tried, _ in desk.queue.deliveries] == [(delivery_id, 1)]

    def test_a_delivery_that_was_added_and_not_queued_is_queued_when_it_is_told_of_again(self, desk: Desk) -> None:
        event_id = desk.happen()
        desk.deliver.announce(TENANT, event_id)
        desk.queue.deliveries.clear()
        desk.deliver.announce(TENANT, event_id)
        assert len(desk.queue.deliveries) == 1

    def test_a_delivery_that_is_gone_is_nothing_to_do(self, desk: Desk) -> None:
        assert desk.deliver.attempt(TENANT, "dlv_none", 0) is None

    def test_what_was_given_up_is_queued_again_by_hand(self, desk: Desk) -> None:
        delivery_id, event_id = desk.announce(), _event(desk, 2)
        desk.queue.deliveries.clear()

        class Letters(list[DeadLetter]):
            def put_back(self, letter: DeadLetter) -> None:
                raise AssertionError(letter)

        letters: Any = Letters(
            [DeadLetter("1", delivery=(TENANT, delivery_id)), DeadLetter("2", events=((TENANT, event_id),))]
        )
        found = list(redrive(_once(letters), desk.annotate, desk.deliver, desk.store, desk.clock))

        assert found == [Outcome(True, f"{delivery_id}: queued again"), Outcome(True, f"{event_id}: counted")]
        assert len(desk.queue.deliveries) == 2
        desk.run()
        again = _once(Letters([DeadLetter("1", delivery=(TENANT, delivery_id))]))
        (outcome,) = redrive(again, desk.annotate, desk.deliver, desk.store, desk.clock)
        assert outcome == Outcome(True, f"{delivery_id}: nothing is left to send")


class TestResending:
    def test_what_was_given_up_is_tried_from_the_beginning(self, desk: Desk) -> None:
        desk.endpoints.answers[URL] = 500
        delivery_id = desk.announce()
        desk.run()
        again = desk.webhooks.resend(TENANT, desk.hook.id, delivery_id)
        assert again.status is PENDING
        desk.run()

        delivery = desk.delivery(delivery_id)
        assert (delivery.status, delivery.tried) == (FAILED, 2 * (len(DELAYS) + 1))
        assert len(delivery.attempts) == min(MOST_SHOWN, delivery.tried)

    def test_what_was_delivered_is_sent_once_more_under_its_id(self, desk: Desk) -> None:
        delivery_id = desk.announce()
        desk.run()
        desk.webhooks.resend(TENANT, desk.hook.id, delivery_id)
        desk.run()
        assert [headers["webhook-id"] for _, headers, _ in desk.endpoints.posted] == [delivery_id] * 2

    def test_what_is_not_there_or_another_endpoints_is_not_found(self, desk: Desk) -> None:
        delivery_id = desk.announce()
        other = desk.webhooks.register_outgoing(TENANT, "https://other.test/", tuple(EventType)).webhook
        for webhook_id, name in ((desk.hook.id, "dlv_none"), (other.id, delivery_id), ("whk_none", delivery_id)):
            with pytest.raises(NotFound):
                desk.webhooks.resend(TENANT, webhook_id, name)


def _event(desk: Desk, number: int) -> str:
    """One more event; answers its id."""
    event = annotated(number, at=desk.clock.at, article_id=f"art_{number}")
    desk.store._record_event(TENANT, event)
    return event.id


def _once(letters: Any) -> Any:
    """Letters that are read from a copy, for they leave as they are dealt with."""

    class Reading:
        def __iter__(self) -> Any:
            yield from list(letters)

        remove, put_back = letters.remove, letters.put_back

    return Reading()
