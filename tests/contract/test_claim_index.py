"""``ports.ClaimIndex``, for every store."""

from datetime import timedelta

import pytest

from secondsource.errors import InvalidCursor, UnprocessableInput, VersionConflict
from secondsource.model import Candidates, ClaimRecord, Evidence, Facts, FlagCode, NotAssessable, Rule, Statement
from secondsource.ports import Store
from secondsource.stored import MOST_KEYS
from tests.contract.samples import (
    NOT_IDS,
    START,
    article,
    incompressible,
    keyed_occurrence,
    occurrence,
    record,
    signature,
)


def found(candidates: Candidates) -> list[tuple[str, int]]:
    return [(candidate.claim_id, candidate.hits) for candidate in candidates.found]


def listed(store: Store, limit: int = 10) -> list[str]:
    """The ids of all records in the list, page by page."""
    names: list[str] = []
    cursor = None
    while True:
        page = store.list_claims("here", limit, cursor)
        names += [item.claim_id for item in page.items]
        cursor = page.next
        if cursor is None:
            return names


def heavy(number: int, characters: int, **changes: object) -> ClaimRecord:
    """A record with this much that cannot be compressed: from 130,000 characters on it needs several items."""
    reason = incompressible(characters, seed=number)
    unknown = NotAssessable(code=FlagCode.SHARED_ORIGIN, rule=Rule(id="r"), reason=reason)
    return record(number, not_assessable=(unknown,), **changes)


# --- records -------------------------------------------------------------------------------


def test_a_record_is_read_as_it_was_stored(store: Store) -> None:
    assert store.add_claim("here", record()) is True
    assert store.get_claims("here", ["clm_1"]) == {"clm_1": record()}


def test_records_that_are_not_there_are_left_out(store: Store) -> None:
    store.add_claim("here", record(1))
    store.add_claim("here", record(2))
    assert store.get_claims("here", ["clm_2", "clm_9", "clm_1", "clm_2", "#"]) == {
        "clm_1": record(1),
        "clm_2": record(2),
    }
    assert store.get_claims("here", []) == {}


def test_more_records_than_one_batch_holds_are_read(store: Store) -> None:
    for number in range(105):
        store.add_claim("here", record(number))
    names = [f"clm_{number}" for number in range(105)]
    assert sorted(store.get_claims("here", names)) == sorted(names)


def test_a_second_record_of_the_same_id_changes_nothing(store: Store) -> None:
    assert store.add_claim("here", record(1)) is True
    assert store.add_claim("here", record(1, text="Another", created_at=START + timedelta(days=1))) is False
    assert store.get_claims("here", ["clm_1"]) == {"clm_1": record(1)}
    assert store.list_claims("here", 10).items == (record(1),)


def test_an_update_replaces_the_version_before_it(store: Store) -> None:
    store.add_claim("here", record())
    store.update_claim("here", record(text="Second", version=1))
    store.update_claim("here", record(text="Third", version=2))
    assert store.get_claims("here", ["clm_1"])["clm_1"] == record(text="Third", version=2)
    assert store.list_claims("here", 10).items == (record(text="Third", version=2),)


@pytest.mark.parametrize("version", [0, 1, 3, 7])
def test_an_update_of_any_other_version_is_refused(store: Store, version: int) -> None:
    store.add_claim("here", record())
    store.update_claim("here", record(text="Second", version=1))
    with pytest.raises(VersionConflict):
        store.update_claim("here", record(text="Other", version=version))
    assert store.get_claims("here", ["clm_1"])["clm_1"] == record(text="Second", version=1)


def test_an_update_of_no_record_is_refused(store: Store) -> None:
    store.add_claim("there", record())
    with pytest.raises(VersionConflict):
        store.update_claim("here", record(version=1))
    assert store.get_claims("here", ["clm_1"]) == {}


def test_an_update_does_not_change_the_place_in_the_list(store: Store) -> None:
    store.add_claim("here", record(1))
    store.add_claim("here", record(2))
    store.update_claim("here", record(1, version=1, created_at=START + timedelta(days=1)))
    assert listed(store) == ["clm_2", "clm_1"]


