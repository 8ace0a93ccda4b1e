# SPDX-License-Identifier: MIT
"""Five short steps through the window, which can be left at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.cases.page import CasesPage
from ui.help.tour_bubble import TourBubble
from ui.rail import Rail
from ui.theme import Theme
from ui.topics import CASES, ENTRY, FOLLOW_UP, OUTCOMES, set_topic


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is spoken of, the page of help about it, and what is said."""

    target: Callable[[], QWidget]
    topic: str
    title: str
    words: str


class Tour(QObject):
    """Begins at the first step.

    Args:
        window: what it leads through; owns the tour.
        show_cases: shows the page of cases, where the steps are.
    """

    def __init__(self, theme: Theme, window: QWidget, show_cases: Callable[[], object]) -> None:
        super().__init__(window)
        self._show_cases = show_cases
        rail, cases = window.findChild(Rail), window.findChild(CasesPage)
        assert isinstance(rail, Rail)
        assert isinstance(cases, CasesPage)
        self._cases = cases
        self._cases.installEventFilter(self)
        self._steps = self._made(cases, rail)
        self._at = 0
        # Whether or not the window is active: a list of commands may just be going.
        self._before: QWidget | None = window.focusWidget()
        self.bubble = TourBubble(theme, window)
        self.bubble.next_wanted.connect(lambda: self._go(self._at + 1))
        self.bubble.back_wanted.connect(lambda: self._go(self._at - 1))
        self.bubble.leave_wanted.connect(self.leave)
        self._go(0)

    def _made(self, cases: CasesPage, rail: Rail) -> Sequence[Step]:
        return (
            Step(
                lambda: cases.table if cases.table.isVisible() else cases,
                CASES,
                self.tr("Your cases"),
                self.tr(
                    "One line is one case. The line above finds some of them: type a code, a word, "
                    "or a condition such as level:T12. A click on a heading sorts."
                ),
            ),
            Step(
                lambda: cases.detail if cases.detail.isVisible() else cases,
                CASES,
                self.tr("The chosen case"),
                self.tr(
                    "Its levels on the spine, its pain before and after, and all that was "
                    "recorded. The second tab shows everything of the patient."
                ),
            ),
            Step(
                lambda: cases.bar.new,
                ENTRY,
                self.tr("Entering a case"),
                self.tr(
                    "A dot marks what a complete case needs; Enter leads from one to the next. "
                    "What you type is kept at once. F1 in a field tells what belongs there."
                ),
            ),
            Step(
                lambda: rail.entry("followup"),
                FOLLOW_UP,
                self.tr("Whom to ask today"),
                self.tr(
                    "Follow-up lists whose visit is due. Type the score, press Enter, and the "
                    "next patient is there."
                ),
            ),
            Step(
                lambda: rail.entry("outcomes"),
                OUTCOMES,
                self.tr("How they do"),
                self.tr(
                    "Outcomes and Safety count what you recorded, each number with its n, what is "
                    "missing, and its interval. Ctrl+K finds any command, F1 opens the help."
                ),
            ),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who turns to another page has left: what is spoken of is out of sight."""
        if event.type() == QEvent.Type.HideToParent and watched is self._cases:
            self._end()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """End it, and give the focus back."""
        self._end()
        before = self._before
        if before is None or not isValid(before) or not before.isVisible():
            before = self._cases
        before.setFocus()

    def _end(self) -> None:
        self._cases.removeEventFilter(self)
        self.bubble.end()
        self.deleteLater()

    def _go(self, number: int) -> None:
        if number >= len(self._steps):
            self.leave()
            return
        if not self._cases.isVisible():
            self._show_cases()
        self._at = number
        step = self._steps[number]
        set_topic(self.bubble, step.topic)
        self.bubble.say(step.target(), step.title, step.words, number + 1, len(self._steps))
