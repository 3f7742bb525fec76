"""The table of how good or bad a word sounds: what it keeps of the lexicon, and that the one that ships is such a table."""

import re
import zipfile
from importlib import resources

from infra.build_valence import LEAST, main, rated

LEXICON = "\n".join(
    f"{token}\t{mean}\t0.5\t[1, 2, 3]"
    for token, mean in [
        ("honest", 2.3),
        ("liar", -1.7),
        ("self-serving", -1.2),
        ("okay", 0.9),
        (":-)", 2.0),
        ("lol", 2.9),
        ("gr8", 3.0),
        ("LMAO", 2.0),
        ("ok", 1.2),
    ]
)


def test_plain_words_that_are_rated_far_enough_from_nothing_are_kept_with_their_mean() -> None:
    assert rated(LEXICON) == {"honest": 2.3, "liar": -1.7, "self-serving": -1.2, "lol": 2.9}


def test_a_line_without_a_rating_is_no_word() -> None:
    assert rated("honest\n\n") == {}


def test_a_wheel_makes_a_table_in_the_order_of_its_words(tmp_path, capsys) -> None:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("vaderSentiment/vader_lexicon.txt", LEXICON)

    main(str(wheel))

    assert capsys.readouterr().out == "honest\t2.3\nliar\t-1.7\nlol\t2.9\nself-serving\t-1.2\n"


def test_the_table_that_ships_has_been_built_so() -> None:
    text = resources.files("secondsource.analysis").joinpath("data/valence.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines()]

    assert [word for word, _ in lines] == sorted({word for word, _ in lines})
    assert all(re.fullmatch(r"[a-z]{3,}(?:-[a-z]+)*", word) for word, _ in lines)
    assert all(LEAST <= abs(float(mean)) <= 4 for _, mean in lines)
