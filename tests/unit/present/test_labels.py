"""One label alone: sourced statements, or beliefs and intentions."""

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.model import Article, Extracted, Label, MediaKind
from secondsource.present.report import build, with_label
from secondsource.wiring import SystemClock
from tests.unit.present import story

TEXT = (
    "The council said on Monday that the old bridge at Marun had been closed. Residents believe that it will never "
    "open again. The mayor, Clara Venning, said that repairs would cost two million crowns."
)


def report():
    analysis = Pipeline(spacy_parser)(Extracted(text=TEXT), "art_1")
    article = Article(id="art_1", text=TEXT, kind=MediaKind.TEXT, added_at=SystemClock().now(), analysis=analysis)
    return build(article, {})


def test_a_caller_gets_sourced_statements_alone():
    speech = with_label(report(), Label.SPEECH)

    assert [a.label for a in speech.attributions] == [Label.SPEECH, Label.SPEECH]


def test_a_caller_gets_beliefs_alone():
    stance = with_label(report(), Label.STANCE)

    assert [TEXT[slice(*a.content[0])] for a in stance.attributions] == ["it will never open again"]


def test_claims_name_only_the_attributions_that_are_left():
    stance = with_label(report(), Label.STANCE)
    left = {a.id for a in stance.attributions}

    assert stance.claims
    assert all(set(claim.attribution_ids) <= left for claim in stance.claims)


def labelled(**labels):
    """The report of the story, whose headline claim a1 carries and a2 disputes, with a stake by each and one by both."""
    analysis = story.ARTICLE.analysis
    attributions = tuple(a.model_copy(update={"label": labels[a.id]}) for a in analysis.attributions)
    claim = story.HEADLINE.model_copy(update={"disputed_by": ("a2",)})
    analysis = analysis.model_copy(update={"attributions": attributions, "claims": (claim,)})
    stakes = tuple(story.STAKE.model_copy(update={"attribution_ids": ids}) for ids in (("a1",), ("a2",), ("a1", "a2")))
    record = story.ALLIANCE.model_copy(update={"stakes": stakes})
    return build(story.ARTICLE.model_copy(update={"analysis": analysis}), {"clm_alliance": record})


def test_nothing_in_a_claim_names_an_attribution_that_is_left_out():
    speech = with_label(labelled(a1=Label.SPEECH, a2=Label.STANCE), Label.SPEECH)

    (claim,) = speech.claims
    assert (claim.attribution_ids, claim.disputed_by) == (("a1",), ())
    assert [stake.attribution_ids for stake in claim.stakes] == [("a1",), ("a1",)]


def test_a_claim_of_which_no_attribution_is_left_stays_with_its_flags():
    report = labelled(a1=Label.SPEECH, a2=Label.SPEECH)

    (claim,) = with_label(report, Label.STANCE).claims

    assert (claim.attribution_ids, claim.disputed_by, claim.stakes) == ((), (), ())
    assert claim.flags == report.claims[0].flags


@pytest.mark.parametrize(("outermost", "expected"), [(Label.SPEECH, "a1"), (Label.STANCE, None)])
def test_an_attribution_is_nested_in_one_that_is_left(outermost, expected):
    report = labelled(a1=Label.SPEECH, a2=Label.SPEECH)
    a1, a2 = report.attributions
    nested = (
        a1.model_copy(update={"label": outermost}),
        a2.model_copy(update={"label": Label.STANCE, "nested_in": "a1"}),
        a2.model_copy(update={"id": "a3", "nested_in": "a2"}),
    )

    speech = with_label(report.model_copy(update={"attributions": nested}), Label.SPEECH)

    assert (speech.attributions[-1].id, speech.attributions[-1].nested_in) == ("a3", expected)


def test_attributions_that_lie_in_each_other_hold_nobody_up():
    report = labelled(a1=Label.SPEECH, a2=Label.SPEECH)
    a1, a2 = report.attributions
    nested = (
        a1.model_copy(update={"label": Label.STANCE, "nested_in": "a2"}),
        a2.model_copy(update={"label": Label.STANCE, "nested_in": "a1"}),
        a2.model_copy(update={"id": "a3", "nested_in": "a2"}),
    )

    speech = with_label(report.model_copy(update={"attributions": nested}), Label.SPEECH)

    assert [(a.id, a.nested_in) for a in speech.attributions] == [("a3", None)]
