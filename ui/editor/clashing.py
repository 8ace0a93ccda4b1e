# SPDX-License-Identifier: MIT
"""What the editor does when somebody else saved the case that is being edited."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from models.case import Case, Saved
from models.errors import LogbookError, VersionConflict
from models.logbook import Logbook
from models.news import Doing, News
from models.reconciling import Choices, Clash, look, reconcile
from ui.editor.case_rows import copy_case
from ui.editor.clash_dialog import ClashDialog
from ui.editor.editing import Editing
from ui.editor.notice_bar import Action, NoticeBar
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme


class Clashing(QObject):
    """Says that it happened, shows both versions side by side, and saves what comes of both.

    Signals:
        joined: (Case, Saved) what came of both is stored.
        failed: (LogbookError) the two could not be compared.
        stored_wanted: the stored version is to be shown instead.
    """

    joined = Signal(object, object)
    failed = Signal(object)
    stored_wanted = Signal()

    def __init__(
        self,
        editing: Editing,
        notice: NoticeBar,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._editing, self._notice, self._jobs = editing, notice, jobs
        self._theme, self._page = theme, page
        self._dialog: ClashDialog | None = None
        self._seen: tuple[str, int] = ("", 0)
        events.changed_elsewhere.connect(self.hear)

    @property
    def instead(self) -> Action:
        """The other way out: what was entered is thrown away."""
        return self.tr("Discard mine, open the stored case"), self.stored_wanted.emit

    @property
    def dialog(self) -> ClashDialog | None:
        """Where the two stand side by side, while they do."""
        return self._dialog

    def hear(self, news: News) -> None:
        """Another window or program saved something: perhaps this case, or its patient."""
        case = self._editing.case
        if case is None or self._editing.is_new or self._dialog is not None:
            return
        doing = news.cases.get(case.id)
        if doing is not None and (case.id, doing.version) == self._seen:
            # Just looked at, side by side.
            return
        if doing is None or doing.version <= case.version:
            doing = news.patients.get(str(case.patient.id))
            if doing is None or doing.version <= int(case.patient.version):
                return
        self._notice.say(*self._told(doing))

    def start(self, chosen: Choices | None = None) -> None:
        """Compare what was entered with what is stored, and let the user choose."""
        case, logbook = self._editing.case, self._editing.logbook
        if case is None or logbook is None:
            return
        copy = copy_case(case)

        def show(clash: Clash) -> None:
            if self._editing.case is case:
                self._show(logbook, clash, chosen or {})

        self._jobs.run(logbook, lambda: look(logbook, copy), show, self.failed.emit)

    def _told(self, doing: Doing) -> tuple[str, str, Action]:
        when = f"{doing.at.astimezone():%H:%M}"
        if not self._editing.is_unsaved():
            told = self.tr("{user} saved this case at {when}. You see it as it was before.")
            action = self.tr("Show it as it is now"), self.stored_wanted.emit
        else:
            told = self.tr(
                "{user} saved this case at {when}. What you entered is kept; when you save it, "
                "you choose field by field."
            )
            action = self.tr("Compare now"), self.start
        if doing.is_binned:
            told = self.tr("{user} put this case into the bin at {when}. What you entered is kept.")
        return told.format(user=doing.user, when=when), "warning", action

    def _show(self, logbook: Logbook, clash: Clash, chosen: Choices) -> None:
        dialog = self._dialog = ClashDialog(self._theme, clash, self._page)
        self._seen = clash.case_id, clash.stored_version
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.take_over(chosen)
        dialog.save_wanted.connect(lambda: self._save(logbook, dialog))
        dialog.rejected.connect(self._give_up)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _save(self, logbook: Logbook, dialog: ClashDialog) -> None:
        clash, chosen = dialog.clash, dialog.chosen

        def end(done: tuple[Case, Saved]) -> None:
            if self._dialog is dialog:
                dialog.accept()
            self.joined.emit(*done)

        def fail(error: LogbookError) -> None:
            if self._dialog is not dialog:
                self.failed.emit(error)
            elif isinstance(error, VersionConflict):
                # Once more meanwhile: what was chosen stays chosen.
                dialog.done(ClashDialog.DialogCode.Accepted)
                self.start(chosen)
            else:
                dialog.warn(error)

        self._jobs.run(logbook, lambda: reconcile(logbook, clash, chosen), end, fail)

    def _forget(self) -> None:
        self._dialog = None

    def _give_up(self) -> None:
        self._notice.say(
            self.tr(
                "Not saved. What you entered is kept; save once more to choose between it and "
                "what somebody else saved."
            ),
            "warning",
            self.instead,
        )
