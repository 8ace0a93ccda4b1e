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
from pathlib import Path

from models import VERSION
from resources.bundle.icons import SIZES, draw, with_qt
from resources.bundle.parts import ROOT

HERE = Path(__file__).parent
BUILD, DIST = ROOT / "build", ROOT / "dist"
FOLDER = DIST / "kypholog"
MOST_MB = 250
"""What somebody has to fetch, in millions of bytes. Unpacked it is more: two libraries of linear
algebra, one for numpy and one for scipy, with numbers of another width, are 50 of it."""


def main() -> int:
    """Build it and tell the sizes; 1 where the archive is above what is allowed."""
    icons = BUILD / "icons"
    with with_qt():
        draw(icons)
    _run_pyinstaller()
    made = FOLDER
    if sys.platform.startswith("linux"):
        share(FOLDER, icons)
    elif sys.platform == "darwin":
        made = DIST / "Kypholog.app"
    archive = packed(made)
    size = archive.stat().st_size
    print(f"{made.relative_to(ROOT)}  {size_of(made) / 1e6:.0f} MB")
    print(f"{archive.relative_to(ROOT)}  {size / 1e6:.0f} MB, at most {MOST_MB}")
    return int(size > MOST_MB * 1e6)


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


def _run_pyinstaller() -> None:
    from PyInstaller.__main__ import run

    # Where it keeps what it learns about libraries; not in the home of who builds.
    os.environ["PYINSTALLER_CONFIG_DIR"] = str(BUILD / "pyinstaller")
    places = ["--distpath", str(DIST), "--workpath", str(BUILD / "bundle")]
    run([*places, "--noconfirm", "--log-level", "WARN", str(HERE / "kypholog.spec")])


if __name__ == "__main__":
    raise SystemExit(main())
