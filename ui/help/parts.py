# SPDX-License-Identifier: MIT
"""What the program is made of, under which licenses: read from what is installed, without a window.

The bundle carries the same records of its packages, and the licenses of the system's libraries
that were packed with it, so that the same code reads both.
"""

from __future__ import annotations

import platform
import re
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from models import VERSION
from ui.theme import RESOURCES

PACKAGES = (
    "PySide6-Essentials",
    "peewee",
    "sqlcipher3",
    "argon2-cffi",
    "cryptography",
    "numpy",
    "scipy",
    "matplotlib",
    "pillow",
    "pydicom",
    "python-gdcm",
    "platformdirs",
    "XlsxWriter",
    "python-calamine",
    "charset-normalizer",
)
"""What ``pyproject.toml`` asks for."""

SERVER_PACKAGES = ("psycopg", "psycopg-binary")
"""What the extra ``postgres`` asks for; a part only where it is installed."""

LICENSES = RESOURCES / "licenses"
"""Texts that no package brings: the GNU licenses and, in the bundle, Python's and the system's."""

_NAME = re.compile(r"[\w.-]+")
_LICENSE_FILE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_SECTION = re.compile(r"^#+ +license\n(.*?)(?=^#+ |\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_KNOWN_BY_WORDS = {
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy",
    "Zlib": "Altered source versions must be plainly marked as such",
}
_LONGEST_NAME = 60
_GNU = ("LGPL-3.0", "GPL-3.0")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the program.

    Attributes:
        license: its short name, such as MIT; empty where only the text says it.
        text: the license in full, as it came with the part.
    """

    name: str
    version: str
    license: str
    text: str


def parts() -> list[Part]:
    """Everything that runs here, the program itself first. Reads many small files.

    Raises:
        OSError: a license that should be there cannot be read.
    """
    own = Part("Kypholog", VERSION, "MIT", _read(RESOURCES.parent / "LICENSE"))
    return [own, *_not_packages(), *(_of(found) for found in packages()), *_of_the_system()]


def packages() -> list[Distribution]:
    """The Python packages that are installed for the program, with those that they need in turn."""
    found: dict[str, Distribution] = {}
    waiting = [*SERVER_PACKAGES, *PACKAGES]
    while waiting:
        name = waiting.pop()
        try:
            one = distribution(name)
        except PackageNotFoundError:
            # Not needed on this system, or an extra that was not asked for.
            continue
        if one.name.lower() not in found:
            found[one.name.lower()] = one
            waiting += _needed_by(one)
    return [found[name] for name in sorted(found)]


def _needed_by(one: Distribution) -> Iterator[str]:
    for requirement in one.requires or ():
        name = _NAME.match(requirement)
        if name and "extra ==" not in requirement:
            yield name[0]


def _of(one: Distribution) -> Part:
    files = [
        Path(str(file.locate()))
        for file in one.files or ()
        if _LICENSE_FILE.search(_below_its_record(file.parts))
    ]
    said = _SECTION.search(one.read_text("METADATA") or "")
    text = "\n\n".join([*([said[1].strip()] if said else []), *map(_read, files)])
    license_name = _license_of(one, text)
    if not files and "GPL" in license_name:
        text = _gnu_texts()
    return Part(one.name, one.version, license_name, text)


def _below_its_record(path: tuple[str, ...]) -> str:
    """The path within the package's record, empty for a file of the package itself."""
    return "/".join(path[1:]) if path[0].endswith(".dist-info") else ""


def _license_of(one: Distribution, text: str) -> str:
    told = one.metadata.get_all("License-Expression") or one.metadata.get_all("License") or [""]
    if told[0] and len(told[0]) <= _LONGEST_NAME:
        return told[0]
    kinds = one.metadata.get_all("Classifier") or []
    named = [kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License ::")]
    if named:
        return ", ".join(named)
    plain = " ".join(text.split())
    return next((name for name, words in _KNOWN_BY_WORDS.items() if words in plain), "")


def _not_packages() -> Iterable[Part]:
    from PySide6.QtCore import qVersion
    from sqlcipher3 import dbapi2

    python = LICENSES / "Python.txt"
    if not python.exists():
        python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    text = _read(python) if python.exists() else "https://docs.python.org/3/license.html"
    yield Part("Python", platform.python_version(), "PSF-2.0", text)
    yield Part("Qt", qVersion(), "LGPL-3.0-only", _gnu_texts())
    yield Part("Inter", "", "OFL-1.1", _read(RESOURCES / "fonts" / "OFL.txt"))
    # Both are compiled into sqlcipher3, which says nothing of them.
    yield Part(
        "SQLite", dbapi2.sqlite_version, "public domain", "https://sqlite.org/copyright.html"
    )
    yield Part("SQLCipher", _cipher(), "BSD-3-Clause", _read(LICENSES / "SQLCipher.txt"))
    yield _openssl()


def _openssl() -> Part:
    """The one in ``cryptography``; sqlcipher3 has another of its own and does not tell which."""
    from cryptography.hazmat.backends.openssl import backend

    text = _of(distribution("cryptography")).text
    version = backend.openssl_version_text().removeprefix("OpenSSL ").partition(" ")[0]
    return Part("OpenSSL", version, "Apache-2.0", text)


def _cipher() -> str:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    told = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    return str(told[0]) if told else ""


def _of_the_system() -> Iterable[Part]:
    """Libraries of the machine that the bundle was made on, as that machine names them."""
    for file in sorted((LICENSES / "system").glob("*.txt")):
        name, _, version = file.stem.partition("_")
        yield Part(name, version, "", _read(file))


def _gnu_texts() -> str:
    return "\n\n".join(_read(LICENSES / f"{name}.txt") for name in _GNU)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
