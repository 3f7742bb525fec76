"""The edge of a function: what holds for every request, before and after the one service call.

Powertools routes and validates; around it stand the table of routes, the scopes, the media types, cross-origin
headers, and the one place where every error becomes problem details. ``Edge`` never raises.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.router import Router
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from secondsource.errors import (
    Forbidden,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    SecondSourceError,
    Unauthorized,
    UnprocessableInput,
)
from secondsource.model import Scope
from secondsource.web import cors, json_body, problem, routes
from secondsource.web.logs import describe
from secondsource.web.problem import FieldProblem, Problem
from secondsource.web.request import Event, Request
from secondsource.web.routes import RAW, Route

Answer = dict[str, Any]
"""What a Lambda proxy answers: statusCode, multiValueHeaders, body, isBase64Encoded."""

MAX_NAMED_ERRORS: Final = 20
"""Fields at fault that one problem names."""

MAX_NAME_CHARS: Final = 100
"""A field's name comes from the caller; more of it than this is not repeated."""

_SERVER_ERROR: Final = 500
_CLIENT_ERROR: Final = 400
_METRIC_NAMESPACE: Final = "SecondSource"
_TYPE: Final = "content-type"
_UNMATCHED: Final = re.compile(r"[^\w/\-._~()'!*:@,;=+&$%<> \[\]{}|^]")
"""Characters of a path that Powertools' parameters do not match, and ``routes`` do."""


def resolver() -> APIGatewayRestResolver:
    """A Powertools resolver that reads JSON strictly, validates, and leaves all errors to ``Edge``."""
    app = APIGatewayRestResolver(enable_validation=True, json_body_deserializer=json_body.parse)

    # Without a handler Powertools would log the exception with its message before raising it.
    @app.exception_handler(Exception)
    def leave(error: Exception) -> Any:
        raise error

    return app


def request_of(router: Router) -> Request:
    """The request that the route is answering."""
    return Request(router.current_event.raw_event)


def caller_label(router: Router) -> str:
    """What the caller's key is for, as whoever made it said; the tenant's name where he said nothing."""
    tenant = request_of(router).tenant
    return (tenant.label or tenant.id) if tenant is not None else ""


def caller(router: Router) -> str:
    """The tenant who is asking. Raises Unauthorized when the route was reached without one."""
    tenant = request_of(router).tenant
    if tenant is None:
        raise Unauthorized
    return tenant.id


def metrics(function: str) -> EphemeralMetrics:
    """The metrics of one function, in CloudWatch's embedded format."""
    return EphemeralMetrics(namespace=_METRIC_NAMESPACE, service=f"second-source-{function}")


class Edge:
    """Answers one event with one response.

    ``origins``: those that may call from a web page. ``admit``: counts a tenant's call, or raises TooManyRequests.
    """

    def __init__(
        self,
        app: APIGatewayRestResolver,
        logger: Logger,
        metrics: EphemeralMetrics,
        origins: Iterable[str],
        admit: Callable[[str], None],
    ) -> None:
        self._app = app
        self._admit = admit
        self._logger = logger
        self._metrics = metrics
        self._origins = cors.check_origins(origins)

    def __call__(self, event: Event, context: Any) -> Answer:
        """The response to a REST API proxy event; a problem for whatever goes wrong."""
        started = time.perf_counter()
        request = Request(event)
        try:
            answer = self._answer(request, context)
        except Exception as error:
            answer = self._failed(request, error)
        self._finish(request, answer)
        self._record(request, answer, time.perf_counter() - started)
        return answer

    def _answer(self, request: Request, context: Any) -> Answer:
        found = routes.of_path(request.path)
        allowed = routes.methods(found)
        if request.method == "OPTIONS":
            return _answer(204, "", {"Allow": ", ".join(allowed), **self._preflight(request, allowed)})
        route = next((route for route in found if route.method == request.method), None)
        if route is None:
            raise MethodNotAllowed(f"This address answers {', '.join(allowed)} only.")
        if route.scope is not None:
            self._admit(_authorised(request, route.scope))
            _check_query(request, route)
        reads = route.method in ("POST", "PUT", "PATCH") and route.takes != RAW
        event = _with_text(request, route.takes) if reads else request.event
        answer: Answer = self._app.resolve({**event, "path": _spelt(request.path)}, context)
        return answer

    def _preflight(self, request: Request, allowed: tuple[str, ...]) -> dict[str, str]:
        return cors.preflight_headers(request.header("origin"), self._origins, allowed)

    def _failed(self, request: Request, error: Exception) -> Answer:
        known = _known(error)
        if known is None or known.status >= _SERVER_ERROR:
            self._logger.error("failed", extra=describe(error))
        if known is None:
            return _problem_answer(problem.internal(request.public_path), {})
        errors = _fields(error) if isinstance(error, RequestValidationError) else None
        headers = problem.headers_of(known)
        if isinstance(known, MethodNotAllowed):
            headers["Allow"] = ", ".join(routes.methods(routes.of_path(request.path)))
        return _problem_answer(problem.of_error(known, request.public_path, errors), headers)

    def _finish(self, request: Request, answer: Answer) -> None:
        """Add what every answer carries."""
        headers: dict[str, list[str]] = answer.setdefault("multiValueHeaders", {})
        present = {name.lower() for name in headers}
        common = {
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            **cors.headers(request.header("origin"), self._origins),
        }
        for name, value in common.items():
            if name.lower() not in present:
                headers[name] = [value]

    def _record(self, request: Request, answer: Answer, seconds: float) -> None:
        """One log record and a handful of metrics a request; of the path only the route it took."""
        status = int(answer["statusCode"])
        tenant = request.tenant
        self._logger.info(
            "answered",
            extra={
                "route": _route_name(request),
                "status": status,
                "tenant": tenant.id if tenant else None,
                "milliseconds": round(seconds * 1000),
            },
        )
        self._metrics.add_metric(name="Requests", unit=MetricUnit.Count, value=1)
        self._metrics.add_metric(name="Milliseconds", unit=MetricUnit.Milliseconds, value=seconds * 1000)
        if status >= _SERVER_ERROR:
            self._metrics.add_metric(name="ServerErrors", unit=MetricUnit.Count, value=1)
        elif status >= _CLIENT_ERROR:
            self._metrics.add_metric(name="ClientErrors", unit=MetricUnit.Count, value=1)


