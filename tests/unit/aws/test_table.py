from collections.abc import Iterator
from typing import Any

import pytest

from secondsource.aws import clients
from secondsource.aws.faults import ConditionNotMet
from secondsource.aws.keys import Key
from secondsource.aws.schema import create_table
from secondsource.aws.table import Item, Table
from tests.contract import strict, unruly
from tests.contract.mocked import mocked


@pytest.fixture
def client() -> Iterator[Any]:
    with mocked():
        found = clients.dynamodb()
        create_table(found, "t")
        strict.install(found)
        yield found


@pytest.fixture
def table(client: Any) -> Table:
    return Table(client, "t", sleep=lambda seconds: None)


def item(sort: str, revision: str = "r", **attributes: Any) -> Item:
    return {"PK": "p", "SK": sort, "revision": revision, **attributes}


def test_an_item_comes_back_in_pythons_types(table: Table) -> None:
    stored = item("s", text="é", number=7, flag=True, content=b"\x00\xff", pairs=[["a", "b"]], nothing=None)
    table.put(stored, seen=None)
    del stored["nothing"]
    assert table.get(Key("p", "s")) == stored
    assert table.get(Key("p", "s"), only=["number", "text"]) == {"number": 7, "text": "é"}


def test_a_put_needs_what_was_seen_to_be_there_still(table: Table) -> None:
    table.put(item("s", "one"), seen=None)
    with pytest.raises(ConditionNotMet):
        table.put(item("s", "two"), seen=None)
    with pytest.raises(ConditionNotMet):
        table.put(item("s", "two"), seen="zero")
    table.put(item("s", "two"), seen="one")
    with pytest.raises(ConditionNotMet):
        table.delete(Key("p", "s"), seen="one")
    table.delete(Key("p", "s"), seen="two")
    assert table.get(Key("p", "s")) is None


def test_a_whole_put_whose_condition_fails_changes_nothing(table: Table) -> None:
    table.put(item("s", "one"), seen=None)
    table.write_many(puts=[item("s1")])
    with pytest.raises(ConditionNotMet):
        table.put_whole([(item("s", "two"), "zero")], pieces=[item("s2")], deletes=[Key("p", "s1")])
    assert [row["SK"] for row in table.query("p")] == ["s", "s1"]


def test_a_query_follows_its_pages_to_the_end(table: Table, client: Any) -> None:
    table.write_many(puts=[item(f"{number:02}", content=bytes(300_000)) for number in range(10)])
    with unruly.counted(client) as calls:
        assert [row["SK"] for row in table.query("p")] == [f"{number:02}" for number in range(10)]
    assert len(calls) > 1
    assert [row["SK"] for row in table.query("p", newest_first=True, limit=7)] == [f"{n:02}" for n in range(9, 2, -1)]
    assert [row["SK"] for row in table.query("p", before="03", newest_first=True)] == ["02", "01", "00"]
    assert [row["SK"] for row in table.query("p", prefix="0", limit=2)] == ["00", "01"]
    assert table.query("p", limit=0) == []


def test_all_of_25_items_of_390_kb_are_read_though_a_page_holds_two(table: Table, client: Any) -> None:
    names = [f"{number:02}" for number in range(25)]
    table.write_many(puts=[item(name, content=bytes(390_000)) for name in names])
    with unruly.counted(client) as calls:
        assert [row["SK"] for row in table.query("p")] == names
    assert calls == ["Query"] * 13


def test_a_page_on_which_the_filter_leaves_nothing_is_not_the_end(table: Table, client: Any) -> None:
    table.write_many(puts=[item(f"{number:02}", content=bytes(390_000)) for number in range(10)])
    table.write_many(puts=[item("10", kind="wanted"), item("11")])
    pages = []

    def note(parsed: dict[str, Any], **_: Any) -> None:
        pages.append((parsed["Count"], "LastEvaluatedKey" in parsed))

    with unruly.hooked(client, "after-call", note):
        found = [key for page in table.scan("#kind = :kind", {"#kind": "kind"}, {":kind": "wanted"}) for key in page]
    assert found == [Key("p", "10")]
    assert pages[0] == (0, True)
    assert pages[-1] == (1, False)


def test_every_read_is_consistent(table: Table, client: Any) -> None:
    flags = []

    def note(params: dict[str, Any], **_: Any) -> None:
        flags.append(params.get("ConsistentRead") or params["RequestItems"]["t"]["ConsistentRead"])

    with unruly.hooked(client, "before-parameter-build", note):
        table.get(Key("p", "s"))
        table.get_many([Key("p", "s")])
        table.query("p")
        list(table.scan("PK = :p", {}, {":p": "p"}))
    assert flags == [True, True, True, True]


def test_more_than_16_mb_are_read_though_one_answer_holds_no_more(table: Table, client: Any) -> None:
    keys = [Key("p", f"{number:02}") for number in range(50)]
    table.write_many(puts=[item(key.sort, content=bytes(390_000)) for key in keys])
    with unruly.counted(client) as calls:
        assert sorted(table.get_many(keys)) == keys
    assert calls == ["BatchGetItem"] * 2


def test_batches_of_any_length_are_written_read_and_deleted(table: Table) -> None:
    for length in (0, 1, 25, 26, 101, 205):
        names = [f"{number:03}" for number in range(length)]
        keys = [Key("p", name) for name in names]
        table.write_many(puts=[item(name) for name in names])
        assert sorted(table.get_many([*keys, *keys])) == keys
        table.write_many(deletes=keys)
        assert table.query("p") == []
