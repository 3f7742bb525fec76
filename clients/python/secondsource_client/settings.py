"""How the API is reached: what both clients do with an address, a key and a time limit."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from secondsource_client.version import VERSION

TIMEOUT_SECONDS: Final = 35.0
"""Longer than the 29 seconds for which the gateway of the API waits: its own answer says more than a time-out here."""

_KEY: Final = re.compile(r"[!-~]+")


def http_settings(base_url: str, api_key: str, timeout: float) -> dict[str, Any]:
    """What httpx's clients are made with. Raises ValueError, which never holds the key.

    No redirect is followed: the key would go along.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or parts.query:
        raise ValueError("base_url is where the API is, such as https://api.example.org, without a key in it.")
    if not _KEY.fullmatch(api_key):
        # Else the error would come from below, with the whole header in its text.
        raise ValueError("This is no API key: a key is printable ASCII without spaces.")
    headers = {"Authorization": f"Bearer {api_key}", "User-Agent": f"secondsource-client/{VERSION}"}
    return {"base_url": base_url.rstrip("/"), "headers": headers, "timeout": timeout, "follow_redirects": False}
