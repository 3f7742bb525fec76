"""Who is said to have said what: the spans of source, cue and content, and what kind of act it was."""

import pytest

from secondsource.model import Label, Stance
from tests.unit.analysis.reading import said, spans_of, tell

ENGINEER = "Clara Venning, the county engineer"


# --- direct speech -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“The bridge was closed at noon,” Clara Venning said.", "Clara Venning", "“The bridge was closed at noon,”"),
        ('"The bridge was closed at noon," Clara Venning said.', "Clara Venning", '"The bridge was closed at noon,"'),
        (f"“The bridge was closed at noon,” said {ENGINEER}.", ENGINEER, "“The bridge was closed at noon,”"),
        ("Clara Venning said: “The bridge was closed at noon.”", "Clara Venning", "“The bridge was closed at noon.”"),
    ],
    ids=["source first", "straight marks", "cue first", "introduced by a colon"],
)
def test_a_direct_quotation_has_its_marks_in_the_content(text, source, content):
    assert spans_of(text) == (source, "said", content)


def test_a_quotation_interrupted_by_its_cue_is_one_attribution_in_two_pieces():
    found = said("“The bridge,” Clara Venning said, “was closed at noon.”")

    assert found.content == ("“The bridge,”", "“was closed at noon.”")
    assert found.source == ("Clara Venning",)


def test_speech_that_goes_on_behind_its_cue_belongs_to_the_same_speaker():
    found = said("“The bridge is shut,” said Venning. “It will stay shut until Friday.”")

    assert found.content == ("“The bridge is shut,”", "“It will stay shut until Friday.”")


def test_a_relative_clause_between_two_halves_of_a_quotation_stays_out_of_them():
    found = said(
        "“The dam is safe,” said Clara Venning, who has run the county's waterworks since 2014, “and it will stay safe.”"
    )

    assert found.source == ("Clara Venning, who has run the county's waterworks since 2014",)
    assert found.content == ("“The dam is safe,”", "“and it will stay safe.”")


def test_a_quotation_over_two_paragraphs_keeps_its_speaker():
    told = tell(
        "“The dam is safe,” Clara Venning said. “We looked at it twice.\n\n“Nobody in the valley should worry.”"
    )

    first, second = told.said
    assert first.content == ("“The dam is safe,”", "“We looked at it twice.")
    assert second.content == ("“Nobody in the valley should worry.”",)
    assert second.continues and not first.continues
    assert second.source_id == first.source_id


def test_a_shout_in_quotes_is_told_by_its_verb():
    assert spans_of("“It is safe!” Clara Venning shouted.") == ("Clara Venning", "shouted", "“It is safe!”")


def test_an_answer_in_quotes_behind_a_participle_belongs_to_who_answers():
    text = "Asked about the dam, Clara Venning replied: “It is safe.”"

    assert spans_of(text) == ("Clara Venning", "replied", "“It is safe.”")


def test_a_question_in_quotes_is_asked_by_its_speaker():
    found = said("“Is the dam safe for the winter?” asked Clara Venning.")

    assert (found.source, found.cue, found.stance) == (("Clara Venning",), ("asked",), Stance.ASK)


def test_british_single_quotes_frame_speech():
    text = "‘The dam isn't the farmers’ business,’ said Clara Venning."

    assert spans_of(text) == ("Clara Venning", "said", "‘The dam isn't the farmers’ business,’")


def test_a_quotation_whose_opening_mark_was_lost_is_still_attributed():
    source, cue, content = spans_of("The bridge was closed at noon,” Clara Venning said.")

    assert (source, cue) == ("Clara Venning", "said")
    assert content == "The bridge was closed at noon,”"


# --- indirect and mixed speech -----------------------------------------------------------------


@pytest.mark.parametrize("that", ["", "that "])
def test_indirect_content_leaves_out_that_and_the_full_stop(that):
    text = f"Clara Venning said {that}the bridge had been closed at noon."

    assert spans_of(text) == ("Clara Venning", "said", "the bridge had been closed at noon")


