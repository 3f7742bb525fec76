"""Two claim records that turn out to be one: the older id stays, the younger answers as the older one."""

from datetime import timedelta
from itertools import permutations

import pytest

from secondsource.errors import NotFound, VersionConflict
from secondsource.local import corpus
from secondsource.local.memory import MemoryStore
from secondsource.model import Claim, ClaimRecord, Facts
from secondsource.services.compare import Compare
from secondsource.services.matching import SignatureMatcher
from secondsource.services.merging import forget, merge, resolve
from secondsource.services.read import Read
from secondsource.services.recount import recount
from secondsource.services.search import Search
from tests.unit.corpus.reports import START, person, report
from tests.unit.services import living
from tests.unit.services.newsroom import SEIZED, STORY, TENANT, Clock, Newsroom, embed, facts


class Merged:
    """A newsroom that has had the three reports, with the ids that its first two records had."""

    def __init__(self) -> None:
        self.room = Newsroom()
        self.store = self.room.store
        self.articles = [self.room.add(STORY[n], publisher=f"Courier {n}") for n in (0, 1)]
        self.older, self.younger = (self.room.record(article_id).claim_id for article_id in self.articles)
        self.before = {claim_id: self.store.get_claims(TENANT, [claim_id])[claim_id] for claim_id in self.ids}
        self.keys = [
            key for claim_id in self.ids for o in self.store.occurrences(TENANT, claim_id) for key in o.facts.keys
        ]
        self.articles.append(self.room.add(STORY[2], publisher="Courier 2"))

    @property
    def ids(self) -> list[str]:
        return [self.older, self.younger]


@pytest.fixture
def merged():
    return Merged()


def test_two_records_that_a_third_report_ties_become_one_under_the_older_id(merged):
    assert merged.older != merged.younger
    assert all(len(record.articles) == 1 for record in merged.before.values())

    (record,) = merged.room.records()

    assert record.claim_id == merged.older
    assert record.articles == tuple(merged.articles)
    assert record.merged == (merged.younger,)
    assert merged.store.get_claims(TENANT, [merged.younger])[merged.younger].merged_into == merged.older
    living.check(merged.store, TENANT, set(merged.ids))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_order_they_come_in_the_three_are_one_record(order):
    room = Newsroom()

    ids = {room.add(STORY[n], publisher=f"Courier {n}") for n in order}

    (record,) = room.records()
    assert set(record.articles) == ids


def test_the_younger_id_is_answered_as_the_older_one(merged):
    read = Read(merged.store)

    assert read.claim(TENANT, merged.younger) == read.claim(TENANT, merged.older)
    assert [record.claim_id for record in read.claims(TENANT, 10).items] == [merged.older]
    for article_id in merged.articles:
        report = read.report(TENANT, article_id)
        assert report.headline_claim == report.claims[0].claim_id == merged.older
        assert len(report.claims[0].reports) == 3


def test_a_comparison_knows_them_for_one_claim(merged):
    (claim,) = Compare(merged.store).compare(TENANT, merged.articles[:2]).claims

    assert (claim.claim_id, set(claim.reports)) == (merged.older, set(merged.articles[:2]))


def test_a_search_finds_the_one_record(merged):
    search = Search(
        merged.store,
        SignatureMatcher(merged.store, embed),
        lambda sentence: Claim(id="c1", text=sentence, spans=(), facts=facts(sentence)),
    )

    assert [item.claim_id for item in search.find(TENANT, SEIZED, 20).items] == [merged.older]


def test_a_search_in_the_middle_of_a_merge_finds_it_once():
    room = Newsroom()
    first, second = (room.add(f"{who} says: {SEIZED}", publisher=who) for who in ("Owen Strand", "Dela Marsh"))
    claim_id = room.record(first).claim_id
    moved = next(o for o in room.store.occurrences(TENANT, claim_id) if o.article_id == second)
    room.store.put_occurrence(TENANT, moved.model_copy(update={"claim_id": "clm_younger"}))
    room.store.delete_occurrence(TENANT, claim_id, second)
    recount(room.store, room.clock, TENANT, "clm_younger")
    merge(room.store, room.clock, TENANT, claim_id, "clm_younger")
    search = Search(
        room.store,
        SignatureMatcher(room.store, embed),
        lambda sentence: Claim(id="c1", text=sentence, spans=(), facts=facts(sentence)),
    )

    assert [item.claim_id for item in search.find(TENANT, SEIZED, 20).items] == [claim_id]


