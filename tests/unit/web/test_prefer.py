import pytest

from secondsource.web.prefer import prefers_async


@pytest.mark.parametrize(
    "value", ["respond-async", "Respond-Async", "wait=5, respond-async", "respond-async; x=1, wait=5"]
)
def test_respond_async_is_found_among_other_preferences(value: str) -> None:
    assert prefers_async(value)


@pytest.mark.parametrize(
    "value", [None, "", "return=minimal", "respond-asynchronously", "x=respond-async", "respond async"]
)
def test_nothing_else_is_taken_for_it(value: str | None) -> None:
    assert not prefers_async(value)
