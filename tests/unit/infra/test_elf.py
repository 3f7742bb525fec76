import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from blis import cy as compiled

from infra import elf


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of a compiled module as its wheel brings it, symbols and all."""
    return Path(shutil.copy(compiled.__file__, tmp_path))


def test_a_cut_library_is_smaller_and_still_loads(library: Path) -> None:
    before = library.stat().st_size
    saved = elf.cut(library)
    assert saved > 0
    assert library.stat().st_size == before - saved
    load = f"import ctypes; ctypes.CDLL({str(library)!r}, mode={ctypes.RTLD_GLOBAL})"
    assert subprocess.run([sys.executable, "-c", load], check=False).returncode == 0


def test_cutting_again_changes_nothing(library: Path) -> None:
    elf.cut(library)
    once = library.read_bytes()
    assert elf.cut(library) == 0
    assert library.read_bytes() == once


def test_what_is_loaded_stays_byte_for_byte(library: Path) -> None:
    before = library.read_bytes()
    elf.cut(library)
    after = library.read_bytes()
    header = 64
    assert after[header:] == before[header : len(after)]


@pytest.mark.parametrize(
    "content", [b"", b"INPUT(libc.so.6)", b"\x7fELF\x01\x01 32-bit", b"\x7fELF\x02\x02 big-endian"]
)
def test_what_is_no_such_library_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.so"
    path.write_bytes(content)
    assert elf.cut(path) == 0
    assert path.read_bytes() == content
