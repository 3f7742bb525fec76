"""The Lambda entries of this checkout, as handlers that can be called."""

import importlib
import sys
from pathlib import Path
from typing import Any, Final

from secondsource.local.gateway import Handler
from secondsource.web.routes import ANNOTATE, API, REGISTER, WEBHOOKS

_ROOT: Final = Path(__file__).resolve().parents[3]
"""The checkout: functions/ lies beside shared/, and is no part of the package."""


def handlers() -> dict[str, Handler]:
    """The handlers that answer HTTP, by function name. Raises RuntimeError outside a checkout."""
    return {name: handler_of(name) for name in (API, ANNOTATE, REGISTER, WEBHOOKS)}


def handler_of(function: str) -> Handler:
    """One function's handler, imported as Lambda imports it."""
    if not (_ROOT / "functions" / function / "main.py").is_file():
        raise RuntimeError(f"The local server runs from a checkout of the project; there is no functions/ in {_ROOT}.")
    if str(_ROOT) not in sys.path:
        sys.path.append(str(_ROOT))
    entry = importlib.import_module(f"functions.{function}.main")

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = entry.handler(event, context)
            return answer
        finally:
            # Powertools keeps metrics that it is told not to print, and prints them all the same at a hundred.
            entry.metrics.clear_metrics()

    return handler
