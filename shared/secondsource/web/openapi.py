"""The OpenAPI 3.1 document, generated from the routes, and the page that shows it.

Powertools generates; what it says of validation errors is replaced by what ``Edge`` answers.
"""

import json
from importlib import resources
from typing import Any, Final

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn, HTTPBearer, License, Server, Tag
from aws_lambda_powertools.event_handler.openapi.swagger_ui import generate_swagger_html

from secondsource import __version__
from secondsource.web import posts
from secondsource.web.problem import MEDIA_TYPE
from secondsource.web.routes import JSON, LINES, ROUTES

Document = dict[str, Any]

_DESCRIPTION: Final = """Says who, who else, and what is it to them: annotates news articles with their attributions,
sources and claims, counts on how many independent origins each claim rests, and flags what a reader should know.

Offsets count Unicode code points of the stored text, end exclusive. Errors are problem details (RFC 9457) with a
stable `type`. Lists answer `{items, next}`; give `next` back as `cursor`. A parameter that an address does not know is
an error, not passed over."""

_TAGS: Final = (
    ("Articles", "Submit, read and delete articles."),
    ("Claims", "Statements across all the articles that carry them."),
    ("Register", "Actors and their interests, as the newsroom knows them."),
    ("Comparisons", "Whether articles are independent of each other."),
    ("Events", "What has happened, for who asks from time to time."),
    ("Webhooks", "Posts of a CMS that come in, and callbacks that go out."),
    ("Jobs", "What is done after the answer."),
    ("Service", "The service itself."),
)

_SECURITY: Final[list[dict[str, list[str]]]] = [{"bearer": []}, {"apiKey": []}]

_UNSCHEMED: Final = ("HTTPValidationError", "ResponseValidationError", "ValidationError")
"""Powertools' own forms of errors, which no route here answers."""

DOCS_POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page holds its script and style, loads nothing, and talks to this API alone."""

_BODIES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "/v1/actors/import": (LINES, {"type": "string", "description": "One JSON object a line."}),
    "/v1/webhooks/in/{webhook_id}": (JSON, posts.BODY),
}
"""What bodies that Powertools does not read are, by the path that they are sent to."""

_UI: Final = "aws_lambda_powertools.event_handler.openapi.swagger_ui"


def document(app: APIGatewayRestResolver, base_url: str) -> Document:
    """The description of the app's routes, as plain types; ``base_url`` is where the API is."""
    generated = app.get_openapi_json_schema(
        title="Second Source",
        version=__version__,
        description=_DESCRIPTION,
        license_info=License(name="Apache-2.0", identifier="Apache-2.0"),
        servers=[Server(url=base_url or "/")],
        tags=[Tag(name=name, description=text) for name, text in _TAGS],
        security_schemes={
            "bearer": HTTPBearer(description="An API key: `Authorization: Bearer ss_...`"),
            "apiKey": APIKey(name="X-API-Key", in_=APIKeyIn.header, description="The same key in a header of its own."),
        },
        security=_SECURITY,
    )
    found: Document = json.loads(generated)
    _open_routes(found)
    _own_errors(found)
    _plain_parameters(found)
    _bodies_of_lines(found)
    return found


def page(found: Document) -> str:
    """The interactive documentation: one HTML page with all it needs inside."""
    ui = resources.files(_UI)
    spec = json.dumps(found).replace("<", "\\u003c")
    script = (ui / "swagger-ui-bundle.min.js").read_text(encoding="utf-8")
    style = (ui / "swagger-ui.min.css").read_text(encoding="utf-8")
    html = generate_swagger_html(spec, script, style, "", None)
    return html.replace("<title>Swagger UI</title>", "<title>Second Source API</title>", 1)


def _open_routes(found: Document) -> None:
    """Say of the routes without a scope that they take no key."""
    for route in ROUTES:
        if route.scope is None and route.path in found["paths"]:
            found["paths"][route.path][route.method.lower()]["security"] = []


def _own_errors(found: Document) -> None:
    """Take out Powertools' forms of errors: a 422 stays only where a route says that it answers one."""
    for methods in found["paths"].values():
        for operation in methods.values():
            responses = operation["responses"]
            if "422" in responses and MEDIA_TYPE not in responses["422"]["content"]:
                del responses["422"]
    for name in _UNSCHEMED:
        found["components"]["schemas"].pop(name, None)


def _bodies_of_lines(found: Document) -> None:
    """Describe the bodies of which Powertools knows nothing."""
    for route in ROUTES:
        if route.method == "POST" and route.path in _BODIES:
            media_type, schema = _BODIES[route.path]
            content = {media_type: {"schema": schema}}
            found["paths"][route.path][route.method.lower()]["requestBody"] = {"required": True, "content": content}


def _plain_parameters(found: Document) -> None:
    """A parameter that may be left out is not one that may be null: a URL cannot say null."""
    for methods in found["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                kinds = parameter["schema"].pop("anyOf", [])
                for kind in kinds:
                    if kind.get("type") != "null":
                        parameter["schema"].update(kind)
