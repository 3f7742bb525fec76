"""Jobs: what became of an article that was to be annotated later."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.model import JobStatus
from secondsource.web.answers import answer
from secondsource.web.describe import COMMON_PROBLEMS, JobId, answers
from secondsource.web.edge import caller, request_of
from secondsource.web.messages import JobOut

router = Router()

POLL_SECONDS = "1"
"""How long to wait before asking again: most pages are fetched and annotated within it."""


@router.get(
    "/v1/jobs/<job_id>",
    summary="Ask how a job stands",
    tags=["Jobs"],
    operation_id="getJob",
    responses=answers({200: JobOut}, (*COMMON_PROBLEMS, 404), {200: ("Retry-After",)}),
)
def get_job(job_id: JobId) -> Response[str]:
    """Answer the job; with Retry-After while it is not finished."""
    request = request_of(router)
    job = wiring.current().read.job(caller(router), job_id)
    waiting = job.status in (JobStatus.QUEUED, JobStatus.RUNNING)
    headers = {"Retry-After": POLL_SECONDS} if waiting else None
    return answer(JobOut.of(job, request.prefix).model_dump_json(), headers=headers)
