"""HTML cut into text, start tags and end tags, in one pass, the way a browser does.

Follows the tokenizer of the WHATWG standard (section 13.2.5) as far as text is concerned. Every character is looked at
a bounded number of times: expressions are possessive, and a search that fails consumes the rest of the page.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from types import MappingProxyType
from typing import Literal, NamedTuple

from secondsource.text.characters import REPLACEMENT
from secondsource.text.hidden import HIDING_ATTRIBUTES
from secondsource.text.tags import RAW_TEXT

MAX_ATTRIBUTES = 256
"""Attributes read of one tag. lxml compares each with each: 100,000 of them took 22 s."""

MAX_ATTRIBUTE_CHARS = 4_096
"""Characters of an attribute's value; longer ones (embedded images, application state) are left out, unless they may
hide the element."""


class Token(NamedTuple):
    """One piece of a page.

    ``cut``: "attributes" when a tag had more than MAX_ATTRIBUTES, "unclosed" when a comment, tag or raw text runs
    to the end of the page and takes the rest with it.
    """

    kind: Literal["text", "raw", "start", "end", "hole"]
    data: str
    """Text with its character references read, or a tag's name in lower case."""
    attributes: Mapping[str, str] = MappingProxyType({})
    self_closing: bool = False
    cut: str | None = None


_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*+", re.ASCII)
_BETWEEN = re.compile(r"[\s/]*+", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)|(?=>)))?""", re.ASCII
)
_OPEN_QUOTE = re.compile(r"""[^\s/>][^\s/>=]*+\s*+=\s*+["']""", re.ASCII)
_COMMENT_END = re.compile(r"--!?>")
_DECLARATION_END = re.compile(r">")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in RAW_TEXT}
# Python refuses integers of more than 4,300 digits, and needs quadratic time for shorter ones.
_HUGE_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{8,}+|[0-9]{8,}+);?")


def tokens(page: str) -> Iterator[Token]:
    """The page's pieces in order, comments and declarations left out. Each step goes on where the last one ended."""
    at = 0
    while at < len(page):
        markup = _MARKUP.search(page, at)
        begin = markup.start() if markup else len(page)
        if begin > at:
            yield Token("text", characters(page[at:begin]))
        if not markup:
            return
        closing = page.startswith("</", begin)
        name = _TAG_NAME.match(page, begin + (2 if closing else 1))
        if not name:
            end = _comment_end(page, begin)
            if end is None:
                yield Token("hole", "a comment", cut="unclosed")
                return
            at = end
            continue
        tag = name[0].lower()
        at, attributes, closes_itself, cut = _attributes(page, name.end())
        if cut == "unclosed":
            yield Token("hole", "a tag", cut=cut)
            return
        yield Token("end", tag) if closing else Token("start", tag, attributes, closes_itself, cut)
        if tag in RAW_TEXT and not closing:
            ends = _RAW_END[tag].search(page, at)
            content, at = (page[at : ends.start()], ends.start()) if ends else (page[at:], len(page))
            yield Token("raw", content)
            if not ends:
                yield Token("hole", f"a {tag}", cut="unclosed")


def characters(text: str) -> str:
    """Text with its character references read; a number beyond Unicode becomes U+FFFD."""
    return unescape(_HUGE_REFERENCE.sub(REPLACEMENT, text)) if "&" in text else text


def _comment_end(page: str, begin: int) -> int | None:
    """Where a comment, or what a browser takes for one (<!doctype>, <?xml?>, </3>), ends; None: never."""
    expression, at = (_COMMENT_END, begin + 2) if page.startswith("<!--", begin) else (_DECLARATION_END, begin)
    end = expression.search(page, at)
    return end.end() if end else None


def _attributes(page: str, at: int) -> tuple[int, dict[str, str], bool, str | None]:
    """The position behind a tag, its attributes, whether it closes itself, and what was cut."""
    read: dict[str, str] = {}
    count = 0
    while True:
        between = _BETWEEN.match(page, at)
        at = between.end() if between else at
        if page.startswith(">", at):
            return at + 1, read, page[at - 1] == "/", "attributes" if count > MAX_ATTRIBUTES else None
        attribute = _ATTRIBUTE.match(page, at)
        if attribute is None or (attribute.lastindex == 1 and _OPEN_QUOTE.match(page, at)):
            return len(page), {}, False, "unclosed"
        at = attribute.end()
        count += 1
        value = attribute[2] or attribute[3] or attribute[4] or ""
        name = attribute[1].lower()
        if count <= MAX_ATTRIBUTES and (len(value) <= MAX_ATTRIBUTE_CHARS or name in HIDING_ATTRIBUTES):
            read.setdefault(name, characters(value))
