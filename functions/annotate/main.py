"""Lambda entry: articles handed in, and sentences looked up."""

from typing import Any

from functions.annotate import articles, claims
from secondsource import wiring
from secondsource.web import edge
from secondsource.web.logs import logger as logger_of

logger = logger_of("annotate")
metrics = edge.metrics("annotate")
app = edge.resolver()
for part in (articles, claims):
    app.include_router(part.router)


def admit(tenant: str) -> None:
    """Count a call of the tenant, or raise TooManyRequests; storage is first looked for when there is a tenant."""
    wiring.current().limits.admit(tenant)


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request."""
    return edge.Edge(app, logger, metrics, wiring.current().settings.origins, admit)(event, context)
