# SPDX-License-Identifier: MIT
"""Says that something was taken away, and brings it back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from models.schema import Balloon, Leak, Row, TreatedLevel
from ui.editor.case_rows import put_back
from ui.editor.editing import Editing
from ui.editor.form import CaseForm
from ui.editor.notice_bar import NoticeBar


class Removals(QObject):
    """Offers Undo for every row and level that was taken away.

    Signals:
        put_back: a row of a list is in the case again; the form shows it anew.
    """

    put_back = Signal()

    def __init__(self, editing: Editing, form: CaseForm, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._editing = editing
        self._form = form
        self._notice = notice
        form.removed.connect(self._tell_row)
        form.levels.removed.connect(self._tell_level)

    def _tell_row(self, name: str, row: Row) -> None:
        undo = (self.tr("Undo"), lambda: self._put_row_back(name, row))
        self._notice.say(self.tr("A row was removed."), action=undo)

    def _tell_level(self, row: TreatedLevel, balloons: list[Balloon], leaks: list[Leak]) -> None:
        name = row.level.label if row.level else TreatedLevel.level.label
        undo = (self.tr("Undo"), lambda: self._form.levels.put_back(row, balloons, leaks))
        self._notice.say(self.tr("{name} was removed.").format(name=name), action=undo)

    def _put_row_back(self, name: str, row: Row) -> None:
        if (case := self._editing.case) is not None:
            put_back(case, name, row)
            self.put_back.emit()
