# SPDX-License-Identifier: MIT
"""Cuts down the tables of ICU that Qt for Linux brings along: 32 MB, a tenth of the bundle.

Qt asks ICU for four things: the order of words, code pages, the names of time zones, and large and
small letters. The tables also hold what languages, currencies and units are called in 200
languages, where lines of Thai break, and how Greek is spelled in Latin; Qt has its own tables for
dates and numbers. Where a table is missing, ICU takes that of all languages.

The form is that of "ICU data", The Unicode Consortium, ICU User Guide 73: a header, a list of
names and places in the order of the names, and the tables.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]

_LIBRARY = "libicudata.so."
"""How the library is called that holds nothing but the tables."""

_LANGUAGES = ("root", "en", "de", "es")
"""Those of the program, and what holds for all."""

_LARGEST_CODE_PAGE = 30_000
"""Bytes; the code pages of single bytes are below it, and those of Chinese and Japanese above."""

_UNASKED = frozenset(["brkitr", "curr", "lang", "rbnf", "region", "translit", "unit"])
_UNASKED_FILES = (".spp", ".cfu")
_UNASKED_NAMES = ("unames.icu", "coll/zh.res", "coll/ko.res", "coll/ja.res")
_OF_A_LANGUAGE = re.compile(r"[a-z]{2,3}(_\w+)?")
_NOT_A_LANGUAGE = ("root", "pool")

_ALIGNED = 16
_HEADER, _COUNT, _PLACE = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<II")


def smaller(entry: Entry, folder: Path) -> Entry:
    """An entry of PyInstaller; that of the tables with a smaller library, made in ``folder``."""
    place, source, kind = entry
    made = folder / Path(place).name
    if made.name.startswith(_LIBRARY) and write_reduced(Path(source), made):
        return place, str(made), kind
    return entry


def is_asked_for(name: str, size: int) -> bool:
    """Whether Qt may ask for a table, by its name below the package, such as ``coll/de.res``."""
    path = PurePosixPath(name)
    folder = path.parts[0] if len(path.parts) > 1 else ""
    if folder in _UNASKED or path.suffix in _UNASKED_FILES or name in _UNASKED_NAMES:
        return False
    if path.suffix == ".cnv":
        return size < _LARGEST_CODE_PAGE
    if folder == "coll" or path.suffix != ".res" or path.stem in _NOT_A_LANGUAGE:
        return True
    return not _OF_A_LANGUAGE.fullmatch(path.stem) or path.stem in _LANGUAGES


def reduced(tables: bytes) -> bytes:
    """The tables without those that nobody asks for.

    Raises:
        ValueError: these are no tables of ICU in the order of bytes of this machine.
    """
    start = _HEADER.unpack_from(tables)[0]
    if tables[12:16] != b"CmnD" or tables[8] != 0:
        raise ValueError("no tables of ICU")
    count = _COUNT.unpack_from(tables, start)[0]
    places = [_PLACE.unpack_from(tables, start + 4 + 8 * number) for number in range(count)]
    ends = [place for _, place in places[1:]] + [len(tables) - start]
    kept: list[tuple[bytes, bytes]] = []
    for (named, begin), end in zip(places, ends, strict=True):
        name = tables[start + named : tables.index(0, start + named)]
        if is_asked_for(name.decode().partition("/")[2], end - begin):
            kept.append((name, tables[start + begin : start + end]))
    return tables[:start] + _packed(kept)


def _packed(kept: list[tuple[bytes, bytes]]) -> bytes:
    names = b"".join(name + b"\0" for name, _ in kept)
    at_name = 4 + 8 * len(kept)
    at = at_name + len(names)
    at += -at % _ALIGNED
    head, body = [_COUNT.pack(len(kept))], []
    first = at
    for name, table in kept:
        head.append(_PLACE.pack(at_name, at))
        padded = table + bytes(-len(table) % _ALIGNED)
        body.append(padded)
        at_name += len(name) + 1
        at += len(padded)
    listed = b"".join([*head, names])
    return b"".join([listed, bytes(first - len(listed)), *body])


def write_reduced(library: Path, target: Path) -> bool:
    """Write a library with fewer tables beside those who ask for it by the same name.

    False where nothing was written, because the tools are missing or it holds something else.
    """
    readelf, assembler, linker = (shutil.which(name) for name in ("readelf", "as", "ld"))
    if readelf is None or assembler is None or linker is None:
        return False
    said = subprocess.run(
        [readelf, "--dyn-syms", "--wide", str(library)], capture_output=True, text=True, check=True
    ).stdout
    # The symbol lies at the same place in the file as in memory: it is in the first segment.
    found = re.search(r"([0-9a-f]+)\s+(0x[0-9a-f]+|\d+) OBJECT .* (icudt\d+_dat)\b", said)
    if found is None:
        return False
    begin, size, symbol = int(found[1], 16), int(found[2], 0), found[3]
    target.parent.mkdir(parents=True, exist_ok=True)
    tables, source, made = (target.with_suffix(end) for end in (".dat", ".s", ".o"))
    tables.write_bytes(reduced(library.read_bytes()[begin : begin + size]))
    # Nothing but the tables, under the name by which ICU asks for them.
    source.write_text(
        f".section .rodata\n.globl {symbol}\n.type {symbol}, %object\n.balign {_ALIGNED}\n"
        f'{symbol}: .incbin "{tables}"\n.size {symbol}, . - {symbol}\n'
        '.section .note.GNU-stack,"",%progbits\n',
        encoding="utf-8",
    )
    subprocess.run([assembler, "-o", str(made), str(source)], check=True)
    name = library.name
    subprocess.run([linker, "-shared", "-soname", name, "-o", str(target), str(made)], check=True)
    return True
