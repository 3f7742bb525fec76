"""What each claim of an article is found and compared by."""

import pytest

from secondsource.analysis.citations import citations
from secondsource.corpus.signature import of_record, sign, sign_sentence
from secondsource.corpus.story import opening
from secondsource.model import Analysis, Citation, Claim, Signature
from secondsource.stored import MOST_KEYS
from secondsource.text.vectors import pack, unpack
from tests.unit.services.newsroom import SEIZED, SMOKE, embed, facts

FIRST = "The Calvorne Courier first reported that it had been taken."
TEXT = f"{SEIZED}. {SMOKE}. {FIRST}"
CLAIMS = tuple(
    Claim(id=f"c{n}", text=text, spans=(), facts=facts(text), headline=n == 1)
    for n, text in enumerate((SEIZED, SMOKE), 1)
)
CITATION = Citation(
    outlet="The Calvorne Courier",
    span=(TEXT.index("The Cal"), TEXT.index(" first")),
    sentence=(TEXT.index("The Cal"), len(TEXT)),
    form="reports",
)


def signed(claims=CLAIMS, citations=(CITATION,), title="Harbour seized"):
    return sign(title, TEXT, Analysis(claims=claims, citations=citations), embed)


def test_each_claim_is_signed_by_its_own_words_and_the_headline_one_by_its_story():
    found = signed()

    assert set(found.claims) == {"c1", "c2"}
    for claim in CLAIMS:
        assert found.claims[claim.id].vector == pack(embed([claim.text])[0])
    assert found.claims["c1"].story is not None
    assert found.claims["c2"].story is None


def test_a_headline_claim_has_keys_of_its_story_beside_its_own():
    alone, headed = sign_sentence(CLAIMS[0], embed), signed().claims["c1"]

    assert set(headed.facts.keys) - set(alone.facts.keys)
    assert set(headed.facts.keys) & set(alone.facts.keys)
    assert len(headed.facts.keys) <= 31 < MOST_KEYS


def test_two_reports_of_one_story_in_other_words_share_a_key():
    other = f"A ferry turned back. {SEIZED}."
    claim = Claim(id="c1", text="A ferry turned back", spans=(), facts=facts("A ferry turned back"), headline=True)

    found = sign("Harbour seized", other, Analysis(claims=(claim,)), embed)

    assert set(found.claims["c1"].facts.keys) & set(signed().claims["c1"].facts.keys)


def test_the_sentences_that_credit_an_outlet_have_vectors_in_their_order():
    (vector,) = signed().citations

    assert vector == pack(embed([FIRST])[0])


def vectors_of_credits(text):
    return sign(None, text, Analysis(claims=CLAIMS, citations=citations(text)), embed).citations


@pytest.mark.parametrize(
    "credit",
    [
        "Source: Calvorne Courier",
        "Via the Calvorne Courier",
        "H/T Calvorne Courier",
        "Read the whole story at the Calvorne Courier",
        "(Excerpt) Read more at calvornecourier.com ...",
        "The Calvorne Courier first reported it.",
        "The Calvorne Courier was the first to report the news.",
    ],
)
def test_a_credit_that_says_nothing_of_its_own_is_for_what_the_article_tells(credit):
    text = f"{SEIZED}. {SMOKE}.\n\n{credit}"

    assert vectors_of_credits(text) == (pack(embed([opening(None, text)])[0]),)


def test_a_credit_in_square_brackets_at_the_end_is_for_what_the_article_tells():
    text = f"{SEIZED}. {SMOKE}. [Reuters]"
    aside = f"{SEIZED}. {SMOKE}. [Reuters reported last year that the mayor was robbed.]"

    assert vectors_of_credits(text) == (pack(embed([opening(None, text)])[0]),)
    assert vectors_of_credits(aside) != (pack(embed([opening(None, aside)])[0]),)


@pytest.mark.parametrize(
    "credit",
    [
        "It is false, the Calvorne Courier reported.",
        "Snow fell, the Calvorne Courier reported.",
        "A hoax, according to the Calvorne Courier.",
        "The Calvorne Courier reported otherwise.",
        "Photo courtesy of the Calvorne Courier.",
        "Footage via the Calvorne Courier.",
    ],
)
def test_a_credit_that_says_something_is_for_that(credit):
    assert vectors_of_credits(f"{SEIZED}. {SMOKE}.\n\n{credit}") == (pack(embed([credit])[0]),)


def test_without_a_headline_claim_no_story_is_signed_and_nobody_is_credited():
    found = signed(claims=CLAIMS[1:])

    assert found.citations == ()
    assert {signature.story for signature in found.claims.values()} == {None}


def test_an_article_without_claims_asks_for_no_vectors():
    def refuse(texts):
        raise AssertionError(texts)

    assert sign(None, TEXT, Analysis(), refuse).claims == {}


def test_all_its_sentences_are_embedded_at_once():
    calls = []

    def watch(texts):
        calls.append(list(texts))
        return embed(texts)

    sign("Harbour seized", TEXT, Analysis(claims=CLAIMS, citations=(CITATION,)), watch)

    assert [len(call) for call in calls] == [len(CLAIMS) + 1 + 1]


def test_a_record_is_signed_by_the_mean_of_its_reports_and_has_no_keys():
    reports = list(signed().claims.values())

    record = of_record(CLAIMS[0].facts, reports)

    assert record is not None
    assert record.facts == CLAIMS[0].facts.model_copy(update={"keys": ()})
    assert record.story is not None
    near = [float(unpack(record.vector) @ unpack(report.vector)) for report in reports]
    assert near[0] == pytest.approx(near[1], abs=0.02)


def test_a_record_without_signed_reports_has_no_signature():
    assert of_record(CLAIMS[0].facts, []) is None


def test_a_record_of_two_opposite_vectors_keeps_one_of_them():
    vector = embed([SEIZED])[0]
    reports = [Signature(facts=CLAIMS[0].facts, vector=pack(v)) for v in (vector, -vector)]

    record = of_record(CLAIMS[0].facts, reports)

    assert record is not None
    assert abs(float(unpack(record.vector) @ vector)) == pytest.approx(1, abs=0.01)
