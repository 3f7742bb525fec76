"""The checkable statements of an article: who carries them, who disputes them, which one the headline is about."""

import pytest

from secondsource.analysis.claims import MAX_CLAIMS, title_line
from secondsource.analysis.draft import Draft
from secondsource.analysis.statements import pieces
from secondsource.language.parse import spacy_parser
from secondsource.model import Label, Stance
from tests.unit.analysis.reading import read

REBELS = "The rebels have taken the town of Dremna, two officials said on Monday."
ALLIANCE = "The Jorrel Front and the Vesker Brigades have formed an alliance, officials said."


# --- what is a claim ----------------------------------------------------------------------------


def test_what_a_source_says_is_a_claim_that_it_carries():
    found = read(REBELS)

    (claim,) = found.analysis.claims
    assert claim.text == "The rebels have taken the town of Dremna"
    assert [found.text[s:e] for s, e in claim.spans] == [claim.text]
    assert found.names(claim.attribution_ids) == ["two officials"]
    assert claim.disputed_by == ()


def test_a_verb_after_several_things_states_something_though_it_looks_like_a_bare_form():
    found = read("The tax breaks used by Holm and others “do nothing to boost the economy,” Lena Fosse said on Monday.")

    assert [c.text for c in found.analysis.claims] == [
        "The tax breaks used by Holm and others “do nothing to boost the economy"
    ]


def test_that_somebody_promised_something_is_a_claim():
    found = read("Clara Venning claimed on Thursday that Labour had secretly promised ministries to the separatists.")

    assert [c.text for c in found.analysis.claims] == ["Labour had secretly promised ministries to the separatists"]


def test_who_demands_that_others_go_claims_nothing():
    assert read("Clara Venning demanded that the soldiers leave the town of Dremna.").analysis.claims == ()


def test_an_interrupted_statement_is_one_claim_in_two_pieces():
    found = read("“The council,” Clara Venning said, “sold the old mill at Tarn in May.”")

    (claim,) = found.analysis.claims
    assert len(claim.spans) == 2
    assert claim.text == "The council, sold the old mill at Tarn in May."


def test_what_stands_in_two_sentences_is_never_one_statement():
    text = "The council sold the mill at Tarn. Nobody knew of it. The bridge, as it happens, was closed in May."
    at = [(text.index(part), text.index(part) + len(part)) for part in ("sold the mill", "The bridge", "was closed")]
    d = Draft(None, [], [], at, Stance.ASSERT, Label.SPEECH, "clause")

    assert pieces(spacy_parser(text), d) == [[at[0]], [at[1], at[2]]]


def test_a_quotation_of_two_sentences_is_two_claims():
    found = read("“The mill will close in June. Forty workers will lose their jobs,” said Ilse Haver, a councillor.")

    assert [claim.text for claim in found.analysis.claims] == [
        "The mill will close in June.",
        "Forty workers will lose their jobs",
    ]
    assert {found.names(claim.attribution_ids)[0] for claim in found.analysis.claims} == {"Ilse Haver"}


@pytest.mark.parametrize(
    "text",
    [
        "“Is the dam safe for the winter?” asked Clara Venning. “What will happen to the town?” she said.",
        "Applause followed. [Laughter.] Exit the mayor, stage left.",
        "The union urged the council to reopen the bridge at Marun.",
        "The company promised to reopen the mill at Tarn by Christmas.",
        "The company declined to comment on the closure of the mill at Tarn.",
        "“I love this town and I always will,” said Clara Venning.",
        "Did Clara Venning say that the council had sold the old mill at Tarn?",
        "If Clara Venning said that the council had sold the old mill at Tarn, she would lose her post.",
        "“Never again,” said Clara Venning.",
    ],
    ids=["questions", "stage directions", "a demand", "a promise", "no comment", "a feeling", "asked", "if", "no verb"],
)
def test_what_can_not_be_checked_is_no_claim_and_the_reason_is_told(text):
    analysis = read(text).analysis

    assert analysis.claims == ()
    assert analysis.reason is not None
    assert analysis.reason.startswith("no-claims")


def test_an_article_with_claims_needs_no_reason():
    assert read(REBELS).analysis.reason is None


def test_a_question_within_a_quotation_is_left_out_and_the_rest_kept():
    found = read("“The mill will close in June. What will become of the workers then?” said Ilse Haver, a councillor.")

    assert [claim.text for claim in found.analysis.claims] == ["The mill will close in June."]


def test_what_the_lead_states_without_a_source_is_a_claim_that_nobody_carries():
    found = read(
        "Fire destroyed the old mill at Tarn on Sunday night. It was built in 1912.", title="Fire destroys mill"
    )

    assert found.headline.text == "Fire destroyed the old mill at Tarn on Sunday night."
    assert found.headline.attribution_ids == ()
    assert not found.headline.own_witness


