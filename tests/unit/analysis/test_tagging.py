"""What the tagger sees becomes drafts: for each likely cue its linked source and content."""

import numpy as np
import pytest

from secondsource.analysis.tagging import LIKELY_ANCHOR, propose
from secondsource.language.parse import spacy_parser
from secondsource.language.tagger import HEADS, LINKS, Tags
from secondsource.language.wordpiece import words
from secondsource.model import Label, Stance

TEXT = "Clara Venning, the engineer, said on Monday that the old dam at Tarn was unsafe and would have to be repaired."


def tags(*anchors, text=TEXT):
    """Tags in which each anchor (cue, likely, source, content, more heads) is linked to just these words."""
    spans = words(text)
    tokens = [text[a:b] for a, b in spans]
    p = np.zeros((len(tokens), len(HEADS)), np.float32)
    links = []
    indexes = []
    for cue, likely, source, content, heads in anchors:
        at = tokens.index(cue)
        indexes.append(at)
        p[at, HEADS.index("anchor")] = likely
        p[at, HEADS.index("cue_in")] = 1.0
        p[at, HEADS.index("speech")] = likely
        for head, value in heads.items():
            p[at, HEADS.index(head)] = value
        link = np.zeros((len(LINKS), len(tokens)), np.float32)
        for row, linked in (("source", source), ("content", content)):
            for a, b in linked:
                start = text.index(a)
                end = text.index(b, start) + len(b)
                link[LINKS.index(row), [start <= s and e <= end for s, e in spans]] = 1.0
        links.append(link)
    return Tags(spans, p, indexes, [(0, len(tokens))] * len(anchors), links)


def said(likely=0.9, source=(("Clara", "engineer"),), content=(("the old", "repaired"),), **heads):
    return ("said", likely, source, content, {"stance:assert": 1.0, **heads})


def proposed(*anchors):
    return propose(spacy_parser(TEXT), tags(*anchors))


def pieces(ranges):
    return [TEXT[s:e] for s, e in ranges]


def test_an_anchor_is_proposed_with_the_words_that_are_linked_to_it():
    (draft,) = proposed(said())

    assert pieces(draft.source) == ["Clara Venning, the engineer"]
    assert pieces(draft.cue) == ["said"]
    assert pieces(draft.content) == ["the old dam at Tarn was unsafe and would have to be repaired"]
    assert draft.head is not None and draft.head.text == "said"
    assert draft.source_head is not None and draft.source_head.text == "Venning"
    assert (draft.rule, draft.stance, draft.label) == ("tagger", Stance.ASSERT, Label.SPEECH)


def test_an_unlikely_anchor_is_not_proposed():
    assert proposed(said(likely=LIKELY_ANCHOR - 0.01)) == []
    assert len(proposed(said(likely=LIKELY_ANCHOR + 0.01))) == 1


def test_an_anchor_without_content_is_not_proposed():
    assert proposed(said(content=())) == []


def test_an_anchor_without_a_source_is_proposed_without_one():
    (draft,) = proposed(said(source=()))

    assert draft.source == []
    assert draft.source_head is None


def test_two_words_that_are_not_linked_do_not_break_the_content():
    (draft,) = proposed(said(content=(("the old", "Tarn"), ("and", "repaired"))))

    assert pieces(draft.content) == ["the old dam at Tarn was unsafe and would have to be repaired"]


def test_three_words_that_are_not_linked_do():
    (draft,) = proposed(said(content=(("the old", "Tarn"), ("would", "repaired"))))

    assert pieces(draft.content) == ["the old dam at Tarn", "would have to be repaired"]


def test_a_stray_word_far_from_the_content_is_left_out():
    (draft,) = proposed(said(content=(("Monday", "Monday"), ("dam", "repaired"))))

    assert pieces(draft.content) == ["dam at Tarn was unsafe and would have to be repaired"]


def test_of_two_that_say_the_same_the_likelier_is_proposed():
    (draft,) = proposed(said(likely=0.4), ("unsafe", 0.8, (), (("the old", "repaired"),), {"stance:doubt": 1.0}))

    assert pieces(draft.cue) == ["unsafe"]


def test_two_that_say_different_things_are_both_proposed_the_likelier_first():
    first, second = proposed(
        said(likely=0.4, content=(("the old", "unsafe"),)),
        ("Monday", 0.8, (), (("would", "repaired"),), {"stance:predict": 1.0}),
    )

    assert (pieces(first.cue), pieces(second.cue)) == (["Monday"], ["said"])


@pytest.mark.parametrize("stance", ["deny", "doubt", "ask"])
def test_the_likeliest_stance_at_the_anchor_is_taken(stance):
    (draft,) = proposed(said(**{"stance:assert": 0.3, f"stance:{stance}": 0.6}))

    assert draft.stance == Stance(stance)


def test_a_cue_that_is_hardly_speech_is_a_stance():
    (draft,) = proposed(said(speech=0.1))

    assert draft.label == Label.STANCE


def test_an_anchor_that_is_no_cue_has_none():
    (draft,) = proposed(said(cue_in=0.0))

    assert draft.cue == []
    assert pieces(draft.content) == ["the old dam at Tarn was unsafe and would have to be repaired"]


def test_a_text_without_words_proposes_nothing():
    nothing = Tags([], np.zeros((0, len(HEADS)), np.float32), [], [], [])

    assert propose(spacy_parser(""), nothing) == []
