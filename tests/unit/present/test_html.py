from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Evidence
from secondsource.present.comparison import ComparedArticle, Comparison, SharedClaim
from secondsource.present.html import pieces, render, web_link
from secondsource.present.report import build
from tests.unit.present import story

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</script><!--",
    "{{7*7}}{% raw %}",
    "</title></style><iframe src='http://127.0.0.1'>",
    "a\u2028b\u202ec\x00d\x1b[31m",
]


class Page(HTMLParser):
    """The tags, attributes and text of a page, and whether each tag was closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "link", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def hostile_report(words):
    evidence = Evidence(article_id=story.SECOND, start=0, end=len(words), exact=words, shows=words)
    flag = story.SHARED.model_copy(update={"reason": words, "evidence": (evidence,)})
    node = story.ORIGINS.nodes[1].model_copy(update={"label": words})
    origins = story.ORIGINS.model_copy(update={"nodes": (node,)})
    claim = story.HEADLINE.model_copy(update={"text": words, "spans": ((0, len(words)),)})
    source = story.COUNCIL.model_copy(update={"name": words})
    analysis = story.ARTICLE.analysis.model_copy(
        update={"claims": (claim,), "sources": (source,), "warnings": (words,)}
    )
    article = story.ARTICLE.model_copy(
        update={
            "text": words,
            "title": words,
            "publisher": words,
            "byline": words,
            "truncated": words,
            "url": f"javascript:{words}",
            "analysis": analysis.model_copy(update={"attributions": ()}),
        }
    )
    record = story.ALLIANCE.model_copy(update={"flags": (flag,), "origins": origins})
    return build(article, {"clm_alliance": record})


def test_the_page_says_what_the_summary_says():
    page = Page(render([build(story.ARTICLE, story.RECORDS)]))

    assert "2 reports, 1 origin" in page.text
    assert "a source has a stake in this claim" in page.text
    assert "lost the town of Dremna to the Front" in page.text
    assert "(Hinterpost)" in page.text
    assert "(another article)" in page.text
    assert "1 other claim carries no flag." in page.text
    assert page.open == []


def test_the_page_needs_nothing_from_elsewhere():
    page = Page(render([build(story.ARTICLE, story.RECORDS)]))

    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    assert [name for name, _ in page.attributes if name == "src"] == []
    assert [value for name, value in page.attributes if name == "href"] == [story.ARTICLE.url]
    assert any(name == "content" and value.startswith("default-src 'none'") for name, value in page.attributes)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_an_article_says_becomes_markup(words):
    plain = Page(render([hostile_report("plain")]))
    page = Page(render([hostile_report(words)]))

    assert page.tags == plain.tags
    assert [name for name, _ in page.attributes] == [name for name, _ in plain.attributes]
    assert "href" not in [name for name, _ in page.attributes]


def test_template_code_in_an_article_is_not_run():
    page = render([hostile_report("{{7*7}}")])

    assert "{{7*7}}" in page
    assert "49" not in page


def test_quotations_are_isolated_from_the_direction_around_them():
    page = render([build(story.ARTICLE, story.RECORDS)])

    assert "<q><bdi>lost the town of Dremna to the Front</bdi></q>" in page


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://courier.example/a", "https://courier.example/a"),
        ("HTTP://courier.example/", "HTTP://courier.example/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//courier.example", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url, link):
    assert web_link(url) == link


def test_an_article_without_claims_gives_the_reason():
    assert "the text is only a headline." in Page(render([build(story.EMPTY, {})])).text


def test_several_articles_stand_under_their_comparison():
    comparison = Comparison(
        articles=(
            ComparedArticle(id=story.FIRST, publisher="The Courier"),
            ComparedArticle(id=story.SECOND, publisher="<b>Hinterpost</b>"),
        ),
        independent=False,
        verdict="Not independent.",
        claims=(
            SharedClaim(
                claim_id="clm_alliance",
                text=story.HEADLINE.text,
                reports=(story.FIRST, story.SECOND),
                low=1.0,
                best=1.0,
                high=1.0,
                independent=False,
                verdict="2 reports, 1 origin: not independent.",
                nodes=story.ORIGINS.nodes,
                edges=story.ORIGINS.edges,
            ),
        ),
    )

    page = Page(render([build(story.ARTICLE, story.RECORDS), build(story.EMPTY, {})], comparison))

    assert page.tags.count("article") == 2
    assert "The Courier and <b>Hinterpost</b>" in page.text
    assert "The same source: Hinterpost – The Courier" in page.text
    assert "b" not in page.tags


def test_the_words_of_claims_and_attributions_are_marked():
    found = {piece.text: piece.roles for piece in pieces(build(story.ARTICLE, story.RECORDS))}

    assert found["The Front and the Brigades have formed an alliance"] == ("claim", "flagged", "content")
    assert found["three members of the exiled National Council"] == ("source",)
    assert found["The Front sells timber."] == ("claim",)
    assert found["This is not a truce,"] == ("content",)


@given(st.data())
def test_for_any_spans_the_pieces_make_up_the_text(data):
    text = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: tuple(sorted(pair)))
    spans = st.lists(place, max_size=4).map(tuple)
    claim = story.HEADLINE.model_copy(update={"spans": data.draw(spans)})
    found = story.ATTRIBUTIONS[0].model_copy(update={"source": data.draw(spans), "content": data.draw(spans)})
    analysis = story.ARTICLE.analysis.model_copy(update={"claims": (claim,), "attributions": (found,), "sources": ()})
    report = build(story.ARTICLE.model_copy(update={"text": text, "analysis": analysis}), {})

    cut = list(pieces(report))

    assert "".join(piece.text for piece in cut) == text
    position = 0
    for piece in cut:
        inside = any(start <= position < end for start, end in claim.spans)
        assert ("claim" in piece.roles) == inside
        position += len(piece.text)
