"""Words are cut as BERT's own tokeniser cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.language.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mill's closed.", ["the", "mill", "'", "s", "closed", "."]),
        ("CAFÉ Zürich", ["cafe", "zurich"]),
        ("東京 in Japan", ["東", "京", "in", "japan"]),
        ("かわ", ["かわ"]),
        ("“€5+2”", ["“", "€5", "+", "2", "”"]),
        ("soft\u00adhyphen zero\u200bwidth nul\x00", ["softhyphen", "zerowidth", "nul"]),
        ("no\u00a0break\u2003space\tand\nline", ["no", "break", "space", "and", "line"]),
        ("ΣΊΣΥΦΟΣ", ["σισυφοσ"]),
        ("\ud800broken", ["broken"]),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_lower_plain_words_and_marks(text: str, words: list[str]) -> None:
    assert plain_words(text) == words


def test_a_hangul_syllable_is_taken_apart_into_its_letters() -> None:
    assert plain_words("한") == ["\u1112\u1161\u11ab"]


def test_a_word_longer_than_any_is_still_one_word() -> None:
    assert plain_words("x" * 100_000) == ["x" * 100_000]


@given(st.text())
def test_no_word_is_empty_or_holds_a_space(text: str) -> None:
    assert all(word and not any(c in " \t\r\n" for c in word) for word in plain_words(text))
