"""Claims across articles, and whether articles are independent on the claims they share."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.present.comparison import Comparison
from secondsource.web.answers import answer, tagged
from secondsource.web.describe import (
    BODY_PROBLEMS,
    COMMON_PROBLEMS,
    ClaimId,
    IdempotencyKey,
    IfNoneMatch,
    answers,
)
from secondsource.web.edge import caller, request_of
from secondsource.web.messages import ClaimOut, ComparisonIn, OriginsOut

router = Router()

_TAGS = ["Claims"]


@router.get(
    "/v1/claims/<claim_id>",
    summary="Read a claim across the articles that carry it",
    tags=_TAGS,
    operation_id="getClaim",
    responses=answers({200: ClaimOut, 304: None}, (*COMMON_PROBLEMS, 404), {200: ("ETag",), 304: ("ETag",)}),
)
def get_claim(claim_id: ClaimId, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the claim record as it is now."""
    record = wiring.current().read.claim(caller(router), claim_id)
    return tagged(ClaimOut.of(record, request_of(router).prefix).model_dump_json(), if_none_match)


@router.get(
    "/v1/claims/<claim_id>/origins",
    summary="Read on how many independent origins a claim rests, and why",
    tags=_TAGS,
    operation_id="getOrigins",
    responses=answers({200: OriginsOut, 304: None}, (*COMMON_PROBLEMS, 404), {200: ("ETag",), 304: ("ETag",)}),
)
def get_origins(claim_id: ClaimId, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the origin graph."""
    record = wiring.current().read.claim(caller(router), claim_id)
    return tagged(OriginsOut.of(record).model_dump_json(), if_none_match)


@router.post(
    "/v1/comparisons",
    summary="Ask whether 2 to 20 articles are independent on the claims they share",
    tags=["Comparisons"],
    operation_id="compareArticles",
    responses=answers({200: Comparison}, (*COMMON_PROBLEMS, *BODY_PROBLEMS, 404)),
)
def compare(
    body: Annotated[ComparisonIn, Body()],
    idempotency_key: IdempotencyKey = None,
) -> Response[str]:
    """Compare; nothing is stored, so a repeated request is answered anew, from what is known then."""
    tenant, services = caller(router), wiring.current()
    services.once(tenant, "POST /v1/comparisons", idempotency_key, body.model_dump_json(), router.lambda_context, dict)
    return answer(services.compare.compare(tenant, body.articles).model_dump_json())
