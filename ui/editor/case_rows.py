# SPDX-License-Identifier: MIT
"""Rows of a case while it is edited: which are empty, where they hang, how they are copied.

Rows that hold nothing are shown for typing but are no part of the case. No Qt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from models.case import LISTS, OF_LEVELS, Case
from models.fields import TermsField
from models.schema import (
    Assessment,
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    Row,
    TreatedLevel,
    new_id,
)
from models.settings import LogbookSettings

R = TypeVar("R", bound=Record)

_SAID_BY_THE_FORM: dict[type[Record], frozenset[str]] = {Assessment: frozenset({"time_point"})}
"""Fields that an empty row of the form has already; alone they are nothing entered."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a part of the form is about: the case, and one of its levels or none.

    ``settings`` say what the logbook asks for; ``nameless`` is typed into while the case has
    nothing that names the person, see ``take_identity``.
    """

    case: Case
    level: TreatedLevel | None = None
    settings: LogbookSettings = field(default_factory=LogbookSettings)
    nameless: PatientIdentity = field(default_factory=PatientIdentity)

    def row(self, table: type[Record]) -> Record:
        """The row of ``table`` that single fields belong to.

        Raises:
            KeyError: there is no such row here.
        """
        rows: dict[type[Record], Record | None] = {
            Patient: self.case.patient,
            Procedure: self.case.procedure,
            PatientIdentity: self.case.identity or self.nameless,
            TreatedLevel: self.level,
        }
        row = rows[table]
        if row is None:
            raise KeyError(table)
        return row

    def owner(self, table: type[Row]) -> Record:
        """The row that the rows of ``table`` hang on."""
        return self.row(TreatedLevel if table in OF_LEVELS else Procedure)

    def listed(self, name: str, table: type[Row]) -> list[Row]:
        """The rows of the list ``name`` of the case that hang on the owner."""
        return [row for row in getattr(self.case, name) if self.hangs_here(row)]

    def blank(self, table: type[Row]) -> Row:
        """A new row for typing, which is not in the case yet."""
        owner = self.owner(table)
        parent = "treated_level" if isinstance(owner, TreatedLevel) else "procedure"
        return fresh(table, **{parent: owner.id})

    def hangs_here(self, row: Row) -> bool:
        """Whether the row belongs to this case, or to this level of it."""
        owner = self.owner(type(row))
        parent = "treated_level" if isinstance(owner, TreatedLevel) else "procedure"
        return bool(row.__data__[parent] == owner.id)


def fresh(table: type[R], **values: object) -> R:
    """A new row; fields of several terms hold none, as in a row that was loaded."""
    none = {field.name: () for field in table.clinical_fields() if isinstance(field, TermsField)}
    return table(**{**none, **values})


def has_content(row: Record) -> bool:
    """Whether anything was entered in the row; an image is something by itself."""
    if isinstance(row, Image):
        return True
    said = _SAID_BY_THE_FORM.get(type(row), frozenset())
    entered = (
        getattr(row, field.name) for field in type(row).clinical_fields() if field.name not in said
    )
    return bool(row.missing) or any(value not in (None, "", ()) for value in entered)


def take_identity(case: Case, typed: PatientIdentity) -> None:
    """Make what was typed of name and record number a part of the case, if it is anything."""
    typed.patient = case.patient
    is_stored = bool(case.patient.version) and case.identity is typed
    case.identity = typed if is_stored or has_content(typed) else None


def attach(case: Case, name: str, row: Row) -> None:
    """Make ``row`` a part of the case, at the end of its list, unless it is one already."""
    rows: list[Row] = getattr(case, name)
    if not is_attached(case, name, row):
        row.position = max((other.position for other in rows), default=-1) + 1
        rows.append(row)


def detach(case: Case, name: str, row: Row) -> None:
    """Take ``row`` out of the case."""
    setattr(case, name, [other for other in getattr(case, name) if other is not row])


def is_attached(case: Case, name: str, row: Row) -> bool:
    """Whether ``row`` is a part of the case."""
    return any(other is row for other in getattr(case, name))


def copy_row(row: R, **other: object) -> R:
    """A new row that holds what ``row`` holds, with another id and the given values."""
    said = {"missing": dict(row.missing), "explained": dict(row.explained)}
    return type(row)(**{**row.__data__, **said, "id": new_id(), **other})


def copy_level(case: Case, level: TreatedLevel, left_out: Iterable[str]) -> TreatedLevel:
    """Add a level to the case that is like ``level``, with its balloons and leaks.

    The fields named in ``left_out`` stay empty. What was measured later is not copied.
    """
    values = dict.fromkeys(left_out)
    new = copy_row(level, **values)
    new.missing = {name: why for name, why in new.missing.items() if name not in values}
    attach(case, "levels", new)
    for name, rows in (("balloons", case.balloons_of(level)), ("leaks", case.leaks_of(level))):
        for row in rows:
            attach(case, name, copy_row(row, treated_level=new.id))
    return new


def copy_case(case: Case) -> Case:
    """The case as it is now, to be saved while the original is typed into."""
    identity = _same(case.identity) if case.identity is not None else None
    copy = Case(_same(case.patient), _same(case.procedure), identity)
    for table, rows in case.child_lists().items():
        setattr(copy, LISTS[table], [_same(row) for row in rows])
    return copy


def _same(row: R) -> R:
    return copy_row(row, id=row.id)
