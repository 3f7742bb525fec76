"""API Gateway on this machine: an HTTP request becomes the event that AWS would make of it, the same authorizer and
the same handlers get it, and what they answer becomes the HTTP response.

Powertools' own local resolver was looked at: it runs a resolver on events of its own, without gateway, authorizer or
handler, so what it shows is not what runs in AWS.
"""

import base64
import json
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from secondsource.errors import NotFound
from secondsource.web import problem
from secondsource.web.routes import API, Route, of_path

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

ACCOUNT: Final = "123456789012"
API_ID: Final = "local"
STAGE: Final = "local"
REGION: Final = "eu-west-1"

MAX_REQUEST_BYTES: Final = 10_000_000
"""API Gateway takes no larger request."""

TIMEOUT_SECONDS: Final = 29
"""What a handler is told it has: API Gateway waits no longer."""

GATEWAY_EXPOSED: Final = ("Retry-After", "WWW-Authenticate")
"""What a web page may read of answers of the gateway itself, beyond what it always may."""

_BODILESS: Final = (204, 304)


@dataclass(frozen=True)
class HttpRequest:
    """A request as it came over the wire; ``target`` is the path with its query, still percent-encoded."""

    method: str
    target: str
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    client: str = "127.0.0.1"

    @property
    def path(self) -> str:
        """Without the query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class HttpResponse:
    """A response as it goes over the wire."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), None)

    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class LambdaContext:
    """The second argument of a handler."""

    function_name: str
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    memory_limit_in_mb: int = 1024
    function_version: str = "$LATEST"
    log_group_name: str = "local"
    log_stream_name: str = "local"
    milliseconds: int = TIMEOUT_SECONDS * 1000

    @property
    def invoked_function_arn(self) -> str:
        """As AWS names a function."""
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Always all of it: nothing here is cut off."""
        return self.milliseconds


class Gateway:
    """Answers requests by the handlers of ``functions``.

    One handler runs at a time, as in one Lambda environment: Powertools keeps the current event in a class attribute.

    Parameters
    ----------
    handlers
        By function name, those of ``web.routes``.
    authorizer
        The handler that says whose key a request came with.
    origins
        As in the deployment: the first is what answers of the gateway itself allow.
    """

    def __init__(self, handlers: Mapping[str, Handler], authorizer: Handler, origins: Sequence[str] = ()) -> None:
        self._handlers = handlers
        self._authorizer = authorizer
        self._origins = origins
        self._lock = threading.Lock()

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one request; never raises."""
        if len(request.body) > MAX_REQUEST_BYTES:
            return self._own("REQUEST_TOO_LARGE", request)
        route = _route(request)
        event = _event(request, route)
        with self._lock:
            if route is not None and route.scope is not None:
                try:
                    found = self._authorizer(_authorizer_event(event), LambdaContext("authorizer"))
                except Exception:
                    return self._own("AUTHORIZER_CONFIGURATION_ERROR", request)
                if not _allows(found):
                    return self._own("ACCESS_DENIED", request)
                event["requestContext"]["authorizer"] = {
                    **found.get("context", {}),
                    "principalId": found["principalId"],
                }
            name = route.function if route is not None else API
            try:
                return _response(self._handlers[name](event, LambdaContext(name)))
            except Exception:
                return self._own("DEFAULT_5XX", request)

    def _own(self, kind: str, request: HttpRequest) -> HttpResponse:
        """What API Gateway answers without a function."""
        found = problem.of_gateway(kind, request.path)
        headers = [("Content-Type", problem.MEDIA_TYPE), *gateway_headers(kind, self._origins).items()]
        return HttpResponse(found.status, headers, found.to_json().encode())


def gateway_headers(kind: str, origins: Sequence[str]) -> dict[str, str]:
    """The fixed headers of a gateway response: they cannot depend on the request's origin."""
    found = {"Cache-Control": "no-store", "Vary": "Origin", "X-Content-Type-Options": "nosniff"}
    if origins:
        found["Access-Control-Allow-Origin"] = origins[0]
    found["Access-Control-Expose-Headers"] = ", ".join(GATEWAY_EXPOSED)
    match problem.GATEWAY_PROBLEMS[kind].status:
        case HTTPStatus.UNAUTHORIZED:
            found["WWW-Authenticate"] = "Bearer"
        case HTTPStatus.TOO_MANY_REQUESTS:
            found["Retry-After"] = "1"
        case HTTPStatus.SERVICE_UNAVAILABLE:
            found["Retry-After"] = str(problem.UNAVAILABLE_RETRY_SECONDS)
    return found


def _route(request: HttpRequest) -> Route | None:
    """The route with a method of its own; None is what the catch-all methods and paths get."""
    try:
        found = of_path(request.path)
    except NotFound:
        return None
    return next((route for route in found if route.method == request.method), None)


def _event(request: HttpRequest, route: Route | None) -> dict[str, Any]:
    """A Lambda proxy event of a REST API, payload format 1.0."""
    headers: dict[str, list[str]] = {}
    for name, value in request.headers:
        headers.setdefault(_title(name), []).append(value)
    headers.setdefault("X-Forwarded-Proto", ["http"])
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(request.query, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    body, encoded = _event_body(request.body)
    request_id = str(uuid.uuid4())
    resource = route.path if route else "/{proxy+}"
    return {
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": {name: values[-1] for name, values in headers.items()} or None,
        "multiValueHeaders": headers or None,
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": _path_parameters(request, route),
        "stageVariables": None,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API_ID,
            "domainName": headers.get("Host", [""])[0],
            "httpMethod": request.method,
            "identity": {"sourceIp": request.client, "userAgent": headers.get("User-Agent", [None])[0]},
            "path": request.path,
            "protocol": "HTTP/1.1",
            "requestId": request_id,
            "resourcePath": resource,
            "stage": STAGE,
        },
        "body": body,
        "isBase64Encoded": encoded,
    }


def _event_body(body: bytes) -> tuple[str | None, bool]:
    if not body:
        return None, False
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode("ascii"), True


def _path_parameters(request: HttpRequest, route: Route | None) -> dict[str, str] | None:
    if route is None:
        return {"proxy": unquote(request.path).lstrip("/")} if request.path != "/" else None
    match = route.pattern.fullmatch(request.path)
    return {name: unquote(value) for name, value in match.groupdict().items()} or None if match else None


def _title(name: str) -> str:
    """Header names as HTTP/1.1 clients write them; ASGI gives them in lower case."""
    return "-".join(part.capitalize() for part in name.split("-"))


def _authorizer_event(event: dict[str, Any]) -> dict[str, Any]:
    """What a REQUEST authorizer gets: the event without its body, and the method's name."""
    arn = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{API_ID}/{STAGE}/{event['httpMethod']}{event['path']}"
    shown = {name: value for name, value in event.items() if name not in ("body", "isBase64Encoded")}
    return {"type": "REQUEST", "methodArn": arn, **shown}


def _allows(found: dict[str, Any]) -> bool:
    statements = found.get("policyDocument", {}).get("Statement", [])
    return bool(statements) and all(statement["Effect"] == "Allow" for statement in statements)


def _response(answer: dict[str, Any]) -> HttpResponse:
    status = int(answer["statusCode"])
    text = answer.get("body") or ""
    body = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode("utf-8")
    headers = [(name, value) for name, values in (answer.get("multiValueHeaders") or {}).items() for value in values]
    headers += list((answer.get("headers") or {}).items())
    return HttpResponse(status, headers, b"" if status in _BODILESS else body)
