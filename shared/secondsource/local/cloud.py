"""AWS in this process, by moto: the table with its stream, the queue with its dead-letter queue, and what drains both.

With an endpoint URL the table is at any server that answers like DynamoDB; the queue is here all the same. A server
that has no streams goes without: whoever writes counts, and only what a crash left behind stays uncounted.
"""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Self, TypeVar

from moto import mock_aws
from moto.core.models import botocore_stubber

from secondsource import wiring
from secondsource.aws import clients, schema
from secondsource.aws.faults import translated
from secondsource.aws.queue import SqsQueue
from secondsource.corpus.signature import Embed
from secondsource.errors import SecondSourceError
from secondsource.local import quick
from secondsource.local.gateway import ACCOUNT, REGION, Handler, LambdaContext
from secondsource.local.stream import MILLISECONDS as NOTIFY_MILLISECONDS
from secondsource.local.stream import Stream
from secondsource.model import Claim, Limits
from secondsource.ports import Clock, Fetcher, Poster
from secondsource.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

    from secondsource.services.annotate import Analyser

T = TypeVar("T")
Arguments = ParamSpec("Arguments")

TABLE: Final = "second-source"
QUEUE: Final = "second-source-jobs"
DELIVERIES: Final = "second-source-deliveries"
DEAD_LETTERS: Final = "second-source-jobs-dead"

MAX_RECEIVES: Final = 3
"""As in template.yaml: after this many attempts a message goes to the dead-letter queue."""
VISIBILITY_SECONDS: Final = 540
"""As in template.yaml: six times the worker's timeout."""
DELIVERY_VISIBILITY_SECONDS: Final = 360
"""As in template.yaml: six times the timeout of functions/notify."""
WORKER_MILLISECONDS: Final = 90_000
"""As in template.yaml: the worker's timeout."""
BATCH: Final = 4
"""As in template.yaml: messages a worker gets at once."""

RETRY_SECONDS: Final = 2
"""How soon a message that was handed back comes again here, and a job that was put off; a person at a terminal does not
wait for minutes."""
IDLE_SECONDS: Final = 1.0
"""How often the queue is looked at when nothing was sent: for messages that were delayed or handed back."""


