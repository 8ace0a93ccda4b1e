# SPDX-License-Identifier: MIT
"""Everything that brings back what was: the history of a case, the bin, undo of saved changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from models.errors import LogbookError
from models.logbook import Logbook
from models.once import Once
from ui.actions import Handlers
from ui.history.saved_undo import SavedUndo
from ui.jobs import Job
from ui.lock_desk import LockDesk
from ui.repeats import Repeats
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.casebin import BinnedCase
    from ui.history.bin_list import BinList
    from ui.history.desk import HistoryDesk


Follow = Callable[[Job, str, Callable[[], None]], None]


class Editor(Protocol):
    """What has a case open for editing."""

    @property
    def case_id(self) -> str:
        """Id of the case; "" for none."""

    @property
    def stored_case_id(self) -> str:
        """Id of the case, if it was ever saved; "" otherwise."""


class Cases(Protocol):
    """Where cases are chosen."""

    def selected_cases(self) -> list[str]:
        """Ids of the chosen cases."""


class Window(Protocol):
    """What the window tells of itself."""

    @property
    def shown_page(self) -> str:
        """Name of the page in sight."""

    @property
    def cases(self) -> Cases:
        """The list of cases."""

    @property
    def editor(self) -> Editor | None:
        """The case editor, once there is one."""

    def may_leave_editor(self) -> bool:
        """Whether nothing that is not saved holds the user back."""

    def edit_case(self, case_id: str) -> None:
        """Open a case for editing."""


class Recall(QObject):
    """What the window offers of it. Dialogs are loaded when they are first asked for.

    Args:
        follow: shows a job of which it is told what it does, and how it is stopped.

    Attributes:
        saved: undo and redo of saved changes.
        bin: the list of the cases in the bin while it is open.
    """

    def __init__(self, window: Window, place: Workplace, follow: Follow) -> None:
        super().__init__(place.window)
        self._window = window
        self._place = place
        self._logbook: Logbook | None = None
        self._desk: HistoryDesk | None = None
        self.bin: BinList | None = None
        self._locks = LockDesk(window, place)
        what = self.tr("Taking a case out of the bin")
        self._repeats = Repeats(place.jobs, place.events, self, what)
        self.saved = SavedUndo(place.jobs, place.events, place.tell, self)
        self.saved.started.connect(lambda job, what: follow(job, what, self.saved.stop))
        place.events.cases_changed.connect(self._refresh_bin)
        place.events.case_saved.connect(self._refresh_bin)

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Bring back what was in this logbook from now on."""
        self._logbook = logbook
        self._locks.set_logbook(logbook)
        self.saved.set_logbook(logbook)
        if self.bin is not None:
            self.bin.close()

    def handlers(self) -> Handlers:
        """What the actions of the menus do."""
        return {
            "case_history": self.show_chosen_history,
            "bin": self.show_bin,
            **self._locks.handlers(),
        }

    @property
    def desk(self) -> HistoryDesk:
        """What opens histories."""
        if self._desk is None:
            from ui.history.desk import HistoryDesk

            self._desk = HistoryDesk(self._place, self._may_change)
            self._desk.changed.connect(self._reopen)
        return self._desk

    def show_chosen_history(self) -> None:
        """Open the history of the case in the editor, or of the one that is chosen."""
        editor, selected = self._window.editor, self._window.cases.selected_cases()
        if self._window.shown_page == "editor" and editor is not None:
            self.show_history(editor.case_id)
        elif self._window.shown_page == "cases" and len(selected) == 1:
            self.show_history(selected[0])

    def show_history(self, case_id: str) -> None:
        """Open the history of a case."""
        if self._logbook is not None and case_id:
            self.desk.open(self._logbook, case_id)

    def show_bin(self) -> None:
        """Open the list of the cases in the bin."""
        if self._logbook is None:
            return
        if self.bin is None:
            from ui.history.bin_list import BinList

            self.bin = BinList(self._place.theme, self._place.window)
            self.bin.unbin_wanted.connect(self._ask_to_unbin)
            self.bin.history_wanted.connect(self.show_history)
            self.bin.table.copy_wanted.connect(self._copy_of_bin)
            self.bin.finished.connect(self._forget_bin)
        self._refresh_bin()

    def _may_change(self, case_id: str) -> bool:
        """The editor may hold the case, with typing that is not saved."""
        editor = self._window.editor
        holds = editor is not None and editor.case_id == case_id
        return not holds or self._window.may_leave_editor()

    def _reopen(self, case_id: str) -> None:
        """Show in the editor what has become of its case."""
        editor = self._window.editor
        if editor is None or self._window.shown_page != "editor":
            return
        if editor.case_id in ("", case_id):
            self._window.edit_case(case_id)

    def _refresh_bin(self, _case_id: str = "") -> None:
        logbook = self._logbook
        if logbook is None or self.bin is None:
            return

        def work() -> list[BinnedCase]:
            from models.casebin import binned_cases

            return binned_cases(logbook)

        self._place.jobs.run(logbook, work, self._fill_bin, self._place.tell)

    def _fill_bin(self, cases: list[BinnedCase]) -> None:
        if self.bin is not None:
            self.bin.show_cases(cases)
            self.bin.show()

    def _copy_of_bin(self, text: str, rows: int) -> None:
        from ui.clipboard import copy_rows

        if (logbook := self._logbook) is not None:
            what, place = "Rows of the bin", self._place
            copy_rows(place.jobs, logbook, what, text, rows, place.tell)

    def _forget_bin(self) -> None:
        self.bin = None

    def _ask_to_unbin(self, case: BinnedCase) -> None:
        from ui.widgets.why_dialog import WhyDialog

        name = case.patient_code or self.tr("this case")
        question = WhyDialog(
            self._place.theme,
            self.tr("Take {name} out of the bin?").format(name=name),
            self.tr("It is back in the list and in every analysis."),
            self.tr("Take out"),
            self.bin,
            needs_reason=False,
        )
        question.accepted.connect(lambda: self._unbin(case.case_id, question.reason))
        if (logbook := self._logbook) is not None:
            question.offer_recent(self._place.jobs, logbook)
        question.open()

    def _unbin(self, case_id: str, reason: str) -> None:
        logbook = self._logbook
        if logbook is None:
            return

        def work() -> object:
            from models.case import restore_case

            return restore_case(logbook, case_id, reason)

        self._repeats.run(
            Once(logbook, work),
            lambda _: self._place.events.cases_changed.emit(),
            self._place.tell,
            self._tell_waiting,
        )

    def _tell_waiting(self) -> None:
        self._place.tell(
            LogbookError(
                self.tr("Not out of the bin yet: the server does not answer."),
                self.tr(
                    "It is done once, as soon as the server answers again. Leave this window open."
                ),
            )
        )
