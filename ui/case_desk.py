# SPDX-License-Identifier: MIT
"""Brings cases into the editor: new ones, stored ones, copies and drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.actions import Handlers
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.permits import refuses
from ui.session import Session
from ui.theme import Theme
from ui.topics import set_topic

if TYPE_CHECKING:
    from models.case import Case
    from models.drafts import Draft
    from ui.editor.page import EditorPage


class CaseDesk(QObject):
    """Makes the editor when it is first needed, and asks before what is typed is left.

    Args:
        stack: where the editor is shown.
        cases: where cases are chosen.

    Signals:
        shown: the editor is in sight.
        closed: the user is done with the case.
    """

    shown = Signal()
    closed = Signal()

    def __init__(
        self,
        stack: QStackedWidget,
        cases: CasesPage,
        session: Session,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._cases = cases
        self._session = session
        self._jobs = jobs
        self._theme = theme
        self._events = events
        self._editor: EditorPage | None = None

    @property
    def editor(self) -> EditorPage | None:
        """The editor, once it was shown."""
        return self._editor

    @property
    def is_shown(self) -> bool:
        """Whether the editor is in sight."""
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def handlers(self) -> Handlers:
        """What the actions of the menus do with cases."""
        return {
            "new_case": self.new_case,
            "next_case": self._begin_next,
            "copy_case": self._begin_copy,
            "edit_case": self._edit_selected,
            "add_score": self._add_score,
            "save_case": partial(self._save, and_new=False),
            "save_and_new": partial(self._save, and_new=True),
            "close_editor": self._close,
        }

    def new_case(self) -> None:
        """Begin an empty case."""
        if (logbook := self._session.logbook) is not None:
            is_first = self._editor is None
            self._show(lambda editor: editor.start_new(logbook, in_steps=is_first))

    def edit_case(self, case_id: str, *, asks_score: bool = False) -> None:
        """Open a case for editing, or for the pain score that is asked today."""
        if (logbook := self._session.logbook) is not None:
            self._show(lambda editor: editor.edit(logbook, case_id, asks_score=asks_score))

    def add_images(self, case_id: str, files: Sequence[Path]) -> None:
        """Open a case to add images: these files, or such as the user chooses."""
        if (logbook := self._session.logbook) is not None:

            def start(editor: EditorPage) -> None:
                editor.edit(logbook, case_id)
                editor.add_images(case_id, files)

            self._show(start)

    def resume(self, draft: Draft) -> None:
        """Go on with a draft."""
        if (logbook := self._session.logbook) is not None:
            self._show(lambda editor: editor.resume(logbook, draft))

    def may_leave(self) -> bool:
        """Whether nothing that is not saved holds the user back; asks where something does."""
        return not self.is_shown or self._editor is None or self._editor.can_leave()

    def is_unsaved(self) -> bool:
        """Whether something is entered that is not saved."""
        return self.is_shown and self._editor is not None and self._editor.is_unsaved()

    def put_aside(self) -> bool:
        """Keep what is typed as a draft, without asking; False where that cannot be."""
        return not self.is_shown or self._editor is None or self._editor.put_aside()

    def _begin_next(self) -> None:
        from models.copying import next_case_of

        self._begin_from(next_case_of)

    def _begin_copy(self) -> None:
        from models.copying import like

        self._begin_from(like)

    def _begin_from(self, become: Callable[[Case], Case]) -> None:
        """Begin a case from the one in the editor, or the one selected in the list."""
        logbook, case_id = self._session.logbook, self._case_in_hand()
        if logbook is not None and case_id:
            self._show(lambda editor: editor.edit(logbook, case_id, become))

    def _case_in_hand(self) -> str:
        if self._editor is not None and self.is_shown:
            return self._editor.stored_case_id
        selected = self._cases.selected_cases()
        return selected[0] if len(selected) == 1 else ""

    def _edit_selected(self, *, asks_score: bool = False) -> None:
        selected = self._cases.selected_cases()
        if len(selected) == 1:
            self.edit_case(selected[0], asks_score=asks_score)

    def _add_score(self) -> None:
        if self._editor is not None and self.is_shown:
            self._editor.add_score()
        elif self._cases.isVisible():
            self._edit_selected(asks_score=True)

    def _save(self, *, and_new: bool) -> None:
        if self._editor is not None and self.is_shown:
            self._editor.save_and_new() if and_new else self._editor.save()

    def _close(self) -> None:
        """Go back to where the case was opened, after asking where something is not saved."""
        if self.is_shown and self.may_leave():
            self.closed.emit()

    def _show(self, start: Callable[[EditorPage], None]) -> None:
        if refuses(self._stack, "edit_case") or not self.may_leave():
            return
        editor = self._made()
        start(editor)
        self._stack.setCurrentWidget(editor)
        self.shown.emit()

    def _made(self) -> EditorPage:
        if self._editor is None:
            from ui.editor.page import EditorPage

            self._editor = EditorPage(self._jobs, self._theme, self._events, self._stack)
            self._editor.use_settings(self._session.settings)
            self._editor.closed.connect(self.closed)
            set_topic(self._editor, "editor")
            self._stack.addWidget(self._editor)
        return self._editor
