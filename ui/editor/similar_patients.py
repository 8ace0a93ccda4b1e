# SPDX-License-Identifier: MIT
"""Looks for similar patients while a code, name, number or birth date of a new case is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.errors import InvalidValue
from models.logbook import Logbook
from models.patient_names import NameIndex
from models.patients import (
    EarlierCase,
    Person,
    Similar,
    Wanted,
    Why,
    cases_of,
    load_person,
    similar,
)
from models.schema import Patient, PatientIdentity
from models.settings import STORE_IDENTITY, LogbookSettings
from ui.editor.editing import Editing
from ui.editor.similar_panel import SimilarPanel
from ui.jobs import Jobs
from ui.latest_job import LatestJob
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm, focused_box

_PAUSE_MS = 120
_MOST = 8
_MOST_NEIGHBORS = 3
_ASKED = {
    Patient.patient_code: "code",
    Patient.birth_date: "birth_date",
    PatientIdentity.full_name: "name",
    PatientIdentity.record_number: "record_number",
}
_ONLY_A_SLIP = {Why.SIMILAR_CODE, Why.SEX, Why.BIRTH_YEAR}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SimilarPatients(QObject):
    """Shows the panel, moves through it by the keys of the box, and tells who was chosen.

    Signals:
        chosen: (Person) the case belongs to this patient.
        refused: it is not the patient whose cases were shown.
    """

    chosen = Signal(object)
    refused = Signal()

    def __init__(
        self, editing: Editing, binder: FieldForm, jobs: Jobs, theme: Theme, page: QWidget
    ) -> None:
        super().__init__(page)
        self._editing = editing
        self._names: NameIndex | None = None
        self._named_of: Logbook | None = None
        self._stores_names = False
        self._refused: set[str] = set()
        self._refused_for = ""
        self._box: FieldBox | None = None
        self._person: Person | None = None
        self._job = LatestJob(jobs, self)
        self.panel = SimilarPanel(theme, page)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        binder.typed.connect(self._on_typed)
        self.panel.chosen.connect(self._tell_of)
        self.panel.added.connect(self._add)
        self.panel.refused.connect(self._refuse)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def use_settings(self, settings: LogbookSettings) -> None:
        """Look at names and record numbers only where they are stored."""
        self._stores_names = settings.get(STORE_IDENTITY)
        self._names = None

    def close(self) -> None:
        """Take the panel away and look for nobody."""
        self._soon.stop()
        self._job.cancel()
        self.panel.hide()

    # looking

    def _on_typed(self) -> None:
        box = focused_box()
        case = self._editing.case
        if box is None or case is None or box.field not in _ASKED:
            return
        if not self._editing.is_new or case.patient.version:
            return
        if box is not self._box:
            if self._box is not None:
                self._box.input.removeEventFilter(self)
            self._box = box
            box.input.installEventFilter(self)
        self._soon.start()

    def _look(self) -> None:
        case, logbook, box = self._editing.case, self._editing.logbook, self._box
        if case is None or logbook is None or box is None or focused_box() is not box:
            return
        if self._refused_for != case.id:
            self._refused_for, self._refused = case.id, set()
        wanted, names = self._wanted(box), self._index(logbook)
        refused = frozenset(self._refused)

        def work() -> list[Similar]:
            found = similar(logbook, wanted, _MOST + len(refused), names)
            return _worth_a_look([one for one in found if one.patient_id not in refused])

        self._job.run(logbook, work, self._show, lambda _error: self.panel.hide())

    def _wanted(self, typed_into: FieldBox) -> Wanted:
        """What was taken, and what is being typed just now."""
        case = self._editing.case
        assert case is not None
        rows = {Patient: case.patient, PatientIdentity: case.identity}
        said: dict[str, object] = {}
        for field, name in _ASKED.items():
            row = rows[field.model]
            said[name] = getattr(row, field.name) if row is not None else None
        try:
            said[_ASKED[typed_into.field]] = typed_into.read(typed_into.text())
        except InvalidValue:
            said.pop(_ASKED[typed_into.field], None)
        given = {name: value for name, value in said.items() if value}
        return Wanted(sex=case.patient.sex, **given)  # type: ignore[arg-type]

    def _index(self, logbook: Logbook) -> NameIndex | None:
        if not self._stores_names:
            return None
        if self._names is None or self._named_of is not logbook:
            self._names, self._named_of = NameIndex(), logbook
        return self._names

    def _show(self, found: list[Similar]) -> None:
        if self._box is not None and focused_box() is self._box and not self.panel.tells:
            self.panel.show_patients(found, self._box.input)

    # choosing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return False
            act = self._act_of(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, key: Qt.Key) -> Callable[[], None] | None:
        if not self.panel.lists:
            return None
        current = self.panel.list.current
        if key in _STEPS:
            return lambda: self.panel.list.step(_STEPS[key])
        if key == Qt.Key.Key_Escape:
            return self.close
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            return lambda: self._tell_of(current)
        return None

    def _tell_of(self, patient: Similar) -> None:
        logbook = self._editing.logbook
        if logbook is None:
            return

        def work() -> tuple[Person | None, list[EarlierCase]]:
            return load_person(logbook, patient.patient_id), cases_of(logbook, patient.patient_id)

        def tell(found: tuple[Person | None, list[EarlierCase]]) -> None:
            self._person, cases = found
            if self._person is None or self._box is None or not self._may_add():
                self.panel.hide()
                return
            self.panel.show_cases(patient, cases, self._box.input)

        self._job.run(logbook, work, tell, lambda _error: self.panel.hide())

    def _may_add(self) -> bool:
        case = self._editing.case
        return case is not None and self._editing.is_new and not case.patient.version

    def _add(self) -> None:
        person, self._person = self._person, None
        self._leave()
        if person is not None and self._may_add():
            self.chosen.emit(person)

    def _refuse(self) -> None:
        if self._person is not None:
            self._refused.add(str(self._person.patient.id))
        self._leave()
        self.refused.emit()

    def _leave(self) -> None:
        self.panel.hide()
        if self._box is not None:
            self._box.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.panel.isVisible() or self.panel.isAncestorOf(now):
            return
        if self.panel.tells or self._box is None or now is not self._box.input:
            self.close()


def _worth_a_look(found: list[Similar]) -> list[Similar]:
    """Without most of those of whom nothing but a slip in the code speaks.

    Where codes are counted up they are the patients next to this one; beside the very code that
    was typed nobody made a slip.
    """
    slips = [one for one in found if set(one.why) <= _ONLY_A_SLIP]
    is_known = any(Why.SAME_CODE in one.why for one in found)
    kept = () if is_known else slips[:_MOST_NEIGHBORS]
    return [one for one in found if one in kept or one not in slips][:_MOST]
