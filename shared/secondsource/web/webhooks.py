"""Webhooks over the wire: how they are registered and shown, with the checks of form."""

import re
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic.functional_validators import AfterValidator

from secondsource.errors import UnprocessableInput
from secondsource.model import (
    ArticleVersion,
    Attempt,
    Delivery,
    DeliveryStatus,
    EventType,
    Mapping,
    Post,
    Publication,
    Webhook,
    WebhookKind,
)
from secondsource.services.webhooks import Made, Taken
from secondsource.text.fields import MAX_URL_CHARS
from secondsource.web.messages import MAX_NAME_CHARS, Message
from secondsource.web.signatures import PREFIX, key_of

MAX_LABEL_CHARS: Final = 100
MAX_POINTER_CHARS: Final = 200
MIN_SECRET_CHARS: Final = 16
MAX_SECRET_CHARS: Final = 200
MAX_OVERLAP_HOURS: Final = 168
"""A week."""

_POINTER: Final = re.compile(r"(/([^~/]|~[01])*){1,16}")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}", re.ASCII)
_SECRET: Final = re.compile(rf"[!-~]{{{MIN_SECRET_CHARS},{MAX_SECRET_CHARS}}}")


def _pointer(value: str) -> str:
    if not _POINTER.fullmatch(value):
        raise ValueError("a JSON Pointer (RFC 6901) such as /post/html")
    return value


def _header(value: str) -> str:
    if not _HEADER.fullmatch(value):
        raise ValueError("the name of a header, such as X-Signature")
    return value.lower()


def _secret(value: str) -> str:
    if not _SECRET.fullmatch(value):
        raise ValueError(f"a secret has {MIN_SECRET_CHARS} to {MAX_SECRET_CHARS} printable characters of ASCII")
    return value


def _require_key(kind: WebhookKind, secret: str | None) -> None:
    """Raise ValueError for a secret that signatures of this kind cannot be made with."""
    if kind is WebhookKind.STANDARD and secret is not None:
        try:
            key_of(secret)
        except ValueError as error:
            raise ValueError(f"a secret of Standard Webhooks is {PREFIX} and base64, {error}") from None


def check_secret(webhook: Webhook, secret: str | None) -> None:
    """Raise UnprocessableInput for a secret that signatures of the webhook's kind cannot be made with."""
    try:
        _require_key(webhook.incoming.kind if webhook.incoming else WebhookKind.STANDARD, secret)
    except ValueError as error:
        raise UnprocessableInput(f"secret: {error}.") from None


Pointer = Annotated[str, StringConstraints(strict=True, max_length=MAX_POINTER_CHARS), AfterValidator(_pointer)]
SecretText = Annotated[str, StringConstraints(strict=True), AfterValidator(_secret)]
Label = Annotated[str, StringConstraints(strict=True, max_length=MAX_LABEL_CHARS)]
Types = Annotated[tuple[EventType, ...], Field(min_length=1, max_length=len(EventType))]
Url = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=MAX_URL_CHARS)]


class MappingIn(Message):
    """Where the parts of a post stand in what the CMS sends, as JSON Pointers, and which header signs it."""

    signature_header: Annotated[str, StringConstraints(strict=True), AfterValidator(_header)] = Field(
        description="Holds the HMAC-SHA256 of the body, in hexadecimal or base64, with or without `sha256=` before it."
    )
    id: Pointer = Field(description="The post's id in the CMS: text or a whole number.")
    html: Pointer
    title: Pointer | None = None
    url: Pointer | None = None
    author: Pointer | None = None
    date: Pointer | None = Field(default=None, description="In ISO 8601; what is none is left out.")


class IncomingIn(Message):
    """A webhook by which the posts of a CMS come in."""

    kind: WebhookKind
    mapping: MappingIn | None = Field(default=None, description="Of kind `mapped` alone, and needed there.")
    publisher: Annotated[str, StringConstraints(strict=True, max_length=MAX_NAME_CHARS)] | None = Field(
        default=None, description="The outlet that publishes all posts that come by it."
    )
    label: Label = ""
    secret: SecretText | None = Field(
        default=None, description="That of the CMS, where it makes one itself; otherwise one is made."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind is WebhookKind.MAPPED) != (self.mapping is not None):
            raise ValueError("give mapping with kind mapped, and with no other")
        _require_key(self.kind, self.secret)
        return self

    def mapped(self) -> Mapping | None:
        """The domain's word for the mapping."""
        return None if self.mapping is None else Mapping(**self.mapping.model_dump())


class OutgoingIn(Message):
    """A webhook to which callbacks go."""

    url: Url = Field(description="An https address on the public web.")
    types: Types = tuple(EventType)
    label: Label = ""


class OutgoingChange(Message):
    """What is to change of a webhook to which callbacks go; what is left out stays."""

    url: Url | None = None
    types: Types | None = None
    label: Label | None = None
    enabled: Annotated[bool, Field(strict=True)] | None = None


