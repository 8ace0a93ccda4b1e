# SPDX-License-Identifier: MIT
"""The Follow-up page: lists of whom to ask, the table with its boxes, and how complete it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from models.access.needs import why_not
from models.errors import LogbookError
from models.followup.recording import VisitTaken
from models.followup.spans import Which
from models.followup.unsaved import TakenUp
from models.logbook import Logbook
from models.vocabulary import AssessmentMissing, AssessmentMode
from ui.events import LogbookEvents
from ui.followup import words
from ui.followup.asked_line import AskedLine
from ui.followup.calls import Calls, Death
from ui.followup.death_dialog import DeathDialog
from ui.followup.keeper import Keeper
from ui.followup.model import DueModel, Wanted
from ui.followup.nobody import Cure, nobody_in
from ui.followup.notice import LastingNotice
from ui.followup.row_actions import RowActions
from ui.followup.so_far import SoFar, SoFarStrip
from ui.followup.table import DueTable
from ui.followup.top_bar import TopBar
from ui.jobs import Jobs
from ui.permits import refuses
from ui.theme import Theme
from ui.today import Today
from ui.widgets.empty_state import EmptyState
from ui.widgets.led_page import LedPage

LINGER_MS = 4_000
"""How long a saved row stays with its value and its Undo after the last save."""

_UNSAVED, _TAKEN, _WAITING = "unsaved", "taken ", "waiting"
"""What notices are about; the second goes with the id of a case."""


class FollowUpPage(LedPage):
    """Whom to ask, and what they said.

    Attributes:
        bar, table, asked, strip, empty, notice: the parts.
        calls: what is typed and saved.
        keeper: keeps what is typed and not saved.
        row_actions: what the keys and the menu of a row do.

    Signals:
        case_opened: (case id) to be opened in the editor, at its assessments.
        history_wanted: (case id) its history.
        undo_wanted: (case id) its last saved change is to be taken back.
        new_case_wanted: the button of the empty page.
        print_wanted, calendar_wanted: (Which) the list to be handed out.
        plan_wanted: the visit plan is to be looked at.
        filled: the list is there.
    """

    case_opened = Signal(str)
    history_wanted = Signal(str)
    undo_wanted = Signal(str)
    new_case_wanted = Signal()
    print_wanted = Signal(object)
    calendar_wanted = Signal(object)
    plan_wanted = Signal()
    filled = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        today: Today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._logbook: Logbook | None = None
        self._which = Which.OVERDUE
        self._found: SoFar | None = None
        self._is_stale = False
        self._keep: int | None = None
        self._place = 0
        self._cure: Callable[[], object] = self.refresh
        self._lingering = QTimer(self, singleShot=True, interval=LINGER_MS)
        self.calls = Calls(jobs, events, self)
        self.keeper = Keeper(jobs, self.calls, today, self)
        self.model = DueModel(jobs, self)
        self.bar = TopBar(theme, self)
        self.notice = LastingNotice(theme, self)
        self.table = DueTable(theme, self.model, self.calls, self)
        self.empty = EmptyState(theme, self)
        self.strip = SoFarStrip(theme, self)
        self.row_actions = RowActions(self)
        self.asked = AskedLine(theme, self.row_actions.hint(), self)
        self.asked.show_day(today.day)
        self._arrange()
        self._connect(events)

    @property
    def which(self) -> Which:
        """The list that is shown."""
        return self._which

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show another logbook, or none."""
        self._lingering.stop()
        self.notice.clear()
        self._logbook = logbook
        self.keeper.change(logbook)
        self.calls.set_logbook(logbook)
        reason = why_not(logbook.door, "record_score") if logbook is not None else ""
        self.table.set_open(is_open=not reason)
        self.asked.allow(reason)
        self.model.set_logbook(logbook)
        self.show_found(None)
        self.show_list(Which.OVERDUE)
        self.keeper.bring_back()

    def show_mode(self, mode: AssessmentMode | None) -> None:
        """Ask the patients in this way from now on; it is saved with every score."""
        self.asked.show_mode(mode)
        self.calls.mode = mode

    def show_found(self, found: SoFar | None) -> None:
        """Show how many are in each list and how complete the follow-up is."""
        self._found = found
        self.bar.show_counts(found.counts if found else None)
        self.bar.allow(lists=bool(found and found.counts[Which.ALL]))
        self.strip.show_found(found)
        self.strip.setVisible(bool(found and found.counts.total))
        if self._stack.currentWidget() is self.empty and not self.model.is_loading:
            self._say_empty()

    def show_list(self, which: Which) -> None:
        """Show another list, from its top."""
        self._which = which
        self.bar.show_list(which)
        self._keep, self._place = None, 0
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; what is typed stays."""
        self._lingering.stop()
        self._is_stale = False
        row = self.table.row
        if row >= 0:
            self._keep, self._place = self.model.number(row), row
        rows = {0, max(0, self._place), *self._rows_in_sight()}
        self.model.load(Wanted(self._which, self._today.day), rows, self._keep)

    # the parts

    def _arrange(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.asked)
        layout.addWidget(self.strip)
        self.strip.give_way_in(self)
        self.lead_to(self.table)

    def _connect(self, events: LogbookEvents) -> None:
        self.bar.chosen.connect(self.show_list)
        self.bar.print_wanted.connect(lambda: self.print_wanted.emit(self._which))
        self.bar.calendar_wanted.connect(lambda: self.calendar_wanted.emit(self._which))
        self.bar.plan_wanted.connect(self.plan_wanted)
        self.empty.pressed.connect(lambda: self._cure())
        self.table.entered.connect(self.save_score)
        self.table.reason_chosen.connect(self.save_reason)
        self.table.menu_wanted.connect(self.show_menu)
        self.table.opened.connect(self.case_opened)
        self.table.undo_wanted.connect(self.undo_wanted)
        self.calls.saved.connect(self._linger)
        self.calls.refused.connect(self._tell_refused)
        self.calls.postponed.connect(self._tell_postponed)
        self.model.loaded.connect(self._show_loaded)
        self.model.failed.connect(self._show_failed)
        self._lingering.timeout.connect(self._leave)
        self._today.changed.connect(self._turn_day)
        self.asked.mode_chosen.connect(self._take_mode)
        self.asked.left.connect(self.table.focus_score)
        self.keeper.taken_up.connect(self._tell_taken_up)
        self.keeper.failed.connect(lambda error: self.notice.say(str(error), "error"))
        self.notice.closed.connect(self._forget_told)
        events.case_saved.connect(self._follow)
        events.cases_changed.connect(self._follow_all)
        events.settings_changed.connect(self._follow_all)

    # asking

    def save_score(self) -> None:
        """Save what is typed in the row, and go to the next patient."""
        line = self.table.line
        if refuses(self, "record_score"):
            return
        if line is None or self.calls.settled(line.case.case_id) is not None:
            self.table.go_on()
            return
        if self.calls.save_score(line, self._today.day):
            self.notice.give_way()
            self.table.go_on()
        else:
            self.table.focus_score()

    def save_reason(self, reason: AssessmentMissing) -> None:
        """Save why the row has no score, and go to the next patient."""
        line = self.table.line
        if line is None or self.calls.settled(line.case.case_id) is not None:
            return
        if refuses(self, "record_score"):
            return
        if reason is AssessmentMissing.DIED:
            dialog = DeathDialog(self._theme, line, self)
            dialog.accepted.connect(lambda: self._save_reason(line.case.case_id, dialog.death))
            dialog.finished.connect(self.table.focus_score)
            dialog.open()
        elif self.calls.save_reason(line, reason):
            self.notice.give_way()
            self.table.go_on()

    def _save_reason(self, case_id: str, death: Death) -> None:
        row = self.model.row_of_case(case_id)
        line = self.model.line(row) if row >= 0 else None
        if line is not None and self.calls.save_reason(line, AssessmentMissing.DIED, death):
            self.notice.give_way()
            self.table.go_on()

    def open_case(self) -> None:
        """Open the case of the row in the editor."""
        if (line := self.table.line) is not None:
            self.case_opened.emit(line.case.case_id)

    def show_history(self) -> None:
        """Open the history of the case of the row."""
        if (line := self.table.line) is not None:
            self.history_wanted.emit(line.case.case_id)

    def show_menu(self, place: QPoint | None = None) -> None:
        """What can come of asking, and what else can be done with the row."""
        self.context_menu().popup(place or self.table.mapToGlobal(self.table.rect().center()))

    def context_menu(self) -> QMenu:
        """The menu of the row."""
        return self.row_actions.menu()

    def _linger(self, _case_id: str) -> None:
        self._lingering.start()

    def _leave(self) -> None:
        """What was saved leaves the list, unless something is still on its way or open."""
        is_open = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if self.calls.is_saving or is_open is not None:
            self._lingering.start()
        else:
            self.refresh()

    def _take_mode(self, mode: AssessmentMode | None) -> None:
        self.calls.mode = mode

    def _tell_refused(self, case_id: str, typed: str, error: LogbookError) -> None:
        if isinstance(error, VisitTaken):
            self._tell_taken(case_id, typed, error)
            return
        self.notice.say(str(error), "error", self.tr("Open the case"), self._opening(case_id))
        line = self.table.line
        row = self.model.row_of_case(case_id)
        # Nobody is torn out of a row that is being typed into.
        if row >= 0 and (line is None or self.calls.entry(line).is_empty):
            self.table.go_to(row)

    def _tell_postponed(self, count: int) -> None:
        if count:
            self.notice.say(words.postponed_in_words(count), "warning", about=_WAITING)
        else:
            self.notice.drop(_WAITING)

    def _tell_taken(self, case_id: str, typed: str, error: VisitTaken) -> None:
        said = error.message
        if typed:
            said += " " + self.tr("You had typed {score}.").format(score=typed)
        self.notice.say(
            said,
            "warning",
            self.tr("Open the case"),
            self._opening(case_id),
            about=f"{_TAKEN}{case_id}",
        )
        self._lingering.start()

    def _tell_taken_up(self, found: TakenUp) -> None:
        self.notice.say(words.unsaved_in_words(found), "warning", about=_UNSAVED)
        self.refresh()

    def _forget_told(self, about: str) -> None:
        """What could not be saved was read, and is kept no more."""
        if about == _UNSAVED:
            self.keeper.forget_passed()
        elif about.startswith(_TAKEN):
            self.calls.forget_passed(about.removeprefix(_TAKEN))

    def _opening(self, case_id: str) -> Callable[[], None]:
        def open_case() -> None:
            self.notice.drop(f"{_TAKEN}{case_id}")
            self.case_opened.emit(case_id)

        return open_case

    # news

    def _follow(self, case_id: str) -> None:
        if case_id == self.calls.is_telling:
            return
        self.calls.take_back(case_id)
        self._follow_all()

    def _follow_all(self, _news: object = None) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    def _turn_day(self, day: date) -> None:
        self.asked.show_day(day)
        self._follow_all()

    def showEvent(self, event: object) -> None:
        if self._is_stale:
            self.refresh()

    def _rows_in_sight(self) -> range:
        first = max(0, self.table.rowAt(0))
        last = self.table.rowAt(self.table.viewport().height() - 1)
        return range(first, max(last, first) + 1)

    # what was read

    def _show_loaded(self) -> None:
        self.calls.forget_settled()
        if not self.model.rowCount():
            self._say_empty()
            self.filled.emit()
            return
        focus = QApplication.focusWidget()
        had_focus = focus is None or (self.isAncestorOf(focus) and not self.bar.isAncestorOf(focus))
        self._stack.setCurrentWidget(self.table)
        self.asked.show()
        self.table.measure()
        found = self.model.row_of(self._keep)
        row = found if found >= 0 else min(self._place, self.model.rowCount() - 1)
        self.table.setCurrentIndex(self.model.index(max(0, row), 0))
        self.table.show_row()
        if had_focus and self.isVisible():
            self._give_back(focus)
        self.filled.emit()

    def _give_back(self, focus: QWidget | None) -> None:
        """Let whoever is choosing go on, and everybody else type."""
        if focus in (self.table.analgesics, self.asked.mode_box) and not focus.isHidden():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.table.focus_score()

    def _show_failed(self, error: LogbookError) -> None:
        self.empty.say(error.message, error.cure, self.tr("Try again"), kind="")
        self._cure = self.refresh
        self._show_empty()

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self.empty)
        self.asked.hide()

    def _say_empty(self) -> None:
        counts = self._found.counts if self._found is not None and self._logbook else None
        said = nobody_in(self._which, counts, self.model.following, self._today.day)
        kind = "primary" if said.cure is Cure.NEW_CASE else ""
        self.empty.say(said.title, said.hint, said.button, kind=kind)
        if said.cure is Cure.NEW_CASE:
            self._cure = self.new_case_wanted.emit
        elif said.cure is Cure.OTHER_LIST:
            self._cure = lambda: self.show_list(said.which)
        self._show_empty()
