"""Of what the rules and the tagger propose the likeliest stand, each once."""

from dataclasses import replace
from itertools import combinations

import pytest

from secondsource.analysis import attribution, joining, tagging
from secondsource.analysis.quotes import quotes
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import Tagger

STORY = (
    "The mill at Tarn will close in June, the company said on Monday. “It is a sad day for the town,” Ilse Haver, a "
    "councillor, told reporters. She said the council would look for a buyer.\n\n"
    "The union denied that it had been told. According to a leaked report, 40 people will lose their jobs. Farmers fear "
    "that the harbour will close, too. “We knew it,” said Tom Perrin. “Nobody asked us.”"
)


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


@pytest.fixture(scope="module")
def joined(tagger):
    """What the rules and the tagger propose for the text, and what stands of it."""

    def join(text):
        doc = spacy_parser(text)
        marks, tags = quotes(text), tagger.tag(text)
        rules, tagged = attribution.draft(doc, marks), tagging.propose(doc, tags)
        return rules, tagged, joining.join(rules, tagged, tags, marks)

    return join


def words(text, ranges):
    return [text[s:e] for s, e in ranges]


def test_what_stands_was_proposed_by_one_of_the_two(joined):
    rules, tagged, kept = joined(STORY)

    proposed = {id(draft) for draft in [*rules, *tagged]}
    assert kept
    assert {id(draft) for draft in kept} <= proposed
    assert len({id(draft) for draft in kept}) == len(kept)


def test_what_points_at_a_draft_of_the_rules_still_does(joined):
    rules, _, kept = joined(
        "“The dam is safe,” Clara Venning said. “We looked twice.\n\n“Nobody in the valley should worry.”"
    )

    speech = [draft for draft in kept if draft.speaker_of is not None]
    assert speech
    assert all(any(draft.speaker_of is other for other in rules) for draft in speech)


def test_nothing_stands_twice(joined):
    _, _, kept = joined(STORY)

    for one, other in combinations(kept, 2):
        a = {i for s, e in one.content for i in range(s, e)}
        b = {i for s, e in other.content for i in range(s, e)}
        assert len(a & b) <= 0.8 * len(a | b)


def test_what_stands_comes_in_the_order_of_its_content(joined):
    _, _, kept = joined(STORY)

    assert [draft.content[0] for draft in kept] == sorted(draft.content[0] for draft in kept)
    assert all(draft.content for draft in kept)


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("the company", "The mill at Tarn will close in June"),
        ("Ilse Haver, a councillor", "“It is a sad day for the town,”"),
        ("She", "the council would look for a buyer"),
        ("The union", "it had been told"),
        ("a leaked report", "40 people will lose their jobs"),
        ("Tom Perrin", "“We knew it,”"),
    ],
)
def test_plain_attributions_stand_with_the_spans_that_the_rules_gave_them(joined, source, content):
    _, _, kept = joined(STORY)

    assert (source, content) in [(" ".join(words(STORY, d.source)), words(STORY, d.content)[0]) for d in kept]


def test_the_same_text_is_joined_the_same_way_twice(joined):
    def told():
        return [(d.source, d.cue, d.content, d.rule) for d in joined(STORY)[2]]

    assert told() == told()


def test_where_nothing_is_proposed_nothing_stands(joined, tagger):
    assert joining.join([], [], tagger.tag(""), ()) == []
    assert joined("The bridge at Marun is old.")[2] == []


def test_the_weights_are_as_many_as_the_features(tagger):
    doc = spacy_parser(STORY)
    marks, tags = quotes(STORY), tagger.tag(STORY)
    candidates = joining.candidates_of(attribution.draft(doc, marks), tagging.propose(doc, tags), tags)
    model = joining._model()

    rows = joining.features(candidates, tags, marks)

    assert rows.shape == (len(candidates), len(model.weights))
    assert model.mean.shape == model.scale.shape == model.weights.shape
    assert (model.scale > 0).all()
    assert 0 < model.threshold_quoted <= model.threshold < 1


