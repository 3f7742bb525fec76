"""What goes over the wire besides the report: what is asked, lists, jobs, claims; with the checks of form.

The limits on text and HTML raise TooLarge (413) while the form is checked, not a validation error (422).
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.functional_validators import AfterValidator

from secondsource.model import (
    ArticleSummary,
    ClaimRecord,
    Event,
    Flag,
    Job,
    JobError,
    JobStatus,
    NotAssessable,
    Origins,
    Stake,
    Submission,
)
from secondsource.present.report import OriginCount, count
from secondsource.present.search import Findings
from secondsource.text.fields import MAX_URL_CHARS, web_url
from secondsource.text.limits import MAX_HTML_BYTES, MAX_TEXT_CHARS, check_html, check_text

MAX_TITLE_CHARS: Final = 1000
MAX_NAME_CHARS: Final = 500
"""Publisher and byline: a byline of twenty authors fits."""
MIN_COMPARED: Final = 2
MAX_COMPARED: Final = 20
MAX_ID_CHARS: Final = 128

MAX_SENTENCE_CHARS: Final = 1000
"""To look up: the longest sentences of news have some 500."""

_LIMIT: Final = re.compile(r"[0-9]{1,9}")
DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100
_MAX_PAGE: Final = 1_000_000


def iso_moment(value: object) -> datetime:
    """An ISO 8601 date or moment, in UTC; without a zone it is taken as UTC."""
    if not isinstance(value, str):
        raise ValueError("a date must be text, such as 2026-05-04T09:00:00Z")
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("a date must be in ISO 8601, such as 2026-05-04T09:00:00Z") from None


def _text(value: str) -> str:
    check_text(value)
    return value


def _html(value: str) -> str:
    check_html(value)
    return value


def _limit(value: object) -> int:
    """A page size; more than MAX_LIMIT is MAX_LIMIT."""
    return max(1, min(_count(value, least=1), MAX_LIMIT))


def _sentence(value: object) -> str:
    """A sentence to look up."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("give a sentence, or leave it out for the list of all claims")
    if len(value) > MAX_SENTENCE_CHARS:
        raise ValueError(f"a sentence has at most {MAX_SENTENCE_CHARS:,} characters")
    return value.strip()


def _page(value: object) -> int:
    return min(_count(value, least=0), _MAX_PAGE)


def _count(value: object, least: int) -> int:
    if isinstance(value, str) and value.isdecimal() and value.isascii():
        number = int(value) if _LIMIT.fullmatch(value) else _MAX_PAGE
    else:
        number = value if isinstance(value, int) else least - 1
    if number < least:
        raise ValueError(f"must be a whole number of {least} or more")
    return number


def _given(name: str) -> dict[str, Any]:
    """The JSON schema of objects in which this member is there and not null."""
    return {"required": [name], "properties": {name: {"type": "string"}}}


PageSize = Annotated[int, BeforeValidator(_limit), WithJsonSchema({"type": "integer", "minimum": 1})]
"""Of a list: 1 to 100; a greater number is 100."""

PageNumber = Annotated[int, BeforeValidator(_page), WithJsonSchema({"type": "integer", "minimum": 0})]
"""From 0."""

Sentence = Annotated[
    str,
    BeforeValidator(_sentence),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_SENTENCE_CHARS}),
]
"""To look up."""

_Name = Annotated[str, StringConstraints(strict=True, max_length=MAX_NAME_CHARS)]