def test_a_first_line_that_is_the_title_is_no_claim_and_chooses_the_headline_claim():
    found = read(
        "Mill at Tarn closes after fire\n\nThe mayor spoke of a sad day for the town, the Courier reported.\n\n"
        "The mill at Tarn has closed after the fire, its owner said."
    )

    assert found.headline.text == "The mill at Tarn has closed after the fire"
    assert not [c.text for c in found.analysis.claims if "closes" in c.text]


@pytest.mark.parametrize(
    "first",
    [
        "Fire destroyed the mill at Tarn.",
        "“Fire destroyed the mill at Tarn,”",
        "Fire destroyed the mill at Tarn on Sunday night and four people were hurt while the mayor looked on from his house",
    ],
)
def test_a_first_line_that_ends_like_a_sentence_or_is_long_is_no_title(first):
    assert title_line(f"{first}\n\nIt was built in 1912.") == 0


def test_what_belongs_to_the_page_is_no_claim():
    found = read("Good journalism costs money, so please share this article with the link below. " + REBELS)

    assert [c.text for c in found.analysis.claims] == ["The rebels have taken the town of Dremna"]


def test_what_the_newsroom_saw_itself_is_told():
    found = read(
        "Fire destroyed the old mill at Tarn on Sunday night, and four people were hurt.\n\n"
        "A Chronicle reporter saw flames above the roof.",
        title="Fire destroys mill",
    )

    assert found.headline.own_witness


FERROX = "Ferrox will close its plant in Osk next year with the loss of 400 jobs."


@pytest.mark.parametrize(
    "after",
    [
        "Union leader Tom Arden told this newspaper that the workers had wept.",
        "The firm did not reply to emails from this newspaper.",
        "A driver was seen by Maria Holt near the plant in Osk.",
        "A letter was sent to our reporter in Osk.",
        "The Chronicle is printed in Osk.",
    ],
)
def test_who_told_the_newsroom_something_makes_it_no_witness(after):
    assert not read(f"{FERROX}\n\n{after}").headline.own_witness


@pytest.mark.parametrize(
    "after",
    [
        "The man, who was in his 30s, was taken to hospital, police said.",
        "He was hit by a lorry at nine, the ambulance service said.",
        "The crash happened at nine on Tuesday, according to Norvan Police.",
        "It was raining. The accident was the third this year, the council said.",
    ],
)
def test_who_goes_on_with_the_lead_speaks_of_it(after):
    assert read(f"A cyclist has died after a crash on Station Road in Tarn.\n\n{after}").headline.echoed_by


@pytest.mark.parametrize(
    "after",
    [
        "The weather will stay dry until Friday, forecasters said.",
        "Ana Lorn has sold the mill, her lawyer said.",
        "It rained. It snowed. It blew. The man was not hurt, police said.",
    ],
)
def test_who_speaks_of_something_else_does_not(after):
    assert not read(f"A cyclist has died after a crash on Station Road in Tarn.\n\n{after}").headline.echoed_by


@pytest.mark.parametrize(
    ("lead", "after", "echoed"),
    [
        ("the Chronicle has learned", "The decision was made on Monday, said three people who were there.", True),
        ("the Chronicle understands", "Two people familiar with the plans said 400 would go.", True),
        ("the Chronicle has learned", "The weather will stay dry until Friday, forecasters said.", False),
        ("minister Ana Lorn said", "Two people familiar with the plans said 400 would go.", False),
    ],
)
def test_who_goes_on_with_what_a_newsroom_has_learned_speaks_of_it(lead, after, echoed):
    found = read(f"Ferrox will close its plant in Osk next year, {lead}.\n\n{after}").headline

    assert found.attribution_ids
    assert bool(found.echoed_by) is echoed
    assert not set(found.echoed_by) & set(found.attribution_ids)


def test_what_a_quotation_without_a_cue_says_needs_nobody_to_go_on_with_it():
    found = read(
        "“The dam at Tarn is unsafe,” Ana Lorn said.\n\n“The mill at Varn will close in June with the loss of 40 jobs.”\n\n"
        "The closure of the mill at Varn was agreed on Monday, Tom Perrin said."
    )

    assert found.claim("40 jobs").attribution_ids
    assert found.claim("40 jobs").echoed_by == ()


def test_there_are_no_more_claims_than_a_reader_can_use_and_the_headline_is_among_them():
    buildings = "bridge mill harbour school ferry tower library market museum theatre prison hospital station".split()
    towns = [
        first + second for first in ("Tarn", "Mar", "Harr", "Drem") for second in ("wick", "ford", "holm", "by", "ley")
    ]
    happened = ["closed", "flooded", "sold"]
    text = "\n\n".join(
        f"The {buildings[n % 13]} in {towns[n % 20]} was {happened[n % 3]} in {1950 + n}, police said."
        for n in range(MAX_CLAIMS + 10)
    )

    analysis = read(text, title="Bridge in Harrford flooded in 1981").analysis
    claims = analysis.claims

    assert len(claims) == MAX_CLAIMS
    assert analysis.warnings == ("most-claims",)
    assert claims[0].headline
    assert not any(claim.headline for claim in claims[1:])


