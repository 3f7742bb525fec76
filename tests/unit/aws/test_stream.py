"""Which records of the table's stream wake the function that counts, and what they tell of."""

from collections.abc import Callable
from typing import Any

import pytest

from secondsource.aws import clients
from secondsource.aws.schema import create_table
from secondsource.aws.store import DynamoStore
from secondsource.aws.stream import Named, Told, touched, wakes
from secondsource.errors import InvalidInput
from secondsource.local.stream import Stream
from tests.contract.mocked import mocked
from tests.contract.samples import (
    START,
    SetClock,
    actor,
    annotated,
    article,
    event,
    incompressible,
    job,
    occurrence,
    publication,
    record,
    relation,
    stated,
)


@pytest.fixture
def heard():
    """A store, and what its stream has told of since it was asked last: of what wakes, tenant and claim."""
    with mocked():
        client = clients.dynamodb()
        create_table(client, "heard")
        arn = client.describe_table(TableName="heard")["Table"]["LatestStreamArn"]
        told: list[Any] = []

        def note(given: dict[str, Any], context: Any) -> dict[str, Any]:
            told.extend(touched(item) for item in given["Records"])
            return {"batchItemFailures": []}

        stream = Stream(clients.streams(), arn, lambda: note)

        def listen() -> list[Any]:
            told.clear()
            stream.drain()
            return list(told)

        yield DynamoStore(client, "heard", SetClock(), sleep=lambda seconds: None), listen


Heard = tuple[DynamoStore, Callable[[], list[Any]]]


def test_an_occurrence_that_is_put_put_again_or_deleted_wakes(heard: Heard) -> None:
    store, listen = heard
    store.put_occurrence("here", occurrence())
    assert listen() == [("here", "clm_1")]
    store.put_occurrence("here", occurrence(text="Otherwise."))
    assert listen() == [("here", "clm_1")]
    store.delete_occurrences("here", "art_1")
    assert listen() == [("here", "clm_1")]


def test_of_an_occurrence_in_several_pieces_the_head_alone_wakes(heard: Heard) -> None:
    store, listen = heard
    store.put_occurrence("here", occurrence(text=incompressible(400_000)))
    assert listen() == [("here", "clm_1")]


def test_a_record_wakes_when_it_is_made_and_not_when_it_is_counted_or_deleted(heard: Heard) -> None:
    store, listen = heard
    store.add_claim("here", record())
    assert listen() == [("here", "clm_1")]
    store.update_claim("here", record(version=1))
    store.delete_claim("here", "clm_1", 1)
    assert listen() == []
    store.add_claim("here", record())
    assert listen() == [("here", "clm_1")]


def test_an_event_wakes_when_it_is_stored_with_whatever_it_tells_of_and_not_when_it_is_changed(heard: Heard) -> None:
    store, listen = heard
    store.add_claim("here", record())
    listen()
    store.update_claim("here", record(version=1), event(1))
    store.add_article("here", article(), annotated(2))
    store.put_publication("here", publication(1), annotated(3))
    assert listen() == [Told("here", f"evt_{number}") for number in (1, 2, 3)]
    store.change_event("here", "evt_1", lambda found: event(1, articles=()))
    store.delete_event("here", "evt_2")
    assert listen() == []


def test_a_record_that_is_merged_into_another_wakes_once_and_not_when_it_is_written_anew(heard: Heard) -> None:
    store, listen = heard
    store.add_claim("here", record(1))
    store.add_claim("here", record(2))
    listen()
    store.update_claim("here", record(2, version=1, merged_into="clm_1"))
    assert listen() == [("here", "clm_2")]
    store.update_claim("here", record(2, version=2, merged_into="clm_1"))
    store.delete_claim("here", "clm_2", 2)
    assert listen() == []


def test_nothing_else_wakes(heard: Heard) -> None:
    store, listen = heard
    store.add_article("here", article())
    store.add_job("here", job())
    store.delete_article("here", "art_1")
    assert listen() == []


def test_what_the_function_hands_back_comes_again_from_there_on(heard: Heard) -> None:
    store, _ = heard
    client = store._table._client
    arn = client.describe_table(TableName="heard")["Table"]["LatestStreamArn"]
    asked: list[list[str]] = []

    def refuse_the_second_once(given: dict[str, Any], context: Any) -> dict[str, Any]:
        asked.append([touched(item).claim_id for item in given["Records"]])
        if len(asked) == 1:
            raise RuntimeError
        if len(asked) == 2:
            back = [given["Records"][place]["dynamodb"]["SequenceNumber"] for place in (2, 1)]
            return {"batchItemFailures": [{"itemIdentifier": place} for place in back]}
        return {"batchItemFailures": []}

    for claim in (1, 2, 3):
        store.put_occurrence("here", occurrence(claim))
    Stream(clients.streams(), arn, lambda: refuse_the_second_once).drain()

    assert asked == [["clm_1", "clm_2", "clm_3"], ["clm_1", "clm_2", "clm_3"], ["clm_2", "clm_3"]]


@pytest.mark.parametrize("image", [{}, {"tenant": {"S": "here"}}, {"tenant": {"S": "#"}, "claim_id": {"S": "c"}}])
def test_what_names_no_claim_is_refused(image: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        touched({"dynamodb": {"NewImage": image}})
    with pytest.raises(InvalidInput):
        touched({})


def test_what_is_formed_otherwise_wakes_nobody() -> None:
    assert not wakes({})
    assert not wakes({"dynamodb": {"NewImage": {"type": {"N": "1"}}}})
    assert not wakes({"dynamodb": None})


def test_an_actor_that_is_put_changed_or_deleted_tells_its_names_before_and_after(heard: Heard) -> None:
    store, listen = heard
    store.put_actor("here", actor(relations=(relation("Rival"),)))
    assert listen() == [Named("here", ("name 1", "rival"))]
    store.put_actor("here", actor(name="New", aliases=("Alias",), version=2))
    assert listen() == [Named("here", ("name 1", "rival", "new", "alias"))]
    store.delete_actor("here", "actor-1")
    assert listen() == [Named("here", ("new", "alias"))]


def test_an_actor_of_which_only_the_index_was_written_tells_no_names(heard: Heard) -> None:
    store, listen = heard
    names = [tuple(f"Alias {number} v{version}" for number in range(20)) for version in (1, 2)]
    others = [tuple(relation(f"Other {number} v{version}") for number in range(40)) for version in (1, 2)]
    store.put_actor("here", actor(aliases=names[0], relations=others[0]))
    listen()
    store.put_actor("here", actor(aliases=names[1], relations=others[1], version=2))
    moved, changed = listen()
    assert moved == Named("here", ())
    assert len(changed.names) == 1 + 2 * 60


def test_what_an_article_states_tells_of_whom_when_it_is_deleted_or_replaced_and_not_when_it_comes(
    heard: Heard,
) -> None:
    store, listen = heard
    store.put_mentions("here", "art_1", START, {"front": [stated("front")], "league": ()})
    assert listen() == []
    store.put_mentions("here", "art_1", START, {"oss": [stated("oss")], "league": ()})
    assert listen() == [Named("here", ("front", "oss"))]
    store.delete_mentions("here", "art_1")
    assert listen() == [Named("here", ("oss",))]


def test_what_dynamodb_clears_when_its_time_is_over_tells_no_names() -> None:
    old = {"type": {"S": "mentions"}, "tenant": {"S": "here"}, "names": {"S": '["front"]'}}
    record = {"eventName": "REMOVE", "dynamodb": {"OldImage": old}}
    assert wakes(record)
    assert touched(record) == Named("here", ())