def test_content_before_its_cue_ends_before_the_comma():
    assert spans_of("The bridge was closed at noon, Clara Venning said.") == (
        "Clara Venning",
        "said",
        "The bridge was closed at noon",
    )


def test_a_cue_in_the_midst_of_a_clause_breaks_the_content_in_two():
    assert spans_of("The bridge, Clara Venning said, was closed at noon.") == (
        "Clara Venning",
        "said",
        "The bridge … was closed at noon",
    )


def test_a_clause_that_goes_on_behind_the_cue_is_content_too():
    _, _, content = spans_of("The mill will close, the union said, and 40 people will lose their jobs.")

    assert content == "The mill will close … and 40 people will lose their jobs"


def test_quoted_words_in_an_indirect_clause_are_part_of_it():
    text = "The mayor said the bridge was “a disgrace to the county” and would be torn down."

    assert spans_of(text) == (
        "The mayor",
        "said",
        "the bridge was “a disgrace to the county” and would be torn down",
    )


def test_the_one_who_is_told_stands_in_the_cue_not_in_the_content():
    assert spans_of("The mayor, a retired engineer, told reporters the dam was safe.") == (
        "The mayor, a retired engineer",
        "told reporters",
        "the dam was safe",
    )


def test_two_speakers_of_one_cue_stand_in_one_source_span():
    assert spans_of("Feld and Venning said the dam was safe.")[0] == "Feld and Venning"


@pytest.mark.parametrize(
    "speaker",
    [
        "two diplomats",
        "a senior official",
        "three members of the exiled National Council",
        "its chairman",
        "fire chief Owen Strand",
        "General Tomas Kedd",
        "a spokesman for the council",
    ],
)
def test_a_speaker_behind_the_content_and_a_comma_is_no_part_of_it(speaker):
    source, cue, content = spans_of(f"The rebels have signed a pact with the government, {speaker} said on Monday.")

    assert (source, cue) == (speaker, "said")
    assert content == "The rebels have signed a pact with the government"


@pytest.mark.parametrize(
    "text",
    [
        "The Ridge Army has formed an alliance with the Black Banner, a commander of the Free Valley Front said on Monday.",
        "Rebels attacked a convoy near Dremna, an army officer said on Sunday.",
        "A second pier is sound, engineer Clara Venning said.",
        pytest.param(
            "The Jorrel Front has sealed a pact with the Vesker Brigades, Aurel Denneck, the president of the council, "
            "said.",
            marks=pytest.mark.xfail(strict=True, reason="a speaker with an appositive behind a comma is not found yet"),
        ),
    ],
)
def test_a_speaker_behind_a_name_and_a_comma_is_no_appositive_of_it(text):
    content, _, speaker = text.partition(", ")
    found = said(text)

    assert found.content == (content,)
    assert " … ".join(found.source) == speaker.split(" said")[0].rstrip(",")


@pytest.mark.xfail(strict=True, reason="a weekday behind “reported on” is taken for what is reported on")
def test_a_day_is_no_part_of_the_cue():
    assert spans_of("The Daily Sentinel reported on Monday that the dam was unsafe.")[1] == "reported"


# --- other words that attribute -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            f"The bridge was closed at noon, according to {ENGINEER}.",
            ENGINEER,
            "according to",
            "The bridge was closed at noon",
        ),
        (
            "According to the county police, two men were arrested near the harbour.",
            "the county police",
            "According to",
            "two men were arrested near the harbour",
        ),
        ("The dam, according to the mayor, is unsafe.", "the mayor", "according to", "The dam … is unsafe"),
        (
            "The dam is unsafe, per the Harrow Institute.",
            "the Harrow Institute",
            "per",
            "The dam is unsafe",
        ),
        (
            "As Clara Venning said, the bridge is older than the town hall.",
            "Clara Venning",
            "said",
            "the bridge is older than the town hall",
        ),
        (
            "The dam, as Clara Venning said, is older than the town.",
            "Clara Venning",
            "said",
            "The dam … is older than the town",
        ),
        ("Residents called the dam a disgrace.", "Residents", "called", "the dam a disgrace"),
        ("Residents described the dam as a disgrace.", "Residents", "described", "the dam as a disgrace"),
        ("Engineers urged residents to leave.", "Engineers", "urged", "residents to leave"),
        ("The union warned of strikes in the harbour.", "The union", "warned of", "strikes in the harbour"),
        (
            "The union accused the company of hiding its profits.",
            "The union",
            "accused",
            "the company of hiding its profits",
        ),
        (
            "The report, which was leaked on Monday, says the dam is unsafe.",
            "The report, which was leaked on Monday",
            "says",
            "the dam is unsafe",
        ),
        ("The figures show that exports fell in May.", "The figures", "show", "exports fell in May"),
    ],
)
def test_source_cue_and_content_are_told_apart(text, source, cue, content):
    assert spans_of(text) == (source, cue, content)


