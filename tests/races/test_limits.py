"""Many calls at once on a server of its own: exactly as many are let in as may be."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from secondsource import wiring
from secondsource.aws.store import DynamoStore

CALLS = 200
MOST = 100
CALLERS = 20


def _at_once(connect: Callable[[], Any], table: str, act: Callable[[DynamoStore], int]) -> list[int]:
    """Let all callers begin together, each with a client and a store of its own."""
    ready = Barrier(CALLERS)

    def begin(client: Any) -> int:
        store = DynamoStore(client, table, wiring.SystemClock())
        ready.wait()
        return act(store)

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(begin, [connect() for _ in range(CALLERS)]))


def test_of_200_calls_at_once_exactly_100_are_let_in(connect: Callable[[], Any], table: str) -> None:
    def call(store: DynamoStore) -> int:
        return sum(store.count_up("courier", "calls", "m", MOST) for _ in range(CALLS // CALLERS))

    let_in = _at_once(connect, table, call)

    assert sum(let_in) == MOST
    assert sum(number > 0 for number in let_in) > 1, "one caller was let in before all others came: proves nothing"
    assert DynamoStore(connect(), table, wiring.SystemClock()).counted("courier", "calls") == MOST


def test_two_tenants_do_not_use_up_each_others_calls(connect: Callable[[], Any], table: str) -> None:
    def call(store: DynamoStore) -> int:
        for _ in range(CALLS // CALLERS):
            store.count_up("courier", "calls", "m", MOST)
        return sum(store.count_up("tribune", "calls", "m", MOST) for _ in range(MOST // CALLERS))

    assert sum(_at_once(connect, table, call)) == MOST


def test_what_is_taken_back_at_once_leaves_nothing_below_nought(connect: Callable[[], Any], table: str) -> None:
    def call(store: DynamoStore) -> int:
        for _ in range(5):
            store.count_up("courier", "stored", "kept")
        for _ in range(8):
            store.count_down("courier", "stored", "kept")
        return 0

    _at_once(connect, table, call)
    store = DynamoStore(connect(), table, wiring.SystemClock())

    assert 0 <= store.counted("courier", "stored") < 5 * CALLERS
    while store.counted("courier", "stored"):
        store.count_down("courier", "stored", "kept")
    assert store.count_up("courier", "stored", "kept", 1)
