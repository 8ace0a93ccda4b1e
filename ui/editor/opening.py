# SPDX-License-Identifier: MIT
"""Fetches the case that is to be edited, and asks what is to become of a draft of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.case import Case
from models.drafts import Draft, Resumed
from models.logbook import Logbook
from ui.editor.questions import DraftAnswer, ask_about_draft
from ui.editor.saving import Keeper

Become = Callable[[Case], Case]
"""Makes a new case of one that is stored, such as a copy."""


class Opening(QObject):
    """One case at a time.

    Signals:
        began: a case is on its way.
        opened: (Logbook, Case, None or the Resumed that it comes from)
        left: the user wants neither the case nor its draft now.
    """

    began = Signal()
    opened = Signal(object, object, object)
    left = Signal()

    def __init__(self, keeper: Keeper, page: QWidget) -> None:
        super().__init__(page)
        self._keeper = keeper
        self._page = page
        self._logbook: Logbook | None = None
        self._become: Become | None = None
        keeper.loaded.connect(self._take)
        keeper.resumed.connect(self._take_resumed)

    def edit(
        self,
        logbook: Logbook,
        case_id: str,
        become: Become | None = None,
        *,
        without_draft: bool = False,
    ) -> None:
        """Fetch a case, or the new case that ``become`` makes of it."""
        self.began.emit()
        self._logbook, self._become = logbook, become
        self._keeper.load(logbook, case_id, without_draft=without_draft)

    def resume(self, logbook: Logbook, draft: Draft) -> None:
        """Go on with a draft."""
        self.began.emit()
        self._logbook = logbook
        self._keeper.resume(logbook, draft)

    def _take(self, case: Case, draft: Draft | None) -> None:
        if self._logbook is None:
            return
        if self._become is not None:
            self.opened.emit(self._logbook, self._become(case), None)
            return
        if draft is None or draft.kept_at is None:
            self.opened.emit(self._logbook, case, None)
            return
        answer = ask_about_draft(self._page, draft.kept_at)
        if answer is DraftAnswer.RESUME:
            self.resume(self._logbook, draft)
        elif answer is DraftAnswer.DISCARD:
            self._keeper.load(self._logbook, case.id, without_draft=True)
        else:
            self.left.emit()

    def _take_resumed(self, resumed: Resumed) -> None:
        if self._logbook is not None:
            self.opened.emit(self._logbook, resumed.case, resumed)