def test_per_capita_attributes_nothing():
    assert tell("Per capita income fell by two percent.").said == []


@pytest.mark.parametrize(
    ("text", "cue", "content", "stance"),
    [
        ("Feld is accused of taking bribes.", "is accused of", "Feld … taking bribes", Stance.ACCUSE),
        (
            "The company is said to have paid the bill in cash.",
            "is said",
            "The company … to have paid the bill in cash",
            Stance.ASSERT,
        ),
        ("It is said that the dam is unsafe.", "is said", "the dam is unsafe", Stance.ASSERT),
        ("The dam is believed to be unsafe.", "is believed", "The dam … to be unsafe", Stance.BELIEVE),
        ("The factory is expected to close in June.", "is expected", "The factory … to close in June", Stance.PREDICT),
    ],
)
def test_a_passive_attributes_to_nobody_who_is_named(text, cue, content, stance):
    found = said(text)

    assert found.source == ()
    assert found.source_id is None
    assert (" … ".join(found.cue), " … ".join(found.content), found.stance) == (cue, content, stance)


@pytest.mark.xfail(
    strict=True, reason="a passive with both an agent and a preposition finds neither content nor source"
)
def test_the_agent_of_a_passive_is_its_source():
    found = said("Feld was accused by prosecutors of taking bribes.")

    assert found.source == ("prosecutors",)
    assert found.content == ("Feld", "taking bribes")


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The claim that the dam was unsafe was rejected.", "", "claim", "the dam was unsafe"),
        ("The allegation that Feld took bribes has never been proved.", "", "allegation", "Feld took bribes"),
        ("Reports of looting in the port spread on Tuesday.", "", "Reports", "looting in the port"),
    ],
)
def test_a_noun_can_attribute(text, source, cue, content):
    assert spans_of(text) == (source, cue, content)


@pytest.mark.parametrize(
    ("adverb", "stance"), [("reportedly", Stance.ASSERT), ("allegedly", Stance.ACCUSE), ("supposedly", Stance.DOUBT)]
)
def test_an_adverb_attributes_its_clause_to_nobody(adverb, stance):
    found = said(f"The rebels have {adverb} taken the town of Dremna.")

    assert (found.source, found.cue) == ((), (adverb,))
    assert found.content == ("The rebels have", "taken the town of Dremna")
    assert found.stance == stance


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Chairwoman Ilse Haver: “We will not sell the waterworks to anyone.”", "Chairwoman Ilse Haver"),
        ("“We will not sell the waterworks to anyone.” -Commissioner Dana Holt", "Commissioner Dana Holt"),
        ("“We will not sell the waterworks to anyone.” — Clara Venning", "Clara Venning"),
    ],
)
def test_a_label_beside_a_quotation_names_its_speaker(text, source):
    found = said(text)

    assert found.source == (source,)
    assert found.cue == ()
    assert found.content == ("“We will not sell the waterworks to anyone.”",)


@pytest.mark.parametrize("that", ["", "that "])
def test_who_is_quoted_as_saying_is_the_source_not_who_quotes(that):
    text = f"CNN quoted an official as saying {that}the talks had failed."

    assert spans_of(text) == ("an official", "saying", "the talks had failed")


@pytest.mark.parametrize("by", ["", "by the Daily Sentinel "])
def test_who_was_quoted_is_the_source_of_a_passive_quotation(by):
    text = f"The mayor was quoted {by}as saying the dam was safe."

    assert spans_of(text) == ("The mayor", "saying", "the dam was safe")


