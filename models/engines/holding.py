# SPDX-License-Identifier: MIT
"""Which program holds the lock of a database at the moment, where the system tells that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_LOCKS = Path("/proc/locks")
_WRITER = 120
"""The byte of the shared-memory file that a writer locks: ``WAL_WRITE_LOCK`` of SQLite's wal.c, at
``UNIX_SHM_BASE``, which is four times the 22 words of the index and 8 of the locks."""

_PENDING = 0x4000_0000
_SHARED_END = _PENDING + 2 + 510
"""The bytes of the database file itself that a program locks to have it alone."""


def holder_of(file: Path) -> int:
    """The process that keeps others from writing; 0 where nobody does or nobody can tell.

    The file is not opened for that: closing it would let go of the locks of this very process.
    """
    wanted: dict[int, tuple[int, int]] = {}
    for path, bytes_of in (
        (file.with_name(f"{file.name}-shm"), (_WRITER, _WRITER)),
        (file, (_PENDING, _SHARED_END)),
    ):
        with suppress(OSError):
            wanted[path.stat().st_ino] = bytes_of
    for process, inode, first, last in _locks():
        begin, end = wanted.get(inode, (0, -1))
        if begin <= end and first <= end and last >= begin:
            return process
    return 0


def _locks() -> Iterator[tuple[int, int, int, int]]:
    """Process, inode, and first and last byte of every lock for writing; not who waits for one."""
    with suppress(OSError, ValueError):
        for line in _LOCKS.read_text("ascii", "replace").splitlines():
            fields = line.split()
            if len(fields) == 8 and fields[1] == "POSIX" and fields[3] == "WRITE":
                last = (1 << 63) if fields[7] == "EOF" else int(fields[7])
                yield int(fields[4]), int(fields[5].split(":")[2]), int(fields[6]), last
