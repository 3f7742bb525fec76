"""Which articles of a claim say that it is not so."""

import pytest

from secondsource.corpus.denying import denials, denies, settled
from secondsource.model import Denial, Facts, Statement
from tests.unit.corpus.reports import person, report

CLOSES = "The zoo of Marun will close for good in autumn"
FORGED = "A letter that says the zoo of Marun will close is a forgery."
FIGURES = "Some 300 animals live there. Elephants came in May. Entry is free."


def told(name, says=CLOSES, *denied, **changes):
    """A headline claim of an article whose title and lead deny something."""
    source = person(f"{name} Strand")
    found = report(name, source, says=says).model_copy(update={"title": None})
    return found.model_copy(update={"denials": tuple(denied), **changes})


REPORT, OTHER = told("Courier"), told("Record", "Marun is to close its zoo in October")
DEBUNK = told(
    "Tribune", "The crest on the letter is nine years old", Denial(text=FORGED, outright="letter is a forgery")
)
PLAIN = told("Lantern", "The animals are well", Denial(text="The zoo of Marun is not closing."))


def reporting(*occurrences):
    return [o.publisher for o in settled(occurrences) if o.reporting]


@pytest.mark.parametrize("debunk", [DEBUNK, PLAIN], ids=["calls it false", "says that it is not so"])
def test_an_article_that_denies_what_the_others_claim_disputes_it_in_whatever_order(debunk):
    assert reporting(REPORT, OTHER, debunk) == ["Courier", "Record"]
    assert reporting(debunk, REPORT) == ["Courier"]


def test_who_says_so_disputes_it_and_nobody_carries_it_there():
    speaker = DEBUNK.attributions[0]
    found = settled([REPORT, DEBUNK.model_copy(update={"denied_by": (speaker,)})])

    assert [found[1].attributions, found[1].disputes] == [(), (speaker,)]
    assert found[0] == REPORT


def test_where_all_deny_it_that_is_what_they_report():
    assert reporting(DEBUNK, PLAIN) == ["Tribune", "Lantern"]
    assert settled([DEBUNK]) == (DEBUNK,)


@pytest.mark.parametrize(
    "aside",
    [
        told("Lantern", CLOSES, Denial(text="Nobody has been hurt.")),
        told("Lantern", CLOSES, Denial(text="Ferries never close their ramps to horses in stormy weather.")),
        told("Lantern", CLOSES, Denial(text="The zoo of Marun has no elephants left for visitors in autumn.")),
        told(
            "Lantern",
            CLOSES,
            Denial(text="A video of dancing bears is a fake.", outright="video of dancing bears is a fake"),
        ),
        told("Lantern", "The animals are well", Denial(text="The zoo of Marun is not closing."), headline=False),
    ],
    ids=[
        "of something else",
        "the same word of something else",
        "another word denied",
        "another story",
        "no headline claim",
    ],
)
def test_a_denial_of_something_else_is_none_of_the_claim(aside):
    assert reporting(REPORT, aside) == ["Courier", "Lantern"]


def test_what_the_others_say_is_not_so_either_is_denied_by_none_of_them():
    stays = told("Courier", "The zoo of Marun will not close for good", facts=Facts(negated=True))
    also = told("Record", "The zoo of Marun will not close for good", Denial(text="The zoo of Marun will not close."))

    assert reporting(stays, PLAIN) == ["Courier", "Lantern"]
    assert reporting(also, PLAIN) == ["Record", "Lantern"]


def test_what_the_claim_itself_calls_false_is_not_denied_by_who_does():
    exposed = told("Courier", "A false letter about the zoo of Marun cost the director her post")
    forged = told(
        "Lantern", "The director has to go", Denial(text="A false letter about the zoo.", outright="false letter")
    )

    assert reporting(exposed, forged) == ["Courier", "Lantern"]


def test_what_is_said_to_be_called_false_has_to_be_in_the_story():
    train = told("Courier", "A train ran into a herd of cows near Ilm and nine of them died")
    aside, of_it = (
        told("Lantern", "Nine cows died near Ilm", Denial(text=f"Nine cows died near Ilm. {says}.", outright=says))
        for says in ("reports that the train had left the rails were wrong", "reports that nine cows died were wrong")
    )

    assert reporting(train, aside) == ["Courier", "Lantern"]
    assert reporting(train, of_it) == ["Courier"]


def test_a_claim_whose_story_is_of_a_false_report_is_not_denied_by_who_tells_of_that_too():
    false = "false report"
    fired = told("Courier", "The anchor Lew Astor has to go").model_copy(
        update={"passages": (told("Courier").quotes["a1:content"].model_copy(update={"exact": f"It was a {false}."}),)}
    )
    also = told(
        "Lantern", "Anchor Lew Astor has to go", Denial(text=f"Anchor Lew Astor made a {false}.", outright=false)
    )

    assert reporting(fired, also) == ["Courier", "Lantern"]


def test_one_of_many_claims_denied_makes_no_dispute():
    others = [told(name, f"Marun sells {what}") for name, what in (("Record", "trams"), ("Globe", "ferries"))]

    assert reporting(REPORT, *others, PLAIN) == ["Courier", "Record", "Globe", "Lantern"]


