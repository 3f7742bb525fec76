"""Webhooks by which the posts of a CMS come in: registering them, and taking in what is sent."""

from datetime import timedelta
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.web import posts
from secondsource.web.answers import answer, no_content
from secondsource.web.describe import BODY_PROBLEMS, COMMON_PROBLEMS, OPEN_PROBLEMS, ArticleId, WebhookId, answers
from secondsource.web.edge import caller, request_of
from secondsource.web.webhooks import (
    IncomingIn,
    IncomingOut,
    IncomingPage,
    PostTaken,
    PublicationsOut,
    SecretIn,
    check_secret,
    made,
)

router = Router()

_TAGS = ["Webhooks"]


@router.post(
    "/v1/webhooks/in",
    summary="Register a webhook by which the posts of a CMS come in",
    description=(
        "`standard`: Standard Webhooks, with the post in `data`. `ghost`: Ghost's post.published and post.edited. "
        "`mapped`: any JSON, with JSON Pointers to the parts of a post. The secret is in the answer, and is never "
        "shown again."
    ),
    tags=_TAGS,
    operation_id="registerIncoming",
    responses=answers({201: IncomingOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS), {201: ("Location",)}),
)
def register(body: Annotated[IncomingIn, Body()]) -> Response[str]:
    """Answer the webhook with its secret."""
    found = wiring.current().webhooks.register_incoming(
        caller(router),
        body.kind,
        mapping=body.mapped(),
        publisher=body.publisher,
        label=body.label,
        secret=body.secret,
    )
    request = request_of(router)
    headers = {"Location": f"{request.prefix}/v1/webhooks/in/{found.webhook.id}"}
    return answer(made(found, request.base_url), 201, headers=headers)


@router.get(
    "/v1/webhooks/in",
    summary="List the webhooks by which posts come in",
    tags=_TAGS,
    operation_id="listIncoming",
    responses=answers({200: IncomingPage}, COMMON_PROBLEMS),
)
def list_all() -> Response[str]:
    """Answer all of them, without their secrets."""
    base_url = request_of(router).base_url
    found = wiring.current().webhooks.list(caller(router), "incoming")
    return answer(IncomingPage(items=tuple(IncomingOut.of(one, base_url) for one in found)).model_dump_json())


@router.get(
    "/v1/webhooks/in/<webhook_id>",
    summary="Read a webhook by which posts come in",
    tags=_TAGS,
    operation_id="getIncoming",
    responses=answers({200: IncomingOut}, (*COMMON_PROBLEMS, 404)),
)
def get(webhook_id: WebhookId) -> Response[str]:
    """Answer it without its secrets."""
    found = wiring.current().webhooks.get(caller(router), webhook_id, "incoming")
    return answer(IncomingOut.of(found, request_of(router).base_url).model_dump_json())


@router.delete(
    "/v1/webhooks/in/<webhook_id>",
    summary="Delete a webhook by which posts come in",
    description="What has come in stays.",
    tags=_TAGS,
    operation_id="deleteIncoming",
    responses=answers({204: None}, (*COMMON_PROBLEMS, 404)),
)
def delete(webhook_id: WebhookId) -> Response[str]:
    """Delete; a second time there is nothing to delete."""
    wiring.current().webhooks.delete(caller(router), webhook_id, "incoming")
    return no_content()


@router.post(
    "/v1/webhooks/in/<webhook_id>/secrets",
    summary="Give a webhook by which posts come in a new secret",
    description="The old one goes on counting for `overlap_hours`. The new one is in the answer, and not shown again.",
    tags=_TAGS,
    operation_id="rotateIncoming",
    responses=answers({201: IncomingOut}, (*COMMON_PROBLEMS, *BODY_PROBLEMS, 404)),
)
def rotate(webhook_id: WebhookId, body: Annotated[SecretIn, Body()]) -> Response[str]:
    """Answer the webhook with its new secret."""
    tenant, services = caller(router), wiring.current().webhooks
    check_secret(services.get(tenant, webhook_id, "incoming"), body.secret)
    overlap = timedelta(hours=body.overlap_hours)
    found = services.rotate(tenant, webhook_id, "incoming", secret=body.secret, overlap=overlap)
    return answer(made(found, request_of(router).base_url), 201)


@router.post(
    "/v1/webhooks/in/<webhook_id>",
    summary="Send a post: for the CMS, which signs it",
    description=(
        "Takes no key but the signature. Answers before anything is annotated; the job says what became of it. "
        "`ignored`: signed, but of no post that readers can see (a draft, another type), so that there is no job. The "
        "same post again is a new version of it, the same message again is no second job. A post counts as a call."
    ),
    tags=_TAGS,
    operation_id="sendPost",
    responses=answers({202: PostTaken}, (*OPEN_PROBLEMS, *BODY_PROBLEMS, 401, 403, 404, 503)),
)
def take(webhook_id: WebhookId) -> Response[str]:
    """Answer what becomes of it; 401 alike for what is not signed and for a webhook that does not exist."""
    request, services = request_of(router), wiring.current()
    body = request.body()
    tenant, webhook = services.webhooks.addressed(webhook_id) or ("", None)
    found = posts.read(webhook, request.headers, body, services.clock.now())
    taken = None
    if webhook is not None and found.submission is not None:
        taken = services.webhooks.take(tenant, webhook, found.message_id, found.external_id, found.submission)
    return answer(PostTaken.of(taken).model_dump_json(), 202)


@router.get(
    "/v1/articles/<article_id>/versions",
    summary="List the versions of the post that an article is",
    description="Oldest first, each with the flags that it had when it came in. Empty for what is no post of a CMS.",
    tags=["Articles"],
    operation_id="listVersions",
    responses=answers({200: PublicationsOut}, (*COMMON_PROBLEMS, 404)),
)
def list_versions(article_id: ArticleId) -> Response[str]:
    """Answer the posts that the article is a version of."""
    return answer(PublicationsOut.of(wiring.current().read.versions(caller(router), article_id)).model_dump_json())
