"""Events: what has become of claims."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.web.answers import answer
from secondsource.web.describe import COMMON_PROBLEMS, After, Limit, answers
from secondsource.web.edge import caller
from secondsource.web.messages import DEFAULT_LIMIT, EventPage

router = Router()


@router.get(
    "/v1/events",
    summary="Read what has become of claims, oldest first",
    description=(
        "`claim.flags.changed`: a claim's flags before and after an article was added or deleted. Ask again with "
        "`next` as `after`, as often as you like, and you miss none; the newest may come twice. Kept for 90 days."
    ),
    tags=["Events"],
    operation_id="listEvents",
    responses=answers({200: EventPage}, COMMON_PROBLEMS),
)
def list_events(limit: Limit = DEFAULT_LIMIT, after: After = None) -> Response[str]:
    """Answer a page of the tenant's events."""
    page = wiring.current().follow.events(caller(router), limit, after)
    return answer(EventPage(items=page.items, next=page.next).model_dump_json())
