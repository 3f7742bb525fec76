"""Trying again: how often, and with what pauses between."""

import random
from collections.abc import Callable, Iterator

from secondsource.errors import Unavailable

ATTEMPTS = 8
_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 1.0
"""With full jitter, eight attempts wait 1.8 seconds in the mean and 3.6 at most."""


def attempts(sleep: Callable[[float], None]) -> Iterator[int]:
    """0, 1, 2 … with a pause before each but the first; raises Unavailable when all are spent."""
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(pause(attempt))
        yield attempt
    raise Unavailable


def pause(attempt: int) -> float:
    """Seconds to wait before the attempt of this number, the first of which, without a pause, is 0.

    They are drawn evenly between nothing and a bound that doubles (full jitter), so that callers who met once do not
    meet again: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """
    return random.uniform(0, min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2 ** (attempt - 1)))
