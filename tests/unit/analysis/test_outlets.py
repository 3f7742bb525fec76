"""The table of outlets: one key for all names of one outlet, and what has to stand with a name that says too little."""

from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.analysis import outlets
from secondsource.analysis.outlets import key, known, needs

ROWS = [
    line.split("\t")
    for line in resources.files("secondsource.analysis").joinpath("data/outlets.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_of_the_table_has_a_name_a_kind_and_other_names(row: list[str]) -> None:
    name, kind, *others = row
    assert kind in ("wire", "outlet", "social")
    assert len(others) <= 1
    for called in (name, *(others[0].split("|") if others else ())):
        assert called.strip() == called != ""
        found = known(called)
        assert found is not None
        assert (found.name, found.kind) == (name, kind)
        assert key(called) == key(name)


def test_no_name_of_the_table_stands_for_two_outlets() -> None:
    names = Counter(row[0].casefold() for row in ROWS)
    assert [name for name, times in names.items() if times > 1] == []


def test_a_name_that_needs_something_is_one_of_the_table() -> None:
    assert [name for name in outlets._NEEDS if known(name) is None] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AP", "The Associated Press"),
        ("A.P.", "Associated Press news agency"),
        ("the Daily Mail", "MailOnline"),
        ("TIME", "Time magazine"),
        ("BBC", "BBC News"),
        ("Lebanon’s MTV", "Lebanese MTV"),
        ("The New York Times on Monday", "nytimes.com"),
        ("Reuters'", "Reuters"),
        ("El País", "El Pais"),
        ("People's Daily", "The People’s Daily"),
        ("the Guardian website", "theguardian.com"),
        ("Al-Jazeera", "Al Jazeera English"),
    ],
)
def test_names_of_one_outlet_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("New York Times", "New York Post"),
        ("The Times", "The New York Times"),
        ("Daily Mail", "Daily Mirror"),
        ("People", "People's Daily"),
        ("Fox News", "Fox Business"),
        ("Marrenport Times", "The Times"),
    ],
)
def test_names_of_two_outlets_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_an_outlet_that_is_not_in_the_table_is_its_own_key_without_article_day_and_possessive() -> None:
    assert known("Calvorne Courier") is None
    assert {
        key(f"{name}") for name in ("The Calvorne Courier", "the Calvorne Courier’s", "Calvorne Courier on Monday")
    } == {"calvorne courier"}


@pytest.mark.parametrize("name", ["", " ", "’s", "\n", "the", "Clara Venning", "police", "\U0001f600", "Mill"])
def test_what_is_no_outlet_is_not_known(name: str) -> None:
    assert known(name) is None


@pytest.mark.parametrize(
    ("name", "need"),
    [
        ("Sun", "article"), ("The Times", "article"), ("Independent", "article"), ("The Australian", "article"), ("Australian Independent", "article"), ("Britain's Sun", "article"),
        ("Time", "word"), ("People", "word"), ("Metro", "word"), ("Today", "word"),
        ("Forbes", "person"), ("Bloomberg", "person"), ("PTI", "letters"),
        ("Reuters", None), ("Time magazine", None), ("Bloomberg News", None), ("Calvorne Courier", None),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_or_a_persons_as_well_needs_more_than_itself(name: str, need: str | None) -> None:
    assert needs(name) == need


@given(st.text(max_size=60) | st.text(alphabet="AaBs '’.-the\n&/", max_size=60))
def test_any_name_has_a_key_and_it_does_not_depend_on_case_or_white_space_around(name: str) -> None:
    assert key(f"  {name}\t") == key(name)
    assert "\n" not in key(name)


def test_a_long_name_is_looked_up_in_time() -> None:
    for long in ("a" * 500_000, "A's " * 100_000, " " * 500_000, "on " * 100_000, "’s" * 200_000, "The " * 100_000):
        assert known(long) is None


@pytest.mark.parametrize(
    "name",
    [
        "South Korean media", "Venezuelan media", "Venezuelan opposition media", "One Seoul-based website", "British press",
        "news outlets in Marrenport", "State Media", "Northern newspapers", "the website", "Russian-language sites",
    ],
)  # fmt: skip
def test_media_of_which_only_is_said_where_they_are_name_no_outlet(name: str) -> None:
    assert not outlets.is_name(name)


@pytest.mark.parametrize(
    "name",
    ["Al-Marun newspaper", "al-Bugle TV", "Lantern Way website", "Korea News Service", "News 12", "lanternway.com"],
)
def test_media_with_a_name_have_one(name: str) -> None:
    assert outlets.is_name(name)


def test_a_small_word_that_a_parse_takes_into_a_name_is_no_part_of_it() -> None:
    assert outlets.key("then NBC News") == outlets.key("NBC News")
    assert outlets.key("Now Magazine") == "now magazine"
