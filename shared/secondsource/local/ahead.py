"""Articles of a corpus analysed by other processes, ahead of their turn.

Of an article's time most goes into its analysis and its sentence vectors, which depend on the article alone. Only they
are done elsewhere: what an article is to those before it is found where all are known, in the order of the lines, so
that it comes out as with one process.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from secondsource.corpus.signature import Signed
from secondsource.local.embedded import TENANT
from secondsource.local.inputs import from_object
from secondsource.model import Analysis, Extracted
from secondsource.ports import Store
from secondsource.services.annotate import Analyser, identify
from secondsource.services.matching import SignatureMatcher
from secondsource.web import json_body
from secondsource.wiring import LazyAnalyser, LazyEmbedder

if TYPE_CHECKING:
    from secondsource.corpus.signature import Embed

LINES_AHEAD: Final = 4
"""For each process; articles differ in length, and none should wait for the next."""


class Analysed(NamedTuple):
    """What another process found of an article."""

    article_id: str
    analysis: Analysis
    signed: Signed


class Ahead(AbstractContextManager["Ahead"]):
    """Has lines analysed while those before them are stored; an ``Analyser`` that answers what was found.

    Parameters
    ----------
    processes
        How many, besides this one.
    executor
        What runs them; by default processes of their own, each with its models.
    analyser
        Analyses what the others could not: it meets what stopped them, and tells of it.
    alone
        Called once, when one of the others has ended and all that is left is analysed here.
    """

    def __init__(
        self,
        processes: int,
        executor: Executor | None = None,
        analyser: Analyser | None = None,
        alone: Callable[[], None] = lambda: None,
    ) -> None:
        self._most = processes * LINES_AHEAD
        self._executor = executor or ProcessPoolExecutor(
            processes, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_the_parent
        )
        self._analyser = analyser or LazyAnalyser()
        self._found: Analysed | None = None
        self._tell_alone = alone
        self._alone = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def leading(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """The same lines, each once it has been analysed; some of those that follow it are being analysed by then."""
        coming: deque[tuple[int, bytes, Future[Analysed | None] | None]] = deque()
        for number, line in lines:
            coming.append((number, line, self._submitted(line)))
            if len(coming) > self._most:
                yield self._next(coming)
        while coming:
            yield self._next(coming)

    def __call__(self, extracted: Extracted, article_id: str) -> Analysis:
        """As ``Analyser``: of the line that was led to."""
        found = self._found
        return found.analysis if found and found.article_id == article_id else self._analyser(extracted, article_id)

    def signed(self, analysis: Analysis) -> Signed | None:
        """The signatures that belong to this analysis; None when it was made here."""
        return self._found.signed if self._found and self._found.analysis is analysis else None

    def _submitted(self, line: bytes) -> Future[Analysed | None] | None:
        """What another process will find of a line; None where there is none any more."""
        if not self._alone:
            try:
                return self._executor.submit(analysed, line)
            except BrokenExecutor:
                self._go_on_alone()
        return None

    def _next(self, coming: deque[tuple[int, bytes, Future[Analysed | None] | None]]) -> tuple[int, bytes]:
        number, line, future = coming.popleft()
        try:
            self._found = future.result() if future else None
        except BrokenExecutor:  # one process that ends, for want of memory say, takes what all of them were at with it
            self._found = None
            self._go_on_alone()
        return number, line

    def _go_on_alone(self) -> None:
        if not self._alone:
            self._alone = True
            self._tell_alone()


class AheadMatcher(SignatureMatcher):
    """A matcher that signs with what was found ahead."""

    def __init__(self, store: Store, ahead: Ahead, embed: "Embed | None" = None) -> None:
        super().__init__(store, embed or LazyEmbedder())
        self._ahead = ahead

    def sign(self, title: str | None, text: str, analysis: Analysis) -> Signed:
        """As ``Matcher``."""
        return self._ahead.signed(analysis) or super().sign(title, text, analysis)


def analysed(line: bytes) -> Analysed | None:
    """What a line's article says, and its signatures; None for a line that cannot be analysed, for whatever reason."""
    try:
        extracted, article_id = identify(TENANT, from_object(json_body.parse(line)))
        analyser, matcher = _models()
        analysis = analyser(extracted, article_id)
        return Analysed(article_id, analysis, matcher.sign(extracted.title, extracted.text, analysis))
    except Exception:
        return None  # it is met again, and told of, when it is the line's turn


@cache
def _models() -> tuple[LazyAnalyser, SignatureMatcher]:
    """Those of this process. Signing asks no store."""
    from secondsource.local.memory import MemoryStore
    from secondsource.wiring import SystemClock

    return LazyAnalyser(), SignatureMatcher(MemoryStore(SystemClock()), LazyEmbedder())


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal: the parent alone ends the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
