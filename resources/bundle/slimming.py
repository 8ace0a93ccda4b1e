# SPDX-License-Identifier: MIT
"""Takes out of what PyInstaller collected whatever nobody uses.

An entry is what PyInstaller calls one: where a file goes in the bundle, where it comes from, and
its kind.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

Entry = tuple[str, str, str]

_SMALLEST_STRIPPED = 200_000
"""Bytes; below, nothing is won."""


def without(entries: Iterable[Entry], patterns: Sequence[str]) -> list[Entry]:
    """The entries of which none of the patterns names the place in the bundle."""
    return [entry for entry in entries if not _is_one_of(entry[0], patterns)]


def still_needed(
    entries: Sequence[Entry],
    roots: Sequence[Path],
    imports: Callable[[str], Iterable[str]],
    served: Sequence[str] = (),
) -> list[Entry]:
    """Without the system's libraries that nobody needs who was not taken out.

    Args:
        entries: libraries and modules.
        roots: where Python and its packages lie; what lies elsewhere is the system's.
        imports: the names of the libraries that a file needs, and of those that they need.
        served: patterns of plugins whose libraries every system has that they are of use on.
    """
    ours = [entry for entry in entries if _is_within(entry[1], roots)]
    asking = without(ours, served)
    wanted = {Path(name).name for entry in asking for name in imports(entry[1])}
    return [entry for entry in entries if entry in ours or Path(entry[0]).name in wanted]


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The same libraries without what only debuggers read; Linux only, elsewhere nothing is done.

    Libraries that wheels carry in a folder ``*.libs`` were moved about before, which ``strip`` does
    not always survive. They stay as they are.
    """
    tool = shutil.which("strip")
    if tool is None or not sys.platform.startswith("linux"):
        return list(entries)
    done: list[Entry] = []
    for place, source, kind in entries:
        copy = folder / place
        big = Path(source).is_file() and Path(source).stat().st_size >= _SMALLEST_STRIPPED
        if kind in ("BINARY", "EXTENSION") and big and ".libs/" not in place:
            copy.parent.mkdir(parents=True, exist_ok=True)
            command = [tool, "--strip-unneeded", "-o", str(copy), source]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                done.append((place, str(copy), kind))
                continue
        done.append((place, source, kind))
    return done


def _is_one_of(place: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(f"/{Path(place).as_posix()}", pattern) for pattern in patterns)


def _is_within(source: str, roots: Sequence[Path]) -> bool:
    return any(root in Path(source).parents for root in roots)
