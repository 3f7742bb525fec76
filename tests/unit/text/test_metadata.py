"""What a page says about its article: the order of trust."""

from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from secondsource.text import metadata as metadata_module
from secondsource.text.metadata import Metadata, read

PAGE = "https://x.test/news/a"


def metadata(
    head: str = "", body: str = "<p>Text.</p>", url: str | None = PAGE, blocks: tuple[str, ...] = ()
) -> Metadata:
    return read(lxml_html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), blocks, url)


def test_json_ld_beats_meta_tags_and_meta_tags_beat_what_is_seen() -> None:
    seen = "<h1>Seen</h1>"
    tagged = '<meta property="og:title" content="Tagged"><title>Window</title>'
    block = '{"@type": "NewsArticle", "headline": "Described"}'
    assert metadata(tagged, seen, blocks=(block,)).title == "Described"
    assert metadata(tagged, seen).title == "Tagged"
    assert metadata("<title>Window</title>", seen).title == "Seen"
    assert metadata("<title>Window</title>").title == "Window"
    assert metadata().title is None


def test_the_name_of_the_site_is_taken_off_the_title() -> None:
    head = '<meta property="og:title" content="Mayor resigns | The Courier"><meta property="og:site_name" content="The Courier">'
    assert metadata(head).title == "Mayor resigns"
    assert metadata("<title>Mayor resigns - The Courier</title>", "<h1>Mayor resigns</h1>").publisher == "The Courier"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="og:site_name" content="Courier">', "Courier"), ('<meta name="twitter:site" content="@courier">', "courier"),
        ('<meta property="article:publisher" content="https://social.test/courier">', None),
        ('<meta name="publisher" content="https://x.test">', None), ("", None),
    ],
)  # fmt: skip
def test_publishers_are_names_and_not_addresses(head: str, expected: str | None) -> None:
    assert metadata(head).publisher == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta name="author" content="By Mira Soln">', "", "Mira Soln"),
        ('<meta name="citation_author" content="A. One"><meta name="citation_author" content="B. Two">', "", "A. One, B. Two"),
        ('<meta property="article:author" content="https://social.test/mira">', "", None),
        ("", '<p class="byline">By <a rel="author">Mira Soln</a></p>', "Mira Soln"),
    ],
)  # fmt: skip
def test_bylines_are_read_from_meta_tags_or_from_the_page(head: str, body: str, expected: str | None) -> None:
    assert metadata(head, body or "<p>Text.</p>").byline == expected


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2024-05-14">', ""), ('<meta name="dc.date.issued" content="2024-05-14">', ""),
        ("", '<p>x <time itemprop="datePublished" datetime="2024-05-14">May</time></p>'),
        ("", '<article><time datetime="2024-05-14">14 May</time><p>Text <time datetime="2023-01-01">then</time></p></article>'),
    ],
)  # fmt: skip
def test_dates_are_read_from_markup(head: str, body: str) -> None:
    assert metadata(head, body or "<p>x</p>").published_at == datetime(2024, 5, 14, tzinfo=UTC)


def test_a_date_in_the_address_is_a_date_and_one_in_the_text_is_not() -> None:
    assert metadata(url="https://x.test/2024/05/14/mayor").published_at == datetime(2024, 5, 14, tzinfo=UTC)
    assert metadata(body="<p>It all began on 3 March 2019, she said.</p>").published_at is None


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="/b#c">', PAGE, "https://x.test/b"),
        ('<base href="http://127.0.0.1/"><link rel="canonical" href="/b">', PAGE, "https://x.test/b"),
        ('<base href="http://127.0.0.1/"><link rel="canonical" href="/b">', None, None),
        ('<link rel="canonical" href="javascript:alert(1)">', PAGE, PAGE), ('<meta property="og:url" content="/c">', PAGE, "https://x.test/c"),
        ('<link rel="canonical" href="https://x.test/">', PAGE, PAGE), ("", "file:///etc/passwd", None), ("", PAGE + "#top", PAGE),
        ("", "http://[::1", None), ("", None, None),
    ],
)  # fmt: skip
def test_the_address_is_the_canonical_one_resolved_against_where_the_page_was_read(
    head: str, url: str | None, expected: str | None
) -> None:
    assert metadata(head, url=url).url == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [('<html lang="en-GB"><p>x', "en"), ('<html lang="DE_at"><p>x', "de"), ('<meta property="og:locale" content="fr_FR"><p>x', "fr"),
     ('<html lang="english"><p>x', None), ("<p>x", None)],
)  # fmt: skip
def test_the_language_is_the_one_the_markup_names(page: str, expected: str | None) -> None:
    assert read(lxml_html.document_fromstring(page), (), None).language == expected


def test_a_fault_in_a_heuristic_costs_its_field_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(metadata_module, "find_date", fail)
    monkeypatch.setattr(metadata_module, "extract_author", fail)
    found = metadata("<title>Mayor resigns</title>")
    assert (found.title, found.byline, found.published_at) == ("Mayor resigns", None, None)
