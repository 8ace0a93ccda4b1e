# SPDX-License-Identifier: MIT
"""Asks when a patient died, because that closes every visit of the patient."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.followup.duelist import DueLine
from models.partial_date import PartialDate
from models.schema import Patient
from ui.followup import words
from ui.followup.calls import Death
from ui.measures import gap, give_room, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import FOLLOW_UP, below, explain
from ui.widgets.date_box import DayBox

_WIDTH = 440


class DeathDialog(QDialog):
    """One question.

    Attributes:
        day: as much of the date as is known.
        unknown: nobody knows it.
        accept_button: records it; enabled once there is a date, or none is known.
    """

    def __init__(self, theme: Theme, line: DueLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(FOLLOW_UP, "Taking scores"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Died"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        title = QLabel(
            self.tr("When did {patient} die?").format(patient=words.patient_of(line)), self
        )
        title.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(title, "heading")
        self._about = QLabel(self)
        self._about.setWordWrap(True)
        set_kind(self._about, "muted")
        self.day = DayBox(Patient.died_on, self)
        self.unknown = QCheckBox(self.tr("The date is not &known"), self)
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        set_kind(self._problem, "small")
        self._problem.setProperty("state", "error")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = QPushButton(self.tr("Record the death"), self)
        set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        guard(self.accept_button, "record_score")
        buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 20, 24, 20)
        keep(theme, layout.setSpacing, 8)
        for widget in (title, self._about, self.day, self._problem, self.unknown):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.day.input.installEventFilter(self)
        self.day.typed.connect(self._show)
        self.day.changed.connect(self._show)
        self.day.noticed.connect(self._show)
        self.unknown.toggled.connect(self._choose)
        self._show()
        give_room(self)
        self.day.input.setFocus()

    @property
    def death(self) -> Death:
        """What was answered."""
        value = self.day.value()
        known = isinstance(value, PartialDate) and not self.unknown.isChecked()
        return Death(value if known else None)  # type: ignore[arg-type]

    def accept(self) -> None:
        """Take what is typed first; a date that cannot be keeps the dialog open."""
        self.day.commit()
        self._show()
        if self.accept_button.isEnabled():
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and _is_enter(event):
            # In a form Enter goes on to the next box; here there is nothing else to answer.
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def _choose(self, is_unknown: bool) -> None:
        self.day.setEnabled(not is_unknown)
        self._show()

    def _show(self) -> None:
        is_unknown = self.unknown.isChecked()
        self._about.setText(
            self.tr(
                "Nobody is asked for the visits of this case any more. Other cases of the patient "
                "stay in the list, because the day decides there."
            )
            if is_unknown
            else self.tr(
                "A year, a month or a day, such as 2026-03. From then on no visit of the "
                "patient is due, whatever the procedure. Undo takes it back."
            )
        )
        problem = "" if is_unknown else self.day.problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        has_day = bool(self.day.text().strip()) and not problem
        self.accept_button.setEnabled(is_unknown or has_day)


def _is_enter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