def test_a_record_may_grow_and_shrink(store: Store) -> None:
    sizes = [10, 300_000, 800_000, 150_000, 10]
    store.add_claim("here", heavy(1, sizes[0]))
    for version, size in enumerate(sizes[1:], start=1):
        store.update_claim("here", heavy(1, size, version=version))
        assert store.get_claims("here", ["clm_1"])["clm_1"] == heavy(1, size, version=version)
        assert store.list_claims("here", 10).items == (heavy(1, size, version=version),)


def test_a_deleted_record_is_gone_from_the_list(store: Store) -> None:
    store.add_claim("here", record(1))
    store.add_claim("here", record(2))
    store.delete_claim("here", "clm_1")
    store.delete_claim("here", "clm_1")
    assert sorted(store.get_claims("here", ["clm_1", "clm_2"])) == ["clm_2"]
    assert listed(store) == ["clm_2"]


def test_a_deleted_record_can_come_again(store: Store) -> None:
    store.add_claim("here", record(1))
    store.delete_claim("here", "clm_1")
    assert store.add_claim("here", record(1)) is True
    assert listed(store) == ["clm_1"]


def test_a_record_is_deleted_in_the_version_that_is_named_and_in_no_other(store: Store) -> None:
    store.add_claim("here", record(1))
    store.update_claim("here", record(1, version=1))
    for version in (0, 2, -1):
        with pytest.raises(VersionConflict):
            store.delete_claim("here", "clm_1", version)
    assert listed(store) == ["clm_1"]
    store.delete_claim("here", "clm_1", 1)
    assert store.get_claims("here", ["clm_1"]) == {}
    store.delete_claim("here", "clm_1", 1)


def test_a_version_may_begin_at_the_microseconds_of_a_clock(store: Store) -> None:
    first = int(START.timestamp()) * 1_000_000 + 1
    store.add_claim("here", record(version=first))
    store.update_claim("here", record(version=first + 1))
    assert store.get_claims("here", ["clm_1"])["clm_1"].version == first + 1
    with pytest.raises(VersionConflict):
        store.update_claim("here", record(version=first + 1))


def test_every_page_size_leads_through_all_records_newest_first(store: Store) -> None:
    for number in range(60):
        store.add_claim("here", record(number))
    newest_first = [f"clm_{number}" for number in range(59, -1, -1)]
    for limit in (1, 2, 7, 20, 30, 59, 60, 61, 10**9):
        assert listed(store, limit) == newest_first


def test_a_cursor_of_the_list_of_articles_is_refused(store: Store) -> None:
    for number in range(2):
        store.add_article("here", article(number))
        store.add_claim("here", record(number))
    with pytest.raises(InvalidCursor):
        store.list_claims("here", 1, store.list_articles("here", 1).next)
    with pytest.raises(InvalidCursor):
        store.list_claims("there", 1, store.list_claims("here", 1).next)


# --- records that turned out to be one claim ------------------------------------------------


def test_a_record_that_is_merged_into_another_leaves_the_list_and_can_still_be_read(store: Store) -> None:
    for number in range(5):
        store.add_claim("here", record(number))
    older, younger = record(1, version=1, merged=("clm_3",)), record(3, version=1, merged_into="clm_1")
    store.update_claim("here", older)
    store.update_claim("here", younger)
    assert store.get_claims("here", ["clm_1", "clm_3"]) == {"clm_1": older, "clm_3": younger}
    assert listed(store) == ["clm_4", "clm_2", "clm_1", "clm_0"]
    assert listed(store, limit=2) == ["clm_4", "clm_2", "clm_1", "clm_0"]
    store.update_claim("here", record(3, version=2, merged_into="clm_1", text="Counted again"))
    assert listed(store) == ["clm_4", "clm_2", "clm_1", "clm_0"]


def test_a_record_that_is_no_longer_merged_is_listed_where_it_was(store: Store) -> None:
    for number in range(3):
        store.add_claim("here", record(number))
    store.update_claim("here", record(1, version=1, merged_into="clm_0"))
    store.update_claim("here", record(1, version=2))
    assert listed(store) == ["clm_2", "clm_1", "clm_0"]
    store.delete_claim("here", "clm_1")
    assert listed(store) == ["clm_2", "clm_0"]


def test_a_record_that_is_merged_can_be_deleted_and_come_again(store: Store) -> None:
    store.add_claim("here", record(1))
    store.update_claim("here", record(1, version=1, merged_into="clm_0"))
    store.delete_claim("here", "clm_1", 1)
    assert store.get_claims("here", ["clm_1"]) == {}
    assert store.add_claim("here", record(1, merged_into="clm_0")) is True
    assert listed(store) == []


