# SPDX-License-Identifier: MIT
"""The visit plan: what is asked for and when, what a change would move, and the change itself."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.followup.planning import PlanDone, PlanEffect, change_plan, effect_of, go_on
from models.logbook import Logbook
from models.speech import numeral
from models.timepoints import STANDARD, VisitPlan
from ui.followup import words
from ui.followup.plan_table import PlanTable
from ui.jobs import Job, Jobs
from ui.latest_job import LatestJob
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind, set_state
from ui.topics import FOLLOW_UP, below, explain

_SIZE = (660, 510)
_SHARE = 0.94
_PAUSE_MS = 150


class PlanDialog(QDialog):
    """Shows the plan of a logbook; nothing is changed before it is applied.

    Attributes:
        table: the plan as it is typed.
        apply_button, reset_button, cancel_button: what can be done.

    Signals:
        changed: the plan or cases were stored anew.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        logbook: Logbook,
        plan: VisitPlan,
        parent: QWidget | None = None,
        *,
        waits: bool,
    ) -> None:
        super().__init__(parent)
        explain(self, below(FOLLOW_UP, "The visit plan"))
        self._theme = theme
        self._jobs = jobs
        self._logbook = logbook
        self._plan = plan
        self._waits = waits
        self._effect: PlanEffect | None = None
        self._stop = threading.Event()
        self._job: Job | None = None
        self._previewing = LatestJob(jobs, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.setWindowTitle(self.tr("Visit plan"))
        self.table = PlanTable(theme, self)
        self.table.show_plan(plan)
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._bar = QProgressBar(self)
        self.reset_button = QPushButton(self.tr("Standard plan"), self)
        self.apply_button = QPushButton(self.tr("Apply"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        set_kind(self.apply_button, "primary")
        self.apply_button.setDefault(True)
        guard(self.apply_button, "change_plan")
        self._arrange()
        self._pause.timeout.connect(self._preview)
        self.table.changed.connect(self._take_typing)
        self.reset_button.clicked.connect(self._reset)
        self.cancel_button.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self._apply)
        self._take_typing()

    @property
    def said(self) -> str:
        """What the dialog tells of the plan as it is typed, or of the change."""
        return self._told.text()

    @property
    def is_busy(self) -> bool:
        """Whether cases are being brought to the plan."""
        return self._job is not None

    def go_on(self) -> None:
        """Bring the cases to the plan that an interrupted change left."""
        logbook = self._logbook
        self._run(lambda job: go_on(logbook, "", job.progress, self._stop.is_set))

    def reject(self) -> None:
        """Stop the change that is under way, or else close."""
        if self.is_busy:
            self._stop.set()
            self._say(self.tr("Stopping…"))
            return
        super().reject()

    # the parts

    def _arrange(self) -> None:
        theme = self._theme
        title = QLabel(self.tr("Visit plan"), self)
        set_kind(title, "title")
        about = QLabel(
            self.tr(
                "In days after the procedure. A visit is on time around its target; a "
                "score counts for the visit in whose days it lies. The plan holds for "
                "everybody who opens this logbook."
            ),
            self,
        )
        about.setWordWrap(True)
        set_kind(about, "muted")
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(title.text())
        area.setWidget(self.table)
        set_kind(self.table, "page")
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 20, 24, 20)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(title)
        layout.addWidget(about)
        gap(theme, layout, 4)
        layout.addWidget(area, 1)
        layout.addWidget(self._told)
        layout.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reset_button)
        buttons.addStretch(1)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(self.cancel_button)
        gap(theme, layout, 4)
        layout.addLayout(buttons)
        self._bar.hide()
        size = theme.px(_SIZE[0]), theme.px(_SIZE[1])
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().size() * _SHARE
            size = min(size[0], room.width()), min(size[1], room.height())
        self.resize(*size)

    # the preview

    def _take_typing(self) -> None:
        self._effect = None
        plan = self.table.plan
        self.table.show_problems(plan.problems())
        self._previewing.cancel()
        if plan.problems():
            general = [one.sentence for one in plan.problems() if one.time_point is None]
            self._say(" ".join(general) or self.tr("Correct what is marked."), "error")
        elif plan == self._plan and self._waits:
            self._say(
                self.tr("The plan was changed, and not every case follows it yet."), "warning"
            )
        elif plan == self._plan:
            self._say(self.tr("This is the plan of the logbook."))
        else:
            self._say(self.tr("Looking what would move…"))
            self._pause.start()
        self._allow()

    def _preview(self) -> None:
        plan, logbook = self.table.plan, self._logbook
        if not plan.problems() and plan != self._plan:
            self._previewing.run(
                logbook, lambda: effect_of(logbook, plan), self._show_effect, self._fail
            )

    def _show_effect(self, effect: PlanEffect) -> None:
        self._effect = effect
        if not effect.assessments:
            self._say(self.tr("No assessment moves to another visit."))
        else:
            n, of = effect.assessments, words.cases(effect.cases)
            moved = self.tr("1 assessment of {cases} moves to another visit.").format(cases=of)
            if n != 1:
                moved = self.tr("{n} assessments of {cases} move to another visit.").format(
                    n=numeral(n, ","), cases=of
                )
            self._say(f"{moved} {self.tr('Each case is stored anew, and the audit says so.')}")
        self._allow()

    def _reset(self) -> None:
        self.table.show_plan(STANDARD)
        self._take_typing()

    # the change

    def _apply(self) -> None:
        plan, logbook = self.table.plan, self._logbook
        if plan == self._plan and self._waits:
            self.go_on()
        elif not plan.problems() and plan != self._plan:
            self._run(lambda job: change_plan(logbook, plan, "", job.progress, self._stop.is_set))
            self._plan = plan

    def _run(self, work: Callable[[Job], PlanDone]) -> None:
        self._stop.clear()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._say(self.tr("Bringing the cases to the plan…"))
        self._job = self._jobs.run(self._logbook, work, self._finish, self._fail, reports=True)
        self._job.progressed.connect(self._advance)
        self._allow()

    def _advance(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if not self._stop.is_set():
            said = self.tr("Bringing the cases to the plan: {done} of {total}")
            self._say(said.format(done=numeral(done, ","), total=numeral(total, ",")))

    def _finish(self, done: PlanDone) -> None:
        self._end()
        self._waits = bool(done.waiting)
        self.changed.emit()
        if not done.waiting:
            self.accept()
            return
        self._say(
            self.tr(
                "Stopped. The plan counts from now on; {n} have still to follow it. Apply goes on."
            ).format(n=words.cases(done.waiting)),
            "warning",
        )
        self._allow()

    def _fail(self, error: LogbookError) -> None:
        was_busy = self.is_busy
        self._end()
        self._say(str(error), "error")
        self._allow()
        if was_busy:
            self._waits = True
            self.changed.emit()

    def _end(self) -> None:
        self._job = None
        self._bar.hide()

    def _say(self, sentence: str, state: str = "") -> None:
        self._told.setText(sentence)
        set_state(self._told, state)

    def _allow(self) -> None:
        plan = self.table.plan
        is_other = plan != self._plan and not plan.problems()
        may_apply = is_other or (plan == self._plan and self._waits)
        self.apply_button.setEnabled(may_apply and not self.is_busy)
        self.reset_button.setEnabled(plan != STANDARD and not self.is_busy)
        self.table.setEnabled(not self.is_busy)
        self.cancel_button.setText(self.tr("Stop") if self.is_busy else self.tr("Cancel"))
