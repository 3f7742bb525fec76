"""Looking attributions up by place finds the same as looking at all of them, and looks at few."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.analysis import claims, pipeline, statements
from secondsource.analysis.covering import Drafts
from secondsource.analysis.draft import Draft
from secondsource.analysis.pipeline import Pipeline
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.model import Extracted, Label, Stance

_RANGES = st.lists(st.tuples(st.integers(0, 2_000), st.integers(1, 900)).map(lambda r: (r[0], r[0] + r[1])), max_size=3)


@st.composite
def drafts(draw: st.DrawFn) -> list[Draft]:
    """Attributions anywhere, some within others, some without a cue."""
    made = draw(st.lists(st.tuples(_RANGES, _RANGES), max_size=12))
    return [Draft(None, cue[:1], [], sorted(content), Stance.ASSERT, Label.SPEECH, "clause") for cue, content in made]


@given(drafts(), st.integers(0, 3_000))
def test_all_that_cover_a_place_are_near_it_in_their_order(made: list[Draft], place: int) -> None:
    near = list(Drafts(made).near(place))

    assert {n for n, d in enumerate(made) if any(s <= place < e for s, e in d.content)} <= set(near)
    assert near == sorted(set(near))


@given(drafts(), st.integers(0, 3_000), st.integers(0, 3_000))
def test_those_whose_cue_begins_in_a_stretch_are_found_and_no_others(made: list[Draft], start: int, end: int) -> None:
    found = list(Drafts(made).cued_within(start, end))

    assert sorted(found) == [n for n, d in enumerate(made) if d.cue and start <= d.cue[0][0] <= end]


@pytest.mark.parametrize(
    "piece",
    [
        "She said it. He denied it. They told him. ",
        "He said that she said that they said that it is so. ",
        "1,2,3.4.5/6-7 officials said. ",
        "Mayor Ana Lorn said the bridge near Varn number {} was closed for {} days. ",
    ],
)
def test_twice_the_text_is_twice_the_work(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: comparisons of attributions and of statements with each other."""
    calls = 0

    def counting(function: Any) -> Any:
        def counted(*arguments: Any) -> Any:
            nonlocal calls
            calls += 1
            return function(*arguments)

        return counted

    for module, name in ((pipeline, "_within"), (claims, "_only_reports"), (claims, "same"), (statements, "overlap")):
        monkeypatch.setattr(module, name, counting(getattr(module, name)))
    whole = Pipeline(spacy_parser, Tagger())

    def work(times: int) -> int:
        nonlocal calls
        calls = 0
        whole(Extracted(text="".join(piece.format(1_000 + n, n + 2) for n in range(times))), "art_1")
        return calls

    once, twice = work(60), work(120)

    assert twice <= 3 * once + 500, (once, twice)
