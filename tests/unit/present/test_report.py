import json

from secondsource.model import Flag, FlagLevel, StakeLevel
from secondsource.present.report import Mentioned, Report, astral_runs, build, concerns, unlabelled, with_names
from tests.unit.present import story


def test_the_report_has_the_fields_that_tools_rely_on():
    report = json.loads(build(story.ARTICLE, story.RECORDS).model_dump_json())

    assert report["id"] == story.FIRST
    assert report["text"] == story.TEXT
    assert report["headline_claim"] == "clm_alliance"
    assert {"id", "source", "cue", "content", "label", "stance", "source_id", "via"} <= set(report["attributions"][0])
    assert {"id", "name", "kind", "mentions", "affiliations"} <= set(report["sources"][0])
    claim = report["claims"][0]
    assert {"id", "text", "spans", "attribution_ids", "claim_id", "origins", "stakes", "flags"} <= set(claim)
    assert {"low", "best", "high", "groups"} <= set(claim["origins"])
    assert {"source_id", "attribution_ids", "level", "confidence", "types", "evidence"} <= set(claim["stakes"][0])
    flag = report["flags"][0]
    assert {"code", "level", "confidence", "calibrated", "reason", "evidence", "rule", "scope"} <= set(flag)
    assert flag["calibrated"] is False


def test_spans_go_out_as_lists_of_pairs_and_a_missing_one_as_null():
    sourceless = story.ATTRIBUTIONS[0].model_copy(update={"source": None, "source_id": None})
    analysis = story.ARTICLE.analysis.model_copy(update={"attributions": (sourceless, story.ATTRIBUTIONS[1])})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    first, second = json.loads(build(article, {}).model_dump_json())["attributions"]

    assert first["source"] is None
    assert first["content"] == [[0, 50]]
    assert [story.TEXT[start:end] for start, end in second["content"]] == [
        "This is not a truce,",
        "They have agreed on one command.",
    ]


def test_the_headline_claim_comes_first():
    assert [claim.id for claim in build(story.ARTICLE, story.RECORDS).claims] == ["c2", "c1"]


def test_origins_and_articles_are_those_of_the_claim_record():
    claim = build(story.ARTICLE, story.RECORDS).claims[0]

    assert claim.origins is not None
    assert (claim.origins.low, claim.origins.best, claim.origins.high) == (1.0, 1.0, 1.0)
    assert claim.origins.groups == ((story.FIRST, story.SECOND),)
    assert claim.articles == (story.FIRST, story.SECOND)
    assert claim.reports == (story.FIRST, story.SECOND)
    assert claim.graph.edges == story.ORIGINS.edges


def test_flags_of_another_article_are_left_out_and_the_graver_come_first():
    flags = build(story.ARTICLE, story.RECORDS).flags

    assert [flag.reason for flag in flags] == [
        story.MOTIVATED.reason,
        story.SHARED.reason,
        story.ANONYMOUS.reason,
        story.DISPUTED.reason,
    ]
    assert {flag.claim for flag in flags} == {"clm_alliance"}


def test_two_claims_of_one_record_raise_its_flags_once():
    twin = story.HEADLINE.model_copy(update={"id": "c3", "headline": False})
    analysis = story.ARTICLE.analysis.model_copy(update={"claims": (story.HEADLINE, twin)})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    report = build(article, story.RECORDS)

    assert len(report.flags) == 4
    assert [len(claim.flags) for claim in report.claims] == [4, 4]


def test_a_flag_without_evidence_is_shown_rather_than_lost():
    bare = story.ANONYMOUS_ELSEWHERE.model_copy(update={"evidence": ()})

    assert concerns(bare, story.FIRST)
    assert not concerns(story.ANONYMOUS_ELSEWHERE, story.FIRST)


NO_STAKE = story.STAKE.model_copy(update={"level": StakeLevel.NONE, "confidence": 0.1, "motivated": False})


def test_every_judged_pair_is_shown_also_one_that_was_found_to_have_no_stake():
    record = story.ALLIANCE.model_copy(update={"stakes": (NO_STAKE, story.STAKE)})

    assert build(story.ARTICLE, {record.claim_id: record}).claims[0].stakes == (NO_STAKE, story.STAKE)


def test_a_pair_of_another_article_or_of_another_claim_of_the_record_is_not_this_one_s():
    elsewhere = story.STAKE.model_copy(update={"article_id": story.SECOND})
    of_another_claim = story.STAKE.model_copy(update={"attribution_ids": ("a2",)})
    record = story.ALLIANCE.model_copy(update={"stakes": (elsewhere, of_another_claim, story.STAKE)})

    assert build(story.ARTICLE, {record.claim_id: record}).claims[0].stakes == (story.STAKE,)


def test_stakes_are_those_of_the_record_which_knows_more_than_the_article():
    analysis = story.ARTICLE.analysis.model_copy(update={"stakes": {"c2": (NO_STAKE,)}})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    assert build(article, story.RECORDS).claims[0].stakes == (story.STAKE,)


def test_of_a_record_that_was_not_counted_yet_the_stakes_are_what_the_article_shows_by_itself():
    record = story.ALLIANCE.model_copy(update={"origins": None, "stakes": ()})
    analysis = story.ARTICLE.analysis.model_copy(update={"stakes": {"c2": (NO_STAKE,)}})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    assert build(article, {record.claim_id: record}).claims[0].stakes == (NO_STAKE,)


