"""Plain text: taken as it is, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import TooLarge, UnprocessableInput
from secondsource.text.limits import MAX_TEXT_CHARS
from secondsource.text.plain import accept


@given(st.text(max_size=200))
def test_text_is_kept_exactly_as_it_is(text: str) -> None:
    assert accept(text).text == text


@given(st.text(st.characters(categories=["Cs"]), min_size=1, max_size=3), st.text(max_size=20))
def test_half_a_surrogate_pair_is_refused(lone: str, rest: str) -> None:
    with pytest.raises(UnprocessableInput, match="character"):
        accept(rest + lone + rest)


def test_the_limit_counts_characters_and_not_bytes() -> None:
    assert len(accept("\u20ac" * MAX_TEXT_CHARS).text) == MAX_TEXT_CHARS
    with pytest.raises(TooLarge, match="200,000 characters"):
        accept("a" * (MAX_TEXT_CHARS + 1))