@pytest.mark.parametrize(
    "text",
    [
        "The company issued a statement saying the pipe had been repaired.",
        "In a statement, the company said the pipe had been repaired.",
    ],
)
def test_who_issued_a_statement_is_its_source(text):
    source, _, content = spans_of(text)

    assert source.lower() == "the company"
    assert content == "the pipe had been repaired"


def test_cited_officials_are_a_source_beside_the_outlet_that_cites_them():
    told = tell("The rebels have left the town, the Daily Sentinel reported, citing officials.")

    reported, citing = told.said
    assert (reported.source, reported.content) == (("the Daily Sentinel",), ("The rebels have left the town",))
    assert (citing.source, citing.cue) == (("officials",), ("citing",))
    assert citing.content[0].startswith("The rebels have left the town")


@pytest.mark.xfail(strict=True, reason="the outer source and cue stay in the content of what the cited source said")
def test_what_cited_officials_said_leaves_out_who_reported_it():
    _, citing = tell("The rebels have left the town, the Daily Sentinel reported, citing officials.").said

    assert citing.content == ("The rebels have left the town",)


# --- what is done by saying it ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Feld denied that the ministry had paid the rebels.", Stance.DENY),
        ("Feld doubted that the ministry had paid the rebels.", Stance.DOUBT),
        ("Prosecutors allege that Feld took bribes.", Stance.ACCUSE),
        ("Officials confirmed that the dam was unsafe.", Stance.CONFIRM),
        ("Feld admitted that he took bribes.", Stance.ADMIT),
        ("The union demanded that the firm reopen the mill.", Stance.ORDER),
        ("Analysts predict that prices will fall.", Stance.PREDICT),
        ("Clara Venning asked whether the dam was safe.", Stance.ASK),
        ("Many farmers believe that the river will rise.", Stance.BELIEVE),
        ("The government plans to close the mine.", Stance.INTEND),
    ],
)
def test_the_cue_tells_the_stance(text, stance):
    assert said(text).stance == stance


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Clara Venning said that the river would rise.", Label.SPEECH),
        ("Many farmers believe that the river will rise.", Label.STANCE),
        ("The government plans to close the mine.", Label.STANCE),
        ("The mayor is confident that the dam is safe.", Label.STANCE),
    ],
)
def test_a_belief_or_an_intention_is_no_speech(text, label):
    assert said(text).label == label


def test_a_denial_of_what_was_said_before_has_the_pronoun_for_content():
    assert spans_of("The ministry denied it.") == ("The ministry", "denied", "it")


@pytest.mark.parametrize(
    ("cue", "stance"), [("denied", Stance.DENY), ("admitted", Stance.ADMIT)], ids=["deny", "admit"]
)
def test_denying_to_have_done_something_is_a_denial_of_it(cue, stance):
    found = said(f"The minister {cue} taking bribes from the harbour company.")

    assert found.content == ("taking bribes from the harbour company",)
    assert found.stance == stance


@pytest.mark.xfail(strict=True, reason="“call for” and “call on … to” are found no content for")
@pytest.mark.parametrize(
    "text", ["The council called for the dam to be closed.", "The mayor called on the council to close the dam."]
)
def test_calling_for_something_is_a_demand(text):
    assert said(text).stance == Stance.ORDER


@pytest.mark.parametrize(
    "text",
    [
        "Clara Venning did not say that the bridge was safe.",
        "Officials have not confirmed that the dam is unsafe.",
        "Officials could not say whether the dam was safe.",
        "Clara Venning never said the dam was safe.",
        "If Clara Venning said that the bridge was safe, she would lose her post.",
        "Did Clara Venning say that the dam was safe?",
        "Who said the bridge was safe?",
    ],
)
def test_what_was_not_said_is_not_factual(text):
    assert not said(text).factual


def test_what_was_said_is_factual():
    assert said("Clara Venning said that the bridge was safe.").factual


def test_what_nobody_said_is_not_factual():
    assert not said("Nobody said that the dam was unsafe.").factual


