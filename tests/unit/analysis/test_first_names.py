"""First names that tell a gender."""

import pytest

from secondsource.analysis.first_names import gender_of


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Mary", "f"), ("John", "m"), ("emma", "f"), ("José", "m"), ("Henrik", "m"), ("Olga", "f"), ("Fatima", "f")],
)
def test_a_name_of_one_gender_tells_it(name, gender):
    assert gender_of(name) == gender


@pytest.mark.parametrize("name", ["Robin", "Sam", "Kim", "Andrea", "Taylor", "Orin", "", "Brellin"])
def test_a_name_of_both_or_none_tells_nothing(name):
    assert gender_of(name) is None
