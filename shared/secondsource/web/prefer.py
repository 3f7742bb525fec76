"""The Prefer header (RFC 7240): of its preferences only ``respond-async`` is known."""

from typing import Final

RESPOND_ASYNC: Final = "respond-async"


def prefers_async(value: str | None) -> bool:
    """Whether the header asks for an answer at once and the work later; its parameters are not looked at."""
    preferences = (part.partition(";")[0].strip().lower() for part in (value or "").split(","))
    return RESPOND_ASYNC in preferences
