"""What is the spilled store's alone; that it does as every store does is shown by the contract tests."""

from datetime import UTC, datetime

import pytest

from secondsource.local.spill import SpilledStore
from secondsource.model import Article, MediaKind

NOW = datetime(2025, 1, 1, tzinfo=UTC)


class Clock:
    def now(self):
        return NOW


def test_articles_are_kept_out_of_memory_and_leave_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    store = SpilledStore(Clock())
    article = Article(id="art_1", text="Text 😀", kind=MediaKind.TEXT, added_at=NOW)

    store.add_article("a", article)
    found = store.get_article("a", "art_1")

    assert found == article
    assert found is not article
    assert list(tmp_path.iterdir()) == []


def test_closing_gives_the_disk_back():
    store = SpilledStore(Clock())

    store.close()

    with pytest.raises(Exception, match="closed"):
        store.get_article("a", "art_1")
