import pytest

from secondsource.model import (
    Affiliation,
    AffiliationCategory,
    Anonymity,
    ClaimState,
    Evidence,
    FlagCode,
    FlagLevel,
    Source,
    SourceKind,
)
from secondsource.present import wording
from secondsource.present.comparison import ComparedArticle, Comparison, SharedClaim
from secondsource.present.report import build
from secondsource.present.summary import WIDTH, in_one_line, stakes_in_lines, summarise, summarise_comparison
from tests.unit.present import story


@pytest.fixture
def summary():
    report = build(story.ARTICLE, story.RECORDS)
    return summarise(report.model_copy(update={"labels": {**report.labels, story.THIRD: "Wessingby Tribune"}}))


def with_claim(**changes):
    claim = story.HEADLINE.model_copy(update=changes)
    analysis = story.ARTICLE.analysis.model_copy(update={"claims": (claim,)})
    return story.ARTICLE.model_copy(update={"analysis": analysis})


def with_record(**changes):
    return {"clm_alliance": story.ALLIANCE.model_copy(update=changes)}


def flat(summary):
    """The summary without its line breaks."""
    return " ".join(summary.split())


def test_it_says_what_is_claimed_who_says_so_and_on_how_many_origins(summary):
    assert "HEADLINE CLAIM: “The Front and the Brigades have formed an alliance”" in summary
    assert "Says who three members of the exiled National Council (unnamed person; speaking from Marrenport)" in flat(
        summary
    )
    assert "How many 2 reports, 1 origin " in flat(summary)
    assert "Reported by The Courier and Hinterpost" in flat(summary)


def test_each_flag_stands_with_its_reason_and_the_words_that_show_it(summary):
    told = flat(summary)

    assert "! Warning: a source has a stake in this claim [motivated_source]" in told
    assert story.MOTIVATED.reason in told
    assert "- tie: “members of the exiled National Council”" in told
    assert "- stake: “lost the town of Dremna to the Front”" in told


def test_an_earlier_version_says_which_one_counts():
    report = build(story.ARTICLE, story.RECORDS)

    assert "earlier version" not in summarise(report)
    text = " ".join(summarise(report.model_copy(update={"replaced_by": "art_2"})).split())
    assert "The one that counts is art_2: look there for stakes and flags." in text


def test_words_from_another_article_name_it(summary):
    assert "“There is no alliance between the Front and the Brigades” (Wessingby Tribune)" in flat(summary)


def test_an_article_that_nothing_is_known_of_is_another_article():
    told = flat(summarise(build(story.ARTICLE, story.RECORDS)))

    assert "“There is no alliance between the Front and the Brigades” (another article)" in told


def test_an_article_that_only_disputes_the_claim_is_no_report_of_it():
    records = with_record(articles=(story.FIRST, story.SECOND, story.THIRD))

    assert "2 reports, 1 origin" in summarise(build(story.ARTICLE, records))


def test_what_could_not_be_judged_is_said(summary):
    assert flat(summary).endswith(
        "COULD NOT BE JUDGED ? whether its sources speak from elsewhere [remote_source], for 1 claim: "
        "The text does not say where the claim takes place."
    )


def test_every_flag_has_its_words_and_its_question():
    assert set(wording.FLAGS) == set(wording.QUESTIONS) == set(FlagCode)


def test_claims_without_flags_are_counted(summary):
    assert "The Front sells timber" not in summary
    assert "\n1 other claim carries no flag.\n" in summary


def test_a_claim_with_flags_comes_after_the_headline_claim():
    records = {**story.RECORDS, "clm_timber": story.TIMBER.model_copy(update={"flags": (story.ANONYMOUS,)})}

    told = summarise(build(story.ARTICLE, records))

    assert told.index("HEADLINE CLAIM") < told.index("CLAIM: “The Front sells timber.”")
    assert "no flag" not in told


def test_a_claim_with_notes_alone_is_told_in_brief():
    note = story.ANONYMOUS.model_copy(update={"level": FlagLevel.NOTE})
    records = {**story.RECORDS, "clm_timber": story.TIMBER.model_copy(update={"flags": (note, note)})}

    told = flat(summarise(build(story.ARTICLE, records)))

    assert "OTHER CLAIMS, WITH NOTES - “The Front sells timber.” nobody named: no source is named COULD" in told


def test_many_claims_in_brief_and_many_passages_are_cut_and_counted():
    note = story.ANONYMOUS.model_copy(update={"level": FlagLevel.NOTE})
    claims = [story.UNSOURCED.model_copy(update={"id": f"c{number}"}) for number in range(10)]
    passages = tuple(
        Evidence(article_id=story.FIRST, start=place, end=place + 3, exact=story.TEXT[place : place + 3])
        for place in range(11)
    )
    analysis = story.ARTICLE.analysis.model_copy(update={"claims": (story.HEADLINE, *claims)})
    records = {
        "clm_alliance": story.ALLIANCE.model_copy(
            update={"flags": (story.ANONYMOUS.model_copy(update={"evidence": passages}),)}
        ),
        "clm_timber": story.TIMBER.model_copy(update={"flags": (note,)}),
    }

    told = summarise(build(story.ARTICLE.model_copy(update={"analysis": analysis}), records))

    assert told.count("“The Front sells timber.”") == 8
    assert "\n  and 2 more\n" in told
    assert "\n      and 3 more passages\n" in told


