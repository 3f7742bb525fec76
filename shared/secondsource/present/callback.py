"""The body of a callback: what has happened and what changed, with links to all there is to read of it.

At most 20,000 bytes, whatever happened: the specification of Standard Webhooks advises against more, and whoever wants
all follows the links.
"""

import json
from typing import Any, Final

from secondsource.model import Event, RaisedFlag

MAX_BYTES: Final = 20_000

_STEPS: Final = ((50, 500), (20, 300), (10, 200), (5, 100), (1, 50), (0, 0))
"""Flags, articles and sources that are named at most, and characters of a reason or a name, until it fits."""


def body(event: Event, api_url: str) -> bytes:
    """The event as JSON: ``{"type", "timestamp", "data"}``. ``truncated`` in data says that something was left out."""
    whole = _data(event, api_url, None, None)
    for most, characters in _STEPS:
        data = _data(event, api_url, most, characters)
        if data != whole:
            data["truncated"] = True
        content = {"type": event.type.value, "timestamp": event.at.isoformat().replace("+00:00", "Z"), "data": data}
        found = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(found) <= MAX_BYTES:
            return found
    return found


def _data(event: Event, api_url: str, most: int | None, characters: int | None) -> dict[str, Any]:
    """What is told, with so many of each and so many characters; with None all of it."""
    data: dict[str, Any] = {"event_id": event.id}
    if event.claim_id is not None:
        data |= {"claim_id": event.claim_id, "articles": list(event.articles[:most])}
    if event.article_id is not None:
        data |= {"article_id": event.article_id, "replaces": event.replaces}
    if event.job_id is not None:
        data["job_id"] = event.job_id
    if event.error is not None:
        data["error"] = event.error.model_dump()
    else:
        data["before"] = [_flag(flag, most, characters) for flag in event.before[:most]]
        data["after"] = [_flag(flag, most, characters) for flag in event.after[:most]]
    if event.post is not None:
        data["post"] = event.post.model_dump()
    data["links"] = _links(event, api_url)
    return data


def _flag(flag: RaisedFlag, most: int | None, characters: int | None) -> dict[str, Any]:
    shown: dict[str, Any] = {"code": flag.code.value, "level": flag.level.value}
    if flag.claim is not None:
        shown["claim_id"] = flag.claim
    shown["reason"] = flag.reason[:characters]
    shown["sources"] = [name[:characters] for name in flag.sources[:most]]
    return shown


def _links(event: Event, api_url: str) -> dict[str, str]:
    """To the report first, where there is one: of the article, or of one that carries the claim."""
    found = {}
    article_id = event.article_id or next(iter(event.articles), None)
    if article_id is not None:
        found["report"] = f"{api_url}/v1/articles/{article_id}/report"
        found["article"] = f"{api_url}/v1/articles/{article_id}"
    if event.claim_id is not None:
        found["claim"] = f"{api_url}/v1/claims/{event.claim_id}"
    if event.job_id is not None:
        found["job"] = f"{api_url}/v1/jobs/{event.job_id}"
    return found
