# SPDX-License-Identifier: MIT
"""The main window: what of it is seen at once. All that acts in it are the ``desks``."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from ui.ahead import Room
from ui.cases.page import CasesPage
from ui.events import LogbookEvents
from ui.filters.shelf import FilterShelf
from ui.jobs import Job, Jobs
from ui.menus import put_menus
from ui.pages import Pages, PageSpec
from ui.permits import Permits, who_works
from ui.session import Session
from ui.settings import Settings
from ui.status import StatusBar
from ui.theme import Theme
from ui.today import Today
from ui.topics import Topics

if TYPE_CHECKING:
    from models.query import Filter
    from ui.backup_desk import BackupDesk
    from ui.desks import Desks
    from ui.editor.page import EditorPage
    from ui.followup_desk import FollowUpDesk
    from ui.help.welcome import WelcomePage
    from ui.literature.page import LiteraturePage
    from ui.logbook_desk import LogbookDesk
    from ui.others_desk import OthersDesk
    from ui.outcomes.page import OutcomesPage
    from ui.safety.page import SafetyPage
    from ui.tasks import Tasks

_SIZE = (1360, 850)
_SMALLEST = (960, 600)
_PATIENCE_MS = 1_000
"""How long nothing is in sight while a logbook is opened at the start."""
_FOR_DESKS = (QEvent.Type.ShortcutOverride, QEvent.Type.DragEnter, QEvent.Type.Drop)
_STILL_MS = 250
"""How long the window stays as it is until the list of a logbook that was opened is read."""


class MainWindow(QMainWindow):
    """One window on one logbook.

    Its desks are made when the list of cases is in sight, or when somebody asks for them.

    Attributes:
        settings, theme, jobs, events, session, today: those of the program.
        example: folder of the example logbook.
        status, shelf, pages, cases: what is in sight at once.

    Signals:
        furnished: its desks are there now.
    """

    furnished = Signal()

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
        self.settings, self.theme, self.jobs = settings, theme, jobs
        self.events, self.session, self.today = events, session, today
        self.example = example_folder
        self._coming: Desks | None = None
        self._desks: Desks | None = None
        self._is_awaiting = False
        self._room = Room(jobs, self, "ui.desks")
        self._stillness = QTimer(self, singleShot=True, interval=_STILL_MS)
        self._stillness.timeout.connect(self._go_on_painting)
        self.status = StatusBar(theme, self)
        self._permits = Permits(self)
        self._permits.refused.connect(self.status.say)
        self.shelf = FilterShelf(jobs, events, self)
        self._welcome: WelcomePage | None = None
        self.pages = Pages(self._page_specs(), self._make_welcome, theme, self)
        stack = self.pages.stack
        cases = CasesPage(jobs, theme, events, self.shelf, stack, today=lambda: today.day)
        self.cases = self.pages.put("cases", cases)
        self._arrange()
        self._connect()
        self._name()

    @property
    def desks(self) -> Desks:
        """All that acts in the window; made now if it is not there yet."""
        if self._desks is None:
            self._begin_desks().finish()
        assert self._desks is not None
        return self._desks

    @property
    def is_furnished(self) -> bool:
        """Whether its desks are there."""
        return self._desks is not None

    @property
    def backups(self) -> BackupDesk:
        """Those of the open logbook."""
        return self.desks.backups

    @property
    def others(self) -> OthersDesk:
        """Who else works with the open logbook."""
        return self.desks.others

    @property
    def logbooks(self) -> LogbookDesk:
        """Opens logbooks."""
        return self.desks.logbooks

    @property
    def followup(self) -> FollowUpDesk:
        """The Follow-up page, and who is overdue."""
        return self.desks.followup

    @property
    def outcomes(self) -> OutcomesPage | None:
        """The Outcomes page, once it was shown."""
        return self.desks.numbers.outcomes

    @property
    def safety(self) -> SafetyPage | None:
        """The Safety page, once it was shown."""
        return self.desks.numbers.safety

    @property
    def literature(self) -> LiteraturePage | None:
        """The Literature page, once it was shown."""
        return self.desks.numbers.literature

    @property
    def editor(self) -> EditorPage | None:
        """The case editor, once it was shown."""
        return None if self._desks is None else self._desks.cases.editor

    @property
    def tasks(self) -> Tasks:
        """Export and check of the open logbook."""
        return self.desks.tasks

    @property
    def shown_page(self) -> str:
        """Name of the page in sight: welcome, cases, followup, editor, outcomes or safety."""
        return self.pages.shown

    def _page_specs(self) -> list[PageSpec]:
        return [
            PageSpec("cases", self.tr("Cases")),
            PageSpec(
                "followup",
                self.tr("Follow-up"),
                lambda: self.desks.followup.made(),
                is_waiting=True,
            ),
            PageSpec("outcomes", self.tr("Outcomes"), lambda: self.desks.numbers.make_outcomes()),
            PageSpec("safety", self.tr("Safety"), lambda: self.desks.numbers.make_safety()),
            PageSpec(
                "literature", self.tr("Literature"), lambda: self.desks.numbers.make_literature()
            ),
        ]

    def _arrange(self) -> None:
        put_menus(self.menuBar(), lambda: self.desks)
        self.setCentralWidget(self.pages)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        if not self.restoreGeometry(self.settings.state("window")):
            self.resize(*_SIZE)
        self.cases.restore_state(self.settings.state("cases"))

    def _connect(self) -> None:
        self.today.changed.connect(self.cases.refresh)
        self.pages.rail.chosen.connect(self.show_page)
        self.cases.model.begun.connect(self._go_on_painting)
        self.cases.filled.connect(self._go_on_painting)
        # What one key or click asks for may come before the desks do.
        self.cases.new_case_requested.connect(self.new_case)
        self.cases.edit_requested.connect(self.edit_case)
        cases = self.cases
        for asked in (
            *(self.status.encrypt_wanted, cases.images_requested, cases.export_requested),
            *(cases.history_requested, cases.merge_requested),
            *(cases.print_requested, cases.summary_requested),
        ):
            asked.connect(partial(self._keep, asked))
        self.events.opened.connect(self._show_logbook)
        self.events.door_changed.connect(self._show_door)
        self.session.troubled.connect(self._stop_awaiting)
        self.session.catching_up.connect(self._follow_catching_up)
        self.session.making.connect(self._wait_for_making)
        # A box may be there before the desks, and F1 in it.
        Topics(self).wanted.connect(lambda topic: self.desks.help.show_help(topic))

    # how it begins

    def await_logbook(self) -> None:
        """A logbook is about to be opened: do not offer to open one, for as long as that takes."""
        self._is_awaiting = True
        once = Qt.ConnectionType.SingleShotConnection
        self.cases.filled.connect(lambda: QTimer.singleShot(0, self, self._furnish), once)
        QTimer.singleShot(_PATIENCE_MS, self, self._show_what_there_is)

    def _stop_awaiting(self) -> None:
        """There is something to be told or asked about the logbook, which the desks do."""
        self._show_what_there_is()
        self.desks  # noqa: B018

    def _show_what_there_is(self) -> None:
        if self._is_awaiting and self.session.logbook is None:
            self._is_awaiting = False
            self._show_logbook()

    def _furnish(self) -> None:
        """Make the desks without keeping anybody waiting for what they need to be loaded."""
        self._room.enter(self._begin_desks)

    def _begin_desks(self) -> Desks:
        if self._coming is None:
            from ui.desks import Desks

            self._coming = Desks(self)
            self._coming.begin(self._take_desks)
        return self._coming

    def _take_desks(self) -> None:
        self._desks = self._coming
        self.furnished.emit()
        # In a turn of its own.
        QTimer.singleShot(0, self, self.cases.bar.filters.chips.fill)

    def event(self, event: QEvent) -> bool:
        """A key that nothing in sight takes may be one of the menus; files are taken by a desk."""
        if self._desks is None and event.type() in _FOR_DESKS:
            self.desks  # noqa: B018
            if event.type() != QEvent.Type.ShortcutOverride:
                return QCoreApplication.sendEvent(self, event)
        return super().event(event)

    def _keep(self, asked: SignalInstance, *said: object) -> None:
        """What is asked before the desks are there is asked again when they are."""
        if self._desks is None:
            again = partial(asked.emit, *said)
            self.furnished.connect(again, Qt.ConnectionType.SingleShotConnection)
            self._furnish()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_awaiting and self._desks is None:
            self._show_logbook()
            QTimer.singleShot(0, self, self._furnish)

    # pages

    def show_page(self, name: str) -> None:
        """Show the page of this name, unless an entry that is not saved holds the user back."""
        if self.may_leave_editor():
            self.pages.show_page(name)

    def list_cases(self, asked: Filter) -> None:
        """Show the cases of this filter."""
        self.pages.show_page("cases")
        self.cases.bar.filters.ask(asked)

    def show_case(self, case_id: str) -> None:
        """Show a case in the list."""
        self.pages.show_page("cases")
        self.cases.show_case(case_id)

    def new_case(self) -> None:
        """Begin an empty case."""
        self.desks.cases.new_case()

    def edit_case(self, case_id: str) -> None:
        """Open a case for editing."""
        self.desks.cases.edit_case(case_id)

    def may_leave_editor(self) -> bool:
        """Whether nothing that is not saved holds the user back; asks where something does."""
        return self._desks is None or self._desks.cases.may_leave()

    def _make_welcome(self) -> WelcomePage:
        from ui.help.welcome import WelcomePage

        self._welcome = page = WelcomePage(self.theme, self.pages.stack)
        page.new_wanted.connect(lambda: self.logbooks.new())
        page.open_wanted.connect(lambda: self.logbooks.ask())
        page.server_wanted.connect(lambda: self.logbooks.servers.ask())
        page.example_wanted.connect(lambda: self.logbooks.open_example())
        page.recent_wanted.connect(lambda place: self.logbooks.open(place))
        page.tour_wanted.connect(lambda: self.desks.help.take_tour())
        page.show_recent(self.settings.recent_logbooks)
        return page

    # the logbook

    def _show_logbook(self) -> None:
        self._is_awaiting = False
        logbook = self.session.logbook
        if logbook is not None and logbook.place != self.example:
            self.settings.remember_logbook(logbook.place)
        self._name()
        self.pages.rail.set_number("cases", 0)
        if logbook is None and self._welcome is not None:
            self._welcome.show_recent(self.settings.recent_logbooks)
        if self._desks is not None:
            self._desks.take_logbook()
        if logbook is not None:
            # Without its list the page would be painted once for nothing, and jump.
            self.setUpdatesEnabled(False)
            self._stillness.start()
        self.pages.set_logbook(logbook)
        if self._desks is not None:
            self._desks.look_around()

    def _go_on_painting(self) -> None:
        if not self.updatesEnabled():
            self._stillness.stop()
            self.setUpdatesEnabled(True)
            # At once: where all was to be painted before, Qt waits for an event that is gone.
            self.repaint()

    def _name(self) -> None:
        """Say which logbook is open, and who works with it."""
        logbook = self.session.logbook
        self.setWindowTitle(f"{logbook.name} – Kypholog" if logbook else "Kypholog")
        self.status.show_logbook(logbook)
        self._show_door()

    def _show_door(self) -> None:
        logbook = self.session.logbook
        self._permits.set_door(logbook.door if logbook else None)
        self.pages.rail.set_user(*who_works(logbook))

    def _follow_catching_up(self, job: Job, name: str) -> None:
        if self.session.logbook is None and self._welcome is not None:
            self._welcome.follow(job, name)
        else:
            self.status.follow(job, self.tr("Bringing {logbook} up to date").format(logbook=name))

    def _wait_for_making(self, job: Job, name: str) -> None:
        if self._welcome is not None:
            self._welcome.wait_for(job, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the rail how much room there is."""
        super().resizeEvent(event)
        self.pages.rail.set_room(self.width())

    def _may_close(self) -> bool:
        if self.jobs.is_changing or self.jobs.postponed:
            from ui.leaving import may_close

            if not may_close(self, self.jobs, self.session.logbook):
                return False
        return self.may_leave_editor() and not self.backups.leave(self.close)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.settings.keep_state("window", self.saveGeometry())
        self.settings.keep_state("cases", self.cases.save_state())
        self.session.close()
        event.accept()
