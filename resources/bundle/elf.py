# SPDX-License-Identifier: MIT
"""Takes the symbols for debuggers out of a library of Linux that ``strip`` does not survive.

``auditwheel`` moves the table of names of a library that it renames to the end of the file, and
``strip`` then lays the file out anew where it must not. Here nothing is moved in memory: what no
segment loads is cut out of the file, in whole pages, and with it the table of sections, which only
linkers and debuggers read.

The form is that of "ELF-64 Object File Format" (1998), Version 1.5.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

_MAGIC = b"\x7fELF\x02\x01"
"""Of 64 bits, lowest byte first."""

_HEADERS_AT, _HEADER_COUNT, _SECTIONS_AT, _SECTION_COUNTS = 32, 56, 40, 60
_HEADER = struct.Struct("<IIQQQQQQ")
_LOADED = 1


@dataclass(frozen=True, slots=True)
class _Segment:
    """A program header; ``start``, ``size`` and ``step`` are bytes of the file."""

    kind: int
    flags: int
    start: int
    address: int
    physical: int
    size: int
    in_memory: int
    step: int


def without_symbols(library: bytes) -> bytes:
    """The library without what is not loaded.

    Raises:
        ValueError: it is no library of 64 bits for Linux.
    """
    if not library.startswith(_MAGIC):
        raise ValueError("no library of 64 bits")
    (at,) = struct.unpack_from("<Q", library, _HEADERS_AT)
    (count,) = struct.unpack_from("<H", library, _HEADER_COUNT)
    segments = [
        _Segment(*_HEADER.unpack_from(library, at + number * _HEADER.size))
        for number in range(count)
    ]
    cuts, end = _unloaded(segments)
    made = bytearray(library[:end])
    moved = [replace(one, start=one.start - _before(one.start, cuts)) for one in segments]
    for number, one in enumerate(moved):
        values = (one.kind, one.flags, one.start, one.address, one.physical, one.size)
        _HEADER.pack_into(made, at + number * _HEADER.size, *values, one.in_memory, one.step)
    struct.pack_into("<Q", made, _HEADERS_AT, at - _before(at, cuts))
    struct.pack_into("<Q", made, _SECTIONS_AT, 0)
    struct.pack_into("<HH", made, _SECTION_COUNTS, 0, 0)
    for start, size in reversed(cuts):
        del made[start : start + size]
    return bytes(made)


def _unloaded(segments: list[_Segment]) -> tuple[list[tuple[int, int]], int]:
    """Starts and sizes of what can be cut, and where the last segment ends."""
    # A segment lies in the file as it lies in a page of memory.
    step = max(one.step for one in segments if one.kind == _LOADED)
    cuts: list[tuple[int, int]] = []
    end = 0
    for one in sorted((one for one in segments if one.size), key=lambda one: one.start):
        size = (one.start - end) // step * step
        if size > 0:
            cuts.append((end, size))
        end = max(end, one.start + one.size)
    return cuts, end


def _before(place: int, cuts: list[tuple[int, int]]) -> int:
    """How many bytes are cut before a place."""
    return sum(size for start, size in cuts if start < place)
