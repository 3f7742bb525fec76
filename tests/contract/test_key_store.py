"""``ports.KeyStore``, for every store."""

from datetime import timedelta

import pytest

from secondsource.errors import Conflict, UnprocessableInput
from secondsource.ports import Store
from tests.contract.samples import NOT_IDS, START, api_key


def test_a_key_is_found_by_its_id_alone(store: Store) -> None:
    store.put_key(api_key(1))
    store.put_key(api_key(2, tenant="there"))
    assert store.get_key("key1") == api_key(1)
    assert store.get_key("key2") == api_key(2, tenant="there")
    assert store.get_key("key3") is None


def test_a_tenants_keys_are_listed_oldest_first(store: Store) -> None:
    for number in (2, 3, 1):
        store.put_key(api_key(number))
    store.put_key(api_key(4, tenant="there"))
    assert store.list_keys("here") == (api_key(1), api_key(2), api_key(3))
    assert store.list_keys("nobody") == ()


def test_a_key_put_again_replaces_itself(store: Store) -> None:
    revoked = api_key(1, revoked_at=START + timedelta(days=1))
    store.put_key(api_key(1))
    store.put_key(revoked)
    store.put_key(revoked)
    assert store.get_key("key1") == revoked
    assert store.list_keys("here") == (revoked,)


def test_a_key_never_changes_hands(store: Store) -> None:
    store.put_key(api_key(1))
    with pytest.raises(Conflict):
        store.put_key(api_key(1, tenant="there"))
    assert store.get_key("key1") == api_key(1)
    assert store.list_keys("there") == ()


def test_sixty_keys_are_all_listed(store: Store) -> None:
    for number in range(60):
        store.put_key(api_key(number))
    assert [key.key_id for key in store.list_keys("here")] == [f"key{number}" for number in range(60)]


def test_what_is_no_id_is_not_there_and_cannot_be_stored(store: Store) -> None:
    for name in NOT_IDS:
        assert store.get_key(name) is None
        assert store.list_keys(name) == ()
        with pytest.raises(UnprocessableInput):
            store.put_key(api_key(1).model_copy(update={"key_id": name}))
        with pytest.raises(UnprocessableInput):
            store.put_key(api_key(1).model_copy(update={"tenant": name}))


def test_a_tenant_and_a_key_of_the_same_name_do_not_meet(store: Store) -> None:
    store.put_key(api_key(1, key_id="KEYS", tenant="K"))
    store.put_key(api_key(2, key_id="ARTICLES", tenant="K"))
    assert [key.key_id for key in store.list_keys("K")] == ["KEYS", "ARTICLES"]
    assert store.list_articles("K", 10).items == ()
