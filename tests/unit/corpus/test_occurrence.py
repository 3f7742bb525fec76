"""A claim as one article carries it: with all words that a recount shows, so that none has to be read again."""

from datetime import UTC, datetime

import pytest

from secondsource.corpus.occurrence import backed, behind, build, joined, passages, turned
from secondsource.corpus.signature import sign
from secondsource.model import (
    Affiliation,
    Analysis,
    Anonymity,
    Article,
    Attribution,
    Citation,
    Claim,
    Effect,
    Facts,
    MediaKind,
    Party,
    Place,
    Position,
    Relation,
    RelationType,
    Source,
    SourceKind,
    Stance,
    Statement,
    Tie,
)
from tests.unit.services.newsroom import embed

NOW = datetime(2025, 3, 11, 6, 0, tzinfo=UTC)
TEXT = (
    "The two groups have sealed a pact, three members of the council said on Monday, speaking from Marrenport because "
    "they feared for their families.\n\nThe Front denied it. The bread was dear.\n\nNews of the pact was first reported "
    "by Hinterpost. Clara Venning told the Record that it was sealed.\n\nThe market was quiet, Reuters said."
)


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


MEMBERS = Source(
    id="s1",
    name="three members of the council",
    kind=SourceKind.UNNAMED_GROUP,
    mentions=(span("three members of the council"),),
    role="member",
    affiliations=(Affiliation(name="council", span=span("council")),),
    anonymity=Anonymity(
        grade="general",
        description="three members",
        reason="because they feared for their families",
        reason_span=span("because they feared for their families"),
    ),
    speaks_from=Place(name="Marrenport", span=span("Marrenport")),
)
FRONT = Source(id="s2", name="Front", kind=SourceKind.NAMED_GROUP, mentions=(span("The Front"),))
HINTERPOST = Source(id="s3", name="Hinterpost", kind=SourceKind.OUTLET, mentions=(span("Hinterpost"),))
VENNING = Source(id="s4", name="Clara Venning", kind=SourceKind.NAMED_PERSON, mentions=(span("Clara Venning"),))
REUTERS = Source(id="s5", name="Reuters", kind=SourceKind.OUTLET, mentions=(span("Reuters"),))


def attribution(n, source, cue, content, **more):
    return Attribution(
        id=f"a{n}",
        source=(span(source),) if source else None,
        cue=(span(cue),),
        content=(span(content),),
        source_id=more.pop("source_id", f"s{n}"),
        **more,
    )


SAID = attribution(1, "three members of the council", "said", "The two groups have sealed a pact")
DENIED = attribution(2, "The Front", "denied", "it", stance=Stance.DENY)
FIRST = attribution(3, "Hinterpost", "first reported", "News of the pact")
TOLD = attribution(4, "Clara Venning", "told", "it was sealed", via="Record", via_span=span("Record"))
QUIET = attribution(5, "Reuters", "Reuters said", "The market was quiet")
PACT = Claim(
    id="c1",
    text="The two groups have sealed a pact",
    spans=(span("The two groups have sealed a pact"),),
    attribution_ids=("a1",),
    disputed_by=("a2",),
    headline=True,
    facts=Facts(stems=("pact", "seal")),
)


def occurrence(claim=PACT, publisher="The Calvorne Courier", positions=None, relations=(), more=(), **changes):
    article = Article(
        id="art_1",
        text=TEXT,
        kind=MediaKind.TEXT,
        title="Pact",
        publisher=publisher,
        url="https://courier.example/pact",
        added_at=NOW,
        analysis=Analysis(
            attributions=(SAID, DENIED, FIRST, TOLD, QUIET, *more),
            sources=(MEMBERS, FRONT, HINTERPOST, VENNING, REUTERS),
            claims=(claim,),
            positions=positions or {},
            relations=relations,
        ),
    )
    return build(article, claim.model_copy(update=changes), "clm_1", NOW)


def test_it_says_which_claim_of_which_article_it_is():
    o = occurrence()

    assert (o.claim_id, o.article_id, o.article_claim_id, o.added_at) == ("clm_1", "art_1", "c1", NOW)
    assert (o.title, o.publisher, o.url, o.text, o.headline) == (
        "Pact",
        "The Calvorne Courier",
        "https://courier.example/pact",
        PACT.text,
        True,
    )
    assert o.facts == PACT.facts


