"""POST /v1/articles."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.present.report import Report
from secondsource.web.answers import answer
from secondsource.web.describe import BODY_PROBLEMS, COMMON_PROBLEMS, IdempotencyKey, Prefer, answers
from secondsource.web.edge import caller, request_of
from secondsource.web.idempotency import Outcome
from secondsource.web.messages import JobAccepted, JobOut, SubmissionIn
from secondsource.web.prefer import RESPOND_ASYNC, prefers_async

router = Router()


@router.post(
    "/v1/articles",
    summary="Submit an article: text, HTML or a URL",
    description=(
        "Text and HTML are annotated at once (201), or known already (200). A URL is fetched at once when it answers "
        "quickly; else, and with `Prefer: respond-async`, the answer is a job (202)."
    ),
    tags=["Articles"],
    operation_id="submitArticle",
    responses=answers(
        {200: Report, 201: Report, 202: JobAccepted},
        (
            *COMMON_PROBLEMS,
            *BODY_PROBLEMS,
            404,
        ),  # 404: it was deleted before it could be answered, or since the key came
        {200: ("Location",), 201: ("Location",), 202: ("Location", "Preference-Applied")},
    ),
)
def submit(
    body: Annotated[SubmissionIn, Body()], prefer: Prefer = None, idempotency_key: IdempotencyKey = None
) -> Response[str]:
    """Annotate the article, or say where it will be."""
    tenant, services, prefix = caller(router), wiring.current(), request_of(router).prefix
    later = prefers_async(prefer)
    content = f"{later} {body.model_dump_json()}"
    request = None if idempotency_key is None else f"{idempotency_key} {content}"

    def act() -> Outcome:
        done = services.annotate.submit(tenant, body.submission(), later, request)
        return {"created": done.created, "article": done.article_id, "job": done.job.id if done.job else None}

    outcome = services.once(tenant, "POST /v1/articles", idempotency_key, content, router.lambda_context, act)
    if outcome["article"] is None:
        job = JobOut.of(services.read.job(tenant, outcome["job"]), prefix)
        headers = {"Location": job.links["self"]} | ({"Preference-Applied": RESPOND_ASYNC} if later else {})
        return answer(JobAccepted(job=job).model_dump_json(), 202, headers=headers)
    report = services.read.report(tenant, outcome["article"], prefix)
    status = 201 if outcome["created"] else 200
    return answer(report.model_dump_json(), status, headers={"Location": report.links["self"]})
