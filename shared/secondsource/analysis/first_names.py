"""First names that are plainly a man's or a woman's; data/CREDITS.md says where the list is from."""

import unicodedata
from functools import cache
from importlib import resources


def gender_of(first: str) -> str | None:
    """ "m" or "f" by a first name; None where it is unknown or borne by both: "Robin"."""
    folded = "".join(c for c in unicodedata.normalize("NFD", first) if not unicodedata.combining(c))
    return _genders().get(folded.casefold())


@cache
def _genders() -> dict[str, str]:
    table = resources.files("secondsource.analysis").joinpath("data/first_names.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in table.splitlines())
