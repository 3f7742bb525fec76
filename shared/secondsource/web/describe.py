"""How a route is described in the OpenAPI document: what it answers, its parameters, its possible problems."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final

from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import AfterValidator

from secondsource.model import Label
from secondsource.web import problem
from secondsource.web.answers import JSON
from secondsource.web.idempotency import KEY_PATTERN, parse_key
from secondsource.web.messages import DEFAULT_LIMIT, MAX_LIMIT, PageNumber, PageSize, Sentence
from secondsource.web.problem import Problem

ArticleId = Annotated[str, Path(description="An article's id.")]
ClaimId = Annotated[str, Path(description="A claim record's id.")]
ActorId = Annotated[str, Path(description="An actor's id: 1 to 64 of a-z, 0-9 and hyphens, chosen by whoever puts it.")]
WebhookId = Annotated[str, Path(description="A webhook's id.")]
JobId = Annotated[str, Path(description="A job's id.")]

Limit = Annotated[
    PageSize, Query(description=f"How many at most; {DEFAULT_LIMIT} unless given, never over {MAX_LIMIT}.")
]
Cursor = Annotated[
    str | None,
    Query(description="`next` of the page before; opaque.", json_schema_extra={"pattern": "^[A-Za-z0-9_-]+$"}),
]
After = Annotated[
    str | None,
    Query(description="`next` of an earlier answer; opaque.", json_schema_extra={"pattern": "^[A-Za-z0-9_-]+$"}),
]
SentenceAsked = Annotated[
    Sentence | None,
    Query(alias="q", description="A sentence in English: has this been said, by whom, from how many origins?"),
]
PageIndex = Annotated[PageNumber | None, Query(description="The page, from 0; without it, the collection itself.")]
OneLabel = Annotated[
    Label | None, Query(description="Attributions of this label alone: `speech` (sourced statements) or `stance`.")
]

IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="An ETag; 304 if it is still right.")]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="An ETag, or `*`: change this actor only if it is still so.")
]
IfNone = Annotated[str | None, Header(alias="If-None-Match", description="`*`: only if there is no such actor yet.")]
NameAsked = Annotated[
    str | None, Query(alias="name", description="A whole name or alias: the actors who bear it, on one page.")
]
Prefer = Annotated[str | None, Header(alias="Prefer", description="`respond-async`: answer 202 and a job at once.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="A string of 1 to 255 characters in quotes. The same request twice does its work once, for a day.",
        json_schema_extra={"pattern": KEY_PATTERN},
    ),
    AfterValidator(parse_key),
]

ANNOTATIONS_SCHEMA: Final = {
    "title": "AnnotationCollection or AnnotationPage",
    "description": "Web Annotation Data Model, https://www.w3.org/TR/annotation-model/",
    "type": "object",
    "properties": {
        "@context": {"type": "array"},
        "id": {"type": "string"},
        "type": {"enum": ["AnnotationCollection", "AnnotationPage"]},
    },
    "required": ["@context", "id", "type"],
}
"""An AnnotationCollection or one of its pages."""

OPEN_PROBLEMS: Final = (400, 429, 500, 504)
"""What every route may answer: the gateway does so by itself."""

COMMON_PROBLEMS: Final = (*OPEN_PROBLEMS, 401, 403, 503)
"""What every route that takes a key may answer."""

_WAITS: Final = (429, 503)
"""Problems that say when to come again."""

BODY_PROBLEMS: Final = (409, 413, 415, 422)
"""What every route that takes a body may answer."""

_DOCUMENTED_HEADERS: Final = {
    "ETag": "A strong tag of the content, for If-None-Match.",
    "Location": "Where the article, the job, the actor or the webhook is.",
    "Link": 'The next page, as `rel="next"`; none on the last.',
    "Retry-After": "Seconds to wait.",
    "Preference-Applied": "The preference that was followed.",
}


def answers(
    ok: Mapping[int, Any], problems: tuple[int, ...] = (), headers: Mapping[int, tuple[str, ...]] | None = None
) -> dict[int, Any]:
    """The ``responses`` of a route.

    Parameters
    ----------
    ok
        Status to a pydantic model (JSON), to a pair of media type and JSON schema, or to None for no content.
    problems
        Statuses answered by problem details.
    headers
        Headers that a status comes with.
    """
    found: dict[int, Any] = {}
    for status, content in ok.items():
        found[status] = {"description": HTTPStatus(status).phrase, "content": _content(content)}
        if names := (headers or {}).get(status):
            found[status]["headers"] = {
                name: {"description": _DOCUMENTED_HEADERS[name], "schema": {"type": "string"}} for name in names
            }
    for status in problems:
        found[status] = {
            "description": HTTPStatus(status).phrase,
            "content": {problem.MEDIA_TYPE: {"model": Problem}},
        }
        if status in _WAITS:
            found[status]["headers"] = {
                "Retry-After": {"description": _DOCUMENTED_HEADERS["Retry-After"], "schema": {"type": "string"}}
            }
    return found


def _content(content: Any) -> dict[str, Any]:
    if content is None:
        return {}
    if isinstance(content, tuple):
        media_type, schema = content
        return {media_type: {"schema": schema}}
    return {JSON: {"model": content}}
