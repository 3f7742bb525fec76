"""What stands in for DynamoDB behind a client of boto3's own: requests are read from the wire, answers written to it."""

import json
import re
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError


class _Body(BytesIO):
    def stream(self, **_: Any) -> Any:
        while content := self.read():
            yield content


def serve(client: Any, engine: Any) -> None:
    """Have the engine, whose methods are those of a client, answer all that this client sends."""

    def answer(request: Any, **_: Any) -> AWSResponse:
        target = request.headers["X-Amz-Target"]
        operation = (target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
        try:
            status, content = 200, getattr(engine, method)(**_typed(json.loads(request.body), b64decode))
        except ClientError as error:
            told = {name: value for name, value in error.response.items() if name == "CancellationReasons"}
            status = 400
            content = {"__type": error.response["Error"]["Code"], "message": error.response["Error"]["Message"], **told}
        body = json.dumps(_typed(content, lambda value: b64encode(value).decode())).encode()
        return AWSResponse(request.url, status, {"Content-Type": "application/x-amz-json-1.0"}, _Body(body))

    client.meta.events.register("before-send.dynamodb", answer)


def _typed(value: Any, convert: Any) -> Any:
    """The value with the content of each binary attribute converted."""
    if isinstance(value, dict):
        if len(value) == 1 and "B" in value:
            return {"B": convert(value["B"])}
        return {name: _typed(inner, convert) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner, convert) for inner in value]
    return value
