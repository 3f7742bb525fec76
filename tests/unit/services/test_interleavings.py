"""Writers that take turns at every call of the store, and stop wherever a process may end.

When all have done, and the stream has told of what was left, the records are what their occurrences make of them. Two
writers are tried in all orders with up to two changes of turn, which is where nearly all such mistakes show (Musuvathi
and Qadeer, PLDI 2007); Hypothesis thinks of longer stories.
"""

import threading
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from secondsource.errors import VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.model import ClaimRecord, Occurrence
from secondsource.services.merging import merge
from secondsource.services.recount import recount
from tests.unit.corpus.reports import CLAIM, person, report
from tests.unit.services import living
from tests.unit.services.newsroom import TENANT, Clock, Crash

MOST_AT_ONCE = 3
MOST_CALLS = 6
"""A count in its first turn makes four, and the write before it one."""
MOST_TURNS = 10_000
"""More than any writer takes: who needs them goes round in circles."""

OTHER = "clm_alliance"
REPORTS = (
    report("Courier", person("Owen Strand")),
    report("Record", person("Dela Marsh")),
    report("Tribune", denied_by=[person("Helen Brann")], reporting=False),
)
"""Of one claim: what is not of one claim never meets, but where two turn out to be one."""
OF_ANOTHER = tuple(
    occurrence.model_copy(update={"claim_id": OTHER})
    for occurrence in (report("Observer", person("Iva Lund")), report("Courier", person("Owen Strand")))
)
"""Of another record, which may be merged with the first; one of an article that has to do with both."""


