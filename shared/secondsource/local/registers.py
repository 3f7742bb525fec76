"""A register in a file on this machine: JSON Lines, one actor a line, as they are imported and exported."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from secondsource.errors import InvalidInput
from secondsource.local.memory import MemoryStore
from secondsource.model import Actor
from secondsource.services.register import Given, Imported, Register
from secondsource.web.actors import line_of, read_lines
from secondsource.wiring import SystemClock

TENANT = "local"
"""Whose register a file is."""


def load(path: Path, register: Register, entered_by: str, bad_line: Callable[[int, str], None]) -> Imported:
    """Put the actors of a file into a register; bad lines are told of and left out. Raises InvalidInput."""
    try:
        with path.open("rb") as lines:
            done = register.import_lines(TENANT, read_lines(lines), entered_by)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from None
    for failed in done.failed:
        bad_line(failed.line, failed.reason)
    return done


@contextmanager
def of_file(path: Path, entered_by: str, *, to_change: bool = False, may_be_new: bool = False) -> Iterator[Register]:
    """The register in a file.

    ``to_change``: the file is written anew, whole or not at all, when something in the register has changed, and who
    changes it waits for whoever else does. Raises InvalidInput for a file that cannot be read or written, or of which a
    line is bad: nothing is lost so.
    """
    clock = SystemClock()
    register = Register(MemoryStore(clock), clock)

    def refuse(line: int, reason: str) -> None:
        raise InvalidInput(f"{path}, line {line}: {reason}")

    with _alone(path) if to_change else nullcontext():
        if path.exists() or not may_be_new:
            load(path, register, entered_by, refuse)
        order = _ids(path)
        before = _actors(register)
        yield register
        after = _actors(register)
        if to_change and after != before:
            ids = [*(i for i in order if i in after), *(i for i in reversed(after) if i not in order)]
            _write(path, "".join(line_of(after[actor_id]) for actor_id in ids))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else changes a register of this folder meanwhile.

    The folder is locked, for the file is another one after each change. Where there are no locks, nobody is kept away.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    folder = None
    try:
        with suppress(OSError):
            folder = os.open(_target(path).parent, os.O_RDONLY)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        if folder is not None:
            os.close(folder)


def _target(path: Path) -> Path:
    """Where the file lies that a path leads to, over links too."""
    return Path(os.path.realpath(path))


def _ids(path: Path) -> list[str]:
    """The ids in the order of the file."""
    if not path.exists():
        return []
    with path.open("rb") as lines:
        return list(dict.fromkeys(line.actor_id for line in read_lines(lines) if isinstance(line.given, Given)))


def _actors(register: Register) -> dict[str, Actor]:
    return {actor.id: actor for actor in register.all(TENANT)}


def _write(path: Path, text: str) -> None:
    name, target = None, _target(path)
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=target.parent, delete=False) as out:
            name = out.name
            out.write(text)
        mode = target.stat().st_mode if target.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(name or "")
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from None
