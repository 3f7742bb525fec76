"""``ports.LimitStore``, for every store."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondsource.errors import UnprocessableInput
from secondsource.model import Limits
from secondsource.ports import Store
from tests.contract.samples import NOT_IDS, START

MINUTE = "2026-03-01T12:00"


def test_of_whom_nothing_was_decided_all_is_open(store: Store) -> None:
    assert store.get_limits("here") == Limits()


def test_what_was_decided_last_holds_for_this_tenant_alone(store: Store) -> None:
    store.put_limits("here", Limits(calls_a_minute=5))
    store.put_limits("here", Limits(articles_a_day=7, retention_days=0))

    assert store.get_limits("here") == Limits(articles_a_day=7, retention_days=0)
    assert store.get_limits("there") == Limits()


def test_a_counter_counts_up_to_the_most_and_no_further(store: Store) -> None:
    until = START + timedelta(minutes=1)

    assert [store.count_up("here", "calls", MINUTE, 3, until) for _ in range(5)] == [True, True, True, False, False]
    assert store.counted("here", "calls") == 3


def test_without_a_most_it_counts_all(store: Store) -> None:
    assert all(store.count_up("here", "calls", MINUTE) for _ in range(5))
    assert store.counted("here", "calls") == 5


def test_a_most_that_was_lowered_refuses_and_one_that_was_raised_lets_in(store: Store) -> None:
    for _ in range(3):
        store.count_up("here", "calls", MINUTE, 3)

    assert store.count_up("here", "calls", MINUTE, 2) is False
    assert store.count_up("here", "calls", MINUTE, 4) is True


def test_tenants_counters_and_windows_count_each_for_themselves(store: Store) -> None:
    for tenant, counter, window in [
        ("here", "calls", MINUTE),
        ("there", "calls", MINUTE),
        ("here", "stored", MINUTE),
        ("here", "calls", "2026-03-01T12:01"),
    ]:
        assert store.count_up(tenant, counter, window, 1) is True


def test_what_is_taken_back_can_be_counted_again(store: Store) -> None:
    store.count_up("here", "calls", MINUTE, 1)
    store.count_down("here", "calls", MINUTE)

    assert store.counted("here", "calls") == 0
    assert store.count_up("here", "calls", MINUTE, 1) is True


def test_nothing_is_taken_back_from_nothing(store: Store) -> None:
    store.count_down("here", "calls", MINUTE)
    store.count_up("here", "calls", MINUTE)
    for _ in range(3):
        store.count_down("here", "calls", MINUTE)

    assert store.counted("here", "calls") == 0


def test_windows_are_summed_from_one_of_them_on(store: Store) -> None:
    for window, times in [("2026-02-27", 1), ("2026-02-28", 2), ("2026-03-01", 4), ("kept", 8)]:
        for _ in range(times):
            store.count_up("here", "stored", window)

    assert store.counted("here", "stored") == 15
    assert store.counted("here", "stored", after="2026-02-27") == 14
    assert store.counted("here", "stored", after="2026-02-28") == 12
    assert store.counted("here", "other", after="2026-02-28") == 0


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), max_size=30), st.integers(1, 5))
def test_a_count_is_what_was_let_in_less_what_was_taken_back(store: Store, ups: list[bool], most: int) -> None:
    window, expected = f"w{abs(hash((tuple(ups), most)))}", 0
    for up in ups:
        if up:
            assert store.count_up("here", "made", window, most) is (expected < most)
            expected = min(most, expected + 1)
        else:
            store.count_down("here", "made", window)
            expected = max(0, expected - 1)
    # This window alone can be full or empty.
    assert store.count_up("here", "made", window, most) is (expected < most)
    store.count_down("here", "made", window)
    for _ in range(30):
        store.count_down("here", "made", window)


def test_what_is_no_id_is_not_counted(store: Store) -> None:
    for name in NOT_IDS:
        assert store.get_limits(name) == Limits()
        assert store.counted(name, "calls") == 0
        for place in [(name, "calls", MINUTE), ("here", name, MINUTE), ("here", "calls", name)]:
            with pytest.raises(UnprocessableInput):
                store.count_up(*place)
        with pytest.raises(UnprocessableInput):
            store.put_limits(name, Limits())
