from string import ascii_letters, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from secondsource.errors import InvalidCursor
from secondsource.web import cursors

POSITION = "2026-01-02T03:04:05.000000Z#art_1"
ALPHABET = ascii_letters + digits + "-_"


@given(st.text(), st.text(), st.text(max_size=300))
def test_a_cursor_gives_back_its_position(tenant: str, listing: str, position: str) -> None:
    cursor = cursors.encode(tenant, listing, position)
    assume(len(cursor) <= cursors.MOST_CHARACTERS)
    assert cursors.decode(tenant, listing, cursor) == position
    assert set(cursor) <= set(ALPHABET)


@given(st.text() | st.text(ALPHABET, min_size=1))
def test_any_text_is_a_cursor_of_this_list_or_refused(text: str) -> None:
    try:
        position = cursors.decode("here", "articles", text)
    except InvalidCursor:
        return
    assert cursors.encode("here", "articles", position) == text


def test_a_cursor_fits_no_other_tenant_and_no_other_list() -> None:
    cursor = cursors.encode("here", "articles", POSITION)
    for tenant, listing in [("there", "articles"), ("here", "claims"), ("here", "articles?q=x"), ("herearticles", "")]:
        with pytest.raises(InvalidCursor):
            cursors.decode(tenant, listing, cursor)


def test_tenant_and_list_do_not_run_together() -> None:
    with pytest.raises(InvalidCursor):
        cursors.decode("ab", "c", cursors.encode("a", "bc", POSITION))


@given(st.data())
def test_a_cursor_with_any_character_changed_added_or_taken_away_is_refused(data: st.DataObject) -> None:
    cursor = cursors.encode("here", "articles", POSITION)
    at = data.draw(st.integers(0, len(cursor) - 1))
    new = data.draw(st.sampled_from(ALPHABET))
    edits = [cursor[:at] + new + cursor[at + 1 :], cursor[:at] + new + cursor[at:], cursor[:at] + cursor[at + 1 :]]
    for edited in edits:
        if edited != cursor:
            with pytest.raises(InvalidCursor):
                cursors.decode("here", "articles", edited)


@pytest.mark.parametrize(
    "cursor",
    ["", "=", "x", "null", "../..", "a" * 2000, "\x00", "é", "\ud800", "\N{GRINNING FACE}", " ", "YQ==", POSITION],
)
def test_what_never_was_a_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        cursors.decode("here", "articles", cursor)


def test_a_cursor_with_padding_or_white_space_is_another_text_and_refused() -> None:
    cursor = cursors.encode("here", "articles", POSITION)
    for other in (cursor + "=", cursor + "\n", " " + cursor, cursor + "A" * 4):
        with pytest.raises(InvalidCursor):
            cursors.decode("here", "articles", other)


def test_a_cursor_does_not_name_the_tenant() -> None:
    one, other = cursors.encode("here", "articles", POSITION), cursors.encode("there", "articles", POSITION)
    assert one != other
    assert len(one) == len(other)
