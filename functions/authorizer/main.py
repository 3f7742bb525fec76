"""Lambda entry: whose API key a request came with (a REQUEST authorizer of API Gateway).

A key that does not hold is denied by policy, not by raising: API Gateway answers both with the same 401, but a raised
error would count as a failure of this function. It raises only when no key can be looked up; the gateway answers that
with 503 and Retry-After.
"""

from typing import Any

from secondsource import wiring
from secondsource.errors import Unauthorized
from secondsource.services.keys import authenticate
from secondsource.web import edge
from secondsource.web.logs import describe
from secondsource.web.logs import logger as logger_of
from secondsource.web.request import Request

logger = logger_of("authorizer")
metrics = edge.metrics("authorizer")


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Allow the request with tenant and scopes in its context, or deny it."""
    request = Request(event)
    key = request.header("authorization") or request.header("x-api-key") or ""
    try:
        tenant = authenticate(wiring.current().store, key)
    except Unauthorized:
        logger.info("denied")
        metrics.add_metric(name="Denied", unit="Count", value=1)
        return _policy("unknown", "Deny", event["methodArn"])
    except Exception as error:
        logger.error("failed", extra=describe(error))
        metrics.add_metric(name="Failed", unit="Count", value=1)
        raise RuntimeError("the key could not be looked up") from None
    metrics.add_metric(name="Allowed", unit="Count", value=1)
    scopes = " ".join(scope.value for scope in tenant.scopes)
    known = {"tenant": tenant.id, "scopes": scopes, "label": tenant.label}
    return {**_policy(tenant.id, "Allow", event["methodArn"]), "context": known}


def _policy(principal: str, effect: str, resource: str) -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}
    return {"principalId": principal, "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
