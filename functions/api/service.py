"""The service itself: that it runs, and its description."""

import json
from functools import cache

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.router import Router

from functions.annotate import articles as submissions
from functions.annotate import claims as lookups
from functions.api import articles, claims, events, jobs
from functions.register import actors
from functions.webhooks import incoming
from secondsource import __version__
from secondsource.web.answers import HTML, answer, tagged
from secondsource.web.describe import OPEN_PROBLEMS, IfNoneMatch, answers
from secondsource.web.edge import request_of, resolver
from secondsource.web.messages import Health

router = Router()

_TAGS = ["Service"]


@router.get(
    "/v1/health",
    summary="Whether the service runs",
    tags=_TAGS,
    operation_id="getHealth",
    responses=answers({200: Health}, OPEN_PROBLEMS),
)
def get_health() -> Response[str]:
    """Answer without looking at storage: who asks is not known, and must not be able to cost anything."""
    return answer(Health(version=__version__).model_dump_json())


@router.get(
    "/v1/openapi.json",
    summary="This description, as OpenAPI 3.1",
    tags=_TAGS,
    operation_id="getOpenapi",
    responses=answers({200: ("application/json", {"type": "object"}), 304: None}, OPEN_PROBLEMS, {200: ("ETag",)}),
)
def get_openapi(if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the document."""
    return tagged(_document(request_of(router).base_url), if_none_match)


@router.get(
    "/v1/docs",
    summary="This description, as a page to read and try",
    tags=_TAGS,
    operation_id="getDocs",
    responses=answers({200: ("text/html", {"type": "string"})}, OPEN_PROBLEMS),
)
def get_docs() -> Response[str]:
    """Answer the page, which loads nothing from elsewhere."""
    from secondsource.web import openapi

    html = openapi.page(json.loads(_document(request_of(router).base_url)))
    return answer(html, media_type=HTML, headers={"Content-Security-Policy": openapi.DOCS_POLICY})


@cache
def _described() -> APIGatewayRestResolver:
    """All routes of all functions in one resolver, which only describes them."""
    app = resolver()
    for part in (submissions, articles, lookups, claims, actors, events, jobs, incoming):
        app.include_router(part.router)
    app.include_router(router)
    return app


@cache
def _document(base_url: str) -> str:
    # Only who asks for the description waits for what generates it.
    from secondsource.web import openapi

    return json.dumps(openapi.document(_described(), base_url), ensure_ascii=False)
