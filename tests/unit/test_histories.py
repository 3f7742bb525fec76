"""The judge of histories itself: it lets pass what may be, and names what cannot be."""

import pytest

from tests.races.history import Entry, backwards, stale


def write(began: float, ended: float, value: bool) -> Entry:
    return Entry(0, began, ended, "write", "a", value)


def maybe(began: float, ended: float, value: bool) -> Entry:
    return Entry(0, began, ended, "maybe", "a", value)


def read(began: float, ended: float, value: bool) -> Entry:
    return Entry(1, began, ended, "read", "a", value)


@pytest.mark.parametrize(
    "history",
    [
        [read(1, 2, False)],
        [write(1, 2, True), read(3, 4, True)],
        [write(1, 4, True), read(2, 3, True)],
        [write(1, 4, True), read(2, 3, False)],
        [write(1, 2, True), write(3, 4, False), read(5, 6, False)],
        [write(1, 4, True), write(2, 3, False), read(5, 6, True)],
        [write(1, 2, True), maybe(3, 4, False), read(5, 6, False), read(7, 8, False)],
        [write(1, 2, True), maybe(3, 4, False), read(5, 6, True)],
    ],
)
def test_what_may_be_is_let_pass(history: list[Entry]) -> None:
    assert stale(history, False) == []


@pytest.mark.parametrize(
    "history",
    [
        [read(1, 2, True)],
        [write(1, 2, True), read(3, 4, False)],
        [read(1, 2, True), write(3, 4, True)],
        [write(1, 2, True), write(3, 4, False), read(5, 6, True)],
        [maybe(1, 2, True), write(3, 4, False), read(5, 6, True)],
    ],
)
def test_a_read_that_no_order_explains_is_named(history: list[Entry]) -> None:
    assert stale(history, False) == [entry for entry in history if entry.kind == "read"]


def test_one_subject_explains_nothing_of_another() -> None:
    of_another = Entry(0, 1, 2, "write", "b", True)
    assert stale([of_another, read(3, 4, True)], False) == [read(3, 4, True)]


def seen(began: float, ended: float, status: str) -> Entry:
    return Entry(0, began, ended, "read", "job", status)


def test_a_job_goes_forward_and_ends_once() -> None:
    done, running = seen(1, 2, "done"), seen(3, 4, "running")
    assert backwards([seen(1, 2, "queued"), seen(3, 4, "running"), seen(5, 6, "done"), seen(7, 8, "done")]) == []
    assert backwards([done, seen(1.5, 4, "running")]) == []
    assert backwards([done, running]) == [(done, running)]
    assert len(backwards([done, seen(3, 4, "failed")])) == 1
