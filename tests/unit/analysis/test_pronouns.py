"""Whom "it" means as a source, and that nobody is called so by name."""

import pytest

from secondsource.model import SourceKind
from tests.unit.analysis.reading import tell


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The town council has sold its last farm, it said on Friday.", "town council"),
        ("The zoo in Tarn is to get two bears, it announced on Friday.", "The zoo in Tarn"),
        (
            "The supermarket chain Brellin has recalled 12,000 tins of soup, it said in a statement.",
            "The supermarket chain",
        ),
        ("Corda Rail will cut 40 trains a day from May, it said on Monday.", "Corda Rail"),
        (
            "The ministry of Tarn closed the dam. The harbour board has lost its ships, it said on Monday.",
            "harbour board",
        ),
    ],
)
def test_it_behind_what_it_says_is_the_body_that_does_so(text, name):
    assert tell(text).by(0).name == name


@pytest.mark.parametrize("thing", ["The dam", "A pipe", "The price of bread", "Tom Lyle"])
def test_no_thing_and_no_person_says_it(thing):
    found = tell(f"{thing} fell in May, it said on Friday.").by(0)

    assert (found.name, found.kind) == ("it", SourceKind.UNNAMED_GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "The dam above Tarn could fail within a year, two engineers who inspected it said.",
        "The Jorrel Front built the dam. It could fail within a year, two engineers that inspected it said.",
    ],
)
def test_what_people_looked_at_does_not_speak(text):
    found = tell(text).by(0)

    assert (found.name, found.kind) == ("two engineers", SourceKind.UNNAMED_GROUP)
