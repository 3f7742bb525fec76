"""The set of unnamed sources is sound, and its measuring counts what it says it counts."""

import re

import pytest

from secondsource.model import Analysis, Anonymity, Attribution, Extracted, Source, SourceKind
from tests.eval.anonymous import GRADES, UNNAMED, Share, load, measure


def test_words_reasons_and_channels_stand_in_their_text() -> None:
    for case in load():
        for source in case["sources"]:
            assert re.search(rf"(?<!\w){re.escape(source['words'])}(?!\w)", case["text"]), case["id"]
            assert (source["reason"] or "") in case["text"], case["id"]
            assert (source["via"] or "") in case["text"], case["id"]


def test_unnamed_sources_alone_have_a_grade_and_a_reason() -> None:
    for case in load():
        for source in case["sources"]:
            assert SourceKind(source["kind"])
            if source["kind"] in UNNAMED:
                assert source["grade"] in GRADES, case["id"]
            else:
                assert source["grade"] is None and source["reason"] is None, case["id"]


def test_a_third_of_the_set_are_look_alikes_and_no_text_stands_in_it_twice() -> None:
    cases = load()
    hard = [c for c in cases if not any(s["kind"] in UNNAMED for s in c["sources"])]
    assert len(cases) >= 150 and len(hard) * 3 >= len(cases)
    assert len({c["text"] for c in cases}) == len({c["id"] for c in cases}) == len(cases)


TEXT = 'An aide, who feared dismissal, told the Courier it was over. Mills said: "No."'
AIDE = {
    "words": "An aide",
    "kind": "unnamed_person",
    "grade": "general",
    "reason": "who feared dismissal",
    "via": "the Courier",
}
MILLS = {"words": "Mills", "kind": "named_person", "grade": None, "reason": None, "via": None}
CASE = {"id": "x", "text": TEXT, "sources": [AIDE, MILLS]}


def answer(*sources: tuple[str, str, str | None, str | None, str | None]) -> Analysis:
    """An analysis with these sources: words, kind, grade, reason, via."""
    spans = [(TEXT.index(words), TEXT.index(words) + len(words)) for words, *_ in sources]
    return Analysis(
        attributions=tuple(
            Attribution(id=f"a{i}", source=(span,), cue=None, content=((45, 48),), source_id=f"s{i}", via=source[4])
            for i, (span, source) in enumerate(zip(spans, sources, strict=True))
        ),
        sources=tuple(
            Source(
                id=f"s{i}",
                name=words,
                kind=SourceKind(kind),
                anonymity=Anonymity.model_validate({"grade": grade, "description": words, "reason": reason})
                if grade
                else None,
            )
            for i, (words, kind, grade, reason, _) in enumerate(sources)
        ),
    )


RIGHT = (
    ("An aide", "unnamed_person", "general", "who feared dismissal", "Courier"),
    ("Mills", "named_person", *[None] * 3),
)


def test_a_right_answer_is_right_throughout() -> None:
    result = measure([CASE], lambda extracted, article_id: answer(*RIGHT))
    assert not result.errors
    assert all(all(values) for values in result.answers.values())


@pytest.mark.parametrize(
    ("given", "question", "sort"),
    [
        (RIGHT[1:], "unnamed, recall", "unnamed source not found"),
        ((("An aide", "named_person", None, None, None), RIGHT[1]), "unnamed, recall", "unnamed_person as named_person"),
        ((RIGHT[0], ("Mills", "unnamed_person", "vague", None, None)), "unnamed, precision", "named_person as unnamed_person"),
        ((*RIGHT, ("dismissal", "unnamed_group", "vague", None, None)), "unnamed, precision", "unnamed source where there is none"),
        ((("An aide", "unnamed_person", "specific", "who feared", "Courier"), RIGHT[1]), "grade", "grade general as specific"),
        ((("An aide", "unnamed_person", "general", "who feared", "Courier"), RIGHT[1]), "reason, exact", "reason"),
        ((("An aide", "unnamed_person", "general", "who feared", None), RIGHT[1]), "via", "via"),
        ((RIGHT[0], ("Mills", "named_person", None, None, "Courier")), "no via invented", "via where there is none"),
    ],
)  # fmt: skip
def test_an_error_is_counted_under_its_name(given: tuple, question: str, sort: str) -> None:
    result = measure([CASE], lambda extracted, article_id: answer(*given))
    assert result.share(question).value < 1
    assert sort in result.errors


def test_a_case_that_is_not_analysed_has_nothing_found() -> None:
    result = measure([CASE], lambda extracted, article_id: Analysis(reason="too-short: 2 words"))
    assert result.share("analysed").hits == 0
    assert result.share("found").hits == 0


def test_the_product_is_given_the_text_as_it_stands() -> None:
    seen: list[Extracted] = []

    def analyse(extracted: Extracted, article_id: str) -> Analysis:
        seen.append(extracted)
        return Analysis()

    measure([CASE], analyse)
    assert [e.text for e in seen] == [TEXT]


def test_intervals_are_wilsons() -> None:
    # The examples of Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    assert Share(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert Share(1, 29).interval == pytest.approx((0.0061, 0.1718), abs=1e-4)
    assert Share(0, 0).interval == (0.0, 1.0)
