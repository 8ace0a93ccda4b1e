# SPDX-License-Identifier: MIT
"""Says that something was taken away, and brings it back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from models.schema import Image, Row, TreatedLevel
from ui.editor.editing import Editing
from ui.editor.form import CaseForm
from ui.editor.image_words import said_of_removed
from ui.editor.notice_bar import NoticeBar
from ui.editor.steps import Steps


class Removals(QObject):
    """Offers Undo for every row and level that was taken away, also after more was typed."""

    def __init__(self, editing: Editing, form: CaseForm, steps: Steps, notice: NoticeBar) -> None:
        super().__init__(notice)
        self._editing = editing
        self._steps = steps
        self._notice = notice
        form.removed.connect(self._tell_row)
        form.levels.removed.connect(self._tell_level)

    def _tell_row(self, _name: str, row: Row) -> None:
        if isinstance(row, Image):
            self._tell(said_of_removed(was_saved=self._editing.was_saved(row)))
        else:
            self._tell(self.tr("A row was removed."))

    def _tell_level(self, row: TreatedLevel) -> None:
        name = row.level.label if row.level else TreatedLevel.level.label
        self._tell(self.tr("{name} was removed.").format(name=name))

    def _tell(self, said: str) -> None:
        self._editing.look()
        step = self._steps.last
        if step is not None:
            self._notice.say(said, action=(self.tr("Undo"), lambda: self._steps.revert(step)))