def test_it_has_who_carries_and_who_disputes_and_nobody_else():
    o = occurrence()

    assert [a.id for a in o.attributions] == ["a1"]
    assert [a.id for a in o.disputes] == ["a2"]
    assert [s.id for s in o.sources] == ["s1", "s2"]


def test_the_words_of_all_spans_are_kept_verbatim():
    quotes = {key: shown.exact for key, shown in occurrence().quotes.items()}

    assert quotes == {
        "a1:source": "three members of the council",
        "a1:cue": "said",
        "a1:content": "The two groups have sealed a pact",
        "a2:source": "The Front",
        "a2:cue": "denied",
        "a2:content": "it",
        "s1": "three members of the council",
        "s1:affiliation0": "council",
        "s1:speaks_from": "Marrenport",
        "s1:anonymity": "because they feared for their families",
        "s2": "The Front",
    }
    for shown in occurrence().quotes.values():
        assert TEXT[shown.start : shown.end] == shown.exact


def test_its_sentences_are_the_claim_with_the_words_that_attribute_it():
    (sentence,) = occurrence().sentences

    assert sentence.exact == "The two groups have sealed a pact, three members of the council said"


STANDS = Position(
    source_id="s1",
    source_name="three members",
    attribution_ids=("a1",),
    ties=(Tie(name="council", strength=1.0),),
    parties=(Party(name="the Front", effect=Effect.HARMED),),
)


def test_where_the_sources_of_this_claim_stand_comes_along():
    assert occurrence(positions={"c1": (STANDS,), "c2": ()}).positions == (STANDS,)
    assert occurrence(positions={"c2": (STANDS,)}).positions == ()


def test_a_source_that_carries_the_claim_no_longer_leaves_no_position_behind():
    left = STANDS.model_copy(update={"attribution_ids": ("a5",)})

    assert occurrence(positions={"c1": (STANDS, left)}).positions == (STANDS,)


def test_what_the_article_says_of_those_in_the_positions_and_whom_they_lead_on_to_comes_along():
    of_council = rivals("council", "Ridge Army")
    member = Relation(holder="The Front", type=RelationType.MEMBER_OF, other="Salt Road Pact", shows="a member")
    of_pact, of_nobody = rivals("Salt Road Pact", "Ridge Army"), rivals("Brellin Foods", "Ardsel")

    found = occurrence(positions={"c1": (STANDS,)}, relations=(of_council, member, of_pact, of_nobody)).relations

    assert found == (of_council, member, of_pact)


def rivals(holder, other):
    return Relation(holder=holder, type=RelationType.RIVAL_OF, other=other, shows=f"{holder} fights {other}")


@pytest.mark.parametrize(
    ("carried", "disputed", "reporting"),
    [
        (("a1",), (), True),
        (("a1",), ("a2",), True),
        ((), (), True),
        ((), ("a2",), True),
        (("a5",), ("a2",), False),
        (("a3",), ("a5",), True),
        ((), ("a1",), True),
    ],
    ids=[
        "carried",
        "carried and disputed",
        "stated as fact",
        "stated as fact and denied further down",
        "an outlet's report disputed first",
        "an outlet's report disputed further down",
        "stated as fact, and somebody says what goes against it",
    ],
)
def test_an_article_that_only_disputes_the_claim_is_no_report_of_it(carried, disputed, reporting):
    assert occurrence(attribution_ids=carried, disputed_by=disputed).reporting is reporting


def test_what_an_article_has_only_in_the_words_that_deny_it_it_does_not_report():
    assert occurrence(attribution_ids=(), disputed_by=("a2",), spans=(span("denied it"),)).reporting is False


def cited(o):
    return [(name, shown.exact) for name, shown in o.cited_outlets]


def test_an_outlet_that_first_reported_the_headline_claim_is_cited():
    assert cited(occurrence()) == [("Hinterpost", "Hinterpost")]


