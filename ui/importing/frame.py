# SPDX-License-Identifier: MIT
"""A dialog that leads through steps: their names above, what is under way and the way on below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.logbook import Logbook
from ui.importing.errand import Errand
from ui.importing.step import Step
from ui.importing.step_bar import StepBar
from ui.jobs import Job, Jobs
from ui.measures import fit_screen, keep
from ui.settings import Settings
from ui.theme import Theme, set_kind
from ui.topics import IMPORT, explain, set_topic, topic_at


class StepsDialog(QDialog):
    """What the dialogs that bring cases in have in common. They say what leads on from a step.

    Args:
        state: under which name the settings keep its place and size.

    Signals:
        progressed: done and in all, of what it has under way itself.
        stop_wanted: what somebody else has under way, and ``follow`` shows, is to be stopped.

    Attributes:
        next, back, stop, close_button: what the foot offers.
        is_writing: whether something is being written, so that closing waits for how it ends.
    """

    stop_wanted = Signal()
    progressed = Signal(int, int)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        logbook: Logbook,
        state: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, IMPORT)
        self._theme, self._settings, self._state = theme, settings, state
        self._errand = Errand(jobs, logbook, self)
        self._focused: QWidget | None = None
        self._steps: Sequence[Step] = ()
        self._word, self._go_on = "", _stay
        self._follows = False
        self.is_writing = False
        self._stack = QStackedWidget(self)
        self._task = QLabel(self)
        self._progress = QProgressBar(self)
        self.stop = QPushButton(self.tr("S&top"), self)
        self.back = QPushButton(self.tr("&Back"), self)
        self.next = QPushButton(self.tr("&Next"), self)
        self.close_button = QPushButton(self.tr("Cancel"), self)
        set_kind(self.next, "primary")

    def lead_through(
        self, steps: Sequence[Step], size: tuple[int, int], word: str, go_on: Callable[[], None]
    ) -> None:
        """Begin with the first of these steps, in this size where none was kept.

        Args:
            steps: the last one tells how it ended.
            size: width and height in pixels of scale 1.
            word: what the button says by which all of it is written.
            go_on: does what leads to the next step.
        """
        self._steps, self._word, self._go_on = steps, word, go_on
        self._bar = StepBar(self._theme, [step.title for step in steps], self)
        self._arrange()
        self._connect_foot()
        self.go_to(steps[0])
        fit_screen(self._theme, self, *size)
        self.restoreGeometry(self._settings.state(self._state))

    @property
    def step(self) -> Step:
        """The step that is on."""
        return self._steps[self._stack.currentIndex()]

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._errand.is_busy

    def go_to(self, step: Step) -> None:
        """Turn to a step."""
        place = self._steps.index(step)
        area = self._stack.widget(place)
        assert isinstance(area, QScrollArea)
        if area.widget() is None:
            area.setWidget(step)
        self._stack.setCurrentIndex(place)
        self._bar.go_to(place)
        set_topic(self, topic_at(step))
        self._focused = None
        is_last = place == len(self._steps) - 1
        self.back.setVisible(place > 0 and not is_last)
        self.next.setVisible(not is_last)
        writes = place == len(self._steps) - 2
        self.next.setText(self._word if writes else self.tr("&Next"))
        self.close_button.setText(self.tr("Close") if is_last else self.tr("Cancel"))
        self.allow()
        step.begin()

    def go_back(self) -> None:
        """Turn to the step before."""
        self.go_to(self._steps[max(0, self._stack.currentIndex() - 1)])

    def follow(self, job: Job, what: str) -> None:
        """Show what somebody else has under way in the logbook, with a way to stop it."""
        self._follows = True
        self._show_busy(what)
        job.progressed.connect(self._advance)
        job.finished.connect(self._leave_other)

    def allow(self) -> None:
        """Offer what can be done now."""
        is_free = not self.is_busy
        self.next.setEnabled(is_free and self.step.may_go_on)
        self.back.setEnabled(is_free)

    # closing

    def reject(self) -> None:
        # Whoever waits for an import is told how it ended.
        if self.is_writing:
            self._errand.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_writing:
            self._errand.stop()
            event.ignore()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._settings.keep_state(self._state, self.saveGeometry())
        self._errand.drop()
        super().done(result)

    # the parts

    def _arrange(self) -> None:
        for step in self._steps:
            # It is laid out when it is first turned to: all of them would hold the window up.
            step.hide()
            self._stack.addWidget(_scroll_area(self))
            set_kind(step, "page")
        self._progress.setTextVisible(False)
        keep(self._theme, self._progress.setFixedWidth, 120)
        foot = QHBoxLayout()
        keep(self._theme, foot.setSpacing, 8)
        foot.addWidget(self._progress)
        foot.addWidget(self._task, 1)
        for button in (self.stop, self.back, self.next, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.next.setDefault(True)
        layout = QVBoxLayout(self)
        keep(self._theme, layout.setContentsMargins, 20, 16, 20, 16)
        keep(self._theme, layout.setSpacing, 10)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)
        self._show_busy("")

    def _connect_foot(self) -> None:
        for step in self._steps:
            step.changed.connect(self.allow)
        self.next.clicked.connect(lambda: self._go_on())
        self.back.clicked.connect(lambda: self.go_back())
        self.stop.clicked.connect(lambda: self._ask_to_stop())
        self.close_button.clicked.connect(lambda: self.reject())
        self._errand.busy_changed.connect(self._show_busy)
        self._errand.progressed.connect(self._advance)
        self._errand.progressed.connect(self.progressed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._reveal)

    def _ask_to_stop(self) -> None:
        if self._follows:
            self.stop_wanted.emit()
        else:
            self._errand.stop()

    def _leave_other(self) -> None:
        self._follows = False
        self._show_busy("")

    def _reveal(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to where the cursor is, where a step is higher than its room."""
        area = self._stack.currentWidget()
        if now is not None and isinstance(area, QScrollArea) and area.isAncestorOf(now):
            area.ensureWidgetVisible(now)

    def _show_busy(self, what: str) -> None:
        for widget in (self._progress, self.stop):
            widget.setVisible(bool(what))
        self._task.setText(what)
        self._progress.setAccessibleName(what)
        self._progress.setRange(0, 0)
        self.close_button.setVisible(not what)
        if what:
            self._focused = self.focusWidget()
        self._stack.setEnabled(not what)
        self.allow()
        if not what and self.isVisible():
            self._focus_again()

    def _focus_again(self) -> None:
        """Where the cursor was before something was under way, or else where one begins."""
        before = self._focused
        if before is not None and before.isVisible() and before.isEnabled():
            before.setFocus()
        else:
            self.step.begin()

    def _advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)


def _stay() -> None:
    """Before there are steps."""


def _scroll_area(parent: QWidget) -> QScrollArea:
    """What there is no room for scrolls."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return area
