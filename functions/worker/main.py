"""Lambda entry: jobs from the queue, and names of which more is known now.

What failed is handed back to SQS, message by message (partial batch responses); after three times it goes to the
dead-letter queue, and its job is marked as failed then. A job that can never succeed fails at once; one whose page may
be there later is put off by a new message. Of the articles that name somebody one page is counted, and the next sent
on.
"""

from typing import Any, Final

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from secondsource import wiring
from secondsource.aws.queue import DeliveryMessage, Message, NameMessage, read_message
from secondsource.errors import FetchFailed, InvalidInput, SecondSourceError, Unavailable
from secondsource.web import edge
from secondsource.web.logs import describe
from secondsource.web.logs import logger as logger_of
from secondsource.web.problem import INTERNAL_DETAIL

logger = logger_of("worker")
metrics = edge.metrics("worker")
# A batch that failed as a whole is reported like any other; raised, it would be logged with its errors' messages.
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

MILLISECONDS_A_JOB: Final = 20_000
"""A fetch takes 10 s at most and the longest article a few; with less time left a job is not begun."""

MAX_RECEIVES: Final = 3
"""As template.yaml says: what is handed back for the third time goes to the dead-letter queue."""


def run(record: SQSRecord, lambda_context: Any) -> None:
    """Do one job, or count the articles of a name. Whatever is raised hands the message back."""
    message: Message | NameMessage | None = None
    try:
        if lambda_context.get_remaining_time_in_millis() < MILLISECONDS_A_JOB:
            raise Unavailable("Not enough time is left for this job.")
        found = read_message(record.body)
        if isinstance(found, DeliveryMessage):
            raise InvalidInput("Deliveries have a queue of their own.")
        message = found
        if isinstance(message, NameMessage):
            _count(message)
            return
        try:
            job = wiring.current().annotate.run_job(*message)
        except FetchFailed as failure:
            _put_off(message, failure)
            return
    except Exception as error:
        logger.warning("handed back", extra={"message_id": record.message_id, **describe(error)})
        if isinstance(message, Message) and int(record.attributes.approximate_receive_count) >= MAX_RECEIVES:
            _give_up(message, error)
        raise
    code = job.error.code if job.error else None
    logger.info("done", extra={"job": job.id, "status": job.status.value, "code": code})
    metrics.add_metric(name=f"Jobs{job.status.value.capitalize()}", unit="Count", value=1)


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Do the jobs of one batch; answer which messages are to come again."""
    failures: dict[str, Any] = dict(
        process_partial_response(event=event, record_handler=run, processor=processor, context=context)
    )
    metrics.add_metric(name="JobsHandedBack", unit="Count", value=len(failures["batchItemFailures"]))
    return failures


def _count(message: NameMessage) -> None:
    """Count the claims of one page of the articles that name somebody, and send the next page on."""
    from secondsource.services.mentioned import recount_page  # who only fetches needs none of what counts

    services = wiring.current()
    following = recount_page(services.store, services.clock, *message)
    if following is not None:
        services.queue.send_name(message.tenant, message.named, following)
    logger.info("counted", extra={"more": following is not None})
    metrics.add_metric(name="PagesCounted", unit="Count", value=1)


def _put_off(message: Message, failure: FetchFailed) -> None:
    """Have a job tried again whose page could not be fetched just now."""
    wiring.current().annotate.put_off_job(*message, failure)
    logger.info("put off", extra={"job": message.job_id, "code": failure.code})
    metrics.add_metric(name="JobsPutOff", unit="Count", value=1)


def _give_up(message: Message, error: Exception) -> None:
    """Say at the job why nobody works on it any more; the message goes to the dead-letter queue all the same."""
    code, detail = SecondSourceError.code, INTERNAL_DETAIL
    if isinstance(error, SecondSourceError) and error.code != code:
        code, detail = error.code, str(error)
    try:
        wiring.current().annotate.fail_job(*message, code, detail)
    except Exception as failure:
        logger.error("not marked as failed", extra={"job": message.job_id, **describe(failure)})
