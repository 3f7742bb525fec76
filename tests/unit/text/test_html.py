"""From the HTML of a page to its article."""

import socket
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import TooLarge
from secondsource.model import Extracted
from secondsource.text import html as html_module
from secondsource.text.html import LOST, MAX_HTML_BYTES, MAX_TEXT_CHARS, extract

PAGES = Path(__file__).parent / "pages"
SOURCE = "https://www.veldtcourier.test/harbour/2024/05/14/master-suspended?utm_source=mail"
SENTENCES = [
    "The harbour master of Veldt was suspended on Monday, two members of the harbour board said.",
    "\u201cThe contract was never put out to tender,\u201d said Anneke Dorr, who chairs the audit committee.",
    "Eastline Dredging did not answer requests for comment.",
    "The board meets again on Thursday, according to a spokeswoman.",
]
PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<b>", "<a href='/x'>", "<table><tr><td>", "</table>", "<ul><li>", "<h1>", "</h1>", "<br>", "<pre>", "<q>", "</q>",
     "<article>", "</article>", "<p hidden>", "<!--", "-->", "<script>", "</script>", "<title>", "</title>", "<svg/>", "<html lang=en>",
     "<body>", "&amp;", "&#x0;", "&#xd800;", "&#65534;", "\ud800", "\x00", "\ufffe", "\x01", "<meta property='og:title' content='T'>",
     "<link rel=canonical href='//y.test/a'>", '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":[1]}}</script>',
     "<time datetime='2024'>", "<plaintext>", "<frameset>", "<form>", "<", ">", "said he. ", *SENTENCES]
)  # fmt: skip


def page(name: str) -> Extracted:
    return extract((PAGES / f"{name}.html").read_text(encoding="utf-8"), SOURCE)


@given(
    st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200)),
    st.one_of(st.none(), st.just(SOURCE), st.text(max_size=9)),
)
def test_any_string_is_an_article_that_can_be_stored(html: str, url: str | None) -> None:
    found = extract(html, url)
    stored = found.model_dump_json()
    stored.encode("utf-8")
    assert "\x00" not in found.text and "\ufffe" not in found.text
    assert found.url is None or found.url.startswith(("http", "HTTP"))
    assert found.published_at is None or found.published_at.utcoffset() is not None


def test_a_news_page_gives_its_article_and_nothing_around_it() -> None:
    text = page("newsroom").text
    assert text.split("\n\n")[0] == "Two members of the harbour board say the contract was never put out to tender"
    assert text.endswith("Eastline Dredging did not answer requests for comment.")
    for around in ("cookies", "Advertisement", "Home", "seadog77", "Related", "newsletter", "rights reserved", "JavaScript", "script",
                   "Subscribers see", "old version", "Skip to"):  # fmt: skip
        assert around not in text


def test_paragraphs_items_and_quotations_of_a_news_page_stand_alone() -> None:
    paragraphs = page("newsroom").text.split("\n\n")
    assert "\u20ac1.4m in September, before the contract was signed;" in paragraphs
    assert "The board approved every payment. I will be glad to show the minutes to anyone who asks." in paragraphs
    assert "What happens next" in paragraphs
    assert (
        "\u201cThe contract was never put out to tender,\u201d said Anneke Dorr, who chairs the board\u2019s audit committee. "
        "\u201cWe learned of it from the annual report, like everyone else.\u201d"
    ) in paragraphs


def test_a_news_page_tells_who_published_it_when_and_where() -> None:
    found = page("newsroom")
    assert found.title == "Harbour master suspended over dredging contract"
    assert (found.publisher, found.byline, found.language) == ("The Veldt Courier", "Mira Soln, Tobias Hale", "en")
    assert found.published_at == datetime(2024, 5, 14, 6, 30, tzinfo=timezone(timedelta(hours=2)))
    assert found.url == "https://www.veldtcourier.test/harbour/2024/05/14/master-suspended"
    assert found.truncated is None


def test_a_blog_without_a_space_between_its_tags_keeps_its_paragraphs_and_loses_its_comments() -> None:
    found = page("blog")
    assert [paragraph[:20] for paragraph in found.text.split("\n\n")] == [
        "Four captains of the", "\u201cWe touched ground t", "The harbour office c", "A person familiar wi",
    ]  # fmt: skip
    assert (found.publisher, found.byline) == ("Quayside Notes", "R. Tamm")


def test_a_page_laid_out_with_tables_keeps_its_paragraphs() -> None:
    paragraphs = page("old").text.split("\n\n")
    assert paragraphs[-1] == "The mill had been for sale since 1998. Staff report"
    assert any(paragraph.startswith('"We found traces of petrol in three places," he told') for paragraph in paragraphs)


