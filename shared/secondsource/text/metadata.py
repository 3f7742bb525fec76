"""What a page says about its article: JSON-LD first, then meta tags, then the elements a reader sees."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from secondsource.text import json_ld
from secondsource.text.fields import line, moment, web_url

_LOGGER = logging.getLogger(__name__)

_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title")
_LAST_PUBLISHERS = ("application-name", "twitter:site")
_BYLINES = ("author", "article:author", "og:article:author", "byl", "parsely-author", "dc.creator", "dcterms.creator",
            "sailthru.author", "citation_author")  # fmt: skip
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
          "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date",
          "publication_date", "citation_publication_date", "date")  # fmt: skip
_BY = re.compile(r"^(?:words |written |reporting |story )?by[: ]\s*", re.IGNORECASE)
_SEPARATORS = "|\u2013\u2014\u2022\u00b7:\u00bb\u203a-"
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the markup says; ``url`` is the canonical one where the page names it. ``language``: ISO 639, lower case.
    ``paid``: that it is not free to read."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    paid: bool = False


def read(tree: HtmlElement, blocks: Sequence[str], url: str | None) -> Metadata:
    """Metadata of a page fetched from ``url``, with ``blocks`` the contents of its JSON-LD scripts.

    Relative addresses are resolved against ``url`` alone: <base> changes nothing.
    """
    page = web_url(url)
    meta = _meta(tree)
    said = json_ld.describe(blocks, page)
    headings = [heading for each in tree.iter("h1") if (heading := line(each.text_content()))]
    window_title = line(tree.findtext(".//title"))
    publisher = said.publisher or _first(meta, _PUBLISHERS) or _behind(window_title, headings)
    publisher = publisher or _first(meta, _LAST_PUBLISHERS)
    title = said.title or _first(meta, _TITLES)
    title = title or (headings[0] if len(headings) == 1 else None) or window_title or next(iter(headings), None)
    return Metadata(
        title=_without_site(title, publisher),
        url=_canonical(tree, meta, said.url, page),
        publisher=publisher.removeprefix("@") or None if publisher else None,
        byline=_byline(tree, meta, said.byline),
        published_at=said.published_at or _published(tree, meta, page),
        language=_language(tree, meta, said.language),
        paid=said.paid,
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Contents of the meta tags by property, name, itemprop or http-equiv in lower case."""
    found: dict[str, list[str]] = {}
    for each in tree.iter("meta"):
        content = each.get("content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = each.get(attribute)
            if key and content:
                found.setdefault(key.strip().lower(), []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], keys: Iterable[str]) -> str | None:
    """The first content under the first of these keys that is a line of text and not an address."""
    contents = (line(content) for key in keys for content in meta.get(key, ()))
    return next((content for content in contents if content and not web_url(content)), None)


def _behind(window_title: str | None, headings: Sequence[str]) -> str | None:
    """What stands behind the headline and a separator in the title of the window: the name of the site."""
    for heading in headings:
        if window_title and window_title.startswith(heading):
            rest = window_title[len(heading) :].strip()
            if rest and rest[0] in _SEPARATORS:
                return rest.strip(_SEPARATORS + " ") or None
    return None


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """The title without a separator and the publisher's name behind it."""
    if title and publisher and title.casefold().endswith(publisher.casefold()):
        headline = title[: -len(publisher)].rstrip()
        if headline and headline[-1] in _SEPARATORS and len(headline) > 1:
            return headline.rstrip(_SEPARATORS + " ") or title
    return title


def _canonical(tree: HtmlElement, meta: Mapping[str, list[str]], described: str | None, page: str | None) -> str | None:
    links = [each.get("href") for each in tree.iter("link") if "canonical" in (each.get("rel") or "").lower().split()]
    named = [web_url(each, page) for each in [*links, *meta.get("og:url", ())]]
    for address in [*named, described]:
        # A front page named as the canonical address of a story is a slip of the site's template.
        if address and (page is None or not _is_front_page(address) or _is_front_page(page)):
            return address
    return page


def _is_front_page(address: str) -> bool:
    return address.partition("://")[2].partition("?")[0].rstrip("/").count("/") == 0


def _byline(tree: HtmlElement, meta: Mapping[str, list[str]], described: str | None) -> str | None:
    names = [line(content) for key in _BYLINES for content in meta.get(key, ())[: json_ld.MAX_NAMES]]
    named = list(dict.fromkeys(name for name in names if name and not web_url(name)))
    seen = described or line(", ".join(named)) or line((_guess(lambda: extract_author(tree)) or "").replace("; ", ", "))
    return line(_BY.sub("", seen)) if seen else None


def _published(tree: HtmlElement, meta: Mapping[str, list[str]], page: str | None) -> datetime | None:
    written = [content for key in _DATES for content in meta.get(key, ())]
    for each in tree.iter():
        if each.get("itemprop") == "datePublished" or (each.tag == "time" and each.get("pubdate") is not None):
            written.append(each.get("content") or each.get("datetime") or each.text_content())
    written += [each.get("datetime") or "" for each in tree.iterfind(".//article//time")][:1]
    found = next((when for when in map(moment, written) if when), None)
    # Only what markup and address say: a date found somewhere in the text is too often another one.
    return found or moment(_guess(lambda: find_date(tree, extensive_search=False, original_date=True, url=page)))


def _guess(guess: Callable[[], str | None]) -> str | None:
    """What a library makes of a page; a fault in it costs the reader this field, not the page."""
    try:
        return guess()
    except Exception as fault:
        _LOGGER.warning("metadata heuristic failed: %s", type(fault).__name__)
        return None


def _language(tree: HtmlElement, meta: Mapping[str, list[str]], described: str | None) -> str | None:
    named = [tree.get("lang"), tree.get("xml:lang"), described]
    named += [content for key in ("content-language", "og:locale") for content in meta.get(key, ())]
    codes = (_LANGUAGE.fullmatch(name.strip()) for name in named if name)
    return next((code[1].lower() for code in codes if code), None)
