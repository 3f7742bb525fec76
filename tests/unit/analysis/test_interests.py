"""Whether a source has a stake in a claim: tie and stake and alignment, or nothing."""

import pytest

from secondsource.analysis.weighing import weigh
from secondsource.model import RelationType, StakeLevel, StakeType
from tests.unit.analysis.reading import ARTICLE, read

COMMANDER = "A commander of the Free Valley Front"
ALLIED = "said on Monday that the Ridge Army had formed an alliance with the Black Banner."
LOST = "The Front lost the town of Marun to the Ridge Army last week."


def by_rules(text, claim):
    """The judged pairs of a claim by what the article shows, without the likelihood of their looks."""
    found = read(text)
    about = found.claim(claim)
    said = {ARTICLE: about.spans}
    positions = [p.model_copy(update={"likelihood": None}) for p in found.analysis.positions.get(about.id, ())]
    stakes = [weigh(position, found.analysis.relations, said, ARTICLE) for position in positions]
    return found, [stake for stake in stakes if stake is not None]


def stake_in(text, claim):
    """The judged pair of the only source that has one in this claim; its evidence is looked up."""
    found, stakes = by_rules(text, claim)
    assert len(stakes) == 1, stakes
    for shown in stakes[0].evidence:
        assert shown.article_id == ARTICLE
        assert found.text[shown.start : shown.end] == shown.exact
    return stakes[0]


def motivated(text):
    """The names of all sources of an article that a claim of theirs serves."""
    return {stake.source_name for stakes in read(text).analysis.stakes.values() for stake in stakes if stake.motivated}


# --- the founding pattern --------------------------------------------------------------------------


AT_ODDS = pytest.mark.parametrize(
    ("background", "words"),
    [
        (LOST, "lost the town of Marun to the Ridge Army"),
        ("Last week the Ridge Army drove the Front out of Marun.", "drove the Front out of Marun"),
        ("The Ridge Army captured the town of Marun from the Front.", "captured the town of Marun from the Front"),
        ("The Front is fighting the Ridge Army in the east.", "fighting the Ridge Army"),
        ("The Front sued the Ridge Army in May.", "sued the Ridge Army"),
        ("The Ridge Army was ousted by the Front in May.", "ousted by the Front"),
        ("The Ridge Army is a rival of the Front.", "rival of the Front"),
    ],
)


@AT_ODDS
def test_who_is_at_odds_with_those_that_the_claim_harms_has_a_stake_in_it(background, words):
    stake = stake_in(f"{COMMANDER} {ALLIED}\n\n{background}", "alliance")

    assert stake.source_name == COMMANDER
    assert stake.group == "Free Valley Front"
    assert stake.types == (StakeType.ADVERSARY,)
    assert (stake.level, stake.motivated, stake.confidence) == (StakeLevel.LIKELY, True, 0.6)
    assert any(words in shown.exact for shown in stake.evidence)


@AT_ODDS
def test_and_by_its_looks_too_it_is_likely(background, words):
    found = read(f"{COMMANDER} {ALLIED}\n\n{background}")
    (stake,) = found.stakes(found.claim("alliance")).values()

    assert (stake.level, stake.motivated) == (StakeLevel.LIKELY, True)


def test_the_words_that_tie_the_source_to_its_group_are_shown_first():
    tie, *_ = stake_in(f"{COMMANDER} {ALLIED}\n\n{LOST}", "alliance").evidence

    assert tie.exact == "Free Valley Front"
    assert "ties the source" in tie.shows


def test_that_it_seeks_weapons_adds_to_the_stake():
    stake = stake_in(
        f"{COMMANDER} {ALLIED}\n\n"
        "The Front, which lost the town of Marun to the Ridge Army last week, is seeking weapons from abroad.",
        "alliance",
    )

    assert stake.types == (StakeType.ADVERSARY, StakeType.BENEFICIARY)
    assert stake.confidence == pytest.approx(1 - 0.4 * 0.65)
    assert any("seeking weapons" in shown.exact for shown in stake.evidence)


def test_one_sentence_may_show_it_all():
    stake = stake_in(
        "A commander of the Free Valley Front, which last week lost the town of Marun to the Ridge Army, said the Ridge "
        "Army had allied with the Black Banner.",
        "allied",
    )

    assert (stake.level, stake.motivated) == (StakeLevel.LIKELY, True)


def test_the_reason_says_what_the_group_has_to_do_with_the_claim_and_calls_nobody_biased():
    reason = stake_in(f"{COMMANDER} {ALLIED}\n\n{LOST}", "alliance").reason

    assert reason == "Free Valley Front lost to Ridge Army"


