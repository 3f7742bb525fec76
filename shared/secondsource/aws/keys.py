"""Every key of the table is built here, from ids that cannot hold the separator.

The table is one: PK and SK, both strings. Each partition of a tenant begins with ``T#<tenant>#``, so that no
key of one tenant can be spelt from the ids of another; API keys, which are looked up before the tenant is
known, stand under ``K#``.

==============================  =============================  ==============================================
PK                              SK                             item
==============================  =============================  ==============================================
T#<tenant>#ARTICLE#<article>    HEAD                           article: metadata, text and analysis
T#<tenant>#ARTICLES             <stamp>#<article>#<link>       entry of the list of articles
T#<tenant>#CLAIM#<claim>        RECORD                         claim record
T#<tenant>#CLAIM#<claim>        SIGNATURE                      what the record is compared by
T#<tenant>#CLAIM#<claim>        OCC#<article>                  occurrence of the claim in an article
T#<tenant>#CARRIED#<article>    <claim>#<link>                 the way back, from the article to its occurrences
T#<tenant>#CLAIMS               <stamp>#<claim>#<link>         entry of the list of claim records
T#<tenant>#CLAIM#<claim>        TOLD#<stamp>#<event>#<link>    the way from a claim to its events, with a time to live
T#<tenant>#ARTICLE#<article>    TOLD#<stamp>#<event>#<link>    the way from an article to events that are about it
T#<tenant>#EVENT#<event>        EVENT                          event, with a time to live
T#<tenant>#EVENTS               <stamp>#<event>#<link>         entry of the list of events, with a time to live
T#<tenant>#PAIR#<digest>        <stamp>#<claim>#<link>         index pair of an occurrence
T#<tenant>#ACTOR#<actor>        ACTOR                          actor of the interest register
T#<tenant>#ACTORS               <stamp>#<actor>#<link>         entry of the list of actors
T#<tenant>#ACTORNAME#<digest>   0#<actor>#<link>               name or alias of an actor; 1#: object of its relation
T#<tenant>#ARTICLE#<article>    MENTIONS                       by which names the article is found, what it states
T#<tenant>#NAMED#<digest>       1#<stamp>#<article>#<link>     article that states something of a name; 0#: names it
T#<tenant>#JOB#<job>            JOB                            job, with a time to live
T#<tenant>#POST#<digest>        POST                           post of a CMS, with the articles that are its versions
T#<tenant>#ARTICLE#<article>    POST#<digest>#<link>           the way back, from an article to the post
T#<tenant>#WEBHOOKS             WEBHOOK#<webhook>              webhook in or out, with its secrets
T#<tenant>#DELIVERY#<delivery>  DELIVERY                       event on its way to an endpoint, with a time to live
T#<tenant>#SENT#<webhook>       <stamp>#<delivery>#<link>      entry of the list of an endpoint's deliveries
T#<tenant>#REQUEST#<digest>     REQUEST                        request under an Idempotency-Key, with a time to live
T#<tenant>#KEYS                 <stamp>#<key id>#<link>        entry of the tenant's list of API keys
T#<tenant>#LIMITS               LIMITS                         what the tenant may do
T#<tenant>#COUNT#<counter>      <window>                       how many in this window, with a time to live
K#<key id>                      KEY                            API key, hash only
(any of the above)              <SK>#PIECE#<number>            what of a document did not fit its first item
==============================  =============================  ==============================================

``<link>`` ties a pointer to the write that made it; see documents.py. Every function here raises
UnprocessableInput for what is not an id (``stored.is_id``), so no key is ever built from one.
"""

from typing import NamedTuple

from secondsource.stored import digest, require_ids

SEPARATOR = "#"


class Key(NamedTuple):
    """The primary key of one item."""

    partition: str
    sort: str


API_KEYS = "K" + SEPARATOR
"""What the partitions of API keys begin with."""


def tenant(tenant_id: str) -> str:
    """What all partitions of a tenant begin with."""
    require_ids(tenant_id)
    return SEPARATOR.join(("T", tenant_id, ""))


def article(tenant: str, article_id: str) -> Key:
    """Where an article is."""
    return Key(_partition(tenant, "ARTICLE", article_id), "HEAD")


def articles(tenant: str) -> str:
    """The list of a tenant's articles."""
    return _partition(tenant, "ARTICLES")


def claim(tenant: str, claim_id: str) -> Key:
    """Where a claim record is."""
    return Key(_partition(tenant, "CLAIM", claim_id), "RECORD")


def signature_of(tenant: str, claim_id: str) -> Key:
    """Where what a claim record is compared by is."""
    return Key(claim(tenant, claim_id).partition, "SIGNATURE")


def claims(tenant: str) -> str:
    """The list of a tenant's claim records."""
    return _partition(tenant, "CLAIMS")


