"""What only the adapter to DynamoDB promises: nothing half-done, nothing left behind, nothing lost to the service."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import pytest
from botocore.exceptions import ConnectTimeoutError

from secondsource.aws.store import DynamoStore
from secondsource.errors import NotAllStored, SecondSourceError, TooLarge, Unavailable, VersionConflict
from secondsource.model import Actor, Event, Facts, JobStatus, Page, Submission
from secondsource.stored import EVENT_DAYS, MOST_ALIASES, MOST_RELATIONS, summary_of
from tests.contract import unruly
from tests.contract.conftest import TABLE
from tests.contract.samples import (
    START,
    SetClock,
    actor,
    annotated,
    api_key,
    article,
    big_article,
    event,
    incompressible,
    job,
    keyed_occurrence,
    occurrence,
    record,
    relation,
    signature,
    stated,
)
from tests.contract.test_claim_index import heavy

Step = Callable[[DynamoStore], object]

BIG = big_article()
KEYS = tuple(f"k{number}" for number in range(30))
KEYED = keyed_occurrence(1, 1, *KEYS)
NAMES = [
    "name 1",
    *(f"{name} v{version}" for name in ("alias 0", "alias 2", "other 0", "other 24") for version in (1, 2)),
]
MANY = 45
"""Names of which twice as many do not fit one transaction."""
MOST = MOST_ALIASES + MOST_RELATIONS
"""Names that an actor may have."""
HEAVY_OCCURRENCE = occurrence(text=incompressible(200_000))
WRITTEN = job(status=JobStatus.DONE, article_id="art_1", submission=Submission())
"""The job of an article, with which it is stored."""


def rows(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    request: dict[str, Any] = {"TableName": TABLE}
    while True:
        answer = client.scan(**request)
        found += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return found
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def settled(client: Any) -> list[dict[str, Any]]:
    """All rows without what every write draws anew."""
    plain = [{name: value for name, value in row.items() if name != "revision"} for row in rows(client)]
    return sorted(plain, key=lambda row: (row["PK"]["S"], row["SK"]["S"]))


def clear(client: Any) -> None:
    for row in rows(client):
        client.delete_item(TableName=TABLE, Key={"PK": row["PK"], "SK": row["SK"]})


def is_cleared_in_time(row: dict[str, Any]) -> bool:
    """A tombstone that nothing leads to any more: empty, and with a time to live."""
    return "gone" in row and "expires_at" in row and "content" not in row


def seen(store: DynamoStore) -> tuple[object, ...]:
    """All that a caller can see of what these tests store; signatures and the index lead to nothing by themselves."""
    return (
        store.get_article("here", "art_1"),
        store.has_article("here", "art_1"),
        store.list_articles("here", 10).items,
        store.get_claims("here", ["clm_1"]),
        store.list_claims("here", 10).items,
        store.signatures("here", list(store.get_claims("here", ["clm_1"]))),
        store.occurrences("here", "clm_1"),
        store.candidates("here", KEYS, 10) if store.occurrences("here", "clm_1") else (),
        store.list_events("here", 10, START + timedelta(days=1)).items,
        store.get_actor("here", "actor-1"),
        store.list_actors("here", 10).items,
        store.actors_named("here", NAMES),
        [store.mentions("here", name, 10).items for name in ("front", "league", "town")],
        store.get_job("here", "job_1"),
        store.get_key("key1"),
        store.list_keys("here"),
    )


def nothing(store: DynamoStore) -> None:
    """The table is empty."""


STEPS: dict[str, tuple[Step, Step]] = {
    "add_article": (nothing, lambda store: store.add_article("here", article())),
    "add_article, big": (nothing, lambda store: store.add_article("here", BIG)),
    "add_article, with the job that writes it": (
        lambda store: store.add_job("here", job(submission=Submission(html=incompressible(400_000)))),
        lambda store: store.add_article("here", article(), annotated(), WRITTEN),
    ),
    "add_article, in the place of a deleted one and with its job": (
        lambda store: (
            store.add_article("here", BIG),
            store.delete_article("here", "art_1"),
            store.add_job("here", job()),
        ),
        lambda store: store.add_article("here", article(), None, WRITTEN),
    ),
    "replace_article": (
        lambda store: (store.add_article("here", BIG), store.add_job("here", job())),
        lambda store: store.replace_article("here", article(added_at=START + timedelta(days=1)), WRITTEN),
    ),
    "delete_article": (
        lambda store: store.add_article("here", article()),
        lambda store: store.delete_article("here", "art_1"),
    ),
    "delete_article, big": (
        lambda store: store.add_article("here", BIG),
        lambda store: store.delete_article("here", "art_1"),
    ),
    "add_claim": (nothing, lambda store: store.add_claim("here", record())),
    "add_claim, heavy": (nothing, lambda store: store.add_claim("here", heavy(1, 200_000))),
    "update_claim, growing": (
        lambda store: store.add_claim("here", record()),
        lambda store: update_if_due(store, 200_000),
    ),
    "update_claim, shrinking": (
        lambda store: store.add_claim("here", heavy(1, 200_000)),
        lambda store: update_if_due(store, 10),
    ),
    "update_claim, with an event": (
        lambda store: store.add_claim("here", record()),
        lambda store: update_if_due(store, 10, event()),
    ),
    "update_claim, merged into another": (
        lambda store: store.add_claim("here", record()),
        lambda store: update_if_due(store, 10, event(), merged_into="clm_0"),
    ),
    "update_claim, no longer merged": (
        lambda store: store.add_claim("here", heavy(1, 200_000, merged_into="clm_0")),
        lambda store: update_if_due(store, 10, event()),
    ),
    "delete_claim": (
        lambda store: store.add_claim("here", record()),
        lambda store: store.delete_claim("here", "clm_1"),
    ),
    "delete_claim, with a signature": (
        lambda store: (store.add_claim("here", record()), store.put_signatures("here", {"clm_1": (0, signature())})),
        lambda store: (
            store.delete_claim("here", "clm_1", 0, event())
            if store.get_claims("here", ["clm_1"])
            else store.delete_claim("here", "clm_1", -1)
        ),
    ),
    "put_signatures": (
        lambda store: store.add_claim("here", record()),
        lambda store: store.put_signatures("here", {"clm_1": (0, signature())}),
    ),
    "delete_claim, with an event": (
        lambda store: store.add_claim("here", record()),
        lambda store: store.delete_claim("here", "clm_1", 0, event()),
    ),
    "put_occurrence": (nothing, lambda store: store.put_occurrence("here", occurrence())),
    "put_occurrence, with keys": (nothing, lambda store: store.put_occurrence("here", KEYED)),
    "put_occurrence, with other keys": (
        lambda store: store.put_occurrence("here", KEYED),
        lambda store: store.put_occurrence("here", keyed_occurrence(1, 1, "k1", "k2", "k100")),
    ),
    "put_occurrence, at another time": (
        lambda store: store.put_occurrence("here", KEYED.model_copy(update={"text": HEAVY_OCCURRENCE.text})),
        lambda store: store.put_occurrence("here", KEYED.model_copy(update={"added_at": START + timedelta(days=1)})),
    ),
    "put_occurrence, heavy": (
        lambda store: store.put_occurrence("here", occurrence()),
        lambda store: store.put_occurrence("here", HEAVY_OCCURRENCE),
    ),
    "delete_occurrences": (
        lambda store: [store.put_occurrence("here", occurrence(claim)) for claim in (1, 2)],
        lambda store: store.delete_occurrences("here", "art_1"),
    ),
    "delete_occurrences, with keys": (
        lambda store: [store.put_occurrence("here", keyed_occurrence(claim, 1, *KEYS)) for claim in (1, 2)],
        lambda store: store.delete_occurrences("here", "art_1"),
    ),
    "delete_occurrence": (
        lambda store: store.put_occurrence("here", KEYED.model_copy(update={"text": HEAVY_OCCURRENCE.text})),
        lambda store: store.delete_occurrence("here", "clm_1", "art_1"),
    ),
    "put_actor": (nothing, lambda store: put_actor_if_due(store, 1)),
    "put_actor, with other names": (
        lambda store: store.put_actor("here", many_named(1, 3)),
        lambda store: put_actor_if_due(store, 2, 3),
    ),
    "put_actor, with more other names than one transaction moves": (
        lambda store: store.put_actor("here", many_named(1, MANY)),
        lambda store: put_actor_if_due(store, 2, MANY),
    ),
    "delete_actor": (
        lambda store: store.put_actor("here", many_named(1, MANY)),
        lambda store: store.delete_actor("here", "actor-1", 1 if store.get_actor("here", "actor-1") else None),
    ),
    "put_mentions": (
        nothing,
        lambda store: store.put_mentions("here", "art_1", START, {"front": [stated("front")], "league": ()}),
    ),
    "put_mentions, of others": (
        lambda store: store.put_mentions("here", "art_1", START, {"front": [stated("front")], "league": ()}),
        lambda store: store.put_mentions("here", "art_1", START, {"town": [stated("town")], "league": ()}),
    ),
    "delete_mentions": (
        lambda store: store.put_mentions("here", "art_1", START, {"front": [stated("front")], "league": ()}),
        lambda store: store.delete_mentions("here", "art_1"),
    ),
    "add_job": (nothing, lambda store: store.add_job("here", job())),
    "update_job": (
        lambda store: store.add_job("here", job()),
        lambda store: store.update_job("here", job(status=JobStatus.DONE)),
    ),
    "put_key": (nothing, lambda store: store.put_key(api_key())),
    "put_key, again": (lambda store: store.put_key(api_key()), lambda store: store.put_key(api_key(label="new"))),
}


def many_named(version: int, names: int) -> Actor:
    """An actor of as many aliases and objects, all of which another version has not."""
    aliases = tuple(f"Alias {number} v{version}" for number in range(min(names, 20)))
    relations = tuple(relation(f"Other {number} v{version}") for number in range(max(names - 20, 0)))
    return actor(aliases=aliases, relations=relations, version=version)


def put_actor_if_due(store: DynamoStore, version: int, names: int = 0) -> None:
    """As whoever repeats it: when the version has moved on, somebody, perhaps itself, has done it."""
    try:
        store.put_actor("here", many_named(version, names))
    except VersionConflict:
        assert store.get_actor("here", "actor-1") == many_named(version, names)


def update_if_due(store: DynamoStore, size: int, told: Event | None = None, **changes: object) -> None:
    """As a recount does it: when the version has moved on, somebody, perhaps itself, has done it."""
    new = heavy(1, size, version=1, **changes)
    try:
        store.update_claim("here", new, told)
    except VersionConflict:
        assert store.get_claims("here", ["clm_1"]) == {"clm_1": new}


@pytest.mark.timeout(600)  # moto copies all that it has for each transaction
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", STEPS)
def test_a_crash_at_any_call_shows_nothing_half_done_and_the_repeat_ends_as_if_there_had_been_none(
    dynamodb: Any, dynamo_store: DynamoStore, name: str, when: Literal["before", "after"]
) -> None:
    prepare, step = STEPS[name]
    prepare(dynamo_store)
    untouched = seen(dynamo_store)
    with unruly.counted(dynamodb) as calls:
        step(dynamo_store)
    done, expected = seen(dynamo_store), settled(dynamodb)
    assert calls
    several = name.startswith("delete_occurrences")
    for call in unruly.tried(len(calls)):
        clear(dynamodb)
        prepare(dynamo_store)
        with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, call, when):
            step(dynamo_store)
        assert several or seen(dynamo_store) in (untouched, done)
        step(dynamo_store)
        assert seen(dynamo_store) == done
        left = [row for row in settled(dynamodb) if not (several and is_cleared_in_time(row))]
        assert left == expected


def test_deleting_all_that_came_from_an_article_leaves_no_item(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_article("here", BIG)
    for claim in range(10):
        dynamo_store.add_claim("here", record(claim))
        dynamo_store.put_signatures("here", {f"clm_{claim}": (0, signature(claim))})
        dynamo_store.put_occurrence("here", keyed_occurrence(claim, 1, *KEYS[:21]))
    dynamo_store.put_occurrence("here", keyed_occurrence(1, 1, *KEYS[5:26], text=HEAVY_OCCURRENCE.text))
    assert len(rows(dynamodb)) > 10 * (2 + 1 + 21 + 2)
    for claim_id in dynamo_store.delete_occurrences("here", "art_1"):
        dynamo_store.delete_claim("here", claim_id)
    assert dynamo_store.delete_article("here", "art_1") is True
    assert rows(dynamodb) == []


def test_a_record_that_was_replaced_by_a_smaller_one_leaves_no_piece(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_claim("here", heavy(1, 800_000))
    dynamo_store.update_claim("here", record(version=1))
    assert [row for row in rows(dynamodb) if "#PIECE#" in row["SK"]["S"]] == []


@pytest.mark.parametrize("name", STEPS)
def test_every_key_but_those_of_api_keys_begins_with_the_tenant(
    dynamodb: Any, dynamo_store: DynamoStore, name: str
) -> None:
    partitions = set()
    for step in STEPS[name]:
        step(dynamo_store)
        partitions |= {row["PK"]["S"] for row in rows(dynamodb)}
    others = {partition for partition in partitions if not partition.startswith("T#here#")}
    assert partitions
    assert others == ({"K#key1"} if name.startswith("put_key") else set())


def test_what_is_stored_cannot_be_read_without_unpacking(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_article("here", article(text="A plain sentence.", title="A plain title"))
    assert "plain" not in repr(rows(dynamodb))


def test_more_than_one_transaction_holds_is_refused(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    with pytest.raises(TooLarge):
        dynamo_store.add_article("here", article(text=incompressible(1_600_000)))
    assert dynamo_store.list_articles("here", 10).items == ()


def test_a_job_and_its_pieces_carry_the_time_they_may_be_cleared(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    page = incompressible(300_000)
    dynamo_store.add_job("here", job(submission=job().submission.model_copy(update={"html": page})))
    found = rows(dynamodb)
    assert len(found) > 1
    expected = {"N": str(int(job().expires_at.timestamp()))}
    assert [row.get("expires_at") for row in found] == [expected] * len(found)


def test_an_event_and_its_entry_in_the_list_carry_the_time_they_may_be_cleared(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.add_claim("here", record())
    dynamo_store.update_claim("here", record(version=1), event())
    kept = [row.get("expires_at") for row in rows(dynamodb) if "EVENT" in row["PK"]["S"]]
    assert kept == [{"N": str(int((event().at + timedelta(days=EVENT_DAYS)).timestamp()))}] * 2


def test_an_event_is_stored_with_its_record_or_not_at_all(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_claim("here", record())
    with (
        unruly.interleaved(
            dynamodb, "TransactWriteItems", lambda: dynamo_store.update_claim("here", record(version=1))
        ),
        pytest.raises(VersionConflict),
    ):
        dynamo_store.update_claim("here", heavy(1, 200_000, version=1), event())
    with (
        unruly.interleaved(
            dynamodb, "TransactWriteItems", lambda: dynamo_store.update_claim("here", record(version=2))
        ),
        pytest.raises(VersionConflict),
    ):
        dynamo_store.delete_claim("here", "clm_1", 1, event())
    assert dynamo_store.get_claims("here", ["clm_1"]) == {"clm_1": record(version=2)}
    assert dynamo_store.list_events("here", 10, START + timedelta(days=1)) == Page(items=())
    assert [row for row in rows(dynamodb) if "EVENT" in row["PK"]["S"]] == []


def test_a_deletion_that_was_broken_off_is_taken_up_and_what_was_made_since_stays(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.add_claim("here", record())
    with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 3, "before"):
        dynamo_store.delete_claim("here", "clm_1", 0)
    assert dynamo_store.get_claims("here", ["clm_1"]) == {}
    assert [is_cleared_in_time(row) for row in rows(dynamodb)] == [True]
    dynamo_store.delete_claim("here", "clm_1", -1)
    assert rows(dynamodb) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_deletion_that_nobody_takes_up_leaves_nothing_that_leads_nowhere(
    dynamodb: Any, dynamo_store: DynamoStore, when: Literal["before", "after"]
) -> None:
    dynamo_store.put_occurrence("here", KEYED)
    with unruly.counted(dynamodb) as calls:
        dynamo_store.delete_occurrence("here", "clm_1", "art_1")
    for call in unruly.tried(len(calls)):
        clear(dynamodb)
        dynamo_store.put_occurrence("here", KEYED)
        whole = settled(dynamodb)
        with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, call, when):
            dynamo_store.delete_occurrence("here", "clm_1", "art_1")
        assert settled(dynamodb) == whole or all(is_cleared_in_time(row) for row in rows(dynamodb))


@pytest.mark.parametrize(("claim", "hours"), [(2, 0), (1, 1), (2, 1)])
def test_what_a_writer_left_who_stopped_before_the_head_goes_with_the_article(
    dynamodb: Any, dynamo_store: DynamoStore, claim: int, hours: int
) -> None:
    """Whoever came back did it at another time, or found that it is another claim."""
    stopped = KEYED
    later = keyed_occurrence(claim, 1, *KEYS, added_at=START + timedelta(hours=hours))
    with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 1, "after"):
        dynamo_store.put_occurrence("here", stopped)
    assert dynamo_store.occurrences("here", "clm_1") == ()
    assert len(rows(dynamodb)) > len(KEYS) / 2
    dynamo_store.put_occurrence("here", later)
    assert dynamo_store.delete_occurrences("here", "art_1") == (later.claim_id,)
    assert all(is_cleared_in_time(row) for row in rows(dynamodb))
    dynamo_store.put_occurrence("here", stopped)
    assert dynamo_store.occurrences("here", "clm_1") == (stopped,)
    assert [found.hits for found in dynamo_store.candidates("here", KEYS, 10).found] == [len(KEYS)]


@pytest.mark.parametrize("call", range(6))
def test_who_puts_the_head_while_what_he_left_is_cleared_is_found_all_the_same(
    dynamodb: Any, dynamo_store: DynamoStore, call: int
) -> None:
    """A writer is slow between the entries and the head; meanwhile somebody deletes the article, at whichever call."""
    puts = deletions = 0

    def delete(model: Any, **_: Any) -> None:
        nonlocal puts, deletions
        puts += 1
        if puts == call + 1 and not deletions:
            deletions += 1
            dynamo_store.delete_occurrences("here", "art_1")

    with unruly.hooked(dynamodb, "before-call", delete):
        dynamo_store.put_occurrence("here", KEYED)
    if dynamo_store.occurrences("here", "clm_1"):
        assert [found.hits for found in dynamo_store.candidates("here", KEYS, 10).found] == [len(KEYS)]
        assert dynamo_store.delete_occurrences("here", "art_1") == ("clm_1",)
    assert all(is_cleared_in_time(row) for row in rows(dynamodb))


def test_a_deletion_of_more_than_one_transaction_takes_is_taken_up(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    """An actor in the middle of a change is found by its old names and by the new ones."""

    def change_halfway() -> None:
        clear(dynamodb)
        dynamo_store.put_actor("here", many_named(1, MOST))
        with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 2, "after"):
            dynamo_store.put_actor("here", many_named(2, MOST))
        assert len(rows(dynamodb)) > 100

    change_halfway()
    with unruly.counted(dynamodb) as calls:
        dynamo_store.delete_actor("here", "actor-1")
    assert rows(dynamodb) == []
    for call in unruly.tried(len(calls)):
        change_halfway()
        with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, call, "after"):
            dynamo_store.delete_actor("here", "actor-1")
        dynamo_store.delete_actor("here", "actor-1")
        assert rows(dynamodb) == []


def test_no_other_item_has_a_time_to_live(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_article("here", BIG)
    dynamo_store.add_claim("here", record())
    dynamo_store.put_occurrence("here", occurrence())
    dynamo_store.put_key(api_key())
    assert [row for row in rows(dynamodb) if "expires_at" in row] == []


def test_an_actor_whose_change_was_broken_off_can_be_changed_otherwise(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.put_actor("here", many_named(1, MANY))
    kept = dynamo_store.actors_named("here", NAMES)
    assert set(kept) == {"name 1", "alias 0 v1", "alias 2 v1", "other 0 v1", "other 24 v1"}
    other = many_named(3, MANY).model_copy(update={"version": 2})
    for broken_off in (many_named(2, MANY), other):
        with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 2, "after"):
            dynamo_store.put_actor("here", broken_off)
        assert dynamo_store.actors_named("here", NAMES) == kept
    dynamo_store.put_actor("here", other)
    assert dynamo_store.get_actor("here", "actor-1") == other
    assert dynamo_store.actors_named("here", NAMES) == {"name 1": (other,)}
    assert len(rows(dynamodb)) == 1 + 1 + 1 + MANY
    dynamo_store.delete_actor("here", "actor-1")
    assert rows(dynamodb) == []


# --- two writers ---------------------------------------------------------------------------


@pytest.mark.parametrize(("ours", "theirs"), [(article(), article(title="Theirs")), (BIG, article()), (article(), BIG)])
def test_of_two_who_add_one_article_at_once_one_is_told_so(
    dynamodb: Any, dynamo_store: DynamoStore, ours: Any, theirs: Any
) -> None:
    answers = []
    operation = "TransactWriteItems" if ours is BIG else "PutItem"
    with unruly.interleaved(dynamodb, operation, lambda: answers.append(dynamo_store.add_article("here", theirs))):
        answers.append(dynamo_store.add_article("here", ours))
    assert answers == [True, False]
    assert dynamo_store.get_article("here", "art_1") == theirs
    assert len(dynamo_store.list_articles("here", 10).items) == 1
    dynamo_store.delete_article("here", "art_1")
    assert rows(dynamodb) == []


def test_an_update_that_meets_another_is_refused(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_claim("here", record())
    theirs, ours = record(text="Theirs", version=1), record(text="Ours", version=1)
    with (
        unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.update_claim("here", theirs)),
        pytest.raises(VersionConflict),
    ):
        dynamo_store.update_claim("here", ours)
    assert dynamo_store.get_claims("here", ["clm_1"]) == {"clm_1": theirs}


def test_what_was_just_read_is_not_read_again_to_be_replaced(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_claim("here", record())
    dynamo_store.get_claims("here", ["clm_1"])
    with unruly.counted(dynamodb) as calls:
        dynamo_store.update_claim("here", record(version=1))
        dynamo_store.update_claim("here", record(version=2))
    assert calls == ["PutItem", "PutItem"]


def test_an_occurrence_that_another_deletes_and_puts_again_meanwhile_is_found_by_its_keys(
    dynamodb: Any, dynamo_store: DynamoStore, clock: SetClock
) -> None:
    other = DynamoStore(dynamodb, TABLE, clock, sleep=lambda seconds: None)
    stems = [f"k{n} z" for n in range(5)]
    again = keyed_occurrence(1, 1, *stems, text="new words")
    for nth in range(1, 12):
        dynamo_store.put_occurrence("here", keyed_occurrence(1, 1, *stems, text="old words"))
        calls: list[str] = []

        def meanwhile(calls: list[str] = calls, nth: int = nth, **_: Any) -> None:
            calls.append("")
            if len(calls) == nth:
                other.delete_occurrence("here", "clm_1", "art_1")
                other.put_occurrence("here", again)

        dynamodb.meta.events.register("before-call.dynamodb", meanwhile)
        dynamo_store.put_occurrence("here", again)
        dynamodb.meta.events.unregister("before-call.dynamodb", meanwhile)
        assert [found.claim_id for found in dynamo_store.candidates("here", stems, 10).found] == ["clm_1"]
        assert dynamo_store.claims_of("here", "art_1") == ("clm_1",)
        assert dynamo_store.delete_occurrences("here", "art_1") == ("clm_1",)
        assert dynamo_store.occurrences("here", "clm_1") == ()


def test_what_another_process_has_written_since_it_was_read_is_not_lost(
    dynamodb: Any, dynamo_store: DynamoStore, clock: SetClock
) -> None:
    other = DynamoStore(dynamodb, TABLE, clock, sleep=lambda seconds: None)
    dynamo_store.add_claim("here", record())
    dynamo_store.get_claims("here", ["clm_1"])
    other.update_claim("here", record(text="Theirs", version=1))
    with pytest.raises(VersionConflict):
        dynamo_store.update_claim("here", record(text="Ours", version=1))
    assert other.get_claims("here", ["clm_1"]) == {"clm_1": record(text="Theirs", version=1)}
    dynamo_store.update_claim("here", record(text="Ours", version=2))
    other.delete_claim("here", "clm_1")
    with pytest.raises(VersionConflict):
        dynamo_store.update_claim("here", record(text="Ours", version=3))
    assert other.get_claims("here", ["clm_1"]) == {}


@pytest.mark.parametrize("names", [3, MANY])
def test_of_two_who_change_an_actor_at_once_one_is_refused(
    dynamodb: Any, dynamo_store: DynamoStore, names: int
) -> None:
    dynamo_store.put_actor("here", many_named(1, names))
    theirs = actor(name="Theirs", version=2)
    with (
        unruly.interleaved(dynamodb, "TransactWriteItems", lambda: dynamo_store.put_actor("here", theirs)),
        pytest.raises(VersionConflict),
    ):
        dynamo_store.put_actor("here", many_named(2, names))
    assert dynamo_store.get_actor("here", "actor-1") == theirs
    assert dynamo_store.actors_named("here", ["theirs", "name 1", *NAMES]) == {"theirs": (theirs,)}
    assert len(rows(dynamodb)) == 3


def test_of_two_who_make_an_actor_at_once_one_is_refused(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    with (
        unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.put_actor("here", actor(name="Theirs"))),
        pytest.raises(VersionConflict),
    ):
        dynamo_store.put_actor("here", actor())
    assert dynamo_store.get_actor("here", "actor-1") == actor(name="Theirs")
    assert dynamo_store.delete_actor("here", "actor-1") is True
    assert rows(dynamodb) == []


def test_a_job_that_was_done_meanwhile_does_not_run_again(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_job("here", job())
    done, running = job(status=JobStatus.DONE), job(status=JobStatus.RUNNING)
    with unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.update_job("here", done)):
        assert dynamo_store.update_job("here", running) is False
    assert dynamo_store.get_job("here", "job_1") == done


def test_a_job_that_began_meanwhile_can_still_be_ended(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_job("here", job())
    running, done = job(status=JobStatus.RUNNING), job(status=JobStatus.DONE)
    with unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.update_job("here", running)):
        assert dynamo_store.update_job("here", done) is True
    assert dynamo_store.get_job("here", "job_1") == done


def test_of_two_tenants_who_put_one_key_id_at_once_one_is_refused(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    theirs = api_key(tenant="there")
    with (
        unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.put_key(theirs)),
        pytest.raises(SecondSourceError),
    ):
        dynamo_store.put_key(api_key())
    assert dynamo_store.get_key("key1") == theirs
    assert dynamo_store.list_keys("here") == ()


def test_an_article_that_is_added_again_while_it_is_deleted_stays(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_article("here", article())
    again = article(text="Again", added_at=START)
    with unruly.interleaved(dynamodb, "DeleteItem", lambda: dynamo_store.add_article("here", again)):
        assert dynamo_store.delete_article("here", "art_1") is True
    assert dynamo_store.get_article("here", "art_1") == again
    assert dynamo_store.list_articles("here", 10).items == (summary_of(again),)
    dynamo_store.delete_article("here", "art_1")
    assert rows(dynamodb) == []


def test_an_occurrence_that_two_put_at_once_is_found_by_the_keys_of_whoever_came_last(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.put_occurrence("here", keyed_occurrence(1, 1, "k1", "k2"))
    theirs, ours = keyed_occurrence(1, 1, "k2", "k3"), keyed_occurrence(1, 1, "k4")
    with unruly.interleaved(dynamodb, "TransactWriteItems", lambda: dynamo_store.put_occurrence("here", theirs)):
        dynamo_store.put_occurrence("here", ours)
    assert dynamo_store.occurrences("here", "clm_1") == (ours,)
    assert [len(dynamo_store.candidates("here", [key], 10).found) for key in KEYS[1:5]] == [0, 0, 0, 1]
    dynamo_store.delete_occurrences("here", "art_1")
    assert rows(dynamodb) == []


def test_of_two_who_put_an_occurrence_first_both_leave_no_entry_of_the_other(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    theirs, ours = keyed_occurrence(1, 1, "k2", "k3"), keyed_occurrence(1, 1, "k3", "k4")
    with unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.put_occurrence("here", theirs)):
        dynamo_store.put_occurrence("here", ours)
    assert [len(dynamo_store.candidates("here", [key], 10).found) for key in KEYS[2:5]] == [0, 1, 1]
    dynamo_store.delete_occurrences("here", "art_1")
    assert rows(dynamodb) == []


def test_a_signature_that_comes_while_its_record_is_deleted_does_not_stay(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.add_claim("here", record())
    with unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.delete_claim("here", "clm_1", 0)):
        dynamo_store.put_signatures("here", {"clm_1": (0, signature())})
    assert rows(dynamodb) == []


def test_a_signature_that_cannot_be_put_keeps_no_other_from_being_put_and_looked_after(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    too_large = signature(2, facts=Facts(stems=(incompressible(500_000),)))
    for number in (1, 2, 3):
        dynamo_store.add_claim("here", record(number))
    signatures = {"clm_2": (0, too_large), "clm_1": (0, signature(1)), "clm_9": (0, signature(9))}

    with pytest.raises(NotAllStored) as caught:
        dynamo_store.put_signatures("here", {**signatures, "clm_3": (0, signature(3))})

    assert caught.value.ids == ("clm_2",)
    assert isinstance(caught.value.__cause__, TooLarge)
    names = ["clm_1", "clm_2", "clm_3", "clm_9"]
    assert dynamo_store.signatures("here", names) == {"clm_1": signature(1), "clm_3": signature(3)}


def test_a_signature_of_no_record_that_cannot_be_deleted_is_named(
    dynamo_store: DynamoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    dynamo_store.add_claim("here", record(1))

    def unreachable(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(dynamo_store._table, "delete_up_to", unreachable)

    with pytest.raises(NotAllStored) as caught:
        dynamo_store.put_signatures("here", {f"clm_{number}": (0, signature(number)) for number in (9, 1, 8)})

    assert caught.value.ids == ("clm_9", "clm_8")


def test_the_signature_of_a_record_that_was_made_again_meanwhile_stays(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    def again() -> None:
        dynamo_store.delete_claim("here", "clm_1", 0)
        dynamo_store.add_claim("here", record(version=7))
        dynamo_store.put_signatures("here", {"clm_1": (7, signature(7))})

    dynamo_store.add_claim("here", record())
    dynamo_store.put_signatures("here", {"clm_1": (0, signature(0))})
    with unruly.interleaved(dynamodb, "DeleteItem", again), unruly.interleaved(dynamodb, "BatchWriteItem", again):
        dynamo_store.delete_claim("here", "clm_1", 0)
    assert dynamo_store.signatures("here", ["clm_1"]) == {"clm_1": signature(7)}


def test_an_occurrence_that_is_put_again_while_it_is_deleted_is_found_again(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    dynamo_store.put_occurrence("here", occurrence())
    again = occurrence(text="Again")
    with unruly.interleaved(dynamodb, "DeleteItem", lambda: dynamo_store.put_occurrence("here", again)):
        assert dynamo_store.delete_occurrences("here", "art_1") == ("clm_1",)
    assert dynamo_store.occurrences("here", "clm_1") == (again,)
    assert dynamo_store.delete_occurrences("here", "art_1") == ("clm_1",)
    assert rows(dynamodb) == []


@pytest.mark.parametrize("call", range(3))
def test_the_same_occurrence_that_is_put_again_while_it_is_deleted_keeps_its_entries(
    dynamodb: Any, dynamo_store: DynamoStore, call: int
) -> None:
    """At whichever call of the deletion it comes: the others go on where they were."""
    dynamo_store.put_occurrence("here", KEYED)
    seen_calls = 0

    def act(**_: Any) -> None:
        nonlocal seen_calls
        seen_calls += 1
        if seen_calls == call + 1:
            dynamo_store.put_occurrence("here", KEYED)

    with unruly.hooked(dynamodb, "before-call", act):
        dynamo_store.delete_occurrence("here", "clm_1", "art_1")
    assert seen_calls > call
    there = dynamo_store.occurrences("here", "clm_1")
    hits = [(c.claim_id, c.hits) for c in dynamo_store.candidates("here", KEYS, 10).found]
    assert (there, hits) in (((KEYED,), [("clm_1", len(KEYS))]), ((), []))
    assert there or call < 2
    assert dynamo_store.delete_occurrences("here", "art_1") == (("clm_1",) if there else ())
    assert rows(dynamodb) == []


def test_a_document_that_is_replaced_while_it_is_deleted_is_deleted(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_claim("here", record())
    update = record(text="Second", version=1)
    with unruly.interleaved(dynamodb, "PutItem", lambda: dynamo_store.update_claim("here", update)):
        dynamo_store.delete_claim("here", "clm_1")
    assert rows(dynamodb) == []


def test_a_document_that_is_replaced_while_it_is_read_is_read_whole(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    pages = [job().submission.model_copy(update={"html": incompressible(300_000, seed)}) for seed in (1, 2)]
    old, new = job(submission=pages[0]), job(submission=pages[1], status=JobStatus.RUNNING)
    dynamo_store.add_job("here", old)
    with unruly.interleaved(dynamodb, "BatchGetItem", lambda: dynamo_store.update_job("here", new)):
        assert dynamo_store.get_job("here", "job_1") == new


def test_occurrences_that_are_replaced_between_two_pages_are_read_whole(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    old, new = (occurrence(text=incompressible(600_000, seed)) for seed in (1, 2))
    dynamo_store.put_occurrence("here", old)
    queries = 0

    def replace_before_the_second(model: Any, **_: Any) -> None:
        nonlocal queries
        if model.name == "Query":
            queries += 1
            if queries == 2:
                dynamo_store.put_occurrence("here", new)

    with unruly.hooked(dynamodb, "before-call", replace_before_the_second):
        found = dynamo_store.occurrences("here", "clm_1")
    assert queries > 1
    assert found == (new,)


def test_a_writer_that_stopped_and_came_back_later_is_in_the_list_once(
    dynamodb: Any, dynamo_store: DynamoStore
) -> None:
    first, later = article(), article(added_at=START + timedelta(hours=1))
    with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 0, "after"):
        dynamo_store.add_article("here", first)
    with pytest.raises(unruly.Crash), unruly.crashing(dynamodb, 0, "after"):
        dynamo_store.add_claim("here", record())
    assert dynamo_store.list_articles("here", 10).items == ()
    assert dynamo_store.list_claims("here", 10).items == ()
    assert dynamo_store.add_article("here", later) is True
    assert dynamo_store.add_claim("here", record(created_at=later.added_at)) is True
    assert dynamo_store.list_articles("here", 10).items == (summary_of(later),)
    assert dynamo_store.list_articles("here", 1).items == (summary_of(later),)
    assert dynamo_store.list_claims("here", 10).items == (record(created_at=later.added_at),)


def test_a_document_that_is_deleted_while_it_is_read_is_not_there(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_article("here", BIG)
    with unruly.interleaved(dynamodb, "BatchGetItem", lambda: dynamo_store.delete_article("here", "art_1")):
        assert dynamo_store.get_article("here", "art_1") is None


# --- a service that refuses ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_what_a_batch_leaves_undone_is_done_in_the_next(dynamodb: Any, dynamo_store: DynamoStore, seed: int) -> None:
    with unruly.leaving_undone(dynamodb, seed):
        for number in range(10):
            dynamo_store.add_claim("here", record(number))
            dynamo_store.put_signatures("here", {f"clm_{number}": (0, signature(number))})
            dynamo_store.put_occurrence("here", keyed_occurrence(number, number, *KEYS))
        names = [f"clm_{number}" for number in range(10)]
        assert sorted(dynamo_store.get_claims("here", names)) == names
        assert sorted(dynamo_store.signatures("here", names)) == names
        assert len(dynamo_store.candidates("here", KEYS, 10).found) == 10
        for number, name in enumerate(names):
            dynamo_store.delete_occurrence("here", name, f"art_{number}")
            dynamo_store.delete_claim("here", name)
    assert rows(dynamodb) == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ProvisionedThroughputExceededException", 400),
        ("RequestLimitExceeded", 400),
        ("InternalServerError", 500),
        ("ServiceUnavailable", 503),
        ("SomethingNew", 500),
    ],
)
def test_a_service_that_fails_is_unavailable(dynamodb: Any, dynamo_store: DynamoStore, code: str, status: int) -> None:
    with unruly.refusing(dynamodb, code, status), pytest.raises(Unavailable):
        dynamo_store.get_article("here", "art_1")


@pytest.mark.parametrize("operation", ["every", "PutItem", "BatchWriteItem", "TransactWriteItems"])
@pytest.mark.parametrize("code", ["ThrottlingException", "TransactionConflictException"])
def test_a_service_that_throttles_whatever_is_tried_is_unavailable(
    dynamodb: Any, dynamo_store: DynamoStore, operation: str, code: str
) -> None:
    def refuse(model: Any, **_: Any) -> Any:
        return unruly.refusal(code, 400) if operation in ("every", model.name) else None

    refused = 0
    for prepare, step in STEPS.values():
        clear(dynamodb)
        prepare(dynamo_store)
        with unruly.counted(dynamodb) as calls, unruly.hooked(dynamodb, "before-call", refuse):
            try:
                step(dynamo_store)
            except Unavailable:
                refused += 1
            else:
                assert operation not in ("every", *calls)
    assert refused


@pytest.mark.parametrize("code", ["AccessDeniedException", "ResourceNotFoundException", "ValidationException"])
def test_a_service_that_is_set_up_wrongly_is_an_error_of_ours(
    dynamodb: Any, dynamo_store: DynamoStore, code: str
) -> None:
    with unruly.refusing(dynamodb, code), pytest.raises(SecondSourceError) as caught:
        dynamo_store.get_article("here", "art_1")
    assert (caught.value.code, caught.value.status) == ("internal", 500)


def test_a_service_that_cannot_be_reached_is_unavailable(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    def fail(**_: Any) -> None:
        raise ConnectTimeoutError(endpoint_url="https://dynamodb.example")

    with unruly.hooked(dynamodb, "before-call", fail), pytest.raises(Unavailable):
        dynamo_store.get_article("here", "art_1")


def test_a_write_that_meets_a_transaction_is_tried_again(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    dynamo_store.add_job("here", job())
    head = dynamo_store.get_job("here", "job_1")
    assert head is not None

    calls = 0

    def conflict(model: Any, **_: Any) -> Any:
        nonlocal calls
        if model.name != "PutItem":
            return None
        calls += 1
        if calls > 2:
            return None
        return unruly.refusal("TransactionConflictException", 400)

    with unruly.hooked(dynamodb, "before-call", conflict):
        assert dynamo_store.update_job("here", job(status=JobStatus.RUNNING)) is True
    assert calls == 3


def test_a_write_whose_answer_was_lost_counts_as_done(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    """The SDK sends it again, and then the condition fails on what the first try stored."""

    def send_twice(model: Any, params: dict[str, Any], **_: Any) -> Any:
        nonlocal sent
        if model.name != "PutItem" or sent:
            return None
        sent = True
        dynamodb.put_item(**original)
        return None

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name == "PutItem" and not original:
            original.update(params)

    original: dict[str, Any] = {}
    sent = False
    with unruly.hooked(dynamodb, "before-parameter-build", note), unruly.hooked(dynamodb, "before-call", send_twice):
        assert dynamo_store.add_article("here", article()) is True
    assert sent
    assert dynamo_store.get_article("here", "art_1") == article()


def test_the_number_of_reads_does_not_grow_with_the_corpus(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    keys = tuple(f"k{number}" for number in range(21))
    counts = []
    for number in range(8):
        with unruly.counted(dynamodb) as calls:
            dynamo_store.candidates("here", keys, 3)
        counts.append(len(calls))
        dynamo_store.put_occurrence("here", keyed_occurrence(number, number, *keys))
    assert counts == [len(keys)] * 8


def test_an_unavailable_reason_holds_nothing_of_the_service(dynamodb: Any, dynamo_store: DynamoStore) -> None:
    with unruly.refusing(dynamodb, "ThrottlingException"), pytest.raises(Unavailable) as caught:
        dynamo_store.get_article("here", "art_1")
    assert str(caught.value) == "Service unavailable"
