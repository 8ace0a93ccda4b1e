# SPDX-License-Identifier: MIT
"""Asks the logbook what other cases of the same patient left, whenever the patient is another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.case import Case
from models.logbook import Logbook
from models.patient_course import NOTHING_KNOWN, PatientCourse, patient_course, spine_before
from models.sandwich import EarlierSpine
from ui.jobs import Job, Jobs


class EarlierCases(QObject):
    """Holds what is known of the patient from other cases.

    Signals:
        changed: it is something else now.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = ("", "")
        self._job: Job | None = None
        self._course = NOTHING_KNOWN

    @property
    def course(self) -> PatientCourse:
        """What is known; nothing until the logbook has answered."""
        return self._course

    def spine_before(self, case: Case) -> EarlierSpine:
        """What the spine held before the case."""
        return spine_before(case, self._course)

    def follow(self, logbook: Logbook | None, case: Case) -> None:
        """The case in the editor belongs to this patient. Asks only once for each."""
        asked = (str(case.patient.id), case.id)
        if asked == self._asked:
            return
        self._asked = asked
        self._drop_job()
        self._take(NOTHING_KNOWN)
        if logbook is not None and case.patient.version:
            self._job = self._jobs.run(
                logbook, lambda: patient_course(logbook, asked[0], without=asked[1]), self._answer
            )

    def forget(self) -> None:
        """No case is shown; the next one is asked for anew."""
        self._asked = ("", "")
        self._drop_job()
        self._course = NOTHING_KNOWN

    def _answer(self, course: PatientCourse) -> None:
        self._job = None
        self._take(course)

    def _take(self, course: PatientCourse) -> None:
        if course != self._course:
            self._course = course
            self.changed.emit()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