# --- the headline claim ---------------------------------------------------------------------------


def test_the_headline_claim_is_the_one_that_the_title_is_about_and_comes_first():
    found = read(
        "A new library opened in Harrow on Friday, the council said. The river flooded the town of Marun on Sunday, "
        "police said.",
        title="River flooded the town of Marun",
    )

    assert found.headline.text == "The river flooded the town of Marun on Sunday"
    assert found.analysis.claims[0] == found.headline


def test_without_a_title_the_headline_claim_stands_in_the_lead():
    found = read(f"{REBELS}\n\nThe market was quiet on Tuesday.\n\nBread had become dear in the city, a trader said.")

    assert "Dremna" in found.headline.text


def test_what_an_article_only_denies_can_be_its_headline_claim():
    found = read(
        "The council denied on Monday that it had sold the old mill at Tarn to a private firm.",
        title="Council denies it sold the mill",
    )

    assert found.headline.text == "it had sold the old mill at Tarn to a private firm"
    assert found.headline.attribution_ids == ()
    assert found.names(found.headline.disputed_by) == ["council"]


# --- which are one claim ----------------------------------------------------------------------------


def test_what_two_sources_say_alike_is_one_claim_that_both_carry():
    found = read(
        "The mill at Tarn will close in June, the company said on Monday. The union said the mill at Tarn would close "
        "in June."
    )

    (claim,) = found.analysis.claims
    assert found.names(claim.attribution_ids) == ["company", "union"]
    assert [found.text[s:e] for s, e in claim.spans] == [
        "The mill at Tarn will close in June",
        "the mill at Tarn would close in June",
    ]


def test_another_number_is_another_claim():
    found = read(
        "The mill at Tarn will close with the loss of 40 jobs, the company said. The union said the mill at Tarn would "
        "close with the loss of 60 jobs."
    )

    assert [claim.facts.numbers for claim in found.analysis.claims] == [("40",), ("60",)]


@pytest.mark.xfail(strict=True, reason="a place, a day and a verb in common outweigh another subject")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge in Dremna was searched on Monday", "The tunnel in Dremna was searched on Monday"),
        ("A man was shot dead in Dremna on Monday", "A horse was shot dead in Dremna on Monday"),
    ],
)
def test_the_same_said_of_another_thing_is_another_claim(one, other):
    assert len(read(f"{one}, police said.\n\n{other}, the mayor said.").analysis.claims) == 2


def test_another_number_in_words_is_another_claim():
    found = read(
        "Fourteen people had died in the flood at Tarn, the mayor said. Nineteen people had died in the flood at Tarn, "
        "police said."
    )

    assert [claim.facts.numbers for claim in found.analysis.claims] == [("14",), ("19",)]


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [
        ("The mill at Tarn will cut five hundred jobs", ("500",)),
        ("The fund lost $1.2 million in the fraud at Tarn", ("1200000",)),
        ("The fund lost $1.2m in the fraud at Tarn", ("1200000",)),
        ("The mill at Tarn will cut twenty-five jobs by the end of May 2026", ("25",)),
        ("Channel Four bought the mill at Tarn for two dozen horses", ("24",)),
    ],
)
def test_a_number_is_the_same_in_words_and_in_digits(statement, numbers):
    assert read(f"{statement}, officials said.").headline.facts.numbers == numbers


def test_statements_about_other_things_are_other_claims():
    found = read("The mill at Tarn will close in June, the company said. The ferry at Marun sank in May, police said.")

    assert [found.names(claim.attribution_ids) for claim in found.analysis.claims] == [["company"], ["police"]]


def test_a_claim_says_where_it_takes_place():
    found = read("The rebels met the envoys in Yarmesh on Thursday, two officials said.")

    assert found.headline.place is not None
    assert found.headline.place.name == "Yarmesh"
    assert found.text[slice(*found.headline.place.span)] == "Yarmesh"


def test_a_town_is_where_a_claim_takes_place_by_whatever_it_is_called_there():
    found = read("The rebels met the envoys in the border town of Yarmesh on Thursday, two officials said.")

    assert found.headline.place is not None
    assert found.headline.place.name == "Yarmesh"


def test_a_place_behind_any_other_of_is_not():
    assert read("The rebels met the envoys of Yarmesh on Thursday, two officials said.").headline.place is None


def test_the_facts_of_a_claim_are_its_stems_with_the_rarest_first():
    facts = read(REBELS).headline.facts

    assert set(facts.stems) == {"rebel", "taken", "town", "dremna"}
    assert facts.stems[0] == "dremna"
    assert not facts.negated


