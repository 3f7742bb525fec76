"""Articles analysed ahead by others: the same corpus comes out, in the same order, with the same complaints."""

import json
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from secondsource.local import ahead, corpus
from secondsource.local.ahead import LINES_AHEAD, Ahead, AheadMatcher, Analysed
from secondsource.local.embedded import TENANT, Embedded
from secondsource.local.inputs import from_object
from secondsource.local.memory import MemoryStore
from secondsource.services.annotate import identify
from secondsource.services.matching import SignatureMatcher
from tests.unit.services.newsroom import Clock, analyse, embed

SAYINGS = (
    "The bridge at Varn has collapsed",
    "The bridge at Varn has not collapsed",
    "The mill at Dremna has been sold",
)


def lines(count: int) -> list[bytes]:
    return [
        json.dumps({"id": n, "text": f"Owen Strand says: {SAYINGS[n % 3]}.", "publisher": f"Courier {n}"}).encode()
        for n in range(count)
    ]


class Immediate(Executor):
    """Does at once what it is given; ``asked`` tells what that was."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.asked.append(arguments[0])
        done: Future[Any] = Future()
        done.set_result(work(*arguments, **named))
        return done


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes do, with an analysis and vectors that need no models."""
    matcher = SignatureMatcher(MemoryStore(Clock()), embed)

    def analysed(line: bytes) -> Analysed | None:
        try:
            extracted, article_id = identify(TENANT, from_object(json.loads(line)))
        except Exception:
            return None
        analysis = analyse(extracted, article_id)
        return Analysed(article_id, analysis, matcher.sign(extracted.title, extracted.text, analysis))

    monkeypatch.setattr(ahead, "analysed", analysed)


def untimed(found: list[Any]) -> list[Any]:
    return [{name: value for name, value in item.items() if name != "added_at"} for item in found]


def run(given: list[bytes], leading: Ahead | None, here: Any = analyse) -> tuple[Any, ...]:
    """Reports, claim records and complaints."""
    store, bad = MemoryStore(Clock()), []
    if leading is None:
        services = Embedded(store, here, embed=embed)
    else:
        services = Embedded(store, leading, matcher=AheadMatcher(store, leading, embed))
    found = corpus.read(
        given, services, lambda number, why: bad.append((number, why)), leading.leading if leading else None
    )
    return untimed(list(corpus.reports(found, services))), list(corpus.claims(found, services)), bad


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(3) as threads:
        yield threads


@pytest.mark.usefixtures("others")
def test_what_comes_out_is_what_comes_out_without(pool: ThreadPoolExecutor) -> None:
    def never(extracted: Any, article_id: str) -> Any:
        raise AssertionError("analysed here")

    given = lines(30)

    assert run(given, Ahead(3, pool, analyser=never)) == run(given, None)


@pytest.mark.usefixtures("others")
def test_bad_lines_empty_lines_and_repeated_content_come_out_the_same(pool: ThreadPoolExecutor) -> None:
    good = lines(4)
    given = [
        b"\xef\xbb\xbf" + good[0],
        b"",
        b"no JSON",
        good[1],
        b'{"id": 9}',
        good[1],
        good[2].replace(b'"id": 2', b'"id": "again"'),
    ]
    given += [good[2], b'{"id": 7, "text": 1}', good[3]]

    together, alone = run(given, Ahead(2, pool, analyser=analyse)), run(given, None)

    assert together == alone
    assert [number for number, _ in together[2]] == [3, 5, 6, 9]


def test_what_others_could_not_analyse_is_analysed_here_and_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(extracted: Any, article_id: str) -> Any:
        if "mill" in extracted.text:
            raise ZeroDivisionError("inside")
        return analyse(extracted, article_id)

    monkeypatch.setattr(ahead, "analysed", lambda line: None)
    given = lines(6)

    together = run(given, Ahead(2, Immediate(), analyser=here))

    assert together == run(given, None, here)
    assert [number for number, _ in together[2]] == [3, 6]


class Ending(Immediate):
    """Ends after so many lines, as processes do of which one was killed; what it was at is lost."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        if len(self.asked) > self.after:
            raise BrokenProcessPool("ended")
        done = super().submit(work, *arguments, **named)
        if len(self.asked) > self.after:
            done = Future()
            done.set_exception(BrokenProcessPool("ended"))
        return done


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("after", [0, 3, 11])
def test_what_is_left_when_a_process_has_ended_is_analysed_here(after: int) -> None:
    given, told = lines(12), []

    together = run(given, Ahead(1, Ending(after), analyser=analyse, alone=lambda: told.append("alone")))

    assert together == run(given, None)
    assert told == ["alone"]


@pytest.mark.usefixtures("others")
def test_no_more_lines_are_read_than_are_worked_on() -> None:
    executor, taken = Immediate(), 0
    for _ in Ahead(2, executor).leading(enumerate(lines(100))):
        taken += 1
        assert len(executor.asked) <= taken + 2 * LINES_AHEAD

    assert taken == 100


def test_a_line_that_cannot_be_read_is_nothing() -> None:
    assert ahead.analysed(b"no JSON") is None
    assert ahead.analysed(b'{"id": 1, "text": 1}') is None
