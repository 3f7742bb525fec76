"""The channel through which words came, when the text says so."""

import pytest

from tests.unit.analysis.reading import read


def via(text):
    """The channel of the first attribution, checked against its span."""
    found = read(text).analysis.attributions[0]
    if found.via is None:
        assert found.via_span is None
    else:
        assert found.via_span is not None
        assert text[slice(*found.via_span)] == found.via
    return found.via


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Clara Venning told Reuters the dam was unsafe.", "Reuters"),
        ("Clara Venning told The Times that the dam was unsafe.", "Times"),
        ("“The dam is unsafe,” Clara Venning wrote on Twitter.", "Twitter"),
        ("A diplomat, quoted by the Balkan Press Agency, said the dam was unsafe.", "Balkan Press Agency"),
        ("“The dam is unsafe,” a sergeant told the broadcaster Kanal Nord by telephone.", "Kanal Nord"),
        ("The newspaper Zori quoted an official as saying that the dam was unsafe.", "Zori"),
        (
            "“The dam is unsafe,” said a lieutenant, who spoke to Continental News Service on condition of anonymity.",
            "Continental News Service",
        ),
    ],
)
def test_who_was_told_who_quotes_it_and_where_it_was_posted_is_the_channel(text, channel):
    assert via(text) == channel


@pytest.mark.parametrize(
    "text",
    [
        "Clara Venning told the Daily Sentinel that the dam was unsafe.",
        "Clara Venning said in an interview with the Daily Sentinel that the dam was unsafe.",
        "The mayor was quoted by the Daily Sentinel as saying the dam was safe.",
    ],
)
def test_a_newspaper_with_its_article_is_the_channel(text):
    assert via(text) == "Daily Sentinel"


@pytest.mark.parametrize(
    "text",
    [
        "Clara Venning told the council that the dam was unsafe.",
        "Clara Venning said on Monday that the dam was unsafe.",
        "Clara Venning said Reuters had lied about the dam.",
        "The dam is unsafe, Reuters reported.",
    ],
)
def test_those_told_about_and_those_who_report_are_no_channel(text):
    assert via(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "A diplomat said the Daily Sentinel had told Reuters that the dam was unsafe.",
        "The mayor said the dam was unsafe, hours after Ana Lorn told the broadcaster Kanal Nord that it leaked.",
        "The mayor said the dam was unsafe: Ana Lorn told the broadcaster Kanal Nord that it leaked.",
        "The mayor, who once told CNN that he was ill, said the dam was unsafe.",
        "The mayor, who never told the broadcaster Kanal Nord anything, said the dam was unsafe.",
        "An official said the dam was unsafe! A mayor told the broadcaster Kanal Nord that it held.",
        "The newspaper Zori quoted nobody. An official said that the dam was unsafe.",
    ],
)
def test_an_outlet_that_somebody_else_told_or_at_another_time_is_no_channel(text):
    said = [a for a in read(text).analysis.attributions if a.cue and text[slice(*a.cue[0])] == "said"]

    assert [a.via for a in said] == [None]