@pytest.mark.parametrize(
    "content", ["The council has not sold the old mill at Tarn", "The council never sold the old mill at Tarn"]
)
def test_a_negated_statement_is_told_as_one(content):
    assert read(f"{content}, the mayor said.").headline.facts.negated


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The army shelled the port of Dremna on Sunday", "The army left the port of Dremna on Monday"),
        ("The hospital in Harwick was built in 1990", "The hospital in Harwick will close in March"),
        ("The old bridge at Harwick was closed on Monday", "The old bridge at Harwick is safe"),
    ],
)
def test_what_is_said_of_one_thing_is_two_claims_where_it_is_not_the_same(one, other):
    found = read(f"{one}, residents said. {other}, fishermen said.")

    assert [(c.text, found.names(c.attribution_ids)) for c in found.analysis.claims] == [
        (one, ["residents"]),
        (other, ["fishermen"]),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nine people died in the attack on the market", "Nine people were killed in the attack on the market"),
        ("Halden Corp has acquired the old mine at Tarn", "Halden Corp has bought the old mine at Tarn"),
        ("The police detained a man at the port of Dremna", "The police arrested a man at the port of Dremna"),
        ("Marek Lund was shot dead in Tarn on Friday", "Marek Lund was killed in Tarn on Friday"),
        ("Nine people died in the attack on the market", "Nine people lost their lives in the attack on the market"),
        ("The jury acquitted Lund of fraud in Tarn", "The jury cleared Lund of fraud in Tarn"),
        ("The two governments held talks in Tarn in May", "The two governments met in Tarn in May"),
    ],
)
def test_the_same_in_another_verb_is_one_claim(one, other):
    (claim,) = read(f"{one}, residents said. {other}, fishermen said.").analysis.claims

    assert len(claim.attribution_ids) == 2


def test_what_has_stopped_was_so_and_is_neither_the_same_nor_the_contrary():
    found = read(
        "Halden Corp stopped selling the drug Orvexa last year, the ministry said. "
        "Halden Corp sold the drug Orvexa for nine years, a doctor said."
    )

    assert [(len(c.attribution_ids), c.disputed_by) for c in found.analysis.claims] == [(1, ()), (1, ())]


def test_who_says_the_same_and_denies_something_else_disputes_nothing():
    found = read(
        "Police said Lund met Venning in May but did not meet the king. Lund met Venning in Tarn in May, a waiter said."
    )

    assert all(c.disputed_by == () for c in found.analysis.claims)


def test_a_short_clause_and_its_opposite_are_two_claims():
    found = read("The bank said it had not sold the gold. Governor Li Tan said the bank sold the gold.")

    assert [(c.text, found.names(c.attribution_ids)) for c in found.analysis.claims] == [
        ("it had not sold the gold", ["bank"]),
        ("the bank sold the gold", ["Li Tan"]),
    ]


def test_a_condition_stays_with_its_claim():
    (claim,) = read(
        "If it rains on Monday, the mayor said, the dam in Lorn will be closed for repairs."
    ).analysis.claims

    assert claim.text == "If it rains on Monday the dam in Lorn will be closed for repairs"


# --- what a whole lead states ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The ministry confirmed the death of Ana Lorn in Dremna.", "ministry"),
        ("Ana Lorn, 48, has confirmed her resignation from the council of Tarn.", "Ana Lorn"),
        ("The council announced the closure of the old mill at Tarn.\n\nIt is a fine day.", "council"),
    ],
)
def test_where_all_that_is_said_is_a_noun_the_lead_as_a_whole_is_the_claim_of_who_says_it(text, source):
    found = read(text)

    (claim,) = found.analysis.claims
    assert claim.text == text.partition("\n")[0]
    assert found.names(claim.attribution_ids) == [source]
    assert claim.headline


@pytest.mark.parametrize(
    "text",
    [
        "Will the ministry confirm the death of Ana Lorn in Dremna?",
        "The ministry demanded the release of Ana Lorn from prison in Dremna.",
        "The ministry denied the death of Ana Lorn in Dremna.",
        "The ministry announced “the death” of Ana Lorn in Dremna.",
        "If the ministry confirmed the death of Ana Lorn, the council would mourn.",
    ],
    ids=["a question", "a demand", "a denial", "a quotation", "a supposition"],
)
def test_a_lead_that_does_not_tell_that_something_is_so_is_no_claim_as_a_whole(text):
    assert read(text).analysis.claims == ()


def test_where_something_else_is_stated_the_lead_is_not_taken_as_a_whole():
    found = read("The council denied the sale of the mill at Tarn. Fire destroyed the ferry at Marun, police said.")

    assert [claim.text for claim in found.analysis.claims] == ["Fire destroyed the ferry at Marun"]