def test_other_claims_of_the_article_do_not_cite_it():
    assert cited(occurrence(headline=False)) == []


def test_the_outlet_that_a_source_told_it_is_cited():
    assert cited(occurrence(attribution_ids=("a4",), headline=False)) == [("Record", "Record")]


def test_an_outlet_whose_quotation_goes_on_in_a_new_paragraph_is_cited_by_the_words_that_name_it():
    goes_on = Attribution(
        id="a6", source=None, cue=None, content=(span("The bread was dear"),), source_id="s5", continues=True
    )

    assert cited(occurrence(more=(goes_on,), attribution_ids=("a6",), headline=False)) == []
    assert cited(occurrence(more=(goes_on,), attribution_ids=("a6", "a5"), headline=False)) == [("Reuters", "Reuters")]


def test_an_outlet_that_carries_the_claim_is_cited():
    assert cited(occurrence(attribution_ids=("a5",), headline=False)) == [("Reuters", "Reuters")]


@pytest.mark.parametrize("publisher", ["Hinterpost", "The Hinterpost", "Weekly Hinterpost"])
def test_the_articles_own_outlet_is_not_cited(publisher):
    assert cited(occurrence(publisher=publisher)) == []


def test_attributions_that_are_not_there_are_passed_over():
    o = occurrence(attribution_ids=("a1", "a99"), disputed_by=("a98",))

    assert [a.id for a in (*o.attributions, *o.disputes)] == ["a1"]


# --- what backs the story ------------------------------------------------------------------------------


def told_by(claim=PACT, publisher="The Calvorne Courier", **changes):
    """The occurrence of a claim that was signed, in an article that credits an outlet."""
    sentence = span("Clara Venning told the Record that it was sealed.")
    quiet = Claim(id="c2", text="The market was quiet", spans=(span("The market was quiet"),), attribution_ids=("a5",))
    analysis = Analysis(
        attributions=(SAID, DENIED, FIRST, TOLD, QUIET),
        sources=(MEMBERS, FRONT, HINTERPOST, VENNING, REUTERS),
        claims=(PACT, quiet),
        citations=(
            Citation(outlet="Record", span=span("the Record"), sentence=sentence, form="told"),
            Citation(
                outlet="Courier",
                span=span("Hinterpost"),
                sentence=span("News of the pact was first reported"),
                form="reports",
            ),
        ),
    )
    article = Article(
        id="art_1", text=TEXT, kind=MediaKind.TEXT, title="Pact", publisher=publisher, added_at=NOW, analysis=analysis
    )
    found = next(c for c in analysis.claims if c.id == claim.id).model_copy(update=changes)
    signed = sign("Pact", TEXT, analysis, embed)
    return build(article, found, "clm_1", NOW, signed, behind(article, signed))


def test_a_headline_claim_has_its_story_with_the_sentences_that_tell_it():
    o = told_by()

    assert o.story is not None and o.vector is not None
    assert o.facts.keys
    assert o.passages[0].exact.startswith("The two groups have sealed a pact")
    for shown in o.passages:
        assert TEXT[shown.start : shown.end] == shown.exact


def test_who_says_at_the_beginning_that_it_is_not_so_is_known_and_nobody_who_did_not_say_it():
    text = "Reports that the mill is sold are wrong, Clara Venning said. Owen Strand did not say that it will close."
    wrong, close = "Reports that the mill is sold are wrong", "it will close"

    def at(words):
        return ((text.index(words), text.index(words) + len(words)),)

    def a(n, source, cue, content, **more):
        return Attribution(id=f"a{n}", source=at(source), cue=at(cue), content=at(content), source_id=f"s{n}", **more)

    claim = Claim(id="c1", text=close, spans=at(close), headline=True)
    analysis = Analysis(
        attributions=(
            a(1, "Clara Venning", "said", wrong),
            a(2, "Owen Strand", "say", "not say that it will close", factual=False),
            a(3, "Reports", "that", "the mill is sold"),
        ),
        sources=tuple(
            Source(id=f"s{n}", name=name, kind=SourceKind.NAMED_PERSON, mentions=at(name))
            for n, name in enumerate(("Clara Venning", "Owen Strand", "Reports"), 1)
        ),
        claims=(claim,),
    )
    article = Article(id="art_1", text=text, kind=MediaKind.TEXT, added_at=NOW, analysis=analysis)

    o = build(article, claim, "clm_1", NOW, sign(None, text, analysis, embed))

    assert [denial.outright for denial in o.denials] == [wrong, None]
    assert [attribution.id for attribution in o.denied_by] == ["a1"]
    assert [source.name for source in o.sources] == ["Clara Venning"]
    assert o.quotes["s1"].exact == "Clara Venning"
    assert turned(o, "clm_2", Statement(text="x", facts=Facts())).denials == ()


