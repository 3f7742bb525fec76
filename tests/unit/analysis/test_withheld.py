"""What a text says of names that it withholds: no claim and no source, but the reason why a source has no name."""

import pytest

from secondsource.analysis.pipeline import Pipeline
from secondsource.analysis.withheld import blanked, parsed, withheld
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.model import Extracted, SourceKind
from tests.unit.analysis.reading import ARTICLE, Read, analyse, tell

DAM = "The dam at Tarn will be sold"
MORE = "\n\nThe dam was built in 1931."


@pytest.fixture(scope="module", params=["rules", "joined"])
def read(request):
    """Reads an article by the rules alone, and with the tagger, which takes such words for what is said."""
    pipeline = analyse if request.param == "rules" else Pipeline(spacy_parser, Tagger())
    return lambda text: Read(text, pipeline(Extracted(text=text), ARTICLE))


def seen(text):
    """What is left of a text for the parser, runs of spaces made one."""
    return " ".join(blanked(text, (w.words for w in withheld(text))).split())


def reason(text):
    """The one reason that a text gives."""
    (found,) = [text[slice(*w.reason)] for w in withheld(text) if w.reason]
    return found


# --- what is taken out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "The dam broke, an army officer said, speaking on condition of anonymity because he was not allowed to brief "
            "the press.",
            "The dam broke, an army officer said .",
        ),
        (
            "The dam broke, a clerk told the Daily Sentinel on condition of anonymity, because she feared for her job.",
            "The dam broke, a clerk told the Daily Sentinel .",
        ),
        ("An aide told the Courier on condition of anonymity that the dam broke.", "An aide told the Courier that the dam broke."),
        ("A clerk, who asked not to be named, said the dam broke.", "A clerk said the dam broke."),
        ("A clerk who did not want to give her name said the dam broke.", "A clerk said the dam broke."),
        ("A clerk who doesn't want to be identified says the dam broke.", "A clerk says the dam broke."),
        ("A clerk who asked to remain anonymous for fear of losing her job said it broke.", "A clerk said it broke."),
        ("A clerk – who did not want her name published – said the dam broke.", "A clerk said the dam broke."),
        ("A clerk (who asked that his name not be used) said the dam broke.", "A clerk said the dam broke."),
        ("The dam broke, said two clerks, both of whom declined to be identified.", "The dam broke, said two clerks ."),
        ("The dam broke, a clerk said, requesting anonymity because the talks are private.", "The dam broke, a clerk said ."),
        ("Asking not to be named, a clerk said the dam broke.", "a clerk said the dam broke."),
        ("A clerk asked not to be named and said the dam broke.", "A clerk said the dam broke."),
        (
            "The clerks, who work in Tarn and asked not to be named because the plan is secret, said the dam broke.",
            "The clerks, who work in Tarn , said the dam broke.",
        ),
        (
            "It broke, according to a clerk who spoke on condition of anonymity because she feared for her job and who "
            "has seen it.",
            "It broke, according to a clerk who has seen it.",
        ),
        ("The clerk, who asked to be called Tom because he fears for his job, said it broke.", "The clerk said it broke."),
        ("A clerk, whose name has been changed to protect him, said it broke.", "A clerk said it broke."),
        ("The dam broke, a clerk said. He asked not to be named because he fears for his job.", "The dam broke, a clerk said."),
        ("It broke, a clerk said. The clerk, a woman of 40, did not want to be named.", "It broke, a clerk said."),
        ("It broke, a clerk said. The Courier agreed not to name her because she fears for her job.", "It broke, a clerk said."),
    ],
)  # fmt: skip
def test_what_says_that_somebody_is_not_named_is_blanked_out_whole(text, left):
    assert seen(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "The painting was given to the gallery in Tarn on condition of anonymity, its director said.",
        "The striker wanted to be named captain of Dremna, coach Jorrel Hale said.",
        "Clara Venning, who asked not to be named as a witness, said that the dam had broken.",
        "“I asked not to be named because I was afraid,” Clara Venning said.",
        "Brellin has been named in the inquiry, and declined to comment on it.",
        "The company asked not to be named in the suit, and the court refused.",
        "A clerk who gave her name as Clara Venning said the dam had broken.",
        "The officials were not authorised by the council to sell the dam.",
        "The officials were not authorised to speak for the council.",
        "The prisoners, who were not allowed to talk to their families, said the guards had beaten them.",
        "Two men were arrested and were not allowed to speak to lawyers, the court said.",
        "The lawyer asked to be called Ana Lorn after her wedding.",
    ],
)
def test_what_says_something_else_stays(text):
    assert seen(text) == text


def test_offsets_stay_and_so_do_line_breaks():
    text = "A clerk, speaking on condition of\nanonymity, said it broke."

    assert withheld(text)
    assert len(blanked(text, (w.words for w in withheld(text)))) == len(text)
    assert blanked(text, [(0, len(text))]).strip(" ") == "\n"


def test_a_name_ends_where_words_were_blanked_out():
    doc = parsed(
        spacy_parser,
        "The dam broke, three members of the council said on Monday, speaking from Marrenport on condition of anonymity "
        "because they feared for their families.",
    )

    assert [e.text.strip() for e in doc.ents] == [e.text for e in doc.ents]
    assert "Marrenport" in [e.text for e in doc.ents]