# --- who does it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "agents"),
    [
        ("The Jorrel Front attacked the Vesker Brigades in Dremna", {"jorrel", "front"}),
        ("The Vesker Brigades were attacked by the Jorrel Front in Dremna", {"jorrel", "front"}),
        ("The Jorrel Front and the Vesker Brigades attacked Dremna", {"jorrel", "front", "vesker", "brigad"}),
        ("The mill at Tarn was sold by Ana Lorn and Petra Haver", {"ana", "lorn", "petra", "haver"}),
        ("Ana Lorn was shot in Dremna on Monday", set()),
        ("Some rebels attacked the town of Dremna", set()),
    ],
)
def test_those_who_do_it_are_told_from_those_it_is_done_to(statement, agents):
    facts = read(f"{statement}, officials said.").headline.facts

    assert set(facts.agents) == agents
    assert agents <= set(facts.actors)


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [
        ("The banker was sentenced to six years in prison", ("6",)),
        ("The bridge at Tarn will be closed for three months", ("3",)),
        ("The dam at Tarn burst six years ago", ()),
        ("The mill at Tarn will close in two months", ()),
        ("A six-year-old boy found the crown at Tarn", ()),
        ("The mill at Tarn has lost money for the past three years", ()),
    ],
)
def test_how_long_it_lasts_is_a_number_and_when_it_was_is_none(statement, numbers):
    assert read(f"{statement}, officials said.").headline.facts.numbers == numbers


@pytest.mark.parametrize(
    ("statement", "says_no"),
    [
        ("Ilse Brandt has ruled out running for president", True),
        ("The driver of the lorry lacked a licence", True),
        ("Villagers in Tarn were without water in May", True),
        ("The police have yet to find the weapon in Tarn", True),
        ("The ministry is unable to pay the teachers", True),
        ("The firm failed to stop the leak at Tarn", True),
        ("The bank at Tarn failed on Monday", False),
        ("The mayor left Tarn without his hat", False),
        ("The police have found the weapon in Tarn", False),
    ],
)
def test_what_says_no_without_a_negation_is_known(statement, says_no):
    facts = read(f"{statement}, officials said.").headline.facts

    assert (facts.says_no, facts.negated) == (says_no, False)


@pytest.mark.parametrize(
    ("statement", "doer", "done_to"),
    [
        ("The Jorrel Front attacked the Vesker Brigades in Dremna", "Jorrel Front", "Vesker Brigades"),
        ("The Vesker Brigades were attacked by the Jorrel Front in Dremna", "Jorrel Front", "Vesker Brigades"),
        ("The Jorrel Front and the Vesker Brigades attacked the harbour at Dremna", None, None),
        ("Ana Lorn was shot in Dremna on Monday", None, "Ana Lorn"),
        ("France has sent two ships to Dremna", "France", None),
        ("Some rebels attacked the town of Dremna", None, None),
        ("The footballer Luis Amado will be out for months", "Luis Amado", None),
        ("The police arrested the banker Karl Voss in Dremna", None, "Karl Voss"),
    ],
)
def test_the_one_who_does_it_and_the_one_it_is_done_to_are_known_by_name(statement, doer, done_to):
    facts = read(f"{statement}, officials said.").headline.facts

    assert (facts.doer and facts.doer.name, facts.done_to and facts.done_to.name) == (doer, done_to)


# --- who disputes them --------------------------------------------------------------------------------


def test_a_denial_of_the_same_words_disputes_the_claim():
    found = read(
        "Jonas Ravik took bribes from the harbour company, prosecutors said on Monday.\n\n"
        "Jonas Ravik denied that he took bribes from the harbour company."
    )

    (claim,) = found.analysis.claims
    assert found.names(claim.attribution_ids) == ["prosecutors"]
    assert found.names(claim.disputed_by) == ["Jonas Ravik"]


@pytest.mark.parametrize(
    ("said", "denial"),
    [
        ("Trade minister Goran Halvik will resign this week", "Halvik denied that he would resign"),
        ("Trade minister Goran Halvik will resign this week", "A spokesman denied that Halvik was resigning"),
        ("The leaders of Marun and Tarn met on Friday", "Both denied that they had met"),
        ("At least 40 people died in the fire at Tarn", "The police denied that 40 people had died"),
        ("The coach, Tom Stroud, will be sacked in May", "The club denied that Stroud would be sacked"),
        ("The army has bombed a market in Tarn", "The army has repeatedly denied bombing a market"),
        ("The mayor took bribes from a builder in Tarn", "The mayor denied wrongdoing"),
        ("The mayor took bribes from a builder in Tarn", "The mayor has always denied the allegations"),
    ],
)
def test_a_short_denial_is_of_the_claim_that_has_all_its_words(said, denial):
    found = read(f"{said}, two officials said on Monday.\n\n{denial}.")

    assert len(found.analysis.claims) == 1
    assert found.headline.disputed_by


@pytest.mark.parametrize(
    ("said", "denial"),
    [
        (
            "Bus drivers in Tarn will strike for three days",
            "The union accused Brellin of lying. The firm denied the claim.",
        ),
        (
            "The mill at Tarn will close in June",
            "The union accused the firm of lying to it. The firm denied wrongdoing.",
        ),
        ("Owen Strand has been suspended from the school", "Strand denied wrongdoing."),
        ("The mill at Tarn will close in June", "Its owner denied any wrongdoing."),
        ("Trade minister Goran Halvik will resign this week", "Ana Lorn denied that she would stay."),
    ],
)
def test_who_denies_something_else_does_not_dispute_the_headline_claim(said, denial):
    assert not read(f"{said}, two officials said on Monday.\n\n{denial}").headline.disputed_by


