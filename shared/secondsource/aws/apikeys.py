"""``ports.KeyStore`` on DynamoDB."""

from secondsource.aws import keys
from secondsource.aws.codec import pack, unpack
from secondsource.aws.documents import Pointer
from secondsource.aws.room import Room
from secondsource.errors import Conflict
from secondsource.model import ApiKey
from secondsource.stored import is_id, place, stamp


class DynamoKeys(Room):
    """API keys, each one document outside the tenants' partitions, and one list of them a tenant."""

    def put_key(self, key: ApiKey) -> None:
        """As ``ports.KeyStore``."""
        entry = Pointer(keys.api_keys(key.tenant), place(key.created_at, key.key_id), {"key_id": key.key_id})
        stored = self._documents.put(
            keys.api_key(key.key_id),
            pack(key),
            {"type": "api_key", "tenant": key.tenant, "key_id": key.key_id},
            [entry],
            may_replace=lambda head: bool(head.item["tenant"] == key.tenant),
            also=("tenant",),
        )
        if not stored:
            raise Conflict("Another tenant has a key of this id.")

    def get_key(self, key_id: str) -> ApiKey | None:
        """As ``ports.KeyStore``; consistently read, so that a key that was revoked is so at once."""
        if not is_id(key_id):
            return None
        document = self._documents.read(keys.api_key(key_id))
        return None if document is None else unpack(ApiKey, document.content)

    def list_keys(self, tenant: str) -> tuple[ApiKey, ...]:
        """As ``ports.KeyStore``, oldest first, the revoked among them."""
        if not is_id(tenant):
            return ()
        pointers = self._table.query(keys.api_keys(tenant))
        documents = self._documents.read_many(keys.api_key(pointer["key_id"]) for pointer in pointers)
        found = [unpack(ApiKey, document.content) for document in documents.values()]
        return tuple(
            sorted((key for key in found if key.tenant == tenant), key=lambda key: (stamp(key.created_at), key.key_id))
        )
