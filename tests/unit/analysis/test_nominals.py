"""Where the author of a noun ends whose that-clause follows it."""

import pytest

from secondsource.analysis import nominals


@pytest.mark.parametrize(
    ("before", "author"),
    [
        ("Brellin that ", "Brellin"),
        ("Brellin,\n , that\n", "Brellin"),
        ("Brellin that", "Brellin"),
        ("Brellin (that ", "Brellin ("),
        ("that ", ""),
        ("Brellin, ", "Brellin, "),
        ("Brellin Mathat ", "Brellin Mathat "),
        ("Brellin _that", "Brellin _that"),
        ("", ""),
    ],
)
def test_an_author_ends_before_the_word_that_and_the_commas_in_front_of_it(before: str, author: str) -> None:
    text = "By " + before + "it fell"

    assert text[3 : nominals._end_before(text, 3, 3 + len(before))] == author


@pytest.mark.parametrize("run", ["," * 800_000, " " * 800_000, ", " * 400_000])
@pytest.mark.parametrize("end", ["x", " that "])
def test_a_long_run_of_commas_in_an_author_is_read_in_time(run: str, end: str) -> None:
    text = "Brellin" + run + end

    assert nominals._end_before(text, 0, len(text)) == (len(text) if end == "x" else len("Brellin"))
