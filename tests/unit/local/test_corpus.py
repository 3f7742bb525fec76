import io
import json

import pytest

from secondsource.local import corpus
from secondsource.local.embedded import Embedded
from secondsource.local.spill import SpilledStore
from secondsource.model import Analysis, Attribution, Claim, Facts, Source, SourceKind
from secondsource.wiring import SystemClock
from tests.unit.services.newsroom import embed


def analyse(extracted, article_id):
    """A stand-in: "Who: what" in the first line is a claim by a named source, and any other text has none."""
    if "crash" in extracted.text:
        raise ZeroDivisionError("inside")
    who, colon, what = extracted.text.partition(": ")
    if not colon:
        return Analysis(reason="no-claims: nothing is said")
    at = len(who) + 2
    return Analysis(
        attributions=(
            Attribution(
                id="a1", source=((0, len(who)),), cue=((len(who), at),), content=((at, at + len(what)),), source_id="s1"
            ),
        ),
        sources=(Source(id="s1", name=who, kind=SourceKind.NAMED_PERSON, mentions=((0, len(who)),)),),
        claims=(
            Claim(
                id="c1",
                text=what,
                spans=((at, at + len(what)),),
                attribution_ids=("a1",),
                headline=True,
                facts=Facts(stems=tuple(what.lower().split())),
            ),
        ),
        language="en",
    )


@pytest.fixture
def run():
    """Runs a corpus of these lines; answers the corpus, its reports, its claim records and what it complained of."""

    def go(*lines):
        services = Embedded(SpilledStore(SystemClock()), analyse, embed=embed)
        bad = []
        found = corpus.read(
            [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines],
            services,
            lambda number, reason: bad.append((number, reason)),
        )
        return found, list(corpus.reports(found, services)), list(corpus.claims(found, services)), bad

    return go


def article(given, text="Ana Lorn: the old stone bridge fell into the river", **more):
    return {"id": given, "text": text, **more}


def test_there_is_one_report_a_line_in_order_under_the_ids_that_were_given(run):
    _, reports, _, bad = run(article("z"), article("a", "Ben Oake: prices rose"), article(7, "Nothing."))

    assert [report["id"] for report in reports] == ["z", "a", 7]
    assert [report["text"].partition(":")[0] for report in reports] == ["Ana Lorn", "Ben Oake", "Nothing."]
    assert reports[2]["reason"] == "no-claims: nothing is said"
    assert bad == []


def test_a_line_without_an_id_keeps_the_one_it_is_stored_under(run):
    _, (report,), (record,), _ = run({"text": "Ana Lorn: the old stone bridge fell into the river"})

    assert report["id"].startswith("art_")
    assert record["articles"] == [report["id"]]


def test_what_later_lines_tell_is_in_the_reports_of_earlier_ones(run):
    _, reports, records, _ = run(article("a", publisher="The A"), article("b", publisher="The B"))

    for report in reports:
        (claim,) = report["claims"]
        assert claim["articles"] == ["a", "b"]
        assert claim["origins"]["groups"] == [["a", "b"]]
        assert "shared_origin" in [flag["code"] for flag in report["flags"]]
    (record,) = records
    assert {"claim_id", "text", "articles", "origins", "flags"} <= set(record)
    assert record["claim_id"] == reports[0]["headline_claim"] == reports[1]["headline_claim"]
    assert record["articles"] == ["a", "b"]
    assert {"low", "best", "high", "groups"} <= set(record["origins"])


def test_evidence_nodes_and_labels_carry_the_given_ids_too(run):
    _, reports, records, _ = run(article("a", publisher="The A"), article("b", publisher="The B"))

    everything = json.dumps([reports, records])
    shared = next(flag for flag in reports[0]["flags"] if flag["code"] == "shared_origin")
    assert {words["article_id"] for words in shared["evidence"]} == {"a", "b"}
    assert {node["id"] for node in reports[0]["claims"][0]["graph"]["nodes"] if node["type"] == "article"} == {
        "article:a",
        "article:b",
    }
    assert reports[0]["labels"] == {"a": "The A", "b": "The B"}
    assert "art_" not in everything


def test_an_article_without_a_name_is_called_by_the_id_that_was_given(run):
    _, reports, _, _ = run(article("a"), article("b", "Ana Lorn: the old stone bridge fell into the river Marn"))

    assert reports[0]["labels"] == {"a": "this article", "b": "b"}


