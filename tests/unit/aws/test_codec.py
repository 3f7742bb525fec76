import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.aws import codec
from secondsource.errors import TooLarge
from secondsource.model import (
    Affiliation,
    Analysis,
    Anonymity,
    ApiKey,
    Article,
    Attribution,
    Claim,
    ClaimState,
    Entry,
    Evidence,
    Facts,
    Finding,
    Party,
    Place,
    Position,
    Relation,
    Scope,
    Source,
    Stake,
    Tie,
)
from tests.contract.samples import api_key

spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
many_spans = st.lists(spans, max_size=3).map(tuple)
units = st.floats(0, 1)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
first, last = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1000, 9000))
moments = st.datetimes(first, last, timezones=st.none() | st.just(UTC) | zones)
evidence = st.builds(Evidence, exact=st.text(), prefix=st.text(), suffix=st.text())
places = st.builds(Place, span=spans)
sources = st.builds(
    Source,
    mentions=many_spans,
    affiliations=st.lists(st.builds(Affiliation, span=st.none() | spans, strength=units), max_size=2).map(tuple),
    anonymity=st.none() | st.builds(Anonymity, reason_span=st.none() | spans),
    speaks_from=st.none() | places,
)
attributions = st.builds(
    Attribution,
    source=st.none() | many_spans,
    cue=st.none() | many_spans,
    content=st.none() | many_spans,
    via_span=st.none() | spans,
)
claims = st.builds(
    Claim,
    spans=many_spans,
    states=st.lists(st.builds(ClaimState, evidence=st.just(())), max_size=2).map(tuple),
    place=st.none() | places,
    facts=st.builds(Facts, keys=st.lists(st.text(), max_size=3).map(tuple)),
)
pieces_of_evidence = st.lists(evidence, max_size=2).map(tuple)
entries = st.builds(Entry)
stakes = st.builds(
    Stake, confidence=units, evidence=pieces_of_evidence, entries=st.lists(entries, max_size=2).map(tuple)
)
positions = st.builds(
    Position,
    ties=st.lists(st.builds(Tie, strength=units, evidence=st.none() | evidence), max_size=2).map(tuple),
    parties=st.lists(st.builds(Party, strength=units), max_size=2).map(tuple),
    findings=st.lists(st.builds(Finding, alignment=units, strength=units, evidence=pieces_of_evidence), max_size=2).map(
        tuple
    ),
    likelihood=st.none() | units,
)
relations = st.builds(Relation, evidence=st.none() | evidence, entry=st.none() | entries)
analyses = st.builds(
    Analysis,
    attributions=st.lists(attributions, max_size=2).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    claims=st.lists(claims, max_size=2).map(tuple),
    stakes=st.dictionaries(st.text(), st.lists(stakes, max_size=2).map(tuple), max_size=2),
    positions=st.dictionaries(st.text(), st.lists(positions, max_size=2).map(tuple), max_size=2),
    relations=st.lists(relations, max_size=2).map(tuple),
)
articles = st.builds(
    Article,
    text=st.text(),
    title=st.none() | st.text(),
    published_at=st.none() | moments,
    added_at=moments,
    analysis=analyses,
)


@given(articles)
def test_any_article_comes_back_as_it_was(article: Article) -> None:
    assert codec.unpack(Article, codec.join(codec.split(codec.pack(article)))) == article


@given(st.binary(max_size=2000))
def test_what_is_split_is_joined_again(content: bytes) -> None:
    assert codec.join(codec.split(content)) == content


@pytest.mark.parametrize(
    ("size", "pieces"),
    [
        (0, 1),
        (1, 1),
        (codec.PIECE_BYTES, 1),
        (codec.PIECE_BYTES + 1, 2),
        (codec.PIECE_BYTES * codec.MOST_PIECES, codec.MOST_PIECES),
    ],
)
def test_pieces_are_as_few_as_can_be_and_none_is_too_long(size: int, pieces: int) -> None:
    found = codec.split(bytes(size))
    assert len(found) == pieces
    assert max(map(len, found)) <= codec.PIECE_BYTES
    assert sum(map(len, found)) == size


def test_what_no_transaction_holds_is_too_large() -> None:
    with pytest.raises(TooLarge):
        codec.split(bytes(codec.PIECE_BYTES * codec.MOST_PIECES + 1))


def test_the_pieces_and_what_is_stored_with_them_fit_items_and_one_transaction() -> None:
    keys, pointers_and_summary = 4_096, 80_000
    assert codec.PIECE_BYTES + keys + pointers_and_summary < 400 * 1024
    assert codec.MOST_PIECES * (codec.PIECE_BYTES + keys) + pointers_and_summary < 4 * 1024 * 1024
    assert codec.MOST_PIECES * 2 < 100


def test_other_content_has_another_fingerprint() -> None:
    assert codec.fingerprint(b"one") == codec.fingerprint(b"one")
    assert codec.fingerprint(b"one") != codec.fingerprint(b"two")
    assert len(codec.fingerprint(b"")) == 12


def test_a_key_of_a_scope_that_there_is_no_more_is_read_without_it() -> None:
    stored = zlib.decompress(codec.pack(api_key())).replace(b'"write"', b'"admin"')

    assert b'"read","admin"' in stored
    assert codec.unpack(ApiKey, zlib.compress(stored)).scopes == (Scope.READ,)