@pytest.mark.parametrize(
    "denial", ["denied it", "rejected the allegations", "disputed the report", "denied the claims"]
)
def test_a_denial_that_only_points_back_disputes_the_headline_claim(denial):
    found = read(f"{REBELS}\n\nThe Front {denial}.", title="Rebels took Dremna, officials say")

    assert found.names(found.headline.disputed_by) == ["Front"]


def test_a_doubt_disputes_the_claim():
    found = read(
        "The rebels shelled the town of Dremna, the army said. Helen Brann, an analyst, doubted that the rebels had "
        "shelled the town of Dremna."
    )

    assert found.names(found.headline.disputed_by) == ["Helen Brann"]


def test_a_source_who_says_that_it_did_not_happen_disputes_it_and_makes_a_claim_of_its_own():
    found = read(f"{REBELS}\n\n“The rebels never took Dremna,” said Idris Kane, a spokesman for the Front.")

    assert found.names(found.headline.disputed_by) == ["Idris Kane"]
    assert found.claim("never took").facts.negated
    assert found.names(found.claim("never took").attribution_ids) == ["Idris Kane"]


def test_there_is_no_such_thing_disputes_that_there_is():
    found = read(f"{ALLIANCE} There is no alliance between the Front and the Brigades, said Helen Brann, an analyst.")

    assert found.names(found.headline.disputed_by) == ["Helen Brann"]


@pytest.mark.parametrize(("paragraphs", "disputes"), [(1, True), (40, False)])
def test_who_denies_something_else_of_the_two_disputes_the_headline_claim_close_behind_a_denial_of_it(
    paragraphs, disputes
):
    between = "\n\n".join(["The harbour at Marun was open on Monday, and the ferries ran."] * paragraphs)
    denial = "Idris Kane, a spokesman, denied that the two groups had met."

    names = found_names(f"{ALLIANCE} The Front denied it.\n\n{between}\n\n{denial}")

    assert names == ["Jorrel Front", *(["Idris Kane"] if disputes else [])]


def test_a_negation_of_something_else_disputes_nothing():
    text = f"{REBELS} “The rebels in the town of Dremna were not paid,” said Idris Kane, a spokesman for the Front."

    assert all(claim.disputed_by == () for claim in read(text).analysis.claims)


def test_who_says_that_they_were_not_there_disputes_that_they_were():
    text = f"{REBELS} “The rebels were not in the town of Dremna on Monday,” said Idris Kane, a spokesman."
    there = text.replace("have taken the town of Dremna", "were in the town of Dremna on Monday")

    assert found_names(there) == ["Idris Kane"]


def found_names(text):
    found = read(text)
    return found.names(found.headline.disputed_by)


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The rebels were not in talks with the Front in Dremna.", "talk"),
        ("The Front has no intention of selling the town of Dremna.", "sell"),
        ("The rebels did not capture the town of Dremna.", "captur"),
        ("There is no alliance between the Front and the Brigades.", "allianc"),
        ("No rebels were killed in the town of Dremna.", "kill"),
        ("The office has stopped prosecuting the rebels of Dremna.", "prosecut"),
        ("The Front says it will no longer arrest the rebels of Dremna.", "arrest"),
    ],
)
def test_a_claim_says_what_it_denies(sentence, denied):
    found = read(f"{sentence} The harbour was open on Monday.")

    assert denied in found.analysis.claims[0].facts.denied


def test_who_only_says_something_else_disputes_nothing():
    found = read(f"{REBELS} The mill at Tarn will not close in June, the company said.")

    assert all(claim.disputed_by == () for claim in found.analysis.claims)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The ministry rejected claims that the dam at Tarn was unsafe for the winter.", "ministry"),
        ("Jonas Ravik denied allegations that he took bribes from the harbour company.", "Jonas Ravik"),
        (
            "Two analysts disputed reports that the Jorrel Front and the Vesker Brigades have formed an alliance.",
            "Two analysts",
        ),
    ],
)
def test_who_rejects_claims_that_something_is_so_disputes_it(text, who):
    found = read(text)

    assert found.names(found.headline.disputed_by) == [who]


def test_who_denies_having_done_it_disputes_that_it_was_done():
    found = read("The rebels shelled the town of Dremna, the army said. The rebels denied shelling the town of Dremna.")

    assert found.names(found.headline.disputed_by) == ["The rebels"]


def test_that_is_not_true_disputes_what_was_said_before():
    found = read(f"{REBELS} “That is not true,” said Idris Kane, a spokesman for the Front.")

    assert found.names(found.headline.disputed_by) == ["Idris Kane"]


@pytest.mark.parametrize(
    "denial",
    [
        "There was no meeting, and there is no alliance between the Jorrel Front and the Vesker Brigades",
        "There is no alliance between the Jorrel Front and the Vesker Brigades, and there was no meeting",
        "The Jorrel Front did not negotiate and did not form an alliance with the Vesker Brigades",
        "The Jorrel Front negotiated but did not form an alliance with the Vesker Brigades",
    ],
)
def test_a_denial_in_one_of_two_halves_disputes_the_claim(denial):
    found = read(f"{ALLIANCE} {denial}, Helen Brann said.")

    claim = found.claim("have formed an alliance")
    assert found.names(claim.attribution_ids) == ["officials"]
    assert found.names(claim.disputed_by) == ["Helen Brann"]


