"""``ports.DeadLetters`` on SQS: jobs that the worker gave up, and batches of the stream that could not be counted."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from secondsource.aws.faults import translated
from secondsource.aws.queue import DeliveryMessage, NameMessage, read_message
from secondsource.aws.stream import Batch, Named, Told, Touched, touched_by
from secondsource.errors import InvalidInput, SecondSourceError
from secondsource.ports import DeadLetter
from secondsource.stored import digest

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MOST_AT_ONCE: Final = 10
"""SQS hands out no more."""
HIDDEN_SECONDS: Final = 600
"""So long nobody else gets those that were handed out: ten batches of fifty claims, a second each."""
WAIT_SECONDS: Final = 1
"""SQS asks all its servers only when it may wait, and else may miss what is there."""


class SqsDeadLetters:
    """The letters of one dead-letter queue; ``streams`` is a client of the table's stream."""

    def __init__(self, client: "SQSClient", streams: Any, url: str) -> None:
        self._client, self._streams, self._url = client, streams, url

    def __iter__(self) -> Iterator[DeadLetter]:
        """As ``ports.DeadLetters``; ends when there is none that was not handed out before. Raises Unavailable."""
        seen: set[str] = set()
        while True:
            with translated():
                answer = self._client.receive_message(
                    QueueUrl=self._url,
                    MaxNumberOfMessages=MOST_AT_ONCE,
                    VisibilityTimeout=HIDDEN_SECONDS,
                    WaitTimeSeconds=WAIT_SECONDS,
                )
            messages = answer.get("Messages", [])
            new = [message for message in messages if message["MessageId"] not in seen]
            for message in messages:
                letter = DeadLetter(message["ReceiptHandle"])
                if message["MessageId"] in seen:
                    self.put_back(letter)
                else:
                    seen.add(message["MessageId"])
                    yield self._read(letter, message["Body"])
            if not new:
                return

    def remove(self, letter: DeadLetter) -> None:
        """As ``ports.DeadLetters``. Raises Unavailable."""
        with translated():
            self._client.delete_message(QueueUrl=self._url, ReceiptHandle=letter.receipt)

    def put_back(self, letter: DeadLetter) -> None:
        """As ``ports.DeadLetters``. Raises Unavailable."""
        with translated():
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=letter.receipt, VisibilityTimeout=0
            )

    def _read(self, letter: DeadLetter, body: str) -> DeadLetter:
        try:
            batch = _batch(body)
            if batch is None:
                match read_message(body):
                    case NameMessage(tenant, named, _):
                        return letter._replace(named=((tenant, named),))
                    case DeliveryMessage(tenant, delivery_id, _):
                        return letter._replace(delivery=(tenant, delivery_id))
                    case job:
                        return letter._replace(job=job)
            woken = touched_by(self._streams, batch)
        except SecondSourceError as error:
            return letter._replace(reason=str(error))
        names = ((known.tenant, digest(name)) for known in woken if isinstance(known, Named) for name in known.names)
        return letter._replace(
            claims=tuple(claim for claim in woken if isinstance(claim, Touched)),
            named=tuple(dict.fromkeys(names)),
            events=tuple(event for event in woken if isinstance(event, Told)),
        )


def _batch(body: str) -> Batch | None:
    """Which records Lambda could not give to functions/notify; None for what is no such message.

    Raises InvalidInput for one that names no place in a stream.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(found := content.get("DDBStreamBatchInfo"), dict):
        return None
    names = ("streamArn", "shardId", "startSequenceNumber", "endSequenceNumber")
    places = [str(found.get(name, "")) for name in names]
    if not all(places) or not all(place.isdigit() for place in places[2:]):
        raise InvalidInput("The message names no place in a stream.")
    return Batch(*places)
