# SPDX-License-Identifier: MIT
"""The Outcomes page: asks in a job, shows what comes back, and hands figures on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from ui.charts.kinds import FILE_KINDS, FigureKind, FileKind
from ui.charts.press import Press
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.no_match import say_no_match
from ui.filters.shelf import FilterShelf
from ui.jobs import Job, Jobs
from ui.measures import keep
from ui.outcomes.bar import OutcomesBar
from ui.outcomes.content import OutcomeContent
from ui.outcomes.notice import Notice
from ui.theme import Theme, set_kind
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome

_WIDTH_FOR_TWO = 780


class OutcomesPage(QWidget):
    """How the patients do. Works out nothing on its own thread.

    Signals:
        case_opened: the user wants to see the case with this id.
    """

    case_opened = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        shelf: FilterShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._theme = theme
        self._press = Press()
        self._logbook: Logbook | None = None
        self._outcome: PairedOutcome | None = None
        self._asking: Job | None = None
        self._drawing: Job | None = None
        self._is_stale = True
        self._is_undrawn = False
        self.bar = OutcomesBar(theme, self)
        self.filters = FilterBar(jobs, theme, events, shelf, compact=True, parent=self)
        self.notice = Notice(theme, self)
        self.content = OutcomeContent(theme, self)
        self.empty = EmptyState(theme, self)
        self._stack = QStackedWidget(self)
        self._arrange(theme)
        self.bar.asked.connect(self.refresh)
        self.filters.asked.connect(lambda _asked: self.refresh())
        self.filters.left.connect(self._leave_filters)
        self.empty.pressed.connect(self.filters.clear)
        self.bar.copy_asked.connect(self.copy_figure)
        self.bar.export_asked.connect(self._ask_where)
        self.content.figures_outgrown.connect(self._draw)
        self.content.case_opened.connect(self.case_opened)
        events.case_saved.connect(self._cases_changed)
        events.cases_changed.connect(self._cases_changed)
        theme.changed.connect(self._share_width)
        theme.changed.connect(self._draw)
        self._show_message()

    @property
    def outcome(self) -> PairedOutcome | None:
        """What is shown; None before the first answer."""
        return self._outcome

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show the outcomes of another logbook, or of none."""
        self._logbook = logbook
        self._outcome = None
        self.notice.hide()
        self.filters.set_logbook(logbook)
        self._show_message()
        self._cases_changed()

    def refresh(self) -> None:
        """Work the numbers out anew."""
        self._is_stale = False
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        logbook = self._logbook
        if logbook is None:
            self._show_message()
            return
        question = replace(self.bar.question, filter=self.filters.filter)

        def work() -> PairedOutcome:
            from models.analysis.paired import pain_outcome

            return pain_outcome(logbook, question)

        self._asking = self._jobs.run(logbook, work, self._show, self._fail)

    def copy_figure(self, kind: FigureKind) -> None:
        """Put a figure into the clipboard, as it goes to paper."""
        if self._outcome is not None:
            work = partial(self._press.copy, kind, self._outcome)
            self._jobs.run(None, work, self._put_into_clipboard, self.notice.warn)

    def save_figure(self, kind: FigureKind, target: Path, file_kind: FileKind) -> None:
        """Keep a figure in a file; a line above the page tells how it went."""
        if self._outcome is not None:
            work = partial(self._press.save, kind, self._outcome, target, file_kind)
            told = self.tr("The figure is in {file}.").format(file=target)
            self._jobs.run(None, work, lambda _: self.notice.tell(told), self.notice.warn)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()
        elif self._is_undrawn:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self.content.set_narrow(narrow=self.width() < self._theme.px(_WIDTH_FOR_TWO))

    def _arrange(self, theme: Theme) -> None:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.content)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scroll)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        line = QFrame(self)
        set_kind(line, "toolbar")
        around = QVBoxLayout(line)
        keep(theme, around.setContentsMargins, 16, 6, 16, 6)
        around.addWidget(self.filters)
        layout.addWidget(self.bar)
        layout.addWidget(line)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)

    def _cases_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _show(self, outcome: PairedOutcome) -> None:
        self._asking = None
        self._outcome = outcome
        narrowed = bool(outcome.question.filter.terms)
        self.filters.show_found(outcome.numbers.n_cases if narrowed else None)
        if not outcome.numbers.n_cases:
            self._show_message()
            return
        self.content.show_outcome(outcome)
        self._stack.setCurrentWidget(self._scroll)
        self.bar.allow_figures(allowed=True)
        # The cards take their new places first, so that nothing is drawn twice.
        QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        outcome = self._outcome
        if outcome is None or not outcome.numbers.n_cases:
            return
        self._is_undrawn = not self.isVisible()
        if self._is_undrawn:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        work = partial(
            self._press.pictures,
            outcome,
            self.content.figure_sizes(),
            self._theme.palette,
            self._theme.scale,
            self.devicePixelRatioF(),
        )
        self._drawing = self._jobs.run(None, work, partial(self._show_pictures, outcome))

    def _show_pictures(self, outcome: PairedOutcome, pictures: dict[FigureKind, QImage]) -> None:
        self._drawing = None
        self.content.show_pictures(outcome, pictures)

    def _fail(self, error: LogbookError) -> None:
        self._asking = None
        self._outcome = None
        self._show_message(error.message, error.cure)

    def _show_message(self, title: str = "", text: str = "") -> None:
        """Say why there is nothing to show, and what to do."""
        self.bar.allow_figures(allowed=False)
        if title:
            self.empty.say(title, text)
        elif self._logbook is None:
            self.empty.say(
                self.tr("No logbook is open"),
                self.tr("Open one with File > Open logbook, or the example in the Help menu."),
            )
        elif self._outcome is not None and self._outcome.question.filter.terms:
            say_no_match(self.empty, self._outcome.question.filter)
        elif self._outcome is None:
            self.empty.say(self.tr("Working out the numbers…"))
        else:
            self.empty.say(
                self.tr("No case yet"),
                self.tr(
                    "Enter a case with Case > New case (Ctrl+N). With a pain score before and one "
                    "after, it counts here."
                ),
            )
        self._stack.setCurrentWidget(self.empty)

    def _leave_filters(self) -> None:
        if self._stack.currentWidget() is self._scroll:
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_into_clipboard(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.notice.tell(self.tr("The figure is in the clipboard, with its caption."))

    def _ask_where(self, kind: FigureKind) -> None:
        if self._logbook is None:
            return
        first = FILE_KINDS[0]
        proposed = Path.home() / f"{self._logbook.name}-{kind.value}.{first.suffix}"
        filters = {f"{known.label} (*.{known.suffix})": known for known in FILE_KINDS}
        name, chosen = QFileDialog.getSaveFileName(
            self, self.tr("Export figure"), str(proposed), ";;".join(filters)
        )
        if name:
            file_kind = filters.get(chosen, first)
            self.save_figure(kind, *_named(Path(name), file_kind))


def _named(target: Path, file_kind: FileKind) -> tuple[Path, FileKind]:
    """The ending that was typed decides, the chosen kind where none was typed."""
    typed = target.suffix.lower().removeprefix(".")
    if typed == file_kind.suffix:
        return target, file_kind
    for known in FILE_KINDS:
        if known.suffix == typed:
            return target, known
    return target.with_name(f"{target.name}.{file_kind.suffix}"), file_kind
