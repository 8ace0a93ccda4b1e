# SPDX-License-Identifier: MIT
"""Figures of a case that the user copies are noted in the audit before they are handed out."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.clipboard import copy_rows
from ui.editor.editing import Editing
from ui.editor.notice_bar import NoticeBar
from ui.jobs import Jobs
from ui.widgets.field_form import FieldForm

_HEIGHTS = "Heights worked out of a case"


class Copying(QObject):
    """Listens to the parts of the form, which know no logbook."""

    def __init__(self, form: FieldForm, jobs: Jobs, editing: Editing, notice: NoticeBar) -> None:
        super().__init__(form)
        self._jobs, self._editing, self._notice = jobs, editing, notice
        form.copy_wanted.connect(self._copy)

    def _copy(self, text: str, rows: int) -> None:
        if (logbook := self._editing.logbook) is not None:
            copy_rows(
                self._jobs,
                logbook,
                _HEIGHTS,
                text,
                rows,
                lambda error: self._notice.say(str(error), "error"),
            )
