# SPDX-License-Identifier: MIT
"""The spine of a case with all its levels, and beside it the facts of one of them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.vocabulary import Level
from ui.cases.detail_level import Entry, LevelPart
from ui.cases.detail_parts import empty_out, label
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.leak_pictogram import LeakPictogram
from ui.widgets.spine import SpineView
from ui.widgets.spine_legend import SpineLegend
from ui.widgets.spine_marks import LevelMark

_SPINE_WIDTH = 58
_NAMES_WIDTH = 64
_LEAST_BESIDE = 220
STATES = {"warning": "warning"}
"""What an entry is that stands out, by how the style sheet calls it."""


class LevelBox(QWidget):
    """The spine with all treated levels, and beside it the facts of one of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[LevelPart, ...] = ()
        self._marks: dict = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.show_level)
        self.spine = SpineView(theme, compact=True, parent=self)
        self.legend = SpineLegend(theme, self)
        self.pictogram = LeakPictogram(theme, self)
        self._switch = QGridLayout()
        self._room = 0
        self._names: list[QLabel] = []
        self._names_width = theme.px(_NAMES_WIDTH)
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        keep(theme, self._switch.setSpacing, 6)
        keep(theme, self._facts.setHorizontalSpacing, 8)
        keep(theme, self._facts.setVerticalSpacing, 5)
        right = QVBoxLayout()
        right.addLayout(self._switch)
        right.addLayout(self._facts)
        right.addWidget(self.pictogram)
        right.addStretch(1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        keep(theme, self._beside.setSpacing, 8)
        self._beside.addWidget(self.spine, 0, Qt.AlignmentFlag.AlignTop)
        self._beside.addLayout(right, 1)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 0, 4, 0, 0)
        keep(theme, layout.setSpacing, 4)
        layout.addLayout(self._beside)
        layout.addWidget(self.legend)
        keep(theme, self.spine.setFixedWidth, _SPINE_WIDTH)
        theme.changed.connect(self._fit_names)

    def show_levels(
        self,
        parts: tuple[LevelPart, ...],
        marks: dict,
        variants: frozenset[Level] = frozenset(),
    ) -> None:
        """Show these levels; the first is the one whose facts are told."""
        self._parts, self._marks = parts, marks
        self.legend.show_marks(marks)
        self.spine.set_variants(variants)
        for button in self._group.buttons():
            self._group.removeButton(button)
        empty_out(self._switch)
        for number, part in enumerate(parts if len(parts) > 1 else ()):
            button = QPushButton(part.name, self)
            button.setCheckable(True)
            self._group.addButton(button, number)
        self._arrange_switch()
        self.setVisible(bool(parts))
        if parts:
            self.show_level(0)

    def share_width(self, width: int) -> None:
        """Where facts would be too narrow beside the spine, it stands below them.

        ``width`` is what there is in pixels; the own width follows from what stands beside what.
        """
        directions = QBoxLayout.Direction
        longer = self._names_width - self._theme.px(_NAMES_WIDTH)
        is_wide = width >= self._theme.px(_LEAST_BESIDE) + longer
        self._beside.setDirection(directions.LeftToRight if is_wide else directions.BottomToTop)
        taken = self._theme.px(_SPINE_WIDTH) + self._beside.spacing() if is_wide else 0
        if width - taken != self._room:
            self._room = width - taken
            self._arrange_switch()

    def show_level(self, number: int) -> None:
        """Tell the facts of one of the levels."""
        part = self._parts[number]
        if (button := self._group.button(number)) is not None:
            button.setChecked(True)
        empty_out(self._facts)
        self._names = [self._add(row, entry) for row, entry in enumerate(part.entries)]
        self._fit_names()
        self.pictogram.show_picture(part.picture)
        self.pictogram.setVisible(bool(part.picture.leaks))
        several = len(self._parts) > 1
        self.spine.set_marks(
            {
                level: _selected(mark) if several and level is part.level else mark
                for level, mark in self._marks.items()
            }
        )

    def _arrange_switch(self) -> None:
        """As many buttons in a row as there is room for."""
        buttons = self._group.buttons()
        widest = max((button.sizeHint().width() for button in buttons), default=1)
        gap = max(self._switch.horizontalSpacing(), 0)
        fitting = max((self._room + gap) // (widest + gap), 1)
        for button in buttons:
            self._switch.removeWidget(button)
        for number, button in enumerate(buttons):
            self._switch.addWidget(button, number // fitting, number % fitting)
        for column in range(max(self._switch.columnCount(), fitting + 1)):
            self._switch.setColumnStretch(column, int(column == fitting))

    def _fit_names(self) -> None:
        """The names stand in one column, in which no word of theirs is cut."""
        width = self._theme.px(_NAMES_WIDTH)
        for name in self._names:
            name.ensurePolished()
            advance = name.fontMetrics().horizontalAdvance
            width = max(width, *(advance(word) for word in name.text().split() or ("",)))
        self._names_width = width
        for name in self._names:
            name.setFixedWidth(width)

    def _add(self, row: int, entry: Entry) -> QLabel:
        name, value = label("muted", entry.label), label("", entry.value)
        if entry.state == "open":
            set_kind(value, "muted")
        elif entry.state == "strong":
            set_kind(value, "heading")
        set_state(value, STATES.get(entry.state, ""))
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(value)
        if entry.note:
            cell.addWidget(label("small", entry.note))
        cell.addStretch(1)
        top = Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(name, 2 * row, 0, top)
        self._facts.addLayout(cell, 2 * row, 1)
        line = QFrame()
        set_kind(line, "hairline")
        self._facts.addWidget(line, 2 * row + 1, 0, 1, 2)
        return name


def _selected(mark: LevelMark) -> LevelMark:
    return replace(mark, selected=True)
