"""The tagger answers for every word of any text, at exact offsets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource.language.tagger import (
    CORE_PIECES,
    DATA,
    HEADS,
    KINDS,
    LINKS,
    MARGIN_PIECES,
    STANCES,
    SURE_ANCHOR,
    Tagger,
    Tags,
    encode,
    inputs,
    sizes_of,
    windows,
)
from secondsource.language.wordpiece import MOST_PIECES, WordPiece

STORY = (
    "The dam will be repaired by spring, Minister Ana Ruiz told reporters on Monday.\n\n"
    "“We have the money,” she said. According to a leaked report, the work has not begun. "
    "The river rose by two metres overnight."
)
POSITIONS = 512  # what the network was built for


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.fixture(scope="module")
def wordpiece() -> WordPiece:
    return WordPiece.read(DATA / "vocab.txt")


def at(tags: Tags, text: str, part: str) -> slice:
    """The words that lie in the first occurrence of `part`."""
    start = text.index(part)
    inside = [i for i, (a, b) in enumerate(tags.words) if a < start + len(part) and b > start]
    return slice(inside[0], inside[-1] + 1)


def test_said_words_are_content_and_plain_narration_is_not(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    content = tags.head("content_in")
    assert content[at(tags, STORY, "dam will be repaired")].min() > 0.5
    assert content[at(tags, STORY, "We have the money")].min() > 0.5
    assert content[at(tags, STORY, "work has not begun")].min() > 0.5
    assert content[at(tags, STORY, "river rose by two metres")].max() < 0.5


def test_sources_and_cues_are_told_apart(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    name, cue = at(tags, STORY, "Minister Ana Ruiz"), at(tags, STORY, "told")
    assert tags.head("source_in")[name].min() > 0.5 > tags.head("source_in")[cue].max()
    assert tags.head("cue_in")[cue].min() > 0.5 > tags.head("cue_in")[name].max()


def test_an_anchor_is_linked_to_its_own_source_and_content(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    said = at(tags, STORY, "said").start
    i = tags.anchors.index(said)
    source, content = tags.link(i, "source"), tags.link(i, "content")
    assert source.argmax() == at(tags, STORY, "she said").start
    assert content[at(tags, STORY, "We have the money")].min() > 0.5
    assert content[at(tags, STORY, "dam will be repaired")].max() < 0.5


def test_the_kind_of_a_source_is_read_from_its_words(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    kinds = {i: KINDS[tags.kind(tags.anchors.index(i)).argmax()] for i in tags.anchors}
    assert kinds[at(tags, STORY, "told").start] == "named_person"
    assert kinds[at(tags, STORY, "According").start] == "document"


def test_a_text_without_words_has_no_tags(tagger: Tagger) -> None:
    for text in ("", " ", "\n\n\t"):
        tags = tagger.tag(text)
        assert tags.words == [] and tags.anchors == [] and tags.p.shape == (0, len(HEADS))


def test_the_same_text_always_gets_the_same_answer(tagger: Tagger) -> None:
    assert np.array_equal(tagger.tag(STORY).p, tagger.tag(STORY).p)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400) | st.text(alphabet="aB \n.\"“”'’,é\u0301𝕏", max_size=400))
def test_any_string_is_tagged_with_offsets_into_it_and_probabilities(text: str) -> None:
    tags = shared().tag(text)
    assert tags.p.shape == (len(tags.words), len(HEADS))
    assert np.isfinite(tags.p).all() and (tags.p >= 0).all() and (tags.p <= 1.0001).all()
    ends = [0] + [end for _, end in tags.words]
    assert all(a >= before and b > a for (a, b), before in zip(tags.words, ends, strict=False))
    between = [text[before:a] for (a, _), before in zip(tags.words, ends, strict=False)]
    assert all(not gap.strip() for gap in [*between, text[ends[-1] :]])
    for anchor, (begin, end), link in zip(tags.anchors, tags.reach, tags.links, strict=True):
        assert begin <= anchor < end <= len(tags.words) and link.shape == (len(LINKS), end - begin)


def test_class_groups_sum_to_one_for_every_word(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    for group, names in (("kind", KINDS), ("stance", STANCES)):
        columns = [HEADS.index(f"{group}:{name}") for name in names]
        assert np.allclose(tags.p[:, columns].sum(1), 1, atol=1e-3)


def test_links_are_kept_for_exactly_the_likely_anchors(tagger: Tagger) -> None:
    tags = tagger.tag(STORY)
    assert tags.anchors == np.flatnonzero(tags.head("anchor") >= SURE_ANCHOR).tolist()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, MOST_PIECES + 1), st.booleans(), st.sampled_from("a.")), max_size=600))
def test_every_word_is_judged_in_exactly_one_window_that_fits(units: list[tuple[int, bool, str]]) -> None:
    sizes, starts, tokens = ([u[k] for u in units] for k in range(3))
    cut = windows(sizes, starts, tokens)
    judged = [i for w in cut for i in range(w.core_begin, w.core_end)]
    assert judged == list(range(len(units)))
    for w in cut:
        assert w.begin <= w.core_begin < w.core_end <= w.end
        assert sum(sizes[w.begin : w.end]) + 2 <= CORE_PIECES + 2 * MARGIN_PIECES + 2 <= POSITIONS


def test_a_window_names_one_first_piece_for_each_of_its_words(wordpiece: WordPiece) -> None:
    encoded = encode(STORY, wordpiece)
    for window in windows(sizes_of(encoded), encoded.starts, encoded.tokens):
        feed = inputs(encoded, window, wordpiece)
        assert len(feed["first"]) == window.end - window.begin
        assert len(feed["rows"]) == len(feed["cases"]) == len(feed["quotes"])
        for i, place in enumerate(feed["first"], window.begin):
            assert feed["rows"][place] == encoded.pieces[i][0]


def test_a_text_of_one_endless_word_or_of_many_marks_is_tagged(tagger: Tagger) -> None:
    assert len(tagger.tag("a" * 200_000).words) == 1
    assert len(tagger.tag("!" * 3_000).words) == 3_000


_TAGGER: list[Tagger] = []


def shared() -> Tagger:
    """One tagger for the property test, which cannot take the fixture."""
    if not _TAGGER:
        _TAGGER.append(Tagger())
    return _TAGGER[0]