def test_who_disputes_a_report_is_not_its_source(joined):
    text = (
        "Two analysts who study the war in eastern Ondresia have disputed reports that the Jorrel Front and the Vesker "
        "Brigades have formed an alliance, saying the groups want different things."
    )
    _, _, kept = joined(text)

    reports = [d for d in kept if words(text, d.cue) == ["reports"]]
    assert all(d.source == [] for d in reports)


def test_a_doubt_within_what_is_said_stands_beside_it(joined):
    text = (
        "Daniel Aumontley, a senior lecturer in conflict studies at the University of Wessingby, said he doubted that the "
        "two groups had made any pact."
    )
    _, _, kept = joined(text)

    assert [words(text, d.cue) for d in kept] == [["said"], ["doubted"]]


def test_who_says_it_behind_a_long_clause_is_not_taken_for_what_is_said(joined):
    text = (
        "The sheds are part of the Ostrel Shores Park in Tarn City, Norvania, about 11 miles (18 kilometers) from "
        "Brellin’s main office in Mountain View, said the people, who asked not to be named because the sale is private."
    )
    _, _, kept = joined(text)

    (draft,) = kept
    assert words(text, draft.source) == ["the people, who asked not to be named because the sale is private"]
    assert words(text, draft.content)[0].startswith("The sheds are part of the Ostrel Shores Park")


_BURIED = (
    "The sheds are part of the Ostrel Shores Park in Tarn City, Norvania, about 11 miles (18 kilometers) from Brellin’s "
    "main office in Mountain View, said the people, who asked not to be named because the sale is private. "
)


def _as_by_comparing_all(candidates):
    """What is turned, with each of the tagger's drafts compared with each of the rules'."""
    of_rules = [c for c in candidates if c.by_rule and c.source and c.draft.rule in joining.SOURCED]
    pairs = [
        (n, right)
        for n, c in enumerate(candidates)
        for right in of_rules
        if not c.by_rule and c.cue & right.cue and c.content <= right.source
    ]
    wrong = {n for n, _ in pairs}
    return [c for n, c in enumerate(candidates) if n not in wrong], {id(right.draft) for _, right in pairs}


def _candidates(tagger, text):
    doc, tags = spacy_parser(text), tagger.tag(text)
    return joining.candidates_of(attribution.draft(doc, quotes(text)), tagging.propose(doc, tags), tags)


def test_those_that_share_a_cue_are_all_that_can_be_turned(tagger):
    candidates = _candidates(tagger, _BURIED + STORY + "\n\n" + _BURIED)

    kept, turned = joining._without_turned(candidates)

    assert len(kept) < len(candidates) and turned
    assert (kept, turned) == _as_by_comparing_all(candidates)


def test_twice_the_text_is_twice_the_comparisons(tagger):
    """Counted, not timed: how often the words of one draft are compared with those of another."""
    compared = 0

    class Words(frozenset):
        def __and__(self, other):
            nonlocal compared
            compared += 1
            return super().__and__(other)

        def __le__(self, other):
            nonlocal compared
            compared += 1
            return super().__le__(other)

    def work(times):
        nonlocal compared
        compared = 0
        found = _candidates(tagger, "Bo said it fell. " * times)
        joining._without_turned([replace(c, cue=Words(c.cue), content=Words(c.content)) for c in found])
        return compared

    once, twice = work(40), work(80)

    assert once > 0 and twice <= 3 * once, (once, twice)


def test_a_dispute_that_does_something_is_no_denial_of_it(joined):
    text = (
        "A pay dispute that grounded 200 Aerolux flights ended on Friday when pilots accepted a 6 percent rise.\n\n"
        '"We have a deal," union chief Dora Klimt said.'
    )
    _, _, kept = joined(text)

    assert "dispute" not in {word for draft in kept for word in words(text, draft.cue)}
