"""Has this been said, by whom, and from how many origins? Looked up in a newsroom without a language model."""

import pytest

from secondsource.model import Claim, FlagCode, Signature, SourceKind
from secondsource.services import matching
from secondsource.services.matching import Found, SignatureMatcher
from secondsource.services.merging import merge
from secondsource.services.search import Search
from tests.unit.services.newsroom import FALSE, SEIZED, STORY, TENANT, Newsroom, embed, facts

BRIDGE = "The bridge over the Tavery in Calvorne has collapsed"
MILL = "The mill at Varn has been sold to Brellin Foods"


def read(sentence: str) -> Claim | None:
    return None if "?" in sentence else Claim(id="c1", text=sentence, spans=(), facts=facts(sentence))


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def lookup(newsroom) -> Search:
    return Search(newsroom.store, SignatureMatcher(newsroom.store, embed), read)


def test_who_said_it_and_who_denies_it_are_named_with_their_kind_and_outlets(newsroom, lookup):
    newsroom.add(f"Owen Strand says: {BRIDGE}.", publisher="The Courier")
    newsroom.add(f"Dela Marsh says: {BRIDGE}.", publisher="The Record")
    newsroom.add(f"Helen Brann denies: {BRIDGE}.", publisher="The Tribune")

    (item,) = lookup.find(TENANT, BRIDGE, 20).items

    assert (item.relation, item.score, item.reports) == ("same", 1.0, 2)
    assert [(voice.name, voice.kind) for voice in item.said_by] == [
        ("Owen Strand", SourceKind.NAMED_PERSON),
        ("Dela Marsh", SourceKind.NAMED_PERSON),
    ]
    assert [voice.name for voice in item.denied_by] == ["Helen Brann"]
    assert item.outlets == ("The Courier", "The Record", "The Tribune")
    (record,) = newsroom.records()
    assert record.origins is not None
    assert item.origins is not None
    assert (item.origins.best, item.articles) == (record.origins.best, record.articles)
    assert FlagCode.DISPUTED in item.flags


def test_an_article_that_calls_the_claim_false_is_no_report_of_it(newsroom, lookup):
    newsroom.add(FALSE, publisher="The Tribune")
    newsroom.add(f"Owen Strand says: {SEIZED}.", publisher="The Courier")

    (item,) = lookup.find(TENANT, SEIZED, 20).items

    assert item.reports == 1
    assert [voice.name for voice in item.said_by] == ["Owen Strand"]
    assert [voice.name for voice in item.denied_by] == ["Helen Brann"]


def test_a_source_that_says_it_twice_is_named_once(newsroom, lookup):
    newsroom.add(f"Owen Strand says: {BRIDGE}.", publisher="The Courier")
    newsroom.add(f"Owen Strand says: {BRIDGE}.", publisher="The Record")

    (item,) = lookup.find(TENANT, BRIDGE, 20).items

    assert [voice.name for voice in item.said_by] == ["Owen Strand"]


def test_what_says_the_opposite_stands_behind_what_says_the_same(newsroom, lookup):
    newsroom.add(f"Iva Lund says: {BRIDGE.replace('has', 'has not')}.")
    newsroom.add(f"Owen Strand says: {BRIDGE}.")
    newsroom.add(f"Tom Perrin says: {MILL}.")

    items = lookup.find(TENANT, BRIDGE, 20).items

    assert [(item.relation, item.score) for item in items] == [("same", 1.0), ("contradicts", None)]
    assert [voice.name for voice in items[1].said_by] == ["Iva Lund"]


def test_where_only_the_opposite_was_said_that_is_answered(newsroom, lookup):
    newsroom.add(f"Iva Lund says: {BRIDGE.replace('has', 'has not')}.")

    assert [item.relation for item in lookup.find(TENANT, BRIDGE, 20).items] == ["contradicts"]


def test_the_limit_counts_both(newsroom, lookup):
    newsroom.add(f"Iva Lund says: {BRIDGE.replace('has', 'has not')}.")
    newsroom.add(f"Owen Strand says: {BRIDGE}.")

    assert [item.relation for item in lookup.find(TENANT, BRIDGE, 1).items] == ["same"]


def test_where_the_look_up_was_cut_it_says_so(newsroom, lookup, monkeypatch):
    monkeypatch.setattr(matching, "NEWEST", 2)
    for number in range(3):
        newsroom.add(f"Owen Strand says: The bridge over the Tavery in Calvorne has {number} cracks.")

    found = lookup.find(TENANT, "The bridge over the Tavery in Calvorne has 7 cracks", 20)

    assert "calvorn~taveri" in found.cut
    assert found.items == ()


def test_what_is_no_statement_is_answered_with_the_reason(lookup):
    asked = lookup.find(TENANT, "Has the bridge over the Tavery collapsed?", 20)
    french = lookup.find(TENANT, "Le pont de Calvorne s'est-il écroulé hier soir dans la rivière ?", 20)

    assert (asked.items, asked.statement) == ((), None)
    assert (asked.reason or "").partition(":")[0] == "no-claims"
    assert (french.reason or "").partition(":")[0] == "not-english"


def test_a_record_that_is_gone_by_the_time_it_is_read_is_left_out(newsroom):
    newsroom.add(f"Owen Strand says: {BRIDGE}.")
    (record,) = newsroom.records()

    class Late(SignatureMatcher):
        def find(self, tenant: str, signature: Signature, asked: bool = False) -> Found:
            return Found(same=(("clm_gone", 0.9), (record.claim_id, 0.8)), contradicts=("clm_gone", record.claim_id))

    items = Search(newsroom.store, Late(newsroom.store, embed), read).find(TENANT, BRIDGE, 20).items

    assert [(item.claim_id, item.relation, item.score) for item in items] == [(record.claim_id, "same", 0.8)]


def test_a_record_that_is_found_under_two_ids_is_answered_once_by_the_better(newsroom):
    ids = [newsroom.record(newsroom.add(told)).claim_id for told in STORY[:2]]
    merge(newsroom.store, newsroom.clock, TENANT, *ids)

    class Both(SignatureMatcher):
        def find(self, tenant: str, signature: Signature, asked: bool = False) -> Found:
            return Found(same=((ids[1], 0.9), (ids[0], 0.7)), contradicts=())

    items = Search(newsroom.store, Both(newsroom.store, embed), read).find(TENANT, SEIZED, 20).items

    assert [(item.claim_id, item.score) for item in items] == [(ids[0], 0.9)]


def test_another_tenants_claims_are_not_found(newsroom, lookup):
    newsroom.submit(f"Owen Strand says: {BRIDGE}.", tenant="other")

    assert lookup.find(TENANT, BRIDGE, 20).items == ()
