# SPDX-License-Identifier: MIT
"""Finds the licenses of the system's libraries that the bundle takes along, on Debian's family.

Elsewhere the bundle takes none along, or their packages have to be named by hand.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

_TEXTS = Path("/usr/share/doc")


def write_licenses(libraries: Iterable[str], folder: Path) -> list[Path]:
    """Write ``PACKAGE_VERSION.txt`` for each package that one of the libraries belongs to.

    Args:
        libraries: files of the system.
        folder: made when it is not there; what an earlier run left in it goes.

    Raises:
        OSError: the folder cannot be written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tool = shutil.which("dpkg-query")
    if tool is None:
        return []
    written: list[Path] = []
    for package in sorted({name for file in libraries for name in _packages_of(tool, file)}):
        text = _TEXTS / package.partition(":")[0] / "copyright"
        if text.exists():
            version = _asked(tool, "-W", "-f", "${Version}", package)[0]
            file = folder / f"{package.partition(':')[0]}_{version.replace(':', '-')}.txt"
            shutil.copyfile(text, file)
            written.append(file)
    return written


def _packages_of(tool: str, file: str) -> list[str]:
    # A package names either the file, or the link under which it was found before /usr was merged.
    real = Path(file).resolve()
    for name in (real, Path("/", *real.parts[2:])):
        told = _asked(tool, "-S", str(name))
        if told:
            return [line.rpartition(": ")[0] for line in told]
    return []


def _asked(tool: str, *arguments: str) -> list[str]:
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []
