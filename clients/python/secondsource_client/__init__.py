"""A client of the Second Source API: ``Client`` waits, ``AsyncClient`` is for asyncio."""

from secondsource_client import errors, models
from secondsource_client.asynchronous import AsyncClient, AsyncEvents
from secondsource_client.errors import (
    BadRequest,
    ClientError,
    Conflict,
    Forbidden,
    InvalidSignature,
    JobFailed,
    NotFound,
    PreconditionFailed,
    ProblemError,
    ServerFailed,
    StillRunning,
    TookTooLong,
    TooManyRequests,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
)
from secondsource_client.models import ActorGiven, Job, RelationGiven, Report, Submission
from secondsource_client.retrying import Retrying
from secondsource_client.sync import Client, Events
from secondsource_client.version import VERSION as __version__
from secondsource_client.webhooks import verify_webhook

__all__ = [
    "ActorGiven",
    "AsyncClient",
    "AsyncEvents",
    "BadRequest",
    "Client",
    "ClientError",
    "Conflict",
    "Events",
    "Forbidden",
    "InvalidSignature",
    "Job",
    "JobFailed",
    "NotFound",
    "PreconditionFailed",
    "ProblemError",
    "RelationGiven",
    "Report",
    "Retrying",
    "ServerFailed",
    "StillRunning",
    "Submission",
    "TooManyRequests",
    "TookTooLong",
    "Unauthorized",
    "UnexpectedAnswer",
    "Unreachable",
    "__version__",
    "errors",
    "models",
    "verify_webhook",
]
