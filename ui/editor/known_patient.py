# SPDX-License-Identifier: MIT
"""Whose case it is: notices that a new case is of a known patient, and adds it to that patient."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.case import Case
from models.patients import Person
from models.schema import Patient, PatientIdentity, Record
from models.settings import STORE_IDENTITY, LogbookSettings
from ui.editor.adopt import adopt_patient, part_from_patient
from ui.editor.case_rows import Subject, take_identity
from ui.editor.editing import Editing
from ui.editor.notice_bar import NoticeBar
from ui.editor.saving import Keeper
from ui.editor.similar_patients import SimilarPatients


class KnownPatient(QObject):
    """Asks the logbook whenever the code of a new case was typed, and listens to whom is chosen.

    Signals:
        patient_changed: the case belongs to another patient now; the form shows it anew.
        adopted: (id of the patient) a new case was added to a patient whom the logbook knows.
    """

    patient_changed = Signal()
    adopted = Signal(str)

    def __init__(
        self,
        editing: Editing,
        keeper: Keeper,
        notice: NoticeBar,
        similar: SimilarPatients,
    ) -> None:
        super().__init__(notice)
        self._editing = editing
        self._keeper = keeper
        self._notice = notice
        self._similar = similar
        self._settings = LogbookSettings()
        keeper.patient_known.connect(self._offer)
        similar.chosen.connect(self.adopt)
        similar.refused.connect(self.look)

    def use_settings(self, settings: LogbookSettings) -> None:
        """Names that were typed and not stored yet go, where they are not to be stored."""
        self._settings = settings
        self._similar.use_settings(settings)
        case = self._editing.case
        if case is not None and not case.patient.version and not settings.get(STORE_IDENTITY):
            case.identity = None
        self.patient_changed.emit()

    def subject(self, case: Case) -> Subject:
        """What the form is to show."""
        return Subject(case, settings=self._settings)

    def take_edited(self, row: Record, _field: str) -> None:
        """A name or record number that was typed becomes a part of the case."""
        if isinstance(row, PatientIdentity) and self._editing.case is not None:
            take_identity(self._editing.case, row)

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

    def adopt(self, person: Person) -> None:
        """Add the case to this patient; what the logbook has of the person stays."""
        case = self._editing.case
        if case is None:
            return
        self._similar.close()
        self._notice.hide()
        differing = adopt_patient(case, person.patient, person.identity)
        self.patient_changed.emit()
        self.adopted.emit(str(person.patient.id))
        # Whoever chose a patient has seen the code.
        named = [label for label in differing if label != Patient.patient_code.label]
        if named:
            said = self.tr("Kept as the logbook has it: {fields}. Change it here if it is wrong.")
            self._notice.say(said.format(fields=", ".join(named)), "warning")

    def _offer(self, person: Person) -> None:
        case, known = self._editing.case, person.patient
        if case is None or not self._editing.is_new or case.patient.version:
            return
        if self._similar.panel.tells:
            # The panel asks the same question, and the bar would push the form from under it.
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
                lambda: self.adopt(person),
            ),
        )
