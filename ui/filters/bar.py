# SPDX-License-Identifier: MIT
"""The filter bar of a page: what is asked for, typed as a query or clicked as chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from models import query
from models.errors import LogbookError
from models.logbook import Logbook
from models.query import Filter, QueryError, Term
from models.speech import numeral
from ui.events import LogbookEvents
from ui.filters.chip_row import ChipRow
from ui.filters.problem_line import ProblemLine
from ui.filters.query_line import QueryLine
from ui.filters.saved_button import SavedButton
from ui.filters.shelf import FilterShelf
from ui.jobs import Jobs
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import CASES, SEARCH, below, set_topic
from ui.widgets.plain_tip import plain_tip

if TYPE_CHECKING:
    from ui.filters.lessons import LessonsPanel

_PAUSE_MS, _PATIENCE_MS = 120, 700
_GAP = 8
_NARROWEST, _WIDEST = 110, 720
_COMPACT, _COMPACT_SHARE, _WIDTH_FOR_ONE = 200, 0.28, 680


class FilterBar(QWidget):
    """A query line, chips that say the same, saved filters, and help.

    What is typed changes the chips, and a click on a chip changes the text. What is not understood
    is told in a line below, and the rest holds.

    Signals:
        asked: (Filter) something else is asked for: at once by a click, by typing when it pauses.
        left: the user wants to go on with what was found.

    Attributes:
        line: where the query is typed.
        chips: the conditions as chips.
        saved: the button with the saved filters.
        help: the button that opens the language by examples.
        problem: the line that says what is not understood.

    Args:
        shelf: the filters at hand, shared with other pages; the bar's own where there is none.
        compact: all in one line where there is room, instead of the chips in a second one.
        today: what spans such as "last 30 days" are offered for.
        chips_later: whoever makes the bar has the chips filled in.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        events: LogbookEvents,
        shelf: FilterShelf | None = None,
        *,
        compact: bool = False,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
        chips_later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelf = shelf or FilterShelf(jobs, events, self)
        self._told = Filter()
        self._lessons: LessonsPanel | None = None
        self.line = QueryLine(theme, self)
        self.help = QToolButton(self)
        self.chips = ChipRow(theme, today, self, later=chips_later)
        for part in (self.help, self.chips):
            set_topic(part, SEARCH)
        self.saved = SavedButton(theme, self._shelf, lambda: self.filter, self)
        set_topic(self.saved, below(CASES, "Searching"))
        self.problem = ProblemLine(self)
        self._found = QLabel(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._first, self._second, self._third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._compact = compact
        self._dress()
        self._arrange()
        self._connect()
        self._show()

    @property
    def filter(self) -> Filter:
        """What is asked for, as far as it is understood."""
        return self.line.understood.filter

    @property
    def lessons(self) -> LessonsPanel | None:
        """The help, while it is open."""
        return self._lessons

    # for the page

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Ask for nothing, in this logbook; without one there is nothing to ask."""
        self._shelf.set_logbook(logbook)
        self.reset(enabled=logbook is not None)

    def reset(self, *, enabled: bool = True) -> None:
        """Ask for nothing, without telling so."""
        self._shelf.remember(self.filter)
        self.set_filter(Filter())
        self.show_found(None)
        self.setEnabled(enabled)

    def set_filter(self, asked: Filter) -> None:
        """Show what is asked for, without telling so."""
        self._told = asked
        self.line.setText(query.text_of(asked) if asked.terms else "")
        self.line.show_beginning()
        self._pause.stop()
        self._show()

    def show_found(self, count: int | None) -> None:
        """Say how many cases were found; None where nothing is asked for."""
        text = "" if count is None else self.tr("{n} cases").format(n=numeral(count, ","))
        self._found.setText(self.tr("1 case") if count == 1 else text)

    def set_known(self, known: Mapping[str, Sequence[str]]) -> None:
        """Texts in use, such as operators, to be offered; by the names of their fields."""
        self.line.set_known(known)
        self.chips.set_known(known)

    def add_to_end(self, *widgets: QWidget) -> None:
        """Put controls of the page at the right end of the first line."""
        for widget in widgets:
            self._first.addWidget(widget)

    def search_now(self) -> None:
        """Do not wait for a pause in the typing."""
        self._pause.stop()
        self._show()
        if self.filter != self._told:
            self._told = self.filter
            self.asked.emit(self._told)

    def take_typed(self, text: str) -> None:
        """Go on typing in the line what was begun elsewhere."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)
        self.line.insert(text)

    def focus_line(self) -> None:
        """Put the cursor into the line, with its text selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def ask(self, asked: Filter) -> None:
        """Ask for this, and tell so."""
        self._apply(asked)

    def clear(self) -> None:
        """Ask for nothing, and tell so."""
        self._apply(Filter())

    # the parts

    def _dress(self) -> None:
        whole = self.tr("Search patient, level, operator, notes")
        self.line.show_hint(whole, self.tr("Search cases"), self.tr("Search"))
        self.line.setAccessibleName(self.tr("Search cases"))
        self.help.setText("?")
        self.help.setAccessibleName(self.tr("How to search"))
        self.help.setToolTip(self.tr("How to search (F1)"))
        set_kind(self._found, "muted")
        self._found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._theme.follow(self._keep_room)
        self._keep_room()
        self.setFocusProxy(self.line)

    def _keep_room(self) -> None:
        """For the number of cases, so that nothing moves when it comes and goes."""
        usual = self.tr("{n} cases").format(n="9,999")
        self._found.ensurePolished()
        self._found.setMinimumWidth(self._found.fontMetrics().horizontalAdvance(usual))

    def _arrange(self) -> None:
        theme, first, second = self._theme, self._first, self._second
        first.addWidget(self.line, 100)
        first.addWidget(self.help)
        first.addStretch(1)
        self._third.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addLayout(self._third)
        layout.addWidget(self.problem)
        for box in (first, second, self._third, layout):
            keep(theme, box.setSpacing, _GAP)
        theme.follow(self._share_width)
        self._share_width()

    def _share_width(self) -> None:
        """One line or two, and how long the query may be; decided by nothing but the width.

        A third line holds what stands behind the chips where these have no room beside it.
        """
        px, width = self._theme.px, self.width()
        in_one = self._compact and width >= px(_WIDTH_FOR_ONE)
        chips_at = self._first if in_one else self._second
        rest_at = chips_at if in_one or self._width_of_second() <= width else self._third
        for part, home in ((self.chips, chips_at), (self._found, rest_at), (self.saved, rest_at)):
            self._move(part, home)
        longest = max(px(_COMPACT), round(width * _COMPACT_SHARE)) if in_one else px(_WIDEST)
        self.line.setMaximumWidth(longest)
        self.line.setMinimumWidth(longest if in_one else px(_NARROWEST))

    def _move(self, part: QWidget, home: QHBoxLayout) -> None:
        """Put a part at the end of its line, unless it is there."""
        if home.indexOf(part) >= 0:
            return
        for line in (self._first, self._second, self._third):
            line.removeWidget(part)
        home.addWidget(part, 100 if part is self.chips else 0)

    def _width_of_second(self) -> int:
        """What the second line needs."""
        beside = self._found.minimumWidth() + self.saved.sizeHint().width()
        return self.chips.least_width() + beside + 2 * self._theme.px(_GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _connect(self) -> None:
        line = self.line
        line.textChanged.connect(self._on_text)
        line.submitted.connect(self._leave)
        line.left.connect(self._leave)
        line.rested.connect(self._patience.start)
        line.finished.connect(self._finish)
        line.help_wanted.connect(self.show_help)
        self.help.clicked.connect(lambda _checked=False: self.show_help())
        self.chips.chosen.connect(self._choose)
        self.chips.writing_wanted.connect(self._show_writing)
        self.chips.offers_wanted.connect(self._shelf.learn)
        self.saved.chosen.connect(self._use)
        self.saved.failed.connect(self.say)
        self.problem.pressed.connect(self._show_place)
        self._pause.timeout.connect(self.search_now)
        self._patience.timeout.connect(self._show_all_problems)
        # A method of the bar, so that the shelf, which stays, forgets it with its dialog.
        self._shelf.known_changed.connect(self._take_known)
        self._take_known()

    def _take_known(self) -> None:
        self.set_known(self._shelf.known)

    # typing

    def _on_text(self) -> None:
        self._pause.start()
        self._patience.start()
        self._shelf.learn()

    def _leave(self) -> None:
        self._shelf.remember(self.filter)
        self.search_now()
        self._show_all_problems()
        self.left.emit()

    def _finish(self) -> None:
        self._shelf.remember(self.filter)
        self._show_all_problems()

    def _show(self) -> None:
        self.chips.show_filter(self.filter)
        self._tell_whole()
        self._show_problems(self.line.problems)

    def _tell_whole(self) -> None:
        """The text, which may be too long for the line, and what it means."""
        text = self.line.text().strip()
        told = f"{text}\n{query.words_of(self.filter)}" if text else self.line.hint
        self.line.setToolTip(plain_tip(told))

    def _show_all_problems(self) -> None:
        self.line.settle()
        self._show_problems(self.line.problems)

    def _show_problems(self, problems: Sequence[QueryError]) -> None:
        self.problem.show_problems(problems)
        self.line.setAccessibleDescription(self.problem.text())

    def say(self, error: LogbookError) -> None:
        """Tell in the line below what could not be read."""
        self._show_problems([QueryError(error.message, error.cure)])

    def _show_place(self, problem: QueryError) -> None:
        self.line.show_place(problem.start, problem.end)

    # clicking

    def _choose(self, asked: Filter) -> None:
        """What a click made of what is asked for; what was not understood stays in the text."""
        from models.query.chips import rewritten

        self.line.put(rewritten(self.line.text(), asked))
        self.search_now()

    def _apply(self, asked: Filter) -> None:
        self._shelf.remember(self.filter)
        self.line.put(query.text_of(asked))
        self.search_now()

    def _use(self, asked: Filter) -> None:
        self._apply(asked)
        self._shelf.remember(asked)

    def _show_writing(self, field: str, term: Term | None) -> None:
        """Select a condition in the text, or begin to write one."""
        understood = self.line.understood
        for known, place in zip(understood.filter.terms, understood.places, strict=True):
            if known == term:
                self.line.show_place(*place)
                return
        text = self.line.text()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)
        self.line.insert(f"{' ' if text and not text.endswith(' ') else ''}{field}:")
        self.line.offer()

    # help

    def show_help(self) -> None:
        """Open the language by examples under its button."""
        from ui.filters.lessons import LessonsPanel

        self._lessons = LessonsPanel(self._theme, self)
        self._lessons.tried.connect(self._try)
        self._lessons.closed.connect(self._forget_lessons)
        self._lessons.open_under(self.help)

    def _forget_lessons(self) -> None:
        self._lessons = None

    def _try(self, text: str) -> None:
        self._shelf.remember(self.filter)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.put(text)
        self.search_now()
