"""Versions of one page: which of its articles count.

A page that was edited and is submitted again is another article, but no other report. Of the occurrences of a claim
that stand at one address the newest counts; the older ones are kept, and count again when the newer ones go.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from secondsource.corpus.identity import same_outlet
from secondsource.model import Occurrence

_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|mc_[ce]id|at_(?:medium|campaign\w*)|_g[al]|(?:fb|g|d|y|tw|ms)clid|[gw]braid|igshid?|"
    r"cmp(?:id)?|smid|ncid|ocid|taid",
    re.IGNORECASE,
)
"""Parameters that say by which way a reader came, not what there is to read: those of campaigns, of advertisers'
clicks and of newsrooms' own links."""


class Versions(NamedTuple):
    """The occurrences that count, in their order, and the articles that do not, each with the one in its place."""

    counted: tuple[Occurrence, ...]
    replaced: dict[str, str]


def newest(occurrences: Iterable[Occurrence]) -> Versions:
    """Of occurrences of one claim, in any order, the newest of each page.

    Two are of one page when their addresses are one and their publishers, where both are known, can be one.
    """
    given = tuple(occurrences)
    at: dict[str, list[Occurrence]] = {}
    replaced: dict[str, str] = {}
    for o in sorted(given, key=lambda o: (o.added_at, o.article_id), reverse=True):
        place = page(o.url) if o.url else None
        if place is None:
            continue
        known = at.setdefault(place, [])
        newer = next((other for other in known if _may_be_one(o.publisher, other.publisher)), None)
        if newer is None:
            known.append(o)
        else:
            replaced[o.article_id] = newer.article_id
    return Versions(tuple(o for o in given if o.article_id not in replaced), dict(sorted(replaced.items())))


@lru_cache(maxsize=10_000)
def page(url: str) -> str | None:
    """An address in the form that addresses are compared by: without scheme, "www.", tracking and a slash at its end.

    None: a front page, where another article stands each day.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0]))
    if not host or not (path or asked):
        return None
    return f"{host}{port}{path}?{asked}"


def _may_be_one(publisher: str | None, other: str | None) -> bool:
    return not publisher or not other or publisher == other or same_outlet(publisher, other)
