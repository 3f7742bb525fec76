import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import (
    Affiliation,
    Analysis,
    Article,
    Attribution,
    Claim,
    ClaimRecord,
    Evidence,
    Facts,
    Flag,
    FlagCode,
    FlagLevel,
    FlagScope,
    MediaKind,
    Origins,
    Rule,
    Source,
    SourceKind,
    Stance,
)
from secondsource.present import web_annotation
from secondsource.present.report import build
from tests.unit.present import story

BASE = "https://api.example"


@pytest.fixture
def report():
    return build(story.ARTICLE, story.RECORDS)


def kinds(found):
    return [kind for item in found for kind in item["body"][0]["data"]]


def finding(item):
    return next(iter(item["body"][0]["data"].values()))


def test_the_media_type_is_that_of_the_web_annotation_protocol():
    assert web_annotation.MEDIA_TYPE == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def test_the_collection_has_what_the_model_asks_for(report):
    found = web_annotation.collection(report, BASE)

    assert "http://www.w3.org/ns/anno.jsonld" in found["@context"]
    assert found["id"] == f"{BASE}/v1/articles/art_first/annotations/"
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == len(web_annotation.annotations(report, BASE))
    assert found["label"]
    assert found["first"] == f"{BASE}/v1/articles/art_first/annotations/?page=0"
    assert found["last"] == f"{BASE}/v1/articles/art_first/annotations/?page=0"


def test_a_page_has_what_the_model_asks_for(report):
    found = web_annotation.page(report, 0, BASE)

    assert "http://www.w3.org/ns/anno.jsonld" in found["@context"]
    assert found["id"] == f"{BASE}/v1/articles/art_first/annotations/?page=0"
    assert found["type"] == "AnnotationPage"
    assert found["partOf"]["id"] == f"{BASE}/v1/articles/art_first/annotations/"
    assert found["startIndex"] == 0
    assert isinstance(found["items"], list)
    assert "next" not in found
    assert "prev" not in found


def test_each_annotation_has_what_the_model_asks_for(report):
    for found in web_annotation.annotations(report, BASE):
        assert found["type"] == "Annotation"
        assert found["id"].startswith(BASE)
        assert found["motivation"] in {"classifying", "describing", "identifying"}
        assert found["created"].endswith("Z")
        assert datetime.fromisoformat(found["created"]) == story.NOW
        assert found["target"]
        data, words = found["body"]
        assert data["type"] == "Dataset"
        assert (words["type"], words["format"], words["language"]) == ("TextualBody", "text/plain", "en")
        assert words["value"].endswith(".")
        for target in found["target"]:
            assert target["type"] == "SpecificResource"
            assert target["source"].startswith(BASE)
            assert [selector["type"] for selector in target["selector"]] == [
                "TextQuoteSelector",
                "TextPositionSelector",
            ]


def test_claims_flags_attributions_and_sources_are_annotated(report):
    assert kinds(web_annotation.annotations(report)) == [
        *["claim"] * 2,
        *["flag"] * 3,
        *["attribution"] * 2,
        "source",
    ]


def test_a_flag_whose_evidence_lies_elsewhere_has_no_place_in_this_text(report):
    found = web_annotation.annotations(report)

    assert "disputed" not in [finding(item).get("code") for item in found]


def test_a_flag_targets_its_evidence_and_carries_its_reason(report):
    found = next(item for item in web_annotation.annotations(report) if finding(item).get("code") == "motivated_source")

    assert [target["selector"][0]["exact"] for target in found["target"]] == [
        "members of the exiled National Council",
        "lost the town of Dremna to the Front",
    ]
    assert found["motivation"] == "classifying"
    assert found["body"][1]["value"] == (
        "Warning: a source has a stake in this claim. "
        "Three members of the exiled National Council have a stake in this claim: it lost Dremna to the Front."
    )


def test_a_broken_quotation_has_a_target_for_each_piece_in_the_order_of_the_text(report):
    found = next(item for item in web_annotation.annotations(report) if finding(item).get("id") == "a2")

    assert [(target["role"], target["selector"][0]["exact"]) for target in found["target"]] == [
        ("content", "This is not a truce,"),
        ("source", "one of them"),
        ("cue", "said. “"),
        ("content", "They have agreed on one command."),
    ]


def said_of_the_headline_claim(**changes):
    record = story.ALLIANCE.model_copy(update=changes)
    return web_annotation.annotations(build(story.ARTICLE, {"clm_alliance": record}))[0]["body"][1]["value"]


def test_who_only_denies_a_claim_does_not_count_among_its_reports():
    assert said_of_the_headline_claim(articles=(story.FIRST, story.SECOND, story.THIRD)) == (
        "The headline claim: 2 reports, 1 origin."
    )


def test_a_claim_whose_origins_cannot_be_counted_says_why():
    uncounted = Origins(low=0, best=0, high=0, not_assessable="no article known reports this claim as its own")

    assert said_of_the_headline_claim(origins=uncounted) == (
        "The headline claim: 0 reports; origins cannot be counted: no article known reports this claim as its own."
    )


def said_of(**changes):
    """What the annotation of the story's first attribution says in words, once the attribution is changed so."""
    first, *others = story.ARTICLE.analysis.attributions
    analysis = story.ARTICLE.analysis.model_copy(
        update={"attributions": (first.model_copy(update=changes), *others), "claims": (story.HEADLINE,)}
    )
    found = web_annotation.annotations(build(story.ARTICLE.model_copy(update={"analysis": analysis}), story.RECORDS))
    return next(item["body"][1]["value"] for item in found if finding(item).get("id") == "a1")


