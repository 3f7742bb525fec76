"""What the bench of the index prints can be believed: it stores as the services do, and finds what it stored."""

import random
from collections import Counter
from itertools import islice

from secondsource.aws.store import DynamoStore
from secondsource.services.recount import recount
from tests.bench.corpus import Report, reports
from tests.bench.dynamodb import CountingDynamo
from tests.bench.index import COMPARED, MOST_KEYS, TENANT, Desk, LookUp, occurrence_of


def told(count: int) -> list[Report]:
    return list(islice(reports(7, {}), count))


def calls(used: Counter[str]) -> Counter[str]:
    """How often each operation was called; what else is counted has no capital. An event makes a put a transaction."""
    made = Counter({name: times for name, times in used.items() if name[0].isupper()})
    made["PutItem"] += made.pop("TransactWriteItems", 0)
    return made


def test_the_same_seed_makes_the_same_corpus():
    assert told(30) == told(30)
    assert [report.at for report in told(30)] == sorted(report.at for report in told(30))


def test_a_claim_is_counted_with_the_calls_of_a_recount():
    desk, dynamo = Desk(), CountingDynamo()
    store = DynamoStore(dynamo, "bench", desk.clock)
    said = told(1)[0].said[1]
    for number, report in enumerate(told(2)):
        occurrence = occurrence_of(said, f"art_{number}", report.at, random.Random(1))
        for place in (store, desk.store):
            place.put_occurrence(TENANT, occurrence)
        with dynamo.metered() as expected:
            recount(store, desk.clock, TENANT, said.claim)
        with desk.dynamo.metered() as used:
            desk.recount(said, random.Random(1))
        assert calls(used) == calls(expected)


def test_what_was_stored_is_found_and_a_look_up_reads_no_more_than_its_bound():
    desk = Desk()
    stored = told(40)
    for report in stored:
        desk.take(report)
    looks = [LookUp(desk, said) for report in stored for said in report.said]
    assert all(look.found for look in looks)
    assert max(look.units for look in looks) <= 2 * MOST_KEYS + COMPARED
    assert max(look.calls for look in looks) <= MOST_KEYS + 1
