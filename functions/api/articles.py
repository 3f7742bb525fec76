"""Articles: the list, the report, its annotations, summary and page, and deleting them."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import Router

from secondsource import wiring
from secondsource.errors import NotFound
from secondsource.present.report import Report, with_label
from secondsource.present.summary import summarise
from secondsource.present.web_annotation import MEDIA_TYPE as ANNOTATION_TYPE
from secondsource.web.answers import HTML, TEXT, answer, as_json, no_content, tagged
from secondsource.web.describe import (
    ANNOTATIONS_SCHEMA,
    COMMON_PROBLEMS,
    ArticleId,
    Cursor,
    IfNoneMatch,
    Limit,
    OneLabel,
    PageIndex,
    answers,
)
from secondsource.web.edge import caller, request_of
from secondsource.web.messages import DEFAULT_LIMIT, ArticlePage

router = Router()

_TAGS = ["Articles"]


@router.get(
    "/v1/articles",
    summary="List articles, newest first",
    tags=_TAGS,
    operation_id="listArticles",
    responses=answers({200: ArticlePage}, COMMON_PROBLEMS),
)
def list_articles(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response[str]:
    """Answer a page of the tenant's articles."""
    page = wiring.current().read.articles(caller(router), limit, cursor)
    return answer(ArticlePage(items=page.items, next=page.next).model_dump_json())


@router.get(
    "/v1/articles/<article_id>",
    summary="Read the report of an article",
    description="The annotated article, with its claims as they stand across all articles now.",
    tags=_TAGS,
    operation_id="getArticle",
    responses=answers({200: Report, 304: None}, (*COMMON_PROBLEMS, 404), {200: ("ETag",), 304: ("ETag",)}),
)
def get_article(article_id: ArticleId, label: OneLabel = None, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the report, or the report with the attributions of one label alone."""
    report = wiring.current().read.report(caller(router), article_id, request_of(router).prefix)
    if label is not None:
        report = with_label(report, label)
    return tagged(report.model_dump_json(), if_none_match)


@router.delete(
    "/v1/articles/<article_id>",
    summary="Delete an article and all that came from it",
    description="Its claim records are recounted without it.",
    tags=_TAGS,
    operation_id="deleteArticle",
    responses=answers({204: None}, (*COMMON_PROBLEMS, 404)),
)
def delete_article(article_id: ArticleId) -> Response[str]:
    """Delete; a second time there is nothing to delete."""
    if not wiring.current().annotate.delete(caller(router), article_id):
        raise NotFound("There is no article of this id.")
    return no_content()


@router.get(
    "/v1/articles/<article_id>/annotations",
    summary="Read an article's findings as W3C Web Annotations",
    description="The AnnotationCollection, or one of its pages with `page`.",
    tags=_TAGS,
    operation_id="getAnnotations",
    responses=answers(
        {200: (ANNOTATION_TYPE, ANNOTATIONS_SCHEMA), 304: None},
        (*COMMON_PROBLEMS, 404),
        {200: ("ETag",), 304: ("ETag",)},
    ),
)
def get_annotations(article_id: ArticleId, page: PageIndex = None, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the collection or a page of it."""
    found = wiring.current().read.annotations(caller(router), article_id, page, request_of(router).base_url)
    return tagged(as_json(found), if_none_match, ANNOTATION_TYPE)


@router.get(
    "/v1/articles/<article_id>/summary",
    summary="Read an article's claim summary as plain text",
    tags=_TAGS,
    operation_id="getSummary",
    responses=answers(
        {200: (TEXT, {"type": "string"}), 304: None}, (*COMMON_PROBLEMS, 404), {200: ("ETag",), 304: ("ETag",)}
    ),
)
def get_summary(article_id: ArticleId, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the summary as the command line prints it."""
    report = wiring.current().read.report(caller(router), article_id)
    return tagged(summarise(report), if_none_match, TEXT)


@router.get(
    "/v1/articles/<article_id>/report",
    summary="Read the report of an article as a page",
    description=(
        "One HTML page for people: the summary, the text with its marks explained, a card for each claim with the "
        "picture of its origins. It has no script and loads nothing; its Content-Security-Policy says so."
    ),
    tags=_TAGS,
    operation_id="getReportPage",
    responses=answers(
        {200: (HTML, {"type": "string"}), 304: None},
        (*COMMON_PROBLEMS, 404),
        {200: ("ETag",), 304: ("ETag",)},
    ),
)
def get_report_page(article_id: ArticleId, if_none_match: IfNoneMatch = None) -> Response[str]:
    """Answer the page as the command line writes it."""
    # Only who asks for a page waits for what writes it.
    from secondsource.present import html

    page = html.render([wiring.current().read.report(caller(router), article_id)])
    return tagged(page.html, if_none_match, HTML, {"Content-Security-Policy": page.policy})
