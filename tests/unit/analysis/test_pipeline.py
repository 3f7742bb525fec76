"""From text to analysis: every span stands in the stored text, whatever is in it."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from secondsource.analysis.pipeline import Pipeline, without_dateline
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger
from secondsource.model import Analysis, Evidence, Extracted, Span
from secondsource.text.normalise import clean
from tests.unit.analysis.reading import ARTICLE, analyse, read

STORY = (
    "MARUN — The Jorrel Front has sealed a pact with the Vesker Brigades, three members of the exiled Ondresian National "
    "Council said on Monday, speaking from Marrenport on condition of anonymity because they feared for their families.\n\n"
    "“They have agreed on one command,” one of the members said. “It changes the whole war.”\n\n"
    "The Front denied it. The report could not be independently verified.\n\n"
    "The council, which lost the town of Dremna to the Front last week, is seeking weapons from abroad."
)
FRAGMENTS = [
    *STORY.replace("\n\n", " ").split(". "),
    "Clara Venning, a spokeswoman for Brellin Foods, told Reuters that the dam at Tarn was unsafe",
    "‘The mill may close in June,’ said Tom Perrin",
    "Chairwoman Ilse Haver: “We will not sell the waterworks to anyone.”",
    "According to a study paid for by Brellin Foods, Vellitose cut blood sugar by 18 percent",
    "As first reported by the Daily Bugle and CNN, they told us",
    "the rebels have reportedly taken the town of Dremna",
    'He said: "The dam holds.',
    "the dam holds,” he said",
]
ODD = [
    "\U0001f600", "\U0001d54f", "e\u0301", "a\u0300\u0301\u0302", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u202e", "\u202c",
    "\u2066", "\u2069", "\u200f", "\x00", "\ufffe", "\U000e0041", "\ufdfa", "ﬁ", "\u2028", "\x85", "مرحبا", "中文", "\t", "\xa0",
]  # fmt: skip
JOINTS = ["", " ", ". ", ".\n\n", "\r\n", ".\r\n\r\n", "\n", ", ", "” ", " “", '"', "'", "—"]
TEXTS = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(ODD), st.text(max_size=12)), st.sampled_from(JOINTS)
    ).map("".join),
    max_size=10,
).map("".join)


@st.composite
def spiked(draw: st.DrawFn) -> str:
    """News with odd characters put in anywhere, within words too."""
    text = draw(st.sampled_from([STORY, STORY.replace("\n\n", "\r\n\r\n")]))
    for place, odd in draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(ODD)), max_size=12)):
        text = text[:place] + odd + text[place:]
    return text


def spans_of(analysis: Analysis) -> Iterator[Span]:
    """Every span of an analysis."""
    for a in analysis.attributions:
        for spans in (a.source, a.cue, a.content):
            yield from spans or ()
        if a.via_span:
            yield a.via_span
    for s in analysis.sources:
        yield from s.mentions
        yield from (affiliation.span for affiliation in s.affiliations if affiliation.span)
        if s.speaks_from:
            yield s.speaks_from.span
        if s.anonymity and s.anonymity.reason_span:
            yield s.anonymity.reason_span
    for c in analysis.claims:
        yield from c.spans
        if c.place:
            yield c.place.span
    for citation in analysis.citations:
        yield citation.span
        yield citation.sentence


def named_spans_of(analysis: Analysis) -> Iterator[tuple[str, Span]]:
    """Every span that comes with the words that it is said to hold."""
    for a in analysis.attributions:
        if a.via and a.via_span:
            yield a.via, a.via_span
    for s in analysis.sources:
        if s.speaks_from:
            yield s.speaks_from.name, s.speaks_from.span
        if s.anonymity and s.anonymity.reason and s.anonymity.reason_span:
            yield s.anonymity.reason, s.anonymity.reason_span
    for c in analysis.claims:
        if c.place:
            yield c.place.name, c.place.span
    for citation in analysis.citations:
        if citation.outlet:
            yield citation.outlet, citation.span


def evidence_of(analysis: Analysis) -> Iterator[Evidence]:
    """All evidence of an analysis."""
    for c in analysis.claims:
        for state in c.states:
            yield from state.evidence
    for stakes in analysis.stakes.values():
        for stake in stakes:
            yield from stake.evidence


def check(text: str, analysis: Analysis) -> None:
    """What holds of every analysis of every text."""
    for start, end in spans_of(analysis):
        assert 0 <= start < end <= len(text)
    for words, (start, end) in named_spans_of(analysis):
        assert clean(text[start:end]).text.split() == words.split()
    for shown in evidence_of(analysis):
        assert shown.article_id == ARTICLE
        assert shown.exact == text[shown.start : shown.end] != ""
        assert text[: shown.start].endswith(shown.prefix)
        assert text[shown.end :].startswith(shown.suffix)
    for a in analysis.attributions:
        assert a.content
        for spans in (a.source, a.cue, a.content):
            assert spans is None or spans
            assert all(before[1] <= after[0] for before, after in pairwise(spans or ()))
    sources = {s.id for s in analysis.sources}
    attributions = {a.id for a in analysis.attributions}
    claims = {c.id for c in analysis.claims}
    assert len(sources) == len(analysis.sources)
    assert len(attributions) == len(analysis.attributions)
    assert len(claims) == len(analysis.claims)
    assert all(a.source_id is None or a.source_id in sources for a in analysis.attributions)
    assert all(a.nested_in is None or a.nested_in in attributions - {a.id} for a in analysis.attributions)
    assert all({*c.attribution_ids, *c.disputed_by} <= attributions for c in analysis.claims)
    assert not any(set(c.attribution_ids) & set(c.disputed_by) for c in analysis.claims)
    assert [c.headline for c in analysis.claims] == [n == 0 for n in range(len(analysis.claims))]
    assert all(c.sentence[0] <= c.span[0] and c.span[1] <= c.sentence[1] for c in analysis.citations)
    assert set(analysis.stakes) <= claims
    assert (analysis.reason is None) == bool(analysis.claims)


@pytest.fixture(scope="module")
def whole() -> Pipeline:
    """The analysis as the service runs it, tagger and all."""
    return Pipeline(spacy_parser, Tagger())


@settings(max_examples=60)
@given(st.one_of(TEXTS, spiked()))
@example(STORY)
@example("\r\n".join(STORY.split("\n")))
def test_every_span_of_any_text_stands_in_it_and_evidence_is_verbatim(text: str) -> None:
    check(text, analyse(Extracted(text=text), ARTICLE))


@settings(max_examples=40)
@given(text=st.one_of(TEXTS, spiked()))
@example(text=STORY)
def test_every_span_of_any_text_stands_in_it_with_the_tagger_too(whole: Pipeline, text: str) -> None:
    check(text, whole(Extracted(text=text), ARTICLE))


def test_the_story_is_one_in_which_there_is_everything_to_check() -> None:
    analysis = analyse(Extracted(text=STORY), ARTICLE)

    assert len(analysis.attributions) >= 3
    assert analysis.claims[0].disputed_by
    assert any(s.speaks_from for s in analysis.sources)
    assert any(s.anonymity and s.anonymity.reason_span for s in analysis.sources)
    assert any(a.span for s in analysis.sources for a in s.affiliations)
    assert {state.state for c in analysis.claims for state in c.states} == {"unverified"}
    assert any(stake.motivated and stake.evidence for stakes in analysis.stakes.values() for stake in stakes)


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u200d", "\ufeff"])
def test_invisible_characters_change_nothing_but_the_offsets(hidden: str) -> None:
    plain = read("Clara Venning said the dam was unsafe at Tarn.")
    text = f"Clara Ven{hidden}ning s{hidden}aid the dam was un{hidden}safe at Tarn."
    found = read(text)

    def words(r):
        return [
            [r.text[s:e].replace(hidden, "") for spans in (a.source, a.cue, a.content) for s, e in spans]
            for a in r.analysis.attributions
        ]

    assert words(found) == words(plain) == [["Clara Venning", "said", "the dam was unsafe at Tarn"]]
    assert found.analysis.sources[0].name == "Clara Venning"


def test_bidi_overrides_are_told() -> None:
    assert read("Clara \u202eVenning said the dam at Tarn was unsafe.").analysis.warnings == ("bidi-override",)
    assert read("Clara Venning said the dam at Tarn was unsafe.").analysis.warnings == ()


@pytest.mark.parametrize("text", ["Clara Venning said the dam at Tarn was unsafe.", "Bridge closed"])
def test_that_a_page_is_not_free_to_read_is_told_whether_or_not_it_makes_claims(text: str) -> None:
    assert analyse(Extracted(text=text, paid=True), ARTICLE).warnings == ("not-free",)
    assert analyse(Extracted(text=text), ARTICLE).warnings == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("Bridge closed", "too-short"),
        (
            "Der Bürgermeister sagte am Montag, die Brücke über den Fluss sei gesperrt und werde nicht geöffnet.",
            "not-english",
        ),
        ("It was a nice day, with sun in the morning and with rain in the evening.", None),
    ],
)
def test_a_text_that_can_not_be_analysed_has_no_claims_and_a_reason(text: str, reason: str | None) -> None:
    analysis = analyse(Extracted(text=text), ARTICLE)

    assert analysis.attributions == ()
    if reason is None:
        assert analysis.reason is None or analysis.reason.startswith("no-claims")
    else:
        assert analysis.claims == ()
        assert analysis.reason is not None
        assert analysis.reason.startswith(f"{reason}: ")


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    found = read("WESSINGBY — The mill at Tarn will close in June, the company said.")

    assert found.headline.text == "The mill at Tarn will close in June"


@pytest.mark.parametrize(
    "dateline", ["WESSINGBY — ", "MARUN, Ondresia (Reuters) - ", "NEW HARROW, March 6 — ", "Marrenport (AP) — "]
)
def test_a_dateline_is_blanked_out_at_the_same_length(dateline: str) -> None:
    text = f"{dateline}The mill will close in June."

    blanked = without_dateline(text)

    assert len(blanked) == len(text)
    assert blanked.strip() == "The mill will close in June."


def test_a_dash_within_a_sentence_is_no_dateline() -> None:
    text = "The mill — the oldest in Tarn — will close in June."

    assert without_dateline(text) == text


def test_an_attribution_within_another_one_names_it() -> None:
    found = read("Clara Venning said that the ministry had denied that it had sold the mill at Tarn.").analysis

    outer, inner = found.attributions
    assert (outer.nested_in, inner.nested_in) == (None, outer.id)


def test_the_same_text_is_analysed_the_same_way_twice() -> None:
    assert analyse(Extracted(text=STORY), ARTICLE) == analyse(Extracted(text=STORY), ARTICLE)


@pytest.mark.parametrize("hidden", ["", "\u200b", "\u00ad", "\u2060"])
def test_citations_stand_where_the_stored_text_has_them(hidden: str) -> None:
    text = (
        f"The mill at Tarn has been sold.\r\n\r\nMayor Ana Lorn t{hidden}old the Daily Bu{hidden}gle so on Monday. "
        f"“It is so,” the Marun Times re{hidden}ported.\r\n"
    )

    told, reports = analyse(Extracted(text=text), ARTICLE).citations

    assert [(c.form, c.outlet) for c in (told, reports)] == [("told", "Daily Bugle"), ("reports", "Marun Times")]
    assert [text[slice(*c.span)].replace(hidden, "") for c in (told, reports)] == ["Daily Bugle", "Marun Times"]
    assert text[slice(*told.sentence)].replace(hidden, "") == "Mayor Ana Lorn told the Daily Bugle so on Monday."
    assert text[slice(*reports.sentence)].replace(hidden, "") == "“It is so,” the Marun Times reported."


def test_an_outlet_in_the_dateline_is_no_credit_of_a_claim() -> None:
    assert read("MARUN, Ondresia (Reuters) - The mill will close in June, the company said.").analysis.citations == ()


class TestASentence:
    """What a sentence states, for looking it up."""

    pipeline = Pipeline(spacy_parser)

    @pytest.mark.parametrize(
        "sentence",
        [
            "The mill at Varn has been sold.",
            "The mill at Varn has been sold",
            "Mayor Ana Lorn said the mill at Varn has been sold.",
            "“The mill at Varn has been sold,” said Mayor Ana Lorn.",
            "  The mill at Varn has\u200b been sold.\n",
        ],
    )
    def test_it_is_the_statement_without_who_said_it(self, sentence: str) -> None:
        found = self.pipeline.sentence(sentence)

        assert found is not None
        assert (set(found.facts.stems), found.facts.actors, found.facts.negated) == (
            {"mill", "varn", "sold"},
            ("varn",),
            False,
        )

    def test_of_several_statements_it_is_the_first(self) -> None:
        found = self.pipeline.sentence("The mill at Varn has been sold. The ferry at Marun sank in May.")

        assert found is not None
        assert found.text == "The mill at Varn has been sold"

    def test_it_has_no_place_in_an_article_and_nobody_carries_it(self) -> None:
        found = self.pipeline.sentence("The Jorrel Front has taken the town of Dremna.")

        assert found is not None
        assert (found.spans, found.attribution_ids) == ((), ())
        assert set(found.facts.agents) == {"jorrel", "front"}

    def test_a_negation_and_a_number_are_kept(self) -> None:
        found = self.pipeline.sentence("The council of Varn has not bought four trucks")

        assert found is not None
        assert found.facts.negated
        assert found.facts.numbers == ("4",)

    @pytest.mark.parametrize(
        "sentence",
        ["", " ", "hello", "Is the mill sold?", "Mill sold", "Le moulin de Varn a été vendu hier.", "\x00", "( " * 500],
    )
    def test_what_cannot_be_checked_is_none(self, sentence: str) -> None:
        assert self.pipeline.sentence(sentence) is None

    @settings(max_examples=60)
    @given(st.text(max_size=200))
    def test_no_text_is_too_odd_to_be_read(self, text: str) -> None:
        found = self.pipeline.sentence(text)

        assert found is None or found.facts.stems


@pytest.mark.parametrize(
    "text",
    [
        "\ufdfa" * 100_000,
        "He said so. " * 20 + "sa" + "\u0301" * 10_000 + "id",
        "He said so. " * 20 + "\U0001f468" + "\u200d\U0001f469" * 40_000,
        "he said that " * 15_000,
        "He said “so. " * 15_000 + "“" * 5_001,
        "(" * 100_000 + " He said so.",
        "said\n" * 40_000,
        "said" * 50_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_text_that_no_newsroom_wrote_is_refused_before_it_is_parsed(text: str) -> None:
    def parse(given: str) -> None:
        raise AssertionError(f"{len(given)} characters were parsed")

    analysis = Pipeline(parse)(Extracted(text=text), ARTICLE)  # type: ignore[arg-type]

    assert analysis.claims == analysis.attributions == ()
    assert (analysis.reason or "").partition(":")[0] in ("too-complex", "not-english", "too-short", "not-prose")


def test_a_sentence_that_the_parser_does_not_end_is_not_analysed() -> None:
    text = "He said so on Monday. " + "She said that Mr. " * 400

    analysis = Pipeline(spacy_parser)(Extracted(text=text), ARTICLE)

    assert analysis.claims == analysis.attributions == ()
    assert (analysis.reason or "").startswith("too-complex: ")
