import pytest

from secondsource.backoff import ATTEMPTS, attempts
from secondsource.errors import Unavailable


def test_the_first_attempt_does_not_wait_and_the_last_is_not_waited_for() -> None:
    pauses: list[float] = []
    attempt = attempts(pauses.append)
    for number in range(ATTEMPTS):
        assert next(attempt) == number
        assert len(pauses) == number
    with pytest.raises(Unavailable):
        next(attempt)
    assert len(pauses) == ATTEMPTS - 1


def test_pauses_stay_below_bounds_that_double_up_to_a_second() -> None:
    for _ in range(50):
        pauses: list[float] = []
        with pytest.raises(Unavailable):
            list(attempts(pauses.append))
        bounds = [0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0]
        assert all(0 <= pause <= bound for pause, bound in zip(pauses, bounds, strict=True))


def test_two_callers_do_not_wait_alike() -> None:
    seen = set()
    for _ in range(5):
        pauses: list[float] = []
        with pytest.raises(Unavailable):
            list(attempts(pauses.append))
        seen.add(tuple(pauses))
    assert len(seen) == 5


def test_who_succeeds_does_not_wait_again() -> None:
    pauses: list[float] = []
    for attempt in attempts(pauses.append):
        if attempt == 2:
            break
    assert len(pauses) == 2