def test_an_attribution_is_said_in_words_that_fit_one_and_many():
    who = "three members of the exiled National Council"

    assert said_of() == f"Said by {who}."
    assert said_of(stance=Stance.DENY, via="the Courier") == f"Denied by {who}, told to the Courier."
    assert said_of(stance=Stance.OTHER) == f"Reported of {who}."
    assert said_of(source_id=None) == "Said by a source that the text does not name."


def test_an_attribution_that_the_article_denies_is_not_put_as_one_that_was_made():
    words = said_of(stance=Stance.CONFIRM, factual=False)

    assert words.endswith(" Not that it was said: the article denies it, or asks, or puts it conditionally.")


def test_a_quote_has_32_code_points_around_it(report):
    found = web_annotation.annotations(report)[-1]["target"][0]["selector"]
    quote, position = found
    start, end = position["start"], position["end"]

    assert quote["prefix"] == story.TEXT[start - 32 : start]
    assert quote["suffix"] == story.TEXT[end : end + 32]


def test_ids_are_stable_and_unique(report):
    first = [item["id"] for item in web_annotation.annotations(report, BASE)]
    again = [item["id"] for item in web_annotation.annotations(build(story.ARTICLE, story.RECORDS), BASE)]

    assert first == again
    assert len(set(first)) == len(first)


def test_two_flags_of_one_rule_at_one_place_have_two_ids():
    again = story.ANONYMOUS.model_copy(update={"reason": "Said otherwise."})
    record = story.ALLIANCE.model_copy(update={"flags": (story.ANONYMOUS, again)})

    found = web_annotation.annotations(build(story.ARTICLE, {"clm_alliance": record}))

    ids = [item["id"] for item in found]
    assert kinds(found).count("flag") == 2
    assert len(set(ids)) == len(ids)


def test_the_page_the_words_stand_on_is_named_where_it_is_known(report):
    target = web_annotation.annotations(report)[0]["target"][0]
    unknown = build(story.ARTICLE.model_copy(update={"url": None}), story.RECORDS)

    assert target["scope"] == "https://courier.example/alliance"
    assert "scope" not in web_annotation.annotations(unknown)[0]["target"][0]


def test_pages_lead_to_each_other_and_hold_each_annotation_once(report, monkeypatch):
    monkeypatch.setattr(web_annotation, "PAGE_SIZE", 3)
    whole = web_annotation.annotations(report)

    pages = [web_annotation.page(report, index) for index in range(3)]

    assert [page["startIndex"] for page in pages] == [0, 3, 6]
    assert [item for page in pages for item in page["items"]] == whole
    assert [page.get("next") for page in pages] == [pages[1]["id"], pages[2]["id"], None]
    assert [page.get("prev") for page in pages] == [None, pages[0]["id"], pages[1]["id"]]
    assert web_annotation.collection(report)["last"] == pages[2]["id"]
    assert web_annotation.page(report, 3) is None
    assert web_annotation.page(report, -1) is None


def test_an_article_without_findings_has_an_empty_collection():
    report = build(story.EMPTY, {})

    found = web_annotation.collection(report)

    assert found["total"] == 0
    assert "first" not in found
    assert web_annotation.page(report, 0)["items"] == []
    assert web_annotation.page(report, 1) is None


def test_the_documents_are_json(report):
    for document in (web_annotation.collection(report), web_annotation.page(report, 0)):
        assert json.loads(json.dumps(document)) == document


NASTY = st.sampled_from(list("😀𝒞\r\n\u0301\u200b\u200d\u202e\u2066\ufeff\ufdfa“”\"'ß\x00\U0010ffff"))
TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), NASTY), max_size=120)


@st.composite
def articles(draw):
    """An article with findings at any places of any text, and its claim record."""
    text = draw(TEXTS)

    def spans(least=0):
        places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: tuple(sorted(pair)))
        return tuple(draw(st.lists(places, min_size=least, max_size=3)))

    evidence = tuple(
        Evidence(article_id="art_x", start=start, end=end, exact=text[start:end]) for start, end in spans()
    )
    flag = Flag(
        code=FlagCode.DISPUTED,
        level=FlagLevel.NOTE,
        confidence=0.5,
        reason="It is denied.",
        evidence=evidence,
        rule=Rule(id="disputed.1"),
        scope=FlagScope(kind="article"),
    )
    analysis = Analysis(
        attributions=(
            Attribution(id="a1", source=spans() or None, cue=spans() or None, content=spans() or None, source_id="s1"),
        ),
        sources=(
            Source(
                id="s1",
                name=draw(TEXTS),
                kind=SourceKind.NAMED_PERSON,
                mentions=spans(),
                affiliations=(Affiliation(name=draw(TEXTS)),),
            ),
        ),
        claims=(Claim(id="c1", text=text, spans=spans(), headline=True, claim_id="clm_x", attribution_ids=("a1",)),),
    )
    article = Article(
        id="art_x", text=text, title=draw(TEXTS), kind=MediaKind.TEXT, added_at=story.NOW, analysis=analysis
    )
    record = ClaimRecord(
        claim_id="clm_x", text=text, created_at=story.NOW, facts=Facts(), articles=("art_x",), flags=(flag,)
    )
    return article, {"clm_x": record}


@given(articles())
def test_for_any_text_every_selector_selects_the_words_it_quotes(case):
    article, records = case
    report = build(article, records)

    for found in web_annotation.page(report, 0)["items"]:
        for target in found["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert report.text[start:end] == quote["exact"]
            assert report.text[:start].endswith(quote["prefix"])
            assert report.text[end:].startswith(quote["suffix"])
            assert max(len(quote["prefix"]), len(quote["suffix"])) <= 32


@given(articles())
def test_for_any_text_the_report_survives_the_wire(case):
    article, records = case

    assert json.loads(build(article, records).model_dump_json())["text"] == article.text