def test_two_lines_of_the_same_content_are_two_reports_and_stand_in_one_group(run):
    _, reports, records, bad = run(article("a"), article("b"))

    assert [report["id"] for report in reports] == ["a", "b"]
    assert records[0]["articles"] == ["a", "b"]
    assert records[0]["origins"]["groups"] == [["a", "b"]]
    own = [flag["evidence"][0]["article_id"] for report in reports for flag in report["flags"][:1]]
    assert own == ["a", "b"]
    assert bad == []


def test_two_lines_of_the_same_content_and_without_an_id_are_one_article(run):
    line = {"text": "Ana Lorn: the old stone bridge fell into the river"}

    _, reports, (record,), bad = run(line, line)

    ids = [report["id"] for report in reports]
    assert len(ids) == 2
    assert record["articles"] == ids[:1]
    assert record["origins"]["groups"] == [ids[:1]]
    for report in reports:
        assert report["claims"][0]["reports"] == report["claims"][0]["articles"] == ids[:1]
    assert bad == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{\n", "The line is not JSON"),
        (b"[]\n", "The line must be a JSON object"),
        (b'"text"\n', "The line must be a JSON object"),
        (b'{"text": "a", "text": "b"}\n', "twice"),
        (b'{"text": "\xff"}\n', "not UTF-8"),
        (b'{"text": "\\ud800"}\n', "surrogate"),
        (b'{"id": "x"}\n', "neither text nor html"),
        (b'{"id": "x", "url": "https://a.example"}\n', "addresses are not fetched here"),
        (b'{"id": "x", "text": 5}\n', "text: "),
        (b'{"id": "", "text": "T"}\n', "id: "),
        (b'{"id": true, "text": "T"}\n', "id: "),
        (b'{"id": ["x"], "text": "T"}\n', "id: "),
        (b'{"id": "ok", "text": "T"}\n', "id: It is that of line 1"),
        (b'{"id": "x", "text": "T", "published_at": "soon"}\n', "published_at: "),
        (json.dumps({"id": "x", "text": "a" * 200_001}).encode(), "longer than"),
        (b'{"id": "x", "text": "crash"}\n', "Internal error: ZeroDivisionError: inside"),
    ],
)
def test_a_bad_line_is_told_by_number_and_the_others_are_not_lost(run, line, reason):
    found, reports, _, bad = run(article("ok"), line, article("after", "Ben Oake: prices rose"))

    assert [report["id"] for report in reports] == ["ok", "after"]
    assert found.bad == 1
    ((number, told),) = bad
    assert number == 2
    assert reason in told
    assert "\n" not in told


def test_empty_lines_are_no_articles_and_not_bad_but_count_as_lines(run):
    found, reports, _, bad = run(b"\n", b"  \r\n", article("a"), b"{\n")

    assert len(reports) == 1
    assert found.bad == 1
    assert bad[0][0] == 4


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it(run):
    _, reports, _, bad = run(b"\xef\xbb\xbf" + json.dumps(article("a")).encode())

    assert [report["id"] for report in reports] == ["a"]
    assert bad == []


def test_what_else_a_line_holds_is_left_aside(run):
    _, (report,), _, bad = run(article("a", attributions=[{"source": [[0, 3]]}], label=1.5, url=None, title=""))

    assert bad == []
    assert report["title"] is None


def test_an_html_line_is_read_as_a_page(run):
    page = "<html><head><title>Bridge</title></head><body><article><p>Ana Lorn: the bridge fell.</p></article></body></html>"

    _, (report,), _, bad = run({"id": "a", "html": page})

    assert bad == []
    assert report["kind"] == "html"
    assert "Ana Lorn: the bridge fell." in report["text"]
    assert "<p>" not in report["text"]


def test_links_of_an_api_that_is_not_there_are_left_out(run):
    assert run(article("a"))[1][0]["links"] == {}


def test_an_empty_corpus_has_no_reports(run):
    found, reports, records, bad = run()

    assert (found.order, reports, records, bad) == ([], [], [], [])


def test_lines_are_written_whole_whatever_the_text_holds():
    out = io.StringIO()

    written = corpus.write([{"text": "a\nb\u2028c 😀"}, {"n": 1}], out)

    lines = out.getvalue().split("\n")
    assert written == 2
    assert [json.loads(line) for line in lines[:-1]] == [{"text": "a\nb\u2028c 😀"}, {"n": 1}]
