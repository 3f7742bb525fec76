"""What every store does alike, whatever it stores in: ids, the order of lists, page sizes, a job's way forward."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from secondsource.errors import InvalidCursor, UnprocessableInput
from secondsource.model import (
    Actor,
    Article,
    ArticleSummary,
    ArticleVersion,
    Delivery,
    Event,
    Job,
    JobStatus,
    Occurrence,
    Publication,
    Relation,
)
from secondsource.text.naming import normal

MOST_PER_PAGE = 200
"""However many are asked for, a page has no more; ``next`` leads on. Keeps one answer's reads and memory bounded."""

EVENT_DAYS = 90
"""How long an event can be read: a reader who was away for a season has missed nothing, and what a deleted article
gave rise to does not stay for good."""

JOB_DAYS = 14
"""How long a job can be looked up."""

REQUEST_HOURS = 24
"""How long an Idempotency-Key counts: a day, as at Stripe, longer than any client tries again."""

MOST_KEYS = 40
"""Index keys of one occurrence at the most; a claim has 31. An occurrence whose keys change leaves the old ones and
comes under the new ones in one transaction, and DynamoDB's holds 100 actions: twice the keys, and 12 items."""

MOST_ALIASES = 20
MOST_RELATIONS = 40
"""Of one actor. Its entries in the index of names (the name, aliases, and objects of relations) are at most 61, and one
transaction writes them with it."""
MOST_NAMED = 50
"""Actors read of one name: those who bear it come first, then those who have to do with it."""
MOST_NAMES = 40
"""Names by which one article is found: all of them change in one transaction of 100 actions, twice the names."""
MOST_STATED = 10
"""Relations kept of one name and article."""
MOST_VERSIONS = 40
"""Versions of a post that are listed; older ones are articles like any other. All of them are found by their articles,
and change in one transaction."""

