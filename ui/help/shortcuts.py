# SPDX-License-Identifier: MIT
"""The keyboard shortcuts, read from the tables of actions and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import actions as menus
from ui import keys
from ui.measures import keep
from ui.menus import tr
from ui.theme import Theme, set_kind
from ui.topics import FIRST_STEPS, explain

_SHARE = 0.94
_GAP, _SPARE, _BEFORE_BAR = 48, 24, 8
_BETWEEN = " · "


class _Entry(NamedTuple):
    """What is done, and by which keys or typing."""

    what: str
    how: tuple[str, ...]


class _Group(NamedTuple):
    """What works in one place."""

    heading: str
    entries: Sequence[_Entry]


class ShortcutsDialog(QDialog):
    """Every key of the menus and of the pages, in the groups in which they work.

    Args:
        actions: those of the menus, by their names.
    """

    def __init__(
        self, theme: Theme, actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, FIRST_STEPS)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._theme = theme
        title = QLabel(self.tr("Keyboard shortcuts"), self)
        set_kind(title, "title")
        keep(theme, title.setIndent, 11)
        self._page = QWidget(self)
        set_kind(self._page, "page")
        self._area = QScrollArea(self)
        set_kind(self._area, "read")
        self._area.setAccessibleName(self.windowTitle())
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._page)
        self._grids: list[QGridLayout] = []
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._page)
        keep(theme, self._columns.setContentsMargins, 8, 0, _BEFORE_BAR, 0)
        keep(theme, self._columns.setSpacing, _GAP)
        # What stands in no menu can be found nowhere else, so it comes first.
        self._fill(list(_on_pages()), list(_in_menus(actions)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 13, 24, 24, 24)
        keep(theme, layout.setSpacing, 16)
        layout.addWidget(title)
        layout.addWidget(self._area, 1)
        layout.addWidget(buttons)
        for label in self._page.findChildren(QLabel):
            label.ensurePolished()
        # Qt would keep it to two thirds of the screen.
        self.resize(self.sizeHint())
        # Arrow keys and Page Down scroll at once.
        self._area.setFocus()

    def sizeHint(self) -> QSize:
        parent = self.parentWidget()
        within = parent.window().size() if parent is not None else self.screen().availableSize()
        around = super().sizeHint().height() - self._area.sizeHint().height()
        wide = self._width_beside() + self._width_around() + self._theme.px(_SPARE)
        height = max(column.minimumSize().height() for column in self._grids) + around
        return QSize(wide, height).boundedTo(within * _SHARE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put(beside=self.width() - self._width_around() >= self._width_beside())

    def _width_around(self) -> int:
        """What margins and scroll bar take."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        return 2 * self._theme.px(24) + bar

    def _width_beside(self) -> int:
        """What both columns need."""
        widths = [grid.minimumSize().width() for grid in self._grids]
        around = self._theme.px(_BEFORE_BAR)
        return sum(widths) + self._theme.px(_GAP) * (len(widths) - 1) + around

    def _put(self, *, beside: bool) -> None:
        """The keys of the pages beside those of the menus, or below them."""
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _fill(self, *columns: Sequence[_Group]) -> None:
        for groups in columns:
            grid = QGridLayout()
            keep(self._theme, grid.setHorizontalSpacing, 24)
            keep(self._theme, grid.setVerticalSpacing, 4)
            grid.setColumnStretch(2, 1)
            self._grids.append(grid)
            for group in groups:
                self._add(grid, group)
            grid.setRowStretch(grid.rowCount(), 1)
            self._columns.addLayout(grid, 1)

    def _add(self, grid: QGridLayout, group: _Group) -> None:
        heading = QLabel(group.heading, self._page)
        set_kind(heading, "heading")
        first = grid.rowCount() if grid.count() else 0
        keep(self._theme, heading.setContentsMargins, 0, 12 if first else 0, 0, 0)
        grid.addWidget(heading, first, 0, 1, 2)
        for row, entry in enumerate(group.entries, first + 1):
            # Where the language calls Enter and Return the same, they are told once.
            sequences = QLabel(_BETWEEN.join(dict.fromkeys(entry.how)), self._page)
            set_kind(sequences, "muted")
            grid.addWidget(QLabel(entry.what, self._page), row, 0)
            grid.addWidget(sequences, row, 1)


def _in_menus(actions: Mapping[str, QAction]) -> Iterator[_Group]:
    for title, names in menus.MENUS:
        listed = [actions[name] for name in names if name in actions]
        entries = [
            _Entry(one.text().replace("&", "").rstrip("…"), (_native(one.shortcut()),))
            for one in listed
            if not one.shortcut().isEmpty()
        ]
        if entries:
            yield _Group(tr(title).replace("&", ""), entries)


def _on_pages() -> Iterator[_Group]:
    for heading, group in (*keys.GROUPS, *keys.IN_ONE_CONTROL):
        entries = [
            _Entry(
                keys.tr(key.what),
                (*key.typed, *(_native(QKeySequence(one)) for one in key.sequences)),
            )
            for key in group
        ]
        yield _Group(keys.tr(heading), entries)


def _native(sequence: QKeySequence) -> str:
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)
