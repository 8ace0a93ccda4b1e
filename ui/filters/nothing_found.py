# SPDX-License-Identifier: MIT
"""What a page with numbers says in place of them: why there are none, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.query import Filter
from ui.filters.no_match import say_no_match
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState


class NothingFound(EmptyState):
    """Says it, with a button that brings cases in.

    Signals:
        clear_wanted: the search is to be cleared.
        new_case_wanted: the first case is to be entered.
    """

    clear_wanted = Signal()
    new_case_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._cure: Callable[[], None] = self.clear_wanted.emit
        self.pressed.connect(lambda: self._cure())

    def say_closed(self) -> None:
        """No logbook is open."""
        self.say(
            self.tr("No logbook is open"),
            self.tr("Open one with File > Open logbook, or the example in the Help menu."),
        )

    def say_working(self) -> None:
        """The numbers are on their way."""
        self.say(self.tr("Working out the numbers…"))

    def say_no_match(self, asked: Filter) -> None:
        """There are cases, but none that is asked about."""
        say_no_match(self, asked)
        self._cure = self.clear_wanted.emit

    def say_no_cases(self, hint: str) -> None:
        """The logbook is empty; ``hint`` says what a case needs to count here."""
        self.say(self.tr("No cases yet"), hint, self.tr("New case"))
        self._cure = self.new_case_wanted.emit
