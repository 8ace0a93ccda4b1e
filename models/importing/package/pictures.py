# SPDX-License-Identifier: MIT
"""The pictures in a package: read one at a time, checked like those that a person adds."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import peewee

from models.case import Case
from models.exchange.pictures import FOLDER, IMAGES, SHA256
from models.images import store
from models.images.picture import NoMemory, NotAPicture, Picture
from models.importing.package.archive import CheckedArchive
from models.importing.problems import Problem
from models.importing.records import Told
from models.logbook import Logbook
from models.schema import ImageContent
from models.speech import say

if TYPE_CHECKING:
    # Loads numpy and Pillow, which a package without pictures does without.
    from models.images.reading import Read

_MOST_KEPT = 1_000
"""Thumbnails that are kept from the preview to the writing, some 10 kB each."""


class Pictures:
    """The pictures of a zip of ours.

    A picture comes in byte for byte as it is, because its checksum is its name. What the logbook
    has already is neither read nor stored again. Which pictures it has is asked when cases are
    checked, so write in the transaction in which they are.
    """

    def __init__(self, archive: CheckedArchive) -> None:
        self._zip = archive
        self._names = {
            PurePosixPath(name).stem: name
            for name in archive.manifest.files
            if name.startswith(FOLDER)
        }
        self._opened: zipfile.ZipFile | None = None
        self._held: set[str] = set()
        self._refusals: dict[str, str] = {}
        self._thumbnails: dict[str, tuple[str, bytes]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def refusing_bad(self, database: peewee.Database, told: Iterator[Told]) -> Iterator[Told]:
        """The same cases; one with a picture that cannot be taken gets a problem."""
        names = ImageContent.select(ImageContent.sha256).tuples().execute(database)
        self._held = {str(sha256) for (sha256,) in names}
        with self._zip.reading() as archive:
            self._opened = archive
            try:
                for cells, case in told:
                    if not cells.problems:
                        cells.problems += self._problems(cells.rows[0].number, case)
                    yield cells, case
            finally:
                self._opened = None

    def _problems(self, number: int, case: Case) -> Iterator[Problem]:
        for row in case.images:
            own = str(row.content_id)
            if why := self._refusal(own):
                yield Problem(
                    number, say("{sha256} of {images}.csv", sha256=SHA256, images=IMAGES), own, why
                )

    def store(self, logbook: Logbook, case: Case) -> None:
        """Store the pictures of a case that was checked and that the logbook does not have.

        Raises:
            LogbookError: one cannot be read any more.
            CannotWrite, LogbookBusy: as their names say.
        """
        for row in case.images:
            own = str(row.content_id)
            if own not in self._held:
                store.put(logbook, self._kept(own))
                self._held.add(own)

    def _refusal(self, sha256: str) -> str:
        """Why a picture cannot be taken, in a sentence; "" where it can."""
        if sha256 in self._held:
            return ""
        if sha256 not in self._refusals:
            try:
                self._read(sha256)
            except NoMemory:
                # That says nothing of the picture.
                raise
            except NotAPicture as error:
                self._refusals[sha256] = str(error)
            else:
                self._refusals[sha256] = ""
        return self._refusals[sha256]

    def _kept(self, sha256: str) -> Read:
        """As ``_read``, with what was made of the picture before."""
        from models.images.reading import Read

        if sha256 not in self._thumbnails:
            return self._read(sha256)
        media_type, thumbnail = self._thumbnails[sha256]
        return Read(Picture(media_type, self._content(sha256)), thumbnail)

    def _read(self, sha256: str) -> Read:
        from models.images.reading import read_kept

        found = read_kept(self._name_of(sha256), self._content(sha256))
        self._thumbnails[sha256] = found.picture.media_type, found.thumbnail
        if len(self._thumbnails) > _MOST_KEPT:
            del self._thumbnails[next(iter(self._thumbnails))]
        return found

    def _content(self, sha256: str) -> bytes:
        name = self._names.get(sha256)
        cure = say("Export the cases anew, or copy the package again.")
        if name is None or self._opened is None:
            raise NotAPicture(
                say("The package has no picture {name_of}.", name_of=self._name_of(sha256)), cure
            )
        content = self._zip.content_in(self._opened, name)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise NotAPicture(
                say("{name_of} is not as it was written.", name_of=self._name_of(sha256)), cure
            )
        return content

    def _name_of(self, sha256: str) -> str:
        """Short enough for a line."""
        return f"{FOLDER}{sha256[:12]}…"