def test_a_line_of_the_page_tells_no_story():
    text = "Share this article about the pact of the rebel groups.\nThe rebel groups have sealed a pact in the valley."
    article = Article(id="art_1", text=text, kind=MediaKind.TEXT, title="Pact", added_at=NOW, analysis=Analysis())

    assert [p.exact for p in passages(article)] == ["The rebel groups have sealed a pact in the valley."]


def test_whoever_says_something_in_the_article_and_whom_it_credits_backs_the_story():
    backing = told_by().backing

    assert [(b.source_ids, b.outlet, b.form, b.told_by) for b in backing] == [
        (("s1",), None, None, ()),
        (("s5",), None, None, ()),
        ((), "Record", "told", ("s4",)),
        ((), "Reuters", "credited", ()),
    ]
    for b in backing:
        assert TEXT[b.evidence.start : b.evidence.end] == b.evidence.exact
    assert {"s1", "s4", "s5"} <= {source.id for source in told_by().sources}


def backing_of(text, claims, attributions, sources, citations=()):
    """Who backs the story of an article that says these things."""
    analysis = Analysis(attributions=attributions, sources=sources, claims=claims, citations=citations)
    article = Article(id="art_1", text=text, kind=MediaKind.TEXT, title=None, added_at=NOW, analysis=analysis)
    return backed(article, sign(None, text, analysis, embed))


def said_by(text, source, content, kind):
    """A claim of a text, what attributes it, and its source."""

    def at(words):
        return ((text.index(words), text.index(words) + len(words)),)

    said = Attribution(id="a1", source=at(source), cue=at("said"), content=at(content), source_id="s1")
    claim = Claim(id="c1", text=content, spans=at(content), attribution_ids=("a1",), headline=True)
    return claim, said, Source(id="s1", name=source, kind=kind, mentions=at(source))


@pytest.mark.parametrize(
    ("content", "backs"),
    [
        ("the pact was sealed at Yarmesh", True),
        ("he could not confirm that a pact was sealed", False),
        ("there was no evidence of a pact", False),
        ("the army does not know of a pact", False),
        ("she couldn’t confirm that a pact was sealed", False),
        ("the council hasn't verified that", False),
        ("the army didn't find any evidence of a pact", False),
        ("the groups wouldn't comment on the pact", False),
        ("the army doesn't know of a pact", False),
        ("the Front not only confirmed the pact but sealed it", True),
        ("the Front didn’t just confirm the pact", True),
        ("no house was lost when the village known as Tarn burned", True),
        ("no house was lost in the village known as Tarn", True),
        ("the pact didn't hold because the army had evidence of it", True),
    ],
)
def test_who_knows_nothing_of_it_backs_no_story(content, backs):
    text = f"The two groups have sealed a pact. Clara Venning said {content}."
    claim, said, source = said_by(text, "Clara Venning", content, SourceKind.NAMED_PERSON)

    assert bool(backing_of(text, (claim,), (said,), (source,))) == backs


@pytest.mark.parametrize("kind", [SourceKind.UNNAMED_PERSON, SourceKind.NAMED_PERSON])
def test_people_without_a_name_who_spoke_to_another_outlet_back_nothing_by_themselves(kind):
    text = "The two groups have sealed a pact. An insider said the pact was sealed at Yarmesh, the Record reported."
    claim, said, source = said_by(text, "An insider", "the pact was sealed at Yarmesh", kind)
    begin, record = text.index("An insider"), text.index("Record")
    citation = Citation(outlet="Record", span=(record, record + 6), sentence=(begin, len(text)), form="reports")

    found = backing_of(text, (claim,), (said,), (source,), (citation,))
    assert [b.outlet for b in found if b.outlet] == ["Record"]
    assert bool([b for b in found if b.source_ids]) == (kind == SourceKind.NAMED_PERSON)