def test_the_corpus_writes_it_once_and_names_no_other():
    room, known = Newsroom(), corpus.Corpus()
    for number, text in enumerate(STORY, 1):
        submitted = room.submit(text, tenant=corpus.TENANT, publisher=f"Courier {number}")
        known.add(number, submitted.article_id, f"line {number}")

    class Embedded:
        read = Read(room.store)

    (claim,) = corpus.claims(known, Embedded)
    reports = list(corpus.reports(known, Embedded))

    assert claim["articles"] == ["line 1", "line 2", "line 3"]
    assert {report["claims"][0]["claim_id"] for report in reports} == {claim["claim_id"]}


def test_the_younger_record_is_found_no_more_by_itself(merged):
    assert [c.claim_id for c in merged.store.candidates(TENANT, merged.keys, 25).found] == [merged.older]
    assert merged.store.occurrences(TENANT, merged.younger) == ()


def test_what_the_younger_one_said_finds_the_older_one_from_then_on(merged):
    again = merged.room.add(STORY[1], publisher="Courier 3")

    assert merged.room.record(again).claim_id == merged.older
    assert len(merged.room.records()) == 1


def test_records_of_which_a_number_differs_are_not_merged():
    room = Newsroom()
    room.add(f"Owen Strand says: {SEIZED} with 12 boats", publisher="Courier 0")
    room.add(f"Dela Marsh says: {SEIZED} with 90 boats", publisher="Courier 1")
    room.add(f"Helen Brann says: {SEIZED}", publisher="Courier 2")

    assert sorted(len(record.articles) for record in room.records()) == [1, 2]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_deleting_all_its_articles_leaves_nothing_behind(merged, order):
    for n in order:
        assert merged.room.annotate.delete(TENANT, merged.articles[n])

    store = merged.store
    assert merged.room.state() == ({}, {}, {})
    assert store.get_claims(TENANT, merged.ids) == {}
    assert store.signatures(TENANT, merged.ids) == {}
    assert store.candidates(TENANT, merged.keys, 25).found == ()
    assert [store.occurrences(TENANT, claim_id) for claim_id in merged.ids] == [(), ()]
    with pytest.raises(NotFound):
        Read(store).claim(TENANT, merged.younger)


@pytest.mark.parametrize("n", range(3))
def test_deleting_one_of_the_articles_keeps_the_record_for_the_others(merged, n):
    merged.room.annotate.delete(TENANT, merged.articles[n])

    (record,) = merged.room.records()
    assert (record.claim_id, set(record.articles)) == (
        merged.older,
        set(merged.articles) - {merged.articles[n]},
    )
    assert Read(merged.store).claim(TENANT, merged.younger) == record


def test_the_same_article_handed_in_again_after_all_is_deleted_stands_alone(merged):
    for article_id in merged.articles:
        merged.room.annotate.delete(TENANT, article_id)

    again = merged.room.add(STORY[1], publisher="Courier 1")

    assert again == merged.articles[1]
    assert merged.room.record(again).articles == (again,)
    assert merged.room.record(again).merged_into is None


def test_the_flags_of_the_younger_one_end_with_an_event_and_those_of_the_older_change(merged):
    told = living.events(merged.store, TENANT)

    ends = [event for event in told if event.claim_id == merged.younger]
    assert [(event.articles, event.after) for event in ends] == [((), ())]
    assert ends[0].before
    living.check_chains(told, living.records(merged.store, TENANT))


# --- by hand: records and occurrences without a text ------------------------------------------------------------


class Hand:
    """A store with records of one occurrence each, the oldest first."""

    def __init__(self, count: int) -> None:
        self.clock = Clock()
        self.store = MemoryStore(self.clock)
        self.ids = [f"clm_{n}" for n in range(count)]
        self.reports = [
            report(f"Courier {n}", person(f"Source {n}")).model_copy(
                update={"claim_id": claim_id, "added_at": START + timedelta(minutes=n)}
            )
            for n, claim_id in enumerate(self.ids)
        ]
        for occurrence in self.reports:
            self.store.put_occurrence(TENANT, occurrence)
            self.recount(occurrence.claim_id)

    def recount(self, claim_id: str) -> ClaimRecord | None:
        return recount(self.store, self.clock, TENANT, claim_id)

    def merge(self, one: str, other: str) -> str | None:
        return merge(self.store, self.clock, TENANT, one, other)

    def record(self, claim_id: str) -> ClaimRecord | None:
        return self.store.get_claims(TENANT, [claim_id]).get(claim_id)

    def articles(self, claim_id: str) -> set[str]:
        return {o.article_id for o in self.store.occurrences(TENANT, claim_id)}


