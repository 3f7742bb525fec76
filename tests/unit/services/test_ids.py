import re
from datetime import UTC, datetime, timedelta

from secondsource.services.ids import job_ids


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 5, 4, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


def test_job_ids_sort_by_the_time_they_were_made() -> None:
    make = job_ids(Clock())

    made = [make() for _ in range(200)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_job_ids_have_the_documented_form() -> None:
    assert re.fullmatch(r"job_[0-9a-hjkmnp-tv-z]{26}", job_ids(Clock())())
