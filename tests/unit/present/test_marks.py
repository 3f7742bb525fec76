import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.model import Attribution, FlagLevel
from secondsource.present.marks import is_span, marked
from secondsource.present.report import build
from secondsource.text.paragraphs import paragraphs
from tests.unit.present import story


def report_of(text, claims=(), attributions=(), records=None):
    analysis = story.ARTICLE.analysis.model_copy(
        update={"claims": tuple(claims), "attributions": tuple(attributions), "sources": (), "stakes": {}}
    )
    return build(story.ARTICLE.model_copy(update={"text": text, "analysis": analysis}), records or {})


def claim_at(*spans, **fields):
    return story.HEADLINE.model_copy(update={"spans": spans, "claim_id": None, "attribution_ids": (), **fields})


def pieces(report, passages=()):
    return [piece for paragraph in marked(report, passages) for piece in paragraph.pieces]


def words_of(role, report):
    return [piece.text for piece in pieces(report) if role in piece.roles]


def test_the_words_of_claims_and_attributions_are_marked_and_no_others():
    found = {piece.text: piece.roles for piece in pieces(build(story.ARTICLE, story.RECORDS))}

    assert found["The Front and the Brigades have formed an alliance"] == ("claim", "warning", "content")
    assert found["three members of the exiled National Council"] == ("source",)
    assert found["The Front sells timber."] == ("claim",)
    assert found["This is not a truce,"] == ("content",)
    assert (
        found["The council, which lost the town of Dremna to the Front last week, is also seeking weapons from abroad."]
        == ()
    )


def test_a_claim_is_marked_by_the_level_of_its_gravest_flag():
    flags = (story.ANONYMOUS, story.ANONYMOUS.model_copy(update={"level": FlagLevel.NOTE}))
    record = story.ALLIANCE.model_copy(update={"flags": flags})

    assert words_of("caution", build(story.ARTICLE, {"clm_alliance": record})) == [story.HEADLINE.text]


def test_overlapping_spans_are_cut_where_each_begins_and_ends():
    text = "one two three four"
    report = report_of(
        text,
        [claim_at((0, 13)), claim_at((4, 18), id="c9")],
        [Attribution(id="a1", source=((4, 7),), cue=None, content=((8, 18),))],
    )

    assert [(piece.text, piece.roles) for piece in pieces(report)] == [
        ("one ", ("claim",)),
        ("two", ("claim", "source")),
        (" ", ("claim",)),
        ("three", ("claim", "content")),
        (" four", ("claim", "content")),
    ]


def test_a_broken_span_is_marked_in_all_its_pieces():
    assert words_of("content", build(story.ARTICLE, story.RECORDS))[1:] == [
        "This is not a truce,",
        "They have agreed on one command.",
    ]


def test_two_passages_that_overlap_can_both_be_found_whole():
    found = pieces(report_of("one two three"), [(0, 7), (4, 13)])

    assert [(piece.text, piece.begins, piece.passages) for piece in found] == [
        ("one ", ((0, 7),), ((0, 7),)),
        ("two", ((4, 13),), ((0, 7), (4, 13))),
        (" three", (), ((4, 13),)),
    ]


def test_a_passage_that_begins_in_white_space_begins_with_the_words():
    found = pieces(report_of("one\n\ntwo"), [(3, 8)])

    assert [(piece.text, piece.begins) for piece in found] == [("one", ()), ("two", ((3, 8),))]


def test_a_passage_over_two_paragraphs_begins_once():
    found = pieces(report_of("one\n\ntwo"), [(0, 8)])

    assert [(piece.text, piece.begins, piece.passages) for piece in found] == [
        ("one", ((0, 8),), ((0, 8),)),
        ("two", (), ((0, 8),)),
    ]


def test_a_note_stands_after_the_claim_and_explains_the_attribution_it_stands_among():
    found = [(piece.text, piece.notes) for piece in pieces(build(story.ARTICLE, story.RECORDS)) if piece.notes]

    (words, (first,)), (_, (second,)), (timber, (third,)) = found
    assert words == "The Front and the Brigades have formed an alliance"
    assert (first.number, first.claim.id, [each.id for each in first.attributions]) == (1, "c2", ["a1"])
    assert (second.number, second.claim, [each.id for each in second.attributions]) == (2, None, ["a2"])
    assert (timber, third.number, third.claim.id) == ("The Front sells timber.", 3, "c1")


def test_an_attribution_in_another_paragraph_than_its_claim_has_a_note_of_its_own():
    text = "The mill is sold.\n\nIt is, Ana said."
    far = Attribution(id="a1", source=((27, 30),), cue=((31, 35),), content=((19, 24),))

    report = report_of(text, [claim_at((0, 17), attribution_ids=("a1",))], [far])

    assert [[(note.number, note.claim is None) for note in p.notes] for p in marked(report)] == [
        [(1, False)],
        [(2, True)],
    ]


def test_every_claim_and_every_attribution_is_explained_once():
    report = build(story.ARTICLE, story.RECORDS)
    notes = [note for paragraph in marked(report) for note in paragraph.notes]

    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    assert sorted(note.claim.id for note in notes if note.claim) == ["c1", "c2"]
    assert sorted(each.id for note in notes for each in note.attributions) == ["a1", "a2"]


@pytest.mark.parametrize("text", ["", " \n\u200b"])
def test_a_text_without_words_has_no_paragraphs(text):
    assert marked(report_of(text)) == ()


def test_controls_and_overrides_are_shown_as_one_character_each():
    (piece,) = pieces(report_of("a\x07b\u202ec"))

    assert piece.text == "a\ufffdb\ufffdc"


def test_words_are_linked_to_only_where_they_stand():
    assert is_span("one two", 4, 7, "two")
    assert not is_span("one two", 4, 7, "six")
    assert not is_span("one two", -3, 7, "two")
    assert not is_span("one two", 4, 4, "")
    assert not is_span("one two", 4, 99, "two")


@given(st.data())
def test_for_any_spans_the_pieces_make_up_the_paragraphs(data):
    text = data.draw(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202d\u202e") | st.just("\n"),
            max_size=60,
        )
    )
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: tuple(sorted(pair)))
    spans = st.lists(place, max_size=4).map(tuple)
    claim = claim_at(*data.draw(spans))
    found = story.ATTRIBUTIONS[0].model_copy(update={"source": data.draw(spans), "content": data.draw(spans)})
    report = report_of(text, [claim], [found])

    shown = marked(report, data.draw(spans))

    assert [(p.start, "".join(piece.text for piece in p.pieces)) for p in shown] == [
        (start, text[start:end]) for start, end in paragraphs(text)
    ]
    for paragraph in shown:
        position = paragraph.start
        for piece in paragraph.pieces:
            assert ("claim" in piece.roles) == any(start <= position < end for start, end in claim.spans)
            assert ("content" in piece.roles) == any(start <= position < end for start, end in found.content)
            position += len(piece.text)
