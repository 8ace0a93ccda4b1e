# SPDX-License-Identifier: MIT
"""The list that drops down under a box while a term is searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QRect, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from ui.theme import set_kind
from ui.widgets.term_search import Named

_ROWS = 12
_TICK = "✓ "
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}

T = TypeVar("T", bound=Named)


class TermList(QCompleter, Generic[T]):
    """Shows terms under a line and lets one be chosen by mouse or keys.

    It does not filter: what is offered has been ranked already, by synonyms too, which the filter
    of a completer does not know.

    Signals:
        chosen: (term) clicked or entered.
    """

    chosen = Signal(object)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._terms: list[T] = []
        self._labels = QStringListModel(self)
        self.setModel(self._labels)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_ROWS)
        self.setWidget(line)
        set_kind(self._view(), "boxed")
        self._view().clicked.connect(self._on_clicked)

    @property
    def is_shown(self) -> bool:
        """Whether the list is dropped down."""
        return self._view().isVisible()

    @property
    def current(self) -> T | None:
        """The term that is highlighted in the list, while it is shown."""
        row = self._view().currentIndex().row()
        return self._terms[row] if self.is_shown and 0 <= row < len(self._terms) else None

    def offer(
        self,
        terms: Sequence[T],
        current: T | None = None,
        ticked: Sequence[T] = (),
    ) -> None:
        """Drop down with these terms, or go away if there are none."""
        self._terms = list(terms)
        marks = [_TICK if term in ticked else "" for term in terms]
        labels = [mark + term.label for mark, term in zip(marks, terms, strict=True)]
        self._labels.setStringList(labels)
        if not labels:
            self.hide()
            return
        self.complete(self._place(labels))
        row = self._terms.index(current) if current in self._terms else -1
        # Row -1 is none: nothing is highlighted that was not asked for.
        self._view().setCurrentIndex(self.completionModel().index(row, 0))

    def hide(self) -> None:
        """Go away."""
        self._view().hide()

    def step(self, key: Qt.Key) -> bool:
        """Move the highlight; False if the key does not move it or the list is not shown."""
        if key not in _STEPS or not self.is_shown:
            return False
        row = self._view().currentIndex().row() + _STEPS[key]
        row = min(max(row, 0), len(self._terms) - 1)
        self._view().setCurrentIndex(self.completionModel().index(row, 0))
        return True

    def _view(self) -> QAbstractItemView:
        view = self.popup()
        assert view is not None
        return view

    def _on_clicked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._terms):
            self.chosen.emit(self._terms[index.row()])

    def _place(self, labels: Sequence[str]) -> QRect:
        """Under the line, and as wide as the longest label needs."""
        metrics = self._line.fontMetrics()
        widest = max(metrics.horizontalAdvance(label) for label in labels)
        width = max(self._line.width(), widest + 4 * metrics.averageCharWidth() + 24)
        return QRect(0, 0, width, self._line.height())
