"""Requests that came with an Idempotency-Key, remembered in the one table by Powertools' idempotency utility."""

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.idempotency.persistence.dynamodb import DynamoDBPersistenceLayer

from secondsource.aws import keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class RequestRecords(DynamoDBPersistenceLayer):
    """Powertools' records, each in a partition of its own tenant: the utility alone would put all of them in one.

    The utility names a record ``<prefix>#<digest>``; the prefix here is the tenant's id.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        super().__init__(
            table_name=table,
            key_attr="PK",
            sort_key_attr="SK",
            expiry_attr="expires_at",
            in_progress_expiry_attr="in_progress_until",
            boto3_client=client,
        )

    def _get_key(self, idempotency_key: str) -> dict[str, Any]:
        tenant, _, digest = idempotency_key.partition(keys.SEPARATOR)
        key = keys.request(tenant, digest)
        return {"PK": {"S": key.partition}, "SK": {"S": key.sort}}