class Cloud(AbstractContextManager["Cloud"]):
    """While it is open, ``wiring.current()`` works on it.

    Parameters
    ----------
    worker
        The handler that the queue's messages are given to, in batches.
    notify
        The handler that the stream's records are given to, in batches; with None nobody reads the stream.
    endpoint_url
        Where the table is; in this process when None.
    origins
        Those that may call from a web page.
    limits
        Of tenants of whom nothing else has been decided; none by default.
    analyser, sentences, embed, fetcher, poster, clock
        In place of the real ones.
    background
        Whether a thread drains queue and stream; if not, ``drain`` does.
    retry_seconds
        How soon a message that was handed back comes again, and a job that was put off.
    """

    def __init__(
        self,
        worker: Callable[[], Handler],
        *,
        notify: Callable[[], Handler] | None = None,
        endpoint_url: str | None = None,
        origins: tuple[str, ...] = (),
        limits: Limits | None = None,
        analyser: "Analyser | None" = None,
        sentences: Callable[[str], Claim | None] | None = None,
        embed: Embed | None = None,
        fetcher: Fetcher | None = None,
        poster: Poster | None = None,
        clock: Clock | None = None,
        background: bool = True,
        retry_seconds: int = RETRY_SECONDS,
    ) -> None:
        self._retry_seconds = retry_seconds
        self._worker = worker
        self._notify = notify
        self._stream: Stream | None = None
        self._background = background
        self._endpoint_url = endpoint_url
        self._origins = origins
        self._limits = limits or Limits()
        models, lock = wiring.LazyAnalyser(), threading.Lock()
        self._analyser = _one_call_at_a_time(analyser or models, lock)
        self._sentences = _one_call_at_a_time(sentences or models.sentence, lock)
        self._embed = embed
        self._fetcher = fetcher
        self._poster = poster
        self._clock = clock
        self._sent = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._drain_until_closed, name="worker", daemon=True)
        self.queue_url = self.deliveries_url = ""

    def __enter__(self) -> Self:
        self._credentials = _give_credentials()
        elsewhere = ["dynamodb", "dynamodbstreams"] if self._endpoint_url else []
        self._moto = mock_aws(
            config={
                "core": {
                    "mock_credentials": False,
                    "passthrough": {"urls": [], "services": elsewhere},
                    "reset_boto3_session": True,
                    "service_whitelist": None,
                }
            }
        )
        quick.install()
        self._moto.start()
        try:
            self._open()
        except BaseException:
            self._moto.stop()
            raise
        if self._background:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._sent.set()
        if self._background:
            self._thread.join()
        wiring.use(self._previous)
        self._moto.stop()
        for name in self._credentials:
            os.environ.pop(name, None)

    def drain(self) -> int:
        """Give the worker all messages that are due now, then drain the stream; answers how many messages it did.

        And so again, as long as the stream gives rise to messages.
        """
        done = self._drain_queue()
        if self._stream is not None:
            with suppress(SecondSourceError), translated():  # a server that is out of reach is asked again
                while self._stream.drain() and (more := self._drain_queue()):
                    done += more
        self._drain_deliveries()
        return done

    def _drain_queue(self) -> int:
        done = 0
        while batch := self._receive(self.queue_url, BATCH):
            done += self._work(
                batch, self.queue_url, self._worker, LambdaContext("worker", milliseconds=WORKER_MILLISECONDS)
            )
        return done

    def _drain_deliveries(self) -> None:
        """Give functions/notify the deliveries that are due now, one at a time, as in AWS."""
        if self._notify is None:
            return
        while batch := self._receive(self.deliveries_url, 1):
            context = LambdaContext("notify", milliseconds=NOTIFY_MILLISECONDS)
            self._work(batch, self.deliveries_url, self._notify, context)

    def _open(self) -> None:
        dynamodb = clients.dynamodb(REGION, self._endpoint_url)
        streams = clients.streams(REGION, self._endpoint_url)
        self.sqs = clients.sqs(REGION)
        lock = threading.Lock()
        for client in (dynamodb, streams, self.sqs):
            _one_at_a_time(client, lock)
        schema.create_table(dynamodb, TABLE)
        arn = dynamodb.describe_table(TableName=TABLE)["Table"].get("LatestStreamArn")
        if self._notify is not None and arn is not None:
            self._stream = self._found(streams, arn, self._notify)
        self.queue_url, self.deliveries_url = _make_queues(self.sqs)
        settings = Settings(
            table=TABLE,
            queue_url=self.queue_url,
            deliveries_url=self.deliveries_url,
            endpoint_url=self._endpoint_url,
            origins=self._origins,
            limits=self._limits,
        )
        self.wiring = wiring.Wiring(
            settings,
            dynamodb=dynamodb,
            queue=_WakingQueue(
                SqsQueue(self.sqs, self.queue_url, self.deliveries_url), self._sent, self._retry_seconds
            ),
            fetcher=self._fetcher,
            poster=self._poster,
            analyser=self._analyser,
            sentences=self._sentences,
            embed=self._embed,
            clock=self._clock,
        )
        self._previous = wiring.use(self.wiring)

    def _found(self, client: Any, arn: str, function: Callable[[], Handler]) -> Stream | None:
        """The stream; None where another server has the table, and it has no streams."""
        if self._endpoint_url is None:
            return Stream(client, arn, function)
        with suppress(SecondSourceError), translated():
            client.describe_stream(StreamArn=arn)
            return Stream(client, arn, function)
        return None

    def _drain_until_closed(self) -> None:
        while not self._closing.is_set():
            self._sent.wait(IDLE_SECONDS)
            self._sent.clear()
            if not self._closing.is_set():
                self.drain()

    def _receive(self, url: str, most: int) -> list[Any]:
        answer = self.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=most,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return list(answer.get("Messages", []))

    def _work(self, batch: list[Any], url: str, function: Callable[[], Handler], context: LambdaContext) -> int:
        """As Lambda's event source mapping does: delete what was done, leave what was handed back."""
        event = {"Records": [record_of(message) for message in batch]}
        try:
            answer = function()(event, context)
            handed_back = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        except Exception:
            # A function that raises has done nothing of its batch, as far as Lambda knows.
            handed_back = {message["MessageId"] for message in batch}
        for message in batch:
            where = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in handed_back:
                self.sqs.change_message_visibility(**where, VisibilityTimeout=self._retry_seconds)
            else:
                self.sqs.delete_message(**where)
        return len(batch) - len(handed_back)


