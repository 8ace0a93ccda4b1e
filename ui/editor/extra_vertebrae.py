# SPDX-License-Identifier: MIT
"""Keeps with the patient which extra vertebrae there are, and shows them on the spine."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from models.schema import Patient, Record, TreatedLevel
from models.vocabulary import ExtraVertebra, Level
from ui.editor.editing import Editing
from ui.editor.side_panel import SidePanel
from ui.widgets.field_form import FieldForm

_LEVEL, _EXTRA = TreatedLevel.level.name, Patient.extra_vertebrae.name


class ExtraVertebrae(QObject):
    """T13 and L6 belong to the patient: the next case knows them too.

    One that is put into the spine, or treated, is entered for the patient in the sight of the
    user. It goes again if the level that brought it is taken away; one that was entered stays.
    """

    def __init__(self, editing: Editing, binder: FieldForm, side: SidePanel) -> None:
        super().__init__(binder)
        self._editing = editing
        self._binder = binder
        self._side = side
        self._patient = ""
        self._brought: set[ExtraVertebra] = set()
        side.variants_changed.connect(self._take_shown)
        binder.edited.connect(self._on_edited)

    def _take_shown(self) -> None:
        """The user put one into the column, or took it out."""
        if (case := self._editing.case) is not None:
            shown = _extra(self._side.variants())
            self._brought -= shown
            self._enter(case.patient, shown | _treated(case.levels))

    def _on_edited(self, row: Record, field: str) -> None:
        case = self._editing.case
        if case is None:
            return
        if isinstance(row, Patient) and field == _EXTRA:
            self._brought.clear()
        if not isinstance(row, TreatedLevel) or field not in ("", _LEVEL):
            return
        patient, treated = case.patient, _treated(case.levels)
        if self._patient != str(patient.id):
            self._patient, self._brought = str(patient.id), set()
        known = set(patient.extra_vertebrae or ())
        left = self._brought - treated
        self._brought = (self._brought | (treated - known)) & treated
        self._enter(patient, (known - left) | treated)

    def _enter(self, patient: Patient, wanted: set[ExtraVertebra]) -> None:
        known = patient.extra_vertebrae or ()
        if wanted == set(known):
            return
        patient.extra_vertebrae = tuple(sorted(wanted, key=lambda term: term.rank))
        if wanted:
            patient.missing.pop(_EXTRA, None)
        self._binder.refresh(patient)
        self._editing.look_soon()


def _extra(levels: Iterable[Level]) -> set[ExtraVertebra]:
    return {ExtraVertebra(level.value) for level in levels if level.is_variant}


def _treated(rows: Iterable[TreatedLevel]) -> set[ExtraVertebra]:
    return _extra(row.level for row in rows if row.level is not None)
