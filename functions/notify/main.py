"""Lambda entry: what the table's stream tells of, and callbacks that are due.

Whoever writes an occurrence counts its record himself, so that who asks next is told the truth. This function counts
it again, once a batch, for the sake of a writer that stopped in between. Where more or less is known of somebody than
before, because an actor of the register has changed or an article that states something of him has been deleted, it
sends his names to the worker, who counts the claims of the articles that name him. An event becomes a delivery for each
endpoint that wants to know of it, and waits in a queue. What failed is handed back by its place in the stream: Lambda
sends all from there on again.

Callbacks are sent when the queue of deliveries says so: one at a time, for an endpoint may take twenty seconds to fail,
and the stream must not wait for it.
"""

from typing import Any, Final

from secondsource import wiring
from secondsource.aws.queue import DeliveryMessage, read_message
from secondsource.aws.stream import Named, Told, Touched, touched
from secondsource.errors import InvalidInput, NotAllStored, Unavailable
from secondsource.model import ClaimRecord, Webhook
from secondsource.services.recount import Signed, recount
from secondsource.stored import digest
from secondsource.web import edge
from secondsource.web.logs import describe
from secondsource.web.logs import logger as logger_of

logger = logger_of("notify")
metrics = edge.metrics("notify")

MILLISECONDS_A_CLAIM: Final = 15_000
"""The claim that most articles carry takes seconds, and DynamoDB may have to be asked again; with less time left a
claim is not begun."""

MILLISECONDS_A_DELIVERY: Final = 30_000
"""An endpoint has twenty seconds to answer; with less time left a try is not begun."""


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Do one batch of the stream, or of the queue of deliveries; answer what is to come again."""
    if event["Records"] and event["Records"][0].get("eventSource") == "aws:sqs":
        return _deliver_all(event["Records"], context)
    return _count_all(event["Records"], context)


def _count_all(records: list[dict[str, Any]], context: Any) -> dict[str, Any]:
    """Count the claims of one batch, each once, and send its names and events on; from where on is it to come again?"""
    claims: dict[Touched, str] = {}
    names: dict[tuple[str, str], str] = {}
    events: dict[Told, str] = {}
    failed: list[str] = []
    for record in records:
        place = record["dynamodb"]["SequenceNumber"]
        try:
            match touched(record):
                case Named(tenant, known):
                    names = {**{(tenant, name): place for name in known}, **names}
                case Told() as told:
                    events.setdefault(told, place)
                case claim:
                    claims.setdefault(claim, place)
        except InvalidInput as error:
            logger.error("not understood", extra={"place": place, **describe(error)})
            failed.append(place)
    for (tenant, name), place in names.items():
        try:
            _send(tenant, name)
        except Exception as error:
            logger.warning("handed back", extra={"place": place, **describe(error)})
            failed.append(place)
    endpoints: dict[str, tuple[Webhook, ...]] = {}
    for told, place in events.items():
        try:
            if told.tenant not in endpoints:
                endpoints[told.tenant] = wiring.current().deliver.endpoints(told.tenant)
            wiring.current().deliver.announce(*told, endpoints[told.tenant])
        except Exception as error:
            logger.warning("handed back", extra={"event": told.event_id, "place": place, **describe(error)})
            failed.append(place)
    for tenant in dict.fromkeys(claim.tenant for claim in claims):
        failed += _count(tenant, {i: place for (whose, i), place in claims.items() if whose == tenant}, context)
    metrics.add_metric(name="ClaimsCounted", unit="Count", value=len(claims))
    metrics.add_metric(name="RecordsHandedBack", unit="Count", value=len(failed))
    # Lambda takes the lowest of them, and sends all from there on again.
    return {"batchItemFailures": [{"itemIdentifier": place} for place in sorted(failed, key=int)]}


def _count(tenant: str, claims: dict[str, str], context: Any) -> list[str]:
    """Count claims of a tenant; answers the places in the stream of those that failed."""
    store, clock = wiring.current().store, wiring.current().clock
    failed: list[str] = []
    signed: Signed = {}
    places: dict[str, str] = {}  # by the record that was counted: of a merged claim that is what it became
    read: dict[str, ClaimRecord] | None = None
    for claim_id, place in claims.items():
        try:
            if context.get_remaining_time_in_millis() < MILLISECONDS_A_CLAIM:
                raise Unavailable("Not enough time is left for this claim.")
            if read is None:
                read = store.get_claims(tenant, list(claims))
            counted = recount(store, clock, tenant, claim_id, read=read, signed=signed)
            if counted is not None:
                places.setdefault(counted.claim_id, place)
        except Exception as error:
            logger.warning("handed back", extra={"claim": claim_id, "place": place, **describe(error)})
            failed.append(place)
    try:
        store.put_signatures(tenant, signed)
    except Exception as error:
        back = [places[i] for i in (error.ids if isinstance(error, NotAllStored) else signed)]
        logger.warning("handed back", extra={"claims": len(back), "places": back, **describe(error)})
        failed += back
    return failed


def _send(tenant: str, name: str) -> None:
    """Have the claims of all articles that name somebody counted; most names of a register are in none."""
    named = digest(name)
    if wiring.current().store.articles_named(tenant, named, 1).items:
        wiring.current().queue.send_name(tenant, named)


def _deliver_all(records: list[dict[str, Any]], context: Any) -> dict[str, Any]:
    """Make the try that each message asks for; what raises is handed back."""
    failed: list[str] = []
    for record in records:
        try:
            if context.get_remaining_time_in_millis() < MILLISECONDS_A_DELIVERY:
                raise Unavailable("Not enough time is left for this try.")
            message = read_message(record["body"])
            if not isinstance(message, DeliveryMessage):
                raise InvalidInput("The message names no delivery.")
            delivery = wiring.current().deliver.attempt(*message)
        except Exception as error:
            logger.warning("handed back", extra={"message_id": record["messageId"], **describe(error)})
            failed.append(record["messageId"])
            continue
        if delivery is not None:
            shown = {"tenant": message.tenant, "webhook": delivery.webhook_id, "delivery": delivery.id}
            became = {"status": delivery.status.value, "tried": delivery.tried, "reason": delivery.reason}
            logger.info("delivery", extra={**shown, **became})
            metrics.add_metric(name=f"Deliveries{delivery.status.value.capitalize()}", unit="Count", value=1)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}
