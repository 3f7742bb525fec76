"""How long to wait for a job: soon at first, then less and less often."""

import time
from typing import Final

WAIT_SECONDS: Final = 120.0
"""Most pages are fetched and annotated within a second; one that has to be tried again takes half a minute and more,
one that has to be tried a third time six minutes."""

_FIRST: Final = 1.0
"""As the API asks, in Retry-After."""
_LONGEST: Final = 5.0
_GROWTH: Final = 1.5


class Patience:
    """The pauses between looks at one job, until ``timeout`` seconds have passed."""

    def __init__(self, timeout: float) -> None:
        self._end = time.monotonic() + timeout
        self._next = _FIRST

    def pause(self) -> float | None:
        """Seconds to wait; None when the time is up."""
        left = self._end - time.monotonic()
        if left <= 0:
            return None
        pause = min(self._next, left)
        self._next = min(self._next * _GROWTH, _LONGEST)
        return pause
