# SPDX-License-Identifier: MIT
"""The case that is being edited: what it was when it was stored, and how it stands now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from models.case import Case
from models.document import Document, document_of
from models.findings import Finding, Severity
from models.logbook import Logbook
from models.sandwich import UNKNOWN, EarlierSpine
from models.schema import PatientIdentity, Record
from models.timepoints import STANDARD
from ui.editor.aside import Aside
from ui.editor.case_rows import has_content
from ui.editor.review import Review, content_of, review
from ui.widgets.field_form import Refused

_NAMES = PatientIdentity._meta.table_name


class Editing(QObject):
    """Keeps a case under review while it is typed into.

    Signals:
        reviewed: (Review) derived values are up to date and the case was looked through.

    Args:
        refused: tells the typing that could not be taken.

    Attributes:
        known: what the checks are to know of the patient's spine from elsewhere; None for nothing.
        aside: tells what stands beside the case and belongs to no row of it yet.
        plan: the visit plan of the logbook, which decides on the time points.
    """

    reviewed = Signal(object)

    def __init__(
        self, refused: Callable[[], Sequence[Refused]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._refused = refused
        self.known: Callable[[Case], EarlierSpine] | None = None
        self.aside: Callable[[], Aside] = dict
        self._aside_stored: Aside = {}
        self.plan = STANDARD
        self._logbook: Logbook | None = None
        self._case: Case | None = None
        self._stored: Document = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.look)

    @property
    def case(self) -> Case | None:
        """The case, or None while there is none."""
        return self._case

    @property
    def logbook(self) -> Logbook | None:
        """Where the case belongs."""
        return self._logbook

    @property
    def is_new(self) -> bool:
        """Whether the case was never saved."""
        return self._case is not None and self._case.version == 0

    def begin(self, logbook: Logbook, case: Case, stored: Document | None = None) -> None:
        """Edit this case. ``stored`` is how the logbook has it; if not given, as it is now."""
        self._logbook, self._case = logbook, case
        self._stored = content_of(case) if stored is None else stored
        self._aside_stored = {}

    def end(self) -> None:
        """Edit nothing."""
        self._soon.stop()
        self._logbook, self._case, self._stored = None, None, {}

    def take_saved(self, saved: Case) -> None:
        """A copy of the case was stored: take its versions over, and compare with it from now."""
        if self._case is not None and self._case.id == saved.id:
            if self._case.patient.id == saved.patient.id:
                self._case.patient.version = saved.patient.version
            self._case.procedure.version = saved.procedure.version
            self._stored = content_of(saved)
            # A scale without a score is stored nowhere, and yet nothing is left to be saved.
            self._aside_stored = dict(self.aside())

    def take_stored_names(self, identity: PatientIdentity) -> None:
        """What names the person in the logbook, which was not known when the case was opened."""
        self._stored = {**self._stored, **document_of([identity])}

    def was_saved(self, row: Record) -> bool:
        """Whether the logbook has the row, so that a version of the case keeps it."""
        return str(row.id) in self._stored.get(row._meta.table_name, {})

    def has_other_names(self) -> bool:
        """Whether the case holds a name or record number that the logbook has not."""
        if self._case is None or self._case.identity is None:
            return False
        return document_of([self._case.identity])[_NAMES] != self._stored.get(_NAMES)

    def is_unsaved(self) -> bool:
        """Whether anything was entered that is not stored; refused typing counts too."""
        if self._case is None:
            return False
        if self._refused() or self.aside() != self._aside_stored:
            return True
        if self.is_new:
            rows = (*self._case.person_rows(), *self._case.case_rows())
            return any(has_content(row) for row in rows)
        return content_of(self._case) != self._content_stored()

    def _content_stored(self) -> Document:
        """What the logbook has, to compare; a case without a name leaves the stored one alone."""
        if self._case is None or self._case.identity is not None:
            return self._stored
        return {table: rows for table, rows in self._stored.items() if table != _NAMES}

    def look_soon(self) -> None:
        """Review the case when the present event is through."""
        self._soon.start()

    def catch_up(self) -> None:
        """Review the case now where something was done to it since the last review."""
        if self._soon.isActive():
            self.look()

    def look(self) -> Review | None:
        """Review the case now."""
        self._soon.stop()
        if self._case is None:
            return None
        earlier = self.known(self._case) if self.known is not None else UNKNOWN
        found = review(self._case, self._refused(), earlier, self.plan)
        self.reviewed.emit(found)
        return found

    def errors(self) -> list[Finding]:
        """What keeps the case from being saved."""
        found = self.look()
        findings = found.findings if found is not None else ()
        return [finding for finding in findings if finding.severity is Severity.ERROR]
