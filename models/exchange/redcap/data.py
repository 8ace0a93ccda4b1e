# SPDX-License-Identifier: MIT
"""The data import: a row for the record, then one a repeat of each instrument; raw codes only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.exchange.by_case import by_case
from models.exchange.columns import Cell
from models.exchange.linked import PATIENT_ID, PATIENTS, PROCEDURES
from models.exchange.redcap.variables import EXPORT, RECORD_ID, Form
from models.exchange.sheet import Cells, Sheet

INSTRUMENT, INSTANCE = "redcap_repeat_instrument", "redcap_repeat_instance"
_HEAD = (RECORD_ID, INSTRUMENT, INSTANCE, EXPORT)


class DataRows:
    """Lays the rows of cases out over the columns of all forms.

    Args:
        sheets: the linked tables.
        forms: their forms.
        mark: what every record says of the kit.

    Attributes:
        heading: the names of the columns.
        forms: the same forms.
    """

    def __init__(self, sheets: Sequence[Sheet], forms: Sequence[Form], mark: str) -> None:
        self._sheets = sheets
        self.forms = forms
        self._mark = mark
        names = [
            column
            for form in forms
            for variable in form.known()
            for column in variable.data_columns()
        ]
        self.heading = [*_HEAD, *names]
        self._starts: dict[str, int] = {}
        at = len(_HEAD)
        for form in forms:
            self._starts[form.name] = at
            at += sum(len(variable.data_columns()) for variable in form.known())

    def rows(self) -> Iterator[list[object]]:
        """The rows in the order of the cases. In memory are patients with several cases alone."""
        patients = _Patients(self._sheet(PATIENTS), self._with_several_cases())
        of_patient = self._sheet(PROCEDURES).names.index(PATIENT_ID)
        for case in by_case(self._sheets):
            procedure = case[PROCEDURES][0]
            yield self._record(procedure, patients.of(procedure[of_patient]))
            for form in self.forms:
                if not form.repeats:
                    continue
                for number, cells in enumerate(case[form.sheet.name], 1):
                    row = self._empty(procedure[0])
                    row[1:3] = form.name, number
                    self._put(row, form, cells)
                    yield row

    def _record(self, procedure: Cells, patient: Cells) -> list[object]:
        row = self._empty(procedure[0])
        row[_HEAD.index(EXPORT)] = self._mark
        for form in self.forms:
            if form.sheet.name == PATIENTS:
                self._put(row, form, patient)
            elif form.sheet.name == PROCEDURES:
                self._put(row, form, procedure)
        return row

    def _put(self, row: list[object], form: Form, cells: Cells) -> None:
        at = self._starts[form.name]
        for variable, cell in zip(form.variables, cells, strict=True):
            if variable is not None:
                given = variable.cells(cell)
                row[at : at + len(given)] = given
                at += len(given)

    def _empty(self, case_id: Cell) -> list[object]:
        return [case_id, *[None] * (len(self.heading) - 1)]

    def _sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self._sheets if sheet.name == name)

    def _with_several_cases(self) -> set[Cell]:
        procedures = self._sheet(PROCEDURES)
        of_patient = procedures.names.index(PATIENT_ID)
        seen: set[Cell] = set()
        several: set[Cell] = set()
        for cells in procedures.rows():
            patient = cells[of_patient]
            (several if patient in seen else seen).add(patient)
        return several


class _Patients:
    """The rows of patients, read on as they are asked for: they are in the order of their cases."""

    def __init__(self, sheet: Sheet, several: set[Cell]) -> None:
        self._rows = iter(sheet.rows())
        self._several = several
        self._kept: dict[Cell, Cells] = {}

    def of(self, patient: Cell) -> Cells:
        """The row of a patient; once more only of one who has several cases."""
        while patient not in self._kept:
            row = next(self._rows)
            if row[0] == patient and patient not in self._several:
                return row
            self._kept[row[0]] = row
        return self._kept[patient]
