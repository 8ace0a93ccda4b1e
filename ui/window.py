# SPDX-License-Identifier: MIT
"""The main window: it arranges rail, pages, menus and status bar, and knows no more than that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from ui.actions import ACTIONS, Handlers, fill_menu_bar, make_actions
from ui.backup_desk import BackupDesk
from ui.case_counts import CaseCounts
from ui.case_desk import CaseDesk
from ui.cases.page import CasesPage
from ui.cases.printing import CasePrinting
from ui.editor.draft_desk import DraftDesk
from ui.events import LogbookEvents
from ui.filters.shelf import FilterShelf
from ui.followup_desk import FollowUpDesk
from ui.help.welcome import WelcomePage
from ui.help_desk import HelpDesk
from ui.import_desk import ImportDesk
from ui.jobs import Job, Jobs
from ui.logbook_desk import LogbookDesk
from ui.looks import Looks
from ui.numbers_desk import NumbersDesk
from ui.others_desk import OthersDesk
from ui.pages import WELCOME, Pages, PageSpec
from ui.permits import Permits, who_works
from ui.recall import Recall
from ui.recent_menu import RecentMenu
from ui.record_tasks import RecordTasks
from ui.report_desk import ReportDesk
from ui.session import Session
from ui.settings import Settings
from ui.status import StatusBar
from ui.tasks import Tasks
from ui.theme import Theme
from ui.today import Today
from ui.undo import Undoable, UndoDesk, in_focus
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.caselist import Counts
    from models.query import Filter
    from ui.editor.page import EditorPage
    from ui.literature.page import LiteraturePage
    from ui.outcomes.page import OutcomesPage
    from ui.safety.page import SafetyPage

_SIZE = (1360, 850)
_SMALLEST = (960, 600)


class MainWindow(QMainWindow):
    """One window on one logbook.

    Attributes:
        backups, others: those of the open logbook.
        logbooks: opens logbooks.
    """

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        jobs: Jobs,
        events: LogbookEvents,
        session: Session,
        example_folder: Path,
        today: Today,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._jobs = jobs
        self._events = events
        self._session = session
        self._status = StatusBar(theme, self)
        self._permits = Permits(self)
        self._permits.refused.connect(self._status.say)
        self._shelf = FilterShelf(jobs, events, self)
        self._tasks = Tasks(
            *(self, theme, settings, session, jobs, events, self._shelf), self._status.follow
        )
        place = Workplace(self, theme, jobs, events, self._tasks.tell)
        self._recall = Recall(self, place, self._status.follow)
        self._looks = Looks(theme, settings, self)
        self._record = RecordTasks(
            place, session, self._looks, self.may_leave_editor, self._show_case
        )
        self._counts = CaseCounts(place, session)
        self.backups = BackupDesk(place, session, self._status, self.may_leave_editor)
        self.others = OthersDesk(place, session, settings, self._status)
        self._numbers = NumbersDesk(place, self._shelf)
        self.logbooks = LogbookDesk(
            *(place, session, self._status, example_folder, self.may_leave_editor),
            put_aside=lambda: self._desk.put_aside(),
            leave=self.backups.leave,
        )
        self._pages = Pages(self._page_specs(), theme, self)
        stack = self._pages.stack
        self._welcome = self._pages.put(WELCOME, WelcomePage(theme, stack))
        cases = CasesPage(jobs, theme, events, self._shelf, stack, today=lambda: today.day)
        self._cases = self._pages.put("cases", cases)
        today.changed.connect(self._cases.refresh)
        self._printing = CasePrinting(
            self._cases, jobs, theme, settings, session, self._tasks.tell, self
        )
        self._reports = ReportDesk(
            place, session, settings, self._shelf, self._asked, self._cases.selected_cases
        )
        self._desk = CaseDesk(stack, self._cases, session, jobs, theme, events)
        self._followup = FollowUpDesk(
            stack, session, jobs, theme, events, settings, self._tasks.tell, today
        )
        self._importing = ImportDesk(
            place, session, settings, self._recall.saved, self.may_leave_editor, self._list_cases
        )
        self._help = HelpDesk(place, session, settings, example_folder, lambda: self._actions)
        self._arrange()
        self._recent = RecentMenu(settings, self)
        self._actions = make_actions(self, self._handlers())
        fill_menu_bar(self.menuBar(), self._actions, self._recent)
        self._drafts = DraftDesk(self, theme, jobs, session, self._actions["drafts"])
        self._undo = UndoDesk(self._actions, self._undoable, self)
        self._connect()
        self._show_logbook()

    @property
    def cases(self) -> CasesPage:
        """The page with the list of cases."""
        return self._cases

    @property
    def followup(self) -> FollowUpDesk:
        """The Follow-up page, and who is overdue."""
        return self._followup

    @property
    def outcomes(self) -> OutcomesPage | None:
        """The Outcomes page, once it was shown."""
        return self._numbers.outcomes

    @property
    def safety(self) -> SafetyPage | None:
        """The Safety page, once it was shown."""
        return self._numbers.safety

    @property
    def literature(self) -> LiteraturePage | None:
        """The Literature page, once it was shown."""
        return self._numbers.literature

    @property
    def editor(self) -> EditorPage | None:
        """The case editor, once it was shown."""
        return self._desk.editor

    @property
    def tasks(self) -> Tasks:
        """Export and check of the open logbook."""
        return self._tasks

    @property
    def shown_page(self) -> str:
        """Name of the page in sight: welcome, cases, followup, editor, outcomes or safety."""
        return self._pages.shown

    def _page_specs(self) -> list[PageSpec]:
        return [
            PageSpec("cases", self.tr("Cases")),
            PageSpec(
                "followup", self.tr("Follow-up"), lambda: self._followup.made(), is_waiting=True
            ),
            *self._numbers.specs(),
        ]

    def _arrange(self) -> None:
        self._theme.part(self)
        self.setCentralWidget(self._pages)
        self.setStatusBar(self._status)
        self.setMinimumSize(*_SMALLEST)
        if not self.restoreGeometry(self._settings.state("window")):
            self.resize(*_SIZE)
        self._cases.restore_state(self._settings.state("cases"))

    def _connect(self) -> None:
        self._pages.rail.chosen.connect(self.show_page)
        self._pages.turned.connect(self._on_page_turned)
        self._numbers.case_opened.connect(self._show_case)
        self._numbers.cases_asked.connect(self._list_cases)
        self.backups.package_wanted.connect(lambda: self._export_cases([], "package"))
        self._recent.chosen.connect(self.logbooks.open)
        self.logbooks.serve(self._welcome)
        self._welcome.tour_wanted.connect(self._help.take_tour)
        self._cases.new_case_requested.connect(self.new_case)
        self._cases.edit_requested.connect(self.edit_case)
        self._cases.images_requested.connect(self._desk.add_images)
        self._cases.export_requested.connect(self._export_cases)
        self._cases.history_requested.connect(self._recall.show_history)
        self._cases.merge_requested.connect(self._merge)
        self._cases.print_requested.connect(self._printing.start)
        self._cases.summary_requested.connect(self._reports.summarize)
        self._followup.counted.connect(partial(self._pages.rail.set_number, "followup"))
        self._followup.counted.connect(self._status.show_overdue)
        self._followup.case_opened.connect(self._ask_score)
        self._followup.history_wanted.connect(self._recall.show_history)
        self._followup.undo_wanted.connect(self._recall.saved.undo_case)
        self._followup.new_case_wanted.connect(self.new_case)
        self._events.opened.connect(self._show_logbook)
        self._events.door_changed.connect(self._show_door)
        self._counts.counted.connect(self._show_counts)
        self._drafts.resume_wanted.connect(self._desk.resume)
        self._desk.shown.connect(self._pages.show_editor)
        self._desk.closed.connect(self._pages.leave_editor)
        self._session.catching_up.connect(self._follow_catching_up)
        self._looks.check(self._actions)
        self.others.standing.put_out.connect(self.logbooks.put_out)

    def _handlers(self) -> Handlers:
        return {
            **self.logbooks.handlers(),
            **self.backups.handlers(),
            "import": self._importing.ask,
            "merge_logbook": self._importing.ask_logbook,
            "export": lambda: self._export_cases(self._cases.selected_cases()),
            "print": lambda: self._print(),
            "report": self._reports.ask,
            "quit": self.close,
            "undo": lambda: self._undo.undo(),
            "redo": lambda: self._undo.redo(),
            **{name: partial(in_focus, name) for name in ("cut", "copy", "paste")},
            "find": self._find,
            **self._desk.handlers(),
            "drafts": lambda: self._drafts.show(),
            **self._recall.handlers(),
            "show_cases": lambda: self.show_page("cases"),
            "show_followup": lambda: self.show_page("followup"),
            "show_outcomes": lambda: self.show_page("outcomes"),
            "show_safety": lambda: self.show_page("safety"),
            "show_literature": lambda: self.show_page("literature"),
            "sort_cases": partial(self._on_cases, self._cases.table.show_sort_menu),
            "columns": partial(self._on_cases, self._cases.ask_columns),
            "case_or_patient": partial(self._on_cases, self._cases.detail.turn),
            "refresh": self._events.cases_changed.emit,
            **self._looks.handlers(),
            "merge_patients": lambda: self._merge(self._cases.selected_cases()),
            "visit_plan": self._followup.show_plan,
            **self._record.handlers(),
            "verify": self._verify,
            **self._help.handlers(),
        }

    # pages

    def show_page(self, name: str) -> None:
        """Show the page of this name, unless an entry that is not saved holds the user back."""
        if self.may_leave_editor():
            self._pages.show_page(name)

    def _on_page_turned(self) -> None:
        self._allow()
        self._drafts.count()

    def _list_cases(self, asked: Filter) -> None:
        self._pages.show_page("cases")
        self._cases.bar.filters.ask(asked)

    def _show_case(self, case_id: str) -> None:
        self._pages.show_page("cases")
        self._cases.show_case(case_id)

    def new_case(self) -> None:
        """Begin an empty case."""
        self._desk.new_case()

    def edit_case(self, case_id: str) -> None:
        """Open a case for editing."""
        self._desk.edit_case(case_id)

    def _ask_score(self, case_id: str) -> None:
        """Open a case at its assessments, and come back to the Follow-up page from it."""
        self._desk.edit_case(case_id, asks_score=True)
        if self._desk.is_shown:
            self._pages.come_back_to("followup")

    def may_leave_editor(self) -> bool:
        """Whether nothing that is not saved holds the user back; asks where something does."""
        return self._desk.may_leave()

    def _find(self) -> None:
        if not self._numbers.find(self.shown_page):
            self._on_cases(self._cases.focus_search)

    def _on_cases(self, act: Callable[[], None]) -> None:
        self.show_page("cases")
        if self.shown_page == "cases":
            act()

    # the logbook

    def _show_logbook(self) -> None:
        logbook = self._session.logbook
        if logbook is not None and not self.logbooks.is_example(logbook.place):
            self._settings.remember_logbook(logbook.place)
        self.setWindowTitle(f"{logbook.name} – Kypholog" if logbook else "Kypholog")
        self._status.show_logbook(logbook)
        self._show_door()
        self._pages.rail.set_number("cases", 0)
        if logbook is None:
            self._welcome.show_recent(self._settings.recent_logbooks)
        self._recall.set_logbook(logbook)
        self._followup.start_anew()
        self.logbooks.on_opened()
        self._pages.set_logbook(logbook)
        self._counts.count()
        self._drafts.offer()

    def _show_door(self) -> None:
        logbook = self._session.logbook
        self._permits.set_door(logbook.door if logbook else None)
        self._pages.rail.set_user(*who_works(logbook))

    def _follow_catching_up(self, job: Job, name: str) -> None:
        if self._session.logbook is None:
            self._welcome.follow(job, name)
        else:
            self._status.follow(job, self.tr("Bringing {logbook} up to date").format(logbook=name))

    def _show_counts(self, counts: Counts) -> None:
        self._pages.rail.set_number("cases", counts.cases)
        self._status.show_counts(counts)

    # tasks

    def _export_cases(self, selected: list[str], profile: str = "") -> None:
        from ui.data.export_choice import Scope

        if self._session.logbook is not None:
            scope = Scope(self._counts.cases, selected, self._asked())
            self._tasks.export(self._session.logbook, scope, profile)

    def _asked(self) -> Filter:
        """The filter of the page in sight, or else of the list of cases."""
        return self._numbers.filter_of(self.shown_page) or self._cases.bar.filters.filter

    def _print(self) -> None:
        if self.shown_page == "followup":
            self._followup.print_list()
        else:
            self._printing.start()

    def _verify(self) -> None:
        if self._session.logbook is not None:
            self._tasks.check(self._session.logbook)

    def _merge(self, case_ids: list[str]) -> None:
        if self.may_leave_editor():
            self._pages.show_page("cases")
            self._record.ask_merge(case_ids)

    # keys

    def _undoable(self) -> Undoable | None:
        if self._desk.is_shown and self._desk.editor is not None:
            return self._desk.editor.steps
        if self.shown_page == "cases":
            return self._recall.saved
        if self.shown_page == "followup":
            return self._followup.undoing(self._recall.saved)
        return self._numbers.undoable(self.shown_page)

    def _allow(self) -> None:
        is_open = self._session.logbook is not None
        for spec in ACTIONS:
            if spec.needs_logbook:
                self._actions[spec.name].setEnabled(is_open)
        for name in ("save_case", "save_and_new"):
            self._actions[name].setEnabled(self.shown_page == "editor")
        self._actions["print"].setEnabled(self.shown_page in ("cases", "followup"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the rail how much room there is."""
        super().resizeEvent(event)
        self._pages.rail.set_room(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave_editor() or self.backups.leave(self.close):
            event.ignore()
            return
        self._settings.keep_state("window", self.saveGeometry())
        self._settings.keep_state("cases", self._cases.save_state())
        self._session.close()
        event.accept()
