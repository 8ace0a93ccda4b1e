# SPDX-License-Identifier: MIT
"""The pages of the window beside the rail that chooses among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from models.logbook import Logbook
from models.quick import dataclass
from ui.rail import Rail
from ui.theme import Theme
from ui.topics import set_topic

WELCOME, EDITOR = "welcome", "editor"

P = TypeVar("P", bound=QWidget)


@runtime_checkable
class ShowsLogbook(Protocol):
    """A page that is told which logbook is open."""

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show this logbook, or none."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that the rail offers.

    Attributes:
        name: by which code asks for it.
        title: as the rail shows it.
        make: makes it when it is first shown; None for one that is ``put`` there.
        is_waiting: the number beside it counts what waits for somebody.
    """

    name: str
    title: str
    make: Callable[[], QWidget] | None = None
    is_waiting: bool = False


class Pages(QWidget):
    """Shows one page at a time, and makes each when it is first shown.

    Args:
        specs: the pages, the first of which is home.
        make_welcome: makes ``WELCOME``, which is none of the rail, when it is first shown.

    Signals:
        turned: the name of the page that is in sight now.

    Attributes:
        rail: chooses the page.
        stack: holds the pages, and the editor too, which is no page of the rail.
    """

    turned = Signal(str)

    def __init__(
        self,
        specs: Sequence[PageSpec],
        make_welcome: Callable[[], QWidget],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._make = {WELCOME: make_welcome}
        self._make |= {spec.name: spec.make for spec in specs if spec.make is not None}
        self._made: dict[str, QWidget] = {}
        self._logbook: Logbook | None = None
        self._home = self._back_to = specs[0].name
        self.rail = Rail(
            {spec.name: spec.title for spec in specs},
            theme,
            self,
            waiting=[spec.name for spec in specs if spec.is_waiting],
        )
        self.stack = QStackedWidget(self)
        # Nothing is seen before it is known what.
        self.stack.addWidget(QWidget(self.stack))
        self.rail.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.stack, 1)

    @property
    def shown(self) -> str:
        """Name of the page in sight; ``WELCOME`` and ``EDITOR`` are none of the rail."""
        page = self.stack.currentWidget()
        return next((name for name, made in self._made.items() if made is page), EDITOR)

    def put(self, name: str, page: P) -> P:
        """Take in a page that is made already, best as a child of ``stack``; the page."""
        set_topic(page, name)
        self._made[name] = page
        self.stack.addWidget(page)
        return page

    def set_logbook(self, logbook: Logbook | None) -> None:
        """Show another logbook, or none, from home on."""
        self._logbook = logbook
        for page in self._made.values():
            _tell(page, logbook)
        self.show_page(self._home)

    def show_page(self, name: str) -> None:
        """Bring a page into sight; the welcome where no logbook is open."""
        page = self._page(WELCOME if self._logbook is None else name)
        self._back_to = self._home
        self.stack.setCurrentWidget(page)
        self.rail.show_page(name)
        self.rail.setVisible(self._logbook is not None)
        self._turn(self.shown)
        page.setFocus()

    def come_back_to(self, name: str) -> None:
        """Let the editor, which is in sight, lead back to this page."""
        self._back_to = name
        self.rail.show_page(name)

    def show_editor(self) -> None:
        """The editor was brought into sight."""
        self.rail.show_page(self._back_to)
        self._turn(EDITOR)

    def _turn(self, name: str) -> None:
        """Say which page is in sight; what stands beside it, such as the rail, is about it too."""
        set_topic(self.window(), name)
        self.turned.emit(name)

    def leave_editor(self) -> None:
        """Go back to where the editor was opened from."""
        self.show_page(self._back_to)

    def _page(self, name: str) -> QWidget:
        if name not in self._made:
            self.put(name, self._make[name]())
            _tell(self._made[name], self._logbook)
        return self._made[name]


def _tell(page: QWidget, logbook: Logbook | None) -> None:
    if isinstance(page, ShowsLogbook):
        page.set_logbook(logbook)
