"""``ports.Queue`` on SQS, and how the worker reads what came from it."""

import json
from typing import TYPE_CHECKING, NamedTuple

from secondsource.aws.faults import translated
from secondsource.errors import InvalidInput, Unavailable
from secondsource.stored import is_id, require_ids

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST_DELAY_SECONDS = 900
"""SQS delays a message no longer than 15 minutes."""


class Message(NamedTuple):
    """Which job is to be done, and whose."""

    tenant: str
    job_id: str


class NameMessage(NamedTuple):
    """Of whom more is known, by the digest of the name, whose articles are to be counted, and from where on."""

    tenant: str
    named: str
    cursor: str | None


class DeliveryMessage(NamedTuple):
    """Which delivery is to be tried that has been tried so often, and whose."""

    tenant: str
    delivery_id: str
    tried: int


class SqsQueue:
    """Sends jobs, by id alone: what is to be done is stored with the job. And names, by digest, each with a place in a
    list.

    Deliveries go to a queue of their own (``deliveries_url``), so that endpoints that do not answer keep no article
    waiting.
    """

    def __init__(self, client: "SQSClient", url: str, deliveries_url: str = "") -> None:
        self._client = client
        self._url = url
        self._deliveries_url = deliveries_url

    def send(self, tenant: str, job_id: str, delay_seconds: int = 0) -> None:
        """As ``ports.Queue``; a delay beyond what SQS can do is cut. Raises Unavailable."""
        require_ids(tenant, job_id)
        delay = max(0, min(delay_seconds, LONGEST_DELAY_SECONDS))
        body = json.dumps({"tenant": tenant, "job_id": job_id})
        with translated():
            self._client.send_message(QueueUrl=self._url, MessageBody=body, DelaySeconds=delay)

    def send_name(self, tenant: str, named: str, cursor: str | None = None) -> None:
        """As ``ports.Queue``. Raises Unavailable."""
        require_ids(tenant, named)
        body = json.dumps({"tenant": tenant, "named": named, "cursor": cursor})
        with translated():
            self._client.send_message(QueueUrl=self._url, MessageBody=body)

    def send_delivery(self, tenant: str, delivery_id: str, tried: int, delay_seconds: int = 0) -> None:
        """As ``ports.Queue``; a delay beyond what SQS can do is cut. Raises Unavailable."""
        require_ids(tenant, delivery_id)
        if not self._deliveries_url:
            raise Unavailable("There is no queue for callbacks.")
        delay = max(0, min(delay_seconds, LONGEST_DELAY_SECONDS))
        body = json.dumps({"tenant": tenant, "delivery_id": delivery_id, "tried": tried})
        with translated():
            self._client.send_message(QueueUrl=self._deliveries_url, MessageBody=body, DelaySeconds=delay)


def read_message(body: str) -> Message | NameMessage | DeliveryMessage:
    """What ``SqsQueue`` wrote. Raises InvalidInput for any other text."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("The message is not JSON.") from error
    if not isinstance(content, dict) or not is_id(content.get("tenant")):
        raise InvalidInput("The message names no tenant.")
    named, cursor = content.get("named"), content.get("cursor")
    if isinstance(named, str) and is_id(named) and (cursor is None or isinstance(cursor, str)):
        return NameMessage(content["tenant"], named, cursor)
    tried = content.get("tried")
    if is_id(content.get("delivery_id")) and isinstance(tried, int) and tried >= 0:
        return DeliveryMessage(content["tenant"], content["delivery_id"], tried)
    if not is_id(content.get("job_id")):
        raise InvalidInput("The message names no job.")
    return Message(content["tenant"], content["job_id"])
