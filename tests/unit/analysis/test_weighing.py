"""What a claim is to a source: tie and stake and alignment, what shows them, and how much they say together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.analysis.weighing import WEIGHTS, weigh
from secondsource.model import Effect, Finding, Party, Position, Relation, RelationType, StakeLevel, StakeType, Tie
from tests.unit.analysis.stands import (
    ARMY,
    ARTICLE,
    CLAIM,
    ELSEWHERE,
    ENTRY,
    FRONT,
    OTHER_ARTICLE,
    finding,
    party,
    related,
    rivals,
    stake,
    stand,
    weighed,
    words,
)

NONE, POSSIBLE, LIKELY, STATED = StakeLevel
T, R = StakeType, RelationType

# --- tie and stake and alignment -------------------------------------------------------------------------


def test_tie_and_stake_and_alignment_together_make_a_motivated_source():
    found = stake(stand(), rivals())

    assert (found.types, found.level, found.motivated, found.confidence) == ((T.ADVERSARY,), LIKELY, True, 0.6)
    assert (found.group, found.against) == (FRONT, ("ridge army",))
    assert (found.article_id, found.source_id, found.attribution_ids) == (ARTICLE, "s1", ("a1",))
    assert (found.calibrated, found.rule) == (False, "interests/2")
    assert found.reason == f"{FRONT} rival_of {ARMY}"


@pytest.mark.parametrize(
    ("position", "relations"),
    [
        (stand(ties=()), (rivals(),)),
        (stand(), ()),
        (stand(), (rivals("Salt Road Committee"),)),
        (stand(), (rivals(FRONT, "Salt Road Committee"),)),
        (stand(party("Salt Road Committee")), (rivals(),)),
        (stand(party(effect=Effect.HELPED)), (rivals(),)),
        (stand(denies=True), (rivals(),)),
        (stand(aside="a ruling or a record"), (rivals(),)),
    ],
    ids=[
        "no tie",
        "no stake",
        "somebody else's stake",
        "a stake against somebody else",
        "a claim about somebody else",
        "a claim that helps the adversary",
        "a denial of what harms the adversary",
        "a pair from which no stake can come",
    ],
)
def test_where_one_of_the_three_is_missing_there_is_no_stake(position, relations):
    assert weighed(position, *relations) is None


def test_names_are_compared_whole_and_in_one_form():
    assert weighed(stand(party("the RIDGE ARMY")), rivals()) is not None
    assert weighed(stand(party("Army")), rivals()) is None


@pytest.mark.parametrize(
    ("about", "confidence", "level"),
    [
        (party(effect=Effect.HARMED), 0.6, LIKELY),
        (party(effect=Effect.MENTIONED, does=True), 0.6, LIKELY),
        (party(effect=Effect.MENTIONED), 0.3, POSSIBLE),
        (party(effect=Effect.HARMED, strength=0.8), 0.48, POSSIBLE),
    ],
    ids=["harmed", "acting", "only named", "meant by a pronoun"],
)
def test_how_well_the_claim_serves_the_stake_decides_how_sure_it_is(about, confidence, level):
    found = stake(stand(about), rivals())

    assert (found.confidence, found.level) == (confidence, level)


def test_who_is_tied_to_both_sides_has_no_stake_in_their_quarrel():
    found = stake(stand(ties=(FRONT, ARMY)), rivals())

    assert found.types == (T.PARTICIPANT,)


def test_to_be_part_of_the_claim_is_shown_and_is_no_motive():
    found = stake(stand(party(FRONT)))

    assert found.types == (T.PARTICIPANT,)
    assert (found.level, found.motivated, found.confidence) == (NONE, False, WEIGHTS[T.PARTICIPANT])


# --- what each relation makes of it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "relation", "kind"),
    [
        (stand(party("Vellitose", Effect.HELPED)), related(FRONT, R.MAKES, "Vellitose"), T.COMMERCIAL),
        (stand(party("Brellin", Effect.HELPED)), related(FRONT, R.OWNED_BY, "Brellin"), T.COMMERCIAL),
        (stand(ties=("study",)), related("study", R.FUNDED_BY, "Brellin Foods"), T.FUNDED),
        (stand(party("sanctions")), related(FRONT, R.SEEKS, "sanctions"), T.BENEFICIARY),
        (stand(), related(FRONT, R.PARTY_TO, ARMY, entry=ENTRY), T.REGISTERED),
    ],
    ids=["makes what is praised", "is owned by who is praised", "is paid", "seeks what the claim is about", "a case"],
)
def test_a_relation_makes_a_stake_of_its_type(position, relation, kind):
    found = stake(position, relation)

    assert kind in found.types
    assert found.motivated


@pytest.mark.parametrize(
    ("position", "relation"),
    [
        (stand(party("Vellitose", Effect.HARMED)), related(FRONT, R.MAKES, "Vellitose")),
        (stand(party("Vellitose", Effect.MENTIONED)), related(FRONT, R.MAKES, "Vellitose")),
        (stand(party("Vellitose", Effect.HELPED), denies=True), related(FRONT, R.MAKES, "Vellitose")),
        (stand(party("Brellin Foods", Effect.HARMED), ties=("study",)), related("study", R.FUNDED_BY, "Brellin Foods")),
        (stand(ties=("study",)), related("study", R.FUNDED_BY, "Marun University")),
        (stand(), related(FRONT, R.SEEKS, "weapons")),
        (stand(party("sanctions"), denies=True), related(FRONT, R.SEEKS, "sanctions")),
        (stand(), related(FRONT, R.ALLY_OF, ARMY)),
        (stand(), related(FRONT, R.PARTY_TO, ARMY)),
    ],
    ids=[
        "what it makes is harmed",
        "what it makes is only named",
        "what praises it is denied",
        "the payer is harmed",
        "the payer is one of research that the claim is not about",
        "what it seeks is another matter",
        "what it seeks is denied",
        "an ally is harmed",
        "a side in politics by itself",
    ],
)
def test_a_relation_that_the_claim_does_not_serve_makes_no_motive(position, relation):
    found = weighed(position, relation)

    assert found is None or not found.motivated


def test_what_is_sought_adds_to_a_stake_against_an_adversary_whichever_is_known_first():
    seeks = related(FRONT, R.SEEKS, "weapons")

    for relations in ((rivals(), seeks), (seeks, rivals())):
        found = stake(stand(), *relations)
        assert found.types == (T.ADVERSARY, T.BENEFICIARY)
        assert found.confidence == pytest.approx(1 - 0.4 * 0.65)


def test_a_side_in_politics_makes_a_stake_against_a_rival_a_campaign():
    found = stake(stand(), rivals(), related(FRONT, R.PARTY_TO, "the election"))

    assert set(found.types) == {T.ADVERSARY, T.CAMPAIGN}


def test_who_denies_what_is_said_of_a_member_of_its_side_clears_its_own_side():
    soldiers = stand(party("Kestrel Brigade"), denies=True)

    found = stake(soldiers, related("Kestrel Brigade", R.MEMBER_OF, FRONT))

    assert T.SELF_EXCULPATING in found.types
    assert found.motivated


# --- no circle: what shows a stake stands outside the claim ------------------------------------------------


@pytest.mark.parametrize(
    "span", [CLAIM, (CLAIM[0] + 5, CLAIM[0] + 9), (90, 101), (139, 200), (0, 500)], ids=lambda span: f"{span}"
)
def test_hostility_that_the_claim_itself_tells_of_is_no_evidence(span):
    assert weighed(stand(), rivals(shown=words(span))) is None


@pytest.mark.parametrize("span", [ELSEWHERE, (90, 100), (140, 150)], ids=lambda span: f"{span}")
def test_words_beside_the_claim_are_evidence(span):
    assert weighed(stand(), rivals(shown=words(span))) is not None


def test_nor_is_it_where_another_article_makes_the_claim():
    there = rivals(shown=words(CLAIM, OTHER_ARTICLE))

    assert weighed(stand(), there, said={ARTICLE: (ELSEWHERE,), OTHER_ARTICLE: (CLAIM,)}) is None
    assert weighed(stand(), there, said={ARTICLE: (CLAIM,)}) is not None


def test_who_somebody_is_may_stand_in_the_claim():
    inside = related("A commander", R.MEMBER_OF, FRONT, words(CLAIM))

    assert weighed(stand(ties=("A commander",)), inside, rivals()) is not None


# --- whom a tie leads on to ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "share"), [(R.MEMBER_OF, 0.9), (R.OWNED_BY, 0.9), (R.ALLY_OF, 0.7)], ids=str)
def test_a_tie_goes_on_to_ones_group_owner_and_ally_and_grows_weaker(kind, share):
    found = stake(stand(ties=("Kestrel Brigade",)), related("Kestrel Brigade", kind, FRONT), rivals())

    assert found.types == (T.ADVERSARY,)
    assert found.confidence == pytest.approx(0.6 * share)
    assert found.group == FRONT


def test_a_tie_goes_on_to_who_pays():
    found = stake(stand(ties=("Kestrel Brigade",)), related("Kestrel Brigade", R.FUNDED_BY, FRONT), rivals())

    assert set(found.types) == {T.FUNDED, T.ADVERSARY}


@pytest.mark.parametrize("kind", [R.RIVAL_OF, R.PARTY_TO, R.SEEKS, R.MAKES])
def test_a_tie_goes_on_by_no_other_relation(kind):
    assert weighed(stand(ties=("Kestrel Brigade",)), related("Kestrel Brigade", kind, FRONT), rivals()) is None


def test_a_tie_is_followed_two_steps_and_no_further():
    first, second = related("Unit", R.MEMBER_OF, "Brigade"), related("Brigade", R.MEMBER_OF, FRONT)

    assert stake(stand(ties=("Unit",)), first, second, rivals()).confidence == pytest.approx(0.6 * 0.9 * 0.9, abs=0.001)
    assert weighed(stand(ties=("Man",)), related("Man", R.MEMBER_OF, "Unit"), first, second, rivals()) is None


def test_every_step_of_the_way_is_shown():
    step = related("Kestrel Brigade", R.MEMBER_OF, FRONT, words((200, 220)))

    found = stake(stand(ties=("Kestrel Brigade",)), step, rivals())

    assert [(e.start, e.shows) for e in found.evidence] == [
        (10, "ties the source to Kestrel Brigade"),
        (200, step.shows),
        (ELSEWHERE[0], rivals().shows),
    ]
    assert found.reason == f"{FRONT} rival_of {ARMY} ({step.shows})"


def test_of_two_ways_to_one_group_the_stronger_counts_whichever_is_known_first():
    ways = related("Brigade", R.ALLY_OF, FRONT), related("Brigade", R.MEMBER_OF, FRONT)

    for relations in (ways, ways[::-1]):
        assert stake(stand(ties=("Brigade",)), *relations, rivals()).confidence == pytest.approx(0.54)


def test_the_claim_is_about_the_group_of_who_is_in_it_too_but_not_about_their_allies():
    colonel = stand(party("Tessa Rowe"))

    assert stake(colonel, related("Tessa Rowe", R.MEMBER_OF, ARMY), rivals()).confidence == pytest.approx(0.54)
    assert weighed(colonel, related("Tessa Rowe", R.ALLY_OF, ARMY), rivals()) is None


# --- the register ---------------------------------------------------------------------------------------------


def test_what_the_register_says_is_stated_and_shown_by_its_entry():
    found = stake(stand(), rivals(entry=ENTRY))

    assert (found.types, found.level, found.motivated) == ((T.REGISTERED,), STATED, True)
    assert found.confidence == WEIGHTS[T.REGISTERED]
    assert found.entries == (ENTRY,)


def test_the_register_and_what_articles_show_together_stay_below_its_cap():
    findings = finding(T.SELF_EXCULPATING), finding(T.LITIGANT)

    found = stake(stand(findings=findings), rivals(entry=ENTRY), rivals())

    assert found.confidence == 0.95
    assert found.entries == (ENTRY,)


def test_a_step_that_the_register_alone_knows_is_shown_by_its_entry():
    found = stake(stand(ties=("Brigade",)), related("Brigade", R.MEMBER_OF, FRONT, entry=ENTRY), rivals())

    assert found.types == (T.ADVERSARY,)
    assert found.entries == (ENTRY,)


def test_an_entry_stands_in_no_claim():
    assert weighed(stand(), rivals(entry=ENTRY), said={ARTICLE: ((0, 10_000),)}) is not None


# --- a motive that somebody states ---------------------------------------------------------------------------


def test_a_stated_motive_is_of_its_own_level_and_says_who_states_it():
    found = stake(stand(findings=(finding(T.STATED_MOTIVE, stated_by="Helen Brann"),)))

    assert (found.level, found.motivated, found.alleged_by) == (STATED, True, "Helen Brann")
    assert found.confidence == 0.75


def test_one_that_only_an_adversary_alleges_says_less():
    alleged = stand(party("Salt Road Committee"), findings=(finding(T.STATED_MOTIVE, stated_by=ARMY),))

    assert stake(alleged).confidence == 0.75
    known = stake(alleged, rivals())
    assert (known.types, known.confidence, known.level) == ((T.STATED_MOTIVE,), 0.45, STATED)


def test_a_stated_motive_with_more_that_shows_it_stays_below_the_cap_of_articles():
    found = stake(stand(findings=(finding(T.STATED_MOTIVE, stated_by="Helen Brann"),)), rivals())

    assert (found.confidence, found.level) == (0.85, STATED)


# --- levels and caps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "confidence", "level", "motivated"),
    [
        ((T.ADVERSARY,), 0.6, LIKELY, True),
        ((T.SELF_EXCULPATING,), 0.6, LIKELY, True),
        ((T.COMMERCIAL,), 0.45, POSSIBLE, True),
        ((T.BENEFICIARY,), 0.35, POSSIBLE, True),
        ((T.PERSONAL,), 0.3, POSSIBLE, False),
        ((T.CHANNEL,), 0.1, NONE, False),
        ((T.PERSONAL, T.CHANNEL), 0.37, POSSIBLE, False),
        ((T.ADVERSARY, T.PERSONAL), 0.72, LIKELY, True),
        ((T.ADVERSARY, T.SELF_EXCULPATING, T.LITIGANT), 0.85, LIKELY, True),
    ],
    ids=lambda value: " and ".join(value) if isinstance(value, tuple) else None,
)
def test_one_type_and_several_types_have_their_weight_their_cap_and_their_level(kinds, confidence, level, motivated):
    found = stake(stand(party("nobody"), findings=tuple(finding(kind) for kind in kinds)))

    assert (found.confidence, found.level, found.motivated) == (pytest.approx(confidence), level, motivated)


def test_a_weak_tie_weakens_all():
    strong = stake(stand(party("nobody"), findings=(finding(T.LITIGANT),)))
    weak = stake(stand(party("nobody"), findings=(finding(T.LITIGANT, strength=0.5),)))

    assert weak.confidence == pytest.approx(strong.confidence / 2)
    assert weak.level == POSSIBLE


def test_a_stake_that_is_hardly_possible_is_of_no_level_but_listed_with_its_reason():
    found = stake(stand(party("nobody"), findings=(finding(T.SELF_EXCULPATING, alignment=0.3),)))

    assert (found.level, found.motivated) == (NONE, False)
    assert found.confidence == pytest.approx(0.195)
    assert found.reason.endswith("shows self_exculpating")


def test_the_type_that_says_most_stands_first():
    kinds = (T.CHANNEL, T.COMMERCIAL, T.LITIGANT)

    assert stake(stand(findings=tuple(finding(kind) for kind in kinds))).types == kinds[::-1]


# --- what is no motive whatever shows it ---------------------------------------------------------------------


def test_who_speaks_against_its_own_interest_is_told_so_and_not_flagged():
    found = stake(stand(against="admits it", findings=(finding(T.LITIGANT),), likelihood=1.0), rivals(entry=ENTRY))

    assert (found.level, found.motivated, found.against_interest) == (NONE, False, True)
    assert found.reason.startswith("speaks against its own interest (admits it): ")


def test_a_pair_from_which_no_stake_can_come_says_why_and_what_was_found():
    found = stake(stand(aside="a journalist", findings=(finding(T.STATED_MOTIVE),), likelihood=1.0), rivals())

    assert (found.level, found.motivated, found.types) == (NONE, False, (T.STATED_MOTIVE,))
    assert found.reason == "a journalist: shows stated_motive"


# --- the likelihood ---------------------------------------------------------------------------------------------


def test_a_pair_that_looks_like_none_is_possible_at_most():
    found = stake(stand(likelihood=0.02), rivals(), related(FRONT, R.SEEKS, "weapons"))

    assert (found.level, found.motivated) == (POSSIBLE, True)
    assert found.confidence < 0.6


def test_a_pair_that_looks_motivated_is_likely_where_anything_shows_it():
    position = stand(party("nobody"), findings=(finding(T.COMMERCIAL),))

    assert stake(position).level == POSSIBLE
    assert stake(position.model_copy(update={"likelihood": 0.9})).level == LIKELY


def test_looks_alone_make_no_stake():
    assert weighed(stand(likelihood=1.0)) is None
    for found in (
        stake(stand(party(FRONT), likelihood=1.0)),
        stake(stand(party("nobody"), findings=(finding(T.PERSONAL), finding(T.CHANNEL)), likelihood=1.0)),
    ):
        assert not found.motivated


def test_a_side_in_the_election_is_a_stake_only_where_the_pair_looks_motivated():
    of_a_party = related(FRONT, R.MEMBER_OF, "Harbour Party")

    assert weighed(stand(likelihood=0.1), of_a_party) is None
    assert stake(stand(likelihood=0.9), of_a_party).types == (T.CAMPAIGN,)


@pytest.mark.parametrize(("likelihood", "types"), [(0.5, None), (0.7, (T.CAMPAIGN,))])
def test_where_the_claim_names_nobody_it_has_to_look_so_all_the_more(likelihood, types):
    position = stand(likelihood=likelihood).model_copy(update={"parties": ()})
    found = weighed(position, related(FRONT, R.MEMBER_OF, "Harbour Party"))

    assert (found and found.types) == types


@pytest.mark.parametrize("likelihood", [0.0, 1.0])
def test_what_somebody_states_and_what_the_register_says_is_not_weighed_against_looks(likelihood):
    stated = stand(findings=(finding(T.STATED_MOTIVE),), likelihood=likelihood)

    assert stake(stated).confidence == 0.75
    assert stake(stand(likelihood=likelihood), rivals(entry=ENTRY)).confidence == 0.85


def test_not_even_the_surest_looks_go_beyond_the_cap_of_articles():
    assert stake(stand(likelihood=1.0), rivals()).confidence <= 0.85


# --- of whatever is given ----------------------------------------------------------------------------------------

NAMES = st.sampled_from(["Front", "the Front", "Army", "Brigade", " "])
SPANS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))
WORDS = st.builds(words, SPANS, st.sampled_from([ARTICLE, OTHER_ARTICLE]))
UNITS = st.floats(0, 1)
RELATIONS = st.builds(
    Relation,
    holder=NAMES,
    type=st.sampled_from(RelationType),
    other=NAMES,
    shows=st.sampled_from(["one", "two"]),
    evidence=st.none() | WORDS,
    entry=st.sampled_from([None, ENTRY]),
)
POSITIONS = st.builds(
    Position,
    source_id=st.just("s1"),
    source_name=NAMES,
    ties=st.lists(st.builds(Tie, name=NAMES, strength=UNITS, evidence=st.none() | WORDS), max_size=3).map(tuple),
    parties=st.lists(
        st.builds(Party, name=NAMES, effect=st.sampled_from(Effect), does=st.booleans(), strength=UNITS), max_size=3
    ).map(tuple),
    findings=st.lists(
        st.builds(
            Finding,
            type=st.sampled_from(StakeType),
            alignment=UNITS,
            strength=UNITS,
            shows=st.just("shown"),
            stated_by=st.none() | NAMES,
            evidence=st.lists(WORDS, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    denies=st.booleans(),
    against=st.sampled_from([None, None, "admits it"]),
    aside=st.sampled_from([None, None, None, "a journalist"]),
    likelihood=st.none() | UNITS,
)
SAID = st.dictionaries(st.sampled_from([ARTICLE, OTHER_ARTICLE]), st.lists(SPANS, max_size=2))


@given(POSITIONS, st.lists(RELATIONS, max_size=8), SAID)
def test_whatever_is_known_a_stake_is_sound_and_shows_only_what_was_given(position, relations, said):
    found = weigh(position, relations, said, ARTICLE)

    if found is None:
        return
    assert 0 <= found.confidence <= 1
    assert not found.calibrated
    assert not (found.motivated and found.level == NONE)
    if position.against or position.aside:
        assert (found.level, found.motivated) == (NONE, False)
    of_position = [e for f in position.findings for e in f.evidence] + [t.evidence for t in position.ties if t.evidence]
    given_words = {(e.article_id, e.start, e.end) for e in of_position}
    given_words |= {(r.evidence.article_id, r.evidence.start, r.evidence.end) for r in relations if r.evidence}
    assert {(e.article_id, e.start, e.end) for e in found.evidence} <= given_words
    assert set(found.entries) <= {r.entry for r in relations if r.entry}
    assert found.types


@given(POSITIONS, st.lists(RELATIONS, max_size=6), SAID, st.randoms(use_true_random=False))
def test_the_order_in_which_relations_are_known_changes_nothing(position, relations, said, random):
    shuffled = random.sample(relations, len(relations))

    found, again = (weigh(position, known, said, ARTICLE) for known in (relations, shuffled))

    judged = [stake and (set(stake.types), stake.level, stake.motivated, stake.confidence) for stake in (found, again)]
    assert judged[0] == judged[1]


@given(POSITIONS, st.lists(RELATIONS, max_size=6), SAID)
def test_enmity_that_only_the_claim_tells_of_changes_nothing(position, relations, said):
    spans = {ARTICLE: [CLAIM], OTHER_ARTICLE: [CLAIM]} | {key: [*value, CLAIM] for key, value in said.items()}
    inside = [rivals(holder, other, words(CLAIM)) for holder in ("Front", "Army") for other in ("Front", "Army")]

    assert weigh(position, [*relations, *inside], spans, ARTICLE) == weigh(position, relations, spans, ARTICLE)