_DIGEST_BYTES = 16
"""128 bits: two index keys or names of one tenant will not meet by chance."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
"""What an id may be. It cannot hold the '#' that separates the parts of a key, and two of them stay far below
the 1,024 bytes of a sort key of DynamoDB."""
_PLACE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z#" + _ID.pattern + r"(#[0-9a-f]{12})?", re.ASCII)
_MENTION = re.compile("[01]#" + _PLACE.pattern, re.ASCII)
_RANK = {JobStatus.QUEUED: 0, JobStatus.RUNNING: 1, JobStatus.DONE: 2, JobStatus.FAILED: 2}
_TERMINAL = 2


def is_id(*values: object) -> bool:
    """Whether each value is an id that a store can hold. What is not an id names nothing."""
    return all(isinstance(value, str) and _ID.fullmatch(value) is not None for value in values)


def require_ids(*values: object) -> None:
    """Raise UnprocessableInput unless each value is an id: nothing is stored under any other."""
    if not is_id(*values):
        raise UnprocessableInput("An id is 1 to 128 letters, digits, '.', '_', ':' or '-', a letter or digit first.")


def digest(text: str) -> str:
    """An id that stands for any text: where it names a place, or where it goes and the text must not."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def stamp(moment: datetime) -> str:
    """The moment in UTC as text of 27 characters that sorts as time does; a naive moment is taken as UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def place(moment: datetime, item_id: str) -> str:
    """Where an item stands in a list that is ordered by time, then id."""
    require_ids(item_id)
    return f"{stamp(moment)}#{item_id}"


def require_place(position: str) -> str:
    """The position, if it is a place in such a list; raises InvalidCursor otherwise."""
    if not _PLACE.fullmatch(position):
        raise InvalidCursor
    return position


def mention_place(added_at: datetime, article_id: str, states: bool) -> str:
    """Where a mention stands among those of one name: those that state something are behind the others, by time."""
    return f"{int(states)}#{place(added_at, article_id)}"


def require_mention_place(position: str) -> str:
    """The position, if it is a place among mentions; raises InvalidCursor otherwise."""
    if not _MENTION.fullmatch(position):
        raise InvalidCursor
    return position


def own_names(actor: Actor) -> tuple[str, ...]:
    """The forms in which the actor is named: those of its name and its aliases."""
    return tuple(dict.fromkeys(form for form in map(normal, (actor.name, *actor.aliases)) if form))


def object_names(actor: Actor) -> tuple[str, ...]:
    """The forms of those whom, or what, its relations lead to."""
    return tuple(dict.fromkeys(form for form in (normal(relation.object) for relation in actor.relations) if form))


def require_actor(tenant: str, actor: Actor) -> None:
    """Raise UnprocessableInput unless a store can hold the actor and its entries in the index of names."""
    require_ids(tenant, actor.id)
    if len(actor.aliases) > MOST_ALIASES:
        raise UnprocessableInput(f"An actor has at most {MOST_ALIASES} aliases.")
    if len(actor.relations) > MOST_RELATIONS:
        raise UnprocessableInput(f"An actor has at most {MOST_RELATIONS} relations.")


def require_mentions(tenant: str, article_id: str, names: Mapping[str, Sequence[Relation]]) -> None:
    """Raise UnprocessableInput unless a store can hold what an article states of these names."""
    require_ids(tenant, article_id)
    if len(names) > MOST_NAMES or any(len(relations) > MOST_STATED for relations in names.values()):
        raise UnprocessableInput(f"An article has at most {MOST_NAMES} names, each with {MOST_STATED} relations.")


def require_publication(tenant: str, publication: Publication) -> None:
    """Raise UnprocessableInput unless a store can hold the post with its versions."""
    require_ids(tenant, publication.post.webhook_id, *(version.article_id for version in publication.versions))
    if len(publication.versions) > MOST_VERSIONS:
        raise UnprocessableInput(f"A post has at most {MOST_VERSIONS} versions.")


def latest_end(publication: Publication) -> datetime | None:
    """When the last of its versions expires; None where one never does."""
    ends = [version.expires_at for version in publication.versions]
    return max((end for end in ends if end is not None), default=None) if None not in ends else None


def about(event: Event) -> tuple[str, ...]:
    """The articles that the event is found by."""
    return tuple(dict.fromkeys(i for i in (event.article_id, event.replaces) if i is not None))


def page_size(limit: int) -> int:
    """The page size that is used when ``limit`` is asked for: 1 to MOST_PER_PAGE."""
    return max(1, min(limit, MOST_PER_PAGE))


def index_keys(occurrence: Occurrence) -> tuple[str, ...]:
    """The different keys under which the occurrence makes its claim found; none where it opposes the claim.

    Raises UnprocessableInput for more than MOST_KEYS.
    """
    keys = tuple(dict.fromkeys(occurrence.facts.keys)) if occurrence.opposes is None else ()
    if len(keys) > MOST_KEYS:
        raise UnprocessableInput(f"A claim has at most {MOST_KEYS} index keys.")
    return keys


def summary_of(article: Article) -> ArticleSummary:
    """What a list says of the article."""
    return ArticleSummary(
        id=article.id,
        title=article.title,
        url=article.url,
        publisher=article.publisher,
        published_at=article.published_at,
        added_at=article.added_at,
        claims=len(article.analysis.claims),
    )


def may_follow(stored: JobStatus, written: str | None, new: Job) -> bool:
    """Whether a job of this status, which has ``written`` this article, may become the new one.

    It never goes back, never on from done or failed, and never loses sight of its article.
    """
    forward = _RANK[stored] < _TERMINAL and _RANK[new.status] >= _RANK[stored]
    return forward and written in (None, new.article_id)


def may_write(stored: JobStatus, written: str | None, new: Job) -> bool:
    """The same for the one that writes its article: of all deliveries of a job, one does, once."""
    return written is None and may_follow(stored, written, new)


def has_expired(stored: Job | Article | ArticleVersion | Occurrence | Delivery, now: datetime) -> bool:
    """Whether its time is over; what has none stays."""
    return stored.expires_at is not None and stamp(stored.expires_at) <= stamp(now)


def expiry(event: Event) -> datetime:
    """When the event can be read no longer."""
    end = event.at + timedelta(days=EVENT_DAYS)
    return end if event.expires_at is None else min(end, event.expires_at)
