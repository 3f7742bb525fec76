"""The calls of the API: what is sent and how the answer is read. Nothing here talks to the network.

``Client`` and ``AsyncClient`` send what these functions make, so that both say the same.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qs, quote, urlsplit
from uuid import NAMESPACE_OID, uuid4, uuid5

import httpx
from pydantic import BaseModel, TypeAdapter

from secondsource_client import models
from secondsource_client.models import Sent

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

IMPORTED_AT_ONCE: Final = 200
"""Lines that the API takes in one call."""

_JSON: Final = "application/json"
_LINES: Final = "application/x-ndjson"
_NEXT: Final = re.compile(r'<([^>]*)>\s*;\s*rel="?next"?')


class Repeat(Enum):
    """When a call may be sent again."""

    ALWAYS = "always"
    """Twice is as good as once: it reads, or its second time changes nothing, or a key says that it is the same."""
    UNDONE = "undone"
    """Only when it is sure that it was not carried out: a second time would be judged by what the first has done."""


@dataclass(frozen=True)
class Call(Generic[T]):
    """One call. ``read`` makes the answer's value of a response that is a success.

    ``gone_is_done``: when it is not there at a second attempt, the first has deleted it.
    ``late_is_over``: what took too long is not sent again, for its caller knows a better way.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    params: Mapping[str, str | int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    repeat: Repeat = Repeat.ALWAYS
    gone_is_done: bool = False
    late_is_over: bool = False

    @property
    def is_keyed(self) -> bool:
        """Whether an idempotency key says that a second attempt is the same request."""
        return "Idempotency-Key" in self.headers


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and where it goes on: None at the end."""

    items: tuple[T, ...]
    next: str | None


def health() -> Call[models.Health]:
    """Whether the service runs."""
    return Call("GET", "/v1/health", _model(models.Health))


def submit(submission: models.Submission, later: bool, idempotency_key: str | None) -> Call[models.Report | models.Job]:
    """An article: its report, or the job that it has become."""
    headers = _key(idempotency_key) | ({"Prefer": "respond-async"} if later else {})

    def read(response: httpx.Response) -> models.Report | models.Job:
        if response.status_code == httpx.codes.ACCEPTED:
            return models.JobAccepted.model_validate_json(response.content).job
        return models.Report.model_validate_json(response.content)

    return _sending("POST", "/v1/articles", read, submission, headers)


def annotate(submission: models.Submission, idempotency_key: str | None) -> Call[models.Report | models.Job]:
    """As ``submit``, for who goes on with ``annotate_later`` where it takes too long."""
    return replace(submit(submission, False, idempotency_key), late_is_over=True)


def annotate_later(submission: models.Submission, idempotency_key: str | None) -> Call[models.Report | models.Job]:
    """The same article as a job. That is another request, and so under another key: for one given, always the same."""
    return submit(submission, True, None if idempotency_key is None else str(uuid5(NAMESPACE_OID, idempotency_key)))


def job(job_id: str) -> Call[models.Job]:
    """A job as it stands."""
    return Call("GET", f"/v1/jobs/{_part(job_id)}", _model(models.Job))


def article(article_id: str, label: str | None) -> Call[models.Report]:
    """A report, or the report with the attributions of one label."""
    return Call("GET", _article(article_id), _model(models.Report), _given(label=label))


def summary(article_id: str) -> Call[str]:
    """The claim summary as plain text."""
    return Call("GET", f"{_article(article_id)}/summary", _text)


def report_page(article_id: str) -> Call[str]:
    """The report as an HTML page."""
    return Call("GET", f"{_article(article_id)}/report", _text)


def annotations(article_id: str, page: int | None) -> Call[models.Annotations]:
    """The findings as Web Annotations: the collection, or one of its pages."""
    read = TypeAdapter(models.Annotations)
    params = _given(page=page)
    return Call("GET", f"{_article(article_id)}/annotations", lambda found: read.validate_json(found.content), params)


def versions(article_id: str) -> Call[models.Publications]:
    """The versions of the post that an article is."""
    return Call("GET", f"{_article(article_id)}/versions", _model(models.Publications))


def delete_article(article_id: str) -> Call[None]:
    """Delete an article and all that came from it."""
    return Call("DELETE", _article(article_id), _nothing, gone_is_done=True)


def articles(limit: int | None, cursor: str | None) -> Call[Page[models.ArticleSummary]]:
    """A page of the articles, newest first."""
    return _listed("/v1/articles", models.ArticlePage, _given(limit=limit, cursor=cursor))


def claims(limit: int | None, cursor: str | None) -> Call[Page[models.Claim]]:
    """A page of the claims, newest first."""
    return _listed("/v1/claims", models.ClaimPage, _given(limit=limit, cursor=cursor))


def find(sentence: str, limit: int | None) -> Call[models.Findings]:
    """What is known of a sentence."""
    return Call("GET", "/v1/claims", _model(models.Findings), _given(q=sentence, limit=limit))


def claim(claim_id: str) -> Call[models.Claim]:
    """A claim across the articles that carry it."""
    return Call("GET", f"/v1/claims/{_part(claim_id)}", _model(models.Claim))


def origins(claim_id: str) -> Call[models.ClaimOrigins]:
    """On how many origins a claim rests, and why."""
    return Call("GET", f"/v1/claims/{_part(claim_id)}/origins", _model(models.ClaimOrigins))


def events(limit: int | None, after: str | None) -> Call[Page[models.Event]]:
    """A page of the events, oldest first."""
    return _listed("/v1/events", models.EventPage, _given(limit=limit, after=after))


def compare(article_ids: Iterable[str], idempotency_key: str | None) -> Call[models.Comparison]:
    """Whether articles are independent on the claims they share."""
    body = {"articles": list(article_ids)}
    return _sending("POST", "/v1/comparisons", _model(models.Comparison), body, _key(idempotency_key))


def actors(name: str | None, limit: int | None, cursor: str | None) -> Call[Page[models.Actor]]:
    """A page of the register, or who bears a name."""
    return _listed("/v1/actors", models.ActorPage, _given(name=name, limit=limit, cursor=cursor))


def actor(actor_id: str) -> Call[models.Actor]:
    """An actor of the register."""
    return Call("GET", _actor(actor_id), _tagged)


def put_actor(actor_id: str, given: models.ActorGiven, if_match: str | None, only_new: bool) -> Call[models.Actor]:
    """Create or replace an actor."""
    headers = _condition(if_match) | ({"If-None-Match": "*"} if only_new else {})
    repeat = Repeat.UNDONE if headers else Repeat.ALWAYS
    return _sending("PUT", _actor(actor_id), _tagged, given, headers, repeat)


def delete_actor(actor_id: str, if_match: str | None) -> Call[None]:
    """Delete an actor."""
    headers = _condition(if_match)
    repeat = Repeat.UNDONE if headers else Repeat.ALWAYS
    return Call("DELETE", _actor(actor_id), _nothing, headers=headers, repeat=repeat, gone_is_done=not headers)


def import_actors(lines: Iterable[Mapping[str, Any]]) -> list[Call[models.Imported]]:
    """Put many actors, as many a call as the API takes; the same lines again change nothing."""
    # All are read before the first is sent: what they come from may be this register.
    texts = [json.dumps(line, ensure_ascii=False) + "\n" for line in lines]
    headers = {"Content-Type": _LINES}
    made = []
    for start in range(0, len(texts), IMPORTED_AT_ONCE):
        body = "".join(texts[start : start + IMPORTED_AT_ONCE]).encode()
        made.append(Call("POST", "/v1/actors/import", partial(_imported, start), headers=headers, body=body))
    return made


def all_imported(parts: Sequence[models.Imported]) -> models.Imported:
    """What became of all lines."""
    return models.Imported(
        created=sum(part.created for part in parts),
        changed=sum(part.changed for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        failed=tuple(line for part in parts for line in part.failed),
    )


def export_actors(cursor: str | None) -> Call[Page[dict[str, Any]]]:
    """A page of the register as it can be imported."""
    one = TypeAdapter(dict[str, Any])

    def read(response: httpx.Response) -> Page[dict[str, Any]]:
        items = tuple(one.validate_json(line) for line in response.content.splitlines() if line.strip())
        link = _NEXT.search(response.headers.get("Link", ""))
        # Only the cursor is taken: the key goes to no address that an answer names.
        following = parse_qs(urlsplit(link[1]).query).get("cursor") if link else None
        return Page(items, following[0] if following else None)

    return Call("GET", "/v1/actors/export", read, _given(cursor=cursor))


def _sending(
    method: str,
    path: str,
    read: Callable[[httpx.Response], T],
    body: Sent | Mapping[str, Sequence[str]],
    headers: Mapping[str, str],
    repeat: Repeat = Repeat.ALWAYS,
) -> Call[T]:
    text = body.model_dump_json(exclude_unset=True) if isinstance(body, Sent) else json.dumps(body)
    return Call(method, path, read, {}, {"Content-Type": _JSON, **headers}, text.encode(), repeat)


def _listed(path: str, kind: type[BaseModel], params: Mapping[str, str | int]) -> Call[Page[Any]]:
    def read(response: httpx.Response) -> Page[Any]:
        found: Any = kind.model_validate_json(response.content)
        return Page(found.items, found.next)

    return Call("GET", path, read, params)


def _model(kind: type[M]) -> Callable[[httpx.Response], M]:
    return lambda response: kind.model_validate_json(response.content)


def _imported(before: int, response: httpx.Response) -> models.Imported:
    """What became of some lines, each by its number among all: ``before`` went before them."""
    found = models.Imported.model_validate_json(response.content)
    failed = tuple(line.model_copy(update={"line": before + line.line}) for line in found.failed)
    return found.model_copy(update={"failed": failed})


def _tagged(response: httpx.Response) -> models.Actor:
    found = models.Actor.model_validate_json(response.content)
    found._tag = response.headers.get("ETag")
    return found


def _text(response: httpx.Response) -> str:
    return response.content.decode()


def _nothing(response: httpx.Response) -> None:
    return None


def _article(article_id: str) -> str:
    return f"/v1/articles/{_part(article_id)}"


def _actor(actor_id: str) -> str:
    return f"/v1/actors/{_part(actor_id)}"


def _part(value: str) -> str:
    """One part of a path, whatever it holds. Raises ValueError for what would lead to another path."""
    if value in ("", ".", ".."):
        raise ValueError("An id is not empty.")
    return quote(value, safe="")


def _given(**params: str | int | None) -> dict[str, str | int]:
    return {name: value for name, value in params.items() if value is not None}


def _key(given: str | None) -> dict[str, str]:
    """A key of the caller's, or one of our own: every attempt of this call carries the same."""
    if given is None:
        given = str(uuid4())
    elif not re.fullmatch(r"[\x20-\x7e]{1,255}", given):
        raise ValueError("An idempotency key has 1 to 255 characters of printable ASCII.")
    escaped = given.replace("\\", "\\\\").replace('"', '\\"')
    return {"Idempotency-Key": f'"{escaped}"'}


def _condition(if_match: str | None) -> dict[str, str]:
    return {} if if_match is None else {"If-Match": if_match}
