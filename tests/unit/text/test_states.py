"""States by whatever stands for them in the news."""

import pytest

from secondsource.text.states import state_of


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Russia", "russia"),
        ("Moscow", "russia"),
        ("the Kremlin", "russia"),
        ("the U.S.", "united states"),
        ("Washington’s", "united states"),
        ("Türkiye", "turkey"),
        ("The Hague", "netherlands"),
        ("Tarn", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_what_stands_for_it(name, state):
    assert state_of(name) == state
