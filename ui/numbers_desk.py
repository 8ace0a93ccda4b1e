# SPDX-License-Identifier: MIT
"""The pages with numbers, each made when it is first shown: Outcomes, Safety, Literature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.filters.shelf import FilterShelf
from ui.workplace import Workplace

if TYPE_CHECKING:
    from models.query import Filter
    from ui.literature.page import LiteraturePage
    from ui.outcomes.page import OutcomesPage
    from ui.safety.page import SafetyPage
    from ui.undo import Undoable


class NumbersDesk(QObject):
    """Makes the pages and hands on what they ask of the window.

    Signals:
        case_opened: (case id) to be shown in the list.
        cases_asked: (Filter) the cases behind a number are to be listed.
        new_case_wanted: an empty page was left for a new case.
    """

    case_opened = Signal(str)
    cases_asked = Signal(object)
    new_case_wanted = Signal()

    def __init__(self, place: Workplace, shelf: FilterShelf) -> None:
        super().__init__(place.window)
        self._place = place
        self._shelf = shelf
        self.outcomes: OutcomesPage | None = None
        self.safety: SafetyPage | None = None
        self.literature: LiteraturePage | None = None

    def undoable(self, name: str) -> Undoable | None:
        """What can be undone on this page."""
        if name == "literature" and self.literature is not None:
            return self.literature.own
        return None

    def filter_of(self, name: str) -> Filter | None:
        """What a page with numbers asks for; None for every other page."""
        page = {"outcomes": self.outcomes, "safety": self.safety}.get(name)
        return None if page is None else page.filters.filter

    def find(self, name: str) -> bool:
        """Go to the search of this page; False where it has none."""
        if name == "literature" and self.literature is not None:
            self.literature.focus_search()
            return True
        page = {"outcomes": self.outcomes, "safety": self.safety}.get(name)
        if page is None or not page.filters.line.isVisible():
            return False
        page.filters.focus_line()
        return True

    def make_outcomes(self) -> OutcomesPage:
        """The Outcomes page, which is shown for the first time."""
        from ui.outcomes.page import OutcomesPage

        place = self._place
        page = OutcomesPage(place.jobs, place.theme, place.events, self._shelf, place.window)
        page.case_opened.connect(self.case_opened)
        page.new_case_wanted.connect(self.new_case_wanted)
        self.outcomes = page
        return page

    def make_safety(self) -> SafetyPage:
        """The Safety page, likewise."""
        from ui.safety.page import SafetyPage

        place = self._place
        page = SafetyPage(place.jobs, place.theme, place.events, self._shelf, place.window)
        page.case_opened.connect(self.case_opened)
        page.new_case_wanted.connect(self.new_case_wanted)
        page.cases_asked.connect(self.cases_asked)
        self.safety = page
        return page

    def make_literature(self) -> LiteraturePage:
        """The Literature page, likewise."""
        from ui.literature.page import LiteraturePage

        self.literature = LiteraturePage(self._place.jobs, self._place.theme, self._place.window)
        return self.literature
