"""What says of something else that it is not so."""

import pytest

from secondsource.text.denials import CALLS_FALSE, GOES_AGAINST


@pytest.mark.parametrize("said", ["That is not true", "The claims are simply false", "It’s nonsense"])
def test_a_statement_that_another_one_is_not_so_calls_it_false(said):
    assert CALLS_FALSE.match(said)


@pytest.mark.parametrize("said", ["The mill is true to its name", "That was the last of the falsehoods"])
def test_a_statement_of_something_else_calls_nothing_false(said):
    assert not CALLS_FALSE.match(said)


@pytest.mark.parametrize(
    "sentence",
    [
        "Her agent denied the rumour to the Courier.",
        "The council declined to comment.",
        "The Lantern later retracted its report.",
        "The photograph was debunked as a hoax.",
        "She dismissed those reports as gossip.",
        "The ministry rejects the allegations.",
        "He denies having met them, he told the Record.",
        "It has yet to be confirmed by the council.",
        "The council can't confirm it.",
        "The army could not confirm the capture.",
        "The report has not been verified, the Courier said.",
        "There is no truth in it, she told the Record.",
        "The ministry denied reports that the bridge fell.",
        "He denied he had met them, he told the Record.",
        "She denies wrongdoing.",
        "The council issued a denial.",
        "The report could not be independently verified.",
        "The army has not yet confirmed it: it has not yet been confirmed.",
    ],
)
def test_a_sentence_with_a_denial_in_it_goes_against_a_story(sentence):
    assert GOES_AGAINST.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "An official who declined to be named told the Courier of the pact.",
        "The army confirmed the capture, the Record reported.",
        "The deniers of the plague had all left Varn.",
        "Nobody has denounced the pact so far.",
        "The judge denied him bail on Monday, the Lantern reported.",
        "They were denied boarding.",
        "The stadium has a retractable roof, the Lantern reported.",
        "There is no denying that the dam broke.",
        "He could not deny it, the Record reported.",
        "She declined to give her name.",
        "A judge dismissed the charges against Strand, the Lantern reported.",
        "The court rejected the claim for damages.",
        "His request was denied by the judge.",
        "They were denied all medical care.",
        "He cannot deny it, he told the Record.",
        "She neither confirmed nor denied the report.",
        "An aide, who declined to be further identified, told the Courier.",
        "The threat was a hoax, police told the Record.",
    ],
)
def test_other_sentences_do_not(sentence):
    assert not GOES_AGAINST.search(sentence)
