"""Lambda entry: the register of actors and their interests."""

from typing import Any

from functions.register import actors
from secondsource import wiring
from secondsource.web import edge
from secondsource.web.logs import logger as logger_of

logger = logger_of("register")
metrics = edge.metrics("register")
app = edge.resolver()
app.include_router(actors.router)


def admit(tenant: str) -> None:
    """Count a call of the tenant, or raise TooManyRequests."""
    wiring.current().limits.admit(tenant)


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return edge.Edge(app, logger, metrics, wiring.current().settings.origins, admit)(event, context)