# --- what is claimed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Rebels have taken the town of Dremna, a military officer said, speaking on condition of anonymity because he was "
        "not allowed to brief journalists.",
        "Rebels have taken the town of Dremna, a military officer told the Courier on condition of anonymity because he "
        "was not authorised to speak to the press.",
        "Rebels have taken the town of Dremna, a military officer told the Courier on condition of anonymity, because he "
        "feared punishment.",
        "Rebels have taken the town of Dremna, a military officer said, requesting anonymity because he was not permitted "
        "to speak to the media.",
        "Rebels have taken the town of Dremna, said a military officer, who asked not to be named because the plan is "
        "secret.",
        "A military officer who did not want to give his name for fear of punishment said rebels have taken the town of "
        "Dremna.",
    ],
)
def test_it_is_neither_claimed_nor_a_source(read, text):
    found = read(f"{text}\n\nThe fighting began on Monday.")

    assert found.headline.text.lower() == "rebels have taken the town of dremna"
    assert {name.lower() for name in found.names(found.headline.attribution_ids)} == {"a military officer"}
    source = found.source(
        next(a for a in found.analysis.attributions if a.id in found.headline.attribution_ids).source_id
    )
    assert source.anonymity is not None
    assert source.anonymity.reason is not None
    assert not any("anonym" in c.text or "named" in c.text for c in found.analysis.claims)


def test_a_sentence_that_says_nothing_else_is_no_claim(read):
    found = read(
        f"{DAM}, two managers told the Courier.\n\nThe managers asked not to be named because the plan is secret."
    )

    assert [c.text for c in found.analysis.claims] == [DAM]


def test_a_witness_who_heard_one_thing_and_saw_another_is_heard_on_both(read):
    found = read(
        "A witness who did not want to be named said she had heard shouting and then saw a boy lying on the ground."
    )

    assert found.headline.text == "she had heard shouting and then saw a boy lying on the ground"


# --- why ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("who asked not to be named because the talks are private", "because the talks are private"),
        ("who spoke on condition of anonymity, fearing for his job", "fearing for his job"),
        ("who spoke on condition of anonymity for security reasons", "for security reasons"),
        ("speaking on condition of anonymity to discuss the talks", "to discuss the talks"),
        ("declining to be identified discussing private talks", "discussing private talks"),
        ("who was not authorised to speak publicly", "who was not authorised to speak publicly"),
    ],
)
def test_a_reason_is_kept_as_it_stands(words, why):
    assert reason(f"The dam will be sold, said an official, {words}.") == why


@pytest.mark.parametrize("words", ["as a spokesman for the council", "as well as two clerks"])
def test_as_what_somebody_speaks_is_no_reason(words):
    found = withheld(f"The dam will be sold, said an official, speaking on condition of anonymity, {words}.")

    assert [w.reason for w in found] == [None]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("two managers told the Courier", "The managers asked not to be named because the plan is secret.", "because the plan is secret"),
        ("two members of the board said", "The board members declined to be identified because the plan is secret.", "because the plan is secret"),
        ("a rescue worker said", "He spoke on condition of anonymity because he feared for his job.", "because he feared for his job"),
        ("sources said", "They declined to be identified because the plan is secret.", "because the plan is secret"),
        ("a teacher told the Courier", "She did not want to be named for fear of losing her job.", "for fear of losing her job"),
        ("a former manager said", "The Courier is not naming him because he fears revenge.", "because he fears revenge"),
        ("a diplomat said", "The diplomat, who was not authorised to speak publicly, asked not to be named.", "who was not authorised to speak publicly"),
    ],
)  # fmt: skip
def test_a_sentence_of_its_own_gives_the_reason_of_whoever_spoke_before(read, first, second, why):
    found = read(f"{DAM}, {first}. {second}{MORE}")

    (source,) = [s for s in found.analysis.sources if s.anonymity is not None]
    assert source.anonymity is not None
    assert source.anonymity.reason == why
    assert found.text[slice(*source.anonymity.reason_span)] == why


@pytest.mark.parametrize(
    "text",
    [
        f"{DAM}, an official said. Clara Venning confirmed it. She asked not to be named because she was afraid.",
        f"{DAM}, an official said. The buyers asked not to be named because the price is secret.",
        "An official said that Brellin had paid a clerk who asked not to be named because he feared arrest.",
    ],
)  # fmt: skip
def test_a_reason_of_somebody_else_is_no_source_s(read, text):
    assert [
        s.anonymity.reason for s in read(text).analysis.sources if s.anonymity is not None and s.anonymity.reason
    ] == []


def test_a_reason_that_a_later_mention_gives_is_the_source_s(read):
    found = read(
        f"{DAM}, a security official said. It will be sold in May, the official said, speaking on condition "
        f"of anonymity because he was not allowed to brief the press.{MORE}"
    )

    assert found.source("s1").anonymity is not None
    assert found.source("s1").anonymity.reason == "because he was not allowed to brief the press"


# --- a name that is none ---------------------------------------------------------------------------


def test_whoever_asked_to_be_called_something_has_no_name(read):
    found = read(
        "Checks on the trains at Tarn were faked for years, a former mechanic told the Courier.\n\n"
        "The mechanic, who asked to be called Tom because he fears being sued, said he had signed off brakes that he had "
        "never seen. Tom said the managers knew of it."
    )

    assert [s.kind for s in found.analysis.sources] == [SourceKind.UNNAMED_PERSON]
    (source,) = found.analysis.sources
    assert source.anonymity is not None
    assert source.anonymity.reason == "because he fears being sued"


def test_a_role_that_no_list_knows_is_a_person_where_its_name_is_withheld():
    (source,) = tell("The mechanic, who asked not to be named, said the brakes were worn.").sources.values()

    assert source.kind == SourceKind.UNNAMED_PERSON
    assert source.anonymity is not None
