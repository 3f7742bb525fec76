"""A process that ends behind any write of what deletes, and what is there when the trip is made again."""

from collections.abc import Iterator

import pytest

from secondsource.aws.removal import count_tenant, remove_tenant
from secondsource.local.cloud import TABLE
from tests.contract import unruly
from tests.http import trips
from tests.http.trips import TRIPS, Desk


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk().opened() as opened:
        yield opened


@pytest.mark.parametrize("name", [name for name in TRIPS if name.startswith("delete")])
def test_a_deletion_that_ends_behind_any_write_and_is_made_again_ends_as_if_it_had_not(desk: Desk, name: str) -> None:
    trips.crash_behind_each_write(desk, name)


def test_the_deletion_of_a_tenant_that_ends_behind_any_write_is_finished_by_the_next(desk: Desk) -> None:
    def remove() -> None:
        assert remove_tenant(desk.cloud.wiring.dynamodb, TABLE, trips.TENANT, sleep=lambda seconds: None).left == 0

    desk.clear()
    for step in trips.ALL:
        step(desk)
    again = desk.keep()
    with unruly.Writes(desk.ways_out) as writes:
        remove()
    assert writes.made
    for write in unruly.tried(len(writes.made)):
        again()
        with pytest.raises(unruly.Crash), unruly.Writes(desk.ways_out, write):
            remove()
        remove()
        assert count_tenant(desk.cloud.wiring.dynamodb, TABLE, trips.TENANT) == 0