def test_what_officials_declined_to_say_is_not_factual():
    declined, saying = tell("Officials declined to say whether the bridge was safe.").said

    assert declined.factual
    assert not saying.factual


@pytest.mark.xfail(strict=True, reason="verbs of showing take as subject only people and bodies of a closed list")
@pytest.mark.parametrize("verb", ["confirmed", "revealed", "indicated"])
def test_any_body_can_confirm_or_reveal(verb):
    assert spans_of(f"The airline {verb} that the flight had landed.") == (
        "The airline",
        verb,
        "the flight had landed",
    )


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("No minister said that the dam was safe.", "said"),
        ("None of the ministers denied that the dam was safe.", "denied"),
        ("It is hard to deny that the dam was safe.", "to deny"),
        ("It would be wrong to say that the dam was safe.", "to say"),
        ("Only a fool would deny that the dam was safe.", "would deny"),
        ("Corda denied accusing the Front of an attack on the dam.", "accusing"),
    ],
)
def test_what_is_only_judged_or_done_by_nobody_is_not_factual(text, cue):
    assert [s.factual for s in tell(text).said if " ".join(s.cue) == cue] in ([False], [])
    assert not any(s.factual and s.label == Label.SPEECH and "denied" not in s.cue for s in tell(text).said)


def test_a_noun_that_nobody_has_is_not_factual():
    assert not any(s.factual for s in tell("There are no reports of floods.").said if "reports" in s.cue)


def test_who_has_no_doubt_believes_it():
    found = said("A doctor has no doubt that the water made the children ill.")

    assert (found.source, found.stance, found.factual) == (("A doctor",), Stance.BELIEVE, True)


@pytest.mark.parametrize(
    "text",
    [
        "No 10 said that the treaty was dead.",
        "The No campaign said that the treaty was dead.",
        "No fewer than nine officials said that the treaty was dead.",
        "None other than Clara Venning said that the treaty was dead.",
        "Halden Corp would later deny that it had paid the minister.",
        "The minister was foolish to claim that the treaty was dead.",
    ],
)
def test_who_looks_like_nobody_has_said_it(text):
    assert all(s.factual for s in tell(text).said)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("When asked about the mine, Venning said, the council would not sell it.", "the council would not sell it"),
        ("Speaking in Tarn on Friday, Venning said, the treaty was dead.", "the treaty was dead"),
        ("If pressed, Venning said, “the treaty is dead in the water.”", "“the treaty is dead in the water.”"),
    ],
)
def test_how_it_came_to_be_said_is_no_part_of_it(text, content):
    assert [s.content for s in tell(text).said if s.cue == ("said",)] == [(content,)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "If it rains on Monday, the mayor said, the dam will be closed.",
            ("If it rains on Monday", "the dam will be closed"),
        ),
        (
            "Unless the council pays, the mayor said, the dam will fall.",
            ("Unless the council pays", "the dam will fall"),
        ),
        ("The dam will be closed, the mayor said, if it rains.", ("The dam will be closed", "if it rains")),
        (
            "Had the council paid, the mayor said, the dam would be open.",
            ("Had the council paid", "the dam would be open"),
        ),
        ("When the rain stopped, the mayor said the dam was safe.", ("the dam was safe",)),
    ],
)
def test_a_condition_on_the_other_side_of_the_cue_is_of_what_is_said(text, content):
    assert said(text).content == content


def test_what_the_pieces_of_a_passive_share_is_told_once():
    content = said("The minister flew to Marren, where he is expected to attempt to encourage talks on oil.").content

    assert content == ("where he is", "to attempt to encourage talks on oil")


def test_a_first_name_is_no_preposition():
    assert spans_of("Opposition leader Per Lund denied that he had taken money.") == (
        "Opposition leader Per Lund",
        "denied",
        "he had taken money",
    )


def test_per_at_the_beginning_of_a_sentence_still_attributes():
    assert "dam" in spans_of("The dam is safe, per the report by the council.")[2]