def test_no_stake_is_called_calibrated_and_its_rule_is_named():
    stake = stake_in(f"{COMMANDER} {ALLIED}\n\n{LOST}", "alliance")

    assert not stake.calibrated
    assert stake.rule.startswith("interests/")
    assert stake.attribution_ids == ("a1",)


# --- other stakes ------------------------------------------------------------------------------------


def test_who_denies_what_is_said_of_its_own_side_has_a_stake():
    stake = stake_in(
        "Idris Kane, a spokesman for Brellin Foods, denied that Brellin Foods had dumped waste in the river Tarn.",
        "dumped",
    )

    assert StakeType.SELF_EXCULPATING in stake.types
    assert (stake.group, stake.level, stake.motivated) == ("Brellin Foods", StakeLevel.LIKELY, True)


def test_who_makes_the_product_that_the_claim_praises_has_a_stake():
    stake = stake_in(
        "Brellin Foods makes Vellitose. Sunniva Raskin, chief executive of Brellin Foods, said Vellitose was safe and "
        "cut blood sugar by 18 percent.",
        "blood sugar",
    )

    assert (stake.types, stake.group) == ((StakeType.COMMERCIAL,), "Brellin Foods")
    assert (stake.level, stake.motivated) == (StakeLevel.POSSIBLE, True)


def test_a_study_whose_payer_makes_the_product_has_a_stake():
    stake = stake_in(
        "A study found that Vellitose cut blood sugar by 18 percent. The study was funded by Brellin Foods, which makes "
        "Vellitose.",
        "cut blood sugar",
    )

    assert (stake.types, stake.group) == ((StakeType.FUNDED,), "Brellin Foods")
    assert "paid for by Brellin Foods" in stake.reason


def test_a_study_paid_for_by_others_has_none():
    found = read(
        "A study found that Vellitose cut blood sugar by 18 percent. The study was funded by the Harrow Institute. "
        "Brellin Foods makes Vellitose."
    )

    assert found.analysis.stakes == {}


def test_a_loser_of_a_contract_has_a_stake_in_what_harms_the_winner():
    stake = stake_in(
        "Joss Marendale, commercial director of Ardsel Ingredients, said that Brellin Foods had misled bakers.\n\n"
        "Ardsel Ingredients lost a supply contract to Brellin Foods in the spring.",
        "misled",
    )

    assert (stake.types, stake.group) == ((StakeType.ADVERSARY,), "Ardsel Ingredients")


def test_several_types_together_stay_below_their_cap():
    found = read(
        f"{COMMANDER} {ALLIED}\n\n{LOST} The Front is seeking weapons from abroad. The Ridge Army is a rival of the Front."
    )

    assert all(s.confidence <= 0.85 for stakes in found.analysis.stakes.values() for s in stakes)


# --- never raised ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"Helen Brann, an analyst at the Merrow Institute, {ALLIED}\n\n{LOST}",
        f"A professor at Marun University {ALLIED}\n\n{LOST}",
        f"Helen Brann {ALLIED}\n\n{LOST}",
        f"A former commander of the Free Valley Front {ALLIED}\n\n{LOST}",
        f"{COMMANDER} {ALLIED}\n\nThe Front did not lose the town of Marun to the Ridge Army.",
        f"{COMMANDER} {ALLIED}\n\nThe Front could lose the town of Marun to the Ridge Army.",
        f"{COMMANDER} {ALLIED}\n\nIf the Front fights the Ridge Army, the town of Marun will fall.",
        f"{COMMANDER} {ALLIED}\n\nThe Front is seeking weapons from abroad.",
        f"{COMMANDER} {ALLIED}\n\nThe Front lost the town of Marun to the Salt Road Committee last week.",
        f"{COMMANDER} said on Monday that the Ridge Army had attacked the Free Valley Front at Marun.",
        f"{COMMANDER} said on Monday that the Front had failed to hold Marun.\n\n{LOST}",
        f"{LOST} A spokesman for the Front said that the funeral would be held in Harrow on Tuesday.",
        f"{LOST} A resident of Marun said the Ridge Army had shelled her house on Monday.",
        f"{LOST} The court ruled that the Ridge Army had shelled the hospital in Marun.",
        f"{LOST} The Daily Sentinel reported that the Ridge Army had shelled the hospital in Marun.",
        "The Ridge Army admitted that the Ridge Army had burned the village of Tarn.",
        "The Front declined to comment on the report that the Ridge Army had shelled Marun.\n\n" + LOST,
        "The Hawks lost the match to the Rovers on Sunday. The coach of the Hawks said the Rovers had attacked well.",
        "An Ondresian student said the Ridge Army had attacked Marun.\n\nOndresia lost the town of Marun to the Ridge Army.",
    ],
    ids=[
        "an expert's institute",
        "an expert's university",
        "a bare name",
        "a former member",
        "negated",
        "only possible",
        "conditional",
        "a seeker of help alone",
        "another adversary",
        "hostility only in the claim",
        "against its own interest",
        "own schedule",
        "a victim",
        "a ruling",
        "an outlet",
        "an admission",
        "no comment",
        "sport",
        "a nationality",
    ],
)
def test_no_source_is_called_motivated(text):
    assert motivated(text) == set()


