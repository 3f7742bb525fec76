"""GET /v1/claims: the list, and the look-up of a sentence, for which the language models are needed."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.errors import InvalidInput
from secondsource.web.answers import answer
from secondsource.web.describe import COMMON_PROBLEMS, Cursor, Limit, SentenceAsked, answers
from secondsource.web.edge import caller, request_of
from secondsource.web.messages import DEFAULT_LIMIT, ClaimOut, ClaimPage, ClaimsOut

router = Router()


@router.get(
    "/v1/claims",
    summary="List claims, newest first, or look up a sentence",
    description=(
        "With `q`, the claims that say the same as the sentence, nearest first, and those that contradict it: by "
        "whom, in how many reports, from how many origins. What cannot be looked up has no results, and a `reason`."
    ),
    tags=["Claims"],
    operation_id="listClaims",
    responses=answers({200: ClaimsOut}, COMMON_PROBLEMS),
)
def list_claims(sentence: SentenceAsked = None, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response[str]:
    """Answer a page of the tenant's claim records, or what is known of a sentence."""
    tenant, services, prefix = caller(router), wiring.current(), request_of(router).prefix
    if sentence is None:
        page = services.read.claims(tenant, limit, cursor)
        items = tuple(ClaimOut.of(record, prefix) for record in page.items)
        return answer(ClaimPage(items=items, next=page.next).model_dump_json())
    if cursor is not None:
        raise InvalidInput("A look-up has one page: give q or cursor, not both.")
    return answer(services.search.find(tenant, sentence, limit, prefix).model_dump_json())
