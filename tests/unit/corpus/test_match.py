"""Whether two claims say the same: shared rare words, the same actors, no fact that differs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.corpus.match import Relation, compare, copied, differ, nearest, relate
from secondsource.corpus.signature import of_record
from secondsource.corpus.story import likeness, story
from secondsource.model import Facts, Named, Signature, Story
from secondsource.text.vectors import WIDTH, pack, unpack
from tests.unit.services.newsroom import SEIZED, SMOKE, STORY, embed, facts

PACT = Facts(
    stems=("jorrel", "vesker", "front", "brigad", "form", "allianc"), actors=("brigad", "front", "jorrel", "vesker")
)
WORDS = "jorrel vesker front brigad form allianc seal pact mill tarn close".split()


NAMED = st.none() | st.builds(
    Named, name=st.sampled_from(["Jorrel", "Vesker Brigades", "Tarn Mill"]), person=st.booleans()
)


@st.composite
def some_facts(draw):
    """Facts as a claim has them: who does it is among those it names, what it denies mostly among its words."""
    actors = draw(st.lists(st.sampled_from(WORDS[:4]), unique=True, max_size=3))
    stems = draw(st.lists(st.sampled_from(WORDS), unique=True, max_size=8))
    denied = st.lists(st.sampled_from(WORDS[4:]), unique=True, max_size=2)
    return Facts(
        stems=tuple(stems),
        actors=tuple(actors),
        agents=tuple(draw(st.lists(st.sampled_from(actors), unique=True, max_size=2))) if actors else (),
        doer=draw(NAMED),
        done_to=draw(NAMED),
        numbers=tuple(draw(st.lists(st.sampled_from(["4", "40"]), unique=True, max_size=2))),
        negated=draw(st.booleans()),
        says_no=draw(st.booleans()),
        denied=draw(st.none() | denied.map(tuple)),
    )


FACTS = some_facts()


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


def test_a_negation_of_something_else_is_no_contradiction():
    elsewhere = changed(negated=True, denied=("live",))

    assert relation(changed(denied=()), elsewhere) is relation(elsewhere, changed(denied=())) is Relation.OTHER
    assert relation(changed(denied=()), changed(negated=True, denied=("form",))) is Relation.CONTRADICTS


def test_two_that_deny_the_same_are_the_same_wherever_they_say_no():
    assert relation(changed(denied=("form",)), changed(negated=True, denied=("form",))) is Relation.SAME


def test_a_word_that_says_no_is_a_negation_when_two_are_compared():
    lacked, had_no, had = changed(says_no=True), changed(negated=True), PACT

    assert relation(lacked, had_no) is relation(had_no, lacked) is Relation.SAME
    assert relation(lacked, had) is relation(had, lacked) is Relation.OTHER
    assert relation(changed(says_no=True, negated=True), had) is Relation.SAME


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


def test_of_the_actors_half_have_to_be_in_common_however_much_else_is():
    matter = ("strike", "wage", "contract", "depot", "driver", "tram")
    one, other, beside = (
        Facts(stems=(*matter, *actors), actors=actors)
        for actors in (("varn", "tarn"), ("ridg", "brell"), ("varn", "tarn", "ridg"))
    )

    assert relation(one, other) is Relation.OTHER
    assert relation(one, beside) is relation(other, other) is Relation.SAME


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
def test_a_negation_makes_the_contrary_of_the_same_where_it_denies_what_the_other_says_and_never_joins(a, b):
    a, b = (facts.model_copy(update={"says_no": False}) for facts in (a, b))
    alike, turned = (b.model_copy(update={"negated": negated}) for negated in (a.negated, not a.negated))
    negated, other = (a, turned) if a.negated else (turned, a)

    if relation(a, alike) is Relation.OTHER:
        assert relation(a, turned) is Relation.OTHER
    elif negated.denied is None:
        assert relation(a, turned) is Relation.CONTRADICTS
    elif set(negated.denied) & set(other.denied or ()):
        assert relation(a, turned) is Relation.SAME
    else:
        contrary = bool(set(negated.denied) & set(other.stems))
        assert relation(a, turned) is (Relation.CONTRADICTS if contrary else Relation.OTHER)


@pytest.mark.parametrize(("said", "opposite"), [("close", "open"), ("rais", "lower"), ("approv", "reject")])
def test_the_opposite_of_the_same_matter_is_not_the_same(said, opposite):
    matter = Facts(stems=("tarn", "mill", "harbour", "levi", "june"), actors=("tarn",))

    one = matter.model_copy(update={"stems": (*matter.stems, said)})
    other = matter.model_copy(update={"stems": (*matter.stems, opposite)})

    assert relation(one, one) is Relation.SAME
    assert relation(one, other) is Relation.OTHER


# --- by signature: words, vectors and stories -------------------------------------------------------


def signed(text, story_of=None, **given):
    """The signature of a claim; of one that heads an article, with the story of that."""
    told = story(None, story_of, embed([story_of])[0]) if story_of else None
    return Signature(facts=facts(text).model_copy(update=given), vector=pack(embed([text])[0]), story=told)


ATTACKED = "On Monday the Jorrel Front attacked the Vesker Brigades at the Marun river crossing"
FACTS_OF = {
    "stems": ("attack", "monday", "river", "cross", "marun", "jorrel", "vesker"),
    "actors": ("jorrel", "vesker"),
}


def test_a_claim_is_the_same_as_a_record_of_itself():
    claim = signed(ATTACKED)

    assert relate(claim, claim) == (Relation.SAME, pytest.approx(1, abs=0.01))


def test_who_attacked_whom_is_not_the_same_the_other_way_round():
    jorrel, vesker = (signed(ATTACKED, **FACTS_OF, agents=(agent,)) for agent in ("jorrel", "vesker"))

    assert relate(jorrel, jorrel)[0] is Relation.SAME
    assert relate(jorrel, vesker)[0] is relate(vesker, jorrel)[0] is Relation.OTHER


def test_who_met_whom_is_the_same_the_other_way_round():
    met = {**FACTS_OF, "stems": tuple("meet" if stem == "attack" else stem for stem in FACTS_OF["stems"])}
    jorrel, vesker = (signed(ATTACKED.replace("attacked", "met"), **met, agents=(a,)) for a in ("jorrel", "vesker"))

    assert relate(jorrel, vesker)[0] is Relation.SAME


BRELLIN, CORDA = Named(name="Brellin Foods"), Named(name="Corda")
CUT = "will cut 500 jobs at its flour mill in Tarn before the end of the winter"


@pytest.mark.parametrize("role", ["doer", "done_to"])
@pytest.mark.parametrize("story", [None, f"The company {CUT}"], ids=["claims", "headline claims"])
def test_the_same_of_somebody_else_is_another_claim(role, story):
    one, other = (signed(f"{who.name} {CUT}", story, **{role: who}) for who in (BRELLIN, CORDA))
    unnamed = signed(f"The owner {CUT}", story)

    assert relate(one, other)[0] is relate(other, one)[0] is Relation.OTHER
    assert relate(one, one)[0] is relate(one, unnamed)[0] is relate(unnamed, other)[0] is Relation.SAME
    assert differ(one, other)
    assert relate(one, other.model_copy(update={"facts": other.facts.model_copy(update={"negated": True})}))[0] is (
        Relation.OTHER
    )


def test_two_names_that_stand_in_one_article_may_be_one_body_s():
    one = signed(f"Brellin Foods {CUT}", f"Brellin Foods, a part of Corda, {CUT}", doer=BRELLIN)
    other = signed(f"Corda {CUT}", f"Corda {CUT}", doer=CORDA)

    assert relate(one, other)[0] is relate(other, one)[0] is Relation.SAME


def test_who_acts_for_a_body_is_not_held_against_it():
    one, other = (signed(f"{who.name} {CUT}", doer=who) for who in (BRELLIN, Named(name="Owen Strand", person=True)))

    assert relate(one, other)[0] is Relation.SAME


def test_a_negation_contradicts_whichever_of_the_two_is_asked_about():
    said, denied = signed(ATTACKED), signed(ATTACKED, negated=True)

    assert relate(said, denied)[0] is relate(denied, said)[0] is Relation.CONTRADICTS


def test_another_number_is_another_claim_in_the_same_words_and_in_the_same_story():
    one, other = (signed(SEIZED, STORY[0], numbers=(number,)) for number in ("12", "90"))

    assert relate(one, other)[0] is Relation.OTHER
    assert differ(one, other)


def test_another_number_in_the_same_words_is_another_claim_also_where_the_vectors_are_less_alike():
    one = signed(ATTACKED, ATTACKED, numbers=("12",))
    mixed = embed([ATTACKED])[0] + embed(["A new library opened in Harrow"])[0]
    other = signed(ATTACKED, ATTACKED, numbers=("27",)).model_copy(
        update={"vector": pack(mixed / float((mixed @ mixed) ** 0.5))}
    )

    assert 0.5 < float(unpack(one.vector) @ unpack(other.vector)) < 0.8
    assert relate(one, other)[0] is Relation.OTHER
    assert differ(one, other)


def test_headline_claims_of_one_story_are_the_same_in_quite_other_words():
    one, other = signed(SEIZED, STORY[2]), signed(SMOKE, STORY[2] + " on Monday")

    assert relate(one, other)[0] is Relation.SAME
    assert relate(one.model_copy(update={"story": None}), other)[0] is Relation.OTHER


def test_two_articles_that_share_what_else_happened_in_town_have_two_headline_claims():
    tunnel = (
        "The old tunnel at Harrow was flooded on Sunday night and the ferry turned back from the harbour under smoke"
    )
    coach = (
        "The club hired a coach for the next two seasons after a long search among many candidates from abroad, members "
        "of its board recalled at length on Tuesday afternoon. A sponsor promised floodlights, benches and a stand."
    )
    tax = signed("Mayor Eva Rost will raise the dog tax", f"Mayor Eva Rost will raise the dog tax. {tunnel}")
    club = signed("The club hired a coach", f"{coach} {tunnel}")
    nearer = club.model_copy(update={"vector": tax.vector})

    assert 0.42 <= likeness(tax.story, club.story) < 0.5
    assert relate(tax, club)[0] is Relation.OTHER
    assert relate(tax, nearer)[0] is Relation.SAME


def test_stories_that_share_names_but_lie_far_apart_are_two_unless_a_claim_tells_what_the_other_story_tells():
    names = {"korvan": 0.8, "marun": 0.6}
    one, other = (heading(angle, names) for angle in (0.0, 1.1))
    nearer = other.model_copy(update={"vector": one.story.vector})

    assert likeness(one.story, other.story) > 0.7
    assert relate(one, other)[0] is relate(other, one)[0] is Relation.OTHER
    assert nearest(one, {"clm_other": other}) is None
    assert relate(one, nearer)[0] is relate(nearer, one)[0] is Relation.SAME


SIGNED = ("name", "financ", "chief", "bank")
MOLL, DAAL = (*SIGNED, "halden", "moll"), (*SIGNED, "halden", "daal")


def test_two_notices_in_one_form_of_words_tell_of_two_where_each_names_whom_the_other_does_not():
    one = heading(0.0, {"halden": 0.8, "moll": 0.6}, stems=MOLL, actors=("halden", "moll"))
    other = heading(0.5, {"halden": 0.8, "daal": 0.6}, stems=DAAL, actors=("halden", "daal"))
    both = heading(0.5, {"halden": 0.8, "daal": 0.5, "moll": 0.3}, stems=DAAL, actors=("halden", "daal"))
    elsewhere = heading(0.5, {"halden": 0.8, "daal": 0.6}, stems=("bonus", "rise", "daal"), actors=("daal",))
    spelt = heading(0.5, {"halden": 0.8, "molle": 0.6}, stems=(*SIGNED, "halden", "molle"), actors=("molle",))

    assert relate(one, other)[0] is Relation.OTHER
    assert differ(one, other) and differ(other, one)
    assert [relate(one, that)[0] for that in (both, elsewhere, spelt)] == [Relation.SAME] * 3


@pytest.mark.parametrize("role", ["doer", "done_to"])
def test_whom_headline_claims_tell_of_tells_them_apart_also_where_they_are_only_of_one_kind(role):
    one, other = (
        heading(angle, {name: 1.0}, stems=("sign", "winger", trait), **{role: Named(name=name.title(), person=True)})
        for angle, name, trait in ((0.0, "okafor", "sprinter"), (0.9, "amado", "veteran"))
    )

    assert differ(one, other)
    assert not differ(one, other.model_copy(update={"story": None}))
    assert not differ(one, heading(1.2, {"amado": 1.0}, stems=("rain",), **{role: Named(name="Amado", person=True)}))


def test_a_toll_that_grows_makes_no_other_claim_where_the_stories_are_of_one_event():
    bomb = ("bomb", "market", "kill")
    noon, night = (heading(angle, {}, stems=bomb, numbers=(count,)) for angle, count in ((0.0, "12"), (0.1, "19")))
    near, far = (
        h.model_copy(update={"story": h.story.model_copy(update={"terms": {"tarn": 1.0}})}) for h in (noon, night)
    )
    sold = [h.model_copy(update={"facts": h.facts.model_copy(update={"stems": ("bomb", "sold")})}) for h in (near, far)]

    assert differ(noon, night)
    assert not differ(near, far)
    assert differ(*sold)
    assert differ(near.model_copy(update={"story": None}), far)


def test_another_number_does_not_tell_headline_claims_apart_that_are_only_of_one_kind():
    """One report heads with 200 that are held, another with the 25 who died in a fight: the story is one."""
    held, fight = ("group", "girl", "held"), ("group", "girl", "fight")
    one, other = heading(0.0, {}, stems=held, numbers=("200",)), heading(0.9, {}, stems=fight, numbers=("25",))
    close = heading(0.1, {}, stems=held, numbers=("25",))

    assert not differ(one, other)
    assert differ(one, close)


def test_headline_claims_in_the_same_words_of_two_stories_are_two_claims():
    says = "A man was shot dead in the harbour district on Monday"
    one = signed(says, f"{says}. Gunmen had raised a flag over the customs house, the ferry captain told envoys.")
    other = signed(says, f"{says}. An orchard owner quarrelled with millers about a levee, a granary clerk recalled.")

    assert relate(one, one)[0] is Relation.SAME
    assert relate(one, other)[0] is Relation.OTHER


def test_the_same_words_far_apart_in_meaning_are_two_claims():
    claim = signed(ATTACKED)
    far = claim.model_copy(update={"vector": pack(embed(["The bread was dear in the market"])[0])})

    assert relate(claim, claim)[0] is Relation.SAME
    assert relate(claim, far)[0] is Relation.OTHER


TEXTS = st.sampled_from([ATTACKED, SEIZED, SMOKE, ATTACKED.replace("Monday", "Friday"), "The mill at Varn was sold"])
SIGNATURES = st.builds(
    lambda text, told, negated, numbers: signed(text, told, negated=negated, numbers=numbers),
    TEXTS,
    st.sampled_from([None, *STORY]),
    st.booleans(),
    st.sampled_from([(), ("12",), ("90",)]),
)


@given(SIGNATURES, SIGNATURES)
def test_what_two_claims_are_to_each_other_is_the_same_from_both_sides(one, other):
    (forth, score), (back, again) = relate(one, other), relate(other, one)

    assert forth is back
    assert score == pytest.approx(again, abs=1e-6)
    assert -1 <= score <= 1 + 1e-6
    assert differ(one, other) is differ(other, one)


@given(SIGNATURES)
def test_a_claim_is_to_the_record_of_itself_alone_what_it_is_to_itself(one):
    record = of_record(one.facts, [one])

    assert record is not None
    assert relate(one, record)[0] is relate(one, one)[0]


def test_a_story_that_is_less_alike_is_the_same_only_where_no_other_comes_near():
    claim, far, near = headed(0.0), headed(0.9), headed(0.92)

    assert nearest(claim, {"clm_far": far}) is not None
    assert nearest(claim, {"clm_far": far, "clm_near": near}) is None
    assert nearest(claim, {"clm_other": headed(1.5)}) is None
    assert nearest(claim.model_copy(update={"story": None}), {"clm_far": far}) is None


ALIKE, UNLIKE = 1.2, 1.4
"""Angles between stories: cosines of .36 and .17."""


def test_a_report_that_copies_much_is_of_the_claim_it_copies_unless_a_fact_differs():
    claim = with_prints(headed(0.0), range(50))
    record = with_prints(headed(ALIKE), range(10, 90))

    assert copied(claim, {"clm_copied": record}) == ("clm_copied", 0.8)
    assert copied(claim, {"clm_copied": record, "clm_other": with_prints(headed(ALIKE), range(60, 140))}) is not None
    assert copied(claim, {"clm_untold": record.model_copy(update={"story": None})}) is None
    assert copied(claim.model_copy(update={"story": None}), {"clm_copied": record}) is None
    seven, eight = (with_prints(headed(0.0), range(50), numbers=(number,)) for number in ("7", "8"))
    assert copied(seven, {"clm_eight": eight}) is None


@pytest.mark.parametrize(
    ("own", "known", "angle"),
    [
        (range(20), range(13, 60), ALIKE),  # seven prints
        (range(100), range(91, 140), ALIKE),  # a notice under a long report
        (range(50), range(10, 90), UNLIKE),  # a notice, and another story
    ],
    ids=["too few", "too small a share", "another story"],
)
def test_a_few_sentences_in_common_are_no_copy(own, known, angle):
    assert copied(with_prints(headed(0.0), own), {"clm_a": with_prints(headed(angle), known)}) is None


def test_a_record_that_cannot_be_it_stands_in_nobody_s_way():
    seven, eight = (with_prints(headed(ALIKE), range(10, 60), numbers=(number,)) for number in ("7", "8"))
    same_vector = {"vector": headed(0.0).vector}
    claim = with_prints(headed(0.0), range(50), numbers=("7",))
    later = eight.model_copy(update=same_vector)

    assert differ(claim, later)
    assert copied(claim, {"clm_seven": seven, "clm_later": later}) == ("clm_seven", 0.8)
    assert copied(claim, {"clm_seven": seven, "clm_other": with_prints(headed(UNLIKE), range(50))}) == (
        "clm_seven",
        0.8,
    )


def test_a_digest_of_several_reports_is_no_copy_of_one_of_them():
    digest = with_prints(headed(0.0), range(60))
    records = {"clm_a": with_prints(headed(ALIKE), range(30)), "clm_b": with_prints(headed(ALIKE), range(40, 90))}

    assert copied(digest, records) is None
    assert copied(digest, {"clm_a": records["clm_a"]}) == ("clm_a", 0.5)


def with_prints(signature, values, **facts):
    """The signature with these fingerprints, and facts changed."""
    told = signature.story.model_copy(update={"prints": np.array(list(values), "<u4").tobytes()})
    return signature.model_copy(update={"story": told, "facts": signature.facts.model_copy(update=facts)})


def heading(angle, terms, **facts):
    """A headline claim with a story of these terms, whose vectors are turned so far from those of others, in radians."""
    vector = np.zeros(WIDTH, np.float32)
    vector[0], vector[1] = np.cos(angle), np.sin(angle)
    return Signature(facts=Facts(**facts), vector=pack(vector), story=Story(vector=pack(vector), terms=terms))


def headed(angle):
    """A headline claim whose story is turned so far from that of others, in radians."""
    terms = {"dam": round(float(np.cos(angle)), 4), f"other{angle}": round(float(np.sin(angle)), 4)}
    kept = {term: weight for term, weight in terms.items() if weight > 0}
    return heading(angle, kept, stems=("dam", "varn", "unsaf"))
