# SPDX-License-Identifier: MIT
"""The contents of images in an export: in which files they lie, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import peewee

from models.errors import LogbookDamaged
from models.exchange.by_ids import ByIds
from models.exchange.steps import AT_ONCE, Steps
from models.images.picture import JPEG, PNG
from models.schema import Image, ImageContent
from models.speech import say

IMAGES = "images"
"""The sheet that tells of images."""

FOLDER = f"{IMAGES}/"
"""Before the names of files with their contents."""

SHA256 = "sha256"
"""The column of the sheet that names the content."""

_ENDINGS: Mapping[str, str] = {PNG: "png", JPEG: "jpg"}
_MB = 1_000_000


def file_name(sha256: str, media_type: str) -> str:
    """Where the content of an image lies in a zip."""
    return f"{FOLDER}{sha256}.{_ENDINGS.get(media_type, 'bin')}"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many images some cases have, of how many different contents, and how large these are."""

    images: int = 0
    contents: int = 0
    size: int = 0

    @property
    def counted(self) -> str:
        """For example "12 images"."""
        return say("1 image") if self.images == 1 else say("{images:,} images", images=self.images)

    @property
    def told(self) -> str:
        """For example "12 images, about 34 MB"."""
        about = (
            say("about {size:,.0f} MB", size=self.size / _MB)
            if self.size >= _MB
            else say("less than 1 MB")
        )
        return f"{self.counted}, {about}"


def amount_of(database: peewee.Database, case_ids: Sequence[str]) -> Amount:
    """What images these cases have; their contents are not read for that."""

    def query(ids: Sequence[str]) -> peewee.Query:
        found = Image.select(Image.content, peewee.fn.LENGTH(ImageContent.content))
        return found.join(ImageContent).where(Image._meta.fields["procedure"].in_(ids))

    at_once = max(1, min(len(case_ids), AT_ONCE))
    rows = ByIds(database, query, at_once).all(case_ids)
    sizes = {sha256: int(size or 0) for sha256, size in rows}
    return Amount(len(rows), len(sizes), sum(sizes.values()))


class Pictures:
    """The contents of the images of some cases, each once; one at a time is in memory."""

    def __init__(
        self,
        database: peewee.Database,
        case_ids: Sequence[str],
        steps: Steps,
        amount: Amount,
    ) -> None:
        self._database, self._case_ids, self._steps = database, case_ids, steps
        self.amount = amount

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name in the zip, and content, in the order of the cases.

        Raises:
            LogbookError: the export was stopped, or the logbook lacks a content.
        """
        seen: set[str] = set()
        for chunk in self._steps.through(self._case_ids):
            for sha256 in self._named_by(chunk):
                if sha256 not in seen:
                    seen.add(sha256)
                    self._steps.stop_if_cancelled()
                    yield self._file(sha256)

    def _named_by(self, case_ids: Sequence[str]) -> list[str]:
        query = Image.select(Image.procedure, Image.content).order_by(Image.position, Image.id)
        query = query.where(Image._meta.fields["procedure"].in_(case_ids))
        names: dict[str, list[str]] = {case_id: [] for case_id in case_ids}
        for case_id, sha256 in query.tuples().execute(self._database):
            names[case_id].append(str(sha256))
        return [sha256 for of_case in names.values() for sha256 in of_case]

    def _file(self, sha256: str) -> tuple[str, bytes]:
        query = ImageContent.select(ImageContent.media_type, ImageContent.content)
        rows = query.where(ImageContent.sha256 == sha256).tuples().execute(self._database)
        found = next(iter(rows), None)
        if found is None:
            raise LogbookDamaged(
                say("The logbook lacks the picture {sha256}.", sha256=sha256[:12]),
                say("Check the logbook, and restore the last backup if something is missing."),
            )
        return file_name(sha256, found[0]), bytes(found[1])
