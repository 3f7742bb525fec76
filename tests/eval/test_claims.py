"""The figures of tests/eval/claims.py, on cases that can be counted by hand."""

import json

import pytest

from tests.eval import claims

GOLD = {"a": "one", "b": "one", "c": "one", "d": "two", "e": "two"}


def test_a_grouping_that_is_the_labelled_one_is_perfect():
    found = claims.grouping(GOLD, {a: g.upper() for a, g in GOLD.items()})

    assert found == pytest.approx({"precision": 1, "recall": 1, "f1": 1, "ari": 1}, abs=1e-6)


def test_pairs_are_counted_not_articles():
    # Found: {a, b}, {c, d, e}; of its four pairs two are right, of the four labelled ones two are found.
    found = claims.grouping(GOLD, {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"})

    assert (found["precision"], found["recall"], found["f1"]) == pytest.approx((0.5, 0.5, 0.5))
    assert found["ari"] == pytest.approx((2 - 1.6) / (4 - 1.6))


def test_two_reports_are_of_one_origin_when_they_share_a_root():
    label = {
        "articles": {
            "1": {"role": "reports", "roots": ["mayor", "own:1"]},
            "2": {"role": "reports", "roots": ["mayor"]},
            "3": {"role": "reports", "roots": ["police"]},
            "4": {"role": "denies", "roots": ["mayor"]},
            "5": {"role": "reports", "roots": []},
        }
    }

    assert dict(claims.of_origins(label)) == {
        frozenset("12"): True,
        frozenset("13"): False,
        frozenset("23"): False,
    }


def test_articles_are_joined_by_the_groups_of_their_headline_claims_alone():
    def report(article, *groups, headline=True):
        return {"id": article, "claims": [{"headline": headline, "origins": {"groups": groups}}]}

    assert claims.joined([report("1", ["1", "2"], ["3"])]) >= {frozenset("12")}
    assert claims.joined([report("1", ["1", "2"], headline=False)]) == set()
    assert claims.joined([{"id": "1", "claims": [{"headline": True, "origins": None}]}]) == set()


def test_the_true_number_of_origins_is_that_of_the_labels():
    assert claims.effective([{"a"}, {"a"}, {"a"}]) == pytest.approx(1)
    assert claims.effective([{"a"}, {"b"}]) == pytest.approx(2)
    # Of two that share a source one has another besides: each has half of it in common with the other.
    assert claims.effective([{"a", "b"}, {"a"}]) == pytest.approx(2 / 1.5)


def test_a_range_is_judged_where_all_reports_are_labelled():
    def report(article, *groups, headline=True):
        answer = {"low": 1, "best": 1, "high": 2, "groups": groups}
        return {"id": article, "claims": [{"claim_id": groups[0][0], "headline": headline, "origins": answer}]}

    labels = [
        {"articles": {a: {"role": "reports", "roots": [a]} for a in "123"} | {"4": {"role": "denies", "roots": []}}}
    ]

    found = list(claims.ranges([report("1", ["1", "2"]), report("2", ["1", "2"]), report("3", ["3", "4"])], labels))

    assert [(true, answer["best"], n) for true, answer, n in found] == [(pytest.approx(2), 1, 2)]
    assert not list(claims.ranges([report("3", ["3"]), report("1", ["1", "2"], headline=False)], labels))


def test_a_plain_join_goes_by_words_and_outlets_and_by_what_lies_between():
    met = "Commanders of both armed groups sealed the pact at dawn in Yarmesh."
    texts = [
        met,
        f"{met} It was sold, according to the Daily Bugle.",
        "According to the Daily Bugle, nothing was heard.",
        "He had heard of it.",
    ]
    reports = {name: {"text": text} for name, text in zip("abcd", texts, strict=True)}

    found = claims.plain(reports, [*reports, "missing"])

    assert found == {frozenset(pair) for pair in ("ab", "bc", "ac")}


def test_the_figures_are_printed(tmp_path, capsys):
    reports = [
        {
            "id": a,
            "headline_claim": "clm_1" if g == "one" else None,
            "claims": [
                {
                    "claim_id": "clm_1",
                    "headline": True,
                    "origins": {"low": 1, "best": 1.5, "high": 2, "groups": [["a", "b"]]},
                }
            ],
            "text": "The mill was sold, according to the Daily Bugle." if a in "bc" else "It was sold.",
        }
        for a, g in GOLD.items()
    ]
    clusters = [{"cluster": c, "articles": [a for a, g in GOLD.items() if g == c]} for c in ("one", "two")]
    roots = {a: {"role": "reports", "roots": ["mayor" if a in "ab" else a]} for a in "abc"}
    labels = [{"cluster": "one", "kind": "mixed", "articles": roots}]
    paths = []
    for name, rows in (("reports", reports), ("clusters", clusters), ("labels", labels)):
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    claims.main([str(paths[0]), str(paths[1]), "--origins", str(paths[2]), "--plain"])

    printed = capsys.readouterr().out
    assert "5 reports of 2 claims" in printed
    assert "recall 0.750" in printed
    assert "of one origin, joined: 1 of 1 pairs" in printed
    assert "of different origins, joined: 0 of 2 pairs" in printed
    assert "claims of one origin: in the range 1 of 1, fewer 0, more 0; best guess off by 0.50" in printed
    assert "claims of more than one: in the range 0 of 0" in printed
    assert "origins said to be one, even by the highest number: right 0 of 0" in printed
    assert "origins said to be more, by the best guess: right 0 of 1" in printed
    assert "of one origin, joined by a plain join: 0 of 1" in printed
    assert "of different origins, joined by a plain join: 1 of 2" in printed
    assert "joined of these: 0 of 1 pairs" in printed