CREDIT = [
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had kept the truce"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had treated 40 wounded rebels"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had honoured every promise"),
    ("The Front, which has sued the Ridge Army,", "that the Ridge Army had paid all wages in time"),
    ("The Front, which opposes the Ridge Army,", "that the Ridge Army had run the city of Marun well"),
    ("The Front, which opposes the Ridge Army,", "that the Ridge Army had built 40 schools in three years"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had been honest"),
]
NO_CREDIT = [
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had not kept the truce"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had kept few promises"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had kept 40 villagers as slaves"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had built 40 barracks there"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had never built a school"),
    ("The Front, which has fought the Ridge Army since May,", "that the Ridge Army had paid the killers well"),
]


@pytest.mark.parametrize(("who", "that"), CREDIT)
def test_credit_to_an_adversary_is_against_the_own_interest(who, that):
    found = read(f"{who} said on Monday {that}.")

    (stake,) = found.stakes(found.headline).values()
    assert (stake.motivated, stake.against_interest, stake.level) == (False, True, StakeLevel.NONE)
    assert "speaks well of Ridge Army" in stake.reason


@pytest.mark.parametrize(("who", "that"), NO_CREDIT)
def test_what_only_sounds_like_credit_still_serves_its_rival(who, that):
    stakes = by_rules(f"{who} said on Monday {that}.", "Ridge Army")[1]

    assert [(s.motivated, s.against_interest) for s in stakes] == [(True, False)]


@pytest.mark.parametrize(
    "text",
    [
        "The teachers' union, which is in a pay dispute with the ministry, thanked the minister, Nora Tarn.\n\n"
        "“She has built 40 schools in three years,” said the union's chairman, Tom Arden.",
        "The Harbour Union has been in a pay dispute with Brellin Foods since May.\n\n"
        "“They have kept their promises,” said the chairman of the Harbour Union, Tom Arden.",
        "Brellin Foods has been sued by its rival Ardsel Ingredients. Tom Arden, chief executive of Brellin Foods, spoke "
        "on Monday. “They built the best pump on the market,” he said.",
        "Brellin Foods has been sued by its rival Ardsel Ingredients over a patent.\n\n"
        "Brellin Foods chief executive Tom Arden said that Ardsel's pump was better than his own company's.",
        "The Liberals, who have fought the Conservatives in five elections, met.\n\n"
        "Liberal leader Nora Tarn said that crime had fallen by a third under Conservative mayor Tom Arden.",
    ],
    ids=["she built schools", "they kept promises", "they built the best", "better than its own", "under its mayor"],
)
def test_who_credits_the_other_side_has_no_stake_in_it(text):
    assert motivated(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Union has been in a pay dispute with Brellin Foods since May.\n\n"
        "“They have broken every promise,” said the chairman of the Harbour Union, Tom Arden.",
        "Brellin Foods has been sued by its rival Ardsel Ingredients. Tom Arden, chief executive of Brellin Foods, spoke "
        "on Monday. “Brellin Foods built the best pump on the market,” he said.",
    ],
    ids=["they broke promises", "the own firm built the best"],
)
def test_nor_is_the_contrary_taken_for_credit(text):
    assert motivated(text) == {"Tom Arden"}


def test_praise_of_an_adversary_is_shown_as_against_the_own_interest():
    found = read(
        "Idris Kane, a spokesman for the Free Valley Front, said the Ridge Army had freed its prisoners at Marun.\n\n"
        + LOST
    )

    (stake,) = found.stakes(found.claim("freed its prisoners")).values()
    assert (stake.motivated, stake.against_interest) == (False, True)


def test_to_be_part_of_the_claim_is_shown_but_is_no_motive():
    stake = stake_in(
        "A spokesman for the Ridge Army said that the Ridge Army had shelled the town of Marun.", "shelled"
    )

    assert stake.types == (StakeType.PARTICIPANT,)
    assert (stake.level, stake.motivated) == (StakeLevel.NONE, False)