class Message(BaseModel):
    """Base of all that comes in: unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubmissionIn(Message):
    """An article: ``text``, or ``html``, or a ``url`` to fetch. With text or HTML, ``url`` says where it is from."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [_given("text"), _given("html"), _given("url")],
            "not": {"allOf": [_given("text"), _given("html")]},
            "examples": [
                {
                    "title": "Northern dam is unsafe, officials say",
                    "text": "The dam at Varn is unsafe, two officials said on Monday.",
                    "publisher": "The Varn Courier",
                    "published_at": "2026-05-04T09:00:00Z",
                }
            ],
        }
    )

    text: (
        Annotated[
            str,
            Field(
                strict=True,
                description=f"At most {MAX_TEXT_CHARS:,} characters.",
                json_schema_extra={"maxLength": MAX_TEXT_CHARS},
            ),
            AfterValidator(_text),
        ]
        | None
    ) = None
    html: (
        Annotated[
            str,
            Field(strict=True, description=f"A whole page. At most {MAX_HTML_BYTES:,} bytes in UTF-8."),
            AfterValidator(_html),
        ]
        | None
    ) = None
    url: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=MAX_URL_CHARS)] | None = None
    title: Annotated[str, StringConstraints(strict=True, max_length=MAX_TITLE_CHARS)] | None = None
    publisher: _Name | None = None
    byline: _Name | None = None
    published_at: (
        Annotated[datetime, BeforeValidator(iso_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
        | None
    ) = Field(default=None, description="ISO 8601; without a zone it is taken as UTC.")

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        if self.text is not None and self.html is not None:
            raise ValueError("give text or html, not both")
        if self.text is None and self.html is None and self.url is None:
            raise ValueError("give text, html or url")
        # An address that is to be fetched is vetted, and refused, by who fetches it.
        if self.url is not None and self.url_says_where and web_url(self.url) is None:
            raise ValueError("url must be an http or https address, without a name or password in it")
        return self

    @property
    def url_says_where(self) -> bool:
        """Whether the address only says where the text or HTML is from."""
        return self.text is not None or self.html is not None

    def submission(self) -> Submission:
        """The domain's word for it."""
        return Submission(**self.model_dump())


class ComparisonIn(Message):
    """The articles to compare, by id."""

    articles: Annotated[
        tuple[Annotated[str, StringConstraints(strict=True, min_length=1, max_length=MAX_ID_CHARS)], ...],
        Field(min_length=MIN_COMPARED, max_length=MAX_COMPARED, json_schema_extra={"uniqueItems": True}),
    ]


class ArticlePage(BaseModel):
    """A page of articles, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[ArticleSummary, ...]
    next: str | None


class ClaimOut(BaseModel):
    """A claim across all the articles that carry it."""

    claim_id: str
    text: str
    articles: tuple[str, ...]
    origins: OriginCount | None
    flags: tuple[Flag, ...]
    stakes: tuple[Stake, ...]
    contested_by: tuple[str, ...]
    not_assessable: tuple[NotAssessable, ...]
    created_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, record: ClaimRecord, prefix: str) -> Self:
        """As a claim record goes out."""
        address = f"{prefix}/v1/claims/{record.claim_id}"
        return cls(
            claim_id=record.claim_id,
            text=record.text,
            articles=record.articles,
            origins=count(record.origins) if record.origins else None,
            flags=record.flags,
            stakes=record.stakes,
            contested_by=record.contested_by,
            not_assessable=record.not_assessable,
            created_at=record.created_at,
            links={"self": address, "origins": f"{address}/origins"},
        )


class ClaimPage(BaseModel):
    """A page of claims, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[ClaimOut, ...]
    next: str | None


class ClaimsOut(RootModel[ClaimPage | Findings]):
    """A page of the list, or, where a sentence was given, what is known of it."""


class EventPage(BaseModel):
    """A page of events, oldest first. ``next`` is what to ask with later, as ``after``; null while nothing is settled.

    The newest events may come again with the next page, for others may still come before them: tell them by ``id``.
    """

    items: tuple[Event, ...]
    next: str | None


class OriginsOut(BaseModel):
    """The origin graph of a claim; ``origins`` is null while the claim has not been counted yet."""

    claim_id: str
    articles: tuple[str, ...]
    origins: Origins | None

    @classmethod
    def of(cls, record: ClaimRecord) -> Self:
        """The part of a claim record that is about its origins."""
        return cls(claim_id=record.claim_id, articles=record.articles, origins=record.origins)


class JobOut(BaseModel):
    """A job as it stands; what was submitted is not repeated."""

    id: str
    status: JobStatus
    article_id: str | None
    error: JobError | None
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, job: Job, prefix: str) -> Self:
        """As a job goes out."""
        links = {"self": f"{prefix}/v1/jobs/{job.id}"}
        article_id = job.article_id if job.status is JobStatus.DONE else None
        if article_id:
            links["article"] = f"{prefix}/v1/articles/{article_id}"
        return cls(
            links=links, article_id=article_id, **job.model_dump(exclude={"submission", "attempts", "article_id"})
        )


class JobAccepted(BaseModel):
    """The answer to what is done later."""

    job: JobOut


class Health(BaseModel):
    """That the function runs, and which version of it."""

    status: str = "ok"
    version: str
