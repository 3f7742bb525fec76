"""The form in which the names of people and groups are compared."""

import re
import unicodedata
from functools import lru_cache

_THE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def without_article(name: str) -> str:
    """A name without "the" or "a" before it."""
    return _THE.sub("", name)


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """A name in the form that names are compared by: no article, no possessive, no punctuation, NFKC, one case."""
    text = re.sub(r"['’]s?$", "", without_article(unicodedata.normalize("NFKC", name).strip()))
    return re.sub(r"[^\w]+", " ", text).strip().casefold()