@pytest.mark.parametrize(
    ("said", "backs"),
    [
        ("Clara Venning, who denied all of it at first, said the pact was sealed at Yarmesh, to the Record", False),
        ("Clara Venning said the pact was sealed at Yarmesh, which is not true, to the Record", False),
        ("Clara Venning said the pact was sealed at Yarmesh, and declined to say more, to the Record", False),
        ("Clara Venning said the pact was sealed at Yarmesh, to the Record", True),
        ("Clara Venning, who was denied bail, said the pact was sealed at Yarmesh, to the Record", True),
        ("Clara Venning and a man who declined to be named said the pact was sealed at Yarmesh, to the Record", True),
    ],
)
def test_whom_a_sentence_quotes_that_says_against_it_backs_no_story_and_no_more_does_the_outlet(said, backs):
    text = f"The two groups have sealed a pact. {said}."
    claim, attributed, source = said_by(
        text, "Clara Venning", "the pact was sealed at Yarmesh", SourceKind.NAMED_PERSON
    )
    begin, record = text.index("Clara"), text.index("Record")
    citation = Citation(outlet="Record", span=(record, record + 6), sentence=(begin, len(text)), form="told")

    found = backing_of(text, (claim,), (attributed,), (source,), (citation,))

    assert (bool([b for b in found if b.source_ids]), bool([b for b in found if b.outlet])) == (backs, backs)


def test_the_article_s_own_outlet_backs_nothing():
    assert "Courier" not in {b.outlet for b in told_by().backing}
    assert "Courier" in {b.outlet for b in told_by(publisher="Wessingby Tribune").backing}


def test_another_claim_of_the_article_has_neither_story_nor_backing():
    o = told_by(Claim(id="c2", text="", spans=()))

    assert (o.text, o.story, o.passages, o.backing) == ("The market was quiet", None, (), ())
    assert o.vector is not None


def of_the_story(o):
    return [name for name, _ in o.story_outlets], o.story_sources


QUIET_CLAIM = Claim(id="c2", text="", spans=())


def test_what_an_article_says_once_of_its_story_is_said_of_its_other_claims_too():
    assert of_the_story(told_by(QUIET_CLAIM)) == (["Hinterpost", "Record"], ())
    assert of_the_story(told_by()) == ([], ())  # of the headline claim it is said itself
    for name, shown in told_by(QUIET_CLAIM).story_outlets:
        assert name in TEXT[shown.start : shown.end]


def test_the_articles_own_outlet_is_none_that_it_credits_with_its_story():
    assert of_the_story(told_by(QUIET_CLAIM, publisher="Hinterpost"))[0] == ["Record", "Courier"]


def test_where_nobody_is_named_for_a_claim_its_story_is_his_who_says_the_headline_claim():
    nobody = told_by(QUIET_CLAIM, attribution_ids=())

    assert nobody.story_sources == ("s1",)
    assert nobody.attributions == ()
    assert [s.name for s in nobody.sources] == ["three members of the council"]
    assert nobody.quotes["s1"].exact == "three members of the council"
    assert told_by(QUIET_CLAIM, attribution_ids=(), own_witness=True).story_sources == ()


def test_what_is_said_of_the_story_is_left_behind_where_a_claim_disputes_another_and_where_somebody_is_named_after_all():
    nobody = told_by(QUIET_CLAIM, attribution_ids=())

    assert of_the_story(turned(nobody, "clm_2", OPPOSITE)) == ([], ())
    assert of_the_story(joined(nobody, nobody)) == (["Hinterpost", "Record"], ("s1",))
    for both in (joined(nobody, told_by(QUIET_CLAIM)), joined(told_by(QUIET_CLAIM), nobody)):
        assert of_the_story(both) == (["Hinterpost", "Record"], ())
    for both in (joined(nobody, told_by()), joined(told_by(), nobody)):
        assert of_the_story(both) == ([], ())


