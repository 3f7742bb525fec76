"""Webhooks: the endpoints that a tenant registers, for posts of its CMS that come in and for callbacks that go out.

A secret is made, or taken from who registers, shown once, and kept as it is, because signatures are made with it. When
it is replaced, the old one goes on counting for a while.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

from secondsource.errors import Conflict, FetchFailed, NotFound, UnprocessableInput, VersionConflict
from secondsource.model import (
    Delivery,
    EventType,
    Incoming,
    Job,
    JobStatus,
    Mapping,
    Outgoing,
    Page,
    Post,
    Secret,
    Submission,
    Webhook,
    WebhookKind,
)
from secondsource.ports import Clock, Queue, Store
from secondsource.services.ids import digest_id, random_id
from secondsource.services.limits import Limiter
from secondsource.stored import JOB_DAYS, is_id

MOST_WEBHOOKS: Final = 20
"""Of one direction a tenant. Each event is compared with all of them."""
MOST_SECRETS: Final = 5
"""That count at the same time."""
OVERLAP: Final = timedelta(days=1)
"""How long an old secret goes on counting, unless it is said."""

_SECRET_BYTES: Final = 32
_TRIES: Final = 4
_SEPARATOR: Final = "."
"""Between tenant and the rest, in the id of a webhook by which posts come in: whoever sends one says no more of who he
is, and a look-up needs the tenant. A tenant's name holds none."""

_NONE: Final = "There is no webhook of this id."

Direction = Literal["incoming", "outgoing"]


class Made(NamedTuple):
    """A webhook that has a new secret, with that secret, which nothing shows again."""

    webhook: Webhook
    secret: str


class Taken(NamedTuple):
    """What became of a post: ``accepted`` with a new job, or ``known`` with that of the same message before."""

    job: Job
    status: Literal["accepted", "known"]


def counting(webhook: Webhook, now: datetime) -> tuple[Secret, ...]:
    """The secrets that count at this moment, the newest first."""
    return tuple(s for s in reversed(webhook.secrets) if s.ends_at is None or s.ends_at > now)


