"""The form in which names are compared."""

import pytest

from secondsource.text.naming import normal


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("The Front's", "front"),
        ("the  Ridge-Army", "ridge army"),
        ("A Council", "council"),
        ("Front’s", "front"),
        ("\uff26ront", "front"),
        ("", ""),
    ],
)
def test_names_are_compared_without_article_possessive_case_and_marks(name, form):
    assert normal(name) == form
