"""A claim record follows from its occurrences and from nothing else, whoever else writes."""

from datetime import timedelta
from itertools import permutations

import pytest

from secondsource.errors import VersionConflict
from secondsource.local.memory import MemoryStore
from secondsource.model import ClaimRecord, Facts, FlagCode, Statement
from secondsource.services.recount import recount
from tests.unit.corpus.reports import CLAIM, person, report, unnamed
from tests.unit.services.newsroom import START, TENANT, Clock

CLOCK = Clock()
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

    def update_claim(self, tenant, record, event=None):
        if self._left:
            self._left -= 1
            stored = self._store.get_claims(tenant, [record.claim_id])[record.claim_id]
            self._store.update_claim(tenant, stored.model_copy(update={"version": stored.version + 1}))
        self._store.update_claim(tenant, record, event)


def test_a_record_is_brought_up_to_date_with_its_occurrences(store):
    add(
        store, report("Courier", STRAND), report("Record", MARSH), report("Tribune", denied_by=[BRANN], reporting=False)
    )

    record = recount(store, CLOCK, TENANT, CLAIM)

    assert record is not None
    assert record == store.get_claims(TENANT, [CLAIM])[CLAIM]
    assert set(record.articles) == {"art_courier", "art_record", "art_tribune"}
    assert record.origins is not None
    assert record.origins.best == 2
    assert [flag.code for flag in record.flags] == [FlagCode.DISPUTED]
    assert record.contested_by == ("Helen Brann",)
    assert record.version == 1


def test_a_record_says_what_the_first_report_that_is_left_says(store):
    add(store, report("Courier", STRAND), report("Courier Two", MARSH, says="A pact has been sealed by both groups"))

    before = recount(store, CLOCK, TENANT, CLAIM)
    store.delete_occurrences(TENANT, "art_courier")
    after = recount(store, CLOCK, TENANT, CLAIM)

    assert before is not None and after is not None
    assert before.text == "The two groups have sealed a pact"
    assert (after.text, after.created_at) == ("A pact has been sealed by both groups", before.created_at)


def test_a_repeat_changes_nothing_but_the_version(store):
    add(store, report("Courier", STRAND))
    first = recount(store, CLOCK, TENANT, CLAIM)
    assert first is not None

    assert recount(store, CLOCK, TENANT, CLAIM) == first.model_copy(update={"version": 2})


def test_a_count_of_what_was_there_before_never_comes_last(store):
    add(store, report("Courier", STRAND))
    recount(store, CLOCK, TENANT, CLAIM)

    class Slow(MemoryStore):
        """Reads the occurrences; before it goes on, one comes, goes again, and is counted both times."""

        def __init__(self):
            self.__dict__ = store.__dict__

        def occurrences(self, tenant, claim_id):
            if self.met:
                return super().occurrences(tenant, claim_id)
            self.met = True
            add(store, report("Record", MARSH))
            found = super().occurrences(tenant, claim_id)
            store.delete_occurrences(TENANT, "art_record")
            recount(store, CLOCK, TENANT, CLAIM)
            return found

        met = False

    recount(Slow(), CLOCK, TENANT, CLAIM)

    assert store.get_claims(TENANT, [CLAIM])[CLAIM].articles == ("art_courier",)


def test_an_occurrence_without_a_record_has_it_made_again(store):
    add(store, report("Courier", STRAND), report("Record", MARSH))
    store.delete_claim(TENANT, CLAIM)

    record = recount(store, CLOCK, TENANT, CLAIM)

    assert record is not None
    assert record.text == report("Courier", STRAND).text
    assert set(record.articles) == {"art_courier", "art_record"}
    assert store.list_claims(TENANT, 10).items == (record,)


def test_a_record_that_is_made_for_who_contradicts_it_says_what_he_contradicts(store):
    facts = Facts(stems=("pact", "seal"), keys=("pact~seal",))
    against = report("Tribune", denied_by=[BRANN], reporting=False, says="The two groups have not sealed a pact")
    add(store, against.model_copy(update={"opposes": Statement(text="A pact is sealed", facts=facts)}))
    store.delete_claim(TENANT, CLAIM)

    record = recount(store, CLOCK, TENANT, CLAIM)

    assert record is not None
    assert (record.text, record.facts) == ("A pact is sealed", facts)
    assert store.candidates(TENANT, ["pact~seal"], 5).found == ()


def test_a_report_that_comes_while_the_record_is_deleted_is_not_lost(store):
    add(store, report("Courier", STRAND))
    recount(store, CLOCK, TENANT, CLAIM)
    store.delete_occurrences(TENANT, "art_courier")

    class Deleting(Contested):
        def delete_claim(self, tenant, claim_id, version=None, event=None):
            if self._left:
                self._left -= 1
                add(self._store, report("Record", MARSH))
                recount(self._store, CLOCK, TENANT, CLAIM)
            self._store.delete_claim(tenant, claim_id, version, event)

    record = recount(Deleting(store, 1), CLOCK, TENANT, CLAIM)

    assert record is not None
    assert store.get_claims(TENANT, [CLAIM])[CLAIM].articles == ("art_record",)


