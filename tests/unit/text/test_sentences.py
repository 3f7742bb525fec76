"""Where sentences begin and end, by their marks alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.text.sentences import sentences

TEXTS = st.text(max_size=300) | st.text(alphabet="aB .!?\n\"'”’)( \u00a0\u2028,MrNoUS.4", max_size=300)


def read(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_a_sentence_ends_with_its_mark_and_the_quotation_marks_behind_it() -> None:
    assert read("“The mill at Varn is sold.” Who has bought it then? Nobody would say so! It stands empty now") == [
        "“The mill at Varn is sold.”",
        "Who has bought it then?",
        "Nobody would say so!",
        "It stands empty now",
    ]


def test_a_line_ends_a_sentence_and_headings_are_left_out() -> None:
    assert read("Mill sold\n\nThe mill at Varn is sold\n  It stands empty for now. \n") == [
        "The mill at Varn is sold",
        "It stands empty for now.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor A. Lorn said that Mr. Ravik and Dr. Venning had left.",
        "The U.S. envoy met J.R. Haver at 5 p.m. on Monday.",
        "It was sold for $3.5 million, see page No. 4 of the report.",
        "It was sold on Sept. 4 to a private firm.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert read(f"{sentence} It stands empty for now.") == [sentence, "It stands empty for now."]


def test_no_is_an_answer_where_no_number_follows() -> None:
    assert read("His answer to her was No. It was the last word.") == [
        "His answer to her was No.",
        "It was the last word.",
    ]


@pytest.mark.parametrize("space", ["", " ", "  \n", "\n", " \nIt stands empty for now."])
def test_an_abbreviation_at_the_end_of_a_line_ends_its_sentence_all_the_same(space: str) -> None:
    assert read(f"The mill closed at 5 p.m.{space}")[0] == "The mill closed at 5 p.m."


@given(TEXTS)
def test_sentences_of_any_text_are_disjoint_in_order_trimmed_and_of_one_line(text: str) -> None:
    found = sentences(text)
    assert found == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        assert len(text[start:end].split()) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000, "x" * 1_000_000, '"' * 300_000, ".”" * 300_000, "." * 300_000, "Mr. " * 200_000,
        "A." * 300_000, "Mr." + " " * 500_000, ("Mr." + " " * 50) * 10_000, "He went. " * 100_000, "word\n" * 100_000,
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_a_long_text_of_any_shape_is_read_in_time(text: str) -> None:
    assert len(sentences(text)) <= len(text)
