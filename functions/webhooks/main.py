"""Lambda entry: webhooks, in and out."""

from typing import Any

from functions.webhooks import incoming
from secondsource import wiring
from secondsource.web import edge
from secondsource.web.logs import logger as logger_of

logger = logger_of("webhooks")
metrics = edge.metrics("webhooks")
app = edge.resolver()
app.include_router(incoming.router)


def admit(tenant: str) -> None:
    """Count a call of the tenant, or raise TooManyRequests."""
    wiring.current().limits.admit(tenant)


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return edge.Edge(app, logger, metrics, wiring.current().settings.origins, admit)(event, context)
