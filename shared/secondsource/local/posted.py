"""Posts of a CMS, webhooks and deliveries, in memory."""

from bisect import insort
from collections import defaultdict
from datetime import datetime
from threading import RLock
from typing import Any

from secondsource.errors import VersionConflict
from secondsource.local.order import Order, page
from secondsource.model import Delivery, Event, Page, Post, Publication, Webhook
from secondsource.ports import Clock
from secondsource.stored import has_expired, latest_end, place, require_ids, require_publication, stamp

_Id = tuple[str, str]


class PostedInMemory:
    """``ports.Publications``, ``ports.Webhooks`` and ``ports.Deliveries``, under the store's lock."""

    _clock: Clock
    _lock: RLock

    def __init__(self) -> None:
        self._publications: dict[tuple[str, Post], Publication] = {}
        self._webhooks: dict[_Id, Webhook] = {}
        self._deliveries: dict[_Id, Delivery] = {}
        self._sent: defaultdict[_Id, Order] = defaultdict(list)

    def _record_event(self, tenant: str, event: Event | None) -> None:
        raise NotImplementedError

    # --- posts ---------------------------------------------------------------------------------

    def put_publication(self, tenant: str, publication: Publication, event: Event | None = None) -> None:
        """As ``ports.Publications``."""
        require_ids(tenant)
        require_publication(tenant, publication)
        with self._lock:
            stored = self.get_publication(tenant, publication.post)
            if (0 if stored is None else stored.revision) != publication.revision - 1:
                raise VersionConflict
            self._publications[tenant, publication.post] = publication
            self._record_event(tenant, event)

    def get_publication(self, tenant: str, post: Post) -> Publication | None:
        """As ``ports.Publications``."""
        found = self._publications.get((tenant, post))
        return None if found is None or self._is_past(latest_end(found)) else found

    def publications_of(self, tenant: str, article_id: str) -> tuple[Publication, ...]:
        """As ``ports.Publications``."""
        with self._lock:
            found = [
                publication
                for (whose, _), publication in self._publications.items()
                if whose == tenant
                and article_id in {version.article_id for version in publication.versions}
                and not self._is_past(latest_end(publication))
            ]
        return tuple(sorted(found, key=lambda publication: (publication.post.webhook_id, publication.post.external_id)))

    def delete_publication(self, tenant: str, post: Post, revision: int) -> bool:
        """As ``ports.Publications``."""
        with self._lock:
            stored = self.get_publication(tenant, post)
            if stored is None:
                return False
            if stored.revision != revision:
                raise VersionConflict
            del self._publications[tenant, post]
            return True

    # --- webhooks ------------------------------------------------------------------------------

    def put_webhook(self, tenant: str, webhook: Webhook) -> None:
        """As ``ports.Webhooks``."""
        require_ids(tenant, webhook.id)
        with self._lock:
            stored = self._webhooks.get((tenant, webhook.id))
            if (0 if stored is None else stored.version) != webhook.version - 1:
                raise VersionConflict
            self._webhooks[tenant, webhook.id] = webhook

    def get_webhook(self, tenant: str, webhook_id: str) -> Webhook | None:
        """As ``ports.Webhooks``."""
        return self._webhooks.get((tenant, webhook_id))

    def list_webhooks(self, tenant: str) -> tuple[Webhook, ...]:
        """As ``ports.Webhooks``."""
        with self._lock:
            found = [webhook for (whose, _), webhook in self._webhooks.items() if whose == tenant]
        return tuple(sorted(found, key=lambda webhook: (stamp(webhook.created_at), webhook.id)))

    def delete_webhook(self, tenant: str, webhook_id: str) -> bool:
        """As ``ports.Webhooks``."""
        with self._lock:
            return self._webhooks.pop((tenant, webhook_id), None) is not None

    # --- deliveries ----------------------------------------------------------------------------

    def add_delivery(self, tenant: str, delivery: Delivery) -> bool:
        """As ``ports.Deliveries``."""
        require_ids(tenant, delivery.id, delivery.webhook_id)
        with self._lock:
            if self.get_delivery(tenant, delivery.id) is not None:
                return False
            self._deliveries[tenant, delivery.id] = delivery
            entry = place(delivery.created_at, delivery.id), delivery.id
            if entry not in self._sent[tenant, delivery.webhook_id]:
                insort(self._sent[tenant, delivery.webhook_id], entry)
            return True

    def get_delivery(self, tenant: str, delivery_id: str) -> Delivery | None:
        """As ``ports.Deliveries``."""
        found = self._deliveries.get((tenant, delivery_id))
        return None if found is None or has_expired(found, self._clock.now()) else found

    def update_delivery(self, tenant: str, delivery: Delivery) -> None:
        """As ``ports.Deliveries``."""
        with self._lock:
            stored = self.get_delivery(tenant, delivery.id)
            if stored is None or stored.version != delivery.version - 1:
                raise VersionConflict
            self._deliveries[tenant, delivery.id] = delivery

    def list_deliveries(self, tenant: str, webhook_id: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Deliveries``."""

        def read(delivery_id: str) -> Any:
            return self._deliveries[tenant, delivery_id]

        with self._lock:
            known = self._sent.get((tenant, webhook_id), [])
            there = [entry for entry in known if self.get_delivery(tenant, entry[1]) is not None]
            return page(tenant, f"sent {webhook_id}", there, limit, cursor, read)

    def _is_past(self, end: datetime | None) -> bool:
        return end is not None and stamp(end) <= stamp(self._clock.now())
