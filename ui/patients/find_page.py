# SPDX-License-Identifier: MIT
"""Finds one patient: by code, name, record number or birth date, all typed into one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from models.logbook import Logbook
from models.partial_date import PartialDate
from models.patient_names import NameIndex
from models.patients import Person, Similar, Wanted, load_person, similar
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme, set_kind
from ui.widgets.clearing import offer_clearing
from ui.widgets.patient_list import PatientList

_PAUSE_MS = 120
_MOST = 12


class FindPage(QWidget):
    """One line to type into, and below it the patients who are like that.

    Before anything is typed, those are listed who are like the patient that is left out.

    Attributes:
        line: where is typed.
        list: who is found.

    Signals:
        chosen: (Similar)
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        logbook: Logbook,
        parent: QWidget | None = None,
        *,
        stores_names: bool,
    ) -> None:
        super().__init__(parent)
        self._logbook = logbook
        self._names = NameIndex() if stores_names else None
        self._without = ""
        self._job = LatestJob(jobs, self)
        self._question = QLabel(self)
        self._question.setWordWrap(True)
        set_kind(self._question, "heading")
        self.line = QLineEdit(self)
        named = self.tr("Patient code, name, record number or birth date")
        self.line.setPlaceholderText(named if stores_names else self.tr("Code or birth date"))
        self.line.setAccessibleName(self.line.placeholderText())
        offer_clearing(self.line)
        self.list = PatientList(theme, self)
        set_kind(self.list, "boxed")
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        set_kind(self._said, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        for widget in (self._question, self.line, self._said):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self.list.setMinimumHeight(theme.px(150))
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self.line.textEdited.connect(self._soon.start)
        self.list.chosen.connect(self.chosen)

    def ask(self, question: str, without: str = "") -> None:
        """Ask for a patient other than the one with the id ``without``."""
        self._question.setText(question)
        self._without = without
        self.line.clear()
        self.list.show_patients([])
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self.list.patients)
        if key == Qt.Key.Key_Down and self.line.hasFocus() and count:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.step(1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.hasFocus():
            if count == 1 and not self._soon.isActive():
                self.chosen.emit(self.list.patients[0])
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        logbook, names, without = self._logbook, self._names, self._without
        text = self.line.text().strip()

        def work() -> list[Similar]:
            wanted = _meant(text)
            if not text and without:
                wanted = _like(load_person(logbook, without), named=names is not None)
            found = similar(logbook, wanted, _MOST + 1, names)
            return [one for one in found if one.patient_id != without][:_MOST]

        self._job.run(logbook, work, lambda found: self._show(found, text))

    def _show(self, found: list[Similar], text: str) -> None:
        self.list.show_patients(found)
        if found:
            words = self.tr("Similar patients") if not text else self.tr("Found")
            self._said.setText(words)
        elif text:
            self._said.setText(self.tr("Nobody is found by that. Type more, or something else."))
        else:
            self._said.setText(self.tr("Type to find the patient.") if not self._without else "")


def _meant(text: str) -> Wanted:
    try:
        born = PartialDate.parse(text)
    except ValueError:
        born = None
    return Wanted(code=text, name=text, birth_date=born, record_number=text)


def _like(person: Person | None, *, named: bool) -> Wanted:
    if person is None:
        return Wanted()
    patient, identity = person.patient, person.identity if named else None
    return Wanted(
        patient.patient_code or "",
        (identity.full_name or "") if identity else "",
        patient.birth_date,
        patient.sex,
        (identity.record_number or "") if identity else "",
    )
