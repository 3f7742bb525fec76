"""Clean text, and the way back to the original."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondsource.text.normalise import clean

ODD = "\u200b\u200d\u00ad\u202e\u2066\ufeff\ufe0f\x00\ufffe\U000e0041\r\n\u2028\t\u00a0\u2009\u2019\u201c\u0301\ud83d\U0001f600"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=80)


@given(texts)
@example("\u200b")
@example("a\r\n\r\nb")
@example("\U0001f469\u200d\U0001f680 said \u201cno\u201d")
def test_every_stretch_of_clean_text_answers_a_stretch_of_the_original(text: str) -> None:
    cleaned = clean(text)
    for start in range(len(cleaned.text)):
        for end in (start, start + 1, len(cleaned.text)):
            first, last = cleaned.span(start, end)
            assert 0 <= first <= last <= len(text)
            assert (last > first) == (end > start)


@given(texts)
def test_a_mapped_stretch_cleans_to_the_same_words(text: str) -> None:
    cleaned = clean(text)
    for start in range(len(cleaned.text)):
        first, last = cleaned.span(start, start + 1)
        assert clean(text[first:last]).text in (cleaned.text[start], "\n")


@given(texts)
def test_clean_text_can_be_encoded_and_holds_nothing_invisible(text: str) -> None:
    cleaned = clean(text).text
    cleaned.encode("utf-8")
    assert not set(cleaned) & set("\u200b\u200d\u00ad\u202e\u2066\ufeff\x00\ufffe\r\u2028\t\u00a0\U000e0041")


@given(texts)
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_a_verb_hidden_by_zero_width_characters_is_the_plain_verb_and_maps_back() -> None:
    text = "He s\u200bai\u00add so."
    cleaned = clean(text)
    assert cleaned.text == "He said so."
    start, end = cleaned.span(3, 7)
    assert text[start:end] == "s\u200bai\u00add"


def test_tag_characters_and_bidi_controls_are_taken_out_and_overrides_reported() -> None:
    cleaned = clean("said \u202eKeel\u202c\U000e0061")
    assert cleaned.text == "said Keel"
    assert cleaned.bidi_override
    assert not clean("said \u2067Keel\u2069").bidi_override


def test_line_ends_become_one_newline_each() -> None:
    assert clean("a\r\nb\rc\u2028d\x0be").text == "a\nb\nc\nd\ne"


def test_the_end_of_a_line_is_not_part_of_the_stretch_before_it() -> None:
    text = "one\r\ntwo"
    assert clean(text).spans([(0, 3), (4, 7)]) == ((0, 3), (5, 8))


def test_unicode_spaces_become_plain_ones_one_to_one() -> None:
    text = "4\u00a0000\u2009km\u3000on"
    assert clean(text).text == "4 000 km on"


def test_apostrophes_become_straight_and_quotation_marks_keep_their_direction() -> None:
    assert clean("it\u2019s \u201cso\u201d \u00abso\u00bb \u201eso\u201c \u2018so").text == (
        "it's \u201cso\u201d \u00abso\u00bb \u201eso\u201c \u2018so"
    )


def test_windows_1252_quotes_read_as_latin_1_are_quotes() -> None:
    assert clean("\x93No,\x94 she said. It\x92s late\x85").text == "\u201cNo,\u201d she said. It's late\u2026"


def test_combining_marks_stay_and_nothing_expands() -> None:
    assert clean("Ane\u0301 \ufdfa \ufb01ne").text == "Ane\u0301 \ufdfa \ufb01ne"
    assert len(clean("\ufdfa" * 1000).text) == 1000


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean("a\ud800b").text == "a\ufffdb"


def test_text_wrapped_by_hand_flows_within_its_paragraphs() -> None:
    wrapped = (
        "The harbour master of Veldt was suspended on Monday after an\n"
        "audit found that a dredging contract had gone to a firm in\n"
        "which his wife holds shares, two members of the harbour\n"
        "board said.\n\n"
        "He denied it.\n"
    )
    cleaned = clean(wrapped)
    assert "after an audit found" in cleaned.text
    assert "board said.\n\nHe denied it." in cleaned.text
    assert len(cleaned.text) == len(wrapped)


@pytest.mark.parametrize("span", [(-1, 2), (2, 1), (0, 99)])
def test_a_span_outside_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not within"):
        clean("short").span(*span)
