"""Boxes on a page that are no part of its article: advertisements, and what the site recommends.

The main text is told from most of them by what finds it; on a short page, or where one stands between the paragraphs
under a plain name, it is taken for a paragraph.
"""

import re

from lxml.html import HtmlElement

_BOX = re.compile(
    r"(?:(?:inline|in-article|article|story|banner|google|gpt|dfp|sticky|native)-)?"
    r"(?:ads?|advert(?:s|isements?|ising)?|promos?)"
    r"(?:-?(?:slot|box|card|container|unit|wrap(?:per)?|block|banner|placeholder|label|area|zone|break))?"
    r"(?:-\d+)?|outbrain|taboola",
    re.IGNORECASE,
)
"""Classes of a box; one whose name only holds such a word ("no-ads", "post-promo-active") says nothing."""

_WHOLE = frozenset(["html", "body", "main", "article", "header", "h1"])
"""Elements that hold an article or its headline, whatever class they are given."""

_MOST_LETTERS = 1_000
"""A longer box is taken for the article: that of a site that calls its teasers and its stories alike."""


def without_boxes(tree: HtmlElement) -> None:
    """Take the boxes out of a page."""
    for each in [each for each in tree.iter() if isinstance(each.tag, str) and _is_box(each)]:
        if each.getparent() is not None and _is_short(each):
            each.drop_tree()


def _is_box(element: HtmlElement) -> bool:
    if element.tag in _WHOLE:
        return False
    names = element.get("class", "").replace("_", "-").split()
    return any(_BOX.fullmatch(name) for name in names)


def _is_short(element: HtmlElement) -> bool:
    """Whether an element can be a box: it holds no headline, and no more than a few sentences."""
    if next(element.iter("h1"), None) is not None:
        return False
    letters = 0
    for text in element.itertext():
        letters += len("".join(text.split()))
        if letters > _MOST_LETTERS:
            return False
    return True
