# SPDX-License-Identifier: MIT
"""What the user is told after pictures were taken in: what was removed, and what to look out for.

Kinds of information are named, never a value. A file that was not taken in is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from models.errors import LogbookError
    from models.images.picture import Picture


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences for the notice bar, and how it is to look."""

    text: str
    state: str = ""


def said_of(
    pictures: Sequence[Picture], refused: Sequence[LogbookError], *, is_screenshot: bool = False
) -> Said:
    """What to say of pictures that were just taken in, and of those that could not be."""
    failed = _refused(refused)
    if not pictures:
        return Said(failed, "error")
    said = _taken(pictures, is_screenshot=is_screenshot)
    return Said(f"{failed} {said.text}", "error") if failed else said


def _refused(refused: Sequence[LogbookError]) -> str:
    """The first that was not taken, by its reason; the others stand beside the pictures."""
    if not refused:
        return ""
    more = _tr("And {n} more, see Images.").format(n=len(refused) - 1)
    said = _tr("Not added: {sentence}").format(sentence=str(refused[0]))
    return f"{said} {more}" if len(refused) > 1 else said


def _taken(pictures: Sequence[Picture], *, is_screenshot: bool) -> Said:
    count = len(pictures)
    added = _tr("1 image added.") if count == 1 else _tr("{n} images added.").format(n=count)
    removed = list(dict.fromkeys(what for picture in pictures for what in picture.removed))
    notes = [note for picture in pictures for note in picture.notes]
    if is_screenshot:
        notes.append(_tr("A screenshot can show a name: look at it before you save."))
    sentences = [added]
    if removed:
        sentences.append(_tr("Removed on the way in: {kinds}.").format(kinds=", ".join(removed)))
    else:
        sentences.append(_tr("There was nothing beside the picture to remove."))
    kinds = dict.fromkeys(picture.kind.label for picture in pictures if picture.kind)
    if kinds:
        sentences.append(_tr("Proposed as kind: {kinds}.").format(kinds=", ".join(kinds)))
    return Said(" ".join((*sentences, *notes)), "warning" if notes else "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
