"""How much text and HTML is taken in, and the one place that refuses more."""

from secondsource.errors import TooLarge

MAX_HTML_BYTES = 1_000_000
"""Bytes of HTML, encoded as UTF-8. A news page is 50 to 500 kB; what is above is embedded data."""

MAX_TEXT_CHARS = 200_000
"""Code points of text: some 35,000 words, ten times the longest magazine piece."""


def check_html(html: str) -> None:
    """Raises TooLarge for more than MAX_HTML_BYTES; lone surrogates count as three bytes."""
    if len(html) > MAX_HTML_BYTES or len(html.encode("utf-8", "surrogatepass")) > MAX_HTML_BYTES:
        raise TooLarge(f"The HTML is larger than {MAX_HTML_BYTES:,} bytes.")


def check_text(text: str) -> None:
    """Raises TooLarge for more than MAX_TEXT_CHARS."""
    if len(text) > MAX_TEXT_CHARS:
        raise TooLarge(f"The text is longer than {MAX_TEXT_CHARS:,} characters.")
