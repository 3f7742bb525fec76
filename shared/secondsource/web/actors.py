"""Actors of the register over the wire: as JSON, and as JSON Lines, one actor a line; with the checks of form."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, ValidationError, WithJsonSchema
from pydantic.functional_validators import AfterValidator

from secondsource.errors import InvalidInput, TooLarge, UnprocessableInput
from secondsource.model import Actor, ActorKind, RegisteredRelation, RelationType
from secondsource.services.register import Condition, Given, GivenRelation, Imported, Line
from secondsource.stored import MOST_ALIASES, MOST_RELATIONS
from secondsource.web import json_body
from secondsource.web.messages import Message
from secondsource.web.problem import said

MAX_NAME_CHARS: Final = 200
MAX_URL_CHARS: Final = 2000
MAX_IMPORT_LINES: Final = 200
"""Actors of one request: each takes two calls of storage or more, and API Gateway waits for 29 seconds."""
MAX_LINE_BYTES: Final = 200_000
"""The largest actor has some 110 KB."""

_HOST: Final = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_JOINERS: Final = "\u200c\u200d"
"""Invisible, and a part of words in some scripts."""
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TAG: Final = re.compile(r'(W/)?"([^"]*)"')


def _name(value: str) -> str:
    """A name, trimmed and with single spaces."""
    found = unicodedata.normalize("NFC", _SPACE.sub(" ", value).strip())
    if not 1 <= len(found) <= MAX_NAME_CHARS:
        raise ValueError(f"a name has 1 to {MAX_NAME_CHARS} characters")
    for character in found:
        kind = unicodedata.category(character)
        if kind[0] == "C" and character not in _JOINERS:
            raise ValueError("a name holds no control characters and nothing invisible")
    return found


def _address(value: str) -> str:
    """An address that a reader can open."""
    try:
        whole = bool(_HOST.fullmatch(value)) and value.isprintable() and bool(urlsplit(value).hostname)
        _ = urlsplit(value).port
    except ValueError:
        whole = False
    if not whole or len(value) > MAX_URL_CHARS:
        raise ValueError(
            f"an address is http or https, without user and password, of at most {MAX_URL_CHARS} characters"
        )
    return value


def _day(value: object) -> date:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a date is a day, such as 2026-05-04")


_NAME_SCHEMA: Final = {"type": "string", "minLength": 1, "maxLength": MAX_NAME_CHARS}
Name = Annotated[str, Field(strict=True), AfterValidator(_name), WithJsonSchema(_NAME_SCHEMA)]
"""Cleaned; 1 to 200 characters."""

Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date",
            "description": "Of what shows it; no later than tomorrow in UTC, for somewhere it is tomorrow already.",
        }
    ),
]


class RelationIn(Message):
    """What an actor is to another, and what shows it."""

    type: RelationType
    object: Name = Field(description="The other actor, or what is sought, made or fought over in court, by its name.")
    source_url: Annotated[
        str,
        Field(strict=True, description="What shows it: an http or https address."),
        AfterValidator(_address),
        WithJsonSchema({"type": "string", "format": "uri", "maxLength": MAX_URL_CHARS}),
    ]
    date: Day
    entered_by: Name | None = Field(default=None, description="Who says so; the API key's label when left out.")


ActorIdIn = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=64)]


class ActorIn(Message):
    """An actor of the register: its names, what it is, and what it is to others."""

    id: ActorIdIn | None = Field(default=None, description="That under which it is put, and no other; may be left out.")
    name: Name = Field(description="The whole name. It is compared whole, never by a part.")
    aliases: Annotated[tuple[Name, ...], Field(max_length=MOST_ALIASES)] = ()
    kind: ActorKind
    relations: Annotated[tuple[RelationIn, ...], Field(max_length=MOST_RELATIONS)] = ()

    def given(self) -> Given:
        """The service's word for it."""
        relations = tuple(GivenRelation(**relation.model_dump()) for relation in self.relations)
        aliases = tuple(dict.fromkeys(self.aliases))
        return Given(id=self.id, name=self.name, aliases=aliases, kind=self.kind, relations=relations)


class _ActorLine(ActorIn):
    """An actor with its id, as a line holds it."""

    id: ActorIdIn


class ActorOut(BaseModel):
    """An actor as it stands."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    relations: tuple[RegisteredRelation, ...]
    version: int
    created_at: datetime
    updated_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, actor: Actor, prefix: str) -> Self:
        """As an actor goes out."""
        return cls(links={"self": f"{prefix}/v1/actors/{actor.id}"}, **actor.model_dump())


class ActorPage(BaseModel):
    """A page of actors, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[ActorOut, ...]
    next: str | None


class ImportOut(Imported):
    """What became of the lines: how many actors were created or changed, and which lines were left out, and why."""


def read_lines(lines: Iterable[bytes], most: int | None = None) -> Iterator[Line]:
    """Each line that is not empty, as an actor or with the reason why it is none.

    Raises TooLarge for more than ``most`` such lines, and nothing else.
    """
    read = 0
    for number, line in enumerate(lines, start=1):
        body = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not body.strip():
            continue
        read += 1
        if most is not None and read > most:
            raise TooLarge(f"Send at most {most} lines at a time.")
        yield _line(number, body.strip())


def read_body(found: Mapping[str, Any]) -> Given:
    """The actor in an object. Raises UnprocessableInput with the first thing that is wrong."""
    try:
        return ActorIn.model_validate(found).given()
    except ValidationError as error:
        raise UnprocessableInput(_reason(error)) from None


def line_of(actor: Actor) -> str:
    """An actor as a line of JSON Lines, as ``read_lines`` reads it."""
    shown = actor.model_dump(mode="json", exclude={"version", "created_at", "updated_at"})
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")) + "\n"


def condition_of(if_match: str | None, if_none_match: str | None) -> Condition:
    """What the headers If-Match and If-None-Match ask for. Raises InvalidInput for what is no list of tags."""
    # A weak tag says too little for a change to rest on it: RFC 9110, 13.1.1.
    return Condition(match=_tags(if_match, weak=False), none_match=_tags(if_none_match, weak=True))


def _tags(header: str | None, *, weak: bool) -> tuple[str, ...] | None:
    if header is None:
        return None
    if header.strip() == "*":
        return ("*",)
    parts = [_TAG.fullmatch(part.strip()) for part in header.split(",")]
    if not all(parts):
        raise InvalidInput('If-Match and If-None-Match take * or tags in quotes, such as "1-20260504".')
    return tuple(part[2] for part in parts if part and (weak or not part[1]))


def _line(number: int, body: bytes) -> Line:
    if len(body) > MAX_LINE_BYTES:
        return Line(number, "", f"The line is longer than {MAX_LINE_BYTES:,} bytes.")
    try:
        found = _ActorLine.model_validate(json_body.parse(body))
    except InvalidInput as error:
        return Line(number, "", error.detail.replace("The body", "The line"))
    except ValidationError as error:
        return Line(number, "", _reason(error))
    return Line(number, found.id, found.given())


def _reason(error: ValidationError) -> str:
    """What is wrong with a line, of the caller's words no more than a field's name."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:100]
    return f"{where}: {said(first).removesuffix('.')}."
