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
    QVBoxLayout,
    QWidget,
)

from models.vocabulary import Level
from ui.cases.detail_level import Entry, LevelPart
from ui.cases.detail_parts import empty_out, label
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.leak_pictogram import LeakPictogram
from ui.widgets.one_of_several import OneOfSeveral
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
        self.spine = SpineView(theme, compact=True, parent=self)
        self.legend = SpineLegend(theme, self)
        self.pictogram = LeakPictogram(theme, self)
        self._switch = QGridLayout()
        self._room = 0
        self._told: tuple[Entry, ...] = ()
        self._needed = 0
        self._is_above = False
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
            button = OneOfSeveral(part.name, self)
            button.clicked.connect(lambda _on=False, chosen=number: self.show_level(chosen))
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
            if self._lacks_room() is not self._is_above:
                self._show_facts()

    def show_level(self, number: int) -> None:
        """Tell the facts of one of the levels."""
        part = self._parts[number]
        button = self._group.button(number)
        if isinstance(button, OneOfSeveral):
            button.mark(is_down=True)
        self._told = part.entries
        self._show_facts()
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

    def _show_facts(self) -> None:
        """A name and its value beside each other, or one above the other where room is short."""
        empty_out(self._facts)
        rows = [(self._name(entry), self._values(entry)) for entry in self._told]
        width = max([self._theme.px(_NAMES_WIDTH), *(_longest_word(name) for name, _ in rows)])
        widest = max((_longest_word(one) for _, values in rows for one in values), default=0)
        self._needed = width + self._facts.horizontalSpacing() + widest
        self._is_above = is_above = self._lacks_room()
        self._names_width = width
        for place, (name, values) in enumerate(rows):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            if is_above:
                cell.addWidget(name)
            else:
                name.setFixedWidth(width)
                self._facts.addWidget(name, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            for value in values:
                cell.addWidget(value)
            cell.addStretch(1)
            self._facts.addLayout(cell, 2 * place, int(not is_above), 1, 2 if is_above else 1)
            line = QFrame()
            set_kind(line, "hairline")
            self._facts.addWidget(line, 2 * place + 1, 0, 1, 2)

    def _lacks_room(self) -> bool:
        """Whether a name and a value beside it would be wider than what there is."""
        return 0 < self._room < self._needed

    def _name(self, entry: Entry) -> QLabel:
        return self._polished(label("muted", entry.label))

    def _values(self, entry: Entry) -> list[QLabel]:
        value = label("", entry.value)
        if entry.state == "open":
            set_kind(value, "muted")
        elif entry.state == "strong":
            set_kind(value, "heading")
        set_state(value, STATES.get(entry.state, ""))
        notes = [label("small", entry.note)] if entry.note else []
        return [self._polished(one) for one in (value, *notes)]

    def _polished(self, made: QLabel) -> QLabel:
        """Without a place in the window it would be measured in the letters of the system."""
        made.setParent(self)
        made.ensurePolished()
        made.show()
        return made


def _longest_word(told: QLabel) -> int:
    advance = told.fontMetrics().horizontalAdvance
    return max(map(advance, told.text().split()), default=0)


def _selected(mark: LevelMark) -> LevelMark:
    return replace(mark, selected=True)
