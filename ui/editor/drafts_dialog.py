# SPDX-License-Identifier: MIT
"""Lists drafts, those that others left too: go on with one, discard it, or leave all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.drafts import Draft
from models.speech import shown_day
from ui.editor.questions import may_discard, moment_words
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, explain
from ui.widgets.plain_tip import plain_tip

_WIDTH = 620
_MOST_LINES = 6


class DraftsDialog(QDialog):
    """One line a draft. Enter resumes, Delete discards after a question, Escape leaves all.

    Signals:
        resume_wanted: (Draft)
        discard_wanted: (Draft) it is off the list already.

    Attributes:
        table: the list.
        resume, discard, later: the buttons.
    """

    resume_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, theme: Theme, drafts: Sequence[Draft], parent: QWidget) -> None:
        super().__init__(parent)
        explain(self, below(ENTRY, "Saving"))
        self._theme = theme
        self._drafts = list(drafts)
        self.setWindowTitle(self.tr("Drafts"))
        self._heading = QLabel(self)
        set_kind(self._heading, "heading")
        self._hint = QLabel(self)
        set_kind(self._hint, "muted")
        self._hint.setWordWrap(True)
        self.table = QTableWidget(0, 4, self)
        self.later = QPushButton(self.tr("&Later"), self)
        self.discard = QPushButton(self.tr("&Discard…"), self)
        self.resume = QPushButton(self.tr("&Resume"), self)
        set_kind(self.discard, "danger")
        set_kind(self.resume, "primary")
        self.resume.setDefault(True)
        for button in (self.resume, self.discard):
            guard(button, "drafts")
        self._arrange()
        self._fill()
        self.resume.clicked.connect(self._resume)
        self.discard.clicked.connect(self._discard)
        self.later.clicked.connect(self.reject)
        self.table.doubleClicked.connect(self._resume)

    def _arrange(self) -> None:
        theme, table = self._theme, self.table
        table.setAccessibleName(self.tr("Drafts"))
        labels = [self.tr("Patient"), self.tr("Levels"), self.tr("What it is"), self.tr("Kept")]
        table.setHorizontalHeaderLabels(labels)
        for column in range(len(labels)):
            head = table.horizontalHeaderItem(column)
            assert head is not None
            head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        set_kind(table, "rows")
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        keep(theme, table.verticalHeader().setDefaultSectionSize, 34)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        buttons = QHBoxLayout()
        keep(theme, buttons.setSpacing, 8)
        buttons.addWidget(self.later)
        buttons.addStretch()
        buttons.addWidget(self.discard)
        buttons.addWidget(self.resume)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 8)
        for widget in (self._heading, self._hint, table):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        layout.addLayout(buttons)
        keep(theme, self.setMinimumWidth, _WIDTH)

    def _fill(self) -> None:
        count = len(self._drafts)
        heading = self.tr("There is a case that was not saved.")
        if count > 1:
            heading = self.tr("There are {n} cases that were not saved.").format(n=count)
        self._heading.setText(heading if count else self.tr("There are no drafts."))
        self._hint.setText(self._said())
        self._hint.setVisible(bool(count))
        self.table.setVisible(bool(count))
        self.table.setRowCount(count)
        for row, draft in enumerate(self._drafts):
            for column, words in enumerate(self._words(draft)):
                item = QTableWidgetItem(words)
                item.setToolTip(plain_tip(words))
                self.table.setItem(row, column, item)
        self._fit_height()
        self.table.selectRow(0)
        self.table.setFocus()
        for button in (self.resume, self.discard):
            button.setEnabled(bool(count))

    def _said(self) -> str:
        own = any(not draft.owner for draft in self._drafts)
        left = sorted({draft.owner for draft in self._drafts if draft.owner})
        said = []
        if own:
            said.append(self.tr("What you typed was kept as a draft. Nobody else sees it."))
        if left:
            words = self.tr("Left by {names}, who can sign in no more. Administrators see it.")
            said.append(words.format(names=", ".join(left)))
        return " ".join(said)

    def _words(self, draft: Draft) -> tuple[str, str, str, str]:
        levels = ", ".join(level.label for level in draft.levels)
        if draft.is_new:
            kind = self.tr("New case")
        elif draft.performed_on:
            kind = self.tr("Changes to case of {date}").format(date=shown_day(draft.performed_on))
        else:
            kind = self.tr("Changes to a case")
        if draft.owner:
            kind = self.tr("{what}, of {name}").format(what=kind, name=draft.owner)
        kept = moment_words(draft.kept_at) if draft.kept_at is not None else ""
        return draft.patient_code or self.tr("no code yet"), levels or "–", kind, kept

    def _fit_height(self) -> None:
        lines = min(max(len(self._drafts), 1), _MOST_LINES)
        rows = lines * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows + 4)

    def _chosen(self) -> Draft | None:
        row = self.table.currentRow()
        return self._drafts[row] if 0 <= row < len(self._drafts) else None

    def _resume(self) -> None:
        if (draft := self._chosen()) is not None:
            self.accept()
            self.resume_wanted.emit(draft)

    def _discard(self) -> None:
        if (draft := self._chosen()) is None or not may_discard(self):
            return
        self._drafts.remove(draft)
        self.discard_wanted.emit(draft)
        if self._drafts:
            self._fill()
        else:
            self.accept()
