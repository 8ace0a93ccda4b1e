# SPDX-License-Identifier: MIT
"""The Safety page: asks in jobs, shows what comes back, and hands figures on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.query import Filter, parse
from ui.charts.beside_desk import BesideDesk
from ui.charts.figure_desk import FigureDesk
from ui.charts.kinds import FileKind, SafetyFigure
from ui.charts.ledger import Ledger
from ui.charts.press import Press
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.nothing_found import NothingFound
from ui.filters.shelf import FilterShelf
from ui.jobs import Job, Jobs
from ui.latest_job import LatestJob
from ui.measures import keep
from ui.safety.bar import SafetyBar
from ui.safety.content import SafetyContent
from ui.theme import Theme, set_kind
from ui.widgets.led_page import LedPage
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from models.literature import PublishedRate
    from models.literature.matching import OwnBeside
    from models.safety.lots import Recall
    from models.safety.numbers import SafetyNumbers

_WIDTH_FOR_TWO = 860


class SafetyPage(LedPage):
    """What went wrong and how often. Works out nothing on its own thread.

    Signals:
        case_opened: (str) the user wants to see the case with this id.
        cases_asked: (Filter) the user wants to see the cases behind a number.
        new_case_wanted: the button of the empty page.
    """

    case_opened = Signal(str)
    cases_asked = Signal(object)
    new_case_wanted = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        shelf: FilterShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._theme = jobs, theme
        self._press = Press()
        self._logbook: Logbook | None = None
        self._numbers: SafetyNumbers | None = None
        self._asking, self._recalling = LatestJob(jobs, self), LatestJob(jobs, self)
        self._looking_up = LatestJob(jobs, self)
        self._drawing: Job | None = None
        self._is_stale = True
        self._is_undrawn = False
        self._was_in_sight = False
        self.bar = SafetyBar(theme, self)
        self.filters = FilterBar(jobs, theme, events, shelf, compact=True, parent=self)
        self.notice = Notice(theme, self)
        self._content: SafetyContent | None = None
        self.empty = NothingFound(theme, self)
        self._stack = QStackedWidget(self)
        self._scroll = QScrollArea(self)
        set_kind(self._scroll, "read")
        self._scroll.setAccessibleName(self.tr("Figures and numbers"))
        self.desk = FigureDesk(jobs, self._press, self.notice, self._ledger, self)
        self._arrange(theme)
        self._connect(events)
        self._show_message()

    @property
    def content(self) -> SafetyContent:
        """The cards; made when they are first needed, as they take as long as all the rest."""
        if self._content is None:
            self._content = content = SafetyContent(self._theme, self)
            content.hide()
            content.set_narrow(narrow=self._is_narrow())
            self._connect_cards(content)
        return self._content

    @property
    def numbers(self) -> SafetyNumbers | None:
        """What is shown; None before the first answer."""
        return self._numbers

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show the safety of another logbook, or of none."""
        self._logbook = logbook
        self._numbers = None
        self.notice.hide()
        self.filters.set_logbook(logbook)
        if self._content is not None:
            self._content.cusum.start_anew()
            self._content.recall.start_anew()
        self._show_message()
        self._cases_changed()

    def refresh(self) -> None:
        """Read the record and work the numbers out anew."""
        self._is_stale = False
        logbook = self._logbook
        if logbook is None:
            self._show_message()
            return
        asked, watch, way = self.filters.filter, self.content.cusum.watch, self.content.leakage.way

        def work() -> SafetyNumbers:
            from models.safety.numbers import SafetyQuestion, safety_numbers

            return safety_numbers(logbook, SafetyQuestion(asked, watch, way))

        self._asking.run(logbook, work, self._show, self._fail)

    def copy_figure(self, kind: SafetyFigure) -> None:
        """Put a figure into the clipboard, as it goes to paper."""
        self._hand_on(self.desk.copy, kind)

    def save_figure(self, kind: SafetyFigure, target: Path, file_kind: FileKind) -> None:
        """Keep a figure or its numbers in a file; a line above the page tells how it went."""
        if self._numbers is not None:
            self.desk.save(kind, self._numbers, target, file_kind)

    def _hand_on(self, do: Callable[[SafetyFigure, object], None], kind: SafetyFigure) -> None:
        if self._numbers is not None:
            do(kind, self._numbers)

    def recall(self, lot: str) -> None:
        """Look for whoever got a lot."""
        logbook = self._logbook
        if logbook is None:
            return

        def work() -> Recall:
            from models.safety.lots import recall

            return recall(logbook, lot)

        card = self.content.recall
        self._recalling.run(logbook, work, card.show_recall, card.show_problem)

    def _reveal_recall(self) -> None:
        """The answer comes below the box, which is at the foot of the page."""
        card = self.content.recall
        # It finds its place only when the page is laid out anew.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for part in (card, card.box):
            foot = part.mapTo(self.content, part.rect().bottomLeft())
            self._scroll.ensureVisible(foot.x(), foot.y(), 0, 12)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            # In a turn of its own, so that the page itself is in sight before.
            QTimer.singleShot(0, self, self._begin)
            return
        if self._numbers is not None:
            # Rates may have been added on the page of the literature meanwhile.
            self._look_up(self._numbers)
        if self._is_undrawn:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _begin(self) -> None:
        """Ask for the numbers, unless that was done meanwhile, then get the cards ready."""
        if self._is_stale:
            self.refresh()
        QTimer.singleShot(0, self, self._lay_out)

    def _lay_out(self) -> None:
        """Put the cards into their frame, which gives all of them their looks."""
        if self._scroll.widget() is None:
            self._scroll.setWidget(self.content)
            self.content.show()

    def _share_width(self) -> None:
        if self._content is not None:
            self._content.set_narrow(narrow=self._is_narrow())

    def _is_narrow(self) -> bool:
        return self.width() < self._theme.px(_WIDTH_FOR_TWO)

    def _arrange(self, theme: Theme) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._scroll)
        line = QFrame(self)
        set_kind(line, "toolbar")
        around = QVBoxLayout(line)
        keep(theme, around.setContentsMargins, 16, 6, 16, 6)
        around.addWidget(self.filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.bar, line, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)

    def _connect(self, events: LogbookEvents) -> None:
        self.bar.copy_asked.connect(self.copy_figure)
        self.bar.caption_asked.connect(partial(self._hand_on, self.desk.copy_caption))
        self.bar.methods_asked.connect(partial(self._hand_on, self.desk.copy_methods))
        self.bar.export_asked.connect(partial(self._hand_on, self.desk.ask_where))
        self.filters.asked.connect(lambda _asked: self.refresh())
        self.filters.left.connect(self.go_on)
        self.empty.clear_wanted.connect(self.filters.clear)
        self.empty.new_case_wanted.connect(self.new_case_wanted)
        events.case_saved.connect(self._cases_changed)
        events.cases_changed.connect(self._cases_changed)
        self._theme.follow(self._share_width)
        self._theme.follow(self._draw)

    def _connect_cards(self, content: SafetyContent) -> None:
        BesideDesk(self._jobs, content.beside, self.notice, self._ledger, self)
        content.figures_outgrown.connect(self._draw)
        content.query_asked.connect(self._list_cases)
        content.cusum.asked.connect(self._ask_anew)
        content.leakage.sought.connect(self._ask_anew)
        content.recall.asked.connect(self.recall)
        content.recall.answered.connect(self._reveal_recall)
        content.recall.case_opened.connect(self.case_opened)

    def _cases_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def _ask_anew(self) -> None:
        """Another chart of the cases that were read."""
        logbook, numbers = self._logbook, self._numbers
        if logbook is None or numbers is None or self._is_stale or self._asking.is_running:
            self.refresh()
            return
        watch, way = self.content.cusum.watch, self.content.leakage.way

        def work() -> SafetyNumbers:
            from models.safety.numbers import asked_anew

            return asked_anew(logbook, numbers, watch=watch, sought=way)

        self._asking.run(logbook, work, self._show, self._fail)

    def _list_cases(self, query: str) -> None:
        """The cases behind a number, among those that are asked about."""
        if query:
            terms = (*self.filters.filter.terms, *parse(query).terms)
            self.cases_asked.emit(Filter(tuple(dict.fromkeys(terms))))

    def _show(self, numbers: SafetyNumbers) -> None:
        self._numbers = numbers
        narrowed = bool(numbers.question.asked.terms)
        self.filters.show_found(numbers.n_cases if narrowed else None)
        if not numbers.n_cases:
            self._show_message()
            return
        self.content.show_numbers(numbers)
        self._look_up(numbers)
        if self._was_in_sight:
            self._bring_up()
        else:
            # To show the cards for the first time takes as long as to fill them.
            QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Bring the cards into sight, unless something else was asked for meanwhile."""
        if self._numbers is None or not self._numbers.n_cases:
            return
        self._lay_out()
        self._was_in_sight = True
        self._stack.setCurrentWidget(self._scroll)
        self.lead_to(self._scroll)
        self.bar.allow_figures(allowed=True)
        # The cards take their new places first, so that nothing is drawn twice.
        QTimer.singleShot(0, self, self._draw)

    def _look_up(self, numbers: SafetyNumbers) -> None:
        """What publications have of the same."""
        if (logbook := self._logbook) is None:
            return

        def work() -> tuple[list[OwnBeside], list[PublishedRate]]:
            from models.literature import all_rates
            from models.safety.beside import rates_beside

            return rates_beside(numbers), all_rates(logbook)

        show = partial(self.content.show_published, numbers)
        self._looking_up.run(logbook, work, show, self.notice.warn)

    def _draw(self) -> None:
        numbers = self._numbers
        if numbers is None or not numbers.n_cases:
            return
        self._is_undrawn = not self.isVisible()
        if self._is_undrawn:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        work = partial(
            self._press.pictures,
            numbers,
            self.content.figure_sizes(),
            self._theme.palette,
            self._theme.scale,
            self.devicePixelRatioF(),
        )
        self._drawing = self._jobs.run(None, work, partial(self._show_pictures, numbers))

    def _show_pictures(self, numbers: SafetyNumbers, pictures: dict[SafetyFigure, QImage]) -> None:
        self._drawing = None
        self.content.show_pictures(numbers, pictures)

    def _fail(self, error: LogbookError) -> None:
        self._numbers = None
        self._show_message(error.message, error.cure)

    def _show_message(self, title: str = "", text: str = "") -> None:
        """Say why there is nothing to show, and what to do."""
        self.bar.allow_figures(allowed=False)
        if title:
            self.empty.say(title, text)
        elif self._logbook is None:
            self.empty.say_closed()
        elif self._numbers is None:
            self.lead_to(None)
            self.empty.say_working()
        elif self._numbers.question.asked.terms:
            self.empty.say_no_match(self._numbers.question.asked)
            self.lead_to(self.filters.line)
        else:
            self.empty.say_no_cases(
                self.tr(
                    "Enter a case with Case > New case (Ctrl+N). With an answer about leakage at "
                    "its levels, it counts here."
                )
            )
            self.lead_to(self.empty.button)
        self._stack.setCurrentWidget(self.empty)

    def _ledger(self) -> Ledger:
        return Ledger(self._logbook, self.filters.filter)