def test_it_never_calls_anybody_biased_or_a_liar(summary):
    assert not {"biased", "lying", "liar", "lies"} & set(summary.lower().split())


def test_it_is_plain_text_in_lines_that_fit_a_terminal(summary):
    assert summary.replace("\n", "").isprintable()
    assert max(map(len, summary.splitlines())) <= WIDTH


def test_an_article_without_claims_gives_the_reason():
    told = summarise(build(story.EMPTY, {}))

    assert "No claims to judge: the text is only a headline." in told
    assert "(no title)" in told


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("too-short", "this is a headline or less: no sentence to look for sources in."),
        ("too-complex", "the text cannot be parsed in a reasonable time."),
        ("no-claims: the text makes no statement", "the text makes no statement."),
        ("Nothing here: at all.", "nothing here: at all."),
        (None, "no checkable statement was found."),
    ],
)
def test_a_reason_is_told_as_a_sentence_without_its_code(reason, words):
    article = story.EMPTY.model_copy(update={"analysis": story.EMPTY.analysis.model_copy(update={"reason": reason})})

    assert summarise(build(article, {})).endswith(f"No claims to judge: {words}\n")


def test_a_claim_that_nobody_is_named_for_is_said_to_be_stated_as_fact():
    assert "nobody: the article states it as fact" in summarise(build(with_claim(attribution_ids=()), story.RECORDS))


def test_a_claim_that_is_only_disputed_is_not_said_to_be_stated_as_fact():
    article = with_claim(attribution_ids=(), disputed_by=("a1",))

    assert "Says who nobody: it is only disputed here" in flat(summarise(build(article, story.RECORDS)))


def test_the_newsroom_is_named_as_its_own_witness():
    article = with_claim(attribution_ids=(), own_witness=True)

    assert "Says who      the newsroom itself, as a witness" in summarise(build(article, story.RECORDS))


def test_an_attribution_to_nobody_in_particular_is_said():
    nobody = story.ATTRIBUTIONS[0].model_copy(update={"source": None, "source_id": None})
    analysis = story.ARTICLE.analysis.model_copy(update={"attributions": (nobody,)})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    assert "Says who      a source that the text does not name" in summarise(build(article, story.RECORDS))


def test_a_source_is_told_with_role_groups_place_and_the_reason_for_its_anonymity():
    source = Source(
        id="s1",
        name="an official",
        kind=SourceKind.UNNAMED_PERSON,
        role="adviser",
        affiliations=(Affiliation(name="Water Board", category=AffiliationCategory.GOVERNMENT),) * 2,
        anonymity=Anonymity(grade="general", description="an official", reason="not authorised to speak"),
    )
    analysis = story.ARTICLE.analysis.model_copy(update={"sources": (source,)})
    article = story.ARTICLE.model_copy(update={"analysis": analysis})

    assert "an official (unnamed person; adviser; Water Board; name withheld: not authorised to speak)" in flat(
        summarise(build(article, story.RECORDS))
    )


def test_those_who_dispute_the_claim_in_this_article_are_named():
    told = summarise(build(with_claim(disputed_by=("a2",)), story.RECORDS))

    assert "Disputed by three members of the exiled National Council, in this article" in flat(told)


@pytest.mark.parametrize(
    ("state", "words"),
    [("qualified", "qualified by its own source"), ("unverified", "said to be unverified")],
)
def test_a_state_of_verification_is_shown_with_its_words(state, words):
    states = (ClaimState(state=state, evidence=(story.evidence("The Front sells timber."),)),)

    told = flat(summarise(build(with_claim(states=states), story.RECORDS)))

    assert f"State {words} - “The Front sells timber.”" in told


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": 1.0, "best": 1.0, "high": 2.0}, "2 reports, 1 to 2 origins (most likely 1)"),
        ({"low": 1.5, "best": 1.5, "high": 1.5}, "2 reports, 1.5 origins"),
        ({"not_assessable": "No dates."}, "2 reports; origins cannot be counted: No dates."),
    ],
)
def test_a_range_of_origins_is_told_as_one(changes, words):
    records = with_record(origins=story.ORIGINS.model_copy(update=changes))

    assert words in summarise(build(story.ARTICLE, records))


def test_origins_that_were_not_counted_are_not_made_up():
    assert "1 report; origins not counted yet" in summarise(build(story.ARTICLE, {}))


