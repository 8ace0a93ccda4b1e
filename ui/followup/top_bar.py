# SPDX-License-Identifier: MIT
"""The bar above the list: whom it is about, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from models.followup.spans import Which
from models.followup.tally import Counts
from models.speech import numerals
from ui.followup.words import list_name, tr
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import FOLLOW_UP, below, set_topic
from ui.widgets.one_of_several import OneOfSeveral

LISTS = (Which.OVERDUE, Which.WEEK, Which.MONTH, Which.ALL)
_SPACING, _EDGE = 8, 16


class TopBar(QFrame):
    """Pills for the lists and buttons for what leaves the program.

    Where there is no room the buttons become a menu, the pills are shorter, and then not counted.

    Signals:
        chosen: (Which) another list.
        print_wanted, calendar_wanted, plan_wanted: the buttons.
    """

    chosen = Signal(object)
    print_wanted = Signal()
    calendar_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "toolbar")
        self._theme = theme
        self._counts: Counts | None = None
        self.pills: dict[Which, OneOfSeveral] = {}
        self._group = QButtonGroup(self)
        self._layout = QHBoxLayout(self)
        keep(theme, self._layout.setContentsMargins, _EDGE, 10, _EDGE, 10)
        keep(theme, self._layout.setSpacing, _SPACING)
        for which in LISTS:
            self._add_pill(which)
        self._layout.addStretch(1)
        self.buttons: list[QPushButton] = []
        self.more = QToolButton(self)
        self._add_buttons()
        self.show_counts(None)
        theme.follow(self._fit)

    def show_counts(self, counts: Counts | None) -> None:
        """Show how many are in each list; None while nobody knows."""
        self._counts = counts
        self._fit()

    def show_list(self, which: Which) -> None:
        """Mark the list that is shown."""
        self.pills[which].mark(is_down=True)

    def allow(self, *, lists: bool) -> None:
        """Whether there is anybody to ask."""
        for button in self.buttons[1:]:
            button.setEnabled(lists)

    def minimumSizeHint(self) -> QSize:
        # The words follow the width, and must not ask for any.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add_pill(self, which: Which) -> None:
        pill = OneOfSeveral(parent=self)
        set_kind(pill, "chip")
        pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        pill.setCursor(Qt.CursorShape.PointingHandCursor)
        pill.clicked.connect(lambda _checked=False: self.chosen.emit(which))
        self._group.addButton(pill)
        self._layout.addWidget(pill)
        self.pills[which] = pill

    def _add_buttons(self) -> None:
        menu = QMenu(self)
        on_paper = "On paper and in the calendar"
        for text, heading, signal in (
            (tr("Visit &plan…"), "The visit plan", self.plan_wanted),
            (tr("Ca&lendar file…"), on_paper, self.calendar_wanted),
            (tr("Print &call list…"), on_paper, self.print_wanted),
        ):
            # The letters of the menu would take keys from the box of the score.
            button = QPushButton(text.replace("&", ""), self)
            set_topic(button, below(FOLLOW_UP, heading))
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            menu.addAction(action)
            self._layout.addWidget(button)
            self.buttons.append(button)
        self.more.setText("…")
        self.more.setAccessibleName(tr("Plan, calendar and call list"))
        self.more.setToolTip(self.more.accessibleName())
        self.more.setMenu(menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._layout.addWidget(self.more)

    def _fit(self) -> None:
        """Choose the longest words that have room."""
        room = self.width() - 2 * self._theme.px(_EDGE)
        menu = short = False
        self._name_pills(short=False)
        if self._needed(self.buttons) > room:
            menu = True
            short = self._needed([self.more]) > room
            self._name_pills(short=short)
        if menu and self._needed([self.more]) > room:
            self._name_pills(short=short, counted=False)
        for button in self.buttons:
            button.setVisible(not menu)
        self.more.setVisible(menu)

    def _name_pills(self, *, short: bool, counted: bool = True) -> None:
        brief = {Which.WEEK: tr("Week"), Which.MONTH: tr("Month")}
        for which, pill in self.pills.items():
            name = list_name(which)
            told = brief.get(which, name) if short else name
            n = (
                numerals(" {count:,}", count=self._counts[which])
                if self._counts is not None
                else ""
            )
            shown = told + n if counted else told
            pill.setText(shown)
            pill.setAccessibleName(name + n)
            pill.setToolTip(name + n if shown != name + n else "")

    def _needed(self, controls: Sequence[QWidget]) -> int:
        wide = [*self.pills.values(), *controls]
        spaces = self._theme.px(_SPACING) * len(wide)
        return sum(one.sizeHint().width() for one in wide) + spaces
