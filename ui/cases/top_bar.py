# SPDX-License-Identifier: MIT
"""The bar above the list: what is asked for, how much was found, export and new case."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from models.logbook import Logbook
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.key_words import native
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind


class TopBar(QFrame):
    """What the list is looked through with, and what can be done with it.

    Signals:
        export_wanted, new_wanted: the buttons.

    Attributes:
        filters: what is asked for.
        export, new: the buttons.
    """

    export_wanted = Signal()
    new_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        shelf: FilterShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.filters = FilterBar(jobs, theme, events, shelf, parent=self, chips_later=True)
        self.export = QPushButton(self.tr("Export…"), self)
        self.new = QPushButton(self._new_text(), self)
        self.new.setAccessibleName(self.tr("New case"))
        guard(self.new, "new_case")
        self.filters.add_to_end(self.export, self.new)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filters)
        set_kind(self, "toolbar")
        set_kind(self.new, "primary")
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit())
        self.new.clicked.connect(lambda _checked=False: self.new_wanted.emit())
        keep(theme, layout.setContentsMargins, 16, 10, 16, 8)

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Ask for nothing in this logbook; without one there is nothing to press."""
        self.filters.set_logbook(logbook)

    def _new_text(self) -> str:
        return f"{self.tr('New case')}  {native(QKeySequence.StandardKey.New)}"
