"""What is tried again, and after how long. Nothing here waits: it says how long to."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Generic, TypeVar

import httpx
from pydantic import ValidationError

from secondsource_client import errors
from secondsource_client.calls import Call, Repeat
from secondsource_client.models import Problem

T = TypeVar("T")

logger: Final = logging.getLogger("secondsource_client")
"""Says what is tried again: method, path, why and when; never a header, a parameter or a body."""

_PROBLEM: Final = "application/problem+json"
_REFUSED: Final = 429
"""Turned away before anything was done."""
_FAILED: Final = (502, 503, 504)
_RUNNING: Final = "conflict"
"""The code of what is answered while the first request of an idempotency key still runs."""

# Of these it is sure that nothing was sent.
_UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# Of these a second attempt would come to the same.
_HOPELESS: Final = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


@dataclass(frozen=True)
class Retrying:
    """How often to try again, and how patiently.

    Before the nth time it waits a random part of ``first * 2 ** (n - 1)`` seconds, at most ``longest`` ("full jitter":
    clients that failed together do not come again together). Where the API says how long to wait, it waits that long
    and a random part of ``first`` more; where that is over ``longest``, it does not wait, and raises.
    """

    most: int = 4
    first: float = 0.5
    longest: float = 60.0
    chance: Callable[[], float] = random.random

    def pause(self, tried: int, asked: float | None) -> float | None:
        """Seconds to wait after ``tried`` attempts; None: give up. ``asked``: what the API asked for."""
        if tried > self.most:
            return None
        if asked is None:
            return self.chance() * min(self.longest, self.first * 2.0 ** (tried - 1))
        return asked + self.chance() * self.first if asked <= self.longest else None


class Attempts(Generic[T]):
    """The attempts of one call: after each, either how long to wait before the next, or an error is raised."""

    def __init__(self, call: Call[T], retrying: Retrying) -> None:
        self._call, self._retrying = call, retrying
        self._tried = 0
        self._perhaps_done = False

    def is_over(self, response: httpx.Response) -> bool:
        """Whether this answer is a success, and ``value`` is to be had of it."""
        gone = response.status_code == httpx.codes.NOT_FOUND and self._call.gone_is_done and self._perhaps_done
        return response.is_success or gone

    def value(self, response: httpx.Response) -> T:
        """What the answer says. Raises UnexpectedAnswer."""
        try:
            return self._call.read(response)
        except (ValidationError, UnicodeDecodeError) as error:
            raise errors.UnexpectedAnswer(f"{self._name}: the answer is not one of this API.") from error

    def after_answer(self, response: httpx.Response) -> float:
        """Seconds to wait after an answer that is no success. Raises ProblemError, UnexpectedAnswer."""
        self._tried += 1
        asked, problem = _seconds(response.headers.get("Retry-After")), _problem(response)
        status = response.status_code
        running = self._call.is_keyed and problem is not None and (status, _code(problem)) == (409, _RUNNING)
        again = status == _REFUSED or running or (status in _FAILED and self._call.repeat is Repeat.ALWAYS)
        again &= not (self._call.late_is_over and problem is not None and errors.took_too_long(problem))
        pause = self._retrying.pause(self._tried, asked) if again else None
        if pause is None:
            if status < httpx.codes.BAD_REQUEST:
                raise errors.UnexpectedAnswer(f"{self._name}: {status}, which leads elsewhere.")
            raise errors.of_problem(problem or self._bare(response), asked)
        self._perhaps_done |= status in _FAILED
        self._say(str(status), pause)
        return pause

    def after_failure(self, error: httpx.RequestError) -> float:
        """Seconds to wait after there was no answer. Raises Unreachable."""
        self._tried += 1
        unsent = isinstance(error, _UNSENT)
        again = isinstance(error, httpx.TransportError) and not isinstance(error, _HOPELESS)
        again &= unsent or self._call.repeat is Repeat.ALWAYS
        pause = self._retrying.pause(self._tried, None) if again else None
        if pause is None:
            raise errors.Unreachable(f"{self._name}: {type(error).__name__}.") from error
        self._perhaps_done |= not unsent
        self._say(type(error).__name__, pause)
        return pause

    @property
    def _name(self) -> str:
        return f"{self._call.method} {self._call.path}"

    def _bare(self, response: httpx.Response) -> Problem:
        """The problem of an answer without problem details: of what stands between here and the API."""
        return Problem(
            type="about:blank",
            title=response.reason_phrase or "No reason given",
            status=response.status_code,
            detail="What answered gave no details.",
            instance=self._call.path,
        )

    def _say(self, why: str, pause: float) -> None:
        logger.info("%s: %s, again in %.1f s", self._name, why, pause)


def _problem(response: httpx.Response) -> Problem | None:
    if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() != _PROBLEM:
        return None
    try:
        return Problem.model_validate_json(response.content)
    except ValidationError:
        return None


def _code(problem: Problem) -> str:
    return problem.type.removeprefix(errors.TYPE_PREFIX)


def _seconds(value: str | None) -> float | None:
    """Of Retry-After: seconds, or a date (RFC 9110, 10.2.3); None for what is neither."""
    if value is None:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
