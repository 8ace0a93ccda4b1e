# SPDX-License-Identifier: MIT
"""Takes out of what PyInstaller collected whatever nobody uses.

An entry is what PyInstaller calls one: where a file goes in the bundle, where it comes from, and
its kind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path, PurePosixPath

from resources.bundle.elf import without_symbols

Entry = tuple[str, str, str]

_SMALLEST_STRIPPED = 40_000
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
    """Without the libraries that nobody needs who was not taken out.

    Those are the system's, and those that wheels carry in a folder ``*.libs``.

    Args:
        entries: libraries and modules.
        roots: where Python and its packages lie; what lies elsewhere is the system's.
        imports: the names of the libraries that a file needs, and of those that they need.
        served: patterns of plugins whose libraries every system has that they are of use on.
    """
    ours = [entry for entry in entries if _is_within(entry[1], roots) and not _is_of_a_wheel(entry)]
    asking = without(ours, served)
    wanted = {Path(name).name for entry in asking for name in imports(entry[1])}
    return [entry for entry in entries if entry in ours or Path(entry[0]).name in wanted]


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The same libraries without what only debuggers read; Linux only, elsewhere nothing is done.

    Libraries that wheels carry in a folder ``*.libs`` were moved about before, which ``strip`` does
    not always survive: of them only what is never loaded is cut out. None is loaded to try it, as
    what a library does as it is loaded may fail for want of memory.
    """
    if not sys.platform.startswith("linux"):
        return list(entries)
    tool = shutil.which("strip")
    done: list[Entry] = []
    for place, source, kind in entries:
        copy = folder / place
        big = Path(source).is_file() and Path(source).stat().st_size >= _SMALLEST_STRIPPED
        if kind in ("BINARY", "EXTENSION") and big and _is_smaller(place, source, copy, tool):
            done.append((place, str(copy), kind))
        else:
            done.append((place, source, kind))
    return done


def once(entries: Sequence[Entry], same: Mapping[str, str], smallest: int = 10_000) -> list[Entry]:
    """With a link instead of each file that is there already.

    Args:
        entries: libraries and modules.
        same: patterns of places; what is at the first is served by what is at the second as well.
        smallest: in bytes; smaller files stay, whose like there may be for other reasons.
    """
    kept: list[Entry] = []
    places: dict[bytes, str] = {}
    for place, source, kind in sorted(entries, key=lambda entry: _is_one_of(entry[0], [*same])):
        other = next((to for at, to in same.items() if _is_one_of(place, [at])), None)
        file = Path(source)
        held = next((one for one, *_ in kept if other and _is_one_of(one, [other])), None)
        if held is None and kind == "BINARY" and file.is_file() and file.stat().st_size > smallest:
            held = places.setdefault(sha256(file.read_bytes()).digest(), place)
        if held is None or held == place:
            kept.append((place, source, kind))
        else:
            way = os.path.relpath(held, PurePosixPath(place).parent)
            kept.append((place, PurePosixPath(way).as_posix(), "SYMLINK"))
    return kept


def _is_smaller(place: str, source: str, copy: Path, tool: str | None) -> bool:
    """Whether a smaller copy of a library was made."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if _is_of_a_wheel((place, source, "")):
        copy.write_bytes(without_symbols(Path(source).read_bytes()))
        return True
    if tool is None:
        return False
    command = [tool, "--strip-unneeded", "-o", str(copy), source]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _is_of_a_wheel(entry: Entry) -> bool:
    return Path(entry[0]).parent.suffix == ".libs"


def _is_one_of(place: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(f"/{Path(place).as_posix()}", pattern) for pattern in patterns)


def _is_within(source: str, roots: Sequence[Path]) -> bool:
    return any(root in Path(source).parents for root in roots)