class _WakingQueue:
    """``ports.Queue`` that wakes the worker, and puts no job off for longer than ``retry_seconds``."""

    def __init__(self, queue: SqsQueue, sent: threading.Event, retry_seconds: int) -> None:
        self._queue, self._sent, self._retry_seconds = queue, sent, retry_seconds

    def send(self, tenant: str, job_id: str, delay_seconds: int = 0) -> None:
        """As ``ports.Queue``."""
        self._queue.send(tenant, job_id, min(delay_seconds, self._retry_seconds))
        self._sent.set()

    def send_name(self, tenant: str, named: str, cursor: str | None = None) -> None:
        """As ``ports.Queue``."""
        self._queue.send_name(tenant, named, cursor)
        self._sent.set()

    def send_delivery(self, tenant: str, delivery_id: str, tried: int, delay_seconds: int = 0) -> None:
        """As ``ports.Queue``."""
        self._queue.send_delivery(tenant, delivery_id, tried, delay_seconds)
        self._sent.set()


def _one_call_at_a_time(function: Callable[Arguments, T], lock: threading.Lock) -> Callable[Arguments, T]:
    """A function that request and worker share: in Lambda each has its own."""

    def locked(*arguments: Arguments.args, **named: Arguments.kwargs) -> T:
        with lock:
            return function(*arguments, **named)

    return locked


def record_of(message: Any) -> dict[str, Any]:
    """A received message as Lambda's event source mapping gives it to a function."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {
            name: {key[:1].lower() + key[1:]: value for key, value in attribute.items()}
            for name, attribute in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": _arn(QUEUE),
        "awsRegion": REGION,
    }


def _make_queues(sqs: "SQSClient") -> tuple[str, str]:
    """Where jobs wait, and where deliveries do."""
    sqs.create_queue(QueueName=DEAD_LETTERS)
    redrive = f'{{"deadLetterTargetArn": "{_arn(DEAD_LETTERS)}", "maxReceiveCount": {MAX_RECEIVES}}}'

    def make(name: str, seconds: int) -> str:
        attributes = {"RedrivePolicy": redrive, "VisibilityTimeout": str(seconds)}
        return sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]  # type: ignore[arg-type]

    return make(QUEUE, VISIBILITY_SECONDS), make(DELIVERIES, DELIVERY_VISIBILITY_SECONDS)


def _arn(queue: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"


def _give_credentials() -> tuple[str, ...]:
    """Set what is missing: the clients sign their calls, and nobody here checks. Answers the variables set."""
    missing = tuple(name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not os.environ.get(name))
    os.environ.update(dict.fromkeys(missing, "local"))
    return missing


def _one_at_a_time(client: Any, lock: threading.Lock) -> None:
    """Let one call through at a time: moto checks a condition and writes in two steps."""

    def locked(**arguments: Any) -> Any:
        with lock:
            return botocore_stubber(**arguments)

    client.meta.events.unregister("before-send", botocore_stubber)
    client.meta.events.register("before-send", locked)
