"""Events: what has become of claims, articles and jobs."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.errors import InvalidInput
from secondsource.web.answers import answer
from secondsource.web.describe import COMMON_PROBLEMS, After, Cursor, Limit, answers
from secondsource.web.edge import caller
from secondsource.web.messages import DEFAULT_LIMIT, EventPage

router = Router()


@router.get(
    "/v1/events",
    summary="Read what has happened, oldest first",
    description=(
        "`claim.flags.changed`: a claim's flags before and after an article was added or deleted. `article.annotated`: "
        "an article has come in, with its flags, and those of the version before where it is a post of a CMS that was "
        "edited. `job.failed`: a job will bring no article, and why. Ask again with `next` as `after` (or as "
        "`cursor`), as often as you like, and you miss none; the newest may come twice. Kept for 90 days, or as long "
        "as the article or the job."
    ),
    tags=["Events"],
    operation_id="listEvents",
    responses=answers({200: EventPage}, COMMON_PROBLEMS),
)
def list_events(limit: Limit = DEFAULT_LIMIT, after: After = None, cursor: Cursor = None) -> Response[str]:
    """Answer a page of the tenant's events."""
    if after is not None and cursor is not None:
        raise InvalidInput("after and cursor are the same: give one of them.")
    page = wiring.current().follow.events(caller(router), limit, cursor if after is None else after)
    return answer(EventPage(items=page.items, next=page.next).model_dump_json())
