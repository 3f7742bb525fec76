"""Stakes of a claim's sources by all that is known: what one article states bears on the sources of another."""

import pytest

from secondsource.corpus.stakes import MOST_NAMES, asked_for, positions_of, relevant, stakes_of
from secondsource.model import Analysis, Claim, Effect, RelationType, StakeLevel, StakeType
from tests.unit.analysis.stands import ARMY, ENTRY, FRONT, party, related, rivals, stand, words
from tests.unit.corpus.reports import person, report

KANE = person("Idris Kane", role="commander", group=FRONT)


def told(name="Courier", position=None, relations=()):
    """A report of the claim, in which Kane says it; what its article states besides."""
    positions = (position or stand(),)
    return report(name, KANE).model_copy(update={"positions": positions, "relations": tuple(relations)})


def elsewhere(name="Record"):
    """That the Front is at odds with the Army, in words of this article that stand beside the claim."""
    return rivals(shown=words((4_000, 4_020), f"art_{name.lower()}"))


def test_what_one_article_states_bears_on_the_source_of_another():
    assert stakes_of([told()]) == ()

    first, second = stakes_of([told(), told("Record", relations=[elsewhere()])])

    assert (first.article_id, second.article_id) == ("art_courier", "art_record")
    for stake in (first, second):
        assert (stake.types, stake.level, stake.motivated) == ((StakeType.ADVERSARY,), StakeLevel.LIKELY, True)
        assert "art_record" in {shown.article_id for shown in stake.evidence}


def test_what_an_article_that_does_not_carry_the_claim_states_bears_on_it_too():
    (stake,) = stakes_of([told()], [elsewhere("Tribune")])

    assert {shown.article_id for shown in stake.evidence} >= {"art_tribune"}


def test_what_the_register_says_bears_on_it_and_its_entry_is_shown():
    (stake,) = stakes_of([told()], [rivals(entry=ENTRY)])

    assert (stake.types, stake.level) == ((StakeType.REGISTERED,), StakeLevel.STATED)
    assert stake.entries == (ENTRY,)


@pytest.mark.parametrize("name", ["Courier", "Record"])
def test_the_words_of_the_claim_itself_are_no_evidence_in_whichever_article_makes_it(name):
    occurrences = [told(), told("Record")]
    made = next(o for o in occurrences if o.publisher == name)
    start, end = made.attributions[0].content[0]
    inside = rivals(shown=words((start, end), made.article_id))

    assert stakes_of(occurrences, [inside]) == ()
    assert stakes_of([o for o in occurrences if o is not made], [inside]) != ()


def test_where_nobody_is_said_to_say_it_the_claim_is_its_sentences():
    unsaid = report("Record")
    (sentence,) = unsaid.sentences
    inside = rivals(shown=words((sentence.start, sentence.end), unsaid.article_id))

    assert stakes_of([told(), unsaid], [inside]) == ()


def test_asked_for_are_the_sources_sides_and_whom_the_claim_says_something_of():
    position = stand(party(), party("Marun", Effect.MENTIONED), party("Tessa Rowe", Effect.MENTIONED, does=True))

    assert asked_for([told(position=position)]) == (FRONT, ARMY, "Tessa Rowe")
    assert asked_for([told(position=stand(aside="a journalist"))]) == ()


def test_sides_are_asked_for_before_parties_and_never_more_than_are_looked_up():
    many = stand(*(party(f"Group {n}") for n in range(2 * MOST_NAMES)), ties=(FRONT,))
    other = stand(ties=("Salt Road Committee",))

    names = asked_for([told(position=many), told("Record", other)])

    assert len(names) == MOST_NAMES
    assert names[:2] == (FRONT, "Salt Road Committee")


def test_relevant_is_what_is_said_of_those_in_the_positions_and_of_whom_they_belong_to():
    member, of_league = related(FRONT, RelationType.MEMBER_OF, "League"), rivals("League", "Hawks")
    rival, of_rival = rivals(FRONT, "Hawks"), rivals("Hawks", "Rovers")

    assert relevant([of_league, member, rival, of_rival], [stand()]) == (of_league, member, rival)


def test_whom_somebody_belongs_to_is_followed_two_steps_and_no_further():
    league, union, bloc = (
        related(holder, RelationType.MEMBER_OF, other)
        for holder, other in ((FRONT, "League"), ("League", "Union"), ("Union", "Bloc"))
    )
    near, far = rivals("Union", "Hawks"), rivals("Bloc", "Hawks")

    assert relevant([league, union, bloc, near, far], [stand()]) == (league, union, bloc, near)


def test_positions_of_a_claim_are_of_those_who_carry_or_dispute_it_now():
    carries, disputes, gone = (
        stand().model_copy(update={"source_id": f"s{n}", "attribution_ids": (f"a{n}",)}) for n in (1, 2, 3)
    )
    claim = Claim(id="c1", text="x", spans=(), attribution_ids=("a1",), disputed_by=("a2",))
    analysis = Analysis(claims=(claim,), positions={"c1": (carries, disputes, gone), "c2": (gone,)})

    assert positions_of(analysis, claim) == (carries, disputes)
