"""How likely two reports rest on one origin, and the groups that follow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.credits import read
from secondsource.corpus.dependence import Dependence
from secondsource.corpus.reuse import Shared, wording
from tests.unit.corpus.reports import Backs, person, report, telling, unnamed

STRAND, MARSH = person("Owen Strand"), person("Dela Marsh")
MET = "commanders of the two groups sealed the pact at a meeting in the border village of Yarmesh before dawn"


def of(*reports):
    return Dependence(read(reports), Shared([wording(o) for o in reports]))


def odds(*reports):
    return of(*reports).odds[0, 1]


def test_a_source_in_common_is_for_one_origin_and_two_sources_against_it():
    assert odds(report("Courier", STRAND), report("Record", STRAND)) > 0
    assert odds(report("Courier", STRAND), report("Record", MARSH)) < odds(report("Courier"), report("Record")) < 0


def test_a_source_that_is_less_surely_the_same_says_less():
    anna = report("Courier", person("Anna Perrin"))

    assert odds(anna, report("Record", person("Perrin"))) < odds(anna, report("Record", person("Anna Perrin")))


def test_who_says_the_claim_itself_says_more_than_who_backs_the_story():
    direct = odds(telling("Courier", STRAND), telling("Record", STRAND))
    backing = odds(telling("Courier", backing=[Backs(by=STRAND)]), telling("Record", backing=[Backs(by=STRAND)]))

    assert direct > backing


def test_wording_in_common_is_for_one_origin():
    copied = odds(telling("Courier", passages=[MET]), telling("Record", passages=[MET]))
    own = odds(telling("Courier", passages=[MET]), telling("Record", passages=["The harbour was quiet at night."]))

    assert copied > own


def test_a_few_words_in_common_say_a_little_and_none_that_there_is_no_tie():
    story = telling("Courier", passages=[MET])
    few = odds(story, telling("Record", passages=["Then commanders of the two groups went home by another road."]))
    none = odds(story, telling("Record", passages=["Then everybody who had been there went home by another road."]))

    assert none < few < odds(story, telling("Record", passages=[MET]))


def test_one_report_s_own_source_parts_less_than_two_do():
    both = odds(report("Courier", STRAND), report("Record", MARSH))
    one = odds(report("Courier", STRAND), report("Record"))

    assert both < one < odds(report("Courier"), report("Record"))


def test_a_report_of_an_unknown_newsroom_may_be_the_one_that_another_credits():
    told = telling("Record", backing=[Backs(by=unnamed("people familiar with the talks"))])
    crediting = telling("Courier", backing=[Backs(outlet="the Daily Lantern", form="credited")])

    assert odds(told, crediting) < odds(told.model_copy(update={"publisher": None}), crediting)


def test_one_likeness_does_not_join_what_all_else_holds_apart():
    here = [report(f"Here {n}", STRAND) for n in range(3)]
    there = [report(f"There {n}", MARSH) for n in range(3)]
    between = report("Between", STRAND, MARSH)

    groups = of(*here, *there, between).groups()

    assert not any({0, 3} <= set(group) for group in groups)


def test_two_reports_of_one_origin_for_sure_bring_their_groups_together():
    quiet = ["The harbour was quiet at night.", "The ferries sailed half empty, and nobody on the quay knew why."]
    told = [telling("Courier", STRAND, passages=[MET]), telling("Record", STRAND, passages=quiet)]

    found = of(*told, telling("Tribune", passages=quiet))

    assert found.odds[0, 2] < found.odds[0, 1] < 0 < found.odds[1, 2]
    assert found.groups() == [[0, 1, 2]]


def test_a_report_that_names_nobody_goes_with_those_it_is_most_like():
    reports = [telling("Courier", STRAND, passages=[MET]), telling("Record", MARSH), telling("Tribune", passages=[MET])]

    assert of(*reports).groups() == [[0, 2], [1]]


def test_officials_without_a_name_who_told_two_outlets_are_no_source_in_common():
    officials = unnamed("two officials", group="interior ministry")
    told = [
        telling(name, officials, cites=[outlet]) for name, outlet in (("A", "Daily Lantern"), ("B", "Evening Gavel"))
    ]
    alone = [telling(name, officials) for name in ("A", "B")]

    assert odds(*told) < 0 < odds(*alone)


QUIET = "The harbour was quiet, and the ferries sailed with half their passengers"


@pytest.mark.parametrize(("others", "groups"), [(1, [[0], [1]]), (7, [[0, 1, 2, 3, 4, 5, 6, 7]])])
def test_of_few_reports_one_that_names_nobody_goes_with_none_that_it_is_not_like(others, groups):
    reports = [telling(f"Outlet {n}", STRAND, passages=[MET]) for n in range(others)]

    assert of(*reports, telling("Tribune", says="Envoys met", passages=[QUIET])).groups() == groups


def test_two_groups_of_named_sources_cannot_be_one_and_unnamed_ones_could():
    named = of(report("Courier", STRAND), report("Record", MARSH))
    unknown = of(report("Courier", unnamed("officials")), report("Record", unnamed("residents")))

    assert not named.may_be_one([0], [1])
    assert unknown.may_be_one([0], [1])


@pytest.mark.parametrize(
    ("other", "certain"),
    [
        (report("Record", STRAND), True),
        (report("Record", cites=["Courier"]), True),
        (report("Record", person("Strand")), False),
        (report("Record", MARSH), False),
        (report("Record"), False),
    ],
    ids=["the same source", "a citation", "a surname alone", "another source", "nobody"],
)
def test_one_origin_is_certain_where_both_name_it(other, certain):
    assert of(report("Courier", STRAND), other).certain(0, 1) is certain


REPORTS = st.lists(
    st.builds(
        lambda sources, cites, copies: (tuple(sources), tuple(cites), copies),
        st.lists(st.sampled_from([STRAND, MARSH, unnamed("officials")]), max_size=2, unique_by=lambda s: s.name),
        st.lists(st.sampled_from(["Outlet 0", "Outlet 1", "Daily Lantern"]), max_size=1),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(REPORTS)
def test_the_odds_are_symmetric_and_each_report_stands_in_one_group(made):
    reports = [
        telling(
            f"Outlet {n}", *sources, cites=[c for c in cites if c != f"Outlet {n}"], passages=[MET] if copies else []
        )
        for n, (sources, cites, copies) in enumerate(made)
    ]
    found = of(*reports)

    assert np.allclose(found.odds, found.odds.T)
    assert sorted(i for group in found.groups() for i in group) == list(range(len(reports)))


def _three_of_one_outlet_among_many():
    """Many reports that rest on Strand, and some that credit the Daily Lantern, all of one story."""
    many = [telling(f"Here {n}", STRAND, passages=[MET]) for n in range(7)]
    lantern = [Backs(outlet="the Daily Lantern", form="credited")]
    few = [telling(f"There {n}", backing=lantern, passages=["The harbour was quiet."]) for n in range(3)]
    return many, few


def test_three_reports_that_credit_one_outlet_relay_nothing_of_what_most_others_have():
    many, few = _three_of_one_outlet_among_many()

    groups = of(*many, *few).groups()
    assert not any({0, 7} <= set(group) for group in groups)
    assert any({7, 8, 9} <= set(group) for group in groups)


def test_of_two_or_three_reports_none_goes_with_another_in_spite_of_its_odds():
    alone = telling("Courier", STRAND, passages=["The harbour was quiet at night."])
    other = telling("Record", passages=["Nobody was seen in the streets of the town."])

    assert odds(alone, other) < 0
    assert of(alone, other).groups() == [[0], [1]]


def test_who_credits_an_outlet_and_who_names_somebody_are_apart_in_a_group_that_others_join():
    outlet, named = [Backs(outlet="Lanternway", form="credited")], [Backs(by=STRAND)]
    market = "Traders in the market of the capital closed their stalls early and carried sacks of flour home by cart."
    orchard = "Apple growers along the river wondered who would drive lorries over mountain passes this coming winter."
    apart = [telling(name, backing=outlet, passages=[market]) for name in "AB"]
    apart += [telling(name, backing=named, passages=[orchard]) for name in "CD"]
    both = [telling(name, backing=[*outlet, *named], passages=[MET]) for name in "EF"]
    found = of(*apart, *both)

    assert found.parted(range(6)) == ([0, 1], [2, 3])
    assert found.parted([0, 1, 4, 5]) is None
