"""The keys by which a claim is found: pairs of its rarest stems."""

from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.index_keys import RAREST, with_keys
from secondsource.model import Facts

STEMS = st.lists(
    st.sampled_from("allianc pact dremna state year jorrel vesker patrol yarmesh border week".split()), unique=True
)


def keys(*stems):
    return with_keys(Facts(stems=stems)).keys


def test_seven_stems_make_twenty_one_keys():
    assert len(keys("a", "b", "c", "d", "e", "f", "g")) == 21


def test_more_stems_make_no_more_keys():
    assert len(keys(*"abcdefghijklmnop")) == RAREST * (RAREST - 1) // 2 == 21


def test_the_commonest_stems_are_left_out():
    rare = ("dremna", "jorrel", "vesker", "yarmesh", "kavvin", "tollo", "haspen")

    assert keys("state", *rare, "year") == keys(*rare)


def test_a_key_is_a_pair_that_says_the_same_whichever_came_first():
    assert keys("vesker", "jorrel") == keys("jorrel", "vesker") == ("jorrel~vesker",)


def test_one_stem_or_none_makes_no_key():
    assert keys("dremna") == keys() == ()


def test_the_most_telling_pairs_come_first():
    assert keys("state", "dremna", "year")[0] == "dremna~state"


def test_all_other_facts_stay():
    facts = Facts(stems=("dremna", "jorrel"), actors=("jorrel",), numbers=("9",), negated=True)

    assert with_keys(facts) == facts.model_copy(update={"keys": ("dremna~jorrel",)})


@given(STEMS, st.randoms())
def test_the_keys_do_not_depend_on_the_order_of_the_stems(stems, chance):
    shuffled = list(stems)
    chance.shuffle(shuffled)

    found = keys(*stems)
    assert found == keys(*shuffled)
    assert len(found) == len(set(found)) <= 21
