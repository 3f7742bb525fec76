import base64
import datetime
import hashlib
import re
from html.parser import HTMLParser

import pytest

from secondsource.model import Entry, Evidence
from secondsource.present import html
from secondsource.present.comparison import ComparedArticle, Comparison, SharedClaim
from secondsource.present.html import web_link
from secondsource.present.report import Mentioned, build
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


VOID = {"meta", "link", "br", "img"}


def render(reports, comparison=None):
    return html.render(reports, comparison).html


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
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def values(self, name):
        return [value for found, value in self.attributes if found == name]


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
    assert "A source has a stake in this claim" in page.text
    assert "lost the town of Dremna to the Front" in page.text
    assert "In Hinterpost:" in page.text
    assert "In another article:" in page.text
    assert page.open == []


def test_every_claim_has_its_card():
    page = Page(render([build(story.ARTICLE, story.RECORDS)]))

    assert {"a1-c1", "a1-c2"} <= set(page.values("id"))
    assert "1 origin behind 2 reports known" in page.text
    assert "1 origin behind 1 report known" in page.text
    assert "a likely stake (adversary, beneficiary)" in page.text
    assert "Nobody: the article states it as fact." in page.text


def test_the_page_says_all_claims_only_where_all_are_kept():
    report = build(story.ARTICLE, story.RECORDS)

    whole = Page(render([report])).text
    cut = Page(render([report.model_copy(update={"warnings": ("most-claims",)})])).text

    assert "The article has 2 claims: all of them, one by one." in whole
    assert "The article has 2 claims or more: those that are kept, one by one." in cut


def test_the_reason_of_a_stake_is_a_sentence():
    held = story.STAKE.model_copy(update={"reason": "paid for by the National Council"})
    record = story.ALLIANCE.model_copy(update={"stakes": (held,)})

    page = Page(render([build(story.ARTICLE, {**story.RECORDS, "clm_alliance": record})]))

    assert "(adversary, beneficiary). Paid for by the National Council." in page.text


def test_of_an_earlier_version_nothing_is_said_to_be_clean():
    record = story.ALLIANCE.model_copy(update={"stakes": (), "flags": ()})
    report = build(story.ARTICLE, {"clm_alliance": record}).model_copy(update={"replaced_by": "art_2"})

    page = Page(render([report])).text

    assert (
        "This is an earlier version of the article. The one that counts is art_2: look there for stakes and flags."
        in page
    )
    assert "No flags on this claim" not in page
    assert "No stake of its sources" not in page


def test_who_does_not_see_the_colour_of_a_number_is_told_how_grave_it_is():
    page = Page(render([build(story.ARTICLE, story.RECORDS)]))

    labels = [label for label in page.values("aria-label") if label.startswith("Note ")]
    assert "Note 1: claim with a warning" in labels
    assert all(re.fullmatch(r"Note \d+: (attribution|claim( with a warning| to look at)?)", label) for label in labels)


def test_a_range_of_origins_is_told_with_the_number():
    origins = story.ORIGINS.model_copy(update={"low": 1.0, "best": 1.5, "high": 2.0})
    record = story.ALLIANCE.model_copy(update={"origins": origins})

    page = Page(render([build(story.ARTICLE, {**story.RECORDS, "clm_alliance": record})]))

    assert "1.5 origins behind 2 reports known; between 1 and 2" in page.text


def test_the_page_needs_nothing_from_elsewhere():
    page = Page(render([build(story.ARTICLE, story.RECORDS)]))

    assert not {"script", "link", "img", "iframe", "object", "use", "image"} & set(page.tags)
    assert page.values("src") == page.values("style") == []
    assert [name for name, _ in page.attributes if name.startswith("on")] == []
    assert {value for value in page.values("href") if not value.startswith("#")} == {story.ARTICLE.url}
    assert "url(" not in "".join(re.findall(r"<style>(.*?)</style>", render([]), re.DOTALL))


def test_the_policy_lets_in_the_pages_own_styles_and_nothing_else():
    page = html.render([build(story.ARTICLE, story.RECORDS)])

    sheets = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() for sheet in sheets]
    styles = " ".join(f"'sha256-{digest}'" for digest in digests)
    in_page = f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'none'"

    assert len(sheets) == 2
    assert page.policy == f"{in_page}; frame-ancestors 'none'"
    assert [value for value in Page(page.html).values("content") if value.startswith("default-src")] == [in_page]
    assert "unsafe" not in page.policy


def test_the_same_report_makes_the_same_page():
    report = build(story.ARTICLE, story.RECORDS)

    assert render([report]) == render([report])


def test_ids_are_unique_and_every_link_within_the_page_leads_to_one():
    other = story.ARTICLE.model_copy(
        update={"id": story.SECOND, "text": story.OTHER_TEXT, "analysis": story.EMPTY.analysis}
    )
    page = Page(render([build(story.ARTICLE, story.RECORDS), build(other, {})]))
    ids = page.values("id")

    assert len(ids) == len(set(ids))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(ids)
    for name in ("aria-labelledby", "aria-describedby"):
        assert {each for value in page.values(name) for each in value.split()} <= set(ids)


