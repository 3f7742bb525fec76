"""The table of routes: which function answers what, and which scope it takes.

``template.yaml`` deploys the same table and the OpenAPI document describes it; tests compare the three.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from secondsource.errors import NotFound
from secondsource.model import Scope

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
RAW: Final = ""
"""Of a body that is not read, or only once its signature is known to be right, as it came."""
API: Final = "api"
ANNOTATE: Final = "annotate"
REGISTER: Final = "register"
WEBHOOKS: Final = "webhooks"


@dataclass(frozen=True)
class Route:
    """One method of one path. ``scope`` None: open to everyone. ``takes``: the media type of a body. ``query``: the
    names that may stand in the query."""

    method: str
    path: str
    function: str
    scope: Scope | None
    takes: str = JSON
    query: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a path with or without a slash at its end, as API Gateway does; its groups are still encoded."""
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path) + "/?")

    @property
    def name(self) -> str:
        """``GET /v1/articles/{article_id}``: for logs and metrics, which hold no id."""
        return f"{self.method} {self.path}"


ROUTES: Final = (
    Route("GET", "/v1/articles", API, Scope.READ, query=("limit", "cursor")),
    Route("POST", "/v1/articles", ANNOTATE, Scope.WRITE),
    Route("GET", "/v1/articles/{article_id}", API, Scope.READ, query=("label",)),
    Route("DELETE", "/v1/articles/{article_id}", API, Scope.WRITE),
    Route("GET", "/v1/articles/{article_id}/annotations", API, Scope.READ, query=("page",)),
    Route("GET", "/v1/articles/{article_id}/summary", API, Scope.READ),
    Route("GET", "/v1/articles/{article_id}/report", API, Scope.READ),
    Route("POST", "/v1/comparisons", API, Scope.READ),
    Route("GET", "/v1/claims", ANNOTATE, Scope.READ, query=("q", "limit", "cursor")),
    Route("GET", "/v1/claims/{claim_id}", API, Scope.READ),
    Route("GET", "/v1/claims/{claim_id}/origins", API, Scope.READ),
    Route("GET", "/v1/actors", REGISTER, Scope.READ, query=("name", "limit", "cursor")),
    Route("POST", "/v1/actors/import", REGISTER, Scope.WRITE, LINES),
    Route("GET", "/v1/actors/export", REGISTER, Scope.READ, query=("cursor",)),
    Route("GET", "/v1/actors/{actor_id}", REGISTER, Scope.READ),
    Route("PUT", "/v1/actors/{actor_id}", REGISTER, Scope.WRITE),
    Route("DELETE", "/v1/actors/{actor_id}", REGISTER, Scope.WRITE),
    Route("GET", "/v1/webhooks/in", WEBHOOKS, Scope.WRITE),
    Route("POST", "/v1/webhooks/in", WEBHOOKS, Scope.WRITE),
    Route("GET", "/v1/webhooks/in/{webhook_id}", WEBHOOKS, Scope.WRITE),
    Route("POST", "/v1/webhooks/in/{webhook_id}", WEBHOOKS, None, RAW),
    Route("DELETE", "/v1/webhooks/in/{webhook_id}", WEBHOOKS, Scope.WRITE),
    Route("POST", "/v1/webhooks/in/{webhook_id}/secrets", WEBHOOKS, Scope.WRITE),
    Route("GET", "/v1/webhooks", WEBHOOKS, Scope.WRITE),
    Route("POST", "/v1/webhooks", WEBHOOKS, Scope.WRITE),
    Route("GET", "/v1/webhooks/{webhook_id}", WEBHOOKS, Scope.WRITE),
    Route("PATCH", "/v1/webhooks/{webhook_id}", WEBHOOKS, Scope.WRITE),
    Route("DELETE", "/v1/webhooks/{webhook_id}", WEBHOOKS, Scope.WRITE),
    Route("POST", "/v1/webhooks/{webhook_id}/secrets", WEBHOOKS, Scope.WRITE),
    Route("GET", "/v1/webhooks/{webhook_id}/deliveries", WEBHOOKS, Scope.WRITE, query=("limit", "cursor")),
    Route("POST", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/resend", WEBHOOKS, Scope.WRITE, RAW),
    Route("GET", "/v1/articles/{article_id}/versions", WEBHOOKS, Scope.READ),
    Route("GET", "/v1/events", API, Scope.READ, query=("limit", "cursor", "after")),
    Route("GET", "/v1/jobs/{job_id}", API, Scope.READ),
    Route("GET", "/v1/health", API, None),
    Route("GET", "/v1/openapi.json", API, None),
    Route("GET", "/v1/docs", API, None),
)


def of_path(path: str) -> tuple[Route, ...]:
    """The routes of a path, one a method; ``path`` is as it was sent. Raises NotFound when there is none.

    A path that is spelt out goes before one with a parameter, as in API Gateway.
    """
    found = tuple(route for route in ROUTES if route.pattern.fullmatch(path))
    if not found:
        raise NotFound("There is nothing at this address.")
    return tuple(route for route in found if "{" not in route.path) or found


def methods(routes: tuple[Route, ...]) -> tuple[str, ...]:
    """What a path allows, in the order of the alphabet; OPTIONS is answered everywhere."""
    return tuple(sorted({route.method for route in routes} | {"OPTIONS"}))
