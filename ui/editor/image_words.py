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
    pictures: Sequence[Picture],
    refused: Sequence[LogbookError],
    *,
    is_screenshot: bool = False,
    twice: int = 0,
) -> Said:
    """What to say of pictures that were just taken in, and of those that could not be.

    ``twice``: so many of them the case had already.
    """
    failed = _refused(refused)
    if not pictures:
        return Said(failed, "error")
    said = _taken(pictures, is_screenshot=is_screenshot, twice=twice)
    return Said(f"{failed} {said.text}", "error") if failed else said


def _refused(refused: Sequence[LogbookError]) -> str:
    """The first that was not taken, by its reason; the others stand beside the pictures."""
    if not refused:
        return ""
    more = _tr("And {n} more, see Images.").format(n=len(refused) - 1)
    said = _tr("Not added: {sentence}").format(sentence=str(refused[0]))
    return f"{said} {more}" if len(refused) > 1 else said


def said_of_removed(*, was_saved: bool) -> str:
    """What to say of an image that was just taken out of the case.

    ``was_saved``: a version of the case has it, so that it can be brought back.
    """
    if was_saved:
        return _tr(
            "The image was removed from the case. Its picture stays in the logbook for the "
            "history of the case, which can bring it back."
        )
    return _tr(
        "The image was removed. Its picture leaves the logbook too, a day later, where no case "
        "and no draft has it."
    )


def _taken(pictures: Sequence[Picture], *, is_screenshot: bool, twice: int) -> Said:
    count = len(pictures)
    added = _tr("1 image added.") if count == 1 else _tr("{n} images added.").format(n=count)
    removed = list(dict.fromkeys(what for picture in pictures for what in picture.removed))
    notes = [note for picture in pictures for note in picture.notes]
    if twice:
        notes.append(_had_already(twice, count))
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


def _had_already(twice: int, count: int) -> str:
    if count == 1:
        return _tr("This case has it already.")
    if twice == 1:
        return _tr("This case has 1 of them already.")
    return _tr("This case has {n} of them already.").format(n=twice)


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
