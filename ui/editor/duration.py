# SPDX-License-Identifier: MIT
"""Fills in the duration from start and end while they are typed, in the sight of the user."""

from __future__ import annotations

from PySide6.QtCore import QObject

from models.schema import Procedure, Record
from models.spans import minutes_between
from ui.editor.editing import Editing
from ui.widgets.field_form import FieldForm

_TIMES = (Procedure.started_at.name, Procedure.ended_at.name)


class Duration(QObject):
    """Keeps the duration with the times as long as it is theirs.

    A duration that was entered otherwise, or a reason for having none, is never touched; the
    checks say where it contradicts the times.
    """

    def __init__(self, editing: Editing, binder: FieldForm) -> None:
        super().__init__(binder)
        self._editing = editing
        self._binder = binder
        self._between: int | None = None
        editing.reviewed.connect(self._remember)
        binder.edited.connect(self._on_edited)

    def _remember(self) -> None:
        if (case := self._editing.case) is not None:
            self._between = _between(case.procedure)

    def _on_edited(self, row: Record, field: str) -> None:
        if not isinstance(row, Procedure) or field not in _TIMES:
            return
        minutes = Procedure.minutes
        if row.minutes is None and minutes.name in row.missing:
            return
        if row.minutes is None or row.minutes == self._between:
            between = _between(row)
            row.minutes = between if between in minutes.hard else None
            self._between = between
            self._binder.refresh(row)


def _between(row: Procedure) -> int | None:
    return minutes_between(row.started_at, row.ended_at)
