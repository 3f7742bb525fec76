"""``ports.Webhooks`` and ``ports.Deliveries`` on DynamoDB.

A webhook's secrets are stored as they are, since signatures are made with them; what protects them is the encryption
of the table, and who may read it.
"""

from collections.abc import Sequence

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Attributes, Pointer, lifetime
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.lists import page
from secondsource.aws.room import Room
from secondsource.aws.table import VERSION, Item
from secondsource.errors import VersionConflict
from secondsource.model import Delivery, Page, Webhook
from secondsource.stored import is_id, place, stamp


class DynamoWebhooks(Room):
    """Webhooks, each one document, all of a tenant in one partition; and deliveries, with a list an endpoint."""

    def put_webhook(self, tenant: str, webhook: Webhook) -> None:
        """As ``ports.Webhooks``."""
        key = keys.webhook(tenant, webhook.id)
        attributes: Attributes = {"type": "webhook", "tenant": tenant, VERSION: webhook.version}
        head = self._documents.head(key, also=(VERSION,))
        if (0 if head is None else head.item[VERSION]) != webhook.version - 1:
            raise VersionConflict
        if head is None:
            if not self._documents.add(key, pack(webhook), attributes):
                raise VersionConflict
            return
        try:
            self._documents.replace(head, pack(webhook), attributes)
        except ConditionNotMet as error:
            raise VersionConflict from error

    def get_webhook(self, tenant: str, webhook_id: str) -> Webhook | None:
        """As ``ports.Webhooks``."""
        if not is_id(tenant, webhook_id):
            return None
        document = self._documents.read(keys.webhook(tenant, webhook_id))
        return None if document is None else unpack(Webhook, document.content)

    def list_webhooks(self, tenant: str) -> tuple[Webhook, ...]:
        """As ``ports.Webhooks``."""
        if not is_id(tenant):
            return ()
        documents = self._documents.read_under(keys.webhooks(tenant), keys.WEBHOOKS)
        found = [unpack(Webhook, document.content) for document in documents.values()]
        return tuple(sorted(found, key=lambda webhook: (stamp(webhook.created_at), webhook.id)))

    def delete_webhook(self, tenant: str, webhook_id: str) -> bool:
        """As ``ports.Webhooks``."""
        return is_id(tenant, webhook_id) and self._documents.delete(keys.webhook(tenant, webhook_id))

    def add_delivery(self, tenant: str, delivery: Delivery) -> bool:
        """As ``ports.Deliveries``."""
        entry = Pointer(
            keys.deliveries(tenant, delivery.webhook_id),
            place(delivery.created_at, delivery.id),
            {"delivery_id": delivery.id},
        )
        key = keys.delivery(tenant, delivery.id)
        return self._documents.add(key, pack(delivery), _attributes(tenant, delivery), [entry])

    def get_delivery(self, tenant: str, delivery_id: str) -> Delivery | None:
        """As ``ports.Deliveries``."""
        if not is_id(tenant, delivery_id):
            return None
        document = self._documents.read(keys.delivery(tenant, delivery_id))
        return None if document is None else unpack(Delivery, document.content)

    def update_delivery(self, tenant: str, delivery: Delivery) -> None:
        """As ``ports.Deliveries``."""
        head = self._documents.head(keys.delivery(tenant, delivery.id), also=(VERSION,))
        if head is None or head.item[VERSION] != delivery.version - 1:
            raise VersionConflict
        try:
            self._documents.replace(head, pack(delivery), _attributes(tenant, delivery))
        except ConditionNotMet as error:
            raise VersionConflict from error

    def list_deliveries(self, tenant: str, webhook_id: str, limit: int, cursor: str | None = None) -> Page:
        """As ``ports.Deliveries``."""
        if not is_id(tenant, webhook_id):
            return Page(items=())

        def resolve(pointers: Sequence[Item]) -> list[Delivery]:
            links = {keys.delivery(tenant, pointer["delivery_id"]): pointer["link"] for pointer in pointers}
            documents = self._documents.read_many(links)
            there = [documents[k] for k, link in links.items() if k in documents and documents[k].head.link == link]
            return [unpack(Delivery, document.content) for document in there]

        return page(self._table, tenant, keys.deliveries(tenant, webhook_id), limit, cursor, resolve)


def _attributes(tenant: str, delivery: Delivery) -> Attributes:
    return {"type": "delivery", "tenant": tenant, VERSION: delivery.version, **lifetime(delivery.expires_at)}