def test_control_codes_of_an_article_do_not_reach_the_terminal():
    text = "\x1b[2J\x1b]0;gone\x07 said \u202eesrever\u2066 \u2028 next"
    evidence = Evidence(article_id=story.FIRST, start=0, end=len(text), exact=text, shows="words")
    records = with_record(flags=(story.ANONYMOUS.model_copy(update={"evidence": (evidence,)}),))
    article = with_claim(text=text).model_copy(update={"title": text, "truncated": text, "url": text})

    told = summarise(build(article, records))

    assert told.replace("\n", "").isprintable()
    assert "words: “[2J]0;gone said esrever next”" in told


def test_a_long_quotation_is_cut_in_its_middle():
    text = "start " + "and so on " * 100 + "end"

    told = flat(summarise(build(with_claim(text=text), story.RECORDS)))

    assert "“start and so on" in told
    assert "and so on end”" in told
    assert "…" in told
    assert len(told) < 2 * len(text) + 1000


def test_a_quotation_with_its_own_marks_gets_no_second_pair():
    assert "HEADLINE CLAIM: “Yes.”\n" in summarise(build(with_claim(text="“Yes.”"), story.RECORDS))


def test_what_was_cut_or_warned_of_is_said():
    analysis = story.ARTICLE.analysis.model_copy(update={"warnings": ("bidi-override", "Something else.")})
    article = story.ARTICLE.model_copy(update={"truncated": "nested too deeply", "analysis": analysis})

    told = summarise(build(article, story.RECORDS))

    assert "Only a part was read: nested too deeply" in told
    assert "Note: The text holds codes that change the order in which it is read." in told
    assert "Note: Something else." in told


def test_claims_that_may_have_been_left_out_are_told_of():
    analysis = story.ARTICLE.analysis.model_copy(update={"warnings": ("most-claims",)})

    told = summarise(build(story.ARTICLE.model_copy(update={"analysis": analysis}), story.RECORDS))

    assert "Note: The article may make more claims: no more than these are kept" in flat(told)


def test_in_one_line_it_names_the_count_and_the_flags_of_the_central_claim():
    assert in_one_line(build(story.ARTICLE, story.RECORDS)) == (
        "Front and Brigades have formed alliance, exiles say: 2 reports, 1 origin; "
        "motivated_source, shared_origin, anonymous_source, disputed."
    )
    assert in_one_line(build(story.ARTICLE, with_record(flags=()))).endswith("no flags on its central claim.")
    assert in_one_line(build(story.EMPTY, {})) == "(no title): No claims to judge: the text is only a headline."


def test_a_comparison_tells_who_shares_what_and_why():
    comparison = Comparison(
        articles=(
            ComparedArticle(id=story.FIRST, publisher="The Courier"),
            ComparedArticle(id=story.SECOND, title="Old enemies"),
        ),
        independent=False,
        verdict="Not independent: of 1 claim they share, 1 rests on a common origin.",
        claims=(
            SharedClaim(
                claim_id="clm_alliance",
                text=story.HEADLINE.text,
                reports=(story.FIRST, story.SECOND),
                low=1.0,
                best=1.0,
                high=1.0,
                groups=((story.FIRST, story.SECOND),),
                independent=False,
                verdict="2 reports, 1 origin: not independent.",
                nodes=story.ORIGINS.nodes,
                edges=story.ORIGINS.edges,
            ),
        ),
        labels={story.FIRST: "The Courier", story.SECOND: "Old enemies"},
    )

    told = flat(summarise_comparison(comparison))

    assert told.startswith("COMPARED: The Courier and Old enemies Not independent: of 1 claim they share")
    assert "Independent 2 reports, 1 origin: not independent." in told
    assert "Link The same source: Hinterpost – The Courier" in told
    assert "“members of the National Council” (Old enemies)" in told
    assert "“three members of the exiled National Council” (The Courier)" in told


def test_stakes_are_told_one_line_a_source_the_surest_first_and_only_where_the_claim_serves_them():
    weaker = story.STAKE.model_copy(update={"confidence": 0.5, "reason": "said less surely elsewhere"})
    other = story.STAKE.model_copy(update={"source_name": "Owen Strand", "confidence": 0.8, "reason": "pays for it"})
    served_not = story.STAKE.model_copy(update={"source_name": "Lena Orvik", "motivated": False})
    record = story.ALLIANCE.model_copy(update={"stakes": (weaker, story.STAKE, other, served_not)})

    assert stakes_in_lines(build(story.ARTICLE, {record.claim_id: record})) == [
        "Owen Strand (likely, 0.80): pays for it",
        f"{story.STAKE.source_name} (likely, 0.70): {story.STAKE.reason}",
    ]


def test_that_no_source_has_a_stake_is_told_too():
    assert stakes_in_lines(build(story.EMPTY, {})) == ["no source with a stake that a claim serves"]
