"""An event tells of flags that changed: what raised them, whom they concern; not that there is one article more."""

import pytest

from secondsource.local.memory import MemoryStore
from secondsource.model import Event
from secondsource.services.changes import GONE
from secondsource.services.recount import recount
from tests.unit.corpus.reports import CLAIM, person, report, unnamed
from tests.unit.services.newsroom import TENANT, Clock

STRAND, MARSH, BRANN = person("Owen Strand"), person("Dela Marsh"), person("Helen Brann")
CLOCK = Clock()


@pytest.fixture
def store():
    return MemoryStore(CLOCK)


def count(store, *occurrences):
    for occurrence in occurrences:
        store.put_occurrence(TENANT, occurrence)
    return recount(store, CLOCK, TENANT, CLAIM)


def events(store) -> list[Event]:
    return list(store.list_events(TENANT, 200, CLOCK.now()).items)


def codes(flags) -> list[str]:
    return [flag.code.value for flag in flags]


def test_the_first_count_of_a_record_is_no_change(store):
    assert count(store, report("Courier", unnamed("officials"))).flags
    assert events(store) == []


def test_a_flag_that_is_gone_is_a_change_with_before_and_after(store):
    count(store, report("Courier", STRAND))
    record = count(store, report("Record", MARSH))

    (event,) = events(store)
    assert event.type == "claim.flags.changed"
    assert event.claim_id == CLAIM
    assert (codes(event.before), codes(event.after)) == (["single_source"], [])
    assert event.before[0].sources == ("Owen Strand",)
    assert event.before[0].articles == ("art_courier",)
    assert event.version == record.version
    assert set(event.articles) == {"art_courier", "art_record"}


def test_a_count_that_changes_no_flag_is_no_event(store):
    count(store, report("Courier", STRAND), report("Record", MARSH))
    record = count(store, report("Tribune", BRANN))

    assert len(record.articles) == 3
    assert events(store) == []


def test_another_source_behind_the_same_flag_is_a_change(store):
    count(
        store, report("Courier", STRAND), report("Record", MARSH), report("Tribune", denied_by=[BRANN], reporting=False)
    )
    count(store, report("Post", denied_by=[person("Iva Lund")], reporting=False))

    (event,) = events(store)
    assert codes(event.before) == codes(event.after) == ["disputed"]
    assert event.before[0].sources == ("Helen Brann",)
    assert set(event.after[0].sources) == {"Helen Brann", "Iva Lund"}


def test_the_same_count_again_is_no_event(store):
    count(store, report("Courier", STRAND))
    count(store, report("Record", MARSH))
    for _ in range(3):
        recount(store, CLOCK, TENANT, CLAIM)

    assert len(events(store)) == 1


def test_a_deletion_that_changes_flags_is_an_event(store):
    count(store, report("Courier", STRAND), report("Record", MARSH))
    store.delete_occurrences(TENANT, "art_record")
    recount(store, CLOCK, TENANT, CLAIM)

    (event,) = events(store)
    assert (codes(event.before), codes(event.after)) == ([], ["single_source"])
    assert event.articles == ("art_courier",)


def test_a_claim_that_nobody_carries_any_more_has_no_flags_any_more(store):
    count(store, report("Courier", STRAND))
    store.delete_occurrences(TENANT, "art_courier")
    recount(store, CLOCK, TENANT, CLAIM)

    (event,) = events(store)
    assert (codes(event.before), codes(event.after), event.articles) == (["single_source"], [], ())


def test_a_record_that_comes_again_has_events_of_its_own(store):
    for _ in range(2):
        count(store, report("Courier", STRAND))
        count(store, report("Record", MARSH))
        for article_id in ("art_courier", "art_record"):
            store.delete_occurrences(TENANT, article_id)
        recount(store, CLOCK, TENANT, CLAIM)

    found = events(store)
    assert len({event.id for event in found}) == len(found) == 2
    assert [event.version for event in found] == sorted(event.version for event in found)


def test_the_id_of_an_event_follows_from_claim_and_version(store):
    other = MemoryStore(CLOCK)
    at = Clock(step=0).now
    for each in (store, other):
        each.put_occurrence(TENANT, report("Courier", STRAND))
        recount(each, FixedClock(at()), TENANT, CLAIM)
        each.put_occurrence(TENANT, report("Record", MARSH))
        recount(each, FixedClock(at()), TENANT, CLAIM)

    assert [event.id for event in events(store)] == [event.id for event in events(other)] != []


class FixedClock:
    def __init__(self, at):
        self._at = at

    def now(self):
        return self._at


class TestArticlesThatAreGone:
    def test_earlier_events_say_nothing_of_them_any_more(self, store):
        count(store, report("Courier", STRAND))
        count(store, report("Record", MARSH))
        store.delete_occurrence(TENANT, CLAIM, "art_courier")
        recount(store, CLOCK, TENANT, CLAIM)

        told = "".join(event.model_dump_json() for event in events(store))

        assert "art_courier" not in told
        assert "Strand" not in told
        assert [codes(event.before) for event in events(store)] == [["single_source"], []]
        assert {flag.reason for event in events(store) for flag in event.before} == {GONE}

    def test_what_only_others_had_a_part_in_stays(self, store):
        count(store, report("Courier", STRAND))
        count(store, report("Record", MARSH))
        store.delete_occurrence(TENANT, CLAIM, "art_record")
        recount(store, CLOCK, TENANT, CLAIM)

        come, gone = events(store)

        assert gone.after[0].sources == ("Owen Strand",)
        assert come.articles == gone.articles == ("art_courier",)

    def test_the_event_of_a_records_end_names_nobody(self, store):
        count(store, report("Courier", STRAND))
        store.delete_occurrence(TENANT, CLAIM, "art_courier")
        recount(store, CLOCK, TENANT, CLAIM)

        (event,) = events(store)

        assert codes(event.before) == ["single_source"]
        assert "art_courier" not in event.model_dump_json()
        assert "Strand" not in event.model_dump_json()

    def test_two_that_go_at_once_are_both_forgotten(self, store):
        count(store, report("Courier", STRAND))
        count(store, report("Record", MARSH))
        count(store, report("Tribune", denied_by=[BRANN], reporting=False))

        class Late:
            """A store on which somebody else has counted one deletion before an event changes for the other."""

            def __getattr__(self, name):
                return getattr(store, name)

            def change_event(self, *args):
                if store.delete_occurrence(TENANT, CLAIM, "art_courier"):
                    recount(store, CLOCK, TENANT, CLAIM)
                store.change_event(*args)

        store.delete_occurrence(TENANT, CLAIM, "art_record")
        recount(Late(), CLOCK, TENANT, CLAIM)

        told = "".join(event.model_dump_json() for event in events(store))
        assert GONE in told
        for word in ("Strand", "Marsh", "art_courier", "art_record"):
            assert word not in told
