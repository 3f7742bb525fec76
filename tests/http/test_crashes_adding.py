"""A process that ends behind any write of what adds, and what is there when the trip is made again."""

from collections.abc import Iterator

import pytest

from tests.http import trips
from tests.http.trips import TRIPS, Desk


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk().opened() as opened:
        yield opened


@pytest.mark.parametrize("name", [name for name in TRIPS if not name.startswith("delete")])
def test_a_trip_that_ends_behind_any_write_and_is_made_again_ends_as_if_it_had_not(desk: Desk, name: str) -> None:
    trips.crash_behind_each_write(desk, name)
