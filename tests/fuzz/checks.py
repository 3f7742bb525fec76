"""What holds of every page and every text, whatever is in it."""

from datetime import UTC, datetime

from secondsource.analysis.pipeline import Pipeline
from secondsource.errors import TooLarge, UnprocessableInput
from secondsource.model import Article, Extracted, MediaKind
from secondsource.present.report import build
from secondsource.present.summary import summarise
from secondsource.present.web_annotation import collection
from secondsource.text.html import extract
from secondsource.text.limits import MAX_TEXT_CHARS
from secondsource.text.plain import accept
from tests.unit.analysis.reading import ARTICLE
from tests.unit.analysis.test_pipeline import check

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def page(pipeline: Pipeline, html: str) -> bool:
    """Whether a page is read, or else refused for a reason that is documented; what is read can be stored and analysed."""
    try:
        found = extract(html, "https://courier.test/pact")
    except TooLarge:
        return False
    for value in (found.text, found.title, found.publisher, found.byline):
        assert value is None or value.encode("utf-8") is not None
    assert found.url is None or found.url.startswith(("http://", "https://"))
    assert len(found.text) <= MAX_TEXT_CHARS
    _article(pipeline, found, MediaKind.HTML)
    return True


def text(pipeline: Pipeline, given: str) -> bool:
    """Whether a text is stored, exactly as it came, or else refused; whatever the analysis finds stands in it."""
    try:
        found = accept(given)
    except (TooLarge, UnprocessableInput):
        return False
    assert found.text == given
    _article(pipeline, found, MediaKind.TEXT)
    return True


def _article(pipeline: Pipeline, found: Extracted, kind: MediaKind) -> None:
    analysis = pipeline(found, ARTICLE)
    check(found.text, analysis)
    article = Article(id=ARTICLE, text=found.text, title=found.title, kind=kind, added_at=NOW, analysis=analysis)
    assert Article.model_validate_json(article.model_dump_json()) == article
    report = build(article, {})
    assert report.model_dump_json()
    assert summarise(report)
    assert collection(report, "")["type"] == "AnnotationCollection"