def test_a_record_made_for_an_occurrence_that_is_gone_by_then_goes_too(store):
    store.delete_claim(TENANT, CLAIM)
    add(store, report("Courier", STRAND))

    class Making(Contested):
        def add_claim(self, tenant, record):
            self._store.delete_occurrences(TENANT, "art_courier")
            assert recount(self._store, CLOCK, TENANT, CLAIM) is None
            return self._store.add_claim(tenant, record)

    assert recount(Making(store, 1), CLOCK, TENANT, CLAIM) is None
    assert store.get_claims(TENANT, [CLAIM]) == {}


def test_a_second_report_counts_and_raises_the_version(store):
    add(store, report("Courier", unnamed("officials")))
    recount(store, CLOCK, TENANT, CLAIM)
    add(store, report("Record", MARSH))

    record = recount(store, CLOCK, TENANT, CLAIM)

    assert record is not None
    assert record.version == 2
    assert len(record.articles) == 2


def test_a_record_that_no_article_carries_any_more_is_deleted(store):
    add(store, report("Courier", STRAND))
    recount(store, CLOCK, TENANT, CLAIM)
    store.delete_occurrences(TENANT, "art_courier")

    assert recount(store, CLOCK, TENANT, CLAIM) is None
    assert store.get_claims(TENANT, [CLAIM]) == {}
    assert store.candidates(TENANT, ["jorrel~vesker"], 25).found == ()


def test_a_record_that_is_not_there_is_none(store):
    assert recount(store, CLOCK, TENANT, "clm_none") is None
    assert recount(store, CLOCK, "other", CLAIM) is None


@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_version_conflict_is_met_by_reading_again(store, times):
    add(store, report("Courier", STRAND))

    record = recount(Contested(store, times), CLOCK, TENANT, CLAIM)

    assert record is not None
    assert record.articles == ("art_courier",)
    assert record.version == times + 1
    assert store.get_claims(TENANT, [CLAIM])[CLAIM] == record


def test_a_writer_who_always_loses_gives_up_with_the_conflict(store):
    add(store, report("Courier", STRAND))

    with pytest.raises(VersionConflict):
        recount(Contested(store, 1000), CLOCK, TENANT, CLAIM)


def test_what_another_writer_added_in_between_is_counted(store):
    add(store, report("Courier", STRAND))

    class Interleaved(Contested):
        def update_claim(self, tenant, record, event=None):
            if self._left:
                add(self._store, report("Record", MARSH))
            super().update_claim(tenant, record, event)

    record = recount(Interleaved(store, 1), CLOCK, TENANT, CLAIM)

    assert record is not None
    assert set(record.articles) == {"art_courier", "art_record"}


def test_the_flags_of_a_record_show_words_of_its_articles(store):
    add(store, report("Courier", unnamed("officials"), denied_by=[BRANN]))

    record = recount(store, CLOCK, TENANT, CLAIM)

    assert record is not None
    assert len(record.flags) >= 3
    assert all(flag.evidence for flag in record.flags)
    assert {e.article_id for flag in record.flags for e in flag.evidence} == {"art_courier"}


def version(name, at, *denied_by):
    """A version of one page, which came in at this hour; what it says is denied in later ones perhaps."""
    made = report(name, STRAND, denied_by=denied_by, url="https://orrinpost.example/pact", publisher="Orrin Post")
    return made.model_copy(update={"added_at": START + timedelta(hours=at)})


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_page_that_came_in_again_is_one_report_and_its_newest_version_counts(store, order):
    given = [version("First", 1), version("Second", 2), version("Third", 3, BRANN)]
    for n in order:
        add(store, given[n])
        recount(store, CLOCK, TENANT, CLAIM)

    record = store.get_claims(TENANT, [CLAIM])[CLAIM]
    assert record.articles == ("art_third",)
    assert record.replaced == {"art_first": "art_third", "art_second": "art_third"}
    assert record.contested_by == ("Helen Brann",)
    assert record.origins.groups == (("art_third",),)
    assert FlagCode.SHARED_ORIGIN not in {flag.code for flag in record.flags}


def test_without_its_newest_version_the_one_before_counts_again(store):
    add(store, version("First", 1), version("Second", 2), version("Third", 3, BRANN))
    recount(store, CLOCK, TENANT, CLAIM)

    store.delete_occurrences(TENANT, "art_third")
    record = recount(store, CLOCK, TENANT, CLAIM)

    assert (record.articles, record.replaced) == (("art_second",), {"art_first": "art_second"})
    assert record.contested_by == ()


def test_an_earlier_version_that_is_gone_is_told_of_no_more(store):
    """It counted once, and events told of it; when it is deleted, nothing but its id leads to them."""
    add(store, report("Courier", MARSH))
    recount(store, CLOCK, TENANT, CLAIM)
    add(store, version("First", 1, BRANN))
    recount(store, CLOCK, TENANT, CLAIM)
    add(store, version("Second", 2))
    recount(store, CLOCK, TENANT, CLAIM)

    def told():
        return repr(store.events_of(TENANT, CLAIM))

    assert "art_first" in told()
    store.delete_occurrences(TENANT, "art_first")
    recount(store, CLOCK, TENANT, CLAIM)

    assert store.events_of(TENANT, CLAIM)
    assert "art_first" not in told() and "Helen Brann" not in told()
