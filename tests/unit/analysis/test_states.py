"""States and what is called after them."""

import pytest

from secondsource.model import RelationType
from tests.unit.analysis.reading import relations


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("A British official spoke.", "British member_of United Kingdom"),
        ("The Norwegian government spoke in Norway.", "Norwegian member_of Norway"),
    ],
)
def test_an_adjective_is_of_its_state(text, stated):
    assert stated in relations(text, RelationType.MEMBER_OF)


@pytest.mark.parametrize(
    "text", ["The Norwegian government spoke in Sweden.", "Norway has fjords.", "Tessa Rowe spoke in Norway."]
)
def test_a_state_that_is_not_called_by_its_adjective_is_no_side(text):
    assert relations(text, RelationType.MEMBER_OF) == set()
