"""Where a source stands before a claim: who is in it, what the article shows of a stake, and what no stake comes from."""

import pytest

from secondsource.model import Effect, StakeType
from tests.unit.analysis.reading import read

T = StakeType


def found(text, words="", name=""):
    """The types of stake that the article shows by itself."""
    return [finding.type for finding in read(text).stand(words, name).findings]


# --- who is in the claim -----------------------------------------------------------------------------------


def parties(text, words):
    return {p.name: (p.effect, p.does) for p in read(text).stand(words).parties}


def test_who_is_in_a_claim_is_known_with_what_it_says_of_them():
    found = parties(
        "Helen Brann said that the Ridge Army had tortured prisoners for the Salt Road Committee.", "tortured"
    )

    assert found["Ridge Army"] == (Effect.HARMED, True)
    assert found["Salt Road Committee"][1] is False
    assert "Helen Brann" not in found


def test_who_says_it_is_not_in_the_claim_though_the_claim_is_a_whole_sentence():
    position = read("Helen Brann said the mill was unsafe.").stand()

    assert [p.name for p in position.parties] == []


def test_the_speaker_s_own_side_is_meant_by_it_and_by_we():
    for text in (
        "Brellin Foods said that it had built the safest mills in the whole country.",
        "The mill opened in May. “Our mills in Marun are the safest in the country,” said Brellin Foods on Monday.",
    ):
        assert parties(text, "safest")["Brellin Foods"][0] == Effect.HELPED


def test_who_is_accused_by_the_verb_of_saying_is_harmed():
    text = "Ardsel Ingredients accused Brellin Foods of selling flour in Marun for years."

    assert parties(text, "selling flour")["Brellin Foods"] == (Effect.HARMED, True)


# --- what the article shows of a stake -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Idris Kane, a spokesman for Brellin Foods, denied that Brellin Foods had dumped waste in the river.",
            T.SELF_EXCULPATING,
        ),
        ("Police denied that officers had fired at the crowd.", T.SELF_EXCULPATING),
        ("Brellin Foods said that it had always acted lawfully and paid its bakers.", T.SELF_EXCULPATING),
        ("Mo Callan, a lawyer for Idris Kane, said that his client was in Harrow that night.", T.LITIGANT),
        ("An attorney for the plaintiffs said the drug had caused hundreds of deaths.", T.LITIGANT),
        ("The complaint alleges that the drug caused hundreds of deaths.", T.LITIGANT),
        ("Lobbyists for the coal industry say the rule will cost 50,000 jobs.", T.COMMERCIAL),
        ("Brellin Foods said its mills were the safest in the country.", T.COMMERCIAL),
        (
            "Workers walked out in a pay dispute on Monday. The Harbour Union said that the mill had poisoned the river.",
            T.ADVERSARY,
        ),
    ],
)
def test_the_article_shows_a_stake_by_itself(text, kind):
    assert kind in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Helen Brann, a lawyer, said that the ruling would change the law on tenancy.",
        "Helen Brann, an analyst at the Merrow Institute, said that the mill had poisoned the river.",
        "Brellin Foods said that the mill in Marun employs forty bakers and two clerks.",
        "The Harbour Union said that the mill had poisoned the river.",
        "Helen Brann said that the Brellin mills were the safest in the country.",
    ],
    ids=["a lawyer on the law", "an expert", "a plain number", "a union without a dispute", "praise by others"],
)
def test_nothing_is_shown_where_only_the_words_look_like_it(text):
    assert found(text) == []


def test_a_stated_motive_is_found_with_who_states_it():
    text = (
        "The Harbour Union said that the mill had poisoned workers. The Harbour Union has every incentive to "
        "exaggerate, Helen Brann said."
    )
    (finding,) = read(text).stand("poisoned").findings

    assert (finding.type, finding.stated_by, finding.group) == (T.STATED_MOTIVE, "Helen Brann", "Harbour Union")
    assert [text[e.start : e.end] for e in finding.evidence] == [e.exact for e in finding.evidence]


def test_a_state_run_outlet_is_a_channel_and_any_other_outlet_is_no_source_with_a_stake():
    assert found("The state-run Ondresia News Agency said the Front had sold drugs.") == [T.CHANNEL]
    assert read("The Marun Courier reported that the Front had sold drugs.").analysis.positions == {}


# --- what no stake comes from ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The court ruled that Brellin Foods had misled bakers.", "a ruling or a record"),
        ("The minister's office said she will hold a news conference on Tuesday.", "says when something takes place"),
        ("Tessa Rowe said that no decision had been made on the bridge.", "says that something is not decided yet"),
    ],
)
def test_a_pair_from_which_no_stake_can_come_says_why(text, why):
    assert read(text).stand().aside == why


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("Joan Pike, who was trapped in the lift for nine hours,", True),
        ("Owen Strand, whose barn was destroyed by the storm,", True),
        ("Owen Strand, who lost his wife in the fire,", True),
        ("Joan Pike, who saw the crash,", True),
        ("Owen Strand, who lives nearby,", True),
        ("Owen Strand, who was sacked in May,", False),
        ("Owen Strand, who lost his seat in May,", False),
        ("Owen Strand, whose company lost the contract,", False),
        ("Owen Strand, the minister, who was trapped in the lift for nine hours,", False),
        ("Owen Strand, who lives in Marun,", False),
    ],
)
def test_somebody_to_whom_it_happened_tells_what_happened(who, told):
    aside = read(f"{who} said that nobody at Brellin Foods had answered the alarm.").stand().aside

    assert (aside == "tells what happened to them") == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Owen Strand admitted that he had taken bribes.", "admits it"),
        ("Brellin Foods said that it had lost half of its customers.", "says what is bad for its own side"),
        ("“We made a mistake with the flour of the spring,” said Brellin Foods.", "says what is bad for its own side"),
        ("Brellin Foods said that it had not lost any of its customers.", None),
        ("Brellin Foods said that Ardsel Ingredients had lost half of its customers.", None),
        ("Brellin Foods denied that it had lost half of its customers.", None),
        ("Brellin Foods said that the Ardsel pump was better than its own.", "says that others are better"),
        ("Brellin Foods said that its new pump was better than its own old ones.", None),
    ],
)
def test_who_speaks_against_its_own_interest_is_known(text, why):
    assert read(text).stand().against == why


@pytest.mark.parametrize(
    ("said", "clears"),
    [
        ("he had never met the girl", True),
        ("he had never received a fee that Brellin Foods had paid", True),
        ("he had acted properly", True),
        ("he had signed off brakes that he had never seen", False),
        ("he had signed contracts he had never seen", False),
    ],
)
def test_what_somebody_never_did_clears_him_only_where_that_is_what_is_said(said, clears):
    for charge in ("Prosecutors accused Owen Strand of fraud.", "Owen Strand is accused of neglect over the brakes."):
        stand = read(f"Owen Strand said that {said}. {charge}").stand(said)

        assert any(f.type == T.SELF_EXCULPATING and f.alignment == 1 for f in stand.findings) == clears
