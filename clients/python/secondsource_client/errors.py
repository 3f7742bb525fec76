"""What can go wrong, as one tree. No message holds a key or a body that was sent.

ClientError
├── Unreachable          no answer: no connection, or none that lasted
├── UnexpectedAnswer     an answer, but none of this API
├── JobFailed            the job has ended without an article
├── StillRunning         the job has not ended within the time given
├── InvalidSignature     a webhook that was not signed with this secret, or not within five minutes
└── ProblemError         the API said no: problem details (RFC 9457)
    ├── BadRequest           400, 413, 415, 422
    ├── Unauthorized         401
    ├── Forbidden            403
    ├── NotFound             404
    ├── Conflict             409
    ├── PreconditionFailed   412
    ├── TooManyRequests      429
    └── ServerFailed         5xx
        └── TookTooLong      504, of the code ``timeout``
"""

from typing import Final

from secondsource_client.models import FieldProblem, Job, Problem

TYPE_PREFIX: Final = "urn:secondsource:problem:"


class ClientError(Exception):
    """Base of all errors of this package."""


class Unreachable(ClientError):
    """There was no answer, as often as it was tried. ``__cause__`` is httpx's error."""


class UnexpectedAnswer(ClientError):
    """What answered is not this API, or not a version of it that this client can read."""


class JobFailed(ClientError):
    """The job has ended without an article; ``job.error`` says why."""

    def __init__(self, job: Job) -> None:
        error = job.error
        super().__init__(f"{error.code}: {error.detail}" if error else "The job has failed.")
        self.job = job


class StillRunning(ClientError):
    """The job has not ended within the time given. It goes on: ask for ``job.id`` later."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"The job {job.id} is {job.status}.")
        self.job = job


class InvalidSignature(ClientError):
    """What came in was not signed with this secret, or not within five minutes of now."""


class ProblemError(ClientError):
    """The API said no. Tell errors apart by ``code``, such as ``unprocessable``; it is stable.

    ``retry_after``: the seconds after which the API asks to come again, where it does.
    """

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(f"{problem.status} {problem.title}: {problem.detail}")
        self.problem = problem
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.problem.status

    @property
    def code(self) -> str:
        """The last part of the problem's type."""
        return self.problem.type.removeprefix(TYPE_PREFIX)

    @property
    def fields(self) -> tuple[FieldProblem, ...]:
        """The fields at fault, where there are any."""
        return self.problem.errors or ()


class BadRequest(ProblemError):
    """The request is not one that the API takes."""


class Unauthorized(ProblemError):
    """The key is not valid, or has ended."""


class Forbidden(ProblemError):
    """The key lacks the scope, or the store of the tenant is full."""


class NotFound(ProblemError):
    """Nothing of this id belongs to the tenant of the key."""


class Conflict(ProblemError):
    """The same is under way already, or somebody else wrote first."""


class PreconditionFailed(ProblemError):
    """What was to be changed is not as ``if_match`` or ``only_new`` said."""


class TooManyRequests(ProblemError):
    """As many calls, or articles a day, as the tenant may have."""


class ServerFailed(ProblemError):
    """The API could not do it, as often as it was tried."""


class TookTooLong(ServerFailed):
    """The API did not come to an end while its gateway waited. What may be a job is asked for as one."""


_BY_STATUS: Final[dict[int, type[ProblemError]]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: PreconditionFailed,
    429: TooManyRequests,
}


def of_problem(problem: Problem, retry_after: float | None) -> ProblemError:
    """The error of the tree that a problem is."""
    kind = _BY_STATUS.get(problem.status, ServerFailed if problem.status >= 500 else BadRequest)
    return (TookTooLong if took_too_long(problem) else kind)(problem, retry_after)


def took_too_long(problem: Problem) -> bool:
    """Whether the gateway did not wait for the answer. A page that took too long to fetch is a 422 of that code."""
    return (problem.status, problem.type.removeprefix(TYPE_PREFIX)) == (504, "timeout")
