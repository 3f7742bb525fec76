"""What the command line is handed, as submissions: files of text, HTML or JSON, standard input, addresses."""

import re
import sys
from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from secondsource.errors import InvalidInput, TooLarge, UnprocessableInput
from secondsource.model import Submission
from secondsource.web import json_body
from secondsource.web.charset import decode_text

MOST_BYTES: Final = 8_000_000
"""Text and HTML have narrower limits, checked where they are annotated; this one keeps a wrong file out of memory."""

_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|\?xml|head|body|article|!--)", re.IGNORECASE)
_OBJECT: Final = re.compile(r"\s*\{")
_KINDS: Final = {".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json", ".txt": "text", ".md": "text"}


def submission(argument: str) -> Submission:
    """The submission that a path, an http or https address, or ``-`` for standard input stands for.

    What a name does not tell (standard input, another ending) is told from the content. Raises InvalidInput for
    what cannot be read or is no article, TooLarge beyond MOST_BYTES.
    """
    if _ADDRESS.match(argument):
        return Submission(url=argument)
    body = _body(argument)
    kind = _KINDS.get(Path(argument).suffix.lower()) or _kind(body)
    if kind == "json":
        return from_object(json_body.parse(body.removeprefix(b"\xef\xbb\xbf")))
    if kind == "html":
        return Submission(html=decode_text(body, None, "text/html"))
    return Submission(text=decode_text(body, None, "text/plain"))


def json_object(argument: str) -> dict[str, Any]:
    """The JSON object in a file or on standard input. Raises InvalidInput, TooLarge."""
    return json_body.parse(_body(argument).removeprefix(b"\xef\xbb\xbf"))


def from_object(found: Mapping[str, Any]) -> Submission:
    """The submission in a JSON object; members that a submission does not have are left aside.

    ``text`` counts before ``html``, and both before ``url``, which is then where it stood. A date without a zone
    is taken as UTC. Raises UnprocessableInput.
    """
    fields = {name: found.get(name) for name in Submission.model_fields if found.get(name) not in (None, "")}
    if found.get("text") is not None:
        fields = {**fields, "text": found["text"]}
        fields.pop("html", None)
    elif found.get("html") is not None:
        fields = {**fields, "html": found["html"]}
    elif "url" not in fields:
        raise UnprocessableInput("It has neither text nor html.")
    try:
        made = Submission.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnprocessableInput(f"{first['loc'][0]}: {first['msg']}.") from None
    if made.published_at and made.published_at.tzinfo is None:
        return made.model_copy(update={"published_at": made.published_at.replace(tzinfo=UTC)})
    return made


def _body(argument: str) -> bytes:
    """The bytes of a file or of standard input."""
    try:
        if argument == "-":
            body = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(argument).open("rb") as file:
                body = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"It cannot be read: {error.strerror}.") from None
    except ValueError:
        raise InvalidInput("It cannot be read: the name holds a NUL character.") from None
    if len(body) > MOST_BYTES:
        raise TooLarge(f"It is larger than {MOST_BYTES:,} bytes.")
    return body


def _kind(body: bytes) -> str:
    start = body[:1024].decode("latin-1").removeprefix("ï»¿")
    if _OBJECT.match(start):
        return "json"
    return "html" if _MARKUP.match(start) else "text"