def test_an_update_that_is_refused_leaves_the_list_as_it_is(store: Store) -> None:
    store.add_claim("here", record(1))
    with pytest.raises(VersionConflict):
        store.update_claim("here", record(1, version=5, merged_into="clm_0"))
    assert listed(store) == ["clm_1"]


# --- signatures ----------------------------------------------------------------------------


def test_a_signature_is_read_as_it_was_put_and_what_has_none_is_left_out(store: Store) -> None:
    for number in range(3):
        store.add_claim("here", record(number))
    bare = signature(2, story=None)
    store.put_signatures("here", {"clm_1": (0, signature(1))})
    store.put_signatures("here", {"clm_2": (0, bare)})
    assert store.signatures("here", ["clm_2", "clm_0", "clm_1", "clm_9", "clm_1", "#"]) == {
        "clm_1": signature(1),
        "clm_2": bare,
    }
    assert store.signatures("here", []) == {}
    assert store.signatures("there", ["clm_1"]) == {}


def test_more_signatures_than_one_batch_holds_are_read(store: Store) -> None:
    for number in range(105):
        store.add_claim("here", record(number))
        store.put_signatures("here", {f"clm_{number}": (0, signature(number))})
    names = [f"clm_{number}" for number in range(105)]
    assert store.signatures("here", names) == {f"clm_{number}": signature(number) for number in range(105)}


def test_of_signatures_put_together_each_is_kept_or_not_for_itself(store: Store) -> None:
    store.put_signatures("here", {})
    for number in (1, 2):
        store.add_claim("here", record(number))
    store.put_signatures("here", {"clm_2": (7, signature(7))})
    store.put_signatures("here", {f"clm_{number}": (3, signature(number)) for number in (1, 2, 3)})
    assert store.signatures("here", ["clm_1", "clm_2", "clm_3"]) == {"clm_1": signature(1), "clm_2": signature(7)}


def test_of_two_signatures_that_of_the_higher_version_stays_in_whatever_order_they_come(store: Store) -> None:
    store.add_claim("here", record(1))
    for version, kept in ((5, 5), (4, 5), (5, 5), (6, 6), (0, 6)):
        facts = Facts(numbers=(str(version),))
        store.put_signatures("here", {"clm_1": (version, signature(version, facts=facts))})
        assert store.signatures("here", ["clm_1"])["clm_1"].facts.numbers == (str(kept),)
    store.put_signatures("here", {"clm_1": (6, signature(7))})
    assert store.signatures("here", ["clm_1"])["clm_1"].facts.numbers == ("6",)


def test_a_signature_goes_with_its_record(store: Store) -> None:
    for number in (1, 2):
        store.add_claim("here", record(number, version=3))
        store.put_signatures("here", {f"clm_{number}": (3, signature(number))})
    store.delete_claim("here", "clm_1", 3)
    assert store.signatures("here", ["clm_1", "clm_2"]) == {"clm_2": signature(2)}
    store.add_claim("here", record(1, version=9))
    assert store.signatures("here", ["clm_1"]) == {}
    store.put_signatures("here", {"clm_1": (9, signature(1))})
    assert store.signatures("here", ["clm_1"]) == {"clm_1": signature(1)}


def test_a_signature_of_a_version_that_is_not_deleted_stays_until_no_record_is_found(store: Store) -> None:
    store.add_claim("here", record(1, version=3))
    store.put_signatures("here", {"clm_1": (4, signature(1))})
    with pytest.raises(VersionConflict):
        store.delete_claim("here", "clm_1", 2)
    store.delete_claim("here", "clm_1", 3)
    assert store.signatures("here", ["clm_1"]) == {"clm_1": signature(1)}
    store.delete_claim("here", "clm_1", -1)
    assert store.signatures("here", ["clm_1"]) == {}


def test_a_signature_of_no_record_is_not_kept(store: Store) -> None:
    store.put_signatures("here", {"clm_1": (0, signature(1))})
    store.add_claim("there", record(1))
    store.put_signatures("here", {"clm_1": (1, signature(1))})
    assert store.signatures("here", ["clm_1"]) == {}


