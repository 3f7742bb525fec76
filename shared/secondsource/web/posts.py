"""What a CMS sends of a post, told from what anybody else may send, and read: by Standard Webhooks, from Ghost, or by
JSON Pointers into whatever JSON it is.
"""

from collections.abc import Mapping as AnyMapping
from datetime import datetime
from hashlib import sha256
from hmac import new
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from secondsource.errors import BadSignature, UnprocessableInput
from secondsource.model import Mapping, Submission, Webhook, WebhookKind
from secondsource.services.webhooks import counting
from secondsource.text.fields import line, web_url
from secondsource.web import json_body
from secondsource.web.messages import MAX_NAME_CHARS, MAX_TITLE_CHARS, SubmissionIn, iso_moment
from secondsource.web.problem import said
from secondsource.web.signatures import Headers, verify_ghost, verify_plain, verify_standard

MAX_EXTERNAL_ID_CHARS: Final = 512

PUBLISHED_TYPES: Final = ("article.published", "article.updated", "post.published", "post.updated", "post.edited")
"""What a message by Standard Webhooks may be of; others are answered and left alone."""

_ENVELOPE: Final = "A message by Standard Webhooks is an object with a `type`, such as {}, and the post in `data`."

_GHOST_EVENTS: Final = ("post.published", "post.edited", "post.published.edited")
_PUBLISHED: Final = "published"
"""The status of a post that Ghost shows to its readers: drafts are edited, too."""

_NOBODYS: Final = b"a message to nobody takes as long"
"""The key for a message to a webhook that does not exist."""

_MAX_POINTER_PARTS: Final = 16

_EXTERNAL_ID: Final = {
    "description": "The post's id in the CMS.",
    "anyOf": [{"type": "string", "minLength": 1, "maxLength": MAX_EXTERNAL_ID_CHARS}, {"type": "integer"}],
}
_TEXT: Final = {"type": "string", "minLength": 1}

BODY: Final[dict[str, Any]] = {
    "description": "What the CMS sends, signed. Its form is that of the webhook's kind.",
    "anyOf": [
        {
            "title": "standard",
            "description": "A message by Standard Webhooks. One of another `type` is answered with `ignored`.",
            "type": "object",
            "properties": {
                "type": {"enum": list(PUBLISHED_TYPES)},
                "data": {
                    "description": "The fields of an article, with its id; what else there is is not read. `url` says "
                    "where it is from, and is not fetched.",
                    "type": "object",
                    "properties": {"id": _EXTERNAL_ID, **SubmissionIn.model_json_schema()["properties"]},
                    "required": ["id"],
                    "oneOf": [{"required": [name], "properties": {name: _TEXT}} for name in ("text", "html")],
                },
            },
            "required": ["type", "data"],
            "examples": [
                {
                    "type": PUBLISHED_TYPES[0],
                    "timestamp": "2026-05-04T09:00:00Z",
                    "data": {"id": "post-1", **SubmissionIn.model_json_schema()["examples"][0]},
                }
            ],
        },
        {
            "title": "ghost",
            "description": "Ghost's `post.published` or `post.edited`. A post with another status than `published` is "
            "answered with `ignored`.",
            "type": "object",
            "properties": {
                "post": {
                    "type": "object",
                    "properties": {
                        "current": {
                            "type": "object",
                            "properties": {"id": _EXTERNAL_ID, "html": _TEXT, "status": {"const": _PUBLISHED}},
                            "required": ["id", "html", "status"],
                        }
                    },
                    "required": ["current"],
                }
            },
            "required": ["post"],
        },
        {
            "title": "mapped",
            "description": "Any object that has an id and HTML where the webhook's `mapping` points.",
            "type": "object",
        },
    ],
}
"""The JSON schema of what comes in, one a kind of webhook: ``read`` finds a post in what fits."""


class Received(NamedTuple):
    """A genuine message: what tells it from others, and the post in it; None where there is none to annotate."""

    message_id: str
    external_id: str = ""
    submission: Submission | None = None


