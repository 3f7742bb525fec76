"""Webhooks to which callbacks go: registering them, and what has become of each delivery."""

from datetime import timedelta
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.errors import UnprocessableInput
from secondsource.web.answers import answer, no_content
from secondsource.web.describe import (
    BODY_PROBLEMS,
    COMMON_PROBLEMS,
    Cursor,
    DeliveryId,
    Limit,
    WebhookId,
    answers,
)
from secondsource.web.edge import caller, request_of
from secondsource.web.messages import DEFAULT_LIMIT
from secondsource.web.webhooks import (
    DeliveryOut,
    DeliveryPage,
    OutgoingChange,
    OutgoingIn,
    OutgoingOut,
    OutgoingPage,
    SecretIn,
    made,
)

router = Router()

_TAGS = ["Webhooks"]


@router.post(
    "/v1/webhooks",
    summary="Register an endpoint to which callbacks go",
    description=(
        "Signed by Standard Webhooks, tried for some 18 hours. The secret is in the answer, and is never shown again. "
        "Links in callbacks begin with the address that this request was sent to."
    ),
    tags=_TAGS,
    operation_id="registerWebhook",
    responses=answers({201: OutgoingOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS), {201: ("Location",)}),
)
def register(body: Annotated[OutgoingIn, Body()]) -> Response[str]:
    """Answer the webhook with its secret."""
    request = request_of(router)
    found = wiring.current().webhooks.register_outgoing(
        caller(router), body.url, body.types, api_url=request.base_url, label=body.label
    )
    headers = {"Location": f"{request.prefix}/v1/webhooks/{found.webhook.id}"}
    return answer(made(found, request.prefix), 201, headers=headers)


@router.get(
    "/v1/webhooks",
    summary="List the endpoints to which callbacks go",
    tags=_TAGS,
    operation_id="listWebhooks",
    responses=answers({200: OutgoingPage}, COMMON_PROBLEMS),
)
def list_all() -> Response[str]:
    """Answer all of them, without their secrets."""
    prefix = request_of(router).prefix
    found = wiring.current().webhooks.list(caller(router), "outgoing")
    return answer(OutgoingPage(items=tuple(OutgoingOut.of(one, prefix) for one in found)).model_dump_json())


@router.get(
    "/v1/webhooks/<webhook_id>",
    summary="Read an endpoint to which callbacks go",
    tags=_TAGS,
    operation_id="getWebhook",
    responses=answers({200: OutgoingOut}, (*COMMON_PROBLEMS, 404)),
)
def get(webhook_id: WebhookId) -> Response[str]:
    """Answer it without its secrets."""
    found = wiring.current().webhooks.get(caller(router), webhook_id, "outgoing")
    return answer(OutgoingOut.of(found, request_of(router).prefix).model_dump_json())


@router.patch(
    "/v1/webhooks/<webhook_id>",
    summary="Change an endpoint to which callbacks go",
    description="What is left out stays. One that answered 410 is enabled again with `enabled`.",
    tags=_TAGS,
    operation_id="changeWebhook",
    responses=answers({200: OutgoingOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS, 404)),
)
def change(webhook_id: WebhookId, body: Annotated[OutgoingChange, Body()]) -> Response[str]:
    """Answer it as it is then."""
    found = wiring.current().webhooks.change(caller(router), webhook_id, **body.model_dump())
    return answer(OutgoingOut.of(found, request_of(router).prefix).model_dump_json())


@router.delete(
    "/v1/webhooks/<webhook_id>",
    summary="Delete an endpoint to which callbacks go",
    description="What is on its way is not sent any more.",
    tags=_TAGS,
    operation_id="deleteWebhook",
    responses=answers({204: None}, (*COMMON_PROBLEMS, 404)),
)
def delete(webhook_id: WebhookId) -> Response[str]:
    """Delete; a second time there is nothing to delete."""
    wiring.current().webhooks.delete(caller(router), webhook_id, "outgoing")
    return no_content()


@router.post(
    "/v1/webhooks/<webhook_id>/secrets",
    summary="Give an endpoint to which callbacks go a new secret",
    description=(
        "For `overlap_hours`, callbacks are signed with both. The new one is in the answer, and is never shown again."
    ),
    tags=_TAGS,
    operation_id="rotateWebhook",
    responses=answers({201: OutgoingOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS, 404)),
)
def rotate(webhook_id: WebhookId, body: Annotated[SecretIn, Body()]) -> Response[str]:
    """Answer the webhook with its new secret."""
    if body.secret is not None:
        raise UnprocessableInput("secret: of an endpoint to which callbacks go it is made here.")
    overlap = timedelta(hours=body.overlap_hours)
    found = wiring.current().webhooks.rotate(caller(router), webhook_id, "outgoing", overlap=overlap)
    return answer(made(found, request_of(router).prefix), 201)


@router.get(
    "/v1/webhooks/<webhook_id>/deliveries",
    summary="List what was sent to an endpoint, newest first",
    description="With the last tries and what came of them. Kept for 30 days.",
    tags=_TAGS,
    operation_id="listDeliveries",
    responses=answers({200: DeliveryPage}, (*COMMON_PROBLEMS, 404)),
)
def list_deliveries(webhook_id: WebhookId, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response[str]:
    """Answer a page of deliveries."""
    prefix = request_of(router).prefix
    page = wiring.current().webhooks.deliveries(caller(router), webhook_id, limit, cursor)
    items = tuple(DeliveryOut.of(delivery, prefix) for delivery in page.items)
    return answer(DeliveryPage(items=items, next=page.next).model_dump_json())


@router.post(
    "/v1/webhooks/<webhook_id>/deliveries/<delivery_id>/resend",
    summary="Send a delivery again",
    description="Now, and with all tries again if need be; under the same id. A body is not read.",
    tags=_TAGS,
    operation_id="resendDelivery",
    responses=answers({202: DeliveryOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS, 404)),
)
def resend(webhook_id: WebhookId, delivery_id: DeliveryId) -> Response[str]:
    """Answer the delivery, which is pending then."""
    found = wiring.current().webhooks.resend(caller(router), webhook_id, delivery_id)
    return answer(DeliveryOut.of(found, request_of(router).prefix).model_dump_json(), 202)