def test_the_younger_record_is_the_one_that_goes_whichever_is_named_first():
    for ids in (("clm_0", "clm_1"), ("clm_1", "clm_0")):
        assert Hand(2).merge(*ids) == "clm_1"


def test_records_of_one_moment_go_by_their_ids():
    store, at = MemoryStore(Clock()), START
    for claim_id in ("clm_b", "clm_a"):
        store.add_claim(TENANT, ClaimRecord(claim_id=claim_id, text="A pact", created_at=at, facts=Facts()))

    assert merge(store, Clock(), TENANT, "clm_a", "clm_b") == "clm_b"


def test_the_older_record_knows_whom_the_events_of_the_younger_may_tell_of():
    store = MemoryStore(Clock())
    for n, claim_id in enumerate(("clm_a", "clm_b")):
        made = ClaimRecord(claim_id=claim_id, text="A pact", created_at=START, facts=Facts(), beside=(f"art_{n}",))
        store.add_claim(TENANT, made)

    merge(store, Clock(), TENANT, "clm_a", "clm_b")

    records = store.get_claims(TENANT, ["clm_a", "clm_b"])
    assert (records["clm_a"].beside, records["clm_b"].beside) == (("art_0", "art_1"), ())


def test_what_is_one_already_or_is_gone_is_not_merged():
    hand = Hand(3)
    hand.merge("clm_0", "clm_1")

    assert hand.merge("clm_1", "clm_0") is None
    assert hand.merge("clm_0", "clm_0") is None
    assert hand.merge("clm_0", "clm_none") is None
    assert hand.record("clm_2").merged_into is None


def test_a_merge_that_was_broken_off_is_finished_by_the_next_count():
    hand = Hand(2)
    hand.merge("clm_0", "clm_1")

    record = hand.recount("clm_1")

    assert record is not None
    assert record.claim_id == "clm_0"
    assert set(record.articles) == {"art_courier_0", "art_courier_1"}
    assert hand.articles("clm_1") == set()
    living.check(hand.store, TENANT, set(hand.ids))


def test_an_occurrence_that_comes_late_under_the_younger_id_finds_its_way():
    hand = Hand(2)
    hand.merge("clm_0", "clm_1")
    hand.recount("clm_1")

    late = report("Tribune", person("Iva Lund")).model_copy(update={"claim_id": "clm_1"})
    hand.store.put_occurrence(TENANT, late)
    hand.recount("clm_1")

    assert hand.articles("clm_0") == {"art_courier_0", "art_courier_1", "art_tribune"}
    living.check(hand.store, TENANT, set(hand.ids))


def test_records_that_are_merged_one_after_the_other_all_answer_as_the_oldest():
    hand = Hand(12)
    for older, younger in reversed(list(zip(hand.ids, hand.ids[1:], strict=False))):
        hand.merge(older, younger)

    found = resolve(hand.store, TENANT, hand.ids)

    assert {claim_id: record.claim_id for claim_id, record in found.items()} == dict.fromkeys(hand.ids, "clm_0")
    assert set(found["clm_0"].merged) == set(hand.ids[1:])


def test_a_long_way_is_shorter_once_it_has_been_counted():
    hand = Hand(4)
    for older, younger in reversed(list(zip(hand.ids, hand.ids[1:], strict=False))):
        hand.merge(older, younger)

    hand.recount("clm_3")

    assert hand.record("clm_3").merged_into == "clm_0"
    assert hand.articles("clm_0") == {"art_courier_0", "art_courier_3"}


def test_a_way_that_ends_nowhere_is_no_record():
    hand = Hand(2)
    hand.merge("clm_0", "clm_1")
    hand.store.delete_claim(TENANT, "clm_0")

    assert resolve(hand.store, TENANT, ["clm_1"]) == {}


def test_a_record_that_something_points_to_is_made_again_with_what_it_knew():
    hand = Hand(2)
    hand.merge("clm_0", "clm_1")
    hand.store.delete_occurrence(TENANT, "clm_0", "art_courier_0")
    hand.store.delete_claim(TENANT, "clm_0")

    record = hand.recount("clm_1")

    assert record is not None
    assert (record.claim_id, record.articles, record.merged) == ("clm_0", ("art_courier_1",), ("clm_1",))


def test_only_what_points_to_a_record_without_occurrences_is_forgotten():
    hand = Hand(3)
    hand.merge("clm_0", "clm_1")
    hand.recount("clm_1")

    forget(hand.store, TENANT, hand.ids)

    assert set(hand.store.get_claims(TENANT, hand.ids)) == set(hand.ids)
    hand.store.delete_occurrences(TENANT, "art_courier_0")
    hand.store.delete_occurrences(TENANT, "art_courier_1")
    forget(hand.store, TENANT, hand.ids)
    assert set(hand.store.get_claims(TENANT, hand.ids)) == {"clm_0", "clm_2"}


