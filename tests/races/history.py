"""What several programs asked and were told, with the times between which it happened, and whether it hangs together."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

NEVER = float("inf")
RANKS = {"queued": 0, "running": 1, "done": 2, "failed": 2}

Value = str | bool | None


@dataclass(frozen=True)
class Entry:
    """One thing that was done, or that was seen, between two moments of the machine's clock.

    ``about``: what was written or read, such as an article of a tenant. ``kind``: ``write``, ``read``, or ``maybe``:
    a write of which nobody knows whether it was done, but done by ``ended``, if ever.
    """

    who: int
    began: float
    ended: float
    kind: Literal["write", "maybe", "read"]
    about: str
    value: Value
    note: str = ""


def keep(entries: Iterable[Entry], path: Path) -> None:
    """Write a history down, one entry a line, in the order of time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(entry)) for entry in sorted(entries, key=lambda entry: entry.began)]
    path.write_text("\n".join(lines) + "\n")


def stale(entries: Iterable[Entry], at_first: Value) -> list[Entry]:
    """The reads that no order of the writes explains: of a value that nobody had begun to write, or that another had
    replaced for certain before the read began.

    ``at_first``: what there is before anything is written.
    """
    by_subject: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_subject[entry.about].append(entry)
    return [entry for about in by_subject.values() for entry in _stale(about, at_first)]


def _stale(entries: list[Entry], at_first: Value) -> list[Entry]:
    beginning = Entry(-1, -1.0, -1.0, "write", "", at_first)
    writes = [beginning, *(entry for entry in entries if entry.kind != "read")]
    certain = [entry for entry in writes if entry.kind == "write"]

    def explains(write: Entry, read: Entry) -> bool:
        return (
            write.value == read.value
            and write.began <= read.ended
            and not any(
                other.value != read.value and write.ended < other.began and other.ended < read.began
                for other in certain
            )
        )

    return [read for read in entries if read.kind == "read" and not any(explains(write, read) for write in writes)]


def backwards(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of reads of a job's status, one after the other, of which the second is behind the first."""
    by_job: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_job[entry.about].append(entry)
    return [
        (first, second)
        for reads in by_job.values()
        for first in reads
        for second in reads
        if first.ended < second.began and not _follows(first.value, second.value)
    ]


def _follows(first: Any, second: Any) -> bool:
    return bool(first == second or RANKS[second] > RANKS[first])
