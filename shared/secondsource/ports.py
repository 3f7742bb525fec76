"""What the services need from outside, as Protocols: stores, fetcher, queue, clock."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from secondsource.model import (
    Actor,
    ApiKey,
    Article,
    Candidates,
    ClaimRecord,
    Delivery,
    Event,
    Job,
    Limits,
    Mention,
    Occurrence,
    Page,
    Post,
    Publication,
    Relation,
    Signature,
    Webhook,
)


class Clock(Protocol):
    """The time, aware and in UTC."""

    def now(self) -> datetime: ...


class ArticleStore(Protocol):
    """Articles of a tenant, with their analysis. Every method is safe to repeat."""

    def add_article(self, tenant: str, article: Article, event: Event | None = None, job: Job | None = None) -> bool:
        """Store an article; False when one of this id is there already (nothing is changed then).

        With an ``event``, of an id that there has not been, all is stored, or nothing is. So it is with the ``job``
        that writes the article, with the article's id in it: it replaces the one that is stored, and where that is
        done or failed, has written an article before, or is gone, the answer is False, too.
        """
        ...

    def replace_article(self, tenant: str, article: Article, job: Job) -> bool:
        """Store an article in place of the one of this id, and the job that writes it, as ``add_article`` does.

        False, and nothing is changed, when there is none, and where the job must not write.
        """
        ...

    def get_article(self, tenant: str, article_id: str) -> Article | None: ...

    def has_article(self, tenant: str, article_id: str) -> bool: ...

    def list_articles(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """Newest first, pages of ArticleSummary. Raises InvalidCursor for a cursor it did not give this tenant."""
        ...

    def delete_article(self, tenant: str, article_id: str) -> bool:
        """Delete the article and every piece of it; False when there was none."""
        ...


class ClaimIndex(Protocol):
    """Claim records, their signatures, their occurrences in articles, and the keys by which a new claim finds them.

    The keys are those of the occurrences: what one more report says differently makes its claim found by that too, and
    of an article that is deleted nothing is left in the index.
    """

    def candidates(self, tenant: str, keys: Sequence[str], newest: int) -> Candidates:
        """Claims with an occurrence under any of these keys; of each key the newest ``newest`` entries are read.

        Most hits first: a hit is a key, however many occurrences of the claim stand under it. Of equals, the one with
        the newest entry (its occurrence's ``added_at``) comes first. A claim's record may be missing: ``get_claims``
        knows.
        """
        ...

    def candidates_of_each(self, tenant: str, keys: Sequence[Sequence[str]], newest: int) -> list[Candidates]:
        """The same for several claims, each with its keys, in their order."""
        ...

    def get_claims(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, ClaimRecord]:
        """Those that exist."""
        ...

    def signatures(self, tenant: str, claim_ids: Sequence[str]) -> dict[str, Signature]:
        """What these records are compared by, as far as it has been put.

        Where a deletion was broken off, a signature may outlast its record: ``get_claims`` knows.
        """
        ...

    def put_signatures(self, tenant: str, signatures: Mapping[str, tuple[int, Signature]]) -> None:
        """Store what records are compared by, each counted for a version of it, unless there is one as new or newer.

        The record comes first: a signature of no record is not kept. Each is stored for itself: raises NotAllStored
        with the ids of those that were not, once all have been tried.
        """
        ...

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        """Store a new record; False when it exists (nothing is changed then). It is found by its occurrences."""
        ...

    def update_claim(self, tenant: str, record: ClaimRecord, event: Event | None = None) -> None:
        """Replace a record whose stored version is ``record.version - 1``; else raises VersionConflict.

        A record that does not exist raises VersionConflict too. With an ``event``, both are stored, or neither is.
        """
        ...

    def delete_claim(self, tenant: str, claim_id: str, version: int | None = None, event: Event | None = None) -> None:
        """Delete a record, and its signature unless that is of a higher version than the record.

        With ``version``, raises VersionConflict if the record has another one. No record, nothing to do but to finish
        a deletion that was broken off. With an ``event``, the record goes and the event is stored, or neither.
        """
        ...

    def list_claims(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """Newest first, pages of ClaimRecord, without those that are ``merged_into`` others."""
        ...

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        """Store an occurrence, in place of the one of this claim in this article if there is one.

        Its claim is found under ``facts.keys`` from then on, unless it ``opposes`` the claim, and no longer under keys
        that only the replaced one had. Raises UnprocessableInput for more than ``stored.MOST_KEYS``.
        """
        ...

    def occurrences(self, tenant: str, claim_id: str) -> tuple[Occurrence, ...]:
        """All of them, consistently read, oldest first (added_at, then article id)."""
        ...

    def claims_of(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """The ids of the claims of which there are occurrences in this article, in the order of the ids."""
        ...

    def delete_occurrences(self, tenant: str, article_id: str) -> tuple[str, ...]:
        """Delete all occurrences of an article, out of the index too; answers the claim ids they belonged to."""
        ...

    def delete_occurrence(self, tenant: str, claim_id: str, article_id: str) -> bool:
        """Delete one occurrence, out of the index too; False when there was none."""
        ...


class Register(Protocol):
    """The actors of a tenant's register, found by the names they bear and by those their relations lead to."""

    def put_actor(self, tenant: str, actor: Actor) -> None:
        """Store an actor, of version 1 if there is none of this id, else in place of version ``actor.version - 1``.

        Raises VersionConflict when another version is stored. It is found under its new names from then on, and no
        longer under those that only the replaced one had. Raises UnprocessableInput for more than
        ``stored.MOST_ALIASES`` aliases or ``stored.MOST_RELATIONS`` relations, and for a bad id.
        """
        ...

    def get_actor(self, tenant: str, actor_id: str) -> Actor | None: ...

    def delete_actor(self, tenant: str, actor_id: str, version: int | None = None) -> bool:
        """False when there is none. With ``version``, raises VersionConflict if the actor has another one."""
        ...

    def list_actors(self, tenant: str, limit: int, cursor: str | None = None) -> Page:
        """Newest first (``created_at``), pages of Actor. Raises InvalidCursor."""
        ...

    def actors_named(self, tenant: str, names: Collection[str]) -> dict[str, tuple[Actor, ...]]:
        """By each of these names (in the form of ``text.naming.normal``) that is known: the actors who bear it as name
        or alias, then those with a relation to it, each in the order of the ids; at most ``stored.MOST_NAMED``."""
        ...


class Mentions(Protocol):
    """Which articles name whom, and what they state of them."""

    def put_mentions(
        self,
        tenant: str,
        article_id: str,
        added_at: datetime,
        names: Mapping[str, Sequence[Relation]],
        expires_at: datetime | None = None,
    ) -> None:
        """Store by which names (in the form of ``text.naming.normal``) the article is found, in place of what was put
        for it before. When ``expires_at`` is over, it is gone, deleted yet or not.

        Raises UnprocessableInput for more than ``stored.MOST_NAMES``, or ``stored.MOST_STATED`` of one.
        """
        ...

    def mentions(self, tenant: str, name: str, limit: int, cursor: str | None = None, *, stating: bool = False) -> Page:
        """Pages of Mention: those that state something of the name, newest first, then the others, newest first.

        ``stating``: the former alone. Raises InvalidCursor.
        """
        ...

    def articles_named(self, tenant: str, named: str, limit: int, cursor: str | None = None) -> Page:
        """Pages of the ids of the articles that ``mentions`` has, in its order, of the name of which ``named`` is the
        ``stored.digest``.

        Raises InvalidCursor.
        """
        ...

    def stating(self, tenant: str, names: Collection[str], limit: int) -> dict[str, tuple[Mention, ...]]:
        """By each of these names: the newest mentions that state something of it, so many at the most."""
        ...

    def delete_mentions(self, tenant: str, article_id: str) -> bool:
        """Delete all that was put for the article; False when there was nothing."""
        ...


class EventStore(Protocol):
    """What has happened, in the order of time. Events are stored with what they tell of: see ``ClaimIndex``,
    ``ArticleStore``, ``JobStore`` and ``Publications``. After ``stored.EVENT_DAYS`` they are gone."""

    def list_events(self, tenant: str, limit: int, settled: datetime, cursor: str | None = None) -> Page:
        """Oldest first, pages of Event. Raises InvalidCursor.

        ``next`` leads on from the last event read that is not later than ``settled``, also when there is none behind
        it yet: what is later is read again, for others may still come before it. It is None only where there has been
        no such event and no cursor was given.
        """
        ...

    def get_event(self, tenant: str, event_id: str) -> Event | None: ...

    def events_of(self, tenant: str, claim_id: str) -> tuple[Event, ...]:
        """All events of a claim."""
        ...

    def events_about(self, tenant: str, article_id: str) -> tuple[Event, ...]:
        """All events that are of this article, or of the one that replaces it."""
        ...

    def change_event(self, tenant: str, event_id: str, change: Callable[[Event], Event | None]) -> None:
        """Put what ``change`` makes of an event in its place; where it answers None, or the event is gone, nothing.

        It is asked once more where somebody else has changed the event meanwhile: no change is lost.
        """
        ...

    def delete_event(self, tenant: str, event_id: str) -> bool:
        """False when there is none."""
        ...


class JobStore(Protocol):
    """Jobs. A job's status only moves forward, and the article that it has written stays its article."""

    def add_job(self, tenant: str, job: Job) -> bool:
        """False when a job of this id exists."""
        ...

    def get_job(self, tenant: str, job_id: str) -> Job | None:
        """None also once it has expired, deleted yet or not."""
        ...

    def update_job(self, tenant: str, job: Job, event: Event | None = None) -> bool:
        """Replace it; False (and no change) when the stored status is further on or terminal, or the stored job has an
        ``article_id`` that this one has not.

        With an ``event``, both are stored, or neither is.
        """
        ...


class Publications(Protocol):
    """The posts of newsrooms' CMSs, with the articles that are their versions."""

    def put_publication(self, tenant: str, publication: Publication, event: Event | None = None) -> None:
        """Store it, of revision 1 if there is none of this post, else in place of ``publication.revision - 1``.

        Raises VersionConflict when another revision is stored, UnprocessableInput for more than
        ``stored.MOST_VERSIONS``. With an ``event``, both are stored, or neither is.
        """
        ...

    def get_publication(self, tenant: str, post: Post) -> Publication | None: ...

    def publications_of(self, tenant: str, article_id: str) -> tuple[Publication, ...]:
        """Those of which this article is a version."""
        ...

    def delete_publication(self, tenant: str, post: Post, revision: int) -> bool:
        """False when there is none. Raises VersionConflict if it has another revision."""
        ...


class Webhooks(Protocol):
    """The endpoints that a tenant has registered, with their secrets."""

    def put_webhook(self, tenant: str, webhook: Webhook) -> None:
        """Store it, of version 1 if there is none of this id, else in place of version ``webhook.version - 1``.

        Raises VersionConflict when another version is stored.
        """
        ...

    def get_webhook(self, tenant: str, webhook_id: str) -> Webhook | None: ...

    def list_webhooks(self, tenant: str) -> tuple[Webhook, ...]:
        """All of them, oldest first."""
        ...

    def delete_webhook(self, tenant: str, webhook_id: str) -> bool:
        """False when there is none."""
        ...


class Deliveries(Protocol):
    """Events on their way to endpoints. One that has expired is gone, deleted yet or not."""

    def add_delivery(self, tenant: str, delivery: Delivery) -> bool:
        """False when there is one of this id (nothing is changed then)."""
        ...

    def get_delivery(self, tenant: str, delivery_id: str) -> Delivery | None: ...

    def update_delivery(self, tenant: str, delivery: Delivery) -> None:
        """Replace the one of version ``delivery.version - 1``. Raises VersionConflict where there is none."""
        ...

    def list_deliveries(self, tenant: str, webhook_id: str, limit: int, cursor: str | None = None) -> Page:
        """Those to one endpoint, newest first, pages of Delivery. Raises InvalidCursor."""
        ...


class KeyStore(Protocol):
    """API keys by id, across tenants."""

    def put_key(self, key: ApiKey) -> None: ...

    def get_key(self, key_id: str) -> ApiKey | None: ...

    def list_keys(self, tenant: str) -> tuple[ApiKey, ...]: ...


class LimitStore(Protocol):
    """What tenants may do, and counters of what they have done.

    A counter counts in windows, each for itself. A window's name is an id; windows sort by their names.
    """

    def get_limits(self, tenant: str) -> Limits:
        """What has been decided for this tenant; where nothing has, all is None."""
        ...

    def put_limits(self, tenant: str, limits: Limits) -> None: ...

    def count_up(self, tenant: str, counter: str, window: str, most: int = 0, until: datetime | None = None) -> bool:
        """Count one more in the window; False, and nothing is counted, when ``most`` (0: however many) are there.

        Atomic, whoever else counts: of many at once, exactly ``most`` are counted. A call whose answer was lost may
        count twice. ``until``: when the window is over and may be forgotten.
        """
        ...

    def count_down(self, tenant: str, counter: str, window: str) -> None:
        """Take one back; where none is counted, nothing changes."""
        ...

    def counted(self, tenant: str, counter: str, after: str | None = None) -> int:
        """The sum over all windows, or over those that sort after this one."""
        ...


class Store(
    ArticleStore,
    ClaimIndex,
    Register,
    Mentions,
    EventStore,
    JobStore,
    Publications,
    Webhooks,
    Deliveries,
    KeyStore,
    LimitStore,
    Protocol,
):
    """All of storage behind one door; the DynamoDB adapter and the in-memory one both are this."""


class Queue(Protocol):
    """Where jobs wait for the worker, names of which more is known now, and deliveries for their next try."""

    def send(self, tenant: str, job_id: str, delay_seconds: int = 0) -> None:
        """Have a job run, after 15 minutes at most: see ``services.annotate``."""
        ...

    def send_name(self, tenant: str, named: str, cursor: str | None = None) -> None:
        """Have a page of the articles that name somebody counted anew: see ``services.mentioned``.

        ``named``: the ``stored.digest`` of the name, for what waits in a queue outlives an article that is deleted.
        """
        ...

    def send_delivery(self, tenant: str, delivery_id: str, tried: int, delay_seconds: int = 0) -> None:
        """Have a delivery tried that has been tried so often; after 15 minutes at most: see ``services.deliver``."""
        ...


class DeadLetter(NamedTuple):
    """Work that was given up: a job, a delivery, claims and names to be counted, events to be sent out; each with its
    tenant.

    ``named``: digests of the names by which the articles are found whose claims are to be counted. ``reason``: why it
    is nothing of that.
    """

    receipt: str
    job: tuple[str, str] | None = None
    claims: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    delivery: tuple[str, str] | None = None
    reason: str = ""


class DeadLetters(Protocol):
    """Where work waits that was given up, until somebody looks."""

    def __iter__(self) -> Iterator[DeadLetter]:
        """Each once; nobody else gets it meanwhile."""
        ...

    def remove(self, letter: DeadLetter) -> None: ...

    def put_back(self, letter: DeadLetter) -> None:
        """Let others have it at once."""
        ...


class Fetched(Protocol):
    """What a fetch brought: the final URL, the decoded body, its media type."""

    @property
    def url(self) -> str: ...

    @property
    def body(self) -> str: ...

    @property
    def media_type(self) -> str: ...


class Fetcher(Protocol):
    """Gets a public web page, safely."""

    def fetch(self, url: str, deadline_seconds: float | None = None) -> Fetched:
        """Raises FetchFailed."""
        ...


class Poster(Protocol):
    """Sends to endpoints on the public web, safely."""

    def vet(self, url: str) -> str:
        """The address in its one spelling, if it may be sent to. Raises FetchFailed."""
        ...

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> "Answered":
        """What the endpoint answered, whatever that is. Raises FetchFailed where it gave no answer."""
        ...


class Answered(NamedTuple):
    """The status of an answer, and how many seconds it asks to wait before the next try."""

    status: int
    retry_after: int | None = None
