# SPDX-License-Identifier: MIT
"""The bar above the list: search as you type, how much was found, export and new case."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind

_SEARCH_WIDTH, _SEARCH_LEAST = 270, 110
_PAUSE_MS = 120


class SearchBox(QLineEdit):
    """Esc clears it; Down and Enter lead into the list.

    Signals:
        left: the user wants to go on in the list.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """What the list is looked through with, and what can be done with it.

    Signals:
        searched: the text that the list is to be searched for, once the typing pauses.
        left: the user wants to go on in the list.
        export_wanted, new_wanted: the buttons.
    """

    searched = Signal(str)
    left = Signal()
    export_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchBox(self)
        self.export = QPushButton(self.tr("Export…"), self)
        self.new = QPushButton(self._new_text(), self)
        self._found = QLabel(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self.search, 100)
        self._layout.addWidget(self._found)
        self._layout.addStretch(1)
        self._layout.addWidget(self.export)
        self._layout.addWidget(self.new)
        set_kind(self, "toolbar")
        set_kind(self._found, "muted")
        set_kind(self.new, "primary")
        self.search.setPlaceholderText(self.tr("Search patient, level, operator, notes"))
        self.search.setAccessibleName(self.tr("Search cases"))
        self.search.textChanged.connect(lambda text: self._pause.start())
        self.search.left.connect(self._leave)
        self._pause.timeout.connect(self.search_now)
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit())
        self.new.clicked.connect(lambda _checked=False: self.new_wanted.emit())
        self.search.setToolTip(self.search.placeholderText())
        keep(theme, self.search.setMinimumWidth, _SEARCH_LEAST)
        keep(theme, self.search.setMaximumWidth, _SEARCH_WIDTH)
        keep(theme, self._layout.setContentsMargins, 16, 10, 16, 10)
        keep(theme, self._layout.setSpacing, 8)

    def reset(self, *, enabled: bool) -> None:
        """Begin without a search; without a logbook there is nothing to press."""
        self._pause.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        for control in (self.search, self.export, self.new):
            control.setEnabled(enabled)
        self.show_found(None)

    def show_found(self, count: int | None) -> None:
        """Say how many cases were found; None for a list that leaves nothing out."""
        text = "" if count is None else self.tr("{n} cases").format(n=f"{count:,}")
        self._found.setText(self.tr("1 case") if count == 1 else text)

    def search_now(self) -> None:
        """Do not wait for a pause in the typing."""
        self._pause.stop()
        self.searched.emit(self.search.text())

    def take_typed(self, text: str) -> None:
        """Go on typing in the search what was begun elsewhere."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)

    def _leave(self) -> None:
        self.search_now()
        self.left.emit()

    def _new_text(self) -> str:
        key = QKeySequence(QKeySequence.StandardKey.New)
        return f"{self.tr('New case')}  {key.toString(QKeySequence.SequenceFormat.NativeText)}"
