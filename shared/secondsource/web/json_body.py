"""JSON, read strictly: one object in UTF-8, each name once, numbers that are numbers, and not too deep.

The standard parser lets through what two programs read differently (duplicate names, NaN), what blows up later
(integers of 5,000 digits, lone surrogates) and what is not UTF-8 at all; here each is one error.
"""

import json
import re
from typing import Any, Final, NoReturn

from secondsource.errors import MalformedJson

MAX_DEPTH: Final = 16
"""Arrays and objects within each other. What is asked for here nests two deep."""

MAX_INTEGER_DIGITS: Final = 30
"""More than any 64-bit integer has, and far from where int() refuses (4,300)."""

_STRING_OR_BRACKET: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NOT_FINITE: Final = (float("inf"), float("-inf"))


def parse(body: str | bytes) -> dict[str, Any]:
    """The object that the body holds. Raises MalformedJson, and nothing else.

    The detail says what is wrong and where (a character's index), and repeats nothing of the body.
    """
    text = _text(body)
    _check_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        what = error.msg.lower().removesuffix(" at")
        raise MalformedJson(f"The body is not JSON: {what} at character {error.pos}.") from None
    except RecursionError:
        _too_deep()
    if not isinstance(value, dict):
        raise MalformedJson("The body must be a JSON object.")
    _check_strings(value)
    return value


def _text(body: str | bytes) -> str:
    if isinstance(body, bytes):
        try:
            body = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedJson(f"The body is not UTF-8: see byte {error.start}.") from None
    if body.startswith("\ufeff"):
        raise MalformedJson("The body begins with a byte order mark, which JSON must not.")
    return body


def _check_depth(text: str) -> None:
    """Refuse before the parser recurses."""
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                _too_deep()
        elif first != '"':
            depth -= 1


def _too_deep() -> NoReturn:
    raise MalformedJson(f"The body nests deeper than {MAX_DEPTH} levels.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedJson("An object of the body names a member twice.")
    return found


def _integer(digits: str) -> int:
    if len(digits) > MAX_INTEGER_DIGITS:
        raise MalformedJson(f"The body holds an integer of more than {MAX_INTEGER_DIGITS} digits.")
    return int(digits)


def _number(digits: str) -> float:
    value = float(digits)
    if value in _NOT_FINITE:
        raise MalformedJson("The body holds a number that is too large.")
    return value


def _constant(name: str) -> NoReturn:
    raise MalformedJson(f"The body holds {name}, which is not JSON.")


def _check_strings(value: Any) -> None:
    """Half a surrogate pair is a str in Python, and no text: it cannot be encoded."""
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise MalformedJson("The body holds half a surrogate pair, which is no character.")
    elif isinstance(value, dict):
        for name, member in value.items():
            _check_strings(name)
            _check_strings(member)
    elif isinstance(value, list):
        for item in value:
            _check_strings(item)
