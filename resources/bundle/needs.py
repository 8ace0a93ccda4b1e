# SPDX-License-Identifier: MIT
"""What the program for Linux asks of the system that it is unpacked on, and the note that says so.

Everything else it brings along. A library that is neither in the folder nor named here would be
missed on a machine other than the one that built it, so ``make bundle`` ends with a complaint.
"""

from __future__ import annotations

import platform
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models import VERSION
from ui.preflight import SystemLibrary

C_LIBRARY = frozenset(
    f"{name}.so.{version}"
    for name, version in (
        *(("ld-linux-x86-64", 2), ("ld-linux-aarch64", 1), ("libc", 6), ("libm", 6)),
        *(("libdl", 2), ("libpthread", 0), ("librt", 1), ("libresolv", 2), ("libutil", 1)),
    )
)
"""The parts of glibc. It comes with the system and cannot be brought."""

FOR_ALL = (SystemLibrary("libz.so.1", "zlib1g", "zlib"),)
"""The program is linked with it before it can say where the one that it brings is."""

FOR_WINDOWS = (
    SystemLibrary("libEGL.so.1", "libegl1", "libglvnd-egl"),
    SystemLibrary("libGL.so.1", "libgl1", "libglvnd-glx"),
    SystemLibrary("libxcb.so.1", "libxcb1", "libxcb"),
)
"""They have to fit the graphics driver. Reports and figures are drawn with them as well."""

WHERE_USED = (
    "libwayland-client.so.0",
    "libwayland-cursor.so.0",
    "libwayland-egl.so.1",
    "libcups.so.2",
)
"""A desktop on Wayland and one that prints have them; elsewhere nothing asks for them."""

_NEEDED = re.compile(r"^ +NEEDED +(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")
_ELF = b"\x7fELF"

_NOTE = """\
Kypholog {version} for Linux, {machine}

  ./kypholog            opens the window
  ./kypholog --help     lists the commands
  ./install.sh          puts it into the menu of this user; --remove takes it out again

It needs no Python and no network. Of the system it needs

  glibc {glibc} or newer; `ldd --version` tells which one is there
  {sonames}

which every desktop has. On a server without one:

  sudo apt-get install {debian}
  sudo dnf install {fedora}

To take it off the machine: ./install.sh --remove, and delete this folder. Logbooks lie where you
have put them and stay, and so do the settings, in ~/.config/Kypholog.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What programs and libraries ask for.

    Attributes:
        libraries: by the names that they are looked for.
        glibc: the oldest version of glibc that has all of it.
    """

    libraries: frozenset[str]
    glibc: tuple[int, int]


def asked_by(files: Iterable[Path]) -> Asked:
    """What they ask for; files that are neither programs nor libraries ask for nothing.

    Raises:
        OSError: a file cannot be read, or there is no ``objdump``, which PyInstaller needs too.
    """
    command = ["objdump", "-p", *map(str, filter(_is_elf, files))]
    if len(command) == len(("objdump", "-p")):
        return Asked(frozenset(), (0, 0))
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    versions = [(int(major), int(minor)) for major, minor in _GLIBC.findall(said)]
    return Asked(frozenset(_NEEDED.findall(said)), max(versions, default=(0, 0)))


def not_at_hand(folder: Path) -> list[str]:
    """Libraries that something in the folder asks for and that neither it nor a system has."""
    files = list(folder.rglob("*"))
    has = {file.name for file in files} | C_LIBRARY | {*WHERE_USED}
    has |= {library.soname for library in (*FOR_ALL, *FOR_WINDOWS)}
    return sorted(asked_by(files).libraries - has)


def note(folder: Path) -> str:
    """The words of the ``README.txt`` that lies beside the program."""
    major, minor = asked_by(folder.rglob("*")).glibc
    needed = (*FOR_ALL, *FOR_WINDOWS)
    return _NOTE.format(
        version=VERSION,
        machine=platform.machine(),
        glibc=f"{major}.{minor}",
        sonames=", ".join(library.soname for library in needed),
        debian=" ".join(library.debian for library in needed),
        fedora=" ".join(library.fedora for library in needed),
    )


def _is_elf(file: Path) -> bool:
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(_ELF)) == _ELF