class ToldStore(MemoryStore):
    """A store that keeps what its stream would tell of: functions/notify is woken by these three."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.stream: list[str] = []
        self.touched: set[str] = set()

    def put_occurrence(self, tenant: str, occurrence: Occurrence) -> None:
        super().put_occurrence(tenant, occurrence)
        self._tell(occurrence.claim_id)

    def delete_occurrence(self, tenant: str, claim_id: str, article_id: str) -> bool:
        found = super().delete_occurrence(tenant, claim_id, article_id)
        if found:
            self._tell(claim_id)
        return found

    def add_claim(self, tenant: str, record: ClaimRecord) -> bool:
        added = super().add_claim(tenant, record)
        if added:
            self._tell(record.claim_id)
        return added

    def _tell(self, *claim_ids: str) -> None:
        self.stream += claim_ids
        self.touched |= set(claim_ids)


class Writer:
    """Something that is done to the store, call by call: each waits until it is let through."""

    def __init__(self, act: Callable[[Any], object], store: ToldStore, undone: Callable[[], object]) -> None:
        self._store, self._undone = store, undone
        self._go, self._waits = threading.Semaphore(0), threading.Semaphore(0)
        self._crashes, self.ended, self.error = False, False, None
        self._thread = threading.Thread(target=self._run, args=(act,), daemon=True)
        self._thread.start()
        self._waits.acquire()

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self._store, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._waits.release()
            self._go.acquire()
            if self._crashes:
                raise Crash
            return inner(*arguments, **named)

        return call

    def step(self) -> None:
        """Let it make one call, and go on as far as to the next."""
        self._go.release()
        self._waits.acquire()
        if self.error is not None:
            raise self.error

    def crash(self) -> None:
        """Let its process end where it is."""
        self._crashes = True
        self.step()

    def finish(self) -> None:
        """Let it make all its calls."""
        for _ in range(MOST_TURNS):
            if self.ended:
                return
            self.step()
        raise AssertionError("a writer never ends")

    def _run(self, act: Callable[[Any], object]) -> None:
        try:
            act(self)
        except (Crash, VersionConflict):
            self._undone()
        except BaseException as error:
            self.error = error
        self.ended = True
        self._waits.release()


def add(store: Any, clock: Clock, article: Occurrence) -> None:
    """As it is done to one claim: write, then count."""
    store.put_occurrence(TENANT, article)
    recount(store, clock, TENANT, article.claim_id)


def add_of_several(store: Any, clock: Clock, article: Occurrence) -> None:
    """As services.Annotate does it: the records of all its claims are read first, then each is written and counted."""
    read = store.get_claims(TENANT, [CLAIM, OTHER])
    store.put_occurrence(TENANT, article)
    recount(store, clock, TENANT, article.claim_id, read=read, signed={})


def count_of_several(store: Any, clock: Clock) -> None:
    """As functions/notify does it: the records of a batch are read first, then each is counted."""
    read = store.get_claims(TENANT, [CLAIM, OTHER])
    for claim_id in (CLAIM, OTHER):
        recount(store, clock, TENANT, claim_id, read=read, signed={})


def delete(store: Any, clock: Clock, article: Occurrence) -> None:
    """As services.Annotate does it: wherever its occurrences stand now."""
    for claim_id in dict.fromkeys([article.claim_id, *store.delete_occurrences(TENANT, article.article_id)]):
        recount(store, clock, TENANT, claim_id)


def make_one(store: Any, clock: Clock) -> None:
    """As services.Annotate does it where two records turn out to be one claim."""
    younger = merge(store, clock, TENANT, CLAIM, OTHER)
    if younger is not None:
        recount(store, clock, TENANT, younger)


class Living(RuleBasedStateMachine):
    """Any number of writers and crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.store = ToldStore(self.clock)
        self.writers: list[Writer] = []
        self.crashes = self.left_uncounted = False

    @initialize(crashes=st.booleans())
    def choose(self, crashes: bool) -> None:
        self.crashes = crashes

    def begin(self, act: Callable[[Any], object], undone: Callable[[], object] = lambda: None) -> None:
        def give_up() -> None:
            self.left_uncounted = True
            undone()

        self._keep(Writer(act, self.store, give_up))

    def _keep(self, writer: Writer) -> None:
        if not writer.ended:
            self.writers.append(writer)

    def can_begin(self) -> bool:
        return len(self.writers) < MOST_AT_ONCE

    @precondition(can_begin)
    @rule(article=st.sampled_from(REPORTS + OF_ANOTHER))
    def add(self, article: Occurrence) -> None:
        self.begin(lambda store: add(store, self.clock, article))

    @precondition(can_begin)
    @rule(article=st.sampled_from(REPORTS + OF_ANOTHER))
    def add_of_several(self, article: Occurrence) -> None:
        self.begin(lambda store: add_of_several(store, self.clock, article))

    @precondition(can_begin)
    @rule()
    def count_of_several(self) -> None:
        self.begin(lambda store: count_of_several(store, self.clock))

    @precondition(can_begin)
    @rule(article=st.sampled_from(REPORTS + OF_ANOTHER))
    def delete(self, article: Occurrence) -> None:
        self.begin(lambda store: delete(store, self.clock, article))

    @precondition(can_begin)
    @rule()
    def make_one(self) -> None:
        self.begin(lambda store: make_one(store, self.clock))

    @precondition(lambda self: self.crashes and self.can_begin() and self.store.stream)
    @rule(twice=st.booleans(), pick=st.integers(0, 9))
    def tell(self, twice: bool, pick: int) -> None:
        stream = self.store.stream
        claim_id = stream[pick % len(stream)]
        if not twice:
            stream.remove(claim_id)
        self.begin(lambda store: recount(store, self.clock, TENANT, claim_id), undone=lambda: stream.append(claim_id))

    @precondition(lambda self: self.writers)
    @rule(pick=st.integers(0, MOST_AT_ONCE - 1))
    def step(self, pick: int) -> None:
        self.writers[pick % len(self.writers)].step()
        self._sweep()

    @precondition(lambda self: self.writers)
    @rule(pick=st.integers(0, MOST_AT_ONCE - 1))
    def finish(self, pick: int) -> None:
        self.writers[pick % len(self.writers)].finish()
        self._sweep()

    @precondition(lambda self: self.crashes and self.writers)
    @rule(pick=st.integers(0, MOST_AT_ONCE - 1))
    def crash(self, pick: int) -> None:
        self.writers[pick % len(self.writers)].crash()
        self._sweep()

    def _sweep(self) -> None:
        self.writers = [writer for writer in self.writers if not writer.ended]

    def teardown(self) -> None:
        while self.writers:
            self.writers[0].step()
            self.writers = [w for w in [*self.writers[1:], self.writers[0]] if not w.ended]
        # What nobody left to others is right without them.
        if not self.left_uncounted:
            living.check(self.store, TENANT, self.store.touched)
        while self.store.stream:
            recount(self.store, self.clock, TENANT, self.store.stream.pop(0))
        if self.left_uncounted:
            # The stream does not tell of a mark: whoever finds the record by what has not been moved counts it.
            recount(self.store, self.clock, TENANT, OTHER)
        living.check(self.store, TENANT, self.store.touched)


TestLiving = Living.TestCase
TestLiving.settings = settings(max_examples=100, stateful_step_count=40)