class Webhooks:
    """Registers webhooks, and takes in posts.

    ``vet`` answers the one spelling of an address that may be sent to, and raises FetchFailed for others.
    """

    def __init__(self, store: Store, queue: Queue, clock: Clock, limits: Limiter, vet: Callable[[str], str]) -> None:
        self._store, self._queue, self._clock, self._limits, self._vet = store, queue, clock, limits, vet

    # -- registering

    def register_incoming(
        self,
        tenant: str,
        kind: WebhookKind,
        *,
        mapping: Mapping | None = None,
        publisher: str | None = None,
        label: str = "",
        secret: str | None = None,
    ) -> Made:
        """A new webhook by which posts come in. Raises Conflict when there are MOST_WEBHOOKS."""
        webhook_id = f"{tenant}{_SEPARATOR}{random_id()}"
        incoming = Incoming(kind=kind, mapping=mapping, publisher=publisher)
        return self._register(tenant, webhook_id, label, secret or _new(kind), incoming=incoming)

    def register_outgoing(
        self, tenant: str, url: str, types: Sequence[EventType], *, api_url: str = "", label: str = ""
    ) -> Made:
        """A new webhook to which callbacks go. Raises Conflict when there are MOST_WEBHOOKS, and UnprocessableInput for
        an address that may not be sent to."""
        outgoing = Outgoing(url=self._vetted(url), types=tuple(dict.fromkeys(types)), api_url=api_url)
        return self._register(tenant, f"whk_{random_id()}", label, _new(WebhookKind.STANDARD), outgoing=outgoing)

    def list(self, tenant: str, direction: Direction) -> tuple[Webhook, ...]:
        """Oldest first."""
        return tuple(found for found in self._store.list_webhooks(tenant) if getattr(found, direction) is not None)

    def get(self, tenant: str, webhook_id: str, direction: Direction) -> Webhook:
        """Raises NotFound."""
        found = self._store.get_webhook(tenant, webhook_id)
        if found is None or getattr(found, direction) is None:
            raise NotFound(_NONE)
        return found

    def delete(self, tenant: str, webhook_id: str, direction: Direction) -> None:
        """Nothing comes by it or goes to it any more. Raises NotFound."""
        self.get(tenant, webhook_id, direction)
        self._store.delete_webhook(tenant, webhook_id)

    def rotate(
        self,
        tenant: str,
        webhook_id: str,
        direction: Direction,
        *,
        secret: str | None = None,
        overlap: timedelta = OVERLAP,
    ) -> Made:
        """Give it a new secret; those that it has end after ``overlap``, if not before.

        Raises NotFound and VersionConflict.
        """
        made = secret

        def changed(webhook: Webhook, now: datetime) -> dict[str, Any]:
            nonlocal made
            kind = webhook.incoming.kind if webhook.incoming else WebhookKind.STANDARD
            made = made or _new(kind)
            end = now + overlap
            kept = [
                old.model_copy(update={"ends_at": min(old.ends_at or end, end)})
                for old in webhook.secrets
                if old.value != made and (old.ends_at is None or old.ends_at > now) and end > now
            ]
            new = Secret(value=made, created_at=now)
            return {"secrets": (*kept[-(MOST_SECRETS - 1) :], new)}

        webhook = self._changed(tenant, webhook_id, direction, changed)
        assert made is not None
        return Made(webhook, made)

    def change(
        self,
        tenant: str,
        webhook_id: str,
        *,
        url: str | None = None,
        types: Sequence[EventType] | None = None,
        label: str | None = None,
        enabled: bool | None = None,
    ) -> Webhook:
        """Change what is given of a webhook to which callbacks go.

        Raises NotFound, VersionConflict, and UnprocessableInput for an address that may not be sent to.
        """
        vetted = None if url is None else self._vetted(url)

        def changed(webhook: Webhook, now: datetime) -> dict[str, Any]:
            outgoing = webhook.outgoing
            assert outgoing is not None
            given: dict[str, Any] = {}
            if vetted is not None:
                given["url"] = vetted
            if types is not None:
                given["types"] = tuple(dict.fromkeys(types))
            if enabled is not None:
                given["disabled"] = None if enabled else (outgoing.disabled or "by_hand")
            changes: dict[str, Any] = {"outgoing": outgoing.model_copy(update=given)}
            return changes if label is None else {**changes, "label": label}

        return self._changed(tenant, webhook_id, "outgoing", changed)

    def disable(self, tenant: str, webhook_id: str, url: str) -> bool:
        """Send nothing to it any more, for this address said that it is gone.

        Nothing to do where there is no such webhook. False, and nothing is changed, where its address is another now.
        """

        def changed(webhook: Webhook, now: datetime) -> dict[str, Any] | None:
            if webhook.outgoing is None or webhook.outgoing.url != url:
                return None
            return {"outgoing": webhook.outgoing.model_copy(update={"disabled": "gone"})}

        try:
            webhook = self._changed(tenant, webhook_id, "outgoing", changed)
        except NotFound:
            return True
        return webhook.outgoing is not None and webhook.outgoing.url == url

    # -- deliveries

    def deliveries(self, tenant: str, webhook_id: str, limit: int, cursor: str | None = None) -> Page:
        """A page of Delivery, newest first. Raises NotFound, InvalidCursor."""
        self.get(tenant, webhook_id, "outgoing")
        return self._store.list_deliveries(tenant, webhook_id, limit, cursor)

    def resend(self, tenant: str, webhook_id: str, delivery_id: str) -> Delivery:
        """Have a delivery tried again, from the beginning of the series, now.

        Raises NotFound, also where the event is gone by now, and Conflict where the webhook is disabled.
        """
        outgoing = self.get(tenant, webhook_id, "outgoing").outgoing
        if outgoing is None or outgoing.disabled is not None:
            raise Conflict("The webhook is disabled. Enable it first.")
        for left in reversed(range(_TRIES)):
            delivery = self._store.get_delivery(tenant, delivery_id)
            if delivery is None or delivery.webhook_id != webhook_id:
                raise NotFound("There is no delivery of this id.")
            if self._store.get_event(tenant, delivery.event_id) is None:
                raise NotFound("What this delivery tells of is gone.")
            again = delivery.again(self._clock.now())
            try:
                self._store.update_delivery(tenant, again)
            except VersionConflict:
                if not left:
                    raise
                continue
            self._queue.send_delivery(tenant, delivery_id, again.tried)
            return again
        raise VersionConflict  # pragma: no cover - the last turn raises

    # -- posts that come in

    def addressed(self, webhook_id: str) -> tuple[str, Webhook] | None:
        """The tenant and the webhook that a message is sent to, by its id alone."""
        tenant, separator, _ = webhook_id.partition(_SEPARATOR)
        if not separator or not is_id(tenant, webhook_id):
            return None
        found = self._store.get_webhook(tenant, webhook_id)
        return None if found is None or found.incoming is None else (tenant, found)

    def take(self, tenant: str, webhook: Webhook, message_id: str, external_id: str, submission: Submission) -> Taken:
        """Queue a post that has come in; the same message again is no second job.

        Raises TooManyRequests, DailyQuotaSpent and StorageQuotaSpent: who sends it tries again later.
        """
        self._limits.admit(tenant)
        job_id = digest_id("job", tenant, webhook.id, message_id)
        known = self._store.get_job(tenant, job_id)
        if known is None:
            self._limits.check(tenant)
            now = self._clock.now()
            last = now + timedelta(days=JOB_DAYS)
            job = Job(
                id=job_id,
                status=JobStatus.QUEUED,
                submission=submission,
                post=Post(webhook_id=webhook.id, external_id=external_id),
                created_at=now,
                updated_at=now,
                expires_at=min(last, self._limits.expiry(tenant, now) or last),
            )
            if self._store.add_job(tenant, job):
                self._queue.send(tenant, job_id)
                return Taken(job, "accepted")
            known = self._store.get_job(tenant, job_id) or job
        # Who took it before may have stopped before it was queued. Twice in the queue is once done.
        if known.status is JobStatus.QUEUED:
            self._queue.send(tenant, job_id)
        return Taken(known, "known")

    def _register(self, tenant: str, webhook_id: str, label: str, secret: str, **kind: Any) -> Made:
        direction: Direction = "incoming" if "incoming" in kind else "outgoing"
        if len(self.list(tenant, direction)) >= MOST_WEBHOOKS:
            raise Conflict(f"There are {MOST_WEBHOOKS} webhooks already. Delete one.")
        now = self._clock.now()
        webhook = Webhook(
            id=webhook_id,
            label=label,
            secrets=(Secret(value=secret, created_at=now),),
            created_at=now,
            updated_at=now,
            **kind,
        )
        self._store.put_webhook(tenant, webhook)
        return Made(webhook, secret)

    def _changed(
        self,
        tenant: str,
        webhook_id: str,
        direction: Direction,
        change: Callable[[Webhook, datetime], dict[str, Any] | None],
    ) -> Webhook:
        """The webhook with what ``change`` says of it; as it is where that is None."""
        for left in reversed(range(_TRIES)):
            webhook = self.get(tenant, webhook_id, direction)
            now = self._clock.now()
            found = change(webhook, now)
            if found is None:
                return webhook
            changes = {**found, "updated_at": now, "version": webhook.version + 1}
            new = webhook.model_copy(update=changes)
            try:
                self._store.put_webhook(tenant, new)
            except VersionConflict:
                if not left:
                    raise
                continue
            return new
        raise VersionConflict  # pragma: no cover - the last turn raises

    def _vetted(self, url: str) -> str:
        try:
            return self._vet(url)
        except FetchFailed as failure:
            raise UnprocessableInput(failure.detail) from failure


def _new(kind: WebhookKind) -> str:
    """A new secret, in the form that its kind has."""
    if kind is WebhookKind.STANDARD:
        return "whsec_" + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    return secrets.token_urlsafe(_SECRET_BYTES)
