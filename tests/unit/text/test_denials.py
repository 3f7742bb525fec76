"""What says of something else that it is not so."""

import pytest

from secondsource.text.denials import ASIDE, CALLS_FALSE, GOES_AGAINST, NEGATES, SAYS_FALSE, TURNS_AGAINST


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


@pytest.mark.parametrize(
    "sentence",
    [
        "Reports that the hiker has been found are wrong, the police in Tarn said.",
        "A letter that says so is a forgery, the city said.",
        "The photo was almost certainly doctored.",
        "The claims are entirely without merit and the story is completely made up.",
        "It’s nonsense that the mill will close.",
        "A false rumour about the dam has been going round in Varn.",
        "Fake news story has Marun moving its zoo.",
        "Death hoax: singer is alive.",
        "A website hoaxed half of Brellin.",
        "There is no truth to it.",
        "The rumour is not true, says the rector.",
        "The tale of the eleven babies has been debunked.",
        "The Lantern retracted its story.",
        "That report, however, is false.",
        "The rumoured theft of the tram was a false alarm.",
        "The photo is an obvious fake, but the mill could earn a fortune with it.",
        "It is, of course, completely made up.",
        "The clip appears to be doctored.",
        "The story was written by a satirical website.",
        "The bridge was not, contrary to some reports, closed on Monday.",
        "A story that the mill of Varn, the oldest of the valley, will close is fake.",
    ],
)
def test_a_sentence_says_of_what_others_tell_that_it_is_false(sentence):
    assert SAYS_FALSE.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was wrong to arm the Jorrel Front, the premier said.",
        "A new film of the meal was put out amid claims it is a fake.",
        "Many will ask of the picture whether it is a fake.",
        "No part of the story was made up, he insists.",
        "A doctor in Sellin was a fake.",
        "The threat was a hoax, police told the Record.",
        "The stadium has a retractable roof.",
        "He forged a career out of lies.",
        "She had been hired to start a satirical website.",
        "Some viewers dismissed it as a hoax.",
        "The bell in the tower appears to be the oldest of the valley.",
        "Cars stopped when the alarm went off.",
        "Brellin Bank opened fake accounts in its customers' names.",
        "He was jailed for a hoax bomb call.",
        "She got the post with forged letters.",
        "Brellin Foods retracted its offer for Corda Mills.",
        "A journal has retracted a study of the vaccine.",
        "The nose wheel had retracted.",
        "Officers later said the gun was not real.",
        "He had not shown genuine remorse.",
        "The airport was cleared after a false alarm.",
        "Parliament passed a law against fake news.",
    ],
)
def test_a_sentence_of_something_else_that_is_false_or_may_be_says_of_no_report_that_it_is(sentence):
    assert not SAYS_FALSE.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Orbel denies talks to buy Lumra",
        "The president denied that he had fled.",
        "The ministry has rejected a report that boys will be called up.",
        "Two historians have questioned whether the painting is his.",
        "Scientists doubt that the film shows a monster.",
        "Historians do not believe that the tooth was the king's.",
        "There is no evidence that the water heals, doctors say.",
        "The police have found nothing to suggest that children were given blades.",
        "Tarn United called the talk of a move complete nonsense.",
        "A new test casts doubt on reports of the find.",
        "Analysts doubt pact between militias",
        "Two geologists have raised doubts about whether it was a meteorite.",
        "Reports of a pact should be read with caution, two experts said.",
        "The minister shot down rumours that the mill will close.",
        "Marun flatly denied on Monday a claim that the zoo will close.",
        "There was no sign on Friday that the reports were true.",
        "Doctors are sceptical of the claims.",
    ],
)
def test_a_first_sentence_turns_against_what_is_told(sentence):
    assert TURNS_AGAINST.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The judge denied him bail on Monday.",
        "She neither confirmed nor denied the report.",
        "The court rejected the claim for damages.",
        "He could not deny it.",
        "There is no doubt that the dam broke.",
        "She called the mayor at home.",
        "The judge dismissed the charges.",
        "There is no sign of the missing ferry.",
        "Doubts over the fate of the hostages grew.",
        "Counter staff reported the theft on Monday.",
        "Gunmen shot down a helicopter over Varn.",
        "Drivers should treat the wet road with caution.",
        "Police questioned the driver of a van after a woman was killed.",
        "A pay dispute that grounded 200 flights ended on Friday.",
        "A man was stabbed in a dispute involving a parking space.",
        "The bank raised rates to counter rising prices.",
        "The officer was dismissed following a hearing.",
        "Passengers were denied boarding at Marun.",
        "Corda has rejected building a second airport.",
        "Councillors rejected plans for 200 homes.",
        "A judge dismissed claims against Brellin Foods.",
        "The knee casts doubt on Lund's place in the team.",
        "The plan was met with scepticism by residents.",
        "She could not believe it when the numbers came up.",
        "A candidate called the result a lie.",
        "There is no evidence of arson, the fire brigade said.",
        "The nurse denied murdering four patients.",
    ],
)
def test_a_first_sentence_in_which_nobody_goes_against_a_story_does_not(sentence):
    assert not TURNS_AGAINST.search(sentence)


def test_what_follows_a_concession_is_aside():
    assert (
        ASIDE.split("Fighters crossed the border, though an official denied it.")[0] == "Fighters crossed the border, "
    )


@pytest.mark.parametrize(
    ("sentence", "negates"),
    [
        ("The zoo is not closing.", True),
        ("The mill doesn’t close.", True),
        ("Nobody is selling it.", True),
        ("Not only the mill will close.", False),
        ("The knot held.", False),
    ],
)
def test_a_sentence_negates_what_comes_next(sentence, negates):
    assert (NEGATES.search(sentence) is not None) is negates