def test_a_deletion_that_stops_before_its_last_step_leaves_no_record_that_points_nowhere():
    hand = Hand(2)
    hand.merge("clm_0", "clm_1")
    hand.recount("clm_1")
    for article_id in hand.articles("clm_0"):
        hand.store.delete_occurrences(TENANT, article_id)

    class Stopping:
        def __getattr__(self, name):
            return getattr(hand.store, name)

        def delete_claim(self, tenant, claim_id, version=None, event=None):
            hand.store.delete_claim(tenant, claim_id, version, event)
            if claim_id == "clm_0":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recount(Stopping(), hand.clock, TENANT, "clm_0")

    assert hand.store.get_claims(TENANT, hand.ids) == {}


class Contested:
    """A store in which another writer counts a record just before it is marked, so many times."""

    def __init__(self, hand: Hand, times: int) -> None:
        self._hand, self._left = hand, times

    def __getattr__(self, name):
        return getattr(self._hand.store, name)

    def update_claim(self, tenant, record, event=None):
        if self._left:
            self._left -= 1
            self._hand.recount(record.claim_id)
        self._hand.store.update_claim(tenant, record, event)


def test_who_loses_to_a_count_marks_the_records_anew():
    hand = Hand(2)

    assert merge(Contested(hand, 2), hand.clock, TENANT, "clm_0", "clm_1") == "clm_1"
    assert hand.record("clm_1").merged_into == "clm_0"


def test_who_loses_every_time_leaves_two_records():
    hand = Hand(2)

    with pytest.raises(VersionConflict):
        merge(Contested(hand, 99), hand.clock, TENANT, "clm_0", "clm_1")

    assert resolve(hand.store, TENANT, hand.ids)["clm_1"].claim_id == "clm_1"


def test_two_occurrences_of_one_article_become_one():
    hand = Hand(2)
    hand.store.put_occurrence(TENANT, hand.reports[0].model_copy(update={"claim_id": "clm_1", "headline": False}))
    hand.recount("clm_1")

    hand.merge("clm_0", "clm_1")
    hand.recount("clm_1")

    found = hand.store.occurrences(TENANT, "clm_0")
    assert sorted(o.article_id for o in found) == ["art_courier_0", "art_courier_1"]
    assert next(o for o in found if o.article_id == "art_courier_0").headline


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_merge_that_stops_once_it_is_marked_is_finished_when_the_article_comes_again(order):
    room = Newsroom()
    articles = [room.add(STORY[n], publisher=f"Courier {n}") for n in order]
    ids = {room.record(article_id).claim_id for article_id in articles}

    class Stopping:
        def __getattr__(self, name):
            return getattr(room.store, name)

        def update_claim(self, tenant, record, event=None):
            room.store.update_claim(tenant, record, event)
            if record.merged_into is not None:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Newsroom(room.clock, Stopping()).add(STORY[2], publisher="Courier 2")
    articles.append(room.add(STORY[2], publisher="Courier 2"))

    (record,) = room.records()
    assert set(record.articles) == set(articles)
    living.check(room.store, TENANT, ids)


# --- a deletion while occurrences move -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["has_article", "occurrences", "put_occurrence", "delete_occurrence"])
@pytest.mark.parametrize("n", range(2))
def test_an_article_that_is_deleted_while_its_occurrence_moves_leaves_nothing(n, name):
    room = Newsroom()
    articles = [room.add(STORY[n], publisher=f"Courier {n}") for n in (0, 1)]
    ids = [room.record(article_id).claim_id for article_id in articles]

    class Deleting:
        """A store whose other user deletes an article when the younger record has been marked."""

        done = False

        def __getattr__(self, called):
            inner = getattr(room.store, called)

            def call(*arguments, **named):
                marked = room.store.get_claims(TENANT, [ids[1]]).get(ids[1])
                if called == name and not self.done and marked is not None and marked.merged_into:
                    self.done = True
                    assert room.annotate.delete(TENANT, articles[n])
                return inner(*arguments, **named)

            return call

    store = Deleting()
    articles.append(Newsroom(room.clock, store).add(STORY[2], publisher="Courier 2"))

    assert store.done
    (record,) = room.records()
    assert set(record.articles) == set(articles) - {articles[n]}
    living.check(room.store, TENANT, set(ids))
