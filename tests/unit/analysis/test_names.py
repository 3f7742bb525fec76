"""What a name or a role is, by the words it is made of."""

import pytest

from secondsource.analysis.names import PERSON_ROLES, category_of, is_outlet
from secondsource.model import AffiliationCategory as Category


@pytest.mark.parametrize(
    "name",
    [
        "Reuters",
        "the BBC",
        "The Calvorne Courier",
        "Wessingby Tribune",
        "Daily Sentinel",
        "Norvan News Agency",
        "BBC's",
    ],
)
def test_newspapers_broadcasters_and_wires_are_outlets(name):
    assert is_outlet(name)


@pytest.mark.parametrize(
    "name",
    ["Press Council", "Star Bank", "Harrow Institute", "Ministry of Information", "Gallup Poll", "Ridge Army", ""],
)
def test_bodies_whose_names_only_sound_like_a_newspaper_are_none(name):
    assert not is_outlet(name)


def test_an_outlet_is_one_with_its_article_too():
    assert is_outlet("the Daily Sentinel")


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Ridge Army", Category.MILITARY),
        ("Free Valley Front", Category.ARMED_GROUP),
        ("Interior Ministry", Category.GOVERNMENT),
        ("Harbour Workers' Union", Category.UNION),
        ("University of Harrow", Category.ACADEMIC),
        ("Diocese of Tarn", Category.RELIGIOUS),
        ("Brellin Foods", Category.CORPORATE),
        ("Growers Association", Category.INDUSTRY_GROUP),
        ("Red Cross", Category.NGO),
        ("Conservative Party", Category.POLITICAL_GROUP),
        ("Harrow", Category.OTHER),
        ("", Category.OTHER),
    ],
)
def test_the_words_of_a_name_tell_the_category_of_a_group(name, category):
    assert category_of(name) == category


def test_roles_are_lower_case_words_each_with_one_category():
    assert all(role == role.lower() and " " not in role for role in PERSON_ROLES)
    assert PERSON_ROLES["minister"] == Category.GOVERNMENT
    assert PERSON_ROLES["analyst"] == Category.ACADEMIC
