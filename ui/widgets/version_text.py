# SPDX-License-Identifier: MIT
"""Versions of a case in words, for its history and for the pane beside the list."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from models.history import Deed, Version
from models.speech import shown_moment

NOTHING = "–"


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("history", text)


def moment(at: datetime) -> str:
    """Day and time as the clock on the wall shows them."""
    return shown_moment(at.astimezone())


def moment_utc(at: datetime) -> str:
    """The same in UTC, to the second."""
    return f"{shown_moment(at.astimezone(UTC), seconds=True)} UTC"


def deed(version: Version) -> str:
    """What was done."""
    return deed_in_words(version.deed)


def deed_in_words(done: Deed) -> str:
    """What can be done to a case."""
    words = {
        Deed.ENTERED: tr("Entered"),
        Deed.CHANGED: tr("Changed"),
        Deed.PATIENT: tr("Patient changed"),
        Deed.BINNED: tr("Moved to the bin"),
        Deed.UNBINNED: tr("Taken out of the bin"),
        Deed.BROUGHT_BACK: tr("Brought back"),
        Deed.MERGED: tr("Patients merged"),
        Deed.PARTED: tr("Merge of patients undone"),
        Deed.NAMES_REMOVED: tr("Names removed"),
        Deed.PLANNED: tr("Visit plan applied"),
        Deed.SIGNED_OFF: tr("Signed off"),
        Deed.UNLOCKED: tr("Unlocked"),
        Deed.AMENDED: tr("Amended"),
        Deed.GIVEN_UP: tr("Entered and not taken"),
    }
    return words[done]


def change_count(count: int) -> str:
    """How many changes."""
    return tr("1 change") if count == 1 else tr("{n} changes").format(n=count)


def what(version: Version) -> str:
    """What was done, and to how much."""
    if version.deed in WHOLE:
        return deed(version)
    if version.deed is Deed.CHANGED:
        return change_count(len(version.lines))
    return f"{deed(version)}, {change_count(len(version.lines))}"


WHOLE = (
    *(Deed.ENTERED, Deed.BINNED, Deed.UNBINNED, Deed.SIGNED_OFF, Deed.UNLOCKED, Deed.GIVEN_UP),
)
"""Deeds that need no word on what changed."""


def value(text: str) -> str:
    """A value, or a dash for none."""
    return text or NOTHING
