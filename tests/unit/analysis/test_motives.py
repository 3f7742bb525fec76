"""Motives that somebody states, and who states them."""

import pytest

from secondsource.analysis import attribution, sources
from secondsource.analysis.actors import actors_of
from secondsource.analysis.motives import motives
from secondsource.analysis.quotes import quotes
from secondsource.language.parse import spacy_parser


def stated(text):
    """Of whom a motive is stated, and by whom: None for the article itself."""
    doc = spacy_parser(text)
    drafts = attribution.draft(doc, quotes(text))
    found = sources.find(doc, drafts, None)
    by_id = {source.id: source for source in found.sources}
    return {(m.holder.canonical, m.by_name) for m in motives(doc, actors_of(doc), drafts, list(found.of_draft), by_id)}


@pytest.mark.parametrize(
    "text",
    [
        "The Front has every incentive to exaggerate the threat.",
        "The Front has every reason to exaggerate the threat.",
        "The Front stands to gain from the embargo.",
        "The Front has an agenda.",
        "The Front has a grudge against the Ridge Army.",
        "The Front has a stake in the outcome.",
        "The Front has a vested interest in the result.",
        "The Front has an axe to grind.",
        "The Front has a conflict of interest.",
        "The Front's claim is self-serving.",
        "The Front is hardly impartial.",
        "The Front was accused of exaggerating the threat.",
    ],
)
def test_a_motive_that_the_article_states_is_found(text):
    assert stated(text) == {("Front", None)}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Helen Brann said the Front has every reason to exaggerate the threat.", "Helen Brann"),
        ("Critics accused the Front of exaggerating the threat.", "Critics"),
        ("The Ridge Army accused the Front of inventing the attack.", "Ridge Army"),
    ],
)
def test_who_states_it_is_named(text, by):
    assert stated(text) == {("Front", by)}


@pytest.mark.parametrize(
    "text",
    [
        "The Front has no incentive to exaggerate.",
        "The Front has little incentive to exaggerate.",
        "The Front has no reason to lie.",
        "The Front does not have an agenda.",
        "The Front may have an agenda.",
        "Does the Front have an agenda?",
        "The Front has reason to hope.",
        "The Front has an interest in birds.",
        "The Front has a stake of 20 percent.",
        "The Front stands to attention.",
        "The Front is not biased.",
        "Critics accused the Front of shelling Marun.",
        "Critics did not accuse the Front of exaggerating the threat.",
    ],
)
def test_what_states_no_motive_is_none(text):
    assert stated(text) == set()
