"""Text on which a parser's time would run away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.complexity import too_complex


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" * 100_000, "a word"), ("\ufdfa" * 100_000, "a word"), ("word and " * 20_000, "without the end of a sentence"),
        ('He said. "a" ' * 15_000, "quotation marks"), ("He (a) said. " * 15_000, "brackets"), ("word\n" * 50_000, "lines"),
        ("s" + "\u0301" * 1_000 + "aid", "marks on one letter"), ("\U0001f469\u200d" * 10_000, "a word"),
    ],
)  # fmt: skip
def test_shapes_that_no_newsroom_wrote_are_named(text: str, why: str) -> None:
    assert why in (too_complex(text) or "")


@given(st.text(max_size=50))
def test_short_texts_of_any_kind_are_not_too_complex(text: str) -> None:
    assert too_complex(text) is None


def test_the_longest_article_taken_is_not_too_complex() -> None:
    paragraph = "\u201cThe contract was never put out to tender,\u201d said Anneke Dorr (51), who doesn't chair the board's committee.\n\n"
    assert too_complex(paragraph * (200_000 // len(paragraph))) is None
