# SPDX-License-Identifier: MIT
"""A zip of ours, opened with suspicion: nothing is unpacked, and nothing is read without end."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from models.disk import opened
from models.exchange.linked import PATIENTS
from models.exchange.manifest import FORM, MANIFEST, MARK
from models.exchange.pictures import FOLDER
from models.images import picture
from models.importing.recognizing import UnreadableTable
from models.speech import say
from models.typed import quoted

MOST_FILES = 200
MOST_BYTES = 2 << 30
"""Of all files in a zip but pictures, unpacked; a package of 100,000 cases has a quarter of it."""

MOST_PICTURES = 100_000
MOST_BYTES_OF_PICTURES = 64 << 30
"""Of all pictures in a zip, unpacked. Each is read by itself, and none is larger than what a person
can add."""

_MOST_OF_MANIFEST = 32 << 20
"""What it has to say of so many pictures, and half as much again."""
_LONGEST_LINE = 1 << 22
_BLOCK = 1 << 20
_ENCRYPTED = 1
_PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SIGNATURE, _NAME_AT = b"PK\x03\x04", 30
_FIRST = f"{PATIENTS}.csv".encode()
_HEAD = _NAME_AT + len(_FIRST)
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(NotImplementedError, UnicodeDecodeError),
)
"""What the library raises of zips that are none any more; a name may be no text."""

_ANEW = say("Export the cases anew, or copy the file again.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a zip of ours says of itself; see ``models.exchange.manifest``."""

    written_by: str
    profile: str
    shape: str
    persons: str
    dates: str
    cases: int
    files: Mapping[str, str]
    """The checksum of each file by its name."""


def is_zip_of_tables(file: Path) -> bool:
    """Whether the file is a zip of tables of text, which no workbook is, or one of ours.

    One whose table of contents is lost counts where it begins as ours do.
    """
    try:
        with opened(file) as stream:
            head = stream.read(_HEAD)
            if not head.startswith(_SIGNATURE):
                return False
            with zipfile.ZipFile(stream) as archive:
                return any(name == MANIFEST or name.endswith(".csv") for name in archive.namelist())
    except _BROKEN:
        return head[_NAME_AT:].startswith(_FIRST)
    except OSError:
        return False