def read(webhook: Webhook | None, headers: Headers, body: bytes, now: datetime) -> Received:
    """The post in a message. Raises BadSignature, the same for a webhook that does not exist and a bad signature;
    MalformedJson, UnprocessableInput and TooLarge for what is genuine and no post.
    """
    if webhook is None or webhook.incoming is None:
        new(_NOBODYS, body, sha256).digest()
        raise BadSignature
    current = [secret.value for secret in counting(webhook, now)]
    mapping = webhook.incoming.mapping
    match webhook.incoming.kind:
        case WebhookKind.STANDARD:
            message_id, find = verify_standard(current, headers, body, now), _of_standard
        case WebhookKind.GHOST:
            message_id, find = verify_ghost(current, headers, body, now), _of_ghost
        case WebhookKind.MAPPED:
            assert mapping is not None
            message_id = verify_plain(current, mapping.signature_header, headers, body)
            return _received(message_id, _mapped(json_body.parse(body), mapping), webhook)
    return _received(message_id, find(json_body.parse(body)), webhook)


def _received(message_id: str, fields: dict[str, Any] | None, webhook: Webhook) -> Received:
    if fields is None:
        return Received(message_id)
    external_id = _external_id(fields.pop("id"))
    given = {name: value for name, value in fields.items() if value is not None and value != ""}
    for name, most in (("title", MAX_TITLE_CHARS), ("byline", MAX_NAME_CHARS), ("publisher", MAX_NAME_CHARS)):
        if isinstance(given.get(name), str):
            given[name] = given[name][:most]
    # An address that cannot be one says nothing; it is no reason to do without the post.
    url = given.get("url")
    if not isinstance(url, str) or web_url(url) is None:
        given.pop("url", None)
    assert webhook.incoming is not None
    if webhook.incoming.publisher:
        given["publisher"] = webhook.incoming.publisher
    if "html" not in given and "text" not in given:
        raise UnprocessableInput("The post has no text; what its url leads to is not fetched.")
    try:
        return Received(message_id, external_id, SubmissionIn.model_validate(given).submission())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "The post"
        raise UnprocessableInput(f"{where}: {said(first).removesuffix('.')}.") from None


def _of_standard(found: AnyMapping[str, Any]) -> dict[str, Any] | None:
    # Whoever sends a post without its envelope would wait for ever for an article, were it left alone.
    data = found.get("data")
    if not isinstance(found.get("type"), str) or not isinstance(data, dict):
        raise UnprocessableInput(_ENVELOPE.format(PUBLISHED_TYPES[0]))
    if found["type"] not in PUBLISHED_TYPES:
        return None
    fields = {name: data.get(name) for name in SubmissionIn.model_fields}
    return {"id": data.get("id"), **fields}


def _of_ghost(found: AnyMapping[str, Any]) -> dict[str, Any] | None:
    post = found.get("post")
    current = post.get("current") if isinstance(post, dict) else None
    if not isinstance(current, dict):
        return None
    if found.get("event", _GHOST_EVENTS[0]) not in _GHOST_EVENTS or current.get("status") != _PUBLISHED:
        return None
    authors = current.get("authors")
    listed = authors if isinstance(authors, list) else []
    names = [author.get("name") for author in listed if isinstance(author, dict)]
    return {
        "id": current.get("id"),
        "html": current.get("html"),
        "title": current.get("title"),
        "url": current.get("url"),
        "byline": ", ".join(name for name in names if isinstance(name, str)) or None,
        "published_at": current.get("published_at"),
    }


def _mapped(found: AnyMapping[str, Any], mapping: Mapping) -> dict[str, Any]:
    def at(pointer: str | None) -> Any:
        return None if pointer is None else resolve(found, pointer)

    date = at(mapping.date)
    return {
        "id": at(mapping.id),
        "html": at(mapping.html),
        # Many a CMS writes them as HTML ("Mayor&#8217;s"), and plain text is the same without markup.
        "title": line(at(mapping.title)),
        "url": at(mapping.url),
        "byline": line(at(mapping.author)),
        "published_at": date if isinstance(date, str) and _is_date(date) else None,
    }


def resolve(found: Any, pointer: str) -> Any:
    """What a JSON Pointer (RFC 6901) leads to, None where it leads nowhere."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and name.isascii() and name.isdecimal() and len(name) < _MAX_POINTER_PARTS:
            found = found[int(name)] if str(int(name)) == name and int(name) < len(found) else None
        else:
            return None
    return found


def _is_date(text: str) -> bool:
    try:
        iso_moment(text)
    except ValueError:
        return False
    return True


def _external_id(found: Any) -> str:
    """The post's id in the CMS: text, or a whole number."""
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str) or not 1 <= len(found) <= MAX_EXTERNAL_ID_CHARS:
        raise UnprocessableInput(f"The post has no id of 1 to {MAX_EXTERNAL_ID_CHARS} characters.")
    return found
