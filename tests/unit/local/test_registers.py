import sys
import threading
import time

import pytest

from secondsource.errors import InvalidInput
from secondsource.local.registers import TENANT, of_file
from secondsource.model import ActorKind
from secondsource.services.register import Given


def put(path, actor_id, seconds=0.0):
    """Put an actor into the register of a file, and take this long over it."""
    with of_file(path, "Ida", to_change=True, may_be_new=True) as register:
        register.put(TENANT, actor_id, Given(name=f"Front {actor_id}", kind=ActorKind.ARMED_GROUP), "Ida")
        time.sleep(seconds)


def names(path):
    with of_file(path, "Ida") as register:
        return sorted(actor.id for actor in register.all(TENANT))


def test_of_many_who_change_a_register_at_once_none_loses_what_it_put(tmp_path):
    path = tmp_path / "register.jsonl"
    threads = [threading.Thread(target=put, args=(path, f"front-{n}", 0.05)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert names(path) == [f"front-{n}" for n in range(6)]
    assert [file.name for file in tmp_path.iterdir()] == ["register.jsonl"]


def test_who_only_reads_waits_for_nobody(tmp_path):
    path = tmp_path / "register.jsonl"
    put(path, "front")

    with of_file(path, "Ida", to_change=True):
        assert names(path) == ["front"]


def test_a_register_behind_a_link_is_changed_where_it_lies(tmp_path):
    (tmp_path / "shared").mkdir()
    path = tmp_path / "shared" / "register.jsonl"
    put(path, "front")
    link = tmp_path / "link.jsonl"
    link.symlink_to(path)

    put(link, "league")

    assert link.is_symlink()
    assert names(path) == ["front", "league"]


def test_where_files_cannot_be_locked_a_register_is_changed_without(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    path = tmp_path / "register.jsonl"
    put(path, "front")

    assert names(path) == ["front"]


def test_a_change_that_failed_leaves_the_file_and_the_way_to_it_free(tmp_path):
    path = tmp_path / "register.jsonl"
    path.write_text("{\n")

    with pytest.raises(InvalidInput, match="line 1"):
        put(path, "front")
    path.unlink()
    put(path, "front")

    assert names(path) == ["front"]
