# SPDX-License-Identifier: MIT
"""The main window: it arranges rail, pages, menus and status bar, and knows no more than that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QWidget,
)

from models.copying import like, next_case_of
from models.logbook import FOLDER_SUFFIX
from ui.actions import ACTIONS, Handlers, fill_menu_bar, make_actions
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.help.welcome import WelcomePage
from ui.jobs import Jobs
from ui.rail import Rail
from ui.session import Session
from ui.settings import Settings
from ui.status import StatusBar
from ui.tasks import Tasks
from ui.theme import Mode, Theme

if TYPE_CHECKING:
    from models.case import Case
    from models.caselist import Counts
    from ui.editor.page import EditorPage
    from ui.outcomes.page import OutcomesPage

_SIZE = (1360, 850)
_SMALLEST = (960, 600)
_ZOOM_STEP = 0.1


class MainWindow(QMainWindow):
    """One window on one logbook."""

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        jobs: Jobs,
        events: LogbookEvents,
        session: Session,
        example_folder: Path,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._theme = theme
        self._jobs = jobs
        self._events = events
        self._session = session
        self._example_folder = example_folder
        self._status = StatusBar(theme, self)
        self._tasks = Tasks(self, theme, settings, jobs, self._status.follow)
        self._rail = Rail({"cases": self.tr("Cases"), "outcomes": self.tr("Outcomes")}, theme, self)
        self._stack = QStackedWidget(self)
        self._cases = CasesPage(jobs, theme, events, self)
        self._editor: EditorPage | None = None
        self._outcomes: OutcomesPage | None = None
        self._case_count = 0
        self._welcome = WelcomePage(theme, self)
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self._cases)
        self._arrange()
        self._recent = QMenu(self.tr("Open &recent"), self)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._actions = make_actions(self, self._handlers())
        fill_menu_bar(self.menuBar(), self._actions, self._recent)
        self._connect()
        self._show_page("cases")
        self._show_logbook()

    @property
    def cases(self) -> CasesPage:
        """The page with the list of cases."""
        return self._cases

    @property
    def outcomes(self) -> OutcomesPage | None:
        """The Outcomes page, once it was shown."""
        return self._outcomes

    @property
    def tasks(self) -> Tasks:
        """Export and check of the open logbook."""
        return self._tasks

    @property
    def shown_page(self) -> str:
        """Name of the page in sight: welcome, cases, editor or outcomes."""
        page = self._stack.currentWidget()
        if page is self._welcome:
            return "welcome"
        if page is self._cases:
            return "cases"
        return "editor" if page is self._editor else "outcomes"

    def _arrange(self) -> None:
        middle = QWidget(self)
        layout = QHBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self._status)
        self.setMinimumSize(*_SMALLEST)
        if not self.restoreGeometry(self._settings.state("window")):
            self.resize(*_SIZE)
        self._cases.restore_state(self._settings.state("cases"))

    def _connect(self) -> None:
        self._rail.chosen.connect(self.show_page)
        self._welcome.new_wanted.connect(self.new_logbook)
        self._welcome.open_wanted.connect(self.open_logbook)
        self._welcome.example_wanted.connect(self.open_example)
        self._welcome.recent_wanted.connect(self._open)
        self._cases.new_case_requested.connect(self.new_case)
        self._cases.edit_requested.connect(self.edit_case)
        self._cases.export_requested.connect(self._export_cases)
        self._events.opened.connect(self._show_logbook)
        self._events.case_saved.connect(self._count)
        self._events.cases_changed.connect(self._count)
        self._session.failed.connect(self._tasks.tell)
        self._theme.changed.connect(self._check_theme)
        self._check_theme()

    def _handlers(self) -> Handlers:
        focus = self._in_focus
        return {
            "new_logbook": self.new_logbook,
            "open_logbook": self.open_logbook,
            "export": self._export,
            "close_logbook": self._close_logbook,
            "quit": self._quit,
            "undo": lambda: focus("undo"),
            "redo": lambda: focus("redo"),
            "cut": lambda: focus("cut"),
            "copy": lambda: focus("copy"),
            "paste": lambda: focus("paste"),
            "find": self._find,
            "new_case": self.new_case,
            "edit_case": self._edit_selected,
            "copy_case": lambda: self._begin_from_selected(like),
            "next_case": lambda: self._begin_from_selected(next_case_of),
            "save_case": lambda: self._save(and_new=False),
            "save_and_new": lambda: self._save(and_new=True),
            "show_cases": lambda: self.show_page("cases"),
            "show_outcomes": lambda: self.show_page("outcomes"),
            "refresh": self._refresh,
            "theme_system": lambda: self._set_theme(Mode.SYSTEM),
            "theme_light": lambda: self._set_theme(Mode.LIGHT),
            "theme_dark": lambda: self._set_theme(Mode.DARK),
            "larger": lambda: self._zoom(self._theme.scale + _ZOOM_STEP),
            "smaller": lambda: self._zoom(self._theme.scale - _ZOOM_STEP),
            "normal_size": lambda: self._zoom(1.0),
            "verify": self._verify,
            "example": self.open_example,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }

    # pages

    def show_page(self, name: str) -> None:
        """Show the page of this name, unless an entry that is not saved holds the user back."""
        if self._may_leave_editor():
            self._show_page(name)

    def _show_page(self, name: str) -> None:
        page: QWidget = self._cases
        if self._session.logbook is None:
            page = self._welcome
            self._welcome.show_recent(self._settings.recent_logbooks)
        elif name == "outcomes":
            page = self._outcomes_page()
        self._stack.setCurrentWidget(page)
        self._rail.show_page(name)
        self._rail.setVisible(self._session.logbook is not None)
        self._allow()
        page.setFocus()

    def _outcomes_page(self) -> OutcomesPage:
        if self._outcomes is None:
            from ui.outcomes.page import OutcomesPage

            self._outcomes = OutcomesPage(self._jobs, self._theme, self._events, self)
            self._outcomes.case_opened.connect(self._show_case)
            self._stack.addWidget(self._outcomes)
            self._outcomes.set_logbook(self._session.logbook)
        return self._outcomes

    def _show_case(self, case_id: str) -> None:
        self._show_page("cases")
        self._cases.show_case(case_id)

    def _editor_page(self) -> EditorPage:
        if self._editor is None:
            from ui.editor.page import EditorPage

            self._editor = EditorPage(self._jobs, self._theme, self._events, self)
            self._editor.closed.connect(lambda: self._show_page("cases"))
            self._stack.addWidget(self._editor)
        return self._editor

    def new_case(self) -> None:
        """Begin an empty case."""
        logbook = self._session.logbook
        if logbook is not None and self._may_leave_editor():
            self._show_editor(lambda editor: editor.start_new(logbook))

    def edit_case(self, case_id: str) -> None:
        """Open a case for editing."""
        logbook = self._session.logbook
        if logbook is not None and self._may_leave_editor():
            self._show_editor(lambda editor: editor.edit(logbook, case_id))

    def _show_editor(self, start: Callable[[EditorPage], None]) -> None:
        editor = self._editor_page()
        start(editor)
        self._stack.setCurrentWidget(editor)
        self._rail.show_page("cases")
        self._allow()

    def _edit_selected(self) -> None:
        selected = self._cases.selected_cases()
        if len(selected) == 1:
            self.edit_case(selected[0])

    def _begin_from_selected(self, become: Callable[[Case], Case]) -> None:
        """Begin a case from the one in the editor, or the one selected in the list."""
        logbook, case_id = self._session.logbook, self._case_in_hand()
        if logbook is not None and case_id and self._may_leave_editor():
            self._show_editor(lambda editor: editor.edit(logbook, case_id, become))

    def _case_in_hand(self) -> str:
        if self._editor is not None and self.shown_page == "editor":
            return self._editor.stored_case_id
        selected = self._cases.selected_cases()
        return selected[0] if len(selected) == 1 else ""

    def _may_leave_editor(self) -> bool:
        if self._editor is None or self._stack.currentWidget() is not self._editor:
            return True
        return self._editor.can_leave()

    def _save(self, *, and_new: bool) -> None:
        if self._editor is not None and self.shown_page == "editor":
            self._editor.save_and_new() if and_new else self._editor.save()

    def _find(self) -> None:
        self.show_page("cases")
        if self.shown_page == "cases":
            self._cases.focus_search()

    def _refresh(self) -> None:
        self._events.cases_changed.emit()

    # the logbook

    def new_logbook(self) -> None:
        """Ask for a place and make a logbook there."""
        start = Path.home() / f"Clinic{FOLDER_SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("New logbook"),
            str(start),
            self.tr("Logbook folders (*{suffix})").format(suffix=FOLDER_SUFFIX),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name and self._may_leave_editor():
            folder = Path(name)
            named = folder if folder.suffix else folder.with_name(folder.name + FOLDER_SUFFIX)
            self._session.create(named)

    def open_logbook(self) -> None:
        """Ask for the folder of a logbook and open it."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Open logbook"), str(Path.home()))
        if name and self._may_leave_editor():
            self._session.open(Path(name))

    def open_example(self) -> None:
        """Open the example logbook with the two published cases."""
        if self._may_leave_editor():
            self._session.open_example(self._example_folder)

    def _close_logbook(self) -> None:
        if self._may_leave_editor():
            self._session.close()

    def _fill_recent(self) -> None:
        self._recent.clear()
        for folder in self._settings.recent_logbooks:
            action = self._recent.addAction(str(folder))
            action.triggered.connect(lambda _checked=False, place=folder: self._open(place))
        self._recent.setEnabled(bool(self._recent.actions()))

    def _open(self, folder: Path) -> None:
        if self._may_leave_editor():
            self._session.open(folder)

    def _show_logbook(self) -> None:
        logbook = self._session.logbook
        if logbook is not None and logbook.folder != self._example_folder:
            self._settings.remember_logbook(logbook.folder)
        self.setWindowTitle(f"{logbook.name} – Kypholog" if logbook else "Kypholog")
        self._status.show_logbook(logbook)
        self._rail.set_user(logbook.user if logbook else "")
        self._rail.set_number("cases", 0)
        self._cases.set_logbook(logbook)
        if self._outcomes is not None:
            self._outcomes.set_logbook(logbook)
        self._show_page("cases")
        self._count()

    def _count(self) -> None:
        logbook = self._session.logbook
        if logbook is None:
            return

        def work() -> Counts:
            from models.caselist import counts

            return counts(logbook)

        self._jobs.run(logbook, work, self._show_counts, self._tasks.tell)

    def _show_counts(self, counts: Counts) -> None:
        cases, patients, levels = counts.cases, counts.patients, counts.levels
        self._case_count = cases
        self._rail.set_number("cases", cases)
        self._status.show_counts(
            self.tr("{cases} cases · {patients} patients · {levels} levels").format(
                cases=f"{cases:,}", patients=f"{patients:,}", levels=f"{levels:,}"
            )
        )

    # tasks

    def _export(self) -> None:
        self._export_cases(self._cases.selected_cases())

    def _export_cases(self, selected: list[str]) -> None:
        if self._session.logbook is not None:
            self._tasks.export(self._session.logbook, self._case_count, selected)

    def _verify(self) -> None:
        if self._session.logbook is not None:
            self._tasks.check(self._session.logbook)

    def _show_shortcuts(self) -> None:
        from ui.help.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._theme, self._actions.values(), self).open()

    def _show_about(self) -> None:
        from ui.help.about import AboutDialog

        AboutDialog(self._theme, self._session.logbook, self).open()

    # looks and keys

    def _set_theme(self, mode: Mode) -> None:
        self._theme.set_mode(mode)
        self._settings.theme = mode
        self._check_theme()

    def _zoom(self, scale: float) -> None:
        self._theme.set_scale(round(scale, 1))
        self._settings.scale = self._theme.scale

    def _check_theme(self) -> None:
        for mode in Mode:
            self._actions[f"theme_{mode.value}"].setChecked(self._theme.mode is mode)

    def _in_focus(self, method: str) -> None:
        """Edit actions work on whatever text or table has the focus."""
        act = getattr(QApplication.focusWidget(), method, None)
        if callable(act):
            act()

    def _allow(self) -> None:
        is_open = self._session.logbook is not None
        for spec in ACTIONS:
            if spec.needs_logbook:
                self._actions[spec.name].setEnabled(is_open)
        for name in ("save_case", "save_and_new"):
            self._actions[name].setEnabled(self.shown_page == "editor")

    # closing

    def _quit(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_leave_editor():
            event.ignore()
            return
        self._settings.keep_state("window", self.saveGeometry())
        self._settings.keep_state("cases", self._cases.save_state())
        self._session.close()
        event.accept()
