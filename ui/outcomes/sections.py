# SPDX-License-Identifier: MIT
"""The sections of the page, each made when it is first asked for: all at once take too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.outcomes.cement_section import CementSection
from ui.outcomes.content import FunctionContent, OutcomeContent
from ui.outcomes.followed_section import FollowedSection
from ui.outcomes.height_section import HeightSection
from ui.outcomes.medication_section import MedicationSection
from ui.outcomes.section import scrolled

if TYPE_CHECKING:
    from ui.jobs import Jobs
    from ui.outcomes.section import LaidBeside
    from ui.theme import Theme

AnySection = OutcomeContent | MedicationSection | HeightSection | CementSection | FollowedSection


class Sections:
    """Makes them, and keeps them in a stack, each in a frame in which it scrolls.

    Attributes:
        shown: keys of those that were in sight already.

    Args:
        jobs, theme: what sections are made with.
        welcome: called with each new one, before anybody else has it.
        stack: where their frames go.
        parent: the page.
    """

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        welcome: Callable[[AnySection], None],
        stack: QStackedWidget,
        parent: QWidget,
    ) -> None:
        self._makers: dict[str, Callable[[], AnySection]] = {
            "pain": lambda: OutcomeContent(jobs, theme, parent=parent),
            "function": lambda: FunctionContent(jobs, theme, parent),
            "medication": lambda: MedicationSection(theme, parent),
            "height": lambda: HeightSection(theme, parent),
            "cement": lambda: CementSection(theme, parent),
            "followed": lambda: FollowedSection(theme, parent),
        }
        self.shown: set[str] = set()
        self._welcome = welcome
        self._stack = stack
        self._made: dict[str, AnySection] = {}
        self._scrolls: dict[str, QScrollArea] = {}
        self._laid: LaidBeside | None = None
        self._is_narrow = False

    def __getitem__(self, key: str) -> AnySection:
        if key not in self._made:
            section = self._makers[key]()
            section.hide()
            section.set_narrow(narrow=self._is_narrow)
            section.take_published(self._laid)
            self._welcome(section)
            self._made[key] = section
        return self._made[key]

    @property
    def pain(self) -> OutcomeContent:
        """The section of pain."""
        section = self["pain"]
        assert isinstance(section, OutcomeContent)
        return section

    @property
    def function(self) -> FunctionContent:
        """The section of function and health."""
        section = self["function"]
        assert isinstance(section, FunctionContent)
        return section

    def scroll(self, key: str) -> QScrollArea:
        """Around a section. Laid out when it is first asked for."""
        if key not in self._scrolls:
            self._scrolls[key] = scrolled(self[key], self._stack)
            self._stack.addWidget(self._scrolls[key])
        return self._scrolls[key]

    def when_ready(self, key: str, do: Callable[[], None]) -> None:
        """Do something once a section is made and laid out: at once where it is.

        Otherwise each step waits until the window has done what else it has to do.
        """
        if key in self._scrolls:
            do()
            return
        step = self.scroll if key in self._made else self.__getitem__

        def go_on() -> None:
            step(key)
            self.when_ready(key, do)

        QTimer.singleShot(0, self._stack, go_on)

    def take_published(self, laid: LaidBeside) -> None:
        """Published rates, for those that are made and those that will be."""
        self._laid = laid
        for section in self._all:
            section.take_published(laid)

    def set_narrow(self, *, narrow: bool) -> None:
        """All cards of each below each other, or two beside each other."""
        self._is_narrow = narrow
        for section in self._all:
            section.set_narrow(narrow=narrow)

    @property
    def _all(self) -> Iterable[AnySection]:
        return tuple(self._made.values())
