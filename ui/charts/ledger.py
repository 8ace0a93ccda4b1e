# SPDX-License-Identifier: MIT
"""What leaves a page as a figure is written into the audit before it is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.logbook import Logbook
from models.printouts import CLIPBOARD, note_handed_on
from models.query import Filter
from ui.charts.kinds import FileKind

_FIGURE, _DATA, _CAPTION = "Figure", "Data of the figure", "Caption of the figure"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Notes for one page, as it is just now.

    A figure is named in English: one logbook reads the same to all who work with it, in whatever
    language.

    Attributes:
        logbook: whose cases are shown; None for none, and then there is nothing to note.
        asked: which of its cases.
    """

    logbook: Logbook | None
    asked: Filter

    def note_copy(self, named: str) -> None:
        """The figure goes to the clipboard. Call it in a job of the logbook, as the others."""
        self._note(f"{_FIGURE} {named}", CLIPBOARD)

    def note_caption(self, named: str) -> None:
        """The words below it go to the clipboard."""
        self._note(f"{_CAPTION} {named}", CLIPBOARD)

    def note_file(self, named: str, kind: FileKind, name: str) -> None:
        """The figure, or the data behind it, becomes a file of this name."""
        what = _DATA if kind.suffix == "csv" else _FIGURE
        self._note(f"{what} {named}", f"{kind.suffix.upper()} file {name}")

    def _note(self, what: str, where: str) -> None:
        if self.logbook is not None:
            note_handed_on(self.logbook, what, where, self.asked)


Whose = Callable[[], Ledger]
"""Tells what holds on a page at the moment."""
