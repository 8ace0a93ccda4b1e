# SPDX-License-Identifier: MIT
"""The Outcomes page: one question, several sections; each is worked out when it is shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from models.analysis.question import Question
from models.analysis.thresholds import Thresholds, change_thresholds, stored_thresholds
from models.errors import LogbookError
from models.logbook import Logbook
from models.settings import LogbookSettings
from ui.charts.figure_desk import FigureDesk
from ui.charts.kinds import FigureKind, FileKind
from ui.charts.ledger import Ledger
from ui.charts.press import Press
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.nothing_found import NothingFound
from ui.filters.shelf import FilterShelf
from ui.jobs import Job, Jobs
from ui.latest_job import LatestJob
from ui.measures import keep
from ui.outcomes.bar import OutcomesBar
from ui.outcomes.section import laid_beside
from ui.outcomes.section_bar import SectionBar
from ui.outcomes.sections import AnySection, Sections
from ui.outcomes.thresholds_dialog import ThresholdsDialog
from ui.theme import Theme, set_kind
from ui.widgets.led_page import LedPage
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome
    from ui.outcomes.content import FunctionContent, OutcomeContent

_WIDTH_FOR_TWO = 780
_WITH_CENTER = ("pain", "function")
_WITH_THRESHOLDS = ("pain", "function", "followed")


class OutcomesPage(LedPage):
    """How the patients do. Works out nothing on its own thread.

    Signals:
        case_opened: the user wants to see the case with this id.
        new_case_wanted: the button of the empty page.
    """

    case_opened = Signal(str)
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
        self._events = events
        self._press = Press()
        self._looking_up = LatestJob(jobs, self)
        self._logbook: Logbook | None = None
        self._found: dict[str, Any] = {}
        self._failure: LogbookError | None = None
        self._asking: Job | None = None
        self._drawing: Job | None = None
        self._is_undrawn = False
        self.bar = OutcomesBar(theme, self)
        self._shelf = shelf or FilterShelf(jobs, events, self)
        self.filters = FilterBar(jobs, theme, events, self._shelf, compact=True, parent=self)
        self.sections = SectionBar(theme, self._labels(), self)
        self.notice = Notice(theme, self)
        self.desk = FigureDesk(jobs, self._press, self.notice, self._ledger, self)
        self.empty = NothingFound(theme, self)
        self._stack = QStackedWidget(self)
        self._sections = Sections(jobs, theme, self._welcome, self._stack, self)
        self._arrange(theme)
        self._connect(events, theme)
        self._turn_to(self.sections.section)

    def _labels(self) -> dict[str, str]:
        return {
            "pain": self.tr("Pain"),
            "function": self.tr("Function"),
            "medication": self.tr("Medication and mobility"),
            "height": self.tr("Height"),
            "cement": self.tr("Cement"),
            "followed": self.tr("Who was followed"),
        }

    def _welcome(self, section: AnySection) -> None:
        section.asked.connect(self._ask_section)
        section.figures_outgrown.connect(self._draw)
        section.case_opened.connect(self.case_opened)
        section.offer_beside(self._jobs, self.notice, self._ledger)

    def _connect(self, events: LogbookEvents, theme: Theme) -> None:
        self.bar.asked.connect(self.refresh)
        self.bar.copy_asked.connect(self.copy_figure)
        self.bar.caption_asked.connect(lambda kind: self._hand_on(self.desk.copy_caption, kind))
        self.bar.methods_asked.connect(lambda kind: self._hand_on(self.desk.copy_methods, kind))
        self.bar.export_asked.connect(lambda kind: self._hand_on(self.desk.ask_where, kind))
        self.filters.asked.connect(lambda _asked: self.refresh())
        self.filters.left.connect(self.go_on)
        self._shelf.changed.connect(self._offer_filters)
        self.empty.clear_wanted.connect(self.filters.clear)
        self.empty.new_case_wanted.connect(self.new_case_wanted)
        self.sections.chosen.connect(self._turn_to)
        self.sections.center_changed.connect(self._center_found)
        self.sections.thresholds_asked.connect(self._ask_thresholds)
        events.case_saved.connect(self._cases_changed)
        events.cases_changed.connect(self._cases_changed)
        events.settings_changed.connect(self._settings_changed)
        theme.follow(self._share_width)
        theme.follow(self._draw)

    @property
    def section(self) -> AnySection:
        """The section that is chosen."""
        return self._sections[self.sections.section]

    @property
    def content(self) -> OutcomeContent:
        """The section of pain."""
        return self._sections.pain

    @property
    def function(self) -> FunctionContent:
        """The section of function and health."""
        return self._sections.function

    @property
    def found(self) -> Any:
        """What the section shows; None before its first answer."""
        return self._found.get(self.sections.section)

    @property
    def outcome(self) -> PairedOutcome | None:
        """What was found of pain; None before the first answer."""
        return self._found.get("pain")

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show the outcomes of another logbook, or of none."""
        self._logbook = logbook
        self._found.clear()
        self.notice.hide()
        self.filters.set_logbook(logbook)
        self._offer_filters()
        self._show_message()
        self._cases_changed()

    def _look_up(self) -> None:
        """What publications have of the same."""
        if (logbook := self._logbook) is not None:
            work = partial(laid_beside, logbook)
            self._looking_up.run(logbook, work, self._sections.take_published, self.notice.warn)

    def refresh(self) -> None:
        """Work the numbers out anew, those of other sections when they are shown."""
        shown, self._found = self.found, {}
        self._look_up()
        self._ask(shown)

    def copy_figure(self, kind: FigureKind) -> None:
        """Put a figure of the section into the clipboard, as it goes to paper."""
        self._hand_on(self.desk.copy, kind)

    def save_figure(self, kind: FigureKind, target: Path, file_kind: FileKind) -> None:
        """Keep a figure in a file; a line above the page tells how it went."""
        if self.found is not None:
            self.desk.save(kind, self.found, target, file_kind)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Rates may have been added on the page of the literature meanwhile.
        self._look_up()
        if self.found is None:
            self._ask()
        elif self._is_undrawn:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    # asking

    def _question(self) -> Question:
        return replace(self.bar.question, filter=self.filters.filter)

    def _ask(self, shown: object = None) -> None:
        """Work the chosen section out; ``shown`` is in sight meanwhile."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._failure = None
        if self._logbook is None or shown is None:
            self._show_message()
        if self._logbook is not None:
            key = self.sections.section
            self._sections.when_ready(key, partial(self._begin, key))

    def _begin(self, key: str) -> None:
        """Begin to work a section out, unless another one was chosen meanwhile."""
        logbook = self._logbook
        if logbook is None or key != self.sections.section:
            return
        if self._asking is not None:
            self._asking.cancel()
        work = self.section.work(logbook, self._question())
        self._asking = self._jobs.run(logbook, work, partial(self._keep, key), self._fail)

    def _ask_section(self) -> None:
        self._found.pop(self.sections.section, None)
        self._ask(shown=True)

    def _cases_changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._found.clear()

    def _turn_to(self, key: str) -> None:
        """Show another section, and work it out where that was not done yet."""
        self.sections.offer(center=key in _WITH_CENTER, thresholds=key in _WITH_THRESHOLDS)
        if key in self._found:
            self._show()
        elif self._logbook is not None and self.isVisible():
            self._ask()
        else:
            self._show_message()

    def _keep(self, key: str, found: object) -> None:
        self._asking = None
        self._found[key] = self._centered(found)
        if key == self.sections.section:
            self._show()

    def _fail(self, error: LogbookError) -> None:
        self._asking = None
        self._failure = error
        self._show_message()

    # showing

    def _centered(self, found: Any) -> Any:
        """With the mean or the median, where figures draw one of them."""
        if hasattr(found, "center"):
            return replace(found, center=self.sections.center)
        return found

    def _center_found(self) -> None:
        self._found = {key: self._centered(found) for key, found in self._found.items()}
        if self.found is not None:
            self._show()

    def _show(self) -> None:
        found, section = self.found, self.section
        n_cases, _n_synthetic = section.counts_of(found)
        self.filters.show_found(n_cases if self._question().filter.terms else None)
        if not n_cases:
            self._show_message()
            return
        section.show_frame(found, *section.counts_of(found))
        section.show_numbers(found)
        if self.sections.section in self._sections.shown:
            self._bring_up()
        else:
            # To show a section for the first time takes as long as to fill it.
            QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Bring the section into sight, unless something else was asked for meanwhile."""
        if self.found is not None and self.section.counts_of(self.found)[0]:
            self._stack.setCurrentWidget(self._scroll())
            self.lead_to(self._scroll())
            self._sections.shown.add(self.sections.section)
            self.bar.offer_figures(self.section.kinds)
            self.bar.allow_figures(allowed=True)
            # The cards take their new places first, so that nothing is drawn twice.
            QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        found, section = self.found, self.section
        if found is None or not section.counts_of(found)[0]:
            return
        self._is_undrawn = not self.isVisible()
        if self._is_undrawn:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        press, sizes = self._press, section.figure_sizes()
        look = (self._theme.palette, self._theme.scale, self.devicePixelRatioF())

        def work() -> tuple[dict[FigureKind, QImage], dict[FigureKind, str]]:
            return press.pictures(found, sizes, *look), press.told(sizes, found)

        self._drawing = self._jobs.run(None, work, partial(self._show_pictures, section))

    def _show_pictures(
        self,
        section: AnySection,
        drawn: tuple[dict[FigureKind, QImage], dict[FigureKind, str]],
    ) -> None:
        self._drawing = None
        section.show_pictures(*drawn)

    def _share_width(self) -> None:
        self._sections.set_narrow(narrow=self.width() < self._theme.px(_WIDTH_FOR_TWO))

    def _arrange(self, theme: Theme) -> None:
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        line = QFrame(self)
        set_kind(line, "toolbar")
        around = QVBoxLayout(line)
        keep(theme, around.setContentsMargins, 16, 6, 16, 6)
        around.addWidget(self.filters)
        for widget in (self.bar, line, self.sections, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self._stack, 1)

    def _scroll(self) -> QScrollArea:
        """Around the section that is chosen."""
        return self._sections.scroll(self.sections.section)

    def _show_message(self) -> None:
        """Say why there is nothing to show, and what to do."""
        self.bar.allow_figures(allowed=False)
        asked = self._question().filter
        if self._failure is not None:
            self.empty.say(self._failure.message, self._failure.cure)
        elif self._logbook is None:
            self.empty.say_closed()
        elif self.found is None:
            self.lead_to(None)
            self.empty.say_working()
        elif asked.terms:
            self.empty.say_no_match(asked)
            self.lead_to(self.filters.line)
        else:
            self.empty.say_no_cases(
                self.tr(
                    "Enter a case with Case > New case (Ctrl+N). With a pain score before and one "
                    "after, it counts here."
                )
            )
            self.lead_to(self.empty.button)
        self._stack.setCurrentWidget(self.empty)

    # handing on

    def _offer_filters(self) -> None:
        self.bar.offer_filters(self._shelf.named)

    def _ledger(self) -> Ledger:
        return Ledger(self._logbook, self.filters.filter)

    def _hand_on(self, do: Any, kind: FigureKind) -> None:
        if self.found is not None:
            do(kind, self.found)

    # thresholds

    def _ask_thresholds(self) -> None:
        logbook = self._logbook
        if logbook is not None:
            read = partial(stored_thresholds, logbook)
            self._jobs.run(logbook, read, self._show_thresholds, self.notice.warn)

    def _show_thresholds(self, stored: Thresholds) -> None:
        dialog = ThresholdsDialog(self._theme, stored, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._store(dialog.thresholds))
        dialog.open()

    def _store(self, thresholds: Thresholds) -> None:
        logbook = self._logbook
        if logbook is not None:
            work = partial(change_thresholds, logbook, thresholds)
            told = self._events.settings_changed.emit
            self._jobs.run(logbook, work, told, self.notice.warn, changes=True)

    def _settings_changed(self, _settings: LogbookSettings) -> None:
        self._cases_changed()
