"""The client's models are those of the served OpenAPI document, and the client needs nothing of the server."""

import ast
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic.json_schema import models_json_schema

from secondsource.local.gateway import Gateway
from secondsource_client import models
from tests.http.client import Client

PACKAGE = Path(models.__file__).parent

NAMES = {
    "Actor": "ActorOut",
    "ActorGiven": "ActorIn",
    "Claim": "ClaimOut",
    "ClaimOrigins": "OriginsOut",
    "Imported": "ImportOut",
    "Job": "JobOut",
    "Publication": "PublicationOut",
    "Publications": "PublicationsOut",
    "RelationGiven": "RelationIn",
    "Submission": "SubmissionIn",
}
"""Where the client's name for a model is another than the document's."""

NOT_IN_CLIENT = {"ClaimsOut", "ComparisonIn", "IncomingIn", "IncomingOut", "IncomingPage", "Mapping", "MappingIn"}
NOT_IN_CLIENT |= {"PostTaken", "SecretIn", "SecretOut", "OutgoingChange", "OutgoingIn", "OutgoingOut", "OutgoingPage"}
NOT_IN_CLIENT |= {"Attempt", "DeliveryOut", "DeliveryPage"}
"""The two forms of GET /v1/claims are two calls, a comparison takes ids, and webhooks are not registered by programs."""

_KINDS = (models.Answer, models.Sent)
CLASSES = [
    found
    for found in vars(models).values()
    if isinstance(found, type) and issubclass(found, _KINDS) and found not in _KINDS
]


@pytest.fixture
def served(gateway: Gateway) -> dict[str, Any]:
    """The schemas of the document as served."""
    found: dict[str, Any] = Client(gateway).get("/v1/openapi.json").json()["components"]["schemas"]
    return found


def _shape(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """What a schema is about, without texts, limits and lists of words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "string" if "enum" in schemas[name] else NAMES.get(name, name)
    if "anyOf" in schema:
        return sorted(str(_shape(one, schemas)) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return "string"
    if "prefixItems" in schema:
        return [_shape(one, schemas) for one in schema["prefixItems"]]
    if schema.get("type") == "array":
        return {"each": _shape(schema["items"], schemas)}
    if schema.get("type") == "object":
        return {"values": _shape(schema["additionalProperties"], schemas)}
    # Addresses are strings to the client: it does not judge them.
    form = schema.get("format")
    return (schema["type"], form) if form and form != "uri" else schema["type"]


def _fields(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    return {name: (_shape(one, schemas), name in required) for name, one in schema["properties"].items()}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_model_has_the_fields_of_the_document(kind: type[models.Answer], served: dict[str, Any]) -> None:
    mode = "validation"
    own = models_json_schema([(found, mode) for found in CLASSES], ref_template="#/{model}")[1]["$defs"]

    name = NAMES.get(kind.__name__, kind.__name__)

    assert _fields(own[kind.__name__], own) == _fields(served[name], served)


def test_every_schema_of_the_document_has_a_model(served: dict[str, Any]) -> None:
    described = {name for name, schema in served.items() if "enum" not in schema}
    own = {NAMES.get(kind.__name__, kind.__name__) for kind in CLASSES}

    assert described - NOT_IN_CLIENT == own


def test_what_the_api_learns_later_is_kept() -> None:
    found = models.Health.model_validate({"status": "ok", "version": "9", "region": "north"})

    assert found.model_dump()["region"] == "north"


def test_a_flag_that_is_not_known_yet_is_read() -> None:
    found = models.RaisedFlag.model_validate(
        {"code": "new", "level": "grave", "reason": "", "rule": {"id": "x"}, "scope": {"kind": "corpus"}}
    )

    assert found.code == "new"


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_the_client_imports_httpx_and_pydantic_and_nothing_of_the_server(module: Path) -> None:
    tree = ast.parse(module.read_text())
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    foreign = {name.partition(".")[0] for name in named} - sys.stdlib_module_names

    assert foreign <= {"httpx", "pydantic", "secondsource_client"}