# --- whose a quotation is ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "after",
    [
        "Corda has sued the rebels.",
        "The minister has visited it.",
        "The council, which has fought the contractor for years, did not comment.",
    ],
)
def test_the_sentence_behind_a_finished_quotation_is_no_cue_of_it(after):
    text = f"“We lost the bridge on Monday,” Clara Venning said. “The school in Ondal was shelled.” {after}"

    assert [s.source for s in tell(text).said if "“The school in Ondal was shelled.”" in s.content] == [
        ("Clara Venning",)
    ]


def test_what_somebody_does_between_two_quotations_tells_who_speaks():
    (only,) = tell("“I did not take the money of the fund.” Clara Venning paused. “I gave it back to the miners.”").said

    assert (only.source, len(only.content)) == (("Clara Venning",), 2)


def test_an_unknown_verb_behind_an_outcry_still_frames_it():
    assert spans_of("“We lost it all on Monday in Ondal!” Venning barked.")[:2] == ("Venning", "barked")


def test_who_gave_a_short_answer_goes_on_speaking():
    (only,) = tell("“No,” said Clara Venning. “The dam was not safe in March.”").said

    assert only.source == ("Clara Venning",)
    assert only.content == ("“No,”", "“The dam was not safe in March.”")


# --- what attributes nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “peace bridge” was closed on Monday.",
        "He works for the so-called “ministry of truth”.",
        "The “experts” were paid by the mill.",
        "Her novel “The Long Winter” sold a million copies.",
        "She plays a nurse in the film “A Quiet Street in Summer”.",
        "The band's new album, “The River,” was released on Friday.",
        "The bridge was closed on Monday and the ferry was full.",
        "The council let the lease end and made the firm leave.",
    ],
)
def test_scare_quotes_titles_and_plain_statements_are_no_attribution(text):
    assert tell(text).said == []


@pytest.mark.xfail(strict=True, reason="a title of four words in a paragraph of few others is taken for speech")
def test_a_title_in_a_short_paragraph_is_no_attribution():
    assert tell("The article “Who Owns the River?” won a prize.").said == []


@pytest.mark.xfail(strict=True, reason="any verb that the parser gives a that-clause reports, whatever its subject is")
def test_the_second_of_two_reported_clauses_is_not_said_by_the_subject_of_the_first():
    told = tell("The union said that the mill would close, that 40 people would lose their jobs and that it was sold.")

    assert [s.source for s in told.said] == [("The union",)]


def test_attributions_come_in_the_order_of_their_content():
    told = tell(
        "The dam is old, Clara Venning said. The mayor said it was safe. “It will hold,” said the mayor, and the "
        "union denied it."
    )

    starts = [s.content[0] for s in told.said]
    assert starts == ["The dam is old", "it was safe", "“It will hold,”", "it"]


@pytest.mark.parametrize(
    ("said", "source", "cue"),
    [
        ("A banker stole three million euros from his clients in Tarn", "a court", "heard"),
        ("The pilot had slept for two hours before the crash", "an inquest", "heard"),
        ("The pilot had slept for two hours before the crash", "Tarn Crown Court", "has heard"),
        ("The bridge had been built without a permit", "the inquiry", "was told"),
        ("Drinking coffee cuts the risk of stroke by a third", "a study", "has found"),
        ("Most drivers in Tarn have never used the ferry", "a survey", "shows"),
        ("The drug cuts the risk of stroke by a third", "a trial", "suggests"),
        ("The firm was unfairly dismissed by its partner", "a tribunal", "has found"),
        ("The mayor took bribes from a builder in Tarn", "the Marun Gazette", "can reveal"),
    ],
)
def test_a_lead_names_at_its_end_whom_it_has_it_from(said, source, cue):
    assert spans_of(f"{said}, {source} {cue} on Monday.") == (source, cue, said)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off near the court, and the judge heard it.",
        "When the bell rang in the tower of Tarn, the court heard.",
    ],
)
def test_who_hears_a_noise_reports_nothing(text):
    assert tell(text).said == []


def test_detectives_who_question_a_driver_doubt_nothing():
    assert not [d for d in tell("Detectives questioned the driver of a van in Tarn.").said if d.stance is Stance.DOUBT]
