"""Articles and occurrences that expire: gone at their time for every store, and cleared away by DynamoDB."""

from datetime import timedelta
from typing import Any

from secondsource.aws.store import DynamoStore
from secondsource.model import EventType
from secondsource.ports import Store
from secondsource.services.recount import recount
from secondsource.settings import Settings
from secondsource.wiring import Wiring
from tests.contract.conftest import TABLE
from tests.contract.samples import START, SetClock, article, big_article, keyed_occurrence, occurrence
from tests.unit.corpus.reports import CLAIM, person, report
from tests.unit.services.newsroom import Endpoints, Line

END = START + timedelta(days=30)


def _everything(dynamodb: Any) -> list[dict[str, Any]]:
    """All items of the table, page by page."""
    items: list[dict[str, Any]] = []
    page: dict[str, Any] = {}
    while True:
        answer = dynamodb.scan(TableName=TABLE, **page)
        items += answer["Items"]
        if not answer.get("LastEvaluatedKey"):
            return items
        page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def test_an_article_is_gone_at_its_time_cleared_away_or_not(store: Store, clock: SetClock) -> None:
    store.add_article("here", article(1, expires_at=END))
    store.add_article("here", article(2))
    clock.advance(days=30, microseconds=-1)
    assert store.get_article("here", "art_1") == article(1, expires_at=END)

    clock.advance(microseconds=1)

    assert store.get_article("here", "art_1") is None
    assert store.has_article("here", "art_1") is False
    assert [item.id for item in store.list_articles("here", 10).items] == ["art_2"]
    assert store.delete_article("here", "art_1") is False


def test_a_page_is_filled_up_behind_articles_that_have_expired(store: Store, clock: SetClock) -> None:
    for number in range(1, 7):
        store.add_article("here", article(number, expires_at=END if number % 2 else None))
    clock.advance(days=31)

    first = store.list_articles("here", 2)
    second = store.list_articles("here", 2, first.next)

    assert [item.id for item in (*first.items, *second.items)] == ["art_6", "art_4", "art_2"]


def test_an_article_that_has_expired_can_come_again(store: Store, clock: SetClock) -> None:
    store.add_article("here", article(1, expires_at=END))
    clock.advance(days=31)
    again = article(1, added_at=clock.now(), expires_at=clock.now() + timedelta(days=30))

    assert store.add_article("here", again) is True
    assert store.add_article("here", again) is False
    assert store.get_article("here", "art_1") == again
    assert [item.id for item in store.list_articles("here", 10).items] == ["art_1"]


def test_an_occurrence_is_gone_at_its_time(store: Store, clock: SetClock) -> None:
    store.put_occurrence("here", occurrence(1, 1, expires_at=END))
    store.put_occurrence("here", occurrence(1, 2))
    assert len(store.occurrences("here", "clm_1")) == 2

    clock.advance(days=30)

    assert store.occurrences("here", "clm_1") == (occurrence(1, 2),)


def test_an_occurrence_that_has_expired_can_come_again(store: Store, clock: SetClock) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a", expires_at=END))
    clock.advance(days=31)
    again = keyed_occurrence(1, 1, "b", added_at=clock.now())

    store.put_occurrence("here", again)

    assert store.occurrences("here", "clm_1") == (again,)
    assert [found.claim_id for found in store.candidates("here", ["b"], 10).found] == ["clm_1"]


def test_all_items_of_what_expires_are_cleared_by_dynamodb(dynamo_store: DynamoStore, dynamodb: Any) -> None:
    """Heads, pieces and pointers alike; there is nothing that outlasts them."""
    dynamo_store.add_article("here", big_article(1).model_copy(update={"expires_at": END}))
    dynamo_store.put_occurrence("here", keyed_occurrence(1, 1, "a", "b", expires_at=END))

    items = _everything(dynamodb)

    assert len(items) > 6
    assert {item["expires_at"]["N"] for item in items} == {str(int(END.timestamp()))}


def test_what_does_not_expire_is_never_cleared(dynamo_store: DynamoStore, dynamodb: Any) -> None:
    dynamo_store.add_article("here", big_article(1))
    dynamo_store.put_occurrence("here", keyed_occurrence(1, 1, "a", "b"))

    assert all("expires_at" not in item for item in _everything(dynamodb))


def test_a_window_is_cleared_once_it_is_over(dynamo_store: DynamoStore, dynamodb: Any) -> None:
    dynamo_store.count_up("here", "calls", "2026-03-01T12:00", 5, END)
    dynamo_store.count_up("here", "stored", "kept")

    ends = {item["SK"]["S"]: item.get("expires_at") for item in _everything(dynamodb)}

    assert ends == {"2026-03-01T12:00": {"N": str(int(END.timestamp()))}, "kept": None}


def test_counting_is_one_conditional_update_and_reads_nothing(dynamo_store: DynamoStore, dynamodb: Any) -> None:
    """That no two callers can be let in for one place rests on DynamoDB's promise for a single update, on nothing
    else: no test with moto could show it."""
    sent: list[tuple[str, str]] = []

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        sent.append((model.name, params.get("ConditionExpression", "")))

    dynamodb.meta.events.register("before-parameter-build.dynamodb", note)
    dynamo_store.count_up("here", "calls", "2026-03-01T12:00", 5, END)

    assert sent == [("UpdateItem", "attribute_not_exists(PK) OR #count < :high")]


def test_a_deployment_tells_and_sends_nothing_of_an_article_that_has_expired(dynamodb: Any, clock: SetClock) -> None:
    endpoints, queue = Endpoints(), Line(DynamoStore(dynamodb, TABLE, clock))
    services = Wiring(Settings(table=TABLE), dynamodb=dynamodb, queue=queue, poster=endpoints, clock=clock)
    for named in (
        report("Courier", person("Owen Strand")).model_copy(update={"expires_at": END}),
        report("Record", person("Dela Marsh")),
    ):
        services.store.put_occurrence("here", named)
        recount(services.store, clock, "here", CLAIM)
    (event,) = services.follow.events("here", 10).items
    assert event.before[0].sources == ("Owen Strand",)
    services.webhooks.register_outgoing("here", "https://cms.example/hook", [EventType.CLAIM_FLAGS_CHANGED])
    clock.advance(days=30)
    services.deliver.announce("here", event.id)

    services.deliver.attempt("here", queue.deliveries[0][1], 0)
    (first, _) = services.follow.events("here", 10).items

    assert first.id == event.id
    for told in (first.model_dump_json(), endpoints.posted[0][2].decode()):
        assert "single_source" in told
        assert "Strand" not in told
        assert "art_courier" not in told