class SecretIn(Message):
    """A new secret: the one that is given, or one that is made."""

    secret: SecretText | None = Field(default=None, description="For webhooks by which posts come in alone.")
    overlap_hours: Annotated[int, Field(strict=True, ge=0, le=MAX_OVERLAP_HOURS)] = Field(
        default=24, description="How long the old secret goes on counting."
    )


class SecretOut(BaseModel):
    """When a secret was made and until when it counts; the secret itself is not shown again."""

    created_at: datetime
    ends_at: datetime | None


class IncomingOut(BaseModel):
    """A webhook by which posts come in. ``secret``: shown when it is made, and never again."""

    id: str
    kind: WebhookKind
    mapping: Mapping | None
    publisher: str | None
    label: str
    secret: str | None
    secrets: tuple[SecretOut, ...]
    created_at: datetime
    updated_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, webhook: Webhook, base_url: str, secret: str | None = None) -> Self:
        """As such a webhook goes out. Its link is where the CMS sends to."""
        assert webhook.incoming is not None
        return cls(
            **webhook.incoming.model_dump(),
            **_common(webhook, secret),
            links={"self": f"{base_url}/v1/webhooks/in/{webhook.id}"},
        )


class OutgoingOut(BaseModel):
    """A webhook to which callbacks go. ``secret``: shown when it is made, and never again.

    ``disabled``: it said that it is ``gone`` (410), or was switched off ``by_hand``; null where it is enabled.
    """

    id: str
    url: str
    types: tuple[EventType, ...]
    disabled: Literal["gone", "by_hand"] | None
    label: str
    secret: str | None
    secrets: tuple[SecretOut, ...]
    created_at: datetime
    updated_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, webhook: Webhook, prefix: str, secret: str | None = None) -> Self:
        """As such a webhook goes out."""
        assert webhook.outgoing is not None
        address = f"{prefix}/v1/webhooks/{webhook.id}"
        return cls(
            **webhook.outgoing.model_dump(exclude={"api_url"}),
            **_common(webhook, secret),
            links={"self": address, "deliveries": f"{address}/deliveries"},
        )


class IncomingPage(BaseModel):
    """All webhooks by which posts come in, oldest first."""

    items: tuple[IncomingOut, ...]
    next: None = None


class OutgoingPage(BaseModel):
    """All webhooks to which callbacks go, oldest first."""

    items: tuple[OutgoingOut, ...]
    next: None = None


class PostTaken(BaseModel):
    """What becomes of a post: ``accepted`` as a job, ``known`` from the same message before, or ``ignored``: it is none
    that readers can see, or something else altogether."""

    status: Literal["accepted", "known", "ignored"]
    job: str | None

    @classmethod
    def of(cls, taken: Taken | None) -> Self:
        """As it goes out."""
        return cls(status="ignored", job=None) if taken is None else cls(status=taken.status, job=taken.job.id)


class PublicationOut(BaseModel):
    """A post of a CMS with its versions, oldest first; the last counts as a report, the others can be read."""

    post: Post
    versions: tuple[ArticleVersion, ...]


class PublicationsOut(BaseModel):
    """The posts that an article is a version of: one, as a rule, and none for what came in otherwise."""

    items: tuple[PublicationOut, ...]
    next: None = None

    @classmethod
    def of(cls, publications: tuple[Publication, ...]) -> Self:
        """As they go out."""
        return cls(items=tuple(PublicationOut(post=p.post, versions=p.versions) for p in publications))


class DeliveryOut(BaseModel):
    """An event on its way. ``attempts``: the last of them, the newest at the end; ``id`` is sent as ``webhook-id``."""

    id: str
    event_id: str
    event_type: EventType
    status: DeliveryStatus
    reason: str | None
    tried: int
    attempts: tuple[Attempt, ...]
    next_at: datetime | None
    created_at: datetime
    links: dict[str, str]

    @classmethod
    def of(cls, delivery: Delivery, prefix: str) -> Self:
        """As a delivery goes out."""
        address = f"{prefix}/v1/webhooks/{delivery.webhook_id}/deliveries/{delivery.id}"
        shown = delivery.model_dump(exclude={"webhook_id", "since", "expires_at", "version"})
        return cls(links={"resend": f"{address}/resend"}, **shown)


class DeliveryPage(BaseModel):
    """A page of deliveries, newest first. ``next`` is the cursor of the following page, null at the end."""

    items: tuple[DeliveryOut, ...]
    next: str | None


def _common(webhook: Webhook, secret: str | None) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "label": webhook.label,
        "secret": secret,
        "secrets": tuple(SecretOut(created_at=s.created_at, ends_at=s.ends_at) for s in webhook.secrets),
        "created_at": webhook.created_at,
        "updated_at": webhook.updated_at,
    }


def made(found: Made, prefix: str) -> str:
    """A webhook that has a new secret, with it, as JSON."""
    shown = IncomingOut if found.webhook.incoming else OutgoingOut
    return shown.of(found.webhook, prefix, found.secret).model_dump_json()
