# SPDX-License-Identifier: MIT
"""All that acts in the window: its desks, and the menus that lead to them.

Nothing of it is in sight, so it is made when the list is: what is seen at once is in ``window``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.actions import ACTIONS, Handlers, fill_menus, make_actions
from ui.backup_desk import BackupDesk
from ui.case_counts import CaseCounts
from ui.case_desk import CaseDesk
from ui.cases.printing import CasePrinting
from ui.editor.draft_desk import DraftDesk
from ui.followup_desk import FollowUpDesk
from ui.help_desk import HelpDesk
from ui.import_desk import ImportDesk
from ui.logbook_desk import LogbookDesk
from ui.looks import Looks
from ui.making import Making
from ui.numbers_desk import NumbersDesk
from ui.others_desk import OthersDesk
from ui.recall import Recall
from ui.recent_menu import RecentMenu
from ui.record_tasks import RecordTasks
from ui.report_desk import ReportDesk
from ui.tasks import Tasks
from ui.undo import Undoable, UndoDesk, in_focus
from ui.workplace import Workplace

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from models.caselist import Counts
    from models.errors import LogbookError
    from models.query import Filter
    from ui.window import MainWindow


class Desks(QObject):
    """Those of one window, on whichever logbook is open in it.

    Attributes:
        actions: what the menus offer, each by its name.
        logbooks: opens logbooks.
        backups, others, recall, drafts, help: of the open logbook, and of the program.
        cases, followup, numbers: make the editor, the Follow-up page, and those with numbers.
        tasks: export and check of the open logbook.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._making = Making(self)
        theme, settings, session = window.theme, window.settings, window.session
        jobs, events, shelf, status = window.jobs, window.events, window.shelf, window.status
        may_leave, listed = window.may_leave_editor, window.cases
        self.tasks = Tasks(window, theme, settings, session, jobs, events, shelf, status.follow)
        place = Workplace(window, theme, jobs, events, self.tasks.tell)
        jobs.unsaved.connect(self._tell_unsaved)
        self.recall = Recall(window, place, status.follow)
        self._looks = Looks(theme, settings, self)
        self._record = RecordTasks(place, session, self._looks, may_leave, window.show_case)
        self._counts = CaseCounts(place, session)
        self.backups = BackupDesk(place, session, status, may_leave)
        self.others = OthersDesk(place, session, settings, status)
        self.numbers = NumbersDesk(place, shelf)
        self.logbooks = LogbookDesk(
            *(place, session, status, window.example, may_leave),
            is_unsaved=lambda: self.cases.is_unsaved(),
            put_aside=lambda: self.cases.put_aside(),
            leave=self.backups.leave,
        )
        chosen, stack = listed.selected_cases, window.pages.stack
        self._printing = CasePrinting(
            listed, jobs, theme, settings, session, self.tasks.tell, window
        )
        self._reports = ReportDesk(place, session, settings, shelf, self._asked, chosen)
        self.cases = CaseDesk(stack, listed, session, jobs, theme, events)
        self.followup = FollowUpDesk(
            stack, session, jobs, theme, events, settings, self.tasks.tell, window.today
        )
        self._importing = ImportDesk(
            place, session, settings, self.recall.saved, may_leave, window.list_cases
        )
        self.help = HelpDesk(place, session, settings, window.example, lambda: self.actions)
        self.recent = RecentMenu(settings, window)
        self.actions: dict[str, QAction] = {}

    def begin(self, then: Callable[[], object]) -> None:
        """Have the menus made in the next turns of the event loop, and do this when they act.

        What the user asks meanwhile is not heard, so that nothing is done twice.
        """
        self._making.begin(self._make(), then)

    def finish(self) -> None:
        """Do now what is left of that."""
        self._making.finish()

    def _make(self) -> Iterator[None]:
        yield
        window = self._window
        self.actions = make_actions(window, self._handlers())
        yield
        fill_menus(window.menuBar(), self.actions, self.recent)
        self.drafts = DraftDesk(
            window, window.theme, window.jobs, window.session, self.actions["drafts"]
        )
        self._undo = UndoDesk(self.actions, self._undoable, self)
        self._looks.check(self.actions)
        yield
        self._connect()
        self.take_logbook()
        self.look_around()
        self._on_page_turned()

    def _connect(self) -> None:
        window, listed, pages = self._window, self._window.cases, self._window.pages
        pages.turned.connect(self._on_page_turned)
        window.status.encrypt_wanted.connect(self.logbooks.access.encrypt)
        self.numbers.case_opened.connect(window.show_case)
        self.numbers.cases_asked.connect(window.list_cases)
        self.numbers.new_case_wanted.connect(self.cases.new_case)
        self.backups.package_wanted.connect(lambda: self._export_cases([], "package"))
        self.recent.chosen.connect(self.logbooks.open)
        listed.images_requested.connect(self.cases.add_images)
        listed.export_requested.connect(self._export_cases)
        listed.history_requested.connect(self.recall.show_history)
        listed.merge_requested.connect(self._merge)
        listed.print_requested.connect(self._printing.start)
        listed.summary_requested.connect(self._reports.summarize)
        self.followup.counted.connect(partial(pages.rail.set_number, "followup"))
        self.followup.counted.connect(window.status.show_overdue)
        self.followup.case_opened.connect(self._ask_score)
        self.followup.history_wanted.connect(self.recall.show_history)
        self.followup.undo_wanted.connect(self.recall.saved.undo_case)
        self.followup.new_case_wanted.connect(self.cases.new_case)
        self.recall.saved.said.connect(window.status.say)
        self._counts.counted.connect(self._show_counts)
        self.drafts.resume_wanted.connect(self.cases.resume)
        self.cases.shown.connect(pages.show_editor)
        self.cases.closed.connect(pages.leave_editor)
        self.others.standing.put_out.connect(self.logbooks.put_out)

    def _handlers(self) -> Handlers:
        window, listed = self._window, self._window.cases
        return {
            **self.logbooks.handlers(),
            **self.backups.handlers(),
            "import": self._importing.ask,
            "merge_logbook": self._importing.ask_logbook,
            "export": lambda: self._export_cases(listed.selected_cases()),
            "print": lambda: self._print(),
            "report": self._reports.ask,
            "quit": window.close,
            "undo": lambda: self._undo.undo(),
            "redo": lambda: self._undo.redo(),
            **{name: partial(in_focus, name) for name in ("cut", "copy", "paste")},
            "find": self._find,
            **self.cases.handlers(),
            "drafts": lambda: self.drafts.show(),
            **self.recall.handlers(),
            "show_cases": lambda: window.show_page("cases"),
            "show_followup": lambda: window.show_page("followup"),
            "show_outcomes": lambda: window.show_page("outcomes"),
            "show_safety": lambda: window.show_page("safety"),
            "show_literature": lambda: window.show_page("literature"),
            "sort_cases": partial(self._on_cases, listed.table.show_sort_menu),
            "columns": partial(self._on_cases, listed.ask_columns),
            "case_or_patient": partial(self._on_cases, listed.detail.turn),
            "refresh": window.events.cases_changed.emit,
            **self._looks.handlers(),
            "merge_patients": lambda: self._merge(listed.selected_cases()),
            "visit_plan": self.followup.show_plan,
            **self._record.handlers(),
            "verify": self._verify,
            **self.help.handlers(),
        }

    # the logbook

    def take_logbook(self) -> None:
        """Serve the logbook that is open now, or none."""
        self.recall.set_logbook(self._window.session.logbook)
        self.followup.start_anew()
        self.logbooks.on_opened()

    def look_around(self) -> None:
        """Count what is in it, and offer the drafts."""
        self._counts.count()
        self.drafts.offer()

    def _show_counts(self, counts: Counts) -> None:
        self._window.pages.rail.set_number("cases", counts.cases)
        self._window.status.show_counts(counts)

    # pages

    def _on_page_turned(self) -> None:
        self._allow()
        self.drafts.count()

    def _allow(self) -> None:
        shown, is_open = self._window.shown_page, self._window.session.logbook is not None
        for spec in ACTIONS:
            if spec.needs_logbook:
                self.actions[spec.name].setEnabled(is_open)
        for name in ("save_case", "save_and_new", "close_editor"):
            self.actions[name].setEnabled(shown == "editor")
        self.actions["print"].setEnabled(shown in ("cases", "followup"))

    def _ask_score(self, case_id: str) -> None:
        """Open a case at its assessments, and come back to the Follow-up page from it."""
        self.cases.edit_case(case_id, asks_score=True)
        if self.cases.is_shown:
            self._window.pages.come_back_to("followup")

    def _find(self) -> None:
        if not self.numbers.find(self._window.shown_page):
            self._on_cases(self._window.cases.focus_search)

    def _on_cases(self, act: Callable[[], None]) -> None:
        self._window.show_page("cases")
        if self._window.shown_page == "cases":
            act()

    def _undoable(self) -> Undoable | None:
        shown = self._window.shown_page
        if self.cases.is_shown and self.cases.editor is not None:
            return self.cases.editor.steps
        if shown == "cases":
            return self.recall.saved
        if shown == "followup":
            return self.followup.undoing(self.recall.saved)
        return self.numbers.undoable(shown)

    # tasks

    def _export_cases(self, selected: list[str], profile: str = "") -> None:
        from ui.data.export_choice import Scope

        logbook = self._window.session.logbook
        if logbook is not None:
            self.tasks.export(logbook, Scope(self._counts.cases, selected, self._asked()), profile)

    def _asked(self) -> Filter:
        """The filter of the page in sight, or else of the list of cases."""
        of_numbers = self.numbers.filter_of(self._window.shown_page)
        return of_numbers or self._window.cases.bar.filters.filter

    def _tell_unsaved(self, error: LogbookError) -> None:
        from ui.leaving import of_left

        self.tasks.tell(of_left(error))

    def _print(self) -> None:
        if self._window.shown_page == "followup":
            self.followup.print_list()
        else:
            self._printing.start()

    def _verify(self) -> None:
        if self._window.session.logbook is not None:
            self.tasks.check(self._window.session.logbook)

    def _merge(self, case_ids: list[str]) -> None:
        if self._window.may_leave_editor():
            self._window.pages.show_page("cases")
            self._record.ask_merge(case_ids)
