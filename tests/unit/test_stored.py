from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.errors import InvalidCursor, UnprocessableInput
from secondsource.stored import MOST_PER_PAGE, is_id, page_size, place, require_ids, require_place, stamp

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
first, last = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2, 9998))
moments = st.datetimes(first, last, timezones=zones)


@given(moments, moments)
def test_stamps_sort_as_their_moments_do(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) is (one < other)
    assert (stamp(one) == stamp(other)) is (one == other)
    assert len(stamp(one)) == 27


def test_a_moment_without_a_zone_is_taken_as_utc() -> None:
    assert stamp(datetime(2026, 1, 2, 3, 4, 5)) == stamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))  # noqa: DTZ001
    assert stamp(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


@given(moments, st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", fullmatch=True))
def test_every_place_is_one_and_so_it_is_with_a_link(moment: datetime, name: str) -> None:
    found = place(moment, name)
    assert require_place(found) == found
    assert require_place(f"{found}#0123456789ab") == f"{found}#0123456789ab"


@given(st.text())
def test_any_other_text_is_no_place(text: str) -> None:
    with pytest.raises(InvalidCursor):
        require_place(text)


@given(st.text())
def test_an_id_can_hold_nothing_that_separates_or_that_is_not_ascii(text: str) -> None:
    if is_id(text):
        assert text.isascii() and text.isprintable()
        assert not set(text) & set("#/ %?\\")
    else:
        with pytest.raises(UnprocessableInput):
            require_ids("fine", text)


@pytest.mark.parametrize("value", [None, 1, b"a", ["a"], ""])
def test_what_is_not_text_is_no_id(value: object) -> None:
    assert is_id(value) is False


@given(st.integers())
def test_a_page_has_at_least_one_item_and_never_more_than_the_most(limit: int) -> None:
    assert 1 <= page_size(limit) <= MOST_PER_PAGE
    if 1 <= limit <= MOST_PER_PAGE:
        assert page_size(limit) == limit
