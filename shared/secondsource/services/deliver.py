"""Callbacks: each event goes to the endpoints that want to know of it, and is tried until one takes it.

The table's stream tells of an event; for each endpoint it becomes a delivery, whose id follows from both, so that none
comes twice of one event, whoever is told of it how often. A message of the queue says which try of which delivery is
due. It may come late, twice or after a crash: a try that has been made is not made again, and its successor is queued
(again) instead. At least once is what is promised; an endpoint tells repeats by the id.

What is sent is made from the event at each try. So nothing is sent of an article that has been deleted meanwhile.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from secondsource.errors import FetchFailed, VersionConflict
from secondsource.model import Attempt, Delivery, DeliveryStatus, Webhook
from secondsource.ports import Clock, Poster, Queue, Store
from secondsource.present.callback import body
from secondsource.services.ids import digest_id
from secondsource.services.webhooks import Webhooks, counting

DELAYS: Final = (5, 60, 300, 1_800, 7_200, 18_000, 36_000)
"""Seconds after each try before the next: eight tries in 17 to 22 hours."""
JITTER: Final = 0.25
"""A delay is up to so much of itself longer, so that not all come back at the same moment."""
LONGEST_WAIT: Final = 900
"""A queue delays no message longer; what has to wait longer is sent on."""
DELIVERY_DAYS: Final = 30
"""How long it can be seen what has become of a delivery."""
MOST_SHOWN: Final = 20
"""Attempts that are kept, the last ones."""

GONE: Final = 410
"""What an endpoint answers that wants nothing more."""

Sign = Callable[[tuple[str, ...], str, datetime, bytes], Mapping[str, str]]
"""Secrets, the id of the message, the time and the body, to the headers that sign it."""


class Deliver:
    """Sends events to endpoints.

    ``sign`` makes the headers; ``chance`` answers numbers from 0 to 1, for delays.
    """

    def __init__(
        self,
        store: Store,
        poster: Poster,
        queue: Queue,
        clock: Clock,
        webhooks: Webhooks,
        sign: Sign,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._poster, self._queue, self._clock = store, poster, queue, clock
        self._webhooks, self._sign, self._chance = webhooks, sign, chance

    def endpoints(self, tenant: str) -> tuple[Webhook, ...]:
        """Those that want to be told of something, as they are now."""
        known = self._store.list_webhooks(tenant)
        return tuple(hook for hook in known if hook.outgoing is not None and hook.outgoing.disabled is None)

    def announce(self, tenant: str, event_id: str, endpoints: Sequence[Webhook] | None = None) -> int:
        """Have the event sent to all endpoints that want it; answers how many these are. Safe to repeat.

        ``endpoints``: for whoever announces several events, those that were there after they had happened.
        """
        known = self.endpoints(tenant) if endpoints is None else endpoints
        event = self._store.get_event(tenant, event_id) if known else None
        if event is None:
            return 0
        wanted = [hook for hook in known if hook.outgoing is not None and event.type in hook.outgoing.types]
        for webhook in wanted:
            now = self._clock.now()
            delivery = Delivery(
                id=digest_id("dlv", webhook.id, event.id),
                webhook_id=webhook.id,
                event_id=event.id,
                event_type=event.type,
                next_at=now,
                created_at=now,
                expires_at=now + timedelta(days=DELIVERY_DAYS),
            )
            self._store.add_delivery(tenant, delivery)
            # Whoever added it before may have stopped before it was queued.
            stored = self._store.get_delivery(tenant, delivery.id)
            if stored is not None and stored.tried == 0 and stored.status is DeliveryStatus.PENDING:
                self._queue.send_delivery(tenant, delivery.id, 0)
        return len(wanted)

    def repeat(self, tenant: str, delivery_id: str) -> bool:
        """Queue a delivery again whose message was given up; False when there is nothing left to do."""
        delivery = self._store.get_delivery(tenant, delivery_id)
        if delivery is None or delivery.status is not DeliveryStatus.PENDING:
            return False
        self._queue.send_delivery(tenant, delivery_id, delivery.tried)
        return True

    def attempt(self, tenant: str, delivery_id: str, tried: int) -> Delivery | None:
        """Make the try that is due, of a delivery that has been tried so often; answers it as it is then.

        One that is not due yet is sent on, one that has been made is left; None for a delivery that is gone. Raises
        Unavailable when the queue should bring it again.
        """
        delivery = self._store.get_delivery(tenant, delivery_id)
        if delivery is None or delivery.status is not DeliveryStatus.PENDING:
            return delivery
        wait = _seconds(delivery, self._clock.now())
        if tried < delivery.tried or wait > 0:
            # Made already, but perhaps without its successor in the queue; or not due yet.
            self._queue.send_delivery(tenant, delivery_id, delivery.tried, min(wait, LONGEST_WAIT))
            return delivery
        return self._try(tenant, delivery)

    def _try(self, tenant: str, delivery: Delivery) -> Delivery:
        webhook = self._store.get_webhook(tenant, delivery.webhook_id)
        event = self._store.get_event(tenant, delivery.event_id)
        if webhook is None or webhook.outgoing is None:
            return self._end(tenant, delivery, "webhook-deleted")
        if webhook.outgoing.disabled is not None:
            return self._end(tenant, delivery, "webhook-disabled")
        if event is None:
            return self._end(tenant, delivery, "event-gone")
        attempt, wait = self._post(webhook, delivery, body(event, webhook.outgoing.api_url))
        now = self._clock.now()
        changes: dict[str, object] = {
            "attempts": (*delivery.attempts, attempt)[-MOST_SHOWN:],
            "tried": delivery.tried + 1,
            "version": delivery.version + 1,
            "next_at": None,
        }
        series = delivery.tried - delivery.since
        if attempt.code is None:
            changes["status"] = DeliveryStatus.DELIVERED
        elif attempt.status == GONE and self._webhooks.disable(tenant, webhook.id, webhook.outgoing.url):
            changes |= {"status": DeliveryStatus.FAILED, "reason": "webhook-gone"}
        elif series >= len(DELAYS):
            changes |= {"status": DeliveryStatus.FAILED, "reason": "tries-spent"}
        else:
            delay = DELAYS[series] * (1 + JITTER * self._chance())
            changes["next_at"] = now + timedelta(seconds=max(delay, wait))
        return self._store_try(tenant, delivery.model_copy(update=changes))

    def _post(self, webhook: Webhook, delivery: Delivery, content: bytes) -> tuple[Attempt, int]:
        """One try, and how many seconds the endpoint asks to wait."""
        begun = self._clock.now()
        secrets = tuple(secret.value for secret in counting(webhook, begun))
        assert webhook.outgoing is not None
        headers = {"Content-Type": "application/json", **self._sign(secrets, delivery.id, begun, content)}
        status, code, wait = None, None, 0
        try:
            answered = self._poster.post(webhook.outgoing.url, headers, content)
            status, wait = answered.status, answered.retry_after or 0
            # A redirect is a failure, too: nothing is sent to where nobody has registered.
            code = None if 200 <= status < 300 else f"http-{status}"
        except FetchFailed as failure:
            code = failure.code
        milliseconds = (self._clock.now() - begun) // timedelta(milliseconds=1)
        return Attempt(at=begun, status=status, code=code, milliseconds=milliseconds), wait

    def _end(self, tenant: str, delivery: Delivery, reason: str) -> Delivery:
        changes = {
            "status": DeliveryStatus.FAILED,
            "reason": reason,
            "next_at": None,
            "version": delivery.version + 1,
        }
        return self._store_try(tenant, delivery.model_copy(update=changes))

    def _store_try(self, tenant: str, delivery: Delivery) -> Delivery:
        # Whoever wrote meanwhile made the same try, or had it begun anew, and has queued what follows.
        with suppress(VersionConflict):
            self._store.update_delivery(tenant, delivery)
            if delivery.status is DeliveryStatus.PENDING:
                wait = _seconds(delivery, self._clock.now())
                self._queue.send_delivery(tenant, delivery.id, delivery.tried, min(wait, LONGEST_WAIT))
        return delivery


def _seconds(delivery: Delivery, now: datetime) -> int:
    """How long until it is due, in whole seconds; 0 where it is."""
    if delivery.next_at is None or delivery.next_at <= now:
        return 0
    return -(-(delivery.next_at - now) // timedelta(seconds=1))