class CheckedArchive:
    """A zip of ours whose files are as they were written.

    Raises:
        UnreadableTable: it is damaged, changed, written by a newer or by another program, or larger
            than can be; the sentence says which.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._state = self._state_now()
        with self._opened() as archive:
            self._refuse_odd(archive)
            self.manifest = self._read_manifest(archive)
            known = {*archive.namelist()}
            for name, wanted in self.manifest.files.items():
                # A picture is checked when it is read: only its own case can lack it.
                if not name.startswith(FOLDER):
                    self._check(archive, name, wanted, known)

    @contextmanager
    def reading(self) -> Iterator[zipfile.ZipFile]:
        """The zip, for ``rows_in``.

        Raises:
            UnreadableTable: it was changed since it was checked.
        """
        self._refuse_changed()
        with self._opened() as archive:
            yield archive

    def rows_in(self, archive: zipfile.ZipFile, name: str) -> Iterator[tuple[int, list[str]]]:
        """The heading and the rows of a CSV file, each with its number from 1.

        Raises:
            UnreadableTable: it is no CSV as we write it.
        """
        with archive.open(name) as opened:
            text = io.TextIOWrapper(opened, "utf-8", newline="")
            width = 0
            try:
                rows = csv.reader(self._lines(text, name), strict=True)
                for number, cells in enumerate(rows, start=1):
                    width = width or len(cells)
                    if len(cells) != width:
                        raise csv.Error(
                            say(
                                "row {number} has {n} cells, not {width}",
                                number=number,
                                n=len(cells),
                                width=width,
                            )
                        )
                    yield number, cells
            except (csv.Error, UnicodeDecodeError) as error:
                raise UnreadableTable(
                    f"{self.file.name}, {name}: {error}.", say("Export the cases anew.")
                ) from error

    def _lines(self, text: io.TextIOWrapper, name: str) -> Iterator[str]:
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                raise csv.Error(
                    say(
                        "a line of {name} is longer than {longest_line:,} characters",
                        name=name,
                        longest_line=_LONGEST_LINE,
                    )
                )
            yield line

    def content_in(self, archive: zipfile.ZipFile, name: str) -> bytes | None:
        """A picture, whole; None where it is damaged, or not there any more.

        Raises:
            UnreadableTable: the zip was changed since it was checked.
        """
        self._refuse_changed()
        try:
            with archive.open(name) as opened:
                return opened.read(picture.MOST_BYTES + 1)
        except (KeyError, *_BROKEN):
            return None

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.file) as archive:
                yield archive
        except OSError as error:
            why = (error.strerror or say("unknown reason")).lower()
            raise UnreadableTable(
                say("{file} cannot be read: {why}.", file=self.file.name, why=why),
                say("Choose another file."),
            ) from error
        except _BROKEN as error:
            raise UnreadableTable(
                say("{file} is a damaged zip.", file=self.file.name), _ANEW
            ) from error

    def _refuse_changed(self) -> None:
        if self._state_now() != self._state:
            raise UnreadableTable(
                say("{file} was changed while it was read.", file=self.file.name),
                say("Import it again."),
            )

    def _state_now(self) -> tuple[int, int]:
        try:
            found = self.file.stat()
        except OSError as error:
            why = (error.strerror or say("unknown reason")).lower()
            raise UnreadableTable(
                say("{file} cannot be read: {why}.", file=self.file.name, why=why),
                say("Choose another file."),
            ) from error
        return found.st_size, found.st_mtime_ns

    def _refuse_odd(self, archive: zipfile.ZipFile) -> None:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        pictures = [entry.file_size for entry in entries if entry.filename.startswith(FOLDER)]
        of_tables = sum(entry.file_size for entry in entries) - sum(pictures)
        told = ""
        if len(entries) - len(pictures) > MOST_FILES or len(pictures) > MOST_PICTURES:
            told = say("holds {n:,} files, more than any package has", n=len(entries))
        elif of_tables > MOST_BYTES:
            told = say("would unpack to more than {most_bytes} GB", most_bytes=MOST_BYTES >> 30)
        elif sum(pictures) > MOST_BYTES_OF_PICTURES:
            told = say(
                "holds pictures of more than {most_bytes_of_pictures} GB",
                most_bytes_of_pictures=MOST_BYTES_OF_PICTURES >> 30,
            )
        elif max(pictures, default=0) > picture.MOST_BYTES:
            told = say(
                "holds a picture of more than {most_bytes} MB", most_bytes=picture.MOST_BYTES >> 20
            )
        elif odd := next((name for name in names if _leads_away(name)), ""):
            told = say("names a file outside of itself, {odd}", odd=quoted(odd))
        elif len(set(names)) < len(names):
            told = say("holds two files of one name")
        elif any(entry.flag_bits & _ENCRYPTED for entry in entries):
            told = say("is locked by a password")
        elif any(entry.compress_type not in _PACKED_BY for entry in entries):
            told = say("is packed in a way that Kypholog never uses")
        if told:
            raise UnreadableTable(
                f"{self.file.name} {told}.", say("Choose a zip that Kypholog exported.")
            )

    def _read_manifest(self, archive: zipfile.ZipFile) -> Manifest:
        foreign = UnreadableTable(
            say("{file} is a zip that Kypholog did not write.", file=self.file.name),
            say("Unpack it, and import its tables one by one."),
        )
        if MANIFEST not in archive.namelist():
            raise foreign
        with archive.open(MANIFEST) as opened:
            content = opened.read(_MOST_OF_MANIFEST + 1)
        try:
            said = json.loads(content)
        except (ValueError, RecursionError):
            raise foreign from None
        if len(content) > _MOST_OF_MANIFEST or not isinstance(said, dict) or MARK not in said:
            raise foreign
        if said[MARK] != FORM:
            raise UnreadableTable(
                say("{file} was written by a newer version of Kypholog.", file=self.file.name),
                say("Update Kypholog on this computer, then import it again."),
            )
        manifest = _manifest_of(said)
        if manifest is None:
            raise UnreadableTable(
                say("{file}: its {manifest} was changed.", file=self.file.name, manifest=MANIFEST),
                _ANEW,
            )
        return manifest

    def _check(
        self, archive: zipfile.ZipFile, name: str, wanted: str, known: Collection[str]
    ) -> None:
        if name not in known:
            raise UnreadableTable(
                say("{file} has no {name} any more.", file=self.file.name, name=name), _ANEW
            )
        digest = hashlib.sha256()
        with archive.open(name) as opened:
            while block := opened.read(_BLOCK):
                digest.update(block)
        if digest.hexdigest() != wanted:
            raise UnreadableTable(
                say(
                    "{file}: {name} is not as it was written (its checksum is another).",
                    file=self.file.name,
                    name=name,
                ),
                _ANEW,
            )


def _leads_away(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def _manifest_of(said: Mapping[str, object]) -> Manifest | None:
    files, cases = said.get("files"), said.get("cases")
    if not isinstance(files, dict) or not isinstance(cases, int):
        return None
    sums = {str(name): _sum_in(own) for name, own in files.items()}
    names = ("written_by", "profile", "shape", "persons", "dates")
    written_by, profile, shape, persons, dates = (str(said.get(name)) for name in names)
    return Manifest(written_by, profile, shape, persons, dates, cases, sums)


def _sum_in(own: object) -> str:
    return str(own.get("sha256")) if isinstance(own, dict) else ""
