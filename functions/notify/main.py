"""Lambda entry: what the table's stream tells of.

Whoever writes an occurrence counts its record himself, so that who asks next is told the truth. This function counts
it again, once a batch, for the sake of a writer that stopped in between. Where more or less is known of somebody than
before, because an actor of the register has changed or an article that states something of him has been deleted, it
sends his names to the worker, who counts the claims of the articles that name him. What failed is handed back by its
place in the stream: Lambda sends all from there on again.
"""

from typing import Any, Final

from secondsource import wiring
from secondsource.aws.stream import Named, Touched, touched
from secondsource.errors import InvalidInput, Unavailable
from secondsource.services.recount import recount
from secondsource.web import edge
from secondsource.web.logs import describe
from secondsource.web.logs import logger as logger_of

logger = logger_of("notify")
metrics = edge.metrics("notify")

MILLISECONDS_A_CLAIM: Final = 15_000
"""The claim that most articles carry takes seconds, and DynamoDB may have to be asked again; with less time left a
claim is not begun."""


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Count the claims of one batch, each once, and send its names; answer from where on it is to come again."""
    claims: dict[Touched, str] = {}
    names: dict[tuple[str, str], str] = {}
    failed: list[str] = []
    for record in event["Records"]:
        place = record["dynamodb"]["SequenceNumber"]
        try:
            match touched(record):
                case Named(tenant, known):
                    names = {**{(tenant, name): place for name in known}, **names}
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
    for claim, place in claims.items():
        try:
            if context.get_remaining_time_in_millis() < MILLISECONDS_A_CLAIM:
                raise Unavailable("Not enough time is left for this claim.")
            recount(wiring.current().store, wiring.current().clock, *claim)
        except Exception as error:
            logger.warning("handed back", extra={"claim": claim.claim_id, "place": place, **describe(error)})
            failed.append(place)
    metrics.add_metric(name="ClaimsCounted", unit="Count", value=len(claims))
    metrics.add_metric(name="RecordsHandedBack", unit="Count", value=len(failed))
    # Lambda takes the lowest of them, and sends all from there on again.
    return {"batchItemFailures": [{"itemIdentifier": place} for place in sorted(failed, key=int)]}


def _send(tenant: str, name: str) -> None:
    """Have the claims of all articles that name somebody counted; most names of a register are in none."""
    if wiring.current().store.mentions(tenant, name, 1).items:
        wiring.current().queue.send_name(tenant, name)
