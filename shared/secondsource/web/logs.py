"""What the functions log: one JSON object a line, with no article text, no key, no URL and no message of an error.

An exception's message can hold any of these (pydantic repeats the input it refuses), so of an exception only its
type and the places it came through are logged.
"""

import traceback
from typing import Any, Final

from aws_lambda_powertools import Logger

MAX_FRAMES: Final = 12
"""Frames nearest to the failure; the outer ones are those of the runtime."""


def logger(function: str) -> Logger:
    """The logger of one function. Its level is POWERTOOLS_LOG_LEVEL's, INFO unless set."""
    return Logger(service=f"second-source-{function}")


def describe(error: BaseException) -> dict[str, Any]:
    """Of an exception, what may be logged: the types along its chain of causes, and the frames of the first."""
    types: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(types) < MAX_FRAMES:
        types.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-MAX_FRAMES:]
    return {
        "error": types,
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
