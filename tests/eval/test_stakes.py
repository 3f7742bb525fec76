"""The set of stakes is sound, and its scorer counts what it says it counts."""

from collections import Counter
from typing import Any

import pytest

from secondsource.model import Analysis, Attribution, Claim, Extracted, Source, SourceKind, Stake, StakeLevel, StakeType
from tests.eval.anonymous import load
from tests.eval.stakes import HELD, OPEN, Answer, Scored, _occurrences, answer, errors, main, marked, measure, place

BOTH = [*load(OPEN), *load(HELD)]
NONE, POSSIBLE, LIKELY, STATED = StakeLevel


def test_sources_claims_and_allegers_stand_in_their_text() -> None:
    for case in BOTH:
        source, claim = place(case)
        assert case["text"][slice(*source)] == case["source"], case["id"]
        assert case["text"][slice(*claim)] == case["claim"], case["id"]
        assert len(_occurrences(case["text"], case["claim"])) == 1, case["id"]
        assert source[1] <= claim[0] or claim[1] <= source[0], case["id"]
        assert case["alleged_by"] in (None, "outlet") or case["alleged_by"] in case["text"], case["id"]


def test_a_marked_stake_has_a_level_and_types_that_go_together() -> None:
    for case in BOTH:
        level = StakeLevel(case["level"])
        assert bool(case["types"]) == (level != NONE), case["id"]
        assert all(StakeType(t) for t in case["types"]), case["id"]
        assert (case["alleged_by"] is not None) == (level == STATED), case["id"]
        assert not (case["motivated"] and level == NONE), case["id"]
        assert case.get("one_sided", False) == (case["kind"] == "one_sided"), case["id"]


def test_about_half_of_each_half_is_motivated_and_no_text_stands_in_it_twice() -> None:
    for half in (load(OPEN), load(HELD)):
        assert len(half) >= 160
        assert 0.45 <= sum(c["motivated"] for c in half) / len(half) <= 0.55
    assert len({c["text"] for c in BOTH}) == len({c["id"] for c in BOTH}) == len(BOTH)


def test_every_kind_is_halved() -> None:
    # A kind of one case can stand in one half only.
    ours, theirs = (Counter(c["kind"] for c in load(path)) for path in (OPEN, HELD))
    assert all(abs(ours[k] - theirs[k]) <= 1 for k in ours | theirs)


TEXT = "Hale, who is suing Orlet, said he won. Hale, of the Guard, said Orlet stole tyres. Orlet denied that it stole tyres."
GUARD = Source(id="s1", name="Hale", kind=SourceKind.NAMED_PERSON, mentions=((0, 4), (39, 43)))
ORLET = Source(id="s2", name="Orlet", kind=SourceKind.NAMED_GROUP)
CLAIM = TEXT.index("Orlet stole tyres"), TEXT.index("Orlet stole tyres") + 17
CASE: dict[str, Any] = {
    "id": "x",
    "text": TEXT,
    "source": "Hale",
    "claim": "Orlet stole tyres",
    "motivated": True,
    "level": "likely",
    "types": ["adversary", "litigant"],
    "kind": "E3",
}


def attribution(id: str, source: str, content: str, after: int = 0, source_id: str = "s1") -> Attribution:
    s, c = TEXT.index(source, after), TEXT.index(content, after)
    return Attribution(
        id=id, source=((s, s + len(source)),), cue=None, content=((c, c + len(content)),), source_id=source_id
    )


WON = attribution("a1", "Hale", "he won")
STOLE = attribution("a2", "Hale", "Orlet stole tyres", 39)


def stake(source_id: str = "s1", *ids: str, level: StakeLevel = LIKELY, motivated: bool = True) -> Stake:
    return Stake(
        source_id=source_id,
        source_name="",
        attribution_ids=ids,
        level=level,
        confidence=0.6,
        types=(StakeType.ADVERSARY,),
        motivated=motivated,
    )


def analysis(*attributions: Attribution, stakes: dict[str, tuple[Stake, ...]] | None = None, **claim: Any) -> Analysis:
    """With the claim that tyres were stolen, c2, and the one that he won, c1, which bears the first attribution."""
    return Analysis(
        attributions=attributions,
        sources=(GUARD, ORLET),
        claims=(
            Claim(id="c1", text="", spans=((32, 38),), attribution_ids=("a1",)),
            Claim(id="c2", text="", spans=(CLAIM,), **claim),
        ),
        stakes=stakes or {},
    )


def test_of_several_places_of_the_source_the_nearest_to_the_claim_is_meant() -> None:
    assert place(CASE) == ((39, 43), CLAIM)


def test_the_stake_is_that_of_the_attribution_with_the_source_and_the_claim() -> None:
    given = analysis(
        WON, STOLE, stakes={"c1": (stake("s1", "a1", motivated=False),), "c2": (stake("s1", "a2"),)}, attribution_ids=("a2",)
    )  # fmt: skip
    assert answer(CASE, given) == Answer(True, True, LIKELY, True, ("adversary",))


def test_a_stake_of_the_source_in_a_claim_that_it_denies_counts() -> None:
    denied = attribution("a3", "Orlet", "it stole tyres", TEXT.index("Orlet denied"), "s2")
    case = CASE | {"source": "Orlet denied".split(maxsplit=1)[0], "claim": "it stole tyres"}
    given = analysis(denied, stakes={"c2": (stake("s1"), stake("s2", level=POSSIBLE))}, disputed_by=("a3",))
    assert answer(case, given).level == POSSIBLE


