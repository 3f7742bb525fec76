"""The signs that a likelihood goes by: plain questions, each answered between 0 and 1."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.analysis import pipeline
from tests.unit.analysis.reading import read


def signs(monkeypatch, text):
    """The signs of every pair of a text."""
    seen = []

    def remember(found):
        seen.append(found)
        return 0.5

    monkeypatch.setattr(pipeline, "likelihood", remember)
    read(text)
    return seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police denied that officers had fired at the crowd.", ["denies", "stance deny", "cue denies", "police"]),
        (
            "“We will build 40 mills in Marun,” said Brellin Foods.",
            ["first person", "will", "number", "modal", "quoted"],
        ),
        ("Idris Kane's lawyer said that his client was in Harrow that night.", ["finds litigant", "past"]),
        ("Helen Brann, an analyst, said that the mill should close by May.", ["expert", "should", "date", "modal"]),
        (
            "The Front lost Marun to the Ridge Army. A commander of the Front said that the Ridge Army had tortured men.",
            ["has a rival", "rival in it", "other harmed", "other acts", "sound harmed", "by rules motivated"],
        ),
        ("Owen Strand admitted that he had taken bribes.", ["against itself", "own side", "stance admit"]),
        ("The court ruled that Brellin Foods had misled bakers.", ["aside"]),
    ],
)
def test_a_sign_is_there_where_its_question_is_answered_by_yes(monkeypatch, text, expected):
    (found,) = signs(monkeypatch, text)

    assert [name for name in expected if not found.get(name)] == []


def test_what_an_article_is_about_is_a_sign(monkeypatch):
    text = "The candidate met voters before the election. Tessa Rowe said that the campaign office in Marun was closed."
    (found,) = signs(monkeypatch, text)

    assert found["about election"] > found["about war"] == 0


WHO = st.sampled_from(["The Front", "Police", "Tessa Rowe, a Democrat,", "Brellin Foods", "A study", "His lawyer"])
CUE = st.sampled_from(["said that", "denied that", "admitted that", "claimed that", "warned that"])
WHAT = st.sampled_from(
    ["the Ridge Army had shelled Marun", "it had done nothing wrong", "taxes will rise by 40 percent on Monday"]
)
MORE = st.sampled_from(
    ["", " The Front lost Marun to the Ridge Army.", " Voters will choose a governor in the election."]
)


@settings(max_examples=40, deadline=None)
@given(WHO, CUE, WHAT, MORE)
def test_every_sign_is_between_0_and_1(who, cue, what, more):
    with pytest.MonkeyPatch.context() as patched:
        for found in signs(patched, f"{who} {cue} {what}.{more}"):
            assert all(isinstance(value, float) and 0 <= value <= 1 for value in found.values()), found
