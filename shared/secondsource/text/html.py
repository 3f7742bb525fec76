"""From the HTML of a page to the text of its article, and what the page says about it.

The main text is found by trafilatura, on a page that was made safe to parse first. What could not be read is said in
``Extracted.truncated``; a page with visible text never comes back empty.
"""

import logging
from collections.abc import Collection, Iterable, Sequence

import trafilatura
from lxml import html as lxml_html
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document

from secondsource.model import Extracted
from secondsource.text import metadata
from secondsource.text.article_body import paragraphs_of, unglued
from secondsource.text.boxes import without_boxes
from secondsource.text.fields import web_url
from secondsource.text.limits import MAX_HTML_BYTES, MAX_TEXT_CHARS, check_html, check_text
from secondsource.text.markup import Markup, rewrite

__all__ = ["MAX_HTML_BYTES", "MAX_TEXT_CHARS", "extract"]

LOST = "the parser lost part of the page; its text was taken as it stands"

_KEPT_SHARE = 0.999
"""Least share of a page's letters that must have reached the tree."""

_COVERED_LETTERS = 1_000
_COVERED_TIMES = 4
"""From this much text under aria-hidden on, and this many times the rest, it is a page under a dialogue."""

_TOP = 3
"""Paragraphs among which a headline may stand: a section's name and a date are put above it."""

_LABEL_CHARS = 40
"""Longest paragraph above a headline that is a label."""

# Its records quote pages, and none of them is about this program.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)
_LOGGER = logging.getLogger(__name__)


def extract(html: str, url: str | None = None) -> Extracted:
    """The article of a page: its text, a blank line between paragraphs, and its metadata.

    ``url`` is where the page was read. Hidden elements, scripts and comments are left out; NUL, lone surrogates and
    noncharacters become U+FFFD. Raises TooLarge for more than MAX_HTML_BYTES of HTML or MAX_TEXT_CHARS of main text.
    """
    check_html(html)
    markup = rewrite(html)
    if markup.aria_letters > max(_COVERED_LETTERS, _COVERED_TIMES * _letters(markup.lines)):
        # A dialogue over a page (cookies, say) sets aria-hidden on all that lies under it: the article itself.
        markup = rewrite(html, honour_aria=False)
    notes = list(markup.notes)
    tree = _tree(markup)
    if tree is None:
        return Extracted(text="", url=web_url(url), truncated=_sentence(notes))
    paragraphs: list[str] = []
    if markup.complete and _letters([tree.text_content()]) < _KEPT_SHARE * _letters(markup.lines):
        notes.append(LOST)
    elif markup.complete:
        without_boxes(tree)
        paragraphs = _main_text(tree)
        check_text("".join(paragraphs))  # before time is spent on it
        paragraphs = unglued(paragraphs, markup.lines, markup.main_lines)
    if not paragraphs:
        paragraphs = list(markup.main_lines or markup.lines)
    said = metadata.read(tree, markup.json_ld, url)
    text = "\n\n".join(_without_headline(paragraphs, _headlines(tree, said.title)))
    check_text(text)
    return Extracted(
        text=text,
        title=said.title,
        url=said.url,
        publisher=said.publisher,
        byline=said.byline,
        published_at=said.published_at,
        language=said.language,
        paid=said.paid,
        truncated=_sentence(notes),
    )


def _tree(markup: Markup) -> HtmlElement | None:
    """The page parsed; None when there is nothing in it."""
    if not markup.html.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, collect_ids=False)
    try:
        return lxml_html.document_fromstring(markup.html.encode("utf-8"), parser=parser)
    except LxmlError:  # "Document is empty": tags alone, and none that counts
        return None


def _main_text(tree: HtmlElement) -> list[str]:
    """Paragraphs of the main text as trafilatura finds it; none when it finds none."""
    try:
        document = trafilatura.bare_extraction(tree, include_comments=False)
    except Exception as fault:  # a fault in the library on one page must not cost the reader the page's text
        _LOGGER.warning("main text extraction failed: %s", type(fault).__name__)
        return []
    return paragraphs_of(document.body) if isinstance(document, Document) else []


def _letters(texts: Iterable[str]) -> int:
    """How many characters there are, white space aside."""
    return sum(len(word) for text in texts for word in text.split())


def _headlines(tree: HtmlElement, title: str | None) -> set[str]:
    """What an article is headed by, to compare with its paragraphs: the title it goes by, and the headings on the page.

    A page is often called otherwise in a list or a window than it is headed itself.
    """
    headings = [each.text_content() for each in tree.iter("h1")] or [each.text_content() for each in tree.iter("h2")]
    return {_same_words(heading) for heading in (title or "", *headings)} - {""}


def _without_headline(paragraphs: list[str], headlines: Collection[str]) -> list[str]:
    """The paragraphs without those at the top that are a headline, and the labels above them; unless that is all."""
    repeated = [n for n, paragraph in enumerate(paragraphs[:_TOP]) if _same_words(paragraph) in headlines]
    if not repeated or len(paragraphs) == repeated[-1] + 1:
        return paragraphs
    above = [paragraph for n, paragraph in enumerate(paragraphs[: repeated[-1]]) if n not in repeated]
    labels = [] if all(len(label) <= _LABEL_CHARS for label in above) else above
    return labels + paragraphs[repeated[-1] + 1 :]


def _same_words(text: str) -> str:
    """Text reduced to its letters and digits, so that two spellings of a headline compare as equal."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _sentence(notes: Sequence[str]) -> str | None:
    """The notes as one short sentence; None: nothing was cut."""
    joined = "; ".join(notes)
    return f"{joined[0].upper()}{joined[1:]}." if joined else None
