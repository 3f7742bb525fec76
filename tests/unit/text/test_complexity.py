"""Text on which a parser's time would run away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.complexity import too_complex, too_long


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" * 100_000, "a word"), ("\ufdfa" * 100_000, "a word"), ("word and " * 20_000, "without the end of a sentence"),
        ('He said. "a" ' * 15_000, "quotation marks"), ("He (a) said. " * 15_000, "brackets"), ("word\n" * 50_000, "lines"),
        ("He said 3.5 and " * 400, "without the end of a sentence"), ("he said \u201cso\u201d 1.5" * 200, "without the end of a sentence"),
        ("Mr. " * 50_000, "without the end of a sentence"), ("A. B. " * 20_000, "without the end of a sentence"),
        ("Mr. Strand " * 9_000, "without the end of a sentence"), ("Corda Ltd. vs. " * 9_000, "without the end of a sentence"),
        ("s" + "\u0301" * 1_000 + "aid", "marks on one letter"), ("\U0001f469\u200d" * 10_000, "a word"),
    ],
)  # fmt: skip
def test_shapes_that_no_newsroom_wrote_are_named(text: str, why: str) -> None:
    assert why in (too_complex(text) or "")


def test_a_sentence_ends_with_its_mark_whatever_stands_around_it() -> None:
    for end in (". ", "! ", "? ", "\u2026 ", ".\u201d ", ".) ", ".", ".\u201c", "\n"):
        assert too_complex(f"He said so{end}" * 1_000) is None


def test_abbreviations_within_sentences_make_none_too_long() -> None:
    for said in ("Mr. J. R. Strand of Corda Inc. met Dr. Marsh. ", "It is vitamin C. He met Mr. Oake on Oct. 3. "):
        assert too_complex(said * 1_000) is None


def test_sentences_of_more_words_than_anybody_writes_are_named() -> None:
    assert too_long([5, 801, 5]) == "it has a sentence of more than 800 words"
    assert too_long([800]) is None
    assert too_long([]) is None


@given(st.text(max_size=50))
def test_short_texts_of_any_kind_are_not_too_complex(text: str) -> None:
    assert too_complex(text) is None


def test_the_longest_article_taken_is_not_too_complex() -> None:
    paragraph = "\u201cThe contract was never put out to tender,\u201d said Anneke Dorr (51), who doesn't chair the board's committee.\n\n"
    assert too_complex(paragraph * (200_000 // len(paragraph))) is None
