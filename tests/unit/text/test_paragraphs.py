"""Paragraphs, and evidence with its context."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.paragraphs import paragraphs, selector, unwrap

texts = st.text(st.one_of(st.sampled_from("\n\r \u2028\u200b\u00a0ab.\U0001f600"), st.characters()), max_size=120)


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@given(texts)
def test_paragraphs_are_in_order_trimmed_and_not_empty(text: str) -> None:
    behind = 0
    for start, end in paragraphs(text):
        assert behind <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        behind = end


@given(texts)
def test_between_paragraphs_there_is_only_what_is_not_seen(text: str) -> None:
    kept = "".join(words_of(text))
    assert sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))


@given(texts)
def test_unwrapping_keeps_the_length(text: str) -> None:
    assert len(unwrap(text)) == len(text)


def test_blank_lines_and_newlines_both_separate_paragraphs() -> None:
    assert words_of("One.\n\n  Two. \r\nThree.\u2028Four.\n \n") == ["One.", "Two.", "Three.", "Four."]


def test_a_line_of_invisible_characters_is_no_paragraph() -> None:
    assert words_of("\ufeffOne.\n\u200b\u00a0\n") == ["One."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hand_wrapped_text_is_separated_by_blank_lines_alone(end: str) -> None:
    lines = [
        "The fire that burned down the old mill on Friday night was set",
        "on purpose, the chief of the fire brigade, Karl Brandt, said on",
        "Sunday at a meeting with the residents of the lower town and its",
        "mayor.",
        "",
        "The owner could not be reached.",
    ]
    found = words_of(end.join(lines))
    assert len(found) == 2
    assert found[0].startswith("The fire") and found[0].endswith("mayor.")


def test_short_paragraphs_that_end_their_sentences_are_not_taken_for_wrapped_text() -> None:
    lines = [f"The captain of the island ferry said so for the {count}th time." for count in range(6)]
    assert words_of("\n".join(lines)) == lines


def test_evidence_holds_the_words_and_32_code_points_around_them() -> None:
    text = "\U0001f600" * 40 + "said" + "x" * 40
    evidence = selector("a1", text, 40, 44, shows="the cue")
    assert evidence.exact == text[evidence.start : evidence.end] == "said"
    assert (evidence.prefix, evidence.suffix) == ("\U0001f600" * 32, "x" * 32)
    assert (evidence.article_id, evidence.shows) == ("a1", "the cue")


@given(texts, st.integers(-2, 130), st.integers(-2, 130))
def test_evidence_is_verbatim_or_refused(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        evidence = selector("a", text, start, end)
        assert evidence.prefix + evidence.exact + evidence.suffix in text
    else:
        with pytest.raises(ValueError, match="no span"):
            selector("a", text, start, end)
