# SPDX-License-Identifier: MIT
"""Selectors with their labels, two beside each other where there is room for that."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.measures import keep
from ui.theme import Theme
from ui.widgets.choice_box import ChoiceBox

_WIDE = 760


class BoxGrid(QGridLayout):
    """A grid of selectors.

    Args:
        places: each with its place in reading order; those that share one are never shown together.
    """

    def __init__(self, theme: Theme, places: Mapping[ChoiceBox, int], parent: QWidget) -> None:
        super().__init__()
        self._theme, self._places = theme, places
        self._is_wide: bool | None = None
        self._labels: dict[ChoiceBox, QLabel] = {}
        keep(theme, self.setHorizontalSpacing, 12)
        keep(theme, self.setVerticalSpacing, 8)
        for box in places:
            label = QLabel(box.accessibleName(), parent)
            label.setBuddy(box)
            self._labels[box] = label

    def show_box(self, box: ChoiceBox, *, shown: bool) -> None:
        """Show a selector with its label, or neither."""
        for widget in (self._labels[box], box):
            widget.setVisible(shown)

    def fit(self, width: int) -> None:
        """Place them for so many pixels."""
        is_wide = width >= max(self._theme.px(_WIDE), self._width_of_two())
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        pairs = 2 if is_wide else 1
        for box, place in self._places.items():
            line, column = divmod(place, pairs)
            self.addWidget(self._labels[box], line, 2 * column)
            self.addWidget(box, line, 2 * column + 1)
        self.setColumnStretch(1, 1)
        self.setColumnStretch(3, pairs - 1)

    def _width_of_two(self) -> int:
        """What two labels with their boxes beside each other need, whatever is chosen in them."""
        label = max(one.sizeHint().width() for one in self._labels.values())
        box = max(one.minimumSizeHint().width() for one in self._places)
        return 2 * (label + box) + 3 * self.horizontalSpacing()
