"""What the JSON-LD of a page says about its article, in the words of schema.org."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secondsource.text.fields import line, moment, web_url

MAX_NODES = 2_000
"""Nodes of JSON-LD that are looked at; the graph of a news page has some ten."""

MAX_NAMES = 20
"""Authors that are named in a byline."""

_ARTICLE_TYPES = frozenset(["report", "blogposting", "liveblogposting", "socialmediaposting"])
_FREE = "isAccessibleForFree"
_PUBLISHER_KEYS = ("publisher", "sourceOrganization", "provider")


@dataclass(frozen=True, slots=True)
class Described:
    """An article as its JSON-LD describes it. ``paid``: it, or a part of it, is not free to read."""

    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    url: str | None = None
    language: str | None = None
    paid: bool = False


def describe(blocks: Iterable[str], page: str | None = None) -> Described:
    """The article of these JSON-LD blocks; where there are several, the one at the address ``page``, else the first.

    A block that is not JSON is passed over.
    """
    nodes = list(_nodes(blocks))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return Described()
    chosen = next((node for node in articles if page and _same_page(_address(node, page), page)), articles[0])
    publishers = (name for key in _PUBLISHER_KEYS for name in _names(chosen.get(key), by_id))
    authors = list(dict.fromkeys(_names(chosen.get("author"), by_id)))[:MAX_NAMES]
    return Described(
        title=line(chosen.get("headline")) or line(chosen.get("name")),
        publisher=next(publishers, None),
        byline=line(", ".join(authors)),
        published_at=moment(chosen.get("datePublished")) or moment(chosen.get("dateCreated")),
        url=_address(chosen, page),
        language=line(chosen.get("inLanguage")),
        paid=_is_paid(chosen),
    )


def _nodes(blocks: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """Every object at the top of a block or in its graph, and those they name as their main entity or their maker."""
    left = MAX_NODES
    for block in blocks:
        try:
            waiting = [json.loads(block, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            left -= 1
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value[:left])
            elif isinstance(value, dict):
                yield value
                inner = [value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author")]
                waiting += reversed([each for each in inner if isinstance(each, dict | list)])


def _is_article(node: Mapping[str, Any]) -> bool:
    types = node.get("@type")
    names = [name.rpartition("/")[2].lower() for name in _listed(types) if isinstance(name, str)]
    return any(name.endswith("article") or name in _ARTICLE_TYPES for name in names)


def _is_paid(node: Mapping[str, Any]) -> bool:
    """Whether an article says so itself; where it says nothing, whether a part of it does."""
    parts = [part for part in _listed(node.get("hasPart"))[:MAX_NODES] if isinstance(part, dict)]
    said = [each[_FREE] for each in (node, *parts) if _FREE in each]
    return _is_no(said[0]) if _FREE in node else any(map(_is_no, said))


def _is_no(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].strip().lower() == "false")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _names(value: object, by_id: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Names of persons or organisations given as text, as objects or by reference."""
    for each in _listed(value)[:MAX_NAMES]:
        if isinstance(each, dict):
            whole = by_id.get(each["@id"], each) if isinstance(each.get("@id"), str) and "name" not in each else each
            parts = [whole.get("givenName"), whole.get("familyName")]
            spelled = " ".join(part for part in parts if isinstance(part, str))
            candidates = [*_listed(whole.get("name")), spelled]
        else:
            candidates = [each]
        yield from (name for name in map(line, candidates[:MAX_NAMES]) if name and not web_url(name))


def _address(node: Mapping[str, Any], page: str | None) -> str | None:
    main = node.get("mainEntityOfPage")
    main = main.get("@id") or main.get("url") if isinstance(main, dict) else main
    return web_url(node.get("url"), page) or web_url(main, page)


def _same_page(address: str | None, page: str) -> bool:
    return address is not None and _without_query(address) == _without_query(page)


def _without_query(address: str) -> str:
    return address.partition("#")[0].partition("?")[0].rstrip("/")