CUT = "Zelvar said the drug cut deaths in Lorn by 40 percent. "


@pytest.mark.parametrize(
    "then",
    [
        "Dr Ada Pell did not deny that the drug cut deaths in Lorn.",
        "Dr Ada Pell has never disputed that the drug cut deaths in Lorn.",
        "Dr Ada Pell refused to deny that the drug cut deaths in Lorn.",
        "Will Dr Ada Pell deny that the drug cut deaths in Lorn?",
        "Dr Ada Pell had no doubt that the drug cut deaths in Lorn.",
        "Dr Ada Pell dismissed doubts that the drug cut deaths in Lorn.",
        "It is hard to deny that the drug cut deaths in Lorn.",
        "Only a fool would deny that the drug cut deaths in Lorn.",
        "Dr Ada Pell denied that the drug had failed to cut deaths in Lorn.",
        "Dr Ada Pell denied that the drug was banned in Lorn.",
    ],
)
def test_who_did_not_deny_it_disputes_nothing(then):
    found = read(CUT + then)

    assert found.claim("by 40 percent").disputed_by == ()


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("the Tarn hospital had stopped treating children", "the Tarn hospital had stopped treating children"),
        ("the Jorrel army had killed nine men in Dremna", "the Jorrel army had murdered men in Dremna"),
        ("soldiers abused prisoners in the Dremna jail", "soldiers had mistreated prisoners in the Dremna jail"),
    ],
)
def test_a_denial_finds_its_claim_in_the_same_words_and_in_such_as_say_the_same(said, denied):
    (claim,) = read(f"A nurse said {said}. The director denied that {denied}.").analysis.claims

    assert (len(claim.attribution_ids), len(claim.disputed_by)) == (1, 1)


def test_what_is_denied_of_it_is_denied_of_what_the_first_half_names():
    found = read(
        "Halden Corp repaired the Orvik plant in May but did not close it, the company said. "
        "Halden Corp closed the Orvik mine in June, a miner said."
    )

    assert found.claim("the Orvik mine").disputed_by == ()


def test_a_denied_negative_is_one_claim():
    text = "The minister denied that the government had not paid the teachers in Orvik. Teachers said they were angry."

    assert [c.text for c in read(text).analysis.claims if "not paid" in c.text] == [
        "the government had not paid the teachers in Orvik"
    ]


def test_that_nobody_was_killed_disputes_that_some_were():
    found = read(
        "The Jorrel army killed nine villagers in Dremna, residents said. "
        "The Jorrel army did not kill anyone in Dremna, a spokesman said."
    )

    assert found.names(found.claim("nine villagers").disputed_by) == ["a spokesman"]


def test_who_has_not_met_one_may_have_met_another():
    found = read(
        "The council said Ada Pell had met the minister in Lorn. Ada Pell said she had not met the king in Lorn."
    )

    assert found.claim("the minister").disputed_by == ()


# --- what somebody is said to believe ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "words", "who"),
    [
        ("Brellin knew of the leak for two years, former manager Ana Lorn said on Monday.", "knew of the leak", "Ana Lorn"),
        ("Brellin feared that the bridge would fall, engineer Ana Lorn said.", "feared that the bridge", "Ana Lorn"),
        ("The rebels believe that the army will attack Dremna, an envoy said on Monday.", "rebels believe", "an envoy"),
        ("Officials said investigators believed the fire had been set on purpose.", "investigators believed", "Officials"),
        ("Brellin understood that the valve was broken, according to Ana Lorn.", "understood that the valve", "Ana Lorn"),
        ("The generals think that the war in Marun is lost, a diplomat said on Friday.", "think that the war", "a diplomat"),
        ("Most people in Tarn think that the dam is old, the mayor, Ana Lorn, said on Monday.", "Most people", "Ana Lorn"),
        ("It is believed that two men set fire to the mill in Tarn, police said.", "two men set fire", "police"),
    ],
)  # fmt: skip
def test_what_somebody_else_is_said_to_believe_is_said_by_who_says_it(said, words, who):
    found = read(f"{said}\n\nThe plant in Dremna makes paint.")

    assert words in found.headline.text
    assert found.names(found.headline.attribution_ids) == [who]
    assert not [c for c in found.analysis.claims if c.attribution_ids and c is not found.headline]


@pytest.mark.parametrize(
    "said",
    [
        "Ana Lorn said she believed that Brellin had hidden the leak from the council.",
        "Police said they believed that Brellin had hidden the leak from the council.",
        "Police believe that Brellin had hidden the leak from the council.",
    ],
)
def test_what_a_source_itself_believes_is_what_it_claims(said):
    assert read(f"{said} The plant makes paint.").headline.text == "Brellin had hidden the leak from the council"