def test_evidence_links_to_its_place_in_the_text():
    page = render([build(story.ARTICLE, story.RECORDS)])
    start, end = story.span("lost the town of Dremna to the Front")

    assert f'href="#a1-t{start}-{end}">in the text' in page
    assert f'<span class="at" id="a1-t{start}-{end}"></span><mark class=" a1-t{start}-{end}">lost the town' in page
    assert f":root:has(#a1-t{start}-{end}:target) .a1-t{start}-{end}" in page


def test_evidence_in_another_article_of_the_page_links_there():
    other = story.ARTICLE.model_copy(
        update={"id": story.SECOND, "text": story.OTHER_TEXT, "analysis": story.EMPTY.analysis}
    )
    start, end = story.span("members of the National Council", story.OTHER_TEXT)

    page = render([build(story.ARTICLE, story.RECORDS), build(other, {})])

    assert f'href="#a2-t{start}-{end}"' in page
    assert f'id="a2-t{start}-{end}"' in page


def test_evidence_that_does_not_stand_where_it_says_is_quoted_without_a_link():
    moved = story.evidence("lost the town of Dremna to the Front").model_copy(update={"start": 3, "end": 9})
    flag = story.MOTIVATED.model_copy(update={"evidence": (moved,)})
    record = story.ALLIANCE.model_copy(update={"flags": (flag,), "stakes": ()})
    analysis = story.ARTICLE.analysis.model_copy(update={"stakes": {}})

    page = render([build(story.ARTICLE.model_copy(update={"analysis": analysis}), {"clm_alliance": record})])

    assert "lost the town of Dremna to the Front" in page
    assert "a1-t3-9" not in page


def test_another_article_is_named_by_its_title_with_a_link():
    report = build(story.ARTICLE, story.RECORDS)
    known = Mentioned(title="Old <enemies>", publisher="Hinterpost", url="https://hinterpost.example/1")

    page = render([report.model_copy(update={"mentioned": {story.SECOND: known}})])

    assert 'href="https://hinterpost.example/1"><bdi>Old &lt;enemies&gt;</bdi></a>, <bdi>Hinterpost</bdi>' in page


def test_an_article_of_which_nothing_is_known_is_another_article():
    report = build(story.ARTICLE, story.RECORDS)
    nameless = {**report.labels, story.SECOND: story.SECOND}

    page = Page(render([report.model_copy(update={"labels": nameless, "mentioned": {}})]))

    assert f"In {story.SECOND}" not in page.text
    assert "In another article:" in page.text


def test_an_entry_of_the_register_is_shown_with_its_source():
    entry = Entry(
        actor_id="act_1",
        source_url="https://register.example/council",
        date=datetime.date(2025, 1, 2),
        entered_by="<i>desk</i>",
    )
    unsafe = entry.model_copy(update={"source_url": "javascript:alert(1)"})
    flag = story.MOTIVATED.model_copy(update={"entries": (entry, unsafe)})
    record = story.ALLIANCE.model_copy(update={"flags": (flag,)})

    page = render([build(story.ARTICLE, {"clm_alliance": record})])

    assert 'href="https://register.example/council"><bdi>register.example</bdi></a>' in page
    assert "&lt;i&gt;desk&lt;/i&gt;" in page
    assert "javascript:" not in page


def test_the_picture_has_a_text_alternative_with_the_words_that_show_each_link():
    page = render([build(story.ARTICLE, story.RECORDS)])

    assert '<svg class="graph" role="img" aria-labelledby="a1-c1g-title" aria-describedby="a1-c1g-words"' in page
    words = page[page.index('id="a1-c1g-words"') :]
    assert "The same source: Hinterpost – The Courier" in words
    assert words.index("The same source") < words.index("three members of the exiled National Council")


def test_a_claim_of_one_report_has_no_picture():
    lone = story.ALLIANCE.model_copy(update={"origins": story.TIMBER.origins})

    assert "<svg" not in render([build(story.ARTICLE, {"clm_alliance": lone})])


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_an_article_says_becomes_markup(words):
    # A line separator ends a paragraph, so what it is compared with has one too.
    plain = Page(render([hostile_report("two\u2028lines" if "\u2028" in words else "plain")]))
    page = Page(render([hostile_report(words)]))

    assert page.tags == plain.tags
    assert [name for name, _ in page.attributes] == [name for name, _ in plain.attributes]
    assert {value[0] for value in page.values("href")} == {"#"}
    assert page.values("id") == plain.values("id")


def test_template_code_in_an_article_is_not_run():
    page = render([hostile_report("{{7*7}}")])

    assert "{{7*7}}" in page
    assert "49" not in page


@pytest.mark.parametrize("words", HOSTILE)
def test_no_control_and_no_override_reaches_a_reader(words):
    page = render([hostile_report(words)])

    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]", page)


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
        ("java\nscript:alert(1)", None),
        ("https://courier.example/\x00", None),
        ("https://courier.example/\u202egnp.exe", None),
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
        labels={story.FIRST: "The Courier", story.SECOND: "<b>Hinterpost</b>"},
    )

    page = Page(render([build(story.ARTICLE, story.RECORDS), build(story.EMPTY, {})], comparison))

    assert page.tags.count("article") == 2
    assert page.tags.count("h1") == 1
    assert "The Courier and <b>Hinterpost</b>" in page.text
    assert "The same source: Hinterpost – The Courier" in page.text
    assert "b" not in page.tags
