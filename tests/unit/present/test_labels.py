"""One label alone: sourced statements, or beliefs and intentions."""

from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.model import Article, Extracted, Label, MediaKind
from secondsource.present.report import build, with_label
from secondsource.wiring import SystemClock

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
