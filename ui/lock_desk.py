# SPDX-License-Identifier: MIT
"""Signs cases off and unlocks them, after asking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import LogbookError
from models.logbook import Logbook
from models.speech import numeral
from ui.actions import Handlers
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.recall import Window


class LockDesk(QObject):
    """Works on the case in the editor, or on those that are chosen in the list."""

    def __init__(self, window: Window, place: Workplace) -> None:
        super().__init__(place.window)
        self._window = window
        self._place = place
        self._logbook: Logbook | None = None

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Sign off cases of this logbook from now on."""
        self._logbook = logbook

    def handlers(self) -> Handlers:
        """What the actions of the menus do."""
        return {"sign_off": self.ask_to_sign, "unlock": self.ask_to_unlock}

    def ask_to_sign(self) -> None:
        """Ask whether the cases are to be signed off; they are locked then."""
        self._ask(unlocks=False)

    def ask_to_unlock(self) -> None:
        """Ask why the cases are to be unlocked; administrators only."""
        self._ask(unlocks=True)

    def _ask(self, *, unlocks: bool) -> None:
        from ui.widgets.why_dialog import WhyDialog

        logbook, ids = self._logbook, self._chosen()
        if logbook is None:
            return
        if not ids:
            said = self.tr("No case is chosen.")
            self._place.tell(LogbookError(said, self.tr("Choose one in the list, or open one.")))
            return
        count = numeral(len(ids), ",")
        if unlocks:
            title = self.tr("Unlock this case?")
            if len(ids) > 1:
                title = self.tr("Unlock {count} cases?").format(count=count)
            about = self.tr("Then it changes like any other. The audit keeps who and why.")
        else:
            title = self.tr("Sign this case off?")
            if len(ids) > 1:
                title = self.tr("Sign {count} cases off?").format(count=count)
            about = self.tr(
                "It is locked then: what was recorded changes only by an amendment with a reason. "
                "Follow-up scores can still be added."
            )
        button = self.tr("Unlock") if unlocks else self.tr("Sign off")
        dialog = WhyDialog(
            self._place.theme, title, about, button, self._place.window, needs_reason=unlocks
        )
        dialog.accepted.connect(lambda: self._do(logbook, ids, dialog.reason, unlocks=unlocks))
        dialog.offer_recent(self._place.jobs, logbook)
        dialog.open()

    def _chosen(self) -> list[str]:
        editor = self._window.editor
        if self._window.shown_page == "editor" and editor is not None:
            # What is not saved is asked about first, because it would be an amendment afterwards.
            case_id = editor.stored_case_id
            return [case_id] if case_id and self._window.may_leave_editor() else []
        return self._window.cases.selected_cases()

    def _do(self, logbook: Logbook, ids: list[str], reason: str, *, unlocks: bool) -> None:
        def work() -> int:
            from models.signing_off import sign_off, unlock

            return (unlock if unlocks else sign_off)(logbook, ids, reason)

        told = partial(self._tell, ids)
        self._place.jobs.run(logbook, work, told, self._place.tell, changes=True)

    def _tell(self, ids: list[str], _count: int) -> None:
        self._place.events.cases_changed.emit()
        if self._window.shown_page == "editor" and len(ids) == 1:
            self._window.edit_case(ids[0])