OCCURRENCES = "OCC" + SEPARATOR
"""What the sort keys of a claim's occurrences begin with."""


TOLD = "TOLD" + SEPARATOR
"""What the sort keys of the pointers to the events of a claim, or about an article, begin with."""

POSTS = "POST" + SEPARATOR
"""What the sort keys of the pointers from an article to posts begin with."""

WEBHOOKS = "WEBHOOK" + SEPARATOR
"""What the sort keys of webhooks begin with."""


def occurrence_of(tenant: str, claim_id: str, article_id: str) -> Key:
    """Where the occurrence of a claim in an article is."""
    require_ids(article_id)
    return Key(claim(tenant, claim_id).partition, OCCURRENCES + article_id)


def carried(tenant: str, article_id: str) -> str:
    """The claims that an article carries."""
    return _partition(tenant, "CARRIED", article_id)


def pair(tenant: str, index_key: str) -> str:
    """The occurrences under one index key. The key is free text, so its digest stands for it."""
    return _partition(tenant, "PAIR", digest(index_key))


def event(tenant: str, event_id: str) -> Key:
    """Where an event is."""
    return Key(_partition(tenant, "EVENT", event_id), "EVENT")


def events(tenant: str) -> str:
    """The list of a tenant's events."""
    return _partition(tenant, "EVENTS")


def actor(tenant: str, actor_id: str) -> Key:
    """Where an actor of the register is."""
    return Key(_partition(tenant, "ACTOR", actor_id), "ACTOR")


def actors(tenant: str) -> str:
    """The list of a tenant's actors."""
    return _partition(tenant, "ACTORS")


def actor_name(tenant: str, name: str) -> str:
    """The actors of this name, or with relations to it."""
    return _partition(tenant, "ACTORNAME", digest(name))


def mentions(tenant: str, article_id: str) -> Key:
    """Where what an article states of those whom it names is."""
    return Key(article(tenant, article_id).partition, "MENTIONS")


def named(tenant: str, name: str) -> str:
    """The articles that are found by this name."""
    return named_by(tenant, digest(name))


def named_by(tenant: str, named: str) -> str:
    """The articles that are found by the name of this digest."""
    return _partition(tenant, "NAMED", named)


def job(tenant: str, job_id: str) -> Key:
    """Where a job is."""
    return Key(_partition(tenant, "JOB", job_id), "JOB")


def post(tenant: str, webhook_id: str, external_id: str) -> Key:
    """Where a post of a CMS is. Its id there is free text, so a digest stands for it."""
    require_ids(webhook_id)
    return Key(_partition(tenant, "POST", digest(f"{webhook_id}{SEPARATOR}{external_id}")), "POST")


def webhook(tenant: str, webhook_id: str) -> Key:
    """Where a webhook is."""
    require_ids(webhook_id)
    return Key(webhooks(tenant), WEBHOOKS + webhook_id)


def webhooks(tenant: str) -> str:
    """All of a tenant's webhooks."""
    return _partition(tenant, "WEBHOOKS")


def delivery(tenant: str, delivery_id: str) -> Key:
    """Where a delivery is."""
    return Key(_partition(tenant, "DELIVERY", delivery_id), "DELIVERY")


def deliveries(tenant: str, webhook_id: str) -> str:
    """The list of an endpoint's deliveries."""
    return _partition(tenant, "SENT", webhook_id)


def request(tenant: str, digest: str) -> Key:
    """Where a request that came with an Idempotency-Key is remembered."""
    return Key(_partition(tenant, "REQUEST", digest), "REQUEST")


def api_key(key_id: str) -> Key:
    """Where an API key is, whoever's it is."""
    require_ids(key_id)
    return Key(API_KEYS + key_id, "KEY")


def api_keys(tenant: str) -> str:
    """The list of a tenant's API keys."""
    return _partition(tenant, "KEYS")


def limits(tenant: str) -> Key:
    """Where what a tenant may do is."""
    return Key(_partition(tenant, "LIMITS"), "LIMITS")


def counter(tenant: str, name: str, window: str) -> Key:
    """Where a counter counts in this window; no two counters share a partition."""
    require_ids(window)
    return Key(counters(tenant, name), window)


def counters(tenant: str, name: str) -> str:
    """All windows of a counter."""
    return _partition(tenant, "COUNT", name)


def piece(head: Key, number: int) -> Key:
    """Where the n-th further piece of a document is, counted from 1."""
    return Key(head.partition, f"{head.sort}{SEPARATOR}PIECE{SEPARATOR}{number:03d}")


def _partition(tenant: str, *parts: str) -> str:
    require_ids(tenant, *parts)
    return SEPARATOR.join(("T", tenant, *parts))