def test_a_stake_in_another_claim_does_not_count() -> None:
    given = analysis(WON, STOLE, stakes={"c1": (stake("s1", "a1"),)}, attribution_ids=("a2",))
    assert answer(CASE, given) == Answer(found=True, borne=True)


def test_a_stake_of_another_source_in_the_claim_does_not_count() -> None:
    given = analysis(STOLE, stakes={"c2": (stake("s2", "a9"),)}, attribution_ids=("a2", "a9"))
    assert answer(CASE, given) == Answer(found=True, borne=True)


def test_a_pronoun_is_the_source_that_it_stands_for() -> None:
    he = attribution("a2", "Guard", "Orlet stole tyres", 39)
    assert answer(CASE, analysis(he)).found
    assert not answer(CASE, analysis(he.model_copy(update={"source_id": "s2"}))).found


def test_an_attribution_without_the_claim_or_without_any_claim_is_told_apart() -> None:
    assert answer(CASE, analysis(WON)) == Answer()
    assert answer(CASE, analysis(STOLE)) == Answer(found=True, borne=False)


def scored(*pairs: tuple[str, str, bool, Answer]) -> Scored:
    """Of cases by kind and marked level, and whether motivated, with their answers; E3 is adversary first, E9 litigant."""
    types = {"E3": ["adversary", "litigant"], "E9": ["litigant"]}
    return Scored(
        [
            (CASE | {"kind": k, "level": level, "motivated": right, "types": types.get(k, [])}, given)
            for k, level, right, given in pairs
        ]
    )


def said(level: StakeLevel, *types: str) -> Answer:
    return Answer(True, True, level, level != NONE, types)


MIXED = scored(
    ("E3", "likely", True, said(LIKELY, "adversary")),
    ("E3", "likely", True, said(POSSIBLE, "litigant")),
    ("E9", "possible", True, said(LIKELY, "commercial")),
    ("E9", "stated", True, Answer(found=False)),
    ("5.1", "none", False, said(STATED, "adversary")),
    ("5.10", "none", False, Answer(True, True, LIKELY, False)),
    ("5.2", "none", False, said(POSSIBLE)),
)


def test_precision_and_recall_are_of_what_is_motivated_at_the_level() -> None:
    # Called so at likely: the first, the third and, wrongly, the fifth; marked so: the first two and the fourth.
    assert (MIXED.precision(LIKELY).hits, MIXED.precision(LIKELY).of) == (2, 3)
    assert (MIXED.recall(LIKELY).hits, MIXED.recall(LIKELY).of) == (1, 3)
    assert (MIXED.precision(POSSIBLE).hits, MIXED.precision(POSSIBLE).of) == (3, 5)
    assert (MIXED.recall(POSSIBLE).hits, MIXED.recall(POSSIBLE).of) == (3, 4)


def test_what_is_not_found_counts_against_recall_and_is_counted_apart() -> None:
    assert (MIXED.found().hits, MIXED.found().of) == (6, 7)
    assert (MIXED.borne().hits, MIXED.borne().of) == (6, 6)
    assert (MIXED.recall_of_found(POSSIBLE).hits, MIXED.recall_of_found(POSSIBLE).of) == (3, 3)


def test_a_case_counts_for_each_of_its_types_and_for_its_kind() -> None:
    by_type = MIXED.recall_by_type(LIKELY)
    assert {t: (s.hits, s.of) for t, s in by_type.items()} == {"adversary": (1, 2), "litigant": (2, 4)}
    by_kind = MIXED.by_kind(POSSIBLE, motivated=True)
    assert {k: (s.hits, s.of) for k, s in by_kind.items()} == {"E3": (2, 2), "E9": (1, 2)}


def test_false_alarms_are_what_is_called_motivated_and_is_not_by_kind_in_order() -> None:
    alarms = MIXED.by_kind(POSSIBLE, motivated=False)
    assert [(k, s.hits, s.of) for k, s in alarms.items()] == [("5.1", 1, 1), ("5.2", 1, 1), ("5.10", 0, 1)]


def test_types_are_compared_where_the_flag_is_right() -> None:
    assert (MIXED.first_type().hits, MIXED.first_type().of) == (1, 3)
    assert (MIXED.any_type().hits, MIXED.any_type().of) == (2, 3)


def test_errors_are_named() -> None:
    assert [line.split(":")[0] for line in errors(MIXED)] == [
        "x E9 not found",
        "x 5.1 false alarm, answered stated ['adversary']",
        "x 5.2 false alarm, answered possible []",
    ]


@pytest.mark.parametrize("case", BOTH[:3], ids=lambda c: c["id"])
def test_an_answer_as_marked_is_no_error(case: dict[str, Any]) -> None:
    assert not errors(Scored([(case, marked(case))]))


def test_the_product_is_given_the_text_as_it_stands() -> None:
    seen: list[Extracted] = []

    def analyse(extracted: Extracted, article_id: str) -> Analysis:
        seen.append(extracted)
        return Analysis()

    assert measure([CASE], analyse).pairs == [(CASE, Answer())]
    assert [e.text for e in seen] == [TEXT]


def test_errors_of_the_held_half_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--held", "--show"])
    assert "not shown" in capsys.readouterr().err
