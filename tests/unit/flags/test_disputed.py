"""disputed: somebody denies or doubts the claim, here or in another article."""

import pytest

from secondsource.flags.disputed import assess
from secondsource.model import Denial, FlagLevel
from tests.unit.corpus.reports import body, person, report, unnamed
from tests.unit.flags.cases import not_assessed, quotes, raised

STRAND, BRANN, AUMONT = person("Owen Strand"), person("Helen Brann"), person("Daniel Aumont")


def test_a_denial_in_the_same_article_is_told_with_who_denies():
    (flag,) = raised(assess, report("Courier", STRAND, denied_by=[BRANN]))

    assert flag.reason == "Disputed by Helen Brann."
    assert flag.level == FlagLevel.CAUTION
    assert quotes(flag) == ["Helen Brann", "that is wrong, said number 2"]


def test_a_denial_in_another_article_counts_and_names_where():
    denial = report("Tribune", denied_by=[BRANN, AUMONT], reporting=False)
    (flag,) = raised(assess, report("Courier", STRAND), denial)

    assert flag.reason == "Disputed by Helen Brann and Daniel Aumont."
    assert flag.level == FlagLevel.WARNING
    assert {e.article_id for e in flag.evidence} == {"art_tribune"}
    assert (flag.scope.kind, flag.scope.articles) == ("corpus", 2)


def test_an_article_that_says_itself_that_it_is_not_so_disputes_it_by_its_name():
    debunk = report("Tribune", reporting=False)
    words = debunk.sentences[0]
    denies = debunk.model_copy(update={"denials": (Denial(text=words.exact, evidence=words), Denial(text="No"))})
    named = report("Record", denied_by=[BRANN], reporting=False).model_copy(update={"denials": denies.denials})

    (flag,) = raised(assess, report("Courier", STRAND), denies)

    assert flag.reason == "Disputed by Tribune."
    assert quotes(flag) == [words.exact]
    (flag,) = raised(assess, report("Courier", STRAND), named)
    assert flag.reason == "Disputed by Helen Brann."
    assert raised(assess, report("Courier", STRAND), debunk) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (body("company"), "the company"),
        (body("a company"), "a company"),
        (body("prosecutors"), "prosecutors"),
        (body("Brellin Foods"), "Brellin Foods"),
        (unnamed("A council spokeswoman"), "a council spokeswoman"),
        (unnamed("Three officials"), "three officials"),
    ],
)
def test_who_disputes_is_called_as_a_sentence_calls_them(source, told):
    (alone,) = raised(assess, report("Courier", STRAND, denied_by=[source]))

    assert alone.reason == f"Disputed by {told}."


def test_three_who_dispute_are_listed():
    (flag,) = raised(assess, report("Courier", STRAND, denied_by=[BRANN, AUMONT, body("Lanternway")]))

    assert flag.reason == "Disputed by Helen Brann, Daniel Aumont and Lanternway."


def test_one_who_disputes_in_two_articles_is_named_once_and_is_one():
    (flag,) = raised(
        assess, report("Courier", STRAND, denied_by=[BRANN]), report("Tribune", denied_by=[BRANN], reporting=False)
    )

    assert flag.reason == "Disputed by Helen Brann."
    assert flag.level == FlagLevel.CAUTION


def test_named_critics_are_told_before_unnamed_ones():
    (flag,) = raised(assess, report("Courier", STRAND, denied_by=[unnamed("officials"), BRANN]))

    assert flag.reason == "Disputed by Helen Brann."


def test_unnamed_critics_alone_are_told_and_weigh_less():
    (unnamed_only,) = raised(assess, report("Courier", STRAND, denied_by=[unnamed("two officials")]))
    (named,) = raised(assess, report("Courier", STRAND, denied_by=[BRANN]))

    assert unnamed_only.reason == "Disputed by two officials."
    assert unnamed_only.confidence < named.confidence


def test_an_undisputed_claim_is_not_flagged():
    assert raised(assess, report("Courier", STRAND)) == []
    assert not_assessed(assess, report("Courier", STRAND)) == []


def test_who_both_carries_and_denies_it_does_not_dispute_it():
    told = report("Courier", STRAND, denied_by=[BRANN])
    denies = told.disputes[0].model_copy(update={"source_id": "s1"})

    assert raised(assess, told.model_copy(update={"disputes": (denies,)})) == []


def test_a_denial_that_nobody_is_named_for_is_not_told_as_somebodys():
    told = report("Courier", STRAND, denied_by=[BRANN])
    denies = told.disputes[0].model_copy(update={"source_id": None})

    assert raised(assess, told.model_copy(update={"disputes": (denies,)})) == []
