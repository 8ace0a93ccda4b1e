# SPDX-License-Identifier: MIT
"""Whose case it is: notices that a new case is of a known patient, and adds it to that patient."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.case import Case
from models.patients import Person
from models.schema import Patient, PatientIdentity, Record
from models.settings import STORE_IDENTITY, LogbookSettings
from models.speech import lowered
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
        names_dropped: what names the person is no part of the case any more.
        adopted: (id of the patient) a new case was added to a patient whom the logbook knows.
    """

    patient_changed = Signal()
    names_dropped = Signal()
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
        """What names the person goes where it is not to be stored, and comes where it is."""
        self._settings = settings
        self._similar.use_settings(settings)
        case = self._editing.case
        if case is not None and not self._stores_names:
            self.drop_names()
        self.patient_changed.emit()
        if case is not None and self._stores_names and case.identity is None:
            self._look_for_names(case)

    def take(self, case: Case) -> None:
        """A case is going to be edited: without what names the person, where that is hidden."""
        if not self._stores_names:
            case.identity = None

    def drop_names(self) -> None:
        """Take out of the case what names the person; the logbook keeps what it has stored.

        What was typed and is stored nowhere is lost, and the user is told.
        """
        case = self._editing.case
        if case is None or case.identity is None:
            return
        was_typed = self._editing.has_other_names()
        case.identity = None
        self.names_dropped.emit()
        if was_typed:
            self._notice.say(
                self.tr(
                    "Names and record numbers are switched off now, and what was typed of them "
                    "is not kept."
                ),
                "warning",
            )

    @property
    def _stores_names(self) -> bool:
        return self._settings.get(STORE_IDENTITY)

    def _look_for_names(self, case: Case) -> None:
        """They were hidden when the case was opened."""
        logbook = self._editing.logbook
        if logbook is None or not case.patient.version:
            return

        def take(identity: PatientIdentity) -> None:
            if self._editing.case is case and case.identity is None and self._stores_names:
                case.identity = identity
                self._editing.take_stored_names(identity)
                self.patient_changed.emit()

        self._keeper.look_for_names(logbook, str(case.patient.id), take)

    def subject(self, case: Case) -> Subject:
        """What the form is to show."""
        return Subject(case, settings=self._settings)

    def take_edited(self, row: Record, _field: str) -> None:
        """A name or record number that was typed becomes a part of the case."""
        case = self._editing.case
        if isinstance(row, PatientIdentity) and self._stores_names and case is not None:
            take_identity(case, row)

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
        if person.identity is not None:
            self._editing.take_stored_names(person.identity)
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
        sex = f" ({lowered(known.sex.label)})" if known.sex else ""
        self._notice.say(
            self.tr("Patient {code}{sex} is already in this logbook.").format(code=code, sex=sex),
            "warning",
            (
                self.tr("Add this case to patient {code}").format(code=code),
                lambda: self.adopt(person),
            ),
        )
