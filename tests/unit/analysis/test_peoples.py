import pytest

from secondsource.analysis.peoples import is_kind_of_people


@pytest.mark.parametrize(
    "name",
    [
        "Russians",
        "the French",
        "Muslims",
        "women",
        "Young people",
        "the elderly",
        "Jewish community",
        "South Koreans",
        "ethnic Albanians",
        "white men",
        "Men and women",
        "NEW ZEALANDERS",
        "LGBT people",
        "other Native Americans",
        "German",
    ],
)
def test_what_people_are_is_no_name(name: str) -> None:
    assert is_kind_of_people(name)


@pytest.mark.parametrize(
    "name",
    [
        "Russia",
        "Russian government",
        "Jewish Community of Oss",
        "Catholic Church",
        "Muslim Brotherhood",
        "Georgian Dream",
        "Young Democrats",
        "Women for Peace",
        "Afghan refugees",
        "Young",
        "Black",
        "Turkey",
        "The People",
        "",
        "...",
    ],
)
def test_a_state_a_body_or_a_surname_is_one(name: str) -> None:
    assert not is_kind_of_people(name)


@pytest.mark.parametrize("name", ["Christian Young", "Dawn French", "Han", "Gay", "Lady Welsh"])
def test_a_person_may_be_called_what_others_are(name: str) -> None:
    assert not is_kind_of_people(name, of_person=True)


@pytest.mark.parametrize("name", ["Russians", "women", "Christians", "young people"])
def test_but_nobody_is_called_what_many_are(name: str) -> None:
    assert is_kind_of_people(name, of_person=True)