def _authorised(request: Request, scope: Scope) -> str:
    """The tenant who may do this. The gateway has authorised already; a route deployed without its authorizer must
    still answer 401."""
    tenant = request.tenant
    if tenant is None:
        raise Unauthorized
    if scope not in tenant.scopes:
        raise Forbidden(f"This takes a key with the scope {scope.value}.")
    return tenant.id


def _check_query(request: Request, route: Route) -> None:
    """Raise InvalidInput for a name that the route does not know: passed over, ``?Q=`` would answer the whole list.

    Routes without a key are asked by programs that may add names of their own: monitors, caches, a CMS.
    """
    unknown = next((name for name in request.asked if name not in route.query), None)
    if unknown is not None:
        known = f"it takes {', '.join(route.query)}" if route.query else "it takes none"
        raise InvalidInput(f'There is no parameter "{unknown[:MAX_NAME_CHARS]}" at this address; {known}.')


def _spelt(path: str) -> str:
    """The path with what Powertools takes for no part of a parameter percent-encoded, for it would answer by itself."""
    return _UNMATCHED.sub(lambda found: quote(found[0], errors="replace"), path)


def _with_text(request: Request, media_type: str) -> Event:
    """The event as Powertools reads it: the body as text, and its type spelt as Powertools compares it."""
    body = request.text(media_type)
    others = {name: value for name, value in (request.event.get("headers") or {}).items() if name.lower() != _TYPE}
    return {**request.event, "body": body, "isBase64Encoded": False, "headers": {**others, _TYPE: media_type}}


def _known(error: Exception) -> SecondSourceError | None:
    """The package's own error that this is, or None for what nobody foresaw."""
    if isinstance(error, SecondSourceError):
        return error if error.code != SecondSourceError.code else None
    if isinstance(error, NotFoundError):
        return NotFound("There is nothing at this address.")
    if isinstance(error, RequestValidationError):
        if any(item["loc"][:1] == ("body",) for item in error.errors()):
            return UnprocessableInput("The body does not have the documented form; see errors.")
        return InvalidInput("A parameter does not have the documented form; see errors.")
    return None


def _fields(error: RequestValidationError) -> tuple[FieldProblem, ...]:
    return tuple(_field(item) for item in error.errors()[:MAX_NAMED_ERRORS])


def _field(item: Mapping[str, Any]) -> FieldProblem:
    place, *path = (str(part) for part in item["loc"])
    if place == "body":
        name = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in path)
    else:
        name = path[0] if path else place
    return FieldProblem(field=name[:MAX_NAME_CHARS], detail=problem.said(item))


def _route_name(request: Request) -> str:
    try:
        found = routes.of_path(request.path)
    except NotFound:
        return "none"
    return next((route.name for route in found if route.method == request.method), f"other {found[0].path}")


def _problem_answer(found: Problem, headers: dict[str, str]) -> Answer:
    return _answer(found.status, found.to_json(), {"Content-Type": problem.MEDIA_TYPE, **headers})


def _answer(status: int, body: str, headers: dict[str, str]) -> Answer:
    return {
        "statusCode": status,
        "body": body,
        "isBase64Encoded": False,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
    }
