# SPDX-License-Identifier: MIT
"""The merges of the past, each of which can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from models.merges import PastMerge
from models.speech import shown_moment
from ui.permits import guard
from ui.theme import Theme, set_kind

_HEIGHT = 96


class PastMerges(QWidget):
    """A short list, the latest first, with one button.

    Attributes:
        list: the merges.
        undo_button: undoes the one that is highlighted.

    Signals:
        undo_wanted: (number of the merge)
    """

    undo_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._merges: list[PastMerge] = []
        heading = QLabel(self.tr("Merges so far"), self)
        set_kind(heading, "heading")
        self.list = QListWidget(self)
        set_kind(self.list, "boxed")
        self.list.setAccessibleName(heading.text())
        self.list.setFixedHeight(theme.px(_HEIGHT))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.undo_button = QPushButton(self.tr("Undo merge"), self)
        self.undo_button.setAutoDefault(False)
        guard(self.undo_button, "merge_patients")
        self.undo_button.clicked.connect(self._undo)
        self.list.currentRowChanged.connect(self._allow)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.undo_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(heading)
        layout.addWidget(self.list)
        layout.addLayout(row)
        self.hide()

    def show_merges(self, merges: Sequence[PastMerge]) -> None:
        """List these; without any the list is not shown."""
        self._merges = list(merges)
        self.list.clear()
        for merge in merges:
            self.list.addItem(self._line(merge))
        self.setVisible(bool(merges))
        self.list.setCurrentRow(0)
        self._allow()

    def _line(self, merge: PastMerge) -> str:
        said = self.tr("{day}: {other} into {keep}, cases moved: {n}, by {user}").format(
            day=shown_moment(datetime.fromisoformat(merge.at).astimezone()),
            other=merge.other_code or self.tr("a patient without a code"),
            keep=merge.keep_code or self.tr("a patient without a code"),
            n=merge.moved,
            user=merge.user,
        )
        if merge.reason:
            said = f"{said}. {merge.reason}"
        return self.tr("{merge} (undone)").format(merge=said) if merge.is_undone else said

    def _allow(self) -> None:
        row = self.list.currentRow()
        self.undo_button.setEnabled(row >= 0 and not self._merges[row].is_undone)

    def _undo(self) -> None:
        self.undo_wanted.emit(self._merges[self.list.currentRow()].number)