def test_a_claim_whose_record_is_not_there_is_reported_with_what_the_article_says():
    claim = build(story.ARTICLE, {}).claims[0]

    assert claim.origins is None
    assert claim.articles == (story.FIRST,)
    assert claim.stakes == (story.STAKE,)


def test_an_article_without_claims_says_why():
    report = build(story.EMPTY, {})

    assert report.claims == ()
    assert report.headline_claim is None
    assert report.reason == "The text is only a headline."


def test_articles_that_groups_and_evidence_name_have_labels():
    report = build(story.ARTICLE, story.RECORDS)

    assert report.labels == {story.FIRST: "The Courier", story.SECOND: "Hinterpost"}
    assert unlabelled(report) == (story.THIRD,)


def test_an_article_without_a_name_is_this_one_in_its_own_report():
    assert build(story.EMPTY, {}).labels == {"art_empty": "this article"}


def test_no_article_is_called_by_its_id():
    first, second, council = story.ORIGINS.nodes
    nodes = (*(n.model_copy(update={"label": n.id.removeprefix("article:")}) for n in (first, second)), council)
    record = story.ALLIANCE.model_copy(update={"origins": story.ORIGINS.model_copy(update={"nodes": nodes})})
    article = story.ARTICLE.model_copy(update={"publisher": None, "title": None})

    report = build(article, {"clm_alliance": record})

    assert report.labels == {story.FIRST: "this article"}
    assert set(unlabelled(report)) == {story.SECOND, story.THIRD}
    assert [(node.id, node.label) for node in report.claims[0].graph.nodes] == [
        (first.id, "this article"),
        (second.id, "another article"),
        (council.id, council.label),
    ]
    assert report.mentioned == {story.SECOND: Mentioned()}

    named = with_names(report, {story.FIRST: "first.txt", story.SECOND: "second.txt"})

    assert named.labels == {story.FIRST: "this article", story.SECOND: "second.txt"}
    assert [node.label for node in named.claims[0].graph.nodes] == ["this article", "second.txt", council.label]


def test_an_article_that_has_a_name_keeps_it():
    report = build(story.ARTICLE, story.RECORDS)

    assert with_names(report, {story.FIRST: "first.txt", story.SECOND: "second.txt"}) == report


def test_what_is_known_of_other_articles_is_told_and_not_of_the_article_itself():
    nodes = (
        story.ORIGINS.nodes[0],
        story.ORIGINS.nodes[1].model_copy(update={"title": "Old enemies", "url": "https://hinterpost.example/1"}),
    )
    record = story.ALLIANCE.model_copy(update={"origins": story.ORIGINS.model_copy(update={"nodes": nodes})})

    assert build(story.ARTICLE, {"clm_alliance": record}).mentioned == {
        story.SECOND: Mentioned(title="Old enemies", publisher="Hinterpost", url="https://hinterpost.example/1")
    }


def test_articles_that_only_carry_a_claim_want_a_label_too():
    record = story.ALLIANCE.model_copy(update={"articles": (story.FIRST, story.SECOND, "art_fourth")})

    assert unlabelled(build(story.ARTICLE, {"clm_alliance": record})) == (story.THIRD, "art_fourth")


def test_an_article_that_only_disputes_a_claim_is_among_its_articles_and_no_report_of_it():
    record = story.ALLIANCE.model_copy(update={"articles": (story.FIRST, story.SECOND, story.THIRD)})

    claim = build(story.ARTICLE, {"clm_alliance": record}).claims[0]

    assert claim.articles == (story.FIRST, story.SECOND, story.THIRD)
    assert claim.reports == (story.FIRST, story.SECOND)


def test_a_report_reads_back_as_it_was_written():
    report = build(story.ARTICLE, story.RECORDS)

    assert Report.model_validate_json(report.model_dump_json()) == report


def test_links_lead_to_the_article_its_annotations_its_summary_and_its_page():
    assert build(story.ARTICLE, {}, "https://api.example").links == {
        "self": "https://api.example/v1/articles/art_first",
        "annotations": "https://api.example/v1/articles/art_first/annotations/",
        "summary": "https://api.example/v1/articles/art_first/summary",
        "page": "https://api.example/v1/articles/art_first/report",
    }


def test_astral_runs_let_a_client_that_counts_utf_16_find_its_place():
    text = "a😀😀b\u0301𝒞c"
    runs = astral_runs(text)

    def utf16(offset: int) -> int:
        return offset + sum(min(end, offset) - start for start, end in runs if start < offset)

    assert runs == ((1, 3), (5, 6))
    for offset in range(len(text) + 1):
        assert utf16(offset) == len(text[:offset].encode("utf-16-le")) // 2


def test_plain_ascii_has_no_astral_runs():
    assert astral_runs("Nothing to see.") == ()


def test_every_level_of_a_flag_has_its_place_in_the_order():
    flags = tuple(
        Flag(**{**story.ANONYMOUS.model_dump(), "level": level})
        for level in (FlagLevel.NOTE, FlagLevel.WARNING, FlagLevel.CAUTION)
    )
    record = story.ALLIANCE.model_copy(update={"flags": flags})

    report = build(story.ARTICLE, {"clm_alliance": record})

    assert [flag.level for flag in report.flags] == [FlagLevel.WARNING, FlagLevel.CAUTION, FlagLevel.NOTE]