def self_cited(text, outlet, form="reports", publisher="Calvorne Courier"):
    """The words by which an article credits its own outlet."""
    at = text.index(outlet) if outlet else 0
    citations = (Citation(outlet=outlet, span=(at, at + len(outlet)), sentence=(0, len(text)), form=form),)
    claim = Claim(id="c1", text=text, spans=((0, len(text)),), headline=True)
    analysis = Analysis(claims=(claim,), citations=citations if outlet else ())
    article = Article(id="art_1", text=text, kind=MediaKind.TEXT, publisher=publisher, added_at=NOW, analysis=analysis)
    once = behind(article, sign(None, text, analysis, embed))
    found = build(article, claim, "clm_1", NOW, behind=once).self_cited
    return found.exact if found else None


@pytest.mark.parametrize(
    ("text", "outlet", "form", "words"),
    [
        ("The port suspended him after the Courier reported that it had paid.", "Courier", "reports", "Courier"),
        ("He will pay back what the Calvorne Courier made known.", "Calvorne Courier", "reports", "Calvorne Courier"),
        ("It was first published by the Courier on Monday.", "Courier", "credited", "Courier"),
        ("As this newspaper reported on Monday, a dam broke.", "", "", "this newspaper reported"),
        ("The dam broke, as we have previously reported.", "", "", "as we have previously reported"),
        ("Now the ministry has confirmed our report on the dam.", "", "", "our report"),
        ("The port paid a firm of his, invoices seen by the Courier show.", "Courier", "credited", None),
        ("He told the Courier that the report was wrong.", "Courier", "told", None),
        ("The port paid a firm of his, the Courier has learned.", "Courier", "reports", None),
        ("The port paid a firm of his, the Lantern reported.", "Lantern", "reports", None),
        ("“This newspaper reported it, and our report was wrong,” said its editor.", "", "", None),
        ("The firm told this newspaper that it had paid.", "", "", None),
    ],
)
def test_an_article_credits_its_own_outlet_where_it_speaks_of_what_that_reported_before(text, outlet, form, words):
    assert self_cited(text, outlet, form or "reports") == words
    assert self_cited(text, outlet, form or "reports", publisher=None) is None


# --- seen from the opposite, and joined ----------------------------------------------------------------

OPPOSITE = Statement(text="The two groups have sealed no pact", facts=Facts(stems=("pact", "seal"), negated=True))


def test_from_the_record_of_the_opposite_whoever_carries_a_claim_disputes_that():
    o = turned(told_by(), "clm_2", OPPOSITE)

    assert (o.claim_id, o.reporting, o.headline, o.opposes) == ("clm_2", False, False, OPPOSITE)
    assert (o.attributions, o.disputes) == ((), told_by().attributions)
    assert (o.vector, o.story, o.passages, o.backing) == (None, None, (), ())


def test_two_occurrences_of_one_article_are_joined_with_what_heads_it_first():
    head = told_by()
    quiet = told_by(Claim(id="c2", text="", spans=()))

    for both in (joined(head, quiet), joined(quiet, head)):
        assert (both.text, both.headline, both.facts, both.vector) == (head.text, True, head.facts, head.vector)
        assert (both.story, both.passages, both.backing) == (head.story, head.passages, head.backing)
        assert {a.id for a in both.attributions} == {"a1", "a5"}
        assert {s.id for s in both.sources} >= {"s1", "s5"}
        assert [e.exact for e in both.sentences] == [e.exact for e in (*head.sentences, *quiet.sentences)]


def test_an_occurrence_that_is_joined_again_stays_as_it_is():
    head, quiet = told_by(), told_by(Claim(id="c2", text="", spans=()))
    both = joined(head, quiet)

    assert joined(both, quiet) == joined(both, head) == joined(both, both) == both


def test_what_an_article_says_of_a_claim_stands_before_what_only_contradicts_it():
    carries, opposes = told_by(), turned(told_by(), "clm_1", OPPOSITE)

    assert joined(carries, opposes) == joined(opposes, carries) == carries
    assert joined(opposes, opposes).opposes == OPPOSITE
