"""Requests to the deployed API, and what the local server has to be told of it once more."""

import http.client
import re
from typing import Any
from urllib.parse import urlsplit

from secondsource.local.gateway import HttpRequest, HttpResponse

STAGE = "live"
_HOP_BY_HOP = ("host", "connection", "content-length")


class Remote:
    """Sends requests over HTTP: what ``tests.http.client.Client`` takes for the gateway in process."""

    def __init__(self, endpoint: str, api_id: str) -> None:
        self._host = urlsplit(endpoint).netloc
        self._prefix = f"/_aws/execute-api/{api_id}/{STAGE}"

    def handle(self, request: HttpRequest) -> HttpResponse:
        """The answer to one request, on a connection of its own."""
        connection = http.client.HTTPConnection(self._host, timeout=100)
        headers = {name: value for name, value in request.headers if name.lower() not in _HOP_BY_HOP}
        try:
            connection.request(request.method, self._prefix + request.target, request.body or None, headers)
            answered = connection.getresponse()
            return HttpResponse(answered.status, answered.getheaders(), answered.read())
        finally:
            connection.close()


def complete(apigateway: Any, api_id: str, template: dict[str, Any]) -> None:
    """Do what AWS does from the API's OpenAPI document and ministack does not: its "any" methods, its own answers.

    Both are taken from template.yaml, and made by the calls of API Gateway that CloudFormation would make.
    """
    resources = template["Resources"]
    found = {item["path"]: item["id"] for item in apigateway.get_resources(restApiId=api_id, limit=500)["items"]}
    health = apigateway.get_integration(restApiId=api_id, resourceId=found["/v1/health"], httpMethod="GET")
    for path in _any_paths(resources["ApiFunction"]["Properties"]["Events"]):
        resource_id = found.get(path) or _make(apigateway, api_id, path, found)
        where = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": "ANY"}
        apigateway.put_method(**where, authorizationType="NONE")
        apigateway.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="POST", uri=health["uri"])
    defaults = {name: parameter.get("Default") for name, parameter in template["Parameters"].items()}
    for kind, answer in resources["Api"]["Properties"]["GatewayResponses"].items():
        headers = answer["ResponseParameters"]["Headers"]
        apigateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            statusCode=str(answer["StatusCode"]),
            responseParameters={
                f"gatewayresponse.header.{name}": _substituted(value, defaults) for name, value in headers.items()
            },
            responseTemplates=answer["ResponseTemplates"],
        )
    apigateway.create_deployment(restApiId=api_id, stageName=STAGE)


def _any_paths(events: dict[str, Any]) -> list[str]:
    properties = [event["Properties"] for event in events.values() if event["Type"] == "Api"]
    return [found["Path"] for found in properties if found["Method"].upper() == "ANY"]


def _make(apigateway: Any, api_id: str, path: str, found: dict[str, str]) -> str:
    parent, _, part = path.rpartition("/")
    made = apigateway.create_resource(restApiId=api_id, parentId=found[parent or "/"], pathPart=part)
    resource_id: str = made["id"]
    return resource_id


def _substituted(value: Any, parameters: dict[str, str]) -> str:
    """What CloudFormation makes of a string, or of a string in ``Fn::Sub``."""
    if isinstance(value, dict):
        value = value["Fn::Sub"]
    return re.sub(r"\$\{(\w+)\}", lambda name: parameters[name[1]], value)
