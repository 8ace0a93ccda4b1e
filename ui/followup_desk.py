# SPDX-License-Identifier: MIT
"""Counts who is overdue, and makes the Follow-up page when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.errors import LogbookError
from ui.events import LogbookEvents
from ui.jobs import Job, Jobs, Turn
from ui.latest_job import LatestJob
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.today import Today
from ui.undo import Undoable

if TYPE_CHECKING:
    from models.vocabulary import AssessmentMode
    from ui.followup.hand_out import HandOut
    from ui.followup.page import FollowUpPage
    from ui.followup.plan_desk import PlanDesk
    from ui.followup.so_far import SoFar
    from ui.followup.undoing import CallUndo, Saved

Tell = Callable[[LogbookError], None]


class FollowUpDesk(QObject):
    """What the window offers of the follow-up.

    The numbers are counted after every save and at midnight, whether the page was shown or not.

    Signals:
        case_opened: (case id) to be opened at its assessments.
        history_wanted: (case id) its history.
        undo_wanted: (case id) its last saved change is to be taken back.
        new_case_wanted: the empty page was left for a new case.
        counted: (int) so many patients are overdue.
    """

    case_opened = Signal(str)
    history_wanted = Signal(str)
    undo_wanted = Signal(str)
    new_case_wanted = Signal()
    counted = Signal(int)

    def __init__(
        self,
        stack: QStackedWidget,
        session: Session,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        settings: Settings,
        tell: Tell,
        today: Today,
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._session = session
        self._jobs = jobs
        self._theme = theme
        self._events = events
        self._settings = settings
        self._tell = tell
        self._today = today
        self._counting = LatestJob(jobs, self)
        self._page: FollowUpPage | None = None
        self._found: SoFar | None = None
        self._hand_out: HandOut | None = None
        self._plans: PlanDesk | None = None
        self._undoing: CallUndo | None = None
        events.case_saved.connect(self.count)
        events.cases_changed.connect(self.count)
        events.settings_changed.connect(self.count)
        today.changed.connect(self.count)

    @property
    def page(self) -> FollowUpPage | None:
        """The page, once it was shown."""
        return self._page

    @property
    def is_shown(self) -> bool:
        """Whether the page is in sight."""
        return self._page is not None and self._stack.currentWidget() is self._page

    def start_anew(self) -> None:
        """Count in the logbook that is open now."""
        self._counting.cancel()
        self._show(None)
        self.count()

    def made(self) -> FollowUpPage:
        """The page, made now if it is not there yet."""
        if self._page is None:
            from ui.followup.page import FollowUpPage

            self._page = FollowUpPage(
                self._jobs, self._theme, self._events, self._today, self._stack
            )
            self._page.case_opened.connect(self.case_opened)
            self._page.history_wanted.connect(self.history_wanted)
            self._page.undo_wanted.connect(self.undo_wanted)
            self._page.new_case_wanted.connect(self.new_case_wanted)
            self._page.print_wanted.connect(lambda which: self.hand_out.print(which))
            self._page.calendar_wanted.connect(lambda which: self.hand_out.write_calendar(which))
            self._page.plan_wanted.connect(self.show_plan)
            self._page.show_mode(self._settings.asked_by)
            self._page.asked.mode_chosen.connect(self._keep_mode)
            self._page.show_found(self._found)
            self.count()
            self.plans.look()
        return self._page

    @property
    def hand_out(self) -> HandOut:
        """Prints call lists and writes calendar files."""
        if self._hand_out is None:
            from ui.followup.hand_out import HandOut

            self._hand_out = HandOut(
                self._jobs,
                self._theme,
                self._settings,
                self._session,
                self._today,
                self._tell,
                self._parent(),
            )
        return self._hand_out

    @property
    def plans(self) -> PlanDesk:
        """Shows the visit plan and changes it."""
        if self._plans is None:
            from ui.followup.plan_desk import PlanDesk

            self._plans = PlanDesk(
                self._jobs, self._theme, self._events, self._session, self._tell, self._parent()
            )
            self._plans.waits.connect(self._show_waiting)
        return self._plans

    def show_plan(self) -> None:
        """Open the visit plan."""
        self.plans.open()

    def count(self, _news: object = None) -> None:
        """Count anew."""
        logbook, today = self._session.logbook, self._today.day
        with_rates = self._page is not None
        # The first rates take a while to load what works them out; the numbers need not wait.
        is_first = self._found is None or not self._found.points
        if logbook is None:
            return

        def work(job: Job) -> SoFar:
            from models.followup.tally import tally
            from ui.followup.so_far import SoFar

            found = tally(logbook, today)
            if with_rates and is_first:
                job.tell(SoFar.of(found, with_rates=False))
            return SoFar.of(found, with_rates=with_rates)

        self._counting.run(
            *(logbook, work, self._show, self._tell),
            reports=True,
            partly=self._show,
            turn=Turn.AFTER,
        )

    def print_list(self) -> None:
        """Print the list that is shown."""
        if self._page is not None and self.is_shown:
            self.hand_out.print(self._page.which)

    def undoing(self, saved: Saved) -> Undoable:
        """Undo as it is on the page: about the score that was entered last, be it saved or not."""
        if self._undoing is None:
            from ui.followup.undoing import CallUndo

            self._undoing = CallUndo(saved, self.made().calls, self)
        return self._undoing

    # inside

    def _keep_mode(self, mode: AssessmentMode | None) -> None:
        self._settings.asked_by = mode

    def _parent(self) -> QWidget:
        return self._stack.window()

    def _show(self, found: SoFar | None) -> None:
        from models.followup.spans import Which

        self._found = found
        if self._page is not None:
            self._page.show_found(found)
        self.counted.emit(found.counts[Which.OVERDUE] if found is not None else 0)

    def _show_waiting(self, waits: bool) -> None:
        if self._page is None:
            return
        if waits:
            self._page.notice.say(
                self.tr("The visit plan was changed, and not every case follows it yet."),
                "warning",
                self.tr("Go on"),
                lambda: self.plans.open(goes_on=True),
                about="plan",
            )
        else:
            self._page.notice.drop("plan")