def test_who_disputes_already_or_carries_the_opposite_is_left_as_it_is():
    turned = told("Globe", CLOSES, Denial(text="The zoo of Marun is not closing."), reporting=False)
    opposite = told("Star", CLOSES, opposes=Statement(text="x", facts=Facts()), reporting=False)

    assert settled([REPORT, turned, opposite]) == (REPORT, turned, opposite)


# --- what title and lead deny ------------------------------------------------------------------------


def texts(title, text):
    return [(denial.text, denial.outright) for denial, _ in denials(title, text)]


def test_title_and_four_sentences_are_read_for_what_calls_a_story_false():
    false = "The letter is a forgery."
    more = "Lions have lived there for years. Some came from Varn."

    rumoured = "There is a letter online that worries many."

    assert texts(None, f"{false} {FIGURES}") == [(false, "letter is a forgery")]
    assert texts("The letter is a forgery", FIGURES) == [("The letter is a forgery", "letter is a forgery")]
    assert texts(None, f"{rumoured} Elephants came in May. {false}")[0][1] == "letter is a forgery"
    assert texts("Zoo stays", f"Marun keeps its old zoo\n\n{rumoured} {false}")[0][1] == "letter is a forgery"
    assert texts(None, f"{rumoured} {FIGURES} {more} {false}") == []


ACCUSED = "Mayor Piet Raske took cash from a builder in 2019, his former driver said."
ANSWERS = "Raske said that the claims were false."


def test_who_answers_what_a_report_tells_turns_it_against_nothing():
    cue = ANSWERS.index("said") + len(ACCUSED) + 1
    said = ((cue, cue + 4),)
    online = "A story that mayor Piet Raske took cash from a builder is going round on the internet."
    reported = "The Lantern reported that mayor Piet Raske took cash from a builder."

    assert denials(None, f"{ACCUSED} {ANSWERS}", said) == []
    assert denials(None, f"{ACCUSED} {ANSWERS}") == []
    assert len(denials(None, f"{online} {ANSWERS}", said)) == 1
    cue = ANSWERS.index("said") + len(reported) + 1
    assert denials(None, f"{reported} {ANSWERS}", ((cue, cue + 4),)) == []
    assert len(denials(None, f"{reported} The claims are false.")) == 1


def test_news_of_what_is_false_turns_against_nothing():
    assert texts("Bank fined for false claims", "A bank was fined for false claims of its staff.") == []
    assert texts(None, "The nurse denied killing four patients as her trial began in Marun.") == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Claim: the zoo closes",
            "Posts say that the zoo of Marun closes.\n\nVerdict: False\n\nThe city knows of nothing.",
        ),
        ("Claim: the zoo closes", "Posts say that the zoo of Marun closes.\n\nFALSE\n\nThe city knows of nothing."),
        ("FALSE: the zoo of Marun closes", "The zoo of Marun stays where it is."),
    ],
)
def test_the_verdict_of_those_who_check_facts_is_read(title, text):
    assert [outright is not None for _, outright in texts(title, text)] == [True]


def test_what_is_called_false_is_what_was_told_until_then():
    told_first, false = "Some letter came up online in Marun.", "But it is a forgery, the city said."

    assert texts("Letter", f"{told_first} {false} {FIGURES}") == [(f"Letter {told_first} {false}", "it is a forgery")]


def test_who_denies_it_is_read_of_in_title_and_first_sentence_alone():
    denied = "Marun denied that the zoo will close."

    assert texts(None, f"{denied} {FIGURES}") == [(denied, "denied that")]
    assert texts("Zoo row", f"{denied} {FIGURES}") == [(f"Zoo row {denied}", "denied that")]
    assert texts(None, f"Parents fear for the zoo. {denied}") == []
    assert texts(None, f"{FIGURES} The zoo will not close for good.") == []
    assert texts(None, f"The zoo of Marun will close, though a spokesman denied it. {FIGURES}") == []


def test_a_plain_no_is_none_in_a_question():
    assert texts("No zoo in Marun any more?", FIGURES) == []
    assert texts("No zoo in Marun any more", FIGURES) == [("No zoo in Marun any more", None)]


def test_the_place_of_a_sentence_is_that_in_the_text():
    text = f"Marun keeps its zoo\n\n{FORGED} {FIGURES}"

    (title, nowhere), (forged, (start, end)) = denials("The zoo is not closing", text)

    assert (title.text, nowhere) == ("The zoo is not closing", None)
    assert text[start:end] == FORGED
    assert forged.text.endswith(FORGED)


def test_nothing_is_denied_in_no_text():
    assert denials(None, "") == denials("", "“” “” “” “”") == []


def test_the_part_of_a_sentence_that_denies_holds_its_words():
    outright, plain = Denial(text=FORGED, outright="is a forgery"), Denial(text="The zoo is not closing.")

    assert [denies(outright, part) for part in (FORGED, "A letter")] == [True, False]
    assert [denies(plain, part) for part in ("is not closing", "The zoo")] == [True, False]
