# SPDX-License-Identifier: MIT
"""The bundle on a system that has no more than its ``README.txt`` asks for.

The machine that builds it has every library that it may have forgotten. So it runs again in a root
of its own, with glibc, the named libraries and what those stand on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resources.bundle.needs import C_LIBRARY, FOR_ALL, FOR_WINDOWS
from tests.bundle.tasks import TOUR, Task

_ENTER = (
    *("/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c"),
    'mount --bind /dev/null "$0/dev/null" && exec chroot "$0" "$@"',
)
_TOOLS = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
_PLACE = re.compile(r"(/\S+) \(0x")


def why_not() -> str | None:
    """Why there can be no such root here, or None."""
    if not sys.platform.startswith("linux"):
        return "a root of its own is for Linux"
    tried = [*_ENTER[:3], "/bin/true"]
    try:
        done = subprocess.run(tried, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return done.stderr.strip() if done.returncode else None


@contextmanager
def bare_root(folder: Path) -> Iterator[list[str]]:
    """What starts the program of the bundle's folder in a root of its own."""
    # Beside the folder, so that its files need not be copied.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="bare-") as name:
        root = Path(name)
        for made in ("dev", "tmp", "opt"):
            (root / made).mkdir()
        (root / "dev" / "null").touch()
        shutil.copytree(folder, root / "opt" / "kypholog", symlinks=True, copy_function=os.link)
        for library in _libraries():
            place = root / library.relative_to("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, place)
        yield [*_ENTER, name, "/opt/kypholog/kypholog"]


def bare_tasks() -> Iterator[Task]:
    """What needs every kind of library: of Python, of its own processes, of Qt, of figures."""
    book = ("--logbook", "/tmp/Bare.kypholog")
    yield Task("bare, sample", [*book, "sample", "--cases", "20"])
    yield Task("bare, verify", [*book, "verify"], lambda said: b"as Kypholog wrote it" in said)
    yield Task("bare, outcomes", [*book, "outcomes", "--json"])
    file = "/tmp/cases.xlsx"
    yield Task("bare, export", [*book, "export", "--profile", "xlsx", "--out", file])
    yield Task(
        "bare, import", [*book, "import", file, "--dry-run"], lambda said: b"20 same" in said
    )
    yield Task("bare, report", [*book, "report", "case-series", "--out", "/tmp/series.pdf"])
    yield Task("bare, all pages", [*TOUR, book[1], "all"], lambda said: b" parts" in said)


def _libraries() -> set[Path]:
    """The files of all that the bundle asks for, and of what those ask for."""
    cache = _said("/sbin/ldconfig", "-p")
    named = C_LIBRARY | {library.soname for library in (*FOR_ALL, *FOR_WINDOWS)}
    found = dict(re.findall(r"^\s(\S+) \([^)]*x86-64[^)]*\) => (/\S+)", cache, re.MULTILINE))
    files = {found[soname] for soname in named if soname in found}
    return {Path(file) for file in files | {*_PLACE.findall(_said("/usr/bin/ldd", *files))}}


def _said(*command: str) -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, env=_TOOLS, capture_output=True, text=True, check=True
    )
    return done.stdout
