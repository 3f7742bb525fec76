"""Plain text as it is handed in: taken exactly as it is, or refused."""

from secondsource.errors import UnprocessableInput
from secondsource.model import Extracted
from secondsource.text.characters import LONE_SURROGATE
from secondsource.text.limits import check_text


def accept(text: str) -> Extracted:
    """The text, not a character of it changed, so that offsets into what was sent hold in what is stored.

    Raises TooLarge for more than MAX_TEXT_CHARS, UnprocessableInput for a lone surrogate, which UTF-8 cannot encode.
    """
    check_text(text)
    lone = LONE_SURROGATE.search(text)
    if lone:
        raise UnprocessableInput(f"The text holds half a surrogate pair at character {lone.start()}.")
    return Extracted(text=text)
