"""unattributed: a claim that matters, stated as fact by nobody in particular."""

import pytest

from secondsource.flags.unattributed import assess
from secondsource.model import FlagLevel
from tests.unit.corpus.reports import nameless, person, report
from tests.unit.flags.cases import not_assessed, quotes, raised


def test_a_headline_claim_without_a_source_is_flagged_with_its_words():
    (flag,) = raised(assess, report("Courier"))

    assert flag.level == FlagLevel.NOTE
    assert "Courier" in flag.reason
    assert quotes(flag) == ["The two groups have sealed a pact"]
    assert flag.scope.kind == "article"


def test_a_contested_claim_without_a_source_is_graver():
    denial = report("Tribune", denied_by=[person("Helen Brann")], reporting=False)

    for headline in (True, False):
        (flag,) = raised(assess, report("Courier", headline=headline), denial)
        assert flag.level == FlagLevel.CAUTION
        assert flag.evidence[0].article_id == "art_courier"


@pytest.mark.parametrize(
    "told",
    [
        report("Courier", headline=False),
        report("Courier", own_witness=True),
        report("Courier", person("Owen Strand")),
        report("Courier", cites=["Reuters"]),
        report("Courier").model_copy(update={"echoed": True}),
        report("Tribune", denied_by=[person("Helen Brann")], reporting=False),
    ],
    ids=["no headline", "own witness", "a source", "an outlet", "somebody speaks of it", "only denied"],
)
def test_it_is_not_raised_where_it_does_not_matter_or_somebody_stands_for_it(told):
    assert raised(assess, told) == []
    assert not_assessed(assess, told) == []


def test_an_article_without_a_name_is_this_one():
    (flag,) = raised(assess, nameless(report("Courier")))

    assert flag.reason == "This article states this as fact and names no source for it."
