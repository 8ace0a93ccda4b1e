# SPDX-License-Identifier: MIT
"""Notices that a new case has the code of a known patient, and adds it to that patient."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.schema import Patient
from ui.editor.adopt import adopt_patient, part_from_patient
from ui.editor.editing import Editing
from ui.editor.notice_bar import NoticeBar
from ui.editor.saving import Keeper


class KnownPatient(QObject):
    """Asks the logbook whenever the code of a new case was typed.

    Signals:
        patient_changed: the case belongs to another patient now; the form shows it anew.
    """

    patient_changed = Signal()

    def __init__(self, editing: Editing, keeper: Keeper, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._editing = editing
        self._keeper = keeper
        self._notice = notice
        keeper.patient_known.connect(self._offer)

    def check_code(self) -> None:
        """The code was typed. A case that was added to a known patient leaves it again."""
        case = self._editing.case
        if case is None or not self._editing.is_new:
            return
        if case.patient.version:
            part_from_patient(case)
            self.patient_changed.emit()
        self.look()

    def look(self) -> None:
        """Ask the logbook for the code as it stands."""
        case, logbook = self._editing.case, self._editing.logbook
        if case is not None and logbook is not None and case.patient.patient_code:
            self._keeper.look_for_patient(logbook, case.patient.patient_code)

    def _offer(self, known: Patient) -> None:
        case = self._editing.case
        if case is None or not self._editing.is_new or case.patient.version:
            return
        code = known.patient_code
        if case.patient.patient_code != code:
            return
        sex = f" ({known.sex.label.lower()})" if known.sex else ""
        self._notice.say(
            self.tr("Patient {code}{sex} is already in this logbook.").format(code=code, sex=sex),
            "warning",
            (
                self.tr("Add this case to patient {code}").format(code=code),
                lambda: self._adopt(known),
            ),
        )

    def _adopt(self, known: Patient) -> None:
        case = self._editing.case
        if case is None:
            return
        differing = adopt_patient(case, known)
        self.patient_changed.emit()
        if differing:
            said = self.tr("Kept as the logbook has it: {fields}. Change it here if it is wrong.")
            self._notice.say(said.format(fields=", ".join(differing)), "warning")
