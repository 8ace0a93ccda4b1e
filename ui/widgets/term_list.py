# SPDX-License-Identifier: MIT
"""The list that drops down under a box while a term is searched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLineEdit

from ui.widgets.drop_list import DropList
from ui.widgets.term_search import Named

_ROWS = 12
_TICK = "✓ "


class TermList(DropList):
    """Shows terms under a line and lets one be chosen by mouse or keys.

    What is offered has been ranked already, by synonyms too.
    """

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line, _ROWS)
        self._labels = QStringListModel(self)
        self.set_rows(self._labels)

    def offer(
        self,
        terms: Sequence[Named],
        current: Named | None = None,
        ticked: Sequence[Named] = (),
    ) -> None:
        """Drop down with these terms, or go away if there are none."""
        self._offered = list(terms)
        marks = [_TICK if term in ticked else "" for term in terms]
        labels = [mark + term.label for mark, term in zip(marks, terms, strict=True)]
        self._labels.setStringList(labels)
        if not labels:
            self.hide()
            return
        # Nothing is highlighted that was not asked for.
        row = self._offered.index(current) if current in self._offered else -1
        self._drop_down(0, self._width(labels), row)

    def _width(self, labels: Sequence[str]) -> int:
        """That of the line, or what the longest label needs."""
        metrics = self._line.fontMetrics()
        widest = max(metrics.horizontalAdvance(label) for label in labels)
        return max(self._line.width(), widest + 4 * metrics.averageCharWidth() + 24)