def test_a_signature_of_many_words_is_not_cut(store: Store) -> None:
    long = signature(1, facts=Facts(stems=tuple(incompressible(9, seed) for seed in range(500))))
    store.add_claim("here", record(1))
    store.put_signatures("here", {"clm_1": (0, long)})
    assert store.signatures("here", ["clm_1"]) == {"clm_1": long}


# --- candidates ----------------------------------------------------------------------------


def test_a_record_makes_no_entries_in_the_index_and_deletes_none(store: Store) -> None:
    store.add_claim("here", record(1, facts=Facts(keys=("a b",))))
    assert store.candidates("here", ["a b"], 10) == Candidates()
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b"))
    store.update_claim("here", record(1, version=1))
    store.delete_claim("here", "clm_1")
    assert found(store.candidates("here", ["a b"], 10)) == [("clm_1", 1)]


def test_the_claim_with_most_keys_in_common_comes_first_and_of_equals_the_newest(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", "c d", "e f"))
    store.put_occurrence("here", keyed_occurrence(2, 2, "a b"))
    store.put_occurrence("here", keyed_occurrence(3, 3, "a b", "c d"))
    store.put_occurrence("here", keyed_occurrence(4, 4, "c d", "x y"))
    candidates = store.candidates("here", ["a b", "c d", "e f"], 10)
    assert found(candidates) == [("clm_1", 3), ("clm_3", 2), ("clm_4", 1), ("clm_2", 1)]
    assert candidates.cut == ()


def test_a_key_asked_for_twice_or_held_twice_counts_once(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", "a b"))
    assert found(store.candidates("here", ["a b", "a b"], 10)) == [("clm_1", 1)]


def test_a_claim_is_found_by_the_keys_of_all_its_occurrences_and_each_key_counts_once(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", "c d"))
    store.put_occurrence("here", keyed_occurrence(1, 2, "a b", "e f"))
    store.put_occurrence("here", keyed_occurrence(1, 3, "a b"))
    store.put_occurrence("here", keyed_occurrence(2, 4, "a b", "x y"))
    assert found(store.candidates("here", ["a b", "c d", "e f"], 10)) == [("clm_1", 3), ("clm_2", 1)]
    assert found(store.candidates("here", ["a b"], 10)) == [("clm_2", 1), ("clm_1", 1)]


def test_of_equals_the_claim_with_the_newest_entry_comes_first_whichever_key_it_stands_under(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b"))
    store.put_occurrence("here", keyed_occurrence(2, 2, "a b"))
    store.put_occurrence("here", keyed_occurrence(2, 3, "c d"))
    store.put_occurrence("here", keyed_occurrence(1, 4, "c d"))
    store.put_occurrence("here", keyed_occurrence(3, 5, "e f", "g h"))
    asked = ["a b", "c d", "e f", "g h"]
    assert found(store.candidates("here", asked, 10)) == [("clm_3", 2), ("clm_1", 2), ("clm_2", 2)]
    assert found(store.candidates("here", asked[::-1], 10)) == [("clm_3", 2), ("clm_1", 2), ("clm_2", 2)]


def test_occurrences_of_one_moment_do_not_stand_in_each_others_place(store: Store) -> None:
    for claim, number in ((1, 1), (1, 2), (2, 1), (2, 2)):
        store.put_occurrence("here", keyed_occurrence(claim, number, "a b", added_at=START))
    assert found(store.candidates("here", ["a b"], 10)) == [("clm_2", 1), ("clm_1", 1)]
    assert store.delete_occurrences("here", "art_1") == ("clm_1", "clm_2")
    candidates = store.candidates("here", ["a b"], 1)
    assert (found(candidates), candidates.cut) == ([("clm_2", 1)], ("a b",))
    assert store.delete_occurrence("here", "clm_2", "art_2") is True
    assert found(store.candidates("here", ["a b"], 1)) == [("clm_1", 1)]


def test_what_only_opposes_a_claim_does_not_make_it_found(store: Store) -> None:
    against = Statement(text="It is not so.", facts=Facts(keys=("c d",)))
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", opposes=against))
    assert store.candidates("here", ["a b", "c d"], 10) == Candidates()
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b"))
    assert found(store.candidates("here", ["a b"], 10)) == [("clm_1", 1)]
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", opposes=against))
    assert store.candidates("here", ["a b", "c d"], 10) == Candidates()
    assert store.delete_occurrences("here", "art_1") == ("clm_1",)


def test_an_occurrence_that_is_put_again_moves_to_its_new_keys_and_its_new_time(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b", "c d"))
    store.put_occurrence("here", keyed_occurrence(2, 2, "c d"))
    store.put_occurrence("here", keyed_occurrence(1, 1, "c d", "e f"))
    assert found(store.candidates("here", ["a b"], 10)) == []
    assert found(store.candidates("here", ["c d", "e f"], 10)) == [("clm_1", 2), ("clm_2", 1)]
    assert found(store.candidates("here", ["c d"], 10)) == [("clm_2", 1), ("clm_1", 1)]
    later = keyed_occurrence(1, 1, "c d", added_at=START + timedelta(days=1))
    store.put_occurrence("here", later)
    assert found(store.candidates("here", ["c d", "e f"], 10)) == [("clm_1", 1), ("clm_2", 1)]
    assert store.occurrences("here", "clm_1") == (later,)
    assert store.delete_occurrence("here", "clm_1", "art_1") is True
    assert found(store.candidates("here", ["a b", "c d", "e f"], 10)) == [("clm_2", 1)]


def test_of_a_deleted_article_nothing_is_left_in_the_index(store: Store) -> None:
    for claim in (1, 2):
        store.put_occurrence("here", keyed_occurrence(claim, 1, "a b", f"only {claim}"))
    store.put_occurrence("here", keyed_occurrence(1, 2, "a b", "c d"))
    store.delete_occurrences("here", "art_1")
    assert found(store.candidates("here", ["a b", "c d", "only 1", "only 2"], 10)) == [("clm_1", 2)]
    store.delete_occurrences("here", "art_2")
    assert store.candidates("here", ["a b", "c d", "only 1", "only 2"], 10) == Candidates()


@pytest.mark.parametrize("first", [("a b",), tuple(f"old {number}" for number in range(MOST_KEYS))])
def test_as_many_keys_as_an_occurrence_may_have_can_all_be_replaced(store: Store, first: tuple[str, ...]) -> None:
    keys = [f"stem{number} other" for number in range(MOST_KEYS)]
    store.put_occurrence("here", keyed_occurrence(1, 1, *first, text=incompressible(1_200_000)))
    store.put_occurrence("here", keyed_occurrence(1, 1, *keys, text="Short"))
    assert found(store.candidates("here", [*keys, *first], 5)) == [("clm_1", MOST_KEYS)]
    with pytest.raises(UnprocessableInput):
        store.put_occurrence("here", keyed_occurrence(1, 1, *keys, "one more"))
    assert found(store.candidates("here", ["one more", *keys], 5)) == [("clm_1", MOST_KEYS)]


def test_of_a_common_key_only_the_newest_are_read_and_the_key_is_named(store: Store) -> None:
    for number in range(6):
        rare = ["rare key"] if number == 0 else []
        store.put_occurrence("here", keyed_occurrence(number, number, "hot key", *rare))
    candidates = store.candidates("here", ["rare key", "hot key"], 5)
    assert found(candidates) == [("clm_5", 1), ("clm_4", 1), ("clm_3", 1), ("clm_2", 1), ("clm_1", 1), ("clm_0", 1)]
    assert candidates.cut == ("hot key",)
    assert store.candidates("here", ["rare key", "hot key"], 6).cut == ()


def test_of_several_claims_each_is_looked_up_as_if_it_were_alone(store: Store) -> None:
    for number, keys in enumerate([("a b", "c d"), ("a b",), ("e f",)]):
        store.put_occurrence("here", keyed_occurrence(number, 1, *keys))
    asked = [["c d", "a b"], [], ["a b", "a b"], ["g h"], ["e f", "a b"]]
    for newest in (1, 10, 0):
        each = [store.candidates("here", keys, newest) for keys in asked]
        assert store.candidates_of_each("here", asked, newest) == each
    assert store.candidates_of_each("here", [], 10) == []


def test_no_keys_or_none_to_read_is_no_candidates(store: Store) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, "a b"))
    assert store.candidates("here", [], 10) == Candidates()
    assert store.candidates("here", ["a b"], 0) == Candidates()


@pytest.mark.parametrize(
    "key", ["", " ", "a#b", "T#there#PAIR#x", "\x00", "\N{GRINNING FACE}", "zürich ñandú", "x" * 5000]
)
def test_an_index_key_may_be_any_text(store: Store, key: str) -> None:
    store.put_occurrence("here", keyed_occurrence(1, 1, key))
    store.put_occurrence("there", keyed_occurrence(2, 1, key))
    assert found(store.candidates("here", [key], 10)) == [("clm_1", 1)]
    store.delete_occurrences("here", "art_1")
    assert found(store.candidates("here", [key], 10)) == []


def test_a_claim_with_twenty_one_keys_is_found_by_each(store: Store) -> None:
    keys = [f"stem{number} other" for number in range(21)]
    store.put_occurrence("here", keyed_occurrence(1, 1, *keys))
    assert found(store.candidates("here", keys, 50)) == [("clm_1", 21)]
    for key in keys:
        assert found(store.candidates("here", [key], 1)) == [("clm_1", 1)]


# --- occurrences ---------------------------------------------------------------------------


def test_occurrences_are_read_as_stored_oldest_first(store: Store) -> None:
    same_moment = occurrence(1, 4, added_at=START + timedelta(seconds=2))
    for item in (occurrence(1, 3), same_moment, occurrence(1, 1), occurrence(2, 1), occurrence(1, 2)):
        store.put_occurrence("here", item)
    assert store.occurrences("here", "clm_1") == (occurrence(1, 1), occurrence(1, 2), same_moment, occurrence(1, 3))


def test_a_claim_without_occurrences_has_none(store: Store) -> None:
    store.add_claim("here", record())
    assert store.occurrences("here", "clm_1") == ()
    assert store.delete_occurrences("here", "art_1") == ()


def test_an_article_carries_a_claim_once_the_last_time_it_was_put(store: Store) -> None:
    store.put_occurrence("here", occurrence())
    store.put_occurrence("here", occurrence())
    assert store.occurrences("here", "clm_1") == (occurrence(),)
    changed = occurrence(text="Otherwise.", added_at=START + timedelta(days=1))
    store.put_occurrence("here", changed)
    assert store.occurrences("here", "clm_1") == (changed,)
    assert store.delete_occurrences("here", "art_1") == ("clm_1",)
    assert store.occurrences("here", "clm_1") == ()


def test_three_hundred_occurrences_are_all_read(store: Store) -> None:
    words = Evidence(article_id="art_0", start=0, end=5000, exact=incompressible(5_000))
    for number in range(300):
        store.put_occurrence("here", occurrence(1, number, sentences=(words,)))
    articles = [item.article_id for item in store.occurrences("here", "clm_1")]
    assert articles == [f"art_{number}" for number in range(300)]


def test_an_occurrence_may_be_larger_than_an_item(store: Store) -> None:
    large = occurrence(1, 1, text=incompressible(300_000))
    store.put_occurrence("here", large)
    store.put_occurrence("here", occurrence(1, 2))
    assert store.occurrences("here", "clm_1") == (large, occurrence(1, 2))
    store.put_occurrence("here", occurrence(1, 1))
    assert store.occurrences("here", "clm_1") == (occurrence(1, 1), occurrence(1, 2))


def test_deleting_an_articles_occurrences_answers_their_claims_and_leaves_the_others(store: Store) -> None:
    for claim in (2, 1, 3):
        store.put_occurrence("here", occurrence(claim, 1))
        store.put_occurrence("here", occurrence(claim, 2))
    store.put_occurrence("there", occurrence(1, 1))
    assert store.delete_occurrences("here", "art_1") == ("clm_1", "clm_2", "clm_3")
    assert store.delete_occurrences("here", "art_1") == ()
    assert [store.occurrences("here", f"clm_{claim}") for claim in (1, 2, 3)] == [
        (occurrence(1, 2),),
        (occurrence(2, 2),),
        (occurrence(3, 2),),
    ]
    assert store.occurrences("there", "clm_1") == (occurrence(1, 1),)


def test_one_occurrence_can_be_deleted_and_the_others_stay(store: Store) -> None:
    for claim, number in ((1, 1), (1, 2), (2, 1)):
        store.put_occurrence("here", keyed_occurrence(claim, number, "a b", f"{claim} {number}"))
    assert store.delete_occurrence("here", "clm_1", "art_1") is True
    assert store.delete_occurrence("here", "clm_1", "art_1") is False
    assert store.delete_occurrence("there", "clm_1", "art_2") is False
    assert store.occurrences("here", "clm_1") == (keyed_occurrence(1, 2, "a b", "1 2"),)
    assert found(store.candidates("here", ["1 1", "1 2", "2 1"], 10)) == [("clm_1", 1), ("clm_2", 1)]
    assert store.delete_occurrences("here", "art_1") == ("clm_2",)
    assert store.delete_occurrences("here", "art_2") == ("clm_1",)


def test_an_article_may_carry_sixty_claims(store: Store) -> None:
    for claim in range(60):
        store.put_occurrence("here", occurrence(claim, 1))
    assert len(store.delete_occurrences("here", "art_1")) == 60
    assert all(store.occurrences("here", f"clm_{claim}") == () for claim in range(60))


def test_a_claims_occurrences_do_not_go_with_its_record(store: Store) -> None:
    store.add_claim("here", record())
    store.put_occurrence("here", occurrence())
    store.delete_claim("here", "clm_1")
    assert store.occurrences("here", "clm_1") == (occurrence(),)


def test_an_id_that_begins_like_another_is_another(store: Store) -> None:
    store.put_occurrence("here", occurrence(1, 1))
    store.put_occurrence("here", occurrence(1, 11))
    store.put_occurrence("here", occurrence(11, 1))
    assert [item.article_id for item in store.occurrences("here", "clm_1")] == ["art_1", "art_11"]
    assert store.delete_occurrences("here", "art_1") == ("clm_1", "clm_11")
    assert [item.article_id for item in store.occurrences("here", "clm_1")] == ["art_11"]


# --- tenants and ids -----------------------------------------------------------------------


def test_another_tenants_claims_are_like_none(store: Store) -> None:
    store.add_claim("there", record(1))
    store.put_signatures("there", {"clm_1": (0, signature())})
    store.put_occurrence("there", keyed_occurrence(1, 1, "a b"))
    assert store.get_claims("here", ["clm_1"]) == {}
    assert store.list_claims("here", 10).items == ()
    assert store.candidates("here", ["a b"], 10) == Candidates()
    assert store.signatures("here", ["clm_1"]) == {}
    assert store.occurrences("here", "clm_1") == ()
    assert store.delete_occurrences("here", "art_1") == ()
    assert store.delete_occurrence("here", "clm_1", "art_1") is False
    store.delete_claim("here", "clm_1")
    assert store.get_claims("there", ["clm_1"]) == {"clm_1": record(1)}
    assert store.signatures("there", ["clm_1"]) == {"clm_1": signature()}
    assert store.occurrences("there", "clm_1") == (keyed_occurrence(1, 1, "a b"),)
    assert found(store.candidates("there", ["a b"], 10)) == [("clm_1", 1)]


def test_what_is_no_id_is_not_there_and_cannot_be_stored(store: Store) -> None:
    for name in NOT_IDS:
        assert store.get_claims("here", [name]) == {}
        assert store.get_claims(name, ["clm_1"]) == {}
        assert store.candidates(name, ["a b"], 10) == Candidates()
        assert store.occurrences("here", name) == ()
        assert store.occurrences(name, "clm_1") == ()
        assert store.delete_occurrences("here", name) == ()
        for ids in (("here", "clm_1", name), ("here", name, "art_1"), (name, "clm_1", "art_1")):
            assert store.delete_occurrence(*ids) is False
        assert store.signatures("here", [name]) == store.signatures(name, ["clm_1"]) == {}
        assert store.list_claims(name, 10).items == ()
        store.delete_claim("here", name)
        for tenant, claim_id in (("here", name), (name, "clm_1")):
            with pytest.raises(UnprocessableInput):
                store.add_claim(tenant, record().model_copy(update={"claim_id": claim_id}))
            with pytest.raises(UnprocessableInput):
                store.put_signatures(tenant, {claim_id: (0, signature())})
            with pytest.raises(UnprocessableInput):
                store.put_occurrence(tenant, occurrence().model_copy(update={"claim_id": claim_id}))
        with pytest.raises(UnprocessableInput):
            store.put_occurrence("here", occurrence().model_copy(update={"article_id": name}))
        assert store.occurrences("here", "clm_1") == ()
