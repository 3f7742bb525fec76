"""Whether two claims say the same: shared rare words, the same actors, no fact that differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.match import Relation, compare
from secondsource.model import Facts

PACT = Facts(
    stems=("jorrel", "vesker", "front", "brigad", "form", "allianc"), actors=("brigad", "front", "jorrel", "vesker")
)
WORDS = "jorrel vesker front brigad form allianc seal pact mill tarn close".split()
FACTS = st.builds(
    Facts,
    stems=st.lists(st.sampled_from(WORDS), unique=True, max_size=8).map(tuple),
    actors=st.lists(st.sampled_from(WORDS[:4]), unique=True, max_size=3).map(tuple),
    numbers=st.lists(st.sampled_from(["4", "40"]), unique=True, max_size=2).map(tuple),
    negated=st.booleans(),
)


def changed(**facts):
    return PACT.model_copy(update=facts)


def relation(a, b):
    return compare(a, b)[0]


def test_a_claim_is_the_same_as_itself():
    assert compare(PACT, PACT) == (Relation.SAME, pytest.approx(1.0))


def test_a_claim_in_a_few_more_words_is_the_same():
    longer = changed(stems=(*PACT.stems, "border"))

    assert relation(PACT, longer) is Relation.SAME


def test_a_negation_with_all_else_equal_contradicts():
    assert relation(PACT, changed(negated=True)) is Relation.CONTRADICTS


def test_two_negations_are_the_same():
    assert relation(changed(negated=True), changed(negated=True)) is Relation.SAME


def test_another_number_is_another_claim():
    assert relation(changed(numbers=("40",)), changed(numbers=("60",))) is Relation.OTHER


def test_a_number_that_only_one_names_does_not_part_them():
    assert relation(changed(numbers=("40",)), PACT) is Relation.SAME


def test_another_number_does_not_contradict_either():
    assert relation(changed(numbers=("40",)), changed(numbers=("60",), negated=True)) is Relation.OTHER


def test_other_actors_are_another_claim():
    other = Facts(stems=("ridg", "banner", "form", "allianc", "border", "week"), actors=("banner", "ridg"))
    same_words = Facts(stems=("jorrel", "vesker", "form", "allianc", "border", "week"), actors=("jorrel", "vesker"))

    assert relation(other, same_words) is Relation.OTHER


def test_the_same_actors_of_whom_other_things_are_said_are_another_claim():
    lost = changed(stems=("jorrel", "vesker", "front", "brigad", "lose", "dremna"))
    sealed = changed(stems=("jorrel", "vesker", "front", "brigad", "seal", "border"))

    assert relation(lost, sealed) is Relation.OTHER


def test_two_shared_words_are_too_few():
    short = Facts(stems=("dremna", "fall"))

    assert relation(short, short) is Relation.OTHER


def test_nothing_is_the_same_as_nothing():
    assert compare(Facts(), Facts()) == (Relation.OTHER, 0.0)


@given(FACTS, FACTS)
def test_the_relation_of_two_claims_is_the_same_from_both_sides(a, b):
    forth, back = compare(a, b), compare(b, a)

    assert forth[0] is back[0]
    assert forth[1] == pytest.approx(back[1])
    assert 0 <= forth[1] <= 1 + 1e-9


@given(FACTS, FACTS)
def test_only_a_negation_tells_same_from_contradicts(a, b):
    turned = b.model_copy(update={"negated": not b.negated})

    assert {relation(a, b), relation(a, turned)} in ({Relation.SAME, Relation.CONTRADICTS}, {Relation.OTHER})


@pytest.mark.parametrize(("said", "opposite"), [("close", "open"), ("rais", "lower"), ("approv", "reject")])
def test_the_opposite_of_the_same_matter_is_not_the_same(said, opposite):
    matter = Facts(stems=("tarn", "mill", "harbour", "levi", "june"), actors=("tarn",))

    one = matter.model_copy(update={"stems": (*matter.stems, said)})
    other = matter.model_copy(update={"stems": (*matter.stems, opposite)})

    assert relation(one, one) is Relation.SAME
    assert relation(one, other) is Relation.OTHER
