# SPDX-License-Identifier: MIT
"""A zip that is written file by file, and knows length and SHA-256 of each."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, BinaryIO, TextIO

from models.exchange.files import as_text


@dataclass(frozen=True, slots=True)
class Written:
    """A file in the zip.

    Attributes:
        name: its path there.
        length: in bytes.
        sha256: of its content, in hexadecimal digits.
        lines: how many line ends there are in it, those in quotes too; 0 of pictures.
    """

    name: str
    length: int
    sha256: str
    lines: int = 0


class Archive:
    """Writes a zip without keeping any of it in memory.

    Attributes:
        written: the files so far, in their order.
    """

    def __init__(self, file: BinaryIO, made_at: datetime) -> None:
        self.written: list[Written] = []
        self._moment = made_at.timetuple()[:6]
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *what: object) -> None:
        # The table of contents alone; after an error the whole file goes.
        self._zip.close()

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """A text file in the zip, to be written to (UTF-8, lines as they are written)."""
        with self._zip.open(self._entry(name), "w", force_zip64=True) as file:
            measured = _Measured(file)
            with as_text(measured) as text:
                yield text
        digest = measured.digest.hexdigest()
        self.written.append(Written(name, measured.length, digest, measured.lines))

    def add(self, name: str, content: str) -> None:
        """A text file in the zip, whole."""
        with self.text(name) as file:
            file.write(content)

    def add_packed(self, name: str, content: bytes) -> None:
        """A file of bytes that are packed already, such as a picture."""
        self._zip.writestr(self._entry(name, zipfile.ZIP_STORED), content)
        self.written.append(Written(name, len(content), hashlib.sha256(content).hexdigest()))

    def _entry(self, name: str, packed_by: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
        # The earliest moment that a zip can tell is 1980.
        info = zipfile.ZipInfo(name, max(self._moment, (1980, 1, 1, 0, 0, 0)))
        info.compress_type = packed_by
        info.external_attr = 0o644 << 16
        return info


class _Measured(io.RawIOBase):
    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.length = 0
        self.lines = 0
        self.digest = hashlib.sha256()
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.digest.update(data)
        self.length += len(data)
        self.lines += data.count(b"\n")
        return self._file.write(data)