# --- states ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "The Daily Sentinel could not independently verify the report.",
        "The report could not be confirmed.",
        "The account has not been independently verified.",
        "There was no independent confirmation.",
        "The report is unconfirmed.",
    ],
)
def test_what_could_not_be_verified_is_told_with_the_sentence_that_says_so(said):
    found = read(f"{REBELS} {said}")

    (state,) = found.headline.states
    assert state.state == "unverified"
    assert [e.exact for e in state.evidence] == [said]


@pytest.mark.parametrize("hedge", ["may", "could", "might", "appears to", "is likely to"])
def test_a_claim_that_its_own_source_hedges_is_qualified(hedge):
    found = read(f"The dam at Tarn {hedge} break before winter, Clara Venning said on Monday.")

    (state,) = found.headline.states
    assert state.state == "qualified"
    assert found.text[state.evidence[0].start : state.evidence[0].end] == state.evidence[0].exact
    assert state.evidence[0].exact in hedge


def test_a_plain_claim_has_no_state():
    assert read(REBELS).headline.states == ()


# --- what has no verb of its own ----------------------------------------------------------------


def test_news_without_a_verb_is_a_claim_as_a_whole_that_whoever_tells_it_carries():
    found = read(
        "Norvania is going through reforms of its public sector under a new premier.\n\n"
        "The Norvan Works Department announced the dismissal of an engineer after 35 years without a day of work."
    )

    told = next(c for c in found.analysis.claims if "dismissal of an engineer" in c.text)
    assert told.text.startswith("The Norvan Works Department announced")
    assert [name.removeprefix("The ") for name in found.names(told.attribution_ids)] == ["Norvan Works Department"]


@pytest.mark.parametrize(
    "text",
    [
        "The mill at Tarn was sold in May, Clara Venning said. The Daily Bugle reported the sale of the mill at Tarn.",
        "The mill at Tarn was sold in May, Clara Venning said. The premier denied the sale of the mill at Tarn.",
        "The mill at Tarn was sold in May, Clara Venning said. The premier promised the repair of the mill at Tarn.",
        "The mill at Tarn was sold in May, Clara Venning said. Dana Holt hammers Clara Venning: ‘You should go home now!’",
    ],
    ids=["about who reported it", "a denial", "a promise", "what somebody is quoted on"],
)
def test_a_sentence_about_what_is_said_of_the_news_is_no_news(text):
    assert [c.text for c in read(text).analysis.claims] == ["The mill at Tarn was sold in May"]


def test_a_flash_of_one_line_is_a_claim():
    found = read("TORONTO, Ontario — Canadian official identifies dead Ottawa gunman as Michael Haver-Lorn .")

    (claim,) = found.analysis.claims
    assert "identifies dead Ottawa gunman" in claim.text


def test_what_somebody_tells_of_themselves_is_a_claim_where_a_text_has_no_other():
    (claim,) = read("I sold the house because my neighbour kept a goat on the roof.").analysis.claims
    assert claim.headline

    assert read("I love the house because my neighbour is so very kind to me.").analysis.claims == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "That is suggested by a report from the Tarn-based Norvan Observatory for Human Rights that the rebels have "
            "three warplanes in the north of Ostrel.",
            "the rebels have three warplanes in the north of Ostrel",
        ),
        (
            "When a report went viral that engineer Mike Seidel got caught on camera in the woods, the station decided "
            "to discuss it on Friday.",
            "engineer Mike Seidel got caught on camera in the woods",
        ),
    ],
    ids=["behind who reports it", "behind what it did"],
)
def test_what_a_report_says_may_stand_far_behind_it(text, said):
    assert said in {c.text for c in read(text).analysis.claims}


def test_who_reports_something_ends_before_what_is_reported():
    text = (
        "The premier dismissed a report by Clara Venning that the rebels have three warplanes in the north of Ostrel."
    )

    report = next(a for a in read(text).analysis.attributions if text[slice(*a.cue[0])] == "report")
    assert [text[slice(*span)] for span in report.source] == ["Clara Venning"]
    assert [text[slice(*span)] for span in report.content] == ["the rebels have three warplanes in the north of Ostrel"]


@pytest.mark.parametrize(
    "text",
    [
        "A report by the firm that runs the dam of Tarn was published on Friday.",
        "A report from a group that the ministry of Norvania funds was published on Friday.",
    ],
)
def test_what_says_which_group_it_was_is_not_what_it_reports(text):
    assert all(c.attribution_ids == () for c in read(text).analysis.claims)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Officials said the bridge at Tarn would be closed in May for repairs.", []),
        ("Officials said the bridge at Tarn may be closed for repairs.", ["qualified"]),
        ("Officials said the bridge at Tarn could be closed for repairs.", ["qualified"]),
    ],
)
def test_a_month_is_no_hedge(text, states):
    (claim,) = read(text).analysis.claims

    assert [s.state for s in claim.states] == states
