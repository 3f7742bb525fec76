from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource.aws import keys
from secondsource.aws.keys import Key
from secondsource.errors import UnprocessableInput

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", fullmatch=True)

BUILDERS: dict[str, Callable[[str, str], Key]] = {
    "article": keys.article,
    "articles": lambda tenant, name: Key(keys.articles(tenant), name),
    "claim": keys.claim,
    "claims": lambda tenant, name: Key(keys.claims(tenant), name),
    "occurrence": lambda tenant, name: keys.occurrence_of(tenant, name, name),
    "carried": lambda tenant, name: Key(keys.carried(tenant, name), name),
    "pair": lambda tenant, name: Key(keys.pair(tenant, name), name),
    "actor": keys.actor,
    "actors": lambda tenant, name: Key(keys.actors(tenant), name),
    "actor name": lambda tenant, name: Key(keys.actor_name(tenant, name), name),
    "mentions": keys.mentions,
    "named": lambda tenant, name: Key(keys.named(tenant, name), name),
    "job": keys.job,
    "request": keys.request,
    "api key": lambda tenant, name: keys.api_key(name),
    "api keys": lambda tenant, name: Key(keys.api_keys(tenant), name),
}


@given(ids, ids, ids, ids)
def test_different_things_never_have_the_same_key(tenant: str, name: str, other_tenant: str, other_name: str) -> None:
    built = [(kind, build(tenant, name)) for kind, build in BUILDERS.items()]
    for (kind, key), (other_kind, other) in combinations(built, 2):
        assert key != other, (kind, other_kind)
    if tenant != other_tenant:
        for kind, build in BUILDERS.items():
            if kind != "api key":
                assert build(tenant, name).partition != build(other_tenant, other_name).partition


@given(ids, ids)
def test_no_key_is_longer_than_dynamodb_takes(tenant: str, name: str) -> None:
    for build in BUILDERS.values():
        key = keys.piece(build(tenant, name), 999)
        assert 1 <= len(key.partition.encode()) <= 2048
        assert 1 <= len(key.sort.encode()) <= 1024


@pytest.mark.parametrize("name", ["", "#", "a#b", "T#b#JOB#1", "\x00", "a\n", "é", "x" * 129])
def test_no_key_is_built_from_what_is_no_id(name: str) -> None:
    for kind, build in BUILDERS.items():
        if kind not in ("api key",):
            with pytest.raises(UnprocessableInput):
                build(name, "a")
        if kind in ("article", "claim", "occurrence", "carried", "actor", "mentions", "job", "request", "api key"):
            with pytest.raises(UnprocessableInput):
                build("a", name)


def test_the_pieces_of_a_document_follow_it_and_its_neighbours_do_not_mix_in() -> None:
    head = keys.occurrence_of("t", "c", "a1")
    pieces = [keys.piece(head, number) for number in (1, 2, 12)]
    assert [piece.partition for piece in pieces] == [head.partition] * 3
    assert [head, *pieces] == sorted([head, *pieces])
    assert not any(piece.sort.startswith(keys.occurrence_of("t", "c", "a").sort + "#") for piece in pieces)