def test_its_director_is_not_tied_to_the_rival_named_last():
    found = read(
        "Ardsel Ingredients lost a supply contract to Brellin Foods in the spring. Joss Marendale, its commercial "
        "director, said that Brellin Foods had misled bakers."
    )

    assert all(stake.group != "Brellin Foods" for stakes in found.analysis.stakes.values() for stake in stakes)


# --- sentences with answers ------------------------------------------------------------------------------

FLAGGED = [
    "A commander of the Free Valley Front, which last week lost the town of Marun to the Ridge Army, said the Ridge Army "
    "had allied with the Black Banner.",
    "Police denied that officers had fired at the crowd.",
]
NOT_FLAGGED = [
    "The minister's office said she will hold a news conference on Tuesday.",
    "The court ruled that the drug had caused the deaths.",
    "The chief executive of Vantor said the sensor had failed in 40 percent of trials.",
    "A professor at Northern University said the sensor cut accidents by half.",
    "Intelligence passed to the newspaper by a neighboring state described the meeting.",
    "A resident of Marun said shells hit her house on Monday.",
    "The Rovers coach said the Hawks had attacked well all season.",
    "A former aide, who was fired by the senator in May, said the senator had shouted at staff.",
    "The seismic agency said the quake measured 6.1.",
    "If the minister denied the report, she would lose her post.",
    "The Front's rivals praised the truce as a success.",
    "An economist said rent control would shrink supply.",
    "The hospital said visiting hours would change on Monday.",
]
UNNAMED = [
    "An attorney for the plaintiffs said the drug had caused hundreds of deaths.",
    "The complaint alleges that the drug caused hundreds of deaths.",
    "The union, which is seeking a 12 percent raise, said the firm could easily afford it.",
    "Lobbyists for the coal industry say the rule will cost 50,000 jobs.",
]
NO_CLAUSE = [
    "The study, which was funded by the Sugar Council, found no link between sugar and obesity.",
    "The short seller, which holds a position against the company, accused it of fraud.",
]


@pytest.mark.parametrize("text", FLAGGED)
def test_a_sentence_that_shows_tie_stake_and_alignment_is_flagged(text):
    assert len(motivated(text)) == 1


@pytest.mark.parametrize("text", NOT_FLAGGED)
def test_a_sentence_that_shows_none_is_not(text):
    assert motivated(text) == set()


@pytest.mark.parametrize("text", UNNAMED)
def test_a_stake_of_unnamed_groups_pleadings_and_lobbies_is_flagged(text):
    assert len(motivated(text)) == 1


@pytest.mark.parametrize("text", NO_CLAUSE)
def test_a_stake_in_what_is_said_without_a_clause_is_flagged(text):
    assert len(motivated(text)) == 1


# --- what nobody states ------------------------------------------------------------------------------

DIED = "The Front said nine men had died in the attack on Ondal. "


@pytest.mark.parametrize(
    "text",
    [
        DIED + "Minister Ona Reed denied that the Front has a motive to exaggerate.",
        DIED + "Does the Front have a motive to exaggerate, asked Minister Ona Reed.",
        "Corda denied accusing the Front of inventing the attack. " + DIED,
        "It would be wrong to say that the Front has a motive to exaggerate. " + DIED,
        "Analyst Rina Sole denied that she was paid by Brellin. Sole said Brellin made the safest engine in Marren.",
        "The Front denied having lost the town of Ondal to the Brigade. The Front said the Brigade had killed nine men.",
    ],
)
def test_a_motive_or_tie_that_is_denied_or_asked_about_serves_nobody(text):
    assert motivated(text) == set()


def test_who_confesses_for_the_own_party_speaks_against_the_own_interest():
    text = (
        "Party leader Ola Berg said her party had broken the law and lied to voters. "
        "The Green Party fought the Blue Party for years. Berg leads the Green Party."
    )

    assert motivated(text) == set()


@pytest.mark.parametrize(
    "said",
    ["his critics had lied about the mine", "he was not sure whether the police had lied about the mine"],
)
def test_who_says_that_others_were_wrong_admits_nothing(said):
    found = read(f"Marek Lund, a lawyer for the miners, said {said}.")

    assert [p.against for of_claim in found.analysis.positions.values() for p in of_claim] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Marek Lund denied a report by the Orvik Daily, which is owned by Halden Corp, that the mine at Tarn was closed.",
        "Marek Lund did not deny that Halden Corp owns the Orvik Daily.",
        "No one denies that Halden Corp owns the Orvik Daily.",
    ],
)
def test_what_a_text_adds_itself_and_what_is_not_denied_is_stated(text):
    assert {(r.holder, r.other) for r in read(text).analysis.relations if r.type == RelationType.OWNED_BY} == {
        ("Orvik Daily", "Halden Corp")
    }
