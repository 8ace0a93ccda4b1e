# SPDX-License-Identifier: MIT
"""What is saved with every score besides the score: the day, and how the patients are asked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QWidget

from models.speech import shown_day
from models.vocabulary import AssessmentMode
from ui.followup.hint_line import HintLine
from ui.followup.words import tr
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import FOLLOW_UP, below, set_topic

_LEAVE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class AskedLine(QFrame):
    """One line below the list: the day, a choice, and the keys of the page.

    Attributes:
        mode_box: the choice.
        hint: the keys.

    Signals:
        mode_chosen: (AssessmentMode, or None) the user chose how the patients are asked.
        left: the choice is made, by Enter or Escape.
    """

    mode_chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_topic(self, below(FOLLOW_UP, "Taking scores"))
        self._day = QLabel(self)
        set_kind(self._day, "small")
        self.mode_box = _ModeBox(self)
        self.mode_box.setAccessibleName(tr("How the patients are asked"))
        self.mode_box.setToolTip(
            tr("Saved with every score as “Asked”, until you choose otherwise.")
        )
        for mode in (*AssessmentMode, None):
            self.mode_box.addItem(mode.label if mode is not None else tr("Not stated"), mode)
        self.mode_box.activated.connect(lambda _place: self.mode_chosen.emit(self.mode))
        self.mode_box.left.connect(self.left)
        self._day.setBuddy(self.mode_box)
        self._keys = hint
        self.hint = HintLine(theme, hint, self)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 16, 4, 16, 4)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self._day)
        layout.addWidget(self.mode_box)
        layout.addWidget(self.hint, 1)

    @property
    def mode(self) -> AssessmentMode | None:
        """How the patients are asked; None where nobody says."""
        found = self.mode_box.currentData()
        return AssessmentMode(found) if found is not None else None

    @property
    def told(self) -> str:
        """The whole line but for the keys."""
        return f"{self._day.text()} {self.mode_box.currentText()}"

    def show_mode(self, mode: AssessmentMode | None) -> None:
        """Show how the patients are asked, without telling so."""
        self.mode_box.setCurrentIndex([*AssessmentMode, None].index(mode))

    def allow(self, reason: str) -> None:
        """Say instead of the keys why nothing can be entered; nothing for ""."""
        self.mode_box.setEnabled(not reason)
        self.hint.say(reason or self._keys)

    def show_day(self, day: date) -> None:
        """Show the day that scores are saved with."""
        self._day.setText(tr("Asked on {day}:").format(day=shown_day(day)))


class _ModeBox(QComboBox):
    """A choice that the wheel does not change while somebody scrolls past.

    Signals:
        left: Enter or Escape was pressed while the list is closed.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVE and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
