# SPDX-License-Identifier: MIT
"""Forms and variables of the REDCap project, named after tables and fields of the schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from models.exchange.columns import Column, Holds
from models.exchange.linked import CASE_ID, PATIENTS, PROCEDURES
from models.exchange.manifest import MARK
from models.exchange.sheet import Sheet

RECORD_ID = "record_id"
EXPORT = MARK
"""Says of a record which form of kit it came with, and what had been taken out of it."""

MOST_LETTERS = 26
"""Longer variable names are accepted by REDCap and cut by what reads its exports."""

_OF_RECORD = (PATIENTS, PROCEDURES)
_UNPREFIXED = ("patient", "procedure", "level")
_FORMS = {"assessments": "visit", "adverse_events": "event", "prior_treatments": "prior"}
_FORMS |= {"later_measures": "later"}
_SHARED = ("missing", "explained", "version", "position", "synthetic")
_MARK = 5


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a sheet as a field of a form."""

    name: str
    column: Column

    @property
    def is_checkbox(self) -> bool:
        """Whether several codes can be chosen, each with a column of its own in the data."""
        return self.column.holds is Holds.TERMS and self.column.vocabulary is not None

    def data_columns(self) -> list[str]:
        """The columns of the variable in the data."""
        terms = self.column.vocabulary if self.is_checkbox else None
        if terms is None:
            return [self.name]
        return [f"{self.name}___{checkbox_code(term.value)}" for term in terms]

    def cells(self, cell: object) -> list[object]:
        """The cells of a row of its form, one for each data column."""
        terms = self.column.vocabulary if self.is_checkbox else None
        if terms is None:
            return [cell]
        chosen = str(cell).split("|") if cell else []
        return [1 if term.value in chosen else 0 for term in terms]


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet as an instrument.

    Attributes:
        name: in lower case.
        sheet: whose rows it holds.
        variables: in the order of the columns; None for the column of the case, which every
            record has as its name.
    """

    name: str
    sheet: Sheet
    variables: tuple[Variable | None, ...]

    @property
    def repeats(self) -> bool:
        """Whether a record can have several."""
        return self.sheet.name not in _OF_RECORD

    def known(self) -> list[Variable]:
        """Its variables without the gap."""
        return [variable for variable in self.variables if variable is not None]

    def variable_of(self, field_name: str) -> Variable | None:
        """The variable of a field, or None where it was taken out."""
        found = (
            variable
            for variable in self.known()
            if variable.column.field is not None and variable.column.field.name == field_name
        )
        return next(found, None)


def forms_of(sheets: Sequence[Sheet]) -> tuple[Form, ...]:
    """The forms of these sheets; images are no instrument."""
    taken = {RECORD_ID, EXPORT}
    return tuple(_form(sheet, taken) for sheet in sheets if sheet.name != "images")


def checkbox_code(code: str) -> str:
    """How a code stands in the name of its data column."""
    return "".join(letter if letter.isalnum() else "_" for letter in code.lower())


def _form(sheet: Sheet, taken: set[str]) -> Form:
    name = _FORMS.get(sheet.name, sheet.name.removesuffix("s"))
    variables: list[Variable | None] = []
    for column in sheet.columns:
        if column.name == CASE_ID:
            variables.append(None)
            continue
        variable = _fit(_wanted(name, sheet, column), taken)
        taken.add(variable)
        variables.append(Variable(variable, column))
    return Form(name, sheet, tuple(variables))


def _wanted(form: str, sheet: Sheet, column: Column) -> str:
    if column.name == "complete":
        # REDCap keeps a field of the name <form>_complete for itself.
        return f"{form}_is_complete"
    if form in _UNPREFIXED and column.name not in _SHARED:
        return column.name
    own = "id" if (column.name,) == sheet.key else column.name
    return f"{form}_{own}"


def _fit(name: str, taken: set[str]) -> str:
    """The name, cut where it is too long or taken, with a mark that only this name has.

    The mark depends on the name alone, so that what is added to the schema renames nothing.
    """
    if len(name) <= MOST_LETTERS and name not in taken:
        return name
    mark = sha256(name.encode()).hexdigest()[:_MARK]
    return f"{name[: MOST_LETTERS - _MARK - 1].rstrip('_')}_{mark}"
