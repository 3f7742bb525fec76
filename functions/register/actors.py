"""The register of actors and their interests."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.errors import InvalidInput
from secondsource.model import Actor
from secondsource.services.register import MOST_ACTORS, tag_of
from secondsource.web.actors import (
    MAX_IMPORT_LINES,
    ActorIn,
    ActorOut,
    ActorPage,
    ImportOut,
    condition_of,
    line_of,
    read_lines,
)
from secondsource.web.answers import LINES, answer, no_content, tagged
from secondsource.web.describe import (
    BODY_PROBLEMS,
    COMMON_PROBLEMS,
    ActorId,
    Cursor,
    IfMatch,
    IfNone,
    IfNoneMatch,
    NameAsked,
    answers,
)
from secondsource.web.edge import caller, caller_label, request_of
from secondsource.web.messages import DEFAULT_LIMIT, PageSize

router = Router()

ActorLimit = Annotated[
    PageSize, Query(description=f"How many at most; {DEFAULT_LIMIT} unless given, never over {MOST_ACTORS}.")
]

_TAGS = ["Register"]
_NO_NAME = "Give a name, or leave it out for the list of all actors."
_LINES = {"type": "string", "description": "One actor a line, each a JSON object with its id."}


@router.get(
    "/v1/actors",
    summary="List actors of the register, newest first, or find those of a name",
    tags=_TAGS,
    operation_id="listActors",
    responses=answers({200: ActorPage}, COMMON_PROBLEMS),
)
def list_actors(name: NameAsked = None, limit: ActorLimit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response[str]:
    """Answer a page of the tenant's actors, or those who bear a name."""
    tenant, register, prefix = caller(router), wiring.current().register, request_of(router).prefix
    if name is None:
        page = register.list(tenant, limit, cursor)
        items = tuple(ActorOut.of(actor, prefix) for actor in page.items)
        return answer(ActorPage(items=items, next=page.next).model_dump_json())
    if cursor is not None or not name.strip():
        raise InvalidInput(_NO_NAME if cursor is None else "A name has one page: give name or cursor, not both.")
    items = tuple(ActorOut.of(actor, prefix) for actor in register.named(tenant, name))
    return answer(ActorPage(items=items, next=None).model_dump_json())


@router.post(
    "/v1/actors/import",
    summary="Put many actors at once",
    description=(
        f"JSON Lines: one actor a line, at most {MAX_IMPORT_LINES}. A line that cannot be taken is reported, and the "
        "rest is done. The same lines again change nothing."
    ),
    tags=_TAGS,
    operation_id="importActors",
    responses=answers({200: ImportOut}, (*COMMON_PROBLEMS, 413, 415)),
)
def import_actors() -> Response[str]:
    """Put the actor of each line."""
    lines = list(read_lines((router.current_event.body or "").encode().split(b"\n"), MAX_IMPORT_LINES))
    done = wiring.current().register.import_lines(caller(router), lines, caller_label(router))
    return answer(done.model_dump_json())


@router.get(
    "/v1/actors/export",
    summary="Read the register as JSON Lines, as they can be imported",
    description=f"Newest first, at most {MOST_ACTORS} at once; the header `Link` leads to the next page.",
    tags=_TAGS,
    operation_id="exportActors",
    responses=answers({200: (LINES, _LINES)}, COMMON_PROBLEMS, {200: ("Link",)}),
)
def export_actors(cursor: Cursor = None) -> Response[str]:
    """Answer a page of the tenant's actors, one a line."""
    page = wiring.current().register.list(caller(router), MOST_ACTORS, cursor)
    address = f"{request_of(router).prefix}/v1/actors/export"
    headers = {"Link": f'<{address}?cursor={page.next}>; rel="next"'} if page.next else None
    return answer("".join(line_of(actor) for actor in page.items), media_type=LINES, headers=headers)


@router.get(
    "/v1/actors/<actor_id>",
    summary="Read an actor of the register",
    tags=_TAGS,
    operation_id="getActor",
    responses=answers({200: ActorOut, 304: None}, (*COMMON_PROBLEMS, 404), {200: ("ETag",), 304: ("ETag",)}),
)
def get_actor(actor_id: ActorId, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the actor as it stands."""
    actor = wiring.current().register.get(caller(router), actor_id)
    return tagged(_body(actor), if_none_match, tag=_tag(actor))


@router.put(
    "/v1/actors/<actor_id>",
    summary="Create or replace an actor of the register",
    description=(
        "With `If-Match`, only the actor of that tag is replaced; with `If-None-Match: *`, it is only created. Claims "
        "of all articles that name the actor, or whom it has to do with, are counted anew soon after."
    ),
    tags=_TAGS,
    operation_id="putActor",
    responses=answers(
        {200: ActorOut, 201: ActorOut},
        (*COMMON_PROBLEMS, *BODY_PROBLEMS, 412),
        {200: ("ETag",), 201: ("ETag", "Location")},
    ),
)
def put_actor(
    actor_id: ActorId, body: Annotated[ActorIn, Body()], if_match: IfMatch = None, if_none_match: IfNone = None
) -> Response[str]:
    """Answer the actor as it stands then."""
    condition = condition_of(if_match, if_none_match)
    done = wiring.current().register.put(caller(router), actor_id, body.given(), caller_label(router), condition)
    headers = {"ETag": _tag(done.actor)}
    if done.outcome == "created":
        headers["Location"] = f"{request_of(router).prefix}/v1/actors/{actor_id}"
    return answer(_body(done.actor), 201 if done.outcome == "created" else 200, headers=headers)


@router.delete(
    "/v1/actors/<actor_id>",
    summary="Delete an actor of the register",
    description="Claims are counted anew as after a change.",
    tags=_TAGS,
    operation_id="deleteActor",
    responses=answers({204: None}, (*COMMON_PROBLEMS, 404, 409, 412)),
)
def delete_actor(actor_id: ActorId, if_match: IfMatch = None) -> Response[str]:
    """Delete; a second time there is nothing to delete."""
    wiring.current().register.delete(caller(router), actor_id, condition_of(if_match, None))
    return no_content()


def _body(actor: Actor) -> str:
    return ActorOut.of(actor, request_of(router).prefix).model_dump_json()


def _tag(actor: Actor) -> str:
    return f'"{tag_of(actor)}"'
