"""A claim record follows from its occurrences and from nothing else, whoever else writes."""

import pytest

from secondsource.errors import VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.model import ClaimRecord, FlagCode
from secondsource.services.recount import recount
from tests.unit.corpus.reports import CLAIM, person, report, unnamed
from tests.unit.services.newsroom import START, TENANT, Clock

STRAND, MARSH, BRANN = person("Owen Strand"), person("Dela Marsh"), person("Helen Brann")


@pytest.fixture
def store():
    """A store with a claim record that nothing was counted for yet."""
    made = MemoryStore(Clock())
    made.add_claim(
        TENANT, ClaimRecord(claim_id=CLAIM, text="A pact", created_at=START, facts={"keys": ("jorrel~vesker",)})
    )
    return made


def add(store, *occurrences):
    for occurrence in occurrences:
        store.put_occurrence(TENANT, occurrence)


class Contested:
    """A store in which another writer comes first, so many times."""

    def __init__(self, store, times):
        self._store, self._left = store, times

    def __getattr__(self, name):
        return getattr(self._store, name)

    def update_claim(self, tenant, record):
        if self._left:
            self._left -= 1
            stored = self._store.get_claims(tenant, [record.claim_id])[record.claim_id]
            self._store.update_claim(tenant, stored.model_copy(update={"version": stored.version + 1}))
        self._store.update_claim(tenant, record)


def test_a_record_is_brought_up_to_date_with_its_occurrences(store):
    add(
        store, report("Courier", STRAND), report("Record", MARSH), report("Tribune", denied_by=[BRANN], reporting=False)
    )

    record = recount(store, TENANT, CLAIM)

    assert record is not None
    assert record == store.get_claims(TENANT, [CLAIM])[CLAIM]
    assert set(record.articles) == {"art_courier", "art_record", "art_tribune"}
    assert record.origins is not None
    assert record.origins.best == 2
    assert [flag.code for flag in record.flags] == [FlagCode.DISPUTED]
    assert record.contested_by == ("Helen Brann",)
    assert record.version == 1


def test_what_is_no_count_stays(store):
    add(store, report("Courier", STRAND))

    record = recount(store, TENANT, CLAIM)

    assert record is not None
    assert (record.text, record.created_at, record.facts.keys) == ("A pact", START, ("jorrel~vesker",))


def test_a_repeat_changes_nothing_not_even_the_version(store):
    add(store, report("Courier", STRAND))
    first = recount(store, TENANT, CLAIM)

    assert recount(store, TENANT, CLAIM) == first
    assert store.get_claims(TENANT, [CLAIM])[CLAIM] == first


def test_a_second_report_counts_and_raises_the_version(store):
    add(store, report("Courier", unnamed("officials")))
    recount(store, TENANT, CLAIM)
    add(store, report("Record", MARSH))

    record = recount(store, TENANT, CLAIM)

    assert record is not None
    assert record.version == 2
    assert len(record.articles) == 2


def test_a_record_that_no_article_carries_any_more_is_deleted(store):
    add(store, report("Courier", STRAND))
    recount(store, TENANT, CLAIM)
    store.delete_occurrences(TENANT, "art_courier")

    assert recount(store, TENANT, CLAIM) is None
    assert store.get_claims(TENANT, [CLAIM]) == {}
    assert store.candidates(TENANT, ["jorrel~vesker"], 25).found == ()


def test_a_record_that_is_not_there_is_none(store):
    assert recount(store, TENANT, "clm_none") is None
    assert recount(store, "other", CLAIM) is None


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_version_conflict_is_met_by_reading_again(store, times):
    add(store, report("Courier", STRAND))

    record = recount(Contested(store, times), TENANT, CLAIM)

    assert record is not None
    assert record.articles == ("art_courier",)
    assert record.version == times + 1
    assert store.get_claims(TENANT, [CLAIM])[CLAIM] == record


def test_a_writer_who_always_loses_gives_up_with_the_conflict(store):
    add(store, report("Courier", STRAND))

    with pytest.raises(VersionConflict):
        recount(Contested(store, 1000), TENANT, CLAIM)


def test_what_another_writer_added_in_between_is_counted(store):
    add(store, report("Courier", STRAND))

    class Interleaved(Contested):
        def update_claim(self, tenant, record):
            if self._left:
                add(self._store, report("Record", MARSH))
            super().update_claim(tenant, record)

    record = recount(Interleaved(store, 1), TENANT, CLAIM)

    assert record is not None
    assert set(record.articles) == {"art_courier", "art_record"}


def test_the_flags_of_a_record_show_words_of_its_articles(store):
    add(store, report("Courier", unnamed("officials"), denied_by=[BRANN]))

    record = recount(store, TENANT, CLAIM)

    assert record is not None
    assert len(record.flags) >= 3
    assert all(flag.evidence for flag in record.flags)
    assert {e.article_id for flag in record.flags for e in flag.evidence} == {"art_courier"}
