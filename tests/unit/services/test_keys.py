import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from secondsource.errors import InvalidInput, NotFound, Unauthorized
from secondsource.local.memory import MemoryStore
from secondsource.model import ApiKey, Scope
from secondsource.services import keys

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(Clock())


def _create(store: MemoryStore, tenant: str = "courier") -> str:
    return keys.create(store, Clock(), tenant, [Scope.READ, Scope.READ, Scope.WRITE], "desk")


def test_a_key_names_its_tenant_and_scopes(store: MemoryStore) -> None:
    tenant = keys.authenticate(store, f"Bearer {_create(store)}")

    assert (tenant.id, tenant.scopes) == ("courier", (Scope.READ, Scope.WRITE))


def test_a_key_has_the_documented_form_and_is_never_the_same(store: MemoryStore) -> None:
    made = {_create(store) for _ in range(20)}

    assert len(made) == 20
    assert all(re.fullmatch(r"ss_[a-z2-7]{16}_[A-Za-z0-9_-]{43}", key) for key in made)


def test_of_the_secret_only_the_hash_is_stored(store: MemoryStore) -> None:
    key = _create(store)
    stored = store.get_key(keys.key_id_of(key))

    assert stored is not None
    secret = key[20:]
    assert stored.secret_sha256 == sha256(secret.encode()).hexdigest()
    assert secret not in stored.model_dump_json()
    assert (stored.label, stored.created_at) == ("desk", NOW)


@pytest.mark.parametrize(
    "change", [lambda k: k[:-1], lambda k: k + "A", lambda k: "x" + k, lambda k: k + "\n", lambda k: f" {k}", str.upper]
)
def test_a_key_that_was_changed_is_none(store: MemoryStore, change: object) -> None:
    key = _create(store)
    assert callable(change)

    with pytest.raises(Unauthorized):
        keys.authenticate(store, change(key))


def test_the_secret_of_one_key_does_not_open_another(store: MemoryStore) -> None:
    one, other = _create(store), _create(store)

    with pytest.raises(Unauthorized):
        keys.authenticate(store, one[:20] + other[20:])


@pytest.mark.parametrize(
    "value", ["", "Bearer", "ss__", "é" * 60, "Bearer Bearer x", "ss_" + "a" * 16 + "_" + "é" * 43]
)
def test_what_has_no_form_of_a_key_is_unauthorized_and_nothing_else(store: MemoryStore, value: str) -> None:
    with pytest.raises(Unauthorized):
        keys.authenticate(store, value)


def test_an_unknown_id_does_as_much_as_a_wrong_secret(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr(keys, "compare_digest", compare)
    key = _create(store)

    for wrong in ("ss_" + "a" * 16 + key[19:], key[:20] + "A" * 43):
        with pytest.raises(Unauthorized):
            keys.authenticate(store, wrong)

    assert len(compared) == 2
    assert all(isinstance(value, bytes) and len(value) == 64 for pair in compared for value in pair)


def test_a_revoked_key_ends_and_keeps_its_first_date(store: MemoryStore) -> None:
    key = _create(store)

    first = keys.revoke(store, Clock(), keys.key_id_of(key))
    second = keys.revoke(store, Clock(), keys.key_id_of(key))

    assert first.revoked_at == NOW == second.revoked_at
    with pytest.raises(Unauthorized):
        keys.authenticate(store, key)


def test_an_unknown_key_cannot_be_revoked(store: MemoryStore) -> None:
    with pytest.raises(NotFound):
        keys.revoke(store, Clock(), "a" * 16)


def test_a_key_whose_hash_is_the_one_of_no_key_does_not_open_without_a_key(store: MemoryStore) -> None:
    with pytest.raises(Unauthorized):
        keys.authenticate(store, "ss_" + "a" * 16 + "_" + "A" * 43)


@pytest.mark.parametrize("tenant", ["", "Courier", "-courier", "a" * 64, "a#b", "a_b", "a\n", "ü"])
def test_a_tenant_that_has_no_form_of_one_gets_no_key(store: MemoryStore, tenant: str) -> None:
    with pytest.raises(InvalidInput):
        keys.create(store, Clock(), tenant, [Scope.READ])


def test_a_key_for_nothing_or_with_a_long_label_is_not_made(store: MemoryStore) -> None:
    with pytest.raises(InvalidInput):
        keys.create(store, Clock(), "courier", [])
    with pytest.raises(InvalidInput):
        keys.create(store, Clock(), "courier", [Scope.READ], "x" * 101)


def test_the_id_is_read_from_a_key_alone(store: MemoryStore) -> None:
    key = _create(store)
    found = store.get_key(keys.key_id_of(key))

    assert isinstance(found, ApiKey)
    with pytest.raises(InvalidInput):
        keys.key_id_of("ss_x")