@pytest.mark.parametrize(
    "layout",
    [
        "<div><p>" + "</p><p>".join(SENTENCES) + "</p></div>", "<p>" + "<p>".join(SENTENCES), "<br><br>".join(SENTENCES),
        "<div><div>" + "</div><div>".join(SENTENCES) + "</div></div>", "<ul><li>" + "<li>".join(SENTENCES) + "</ul>",
        "<table><tr><td>" + "<tr><td>".join(SENTENCES) + "</table>", "<pre>" + "\n\n".join(SENTENCES) + "</pre>",
        "<div>" * 300 + "<p>" + "</p><p>".join(SENTENCES), "<div>" * 300 + "<div>" + "</div><div>".join(SENTENCES) + "</div>",
        "<article>" + "".join(f"<section><p><span>{sentence}</span></p></section>" for sentence in SENTENCES) + "</article>",
        f"<article>{SENTENCES[0]}<p>{SENTENCES[1]}</p>{SENTENCES[2]}<div>{SENTENCES[3]}</div></article>",
        "<h1>Title</h1><div>" + "</div><div>".join(SENTENCES) + "</div>",
        "<form><p>" + "</p><p>".join(SENTENCES) + "</p></form>", "<blockquote><p>" + "</p><p>".join(SENTENCES) + "</p></blockquote>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("count", [4, 2])
def test_no_paragraph_is_glued_to_the_next_in_any_layout(layout: str, count: int) -> None:
    for sentence in SENTENCES[count:]:
        layout = layout.replace(sentence, "")
    lines = [
        line for line in extract(f"<html><body>{layout}</body></html>").text.split("\n") if line and line != "Title"
    ]
    assert lines == SENTENCES[:count]


@pytest.mark.parametrize("depth", [200, 255, 256, 2_000, 5_000, 100_000])
def test_deep_nesting_never_loses_the_text_and_is_reported(depth: int) -> None:
    found = extract("<div>" * depth + f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>")
    assert found.text == f"{SENTENCES[0]}\n\n{SENTENCES[1]}"
    assert (found.truncated is not None) == (depth > 200)


def test_one_huge_node_of_text_is_refused_and_never_cut_in_silence() -> None:
    with pytest.raises(TooLarge, match="200,000 characters"):
        extract("<p>" + "word " * 150_000 + "</p>")


def test_the_limit_of_html_counts_bytes() -> None:
    begin, end = "<p>Text.</p><!--", "-->"
    room = MAX_HTML_BYTES - len(begin + end)
    assert extract(begin + "\u20ac" * (room // 3) + "-" * (room % 3) + end).text == "Text."
    with pytest.raises(TooLarge, match="1,000,000 bytes"):
        extract("\u20ac" * (MAX_HTML_BYTES // 3 + 1))
    with pytest.raises(TooLarge):
        extract("a" * (MAX_HTML_BYTES + 1))


def test_text_at_its_limit_is_taken() -> None:
    sentence = SENTENCES[0] + " "
    whole = (sentence * (MAX_TEXT_CHARS // len(sentence))).strip()
    assert extract(f"<p>{whole}</p>").text == whole


def test_a_comment_never_becomes_text() -> None:
    assert extract(f"<p>{SENTENCES[0]}</p><!--{'-' * 900_000}").text == SENTENCES[0]
    assert extract(f"<!-- <p>He said no.</p> --><p>{SENTENCES[0]}</p>").text == SENTENCES[0]


@pytest.mark.parametrize(
    "hostile",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">", "<!--" + "-" * 900_000 + ">", "<a><b>" * 2_000, "<p>" * 2_000,
        "<table><tr><td>" * 20_000, "<table><tr><td>x" * 2_000 + "</td></tr></table>" * 2_000, "<b>" * 100_000, "&#" + "9" * 900_000 + ";",
        '<script type="application/ld+json">' + "[" * 900_000 + "</script>", "<figure></figure>word " * 3_000, "<i hidden></i>word " * 5_000,
        "<template><p>" * 30_000 + "</template>" * 30_000, "<x a='" + "=" * 900_000 + "'>", "<head><meta name=author content='a b'>" * 9_000,
    ],
    ids=lambda page: page[:20],
)  # fmt: skip
def test_no_hostile_page_hides_the_article_behind_it(hostile: str) -> None:
    assert SENTENCES[0] in extract(f"{hostile}<p>{SENTENCES[0]}</p>").text.replace("\n", " ")


@pytest.mark.parametrize("mark", ["<", "&", "&lt;"])
def test_a_million_marks_of_text_are_refused_like_any_text_that_long(mark: str) -> None:
    with pytest.raises(TooLarge):
        extract(f"<p>{SENTENCES[0]}</p>" + mark * (999_000 // len(mark)))


def test_a_page_that_an_unclosed_script_swallows_says_so() -> None:
    found = extract(f"<script>var a = 1;<p>{SENTENCES[0]}</p>")
    assert (found.text, found.truncated) == ("", "A script never ends and takes the rest of the page with it.")


def test_entities_are_neither_expanded_nor_fetched() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]><p>{SENTENCES[0]} &l9; &f;</p>'
    text = extract(page).text
    assert "&l9; &f;" in text and "root:" not in text and len(text) < 200


def test_nothing_that_a_page_names_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        where = f"http://127.0.0.1:{trap.getsockname()[1]}"
        page = (
            f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "{where}/dtd" [<!ENTITY f SYSTEM "{where}/f"><!ENTITY % p SYSTEM "{where}/p">%p;]>'
            f'<html><head><base href="{where}"><link rel="stylesheet" href="{where}/s"><meta http-equiv="refresh" content="0;{where}">'
            f'<link rel="canonical" href="/c"><link rel="pingback" href="{where}/b"></head><body><p>{SENTENCES[0]} &f;</p>'
            f'<img src="{where}/i"><iframe src="{where}/r"></iframe><script src="{where}/j"></script></body></html>'
        )
        assert SENTENCES[0] in extract(page, SOURCE).text
        with pytest.raises(BlockingIOError):
            trap.accept()


@pytest.mark.parametrize("broken", ["\x00", "\ud800", "\ufffe", "\uffff", "&#0;", "&#xd800;"])
def test_unreadable_characters_are_replaced_and_the_text_after_them_stays(broken: str) -> None:
    text = extract(f"<p>{SENTENCES[0]} {broken} {SENTENCES[1]}</p>").text
    assert text == f"{SENTENCES[0]} \ufffd {SENTENCES[1]}"


def test_a_page_with_too_many_elements_gives_its_text_as_it_stands() -> None:
    found = extract("<nav>Home</nav>" + "<p>He said.</p>" * 12_000)
    assert found.text == "\n\n".join(["He said."] * 12_000)
    assert found.truncated == "The page has too many elements; its text was taken as it stands."


def test_a_page_under_a_dialogue_is_read_all_the_same() -> None:
    body = "".join(f"<p>{sentence} ({number})</p>" for number in range(10) for sentence in SENTENCES)
    found = extract(
        f'<div id="app" aria-hidden="true"><article>{body}</article></div><div role="dialog"><p>We use cookies.</p></div>'
    )
    assert found.text.count("harbour board said") == 10


def test_the_title_is_repeated_only_where_there_is_nothing_else() -> None:
    assert extract(f"<h1>Mayor resigns</h1><p>{SENTENCES[0]}</p>").text == SENTENCES[0]
    alone = extract("<h1>Mayor resigns</h1>")
    assert (alone.title, alone.text) == ("Mayor resigns", "Mayor resigns")


def test_text_stays_when_the_extraction_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(html_module.trafilatura, "bare_extraction", fail)
    assert extract(f"<nav>Home</nav><p>{SENTENCES[0]}</p>").text == SENTENCES[0]


def test_text_that_the_parser_loses_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = html_module.lxml_html.document_fromstring
    monkeypatch.setattr(
        html_module.lxml_html, "document_fromstring", lambda page, **options: parse(page[: len(page) // 2], **options)
    )
    found = extract("".join(f"<p>{sentence}</p>" for sentence in SENTENCES))
    assert found.text == "\n\n".join(SENTENCES)
    assert found.truncated is not None and found.truncated.lower().startswith(LOST)


@pytest.mark.parametrize(
    "html", ["", " \n", "<html></html>", "<p></p>", "<!-- x -->", "<script>x</script>", "<br>", "</p>", "\ufeff"]
)
def test_a_page_without_text_is_an_empty_article(html: str) -> None:
    assert extract(html, SOURCE).text.strip("\ufeff") == ""


OWN = "Harbour chief out over “slow” dredging deal"
CALLED = '<title>Harbour master suspended - Veldt Courier</title><meta property="og:title" content="Harbour master suspended">'


@pytest.mark.parametrize(
    "layout",
    [
        "<article><h1>{own}</h1>{p}</article>",
        "<article><p>Harbour</p><h1>{own}</h1>{p}</article>",
        "<article><h1>Harbour chief out<br>over <em>“slow”</em> dredging deal</h1>{p}</article>",
        "<article><h2>{own}</h2>{p}</article>",
        "<main><h1>{own}</h1>{divs}</main>",
        "<div>Home | News</div><main><h1>{own}</h1>{divs}</main>",
        "<article><h1>{own}</h1><p>Harbour master suspended</p>{p}</article>",
    ],
)
def test_a_headline_that_is_not_the_title_is_no_text_either(layout: str) -> None:
    p, divs = ("".join(f"<{tag}>{sentence}</{tag}>" for sentence in SENTENCES) for tag in ("p", "div"))
    body = layout.format(own=OWN, p=p, divs=divs)

    found = extract(f"<html><head>{CALLED}</head><body>{body}</body></html>")

    assert (found.title, found.text.split("\n\n")) == ("Harbour master suspended", SENTENCES)


def test_a_heading_further_down_and_one_below_a_headline_stay() -> None:
    start, end = (f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>", f"<p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>")
    body = f"<article><h1>{OWN}</h1><h2>No tender</h2>{start}<h2>Next meeting</h2>{end}</article>"

    text = extract(f"<html><head>{CALLED}</head><body>{body}</body></html>").text

    assert text.split("\n\n") == ["No tender", *SENTENCES[:2], "Next meeting", *SENTENCES[2:]]


def test_menus_that_come_with_the_text_of_a_whole_page_go_again() -> None:
    body = f"<nav><a>Home</a> <a>News</a></nav><div><h1>{OWN}</h1>{SENTENCES[0]} {SENTENCES[2]}</div>"

    assert extract(f"<html><head>{CALLED}</head><body>{body}</body></html>").text == f"{SENTENCES[0]} {SENTENCES[2]}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("He said <q>it was late,</q> and left. <q>Go on.</q>", "He said “it was late,” and left. “Go on.”"),
        ("He said <q>I heard <q>stop</q> twice</q>.", "He said “I heard ‘stop’ twice”."),
        ("He said <q>“it was late”</q>.", "He said “it was late”."),
        ("He said “<q>it was late</q>”.", "He said “it was late”."),
        ("He said <q>'Tis late</q>.", "He said “'Tis late”."),
        ("He said <q></q>nothing.", "He said nothing."),
        ("He said <q>it was <b>late</b>", "He said “it was late”"),
        ("He said <q hidden>it was late</q>nothing.", "He said nothing."),
    ],
)
def test_a_quotation_in_q_has_the_marks_that_a_browser_shows_and_no_paragraph_of_its_own(html: str, text: str) -> None:
    body = f"<article><p>{SENTENCES[0]}</p><p>{html}</p><p>{SENTENCES[2]}</p></article>"

    assert extract(f"<html><body>{body}</body></html>").text.split("\n\n") == [SENTENCES[0], text, SENTENCES[2]]


@pytest.mark.parametrize(
    "name", ["ad", "ads", "advertisement", "Advert", "ad-slot", "story_ad-2", "inline-promo", "promo", "x taboola y"]
)
@pytest.mark.parametrize("tag", ["div", "section", "aside"])
@pytest.mark.parametrize("count", [2, 4])
def test_a_box_between_the_paragraphs_is_left_out(name: str, tag: str, count: int) -> None:
    said = [f"<p>{sentence}</p>" for sentence in SENTENCES[:count]]
    said.insert(1, f'<{tag} class="{name}"><p>Nine in ten dentists say that Brite is best.</p></{tag}>')

    assert extract(f"<article>{''.join(said)}</article>").text.split("\n\n") == SENTENCES[:count]


@pytest.mark.parametrize(
    "name", ["no-ads", "add", "promoted", "advertiser-free", "adolescents", "head", "article-lead"]
)
def test_a_class_that_only_holds_such_a_word_makes_no_box(name: str) -> None:
    body = "".join(f'<div class="{name}"><p>{sentence}</p></div>' for sentence in SENTENCES)

    assert extract(f"<article>{body}</article>").text.split("\n\n") == SENTENCES


@pytest.mark.parametrize(
    "body",
    [
        '<article class="promo">{said}</article>',
        '<div class="promo">{said}{said}{said}{said}{said}</div>',
        '<div class="promo"><h1>Harbour master suspended</h1>{said}</div>',
        '<div class="ad">{said}</div>',
    ],
)
def test_what_holds_the_article_is_no_box(body: str) -> None:
    said = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    assert set(SENTENCES) <= {*extract(body.format(said=said)).text.split("\n\n")}


def test_a_page_that_says_it_is_not_free_to_read_is_known() -> None:
    for free, paid in (("false", True), ("true", False)):
        block = f'{{"@type": "NewsArticle", "headline": "Mayor resigns", "isAccessibleForFree": {free}}}'
        page_said = f'<script type="application/ld+json">{block}</script><p>{SENTENCES[0]}</p>'

        assert extract(page_said).paid is paid
