"""States by whatever stands for them in the news: Moscow and the Kremlin are Russia."""

from functools import cache
from importlib import resources

from secondsource.text.naming import normal


def state_of(name: str) -> str | None:
    """The state that a name is, or stands for as its capital or its government's seat, in the form of ``normal``.

    None where the name is of no state that the table (`data/states.tsv`) knows.
    """
    return _states().get(normal(name))


@cache
def _states() -> dict[str, str]:
    text = (resources.files(__package__) / "data" / "states.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            state, others = line.split("\t")
            found |= {normal(name): normal(state) for name in (state, *others.split("|")) if name}
    return found
