# SPDX-License-Identifier: MIT
"""What is said of an image wherever it is shown: its title, and which stored content it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models.schema import Image
from models.vocabulary import ImagePhase, Level

_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class ImageEntry:
    """One image of a case, to show.

    Attributes:
        content: name of the stored content, its SHA-256.
        title: phase, level, kind and caption, as far as they are known.
    """

    content: str
    title: str
    phase: ImagePhase | None = None
    level: Level | None = None


def entries_of(images: Iterable[Image]) -> tuple[ImageEntry, ...]:
    """The images of a case, in their order."""
    return tuple(
        ImageEntry(str(row.content_id), title_of(row), row.phase, row.level) for row in images
    )


def title_of(image: Image) -> str:
    """What an image is called: "After · T12 · Fluoroscopy · caption"."""
    terms = (image.phase, image.level, image.kind)
    said = [term.label for term in terms if term is not None]
    if image.caption:
        said.append(image.caption)
    return _SEPARATOR.join(said) or QCoreApplication.translate("images", "Image")


def partner_of(entries: tuple[ImageEntry, ...], place: int) -> int:
    """The image that is compared with that at ``place``.

    Of the other side of the procedure if there is one, best of the same level; otherwise the next.
    """
    here = entries[place]
    others = [number for number in range(len(entries)) if number != place]
    if not others:
        return place

    def fit(number: int) -> tuple[bool, bool]:
        other = entries[number]
        return _is_after(other) != _is_after(here), other.level is here.level

    best = max(others, key=fit)
    return best if fit(best)[0] else (place + 1) % len(entries)


def _is_after(entry: ImageEntry) -> bool:
    return entry.phase is ImagePhase.AFTER
