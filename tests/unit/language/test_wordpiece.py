"""Words keep their offsets; pieces are BERT's; quote states follow the marks."""

import pytest

from secondsource.language.tagger import DATA
from secondsource.language.wordpiece import (
    CASES,
    MOST_PIECES,
    QUOTES,
    WordPiece,
    case_of,
    paragraph_starts,
    quote_states,
    words,
)


@pytest.fixture(scope="module")
def wordpiece() -> WordPiece:
    return WordPiece.read(DATA / "vocab.txt")


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in words(text)]


def test_apostrophes_stay_in_words_and_marks_stand_alone() -> None:
    assert cut("Clinton’s “don't”, al-Qaeda.") == ["Clinton’s", "“", "don't", "”", ",", "al", "-", "Qaeda", "."]


def test_a_word_is_cut_into_the_longest_known_pieces() -> None:
    rows = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "un": 3, "##afford": 4, "##able": 5, "##a": 6}
    assert WordPiece(rows).pieces("Unaffordable") == (3, 4, 5)


def test_an_unknown_word_has_one_piece_and_a_long_one_is_bounded(wordpiece: WordPiece) -> None:
    assert wordpiece.pieces("\U0001f9ff") == (wordpiece.unknown,)
    assert wordpiece.pieces("x" * 5000) == (wordpiece.unknown,)
    assert 1 <= len(wordpiece.pieces("qzx" * 30)) <= MOST_PIECES


def test_accents_case_and_curly_marks_do_not_change_the_pieces(wordpiece: WordPiece) -> None:
    assert wordpiece.pieces("CAFÉ") == wordpiece.pieces("cafe")
    assert wordpiece.pieces("“") == wordpiece.pieces('"')
    assert wordpiece.pieces("Don’t") == wordpiece.pieces("don't")


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("said", "lower"),
        ("Reuters", "title"),
        ("I", "title"),
        ("NATO", "upper"),
        ("McCain", "mixed"),
        ("42", "number"),
        (",", "mark"),
    ],
)
def test_the_case_of_a_word_is_named(word: str, case: str) -> None:
    assert CASES[case_of(word)] == case


def test_quote_states_follow_the_marks_and_a_paragraph_closes_them() -> None:
    text = '“One two” three "four" “five\nsix'
    spans = words(text)
    states = quote_states([text[a:b] for a, b in spans], paragraph_starts(text, spans))
    assert [QUOTES[s] for s in states] == [
        "opens", "inside", "inside", "closes", "outside", "opens", "inside", "closes", "opens", "inside", "outside",
    ]  # fmt: skip
