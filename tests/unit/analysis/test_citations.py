"""Which outlets an article credits, and what only looks like a credit. Real names stand here only as far as the table
of outlets has them: that a common word is no outlet can be shown with no other."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondsource.analysis.citations import citations
from secondsource.model import Citation

PIECES = (
    "according to", "told", "told us", "via", "reported by", "the", "The", "newspaper", "Daily Bugle", "CNN", "Reuters", "Time",
    "People", "The Sun", "Forbes", "Ana Forbes", "and", ",", ".", "\n", "“", "”", "'s", "’s", "said", "reported", "Hill",
    "we have learned", "A.P.", "Bugle.com", "as", "of", " ", "\u00a0", "!",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=300)


def found(text: str) -> list[tuple[str, str]]:
    return [(citation.form, citation.outlet) for citation in citations(text)]


def one(text: str) -> Citation:
    (citation,) = citations(text)
    return citation


# --- the forms of a credit ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lorn told the Daily Bugle that the mill was sold.",
        "Ana Lorn told the Ondresian newspaper Daily Bugle that the mill was sold.",
        "“It is sold,” Ana Lorn said in an interview with the Daily Bugle.",
        "“It is sold,” Ana Lorn said in an interview with a reporter from the Daily Bugle.",
        "Ana Lorn told Petra Haver of the Daily Bugle that the mill was sold.",
        "Ana Lorn stated to Daily Bugle that the mill was sold.",
        "The mill was sold, Ana Lorn wrote in a letter to the Daily Bugle.",
        "“It is sold,” said Lorn to the Daily Bugle.",
        "Speaking on the Daily Bugle, Ana Lorn said the mill was sold.",
        "The mill was sold, says Ana Lorn, writing for the Daily Bugle.",
    ],
)
def test_an_outlet_that_somebody_speaks_to_is_told(text: str) -> None:
    assert found(text) == [("told", "Daily Bugle")]


@pytest.mark.parametrize(
    "text",
    [
        "The mill was sold, according to the Daily Bugle.",
        "According to a report by the Daily Bugle, the mill was sold.",
        "As first reported by the Daily Bugle, the mill was sold.",
        "The sale was independently confirmed by Daily Bugle.",
        "In remarks published on Monday by the Daily Bugle, Lorn called the mill old.",
        "The mill was sold (via the Daily Bugle).",
        "The mill was sold. Source: Daily Bugle",
        "The mill was sold, reported the Daily Bugle.",
        "In an interview published in Monday’s Daily Bugle, Lorn called the mill old.",
        "According to a report on Sunday from the Daily Bugle, the mill was sold.",
        "According to a report Nov. 9 in the Daily Bugle, the mill was sold.",
        "The buyer was profiled in the Daily Bugle.",
        "The story originated with the Daily Bugle.",
        "The sale was first broadcast by the Daily Bugle.",
        "The buyer was named this morning by the Daily Bugle.",
        "The mill was sold. Read the whole story at Daily Bugle.",
        "In this month’s issue of the Daily Bugle, Lorn calls the mill old.",
        "“It is sold.” (via the Daily Bugle)",
    ],
)
def test_an_outlet_that_this_comes_from_is_credited(text: str) -> None:
    assert found(text) == [("credited", "Daily Bugle")]


@pytest.mark.parametrize(
    "text",
    [
        "The Daily Bugle reported on Monday that the mill was sold.",
        "The Daily Bugle also reported that the mill was sold.",
        "The Daily Bugle further reported that the mill was sold.",
        "The Daily Bugle, citing two officials, said the mill was sold.",
        "The Daily Bugle, however, reported that the mill was sold.",
        "The Daily Bugle, a newspaper in Marrenport, mistakenly reported that the mill was sold.",
        "The Daily Bugle’s Ana Lorn said the mill was sold.",
        "The Daily Bugle newspaper noted that the mill was sold.",
        "The Daily Bugle’s Ana Lorn has the scoop: the mill was sold.",
        "The Daily Bugle recently profiled the buyer.",
    ],
)
def test_an_outlet_that_says_so_itself_reports(text: str) -> None:
    assert found(text) == [("reports", "The Daily Bugle")]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The Marrenport-based Daily Bugle reported the sale.", "Daily Bugle"),
        ("A news site, Millwatch.com, says that it is sold.", "Millwatch.com"),
        ("Millwatch.com.br reported the sale.", "Millwatch.com.br"),
        ("The broadcaster Ondrevision reported the sale.", "Ondrevision"),
        ("Ondrevision, a news site in Marrenport, reported the sale.", "Ondrevision"),
        ("Lorn spoke on al-Bugle TV, which reported the sale.", "al-Bugle TV"),
        ("The broadcaster Voice of Ondresia reported the sale.", "Voice of Ondresia"),
        ("State news agency Ondrapress has reported the sale.", "Ondrapress"),
        ("Ana Lorn, a Reuters correspondent, said the mill was sold.", "Reuters"),
        ("A Reuters reporter in Marrenport noted that the mill was sold.", "Reuters"),
        ("The People’s Daily reported the sale.", "The People’s Daily"),
        ("The News 12 station closed; News 12 reported the sale.", "News 12"),
        ("The Times of Ondresia reported the sale.", "The Times of Ondresia"),
        ("Ana Lorn of the Daily Bugle reported the sale.", "Daily Bugle"),
        ("The Cape Post and Courier reported the sale.", "The Cape Post and Courier"),
        ("The mill was sold, according to KVRN-TV.", "KVRN-TV"),
        ("Sold in Marun The Daily Bugle reported the sale.", "The Daily Bugle"),
        ("According to New York magazine, it was sold.", "New York magazine"),
        ("New York magazine reported the sale.", "New York magazine"),
        ("Time magazine reported the sale.", "Time"),
        ("The gossip site Millwatch reported the sale.", "Millwatch"),
        ("The mill was sold. [Reuters]", "Reuters"),
        ("The rumour appears to have been started by TMZ.", "TMZ"),
        ("The false report came from a site called Lantern Live.", "Lantern Live"),
        ("According to MSNBC.website, the mill was sold.", "MSNBC.website"),
        ("According to msnbc.website, the mill was sold.", "msnbc.website"),
        ("The film, Variety has reported, was sold.", "Variety"),
        ("BuzzGate has reported that it was sold.", "BuzzGate"),
        ("The story first reported by TMZ started in Marun.", "TMZ"),
        ("The story in the Daily Mail came from the Press Association.", "Daily Mail"),
        ("According to a new report from 9 to 5 Mac, the mill was sold.", "9 to 5 Mac"),
        ("The mill was sold, the Onion reported.", "Onion"),
        ("The Daily Lantern reported the sale.", "The Daily Lantern"),
    ],
)
def test_the_name_is_neither_cut_nor_lengthened(text: str, outlet: str) -> None:
    assert [citation.outlet for citation in citations(text)] == [outlet]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("He told both CNN and the Daily Bugle that it was sold.", ["CNN", "Daily Bugle"]),
        ("According to Reuters, Interfax and the Daily Bugle, it was sold.", ["Reuters", "Interfax", "Daily Bugle"]),
        ("CNN, Reuters and the Daily Bugle reported the sale.", ["CNN", "Reuters", "Daily Bugle"]),
        ("Sky News and ABC report the sale.", ["Sky News", "ABC"]),
        ("The Daily Bugle and Marun Times reported the sale.", ["The Daily Bugle", "Marun Times"]),
    ],
)
def test_outlets_that_stand_in_one_row_are_all_credited(text: str, outlets: list[str]) -> None:
    assert [citation.outlet for citation in citations(text)] == outlets


def test_who_only_stands_before_the_outlet_that_reports_is_not_credited() -> None:
    assert found("The owner of the Daily Bugle, the Marun Times reported, was shot.") == [("reports", "Marun Times")]


@pytest.mark.parametrize(
    "text",
    ["Ana Lorn told us that the mill was sold.", "We have learned that it is sold.", "Lorn told our correspondent so."],
)
def test_what_the_newsroom_was_told_itself_is_its_own(text: str) -> None:
    citation = one(text)

    assert (citation.form, citation.outlet) == ("own", "")


@pytest.mark.parametrize("text", ["We have learned to live with it.", "The river is our source of water."])
def test_what_a_writer_has_and_knows_is_not_what_the_newsroom_was_told(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["“They told us that the mill was sold,” Ana Lorn said.", "“This tells us that there is ice,” Ana Lorn said."],
)
def test_in_a_quotation_us_is_who_speaks(text: str) -> None:
    assert found(text) == []


# --- what is no outlet ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lorn told reporters that the mill was sold.", "Ana Lorn told the court that the mill was sold.",
        "Ana Lorn told Parliament that the mill was sold.", "Ana Lorn told Congress and the Senate so.",
        "Ana Lorn told Petra Haver that it was sold.", "He told the Bank of Ondresia that it was sold.", "He told the Ministry of Nature that it was sold.",
        "According to Ana Lorn, the mill was sold.", "According to DeLorn, the mill was sold.",
        "According to the Ministry of Mills, it was sold.", "According to ACME lawyers, it was sold.",
        "The quake was first reported by the USGS.", "The WHO’s website said so.", "According to SpaceX, the rocket fell.",
        "Local media reported the sale; state media said so too.", "Media reported that the mill was sold.",
        "Press Secretary Ana Lorn said the mill was sold.", "White House Press Secretary Ana Lorn reported it.",
        "Radio host Ana Lorn said so.", "Online retailer Acme said so.", "Standard Mills reported a loss.",
        "Kim Star said the mill was sold.", "The relief agency Mill Aid said so.", "The terror network Vesk said so.",
        "The newspaper, Ana Lorn said, was sold.", "A Lebanese newspaper reported the sale.",
        "Facebook said it was sold. According to Twitter it was so.", "Marun Star Hotel said it was full.",
        "The Marun Press Club reported a loss.", "ABS-CBN CEO Ana Lorn said it was closed.",
        "A statement on the Millcorp website said it was sold.", "According to Foreign Affairs, it was sold.",
        "Ana Lorn’s blog said it was sold.", "News of the sale came from Millcorp.", "The rumour started in Marun.",
        "It was Ana Lorn who first reported the theft.", "The story was begun by Ana Lorn.", "He likes it. [Laughs]",
        "Sunday Mass was said, he told the Sunday School Board.", "According to Sunday Lorn, it was sold.",
        "The Canada Post website said so.", "The Cass Review website said so.", "The Death Star story said so.",
        "The Marun blog said so.", "A London tabloid said so.", "Millcorp posted a video.", "Profits rose over at Millcorp.",
        "News came from Millcorp.", "The claim comes from People for the Mill.", "Their story began in Radio Days.",
        "It was Oxford University Press that first published it.", "Aid was given to 538 families, 538 said.",
        "According to Beaverton police, it was sold.", "The Bristol Post Office said it was sold.",
        "The Marathon story said so.", "Ana Lorn has a new story.",
    ],
)  # fmt: skip
def test_people_bodies_and_firms_are_no_outlets(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "People reported hearing shots near the mill.", "Time reported by the clock is wrong.", "Today reported losses grew.",
        "Time, she said, will tell.", "In Time, people said, all will be well.", "Sky said the mill was sold.",
        "“People reported it,” Ana Lorn said.", "According to Today’s Figures it is so.", "Metro Police confirmed the sale.",
        "Sun said the mill was sold.", "Hill said the mill was sold.", "Ana Hill told reporters. Hill reported the sale.",
        "Independent Senator Ana Lorn said so.", "Australian Independent Senator Ana Lorn said so.",
        "Economist Ana Lorn said so.", "The Australian said she would retire.", "Nation of Mills said so.",
        "The Guardian Council said so.", "The Times Square Alliance said so.", "He spoke to the Atlantic Council.",
        "According to the Independent Police Commission it is so.", "Time Warner said it was sold.",
        "The results of the Australian National Mill Study published on Monday.",
        "Steve Forbes was there. She told Forbes that it was sold.", "Ana Fox left. Fox said that it was sold.",
        "PTI said that it would march.", "He told the PA that it would end.",
        "He took over at the Guardian last year.", "She filed a suit against Fox News alleging fraud.",
        "Claims of fraud emerged at NBC News.", "His story began at the Daily Mail in 1987.", "He claims he started at CNN.",
        "The Guardian mentioned in the will is his aunt.", "It was Fox who broke the record.", "It is over. [Sky]",
        "It was the Sun that broke through the clouds.", "Forbes posted a photo of his yacht.", "It is closed. [Today]",
        "CNN has a report about its own ratings.", "The Globe offers a look at the stage.", "Word came from Forbes that so.",
        "He told the Guardian Council to 10 cheers.", "The country’s National Report said so.",
        "The Sun has more details on its surface than was thought.", "The Independent has a report on its desk.",
        "The Hill posted a profit.", "Slate posted record sales.", "Over at Mirror Lake, the boats were out.",
        "The Times Square story said that crowds came.", "Reuters Street said so. (Reuters)",
    ],
)  # fmt: skip
def test_a_common_word_or_a_surname_is_no_outlet_only_because_it_has_a_capital(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Ana Lorn told People that the mill was sold.", "People"),
        ("Ana Lorn told Time magazine that the mill was sold.", "Time"),
        ("Police told Metro that the road was closed.", "Metro"),
        ("The mill was sold, according to Sky.", "Sky"),
        ("The mill was sold, TIME reported.", "TIME"),
        ("The mill was sold, as Variety reported.", "Variety"),
        ("The Sun said the mill was sold.", "The Sun"),
        ("The Independent reported that the mill was sold.", "The Independent"),
        ("She told the Observer that the mill was sold.", "Observer"),
        ("The Times said on Monday that the mill was sold.", "The Times"),
        ("Britain’s Sun reported that the mill was sold.", "Sun"),
        ("The mill was sold, according to the UK's Daily Mail.", "Daily Mail"),
        ("The mill was sold, the People's Daily reported.", "People's Daily"),
        ("The Australian reported that the mill was sold.", "The Australian"),
        ("Rates fell, Bloomberg said.", "Bloomberg"),
        ("PTI reported that it would march.", "PTI"),
    ],
)
def test_a_name_that_is_a_common_word_counts_where_something_cites_it(text: str, outlet: str) -> None:
    assert one(text).outlet == outlet


# --- where it stands --------------------------------------------------------------------------------


def test_a_citation_has_the_whole_sentence_around_it() -> None:
    text = "It rained. Mr. Lorn told the Daily Bugle so, and J.R. Haver left. He was late.\nCNN reported it"

    told, reports = citations(text)

    assert text[slice(*told.sentence)] == "Mr. Lorn told the Daily Bugle so, and J.R. Haver left."
    assert text[slice(*reports.sentence)] == "CNN reported it"


def test_the_sentence_of_a_credit_at_the_very_beginning_is_whole() -> None:
    assert one("CNN reported the sale of the mill. It is old.").sentence == (
        0,
        len("CNN reported the sale of the mill."),
    )


def test_a_name_does_not_go_on_in_the_next_line() -> None:
    assert [citation.outlet for citation in citations("Ana Lorn told CNN\nReuters closed its office.")] == ["CNN"]


def test_there_are_no_more_than_sixty_and_they_are_the_first() -> None:
    found = citations("CNN reported it. " * 100)

    assert len(found) == 60
    assert found[-1].span[1] < 60 * len("CNN reported it. ")


@given(TEXTS)
@example("CNN said")
@example("told CNN")
@example("told us")
@example("As CNN reported")
@example("Daily Bugle and CNN and Reuters reported")
def test_every_span_of_any_text_stands_in_its_sentence_and_none_twice(text: str) -> None:
    found = citations(text)

    assert len(found) <= 60
    for citation in found:
        (start, end), (begin, stop) = citation.span, citation.sentence
        assert 0 <= begin <= start < end <= stop <= len(text)
        assert citation.outlet == ("" if citation.form == "own" else text[start:end])
        assert text[begin:stop] == text[begin:stop].strip()
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "According to " * 30_000, "according to the " * 20_000, "told the " * 40_000, "CNN said " * 30_000,
        "told us " * 40_000, "Ana " * 60_000, "ANA" * 100_000, "Ana’s " * 40_000, "Ana" + "’s" * 100_000,
        "A.B." * 60_000, "A." * 120_000 + "x", "A.com.net" * 30_000, "word " * 60_000, "x" * 500_000, '"' * 300_000,
        "told" + " " * 300_000 + "x", "told the" + " " * 300_000, "Ana " + "has " * 70_000, "told a-b c-d e-f Ana " * 12_000,
        "Daily Bugle and " * 15_000, "CNN, " * 50_000 + "and Reuters reported", "Ana Forbes " * 25_000, "news site " * 30_000,
        "Ana, a site of " * 20_000, "said Ana " * 30_000, "told Ana of " * 25_000, "\n" * 300_000, "told\n" * 50_000,
    ],
    ids=lambda text: repr(text[:16]),
)  # fmt: skip
def test_a_long_text_of_any_shape_is_read_in_time(text: str) -> None:
    assert len(citations(text)) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "The Guardian and the Daily Bugle both reported the sale.",
        "Haver was on Thursday named as the buyer by the Guardian and the Daily Bugle.",
        "The buyer, identified as Petra Haver by the Guardian and the Daily Bugle, said nothing.",
    ],
)
def test_outlets_that_report_or_name_together_are_both_credited(text: str) -> None:
    assert [outlet.removeprefix("The ") for _, outlet in found(text)] == ["Guardian", "Daily Bugle"]


def test_who_is_named_as_something_by_a_body_is_credited_to_no_outlet() -> None:
    assert found("Haver was named as the next chairman by the board of Brellin Motors on Friday.") == []


# --- more ways of crediting ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The mill was sold, according to the Ondresian site iNiva.", "iNiva"),
        ("Ondresian website iNiva.de is reporting that the mill was sold.", "iNiva.de"),
        ("A site called MillGate is reporting that the mill was sold.", "MillGate"),
        ("According to millwatch.com, the mill was sold.", "millwatch.com"),
        ("Daily Bugle, which first reported on the sale, has the letter.", "Daily Bugle"),
        ("Lantern Way, which first reported the sale, has the letter.", "Lantern Way"),
        ("The mill was sold, as Petra Haver writes in her Daily Bugle piece.", "Daily Bugle"),
        ("Several reports, including the Daily Bugle, say the mill was sold.", "Daily Bugle"),
        ("The recording was provided to the Daily Bugle by a miller.", "Daily Bugle"),
        ("A miller released that recording to the Daily Bugle.", "Daily Bugle"),
        ("The recording, aired by CNN on Monday, is short.", "CNN"),
        ("“It is sold,” reports the Daily Bugle.", "Daily Bugle"),
        ("Petra Haver, a reporter for the Daily Bugle, saw the letter.", "Daily Bugle"),
        ("The sale is shown by an analysis done by the trade blog Mill Gate.", "Mill Gate"),
        ("The mill was sold, per Reuters’s Clara Venning.", "Reuters"),
        ("The mill was sold, reports KVRN’s Clara Venning.", "KVRN"),
        ("As Reuters points out, the mill was sold.", "Reuters"),
        ("Variety is reporting that the mill was sold.", "Variety"),
    ],
)
def test_an_outlet_is_credited_in_many_more_ways(text: str, outlet: str) -> None:
    assert [found_outlet for _, found_outlet in found(text)] == [outlet]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lorn wrote to the Daily News that the mill was sold.",
        "Ana Lorn told the Daily News that the mill was sold.",
        "Ana Lorn confirmed the sale of the mill to the Daily News.",
        "Ana Lorn has now spoken to the Daily News.",
        "A neighbour tells 8 News NOW that the mill was sold.",
    ],
)
def test_an_outlet_with_a_name_of_common_words_is_told_too(text: str) -> None:
    assert [form for form, _ in found(text)] == ["told"]


@pytest.mark.parametrize(
    "text",
    [
        "The island was discovered by Marsh Haver.",
        "Petra Haver was the first to report the leak.",
        "People are reporting long waits at the mill.",
        "It was given to the town in March.",
        "The recording was given to ExxonMobil.",
        "Ana Lorn wrote to KPMG.",
        "At the crash site Haver said it was sold.",
        "The People’s Protection Units said it was sold.",
        "The Health Ministry, which first reported on the outbreak, said so.",
        "They spoke to local media Tuesday.",
        "In her Sun story it is sold.",
        "According to today’s figures it was sold.",
    ],
)
def test_who_is_named_after_the_same_words_is_not_always_an_outlet(text: str) -> None:
    assert found(text) == []
