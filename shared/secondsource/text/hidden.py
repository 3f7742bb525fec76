"""What of a page a reader does not see."""

import re
from collections.abc import Mapping

from secondsource.text import tags

HIDING_ATTRIBUTES = frozenset(["style", "class", "hidden", "aria-hidden", "open"])
"""Attributes that say whether an element is seen."""

_HIDING_STYLE = re.compile(
    r"""(?:^|;)\s*+(?:display\s*+:\s*+none
               |visibility\s*+:\s*+(?:hidden|collapse)
               |font-size\s*+:\s*+(?:0++\.?0*+|\.0++)[a-z%]*+\s*+(?:;|!|$))""",
    re.IGNORECASE | re.VERBOSE,
)
_HIDING_CLASSES = frozenset(["visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text"])
"""Names by which Bootstrap, WordPress and the HTML5 boilerplate hide text from the eye alone."""


def hides(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element hides its text from a reader, by its kind or its own attributes; aria-hidden is apart."""
    if tag in tags.NOT_SHOWN or (tag == "dialog" and "open" not in attributes):
        return True
    if tag in ("html", "body"):  # hidden until a script shows the page
        return False
    return (
        "hidden" in attributes
        or _HIDING_STYLE.search(attributes.get("style", "")) is not None
        or not _HIDING_CLASSES.isdisjoint(attributes.get("class", "").lower().split())
    )


def is_aria_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is hidden from those who have a page read to them."""
    return attributes.get("aria-hidden", "").strip().lower() == "true"
