"""Cuts off what a Linux library carries for debuggers and linkers, which doubles the size of compiled packages.

The dynamic loader reads a library by its program headers alone. Sections that none of them covers (symbol tables,
debug information, the section headers) lie behind the last of them, and can go. Unlike ``strip`` this needs no tool
for the library's architecture, and leaves every byte that is loaded as it was.

Layout: System V ABI, chapter 4 (ELF header) and 5 (program headers), 64-bit, little-endian, as Lambda's machines have.
"""

import struct
from pathlib import Path

IDENT = b"\x7fELF\x02\x01"  # ELF, 64-bit, little-endian

# Of the ELF header: where program headers start, and the size and count of them; where section headers are told of.
PROGRAM_HEADERS_START = struct.Struct("<Q"), 32
PROGRAM_HEADERS_SIZE_COUNT = struct.Struct("<HH"), 54
SECTION_HEADERS_START = struct.Struct("<Q"), 40
SECTION_HEADERS_COUNT_NAMES = struct.Struct("<HH"), 60
# Of a program header: where its part of the file starts, and how long that is.
OFFSET = struct.Struct("<Q"), 8
FILE_SIZE = struct.Struct("<Q"), 32


def cut(path: Path) -> int:
    """Cut a library down to what is loaded; answers how many bytes went, 0 when it is no such library."""
    content = bytearray(path.read_bytes())
    if not content.startswith(IDENT):
        return 0
    start = _read(content, PROGRAM_HEADERS_START)[0]
    size, count = _read(content, PROGRAM_HEADERS_SIZE_COUNT)
    headers = range(start, start + size * count, size)
    ends = [_read(content, OFFSET, header)[0] + _read(content, FILE_SIZE, header)[0] for header in headers]
    loaded = max(start + size * count, *ends)
    cut_off = len(content) - loaded
    if cut_off <= 0:
        return 0
    _write(content, SECTION_HEADERS_START, 0)
    _write(content, SECTION_HEADERS_COUNT_NAMES, 0, 0)
    path.write_bytes(content[:loaded])
    return cut_off


def _read(content: bytearray, field: tuple[struct.Struct, int], base: int = 0) -> tuple[int, ...]:
    layout, offset = field
    return layout.unpack_from(content, base + offset)


def _write(content: bytearray, field: tuple[struct.Struct, int], *values: int) -> None:
    layout, offset = field
    layout.pack_into(content, offset, *values)
