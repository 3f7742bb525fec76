"""The parser: whole sentences at exact offsets, and none that crosses a line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.language.parse import spacy_parser

PIECES = st.sampled_from(
    [
        "Bridge closed",
        "The mayor left. ",
        "“Stay,” she said. ",
        "\n",
        "\r\n\r\n",
        "  ",
        "😀",
        "e\u0301",
        "\u200b",
        "\u202e",
        ".",
    ]
)


def sentences(text):
    return [sent.text.strip() for sent in spacy_parser(text).sents if sent.text.strip()]


def test_a_heading_is_not_glued_to_the_sentence_below():
    assert sentences("Bridge closed after storm\n\nThe bridge is closed.\nIt is old.") == [
        "Bridge closed after storm",
        "The bridge is closed.",
        "It is old.",
    ]


def test_sentences_of_one_line_are_told_apart():
    assert sentences("The bridge is closed. The ferry runs every hour.") == [
        "The bridge is closed.",
        "The ferry runs every hour.",
    ]


def test_words_have_parts_of_speech_heads_and_lemmas():
    doc = spacy_parser("The engineers closed the bridge.")
    closed = doc[2]

    assert (closed.pos_, closed.lemma_, closed.dep_) == ("VERB", "close", "ROOT")
    assert [(child.text, child.dep_) for child in closed.children if child.dep_ != "punct"] == [
        ("engineers", "nsubj"),
        ("bridge", "dobj"),
    ]


def test_names_of_persons_are_found():
    doc = spacy_parser("Clara Venning, the county engineer, closed the bridge.")

    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Clara Venning", "PERSON")]


def test_an_empty_text_has_no_tokens():
    assert len(spacy_parser("")) == 0


@pytest.mark.parametrize("text", ["\n\n\n", " ", "\r\n", "\u200b", "😀😀"])
def test_a_text_without_words_is_parsed(text):
    assert spacy_parser(text).text == text


def test_a_text_as_long_as_any_that_is_accepted_is_not_too_long():
    from secondsource.language.parse import _load

    assert _load().max_length >= 200_000


@settings(max_examples=25)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_every_token_stands_at_its_offset_and_no_sentence_crosses_a_line(text):
    doc = spacy_parser(text)

    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
    for sent in doc.sents:
        assert "\n" not in sent.text.strip()
