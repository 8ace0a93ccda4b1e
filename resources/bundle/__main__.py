# SPDX-License-Identifier: MIT
"""``make bundle``: builds ``dist/kypholog/`` and an archive of it, for the system that it runs on.

Nothing is built for another system; Windows and macOS need a run of their own.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tarfile
from collections import Counter
from pathlib import Path

from models import VERSION
from resources.bundle import needs
from resources.bundle.icons import SIZES, draw, with_qt
from resources.bundle.parts import ROOT

HERE = Path(__file__).parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
FOLDER = DIST / "kypholog"
MOST_MB = 250
"""What the folder is to take on a disk, in millions of bytes. A fifth is two libraries of linear
algebra, one for numpy and one for scipy, with numbers of another width."""

_NAMED = 12
"""Parts that are named where it is more."""

_PACKAGE = 2
"""Names from the folder to that of a package, as in ``_internal/numpy``."""


def main() -> int:
    """Build it and tell the sizes; 1 where it is too large or misses a library, which is told."""
    icons = BUILD / "icons"
    with with_qt():
        draw(icons)
    _run_pyinstaller()
    made = FOLDER
    missed: list[str] = []
    if sys.platform.startswith("linux"):
        share(FOLDER, icons)
        (FOLDER / "README.txt").write_text(needs.note(FOLDER), encoding="utf-8")
        missed = needs.not_at_hand(FOLDER)
    elif sys.platform == "win32":
        shutil.copy(HERE / "install.cmd", FOLDER)
    elif sys.platform == "darwin":
        made = DIST / "Kypholog.app"
    archive = packed(made)
    size = size_of(made) / 1e6
    print(f"{made.relative_to(ROOT)}  {size:.1f} MB, at most {MOST_MB}")
    print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 1e6:.1f} MB")
    if missed:
        print(f"WARNING: neither the folder nor every system has {', '.join(missed)}.")
    if size > MOST_MB:
        print(f"WARNING: the folder is to be no more than {MOST_MB} MB. Most of it:")
        print(*(f"  {part / 1e6:5.1f} MB  {name}" for name, part in largest(made)), sep="\n")
    return int(bool(missed) or size > MOST_MB)


def share(folder: Path, icons: Path) -> None:
    """Lay beside the program what a desktop of Linux needs to know it, and what tells it so."""
    themes = folder / "share" / "icons" / "hicolor"
    for size in SIZES:
        place = themes / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(icons / f"kypholog-{size}.png", place / "kypholog.png")
    drawing = themes / "scalable" / "apps"
    drawing.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "kypholog.svg", drawing / "kypholog.svg")
    for name, kind in (("kypholog.desktop", "applications"), ("kypholog.xml", "mime/packages")):
        place = folder / "share" / kind
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / name, place / name)
    shutil.copy(HERE / "install.sh", folder)


def packed(folder: Path) -> Path:
    """An archive of the folder, of the kind that its system opens by itself."""
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    name = DIST / f"Kypholog-{VERSION}-{system}-{platform.machine().lower()}"
    if sys.platform == "win32":
        return Path(shutil.make_archive(str(name), "zip", folder.parent, folder.name))
    archive = name.with_name(f"{name.name}.tar.xz")
    with tarfile.open(archive, "w:xz", preset=2) as tar:
        tar.add(folder, folder.name)
    return archive


def size_of(folder: Path) -> int:
    """Bytes of all its files; a link counts nothing."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


def largest(folder: Path) -> list[tuple[str, int]]:
    """What takes most, by name, in bytes; what lies deeper is counted with the package it is of."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes["/".join(path.relative_to(folder).parts[:_PACKAGE])] += path.stat().st_size
    return sizes.most_common(_NAMED)


def _run_pyinstaller() -> None:
    from PyInstaller.__main__ import run

    # Where it keeps what it learns about libraries; not in the home of who builds.
    os.environ["PYINSTALLER_CONFIG_DIR"] = str(BUILD / "pyinstaller")
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "bundle")]
    run([*places, "--noconfirm", "--log-level", "WARN", str(HERE / "kypholog.spec")])


if __name__ == "__main__":
    raise SystemExit(main())