WRITES: dict[str, Callable[[Any, Clock, Occurrence], None]] = {
    "add": add,
    "add of several": add_of_several,
    "delete": delete,
}
Act = tuple[str, int]
"""What a writer does: add or delete one of the reports, or make one record of two."""
ACTS: list[Act] = [(verb, number) for number in range(len(REPORTS)) for verb in ("add", "delete")]
ACTS.append(("add of several", 0))
MERGING: Act = ("make one", 0)
BESIDE_A_MERGE: list[Act] = [
    MERGING,
    *((verb, number) for number in (0, 1, len(REPORTS), len(REPORTS) + 1) for verb in ("add of several", "delete")),
    ("add", 1),
    ("count of several", 0),
]
MOST_CALLS_OF_A_MERGE = 16
BEFORE_A_MERGE = [(0, 3), (0, 1, 3), (0, 3, 4)]
BEFORE = [(), (0,), (0, 1), (0, 1, 2), (2,)]
"""The reports that are there, and counted, before the writers come."""


class Stage:
    """A store with some reports in it, and writers for it."""

    def __init__(self, before: tuple[int, ...]) -> None:
        self.clock = Clock()
        self.store = ToldStore(self.clock)
        for number in before:
            self.store.put_occurrence(TENANT, (REPORTS + OF_ANOTHER)[number])
        self.tell()

    def writer(self, act: Act) -> Writer:
        verb, report = act[0], (REPORTS + OF_ANOTHER)[act[1]]

        def do(store: Any) -> None:
            if act == MERGING:
                make_one(store, self.clock)
            elif verb == "count of several":
                count_of_several(store, self.clock)
            else:
                WRITES[verb](store, self.clock, report)

        return Writer(do, self.store, lambda: None)

    def tell(self) -> None:
        """Let the stream's function do what there is to do."""
        while self.store.stream:
            recount(self.store, self.clock, TENANT, self.store.stream.pop(0))

    def check(self) -> None:
        living.check(self.store, TENANT, {CLAIM, OTHER})


def run(writer: Writer, calls: int) -> bool:
    """Let it make so many calls, or as many as it has; answers whether it has ended.

    Where it has, to let it make more calls is to try the same order again.
    """
    for _ in range(calls):
        if not writer.ended:
            writer.step()
    return writer.ended


@pytest.mark.parametrize("before", BEFORE)
def test_two_writers_in_any_order_need_nobody_to_put_right_what_they_wrote(before: tuple[int, ...]) -> None:
    for one, other in product(ACTS, ACTS):
        for calls in range(1, MOST_CALLS):
            for more in range(1, MOST_CALLS + 1):
                stage = Stage(before)
                first, second = stage.writer(one), stage.writer(other)
                ended = run(first, calls)
                no_more = run(second, more)
                first.finish()
                second.finish()
                stage.check()
                if no_more:
                    break
            if ended:
                break


@pytest.mark.parametrize("before", BEFORE)
def test_a_writer_that_stops_is_put_right_however_early_the_stream_told_of_it(before: tuple[int, ...]) -> None:
    for one, other in product(ACTS, ACTS):
        for calls in range(1, MOST_CALLS):
            for more in range(MOST_CALLS):
                stage = Stage(before)
                first, second = stage.writer(one), stage.writer(other)
                ended = run(first, calls)
                stage.tell()
                second.finish()
                stage.tell()
                no_more = run(first, more)
                if not first.ended:
                    first.crash()
                stage.tell()
                stage.check()
                if no_more:
                    break
            if ended:
                break


@pytest.mark.parametrize("merge_first", [True, False])
@pytest.mark.parametrize("before", BEFORE_A_MERGE)
def test_whoever_writes_while_two_records_become_one_needs_nobody_to_put_it_right(
    before: tuple[int, ...], merge_first: bool
) -> None:
    for other in BESIDE_A_MERGE:
        for calls in range(1, MOST_CALLS_OF_A_MERGE):
            for more in range(1, MOST_CALLS + 1, 2):
                stage = Stage(before)
                writers = [stage.writer(MERGING), stage.writer(other)]
                first, second = writers if merge_first else reversed(writers)
                ended = run(first, calls)
                no_more = run(second, more)
                first.finish()
                second.finish()
                stage.check()
                if no_more:
                    break
            if ended:
                break


@pytest.mark.parametrize("before", BEFORE_A_MERGE)
def test_a_merge_that_stops_is_finished_by_whoever_finds_the_record(before: tuple[int, ...]) -> None:
    for other, calls in product(BESIDE_A_MERGE, range(1, MOST_CALLS_OF_A_MERGE)):
        stage = Stage(before)
        first, second = stage.writer(MERGING), stage.writer(other)
        run(first, calls)
        if not first.ended:
            first.crash()
        second.finish()
        stage.tell()
        recount(stage.store, stage.clock, TENANT, OTHER)
        stage.check()
