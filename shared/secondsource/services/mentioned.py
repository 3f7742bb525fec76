"""When what is known of somebody has changed: the claims of all articles that name them are counted anew.

A name may stand in many articles, so they are counted in pages; whoever does one hands the next on. Each may be
repeated and come in any order. What an article says of a claim is not touched, only counted: see ``recount``.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from secondsource.errors import VersionConflict
from secondsource.ports import Clock, Store
from secondsource.services.recount import recount
from secondsource.stored import digest

ARTICLES: Final = 25
"""Articles that are counted at once: some 250 claims, of which each takes tens of milliseconds in DynamoDB."""


def recount_page(store: Store, clock: Clock, tenant: str, named: str, cursor: str | None = None) -> str | None:
    """Count the claims of one page of the articles that name somebody; answers where to go on, None at the end.

    ``named`` is the ``stored.digest`` of the name in the form of ``text.naming.normal``. Raises InvalidCursor.
    """
    page = store.articles_named(tenant, named, ARTICLES, cursor)
    # A claim that several of them carry is counted once.
    claims = dict.fromkeys(i for article_id in page.items for i in store.claims_of(tenant, article_id))
    for claim_id in claims:
        # Whoever wins every time has read what is known after it had changed.
        with suppress(VersionConflict):
            recount(store, clock, tenant, claim_id)
    return page.next


def recount_pages(store: Store, clock: Clock, tenant: str, named: str) -> None:
    """Count the claims of all articles that name somebody, page by page, here and now."""
    cursor = recount_page(store, clock, tenant, named)
    while cursor is not None:
        cursor = recount_page(store, clock, tenant, named, cursor)


def recount_named(store: Store, clock: Clock, tenant: str, names: Iterable[str]) -> None:
    """Count the claims of all articles that name one of these, here and now: for a store on one machine."""
    for name in dict.fromkeys(names):
        recount_pages(store, clock, tenant, digest(name))
